"""What the tests of files share: the makers of every form, which lie with their benchmark."""

import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "benchmarks" / "forms.py"


@pytest.fixture(scope="session")
def forms():
    """The benchmark that writes an advert in every form, which lies outside the package."""
    spec = importlib.util.spec_from_file_location("forms_benchmark", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
