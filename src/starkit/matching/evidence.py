"""Evidence: which words of a story answer which words of a requirement."""

import re
from collections.abc import Sequence

import attrs
import numpy as np

from starkit.matching.background import COUNTING_POWER, background
from starkit.matching.similarity import Form, similarity, word_rows
from starkit.matching.terms import Term, asked_terms, terms
from starkit.matching.told import PART_WEIGHTS, part_text, sentence_starts
from starkit.stories import Story

SHOWN_FROM = 0.25
"""Similarity of two terms, 0-1, from which they are shown as answering each other."""

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


def pairs(text: str, story: Story) -> tuple[Pair, ...]:
    """Return the words of a story that answer the words of a text, strongest first.

    Words that stand together on both sides are one pair. Stop words and lead-ins never appear.

    >>> story = Story("Rota", "", "", "I managed a budget of £2m", "Saved 4 %")
    >>> [found] = pairs("Ability to manage budgets", story)
    >>> story.action[found.start : found.end]
    'managed a budget'
    """
    wanted = asked_terms(text)
    places, told = _places(story)
    if not wanted or not places:
        return ()
    first: dict[str, Term] = {}
    for term in wanted:
        first.setdefault(term.key, term)
    asked = [Form(key, text[term.start : term.end].lower()) for key, term in first.items()]
    near = similarity(asked, told, word_rows(asked), word_rows(told))
    table = np.zeros((len(asked), len(told)), np.float32)
    for row in range(len(asked)):
        columns, values = near.row(row)
        table[row, columns] = values
    table[table < SHOWN_FROM] = 0
    weights = background().weights(tuple(first)) ** COUNTING_POWER
    share = weights / weights.sum()
    chosen = _choose(table, share, places)
    found = [
        Pair(
            term.start,
            term.end,
            place.part,
            place.start,
            place.end,
            float(share[row] * table[row, place.number] * PART_WEIGHTS[place.part]),
        )
        for row, (term, place) in enumerate(zip(first.values(), chosen, strict=True))
        if place is not None
    ]
    merged = _merge(found, text, story)
    return tuple(sorted(merged, key=lambda pair: (-pair.strength, pair.asked_start)))


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
            form = Form(term.key, text[term.start : term.end].lower())
            known = number.setdefault(form, len(number))
            places.append(_Place(known, part, sentence, term.start, term.end))
        sentence += 1
    return places, tuple(number)


def _choose(
    table: "np.ndarray[tuple[int, int], np.dtype[np.float32]]",
    share: "np.ndarray[tuple[int], np.dtype[np.float32]]",
    places: Sequence[_Place],
) -> list[_Place | None]:
    """Choose a place for each asked term: the sentence that answers most goes first."""
    chosen: list[_Place | None] = [None] * len(table)
    best = table.max(axis=1)
    by_sentence: dict[int, list[_Place]] = {}
    for place in places:
        if table[:, place.number].any():
            by_sentence.setdefault(place.sentence, []).append(place)
    answers = {
        sentence: [_best_of(table[row], best[row], inside) for row in range(len(table))]
        for sentence, inside in by_sentence.items()
    }
    open_rows = {row for row in range(len(table)) if best[row]}
    while open_rows:
        worth = {
            sentence: sum(
                float(share[row] * table[row, answer.number]) * PART_WEIGHTS[answer.part]
                for row in open_rows
                if (answer := found[row]) is not None
            )
            for sentence, found in answers.items()
        }
        sentence = max(worth, key=lambda key: (worth[key], -key))
        taken = [row for row in sorted(open_rows) if answers[sentence][row] is not None]
        for row in taken:
            chosen[row] = answers[sentence][row]
        open_rows.difference_update(taken)
    return chosen


def _best_of(
    row: "np.ndarray[tuple[int], np.dtype[np.float32]]", best: float, inside: Sequence[_Place]
) -> _Place | None:
    top = max(inside, key=lambda place: (row[place.number], -place.start))
    value = row[top.number]
    return top if value > 0 and value >= _CLOSE * best else None


def _merge(found: Sequence[Pair], text: str, story: Story) -> list[Pair]:
    """Join neighbours: words that stand together in the requirement and in the story."""
    merged: list[Pair] = []
    for pair in sorted(found, key=lambda pair: pair.asked_start):
        last = merged[-1] if merged else None
        if last is not None and _together(last, pair, text, story):
            merged[-1] = Pair(
                last.asked_start,
                max(last.asked_end, pair.asked_end),
                last.part,
                min(last.start, pair.start),
                max(last.end, pair.end),
                last.strength + pair.strength,
            )
        else:
            merged.append(pair)
    return merged


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
