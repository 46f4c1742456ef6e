"""The types that a caller sees: every public name is used under the type checker."""

import ast
from pathlib import Path

import starkit

ROOT = Path(__file__).parent.parent


def test_package_says_that_it_is_typed():
    """Without py.typed a caller's checker looks at no annotation."""
    assert Path(starkit.__file__).with_name("py.typed").is_file()


def test_every_public_name_is_used_under_the_type_checker():
    """``typing_tests/api.py`` uses each as a caller would; mypy strict reads it in nox."""
    tree = ast.parse((ROOT / "typing_tests" / "api.py").read_text(encoding="utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "sk"
    }

    assert set(starkit.__all__) == used
