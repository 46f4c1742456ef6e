"""The pack, on the six example adverts and what is expected of them."""

import datetime as dt
import json
import re
from pathlib import Path

import attrs
import pytest

import starkit as sk
from starkit.alignment import AlignmentError

EXAMPLES = Path(sk.__file__).parent / "data" / "examples"
# The other adverts beside these data are for the benchmark.
EXPECTED = [
    Path(__file__).parent / "adverts" / f"{advert.stem}.expected.json"
    for advert in sorted((EXAMPLES / "adverts").iterdir())
]


def folded(text):
    """Return a text with every run of white space as one blank."""
    return " ".join(text.split())


@pytest.fixture(params=EXPECTED, ids=lambda path: path.name.partition(".")[0])
def example(request):
    """Return an example advert and what is expected of it."""
    expected = json.loads(request.param.read_text(encoding="utf-8"))
    return sk.read_advert(EXAMPLES / "adverts" / expected["advert"]), expected


def test_what_is_asked_is_found(example):
    """Every expected requirement is found, and nothing else."""
    advert, expected = example
    found = [folded(item.text) for item in sk.extract_requirements(advert)]
    wanted = [item["text"] for item in expected["requirements"]]
    hits = [text for text in wanted if any(text in one or one in text for one in found)]

    assert len(hits) / len(wanted) >= 0.95
    assert len(found) <= 1.05 * len(wanted)


def test_no_noise_comes_through(example):
    """No benefit, company or procedure text stands among the requirements."""
    advert, expected = example
    found = [folded(item.text) for item in sk.extract_requirements(advert)]

    assert [] == [noise for noise in expected["noise"] if any(noise in text for text in found)]


def test_text_is_the_slice(example):
    """``text`` is always the advert's text from ``start`` to ``end``, for skills, too."""
    advert, _ = example
    found = sk.extract_requirements(advert)

    assert all(item.text == advert.text[item.start : item.end] for item in found)
    assert all(
        skill.text == advert.text[skill.start : skill.end]
        for item in found
        for skill in item.skills
    )


def test_advert_has_its_role(example):
    """The role is read from each example's first lines or its posting."""
    assert example[0].title


def test_pack_goes_through_json(example):
    """``to_dict`` is plain: JSON gives back the same."""
    bank = sk.load_stories(EXAMPLES / "stories" / "all-rounder.yaml")
    plain = sk.prepare(example[0], bank).to_dict()

    assert plain == json.loads(json.dumps(plain))
    assert 1 == plain["schema_version"]


def test_page_needs_nothing_from_outside(example):
    """The page has no script and loads nothing."""
    bank = sk.load_stories(EXAMPLES / "stories" / "all-rounder.yaml")
    page = sk.prepare(example[0], bank).to_html()

    assert "<script" not in page
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page)
    assert "@import" not in page


def test_pack_without_application_has_no_calendar():
    """Without dates there is no calendar, and the error says what to give."""
    pack = sk.prepare(sk.Advert("You will need:\n- SQL\n"), sk.StoryBank([]))

    with pytest.raises(sk.FollowUpError, match="give one that has a date"):
        pack.calendar()


def test_pack_plans_from_its_application():
    """A17: the plan of the pack has the day, and the calendar holds it."""
    application = sk.Application(
        "Harbour Foods",
        "Driver",
        channel="direct",
        stage="interview",
        interviewed=dt.date(2026, 12, 17),
        timescale="a week",
    )
    advert = sk.Advert("You will need:\n- SQL\n")
    pack = sk.prepare(advert, sk.StoryBank([]), application=application)

    assert "Tuesday 29 December 2026" in pack.to_markdown()
    assert "20261229" in pack.calendar()


def test_a_text_and_a_list_will_do():
    """The text of an advert and plain stories make the same pack as the values do."""
    story = sk.Story("Rota", "Two were ill.", "Fill gaps.", "I planned a rota.", "All filled.")
    text = "You will need:\n- Experience of planning rotas\n"

    pack = sk.prepare(text, [story])

    made = sk.prepare(sk.Advert(text), sk.StoryBank([story]))
    assert made.to_dict() == pack.to_dict()
    assert "Rota" in pack.to_html()


def test_no_two_stories_are_rehearsed_with_one_question():
    """Each story to take has a question of its own, where the requirements bring another."""
    rota = sk.Story("Rota", "Two were ill.", "Fill gaps.", "I planned a new rota.", "All filled.")
    night = sk.Story("Nights", "Nights stood empty.", "Fill.", "I planned the rota.", "Filled.")
    advert = sk.Advert("Essential:\n- Experience of planning rotas\n")
    pack = sk.prepare(advert, sk.StoryBank([rota, night]))

    assert 2 == len({answer.question for answer in pack.answers}) == len(pack.answers)


def test_repr_of_a_pack_is_one_short_line():
    """In a Python prompt a pack and an alignment say what they hold and show no dump."""
    bank = [sk.Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")]
    advert = sk.Advert(
        "Nurse\n\nYou will need:\n- Experience of planning rotas\n- Experience of welding\n"
    )
    pack = sk.prepare(advert, sk.StoryBank(bank))

    assert repr(pack.alignment) == "<Alignment requirements=2 stories=1 covered=1/2>"
    assert "requirements=2 stories=1 covered=1/2 to_take=1" in repr(pack)
    assert len(repr(pack)) < 200
    assert "<table" in pack.alignment._repr_html_()


def test_parts_of_an_equal_alignment_are_numbered_as_its_own():
    """A choice or preparations that were made from an equal advert stand in the form as their own."""
    first, second, other = (
        sk.prepare(sk.Advert(f"You must have:\n- Experience of {what}\n"), bank)
        for bank in [
            sk.StoryBank([sk.Story("Rota", "", "", "I planned the ward rotas.", "No gaps")])
        ]
        for what in ("ward rotas", "ward rotas", "kiln repair")
    )
    mixed = attrs.evolve(first, choice=second.choice, preparations=second.preparations)

    assert mixed.to_dict() == first.to_dict()
    with pytest.raises(AlignmentError, match="'Experience of kiln repair' is not among those"):
        attrs.evolve(first, preparations=other.preparations).to_dict()
