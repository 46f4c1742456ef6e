"""Stories made ready to be searched: as windows of sentences, each in its part."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.background import MEANING_POWER, background
from starkit.matching.similarity import Form, centred, spread, word_rows, written
from starkit.matching.terms import Term, terms
from starkit.stories import Story

PART_WEIGHTS = {
    "title": 0.9,
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

_SENTENCES = 4096  # sentences summed at a time: bounds memory


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
    """The stories of a bank as windows of sentences.

    Attributes:
        count: How many stories there are.
        forms: Every form that stands in a story, each once.
        rows: A vector for each form, forms x dim.
        terms: Numbers of the forms in each window, window after window.
        bounds: Where the terms of each window begin; one more than windows.
        parts: Weight of the part that each window stands in, 0-1.
        windows: A vector for each window, at most one long; a window's length is the weight of its
            part.
        owners: Where the windows of each story begin; every story has one at least.
        lengths: Terms in each story.
    """

    count: int
    forms: tuple[Form, ...]
    rows: NDArray[np.float32]
    terms: NDArray[np.int64]
    bounds: NDArray[np.int64]
    parts: NDArray[np.float32]
    windows: NDArray[np.float32]
    owners: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Terms in each window."""
        return np.diff(self.bounds)

    def postings(self, windows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the postings of each form begin, and their windows, for some windows.

        The windows are numbered by their place among those asked for.
        """
        sizes = self.sizes[windows]
        forms = self.terms[spread(self.bounds[windows], sizes)]
        starts = np.append(0, np.cumsum(np.bincount(forms, minlength=len(self.forms))))
        return starts, np.repeat(np.arange(len(windows)), sizes)[np.argsort(forms, kind="stable")]


def told(stories: Iterable[Story]) -> Told:
    """Return stories made ready to be searched."""
    number: dict[tuple[str, str], int] = {}
    term: list[int] = []
    sentences: list[int] = []  # where each sentence begins among the terms
    windows: list[tuple[int, int, float]] = []  # first and last sentence, weight of the part
    owners: list[int] = []
    firsts: list[int] = []  # where each story begins among the terms
    for one in stories:
        owners.append(len(windows))
        firsts.append(len(term))
        for part, weight in PART_WEIGHTS.items():
            if not (text := part_text(one, part)):
                continue
            first = len(sentences)
            for sentence in _sentences(text, terms(text)):
                sentences.append(len(term))
                term += [
                    number.setdefault((key, written(text[start:end])), len(number))
                    for key, start, end, _, _ in sentence
                ]
            last = len(sentences)
            windows += [
                (start, min(start + WINDOW, last), weight)
                for start in range(first, max(last - WINDOW + 1, min(first + 1, last)))
            ]
        if owners[-1] == len(windows):
            windows.append((0, 0, 0.0))  # a story without a word
    forms = tuple(starmap(Form, number))
    rows = word_rows(forms)
    idf = background().weights([form.key for form in forms])
    terms_ = np.array(term, np.int64)
    bounds = np.array([*sentences, len(term)], np.int64)
    begin = np.array([window[0] for window in windows], np.int64)
    end = np.array([window[1] for window in windows], np.int64)
    parts = np.array([window[2] for window in windows], np.float32)
    sizes = bounds[end] - bounds[begin]
    sums = _window_sums(terms_, bounds, begin, end, rows, idf**MEANING_POWER)
    return Told(
        len(owners),
        forms,
        rows,
        terms_[spread(bounds[begin], sizes)],
        np.concatenate([[0], np.cumsum(sizes)]),
        parts,
        centred(sums) * parts[:, None],
        np.array(owners, np.int64),
        np.diff(firsts, append=len(term)).astype(np.int64),
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
    if found and not ends:
        yield list(found)
        return
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


def _window_sums(
    term: NDArray[np.int64],
    bounds: NDArray[np.int64],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    rows: NDArray[np.float32],
    weights: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return the weighted sum of the word vectors of each window."""
    weighted = rows * weights[:, None]
    by_sentence = np.zeros((len(bounds) - 1, rows.shape[1]), np.float32)
    for first in range(0, len(by_sentence), _SENTENCES):
        last = min(first + _SENTENCES, len(by_sentence))
        here = term[bounds[first] : bounds[last]]
        by_sentence[first:last] = np.add.reduceat(
            weighted[here], bounds[first:last] - bounds[first], axis=0
        )
    found = np.zeros((len(begin), rows.shape[1]), np.float32)
    for step in range(WINDOW):
        inside = begin + step < end
        found[inside] += by_sentence[begin[inside] + step]
    return found
