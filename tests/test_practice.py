"""Questions to practise, and what to practise next."""

import datetime as dt
import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import starkit as sk

DAY = dt.date(2026, 12, 1)
ROTA = sk.Story("Rota", "Two were ill.", "Fill gaps.", "I planned a new rota.", "All filled.")
BREAD = sk.Story("Bread", "The oven broke.", "Bake.", "I baked at home.", "40 loaves sold.")
BANK = sk.StoryBank([BREAD, ROTA])
ADVERT = sk.Advert(
    "Desirable:\n- Experience of welding pipes under water\n\nEssential:\n"
    "- Experience of planning rotas\n- A full driving licence\n- Experience of planning rotas for nights\n"
)


def aligned():
    """Return the alignment of the advert."""
    return sk.align(sk.extract_requirements(ADVERT), BANK)


def record(question, verdict="good", on=DAY, **fields):
    """Return a record of a question."""
    return sk.PracticeRecord(question, on, verdict, **({"seconds": 60} | fields))


def test_a_question_for_each_requirement_that_is_told():
    """Essential first; a licence is shown and not told; no question stands twice."""
    found = sk.practice_questions(aligned())
    texts = [item.question.text for item in found]

    assert 3 == len(found) == len(set(texts))
    assert "planning rotas" in found[0].requirement
    assert "welding" in found[-1].requirement
    assert not [item for item in found if "licence" in item.requirement]


def test_story_that_answers_is_told_in_pieces():
    """A3, A6: both openings, at most five points, a check-in; a gap has the openings alone."""
    found = sk.practice_questions(aligned())

    assert "Rota" == found[0].answer.story_title
    assert found[0].told
    assert all(len(piece.points) <= 5 and piece.check_in for piece in found[0].answer.pieces)
    assert not found[-1].told
    assert () == found[-1].answer.pieces
    assert "welding" in found[-1].answer.confirmation


def test_policy_sets_the_points_of_a_piece():
    """A6: the number is the user's to replace."""
    long = attrs.evolve(ROTA, action="I rang them. I wrote it down. I asked again. I checked it.")
    policy = sk.Policy(points_per_piece=2)
    [item] = sk.practice_questions(sk.align(["Planning rotas"], [long]), policy=policy)

    assert all(len(piece.points) <= 2 for piece in item.answer.pieces)
    assert len(item.answer.pieces) > 1


def test_stories_of_the_choice_are_told():
    """What is rehearsed is what is taken: a chosen story goes before a better score."""
    twin = attrs.evolve(ROTA, title="Planning rotas", task="Experience of planning rotas.")
    alignment = sk.align(["Experience of planning rotas"], [ROTA, twin])
    best = alignment.matches(0)[0].story
    other = next(story for story in (ROTA, twin) if story != best)
    choice = sk.choose_stories(sk.align(["Experience of planning rotas"], [other]))

    assert best.title == sk.practice_questions(alignment)[0].answer.story_title
    assert other.title == sk.practice_questions(alignment, choice)[0].answer.story_title


def test_by_competency_alone():
    """No advert is needed; without a competency, what any interview may bring."""
    one = sk.competency_questions("planning and organising", BANK)
    general = sk.competency_questions()

    assert {"planning and organising"} == {item.question.competency for item in one}
    assert "Tell me about yourself." == general[0].question.text
    with pytest.raises(sk.QuestionError, match=r"choose from: .*teamwork"):
        sk.competency_questions("telepathy")


def test_next_is_what_needs_practice_most():
    """Never practised, then poor, mixed, good; the longest ago first; the last time counts."""
    asked = sk.competency_questions("teamwork")[:5]
    texts = [item.question.text for item in asked]
    records = [
        record(texts[0], "poor"),
        record(texts[0], "good", DAY + dt.timedelta(2)),
        record(texts[1], "good", DAY),
        record(texts[2], "mixed"),
        record(texts[3], "poor"),
    ]
    order = [texts.index(item.question.text) for item in sk.practise_next(asked, records)]

    assert [4, 3, 2, 1, 0] == order


VERDICTS = st.sampled_from(sk.Verdict)


@given(st.lists(st.tuples(st.integers(0, 9), VERDICTS, st.dates()), max_size=20))
def test_next_is_the_same_questions(told):
    """Whatever was practised, nothing is lost and nothing is added."""
    asked = sk.competency_questions()
    records = [
        record(asked[n % len(asked)].question.text, verdict, day) for n, verdict, day in told
    ]
    found = sk.practise_next(asked, records)

    assert sorted(asked, key=str) == sorted(found, key=str)
    assert asked == sk.practise_next(asked, [])


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"question": " "}, "question"),
        ({"question": None}, "question"),
        ({"verdict": "fine"}, "good, mixed, poor"),
        ({"seconds": -1}, "seconds"),
        ({"seconds": float("nan")}, "seconds"),
        ({"seconds": True}, "seconds"),
        ({"seconds": "90"}, "seconds"),
    ],
)
def test_record_that_makes_no_sense_is_told(fields, word):
    """One error of ours that says what is allowed."""
    given = {"question": "Why?", "on": DAY, "verdict": "good", "seconds": 1} | fields
    with pytest.raises(sk.QuestionError, match=word):
        sk.PracticeRecord(**given)


def test_too_long_by_the_policy():
    """Two minutes at most, unless the policy says otherwise."""
    assert not record("Why?", seconds=120).too_long()
    assert record("Why?", seconds=120.5).too_long()
    assert record("Why?", seconds=61).too_long(policy=sk.Policy(longest_answer_seconds=60))


@pytest.mark.parametrize("value", [record("Why?", note="Breathe."), sk.competency_questions()[0]])
def test_round_trip(value):
    """What is written as JSON reads as the same value."""
    assert value == sk.from_dict(json.loads(json.dumps(sk.to_dict(value))))
