"""The shape of the package: rooms, import order, public names, doctests."""

import ast
import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import starkit

SOURCE = Path(starkit.__file__).parent

# From the bottom up: a room may import those before it, never those after it.
ORDER = (
    "errors",
    "workers",
    "data",
    "cells",
    "plugins",
    "policy",
    "findings",
    "stories",
    "vectors",
    "language",
    "adverts",
    "cues",
    "pipeline",
    "requirements",
    "matching",
    "senses",
    "alignment",
    "choosing",
    "grammar",
    "restating",
    "questions",
    "answers",
    "closing",
    "timescales",
    "letters",
    "followup",
    "feedback",
    "practice",
    "files",
    "journal",
    "render",
    "interview",
    "cli",
    "__main__",
)


def modules():
    """Return the path of every module with its room."""
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE)
        if inside.name == "__init__.py" and len(inside.parts) == 1:
            continue
        yield path, inside.parts[0].removesuffix(".py")


def imported_rooms(path):
    """Return the rooms of starkit that a module imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "starkit":
                names = [f"starkit.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "starkit" and len(parts) > 1:
                yield parts[1]


def imported_libraries(path):
    """Return the top names of everything that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


def test_every_room_has_a_place_in_the_order():
    """A new room is written into the order, and a removed one is taken out."""
    found = {room for _, room in modules()}

    assert set(ORDER) == found


@pytest.mark.parametrize(("path", "room"), list(modules()), ids=lambda value: str(value)[-40:])
def test_imports_run_one_way(path, room):
    """A room imports earlier rooms or its own modules only, so there is no circle."""
    later = {other for other in imported_rooms(path) if ORDER.index(other) > ORDER.index(room)}

    assert later == set()


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("spacy", {"pipeline"}),
        ("thinc", {"pipeline"}),
        ("typer", {"cli"}),
        ("cattrs", {"files"}),
        ("yaml", {"files"}),
        ("selectolax", {"files"}),
        ("sqlite3", {"journal"}),
        ("highspy", {"choosing"}),
    ],
)
def test_each_outside_library_has_its_room(library, rooms):
    """A library is imported in the room that is meant for it, and nowhere else."""
    found = {room for path, room in modules() if library in set(imported_libraries(path))}
    # An annotation may name a type of spaCy's without importing it at run time.
    found -= {"requirements", "interview"} if library == "spacy" else set()

    assert found <= rooms


def test_no_room_is_called_utils():
    """Each module is named for its idea."""
    vague = {"utils", "util", "helpers", "common", "misc"}

    assert not {path.stem for path, _ in modules()} & vague


def test_only_the_command_line_prints():
    """``print`` stands nowhere but in the command line's room."""
    printing = {
        room
        for path, room in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }

    assert printing <= {"cli"}


def test_one_module_of_the_command_line_prints_and_asks():
    """The commands say and ask through terminal.py."""
    speaking = {
        path.name
        for path, room in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if room == "cli"
        and isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "input", "typer.echo", "typer.prompt", "Console"}
    }

    assert speaking == {"terminal.py"}


def test_library_code_never_asserts():
    """An assert vanishes under -O and tells a user nothing."""
    asserting = [
        str(path.relative_to(SOURCE))
        for path, _ in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]

    assert asserting == []


def test_nothing_reads_the_clock_but_the_command_line():
    """Dates come in as arguments."""
    clocks = {"today", "now", "utcnow"}
    reading = {
        room
        for path, room in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
    }

    assert reading <= {"cli"}


def test_public_names_stand_in_one_list():
    """The table of rooms, ``__all__`` and the imports for type checkers say the same."""
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        (node.module.removeprefix("starkit."), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("starkit.")
        for alias in node.names
    }
    table = {(room, name) for room, names in starkit._ROOMS.items() for name in names}

    assert typed == table
    assert sorted(name for _, name in table) == sorted(starkit.__all__)


@pytest.mark.parametrize("name", starkit.__all__)
def test_public_name_loads(name):
    """Every public name can be had from the package."""
    value = getattr(starkit, name)

    assert value is getattr(starkit, name)


def test_unknown_name_is_an_attribute_error():
    """A misspelt name fails as Python's own modules do."""
    with pytest.raises(AttributeError, match="no attribute 'aling'"):
        _ = starkit.aling


def value_classes():
    """Return every attrs class of the package."""
    for module in pkgutil.walk_packages([str(SOURCE)], "starkit."):
        if module.name.endswith("__main__"):
            continue
        for _, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            # A private builder may change while it builds; what it hands on is a value.
            private = value.__name__.startswith("_")
            if value.__module__ == module.name and attrs.has(value) and not private:
                yield value


@pytest.mark.parametrize("value", list(value_classes()), ids=lambda value: value.__name__)
def test_value_class_is_frozen_and_slotted(value):
    """A value never changes after it is made."""
    spare = "__dict__" in dir(value) and not issubclass(value, BaseException)

    assert value.__setattr__ is not object.__setattr__
    assert not spare


@pytest.mark.parametrize("name", starkit.__all__)
def test_public_name_has_a_docstring_with_an_example(name):
    """Every public function and class says what it is for and shows it."""
    value = getattr(starkit, name)
    if not (inspect.isclass(value) or inspect.isfunction(value)):
        pytest.skip("a constant has no docstring of its own")

    assert value.__doc__
    assert ">>>" in value.__doc__


def test_doctests_are_collected(pytestconfig):
    """The examples in docstrings are part of the test run: the guard that they do not rot."""
    options = pytestconfig.getini("addopts")
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = sum(len(test.examples) for test in finder.find(starkit.stories, "starkit.stories"))

    assert "--doctest-modules" in options
    assert "src" in pytestconfig.getini("testpaths")
    assert examples > 10


def test_import_loads_nothing_heavy():
    """``import starkit`` brings in no spaCy, rapidfuzz, numpy or renderer."""
    code = (
        "import sys, starkit;"
        "heavy = {'spacy', 'thinc', 'rapidfuzz', 'numpy', 'jinja2', 'rich', 'typer', 'yaml'};"
        "print(sorted(heavy & set(sys.modules)))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()

    assert loaded == "[]"


def test_requirements_can_be_imported_without_spacy():
    """The values of a requirement need no model; spaCy comes with the first extraction."""
    code = "import sys, starkit.requirements, starkit.alignment; print('spacy' in sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()

    assert loaded == "False"
