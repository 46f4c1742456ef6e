"""Story banks in files of many formats, read strictly and written for people to read."""

import datetime as dt
import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import cattrs
import tomli_w
import yaml
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from starkit.data import read_json
from starkit.errors import FileError, StoryError, StoryFileError
from starkit.files.kinds import SPREADSHEET, binary_kind
from starkit.files.markdown import is_markdown_bank, markdown_text, read_markdown
from starkit.files.reading import read_bytes
from starkit.files.resume import is_resume, read_resume
from starkit.files.sheets import csv_text, read_csv, read_xlsx, rows_of, xlsx_bytes
from starkit.files.syntax import FORMATS, Other, Parsed, Place, parse
from starkit.files.text import decode
from starkit.files.writing import write_bytes
from starkit.stories import PARTS, Story, StoryBank

STORY_FILE_VERSION = 1
"""The version of the story file's shape that this starkit reads and writes."""

_LARGEST = 5_000_000  # bytes: some thousand stories
_MOST_PROBLEMS = 100
_FIELDS = tuple(attrs.fields_dict(Story))
_FILE_KEYS = ("stories", "schema_version", "$schema")
_TABLES = (".csv", ".tsv")
_MARKDOWN = (".md", ".markdown")
_EXAMPLE = "write '- title: ...' with situation, task, action and result below it"


def story_file_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of story files, for editors that complete them.

    >>> story_file_schema()["$defs"]["story"]["required"]
    ['title']
    """
    schema: dict[str, Any] = read_json("story-file.schema.json")
    return schema


def load_stories(path: str | Path, *, columns: Mapping[str, str] | None = None) -> StoryBank:
    r"""Return the stories in a file: YAML, JSON, TOML, Markdown, CSV, XLSX or JSON Resume.

    The format is told by the name's ending, and by the content where that says more.

    - **YAML, JSON, TOML**: a list of stories, or a mapping with ``stories:`` (TOML:
      ``[[stories]]``). A story needs a title; parts that are left out are empty. In YAML every
      value is the text that was typed: ``NO``, ``12:30`` and ``1.10`` are no truth value, time or
      number. A key without a value, ``~`` and ``null`` are nothing, as if the key were left out;
      in quotes they are text. The line end that a block (``|``) adds is not part of the text.
    - **Markdown**: a heading for each story, its parts under bold labels, in a list, under
      headings of their own or in front matter; what has no place goes to the notes.
    - **CSV, TSV, XLSX**: a story a row. A column is known by its heading, or by ``columns``; the
      others go to the notes. XLSX needs the extra ``spreadsheets``.
    - **JSON Resume** (as JSON, YAML or TOML): each highlight of work, volunteering, projects and
      education is a *draft*: one part at most is filled, and the notes name those still to write.
      The rest of the CV goes to the notes of the first.

    Args:
        path: The file.
        columns: For a table: headings of its columns, each with the field that it holds, such as
            ``{"What happened": "situation"}``.

    Raises:
        FileError: The file is missing, unreadable, empty, larger than 5 MB, or is none of these
            formats; YAML has anchors, aliases or type tags; a table has no column with titles, or
            none that ``columns`` names; ``columns`` is given and the file is no table; a CV has
            nothing to tell.
        StoryFileError: The file has mistakes: unknown keys, missing titles, values of the wrong
            type, titles that stand twice. All of them are listed.
        MissingExtraError: The file is a spreadsheet, and openpyxl is not installed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "stories.yaml")
    ...     _ = path.write_text("- title: Rota\n  date: 2023-05-01\n", encoding="utf-8")
    ...     load_stories(path)["Rota"].date
    '2023-05-01'
    """
    return _bank(path, _read(path, columns))


def unknown_columns(
    path: str | Path, *, columns: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    r"""Return the headings of a table's columns that went to the notes, since no field is known by them.

    Args:
        path: The file; one that is no table has none.
        columns: As for ``load_stories``.

    Raises:
        FileError: As ``load_stories``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "stories.csv")
    ...     _ = path.write_text("Title,Outcome,Team\nRota,No gap,Ward 4\n", encoding="utf-8")
    ...     unknown_columns(path)
    ('Team',)
    """
    return _read(path, columns).unknown


def _read(path: str | Path, columns: Mapping[str, str] | None) -> Parsed:
    data = read_bytes(path, limit=_LARGEST, too_large="split it into several story files")
    return _parsed(path, data, Path(path).suffix.lower(), columns)


def _parsed(
    path: str | Path, data: bytes, suffix: str, columns: Mapping[str, str] | None
) -> Parsed:
    """Return the plain stories in the content of a file."""
    kind = binary_kind(data)
    if kind == SPREADSHEET:
        return read_xlsx(str(path), data, columns)
    if kind is not None:
        advice = "a story file is YAML, JSON, TOML, Markdown, CSV or XLSX"
        raise FileError(path, f"it is {kind}", advice)
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise FileError(path, "the file has no stories yet", _EXAMPLE)
    if suffix in _TABLES:
        return read_csv(str(path), text, columns)
    if columns is not None:
        raise FileError(path, "it is no table, and columns are named", "give a CSV or XLSX file")
    if suffix in _MARKDOWN or (suffix not in FORMATS and is_markdown_bank(text)):
        return read_markdown(str(path), text)
    if suffix == ".txt":
        seen = "no heading or label such as 'Situation:' tells where a story begins"
        advice = "name it .md and write such labels before the parts; a table is named .csv"
        raise FileError(path, seen, advice)
    parsed = parse(str(path), text, suffix)
    return read_resume(str(path), parsed.value) if is_resume(parsed.value) else parsed


def dump_stories(bank: StoryBank, path: str | Path) -> None:
    """Write a story bank to a YAML, JSON, TOML, Markdown, CSV or XLSX file, whole or not at all.

    Loading the file gives an equal bank. Parts stand in the order of telling, long texts as
    blocks; what is empty and optional is left out. In a table, a text that a spreadsheet would
    take for a formula has an apostrophe before it, which is taken off when it is loaded.

    Raises:
        FileError: The file cannot be written, its name has another ending, or a story holds
            characters that the format cannot.
        MissingExtraError: It is to be XLSX, and openpyxl is not installed.

    >>> import tempfile
    >>> bank = StoryBank([Story("Rota", "Six nurses", "Fill gaps", "I asked", "No gap in May")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     dump_stories(bank, Path(folder, "stories.md"))
    ...     load_stories(Path(folder, "stories.md")) == bank
    True
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        seen = f"its name ends in {suffix!r}" if suffix else "its name has no ending"
        raise FileError(path, seen, "name it .yaml, .json, .toml, .md, .csv or .xlsx")
    _check_characters(path, bank)
    data = _data_that_comes_back(path, bank, suffix)
    if data is None:
        seen = f"{suffix[1:].upper()} cannot hold {_what_is_lost(path, bank, suffix)}"
        raise FileError(path, seen, "write JSON instead")
    write_bytes(path, data)


def _data_that_comes_back(path: str | Path, bank: StoryBank, suffix: str) -> bytes | None:
    """Return a bank in a format, or ``None`` where reading it would not give the bank again."""
    # The formats' writers are other people's; nothing is put on disk that does not come back.
    try:
        data = _WRITERS[suffix]([_record(story) for story in bank])
        return data if _bank(path, _parsed(path, data, suffix, None)) == bank else None
    except ValueError:  # of a writer, or of a reader that cannot read it: a FileError
        return None


def _what_is_lost(path: str | Path, bank: StoryBank, suffix: str) -> str:
    """Return words for the story and the field that a format cannot hold."""
    plain = Story("Story", "", "", "", "")
    for story in bank:
        if _data_that_comes_back(path, StoryBank([story]), suffix) is not None:
            continue
        for field in _record(story):
            alone = attrs.evolve(plain, **{field: getattr(story, field)})
            if _data_that_comes_back(path, StoryBank([alone]), suffix) is None:
                return f"the text of story {story.title!r}, field {field!r}"
        return f"the texts of story {story.title!r} together"
    return "these stories together"


# From the plain values of a file to stories, with every mistake on the way.


def _bank(path: str | Path, parsed: Parsed) -> StoryBank:
    report = _Report(parsed)
    stories = _structured(_records(path, parsed.value, report), report)
    if report.problems:
        raise StoryFileError(path, report.listed())
    return StoryBank.from_stories(*stories)


class _Report:
    """The mistakes in one file, each with its place."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.records: list[Any] = []
        self.base: Place = ()
        self.problems: list[tuple[Place, int | None, str]] = list(parsed.problems)

    def add(self, place: Place, message: str) -> None:
        """Note a mistake at a place below the list of stories."""
        whole = (*self.base, *place)
        self.problems.append((whole, self.parsed.lines.get(whole), message))

    def listed(self) -> tuple[str, ...]:
        """Return one line a mistake, in the order of the file."""
        ordered = sorted(self.problems, key=lambda problem: self.order(problem[0]))
        lines = [self.told(*problem) for problem in ordered[:_MOST_PROBLEMS]]
        more = len(ordered) - len(lines)
        return (*lines, f"and {more} more") if more else tuple(lines)

    def order(self, place: Place) -> tuple[int, int]:
        below = place[len(self.base) :]
        number = below[0] if below and isinstance(below[0], int) else -1
        field = below[1] if len(below) > 1 else ""
        return number, _FIELDS.index(str(field)) if field in _FIELDS else len(_FIELDS)

    def told(self, place: Place, line: int | None, message: str) -> str:
        where = [f"line {line}"] if line is not None else []
        below = place[len(self.base) :] if place[: len(self.base)] == self.base else place
        if below and isinstance(below[0], int):
            title = _title(self.records[below[0]])
            where.append(f"story {below[0] + 1}" + (f" {title!r}" if title else ""))
            below = below[1:]
        if below:
            where.append(f"field {str(below[0])!r}")
        if len(below) > 1 and isinstance(below[1], int):
            where.append(f"entry {below[1] + 1}")
        return f"{', '.join(where)}: {message}" if where else message


def _records(path: str | Path, value: Any, report: _Report) -> list[Any]:
    """Return the list of stories in a file's value."""
    if isinstance(value, dict):
        _check_version(path, value.get("schema_version"))
        for key in value:
            if key not in _FILE_KEYS and "stories" in value:
                report.add((key,), _unknown(key, _FILE_KEYS[:2]))
        if "stories" not in value:
            if "title" in value:
                raise FileError(path, "it is one story and no list", "put '- ' before 'title'")
            near = difflib.get_close_matches("stories", value, n=1)
            seen = f"it has no key 'stories' (but {near[0]!r})" if near else "it has no stories"
            raise FileError(path, seen, f"a file is a list of stories; {_EXAMPLE}")
        report.base = ("stories",)
        value = value["stories"]
    if value is None:
        raise FileError(path, "the file has no stories yet", _EXAMPLE)
    if not isinstance(value, list):
        seen = f"it holds {_kind(value)} where a list of stories belongs"
        raise FileError(path, seen, _EXAMPLE)
    report.records = value
    return value


def _check_version(path: str | Path, version: Any) -> None:
    written = version.written if isinstance(version, Other) else version
    if written is None or written == str(STORY_FILE_VERSION):
        return
    if isinstance(written, str) and written.isdecimal() and len(written) < 10 and int(written):
        seen = f"its schema_version is {int(written)}, this starkit reads {STORY_FILE_VERSION}"
        raise FileError(path, seen, "update starkit")
    seen = f"its schema_version is {written!r}"
    raise FileError(path, seen, f"write {STORY_FILE_VERSION} or leave it out")


def _structured(records: list[Any], report: _Report) -> list[Story]:
    stories: list[Story] = []
    first: dict[str, int] = {}
    for index, record in enumerate(records):
        try:
            stories.append(_converter().structure(record, Story))
        except BaseValidationError as group:
            for place, message in _told(group):
                report.add((index, *place), message)
        except (_WrongTypeError, StoryError) as error:
            report.add((index,), str(error))
        title = _title(record)
        if title in first:
            message = f"stands twice, first in story {first[title] + 1}; titles are unique"
            report.add((index, "title"), message)
        elif title:
            first[title] = index
    return stories


def _title(record: Any) -> str:
    title = record.get("title") if isinstance(record, dict) else None
    return title if isinstance(title, str) else ""


def _told(group: BaseValidationError) -> Iterator[tuple[Place, str]]:
    """Yield the place and the message of each mistake that cattrs found in one story."""
    for error in group.exceptions:
        notes = getattr(error, "__notes__", [])
        field = next((note.name for note in notes if hasattr(note, "name")), None)
        place: Place = () if field is None else (field,)
        if isinstance(error, ForbiddenExtraKeysError):
            for key in sorted(error.extra_fields):
                yield (key,), _unknown(key, _FIELDS)
        elif isinstance(error, BaseValidationError):
            yield from (((*place, *below), message) for below, message in _told(error))
        elif isinstance(error, KeyError):
            yield ("title",), "missing; give each story a short title"
        elif isinstance(error, StoryError):
            yield (error.field,), f"{error.seen!r} cannot be used; {error.advice}"
        elif isinstance(error, _WrongEntriesError):
            yield from (((*place, index), message) for index, message in error.entries)
        else:
            yield place, str(error)


def _unknown(key: str, known: Iterable[str]) -> str:
    known = tuple(known)
    near = difflib.get_close_matches(key.casefold(), known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
    return f"unknown; {hint}"


# Types, as strictly as a person can mend them.


class _WrongTypeError(ValueError):
    """A value of a story file has another type than its field."""


class _WrongEntriesError(ValueError):
    """Some entries of a list are of the wrong type."""

    def __init__(self, entries: tuple[tuple[int, str], ...]) -> None:
        super().__init__(entries)
        self.entries = entries


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, lambda value, _: _text(value))
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[str, ...], lambda value, _: _names(value)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == str | None, lambda value, _: _when(value)
    )
    whole: Any = make_dict_structure_fn(
        Story, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )

    def story(value: Any, kind: Any) -> Story:
        if not isinstance(value, dict):
            raise _WrongTypeError(f"is {_kind(value)}; a story is 'title: ...' and its parts")
        given = {key: item for key, item in value.items() if item is not None}
        made: Story = whole(dict.fromkeys(PARTS, "") | given, kind)
        return made

    converter.register_structure_hook(Story, story)
    return converter


_SURROGATE = re.compile(r"[\ud800-\udfff]")


def _text(value: Any) -> str:
    if isinstance(value, str):
        if half := _SURROGATE.search(value):
            raise _WrongTypeError(f"holds half a character (U+{ord(half[0]):04X}); take it out")
        return value
    if isinstance(value, list):
        advice = "write one text; after '|' it may have lines of its own"
    elif isinstance(value, dict):
        advice = "put text with a colon in quotes"
    else:
        advice = f'put it in quotes: "{_written(value)}"'
    raise _WrongTypeError(f"is {_kind(value)} where a text belongs; {advice}")


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        typed = value if isinstance(value, str) else _written(value)
        shown = f'["{typed}"]' if len(typed) <= 40 and "\n" not in typed else '["...", "..."]'
        raise _WrongTypeError(f"is {_kind(value)} where a list belongs; write {shown}")
    wrong = tuple(_wrong_entries(value))
    if wrong:
        raise _WrongEntriesError(wrong)
    return tuple(value)


def _wrong_entries(entries: list[Any]) -> Iterator[tuple[int, str]]:
    for index, entry in enumerate(entries):
        if entry is None:
            yield index, "is empty; write a short name or take it out"
            continue
        try:
            _text(entry)
        except _WrongTypeError as error:
            yield index, str(error)


def _when(value: Any) -> str:
    # TOML alone has dates of its own; everywhere else a date is the text that was typed.
    return value.isoformat() if isinstance(value, dt.date) else _text(value)


def _kind(value: Any) -> str:
    if isinstance(value, Other):
        return f"{value.kind} ({_written(value)})"
    kinds = {str: "a text", list: "a list", dict: "a mapping", dt.date: "a date"}
    return kinds.get(type(value), "nothing")


def _written(value: Any) -> str:
    if isinstance(value, Other):
        return value.written if len(value.written) <= 40 else "..."
    return value.isoformat() if isinstance(value, dt.date) else "..."


# From stories to text.


def _record(story: Story) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for field in attrs.fields(Story):
        value = getattr(story, field.name)
        if field.name in PARTS or value != field.default:
            record[field.name] = list(value) if isinstance(value, tuple) else value
    return record


def _check_characters(path: str | Path, bank: StoryBank) -> None:
    for story in bank:
        for field, value in _record(story).items():
            for text in value if isinstance(value, list) else [value]:
                if half := _SURROGATE.search(text):
                    title = _SURROGATE.sub("?", story.title)
                    seen = f"story {title!r}, field {field!r} holds half a character "
                    seen += f"(U+{ord(half[0]):04X})"
                    raise FileError(path, seen, "take it out and write again")


def _as_json(records: list[dict[str, Any]]) -> bytes:
    whole = {"schema_version": STORY_FILE_VERSION, "stories": records}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _as_markdown(records: list[dict[str, Any]]) -> bytes:
    return markdown_text(records).encode()


def _as_csv(records: list[dict[str, Any]]) -> bytes:
    # Spreadsheets take a file without the mark at its beginning for an old encoding.
    return csv_text(rows_of(records)).encode("utf-8-sig")


def _as_xlsx(records: list[dict[str, Any]]) -> bytes:
    return xlsx_bytes(rows_of(records))


def _as_toml(records: list[dict[str, Any]]) -> bytes:
    version = f"schema_version = {STORY_FILE_VERSION}\n"
    if not records:
        return f"{version}stories = []\n".encode()
    # TOML takes a carriage return in a block for a part of the line end, in quotes as it stands.
    in_blocks = not any("\r" in text for record in records for text in record.values())
    tables = (tomli_w.dumps(record, multiline_strings=in_blocks) for record in records)
    return "\n".join((version, *(f"[[stories]]\n{table}" for table in tables))).encode()


def _as_yaml(records: list[dict[str, Any]]) -> bytes:
    version = f"schema_version: {STORY_FILE_VERSION}\n"
    if not records:
        return f"{version}stories: []\n".encode()
    items = (
        yaml.dump([record], Dumper=_YamlDumper, sort_keys=False, allow_unicode=True, width=88)
        for record in records
    )
    return (f"{version}stories:\n" + "\n".join(items)).encode()


class _YamlDumper(yaml.SafeDumper):
    """Writes texts as people do: long ones and those with lines of their own as blocks."""


_LONG_TEXT = 80


def _as_yaml_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # In a block everything stands as it is: blanks at the ends of its lines would be lost sight
    # of, and characters that need an escape cannot be written.
    lines = text.split("\n")
    fits = text == text.strip() and all(
        line.isprintable() and line == line.rstrip() for line in lines
    )
    style = None
    if fits and len(lines) > 1:
        style = "|"
    elif fits and len(text) > _LONG_TEXT and "  " not in text:
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_YamlDumper.add_representer(str, _as_yaml_text)
_WRITERS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    ".yaml": _as_yaml,
    ".yml": _as_yaml,
    ".json": _as_json,
    ".toml": _as_toml,
    ".md": _as_markdown,
    ".markdown": _as_markdown,
    ".csv": _as_csv,
    ".xlsx": _as_xlsx,
}
