"""What holds for every alignment, whatever the words."""

import pickle

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import starkit as sk
from strategies import asked_lists, asked_texts, banks, texts, told_banks, told_stories

BANKS = banks | told_banks
some = settings(max_examples=40, deadline=None)


def shown(alignment):
    """Return all that an alignment says, story by story, whatever the order of the bank."""
    return [
        (match.requirement, match.story, match.score, match.state, match.evidence)
        for number in range(len(alignment.requirements))
        for match in alignment.matches(number)
    ]


@some
@given(asked_lists(), BANKS, st.randoms(use_true_random=False))
def test_order_of_stories_never_matters(asked, bank, random):
    """The same stories in another order give the same matches, to the last bit."""
    mixed = list(bank)
    random.shuffle(mixed)
    forth, back = sk.align(asked, bank), sk.align(asked, sk.StoryBank(mixed))
    columns = [mixed.index(story) for story in bank]

    assert np.array_equal(forth.scores, back.scores[:, columns])
    assert shown(forth) == shown(back)
    assert (forth.gaps, forth.thin, forth.coverage) == (back.gaps, back.thin, back.coverage)


@some
@given(asked_lists(), BANKS, told_stories)
def test_another_story_never_lowers_coverage(asked, bank, story):
    """A4: one story more covers as much or more, and takes nothing from the others."""
    if story.title in {item.title for item in bank}:
        return
    before, after = sk.align(asked, bank), sk.align(asked, sk.StoryBank([*bank, story]))

    assert np.allclose(before.scores, after.scores[:, :-1], rtol=0, atol=0.011)
    assert (after.coverage or 0) >= (before.coverage or 0)
    assert set(after.gaps) <= set(before.gaps)


@some
@given(asked_lists(), BANKS)
def test_numbers_stay_within_their_bounds(asked, bank):
    """Scores are 0-100, coverage 0-1, evidence 0-100, and offsets lie inside both texts."""
    alignment = sk.align(asked, bank)

    assert ((alignment.scores >= 0) & (alignment.scores <= 100)).all()
    assert alignment.coverage is None or 0 <= alignment.coverage <= 1
    for number, item in enumerate(asked):
        for match in alignment.matches(number):
            for evidence in match.evidence:
                asks, tells = match.quote(evidence)
                assert item.start <= evidence.requirement_start < evidence.requirement_end
                assert evidence.requirement_end <= item.end
                assert asks.strip()
                assert tells.strip()
                assert 0 < evidence.score <= 100.01


@some
@given(asked_lists(), BANKS)
def test_same_input_gives_the_same_bytes(asked, bank):
    """Nothing is left to chance or to what was asked before."""
    first = sk.align(asked, bank)
    sk.align(["Something else altogether"], bank)
    second = sk.align(asked, bank)

    assert first.scores.tobytes() == second.scores.tobytes()
    assert pickle.dumps(shown(first)) == pickle.dumps(shown(second))


@some
@given(asked_lists(), told_stories)
def test_identical_stories_score_the_same(asked, story):
    """Two stories of the same words differ in nothing but their titles' order."""
    other = attrs.evolve(story, title=f"{story.title}")
    twin = attrs.evolve(other, title=f"{story.title} ")
    alignment = sk.align(asked, [story, twin])

    assert np.allclose(alignment.scores[:, 0], alignment.scores[:, 1], rtol=0, atol=0.011)
    for number in range(len(asked)):
        titles = [match.story.title for match in alignment.matches(number)]
        assert titles in ([], [story.title, twin.title], [twin.title, story.title])


@pytest.mark.parametrize("asked", [[], ["Planning rotas"]])
@pytest.mark.parametrize("stories", [[], [sk.Story("A draft", "", "", "", "")]])
def test_empty_sides_behave(asked, stories):
    """A4: with nothing to tell, all that is asked is a gap; with nothing asked, nothing is."""
    alignment = sk.align(asked, stories)

    assert len(asked) == len(alignment.gaps)
    assert (0.0 if asked else None) == alignment.coverage
    assert () == alignment.thin
    assert all(alignment.advice(text).story is None for text in asked)
    assert 0 == len(sk.choose_stories(alignment))


@some
@given(asked_texts, BANKS)
def test_advice_names_a_story_below_the_line(asked, bank):
    """The nearest story is no match yet, has words to point at, and never more than is missing."""
    alignment = sk.align([asked], bank)
    nearest = alignment.advice(0)

    if nearest.story is not None:
        assert nearest.story not in [match.story for match in alignment.matches(0)]
        assert 10 <= nearest.score < alignment.policy.may_answer_from
        assert nearest.evidence
    assert all(words in asked for words in nearest.missing)
    assert str(nearest)


@pytest.mark.parametrize(
    "asked",
    ["Reliable team member who also works on their own initiative", "Some knowledge of revenue management"],
)  # fmt: skip
def test_story_that_comes_nowhere_near_is_not_named(asked):
    """A4: a score near zero points at nothing; that no story comes near is said plainly."""
    rota = sk.Story("Night rota", "", "", "I led the team and its management through a winter of gaps in the rota, "
                    "rang forty nurses, moved the early shift and wrote down who could swap with whom.", "No gaps")  # fmt: skip
    alignment = sk.align([asked], [rota])
    nearest = alignment.advice(0)

    assert 0 < alignment.scores[0, 0] < 10
    assert nearest.story is None
    assert str(nearest).startswith("No story comes near yet: look for one that speaks of “")


@some
@given(texts, BANKS)
def test_any_text_can_be_asked(asked, bank):
    """Whatever is typed, there is an answer and no traceback."""
    alignment = sk.align([asked], bank)

    assert (1, len(bank)) == alignment.scores.shape
    assert str(alignment.advice(0))
