"""Programs that lie outside the package, as modules: the benchmarks and what writes the docs."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def load(path):
    """Return the program of a path, such as ``benchmarks/forms.py``, as a module of its own name."""
    file = ROOT / path
    spec = importlib.util.spec_from_file_location(f"{file.parent.name}_{file.stem}", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses and attrs look their module up
    spec.loader.exec_module(module)
    return module
