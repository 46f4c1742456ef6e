"""Story banks in Markdown: a heading for each story, its parts under labels, both ways."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import attrs
from markdown_it import MarkdownIt

from starkit.errors import FileError
from starkit.files.labels import LISTS, Gathered, as_names, as_text, field_of, parts_of, plain_label
from starkit.files.sheets import fields_of, record_of_row
from starkit.files.syntax import Other, Parsed, Place, parse
from starkit.stories import PARTS, Story

_FIELDS = frozenset(attrs.fields_dict(Story))

# A line's list mark, quotation mark or indentation, before a label.
_LEAD = re.compile(r"\s{0,3}(?:>\s?)*\s*(?:(?:[-*+•]|\d{1,2}[.)])\s+)?(?:\[[ xX]\]\s+)?")
# "**Situation:** text", "__Situation__ - text", "*S (Situation)*: text"; also "**S**ituation: text".
_BOLD = re.compile(
    r"(?P<mark>\*\*\*|\*\*|__|\*|_)(?P<label>[^*_\n\\]{1,60}?)(?P=mark)(?P<more>[a-z]*)(?P<rest>.*)"
)
_PLAIN = re.compile(r"(?P<label>[A-Za-z][^:*_\\|\n]{0,40}?)\s*:(?!/)(?P<rest>.*)")
_CELLS = re.compile(r"\|(?P<label>[^|\n\\]{1,60})\|(?P<rest>[^\n]*?)\|?\s*")
_MARKED = re.compile(r"[*_|]")
_SEPARATOR = re.compile(r"\A\s*[:–—-](?=\s|$)")

_BOLD_LINE = re.compile(r"\s{0,3}(\*\*|__)(?!\s)[^*_\\]+(?<![\s:])\1\s*")
_BELOW_ALL = 7  # the level of a title in bold: below that of every heading

_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r"-{3}\s*")  # the line before and after a block of front matter
_KEY = re.compile(r"(?P<key>[\w $-]{1,40}):(?:\s|$)")

# "1. Title", "Story 3: Title", "Story #3 - Title": the number is the list's and not the title's.
_NUMBER = re.compile(r"(?:(?:STAR\s+)?story\s+)?#?\d{1,3}\s*[.):–—-]\s+(?=\S)", re.IGNORECASE)
_THEME = re.compile(r"\[(?P<theme>[^\]\\]+)\]\s*(?P<title>\S.*)")
_EMPHASIS = re.compile(r"(?P<mark>\*\*|__|\*|_)(?P<inside>[^*_]+)(?P=mark)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HASHTAGS = re.compile(r"(?:#[\w/+-]+[\s,;]*)+")
# The names of fields that count without bold print; the others are words of many a sentence.
_PLAIN_NAMES = frozenset({"skills", "competencies", "date", "source", "notes", "tags"})

_NO_STORY = (
    "it has no story: no heading with Situation, Task, Action or Result below it",
    "write '## ' and a title, and below it '**Situation:** ...', '**Task:** ...' and so on",
)


@cache
def _blocks() -> MarkdownIt:
    return MarkdownIt("commonmark")


# --- reading --------------------------------------------------------------------------------------


@attrs.frozen
class _Line:
    """One line of the file, and what it is.

    ``kind`` is ``heading`` (``level`` and ``text``), ``label`` (``label`` and ``text``), ``front``
    (``values``), ``verbatim`` (a fence: no label stands in it), ``comment``, ``rule`` or ``text``.
    """

    number: int
    kind: str
    text: str
    level: int = 0
    label: str = ""
    values: tuple[tuple[str, Any], ...] = ()

    @property
    def names_title(self) -> bool:
        """Whether it is front matter with the title of a story."""
        return self.kind == "front" and any(field_of(key) == "title" for key, _ in self.values)

    @property
    def parts(self) -> tuple[str, ...]:
        """The STAR parts that the line opens."""
        if self.kind == "heading":
            return parts_of(self.text) if self.level else ()
        if self.kind == "front":
            return tuple(part for key, _ in self.values for part in parts_of(key))
        return parts_of(self.label) if self.kind == "label" else ()


def read_markdown(path: str, text: str) -> Parsed:
    r"""Return the stories in a Markdown text as plain values.

    A story is a heading of any level with its parts below it: under bold labels
    (``**Situation:** ...``, ``**S (Situation):** ...``), in a list (``- Situation: ...``), under
    headings of their own, in a table, or in a block of front matter between ``---``. ``[Theme]``
    before a title is a competency. A number before a title (``Story 3:``) is dropped. What stands
    under another label or heading, before the first story or in a comment goes to the notes.

    Args:
        path: The file, for messages.
        text: Its text, lines ending in a line feed.

    Raises:
        FileError: There is no story in it, or a block of front matter is no YAML.

    >>> read_markdown("s.md", "## [Care] Rota\n\n**Action:** I rang them.\n").value
    [{'title': 'Rota', 'competencies': ['Care'], 'action': 'I rang them.'}]
    """
    lines = _lines(path, text)
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
        lines = _lines("", text)
    except FileError:
        return False
    return any(line.parts for line in lines) and any(line.kind == "heading" for line in lines)


def _lines(path: str, text: str) -> list[_Line]:
    """Return the lines of a text, each told for what it is."""
    # The line ends are those of CommonMark, so that its parser counts the same lines.
    raw = _LINE_END.split(text.lstrip("\ufeff"))
    told: dict[int, _Line | None] = dict(_front_matter(path, raw))
    rest = "\n".join("" if number in told else line for number, line in enumerate(raw))
    for token in _blocks().parse(rest):
        if token.map is None:
            continue
        first, end = token.map
        if token.type == "heading_open" and token.level == 0:
            _tell_heading(told, raw, first, end, int(token.tag[1:]))
        elif token.type == "fence":
            told |= {n: _Line(n + 1, "verbatim", raw[n]) for n in range(first, end)}
        elif token.type == "html_block" and raw[first].lstrip().startswith("<!--"):
            comment = "\n".join(raw[first:end])
            told |= dict.fromkeys(range(first, end))
            told[first] = _Line(first + 1, "comment", comment)
        elif token.type == "hr" and token.level == 0:
            told |= dict.fromkeys(range(first, end))
    for number, line in enumerate(raw):
        if line.lstrip().startswith("|") and not line.strip(" |:-"):
            told.setdefault(number, None)  # the rule or the empty head of a table
    lines = (told[n] if n in told else _text_line(n, line) for n, line in enumerate(raw))
    return _with_bold_titles([line for line in lines if line is not None])


def _with_bold_titles(lines: list[_Line]) -> list[_Line]:
    """Return the lines with bold ones as headings, where they are the titles of stories.

    A bold line is one when parts follow it, and when no heading stands above it or one that has
    several such lines below it.
    """
    below: dict[int, list[int]] = {}
    heading = -1
    for index, line in enumerate(lines):
        if line.kind == "heading" and not _names_field(line.text):
            heading = index
        if line.kind == "text" and _BOLD_LINE.fullmatch(line.text):
            following = (other for other in lines[index + 1 :] if other.text or other.label)
            if (other := next(following, None)) is not None and other.parts:
                below.setdefault(heading, []).append(index)
    titles = {n for above, found in below.items() if above < 0 or len(found) > 1 for n in found}
    return [
        attrs.evolve(line, kind="heading", text=line.text.strip(), level=_BELOW_ALL)
        if index in titles
        else line
        for index, line in enumerate(lines)
    ]


def _tell_heading(
    told: dict[int, _Line | None], raw: list[str], first: int, end: int, level: int
) -> None:
    inside = raw[first:end]
    if re.match(r"\s{0,3}#", inside[0]):
        content = re.sub(r"(?:^|\s+)#+\s*$", "", re.sub(r"^\s{0,3}#+", "", inside[0])).strip()
        if content:
            told[first] = _Line(first + 1, "heading", content, level=level)
        return
    # Underlined: one line of words is a heading; the rest is text with a rule below it.
    if len(inside) == 2 and _labelled(inside[0]) is None:
        told[first] = _Line(first + 1, "heading", inside[0].strip(), level=level)
    told[end - 1] = None


def _front_matter(path: str, raw: list[str]) -> Iterator[tuple[int, _Line | None]]:
    """Yield the blocks of YAML between ``---``: the first of the file, and those with parts."""
    top = next((number for number, line in enumerate(raw) if line.strip()), 0)
    number = 0
    while number < len(raw):
        end = _block_end(raw, number, at_top=number == top)
        values = None if end is None else _yaml(path, raw, number, end, at_top=number == top)
        if end is None or values is None:
            number += 1
            continue
        yield number, _Line(number + 1, "front", "", values=tuple(values.items()))
        yield from ((line, None) for line in range(number + 1, end + 1))
        number = end + 1


def _yaml(
    path: str, raw: list[str], number: int, end: int, *, at_top: bool
) -> dict[str, Any] | None:
    """Return the values in a block; ``None`` when it is no YAML but text between two rules."""
    inside = raw[number + 1 : end]
    if at_top:  # blank lines before it keep the numbers of the lines in a message
        inside = [*[""] * (number + 1), *inside]
    try:
        values = parse(path, "\n".join(inside), ".yaml").value
    except FileError:
        if at_top:
            raise
        return None
    return values if isinstance(values, dict) else None


def _block_end(raw: list[str], number: int, *, at_top: bool) -> int | None:
    """Return the line that ends a block of front matter; ``None`` when none begins here."""
    if not _FENCE.fullmatch(raw[number]):
        return None
    first = next((n for n in range(number + 1, len(raw)) if raw[n].strip()), number)
    key = _KEY.match(raw[first])
    if key is None or not (at_top or field_of(key["key"]) is not None):
        return None
    for line in range(first, len(raw)):
        if _FENCE.fullmatch(raw[line]):
            return line
        # A rule between two stories begins no front matter: a heading would stand in it.
        if raw[line].startswith(("#", "**")):
            return None
    return None


def _text_line(number: int, line: str) -> _Line | None:
    labelled = _labelled(line)
    if labelled is not None:
        return _Line(number + 1, "label", labelled[1], label=labelled[0])
    return _Line(number + 1, "text", line)


def _labelled(line: str) -> tuple[str, str] | None:
    """Return the label that a line begins with, and its text; ``None`` for a line without one."""
    if ":" not in line and not _MARKED.search(line):
        return None
    lead = _LEAD.match(line)
    body = line[lead.end() :] if lead else line
    if match := _BOLD.fullmatch(body):
        label, rest = match["label"] + match["more"], match["rest"]
        marked = label.rstrip().endswith((":", "–", "—")) or bool(_SEPARATOR.match(rest))
        alone = not rest.strip() or rest.lstrip().startswith("(")
        whole = marked or alone or (len(plain_label(label)) > 1 and rest[:1].isspace())
        if _names_field(label) and whole:
            return label, _after(label, rest)
        if len(match["mark"]) >= 2 and marked and not match["more"]:
            return label, _after(label, rest)
        return None
    if (match := _CELLS.fullmatch(body)) and "|" not in match["rest"].strip().rstrip("|"):
        known = _names_field(match["label"]) or match["label"].strip().startswith("**")
        return (match["label"], match["rest"].strip()) if known else None
    if (match := _PLAIN.match(body)) and (
        parts_of(match["label"]) or plain_label(match["label"]) in _PLAIN_NAMES
    ):
        return match["label"], match["rest"].strip()
    return None


def _after(label: str, rest: str) -> str:
    if not label.rstrip().endswith((":", "–", "—")):
        rest = _SEPARATOR.sub("", rest, count=1)
    return rest.strip()


def _stories(lines: list[_Line]) -> list[tuple[int, dict[str, Any]]]:
    """Return the line and the plain values of each story."""
    return _Bank(lines).read()


class _Bank:
    """Takes the lines of a whole file, and gives each to the story to which it belongs."""

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.heads = _story_heads(lines)
        self.over_stories = _groups(lines, self.heads)
        self.top = _document_title(lines, self.heads)
        self.groups: list[_Line] = []
        self.story: _Reader | None = None
        self.before: list[_Line] = []  # what waits for the next story
        self.read_stories: list[tuple[int, dict[str, Any]]] = []

    def read(self) -> list[tuple[int, dict[str, Any]]]:
        """Return the line and the plain values of each story."""
        for line in _with_tables(self.lines):
            self.take(line)
        if self.story is None and any(line.parts for line in self.before):
            # Parts without a heading above them: a story whose title is missing, and told so.
            self.story = _Reader(next(line for line in self.before if line.parts))
        if self.story is not None:
            for line in self.before:
                self.story.take(line)
        self.close()
        return self.read_stories

    def take(self, line: _Line) -> None:
        """Take the next line."""
        if line.number in self.heads or line.names_title:
            self.open(line)
        elif line.number in self.over_stories:
            self.close()
            self.groups = [*(group for group in self.groups if group.level < line.level), line]
            if line is self.top:
                self.before.append(line)
        elif line.kind == "row":
            self.close()
            self.read_stories.append((line.number, dict(line.values)))
        elif self.story is not None:
            self.story.take(line)
        elif line.kind != "text" or line.text.strip():
            self.before.append(line)

    def open(self, line: _Line) -> None:
        """Begin the story of which this is the heading, or the front matter."""
        self.close()
        self.story = _Reader(line)
        for group in self.groups:
            if group is not self.top:
                self.story.gathered.note("Section", _unescaped(group.text))
        for waiting in self.before:
            self.story.take(waiting)
        self.before = []
        if line.kind == "front":
            self.story.take(line)
        self.story.begin()

    def close(self) -> None:
        """End the story that is open."""
        if self.story is not None:
            self.read_stories.append(self.story.ended())
            self.story = None


def _story_heads(lines: list[_Line]) -> frozenset[int]:
    """Return the numbers of the headings that are titles of stories.

    A title is the nearest heading above some parts. Other headings of the same level below the
    same group are titles of drafts without parts.
    """
    heads: dict[int, int] = {}
    current: _Line | None = None
    for line in lines:
        if line.kind == "heading" and not _names_field(line.text):
            current = line
        elif line.parts and current is not None:
            heads[current.number] = current.level
        elif line.names_title:
            current = None
    levels = set(heads.values())
    if len(levels) == 1:
        [level] = levels
        for line in lines:
            if line.kind == "heading" and line.level == level and not _names_field(line.text):
                heads.setdefault(line.number, level)
    return frozenset(heads)


def _names_field(label: str) -> bool:
    """Tell whether a label or heading is that of a part or of another field below the title."""
    return field_of(label) not in (None, "title") or bool(parts_of(label))


def _groups(lines: list[_Line], heads: frozenset[int]) -> frozenset[int]:
    """Return the numbers of the headings that stand over stories.

    Below such a heading the next title is of a deeper level; or there is no story before it, and
    another heading of its level comes first.
    """
    first_head = min(heads, default=0)
    groups = set()
    next_head = between = _BELOW_ALL + 1  # the levels of what follows, seen from the end
    none_follows = True
    for line in reversed(lines):
        if line.kind != "heading" or line.parts:
            continue
        if line.number in heads:
            next_head, between, none_follows = line.level, _BELOW_ALL + 1, False
            continue
        if between <= line.level:
            is_group = line.number < first_head
        else:
            is_group = not none_follows and next_head > line.level
        if is_group:
            groups.add(line.number)
        between = min(between, line.level)
    return frozenset(groups)


def _document_title(lines: list[_Line], heads: frozenset[int]) -> _Line | None:
    """Return the one heading above all others, which belongs to no story more than to another."""
    headings = [line for line in lines if line.kind == "heading"]
    if not headings or headings[0].number in heads:
        return None
    first = headings[0]
    return first if all(line.level > first.level for line in headings[1:]) else None


def _with_tables(lines: list[_Line]) -> Iterator[_Line]:
    """Yield the lines, with each row of a table of stories as one line of the kind ``row``."""
    index = 0
    while index < len(lines):
        line = lines[index]
        cells = _cells(line)
        fields = fields_of(cells, {})
        named = {field for field in fields if field in PARTS}
        if len(named) < 2 or "title" not in fields:
            yield line
            index += 1
            continue
        index += 1
        while index < len(lines) and (row := _cells(lines[index])):
            values = record_of_row(cells, fields, [_unescaped(cell) for cell in row])
            yield _Line(lines[index].number, "row", "", values=tuple(values.items()))
            index += 1


def _cells(line: _Line) -> list[str]:
    text = line.text.strip()
    if line.kind != "text" or not text.startswith("|"):
        return []
    cells = re.split(r"(?<!\\)\|", text.strip("|"))
    return [cell.replace("\\|", "|").strip() for cell in cells]


class _Reader:
    """Takes the lines of one story, one after the other."""

    def __init__(self, head: _Line) -> None:
        self.number = head.number
        self.level = head.level
        self.gathered = Gathered()
        self.field: str | None = None
        self.label = ""
        self.waiting: list[_Line] = []
        if head.kind == "heading":
            self._title(head.text)

    def begin(self) -> None:
        """Leave what came before the story, and begin it."""
        self._close()
        self.field, self.label = None, ""

    def take(self, line: _Line) -> None:
        """Take the next line."""
        if line.kind == "heading":
            self._open(line.text, "", known=_names_field(line.text))
        elif line.kind == "label":
            known = _names_field(line.label)
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

    def _add(self, line: _Line, text: str) -> None:
        kind = line.kind if line.kind == "verbatim" else "text"
        self.waiting.append(_Line(line.number, kind, text))

    def _open(self, label: str, text: str, *, known: bool) -> None:
        self._close()
        named = parts_of(label) if known else ()
        self.label = _unescaped(label)
        self.field = None
        if known:
            self.field = named[0] if named else field_of(label)
        if len(named) > 1:
            together = " and ".join(named)
            self.gathered.note("", f"The {together} stand in one text, under {named[0]}.")
        if text:
            self.waiting.append(_Line(self.number, "text", text))

    def _close(self) -> None:
        waiting = _outer_blanks_off(self.waiting)
        self.waiting = []
        typed = "\n".join(line.text for line in waiting).strip()
        if self.field in LISTS and _HASHTAGS.fullmatch(typed):
            self._names(re.findall(r"#([^\s,;]+)", typed))
            return
        lines = (
            line.text if line.kind == "verbatim" else _unescaped(line.text) for line in waiting
        )
        text = "\n".join(lines)
        if self.field in LISTS:
            self._names(as_names(text))
        elif text or self.label:
            self.gathered.add(self.label, text, self.field)

    def _names(self, names: list[str]) -> None:
        self.gathered.fields.setdefault(self.field or "", []).extend(names)

    def _comment(self, line: _Line) -> None:
        inside = line.text.strip().removeprefix("<!--").removesuffix("-->").strip()
        if inside:
            self.gathered.note("", inside)

    def _front(self, values: Iterable[tuple[str, Any]]) -> None:
        self._close()
        self.field, self.label = None, ""
        for key, value in values:
            field = key if key in _FIELDS else field_of(key)
            if isinstance(value, dict):  # "star:" with the four parts below it
                self._front(value.items())
            elif isinstance(value, list) and field in LISTS:
                names = [_typed(item) for item in value if item is not None]
                self.gathered.fields.setdefault(field, []).extend(names)
            elif isinstance(value, list):
                between = "\n" if field in PARTS else "; "
                self.gathered.add(key, between.join(map(_typed, value)), field)
            elif value is not None and key != "schema_version":
                self.gathered.add(key, _typed(value), field)

    def _title(self, raw: str) -> None:
        theme, title = _read_title(raw)
        self.gathered.fields["title"] = [title]
        if theme:
            self.gathered.fields["competencies"] = [theme]


def _typed(value: Any) -> str:
    return value.written if isinstance(value, Other) else str(value)


def _read_title(raw: str) -> tuple[str, str]:
    """Return the theme, if there is one, and the title of a heading."""
    text = raw.strip()
    if emphasis := _EMPHASIS.fullmatch(text):
        text = emphasis["inside"].strip()
    text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    theme = _THEME.fullmatch(text)
    if theme is None:
        return "", _unescaped(text)
    return _unescaped(theme["theme"]).strip(), _unescaped(theme["title"])


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _outer_blanks_off(lines: list[_Line]) -> list[_Line]:
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
    return "\n".join(_story_text(record) for record in records)


def _story_text(record: dict[str, Any]) -> str:
    light = _written(record, _lightly_escaped)
    if [read for _, read in _stories(_lines("", light))] == [_as_read(record)]:
        return light
    return _written(record, _fully_escaped)


def _as_read(record: dict[str, Any]) -> dict[str, Any]:
    parts = {part: record.get(part, "") for part in PARTS}
    return record | parts


def _written(record: dict[str, Any], escaped: Callable[[str], str]) -> str:
    title = record["title"]
    plain = [_read_title(line.text) for line in _lines("", f"## {title}") if line.level == 2]
    heading = title if plain == [("", title)] else _fully_escaped(title)
    # A title such as "Results" would be the heading of a part; a number says that it is none.
    blocks = [f"## 1. {heading}" if _names_field(title) else f"## {heading}"]
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
    return line.replace(":", "\\:", 1) if _labelled(line) is not None else line


def _fully_escaped(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
