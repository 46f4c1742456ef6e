"""What all tests share."""

from hypothesis import settings

# Speed is measured in benchmarks/; a busy machine must not fail a property. Each property meets the same
# examples in every run, so that a commit that passes once passes always: new ones are looked for by
# ``nox -s explore``, whose finds become an ``@example`` or a test of their own.
settings.register_profile("starkit", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("starkit")
