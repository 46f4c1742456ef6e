"""Adverts: lines, marks, headings and sections, with offsets that stay true to the text."""

import datetime as dt
import json
import pickle
import re
import textwrap
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from starkit.adverts import Advert, Line, Section, SectionKind, split_sentences
from starkit.adverts.headings import column_role
from starkit.data import read_json, read_text
from starkit.errors import AdvertError

LABELLED = json.loads((Path(__file__).parent / "data" / "headings.json").read_text("utf-8"))


def texts(lines: Sequence[Line]) -> list[str]:
    """Return the words of the lines."""
    return [line.text for line in lines]


def outline(text: str) -> list[tuple[str, str, str, list[str]]]:
    """Return kind, priority, title and body of each section, for short expectations."""
    return [
        (str(section.kind), section.priority, section.title, texts(section.body))
        for section in Advert(text).sections
    ]


def marked(text: str) -> list[tuple[str, str]]:
    """Return text and mark of the lines that are no headings."""
    return [(line.text, line.mark) for line in Advert(text).lines if not line.is_heading]


# --- the value ------------------------------------------------------------------------------------


def test_advert_keeps_its_text() -> None:
    """The text is what every offset counts in, so nothing is changed in it."""
    text = "\ufeff Cook\r\n\u200b• A\u00a0pan \r\n"

    advert = Advert(text, title="Cook", closes=dt.date(2026, 12, 6))

    assert text == advert.text
    assert ["Cook", "A\u00a0pan"] == texts(advert.lines)


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff\u200b", "---\n***\n•"])
def test_advert_without_words_has_no_sections(text: str) -> None:
    """An advert may be empty; only using it further is an error, and not of this class."""
    advert = Advert(text)

    assert () == advert.lines
    assert () == advert.sections


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": b"Cook"}, "text"),
        ({"text": None}, "text"),
        ({"text": "Cook", "title": None}, "title"),
        ({"text": "Cook", "closes": "2026-12-06"}, "closes"),
        ({"text": "Cook", "closes": dt.datetime(2026, 12, 6, tzinfo=dt.UTC)}, "closes"),
    ],
)
def test_advert_refuses_wrong_types(values: dict[str, object], field: str) -> None:
    """A wrong type is our own error at once, and names the field."""
    with pytest.raises(AdvertError, match=field):
        Advert(**values)  # type: ignore[arg-type]


def test_advert_is_a_plain_value() -> None:
    """Adverts are frozen, equal by their fields, and can be hashed, pickled and changed by copy."""
    advert = Advert("Essential\n• SQL", title="Analyst")
    before = advert.sections

    again = pickle.loads(pickle.dumps(advert))  # noqa: S301

    assert advert == again == Advert("Essential\n• SQL", title="Analyst")
    assert hash(advert) == hash(again)
    assert before == again.sections
    assert before is advert.sections
    assert () == attrs.evolve(advert, text="").sections
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        advert.text = ""  # type: ignore[misc]


def test_kinds_that_ask() -> None:
    """Six kinds of section say what a candidate has to show; duties and benefits do not."""
    asking = {kind.value for kind in SectionKind if kind.asks}

    expected = {"requirements", "qualifications", "experience", "skills", "knowledge", "attributes"}
    assert expected == asking


# --- headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "kind", "priority"), LABELLED["headings"])
def test_heading_over_a_list(heading: str, kind: str, priority: str) -> None:
    """A2: what a heading says decides most of what its lines mean."""
    text = f"Housekeeper\n\nA house by the sea.\n\n{heading}\n- First of the list\n- Second of it\n"

    section = Advert(text).sections[-1]

    assert (kind, priority) == (section.kind, section.priority)
    assert ["First of the list", "Second of it"] == texts(section.body)


@pytest.mark.parametrize("shape", ["{}", "- {}", "{}\n", "• {}", "1) {}"])
@pytest.mark.parametrize("line", LABELLED["lines"])
def test_requirement_is_no_heading(line: str, shape: str) -> None:
    """A2: a requirement that sounds like a heading stays a requirement, whatever its bullet."""
    item = shape.format(line)
    before, after = shape.format("Neat handwriting"), shape.format("Good with numbers")

    advert = Advert(f"Requirements\n{before}\n{item}\n{after}\n")

    assert ["Neat handwriting", line, "Good with numbers"] == texts(advert.sections[-1].body)


def test_most_unusual_headings_are_read() -> None:
    """A2: headings that no list has are read by their telling words, most of them rightly."""
    right = 0
    for heading, kind, priority in LABELLED["unusual"]:
        section = Advert(f"Cleaner\n\nA tidy house.\n\n{heading}\n- A\n- B\n").sections[-1]
        right += (kind, priority) == (section.kind, section.priority)

    assert right >= 0.85 * len(LABELLED["unusual"])


def test_criteria_named_like_other_sections() -> None:
    """A2: within a person specification "Equality" and "Team work" are criteria."""
    text = (
        "Person specification\nCriteria\tEssential\tDesirable\n"
        "Equality and diversity\tFairness\tTact\n\n"
        "Team work\n\nEssential\n- Sharing\n\nEquality\n\nEssential\n- Respect\n"
    )

    assert [("Fairness", True), ("Tact", True), ("Sharing", True), ("Respect", True)] == [
        (line.text, section.kind.asks) for section in Advert(text).sections for line in section.body
    ]


def test_labelled_lists_are_long_enough() -> None:
    """The measure of headings rests on at least 80 headings and 40 other lines."""
    assert len(LABELLED["headings"]) >= 80
    assert len(LABELLED["lines"]) >= 40


def test_packaged_headings_name_known_kinds() -> None:
    """The word list says where it came from and uses kinds that exist; phrases stand once."""
    data = read_json("headings.json")

    kinds = {*data["phrases"], *data["topics"], *(kind for kind, _, _ in data["lead_ins"])}
    phrases = [phrase for listed in data["phrases"].values() for phrase in listed]
    phrases += [phrase for listed in data["priorities"].values() for phrase in listed]

    assert data["source"]
    assert kinds <= set(SectionKind)
    assert {"essential", "desirable"} == set(data["priorities"])
    assert len(phrases) >= 150
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize(
    ("line", "title", "kind", "rest"),
    [
        (
            "Essential: a full driving licence",
            "Essential",
            "requirements",
            "a full driving licence",
        ),
        ("Qualifications - degree in law", "Qualifications", "qualifications", "degree in law"),
        ("**Skills:** SQL and Excel", "Skills:", "skills", "SQL and Excel"),
        (
            "Your qualifications The successful candidate must hold QTS.",
            "Your qualifications",
            "qualifications",
            "The successful candidate must hold QTS.",
        ),
        (
            "PERSON SPECIFICATION Applicants need tact and patience.",
            "PERSON SPECIFICATION",
            "requirements",
            "Applicants need tact and patience.",
        ),
        (
            "About You You will be calm under pressure.",
            "About You",
            "requirements",
            "You will be calm under pressure.",
        ),
        (
            "Personal qualities You are warm and well organised.",
            "Personal qualities",
            "attributes",
            "You are warm and well organised.",
        ),
        (
            "Interested? Ring Tamsin on 01632 960733 today.",
            "Interested",
            "application",
            "Ring Tamsin on 01632 960733 today.",
        ),
        (
            "Key Responsibilities Preparation and update of procedures",
            "Key Responsibilities",
            "duties",
            "Preparation and update of procedures",
        ),
        ("What we offer – a van and a phone", "What we offer", "benefits", "a van and a phone"),
    ],
)
def test_heading_with_text_on_its_line(line: str, title: str, kind: str, rest: str) -> None:
    """A heading fused into a line is cut off, and both parts keep their offsets."""
    advert = Advert(f"Clerk wanted\n\n{line}\n")

    section = advert.sections[-1]

    assert (title, kind, [rest]) == (section.title, section.kind, texts(section.body))
    assert rest == advert.text[section.body[0].start : section.body[0].end]


@pytest.mark.parametrize(
    "line",
    [
        "Skills Trainer wanted for a college in Leeds",
        "Benefits Advisor with three years of casework",
        "Experience Manager for our new museum",
        "The Company Secretary reports to the board of directors",
        "Knowledge of: first aid, manual handling and infection control",
        "Company law, contract law and tort",
        "See https://jobs.example/skills for more",
    ],
)
def test_line_that_only_begins_like_a_heading(line: str) -> None:
    """A line is cut only where a sentence begins behind the heading."""
    advert = Advert(f"Requirements\n{line}\nA calm manner\n")

    assert [line, "A calm manner"] == texts(advert.sections[-1].body)


def test_headings_inside_a_paragraph() -> None:
    """An advert that lost its line breaks still has its headings, where colons follow them."""
    text = (
        "We bake bread. Essential: a food hygiene certificate and early starts. "
        "Desirable: a driving licence. What we offer: free bread."
    )

    assert [
        ("summary", "", "", ["We bake bread."]),
        (
            "requirements",
            "essential",
            "Essential",
            ["a food hygiene certificate and early starts."],
        ),
        ("requirements", "desirable", "Desirable", ["a driving licence."]),
        ("benefits", "", "What we offer", ["free bread."]),
    ] == outline(text)


def test_lead_in_at_the_end_of_a_paragraph() -> None:
    """The sentence that leads into a list is a heading; those before it stay text."""
    text = "We run a busy ward. On a typical shift you will:\n• wash patients\n• write notes\n"

    assert [
        ("summary", "", "", ["We run a busy ward."]),
        ("duties", "", "On a typical shift you will:", ["wash patients", "write notes"]),
    ] == outline(text)


def test_lead_in_with_a_number_stays_a_requirement() -> None:
    """A lead-in that asks for years is a line of its own: as a heading it would be lost."""
    asked = "You must have a full driving licence and:"
    years = "3+ years of experience in one of the following:"

    body = texts(Advert(f"Chef\n{asked}\n• calm\n{years}\n• Java\n").lines)

    assert ["Chef", asked, "calm", years, "Java"] == body
    assert not any(line.is_heading for line in Advert(f"{asked}\n• A\n{years}\n• B").lines)


# --- sections -------------------------------------------------------------------------------------


def test_text_before_any_heading_is_summary() -> None:
    """The first section has no title."""
    assert [("summary", "", "", ["Cook", "A cook for our café."])] == outline(
        "Cook\n\nA cook for our café.\n"
    )


def test_priority_under_topic() -> None:
    """A2: "Essential" below "Experience" is essential experience; the next topic begins afresh."""
    text = (
        "Person specification\nExperience\nEssential\n• A\nDesirable\n• B\n"
        "Skills\nEssential\n• C\nPersonal qualities\n• D\n"
    )

    sections = [section for section in Advert(text).sections if section.body]

    assert [
        ("experience", "essential", "A"),
        ("experience", "desirable", "B"),
        ("skills", "essential", "C"),
        ("attributes", "", "D"),
    ] == [(section.kind, section.priority, section.body[0].text) for section in sections]
    assert "Person specification: Experience: Essential" == sections[0].label


def test_topic_under_priority() -> None:
    """A2: topics right below "Essential" are essential until "Desirable" comes."""
    text = "ESSENTIAL\nQualifications\n• A\nSkills\n• B\nDESIRABLE\nSkills\n• C\nBenefits\n• D\n"

    assert [
        ("qualifications", "essential", "Qualifications", ["A"]),
        ("skills", "essential", "Skills", ["B"]),
        ("skills", "desirable", "Skills", ["C"]),
        ("benefits", "", "Benefits", ["D"]),
    ] == [section for section in outline(text) if section[3]]


def test_topic_after_nice_to_have_is_not_desirable() -> None:
    """A2: a topic that follows the lines of "Nice to have" stands beside it, not below it."""
    text = "Requirements\n• A\nNice to have\n• B\nEducation\n• C\n"

    assert ["", "desirable", ""] == [section.priority for section in Advert(text).sections]


def test_facts_do_not_swallow_the_text_after_them() -> None:
    """A label such as "Salary: ..." is one line; what follows goes on as before."""
    text = (
        "Chef\nSalary: £30,000\nLocation: Leeds\nClosing date: 6 December 2026\n\n"
        "We want a chef with three years behind the stove.\n\nRequirements\n• A\nHours: 40\n• B\n"
    )

    expected = {"We want a chef with three years behind the stove.": "summary"}
    expected |= {"A": "requirements", "B": "requirements", "40": "terms", "Leeds": "terms"}
    found = {
        line.text: str(section.kind)
        for section in Advert(text).sections
        for line in section.body
        if line.text in expected
    }

    assert expected == found


def test_unknown_heading_does_not_end_the_requirements() -> None:
    """A2: ending a section too soon loses requirements, so an unknown heading may stand in it."""
    text = "Person specification\n\nSkills\n• A\n\nWelsh language\n• B\n\nOther\nEssential\n• C\n"

    assert [
        ("skills", "", "Skills", ["A"]),
        ("requirements", "", "Welsh language", ["B"]),
        ("requirements", "essential", "Essential", ["C"]),
    ] == [section for section in outline(text) if section[3]]


def test_unknown_heading_on_a_par_in_markdown() -> None:
    """Where Markdown says that an unknown heading is on a par, it ends the section before it."""
    text = "## Requirements\n- A\n\n### Lore\n- B\n\n## Lore\n- C\n"

    assert ["requirements", "requirements", "other"] == [
        str(section.kind) for section in Advert(text).sections
    ]


def test_role_with_a_list_is_duties() -> None:
    """A list under "The role" says what the work is; a paragraph there sums the job up."""
    assert "duties" == Advert("The role\n• A\n• B\n• C\n").sections[0].kind
    assert "summary" == Advert("The role\nYou run the till.\n").sections[0].kind


@pytest.mark.parametrize(
    "heading",
    ["ABOUT US", "About us:", "## About us", "**About us**", "About us\n========", "💼 About us",
     "1. About us", "=== About us ===", "About us -", "About  us", "__About us__:", "• About us:"],
)  # fmt: skip
def test_heading_in_many_styles(heading: str) -> None:
    """Capitals, colons, emoji, numbers, Markdown and underlines do not hide a heading."""
    section = Advert(f"Cook\n\n{heading}\n- We bake.\n").sections[-1]

    assert (SectionKind.COMPANY, ["We bake."]) == (section.kind, texts(section.body))
    assert "about us" == " ".join(section.title.lower().strip(":- ").split())


# --- bullets and wrapped lines --------------------------------------------------------------------


@pytest.mark.parametrize(
    "bullet",
    ["•", "–", "—", "*", "·", "▪", "▫", "■", "□", "●", "○", "◦", "‣", "⁃", "-", "+", ">", "✓", "✔",
     "➢", "►", "➤", "→", "»", "o", "1.", "12)", "(3)", "a)", "(a)", "b.", "ii.", "iv)", "1.2", "🔧",
     "✅", "👩‍🍳", "☎️", "\uf0b7", "\uf0a7", "§", "Ø", "• 1."],
)  # fmt: skip
def test_bullet(bullet: str) -> None:
    """Bullets of every kind are kept apart from the words."""
    line = Advert(f"  {bullet}\tSkim milk").lines[0]

    assert (bullet, "Skim milk") == (line.bullet, line.text)


@pytest.mark.parametrize(
    "line",
    ["5 years in sales", "2.5 years in sales", "+44 1632 960001", "-5 degrees in the cold store",
     ".NET and C#", "10% travel", "o'clock starts", "i.e. by hand", "A level maths", "3D printing",
     "£12 an hour", "#1 in the market", "1.1m customers", "e.g. Excel", "C# or C++"],
)  # fmt: skip
def test_no_bullet(line: str) -> None:
    """Numbers, signs and letters that belong to the words are no bullets."""
    found = Advert(f"Requirements\n{line}\nand more").lines[1]

    assert ("", line) == (found.bullet, found.text)


def test_list_flattened_to_one_line() -> None:
    """A list that lost its line breaks is cut at its signs."""
    text = "Requirements: • SQL • Excel, e.g. pivot tables • Tact"

    assert ["SQL", "Excel, e.g. pivot tables", "Tact"] == texts(Advert(text).sections[-1].body)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_numbers_without_a_full_stop(between: str) -> None:
    """They list when they count up from 1 on three lines or more, and are words elsewhere."""
    counted = between.join(["1 To lead", "2 To plan", "3 To teach"])
    alone = between.join(["1 Saturday a month", "3 Bank holidays", "2 To plan"])

    assert [(line.bullet, line.text) for line in Advert(counted).lines] == [
        ("1", "To lead"),
        ("2", "To plan"),
        ("3", "To teach"),
    ]
    assert [line.bullet for line in Advert(alone).lines] == ["", "", ""]


def test_sign_on_a_line_of_its_own() -> None:
    """A bullet that stands alone, as PDFs have it, belongs to the next line."""
    line = Advert("Skills\n•\nSQL\n").lines[1]

    assert ("•", "SQL") == (line.bullet, line.text)


def test_wrapped_lines_are_one() -> None:
    """Lines broken by an e-mail program are joined; the text still equals the slice."""
    text = (
        "- mark and assess work in line with the department's feedback policy, and\n"
        "  report on progress to parents\n"
        "- act as form tutor\n"
    )
    advert = Advert(text)

    joined = text[2 : text.index("\n- act")]
    assert [joined, "act as form tutor"] == texts(advert.lines)
    assert "policy, and\n  report" in joined


@pytest.mark.parametrize(
    "second",
    ["- tidy the store", "Tidy the store every evening", "", "• tidy the store", "1. tidy it"],
)
def test_lines_that_are_not_wrapped(second: str) -> None:
    """A bullet, a capital or an empty line begins something new."""
    first = "keep the shop floor, the till and the shop window clean at all times today"
    text = f"{first}\n{second}\nand so on"

    assert first == Advert(text).lines[0].text


def test_long_lines_were_never_wrapped() -> None:
    """A block with a line of more than 100 characters was not wrapped by a program."""
    long = "experience of " + "very " * 20 + "busy kitchens"
    text = f"{long}\nexperience of quiet kitchens that are run by somebody who is calm\nflair"

    assert 3 == len(Advert(text).lines)


_WRAPPED = (
    "The bell founder keeps the oldest pit in the county and casts for towers at home and abroad, from "
    "the first drawing to the day of hanging. You will carry out castings to the letter of the Sandwell "
    "Code of Practice, and look after the ringers who come to see their bell poured. You lead a gang of "
    "four at the pit: ramming the loam, drying the moulds, and getting the metal in before the heat goes "
    "down. You work to the furnace and to nobody's clock – that means some pours at five in the morning."
)


@pytest.mark.parametrize("width", range(50, 141))
def test_a_paragraph_broken_at_any_width_is_one_line(width: int) -> None:
    """Editors break at 50 to 140 characters; colons, dashes and names at the break change nothing."""
    heading, item = (
        "What the work is",
        "Keep the log of every melt, with its weights and the hour at which it was poured, in ink",
    )
    broken = "\n".join(textwrap.wrap(_WRAPPED, width, break_on_hyphens=False))
    under = "\n".join(textwrap.wrap(f"- {item}", width, subsequent_indent="  "))
    lines = Advert(f"{heading}\n\n{broken}\n\n{under}\n- Sweep the pit\n").lines
    read = [
        " ".join(line.text[start:end].split())
        for line in lines
        for start, end in split_sentences(line.text)
    ]

    # Where a sentence ends with its line, the next may be a line of its own.
    assert [heading, *(_WRAPPED[slice(*span)] for span in split_sentences(_WRAPPED))] == read[:-2]
    assert [item, "Sweep the pit"] == read[-2:]


@pytest.mark.parametrize(
    "items",
    [
        # Lists without bullets, long and short, in lower case and in upper.
        ["pricking out the seedlings of the spring bedding, and potting them on in the long house behind the wall",
         "the watering of the frames every evening, and airing them on every dry morning of March and of April",
         "care of the tools"],
        ["Sharpening and setting of the rip saws, the band saws and the circular saws of three yards",
         "Felling with an axe and a crosscut on the slopes where no machine may go, all through the winter and spring",
         "Keep the kettle on"],
        ["laying of hedges in the Midland style", "building of dry stone walls", "coppicing"],
    ],
)  # fmt: skip
def test_items_without_bullets_stay_apart(items: list[str]) -> None:
    """A list that came without its bullets is no wrapped paragraph, whatever its width."""
    assert items == texts(Advert("You will do:\n" + "\n".join(items)).lines)[1:]


# --- tables and marks -----------------------------------------------------------------------------


def test_table_with_columns_of_words() -> None:
    """A cell under "Essential" is essential; the first column names its row."""
    text = (
        "Person specification\nCriteria\tEssential\tDesirable\tAssessed by\n"
        "Qualifications\tDegree in law\tMaster's degree\tA/C\n"
        "Skills\tTact; patience\t\tI\n"
        "\tTyping\tShorthand\tT\n"
    )

    assert [
        ("Degree in law", "essential"),
        ("Master's degree", "desirable"),
        ("Tact; patience", "essential"),
        ("Typing", "essential"),
        ("Shorthand", "desirable"),
    ] == marked(text)
    assert ["requirements", "qualifications", "skills"] == [
        str(section.kind) for section in Advert(text).sections
    ]


@pytest.mark.parametrize("separator", ["\t", " | ", "     "])
@pytest.mark.parametrize("tick", ["✓", "✔", "X", "*", "Yes", "E", "★"])
def test_table_with_columns_of_ticks(separator: str, tick: str) -> None:
    """A tick, a cross, a star or a letter marks the criterion beside it."""
    yes, no = tick, "-"
    rows = [
        ("Criterion", "Essential", "Desirable", "How assessed"),
        ("Degree in law", yes, no, "A"),
        ("Welsh speaker", no, "D" if tick == "E" else tick, "I"),
    ]
    width = 16 if separator.isspace() and len(separator) > 1 else 0
    text = "\n".join(separator.join(cell.ljust(width) for cell in row) for row in rows)

    assert [("Degree in law", "essential"), ("Welsh speaker", "desirable")] == marked(text)


def test_markdown_table() -> None:
    """A Markdown table loses its strokes and its line of dashes."""
    text = (
        "| Criteria | Essential | Desirable |\n|---|:---:|---|\n"
        "| SQL | ✓ | |\n| Rust | | ✓ |\n\nBenefits\n- A van\n"
    )

    assert [("SQL", "essential"), ("Rust", "desirable"), ("A van", "")] == marked(text)


def test_table_with_one_column_of_letters() -> None:
    """A column headed "E/D" says of each row whether it is essential."""
    text = "Criteria\tE/D\tMeasured by\nSQL\tE\tApplication form, interview\nRust\tD\tTest\n"

    assert [("SQL", "essential"), ("Rust", "desirable")] == marked(text)


def test_table_without_header() -> None:
    """Cells at the end of a row that say "Essential" in full need no header."""
    text = "Person specification\nSQL\tEssential\nRust\tDesirable\n"

    assert [("SQL", "essential"), ("Rust", "desirable")] == marked(text)


def test_rows_that_lost_their_empty_cells() -> None:
    """Cells whose column cannot be known have no mark of their own; codes are left out."""
    text = (
        "Criteria\tEssential\tDesirable\tAssessed by\n\nSkills\nEssential\nTact\tA/I\n"
        "Desirable\nWelsh\tI\n"
    )

    assert [("Tact", ""), ("Welsh", "")] == marked(text)
    assert ["", "essential", "desirable"] == [
        section.priority for section in Advert(text).sections[1:]
    ]


def test_table_of_one_cell_a_line_with_whole_rows() -> None:
    """One cell a line is read when every row ends in its codes."""
    text = (
        "Criteria\nEssential\nDesirable\nAssessed by\n"
        "Skills\nTact\nWelsh\nA/I\n"
        "Education\nDegree in law\nPhD\nA, C\n"
        "How to apply\nBy letter.\n"
    )

    assert [
        ("Tact", "essential"),
        ("Welsh", "desirable"),
        ("Degree in law", "essential"),
        ("PhD", "desirable"),
        ("By letter.", ""),
    ] == marked(text)


def test_table_of_one_cell_a_line_with_gaps() -> None:
    """Where empty cells left no line, nothing is guessed: no mark, and not all "desirable"."""
    text = "Essential\nDesirable\nAssessed by\nTact\nA/I\nWelsh\nRust\nT\n"
    advert = Advert(text)

    assert [("Tact", ""), ("Welsh", ""), ("Rust", "")] == marked(text)
    assert {("requirements", "")} == {
        (str(section.kind), section.priority) for section in advert.sections if section.body
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["SQL (E)", "Rust (D)"], ["SQL essential", "Rust desirable"]),
        (["SQL [E].", "Rust [D]"], ["SQL essential", "Rust desirable"]),
        (["SQL (E) A/I", "Rust (D) T"],
         ["SQL (E) A/I ", "Rust (D) T "]),
        (["A: application. I: interview. T: test.", "SQL (E) A/I", "Rust (D) T"],
         ["SQL essential", "Rust desirable"]),
        (["(E) SQL", "(D) Rust"], ["SQL essential", "Rust desirable"]),
        (["E1 SQL", "E2 Tact", "D1 Rust", "D2 Welsh"],
         ["SQL essential", "Tact essential", "Rust desirable", "Welsh desirable"]),
        (["SQL E", "Tact E", "Rust D", "Welsh D"],
         ["SQL essential", "Tact essential", "Rust desirable", "Welsh desirable"]),
        (["SQL (essential)", "Rust – desirable", "Tact [Essential]."],
         ["SQL essential", "Rust desirable", "Tact essential"]),
        (["* Essential: SQL", "* (Desirable) Rust"], ["SQL essential", "Rust desirable"]),
        (["Criteria marked * are essential", "SQL*", "Rust"], ["SQL essential", "Rust "]),
        (["SQL (A, I)", "Rust (A/I/T)", "Tact (I)"], ["SQL ", "Rust ", "Tact "]),
        (["PS1 SQL", "PS2 Rust", "PS3 Tact"], ["SQL ", "Rust ", "Tact "]),
    ],
)  # fmt: skip
def test_codes_and_words_set_apart(lines: list[str], expected: list[str]) -> None:
    """Codes that an advert uses throughout, and words set apart, become marks."""
    text = "Person specification\n" + "\n".join(lines)

    assert expected == [f"{words} {mark}" for words, mark in marked(text)]


@pytest.mark.parametrize(
    "legend",
    ["Key: A = application form, I = interview, T = test, C = certificate, D = disclosure",
     "Key: A = application form, C = certificate, D = disclosure",
     "(A) Application (I) Interview (Q) Qualification certificate",
     "Method of assessment: A Application form, C Certificate, I Interview",
     "AF = application form, QC = qualification certificates, P = presentation",
     "(C) certificates (D) DBS disclosure", "C - Certificate, D - Disclosure",
     "A: CV, C: Certificates of qualification, O: Observation of a lesson"],
)  # fmt: skip
def test_a_legend_is_no_criterion(legend: str) -> None:
    """A1: a line that explains codes asks for nothing, whatever papers it names."""
    assert [("Tact", "")] == marked(f"Person specification\nTact\n\n{legend}")


@pytest.mark.parametrize(
    "line",
    ["C - level English, D - level maths", "Certificate A = advanced", "GCSE: certificates in maths"],
)  # fmt: skip
def test_codes_without_ways_to_assess_are_no_legend(line: str) -> None:
    """A2: what has codes but no ways to assess stays a criterion."""
    assert [("Tact", ""), (line, "")] == marked(f"Person specification\nTact\n{line}")


@pytest.mark.parametrize(
    "line",
    ["Vitamin D", "Licence category E", "A grade D", "Plan E", "GCSE at grade D or E",
     "Knowledge of R&D", "Work with vitamins A, C and D", "SQL (E)", "Not essential",
     "English (essential for this role)", "C1 English", "Category C+E", "Sage, CRM", "Java EE"],
)  # fmt: skip
def test_letters_that_are_no_codes(line: str) -> None:
    """A2: a letter that the advert does not use as a code belongs to the words."""
    assert [(line, ""), ("Tact", "")] == marked(f"Person specification\n{line}\nTact")


def test_letters_that_are_no_codes_beside_codes() -> None:
    """Even where E and D are codes, "vitamin D" and "category E" stay whole."""
    text = (
        "Person specification\nE = essential, D = desirable\n"
        "Knowledge of vitamin D\nSQL E\nRust D\nLicence category E\n"
    )

    assert [
        ("Knowledge of vitamin D", ""),
        ("SQL", "essential"),
        ("Rust", "desirable"),
        ("Licence category E", ""),
    ] == marked(text)


# --- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Use Node.js. And .NET? Yes!", ["Use Node.js.", "And .NET?", "Yes!"]),
        ("Tools, e.g. Excel, i.e. Microsoft's.", ["Tools, e.g. Excel, i.e. Microsoft's."]),
        ("Excel, Word etc. You type.", ["Excel, Word etc.", "You type."]),
        ("Room No. 1 is ours. No. We moved.", ["Room No. 1 is ours.", "No.", "We moved."]),
        ("Ask Dr. Smith or Mr J. Doe. Please.", ["Ask Dr. Smith or Mr J. Doe.", "Please."]),
        ("A team of c. 12, p. 3. Budget (c. £9k).", ["A team of c. 12, p. 3.", "Budget (c. £9k)."]),
        ("Est. 1850, vol. 3, pp. 4 to 9. Ca. 5 ref. AB12 w/c. 4 May.",
         ["Est. 1850, vol. 3, pp. 4 to 9.", "Ca. 5 ref. AB12 w/c. 4 May."]),
        ("Written in C. 12 of us. To ref. We write.",
         ["Written in C.", "12 of us.", "To ref.", "We write."]),
        ("A 2.5 year post. Apply", ["A 2.5 year post.", "Apply"]),
        ("Written in C. We like it (really.) Do you?",
         ["Written in C.", "We like it (really.)", "Do you?"]),
        ("  One…  Two\nthree. ", ["One…", "Two\nthree."]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    """Sentences end at full stops, but not at those of abbreviations and names."""
    assert expected == [text[start:end] for start, end in split_sentences(text)]


def test_sentences_count_from_the_line() -> None:
    """With the line's start, offsets count in the advert."""
    advert = Advert("About you\nYou type. You listen.")
    line = advert.lines[1]

    spans = split_sentences(line.text, line.start)

    assert ["You type.", "You listen."] == [advert.text[start:end] for start, end in spans]


# --- what always holds ----------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        "Essential",
        "Desirable",
        "Person specification",
        "Experience:",
        "What we offer",
        "About us",
        "Criteria\tEssential\tDesirable\tAssessed by",
        "Skills\tSQL\tRust\tA/I",
        "| SQL | ✓ | |",
        "SQL (E)",
        "Rust (D)",
        "Welsh D",
        "E1 Tact",
        "PS1 One",
        "• Java • Kotlin",
        "- type letters",
        "•",
        "---",
        "1. Drive",
        "You must have: tact. You will:",
        "Your skills You will be calm and kind today.",
        "Salary: £30,000",
        "## Requirements",
        "**Bold** words",
        "=== Perks ===",
        "💼 The role",
        "experience of kitchens that are so busy that nobody has time to read this",
        "and flour",
        "A = application, I = interview",
        "Assessed by",
        "Yes",
        "✓",
        "A/I",
        "\u200b\ufeff",
        "e\u0301te\u0301",
        "\u202bשלום\u202c",
        "so\u00adlic\u00aditor",
        "\x0b",
        "\x85",
        "x" * 70,
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", " ", "\t", "\u2028", ". ", "  "])
ADVERTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(FRAGMENTS, BREAKS), max_size=25).map(
        lambda parts: "".join(part for pair in parts for part in pair)
    ),
)

# What a reader of an advert may lose with the words left whole: codes, ticks and set-apart words.
CODES = {
    "no",
    "n",
    "y",
    "na",
    "none",
    "a",
    "i",
    "t",
    "c",
    "e",
    "d",
    "x",
    "essential",
    "desirable",
    "assessed",
    "by",
    "yes",
}


def beside_criteria(text: str) -> set[str]:
    """The words that may say how a criterion is assessed, where a header speaks of that: six that end a cell."""
    rows = [re.split(r"\t|\||  +", line) for line in text.splitlines()]
    cells = [cell.strip() for row in rows if len(row) > 1 for cell in row]
    if not any(column_role(cell) == "assessed" for cell in cells if cell):
        return set()
    ends = (
        " ".join(cell.split()[-6:]) for cell in cells
    )  # a cell may be the end of a line that was cut
    return {word for end in ends for word in re.findall(r"[^\W_]+", end.lower())}


@given(ADVERTS)
@example("  E. SKILLS: YOU WILL\tcook")
def test_lines_are_slices_in_order(text: str) -> None:
    """Lines equal their slices, stand in order without overlap, and hold no outer blanks."""
    lines = Advert(text).lines

    assert all(text[line.start : line.end] == line.text == line.text.strip() for line in lines)
    assert all(first.end <= second.start for first, second in pairwise(lines))
    assert list(range(len(lines))) == [line.index for line in lines]
    assert all(re.search(r"[^\W_]", line.text) for line in lines)


@given(ADVERTS)
def test_sections_hold_every_line_once(text: str) -> None:
    """Sections cover their lines, and together they are the lines of the advert."""
    advert = Advert(text)

    assert advert.lines == tuple(line for section in advert.sections for line in section.lines)
    for place, section in enumerate(advert.sections):
        assert section.lines
        assert (section.lines[0].start, section.lines[-1].end) == (section.start, section.end)
        assert {place} == {line.section for line in section.lines}
        assert section.priority in ("", "essential", "desirable")
        assert not section.priority or section.kind.asks


@given(ADVERTS)
@example("ESSENTIAL\t\tASSESSED\r0\t\t0A")
@example("A/I  ESSENTIAL\r0A\t0")
def test_nothing_but_signs_and_codes_is_lost(text: str) -> None:
    """What no line holds is white space, bullets, marks and codes, as a letter alone in a column is."""
    advert = Advert(text)
    rest = list(text)
    for line in advert.lines:
        rest[line.start : line.end] = " " * (line.end - line.start)

    lost = set(re.findall(r"[^\W_]+", "".join(rest).lower()))
    bullets = {
        word for line in advert.lines for word in re.findall(r"[^\W_]+", line.bullet.lower())
    }

    assert {word for word in lost if not word.isdigit() and len(word) > 1} <= (
        bullets | CODES | beside_criteria(text)
    )


@given(ADVERTS)
def test_sentences_are_slices_in_order(text: str) -> None:
    """Sentences stand in order within the text, and only white space is between them."""
    spans = split_sentences(text)

    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


HOSTILE = ["a", " ", "x ", "•", "• a ", "\t", "a\t", "a | ", "-", "A: ", "About You ", "A. ", ".",
           "? A", "(", "(E) ", "E ", "*", "**a", "#", "= ", "a  b", "1.", "A, ", "A = b ", "\u200b",
           "💼", ". Essential: a", "You will ", "[", "a / b ", "it's ", "_", "\uf0b7a"]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_line(unit: str) -> None:
    """A line of 100,000 characters of one kind is read; a pattern that is not linear would hang."""
    text = (unit * (100_000 // len(unit) + 1))[:100_000]

    lines = Advert(f"Requirements\n{text}").lines

    assert all(text[line.start - 13 : line.end - 13] == line.text for line in lines[1:])


def test_long_advert() -> None:
    """An advert of 20,000 lines is read, and each line lands in its section."""
    text = "Essential\n• SQL\nBenefits\n• A van\n" * 5_000

    sections = Advert(text).sections

    assert 10_000 == len(sections)
    assert {"SQL"} == {section.body[0].text for section in sections if section.kind.asks}


# --- the packaged adverts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "kind", "priority", "line"),
    [
        ("nurse.txt", "Essential", "qualifications", "essential", "Degree or diploma in nursing"),
        ("nurse.txt", "Desirable", "experience", "desirable",
         "Experience of co-ordinating a shift"),
        ("hospitality.txt", "Would be lovely", "requirements", "desirable",
         "First aid at work certificate"),
        ("hospitality.txt", "What you’ll get in return", "benefits", "",
         "Company pension & sick pay"),
        ("teacher.txt", "SAFEGUARDING", "other", "", None),
        ("teacher.txt", "Your skills", "skills", "", None),
    ],
)  # fmt: skip
def test_example_advert(name: str, title: str, kind: str, priority: str, line: str | None) -> None:
    """A2: the packaged adverts fall into the sections that a reader sees."""
    advert = Advert(read_text(f"examples/adverts/{name}"))

    found = [
        section
        for section in advert.sections
        if section.title == title and (line is None or line in texts(section.body))
    ]

    assert [(kind, priority)] == [(str(section.kind), section.priority) for section in found]


def test_administrator_codes() -> None:
    """The administrator's person specification marks every criterion by its code."""
    advert = Advert(read_text("examples/adverts/administrator.txt"))

    criteria = {line.bullet: line for line in advert.lines if line.bullet.startswith("PS")}

    assert 18 == len(criteria)
    assert "Use of a finance or e-procurement system" == criteria["PS7"].text
    assert {"essential", "desirable"} == {line.mark for line in criteria.values()}


def test_section_is_a_value() -> None:
    """A section can be built by hand, as other rooms' tests do."""
    line = Line("SQL", 0, 3)

    section = Section("Skills", SectionKind.SKILLS, 0, 3, (line,))

    assert ("Skills", (line,)) == (section.label, section.body)


@pytest.mark.parametrize(
    "wish", ["It would be great if you also had", "Nice if you have", "It would help if you had:"]
)
def test_open_wish_heads_what_is_desirable(wish: str) -> None:
    """A line that wishes and stays open speaks of the lines below it, without a bullet or a gap."""
    text = f"What we need from you\nECS gold card\n{wish}\nExperience with batteries\n"
    last = Advert(text).sections[-1]

    assert ("desirable", ["Experience with batteries"]) == (last.priority, texts(last.body))


@pytest.mark.parametrize(
    ("below", "kind"),
    [
        ("Install and commission solar panels\nKeep customers informed", "duties"),
        ("This is a new post in a growing team.\nIt is full time.", "summary"),
    ],
)
def test_the_job_over_deeds_heads_duties(below: str, kind: str) -> None:
    """A summary over a paragraph is a list of duties over lines that say what is done."""
    last = Advert(f"Electrician\n\nThe job\n{below}\n").sections[-1]

    assert kind == str(last.kind)
