"""Tables of stories and of the plan: any column names in, nothing that a spreadsheet runs out."""

import csv
import datetime as dt
import importlib.util
import io
import re
import sys
import zipfile

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import starkit as sk
from starkit.files.sheets import csv_text, plain_cell, safe_cell, xlsx_bytes
from starkit.files.stories import unknown_columns
from strategies import banks

NEEDS_OPENPYXL = pytest.mark.skipif(
    importlib.util.find_spec("openpyxl") is None, reason="the extra spreadsheets is not installed"
)
SUFFIXES = ["csv", "md", pytest.param("xlsx", marks=NEEDS_OPENPYXL)]
HOSTILE = ["=1+1", "+44", "-5 %", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "＝1", "''\t1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text):
    """Every beginning of a formula has an apostrophe before it, which comes off again."""
    cell = safe_cell(text)

    assert cell == f"'{text}"
    assert plain_cell(cell) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n ab"), max_size=6))
def test_cells_come_back(text):
    """Making safe and plain again gives the text, and a safe cell begins no formula."""
    cell = safe_cell(text)

    assert plain_cell(cell) == text
    assert not cell.lstrip(" \t\r\n").startswith(("=", "+", "-", "@"))
    assert not cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(bank=banks)
def test_what_is_saved_is_loaded(tmp_path, suffix, bank):
    """Saving and loading gives an equal bank, or an error that says that it would not."""
    path = tmp_path / f"stories.{suffix}"
    try:
        sk.dump_stories(bank, path)
    except sk.FileError as error:
        assert "cannot hold" in str(error)  # noqa: PT017
        return

    assert bank == sk.load_stories(path)


@pytest.mark.parametrize(
    ("suffix", "field", "text"),
    [
        ("md", "title", "\r```"),
        ("md", "action", "I rang\rthem"),
        ("md", "notes", "```\r\r# x"),
        ("csv", "result", "-5 %\r\r"),
        ("csv", "skills", ("a;b", "c\nd")),
    ],
)
def test_what_a_format_cannot_hold_is_named(tmp_path, suffix, field, text):
    """The story and its field stand in the error, and nothing is written."""
    good = sk.Story("Falls", "We had nine", "Halve them", "I read", "Two")
    bad = attrs.evolve(good, **{"title": "Rota", field: text})
    path = tmp_path / f"stories.{suffix}"
    told = f"cannot hold the text of story {bad.title!r}, field {field!r}"

    with pytest.raises(sk.FileError, match=re.escape(told)):
        sk.dump_stories(sk.StoryBank([good, bad]), path)
    assert not path.exists()


STORY = sk.Story(
    'Falls, "Ward 4"',
    '=HYPERLINK("http://a.example")',
    "Two lines\nof it",
    "I read; I moved",
    "-5 %",
    skills=["a, b"],
    competencies=["care", "audit"],
    date="2024",
    notes="@all",
)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_awkward_texts_come_back(tmp_path, suffix):
    """Quotes, commas, line ends and formulas are texts like others."""
    bank = sk.StoryBank([STORY])
    sk.dump_stories(bank, tmp_path / f"stories.{suffix}")

    assert bank == sk.load_stories(tmp_path / f"stories.{suffix}")


@NEEDS_OPENPYXL
def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    """Text that begins with = is text in a workbook, too."""
    sk.dump_stories(sk.StoryBank([STORY]), tmp_path / "stories.xlsx")
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "stories.xlsx").active

    assert {"s", "n"} == {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet["B2"].value == STORY.situation


def loaded(tmp_path, text, name="stories.csv", **options):
    """Return the bank in a file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return sk.load_stories(path, **options)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_known_by_their_headings(tmp_path, delimiter):
    """Usual headings name the fields; a column of another name goes to the notes."""
    rows = [
        ["Story title", "Context", "Goal", "What I did", "Outcome", "Tags", "Ward"],
        ["Rota", "Two ill", "Fill gaps", "I rang", "All 14", "calm, care", "4"],
    ]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    [story] = loaded(tmp_path, text)

    assert tuple(story.parts.values()) == ("Two ill", "Fill gaps", "I rang", "All 14")
    assert (story.skills, story.notes) == (("calm", "care"), "Ward: 4")


def test_a_column_map_names_the_others(tmp_path):
    """A heading of the user's own is given its field; two columns of a part are joined."""
    columns = {"What it was": "title", "First": "action", "Then": "action"}
    [story] = loaded(tmp_path, "What it was,First,Then\nRota,I rang,I wrote\n", columns=columns)

    assert (story.title, story.action) == ("Rota", "I rang\n\nI wrote")


@pytest.mark.parametrize(
    ("text", "columns", "words"),
    [
        ("a,b\n1,2\n", None, "no column has the titles.*'a', 'b'"),
        ("Title\nRota\n", {"Titel": "title"}, "no column 'Titel'; its columns are 'Title'"),
        ("Title\nRota\n", {"Title": "name"}, "choose from: title, situation"),
        ('Title\n"Ro"ta\n', None, "line 2 is no row"),
        ('Title\n"Rota\n', None, "is no row"),
        ("Title,Result\n,All\n", None, "line 2, story 1.*title.*missing"),
        ("Title\nRota\nRota\n", None, "line 3.*stands twice"),
    ],
)
def test_mistakes_are_told(tmp_path, text, columns, words):
    """One error of ours, with the place and what to do."""
    with pytest.raises(sk.FileError, match=words):
        loaded(tmp_path, text, columns=columns)


def test_columns_belong_to_tables(tmp_path):
    """A column map for a file without columns is a mistake, told."""
    with pytest.raises(sk.FileError, match="it is no table"):
        loaded(tmp_path, "- title: Rota\n", "s.yaml", columns={"a": "title"})


def test_delimiter_is_told_by_headings_and_not_by_their_commas(tmp_path):
    """A heading with commas of its own parts no column of a table with semicolons."""
    text = "Title;Action, and more, and why\nRota;I rang them, all six\n"
    columns = {"Action, and more, and why": "action"}
    [story] = loaded(tmp_path, text, columns=columns)
    [noted] = loaded(tmp_path, text)

    assert (story.title, story.action) == ("Rota", "I rang them, all six")
    assert noted.notes == "Action, and more, and why: I rang them, all six"


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;", "\nsep=;"])
def test_line_that_tells_excel_the_delimiter(tmp_path, line):
    """A first line sep=; is no heading, and the lines keep their numbers."""
    [story] = loaded(tmp_path, f"{line}\nTitle;Action\nRota;I rang, and rang\n")
    where = line.count("\n") + 3

    assert story.action == "I rang, and rang"
    with pytest.raises(sk.FileError, match=rf"line {where}, story 1.*missing"):
        loaded(tmp_path, f"{line}\nTitle;Action\n;I rang\n")


def test_long_cell(tmp_path):
    """A long cell is read; one too long is told with its limit, and no setting is left changed."""
    limit = csv.field_size_limit()
    [story] = loaded(tmp_path, f"Title,Action\nRota,{'I rang. ' * 20_000}\n")

    assert len(story.action) > 131_072
    with pytest.raises(sk.FileError, match=r"at line 2 has a cell of more than 500,000 char"):
        loaded(tmp_path, f"Title,Action\nRota,{'I rang. ' * 70_000}\n")
    assert csv.field_size_limit() == limit


@NEEDS_OPENPYXL
def test_workbook_that_swells(tmp_path):
    """A workbook that would unpack to gigabytes is refused before it does."""
    path = tmp_path / "stories.xlsx"
    sk.dump_stories(sk.StoryBank([STORY]), path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * 60_000_000)

    with pytest.raises(sk.FileError, match=r"60\.0 MB unpacked, limit 50\.0 MB; split it"):
        sk.load_stories(path)


@NEEDS_OPENPYXL
def test_values_of_a_workbook_are_text(tmp_path):
    """Numbers, shares and dates read as they are shown; a sheet without titles is noted."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["How to use this"])
    sheet = book.create_sheet("Mine")
    sheet.append(["Title", "Result", "Date", "Beds", "Share"])
    sheet.append(["Rota", 14, dt.date(2024, 5, 1), 28.5, 0.125])
    sheet["E2"].number_format = "0.0%"
    book.save(tmp_path / "stories.xlsx")
    [story] = sk.load_stories(tmp_path / "stories.xlsx")

    assert (story.result, story.date) == ("14", "2024-05-01")
    assert story.notes == "Beds: 28.5\n\nShare: 12.5%\n\nSheet Sheet: How to use this"


@NEEDS_OPENPYXL
def test_merged_cells_reach_over_their_rows(tmp_path):
    """A theme beside several stories is each one's; a title beside several rows is one story's."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["My stories"],
        [],
        ["Theme", "Title", "Situation/Context", "Result or impact"],
        ["Care", "Lambing", "Snow fell", "298 of 300 lived"],
        [None, "Dipping", "A tick year", "No losses"],
        ["Trade", "Wool sale", "Prices fell", "Sold all"],
        [None, None, "Two buyers left", None],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A4:A5", "A6:A7", "B6:B7"):
        sheet.merge_cells(area)
    book.save(tmp_path / "stories.xlsx")
    bank = sk.load_stories(tmp_path / "stories.xlsx")

    assert [("Care",), ("Care",), ("Trade",)] == [story.competencies for story in bank]
    assert bank["Wool sale"].situation == "Prices fell\n\nTwo buyers left"
    assert bank["Lambing"].notes == "My stories"


@NEEDS_OPENPYXL
def test_a_sheet_for_each_story(tmp_path):
    """The parts in the first column, and the sheet's name for the title."""
    import openpyxl

    book = openpyxl.Workbook()
    for name in ("The ferry ramp", "The fog signal"):
        sheet = book.create_sheet(name)
        for row in (["STAR sheet"], ["Situation", f"{name} stuck"], ["Task", "Free it"]):
            sheet.append(row)
        sheet.append(["Action", "I cranked it", "by hand"])
        sheet.append(["Result", "All off in 20 minutes"])
    book.save(tmp_path / "stories.xlsx")
    ferry, _ = sk.load_stories(tmp_path / "stories.xlsx")

    assert (ferry.title, ferry.situation) == ("The ferry ramp", "The ferry ramp stuck")
    assert (ferry.action, ferry.notes) == ("I cranked it\n\nby hand", "STAR sheet")


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_headings_below_a_title_in_any_encoding(tmp_path, mark, encoding):
    """Rows above the headings go to the notes, empty rows are none, headings have other names."""
    rows = [
        ["Café stories, 2024"],
        ["", "", ""],
        ["Story", "Situation & task", "Result/Outcome", "Learning"],
        ["Brûlée", "It was £4; too dear", "Sold 30 – a day", "Ask"],
        ["", "", "", ""],
        ["Tarte", "Burnt", "New oven"],
    ]
    path = tmp_path / "stories.csv"
    text = "\r\n".join(mark.join(f'"{cell}"' if cell else "" for cell in row) for row in rows)
    path.write_bytes(text.encode(encoding))
    first, second = sk.load_stories(path)

    assert (first.title, first.situation) == ("Brûlée", "It was £4; too dear")
    assert (first.result, second.result) == ("Sold 30 – a day", "New oven")
    assert first.notes.endswith("Learning: Ask\n\nCafé stories, 2024")


@NEEDS_OPENPYXL
def test_workbook_without_openpyxl(tmp_path, monkeypatch):
    """The message names the extra to install."""
    sk.dump_stories(sk.StoryBank([STORY]), tmp_path / "stories.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(sk.MissingExtraError, match=r"starkit\[spreadsheets\]"):
        sk.load_stories(tmp_path / "stories.xlsx")


@NEEDS_OPENPYXL
def test_damaged_workbook(tmp_path):
    """A file that only looks like a workbook is one clear error."""
    (tmp_path / "stories.xlsx").write_bytes(b"PK\x03\x04 xl/ and nothing else")

    with pytest.raises(sk.FileError, match="no spreadsheet that can be read"):
        sk.load_stories(tmp_path / "stories.xlsx")


def test_plan_is_safe_to_open():
    """The plan's touch-points are rows in which no name is a formula (A17, A33)."""
    application = sk.Application(
        "=cmd|'/c calc'!A1",
        "@Driver",
        channel="direct",
        stage="interview",
        interviewed=dt.date(2026, 12, 17),
        timescale="a week",
        door_open=True,
        contacts=[sk.Contact("+Ann", party="employer")],
    )
    plan = sk.plan_follow_up(application, dt.date(2026, 12, 17))
    rows = list(csv.reader(io.StringIO(sk.plan_csv(plan), newline="")))

    assert ["2026-12-18", "2026-12-29"] == [row[0] for row in rows[1:]]
    assert {"'+Ann"} == {row[5] for row in rows[1:]}
    assert all(
        not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )
    assert {len(rows[0])} == {len(row) for row in rows}


_WORKSHEET = [
    ["Title", "Rota"],
    ["Situation", "Two were ill"],
    ["Task", "Fill the gaps"],
    ["Action", "I rang five"],
    ["Result", "All filled"],
]
_SECOND = [
    ["Title", "Lock gates"],
    ["Background", "A gate leaked"],
    ["Goal", "Keep boats moving"],
    ["What I did", "I packed it with ash"],
    ["Outcome", "Nobody waited"],
]
_TELLS = {
    "title": "Rota",
    "situation": "Two were ill",
    "task": "Fill the gaps",
    "action": "I rang five",
    "result": "All filled",
}


@pytest.mark.parametrize("suffix", ["csv", pytest.param("xlsx", marks=NEEDS_OPENPYXL)])
@pytest.mark.parametrize("label", ["Title", "Story", "STAR story", "Headline", "Story title"])
@pytest.mark.parametrize("above", [[], [["My stories for the canal job", ""]]])
def test_a_worksheet_may_begin_with_its_title(tmp_path, suffix, label, above):
    """The parts down the first column are one story, and its title no heading of a column."""
    rows = [*above, [label, "Rota"], *_WORKSHEET[1:]]

    (story,) = _loaded(tmp_path, suffix, rows)

    assert {field: getattr(story, field) for field in _TELLS} == _TELLS
    assert not above or above[0][0] in story.notes


@pytest.mark.parametrize("suffix", ["csv", pytest.param("xlsx", marks=NEEDS_OPENPYXL)])
def test_worksheets_stand_one_below_the_other(tmp_path, suffix):
    """Each title begins a story of its own."""
    bank = _loaded(tmp_path, suffix, [*_WORKSHEET, *_SECOND])

    assert [story.title for story in bank] == ["Rota", "Lock gates"]
    assert [story.result for story in bank] == ["All filled", "Nobody waited"]


@pytest.mark.parametrize("suffix", ["csv", pytest.param("xlsx", marks=NEEDS_OPENPYXL)])
def test_worksheets_stand_side_by_side(tmp_path, suffix):
    """A row of several titles tells as many stories, each down its own column."""
    rows = [[*one, other[1]] for one, other in zip(_WORKSHEET, _SECOND, strict=True)]

    bank = _loaded(tmp_path, suffix, rows)

    assert [story.title for story in bank] == ["Rota", "Lock gates"]
    assert [story.action for story in bank] == ["I rang five", "I packed it with ash"]
    assert [story.notes for story in bank] == ["", ""]


def test_titles_alone_are_no_worksheet(tmp_path):
    """A column of titles is a table, also where one of them is called like a part."""
    bank = _loaded(tmp_path, "csv", [["Title", "Team"], ["Result", "Ward 4"], ["Rota", "Ward 5"]])

    assert [story.title for story in bank] == ["Result", "Rota"]


def _loaded(folder, suffix, rows):
    path = folder / f"stories.{suffix}"
    if suffix == "csv":
        path.write_text(csv_text(rows), "utf-8")
    else:
        path.write_bytes(xlsx_bytes(rows))
    return sk.load_stories(path)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "Background|What I had to do|What I did|How it turned out",
            "situation task action result",
        ),
        (
            "Where and when|What was asked of me|How I did it|How it ended",
            "situation task action result",
        ),
        (
            "What was going on|What I was asked to do|What did you do?|What came of it?",
            "situation task action result",
        ),
        ("The scene|My job|Steps I took|What changed", "situation task action result"),
        (
            "What went wrong|What needed doing|What we did|How it went",
            "situation task action result",
        ),
        (
            "How it began|My responsibility|How I handled it|In the end …",
            "situation task action result",
        ),
        (
            "What was at stake|What we had to do|What I actually did|The difference it made",
            "situation task action result",
        ),
    ],
)
def test_everyday_headings_are_known(tmp_path, headings, fields):
    """Columns headed as people speak are the parts that they say."""
    path = tmp_path / "stories.csv"
    rows = [["Name", *headings.split("|")], ["Fog on the rafts", "one", "two", "three", "four"]]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    [story] = sk.load_stories(path)

    assert fields.split() == list(story.parts)
    assert list(story.parts.values()) == ["one", "two", "three", "four"]
    assert not story.notes


@pytest.mark.parametrize(
    "heading",
    [
        *("Example", "Example name", "My example", "Incident", "Subject", "Short name", "Heading"),
        *("What it was", "Event", "Project"),
    ],
)
def test_a_title_column_may_have_another_name(tmp_path, heading):
    """Below a caption and an empty row, too; the place beside it is the source."""
    rows = [
        ["My interview examples", "", "", ""],
        ["", "", "", ""],
        [heading, "Where", "What I did", "How it turned out"],
        ["Flood in section F", "Bexcombe", "I pumped it", "Went off fine"],
        ["Kiln door", "", "I clamped it", "Fired on time"],
    ]
    first, second = _loaded(tmp_path, "csv", rows)

    assert (first.title, second.title) == ("Flood in section F", "Kiln door")
    assert (first.source, first.notes) == ("Bexcombe", "My interview examples")


def test_a_plainer_name_goes_first(tmp_path):
    """Such a word is a heading like others beside one that names the field, or no part at all."""
    rows = [
        ["Subject", "Title", "Employer", "Where", "Action"],
        ["Care", "Rota", "NHS", "4", "Rang"],
    ]
    (story,) = _loaded(tmp_path, "csv", rows)

    assert (story.title, story.source) == ("Rota", "NHS")
    assert story.notes == "Subject: Care\n\nWhere: 4"
    with pytest.raises(sk.FileError, match=r"no column has the titles.*'Subject', 'Ward'"):
        loaded(tmp_path, "Subject,Ward\nRota,4\n")


@pytest.mark.parametrize("heading", ["#", "No.", "Number", "Story no", "ID"])
def test_numbered_stories_are_called_by_their_first_words(tmp_path, heading):
    """A column of numbers names no story: its first words do, and the number two that are alike."""
    long = "The kiln door jammed on the night before the county show and nobody had a key"
    rows = [
        [heading, "Situation", "What I did"],
        ["1", long, "I clamped it"],
        ["2", "", "I rang them."],
        ["3", "", "I rang them."],
    ]
    bank = _loaded(tmp_path, "csv", rows)

    assert bank.titles == (
        "The kiln door jammed on the night before the county show …",
        "I rang them",
        "I rang them (3)",
    )
    assert bank["I rang them"].action == "I rang them."


def test_words_in_a_column_of_numbers_are_titles(tmp_path):
    """Where somebody wrote names under "No.", the names stay; beside a title the column is a note."""
    named = _loaded(tmp_path, "csv", [["No", "Action"], ["Rota", "I rang"]])
    beside = _loaded(tmp_path, "csv", [["No", "Title", "Action"], ["3", "Rota", "I rang"]])

    assert named.titles == beside.titles == ("Rota",)
    assert beside["Rota"].notes == "No: 3"


@pytest.mark.parametrize(
    ("above", "headings"),
    [
        ("My interview examples,,\n,,\n", "'Thing', 'Who', 'What I did'"),
        ("Stories,,\n", "'Which one', 'Bit', 'Piece'"),
        ("Stories\n2024\n\n", "'Theme', 'Tale', 'Outcome'"),
    ],
)
def test_the_error_names_the_row_of_headings(tmp_path, above, headings):
    """The caption above it is none."""
    row = headings.replace("'", "").replace(", ", ",")
    with pytest.raises(sk.FileError, match=re.escape(f"(columns: {headings})")):
        loaded(tmp_path, f"{above}{row}\nThe wrong plot,Den,I dug\n")
    with pytest.raises(sk.FileError, match=re.escape(f"its columns are {headings}")):
        loaded(tmp_path, f"{above}{row}\nThe wrong plot,Den,I dug\n", columns={"Nam": "title"})


def test_a_worksheet_may_call_its_title_an_example(tmp_path):
    """Down the first column such a word names the title, too."""
    (story,) = _loaded(tmp_path, "csv", [["Example", "Rota"], *_WORKSHEET[1:]])

    assert {field: getattr(story, field) for field in _TELLS} == _TELLS


def test_columns_that_are_not_known_are_named(tmp_path):
    """A column that is no field's is named when something stands in it, and no second title is."""
    path = tmp_path / "stories.csv"
    path.write_text("Title,Name,Ward,Empty,Outcome\nRota,Anna,4,,No gap\n", encoding="utf-8")

    assert unknown_columns(path) == ("Ward",)
    assert unknown_columns(path, columns={"Ward": "source"}) == ()
