"""Tables of stories, CSV and XLSX, and the plan as CSV: safe to open in a spreadsheet."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from starkit.errors import FileError, MissingExtraError
from starkit.files.labels import (
    LISTS,
    Gathered,
    as_text,
    column_of,
    field_of,
    first_words,
    is_numbering,
    parts_of,
    plain_label,
)
from starkit.files.reading import refuse_swelling
from starkit.files.syntax import Parsed, Place
from starkit.followup import FollowUpPlan
from starkit.stories import PARTS

FIELDS = ("title", *PARTS, *LISTS, "date", "source", "notes")
"""The columns of a table of stories, in the order in which they are written."""

_MOST_ROWS = 10_000
_MOST_UNPACKED = 50_000_000  # bytes: ten times the text of the largest story file
_DELIMITERS = ",;\t|"
# The first line by which Excel is told the delimiter.
_NAMED_DELIMITER = re.compile(r'"?sep=(?P<delimiter>[^\w\s"]|\t)"?\s*', re.IGNORECASE)
_LONGEST_CELL = 500_000  # characters: some hours of speech
_LONGEST_HEADINGS = 100_000  # characters of a line that tell the delimiter
_LONGEST_HEADING = 60  # characters
_MOST_ABOVE = 20  # rows that may stand above the headings

# What a spreadsheet takes for a formula, with the full-width forms, also behind blanks and
# apostrophes; and the control characters that end a cell early in some of them. Source: the rules
# against CSV injection of OWASP and CWE-1236.
_FORMULA = re.compile(r"\A['\s]*[=+\-@＝＋－＠]|\A'*[\t\r\n\0]")


def safe_cell(text: str) -> str:
    r"""Return a text as no spreadsheet takes it for a formula: with an apostrophe before it.

    >>> safe_cell('=HYPERLINK("http://a.example")'), safe_cell("11 minutes")
    ('\'=HYPERLINK("http://a.example")', '11 minutes')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> str:
    """Return the text that ``safe_cell`` made safe.

    >>> plain_cell("'-5 %"), plain_cell("'twas")
    ('-5 %', "'twas")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


# From tables to plain stories.


def read_csv(path: str, text: str, columns: Mapping[str, str] | None = None) -> Parsed:
    r"""Return the stories in a table of comma-, semicolon- or tab-separated values.

    Args:
        path: The file, for messages.
        text: Its text; the first line has the headings, or one of the first twenty.
        columns: Headings of the file, each with the field of a story that it holds.

    The delimiter is the one that a first line ``sep=;`` names; else the one by which a heading is
    known, for a heading may hold commas of its own; else the most frequent one.

    Raises:
        FileError: The table cannot be read, has a cell of more than 500,000 characters, or no
            column holds the titles.

    >>> read_csv("s.csv", "Title;Outcome;Team\nRota;No gap;Ward 4\n").value
    [{'title': 'Rota', 'result': 'No gap', 'notes': 'Team: Ward 4'}]
    """
    lines = text.lstrip("\ufeff").split("\n")
    top = next((number for number, line in enumerate(lines) if line.strip()), 0)
    named = _NAMED_DELIMITER.fullmatch(lines[top])
    if named is not None:
        lines[top] = ""  # so that the lines keep their numbers
        delimiter = named["delimiter"]
    else:
        first = [line[:_LONGEST_HEADINGS] for line in lines[top:] if line.strip()][:_MOST_ABOVE]
        delimiter = _delimiter(first, columns or {})
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    # The limit is one of the whole process; it is left as it was found.
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in reader:
            rows.append((begins, [plain_cell(cell) for cell in row]))
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            seen = f"the row at line {begins} has a cell of more than {_LONGEST_CELL:,} characters"
            advice = "shorten it; if it is not that long, check the quotation marks there"
            raise FileError(path, seen, advice) from error
        seen = f"line {reader.line_num} is no row of a table ({error})"
        raise FileError(path, seen, "check the quotation marks there") from error
    finally:
        csv.field_size_limit(limit)
    return _stories(path, [_Sheet("", rows)], columns)


def _delimiter(lines: Sequence[str], columns: Mapping[str, str]) -> str:
    """Return the delimiter that parts the most headings that are known, else the most headings."""
    asked = {plain_label(heading): field for heading, field in columns.items()}

    def parted(delimiter: str) -> tuple[int, int]:
        rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
        known = (sum(field is not None for field in fields_of(row, asked)) for row in rows)
        return max(known), len(rows[0])

    return max(_DELIMITERS, key=parted)


def read_xlsx(path: str, data: bytes, columns: Mapping[str, str] | None = None) -> Parsed:
    """Return the stories in the sheets of a workbook (XLSX); a cell with a formula has its value.

    Raises:
        FileError: The workbook cannot be read, has more than 50 MB unpacked, or no sheet has a column
            with the titles.
        MissingExtraError: openpyxl is not installed.
    """
    try:
        import openpyxl  # an extra, and a slow import
    except ImportError as error:
        raise MissingExtraError("openpyxl", "spreadsheets") from error
    try:
        advice = "split it into several story files"
        refuse_swelling(data, path, limit=_MOST_UNPACKED, too_large=advice)
        # Only the slower way of reading tells which cells are merged.
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=not _has_merged_cells(data), data_only=True
        )
        sheets = [_sheet(path, sheet) for sheet in book.worksheets]
    except FileError:
        raise
    except (KeyError, ValueError, TypeError, OSError, SyntaxError, zipfile.BadZipFile) as error:
        seen = "it is no spreadsheet that can be read"
        raise FileError(path, seen, "open it and save it again as XLSX or CSV") from error
    return _stories(path, sheets, columns)


def _has_merged_cells(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<mergeCell " in archive.read(name) for name in names)


@attrs.frozen
class _Sheet:
    """The cells of one sheet as texts.

    Attributes:
        name: What the sheet is called; "" for a file that is one table.
        rows: Its rows with their numbers.
        goes_on: Row and column of each cell that one above it reaches into, as merged cells do.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    goes_on: frozenset[tuple[int, int]] = frozenset()


def _sheet(path: str, sheet: Any) -> _Sheet:
    rows: list[tuple[int, list[str]]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _MOST_ROWS:
            seen = f"the sheet {sheet.title!r} has more than {_MOST_ROWS} rows"
            raise FileError(path, seen, "split it into several story files")
        rows.append((number, [plain_cell(_typed(cell)) for cell in row]))
    goes_on = set()
    merged = getattr(sheet, "merged_cells", None)  # a sheet read the quick way has none
    for area in merged.ranges if merged is not None else ():
        column = area.min_col - sheet.min_column
        first = area.min_row - sheet.min_row
        for number in range(first + 1, min(area.max_row - sheet.min_row + 1, len(rows))):
            rows[number][1][column] = rows[first][1][column]
            goes_on.add((rows[number][0], column))
    return _Sheet(str(sheet.title), rows, frozenset(goes_on))


def _typed(cell: Any) -> str:
    """Return the text of a cell; a share that is shown in per cent is one."""
    value = cell.value
    shown = getattr(cell, "number_format", None) or ""
    if "%" in shown and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{round(value * 100, 10):g}%"
    return _written(value)


def _written(value: Any) -> str:
    """Return the value of a cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # A workbook writes characters that XML cannot hold as _x000D_.
    return re.sub(r"_x000[dD]_\n?", "\n", str(value))


@attrs.frozen
class _Table:
    """The stories of one sheet, what stands in it besides, and the headings that are no field's."""

    stories: list[tuple[int, Gathered]]
    rest: list[str]
    unknown: list[str] = attrs.field(factory=list)


def _stories(path: str, sheets: Sequence[_Sheet], columns: Mapping[str, str] | None) -> Parsed:
    filled = [
        attrs.evolve(sheet, rows=[row for row in sheet.rows if any(map(str.strip, row[1]))])
        for sheet in sheets
    ]
    filled = [sheet for sheet in filled if sheet.rows]
    if not filled:
        raise FileError(path, "the table has no rows", "write the headings in its first row")
    asked = _column_map(path, filled, columns)
    tables = [_table(sheet, asked) for sheet in filled]
    stories = [story for table in tables for story in table.stories]
    if not stories:
        if any(_heading_row(sheet, asked) is not None for sheet in filled):
            return Parsed([])
        headings = ", ".join(map(repr, _likeliest_headings(filled)))
        seen = f"no column has the titles of the stories (columns: {headings})"
        advice = (
            "call one 'Title', or name it: starkit import FILE stories.yaml --column 'Name=title',"
            " in Python columns={'Name': 'title'}"
        )
        raise FileError(path, seen, advice)
    for sheet, table in zip(filled, tables, strict=True):
        if table.rest:
            own = table.stories[:1]
            _, first = own[0] if own else stories[0]
            first.note("" if own else f"Sheet {sheet.name}", "\n".join(table.rest))
    lines: dict[Place, int] = {}
    for index, (line, _) in enumerate(stories):
        lines[(index,)] = lines[index, "title"] = line
    unknown = dict.fromkeys(heading for table in tables for heading in table.unknown)
    return Parsed([story.record() for _, story in stories], (), lines, tuple(unknown))


def _table(sheet: _Sheet, asked: Mapping[str, str]) -> _Table:
    top = _heading_row(sheet, asked)
    if top is None or _names_one_field(sheet.rows[top][1], asked):
        worksheet = list(_worksheet(sheet))
        if worksheet or top is None:
            return _Table(worksheet, [] if worksheet else [_told(row) for _, row in sheet.rows])
    headings = sheet.rows[top][1]
    fields = _row_fields(headings, asked)
    titles = [column for column, field in enumerate(fields) if field == "title"]
    numbered = len(titles) == 1 and _counts(headings[titles[0]], asked)
    stories: list[tuple[int, Gathered]] = []
    for line, row in sheet.rows[top + 1 :]:
        if stories and all((line, column) in sheet.goes_on for column in titles):
            # The title reaches over several rows: they tell one story.
            own = [
                "" if (line, column) in sheet.goes_on else cell for column, cell in enumerate(row)
            ]
            add_row(stories[-1][1], headings, fields, own)
            continue
        story = Gathered()
        add_row(story, headings, fields, row)
        stories.append((line, story))
    above = [_told(row) for _, row in sheet.rows[:top]]
    if numbered:
        _name_by_first_words([story for _, story in stories])
    if not stories:
        return _Table([], [_told(row) for _, row in sheet.rows])
    return _Table(stories, above, list(_unknown(sheet, top, fields)))


def _name_by_first_words(stories: Iterable[Gathered]) -> None:
    """Call each story that has a mere number by the first words that it tells."""
    taken: set[str] = set()
    for story in stories:
        number = " ".join(story.fields.get("title", [])).strip()
        told = next((text for part in PARTS for text in story.fields.get(part, []) if text), "")
        if told and not re.search(r"[^\W\d_]", number):
            title = first_words(told)
            # The number tells two stories apart that begin alike.
            story.fields["title"] = [f"{title} ({number})" if title in taken and number else title]
            taken.add(title)


def _unknown(sheet: _Sheet, top: int, fields: Sequence[str | None]) -> Iterator[str]:
    """Yield the headings that name no field, of the columns in which something stands."""
    for column, (heading, field) in enumerate(zip(sheet.rows[top][1], fields, strict=True)):
        # A second name for a title is known, and no title.
        if field is None and heading.strip() and field_of(heading) is None:
            below = (row for _, row in sheet.rows[top + 1 :])
            if any(column < len(row) and row[column].strip() for row in below):
                yield heading.strip()


def _names_one_field(headings: Sequence[str], asked: Mapping[str, str]) -> bool:
    """Tell "Title | Rota", which may be a row of a worksheet, from the headings of columns."""
    title, *others = fields_of(headings, asked)
    return field_of(headings[0]) == title == "title" and not any(others)


def _told(row: Sequence[str]) -> str:
    return " | ".join(cell.strip() for cell in row if cell.strip())


def _heading_row(sheet: _Sheet, asked: Mapping[str, str]) -> int | None:
    """Return the place of the row with the headings: of the first ones that with most fields."""
    known = [
        sum(field is not None for field in fields) if "title" in fields else 0
        for fields in (_row_fields(row, asked) for _, row in sheet.rows[:_MOST_ABOVE])
    ]
    most = max(known)
    return known.index(most) if most else None


def _likeliest_headings(sheets: Sequence[_Sheet]) -> list[str]:
    """Return the cells of the first row that looks most like one of headings, for a message."""
    rows = [row for sheet in sheets for _, row in sheet.rows[:_MOST_ABOVE]]

    def likely(row: Sequence[str]) -> tuple[int, int]:
        fields = [field for field in fields_of(row, {}) if field]
        return len(fields), sum(0 < len(cell.strip()) <= _LONGEST_HEADING for cell in row)

    return [cell.strip() for cell in max(rows, key=likely) if cell.strip()]


def _row_fields(headings: Sequence[str], asked: Mapping[str, str]) -> list[str | None]:
    """Return ``fields_of`` a row, where a column that counts the stories may stand for the titles."""
    fields = fields_of(headings, asked)
    if "title" not in fields and _tells_parts(fields):
        for number, heading in enumerate(headings):
            if fields[number] is None and is_numbering(heading):
                fields[number] = "title"
                break
    return fields


def _counts(heading: str, asked: Mapping[str, str]) -> bool:
    return is_numbering(heading) and plain_label(heading) not in asked


def _tells_parts(fields: Iterable[str | None]) -> bool:
    return any(field in PARTS for field in fields)


def _worksheet(sheet: _Sheet) -> Iterator[tuple[int, Gathered]]:
    """Yield the stories of a sheet that has the names of the parts in its first column.

    A row "Title" begins a story, and one with several titles as many, side by side; without one,
    the story is called like the sheet.
    """
    if len({part for _, row in sheet.rows for part in parts_of(row[0])}) < _PARTS_OF_WORKSHEET:
        return
    fields = _named_parts(sheet)
    titled = [row for (_, row), field in zip(sheet.rows, fields, strict=True) if field == "title"]
    beside = sorted({column for row in titled for column in _filled(row)})
    if len(beside) > 1 and beside == sorted({at for _, row in sheet.rows for at in _filled(row)}):
        for column in beside:
            own = [(line, [row[0], *row[column : column + 1]]) for line, row in sheet.rows]
            yield from _worksheet(_Sheet(sheet.name, own))
        return
    story, begun = Gathered(), sheet.rows[0][0]
    for (line, row), field in zip(sheet.rows, fields, strict=True):
        if field == "title" and "title" in story.fields:
            yield begun, story
            story, begun = Gathered(), line
        for cell in row[1:] if field else [_told(row)]:
            if cell:
                story.add(row[0] if field else "", cell, field)
    if sheet.name:
        story.fields.setdefault("title", [sheet.name])
    yield begun, story


_PARTS_OF_WORKSHEET = 3


def _named_parts(sheet: _Sheet) -> list[str | None]:
    """Return the field that each row of a worksheet names in its first column."""
    labels = [row[0] for _, row in sheet.rows]
    fields = [field_of(label) for label in labels]
    if "title" not in fields and (place := column_of(labels, "title")) is not None:
        called = plain_label(labels[place])
        fields = [
            "title" if plain_label(label) == called else field
            for label, field in zip(labels, fields, strict=True)
        ]
    return fields


def _filled(row: Sequence[str]) -> set[int]:
    """Return the columns after the first in which a row has something."""
    return {column for column, cell in enumerate(row) if column and cell.strip()}


def _column_map(
    path: str, sheets: Sequence[_Sheet], columns: Mapping[str, str] | None
) -> dict[str, str]:
    """Return the caller's column map as it is compared, checked against the file."""
    top = [row for sheet in sheets for _, row in sheet.rows[:_MOST_ABOVE]]
    known = {plain_label(cell): cell for row in top for cell in row if cell}
    asked: dict[str, str] = {}
    for heading, field in (columns or {}).items():
        if plain_label(heading) not in known:
            seen = f"it has no column {heading!r}"
            headings = ", ".join(map(repr, _likeliest_headings(sheets)))
            raise FileError(path, seen, f"its columns are {headings}")
        if field not in FIELDS:
            seen = f"column {heading!r} is to be {field!r}, which no story has"
            raise FileError(path, seen, f"choose from: {', '.join(FIELDS)}")
        asked[plain_label(heading)] = field
    return asked


def fields_of(headings: Sequence[str], asked: Mapping[str, str]) -> list[str | None]:
    """Return the field of each column: the one asked for, else the one that its heading names.

    >>> fields_of(["Name", "Title", "Outcome", "Team"], {})
    [None, 'title', 'result', None]
    >>> fields_of(["Example", "Where", "Outcome"], {})
    ['title', 'source', 'result']
    """
    fields = [
        asked.get(plain_label(heading)) or field_of(heading) or next(iter(parts_of(heading)), None)
        for heading in headings
    ]
    # Of several names for a title the plainest one counts, and what was asked for before all.
    sure = [
        number
        for number, heading in enumerate(headings)
        if asked.get(plain_label(heading)) == "title"
    ] or [number for number, heading in enumerate(headings) if plain_label(heading) == "title"]
    if sure:
        fields = [
            None if field == "title" and number not in sure else field
            for number, field in enumerate(fields)
        ]
    # Such a word may be anything by itself: the parts beside it make it a heading.
    for field in ("title", "source") if _tells_parts(fields) else ():
        column = column_of(headings, field) if field not in fields else None
        if column is not None and fields[column] is None:
            fields[column] = field
    return fields


def add_row(
    story: Gathered, headings: Sequence[str], fields: Sequence[str | None], row: Sequence[str]
) -> None:
    """Add one row of a table to a story; cells without a field go to the notes.

    >>> story = Gathered()
    >>> add_row(story, ["Title", "Team"], ["title", None], ["Rota", "Ward 4"])
    >>> story.record()
    {'title': 'Rota', 'notes': 'Team: Ward 4'}
    """
    cells = [*row, *[""] * (len(headings) - len(row))]
    for heading, field, cell in zip(headings, fields, cells, strict=False):
        if cell:
            story.add(heading, cell, field)
            if field in PARTS and len(together := parts_of(heading)) > 1:
                parts = " and ".join(together)
                story.note("", f"The {parts} stand in one text, under {field}.")
    for cell in cells[len(headings) :]:
        story.note("", cell)


# From stories, and from a plan, to tables.


def rows_of(records: Iterable[dict[str, Any]]) -> list[list[str]]:
    """Return plain stories as the rows of a table, the headings first.

    >>> rows_of([{"title": "Rota", "skills": ["audit", "care"]}])[1][:6]
    ['Rota', '', '', '', '', 'audit; care']
    """
    rows = [[field.capitalize() for field in FIELDS]]
    for record in records:
        cells = ((field, record.get(field) or "") for field in FIELDS)
        rows.append([as_text(cell) if field in LISTS else str(cell) for field, cell in cells])
    return rows


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    r"""Return rows as CSV (RFC 4180, lines ending in CRLF), every cell safe from formulas.

    >>> csv_text([["What", "Result"], ["Rota", "-5 %"]])
    "What,Result\r\nRota,'-5 %\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def xlsx_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a workbook (XLSX); every cell is text, and none is a formula.

    Raises:
        MissingExtraError: openpyxl is not installed.
        ValueError: A text holds a character that a workbook cannot.
    """
    try:
        import openpyxl
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils.exceptions import IllegalCharacterError
    except ImportError as error:
        raise MissingExtraError("openpyxl", "spreadsheets") from error
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Stories"
    sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDE", (30, 50, 50, 50, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell: Any = sheet.cell(number, column)
            try:
                cell.value = text or None
            except IllegalCharacterError as error:
                raise ValueError(str(error)) from error
            if text:
                cell.data_type = "s"  # text that begins with = stays text
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_PLAN = ("Date", "Touch-point", "What to do", "Why", "Whom", "Name", "Rules", "Subject", "Draft")


def plan_csv(plan: FollowUpPlan) -> str:
    r"""Return the touch-points of a plan as CSV (RFC 4180), safe to open in a spreadsheet (A33).

    A cell that a spreadsheet would take for a formula (``=``, ``+``, ``-``, ``@``, a tab or a line
    end at its beginning) has an apostrophe before it. Days are in ISO form, lines end in CRLF.

    >>> from starkit.followup import Application, plan_follow_up
    >>> asked = Application("=1+1", "Driver", channel="direct", stage="interview",
    ...                     interviewed=dt.date(2026, 12, 17), timescale="a week")
    >>> lines = plan_csv(plan_follow_up(asked, dt.date(2026, 12, 17))).split("\r\n")
    >>> lines[0]
    'Date,Touch-point,What to do,Why,Whom,Name,Rules,Subject,Draft'
    >>> lines[1][:17]
    '2026-12-18,thanks'
    """
    rows: list[Sequence[str]] = [_PLAN]
    rows.extend(
        (
            point.date.isoformat(),
            str(point.touch),
            point.what,
            point.why,
            str(point.whom),
            point.name,
            ", ".join(point.rules),
            point.draft.subject if point.draft else "",
            point.draft.body if point.draft else "",
        )
        for point in plan
    )
    return csv_text(rows)
