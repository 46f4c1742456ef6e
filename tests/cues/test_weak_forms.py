"""What forms leave beside the criteria: labels, facts, notices, the steps of a selection."""

import pytest

from starkit.adverts import Advert
from starkit.cues.alternatives import find_alternatives
from starkit.cues.asking import read_requirements
from starkit.questions import kind_of


def asked(text: str) -> list[tuple[str, str, str]]:
    """Return the words, kind and priority of what a text asks for."""
    return [
        (" ".join(text[one.start : one.end].split()), str(one.kind), str(one.priority))
        for one in read_requirements(Advert(text))
    ]


def words(text: str) -> list[str]:
    """Return the words of what a text asks for."""
    return [said for said, _, _ in asked(text)]


def test_label_in_bold_is_no_part_of_what_it_labels() -> None:
    """A label that says nothing by itself is left out; one that names a language stays."""
    text = (
        "# Cook\n\n## What you'll do\n\n- **Finding bread.** You'll bake forty loaves a night.\n"
        "- **Numbers:** count the till\n\n## You have\n\n- **German:** B2 or better\n- **Tools:** Excel\n"
    )

    assert words(text) == [
        "You'll bake forty loaves a night",
        "count the till",
        "German:** B2 or better",
        "Excel",
    ]


def test_facts_under_the_title_are_no_duties() -> None:
    """A list below the job's title may be its place and its pay."""
    text = "Letting Negotiator\n- Marlhurst\n- Permanent\n- Hybrid\n\nDuties\n- Show flats\n- Sign leases\n"

    assert words(text) == ["Show flats", "Sign leases"]


@pytest.mark.parametrize(
    "wish", ["Great if you have", "It would be lovely, but is no must, if you also"]
)
def test_open_wish_before_a_list(wish: str) -> None:
    """A2: what stands below an open wish is desirable."""
    text = (
        f"About you\n- Sound knowledge of Java\n- Tact\n\n{wish}\n- Rust\n- Knowledge of Kotlin\n"
    )

    assert [priority for _, _, priority in asked(text)] == ["unstated"] * 2 + ["desirable"] * 2


def test_notices_below_a_person_specification() -> None:
    """Whole sentences under an unknown heading are read as text and not as criteria."""
    text = (
        "Person specification\nEssential\nGood IT skills\nOther\nAble to travel between sites\n\n"
        "Parking and canteens\n"
        "All staff must wear a uniform in every part of the building at all times.\n"
        "New starters must pay for their DBS check in the first month of work.\n"
    )

    assert words(text) == ["Good IT skills", "Able to travel between sites"]


def test_steps_of_a_selection_run_on() -> None:
    """A clause that goes on under the subject of one on applying asks for nothing."""
    text = (
        "Candidates called to interview will be asked to give a talk and will be shown the stores.\n"
        "For a chat please ring the Head, who knows us well and will be glad to tell you more.\n"
    )

    assert words(text) == []


def test_prose_is_cut_where_another_demand_begins() -> None:
    """A degree and years are two; so are a wish and the next; the job title begins another."""
    text = (
        "Candidates must have a degree in history and at least three years' experience of archives. "
        "Membership of the AMA would be an advantage, and so would experience of oral history. "
        "You will answer letters, and the Curator deputises for the Director."
    )

    assert asked(text) == [
        ("Candidates must have a degree in history", "qualification", "essential"),
        ("at least three years' experience of archives", "experience", "essential"),
        ("Membership of the AMA would be an advantage", "qualification", "desirable"),
        ("experience of oral history", "experience", "desirable"),
        ("You will answer letters", "duty", "unstated"),
        ("the Curator deputises for the Director", "duty", "unstated"),
    ]


def test_wish_that_narrows_is_a_wish_of_its_own() -> None:
    """A2: two priorities are two requirements; within a wish list there is one priority."""
    line = "Two years' experience of lettings, ideally in social housing"

    assert asked(f"Essential\n- {line}\n- Tact")[:2] == [
        ("Two years' experience of lettings", "experience", "essential"),
        ("ideally in social housing", "experience", "desirable"),
    ]
    assert asked(f"Desirable\n- {line}\n- Tact")[0] == (line, "experience", "desirable")


def test_item_called_desirable_makes_the_others_essential() -> None:
    """A2: "Requirements" says essential where an item of its list is only wished for."""
    text = "Requirements\n- Sage or IRIS\n- Tact\n- Knowledge of VAT (desirable)"

    assert [priority for _, _, priority in asked(text)] == ["essential", "essential", "desirable"]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Proficiency in C#/.NET or Java/Spring", [["C#/.NET", "Java/Spring"]]),
        ("Experience of rescue work or of oral history", [["rescue work", "oral history"]]),
        ("Knowledge of a WMS (Manhattan or SAP)", [["Manhattan", "SAP"]]),
        ("A solid grasp of Windows 10/11", []),
        ("Experience in a newsroom, local or national", []),
        ("Bilingual (English/Spanish)", []),
    ],
)
def test_choices_and_what_only_looks_like_one(text: str, groups: list[list[str]]) -> None:
    """Pairs with slashes are members; numbers, adjectives behind a noun and two languages are not."""
    found = [[text[start:end] for start, end in group] for group in find_alternatives(text)]

    assert found == groups


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Process payroll for 60 staff", "duty"),
        ("Dispatch orders to customers", "duty"),
        ("Lead organisational change", "duty"),
        ("Process improvement in hospitals", "skill"),
        ("Report writing", "skill"),
    ],
)
def test_deed_by_its_object(text: str, kind: str) -> None:
    """A line that orders something done is a duty, though its verb is a noun as well."""
    assert str(kind_of(text)) == kind
