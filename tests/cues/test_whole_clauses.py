"""What belongs to a demand stays with it: its purpose, its figure, its grade."""

import pytest

from starkit import extract_requirements


def asked(line: str) -> list[tuple[str, str, str]]:
    """Return text, kind and level of what one line under a heading asks for."""
    found = extract_requirements(f"You will need:\n- {line}\n")
    return [(item.text, str(item.kind), item.level) for item in found]


@pytest.mark.parametrize(
    "line",
    [
        "Experience of keeping records so that nothing is missed",
        "Experience of servicing lifts so that every floor has one that runs",
        "Experience of leading a team of c. 12 volunteers",
        "Experience of a consumables budget (c. £9k a year)",
    ],
)
def test_purpose_and_figure_stay(line: str) -> None:
    """A1: a purpose and an estimate are part of what is asked."""
    assert [line] == [text for text, _, _ in asked(line)]


def test_reason_of_the_employer_goes() -> None:
    """A1: what the employer gives as its own reason asks for nothing."""
    assert [text for text, _, _ in asked("Own van, so that we can send you to any site")] == [
        "Own van"
    ]


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("GCSE Maths and English at grade 4 or above, or equivalent", "qualification", "grade 4"),
        ("GCSE English at grade C or better", "qualification", "grade C"),
        ("GCSE English at grades A* to C", "qualification", "grades A* to C"),
        ("GCSE maths at grade 4/C or higher", "qualification", "grade 4/C"),
        ("Piano grade 8 or equivalent", "qualification", "grade 8"),
        ("Grade 5 theory", "qualification", "Grade 5"),
        ("Some evenings and Saturdays in recital season", "eligibility", ""),
        ("Occasional weekends in the lambing season", "eligibility", ""),
    ],
)
def test_kind_and_level(line: str, kind: str, level: str) -> None:
    """A1: a grade ends with its figure, a graded exam is a paper, evenings are a condition."""
    assert asked(line) == [(line, kind, level)]
