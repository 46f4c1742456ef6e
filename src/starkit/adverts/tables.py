"""Tables of essential and desirable, flattened to text: cells become pieces with a mark.

A row may be flattened with tabs, upright strokes or runs of spaces, or to one cell a line. What a
column's header says of its cells is kept as their mark; columns of ticks, stars or letters mark
the criterion beside them; the column that says how a criterion is assessed is left out.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

from starkit.adverts.headings import (
    assessment_codes,
    column_role,
    find_heading,
    is_way_to_assess,
    spelt,
)
from starkit.adverts.pieces import (
    BLANK,
    Piece,
    has_words,
    split_items,
    strip_span,
    without_bullet,
)

_Span = tuple[int, int]

# What stands between the cells of a row. Runs of spaces count only under a header set the same way.
_SEPARATORS = {
    "\t": re.compile(r"\t"),
    "|": re.compile(r"\|"),
    "  ": re.compile("[ \u00a0]{2,}"),
}

# A cell that only says yes: ticks, crosses, stars, dots, and the tick of Wingdings ("ü").
_TICK = re.compile(r"[✓✔√☑✅☒✗✘×xX*★☆⭐●•■yYü\uf0fc]{1,3}\ufe0f?|yes", re.IGNORECASE)
_NO = re.compile(r"[-–—.…]*|no|n/?a|none", re.IGNORECASE)

# A letter or word that says essential or desirable.
_SAYS = {
    "e": "essential",
    "ess": "essential",
    "essential": "essential",
    "required": "essential",
    "d": "desirable",
    "des": "desirable",
    "desirable": "desirable",
    "preferred": "desirable",
}

# A weight or a score.
_FIGURE = re.compile(r"[\d.,/]{1,8}\s?%?")

# Codes such as "A/I", "A, I, T" or "AF & I": capitals in short groups between separators.
_CODES = re.compile(r"[A-Z]{1,4}(?:[\s/,;&+.]{1,3}[A-Z]{1,4}){0,7}\.?")
_CODE = re.compile(r"[A-Z]{1,4}")


@attrs.frozen
class _Table:
    """The header that the rows below it answer to."""

    separator: str
    roles: tuple[str, ...]
    offsets: tuple[int, ...]  # where each column begins, from the start of its line
    framed: bool = (
        True  # a stroke at a line's outer end is a frame, and no empty cell stands before it
    )


def says_priority(cell: str) -> str:
    """Return "essential" or "desirable" for a cell that says just that, else "".

    >>> says_priority("(E)"), says_priority("Desirable"), says_priority("Excel")
    ('essential', 'desirable', '')
    """
    return _SAYS.get(cell.strip(" .()[]").lower(), "") if len(cell) <= 16 else ""


def is_assessment(cell: str, codes: frozenset[str] | None = None) -> bool:
    """Tell whether a cell says only how a criterion is assessed.

    >>> is_assessment("A/I"), is_assessment("Application form, interview"), is_assessment("SQL")
    (True, True, False)
    """
    cell = cell.strip(" ()[].")
    if not cell or len(cell) > 100:
        return False
    if _CODES.fullmatch(cell):
        known = assessment_codes() if codes is None else codes
        return all(code in known for code in _CODE.findall(cell))
    return is_way_to_assess(cell)


def cut_tables(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    r"""Return the pieces with the rows of tables cut into cells, each with the mark of its column.

    >>> text = "Criteria\tEssential\tDesirable\nSkills\tSQL\tRust"
    >>> rows = [Piece(0, 28), Piece(29, 44, row=1)]
    >>> [(text[p.start : p.end], p.role, p.mark) for p in cut_tables(text, rows)[1:]]
    [('Skills', 'label', ''), ('SQL', '', 'essential'), ('Rust', '', 'desirable')]
    """
    cut: list[Piece] = []
    table: _Table | None = None
    letters = _letters_end_rows(text, pieces)
    for piece in _cells_on_lines(text, pieces):
        header = _read_header(text, piece)
        if header is not None:
            table = header
            cut += _header_pieces(text, piece, header)
        elif (row := _row(text, piece, table)) is None:
            if table is not None and _ends_table(text, piece):
                table = None
            cut.append(piece)
        elif table is not None:
            cut += _cut_row(text, piece, row, table)
        else:
            cut += _cut_bare_row(text, piece, row, letters=letters)
    return cut


def _ends_table(text: str, piece: Piece) -> bool:
    heading = find_heading(text[piece.start : piece.end])
    return heading is not None and not heading.kind.asks


def _split(text: str, piece: Piece, separator: str, *, framed: bool = True) -> list[_Span]:
    """Return the spans of the cells, blank ones too; those at the line's outer ends count."""
    begin, finish = piece.start, piece.end
    if separator == "\t" and not piece.bullet:
        begin = _indented(text, piece)
        while finish < len(text) and text[finish] in BLANK:
            finish += 1
    if separator == "|" and framed:
        begin += text.startswith("|", begin)
        finish -= text.endswith("|", begin, finish)
    spans: list[_Span] = []
    start = begin
    for found in _SEPARATORS[separator].finditer(text, begin, finish):
        spans.append(strip_span(text, start, found.start()))
        start = found.end()
    spans.append(strip_span(text, start, finish))
    return spans


def _indented(text: str, piece: Piece) -> int:
    """Return where the white space before the first words of a line begins."""
    begin = piece.start - piece.indent
    # The later part of a line that was cut keeps the line's indent: words stand before it.
    return piece.start if text[begin : piece.start].strip(BLANK) else begin


# A line with more separators than this is no row of a table that people read.
_MOST_CELLS = 60


def _separator(text: str, piece: Piece) -> str:
    separator = _likely_separator(text, piece)
    many = separator and text.count(separator, piece.start, piece.end) > _MOST_CELLS
    return "" if many else separator


def _likely_separator(text: str, piece: Piece) -> str:
    if text.find("\t", piece.start, piece.end) >= 0 or (
        not piece.bullet and text.find("\t", _indented(text, piece), piece.start) >= 0
    ):
        return "\t"
    if text.startswith("|", piece.start) or text.find(" | ", piece.start, piece.end) >= 0:
        return "|"
    return ""


def _read_header(text: str, piece: Piece) -> _Table | None:
    if piece.end - piece.start > 200 or piece.role:
        return None
    separator = _separator(text, piece) or "  "
    spans = _split(text, piece, separator)
    if not 2 <= len(spans) <= 8:
        return None
    roles: list[str] = []
    for start, end in spans:
        cell = text[start:end]
        role = column_role(cell) if cell else "criterion"
        if cell and not role and len(spelt(cell)) > 4:
            return None
        roles.append(role)
    prioritised = {"essential", "desirable", "either"}.intersection(roles)
    known = sum(1 for role in roles if role)
    # "Essential | Full licence" is a row; a header names two columns that we know, or more.
    if not prioritised or known < 2 or known < len(roles) - 1:
        return None
    letters = {text[start:end].strip() for start, end in spans} & {"E", "D", "e", "d"}
    if prioritised <= {"essential", "desirable"} and len(letters) == 1 == len(prioritised):
        return None  # "Supervision  D  A/I" is a row with its codes
    offsets = tuple(start - piece.start for start, _ in spans)
    framed = text.startswith("|", piece.start) or text.endswith("|", piece.start, piece.end)
    return _Table(separator, tuple(roles), offsets, framed)


def _header_pieces(text: str, piece: Piece, table: _Table) -> Iterator[Piece]:
    spans = _split(text, piece, table.separator)
    start, end = spans[0]
    heading = find_heading(text[start:end]) if table.roles[0] == "criterion" else None
    left = piece.start
    if heading is not None and heading.role == "topic":
        # "Qualifications | Essential | Desirable": the first column names the topic of its rows.
        yield from _cell(text, piece, spans[0], mark="", role="label")
        left = spans[1][0]
    yield attrs.evolve(piece, start=left, role="header", style="")


def _row(text: str, piece: Piece, table: _Table | None) -> list[_Span] | None:
    separator = _separator(text, piece)
    if not separator and table is not None and table.separator == "  ":
        separator = "  "
    if not separator or piece.role:
        return None
    framed = table is None or table.framed
    spans = _split(text, piece, separator, framed=framed)
    filled = sum(1 for start, end in spans if start < end)
    # A sentence with two spaces after a full stop is no row.
    if separator == "  " and (table is None or len(spans) > len(table.roles)):
        return None
    if filled == 1 and find_heading(text[piece.start : piece.end]) is not None:
        return None  # a row that names those below it
    return spans if filled > 1 or (filled and table is not None and len(spans) > 1) else None


def _roles_of(text: str, piece: Piece, row: list[_Span], table: _Table) -> tuple[str, ...] | None:
    """Return the column of each cell, or None when the row does not fit the header."""
    if table.separator == "  ":
        return tuple(_nearest(start - piece.start, table) for start, _ in row)
    roles = table.roles
    if len(row) == len(roles):
        return roles
    if len(row) == len(roles) + 1 and roles[0] in ("essential", "desirable", "either"):
        return ("criterion", *roles)  # the header has no cell above the row labels
    if len(row) > len(roles):
        return None if any(start < end for start, end in row[len(roles) :]) else roles
    start, end = row[-1]
    if "assessed" in roles and is_assessment(text[start:end]):
        return None  # cells were lost between the first and the last
    return roles[: len(row)]


def _nearest(offset: int, table: _Table) -> str:
    columns = range(len(table.roles))
    return table.roles[min(columns, key=lambda column: abs(table.offsets[column] - offset))]


def _cut_row(text: str, piece: Piece, row: list[_Span], table: _Table) -> Iterator[Piece]:
    roles = _roles_of(text, piece, row, table)
    if roles is None:
        for span in row:
            if not is_assessment(text[slice(*span)]):
                yield from _cell(text, piece, span, mark="")
        return
    cells = [text[start:end] for start, end in row]
    mark, spoken = _row_mark(cells, roles), _is_spoken(cells, roles)
    number = next((cell for cell, role in zip(cells, roles, strict=False) if role == "number"), "")
    for span, cell, role in zip(row, cells, roles, strict=False):
        if role in ("essential", "desirable") and _is_content(cell):
            yield from _cell(text, piece, span, mark=role)
        elif role == "criterion" and spoken:
            yield from _cell(text, piece, span, mark="", role="label")
        elif role in ("criterion", ""):
            yield from _cell(text, piece, span, mark=mark, bullet=number)
        elif (role == "either" and _is_content(cell)) or (
            role == "assessed" and not _is_assessed(cell, asked=bool(mark) or spoken)
        ):
            yield from _cell(text, piece, span, mark="")  # the header says less than the cell


# Longest words on how a criterion is assessed, beside a criterion.
_WAY_TO = 6


def _is_assessed(cell: str, *, asked: bool) -> bool:
    """Tell whether the cell under "How assessed" says just that, in words known or few."""
    return (
        is_assessment(cell)
        or _FIGURE.fullmatch(cell) is not None
        or (asked and len(cell.split()) <= _WAY_TO)
    )


def _is_spoken(cells: Sequence[str], roles: Sequence[str]) -> bool:
    """Tell whether a column of priority holds words, so that the criterion only names the row."""
    return any(
        role in ("essential", "desirable") and _is_content(cell)
        for cell, role in zip(cells, roles, strict=False)
    )


def _is_content(cell: str) -> bool:
    return not (_TICK.fullmatch(cell) or _NO.fullmatch(cell) or says_priority(cell))


def _row_mark(cells: Sequence[str], roles: Sequence[str]) -> str:
    for cell, role in zip(cells, roles, strict=False):
        if role in ("essential", "desirable") and (_TICK.fullmatch(cell) or says_priority(cell)):
            return role
        if role == "either" and (said := says_priority(cell)):
            return said
    return ""


def _cell(
    text: str, piece: Piece, span: _Span, *, mark: str, role: str = "", bullet: str = ""
) -> Iterator[Piece]:
    start, end = span
    if not has_words(text[start:end]):
        return
    own = attrs.evolve(
        piece, start=start, end=end, mark=mark, role=role, bullet=bullet, style="", cell=True
    )
    yield from split_items(text, without_bullet(text, own))


def _cut_bare_row(text: str, piece: Piece, row: list[_Span], *, letters: bool) -> Iterator[Piece]:
    """Yield the cells of a row that stands under no header, when they explain themselves."""
    cells = [text[start:end] for start, end in row]
    filled = [place for place, cell in enumerate(cells) if cell]
    while len(filled) > 1 and is_assessment(cells[filled[-1]]) and letters:
        filled.pop()
    said = says_priority(cells[filled[-1]]) if len(filled) > 1 else ""
    if said and (letters or len(cells[filled[-1]].strip(" ()[].")) > 1):
        for place in filled[:-1]:
            yield from _cell(text, piece, row[place], mark=said)
        return
    first = filled[0]
    if find_heading(cells[first]) is not None and not is_assessment(cells[first]):
        yield from _cell(text, piece, row[first], mark="", role="title")
        for place in filled[1:]:
            if not (is_assessment(cells[place]) and letters):
                yield from _cell(text, piece, row[place], mark="")
        return
    yield piece


# How many rows must end in a cell "E" or "D" before these letters are read as codes.
_ROWS_THAT_AGREE = 2


def _letters_end_rows(text: str, pieces: Sequence[Piece]) -> bool:
    count = 0
    for piece in pieces:
        separator = _separator(text, piece)
        if separator:
            cells = [text[start:end] for start, end in _split(text, piece, separator)[1:]]
            count += any(says_priority(cell) for cell in cells)
    return count >= _ROWS_THAT_AGREE


# --- one cell a line ------------------------------------------------------------------------------


def _cells_on_lines(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; where a table came as one cell a line, with what can be known of it.

    A row's empty cells leave no line, so the columns are known only when every row is whole (each
    ends in its assessment codes), or when a column says "E" or "D" in words.
    """
    place = 0
    while place < len(pieces):
        roles = _header_on_lines(text, pieces, place)
        if not roles:
            yield pieces[place]
            place += 1
            continue
        for piece in pieces[place : place + len(roles)]:
            yield attrs.evolve(piece, role="header", style="")
        place += len(roles)
        stop = _end_of_rows(text, pieces, place)
        yield from _rows_on_lines(text, pieces[place:stop], roles)
        place = stop


def _header_on_lines(text: str, pieces: Sequence[Piece], place: int) -> list[str]:
    roles: list[str] = []
    for piece in pieces[place : place + 6]:
        short = piece.end - piece.start <= 40 and not piece.bullet and not piece.role
        role = column_role(text[piece.start : piece.end]) if short else ""
        if not role or role in roles:
            break
        roles.append(role)
    both = {"essential", "desirable"} <= set(roles) or "either" in roles
    return roles if both and len(roles) >= 2 else []


def _end_of_rows(text: str, pieces: Sequence[Piece], place: int) -> int:
    for stop in range(place, len(pieces)):
        if _ends_table(text, pieces[stop]) or _header_on_lines(text, pieces, stop):
            return stop
    return len(pieces)


def _rows_on_lines(text: str, rows: Sequence[Piece], roles: Sequence[str]) -> Iterator[Piece]:
    cells = [text[piece.start : piece.end] for piece in rows]
    codes = [is_assessment(cell) for cell in cells]
    wide = len(roles)
    whole = (
        roles[-1] == "assessed"
        and len(rows) % wide == 0
        and codes == [place % wide == wide - 1 for place in range(len(rows))]
    )
    for place, piece in enumerate(rows):
        cell = cells[place]
        if whole:
            role = roles[place % wide]
            first = place - place % wide
            row = cells[first : first + wide]
            spoken = _is_spoken(row, roles)
            if role in ("essential", "desirable") and _is_content(cell):
                yield attrs.evolve(piece, mark=role, cell=True)
            elif role == "criterion":
                yield attrs.evolve(
                    piece,
                    mark="" if spoken else _row_mark(row, roles),
                    role="label" if spoken else "",
                    cell=True,
                )
        elif not (says_priority(cell) and "either" in roles) and not (
            codes[place] and "assessed" in roles
        ):
            following = cells[place + 1] if place + 1 < len(cells) else ""
            said = says_priority(following) if "either" in roles else ""
            yield attrs.evolve(piece, mark=said) if said else piece
