"""Which term answers which: the same stem, nearly the same letters, or nearly the same meaning."""

from collections.abc import Sequence
from typing import NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from starkit.matching.background import background
from starkit.matching.terms import NEGATED
from starkit.vectors import load_vectors

LETTERS_FROM = 0.90
"""Jaro-Winkler similarity, 0-1, from which two terms are nearly the same in letters."""
SHORTEST_FUZZY = 4
"""Characters below which a term answers by its exact letters only."""
AGREES_FROM = 0.30
"""Cosine, 0-1, that near letters need as well: *contact* is not *contract*."""
SAME_BEGINNING = 3
"""Letters that they begin with alike: *sent* (send) is not *second*."""
LENGTHS_AGREE = 0.6
"""Length of the shorter one in lengths of the longer, 0-1, that they need, too: *hand* is not
*handball*."""
UNLIKE_FROM = 0.5
"""Similarity, 0-1, from which any two terms are shown as answering each other: the cosine of
terms of different letters is .7 or more."""
MEANING_FROM = 0.30
"""Cosine, 0-1, from which two different terms are near in meaning."""
MEANING_POWER = 2
"""A cosine is raised to this power, so that close words count most."""

_ROWS = 512  # asked terms compared at a time: bounds memory


class Form(NamedTuple):
    """A term as it is written: *managing* and *manager* are two forms of one term."""

    key: str
    word: str  # lower case


@attrs.frozen(eq=False)
class Similarity:
    """For each asked form the told forms that answer it, as a sparse matrix by rows.

    Attributes:
        starts: Where the row of each asked form begins in ``told``; one more than rows.
        told: Numbers of told forms.
        values: How well each answers, above 0 to 1.
    """

    starts: NDArray[np.int64]
    told: NDArray[np.int64]
    values: NDArray[np.float32]

    def row(self, asked: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the told forms that answer one asked form, and how well."""
        here = slice(self.starts[asked], self.starts[asked + 1])
        return self.told[here], self.values[here]

    def by_value(self) -> "Similarity":
        """Return the same with each row in the order of its values, the best last."""
        row = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        order = np.lexsort((self.values, row))
        return Similarity(self.starts, self.told[order], self.values[order])


def word_rows(forms: Sequence[Form]) -> NDArray[np.float32]:
    """Return a vector for each form, forms x dim; a word under a negation lends no meaning."""
    words = ("" if form.key.startswith(NEGATED) else form.word for form in forms)
    return load_vectors().rows(words)


def centred(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the directions of summed word vectors, apart from what all texts of work share.

    A sum of zeros, a text without a known word, stays zero.
    """
    found = _units(_units(sums) - background().centre)
    found[~sums.any(axis=1)] = 0
    return found


def _units(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.asarray(rows / length, np.float32)


def _has_meaning(key: str) -> bool:
    # Symbols and names are what they are: C++ is not near to C#, Java is not near to Python.
    return key.isalpha() and len(key) > 2 and key not in background().names


def _is_fuzzy(key: str) -> bool:
    return key.isalpha() and len(key) >= SHORTEST_FUZZY


def _directions(forms: Sequence[Form], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit vectors, and zeros for terms that answer by their letters only."""
    found = _units(rows)
    found[[place for place, form in enumerate(forms) if not _has_meaning(form.key)]] = 0
    return found


def similarity(
    asked: Sequence[Form],
    told: Sequence[Form],
    asked_rows: NDArray[np.float32],
    told_rows: NDArray[np.float32],
) -> Similarity:
    """Return which told forms answer which asked forms.

    A term answers its equal with 1. Nearly the same letters count with their Jaro-Winkler
    similarity where the meanings agree; nearly the same meaning counts with a power of the cosine.

    Args:
        asked: The forms asked for, each once.
        told: The forms of the stories, each once.
        asked_rows: A vector for each asked form.
        told_rows: A vector for each told form.
    """
    asked_rows, told_rows = _directions(asked, asked_rows), _directions(told, told_rows)
    equal: dict[str, list[int]] = {}
    for place, form in enumerate(told):
        equal.setdefault(form.key, []).append(place)
    fuzzy = np.flatnonzero([_is_fuzzy(form.key) for form in told])
    fuzzy_told = [told[place].key for place in fuzzy.tolist()]
    asked_length = np.array([len(form.key) for form in asked])
    told_length = np.array([len(form.key) for form in told])
    asked_begins, told_begins = (
        np.array([form.key[:SAME_BEGINNING] for form in forms], f"<U{SAME_BEGINNING}")
        for forms in (asked, told)
    )
    counts: list[NDArray[np.int64]] = []
    found: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float32]] = []
    for first in range(0, len(asked), _ROWS):
        keys = [form.key for form in asked[first : first + _ROWS]]
        cosine = asked_rows[first : first + _ROWS] @ told_rows.T
        near = np.where(cosine >= MEANING_FROM, cosine, 0) ** MEANING_POWER
        if fuzzy_told:
            rows = np.flatnonzero([_is_fuzzy(key) for key in keys])
            letters = process.cdist(
                [keys[row] for row in rows.tolist()],
                fuzzy_told,
                scorer=JaroWinkler.similarity,
                score_cutoff=LETTERS_FROM,
                dtype=np.float32,
            )
            place_row, place_told = np.nonzero(letters)
            row, column = rows[place_row], fuzzy[place_told]
            short = np.minimum(asked_length[first + row], told_length[column])
            long = np.maximum(asked_length[first + row], told_length[column])
            agree = (cosine[row, column] >= AGREES_FROM) & (short >= LENGTHS_AGREE * long)
            agree &= asked_begins[first + row] == told_begins[column]
            row, column = row[agree], column[agree]
            near[row, column] = np.maximum(near[row, column], letters[place_row, place_told][agree])
        for number, key in enumerate(keys):
            near[number, equal.get(key, [])] = 1
        row, column = np.nonzero(near)
        counts.append(np.bincount(row, minlength=len(keys)))
        found.append(column)
        values.append(near[row, column].astype(np.float32))
    return Similarity(
        np.concatenate([[0], np.cumsum(np.concatenate(counts))])
        if counts
        else np.zeros(1, np.int64),
        np.concatenate(found) if found else np.zeros(0, np.int64),
        np.concatenate(values) if values else np.zeros(0, np.float32),
    )
