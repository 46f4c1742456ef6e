"""Scores: the features of each pair of texts, and the calibrated score made of them."""

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.asked import Asked
from starkit.matching.calibration import Calibration
from starkit.matching.similarity import UNLIKE_FROM, Similarity, similarity, spread
from starkit.matching.told import Told

FEATURES = ("meant", "focused", "amount", "told", "more", "opening")
"""The features of a pair, all but the last two of the best window of sentences in the story.

meant: cosine of the meanings, 0-1;
focused: weighted share of the asked terms that the window answers, soft, more for a short window and
less for a long one, 0 to about 1.5;
amount: the same share counted as evidence, so that one common word answered in full is less than
five telling ones: the logarithm of one plus the weights answered, 0 to about 5;
told: ``focused`` in a story told in full, and less of it in a draft of a few words;
more: weighted share of the asked terms that the rest of the story answers beyond that window, 0-1;
opening: weighted share that the story answers of what the text opens with, 0-1: *maintain records of
repairs* asks for records, and what comes after *of*, *with* or *for* says what they are about.
For the last two only answers count that are good enough to be shown.
"""

LENGTH_SHARE = 0.6
"""How much the length of a window counts in ``focused``, 0-1: BM25's *b*."""
LENGTH = 14
"""Terms in a window of ordinary length. Fixed, so that no story changes what another one scores."""
SHORTEST = 6
"""A window of fewer terms counts as one of this many: a title is not better for being short."""

FULL = 40
"""Terms of a story told in full; one of fewer terms has that share of ``told``."""

GROUNDS = 1.85
"""Grounds of a match that may be shown as one: see ``Tile.grounds``. Chosen on the example adverts."""
WEAK = 20.0
"""What a score without grounds may reach, 0-100; above it the rest is squeezed in below 25."""
_SQUEEZE = 16.1  # 80 points into less than 5

BLOCK = 64
"""Texts scored at a time."""
CELLS = 1 << 25
"""Cells of the table of terms x windows that is held at a time: 128 MB."""
_POSTINGS = 1 << 16  # about how many cells of that table are filled at a time


@attrs.frozen(eq=False)
class Tile:
    """The features of some texts and some stories that stand together.

    Attributes:
        texts: Which texts.
        stories: Numbers of the stories.
        features: Features x texts x stories, 0 or more.
        grounds: What could be shown as evidence, texts x stories, 0 or more: the geometric mean of
            the weights answered and of their share of the weights asked, so that a long
            requirement needs more words and a smaller share of them than a short one. Words that
            say nothing by themselves count nothing.
    """

    texts: slice
    stories: NDArray[np.int64]
    features: NDArray[np.float32]
    grounds: NDArray[np.float32]


@attrs.frozen(eq=False)
class _Run:
    """Stories that are looked at together, and their windows in an order that is quick to search.

    The first windows of all stories stand before all second ones and so on, the stories with most
    windows first. The best window of each story is then the maximum of a few blocks.

    Attributes:
        stories: Numbers of the stories, those with most windows first.
        windows: Numbers of the windows, layer after layer.
        layers: Stories that have a first window, a second one and so on: fewer and fewer.
    """

    stories: NDArray[np.int64]
    windows: NDArray[np.int64]
    layers: list[int]

    def best(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the best window of each story: anything x windows in, anything x stories out."""
        found = values[:, : len(self.stories)].copy()
        first = len(self.stories)
        for stories in self.layers[1:]:
            here = found[:, :stories]
            np.maximum(here, values[:, first : first + stories], out=here)
            first += stories
        return found


def _runs(told: Told, room: int) -> Iterator[_Run]:
    """Yield all stories in runs of about ``room`` windows."""
    ends = np.append(told.owners[1:], len(told.sizes))
    first = 0
    while first < told.count:
        last = int(np.searchsorted(ends, told.owners[first] + room, side="right"))
        last = min(max(last, first + 1), told.count)
        counts = ends[first:last] - told.owners[first:last]
        order = np.argsort(-counts, kind="stable")
        layers = len(order) - np.cumsum(np.bincount(counts))[:-1]
        place = spread(np.zeros(len(layers), np.int64), layers)
        windows = told.owners[first + order[place]] + np.repeat(np.arange(len(layers)), layers)
        yield _Run(first + order, windows, layers.tolist())
        first = last


def tiles(asked: Asked, told: Told) -> Iterator[Tile]:
    """Yield the features of all pairs, tile by tile: stories outside, texts inside.

    No feature of a pair depends on another text or another story. The terms of a run of stories
    are looked at once for all texts, and memory does not grow with texts x stories.
    """
    near = similarity(asked.forms, told.forms, asked.rows, told.rows)
    length = np.maximum(told.sizes, SHORTEST) / LENGTH
    focus = (1 / (1 - LENGTH_SHARE + LENGTH_SHARE * length)).astype(np.float32)
    full = np.minimum(told.lengths / FULL, 1).astype(np.float32)
    weights, telling = asked.weights[asked.terms], asked.telling[asked.terms]
    opening = weights * asked.opening
    totals, asks, opens = (_total(asked, values) for values in (weights, telling, opening))
    runs = list(_runs(told, max(1, CELLS // max(1, len(asked.forms)))))
    # One table for all runs: fresh memory is slow to be written to.
    table = np.empty(
        len(asked.forms) * max((len(run.windows) for run in runs), default=0), np.float32
    )
    for run in runs:
        answered = table[: len(asked.forms) * len(run.windows)].reshape(-1, len(run.windows))
        _fill(answered, near, told, run.windows)
        whole = run.best(answered)
        whole[whole < UNLIKE_FROM] = 0  # too far to be shown
        meanings = np.ascontiguousarray(told.windows[run.windows].T)
        for start in range(0, asked.count, BLOCK):
            texts = slice(start, min(start + BLOCK, asked.count))
            total = totals[texts]
            found = np.empty((len(FEATURES), len(total), len(run.stories)), np.float32)
            evidence = _weighed(asked, weights, texts, answered)
            found[0] = run.best(asked.vectors[texts] @ meanings)
            found[2] = run.best(evidence)
            evidence *= focus[run.windows]
            found[1] = run.best(evidence) / total
            np.multiply(found[1], full[run.stories], out=found[3])
            found[4] = (_weighed(asked, weights, texts, whole) - found[2]) / total
            found[5] = _weighed(asked, opening, texts, whole) / opens[texts]
            np.maximum(found, 0, out=found)
            np.log1p(found[2], out=found[2])
            grounds = _weighed(asked, telling, texts, whole)
            grounds /= np.sqrt(asks[texts])
            yield Tile(texts, run.stories, found, grounds)


def _fill(
    answered: NDArray[np.float32], near: Similarity, told: Told, windows: NDArray[np.int64]
) -> None:
    """Fill in how well each window of a run answers each asked form, 0-1: forms x windows.

    What a window answers counts as much as the part that it stands in.
    """
    starts, postings = told.postings(windows)
    counts = np.diff(starts)
    answered.fill(0)
    flat = answered.reshape(-1)
    # All cells of some forms at once.
    cells = np.cumsum(counts[near.told])
    ends = np.append(0, cells)[near.starts]
    first = 0
    while first < len(answered):
        last = int(np.searchsorted(ends, ends[first] + _POSTINGS, side="right")) - 1
        last = min(max(last, first + 1), len(answered))
        here = slice(near.starts[first], near.starts[last])
        forms = near.told[here]
        form = np.repeat(np.arange(first, last), np.diff(near.starts[first : last + 1]))
        many = counts[forms]
        place = postings[spread(starts[forms], many)]
        place += np.repeat(form * len(windows), many)
        # A window that several forms stand in keeps the value written last, which is the best.
        flat[place] = np.repeat(near.values[here], many)
        first = last
    answered *= told.parts[windows]


def _total(asked: Asked, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sum of the weights of each text's terms, 1 where it is 0: texts x 1."""
    text = np.repeat(np.arange(asked.count), np.diff(asked.starts))
    found = np.bincount(text, weights, asked.count).astype(np.float32)[:, None]
    found[found == 0] = 1
    return found


def _weighed(
    asked: Asked, weights: NDArray[np.float32], texts: slice, answered: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the weights that are answered of each text: texts x columns of ``answered``."""
    found = np.zeros((texts.stop - texts.start, answered.shape[1]), np.float32)
    for row, text in enumerate(range(texts.start, texts.stop)):
        here = slice(asked.starts[text], asked.starts[text + 1])
        np.dot(weights[here], answered[asked.terms[here]], out=found[row])
    return found


def tile_scores(tile: Tile, calibration: Calibration) -> NDArray[np.float32]:
    """Return calibrated scores, 0-100: texts x stories of a tile.

    Without grounds a score stays below 25, so that no story is offered for a chance word, and keeps
    its place among those of its kind.
    """
    found = calibration.score(tile.features)
    weak = (tile.grounds < GROUNDS) & (found > WEAK)
    found[weak] = np.round(WEAK + (found[weak] - WEAK) / _SQUEEZE, 2)
    return found


def scores(asked: Asked, told: Told, calibration: Calibration) -> NDArray[np.float32]:
    """Return calibrated scores, 0-100: texts x stories."""
    found = np.zeros((asked.count, told.count), np.float32)
    for tile in tiles(asked, told):
        found[tile.texts, tile.stories] = tile_scores(tile, calibration)
    return found


@attrs.frozen(eq=False)
class Best:
    """The best stories of some texts: by text, then best first.

    Attributes:
        texts: Number of the text, in order, as often as it has stories.
        stories: Numbers of the stories.
        scores: Their calibrated scores, 0-100.
    """

    texts: NDArray[np.int64]
    stories: NDArray[np.int64]
    scores: NDArray[np.float32]


def best(asked: Asked, told: Told, calibration: Calibration, k: int, least: float) -> Best:
    """Return for each text the ``k`` best stories with a score of ``least`` or more.

    Equal scores keep the order of the stories. The whole of texts x stories is never held.
    """
    nothing = Best(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
    kept: dict[int, Best] = {}  # by the first text of a block
    for tile in tiles(asked, told):
        score = tile_scores(tile, calibration)
        row, column = np.nonzero(score >= least)
        old = kept.get(tile.texts.start, nothing)
        kept[tile.texts.start] = _first(
            np.concatenate([old.texts, row + tile.texts.start]),
            np.concatenate([old.stories, tile.stories[column]]),
            np.concatenate([old.scores, score[row, column]]),
            k,
        )
    blocks = [kept[start] for start in sorted(kept)] or [nothing]
    return Best(
        np.concatenate([block.texts for block in blocks]),
        np.concatenate([block.stories for block in blocks]),
        np.concatenate([block.scores for block in blocks]),
    )


def _first(
    texts: NDArray[np.int64], stories: NDArray[np.int64], scores: NDArray[np.float32], k: int
) -> Best:
    """Return the first ``k`` of each text, in order."""
    order = np.lexsort((stories, -scores, texts))
    texts = texts[order]
    place = np.arange(len(texts)) - np.searchsorted(texts, texts)
    stay = order[place < k]
    return Best(texts[place < k], stories[stay], scores[stay])
