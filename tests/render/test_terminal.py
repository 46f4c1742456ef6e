"""The pack in the terminal: its width, its length, and nothing that steers the terminal."""

import io
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from starkit.adverts import Advert
from starkit.choosing import Choice
from starkit.findings import Finding, Findings
from starkit.render import (
    findings_terminal,
    pack_fragment,
    pack_markdown,
    pack_page,
    pack_terminal,
    requirements_terminal,
)
from starkit.requirements import Requirement, Requirements

# Surrogates cannot be written to any file and never come from one.
texts = st.text(st.characters(codec="utf-8"), max_size=60)


def printed(what, *, width=80, encoding="utf-8", colour=False):
    """Return what rich prints."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="\n")
    Console(file=file, width=width, force_terminal=colour or None, _environ={}).print(what)
    file.flush()
    return raw.getvalue().decode(encoding)


def test_the_summary_comes_first(pack):
    """Title, facts and how it stands are within the first lines."""
    lines = printed(pack_terminal(pack)).splitlines()

    assert lines[0].startswith("Staff Nurse")
    assert "Thursday 17 December 2026" in lines[1]
    assert "The advert asks for 5 things" in " ".join(lines[:6])


def test_each_requirement_has_a_line_with_its_dots(pack):
    """One line a requirement: how many stories, how sure in a word, and their numbers."""
    lines = printed(pack_terminal(pack)).splitlines()
    [at] = [n for n, line in enumerate(lines) if "Sound knowledge of NEWS2" in line and "●" in line]

    assert lines[at].startswith("●◐ ")
    assert lines[at].rstrip().endswith(" answers: story 1")
    assert lines[at + 1].rstrip().endswith(" may answer: story 2")
    assert any(line.startswith("○○ ") and line.rstrip().endswith("no story yet") for line in lines)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(packs, odd, width):
    """Long words, wide letters and tables stay inside."""
    pack = packs(odd=odd)
    asked = Requirements(item.requirement for item in pack.preparations)
    findings = Findings.joined(item.findings for item in pack.rehearsals)

    for what in (pack_terminal(pack), requirements_terminal(asked), findings_terminal(findings)):
        assert max(cell_len(line) for line in printed(what, width=width).splitlines()) <= width


def test_a_plain_terminal_gets_plain_characters(pack):
    """A terminal without Unicode gets other dots and bullets, and no question marks for them."""
    text = printed(pack_terminal(pack), encoding="ascii")

    assert "*? Sound knowledge of NEWS2" in text
    assert "- I was on nights" in text


def test_user_text_cannot_steer_the_terminal(packs, odd):
    """No escape sequence, bell or markup of the user's gets through."""
    text = printed(pack_terminal(packs(odd=odd)))

    assert not any(char in text for char in "\x1b\x07\x00\u202e")


def test_markup_is_shown_and_not_obeyed(packs):
    """Square brackets are text."""
    assert "[red]markup[/red] :smile:" in printed(
        pack_terminal(packs(odd=" [red]markup[/red] :smile:")), width=200
    )


def test_stories_to_take_come_with_their_reasons(pack):
    """A4: a line for each story and one for each reason, with the words."""
    lines = [line.split() for line in printed(pack_terminal(pack)).splitlines()]
    place = next(number for number, line in enumerate(lines) if line[:2] == ["2", "Rota"])

    assert ["Team", "player", "“team”,", "no", "other", "story"] == lines[place + 1]


def test_colour_is_for_terminals_only(pack):
    """A pipe gets no colours, a terminal does."""
    assert "\x1b[" not in printed(pack_terminal(pack))
    assert "\x1b[" in printed(pack_terminal(pack), colour=True)


@pytest.mark.parametrize(("outlines", "check_ins"), [(0, 0), (1, 1), (5, 2)])
def test_as_many_outlines_as_are_wanted(pack, outlines, check_ins):
    """The first story is told in full; the others are a line each."""
    text = printed(pack_terminal(pack, outlines=outlines))

    assert text.count(" told, about") == check_ins


def test_an_empty_pack_is_told(empty_pack):
    """An advert that asks for nothing."""
    assert "found nothing in this advert" in printed(pack_terminal(empty_pack))


def test_requirements_stand_essential_first():
    """The order of the list is essential, desirable, unstated."""
    asked = Requirements(
        [
            Requirement("Excel", 0, 5, "skill", "desirable"),
            Requirement("Payroll for 3 years", 6, 25, "experience", "essential", (3, None)),
        ]
    )
    text = printed(requirements_terminal(asked), width=120)

    assert text.index("Essential (1)") < text.index("Payroll") < text.index("Desirable (1)")
    assert "experience, 3 years or more" in text


def test_findings_stand_under_their_place():
    """The place once, then what was seen, the rule and what to do."""
    found = Findings(
        [
            Finding("A5", "error", "the result is empty", where="Rota, result", advice="Say it."),
            Finding("beyond", "advice", "it is long", where="Rota, result", advice="Cut it."),
        ]
    )
    text = printed(findings_terminal(found))

    assert text.count("Rota, result") == 1
    assert "to put right   The result is empty. (A5)" in text
    assert "to improve     It is long." in text
    assert "(beyond)" not in text
    assert text.rstrip().endswith("1 thing to put right and 1 thing to improve.")


def test_nothing_found_is_said():
    """An empty list of findings is good news."""
    assert printed(findings_terminal(Findings())).strip() == "Nothing to improve."


@settings(deadline=None)
@given(texts)
def test_any_title_fits(text):
    """A requirement of any text stays within 60 columns."""
    asked = Requirements([Requirement(text, 0, len(text))])

    lines = printed(requirements_terminal(asked), width=60).splitlines()

    assert max(cell_len(line) for line in lines) <= 60


def test_requirements_fit_eighty_columns_and_name_the_job():
    """The title and employer head the list; no line is wider than the terminal."""
    long = "Experience of " + "co-ordinating " * 12 + "shifts"
    asked = Requirements(
        [
            Requirement(long, 0, len(long), "experience", "essential", (1, None)),
            Requirement("Tea [bold]making[/bold]", 200, 223),
        ],
        Advert(long + " " * 40 + "Tea [bold]making[/bold]", title="Nurse", employer="Merrow Trust"),
    )

    lines = printed(requirements_terminal(asked), width=80).splitlines()

    assert "Nurse, Merrow Trust" in lines[0]
    assert max(map(len, lines)) <= 80
    assert any("[bold]" in line for line in lines)
    assert any("1 year" in line for line in lines)


def test_what_is_left_out_is_counted(pack):
    """Gaps and stories that the terminal does not show are counted, with where they are."""
    text = " ".join(printed(pack_terminal(pack), width=400).split())

    assert text.count("--html and --markdown write all of them") == 1
    assert "1 more story to rehearse (2 " in text
    whole = printed(pack_terminal(pack, outlines=len(pack.rehearsals)))
    assert "more story to rehearse" not in whole


@pytest.mark.parametrize(
    "rendered",
    [pack_page, pack_fragment, pack_markdown, lambda pack: printed(pack_terminal(pack), width=400)],
)
def test_stories_that_stay_at_home_are_named(pack, rendered):
    """What is not among the stories to take is named, with the reason; nothing is when all are."""
    before = rendered(pack)
    left = pack.choice.stories[1].story.title
    pack.choice = Choice(pack.choice.stories[:1])
    after = rendered(pack)

    assert "Not among them" not in before
    assert f"Not among them: “{left}”. By the words it answers nothing" in after


@pytest.mark.parametrize(("count", "left"), [(3, 0), (12, 0), (13, 1), (40, 28)])
def test_every_gap_is_named_while_there_is_room(pack, count, left):
    """What is essential first, a line each; the rest is counted."""
    pack.preparations = [
        SimpleNamespace(
            requirement=Requirement(f"skirt type {n}", n * 20, n * 20 + 12 + (n > 9), priority=how),
            standing="gap",
            matches=(),
            questions=(),
            nearest=None,
        )
        for n, how in enumerate([*["desirable"] * (count - 1), "essential"])
    ]
    text = printed(pack_terminal(pack))
    gaps = text.split("No story found yet")[1].split("\n\n")[0].splitlines()
    named = [line for line in gaps if line.startswith("   ○ ")]

    assert named[0].strip() == f"○ Skirt type {count - 1}"
    assert len(named) == count - left
    assert [
        line for line in gaps if "more;" in line and f"and {left} more; --html" not in line
    ] == []
    assert bool(left) == any("more;" in line for line in gaps)


@pytest.mark.parametrize("rendered", [pack_page, pack_markdown, pack_terminal])
def test_a_requirement_in_a_line_of_its_own_begins_with_a_capital(pack, rendered):
    """The words stay the advert's; a name that begins in lower case stays as it is."""
    for prepared, text in zip(
        pack.preparations[-2:], ("have restrung one", "iOS apps"), strict=True
    ):
        prepared.requirement = attrs.evolve(
            prepared.requirement, text=text, start=0, end=len(text), skills=(), alternatives=()
        )
        prepared.nearest = None
    made = rendered(pack)
    text = made if isinstance(made, str) else printed(made)

    assert "Have restrung one" in text
    assert "have restrung one" not in text
    assert "iOS apps" in text
