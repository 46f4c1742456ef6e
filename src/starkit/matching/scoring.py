"""Scores: the features of each pair of texts, and the calibrated score made of them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from starkit.matching.asked import Asked
from starkit.matching.calibration import Calibration
from starkit.matching.similarity import Similarity, similarity
from starkit.matching.told import Told, spread

FEATURES = ("meant", "focused", "amount", "told")
"""The features of a pair, all of them of the best window of sentences in the story.

meant: cosine of the meanings, 0-1;
focused: weighted share of the asked terms that the window answers, soft, more for a short window and
less for a long one, 0 to about 1.5;
amount: the same share counted as evidence, so that one common word answered in full is less than
five telling ones: the logarithm of one plus the weights answered, 0 to about 5;
told: ``focused`` in a story told in full, and less of it in a draft of a few words.
"""

LENGTH_SHARE = 0.6
"""How much the length of a window counts in ``focused``, 0-1: BM25's *b*."""
LENGTH = 14
"""Terms in a window of ordinary length. Fixed, so that no story changes what another one scores."""
SHORTEST = 6
"""A window of fewer terms counts as one of this many: a title is not better for being short."""

FULL = 40
"""Terms of a story told in full; one of fewer terms has that share of ``told``."""

BLOCK = 64
"""Texts scored at a time: with 10,000 stories the terms of a block take about 80 MB."""


class Scoring:
    """Texts and stories set against each other, to be scored in blocks of texts.

    No feature of a pair depends on another text or another story.
    """

    __slots__ = ("_asked", "_focus", "_full", "_near", "_told", "blocks")

    def __init__(self, asked: Asked, told: Told) -> None:
        self._asked, self._told = asked, told
        self._near: Similarity = similarity(asked.forms, told.forms, asked.rows, told.rows)
        length = np.maximum(told.sizes, SHORTEST) / LENGTH
        self._focus = (1 / (1 - LENGTH_SHARE + LENGTH_SHARE * length)).astype(np.float32)
        self._full = np.minimum(told.lengths / FULL, 1).astype(np.float32)
        self.blocks = tuple(
            range(first, min(first + BLOCK, asked.count)) for first in range(0, asked.count, BLOCK)
        )

    def features(self, block: range) -> NDArray[np.float32]:
        """Return the features of a block of texts: features x texts x stories, 0 or more."""
        asked, told = self._asked, self._told
        found = np.zeros((len(FEATURES), len(block), told.count), np.float32)
        if not told.count:
            return found
        meant = asked.vectors[block.start : block.stop] @ told.windows.T
        np.maximum.reduceat(meant, told.owners, axis=1, out=found[0])
        terms, place = np.unique(
            asked.terms[asked.starts[block.start] : asked.starts[block.stop]], return_inverse=True
        )
        answered = self._answered(terms)
        bounds = asked.starts[block.start : block.stop + 1] - asked.starts[block.start]
        for row in range(len(block)):
            here = place[bounds[row] : bounds[row + 1]]
            if not len(here):
                continue
            evidence = asked.weights[terms[here]] @ answered[here]
            total = asked.weights[terms[here]].sum()
            np.maximum.reduceat(evidence * self._focus, told.owners, out=found[1, row])
            np.maximum.reduceat(evidence, told.owners, out=found[2, row])
            found[1, row] /= total
        np.maximum(found, 0, out=found)
        np.log1p(found[2], out=found[2])
        np.multiply(found[1], self._full, out=found[3])
        return found

    def _answered(self, terms: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how well each window answers each term, 0-1: terms x windows."""
        told = self._told
        found = np.zeros((len(terms), len(told.parts)), np.float32)
        counts = np.diff(told.starts)
        for row, term in enumerate(terms):
            forms, values = self._near.row(term)
            order = np.argsort(values, kind="stable")
            forms, values = forms[order], values[order]
            windows = told.postings[spread(told.starts[forms], counts[forms])]
            # A window that several forms stand in keeps the value written last: the best.
            found[row, windows] = np.repeat(values, counts[forms])
        found *= told.parts
        return found


def scores(asked: Asked, told: Told, calibration: Calibration) -> Iterator[NDArray[np.float32]]:
    """Yield calibrated scores, 0-100, block by block: texts x stories."""
    scoring = Scoring(asked, told)
    for block in scoring.blocks:
        yield calibration.score(scoring.features(block))
