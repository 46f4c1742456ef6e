"""Tables of stories, CSV and XLSX, and the plan as CSV: safe to open in a spreadsheet."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starkit.errors import FileError, MissingExtraError
from starkit.files.labels import LISTS, Gathered, as_text, field_of, plain_label
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
_LONGEST_HEADINGS = 100_000  # characters of the first line that tell the delimiter

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
        text: Its text; the first line has the headings.
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
        delimiter = _delimiter(lines[top][:_LONGEST_HEADINGS], columns or {})
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
    return _stories(path, [("", rows)], columns)


def _delimiter(headings: str, columns: Mapping[str, str]) -> str:
    """Return the delimiter that parts the most headings that are known, else the most headings."""
    asked = {plain_label(heading): field for heading, field in columns.items()}

    def parted(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([headings], delimiter=delimiter), [])
        return sum(field is not None for field in fields_of(cells, asked)), len(cells)

    return max(_DELIMITERS, key=parted)


def read_xlsx(path: str, data: bytes, columns: Mapping[str, str] | None = None) -> Parsed:
    """Return the stories in the sheets of a workbook (XLSX); a cell with a formula has its value.

    Raises:
        FileError: The workbook cannot be read, has more than 50 MB unpacked, or no sheet has a column with the titles.
        MissingExtraError: openpyxl is not installed.
    """
    try:
        import openpyxl  # an extra, and a slow import
    except ImportError as error:
        raise MissingExtraError("openpyxl", "spreadsheets") from error
    try:
        advice = "split it into several story files"
        refuse_swelling(data, path, limit=_MOST_UNPACKED, too_large=advice)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [
            (
                str(sheet.title),
                [
                    (number, [plain_cell(_written(cell)) for cell in row])
                    for number, row in enumerate(_rows(path, sheet), 1)
                ],
            )
            for sheet in book.worksheets
        ]
    except FileError:
        raise
    except (KeyError, ValueError, TypeError, OSError, SyntaxError, zipfile.BadZipFile) as error:
        seen = "it is no spreadsheet that can be read"
        raise FileError(path, seen, "open it and save it again as XLSX or CSV") from error
    return _stories(path, sheets, columns)


def _rows(path: str, sheet: Any) -> Iterable[tuple[Any, ...]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number > _MOST_ROWS:
            seen = f"the sheet {sheet.title!r} has more than {_MOST_ROWS} rows"
            raise FileError(path, seen, "split it into several story files")
        yield row


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


_Sheet = tuple[str, list[tuple[int, list[str]]]]


def _stories(path: str, sheets: list[_Sheet], columns: Mapping[str, str] | None) -> Parsed:
    tables = [
        (name, [row for row in rows if any(cell.strip() for cell in row[1])])
        for name, rows in sheets
    ]
    tables = [(name, rows) for name, rows in tables if rows]
    if not tables:
        raise FileError(path, "the table has no rows", "write the headings in its first row")
    asked = _column_map(path, [heading for _, rows in tables for heading in rows[0][1]], columns)
    read = [(rows, fields_of(rows[0][1], asked)) for _, rows in tables]
    stories = [(rows, fields) for rows, fields in read if "title" in fields]
    if not stories:
        headings = ", ".join(repr(cell) for cell in tables[0][1][0][1] if cell)
        seen = f"no column has the titles of the stories (columns: {headings})"
        raise FileError(path, seen, "call one 'Title', or say which one it is: columns={...}")
    records: list[dict[str, Any]] = []
    lines: dict[Place, int] = {}
    for rows, fields in stories:
        columns_here = rows[0][1]
        for line, row in rows[1:]:
            lines[(len(records),)] = lines[len(records), "title"] = line
            records.append(record_of_row(columns_here, fields, row))
    return Parsed(records, (), lines)


def _column_map(
    path: str, headings: Sequence[str], columns: Mapping[str, str] | None
) -> dict[str, str]:
    """Return the caller's column map as it is compared, checked against the file."""
    known = {plain_label(heading): heading for heading in headings if heading}
    asked = {}
    for heading, field in (columns or {}).items():
        if plain_label(heading) not in known:
            seen = f"it has no column {heading!r}"
            raise FileError(path, seen, f"its columns are {', '.join(map(repr, known.values()))}")
        if field not in FIELDS:
            seen = f"column {heading!r} is to be {field!r}, which no story has"
            raise FileError(path, seen, f"choose from: {', '.join(FIELDS)}")
        asked[plain_label(heading)] = field
    return asked


def fields_of(headings: Sequence[str], asked: Mapping[str, str]) -> list[str | None]:
    """Return the field of each column: the one asked for, else the one that its heading names.

    >>> fields_of(["Name", "Title", "Outcome", "Team"], {})
    [None, 'title', 'result', None]
    """
    fields = [asked.get(plain_label(heading)) or field_of(heading) for heading in headings]
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
    return fields


def record_of_row(
    headings: Sequence[str], fields: Sequence[str | None], row: Sequence[str]
) -> dict[str, Any]:
    """Return one row of a table as a plain story; cells without a field go to the notes.

    >>> record_of_row(["Title", "Team"], ["title", None], ["Rota", "Ward 4"])
    {'title': 'Rota', 'notes': 'Team: Ward 4'}
    """
    story = Gathered()
    cells = [*row, *[""] * (len(headings) - len(row))]
    width = len(headings)
    for heading, field, cell in zip(headings, fields, cells, strict=False):
        if cell:
            story.add(heading, cell, field)
    for cell in cells[width:]:
        story.note("", cell)
    return story.record()


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
