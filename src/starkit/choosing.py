"""Which stories to take to the interview: as few as will do, and why each (A4).

Each essential requirement gets as many stories as the policy wants, where the bank has them, and each
other requirement one. Among the ways to do it the fewest stories win, and among these the best scores; then
what they carry is shared out so that the busiest story carries least, but each requirement keeps the best
of the stories taken, or one as good. Equals are taken in the order of their titles, as they are ranked. HiGHS
finds it, exactly.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from starkit.alignment import PRIORITY_WEIGHTS, Alignment, Match
from starkit.cells import cell
from starkit.errors import ArgumentTypeError
from starkit.requirements import Priority, Requirement
from starkit.stories import Story

if TYPE_CHECKING:
    from highspy import Highs
    from highspy.highs import highs_linear_expression

NEAR_BEST = 10.0
"""Points of score, 0-100, that a story may lie below the best one and still be told in its place."""
AS_GOOD = 5.0
"""Points of score, 0-100, within which one story taken is as good as another for a requirement."""
MOST_OPTIONS = 8
"""Stories that are weighed for one requirement: the best so many, or as many as are wanted."""

_TIE = 0.001  # scores have two decimals: below this, two sums of them are equal
_HALF = 0.5  # the solver's 0 and 1 are not exact


def _matches_kept(value: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(value)


def _requirements_kept(value: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(value)


@attrs.frozen
class ChosenStory:
    """A story to take, and what it is taken for.

    Attributes:
        story: The story.
        matches: The requirements that it is to be told for, what is essential first; each match
            has the words that answer.
        only: The requirements among them for which no other story was found.

    >>> story = Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")
    >>> ChosenStory(story, ()).requirements
    ()
    """

    story: Story
    matches: tuple[Match, ...] = attrs.field(converter=_matches_kept)
    only: tuple[Requirement, ...] = attrs.field(default=(), converter=_requirements_kept)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What the story is to be told for, what is essential first."""
        return tuple(match.requirement for match in self.matches)


def _chosen_kept(value: Iterable[ChosenStory]) -> tuple[ChosenStory, ...]:
    return tuple(value)


@attrs.frozen
class Choice:
    """The stories to take to one interview; iterates over them, the one that carries most first.

    Attributes:
        stories: The stories, each with what it is taken for.

    >>> from starkit.alignment import align
    >>> rota = Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")
    >>> choice = choose_stories(align(["Planning rotas"], [rota, Story("Cake", "", "", "", "")]))
    >>> [(chosen.story.title, chosen.requirements[0].text) for chosen in choice]
    [('Rota', 'Planning rotas')]
    """

    stories: tuple[ChosenStory, ...] = attrs.field(default=(), converter=_chosen_kept)

    def __iter__(self) -> Iterator[ChosenStory]:
        return iter(self.stories)

    def __len__(self) -> int:
        return len(self.stories)

    def stories_for(self, requirement: Requirement) -> tuple[Story, ...]:
        """Return the stories to tell for a requirement, best first.

        >>> Choice().stories_for(Requirement("Planning rotas", 0, 14))
        ()
        """
        found = [
            match for chosen in self for match in chosen.matches if match.requirement == requirement
        ]
        found.sort(key=lambda match: (-match.score, match.story.title))
        # A requirement that an advert repeats is told by one story still, not by two.
        return tuple({match.story.title: match.story for match in found}.values())

    def passed_over(self, match: Match, matches: Iterable[Match]) -> Match | None:
        """Return the best match of the same requirement whose story is not taken, if it is better.

        A story is passed over where another that is taken does nearly as well, and one story fewer
        has to be learnt.

        Args:
            match: What a story is taken for.
            matches: All matches of its requirement, ``pack.alignment.matches(requirement)``.

        >>> story = Story("Rota", "", "", "I planned the rota", "No gaps")
        >>> match = Match(Requirement("Planning rotas", 0, 14), story, 71.0, "answers")
        >>> Choice().passed_over(match, [match]) is None
        True
        """
        taken = {chosen.story.title for chosen in self}
        better = [
            other
            for other in matches
            if other.score > match.score + AS_GOOD
            and other.story.title not in taken
            and other.story.title != match.story.title
        ]
        return max(better, key=lambda other: other.score, default=None)

    def _repr_html_(self) -> str:
        return cell("choice", choice=self)


def choose_stories(alignment: Alignment) -> Choice:
    """Choose the stories to take to the interview (A4).

    An essential requirement wants ``policy.options_wanted`` stories, any other one; where an advert
    calls nothing essential that wants a story, what it does not rank counts as essential. Nothing is
    wanted that the bank does not have. A story that may answer is taken only where too few answer,
    and one that lies more than ``NEAR_BEST`` below the best only where there is no other.

    The same stories in another order give the same choice.

    Raises:
        ArgumentTypeError: Something else than an alignment is given: a pack, say.

    >>> from starkit.alignment import align
    >>> both = Story("Ward", "", "", "I planned the rota and trained the new staff", "No gaps")
    >>> rota = Story("Rota", "", "", "I planned the rota", "No gaps")
    >>> choice = choose_stories(align(["Planning rotas", "Training staff"], [rota, both]))
    >>> [(chosen.story.title, len(chosen.matches), len(chosen.only)) for chosen in choice]
    [('Ward', 2, 1), ('Rota', 1, 0)]
    """
    if not isinstance(alignment, Alignment):
        raise ArgumentTypeError(
            "choose_stories",
            f"a value of the kind {type(alignment).__name__}",
            "give an Alignment: what align returns, or the alignment of a pack",
        )
    ranked = {
        number: alignment.matches(number)
        for number, item in enumerate(alignment.requirements)
        if item.wants_story
    }
    wanted = _wanted(alignment, ranked)
    candidates = {
        number: {match.story.title: match for match in _candidates(ranked[number], want, alignment)}
        for number, want in wanted.items()
    }
    worths = _worths(candidates, alignment)
    kept = _taken(candidates, wanted, worths)
    told = _shared_out(kept, candidates, wanted, worths) if kept else {}
    chosen = [
        _chosen([candidates[number][title] for number in numbers], ranked, numbers)
        for title, numbers in told.items()
    ]
    chosen.sort(key=lambda one: (-_carried(one.matches), one.story.title))
    return Choice(chosen)


def _wanted(alignment: Alignment, ranked: Mapping[int, tuple[Match, ...]]) -> dict[int, int]:
    """Return how many stories each requirement is to have, where the bank has any."""
    priorities = {alignment.requirements[number].priority for number in ranked}
    first = Priority.ESSENTIAL if Priority.ESSENTIAL in priorities else Priority.UNSTATED
    return {
        number: min(
            len(matches),
            alignment.policy.options_wanted
            if alignment.requirements[number].priority is first
            else 1,
        )
        for number, matches in ranked.items()
        if matches
    }


def _candidates(matches: tuple[Match, ...], want: int, alignment: Alignment) -> tuple[Match, ...]:
    """Return the matches that are good enough to be told, in the order of their titles."""
    last = matches[want - 1].score
    low = matches[0].score - NEAR_BEST
    if last >= alignment.policy.answers_from:
        low = max(low, alignment.policy.answers_from)
    kept = [match for match in matches if match.score >= min(low, last)]
    kept = kept[: max(want, MOST_OPTIONS)]
    return tuple(sorted(kept, key=lambda match: match.story.title))


def _worths(
    candidates: Mapping[int, Mapping[str, Match]], alignment: Alignment
) -> dict[tuple[int, str], float]:
    """Return what it is worth to tell a story for a requirement, by number and title."""
    return {
        (number, title): PRIORITY_WEIGHTS[alignment.requirements[number].priority] * match.score
        for number, found in candidates.items()
        for title, match in found.items()
    }


def _solver() -> "Highs":
    from highspy import Highs  # a solver: only for those who choose

    solver = Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    # The best, and not one within a ten-thousandth of it, which is where the solver stops by itself.
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    return solver


def _first_of_the_best(
    solver: "Highs", worth: "highs_linear_expression", places: "highs_linear_expression"
) -> None:
    """Solve for the greatest worth; of equals, for those whose titles stand first, as in a ranking."""
    solver.maximize(worth)
    solver.addConstr(worth >= solver.getObjectiveValue() - _TIE)
    solver.minimize(places)


def _taken(
    candidates: Mapping[int, Mapping[str, Match]],
    wanted: Mapping[int, int],
    worths: Mapping[tuple[int, str], float],
) -> list[str]:
    """Return the titles of the fewest stories that will do, those that are worth most."""
    titles = sorted({title for _, title in worths})
    solver = _solver()
    taken = {title: solver.addBinary() for title in titles}
    for number, found in candidates.items():
        solver.addConstr(solver.qsum(taken[title] for title in found) >= wanted[number])
    many = solver.qsum(taken.values())
    solver.minimize(many)
    solver.addConstr(many <= round(solver.getObjectiveValue()))

    # Where the stories are whole, so is what each is told for: that need not be asked of the solver.
    told = {pair: solver.addVariable(lb=0, ub=1) for pair in worths}
    for number, found in candidates.items():
        solver.addConstr(solver.qsum(told[number, title] for title in found) == wanted[number])
    for (_, title), one in told.items():
        solver.addConstr(one <= taken[title])
    _first_of_the_best(
        solver,
        solver.qsum(worths[pair] * one for pair, one in told.items()),
        solver.qsum(place * one for place, one in enumerate(taken.values())),
    )
    return [title for title, one in taken.items() if solver.val(one) > _HALF]


def _shared_out(
    kept: list[str],
    candidates: Mapping[int, Mapping[str, Match]],
    wanted: Mapping[int, int],
    worths: Mapping[tuple[int, str], float],
) -> dict[str, list[int]]:
    """Return the numbers of the requirements that each story taken is told for, by title."""
    solver = _solver()
    told = {pair: solver.addBinary() for pair in worths if pair[1] in kept}
    for number, found in candidates.items():
        here = {title: match.score for title, match in found.items() if title in kept}
        as_good = max(here.values()) - AS_GOOD
        solver.addConstr(solver.qsum(told[number, title] for title in here) == wanted[number])
        solver.addConstr(
            solver.qsum(told[number, title] for title, score in here.items() if score >= as_good)
            >= 1
        )
    busiest = solver.addIntegral(lb=0)
    for title in kept:
        carried = [one for (_, other), one in told.items() if other == title]
        solver.addConstr(solver.qsum(carried) <= busiest)
    solver.minimize(busiest)
    solver.addConstr(busiest <= round(solver.getObjectiveValue()))
    _first_of_the_best(
        solver,
        solver.qsum(worths[pair] * one for pair, one in told.items()),
        solver.qsum(kept.index(title) * one for (_, title), one in told.items()),
    )
    chosen: dict[str, list[int]] = {}
    for (number, title), one in told.items():
        if solver.val(one) > _HALF:
            chosen.setdefault(title, []).append(number)
    return chosen


def _chosen(
    matches: list[Match], ranked: Mapping[int, tuple[Match, ...]], numbers: list[int]
) -> ChosenStory:
    only = tuple(
        match.requirement
        for match, number in zip(matches, numbers, strict=True)
        if len(ranked[number]) == 1
    )
    # Stable: what weighs the same keeps the order of the advert.
    matches = sorted(matches, key=lambda match: -PRIORITY_WEIGHTS[match.requirement.priority])
    return ChosenStory(matches[0].story, matches, only)


def _carried(matches: Iterable[Match]) -> int:
    return sum(PRIORITY_WEIGHTS[match.requirement.priority] for match in matches)
