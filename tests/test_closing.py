"""Closing questions made of an advert's words: good English, good taste, and the direction asked for."""

import re
from pathlib import Path

import pytest

import starkit as sk

TEXTS = sorted(
    path for path in (Path(__file__).parent / "adverts/texts").iterdir() if path.is_file()
)


def own(requirement, kind):
    """Return the first closing question for an advert of one requirement."""
    return sk.suggest_closing([sk.Requirement(requirement, 0, len(requirement), kind)])[0].text


@pytest.mark.parametrize(
    ("requirement", "kind", "asked"),
    [
        ("**Prepare** the drawings", "duty", "mentions “prepare the drawings”: what would success"),
        (
            "The post holder will take blood samples, ensuring that each is labelled",
            "duty",
            "mentions “take blood samples”",
        ),
        (
            "At least three years' experience of working with museum collections",
            "experience",
            "asks for experience of “working with museum collections”: what would that involve",
        ),
        (
            "Ability to explain risk simply",
            "skill",
            "somebody who can “explain risk simply”: where",
        ),
        ("Good knowledge of HACCP", "knowledge", "asks for knowledge of “HACCP”: where"),
        ("Resilience in a noisy hall", "attribute", "“resilience in a noisy hall”: when does"),
    ],
)
def test_own_questions_quote_what_is_asked(requirement, kind, asked):
    """Without lead-in, years, markup and what follows."""
    assert asked in own(requirement, kind)


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("Minimum 12 months' hospital experience", "experience"),
        ("Experience in a similar role", "experience"),
        ("Two years' experience as a mortgage adviser", "experience"),
        ("Gentle, punctual and presentable", "attribute"),
        ("We need kind and reliable people", "attribute"),
        ("Basic IT skills", "skill"),
        ("You will be on the out-of-hours rota", "duty"),
        ("Any other duties as directed by the line manager", "duty"),
        ("Cover reception during holidays", "duty"),
        ("A head for heights: 168 steps", "skill"),
        ("Experience of verification of death", "experience"),
    ],
)
def test_what_makes_no_question_is_left_out(requirement, kind):
    """A general question stands in the place of an odd one."""
    assert own(requirement, kind) == sk.suggest_closing()[0].text


@pytest.mark.parametrize(
    "duty",
    [
        "Arrange and conduct funerals for families",
        "Collect the deceased from hospitals",
        "Use restraint when prisoners are violent",
        "Serve warrants and evict tenants",
    ],
)
def test_nobody_speaks_of_success_in_what_is_grave(duty):
    """Death, force and grief are asked after with respect."""
    asked = own(duty, "duty")

    assert "success" not in asked
    assert "what matters most to you in how that is done?" in asked


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_closing_questions_of_adverts_read_well(path):
    """No years, no markup, no lead-in, no long quotation; the list passes its own check."""
    questions = sk.suggest_closing(sk.extract_requirements(sk.read_advert(path)))
    quoted = [found for question in questions for found in re.findall("“(.*?)”", question.text)]

    assert not sk.check_closing(questions)
    for words in quoted:
        assert not re.search(
            r"[*_|]|\byears?\b|\bmonths?\b|^(?:you|we|the \w+ (?:is|will))\b", words, re.IGNORECASE
        )
        assert len(words.split()) <= 16
