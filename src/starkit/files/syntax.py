"""YAML, JSON and TOML to plain values, in which nothing has been guessed.

Each parser returns dicts, lists, texts, dates (TOML has them) and ``None``. A JSON or TOML number
or truth value stays what it is in ``Other``, so that a message can show what was typed. Mistakes
that leave the rest readable are collected; a file that cannot be read at all raises.
"""

import datetime as dt
import json
import tomllib
from collections.abc import Callable
from typing import Any

import attrs
import yaml

from starkit.errors import FileError

Place = tuple[str | int, ...]
"""Where a value stands: the keys and indices that lead to it."""

# Stories are a list of mappings with a list or two: six levels. The rest is a mistake or a trap.
_DEEPEST = 20


@attrs.frozen
class Other:
    """A value that is no text, and how it was written: a number, a truth value, a time."""

    kind: str
    written: str


@attrs.frozen
class Parsed:
    """What a file holds.

    Attributes:
        value: The plain value.
        problems: Mistakes that left the rest readable: (place, line or ``None``, message).
        lines: The line of each value, where the format tells it.
        unknown: The headings of a table's columns that are no field's.
    """

    value: Any
    problems: tuple[tuple[Place, int | None, str], ...] = ()
    lines: dict[Place, int] = attrs.field(factory=dict)
    unknown: tuple[str, ...] = ()


def parse(path: str, text: str, suffix: str) -> Parsed:
    """Return what a text in the format of ``suffix`` holds; ``path`` is for messages only.

    Raises:
        FileError: The suffix is unknown, or the text cannot be read as that format.

    >>> parse("s.yaml", "on: 1.10", ".yaml").value
    {'on': '1.10'}
    """
    parser = _PARSERS.get(suffix.lower())
    if parser is None:
        seen = f"its name ends in {suffix!r}" if suffix else "its name has no ending"
        raise FileError(path, seen, "name it .yaml, .json, .toml, .md or .csv")
    try:
        return parser(path, text)
    except RecursionError as error:
        raise _too_deep(path) from error


def _too_deep(path: str) -> FileError:
    return FileError(path, "it is nested too deeply", "write a plain list of stories")


# YAML: scalars are the texts that were typed; nothing refers to anything else.

_TAGS_OF_TEXT = frozenset({"!", "tag:yaml.org,2002:str"})
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def _yaml(path: str, text: str) -> Parsed:
    # The parser in C reads 5 MB in seconds; where it is not built, the one in Python does.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    reader = _YamlReader(path)
    try:
        for event in yaml.parse(text, Loader=loader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise _explained(path, error, text) from error
    except yaml.reader.ReaderError as error:
        seen = f"it holds the character U+{error.character:04X}, which YAML does not allow"
        raise FileError(path, seen, "take it out") from error
    except yaml.YAMLError as error:
        raise FileError(path, f"it is no YAML ({error})", "check its indentation") from error
    return Parsed(reader.value, tuple(reader.problems), reader.lines)


def _explained(path: str, error: "yaml.MarkedYAMLError", text: str) -> FileError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    lines = text.split("\n")
    typed = lines[line - 1] if line <= len(lines) else ""
    advice = "check the indentation, and put text with a colon or a # in quotes"
    # Tabs as indentation are the slip that YAML's own message explains least.
    if typed[: len(typed) - len(typed.lstrip())].count("\t"):
        advice = "indent with spaces; YAML takes no tabs"
    return FileError(path, f"line {line} is no YAML ({error.problem})", advice)


class _YamlReader:
    """Builds plain values from YAML's events, without recursion and without types."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.value: Any = None
        self.problems: list[tuple[Place, int | None, str]] = []
        self.lines: dict[Place, int] = {}
        self.place: list[str | int] = []
        self.open: list[dict[str, Any] | list[Any]] = []
        self.key: list[str | None] = []  # of each open mapping: the key that waits for its value
        self.documents = 0

    def take(self, event: "yaml.Event") -> None:
        """Take the next event of the parser."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise self.refused(line, f"an alias (*{event.anchor})", "write the value out again")
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.refused(line, "a second document (---)", "keep all stories in one list")
        elif isinstance(event, yaml.NodeEvent):
            self.node(event, line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
            self.key.pop()
            if self.place:
                self.place.pop()

    def node(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            raise self.refused(line, f"an anchor (&{event.anchor})", "write the value itself")
        if event.tag is not None and event.tag not in _TAGS_OF_TEXT:
            raise self.refused(line, f"a type tag ({event.tag})", "write plain text or a list")
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event, line)
            return
        if len(self.open) >= _DEEPEST:
            raise _too_deep(self.path)
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.put(value, line, opens=True)
        self.open.append(value)
        self.key.append(None)

    def scalar(self, event: Any, line: int) -> None:
        text: str = event.value
        if self.open and isinstance(self.open[-1], dict) and self.key[-1] is None:
            self.key[-1] = text
            return
        if not event.style and event.implicit[0] and text in _NOTHING:
            self.put(None, line)
        elif event.style in ("|", ">"):
            self.put(text.rstrip("\n"), line)  # the line end is the format's, nobody typed it
        else:
            self.put(text, line)

    def put(self, value: Any, line: int, *, opens: bool = False) -> None:
        """Put a value where it belongs, and note its line."""
        if not self.open:
            self.value = value
            return
        here = self.open[-1]
        step: str | int
        if isinstance(here, list):
            step = len(here)
            here.append(value)
        else:
            key = self.key[-1]
            if key is None:
                raise self.refused(line, "a list or mapping as a key", "use plain words as keys")
            step = key
            place = (*self.place, step)
            if key in here:
                self.problems.append((place, line, "stands twice; keep one of them"))
            here[key] = value
            self.key[-1] = None
        self.lines[(*self.place, step)] = line
        if opens:
            self.place.append(step)

    def refused(self, line: int, seen: str, advice: str) -> FileError:
        return FileError(self.path, f"line {line} has {seen}, which is not read here", advice)


# JSON


def _json(path: str, text: str) -> Parsed:
    problems: list[tuple[Place, int | None, str]] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key, item in pairs:
            if key in value:
                name = _title_among(pairs)
                problems.append(((), None, f"{name}key {key!r} stands twice; keep one of them"))
            value[key] = item
        return value

    try:
        value = json.loads(
            text,
            object_pairs_hook=mapping,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    except json.JSONDecodeError as error:
        seen = f"line {error.lineno}, column {error.colno} is no JSON ({error.msg})"
        raise FileError(path, seen, "check the commas, quotes and brackets there") from error
    return Parsed(_named(value), tuple(problems))


def _title_among(pairs: list[tuple[str, Any]]) -> str:
    titles = [item for key, item in pairs if key == "title" and isinstance(item, str)]
    return f"story {titles[0]!r}, " if titles else ""


def _number(written: str) -> Other:
    return Other("a number", written)


# TOML


def _toml(path: str, text: str) -> Parsed:
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        seen = f"it is no TOML ({error})"
        raise FileError(path, seen, "check the quotes and brackets there") from error
    except ValueError as error:  # a number too long for Python
        raise FileError(path, f"it is no TOML ({error})", "write texts in quotes") from error
    return Parsed(_named(value))


def _named(value: Any) -> Any:
    """Return the value with everything that is no text, list, mapping or date as ``Other``."""
    if isinstance(value, dict):
        return {key: _named(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_named(item) for item in value]
    if isinstance(value, bool):
        return Other("true or false", str(value).lower())
    if isinstance(value, int | float):
        return Other("a number", str(value))
    if isinstance(value, dt.datetime | dt.time):
        return Other("a time", value.isoformat())
    return value


_PARSERS: dict[str, Callable[[str, str], Parsed]] = {
    ".yaml": _yaml,
    ".yml": _yaml,
    ".json": _json,
    ".toml": _toml,
}
FORMATS = frozenset(_PARSERS)
"""The endings of the names of the files that ``parse`` reads."""
