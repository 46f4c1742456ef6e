"""Stories made ready to be searched: terms with the part they stand in, and windows of sentences."""

import re
from collections.abc import Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.background import COUNTING_POWER, MEANING_POWER, background
from starkit.matching.similarity import Form, centred, word_rows
from starkit.matching.terms import Term, terms
from starkit.stories import Story

PART_WEIGHTS = {
    "title": 0.85,
    "situation": 0.85,
    "task": 0.9,
    "action": 0.95,
    "result": 1.0,
    "skills": 0.85,
    "competencies": 0.85,
}
"""How much a word counts by where it stands, 0-1: the result most, a named skill least (A11)."""

WINDOW = 2
"""Sentences in a window."""

# A sentence ends at its mark and a blank, or with the line.
_SENTENCE_END = re.compile(r"[.!?]+\s+|\n+")

_STORIES = 512  # stories whose windows are made at a time: bounds memory


def part_text(story: Story, part: str) -> str:
    """Return the text that offsets into one part of a story count in.

    Skills and competencies are lists of names; they count as one text, joined by a comma and a
    blank.

    >>> part_text(Story("Rota", "", "", "", "", skills=("Excel", "planning")), "skills")
    'Excel, planning'
    """
    value = getattr(story, part)
    return value if isinstance(value, str) else ", ".join(value)


@attrs.frozen(eq=False)
class Told:
    """The stories of a bank as postings and windows.

    Attributes:
        count: How many stories there are.
        forms: Every form that stands in a story, each once.
        rows: A vector for each term, terms x dim.
        weights: How much each term counts, from texts at large.
        starts: Where the postings of each term begin; one more than terms.
        stories: Numbers of the stories that a term stands in, by term.
        places: Weight of the best part that the term stands in, by posting, 0-1.
        mass: Sum of the weights of a story's terms, by story.
        windows: A vector for each window of sentences, at most one long; a window's length is the
            weight of its part.
        owners: Where the windows of each story begin; every story has one at least.
    """

    count: int
    forms: tuple[Form, ...]
    rows: NDArray[np.float32]
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]
    stories: NDArray[np.int64]
    places: NDArray[np.float32]
    mass: NDArray[np.float32]
    windows: NDArray[np.float32]
    owners: NDArray[np.int64]


def told(stories: Sequence[Story]) -> Told:
    """Return stories made ready to be searched."""
    number: dict[Form, int] = {}
    term: list[int] = []
    story: list[int] = []
    place: list[float] = []
    sentences: list[int] = []  # where each sentence begins among the terms
    windows: list[tuple[int, int, float]] = []  # first and last sentence, weight of the part
    owners: list[int] = []
    for count, one in enumerate(stories):
        owners.append(len(windows))
        for part, weight in PART_WEIGHTS.items():
            text = part_text(one, part)
            first = len(sentences)
            for sentence in _sentences(text, terms(text)):
                sentences.append(len(term))
                for item in sentence:
                    form = Form(item.key, text[item.start : item.end].lower())
                    term.append(number.setdefault(form, len(number)))
                    story.append(count)
                    place.append(weight)
            last = len(sentences)
            windows += [
                (start, min(start + WINDOW, last), weight)
                for start in range(first, max(last - WINDOW + 1, min(first + 1, last)))
            ]
        if owners[-1] == len(windows):
            windows.append((0, 0, 0.0))  # a story without a word
    forms = tuple(number)
    rows = word_rows(forms)
    idf = background().weights([form.key for form in forms])
    weights = idf**COUNTING_POWER
    terms_, stories_ = np.array(term, np.int64), np.array(story, np.int64)
    starts, held, best = _postings(
        terms_, stories_, np.array(place, np.float32), len(forms), len(stories)
    )
    by_posting = np.repeat(weights, np.diff(starts))
    mass = np.bincount(held, by_posting, len(stories)).astype(np.float32)
    return Told(
        len(stories),
        forms,
        rows,
        weights,
        starts,
        held,
        best,
        mass,
        _window_rows(terms_, np.array(sentences, np.int64), windows, rows, idf**MEANING_POWER),
        np.array(owners, np.int64),
    )


def sentence_starts(text: str) -> list[int]:
    """Return where each sentence after the first begins, in characters.

    >>> sentence_starts("I called. They came.")
    [10]
    """
    return [match.end() for match in _SENTENCE_END.finditer(text)]


def _sentences(text: str, found: Sequence[Term]) -> Iterator[list[Term]]:
    """Yield the terms of each sentence that has any."""
    ends = sentence_starts(text)
    sentence: list[Term] = []
    place = 0
    for term in found:
        while place < len(ends) and term.start >= ends[place]:
            place += 1
            if sentence:
                yield sentence
                sentence = []
        sentence.append(term)
    if sentence:
        yield sentence


def _postings(
    term: NDArray[np.int64],
    story: NDArray[np.int64],
    place: NDArray[np.float32],
    terms_: int,
    stories: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return where each term's postings begin, their stories, and the best part of each."""
    pair = term * max(stories, 1) + story
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    best = np.maximum.reduceat(place[order], first) if len(first) else place
    pair = pair[first]
    held = pair % max(stories, 1)
    counts = np.bincount(pair // max(stories, 1), minlength=terms_)
    return np.concatenate([[0], np.cumsum(counts)]), held, best


def _window_rows(
    term: NDArray[np.int64],
    sentences: NDArray[np.int64],
    windows: Sequence[tuple[int, int, float]],
    rows: NDArray[np.float32],
    weights: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return a vector for each window: the direction of its words, as long as its part counts."""
    weighted = rows * weights[:, None]
    by_sentence = np.zeros((len(sentences) + 1, rows.shape[1]), np.float32)
    bounds = np.append(sentences, len(term))
    for first in range(0, len(sentences), _STORIES):
        last = min(first + _STORIES, len(sentences))
        here = term[bounds[first] : bounds[last]]
        by_sentence[first:last] = np.add.reduceat(
            weighted[here], bounds[first:last] - bounds[first], axis=0
        )
    start = np.array([window[0] for window in windows], np.int64)
    end = np.array([window[1] for window in windows], np.int64)
    long = np.array([window[2] for window in windows], np.float32)
    found = np.zeros((len(windows), rows.shape[1]), np.float32)
    for step in range(WINDOW):
        inside = start + step < end
        found[inside] += by_sentence[start[inside] + step]
    return centred(found) * long[:, None]
