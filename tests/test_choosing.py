"""Choosing: two stories for what is essential, as few as will do, each with its reasons (A4)."""

import json
from itertools import combinations

import attrs
import numpy as np
import pytest
from highspy import Highs
from hypothesis import given, settings
from hypothesis import strategies as st

import starkit as sk
from starkit.choosing import AS_GOOD, MOST_OPTIONS, NEAR_BEST
from strategies import asked_lists, told_banks


def requirement(number, priority="essential", kind="skill"):
    """Return a requirement of its own place in the advert."""
    text = f"asked {number}"
    return sk.Requirement(text, 10 * number, 10 * number + len(text), kind, priority)


def aligned(scores, priorities=None, policy=sk.DEFAULT_POLICY):
    """Return an alignment with these scores; stories are called A, B, C and so on."""
    rows = np.array(scores, np.float32)
    priorities = priorities or ["essential"] * len(rows)
    return sk.Alignment(
        sk.Requirements(requirement(number, one) for number, one in enumerate(priorities)),
        sk.StoryBank(
            sk.Story(chr(65 + place), "", "", "I did", "") for place in range(rows.shape[1])
        ),
        rows,
        policy=policy,
    )


def told(choice):
    """Return the numbers of the requirements that each story is told for, by title."""
    return {
        chosen.story.title: sorted(item.start // 10 for item in chosen.requirements)
        for chosen in choice
    }


ONE = attrs.evolve(sk.DEFAULT_POLICY, options_wanted=1)


def test_essential_wants_two_and_the_rest_one():
    """A4: two stories behind what is essential, one behind what is desirable."""
    choice = sk.choose_stories(aligned([[90, 80, 70], [60, 90, 50]], ["essential", "desirable"]))

    assert {"A": [0], "B": [0, 1]} == told(choice)


def test_without_essential_what_is_unstated_counts():
    """A4: an advert that ranks nothing gets two stories for each thing."""
    choice = sk.choose_stories(aligned([[90, 80, 70]], ["unstated"]))

    assert {"A": [0], "B": [0]} == told(choice)


def test_fewest_stories_win_over_scores():
    """Two stories that do for everything are enough, though others score a little better."""
    scores = [[79, 70, 75, 0], [0, 70, 75, 79], [78, 70, 75, 0]]

    assert {"B": [0, 1, 2], "C": [0, 1, 2]} == told(sk.choose_stories(aligned(scores)))


def test_better_scores_win_among_as_few():
    """Of two stories that would both do, the better one is taken."""
    assert {"B": [0]} == told(sk.choose_stories(aligned([[60, 80]], policy=ONE)))


def test_load_is_shared_out():
    """No story carries more than it must, where another that is taken can carry it."""
    scores = [[90, 0], [0, 90], [85, 85 - AS_GOOD], [85, 85 - AS_GOOD]]
    choice = sk.choose_stories(aligned(scores, policy=ONE))

    assert [2, 2] == [len(chosen.matches) for chosen in choice]


def test_the_best_story_taken_is_told():
    """Load is shared out among stories that are as good, and no worse one is told for it."""
    scores = [[90, 0], [0, 90], [85, 70], [85, 70]]
    choice = sk.choose_stories(aligned(scores, policy=ONE))

    assert {"A": [0, 2, 3], "B": [1]} == told(choice)


def test_a_better_story_that_stays_at_home_is_named():
    """Why the story told is not the best of all can be said: the other would be one more to learn."""
    alignment = aligned([[90, 0, 0], [82, 90, 0], [60, 0, 63]], policy=ONE)
    choice = sk.choose_stories(alignment)
    [chosen] = choice
    better = {
        match.requirement.text: choice.passed_over(match, alignment.matches(match.requirement))
        for match in chosen.matches
    }

    assert {"A": [0, 1, 2]} == told(choice)
    assert better["asked 0"] is None
    assert better["asked 1"].story.title == "B"
    assert better["asked 2"] is None  # as good


def test_far_worse_story_is_taken_only_in_need():
    """A story far below the best does not replace it, though one story fewer would do."""
    assert {"A": [0], "B": [1]} == told(
        sk.choose_stories(aligned([[95, 95 - NEAR_BEST - 1], [0, 90]], policy=ONE))
    )
    assert {"A": [0], "B": [0]} == told(sk.choose_stories(aligned([[95, 26]])))


def test_sure_story_goes_before_unsure_one():
    """A story that answers is not replaced by one that may."""
    assert {"A": [0], "B": [1]} == told(sk.choose_stories(aligned([[55, 45], [0, 90]], policy=ONE)))


def test_only_story_is_told_so():
    """The reason to take a story may be that there is no other."""
    [first, second] = sk.choose_stories(aligned([[90, 0], [90, 80]]))

    assert ["asked 0"] == [item.text for item in first.only]
    assert () == second.only


def test_reasons_come_with_words():
    """Each reason is a match with its evidence."""
    bank = [sk.Story("Rota", "", "", "I planned the rota for 40 nurses.", "")]
    [chosen] = sk.choose_stories(sk.align(["Planning rotas"], bank))
    [match] = chosen.matches

    assert ("Planning rotas", "planned the rota") == match.quote(match.evidence[0])


def test_what_is_shown_is_not_told():
    """A licence takes no story along."""
    licence = sk.Requirement("asked", 0, 5, "licence", "essential")
    bank = sk.StoryBank([sk.Story("A", "", "", "", "")])

    assert 0 == len(sk.choose_stories(sk.Alignment(sk.Requirements([licence]), bank, [[99]])))


def test_nothing_asked_or_told():
    """An empty advert or bank gives an empty choice."""
    assert 0 == len(sk.choose_stories(sk.align([], [sk.Story("A", "", "", "", "")])))
    assert 0 == len(sk.choose_stories(sk.align(["Welding"], [])))


def test_stories_for_a_requirement():
    """The stories to tell for a requirement come best first."""
    alignment = aligned([[60, 90]])
    choice = sk.choose_stories(alignment)

    assert ["B", "A"] == [item.title for item in choice.stories_for(alignment.requirements[0])]


def test_same_question_twice_is_two_requirements():
    """Two equal texts are both provided for."""
    bank = [sk.Story("Rota", "", "", "I planned the rota for 40 nurses.", "")]
    [chosen] = sk.choose_stories(sk.align(["Planning rotas", "Planning rotas"], bank))

    assert 2 == len(chosen.matches)


def test_equal_stories_are_taken_as_they_are_ranked():
    """Of twelve equal stories those are taken that the ranking has first, whatever the solver meets first."""
    text = "I planned the rota for 40 nurses and trained two new starters on the ward."
    bank = sk.StoryBank(sk.Story(f"S{number}", "", "", text, "No gaps") for number in range(12))
    alignment = sk.align(["Planning rotas", "Training new starters", "Running a ward"], bank)
    requirements = [item for item in alignment.requirements if alignment.matches(item)]
    choice = sk.choose_stories(alignment)

    assert requirements
    for item in requirements:
        ranked = [match.story for match in alignment.matches(item)]
        assert tuple(ranked[: len(choice.stories_for(item))]) == choice.stories_for(item)


def test_what_an_advert_repeats_has_one_story_once():
    """A4: one story for a requirement that stands twice is one option, not two."""
    rota = sk.Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")
    alignment = sk.align(["Planning rotas", "Planning rotas"], [rota])

    assert (rota,) == sk.choose_stories(alignment).stories_for(alignment.requirements[0])


def test_solver_prints_nothing(capfd):
    """Only the command line prints; a library in another language is no exception."""
    sk.choose_stories(aligned([[90, 80], [60, 90]]))

    assert ("", "") == tuple(capfd.readouterr())


@pytest.mark.parametrize("wanted", [1, 2, 3])
@settings(max_examples=15, deadline=None)
@given(table=st.lists(st.lists(st.integers(0, 99), min_size=5, max_size=5), min_size=1, max_size=5))
def test_as_good_as_trying_every_set(wanted, table):
    """No set of as few stories is worth more, and none is smaller: found by trying all of them."""
    policy = attrs.evolve(sk.DEFAULT_POLICY, options_wanted=wanted)
    alignment = aligned(table, policy=policy)
    choice = sk.choose_stories(alignment)
    needs = []
    for number in range(len(table)):
        matches = alignment.matches(number)
        if matches:
            want = min(wanted, len(matches))
            last = matches[want - 1].score
            low = matches[0].score - NEAR_BEST
            low = max(low, 50) if last >= 50 else low
            good = {match.story.title for match in matches if match.score >= min(low, last)}
            needs.append((want, good))
    smallest = next(
        size
        for size in range(6)
        for kept in combinations("ABCDE", size)
        if all(len(good & set(kept)) >= want for want, good in needs)
    )

    def worth(titles):
        """Return the sum of the best scores that a set of stories has, as many as are wanted."""
        kept = set(titles)
        rows = [alignment.matches(number) for number in range(len(table))]
        scores = [
            sorted((one.score for one in row if one.story.title in good & kept), reverse=True)
            for row, (_, good) in zip([row for row in rows if row], needs, strict=True)
        ]
        return sum(sum(found[:want]) for found, (want, _) in zip(scores, needs, strict=True))

    assert MOST_OPTIONS >= 5  # so that nothing is cut off here
    assert smallest == len(choice)
    assert worth(chosen.story.title for chosen in choice) == max(
        worth(kept)
        for kept in combinations("ABCDE", smallest)
        if all(len(good & set(kept)) >= want for want, good in needs)
    )
    for number in range(len(table)):
        carried = choice.stories_for(alignment.requirements[number])
        assert min(wanted, len(alignment.matches(number))) == len(set(carried)) == len(carried)


@settings(max_examples=25, deadline=None)
@given(asked_lists(), told_banks)
def test_order_of_stories_never_matters(asked, bank):
    """The same stories in another order give the same choice, to the byte."""
    forth = sk.choose_stories(sk.align(asked, bank))
    back = sk.choose_stories(sk.align(asked, sk.StoryBank(reversed(bank.stories))))

    assert json.dumps(told(forth)) == json.dumps(told(back))


def test_the_solver_stops_at_the_best_only(monkeypatch):
    """By itself HiGHS stops within a ten-thousandth of the best; it is told not to."""
    seen = {}
    plain = Highs.minimize

    def minimize(solver, *given):
        for name in ("mip_rel_gap", "mip_abs_gap"):
            seen[name] = solver.getOptionValue(name)[1]
        return plain(solver, *given)

    monkeypatch.setattr(Highs, "minimize", minimize)
    sk.choose_stories(aligned([[90, 80], [60, 90]]))

    assert {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0} == seen


def test_another_value_than_an_alignment_is_told_so():
    """A pack is not an alignment, but has one."""
    with pytest.raises(
        sk.ArgumentTypeError, match="given a value of the kind StoryBank; give an A"
    ):
        sk.choose_stories(sk.StoryBank())


def test_a_large_bank_is_chosen_from_in_time():
    """Fifty stories and sixty requirements are a matter of seconds, and no story is wasted."""
    rows = np.random.default_rng(1).random((60, 50)) ** 4 * 100
    choice = sk.choose_stories(aligned(rows[:, :50], ["essential", "unstated"] * 30))

    assert len(choice) < 40
    assert all(chosen.matches for chosen in choice)
