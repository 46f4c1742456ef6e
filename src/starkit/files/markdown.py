"""Story banks in Markdown: a heading for each story, its parts under labels, both ways."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import attrs

from starkit.errors import FileError
from starkit.files.labels import (
    LISTS,
    Gathered,
    as_names,
    as_text,
    field_of,
    parts_of,
    remark_of,
)
from starkit.files.marked import Line, labelled, lines_of, names_field, unescaped
from starkit.files.sheets import add_row
from starkit.files.syntax import Other, Parsed, Place
from starkit.files.titles import read_title, titles_of, with_titles
from starkit.stories import PARTS, Story

_FIELDS = frozenset(attrs.fields_dict(Story))
_HASHTAGS = re.compile(r"(?:#[\w/+-]+[\s,;]*)+")
# A key of front matter below which the four parts stand.
_STAR = frozenset({"star", "parts"})

_NO_STORY = (
    "it has no story: no heading with Situation, Task, Action or Result below it",
    "write '## ' and a title, and below it '**Situation:** ...', '**Task:** ...' and so on",
)


# --- reading --------------------------------------------------------------------------------------


def read_markdown(path: str, text: str) -> Parsed:
    r"""Return the stories in a Markdown text as plain values.

    A story is a heading of any level with its parts below it: under labels (``**Situation:** ...``,
    ``Situation – ...``, ``S (Situation): ...``), in a list (``- Situation: ...``), under headings of
    their own, in a table, or in a block of front matter between ``---``. A line in bold print, a
    short line of its own or ``Title: ...`` stands for a heading where stories begin below it.
    ``[Theme]`` before a title is a competency. A number before a title (``Story 3:``) is dropped.
    What stands under another label or heading, before the first story or in a comment goes to the
    notes; a heading without parts is no story.

    Args:
        path: The file, for messages.
        text: Its text, lines ending in a line feed.

    Raises:
        FileError: There is no story in it, or a block of front matter is no YAML.

    >>> read_markdown("s.md", "## [Care] Rota\n\n**Action:** I rang them.\n").value
    [{'title': 'Rota', 'competencies': ['Care'], 'action': 'I rang them.'}]
    """
    lines = with_titles(lines_of(path, text))
    stories = _stories(lines)
    bank = next((dict(line.values) for line in lines if line.kind == "front"), {})
    if not stories and "stories" in bank:
        return Parsed(bank)
    records: list[Any] = []
    places: dict[Place, int] = {}
    for number, record in stories:
        places[(len(records),)] = places[len(records), "title"] = number
        records.append(record)
    if not records:
        raise FileError(path, *_NO_STORY)
    return Parsed(records, (), places)


def is_markdown_bank(text: str) -> bool:
    r"""Tell whether a text has stories in Markdown.

    >>> is_markdown_bank("# Rota\n**Result:** All filled."), is_markdown_bank("title: Rota")
    (True, False)
    """
    try:
        lines = with_titles(lines_of("", text))
    except FileError:
        return False
    titles = titles_of(lines)
    return bool(titles.heads or titles.fronts) or any(line.kind == "row" for line in lines)


def _stories(lines: list[Line]) -> list[tuple[int, dict[str, Any]]]:
    """Return the line and the plain values of each story."""
    return _Bank(lines).read()


class _Bank:
    """Takes the lines of a whole file, and gives each to the story to which it belongs."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.titles = titles_of(lines)
        self.groups: list[tuple[int, Line]] = []
        self.stories: list[_Reader] = []
        self.is_open = False  # whether the last story takes the lines that come
        self.before: list[Line] = []  # what waits for the next story
        several = len(self.titles.heads) + len(self.titles.fronts) > 1
        self.of_all = several or any(line.kind == "row" for line in lines)

    def read(self) -> list[tuple[int, dict[str, Any]]]:
        """Return the line and the plain values of each story."""
        for index, line in enumerate(self.lines):
            self.take(index, line)
        if any(line.parts for line in self.before):
            self.open_untitled()
        elif self.stories:
            self.give_waiting()
        return [story.ended() for story in self.stories]

    def take(self, index: int, line: Line) -> None:
        """Take the next line."""
        if index in self.titles.heads or index in self.titles.fronts or line.kind == "row":
            self.open(line)
        elif index in self.titles.groups:
            self.is_open = False
            self.groups = [(n, above) for n, above in self.groups if above.level < line.level]
            self.groups.append((index, line))
            self.before.append(line)
        elif self.is_open:
            self.stories[-1].take(line)
        elif not line.is_blank:
            self.before.append(line)

    def open(self, line: Line) -> None:
        """Begin the story of which this is the heading, the front matter or the row."""
        if any(waiting.parts for waiting in self.before):
            self.open_untitled()
        story = _Reader(line)
        self.stories.append(story)
        sections = [group for index, group in self.groups if index != self.titles.top]
        for group in sections:
            story.gathered.note("Section", unescaped(group.text))
        self.give_waiting({group.number for group in sections})
        if line.kind == "front":
            story.take(line)
        story.begin()
        self.is_open = line.kind != "row"

    def open_untitled(self) -> None:
        """Begin a story whose parts have no heading above them: its title is missing, and told."""
        self.stories.append(_Reader(next(line for line in self.before if line.parts)))
        self.give_waiting()

    def give_waiting(self, sections: Collection[int] = ()) -> None:
        """Give the last story what stood where no story was open, but for its sections' headings."""
        story = self.stories[-1]
        story.begin()
        for waiting in self.before:
            if waiting.number in sections:
                story.begin()
            elif waiting.kind == "front" and self.of_all:
                story.note_values(waiting.values)
            else:
                story.take(waiting)
        self.before = []


class _Reader:
    """Takes the lines of one story, one after the other."""

    def __init__(self, head: Line) -> None:
        self.number = head.number
        self.gathered = Gathered()
        self.field: str | None = None
        self.label = ""
        self.waiting: list[Line] = []
        if head.kind == "heading":
            theme, title = read_title(head.text)
            self.gathered.fields["title"] = [title]
            if theme:
                self.gathered.fields["competencies"] = [theme]
        if head.cells:
            headings, fields, cells = zip(*head.cells, strict=True)
            add_row(self.gathered, headings, fields, cells)

    def begin(self) -> None:
        """Leave what came before the story, and begin it."""
        self._close()
        self.field, self.label = None, ""

    def take(self, line: Line) -> None:
        """Take the next line."""
        if line.kind == "heading":
            self._open(line.text, "", known=names_field(line.text))
        elif line.kind == "cell":
            self._open(line.label, line.text, known=names_field(line.label))
        elif line.kind == "label":
            known = names_field(line.label)
            if known or self.field not in ("situation", "task", "action"):
                self._open(line.label, line.text, known=known)
            else:  # a label of the teller's own inside a part: "**Step 1:** ..."
                self._add(line, f"**{line.label.strip()}** {line.text}".rstrip())
        elif line.kind == "comment":
            self._comment(line)
        elif line.kind == "front":
            self._front(line.values)
        else:
            self._add(line, line.text)

    def ended(self) -> tuple[int, dict[str, Any]]:
        """Return the line and the plain values of the story."""
        self._close()
        return self.number, self.gathered.record()

    def note_values(self, values: Iterable[tuple[str, Any]]) -> None:
        """Note front matter that is about the file and not about this story."""
        self.begin()
        for key, value in values:
            self.gathered.note(key, _typed(value))

    def _add(self, line: Line, text: str) -> None:
        kind = line.kind if line.kind == "verbatim" else "text"
        self.waiting.append(Line(line.number, kind, text))

    def _open(self, label: str, text: str, *, known: bool) -> None:
        self._close()
        named = parts_of(label) if known else ()
        self.label = unescaped(label)
        self.field = None
        if known:
            self.field = named[0] if named else field_of(label)
            self.gathered.note("", remark_of(self.label))
        if len(named) > 1:
            together = " and ".join(named)
            self.gathered.note("", f"The {together} stand in one text, under {named[0]}.")
        if text:
            self.waiting.append(Line(self.number, "text", text))

    def _close(self) -> None:
        waiting = _outer_blanks_off(self.waiting)
        self.waiting = []
        typed = "\n".join(line.text for line in waiting).strip()
        if self.field in LISTS and _HASHTAGS.fullmatch(typed):
            self._names(re.findall(r"#([^\s,;]+)", typed))
            return
        lines = (line.text if line.kind == "verbatim" else unescaped(line.text) for line in waiting)
        text = "\n".join(lines)
        if self.field in LISTS:
            self._names(as_names(text))
        elif text or self.label:
            self.gathered.add(self.label, text, self.field)

    def _names(self, names: list[str]) -> None:
        self.gathered.fields.setdefault(self.field or "", []).extend(names)

    def _comment(self, line: Line) -> None:
        inside = line.text.strip().removeprefix("<!--").removesuffix("-->").strip()
        if inside:
            self.gathered.note("", inside)

    def _front(self, values: Iterable[tuple[str, Any]]) -> None:
        self._close()
        self.field, self.label = None, ""
        for key, value in values:
            field = key if key in _FIELDS else field_of(key)
            if isinstance(value, dict) and key.casefold() in _STAR:
                self._front(value.items())
            elif isinstance(value, list) and field in LISTS:
                names = [_typed(item) for item in value if item is not None]
                self.gathered.fields.setdefault(field, []).extend(names)
            elif isinstance(value, list):
                between = "\n" if field in PARTS else "; "
                self.gathered.add(key, between.join(map(_typed, value)), field)
            elif key != "schema_version":
                self.gathered.add(key, _typed(value), field)


def _typed(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_typed(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(map(_typed, value))
    return value.written if isinstance(value, Other) else "" if value is None else str(value)


def _outer_blanks_off(lines: list[Line]) -> list[Line]:
    first, last = 0, len(lines)
    while first < last and not lines[first].text.strip():
        first += 1
    while last > first and not lines[last - 1].text.strip():
        last -= 1
    return lines[first:last]


# --- writing --------------------------------------------------------------------------------------


def markdown_text(records: list[dict[str, Any]]) -> str:
    """Return plain stories as Markdown: a heading for each, and its parts under bold labels.

    >>> print(markdown_text([{"title": "Rota", "action": "I rang them.", "skills": ["care"]}]))
    ## Rota
    <BLANKLINE>
    **Situation:**
    <BLANKLINE>
    **Task:**
    <BLANKLINE>
    **Action:** I rang them.
    <BLANKLINE>
    **Result:**
    <BLANKLINE>
    **Skills:** care
    <BLANKLINE>
    """
    if not records:
        return "---\nstories: []\n---\n"
    whole = "\n".join(map(_story_text, records))
    # Of several stories together more may be read than of each: then nothing is left to be taken
    # for a title or a label.
    return (
        whole
        if _reads_as(whole, records)
        else "\n".join(_written(r, _fully_escaped) for r in records)
    )


def _story_text(record: dict[str, Any]) -> str:
    light = _written(record, _lightly_escaped)
    return light if _reads_as(light, [record]) else _written(record, _fully_escaped)


def _reads_as(text: str, records: list[dict[str, Any]]) -> bool:
    wanted = [record | {part: record.get(part, "") for part in PARTS} for record in records]
    return [read for _, read in _stories(with_titles(lines_of("", text)))] == wanted


def _written(record: dict[str, Any], escaped: Callable[[str], str]) -> str:
    title = record["title"]
    plain = [read_title(line.text) for line in lines_of("", f"## {title}") if line.level == 2]
    heading = title if plain == [("", title)] else _fully_escaped(title)
    # A title such as "Results" would be the heading of a part.
    blocks = [f"## {_first_letter_hidden(heading) if names_field(heading) else heading}"]
    for field in (*PARTS, *LISTS, "date", "source", "notes"):
        value = record.get(field)
        if value or field in PARTS:
            text = as_text(value) if isinstance(value, list) else value or ""
            blocks.append(_labelled_block(field.capitalize(), escaped(text)))
    return "\n\n".join(blocks) + "\n"


def _labelled_block(label: str, text: str) -> str:
    separator = "\n\n" if "\n" in text.strip("\n") else " "
    return f"**{label}:**{separator}{text}".rstrip(" ")


_BLOCK_START = re.compile(r"\A\s*(?:#|=+\s*$|-+\s*$|[*_]{2}|`{3}|~{3}|<|>|\|)")


def _lightly_escaped(text: str) -> str:
    """Return a text with a backslash where a line would be read as something else."""
    return "\n".join(map(_escaped_line, text.split("\n")))


def _escaped_line(line: str) -> str:
    line = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", line)
    blank = len(line) - len(line.lstrip())
    if _BLOCK_START.match(line):
        return f"{line[:blank]}\\{line[blank:]}"
    if labelled(line) is not None:
        line = line.replace(":", "\\:", 1)
    return _no_label(line)


def _fully_escaped(text: str) -> str:
    text = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    text = re.sub(r"[–—→\t]", _as_number, text)
    return "\n".join(map(_no_label, text.split("\n")))


def _no_label(line: str) -> str:
    """Return a line whose words alone would be a label as one that is none."""
    return line if labelled(line) is None else _first_letter_hidden(line)


def _first_letter_hidden(line: str) -> str:
    """Return a line with its first letter by number, as HTML writes it and every reader shows it."""
    return re.sub(r"[^\W\d_]", _as_number, line, count=1)


def _as_number(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"
