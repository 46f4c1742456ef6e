"""Scores: the features of each pair of texts, and the calibrated score made of them."""

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.asked import Asked
from starkit.matching.calibration import Calibration
from starkit.matching.similarity import UNLIKE_FROM, Similarity, similarity
from starkit.matching.told import Told, spread

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
"""Grounds of a match that may be shown as one: see ``Tile.grounds``."""
WEAK = 20.0
"""What a score without grounds may reach, 0-100; above it the rest is squeezed in below 25."""
_SQUEEZE = 16.1  # 80 points into less than 5

BLOCK = 64
"""Texts scored at a time."""
CELLS = 1 << 24
"""Cells of the table of terms x windows that is held at a time: 64 MB."""


@attrs.frozen(eq=False)
class Tile:
    """The features of some texts and some stories that stand together.

    Attributes:
        texts: Which texts.
        stories: Which stories.
        features: Features x texts x stories, 0 or more.
        grounds: What could be shown as evidence, texts x stories, 0 or more: the geometric mean of
            the weights answered and of their share of the weights asked, so that a long
            requirement needs more words and a smaller share of them than a short one. Words that
            say nothing by themselves count nothing.
    """

    texts: slice
    stories: slice
    features: NDArray[np.float32]
    grounds: NDArray[np.float32]


def tiles(asked: Asked, told: Told) -> Iterator[Tile]:
    """Yield the features of all pairs, tile by tile: stories outside, texts inside.

    No feature of a pair depends on another text or another story. The terms of a run of stories
    are looked at once for all texts, and memory does not grow with texts x stories.
    """
    near = similarity(asked.forms, told.forms, asked.rows, told.rows).by_value()
    length = np.maximum(told.sizes, SHORTEST) / LENGTH
    focus = (1 / (1 - LENGTH_SHARE + LENGTH_SHARE * length)).astype(np.float32)
    full = np.minimum(told.lengths / FULL, 1).astype(np.float32)
    ends = np.append(told.owners[1:], len(told.sizes))
    room = max(1, CELLS // max(1, len(asked.forms)))
    first = 0
    while first < told.count:
        last = int(np.searchsorted(ends, told.owners[first] + room, side="right"))
        last = min(max(last, first + 1), told.count)
        windows = slice(int(told.owners[first]), int(ends[last - 1]))
        stories = slice(first, last)
        answered = _answered(near, told, windows)
        answered *= told.parts[windows]
        whole = np.maximum.reduceat(answered, told.owners[stories] - windows.start, axis=1)
        whole[whole < UNLIKE_FROM] = 0  # too far to be shown
        for start in range(0, asked.count, BLOCK):
            texts = slice(start, min(start + BLOCK, asked.count))
            found = _features(asked, told, texts, stories, windows, answered, focus[windows])
            np.multiply(found[1], full[stories], out=found[3])
            grounds = _whole(asked, texts, whole, found)
            yield Tile(texts, stories, found, grounds)
        first = last


def _answered(near: Similarity, told: Told, windows: slice) -> NDArray[np.float32]:
    """Return how well each window of a run answers each asked form, 0-1: forms x windows."""
    starts, postings = told.postings(windows)
    counts = np.diff(starts)
    found = np.zeros((len(near.starts) - 1, windows.stop - windows.start), np.float32)
    for asked in range(len(found)):
        forms, values = near.row(asked)
        here = counts[forms]
        # A window that several forms stand in keeps the value written last, which is the best.
        found[asked, postings[spread(starts[forms], here)]] = np.repeat(values, here)
    return found


def _features(
    asked: Asked,
    told: Told,
    texts: slice,
    stories: slice,
    windows: slice,
    answered: NDArray[np.float32],
    focus: NDArray[np.float32],
) -> NDArray[np.float32]:
    count = texts.stop - texts.start
    owners = told.owners[stories] - windows.start
    evidence = np.zeros((count, len(focus)), np.float32)
    total = np.ones(count, np.float32)
    for row in range(count):
        wanted = asked.wanted(texts.start + row)
        if len(wanted):
            weights = asked.weights[wanted]
            np.dot(weights, answered[wanted], out=evidence[row])
            total[row] = weights.sum()
    found = np.zeros((len(FEATURES), count, len(owners)), np.float32)
    found[0] = _best(asked.vectors[texts] @ told.windows[windows].T, owners)
    found[1] = _best(evidence * focus, owners) / total[:, None]
    found[2] = _best(evidence, owners)
    np.maximum(found, 0, out=found)
    return found


def _whole(
    asked: Asked, texts: slice, whole: NDArray[np.float32], found: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Fill in what the whole of the stories answers, and return the grounds.

    Args:
        asked: What is asked for.
        texts: The texts of the tile.
        whole: How well each story answers each asked form, 0-1: forms x stories.
        found: The features; the amount comes as weights and becomes their logarithm.
    """
    grounds = np.zeros(found.shape[1:], np.float32)
    total = np.ones(len(grounds), np.float32)
    for row in range(len(grounds)):
        wanted = asked.wanted(texts.start + row)
        if not len(wanted):
            continue
        here = whole[wanted]
        weights, telling = asked.weights[wanted], asked.telling[wanted]
        opens = weights * asked.opening[asked.starts[texts.start + row] :][: len(wanted)]
        total[row] = weights.sum()
        answered = weights @ here
        found[4, row] = answered / total[row]
        found[5, row] = found[4, row]
        if (opens_with := opens.sum()) < total[row]:
            found[5, row] = opens @ here / opens_with
        if (asks := telling.sum()) > 0:
            if asks < total[row]:
                answered = telling @ here
            grounds[row] = answered / np.sqrt(asks)
    found[4] -= found[2] / total[:, None]
    np.maximum(found[4], 0, out=found[4])
    np.log1p(found[2], out=found[2])
    return grounds


def _best(values: NDArray[np.float32], owners: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the best window of each story: texts x windows in, texts x stories out."""
    # Windows down and texts across: numpy then takes the maximum of whole rows at a time.
    return np.maximum.reduceat(np.ascontiguousarray(values.T), owners, axis=0).T


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
            np.concatenate([old.stories, column + tile.stories.start]),
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
