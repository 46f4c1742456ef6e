"""Alignment: which stories answer which requirement, how well, and with which words (A2, A4).

The engine stands in ``starkit.matching``; here are the values that it fills.
"""

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from enum import StrEnum
from functools import cached_property
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.adverts import Advert
from starkit.cells import cell
from starkit.errors import ArgumentTypeError, MissingExtraError, SeenError
from starkit.matching.asked import asked
from starkit.matching.calibration import calibration
from starkit.matching.evidence import Pair, lacking, pairs
from starkit.matching.scoring import best, scores
from starkit.matching.told import part_text, told
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.requirements import Priority, Requirement, Requirements
from starkit.stories import Story, StoryBank
from starkit.workers import in_order, processes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_Item = TypeVar("_Item")

PRIORITY_WEIGHTS = {Priority.ESSENTIAL: 3, Priority.UNSTATED: 2, Priority.DESIRABLE: 1}
"""How much a requirement counts in ``coverage``, by its priority."""


class AlignmentError(SeenError, LookupError):
    """An alignment was asked for a requirement that it does not hold, or was built askew.

    >>> print(AlignmentError("requirement 'Rota' is not in this alignment", "take one of its own"))
    requirement 'Rota' is not in this alignment; take one of its own
    """


class State(StrEnum):
    """How sure a match is.

    >>> State("answers") is State.ANSWERS
    True
    """

    ANSWERS = "answers"  # the score is the policy's answers_from or more
    MAY_ANSWER = "may_answer"  # less than that, and may_answer_from or more

    @property
    def words(self) -> str:
        """The state as it is said to a person, as help and never as a verdict (A13).

        >>> State.MAY_ANSWER.words
        'this story may answer it: look at the words'
        """
        if self is State.ANSWERS:
            return "this story answers it"
        return "this story may answer it: look at the words"


@attrs.frozen
class Evidence:
    """Words of a story that answer words of a requirement.

    Attributes:
        requirement_start: Where the words begin, as a character offset into the advert's text; for
            a plain string, into the string.
        requirement_end: Where they end (half open).
        story_part: ``title``, ``situation``, ``task``, ``action``, ``result``, ``skills`` or
            ``competencies``.
        start: Where the words begin in that part; skills and competencies count as one text,
            joined by a comma and a blank.
        end: Where they end (half open).
        score: How much of what is asked these words answer, 0-100.

    >>> evidence = Evidence(120, 134, "action", 2, 20, 95.0)
    >>> evidence.story_part, evidence.end - evidence.start
    ('action', 18)
    """

    requirement_start: int
    requirement_end: int
    story_part: str
    start: int
    end: int
    score: float


def _evidence_kept(value: Iterable["Evidence"]) -> tuple["Evidence", ...]:
    return tuple(value)


@attrs.frozen
class Match:
    """A story that answers, or may answer, a requirement.

    Attributes:
        requirement: What is asked for.
        story: The story.
        score: The calibrated score, 0-100: 50 is the line between a story that answers and one
            that does not.
        state: ``answers`` or ``may_answer``.
        evidence: Which words answer which, strongest first.

    >>> story = Story("Rota", "", "", "I planned the rota", "No gaps")
    >>> Match(Requirement("Planning rotas", 0, 14), story, 71.0, "answers").state
    <State.ANSWERS: 'answers'>
    """

    requirement: Requirement
    story: Story
    score: float
    state: State = attrs.field(converter=State)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_evidence_kept)

    def quote(self, evidence: Evidence) -> tuple[str, str]:
        """Return the words of the requirement and the words of the story that answer them.

        >>> story = Story("Rota", "", "", "I managed a budget of £2m", "Saved 4 %")
        >>> [match] = align(["Ability to manage budgets"], StoryBank([story])).matches(0)
        >>> match.quote(match.evidence[0])
        ('manage budgets', 'managed a budget')
        """
        return _quote(self.requirement, self.story, evidence)


def _quote(requirement: Requirement, story: Story, evidence: Evidence) -> tuple[str, str]:
    start = evidence.requirement_start - requirement.start
    end = evidence.requirement_end - requirement.start
    told = part_text(story, evidence.story_part)[evidence.start : evidence.end]
    return requirement.text[start:end], told


def _words_kept(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@attrs.frozen
class Nearest:
    """The story that comes nearest to a requirement without answering it, and what it lacks (A4).

    Printed, it is a piece of advice.

    Attributes:
        requirement: What is asked for.
        story: The nearest story that has words of it, ``None`` when none comes near.
        score: Its score, from 10 to below the policy's ``may_answer_from``; 0 without a story.
        evidence: What of it the story has, strongest first.
        missing: The phrases asked for that the story does not speak of, in the order of asking.

    >>> story = Story("Rota", "", "", "I planned the rota", "No gaps")
    >>> asked = "Welding gates to a rota"
    >>> print(align([asked], [story]).advice(asked))
    “Rota” comes nearest, with “rota”. It does not speak of “Welding gates” yet: if you did that too,
    say so in it, or look for another story that does.
    """

    requirement: Requirement
    story: Story | None
    score: float
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_evidence_kept)
    missing: tuple[str, ...] = attrs.field(default=(), converter=_words_kept)

    def __str__(self) -> str:
        lacks = ", ".join(f"“{words}”" for words in self.missing)
        if self.story is None:
            near = "No story comes near yet"
            return f"{near}: look for one that speaks of {lacks}." if lacks else f"{near}."
        first = f"“{self.story.title}” comes nearest"
        if self.evidence:
            told = _quote(self.requirement, self.story, self.evidence[0])[1]
            first += f", with “{told}”"
        if not lacks:
            return f"{first}. Tell more of it there, or look for another story."
        return (
            f"{first}. It does not speak of {lacks} yet: if you did that too, say so in it, or "
            "look for another story that does."
        )


def _read_only(value: Any) -> NDArray[np.float32]:
    # A copy, so that nobody else can write into it. What comes after the hundredths says nothing
    # about a story, and must not part a score that is shown from the state that it means.
    array = np.array(value, np.float64).round(2).astype(np.float32)
    array.setflags(write=False)
    return array


@attrs.frozen
class Alignment:
    """The stories of a bank set against requirements.

    Attributes:
        requirements: What is asked for; plain strings have become requirements.
        bank: The stories.
        scores: Calibrated scores, 0-100, float32, requirements x stories, read-only.
        policy: The lines between *answers*, *may answer* and a gap.

    >>> bank = StoryBank([Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")])
    >>> alignment = align(["Planning rotas", "Fluent German"], bank)
    >>> alignment.scores.shape, len(alignment.gaps), alignment.coverage
    ((2, 1), 1, 0.5)
    """

    requirements: Requirements
    bank: StoryBank
    scores: NDArray[np.float32] = attrs.field(
        converter=_read_only, eq=attrs.cmp_using(eq=np.array_equal), hash=False, repr=False
    )
    policy: Policy = attrs.field(default=DEFAULT_POLICY, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        wanted = (len(self.requirements), len(self.bank))
        if self.scores.shape != wanted:
            raise AlignmentError(
                f"scores have the shape {self.scores.shape}",
                f"give {wanted}: requirements x stories",
            )
        if not ((self.scores >= 0) & (self.scores <= 100)).all():
            raise AlignmentError("scores hold a value outside 0-100", "give scores of 0 to 100")

    def __reduce__(self) -> tuple[Any, ...]:
        # Through the constructor, so that the array is read-only again.
        return _alignment, (self.requirements, self.bank, self.scores, self.policy)

    def matches(self, requirement: Requirement | str | int) -> tuple[Match, ...]:
        """Return the stories that answer or may answer a requirement, best first.

        Stories below ``policy.may_answer_from``, and those with nothing in common, are left out;
        equal scores keep the order of the titles, so that the order of the bank never matters.

        Args:
            requirement: One of ``requirements``, its text, or its number.

        Raises:
            AlignmentError: The requirement is not in this alignment.
        """
        number = self._number(requirement)
        if number not in self._matched:
            self._matched[number] = self._ranked(number)
        return self._matched[number]

    @cached_property
    def _matched(self) -> dict[int, tuple[Match, ...]]:
        """What was asked for before: to look for the words takes longer than all else."""
        return {}

    def _ranked(self, number: int) -> tuple[Match, ...]:
        asks, row, stories = self.requirements[number], self.scores[number], self.bank.stories
        found = np.flatnonzero((row >= self.policy.may_answer_from) & (row > 0))
        ranked = sorted(found, key=lambda column: (-row[column], stories[column].title))
        return tuple(self._match(asks, stories[column], float(row[column])) for column in ranked)

    def _match(self, requirement: Requirement, story: Story, score: float) -> Match:
        evidence = _evidence(requirement.start, pairs(requirement.text, story))
        return Match(requirement, story, _shown(score), _state(score, self.policy), evidence)

    def _number(self, requirement: Requirement | str | int) -> int:
        if isinstance(requirement, int) and not isinstance(requirement, bool):
            if -len(self.requirements) <= requirement < len(self.requirements):
                return requirement % len(self.requirements)
        else:
            for number, item in enumerate(self.requirements):
                if requirement in (item, item.text):
                    return number
        seen = requirement.text if isinstance(requirement, Requirement) else requirement
        raise AlignmentError(
            f"requirement {seen!r} is not in this alignment",
            f"take one of its {len(self.requirements)} requirements, its text or its number",
        )

    def advice(self, requirement: Requirement | str | int) -> Nearest:
        """Return the nearest story that does not answer a requirement yet, and what it lacks (A4).

        A story that scores below 10 is not named: with so little in common it only leads astray.
        It is of most use for a gap, where that story is the nearest of all, and for a requirement
        with one story only, where it could be the second.

        Args:
            requirement: One of ``requirements``, its text, or its number.

        Raises:
            AlignmentError: The requirement is not in this alignment.

        >>> bank = StoryBank([Story("Rota", "", "", "I planned the rota", "No gaps")])
        >>> alignment = align(["Fluent German"], bank)
        >>> alignment.advice("Fluent German").story is None, alignment.advice(0).missing
        (True, ('Fluent German',))
        """
        number = self._number(requirement)
        asks = self.requirements[number]
        row = self.scores[number]
        below = [
            (-score, story.title, story)
            for score, story in zip(row.tolist(), self.bank, strict=True)
            if _NEAREST_FROM <= score < self.policy.may_answer_from
        ]
        below.sort(key=lambda item: item[:2])
        for score, _, story in below[:_NEAR]:
            # A score without a word to point at is no help.
            if found := pairs(asks.text, story):
                lacks = _missing(asks, found)
                return Nearest(asks, story, _shown(-score), _evidence(asks.start, found), lacks)
        return Nearest(asks, None, 0.0, missing=_missing(asks, ()))

    def _counts(self) -> list[int]:
        counts = ((self.scores >= self.policy.may_answer_from) & (self.scores > 0)).sum(axis=1)
        return [int(count) for count in counts]

    @property
    def gaps(self) -> tuple[Requirement, ...]:
        """The requirements for which no story was found, *tell* kinds only (A4)."""
        return tuple(
            item
            for item, count in zip(self.requirements, self._counts(), strict=True)
            if item.wants_story and not count
        )

    @property
    def thin(self) -> tuple[Requirement, ...]:
        """The requirements with a story, but fewer than ``policy.options_wanted`` (A4)."""
        return tuple(
            item
            for item, count in zip(self.requirements, self._counts(), strict=True)
            if item.wants_story and 0 < count < self.policy.options_wanted
        )

    @property
    def coverage(self) -> float | None:
        """The share of requirements that are no gap, 0-1 in full hundredths, by ``PRIORITY_WEIGHTS``.

        Only *tell* kinds count; ``None`` when there are none.
        """
        wanted = covered = 0
        for item, count in zip(self.requirements, self._counts(), strict=True):
            if item.wants_story:
                weight = PRIORITY_WEIGHTS[item.priority]
                wanted += weight
                covered += weight * bool(count)
        # Never all of them while there is a gap.
        return math.floor(100 * covered / wanted + 1e-9) / 100 if wanted else None

    def to_pandas(self) -> "pd.DataFrame":
        """Return a data frame: a row a match, best first within its requirement.

        Columns: ``requirement``, ``start``, ``kind``, ``priority``, ``story``, ``score`` (0-100),
        ``state`` and ``evidence`` (the story's words that answer, joined by semicolons).

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError("pandas", "dataframes") from error
        rows = [
            (
                item.text,
                item.start,
                str(item.kind),
                str(item.priority),
                match.story.title,
                match.score,
                str(match.state),
                "; ".join(match.quote(evidence)[1] for evidence in match.evidence),
            )
            for number, item in enumerate(self.requirements)
            for match in self.matches(number)
        ]
        return pd.DataFrame(rows, columns=list(_COLUMNS))

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Draw the scores as a heat map, requirements down and stories across.

        Args:
            ax: Where to draw; without it, on a new figure of pyplot, which a notebook shows below
                the cell and ``pyplot.show()`` in a window. A server draws on axes of its own,
                ``matplotlib.figure.Figure().subplots()``: pyplot keeps its figures until closed.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        try:
            from matplotlib import pyplot as plt
        except ImportError as error:
            raise MissingExtraError("matplotlib", "plots") from error
        rows, columns = self.scores.shape
        own = ax is None
        if ax is None:
            # Through pyplot, as other libraries do: a figure that it does not know is never shown.
            _, ax = plt.subplots(figsize=(4 + 0.5 * columns, 1.5 + 0.3 * rows), layout="tight")
        if self.scores.size:
            image = ax.imshow(self.scores, vmin=0, vmax=100, cmap="cividis", aspect="auto")
            if own:
                bar = ax.figure.colorbar(image, ax=ax, aspect=40, ticks=[0, 25, 50, 75, 100])
                bar.set_label("score: 50 and more answers, 25 and more may answer")
        ax.set_xticks(range(columns), [_short(story.title) for story in self.bank], rotation=90)
        ax.set_yticks(range(rows), [_short(item.text) for item in self.requirements])
        return ax

    def _repr_html_(self) -> str:
        stories = self._best_stories()
        rows = [self._row(number, stories) for number in range(len(self.requirements))[:_ROWS]]
        left = [
            f"{more} more {what}"
            for more, what in (
                (len(self.requirements) - len(rows), "requirements"),
                (len(self.bank) - len(stories), "stories"),
            )
            if more
        ]
        return cell(
            "alignment",
            summary=self._summary(),
            rows=rows,
            stories=[self.bank.titles[column] for column in stories],
            numbers=[column + 1 for column in stories],
            left=" and ".join(left),
        )

    def __repr__(self) -> str:
        """Return the counts: the values themselves would fill pages."""
        told = sum(item.wants_story for item in self.requirements)
        return (
            f"<Alignment requirements={len(self.requirements)} stories={len(self.bank)} "
            f"covered={told - len(self.gaps)}/{told}>"
        )

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(self._summary())

    def _summary(self) -> str:
        told = sum(item.wants_story for item in self.requirements)
        reached = "" if self.coverage is None else f", {self.coverage:.0%} reached"
        return (
            f"{len(self.requirements)} requirements and {len(self.bank)} stories: {told} want a "
            f"story{reached}; {len(self.thin)} have one only, {len(self.gaps)} none yet."
        )

    def _best_stories(self) -> list[int]:
        """The columns that a cell has room for: the best stories, in the order of the bank."""
        best_scores = self.scores.max(axis=0, initial=0)
        ranked = sorted(range(len(self.bank)), key=lambda column: -best_scores[column])
        return sorted(ranked[:_STORIES])

    def _row(self, number: int, stories: Sequence[int]) -> dict[str, Any]:
        item = self.requirements[number]
        return {
            "text": item.text,
            "priority": str(item.priority),
            "none": "no story found yet" if item.wants_story else "have it ready or confirm it",
            "scores": [float(self.scores[number, column]) for column in stories],
            "matches": [
                (match, [(*match.quote(words), words.story_part) for words in match.evidence])
                for match in self.matches(number)[:_MATCHES]
            ],
        }


# What a notebook's cell has room for.
_ROWS = 100  # requirements
_STORIES = 20
_MATCHES = 3  # stories whose words are shown for a requirement

_COLUMNS = (
    "requirement", "start", "kind", "priority", "story", "score", "state", "evidence",
)  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"


_NEAR = 5  # stories that are looked at for one to come nearest
# What is nearest and yet far away is no help ("team player": a night with two nurses too few). Of the stories
# named in the example banks, a reader found 2 of 31 below this score worth a look, and 25 of 34 from it on.
_NEAREST_FROM = 10.0
_LABEL = 40  # characters of a requirement or a title beside the heat map


def _alignment(
    requirements: Requirements, bank: StoryBank, found: NDArray[np.float32], policy: Policy
) -> Alignment:
    return Alignment(requirements, bank, found, policy=policy)


def _shown(number: float) -> float:
    """A number with two decimals at most: what comes after says nothing about a story."""
    return round(number, 2)


def _state(score: float, policy: Policy) -> State:
    return State.ANSWERS if score >= policy.answers_from else State.MAY_ANSWER


def _missing(asks: Requirement, found: Sequence[Pair]) -> Iterator[str]:
    """Yield what a story does not speak of, in the requirement's own phrases."""
    phrases = [(max(0, skill.start - asks.start), skill.end - asks.start) for skill in asks.skills]
    told = (asks.text[start:end].rstrip(" )]") for start, end in lacking(asks.text, found, phrases))
    once: dict[str, str] = {}
    for words in told:
        once.setdefault(words.casefold(), words)
    yield from once.values()


def _evidence(offset: int, found: Iterable[Pair]) -> Iterator[Evidence]:
    for pair in found:
        yield Evidence(
            offset + pair.asked_start,
            offset + pair.asked_end,
            pair.part,
            pair.start,
            pair.end,
            _shown(100 * pair.strength),
        )


def _requirements(given: Requirements | Iterable[Requirement | str]) -> Requirements:
    return given if isinstance(given, Requirements) else Requirements(_each(given))


def _each(given: Iterable[Requirement | str]) -> Iterator[Requirement]:
    for item in _items(given, str):
        if isinstance(item, str):
            yield Requirement(item, 0, len(item))
        elif isinstance(item, Requirement):
            yield item
        else:
            raise _not_requirements(item)


def _items(given: Any, alone: type) -> Iterable[Any]:
    """Return what there is to iterate over: one value of the kind ``alone`` stands for itself."""
    if isinstance(given, alone):
        return (given,)
    if not isinstance(given, Iterable):
        raise _not_requirements(given)
    return given


def _not_requirements(given: object) -> ArgumentTypeError:
    advice = (
        "give it to extract_requirements first, and what that returns here"
        if isinstance(given, Advert)
        else "give what extract_requirements returns, or the requirements as texts"
    )
    return ArgumentTypeError("the alignment", f"{_kind(given)} as requirements", advice)


def _kind(given: object) -> str:
    name = type(given).__name__
    return f"an {name}" if name[0] in "AEIOaeio" else f"a {name}"


def _bank(given: Any) -> StoryBank:
    if isinstance(given, StoryBank):
        return given
    if isinstance(given, (str, Story)) or not isinstance(given, Iterable):
        raise ArgumentTypeError(
            "the alignment", f"{_kind(given)} as bank", "give a StoryBank or a list of Story values"
        )
    return StoryBank(given)


def align(
    requirements: Requirements | Iterable[Requirement | str],
    bank: StoryBank | Sequence[Story],
    *,
    policy: Policy = DEFAULT_POLICY,
) -> Alignment:
    """Set a bank of stories against requirements (A2).

    Args:
        requirements: What an advert asks for, or plain strings; an interview question works, too.
        bank: The stories.
        policy: Where *answers* and *may answer* begin.

    Raises:
        ArgumentTypeError: What is given is no requirements or no stories: an advert, say.
        StoryError: Two stories have the same title, or something else than a story is given.

    >>> bank = StoryBank([Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")])
    >>> [match] = align(["Planning rotas"], bank).matches("Planning rotas")
    >>> match.story.title, match.state
    ('Rota', <State.ANSWERS: 'answers'>)
    """
    asks = _requirements(requirements)
    stories = _bank(bank)
    found = scores(asked([item.text for item in asks]), told(stories.stories), calibration())
    return Alignment(asks, stories, found, policy=policy)


def align_many(
    requirements: Iterable[Requirements | Iterable[Requirement | str]],
    banks: StoryBank | Sequence[Story] | Iterable[StoryBank | Sequence[Story]],
    *,
    policy: Policy = DEFAULT_POLICY,
    workers: int = 1,
    progress: bool = False,
) -> Iterator[Alignment]:
    """Align one after the other, in order, as they are asked for.

    One bank for all is made ready once. No more than a few adverts are held at a time.

    Args:
        requirements: What each advert asks for; any iterable, read as needed. A plain string is
            one advert that asks for one thing.
        banks: One bank for all of them, or as many banks as there are adverts. A sequence of
            stories is one bank.
        policy: Where *answers* and *may answer* begin.
        workers: Processes to spread the work over; 1 works in this process, -1 takes a process
            for each core. With more than one, a script calls this under
            ``if __name__ == "__main__":``, as each process imports the script.
        progress: Whether a bar on standard error shows how far it is.

    Raises:
        AlignmentError: There are more adverts than banks, or more banks than adverts.
        ArgumentTypeError: What is given is no requirements or no stories.
        StoryError: Two stories of a bank have the same title.
        WorkersError: ``workers`` is neither -1 nor 1 or more, or a process ended too soon.

    >>> bank = StoryBank([Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")])
    >>> [len(alignment.gaps) for alignment in align_many([["Planning rotas"], ["Welding"]], bank)]
    [0, 1]
    """
    count = processes(workers)
    each = _items(requirements, str)
    shared = _bank(banks) if _is_bank(banks) else None
    stream = _tracked(each, "Aligning", progress)
    both = _paired(stream, banks, each) if shared is None else ((asks, shared) for asks in stream)
    held: deque[tuple[Requirements, StoryBank]] = deque()

    def pieces() -> Iterator[tuple[list[str], tuple[Story, ...] | None]]:
        for given, bank in both:
            asks = _requirements(given)
            held.append((asks, bank))
            yield [item.text for item in asks], None if shared is not None else bank.stories

    stories = None if shared is None else shared.stories
    for found in in_order(_scorer, (stories,), pieces(), count):
        asks, bank = held.popleft()
        yield Alignment(asks, bank, found, policy=policy)


def top_matches(
    requirements: Requirements | Iterable[Requirement | str],
    bank: StoryBank | Sequence[Story],
    *,
    k: int = 5,
    policy: Policy = DEFAULT_POLICY,
    evidence: bool = True,
    workers: int = 1,
    progress: bool = False,
) -> Iterator[tuple[Match, ...]]:
    """Yield the best stories of each requirement, best first, in the order of the requirements.

    The first ``k`` of ``Alignment.matches``, without the scores of all pairs: for thousands of
    requirements and stories. The requirements are read a few thousand at a time.

    Args:
        requirements: What is asked for, or plain strings; any iterable.
        bank: The stories.
        k: Most matches of one requirement.
        policy: Where *answers* and *may answer* begin.
        evidence: Whether each match says which words answer which; most of the time goes there.
        workers: Processes to spread the work over; 1 works in this process, -1 takes a process
            for each core. Each makes the bank ready for itself. With more than one, a script calls
            this under ``if __name__ == "__main__":``, as each process imports the script.
        progress: Whether a bar on standard error shows how far it is.

    Raises:
        AlignmentError: ``k`` is no whole number, or less than 1.
        ArgumentTypeError: What is given is no requirements or no stories.
        StoryError: Two stories have the same title, or something else than a story is given.
        WorkersError: ``workers`` is neither -1 nor 1 or more, or a process ended too soon.

    >>> bank = [Story("Rota", "", "", "I planned the rota for 40 nurses", "No gaps")]
    >>> [[match.story.title for match in best] for best in top_matches(["Planning rotas"], bank)]
    [['Rota']]
    """
    best_many: object = k  # whatever its type says
    if not isinstance(best_many, int) or isinstance(best_many, bool) or best_many < 1:
        raise AlignmentError(f"k is {k!r}", "give a whole number, 1 or more")
    count = processes(workers)
    asks = _items(requirements, str)
    # Equal scores keep the order of the titles, as in ``Alignment.matches``.
    stories = tuple(sorted(_bank(bank), key=lambda story: story.title))
    held: deque[list[Requirement]] = deque()

    def pieces() -> Iterator[list[tuple[str, int]]]:
        stream = _each(_tracked(asks, "Matching", progress))
        while group := list(islice(stream, _GROUP if count == 1 else _GROUP // 2)):
            held.append(group)
            yield [(item.text, item.start) for item in group]

    # A story with nothing in common is no match, even where the policy shows all others.
    given = (stories, k, max(policy.may_answer_from, _LEAST), evidence)
    for found in in_order(_ranker, given, pieces(), count):
        for item, row in zip(held.popleft(), found, strict=True):
            yield tuple(
                Match(item, stories[number], _shown(score), _state(score, policy), words)
                for number, score, words in row
            )


_LEAST = 0.01  # scores have two decimals
# Requirements ranked at a time: the more, the less is looked up twice; several processes get
# half as many, so that each has some to do.
_GROUP = 8192


def _scorer(
    shared: tuple[Story, ...] | None,
) -> Callable[[tuple[list[str], tuple[Story, ...] | None]], NDArray[np.float32]]:
    """Return what scores the texts of one advert, against the shared bank or one of its own."""
    ready = None if shared is None else told(shared)

    def score(piece: tuple[list[str], tuple[Story, ...] | None]) -> NDArray[np.float32]:
        texts, stories = piece
        return scores(asked(texts), ready or told(stories or ()), calibration())

    return score


_Ranked = list[tuple[int, float, tuple[Evidence, ...]]]


def _ranker(
    stories: tuple[Story, ...], k: int, least: float, evidence: bool
) -> Callable[[list[tuple[str, int]]], list[_Ranked]]:
    """Return what finds the best stories of a group of texts."""
    ready = told(stories)

    def rank(piece: list[tuple[str, int]]) -> list[_Ranked]:
        found = best(asked([text for text, _ in piece]), ready, calibration(), k, least)
        starts = np.searchsorted(found.texts, np.arange(len(piece) + 1))
        rows: list[_Ranked] = []
        for place, (text, start) in enumerate(piece):
            here = slice(starts[place], starts[place + 1])
            numbers, values = found.stories[here].tolist(), found.scores[here].tolist()
            rows.append(
                [
                    (
                        number,
                        value,
                        tuple(_evidence(start, pairs(text, stories[number]))) if evidence else (),
                    )
                    for number, value in zip(numbers, values, strict=True)
                ]
            )
        return rows

    return rank


def _is_bank(given: Any) -> bool:
    if isinstance(given, Sequence):
        return bool(given) and all(isinstance(item, Story) for item in given)
    return isinstance(given, StoryBank) or not isinstance(given, Iterable)


def _paired(
    stream: Iterable[Any], banks: Iterable[Any], adverts: Iterable[Any]
) -> Iterator[tuple[Any, StoryBank]]:
    """Pair what is asked with its bank; ``adverts`` is the stream as given, which may have a length."""
    lengths = [len(items) if isinstance(items, Sized) else None for items in (adverts, banks)]
    if None not in lengths and lengths[0] != lengths[1]:
        raise _uneven(*lengths)
    nothing = object()
    for number, (asks, bank) in enumerate(zip_longest(stream, banks, fillvalue=nothing)):
        if asks is nothing or bank is nothing:
            more = f"{number + 1} or more"
            raise _uneven(number if asks is nothing else more, number if bank is nothing else more)
        yield asks, _bank(bank)


def _uneven(adverts: int | str | None, banks: int | str | None) -> AlignmentError:
    return AlignmentError(
        f"adverts: {adverts}, banks: {banks}",
        "give one bank for all adverts, or as many banks as adverts",
    )


def _tracked(items: Iterable[_Item], description: str, progress: bool) -> Iterable[_Item]:
    if not progress:
        return items
    from rich.console import Console
    from rich.progress import track  # not before somebody asks for a bar

    total = len(items) if isinstance(items, Sized) else None
    return track(items, description, total, console=Console(stderr=True), transient=True)
