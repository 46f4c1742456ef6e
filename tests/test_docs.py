"""The documentation names everything there is."""

import re
import tomllib
from pathlib import Path

import pytest

import starkit

ROOT = Path(__file__).parent.parent


def page(name):
    """Return the text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", starkit.__all__)
def test_public_name_is_in_the_reference(name):
    """Every public object has an entry."""
    assert re.search(rf"^\.\. auto\w+:: starkit\.\w+\.{name}$", page("docs/api.md"), re.MULTILINE)


@pytest.mark.parametrize("number", range(1, 34))
def test_rule_is_in_the_table_and_has_a_test(number):
    """Every rule of the article has a row, and a test that names it."""
    row = re.search(rf"^\| A{number} \|", page("docs/rules.md"), re.MULTILINE)
    tests = page("tests/test_rules.py") + page("tests/test_stories.py")
    named = {
        rule
        for first, last in re.findall(r"\bA(\d+)(?:-A(\d+))?", tests)
        for rule in range(int(first), int(last or first) + 1)
    }

    assert row
    assert number in named


def test_dependencies_have_their_reason():
    """Each library that a user gets is named with its reason."""
    project = tomllib.loads(page("pyproject.toml"))["project"]
    extras = [item for items in project["optional-dependencies"].values() for item in items]
    names = {re.split(r"[>=<\[]", item)[0].lower() for item in project["dependencies"] + extras}
    told = page("docs/dependencies.md").lower()

    assert {"starkit"} == {name for name in names if f"| {name} |" not in told} | {"starkit"}


@pytest.mark.parametrize("name", ["README.md", "docs/start.md"])
def test_pictures_are_there(name):
    """Every picture that a page shows is in the repository."""
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page(name))

    assert shown
    assert all((ROOT / name).parent.joinpath(picture).is_file() for picture in shown)
