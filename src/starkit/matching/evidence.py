"""Evidence: which words of a story answer which words of a requirement.

Whole phrases go first, wherever they stand; what is left is answered by the sentences that answer
most of it, the telling before the title and the lists of names. Words that only lie near in meaning
are shown when they are close, and a word that says nothing by itself is never shown alone.
"""

import re
from collections.abc import Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.background import COUNTING_POWER, background, generic_keys
from starkit.matching.quoting import quotable
from starkit.matching.similarity import UNLIKE_FROM, Form, similarity, word_rows, written
from starkit.matching.terms import Term, asked_terms, terms
from starkit.matching.told import PART_WEIGHTS, part_text, sentence_starts
from starkit.stories import PARTS, Story

ALIKE_FROM = 0.25
"""Similarity, 0-1, from which two terms that begin alike are shown as answering each other."""
BEGINS_ALIKE = 4
"""Letters that two terms share at their beginning to be of one family."""
LEAST_SHARE = 0.15
"""Strength, as a share of the strongest pair's, below which a pair is not worth showing."""

_CLOSE = 0.8  # a sentence may keep a term whose best answer, elsewhere, is this much better

# What may stand between two terms of one phrase: a blank, a joining mark, a small word.
_GAP = re.compile(r"[\s\-/&,’']{1,3}(?:(?:a|an|and|by|for|in|of|on|the|to|with|my|our)\s){0,2}")
_LONGEST_GAP = 12


@attrs.frozen
class Pair:
    """Words of the requirement and the words of the story that answer them.

    Attributes:
        asked_start: Where the words begin in the text that asks.
        asked_end: Where they end (half open).
        part: The part of the story.
        start: Where the words begin in that part.
        end: Where they end (half open).
        strength: How much of what is asked they answer, 0-1.
    """

    asked_start: int
    asked_end: int
    part: str
    start: int
    end: int
    strength: float


@attrs.frozen
class _Place:
    """One word of the story: its number among the forms, its part and sentence."""

    number: int
    part: str
    sentence: int
    start: int
    end: int


@attrs.frozen
class _Answer:
    """One asked term, a place that answers it, and what that is worth."""

    row: int
    place: _Place
    worth: float


def pairs(text: str, story: Story) -> tuple[Pair, ...]:
    """Return the words of a story that answer the words of a text, strongest first.

    Words that stand together on both sides are one pair. Stop words, lead-ins and generic words
    alone never appear.

    >>> story = Story("Rota", "", "", "I managed a budget of £2m", "Saved 4 %")
    >>> [found] = pairs("Ability to manage budgets", story)
    >>> story.action[found.start : found.end]
    'managed a budget'
    """
    wanted = _first_of_each(asked_terms(text))
    places, told = _places(story)
    if not wanted or not places:
        return ()
    table = _table(text, wanted, told)
    weights = background().weights([term.key for term in wanted]) ** COUNTING_POWER
    share = weights / weights.sum()
    worth = [
        [
            _Answer(
                row, place, float(share[row] * table[row, place.number] * PART_WEIGHTS[place.part])
            )
            for place in places
            if table[row, place.number]
        ]
        for row in range(len(wanted))
    ]
    chosen = _phrases(worth, text, wanted, story)
    _sentences(chosen, worth, table)
    found = [
        Pair(
            wanted[row].start,
            wanted[row].end,
            answer.place.part,
            answer.place.start,
            answer.place.end,
            answer.worth,
        )
        for row, answer in sorted(chosen.items())
    ]
    telling = [pair for pair in _merge(found, text, story) if not _is_generic(text, pair)]
    least = LEAST_SHARE * max((pair.strength for pair in telling), default=0.0)
    kept = (pair for pair in telling if pair.strength >= least)
    return tuple(sorted(kept, key=lambda pair: (-pair.strength, pair.asked_start)))


def missing(text: str, found: Sequence[Pair]) -> tuple[tuple[int, int], ...]:
    """Return where the words of a text stand that no pair answers, neighbours as one span.

    Lead-ins, stop words and generic words are not missed.

    Args:
        text: What is asked.
        found: What answers it, from ``pairs``.

    >>> story = Story("Rota", "", "", "I planned the rota", "")
    >>> text = "Planning rotas and training staff"
    >>> [text[start:end] for start, end in missing(text, pairs(text, story))]
    ['training staff']
    """
    # A word that is asked for twice is answered once.
    answered = {
        term.key
        for term in asked_terms(text)
        for pair in found
        if pair.asked_start <= term.start < pair.asked_end
    }
    spans: list[tuple[int, int]] = []
    end, joins = 0, False  # of the last term missed, generic or not; whether a span is open there
    for term in asked_terms(text):
        if term.key in answered:
            continue
        joins = joins and _is_gap(text[end : term.start])
        end = term.end
        if term.key in generic_keys():
            continue
        spans[-1:] = [(spans[-1][0], end)] if joins else [*spans[-1:], (term.start, end)]
        joins = True
    return tuple(spans)


MOSTLY = 0.5
"""Share of a phrase's telling words that has to be missing for the phrase to be missed."""
FEWEST_ALONE = 3
"""Telling words from which a run that stands in no phrase is named beside phrases."""


def lacking(
    text: str, found: Sequence[Pair], phrases: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Return what of a text no pair answers, in phrases that mean something by themselves.

    A word that is missing is told with the phrase that it stands in, when most of that is missing; a
    word or two that stand in none are told only when there is nothing else. At most two phrases
    are told, and no adjective alone.

    Args:
        text: What is asked.
        found: What answers it, from ``pairs``.
        phrases: Where the phrases of the text stand, such as the skills of a requirement.

    >>> text = "Carry out annual services on 3 MW turbines in a crew of three"
    >>> [text[start:end] for start, end in lacking(text, (), [(0, 42)])]
    ['Carry out annual services on 3 MW turbines']
    >>> lacking("Working in a crew", (), ())
    ((13, 17),)
    """
    runs = missing(text, found)
    telling = [term for term in asked_terms(text) if term.key not in generic_keys()]

    def count(spans: Sequence[tuple[int, int]], start: int, end: int) -> int:
        return sum(
            start <= term.start < end and any(low <= term.start < high for low, high in spans)
            for term in telling
        )

    whole = [(0, len(text))]
    named = [
        (start, end)
        for start, end in _widest(phrases)
        if 0 < count(whole, start, end) <= count(runs, start, end) / MOSTLY
    ]
    outside = [
        (start, end)
        for start, end in runs
        if not any(low < end and start < high for low, high in phrases)
    ]
    named += [run for run in outside if count(whole, *run) >= FEWEST_ALONE]
    return quotable(text, sorted(named or outside))


def _widest(phrases: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the phrases that stand in no other, in order."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(phrases), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _first_of_each(found: Sequence[Term]) -> list[Term]:
    first: dict[str, Term] = {}
    for term in found:
        first.setdefault(term.key, term)
    return list(first.values())


def _places(story: Story) -> tuple[list[_Place], tuple[Form, ...]]:
    number: dict[Form, int] = {}
    places: list[_Place] = []
    sentence = 0
    for part in PART_WEIGHTS:
        text = part_text(story, part)
        starts = sentence_starts(text)
        here = 0
        for term in terms(text):
            while here < len(starts) and term.start >= starts[here]:
                here += 1
                sentence += 1
            form = Form(term.key, written(text[term.start : term.end]))
            known = number.setdefault(form, len(number))
            places.append(_Place(known, part, sentence, term.start, term.end))
        sentence += 1
    return places, tuple(number)


def _table(text: str, wanted: Sequence[Term], told: Sequence[Form]) -> NDArray[np.float32]:
    """Return how well each told form answers each asked term, 0 where it is not worth showing."""
    asked = [Form(term.key, written(text[term.start : term.end])) for term in wanted]
    near = similarity(asked, told, word_rows(asked), word_rows(told))
    table = np.zeros((len(asked), len(told)), np.float32)
    for row, form in enumerate(asked):
        columns, values = near.row(row)
        for column, value in zip(columns.tolist(), values.tolist(), strict=True):
            alike = form.key[:BEGINS_ALIKE] == told[column].key[:BEGINS_ALIKE]
            if value >= (ALIKE_FROM if alike else UNLIKE_FROM):
                table[row, column] = value
    return table


# --- choosing a place for each asked term ---------------------------------------------------------


def _phrases(
    worth: Sequence[Sequence[_Answer]], text: str, wanted: Sequence[Term], story: Story
) -> dict[int, _Answer]:
    """Choose places where neighbours in the text are neighbours in the story, the best run first."""
    chosen: dict[int, _Answer] = {}
    while True:
        best: tuple[_Answer, ...] = ()
        after: dict[
            _Place, tuple[_Answer, ...]
        ] = {}  # the best run from each place of the next row
        for row in reversed(range(len(wanted))):
            runs: dict[_Place, tuple[_Answer, ...]] = {}
            joins = row + 1 < len(wanted) and _is_gap(text[wanted[row].end : wanted[row + 1].start])
            for answer in () if row in chosen else worth[row]:
                on = [
                    run
                    for place, run in (after.items() if joins else ())
                    if _are_neighbours(answer.place, place, story)
                ]
                runs[answer.place] = (answer, *max(on, key=_worth, default=()))
            best = max((best, *(run for run in runs.values() if len(run) > 1)), key=_worth)
            after = runs
        if not best:
            return chosen
        chosen |= {answer.row: answer for answer in best}


def _worth(answers: Sequence[_Answer]) -> float:
    return sum(answer.worth for answer in answers)


def _are_neighbours(left: _Place, right: _Place, story: Story) -> bool:
    if left.part != right.part or left.sentence != right.sentence or left == right:
        return False
    first, last = sorted((left, right), key=lambda place: place.start)
    return _is_gap(part_text(story, left.part)[first.end : last.start])


def _sentences(
    chosen: dict[int, _Answer], worth: Sequence[Sequence[_Answer]], table: NDArray[np.float32]
) -> None:
    """Choose places for the other terms: the sentence that answers most goes first."""
    best = table.max(axis=1)
    for parts in (PARTS, tuple(PART_WEIGHTS)):
        answers: dict[int, dict[int, _Answer]] = {}  # by sentence and row
        for row, found in enumerate(worth):
            for answer in found:
                place = answer.place
                if place.part in parts and table[row, place.number] >= _CLOSE * best[row]:
                    here = answers.setdefault(place.sentence, {})
                    if row not in here or answer.worth > here[row].worth:
                        here[row] = answer
        # What a phrase has answered already speaks for its sentence.
        said: dict[int, float] = {}
        for answer in chosen.values():
            sentence = answer.place.sentence
            said[sentence] = said.get(sentence, 0.0) + answer.worth
        while answers:
            for here in answers.values():
                for row in chosen.keys() & here.keys():
                    del here[row]
            answers = {sentence: here for sentence, here in answers.items() if here}
            if not answers:
                break
            top = max(
                answers,
                key=lambda sentence: (
                    _worth(tuple(answers[sentence].values())) + said.get(sentence, 0.0),
                    -sentence,
                ),
            )
            chosen |= answers[top]


# --- making pairs of them -------------------------------------------------------------------------


def _merge(found: Sequence[Pair], text: str, story: Story) -> Iterator[Pair]:
    """Join neighbours: words that stand together in the requirement and in the story."""
    last: Pair | None = None
    for pair in found:
        if last is not None and _together(last, pair, text, story):
            last = Pair(
                last.asked_start,
                max(last.asked_end, pair.asked_end),
                last.part,
                min(last.start, pair.start),
                max(last.end, pair.end),
                last.strength + pair.strength,
            )
            continue
        if last is not None:
            yield last
        last = pair
    if last is not None:
        yield last


def _together(left: Pair, right: Pair, text: str, story: Story) -> bool:
    if left.part != right.part or not _is_gap(text[left.asked_end : right.asked_start]):
        return False
    told = part_text(story, left.part)
    if left.end <= right.start:
        return _is_gap(told[left.end : right.start])
    if right.end <= left.start:
        return _is_gap(told[right.end : left.start])
    return True  # one word of the story answers both


def _is_gap(between: str) -> bool:
    return len(between) <= _LONGEST_GAP and _GAP.fullmatch(between) is not None


def _is_generic(text: str, pair: Pair) -> bool:
    # In its text: what a word means may hang on its neighbours.
    asked = (term for term in terms(text) if pair.asked_start <= term.start < pair.asked_end)
    return all(term.key in generic_keys() for term in asked)
