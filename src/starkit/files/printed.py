"""Printed pages to the lines of a text: columns in order, wrapped lines joined, running heads gone.

A page says where each piece of print stands and nothing else. A person sees columns, tables, lists
and paragraphs in it by the room between the pieces, and so does this module.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Self

import attrs

from starkit.vectors import load_vectors

# Sizes below are in sizes of the font (its height) unless they say points.
_SAME_LINE = 0.45  # baselines that differ by less are one line: a raised "th"
_WORD_GAP = 0.12  # room that is a space between words
_CELL_GAP = 0.85  # room between the cells of a row; justified words stand closer
_MARGIN_GAP = 0.5  # the same where many lines of the page have something that begins there
_TWICE = 0.15  # the same words so near to themselves are one piece
_BULLET_GAP = 4.0  # room between a bullet and its item
_SAME_PLACE = 3.0  # points: starts that differ by less are one margin
_GAP_SLACK = 1.25  # a gap between lines that is so much larger begins a new paragraph
_SAME_GAP = 1.12  # gaps that differ by less are the same
_APART = 1.8  # lines that stand further apart have nothing to do with each other
_COLUMN_SLACK = 12.0  # points: starts of cells that differ by less are one column
_LONGEST_WORD = 40  # characters
_LONGEST_PARAGRAPH = 20_000  # characters
_LONG = 30  # characters: a shorter line was not broken because it was full
_TIGHT = 1.45  # lines of one cell stand closer than this, measured from baseline to baseline

_INDENT = 40.0  # points: how far lines of one column are set in

# A column of print: so many lines with so many words in them, on either side of the gutter.
_FEWEST_LINES = 5
_FEWEST_AT_THE_END = 3  # beside a full column
_FULL_COLUMN = 20  # lines
_FEWEST_WORDS = 2.5
_MOST_GUTTERS = 40  # likely places that are looked at

# Running heads and page numbers stand within so many lines of a page's top or bottom.
_EDGE_LINES = 3
_PAGE_NUMBER = re.compile(
    r"[-–—| ]{0,3}(?:page\s{0,2})?\d{1,3}(?:\s{0,2}(?:of|/)\s{0,2}\d{1,3})?[-–—| ]{0,3}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"[•●▪■◦○‣➢➤►▶❖✓✔·∙\uf0a7\uf0b7\uf0d8\uf0fc–-]|o|\(?(?:\d{1,2}|[a-z])[.)]")
_BULLETED = re.compile(
    r"(?:[•●▪■◦○‣➢➤►▶❖✓✔·∙\uf0a7\uf0b7\uf0d8\uf0fc–-]|o|\(?\d{1,2}[.)])\s+(?=\S)"
)
_SIGNED = re.compile(r"[•●▪■◦○‣➢➤►▶❖✓✔·∙\uf0a7\uf0b7\uf0d8\uf0fc]\s")
_ENDED = (".", "!", "?", ":", ";", "…")
_SHORTENED = ("e.g.", "i.e.")  # a full stop that ends no sentence
_HYPHENATED = re.compile(r"([^\W\d_]{1,40})[-\u2010]\Z")
_DANGLING = re.compile(
    r"(?:[,(/&-]|\b(?:e\.g\.|i\.e\.)|\b(?:a|an|the|of|in|on|at|to|for|by|with|from|and|or|as|our|your|their|is|are|will|be))\Z"
)
_WORD_START = re.compile(r"[^\W\d_]+")


@attrs.frozen
class Print:
    """A piece of print in one line: where it begins on the page, and how much room it takes.

    Attributes:
        x: Where it begins, in points from the left.
        y: Its baseline, in points from the bottom.
        width: Its width in points, as near as it is known.
        size: The height of its font in points.
        text: The words.
        bold: Whether its font is a bold one.
        spaced: Whether a space stands before and after it.
    """

    x: float
    y: float
    width: float
    size: float
    text: str
    bold: bool = False
    spaced: tuple[bool, bool] = (False, False)

    @property
    def end(self) -> float:
        """Where it ends, in points from the left."""
        return self.x + self.width

    def followed_by(self, other: "Print") -> Self:
        """Return the piece with another one behind it, in another font of the same line."""
        space = " " if self.spaced[1] or other.spaced[0] else ""
        return attrs.evolve(
            self,
            text=f"{self.text}{space}{other.text}",
            width=self.width + other.width + len(space) * 0.28 * other.size,
            bold=self.bold and other.bold,
            spaced=(self.spaced[0], other.spaced[1]),
        )


@attrs.frozen
class _Row:
    """What stands on one line: pieces of print from left to right, with room between them."""

    y: float
    size: float
    pieces: tuple[Print, ...]

    @property
    def x(self) -> float:
        return self.pieces[0].x

    @property
    def end(self) -> float:
        return max(piece.end for piece in self.pieces)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)


def printed_text(pages: Sequence[Sequence[Print]]) -> str:
    r"""Return the text of printed pages, a line for each paragraph, item or row of a table.

    Lines that repeat at the top or bottom of pages are left out, and page numbers; columns are read
    one after the other; words that were divided at the end of a line are whole again; the
    cells of a table's row have tabs between them.

    >>> page = [Print(50, 700, 60, 10, "• Experience of"), Print(57, 688, 40, 10, "audit")]
    >>> printed_text([page])
    '• Experience of audit'
    """
    text = _Text()
    for rows in _without_running_lines([_rows(page) for page in pages]):
        for block in _in_order(rows):
            text.block(block)
    return "\n".join(text.lines)


# --- lines on a page ------------------------------------------------------------------------------


def _rows(page: Iterable[Print]) -> list[_Row]:
    """Return the lines of a page from top to bottom; neighbouring pieces are one."""
    rows: list[list[Print]] = []
    for piece in sorted(page, key=lambda piece: (-piece.y, piece.x)):
        if rows and rows[-1][0].y - piece.y <= _SAME_LINE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    rows = [sorted(pieces, key=lambda piece: piece.x) for pieces in rows]
    starts = Counter(round(piece.x) for pieces in rows for piece in _after_room(pieces))
    margins = {start for start in starts if _near(starts, start) >= _FEWEST_LINES}
    return [_row(pieces, margins) for pieces in rows]


def _after_room(pieces: Sequence[Print]) -> Iterator[Print]:
    yield pieces[0]
    for before, piece in pairwise(pieces):
        if piece.x - before.end >= _MARGIN_GAP * piece.size:
            yield piece


def _row(pieces: Iterable[Print], margins: Collection[int]) -> _Row:
    joined: list[Print] = []
    last: Print | None = None
    for piece in pieces:
        if last is not None and piece.text == last.text and piece.x - last.x < _TWICE * piece.size:
            continue  # drawn twice, a little apart, to look bold
        last = piece
        room = piece.x - joined[-1].end if joined else 0.0
        least = _MARGIN_GAP if round(piece.x) in margins else _CELL_GAP
        if joined and room < least * piece.size:
            wide = room > _WORD_GAP * piece.size
            joined[-1] = _beside(joined[-1], piece, space=wide)
        else:
            joined.append(piece)
    biggest = max(joined, key=lambda piece: len(piece.text))
    return _Row(biggest.y, biggest.size, tuple(_with_bullets(joined)))


def _beside(first: Print, second: Print, *, space: bool) -> Print:
    apart = space or first.spaced[1] or second.spaced[0] or bool(_BULLET.fullmatch(first.text))
    return attrs.evolve(
        first,
        text=f"{first.text}{' ' if apart else ''}{second.text}",
        width=max(first.end, second.end) - first.x,
        size=max(first.size, second.size),
        bold=first.bold and second.bold,
        spaced=(first.spaced[0], second.spaced[1]),
    )


def _with_bullets(pieces: Sequence[Print]) -> Iterator[Print]:
    """Yield the pieces of a line; a bullet with room after it belongs to the next one."""
    held: Print | None = None
    for piece in pieces:
        if held is not None and piece.x - held.end > _BULLET_GAP * piece.size:
            yield held  # a tick in a cell
            held = None
        if held is not None:
            yield _beside(held, piece, space=True)
            held = None
        elif _BULLET.fullmatch(piece.text):
            held = piece
        else:
            yield piece
    if held is not None:
        yield held


def _without_running_lines(pages: Sequence[list[_Row]]) -> Iterator[list[_Row]]:
    """Yield the pages without what stands at the top or the bottom of most of them."""
    seen: Counter[tuple[str, int]] = Counter()
    for rows in pages:
        seen.update({_running(rows[place]) for place in _edges(rows)})
    often = max(2, (len(pages) + 1) // 2)
    headers: set[tuple[str, int]] = set()
    for rows in pages:
        gone: set[int] = set()
        for place in _edges(rows):
            name = _running(rows[place])
            if seen[name] >= often or _is_page_number(rows, place):
                # The header of a table is repeated, too: once it is wanted.
                if len(rows[place].pieces) < 2 or name in headers:
                    gone.add(place)
                headers.add(name)
        yield [row for place, row in enumerate(rows) if place not in gone]


def _edges(rows: Sequence[_Row]) -> set[int]:
    last = len(rows)
    return {*range(min(_EDGE_LINES, last)), *range(max(0, last - _EDGE_LINES), last)}


def _running(row: _Row) -> tuple[str, int]:
    # The number of the page changes, and its place a little.
    return _DIGITS.sub("#", row.text), round(row.y / 8)


def _is_page_number(rows: Sequence[_Row], place: int) -> bool:
    outermost = place in (0, len(rows) - 1)
    return outermost and len(rows) > 1 and bool(_PAGE_NUMBER.fullmatch(rows[place].text))


# --- columns --------------------------------------------------------------------------------------


def _in_order(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the blocks of a page in the order of reading: one column after the other."""
    gutter = _gutter(rows)
    if gutter is None:
        if rows:
            yield list(rows)
        return
    across: list[_Row] = []
    beside: list[_Row] = []
    for row in rows:
        if _crosses(row, gutter):
            beside, below = _without_tail(beside, gutter)
            yield from _columns(beside, gutter)
            across += [*below, row]
            beside = []
        else:
            if across:
                yield across
                across = []
            beside.append(row)
    if across:
        yield across
    yield from _columns(beside, gutter)


def _columns(rows: Sequence[_Row], gutter: float) -> Iterator[list[_Row]]:
    left = [part for row in rows if (part := _part(row, gutter, left=True)) is not None]
    right = [part for row in rows if (part := _part(row, gutter, left=False)) is not None]
    if not right:
        if left:
            yield left
        return
    yield from _in_order(_apart(left))
    yield from _in_order(_apart(right))


def _apart(rows: Iterable[_Row]) -> list[_Row]:
    return sorted(rows, key=lambda row: -row.y)


def _part(row: _Row, gutter: float, *, left: bool) -> _Row | None:
    mine = tuple(piece for piece in row.pieces if (piece.x < gutter - _SAME_PLACE) == left)
    if not mine:
        return None
    # Lines of two columns need not stand on one baseline: each keeps its own.
    biggest = max(mine, key=lambda piece: len(piece.text))
    return _Row(biggest.y, biggest.size, mine)


def _gutter(rows: Sequence[_Row]) -> float | None:
    """Return where the right one of two columns begins, or ``None`` for one column, or a table."""
    if len(rows) < _FEWEST_LINES:
        return None
    left_edge = min(row.x for row in rows)
    right_edge = max(row.end for row in rows)
    starts = Counter(
        round(piece.x)
        for row in rows
        for piece in row.pieces
        if left_edge + 0.2 * (right_edge - left_edge) < piece.x
    )
    likely = sorted(starts, key=lambda start: (-_near(starts, start), start))
    for start in likely[:_MOST_GUTTERS]:
        if _near(starts, start) < _FEWEST_AT_THE_END:
            break
        if _divides(rows, start):
            # The cells of a table in the right column stand further in than its margin.
            near = range(start - int(_COLUMN_SLACK), start)
            return float(
                next((edge for edge in near if starts[edge] and _divides(rows, edge)), start)
            )
    return None


def _near(starts: Counter[int], start: int) -> int:
    return sum(starts[place] for place in range(start - 2, start + 3))


def _divides(rows: Sequence[_Row], gutter: float) -> bool:
    left: list[Sequence[Print]] = []
    right: list[Sequence[Print]] = []
    crossing = further = celled = 0
    for row in rows:
        before = [piece for piece in row.pieces if piece.x < gutter - _SAME_PLACE]
        after = [piece for piece in row.pieces if piece.x >= gutter - _SAME_PLACE]
        if any(_over(piece, gutter) for piece in before):
            crossing += 1
            continue
        if before:
            left.append(before)
        if after:
            right.append(after)
            further += after[0].x > gutter + _INDENT
            celled += len(before) > 1
    # The last column of a text may be short; then nothing else on the page runs over the gutter.
    ends = not crossing and len(left) >= _FULL_COLUMN
    if len(left) < _FEWEST_LINES:
        return False
    if len(right) - further < (_FEWEST_AT_THE_END if ends else _FEWEST_LINES):
        return False
    # What mostly begins further to the right than the gutter is a cell of something else.
    if further > 0.4 * len(right) or crossing > len(right):
        return False
    # What has cells beside it on most of its lines is the last column of a table.
    if celled > 0.5 * len(right):
        return False
    return _wordy(left) and _wordy(right)


def _wordy(lines: Iterable[Sequence[Print]]) -> bool:
    return median(sum(len(p.text.split()) for p in line) for line in lines) >= _FEWEST_WORDS


def _over(piece: Print, gutter: float) -> bool:
    # Widths are near enough and no more: what runs over by a little stops before it.
    return piece.end > gutter + 0.05 * piece.width


def _crosses(row: _Row, gutter: float) -> bool:
    return any(piece.x < gutter - _SAME_PLACE and _over(piece, gutter) for piece in row.pieces)


def _without_tail(rows: list[_Row], gutter: float) -> tuple[list[_Row], list[_Row]]:
    """Cut off the short lines that belong to what stands below two columns, such as its heading."""
    start = len(rows)
    while start and _part(rows[start - 1], gutter, left=False) is None:
        start -= 1
    for place in range(len(rows) - 1, max(start, 1) - 1, -1):
        if rows[place - 1].y - rows[place].y > _APART * rows[place].size:
            return rows[:place], rows[place:]
    return rows, []


# --- tables ---------------------------------------------------------------------------------------


@attrs.frozen
class _Grid:
    """Where the columns of a table begin."""

    starts: tuple[float, ...]

    @classmethod
    def of(cls, rows: Iterable[_Row]) -> Self:
        """Return the columns of some rows."""
        starts: list[float] = []
        for place in sorted(piece.x for row in rows for piece in row.pieces):
            if not starts or place - starts[-1] > _COLUMN_SLACK:
                starts.append(place)
        return cls(tuple(starts))

    def with_row(self, row: _Row) -> Self:
        """Return the columns with those that a further row begins."""
        starts = list(self.starts)
        for piece in row.pieces:
            place = bisect_left(starts, piece.x)
            near = starts[max(0, place - 1) : place + 1]
            if all(abs(piece.x - start) > _COLUMN_SLACK for start in near):
                starts.insert(place, piece.x)
        return attrs.evolve(self, starts=tuple(starts))

    def within(self, other: Self) -> Self:
        """Return the columns of a table above where these are some of them, on this page's place.

        A table that goes on below a heading or on another page may leave a column empty there.
        """
        shift = self.starts[0] - other.starts[0]
        moved = tuple(start + shift for start in other.starts)
        same = all(any(abs(a - b) <= _SAME_PLACE for b in moved) for a in self.starts)
        return attrs.evolve(self, starts=moved) if same and len(self.starts) > 1 else self

    def column(self, piece: Print) -> int:
        """Return the number of the column that a piece stands in."""
        return max(0, bisect_right(self.starts, piece.x + _SAME_PLACE) - 1)

    def holds(self, row: _Row) -> bool:
        """Say whether the one piece of a row can be the rest of a cell above or below."""
        piece = row.pieces[0]
        column = self.column(piece)
        if abs(piece.x - self.starts[column]) > _COLUMN_SLACK:
            return False
        after = self.starts[column + 1] if column + 1 < len(self.starts) else math.inf
        return piece.end - 0.05 * piece.width <= after


def _parts(rows: Sequence[_Row]) -> Iterator[tuple[_Grid | None, list[_Row]]]:
    """Yield the rows cut into tables, each with its columns, and what is none."""
    place = 0
    while place < len(rows):
        stop = place
        while stop < len(rows) and len(rows[stop].pieces) == 1:
            stop += 1
        first = stop
        if stop < len(rows):
            last = _end_of_table(rows, stop)
            grid = _Grid.of(row for row in rows[stop:last] if len(row.pieces) > 1)
            while first > place and _begins_cell(rows[first - 1 : first + 1], grid):
                first -= 1
            if first > place:
                yield None, list(rows[place:first])
            yield grid, list(rows[first:last])
            place = last
        else:
            yield None, list(rows[place:])
            return


def _begins_cell(rows: Sequence[_Row], grid: _Grid) -> bool:
    """Say whether a line begins a cell that goes on in the next: its neighbours may stand lower."""
    if len(rows) < 2 or not _is_tight(rows[0], rows[1]) or not grid.holds(rows[0]):
        return False
    return len(grid.starts) > 1 and not (_BULLETED.match(rows[0].text) or _is_ended(rows[0].text))


def _end_of_table(rows: Sequence[_Row], start: int) -> int:
    grid, stop = _Grid.of(rows[start : start + 1]), start + 1
    end = stop
    while stop < len(rows):
        row = rows[stop]
        if len(row.pieces) > 1:
            grid, end = grid.with_row(row), stop + 1
        elif not grid.holds(row) or not (
            _is_tight(rows[stop - 1], row) or _begins_cell(rows[stop : stop + 2], grid)
        ):
            break
        elif _ends_cell(rows[stop - 1], row, grid):
            end = stop + 1
        stop += 1
    return end


def _ends_cell(above: _Row, row: _Row, grid: _Grid) -> bool:
    """Say whether a line goes on with a cell of the line above it."""
    same = [piece for piece in above.pieces if grid.column(piece) == grid.column(row.pieces[0])]
    return bool(same) and _goes_on(same[-1], row.pieces[0])


def _is_ended(text: str) -> bool:
    return text.endswith(_ENDED) and not text.endswith(_SHORTENED)


def _goes_on(above: Print, below: Print) -> bool:
    if _BULLETED.match(f"{below.text} ") or _is_ended(above.text):
        return False
    last = above.text[-_LONGEST_WORD:]
    # "BONUS FOR": a heading in capitals; elsewhere "Grade A" and "Portland, OR" end what they end.
    last = last.lower() if above.text.isupper() else last
    return below.text[:1].islower() or bool(_DANGLING.search(last))


def _is_tight(above: _Row, below: _Row) -> bool:
    return above.y - below.y <= _TIGHT * max(above.size, below.size)


def _table_lines(grid: _Grid, rows: Sequence[_Row]) -> Iterator[str]:
    """Yield a line for each row of a table, with tabs between its cells."""
    gaps = [above.y - below.y for above, below in pairwise(rows)]
    least = min(gaps, default=0.0)
    told = bool(gaps) and max(gaps) > least * _SAME_GAP + 0.5  # gaps tell lines from rows
    edges = [0.0] * len(grid.starts)
    for row in rows:
        for piece in row.pieces:
            column = grid.column(piece)
            edges[column] = max(edges[column], piece.end)
    cells: list[list[Print]] = [[] for _ in grid.starts]
    for place, row in enumerate(rows):
        if place and not _same_entry(
            rows[place - 1],
            row,
            cells,
            grid,
            edges,
            close=gaps[place - 1] <= least * _SAME_GAP + 0.5,
            told=told,
        ):
            yield _entry(cells)
            cells = [[] for _ in grid.starts]
        for piece in row.pieces:
            cells[grid.column(piece)].append(piece)
    yield _entry(cells)


def _same_entry(
    above: _Row,
    row: _Row,
    cells: Sequence[Sequence[Print]],
    grid: _Grid,
    edges: Sequence[float],
    *,
    close: bool,
    told: bool,
) -> bool:
    """Say whether a line of a table belongs to the row that the lines above it began."""
    if not close or not _is_tight(above, row):
        return False
    shared = [(cells[grid.column(p)][-1], p) for p in row.pieces if cells[grid.column(p)]]
    if not shared:
        return told or above.y - row.y < 0.9 * row.size
    for before, piece in shared:
        full = _is_full(before, piece, edges[grid.column(piece)])
        sure = _goes_on(before, piece)
        if _BULLETED.match(f"{piece.text} ") or not (
            sure or (full and (told or len(row.pieces) == 1))
        ):
            return False
    return True


def _entry(cells: Sequence[Sequence[Print]]) -> str:
    joined: list[str] = []
    for pieces in cells:
        text = ""
        for piece in pieces:
            text = _joined(text, piece.text)
        joined.append(text)
    return "	".join(joined).rstrip()


def _is_full(above: Print, below: Print, edge: float, *, slack: float = 1.0) -> bool:
    """Say whether the first word of a line, taken for wider, would not have fitted above it."""
    word = below.text.split(" ", 1)[0]
    room = slack * (len(word) + 1) * 0.5 * below.size
    return above.end + room >= edge - 0.02 * above.width


# --- paragraphs -----------------------------------------------------------------------------------


def _joined(first: str, second: str) -> str:
    """Put two lines together: a word that was divided between them is whole again."""
    if not first:
        return second
    hyphen = _HYPHENATED.search(first[-_LONGEST_WORD:])
    rest = _WORD_START.match(second)
    if first.endswith("\u00ad"):
        return f"{first[:-1]}{second}"
    if hyphen is None or rest is None or not second[0].islower():
        closes = first.endswith(("-", "/")) and not first.endswith((" -", " /"))
        return f"{first}{second}" if closes else f"{first} {second}"
    if _is_one_word(hyphen[1].casefold(), rest[0].casefold()):
        return f"{first[:-1]}{second}"
    return f"{first}{second}"


def _is_one_word(start: str, rest: str) -> bool:
    """Say whether a hyphen at the end of a line divides a word, and is no part of it."""
    known = load_vectors()
    if f"{start}{rest}" in known:
        return True
    return not (start in known and rest in known)


@attrs.define
class _Text:
    """The lines so far, and the paragraph at their end that may go on."""

    lines: list[str] = attrs.field(factory=list)
    _last: _Row | None = None
    _margin: float = 0.0
    _edge: float = 0.0
    _grid: _Grid | None = None

    def block(self, rows: Sequence[_Row]) -> None:
        """Take the lines of a column."""
        edge = max(row.end for row in rows)
        leading = _leading(rows)
        before: _Row | None = None
        for grid, part in _parts(rows):
            gap = before is None or self._is_gap(before, part[0], leading)
            before = part[-1]
            if grid is not None:
                self._close(blank=gap)
                self._grid = grid if self._grid is None else grid.within(self._grid)
                self.lines += _table_lines(self._grid, part)
                self._last = None
                continue
            for place, row in enumerate(part):
                wide = gap if not place else self._is_gap(part[place - 1], row, leading)
                self._take(row, edge, wide=wide)

    def _is_gap(self, above: _Row, below: _Row, leading: float) -> bool:
        return above.y - below.y > _GAP_SLACK * max(leading, 1.0 * below.size) or above.y < below.y

    def _close(self, *, blank: bool) -> None:
        if blank and self.lines:
            self.lines.append("")

    def _take(self, row: _Row, edge: float, *, wide: bool) -> None:
        if self._last is not None and self._continues(self._last, row, wide=wide):
            self.lines[-1] = _joined(self.lines[-1], row.text)
            if row.y > self._last.y:
                self._margin = row.x  # the paragraph goes on in another column or page
        else:
            bullet = _BULLETED.match(row.text)
            self._close(blank=wide or (bullet is None and self._leaves_list(row)))
            self.lines.append(row.text)
            self._margin = row.x + (0.45 * bullet.end() * row.size if bullet else 0.0)
        self._last, self._edge = row, edge

    def _leaves_list(self, row: _Row) -> bool:
        """Say whether a line without a bullet begins left of the words of the item before it."""
        item = self._last is not None and _BULLETED.match(self.lines[-1]) is not None
        return item and row.x < self._margin - _SAME_PLACE

    def _continues(self, last: _Row, row: _Row, *, wide: bool) -> bool:
        """Say whether a line goes on with the paragraph of the line before it."""
        if len(self.lines[-1]) > _LONGEST_PARAGRAPH:
            return False
        if _BULLETED.match(row.text) or abs(last.size - row.size) > 0.6 or last.bold != row.bold:
            return False
        before, after = last.pieces[-1], row.pieces[0]
        elsewhere = row.y > last.y  # another column or page
        goes_on = _goes_on(before, after)
        if wide:  # over the end of a column, or two lines of which one has a raised sign
            return (
                goes_on
                and (elsewhere or not _is_far(last, row))
                and _is_full(before, after, self._edge)
            )
        if not elsewhere and row.x < self._margin - 4 * row.size:
            return False
        # A typed number or dash has the next line of its item below it, and a sign has not.
        signed = _SIGNED.match(self.lines[-1]) is not None
        if signed and not goes_on and not elsewhere and self._leaves_list(row):
            return False
        full = _is_full(before, after, self._edge, slack=1.5 if goes_on else 1.0)
        lower = after.text[:1].islower()
        long = len(last.text) > _LONG or goes_on
        return full and (lower or (long and not last.text.endswith(":")))


def _is_far(above: _Row, below: _Row) -> bool:
    return above.y - below.y > _APART * below.size


def _leading(rows: Sequence[_Row]) -> float:
    """Return the usual distance from line to line, in points."""
    gaps = Counter(
        round(2 * (above.y - below.y)) / 2
        for above, below in pairwise(rows)
        if 0.9 * below.size <= above.y - below.y <= 2.0 * below.size
    )
    often = max(gaps.values(), default=0)
    # Short lines with room between them may outnumber those of paragraphs: of frequent ones, the least.
    return min((gap for gap, count in gaps.items() if count >= 0.4 * often), default=0.0)
