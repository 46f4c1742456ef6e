"""Which term answers which: the same stem, near letters, a near meaning, or a line of related words."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from starkit.matching.background import background
from starkit.matching.related import RELATED, related
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
    word: str  # in lower case, but for a name with capitals inside


def written(token: str) -> str:
    """Return a word of a text in lower case, or as it stands where it has capitals inside.

    >>> written("Training"), written("PianoDisc")
    ('training', 'PianoDisc')
    """
    lowered = token.lower()
    # What a name is put together from says nothing of it: its capitals keep it from being taken apart.
    if token[1:] == lowered[1:] or token.rstrip("s'’").isupper():  # APIs
        return lowered
    return token


@attrs.frozen(eq=False)
class Similarity:
    """For each asked form the told forms that answer it, as a sparse matrix by rows.

    Attributes:
        starts: Where the row of each asked form begins in ``told``; one more than rows.
        told: Numbers of told forms, in each row by their values, the best last.
        values: How well each answers, above 0 to 1.
    """

    starts: NDArray[np.int64]
    told: NDArray[np.int64]
    values: NDArray[np.float32]

    def row(self, asked: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the told forms that answer one asked form, and how well."""
        here = slice(self.starts[asked], self.starts[asked + 1])
        return self.told[here], self.values[here]


def spread(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of several ranges, one after the other.

    >>> spread(np.array([3, 10]), np.array([2, 3])).tolist()
    [3, 4, 10, 11, 12]
    """
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)


def word_rows(forms: Sequence[Form]) -> NDArray[np.float32]:
    """Return a vector for each form, forms x dim; a word under a negation lends no meaning.

    A sign or a name of which the table knows nothing, as *C#* and *PianoDisc*, means itself only.
    """
    words = ["" if form.key.startswith(NEGATED) else form.word for form in forms]
    rows = load_vectors().rows(words)
    for place, word in enumerate(words):
        if _means_itself(word) or (word and not word.isalpha() and not rows[place].any()):
            rows[place] = _own_direction(word.lower(), rows.shape[1])
    return rows


def _means_itself(word: str) -> bool:
    return word != word.lower() and word not in load_vectors()


def _own_direction(word: str, dim: int) -> NDArray[np.float32]:
    """Return values of a standard deviation of about one that no other word has; no seed, no state."""
    drawn = np.frombuffer(hashlib.shake_256(word.encode()).digest(dim), np.uint8)
    return (drawn.astype(np.float32) - 127.5) / 73.9


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


def _has_meaning(form: Form) -> bool:
    # Symbols and names are what they are: C++ is not near to C#, Java is not near to Python.
    key = form.key
    return (
        key.isalpha()
        and len(key) > 2
        and key not in background().names
        and not _means_itself(form.word)
    )


def _directions(forms: Sequence[Form], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit vectors, and zeros for terms that answer by their letters only."""
    found = _units(rows)
    found[[place for place, form in enumerate(forms) if not _has_meaning(form)]] = 0
    return found


@attrs.frozen(eq=False)
class _Side:
    """The forms of one side of the comparison.

    Attributes:
        keys: The key of each form.
        numbers: Numbers of the keys, the same on both sides.
        lengths: Characters of each key.
        begins: The letters that each key begins with.
        fuzzy: Which keys answer by near letters.
        directions: Unit vectors, or zeros, forms x dim.
        on_lines: The forms on lines of related words, in order, each as often as it has lines.
        lines: The number of the line for each of these.
    """

    keys: list[str]
    numbers: NDArray[np.int64]
    lengths: NDArray[np.int64]
    begins: NDArray[np.str_]
    fuzzy: NDArray[np.bool_]
    directions: NDArray[np.float32]
    on_lines: NDArray[np.int64]
    lines: NDArray[np.int64]


def _side(
    forms: Sequence[Form],
    rows: NDArray[np.float32],
    known: dict[str, int],
) -> _Side:
    keys = [form.key for form in forms]
    on_lines = [(place, line) for place, key in enumerate(keys) for line in related().get(key, ())]
    return _Side(
        keys,
        np.array([known.setdefault(key, len(known)) for key in keys], np.int64),
        np.array([len(key) for key in keys], np.int64),
        np.array([key[:SAME_BEGINNING] for key in keys], f"<U{SAME_BEGINNING}"),
        np.array([key.isalpha() and len(key) >= SHORTEST_FUZZY for key in keys], bool),
        _directions(forms, rows),
        *np.array(on_lines, np.int64).reshape(-1, 2).T,
    )


def similarity(
    asked: Sequence[Form],
    told: Sequence[Form],
    asked_rows: NDArray[np.float32],
    told_rows: NDArray[np.float32],
) -> Similarity:
    """Return which told forms answer which asked forms.

    A term answers its equal with 1, and a word related to it with ``RELATED``. Nearly the same letters
    count with their Jaro-Winkler similarity where the meanings agree; nearly the same meaning counts
    with a power of the cosine.

    Args:
        asked: The forms asked for, each once.
        told: The forms of the stories, each once.
        asked_rows: A vector for each asked form.
        told_rows: A vector for each told form.
    """
    known: dict[str, int] = {}
    told_side = _side(told, told_rows, known)
    asked_side = _side(asked, asked_rows, known)
    found = [_equal(asked_side, told_side)]
    found += (_near(asked_side, told_side, first) for first in range(0, len(asked), _ROWS))
    row, column = (np.concatenate([pairs[part] for pairs in found]) for part in (0, 1))
    values = np.concatenate([pairs[2] for pairs in found])
    order = np.argsort(2.0 * row + values)  # no value is above 1
    counts = np.bincount(row, minlength=len(asked))
    return Similarity(np.append(0, np.cumsum(counts)), column[order], values[order])


_Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]  # asked, told, value


def _equal(asked: _Side, told: _Side) -> _Pairs:
    """Return the pairs of the same key."""
    by_key = np.argsort(told.numbers, kind="stable")
    first, last = (
        np.searchsorted(told.numbers, asked.numbers, side, by_key) for side in ("left", "right")
    )
    counts = last - first
    row = np.repeat(np.arange(len(counts)), counts)
    return row, by_key[spread(first, counts)], np.ones(len(row), np.float32)


def _related(asked: _Side, told: _Side, first: int) -> NDArray[np.int64]:
    """Return the pairs on a line for a run of asked forms, as places in its table: run x told forms.

    A pair that shares several lines is there as often.
    """
    # All lines with all lines: few forms stand on more than one, so the table of cosines is larger.
    run = slice(*np.searchsorted(asked.on_lines, (first, first + _ROWS)))
    one, other = np.nonzero(asked.lines[run, None] == told.lines)
    return (asked.on_lines[run][one] - first) * len(told.keys) + told.on_lines[other]


def _near(asked: _Side, told: _Side, first: int) -> _Pairs:
    """Return the pairs of different keys that are near, for a run of asked forms."""
    on_line = _related(asked, told, first)
    cosine = (asked.directions[first : first + _ROWS] @ told.directions.T).ravel()
    # Near letters need agreeing meanings: only where they agree are letters looked at.
    place = np.sort(np.append(np.flatnonzero(cosine >= min(MEANING_FROM, AGREES_FROM)), on_line))
    place = place[np.append(True, place[1:] > place[:-1])[: len(place)]]
    row, column = np.divmod(place, max(1, len(told.keys)))
    row += first
    cosine = cosine[place]
    values = np.where(cosine >= MEANING_FROM, cosine, 0) ** MEANING_POWER
    lengths = asked.lengths[row], told.lengths[column]
    spelt = np.flatnonzero(
        asked.fuzzy[row]
        & told.fuzzy[column]
        & (cosine >= AGREES_FROM)
        & (np.minimum(*lengths) >= LENGTHS_AGREE * np.maximum(*lengths))
        & (asked.begins[row] == told.begins[column])
    )
    letters = process.cpdist(
        [asked.keys[number] for number in row[spelt].tolist()],
        [told.keys[number] for number in column[spelt].tolist()],
        scorer=JaroWinkler.similarity,
        score_cutoff=LETTERS_FROM,
        dtype=np.float32,
    )
    values[spelt] = np.maximum(values[spelt], letters)
    on_line = np.searchsorted(place, on_line)
    values[on_line] = np.maximum(values[on_line], RELATED)
    stay = (asked.numbers[row] != told.numbers[column]) & (values > 0)
    return row[stay], column[stay], values[stay]
