"""What the tests of files share: the makers of every form, which lie with their benchmark."""

import pytest

from programs import load


@pytest.fixture(scope="session")
def forms():
    """The benchmark that writes an advert in every form, which lies outside the package."""
    return load("benchmarks/forms.py")
