"""The documentation names everything there is."""

import ast
import doctest
import inspect
import re
import shlex
import tomllib
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

import starkit
from starkit.cli import app

ROOT = Path(__file__).parent.parent


def page(name):
    """Return the text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", starkit.__all__)
def test_public_name_is_in_the_reference(name):
    """Every public object has an entry."""
    assert re.search(rf"^\.\. auto\w+:: starkit\.\w+\.{name}$", page("docs/api.md"), re.MULTILINE)


RULE = re.compile(r"^\| A(\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rule_rows():
    """Return each row of the tables of rules: number, names, tests."""
    return [
        (int(number), re.findall(r"`([^`]+)`", names), re.findall(r"`([^`]+)`", tests))
        for number, _, names, tests in RULE.findall(page("docs/rules.md"))
    ]


def test_each_rule_has_one_row():
    """A1 to A33, each once."""
    assert list(range(1, 34)) == sorted(number for number, _, _ in rule_rows())


def field_or_attribute(owner, name):
    """Tell whether a class has a field or an attribute of this name."""
    fields = {field.name for field in attrs.fields(owner)} if attrs.has(owner) else set()
    return name in fields or hasattr(owner, name)


@pytest.mark.parametrize("row", rule_rows(), ids=lambda row: f"A{row[0]}")
def test_rule_has_its_function_with_a_doctest(row):
    """Each name is public, and each function and class among them has an example."""
    _, names, _ = row
    owners = []
    for name in names:
        owner, *parts = name.split(".")
        value = getattr(starkit, owner)
        assert len(parts) < 2
        assert all(field_or_attribute(value, part) for part in parts), name
        owners.append(value)
    callables = [value for value in owners if inspect.isclass(value) or inspect.isfunction(value)]

    assert callables
    assert all(">>>" in value.__doc__ for value in callables)


@pytest.mark.parametrize("row", rule_rows(), ids=lambda row: f"A{row[0]}")
def test_rule_has_its_test(row):
    """Each test that is named exists, and says in its docstring which rule it is about."""
    number, _, tests = row

    assert tests
    for test in tests:
        file, _, function = test.partition("::")
        [found] = [
            node
            for node in ast.walk(ast.parse(page(file)))
            if isinstance(node, ast.FunctionDef) and node.name == function
        ]
        named = {
            rule
            for first, last in re.findall(r"\bA(\d+)(?:-A(\d+))?", ast.get_docstring(found) or "")
            for rule in range(int(first), int(last or first) + 1)
        }
        assert number in named, test


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


def console_examples(name):
    """Return each command of a page's console blocks, with what it is said to print."""
    for block in re.findall(r"^```console\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = example.replace("\\\n", " ").partition("\n")
            yield shlex.split(command), output


@pytest.mark.parametrize(
    ("name", "fewest"), [("docs/staying-in-contact.md", 10), ("docs/practise.md", 1)]
)
def test_commands_of_the_page_print_what_it_says(tmp_path, monkeypatch, name, fewest):
    """The console blocks are run in one folder, one after the other."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("STARKIT_JOURNAL", raising=False)
    checker = doctest.OutputChecker()
    examples = list(console_examples(name))

    assert len(examples) >= fewest
    for [program, *arguments], expected in examples:
        result = CliRunner().invoke(app, arguments)

        assert (program, result.exit_code) == ("starkit", 0), result.output
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert checker.check_output(expected, result.stdout, flags), result.stdout
