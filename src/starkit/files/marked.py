"""The lines of a story bank in Markdown, each told for what it is."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
from markdown_it import MarkdownIt

from starkit.errors import FileError
from starkit.files.labels import field_of, parts_of, plain_label
from starkit.files.sheets import fields_of
from starkit.files.syntax import parse
from starkit.stories import PARTS

# A line's list mark, quotation mark or indentation, and a picture, before a label.
_LEAD = re.compile(
    r"\s{0,3}(?:>\s?)*\s*(?:(?:[-*+•‣▪◦·–—]|\d{1,2}[.)])\s+)?(?:\[[ xX]\]\s+)?(?:[^\x00-\x7f\w\s“‘]{1,4}\s+)?"
)
# "**Situation:** text", "__Situation__ - text", "*S (Situation)*: text"; also "**S**ituation: text".
_BOLD = re.compile(
    r"(?P<mark>\*\*\*|\*\*|__|\*|_)(?P<label>[^*_\n\\]{1,60}?)(?P=mark)(?P<more>[a-z]*)(?P<rest>.*)"
)
# "**Situation: text**": all of the line in bold print.
_ALL_BOLD = re.compile(
    r"(?P<mark>\*\*\*|\*\*|__|\*|_)(?P<label>[A-Za-z][A-Za-z /&+()]{0,40}?)\s*[:–—]\s*(?P<rest>[^*_\n\\]+)(?P=mark)\s*"
)
_PLAIN = re.compile(r"(?P<label>[A-Za-z][^:*_\\|\n]{0,40}?)\s*:(?!/)(?P<rest>.*)")
# "Situation – text", "Situation - text", "Situation → text", and a tab as from a table of Word's.
_DASHED = re.compile(
    r"\A(?P<label>[A-Za-z][A-Za-z /&+()]{2,40}?)(?:\s*[–—→]\s*|\s+(?:--?|[=-]>|=)\s+|\s*\t\s*)(?P<rest>\S.*)"
)
# "S - text", "S. text", "(S) text", "**S** text": read where S, T, A and R follow one another.
_LETTER = re.compile(
    r"(?P<open>[*_(\[]{0,3})(?P<letter>[STAR])(?P<shut>[*_)\]]{0,3})(?P<sign>\s*[–—→.)/|]|\s+-{1,2}(?=\s)|(?<=[*_)\]])(?=\s))\s*(?P<rest>.*)"
)
_CELLS = re.compile(r"\|(?P<label>[^|\n\\]{1,60})\|(?P<rest>[^\n]*?)\|?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SEPARATOR = re.compile(r"\A\s*(?:[:–—→]|-{1,2}(?=\s|$)|[=-]>)(?=\s|$)")
_MARKED_END = (":", "–", "—")

_LINE_END = re.compile(r"\r\n?|\n")
_FENCE = re.compile(r"-{3}\s*")  # the line before and after a block of front matter
_KEY = re.compile(r"(?P<key>[\w $-]{1,40}):(?:\s|$)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d{1,7});")

# The names of fields that count without bold print; the others are words of many a sentence.
_PLAIN_NAMES = frozenset({"skills", "competencies", "date", "source", "notes", "tags"})
_TITLE_NAMES = frozenset({"title", "story title", "story name"})
# The names of parts that open one where they stand alone on a line, without any mark.
_BARE = frozenset(
    {"situation", "task", "action", "actions", "result", "results", "outcome", "context"}
)

# So many different parts of one level are needed: "Goal: 100 sales" alone may be a title.
_PARTS_AS_HEADINGS = 3

BELOW_ALL = 7
"""The level of a title that is no heading: below that of every heading."""


@attrs.frozen
class Line:
    """One line of the file, and what it is.

    ``kind`` is ``heading`` (``level`` and ``text``), ``label`` (``label`` and ``text``), ``cell``
    (the same, of a table), ``row`` (``cells``: heading, field and text of each), ``front``
    (``values``), ``verbatim`` (a fence: no label stands in it), ``comment`` or ``text``.
    """

    number: int
    kind: str
    text: str
    level: int = 0
    label: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    cells: tuple[tuple[str, str | None, str], ...] = ()

    @property
    def has_title(self) -> bool:
        """Whether it is front matter with a title."""
        return self.kind == "front" and any(field_of(key) == "title" for key, _ in self.values)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return self.kind == "text" and not self.text.strip()

    @property
    def is_title(self) -> bool:
        """Whether it is a heading that is no part's and no other field's."""
        return self.kind == "heading" and not names_field(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """The STAR parts that the line opens."""
        if self.kind == "heading":
            return parts_of(self.text) if self.level else ()
        if self.kind == "front":
            return tuple(dict.fromkeys(_parts_among(self.values)))
        return parts_of(self.label) if self.kind in ("label", "cell") else ()


def _parts_among(values: tuple[tuple[str, Any], ...]) -> Iterator[str]:
    for key, value in values:
        yield from parts_of(key)
        if isinstance(value, dict):  # "star:" with the four parts below it
            yield from (part for inner in value for part in parts_of(str(inner)))


def names_field(label: str) -> bool:
    """Tell whether a label or heading is that of a part or of another field below the title.

    >>> names_field("Outcome"), names_field("Title"), names_field("Rota")
    (True, False, False)
    """
    return field_of(label) not in (None, "title") or bool(parts_of(label))


def unescaped(text: str) -> str:
    r"""Return a text without the marks that keep its characters from being Markdown.

    >>> unescaped(r"1\. Rota &#8211; a\*b")
    '1. Rota – a*b'
    """
    return _ESCAPED.sub(lambda found: found[1] or _character(found), text)


def _character(found: re.Match[str]) -> str:
    code = int(found[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


@cache
def _blocks() -> MarkdownIt:
    return MarkdownIt("commonmark")


def lines_of(path: str, text: str) -> list[Line]:
    r"""Return the lines of a text, each told for what it is; rules between parts are left out.

    Raises:
        FileError: The front matter at its top is no YAML.

    >>> [line.kind for line in lines_of("s.md", "# Rota\n**Action:** I rang.\nAnd rang.")]
    ['heading', 'label', 'text']
    """
    # The line ends are those of CommonMark, so that its parser counts the same lines.
    raw = _LINE_END.split(text.lstrip("\ufeff"))
    told: dict[int, Line | None] = dict(_front_matter(path, raw))
    rest = "\n".join("" if number in told else line for number, line in enumerate(raw))
    for token in _blocks().parse(rest):
        if token.map is None:
            continue
        first, end = token.map
        if token.type == "heading_open" and token.level == 0:
            _tell_heading(told, raw, first, end, int(token.tag[1:]))
        elif token.type == "fence":
            told |= {n: Line(n + 1, "verbatim", raw[n]) for n in range(first, end)}
        elif token.type == "html_block" and raw[first].lstrip().startswith("<!--"):
            comment = "\n".join(raw[first:end])
            told |= dict.fromkeys(range(first, end))
            told[first] = Line(first + 1, "comment", comment)
        elif token.type == "hr" and token.level == 0:
            told |= dict.fromkeys(range(first, end))
    for number, line in enumerate(raw):
        if line.lstrip().startswith("|") and not line.strip(" |:-"):
            told.setdefault(number, None)  # the rule or the empty head of a table
            _tell_table_head(told, raw, number)
    lines = (told[n] if n in told else _text_line(n, line) for n, line in enumerate(raw))
    found = list(_with_tables([line for line in lines if line is not None]))
    return _with_part_headings(_with_letters(found))


def _tell_table_head(told: dict[int, Line | None], raw: list[str], rule: int) -> None:
    """Tell the head of a table whose first column names the parts: it belongs to none of them."""
    head = raw[rule - 1].strip() if rule else ""
    if head.startswith("|") and labelled(head) is None and rule + 1 < len(raw):
        first = labelled(raw[rule + 1])
        if first is not None and raw[rule + 1].lstrip().startswith("|"):
            told.setdefault(rule - 1, Line(rule, "comment", head))


def _tell_heading(
    told: dict[int, Line | None], raw: list[str], first: int, end: int, level: int
) -> None:
    inside = raw[first:end]
    if re.match(r"\s{0,3}#", inside[0]):
        content = re.sub(r"(?:^|\s+)#+\s*$", "", re.sub(r"^\s{0,3}#+", "", inside[0])).strip()
        if content:
            told[first] = Line(first + 1, "heading", content, level=level)
        return
    # Underlined: one line of words is a heading; the rest is text with a rule below it.
    if len(inside) == 2 and labelled(inside[0]) is None:
        told[first] = Line(first + 1, "heading", inside[0].strip(), level=level)
    told[end - 1] = None


def _front_matter(path: str, raw: list[str]) -> Iterator[tuple[int, Line | None]]:
    """Yield the blocks of YAML between ``---``: the first of the file, and those with parts."""
    top = next((number for number, line in enumerate(raw) if line.strip()), 0)
    if not raw[top + 1 : top + 2] or not raw[top + 1].strip():
        top = -1  # a rule with a blank line below it opens no front matter
    number = 0
    while number < len(raw):
        end = _block_end(raw, number, at_top=number == top)
        values = None if end is None else _yaml(path, raw, number, end, at_top=number == top)
        if end is None or values is None:
            number += 1
            continue
        yield number, Line(number + 1, "front", "", values=tuple(values.items()))
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


def _text_line(number: int, line: str) -> Line:
    found = labelled(line)
    if found is not None:
        return Line(number + 1, "label", found[1], label=found[0])
    return Line(number + 1, "text", line)


def labelled(line: str) -> tuple[str, str] | None:
    """Return the label that a line begins with, and its text; ``None`` for a line without one.

    >>> labelled("- **Task** – fill the gaps"), labelled("Situation - two ill"), labelled("We left")
    (('Task', 'fill the gaps'), ('Situation', 'two ill'), None)
    """
    lead = _LEAD.match(line)
    body = (line[lead.end() :] if lead else line).rstrip()
    if body[:1] in ("*", "_"):
        return _bold_label(body)
    if body[:1] == "|":
        match = _CELLS.fullmatch(body)
        if match is None or "|" in match["rest"].strip().rstrip("|"):
            return None
        known = names_field(match["label"]) or match["label"].strip().startswith("**")
        return (match["label"], _broken(match["rest"])) if known else None
    if (match := _PLAIN.match(body)) and (
        parts_of(match["label"])
        or plain_label(match["label"]) in _PLAIN_NAMES
        or (body[:1].isupper() and plain_label(match["label"]) in _TITLE_NAMES)
    ):
        return match["label"], match["rest"].strip()
    if (match := _DASHED.fullmatch(body)) and parts_of(match["label"]):
        return match["label"], match["rest"].strip()
    return (body, "") if body[:1].isupper() and _is_bare(body) else None


def _is_bare(label: str) -> bool:
    """Tell whether a text is nothing but the name of a part."""
    words = re.split(r"\s*(?:/|&|\band\b)\s*", label.casefold())
    return bool(words) and all(word in _BARE for word in words)


def _bold_label(body: str) -> tuple[str, str] | None:
    if match := _BOLD.fullmatch(body):
        label, rest = match["label"] + match["more"], match["rest"]
        marked = label.rstrip().endswith(_MARKED_END) or bool(_SEPARATOR.match(rest))
        alone = not rest.strip() or rest.lstrip().startswith("(")
        whole = marked or alone or (len(plain_label(label)) > 1 and rest[:1].isspace())
        if names_field(label) and whole:
            return label, _after(label, rest)
        if len(match["mark"]) >= 2 and marked and not match["more"]:
            return label, _after(label, rest)
    if (match := _ALL_BOLD.fullmatch(body)) and parts_of(match["label"]):
        return match["label"], match["rest"].strip()
    return None


def _broken(cell: str) -> str:
    """Return the text of a cell, whose line ends are HTML's."""
    return _BREAK.sub("\n", cell).strip()


def _after(label: str, rest: str) -> str:
    if not label.rstrip().endswith(_MARKED_END):
        rest = _SEPARATOR.sub("", rest, count=1)
    return rest.strip()


def _with_letters(lines: list[Line]) -> list[Line]:
    """Return the lines with "S - ...", "T - ..." as labels, where a story is told so from S to R."""
    letters: list[tuple[int, str, str, str]] = []
    for index, line in enumerate(lines):
        if line.kind != "text" or not (lead := _LEAD.match(line.text)):
            continue
        if match := _LETTER.fullmatch(line.text[lead.end() :].rstrip()):
            form = f"{match['open']}{match['shut']}{match['sign'].strip()}"
            letters.append((index, match["letter"], form, match["rest"]))
    order = "".join(letter for _, letter, _, _ in letters)
    forms = {letters[found.start()][2] for found in re.finditer("(?=STAR)", order)}
    changed = list(lines)
    for index, letter, form, rest in letters:
        if form in forms:
            changed[index] = attrs.evolve(lines[index], kind="label", label=letter, text=rest)
    return changed


def _with_part_headings(lines: list[Line]) -> list[Line]:
    """Return the lines with "### Situation: text" as labels, where several parts are told so."""
    inline: dict[int, tuple[str, str]] = {}
    parts: dict[int, set[str]] = {}  # by level
    for index, line in enumerate(lines):
        found = labelled(line.text) if line.kind == "heading" else None
        if found and found[1] and len(plain_label(found[0])) > 1 and not names_field(line.text):
            inline[index] = found
            parts.setdefault(line.level, set()).update(parts_of(found[0]))
    return [
        attrs.evolve(line, kind="label", level=0, label=inline[index][0], text=inline[index][1])
        if index in inline and len(parts[line.level]) >= _PARTS_AS_HEADINGS
        else line
        for index, line in enumerate(lines)
    ]


def _with_tables(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines, with the rows of a table of stories as such.

    A row with a title is one line of the kind ``row``; without one, its cells are the parts of the
    story that stands above it.
    """
    index = 0
    while index < len(lines):
        headings = _cells(lines[index])
        fields = fields_of(headings, {})
        if len({field for field in fields if field in PARTS}) < 2:
            yield lines[index]
            index += 1
            continue
        index += 1
        while index < len(lines) and (cells := _cells(lines[index])):
            width = max(len(headings), len(cells))
            names = [*headings, *[""] * (width - len(headings))]
            texts = [*map(_broken, cells), *[""] * (width - len(cells))]
            number = lines[index].number
            if "title" in fields:
                known = [*fields, *[None] * (width - len(fields))]
                row = tuple(zip(names, known, map(unescaped, texts), strict=True))
                yield Line(number, "row", "", level=BELOW_ALL, cells=row)
            else:
                for name, text in zip(names, texts, strict=True):
                    if text or names_field(name):
                        yield Line(number, "cell", text, label=name)
            index += 1


def _cells(line: Line) -> list[str]:
    text = line.text.strip()
    if line.kind != "text" or not text.startswith("|"):
        return []
    cells = re.split(r"(?<!\\)\|", text.strip("|"))
    return [cell.replace("\\|", "|").strip() for cell in cells]
