"""What all tests share."""

from hypothesis import settings

# Speed is measured in benchmarks/; a busy machine must not fail a property.
settings.register_profile("starkit", deadline=None)
settings.load_profile("starkit")
