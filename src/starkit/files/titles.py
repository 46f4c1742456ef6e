"""Which lines of a story bank in Markdown are titles, and which stand over several stories."""

import re
from collections.abc import Iterator, Sequence

import attrs

from starkit.files.labels import field_of
from starkit.files.marked import BELOW_ALL, Line, names_field, unescaped

# "1. Title", "Story 3: Title", "Story #3 - Title": the number is the list's and not the title's.
_NUMBER = re.compile(r"(?:(?:STAR\s+)?story\s+)?#?\d{1,3}\s*[.):–—-]\s+(?=\S)", re.IGNORECASE)
_ONLY_NUMBER = re.compile(
    r"[*_]{0,3}(?:(?:STAR\s+)?(?:story|example)\s*)?#?\d{0,3}[.):]?[*_]{0,3}", re.IGNORECASE
)
_THEME = re.compile(r"\[(?P<theme>[^\]\\]+)\]\s*(?P<title>\S.*)")
_EMPHASIS = re.compile(r"(?P<mark>\*\*\*|\*\*|__|\*|_)(?P<inside>[^*_]+)(?P=mark)")

_BOLD_LINE = re.compile(r"\s{0,3}(\*\*\*|\*\*|__)(?!\s)[^*_\\]+(?<![\s:])\1\s*")
# A line that may be a title without any mark: short, and no sentence, item, quotation or table.
_PLAIN_LINE = re.compile(
    r"\A(?![-*+•>|<#\[({`~\\])(?=.{0,79}[^\W\d_]).{1,80}(?<![.:;,!…\s])",
)
_MOST_WORDS = 12


def read_title(raw: str) -> tuple[str, str]:
    """Return the theme, if there is one, and the title of a heading.

    >>> read_title("**Story 3: [Care] Rota**"), read_title("2024: a year")
    (('Care', 'Rota'), ('', '2024: a year'))
    """
    text = raw.strip()
    if emphasis := _EMPHASIS.fullmatch(text):
        text = emphasis["inside"].strip()
    text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    theme = _THEME.fullmatch(text)
    if theme is None:
        return "", unescaped(text)
    return unescaped(theme["theme"]).strip(), unescaped(theme["title"])


def with_titles(lines: Sequence[Line]) -> list[Line]:
    r"""Return the lines, with each that is the title of a story as a heading.

    A line in bold print, a short one between blank lines or ``Title: ...`` is a title when a story
    begins below it: where no heading stands above, where several stand below one heading, or where
    the parts of the story before it are complete. A story that begins again without any title has
    the one before, with a number.

    >>> from starkit.files.marked import lines_of
    >>> text = "Rota\nSituation: two ill\nResult: no gap\n\nFlood\nSituation: water"
    >>> [line.text for line in with_titles(lines_of("s.md", text)) if line.kind == "heading"]
    ['Rota', 'Flood']
    """
    changed = list(lines)
    following = _parts_that_follow(lines)
    for heading, below in _sections(lines, following):
        named = heading is not None and not _ONLY_NUMBER.fullmatch(unescaped(heading.text).strip())
        for index in _titles_among(lines, following, below, named=named):
            line = lines[index]
            text = line.text if line.kind == "label" else line.text.strip()
            changed[index] = attrs.evolve(
                line, kind="heading", text=text, label="", level=BELOW_ALL
            )
    return list(_with_repeats(changed))


def _sections(
    lines: Sequence[Line], following: Sequence[tuple[str, ...]]
) -> Iterator[tuple[Line | None, range]]:
    """Yield each heading, ``None`` for what stands before the first, with the lines below it.

    A deeper heading below some parts, with text under it and no story, begins nothing new.
    """
    heading: Line | None = None
    begins = 0
    has_parts = False
    for index, line in enumerate(lines):
        if line.is_title and not (has_parts and _is_inside(lines, following, index, heading)):
            yield heading, range(begins, index)
            heading, begins, has_parts = line, index + 1, False
        has_parts = has_parts or bool(line.parts)
    yield heading, range(begins, len(lines))


def _is_inside(
    lines: Sequence[Line], following: Sequence[tuple[str, ...]], index: int, above: Line | None
) -> bool:
    if above is not None and lines[index].level <= above.level:
        return False
    below = next((n for n in range(index + 1, len(lines)) if not lines[n].is_blank), None)
    if below is None or lines[below].parts or lines[below].kind == "heading":
        return False
    return not (following[below] and _may_be_title(lines, below))


def _parts_that_follow(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    """Return for each line the parts that come next, past blank lines and other fields."""
    following: list[tuple[str, ...]] = [()] * len(lines)
    next_parts: tuple[str, ...] = ()
    for index in range(len(lines) - 1, -1, -1):
        following[index] = next_parts
        line = lines[index]
        known = line.kind in ("label", "cell") and names_field(line.label)
        if line.parts:
            next_parts = line.parts
        elif not (line.is_blank or known or line.kind == "comment"):
            next_parts = ()
    return following


def _titles_among(
    lines: Sequence[Line], following: Sequence[tuple[str, ...]], below: range, *, named: bool
) -> list[int]:
    """Return the lines below one heading that are titles of stories."""
    opening: str | None = None
    seen: set[str] = set()
    first: list[int] = []  # before any part
    again: list[int] = []  # where the parts begin again
    for index in below:
        line = lines[index]
        if line.parts:
            opening = opening or line.parts[0]
            seen.update(line.parts)
        elif following[index] and _may_be_title(lines, index):
            repeats = bool(seen & set(following[index])) or "result" in seen
            if opening is None:
                first = [index]  # of several lines the nearest one
            elif following[index][0] == opening or (repeats and _is_marked(line)):
                again.append(index)
                seen = set()
    return first + again if again or not named else []


def _is_marked(line: Line) -> bool:
    return line.kind == "label" or bool(_BOLD_LINE.fullmatch(line.text))


def _may_be_title(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if line.kind == "label":
        return field_of(line.label) == "title" and bool(line.text.strip())
    if line.kind != "text" or line.is_blank:
        return False
    if _BOLD_LINE.fullmatch(line.text):
        return True
    typed = line.text.strip()
    alone = index == 0 or lines[index - 1].is_blank or lines[index - 1].kind != "text"
    alone = alone and (index == 0 or not lines[index - 1].label)
    return alone and bool(_PLAIN_LINE.fullmatch(typed)) and len(typed.split()) <= _MOST_WORDS


def _with_repeats(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, with a title where a whole story is followed by another without one."""
    title: Line | None = None
    opening: str | None = None
    seen: set[str] = set()
    count = 1
    for line in lines:
        if line.is_title or line.has_title or line.kind == "row":
            title, opening, seen, count = (line if line.is_title else None), None, set(), 1
        elif line.parts:
            if title and opening in line.parts and "result" in seen and len(seen) > 2:
                count += 1
                text = f"{read_title(title.text)[1]} ({count})"
                yield attrs.evolve(title, number=line.number, text=text, level=title.level)
                opening, seen = None, set()
            opening = opening or line.parts[0]
            seen.update(line.parts)
        yield line


@attrs.frozen
class Titles:
    """Which lines of a bank are what, by their place in the list of its lines.

    Attributes:
        heads: The headings that are titles of stories.
        fronts: The blocks of front matter that begin a story.
        groups: The headings that stand over stories.
        top: The one heading above all others.
    """

    heads: frozenset[int]
    fronts: frozenset[int]
    groups: frozenset[int]
    top: int | None


def titles_of(lines: Sequence[Line]) -> Titles:
    r"""Tell which lines of a bank begin a story, and which stand over several.

    >>> from starkit.files.marked import lines_of
    >>> titles = titles_of(lines_of("s.md", "# Mine\n## Rota\n**Action:** I rang.\n## Books"))
    >>> sorted(titles.heads), titles.top
    ([1], 0)
    """
    fronts = _story_fronts(lines)
    heads = _story_heads(lines, fronts)
    return Titles(heads, fronts, _groups(lines, heads), _document_title(lines, heads))


def _story_fronts(lines: Sequence[Line]) -> frozenset[int]:
    """Return the blocks of front matter that begin a story; one for the whole file does not."""
    fronts = set()
    for index, line in enumerate(lines):
        if not line.has_title:
            continue
        if line.parts:
            fronts.add(index)
            continue
        titles = [str(value) for key, value in line.values if field_of(key) == "title"]
        rest = lines[index + 1 :]
        heading = next((n for n, other in enumerate(rest) if other.is_title), len(rest))
        same = heading < len(rest) and read_title(rest[heading].text)[1] in titles
        if heading == len(rest) or same or any(other.parts for other in rest[:heading]):
            fronts.add(index)
    return frozenset(fronts)


def _story_heads(lines: Sequence[Line], fronts: frozenset[int]) -> frozenset[int]:
    """Return the headings that are titles of stories: the nearest ones above some parts.

    A heading of a deeper level, below which a story goes on with parts that it did not have yet,
    or after some text, is no title but stands inside that story.
    """
    heads: set[int] = set()
    depth: int | None = None  # of the story that is open: a heading below it may stand inside
    last_level = 0
    nearest: int | None = None  # the heading above
    seen: list[str] = []
    for index, line in enumerate(lines):
        if index in fronts:
            depth, nearest, seen = 0, None, list(line.parts)
        elif line.is_title:
            nearest = index
            last_level = line.level if line.level < BELOW_ALL else last_level
        elif line.kind == "row":
            depth, nearest, seen = None, None, []
        elif line.parts:
            if nearest is not None and not (
                depth is not None
                and BELOW_ALL > lines[nearest].level > depth
                and _goes_on(lines[nearest + 1 : index], seen, line.parts)
            ):
                heads.add(nearest)
                depth, seen = last_level, []  # a title in bold stands below the heading above it
            nearest = None
            seen.extend(line.parts)
    return frozenset(heads)


def _goes_on(between: Sequence[Line], seen: Sequence[str], parts: Sequence[str]) -> bool:
    """Tell whether a story goes on below a deeper heading, with what stands between it and parts."""
    if seen[:1] and seen[0] in parts:  # it begins again
        return False
    return not set(seen) & set(parts) or not all(line.is_blank for line in between)


def _groups(lines: Sequence[Line], heads: frozenset[int]) -> frozenset[int]:
    """Return the headings that stand over stories.

    Below such a heading the next title is of a deeper level; or there is no story before it, and
    another heading of its level comes first; or nothing stands between it and the next title.
    """
    first_head = min(heads, default=0)
    groups = set()
    next_head = between = BELOW_ALL + 1  # the levels of what follows, seen from the end
    none_follows = True
    is_empty = False  # whether the next heading follows at once, and is a title
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if index in heads or line.kind == "row":
            next_head, between, none_follows, is_empty = line.level, BELOW_ALL + 1, False, True
            continue
        if not line.is_title:
            is_empty = is_empty and line.is_blank
            continue
        if between <= line.level:
            is_group = index < first_head
        else:
            is_group = not none_follows and next_head > line.level
        if is_group or (is_empty and next_head == line.level):
            groups.add(index)
        between = min(between, line.level)
        is_empty = False
    return frozenset(groups)


def _document_title(lines: Sequence[Line], heads: frozenset[int]) -> int | None:
    """Return the one heading above all others, which belongs to no story more than to another."""
    headings = [index for index, line in enumerate(lines) if line.kind == "heading"]
    if not headings or headings[0] in heads:
        return None
    first = lines[headings[0]].level
    return headings[0] if all(lines[n].level > first for n in headings[1:]) else None
