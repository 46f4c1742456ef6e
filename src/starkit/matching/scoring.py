"""Scores: the features of each pair of texts, and the calibrated score made of them."""

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.asked import Asked
from starkit.matching.calibration import Calibration
from starkit.matching.similarity import Similarity, similarity
from starkit.matching.told import Told

FEATURES = ("covered", "returned", "meant")
"""The features of a pair, each 0-1.

covered: weighted share of the asked terms that the story answers, soft;
returned: weighted share of the story's terms that answer something asked;
meant: cosine of the best window of sentences.

Two more were tried and fell to a coefficient of nothing on the dev benches: equal terms counted
apart, and ``covered`` made less for a long story.
"""

BLOCK = 256
"""Texts scored at a time: with 10,000 stories a block of one feature takes 10 MB."""


def features(asked: Asked, told: Told) -> Iterator[NDArray[np.float32]]:
    """Yield the features of each block of texts: features x texts x stories, 0-1.

    Blocks follow the order of the texts, ``BLOCK`` texts each; no feature of a pair depends on
    another text or another story.
    """
    near = similarity(asked.forms, told.forms, asked.rows, told.rows)
    answers = [_answered(near, told, term) for term in range(len(asked.forms))]
    for first in range(0, asked.count, BLOCK):
        last = min(first + BLOCK, asked.count)
        block = np.zeros((len(FEATURES), last - first, told.count), np.float32)
        for text in range(first, last):
            _fill(block[:, text - first], text, asked, told, near, answers)
        if told.count:
            cosine = asked.vectors[first:last] @ told.windows.T
            block[2] = np.maximum.reduceat(cosine, told.owners, axis=1)
        np.clip(block, 0, 1, out=block)
        yield block


@attrs.frozen(eq=False)
class _Answered:
    """The stories that answer one asked term, and how well."""

    stories: NDArray[np.int64]
    values: NDArray[np.float32]


def _answered(near: Similarity, told: Told, term: int) -> _Answered:
    columns, values = near.row(term)
    spans = [slice(told.starts[column], told.starts[column + 1]) for column in columns]
    if not spans:
        return _Answered(np.zeros(0, np.int64), np.zeros(0, np.float32))
    stories = np.concatenate([told.stories[span] for span in spans])
    soft = np.concatenate(
        [told.places[span] * value for span, value in zip(spans, values, strict=True)]
    )
    order = np.argsort(stories, kind="stable")
    stories = stories[order]
    first = np.flatnonzero(np.diff(stories, prepend=-1))
    return _Answered(stories[first], np.maximum.reduceat(soft[order], first))


def _fill(
    row: NDArray[np.float32],
    text: int,
    asked: Asked,
    told: Told,
    near: Similarity,
    answers: list[_Answered],
) -> None:
    wanted = asked.terms[asked.starts[text] : asked.starts[text + 1]]
    total = asked.weights[wanted].sum()
    returned: dict[int, float] = {}
    for term in wanted:
        answer = answers[term]
        share = asked.weights[term] / total
        row[0, answer.stories] += share * answer.values
        columns, values = near.row(term)
        for column, value in zip(columns.tolist(), values.tolist(), strict=True):
            if value > returned.get(column, 0):
                returned[column] = value
    for column, value in returned.items():
        span = slice(told.starts[column], told.starts[column + 1])
        row[1, told.stories[span]] += told.weights[column] * value * told.places[span]
    row[1] /= np.maximum(told.mass, 1e-6)


def scores(asked: Asked, told: Told, calibration: Calibration) -> Iterator[NDArray[np.float32]]:
    """Yield calibrated scores, 0-100, block by block: texts x stories."""
    for block in features(asked, told):
        yield calibration.score(block)
