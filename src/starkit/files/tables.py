"""Rows of cells to lines of text, so that the columns can be told apart."""

from collections.abc import Iterator, Sequence

Cell = tuple[int, int, str, bool]
"""A cell: the columns and the rows that it spans, its text, whether it is a heading."""

# A cell with more words than this is a part of a page's layout and no entry of a table.
_LONGEST_CELL = 150
_MOST_COLUMNS = 60


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str] | None:
    r"""Return the lines of a table; ``None`` when the rows are a layout and no table.

    A row whose cells have one line each is a line with tabs between the cells. A row with longer
    cells is unfolded: its first cell, then each further cell under the heading of its column, so
    that a list in the column *Essential* stands below a line *Essential*.

    >>> def cell(text):
    ...     return (1, 1, text, False)
    >>> table_lines([[cell("Criteria"), cell("Essential")], [cell("Degree"), cell("✓")]])
    ['Criteria\tEssential', 'Degree\t✓']
    >>> table_lines([[cell(""), cell("Essential")], [cell("Skills"), cell("• Excel\n• Word")]])
    ['\tEssential', '', 'Skills', 'Essential', '• Excel', '• Word']
    """
    if _is_layout(rows):
        return None
    grid = _grid(rows)
    heads = _heads(rows, grid)
    lines: list[str] = []
    unfolded_before = False
    for row, cells in zip(rows, grid, strict=True):
        if not any(cells):
            continue
        unfolded = any("\n" in cell for cell in cells)
        # A cell over the whole width names the rows below it.
        names_rows = bool(cells[0]) and row[0][0] >= len(cells) > 1
        if lines and (unfolded or unfolded_before or names_rows):
            lines.append("")
        lines += _unfolded(cells, heads) if unfolded else ["\t".join(cells).rstrip()]
        unfolded_before = unfolded
    return lines


def _is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    widest = max((len(row) for row in rows), default=0)
    longest = max((len(text.split()) for row in rows for _, _, text, _ in row), default=0)
    return widest < 2 or longest > _LONGEST_CELL


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the texts by column; a cell that is covered by another one is empty."""
    grid: list[list[str]] = []
    covered: dict[int, int] = {}  # column -> rows that a cell above still covers
    for row in rows:
        cells: list[str] = []

        def skip(cells: list[str] = cells) -> None:
            while covered.get(len(cells), 0) > 0:
                covered[len(cells)] -= 1
                cells.append("")

        for columns, spanned, text, _ in row:
            skip()
            for number in range(columns):
                if len(cells) >= _MOST_COLUMNS:
                    break
                if spanned > 1:
                    covered[len(cells)] = spanned - 1
                cells.append("" if number else text)
        skip()
        grid.append(cells)
    return grid


def _heads(rows: Sequence[Sequence[Cell]], grid: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the headings of the columns, when the first full row has some."""
    for row, cells in zip(rows, grid, strict=True):
        if not any(cells[1:]):
            continue  # a caption over the whole width
        if all(is_head for *_, text, is_head in row if text) or not any(
            "\n" in cell or len(cell.split()) > 6 for cell in cells
        ):
            return cells
        return ()
    return ()


def _unfolded(cells: Sequence[str], heads: Sequence[str]) -> Iterator[str]:
    for column, cell in enumerate(cells):
        if not cell:
            continue
        head = heads[column] if column < len(heads) else ""
        if head and (column or "\n" in cell):
            yield head
        yield from cell.split("\n")
