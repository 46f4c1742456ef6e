"""Decode tag scores: best path and path probabilities of a linear-chain CRF, in numpy.

All lines and heads are decoded at once, one token at a time; the lines are sorted by length, so a
step looks only at lines that are long enough. A line begins as if an O came before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

OUTSIDE, BEGIN, INSIDE = 0, 1, 2


@attrs.frozen(eq=False)
class _Grid:
    """Where each token stands when lines are sorted by length, longest first."""

    order: Ints
    alive: Ints
    """How many lines reach each place."""
    row: Ints
    column: Ints

    @classmethod
    def of(cls, lengths: Ints) -> _Grid:
        order = np.argsort(-lengths, kind="stable")
        longest = int(lengths[order[0]])
        alive = np.searchsorted(-lengths[order], -np.arange(longest), side="left").astype(np.int64)
        rank = np.empty(len(lengths), np.int64)
        rank[order] = np.arange(len(lengths))
        starts = np.cumsum(lengths) - lengths
        column = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
        return cls(order, alive, np.repeat(rank, lengths), column)


def best_tags(scores: Floats, moves: Floats, lengths: Ints) -> NDArray[np.int8]:
    """Best tag path of each line and head.

    Args:
        scores: score of each tag, tokens x heads x 3.
        moves: score of each move, heads x 3 x 3 (from, to).
        lengths: tokens of each line; none is zero.

    Returns:
        Tags, tokens x heads.
    """
    if not len(lengths):
        return np.zeros(scores.shape[:2], np.int8)
    grid = _Grid.of(lengths)
    padded = _pad(scores, grid)
    best = padded[0] + moves[:, OUTSIDE]
    sources = np.zeros((*padded.shape[:2], *scores.shape[1:]), np.int8)
    for place in range(1, len(padded)):
        live = grid.alive[place]
        paths = best[:live, :, :, None] + moves
        sources[place, :live] = paths.argmax(axis=2)
        best[:live] = paths.max(axis=2) + padded[place, :live]
    tags = np.zeros(padded.shape[:3], np.int8)
    # Every line is followed back from its own end: a line joins in where it ends.
    final = best.argmax(axis=2).astype(np.int8)
    now = final.copy()
    for place in range(len(padded) - 1, -1, -1):
        live = grid.alive[place]
        tags[place, :live] = now[:live]
        now[:live] = np.take_along_axis(
            sources[place, :live], now[:live, :, None].astype(np.int64), axis=2
        )[:, :, 0]
    found: NDArray[np.int8] = tags[grid.column, grid.row]
    return found


def _pad(scores: Floats, grid: _Grid) -> Floats:
    padded = np.zeros((len(grid.alive), len(grid.order), *scores.shape[1:]), np.float32)
    padded[grid.column, grid.row] = scores
    return padded


def chain(scores: Floats, moves: Floats, lengths: Ints) -> Floats:
    """Probability of each tag at each token, over all paths of its line.

    Args:
        scores: score of each tag, tokens x heads x 3.
        moves: score of each move, heads x 3 x 3 (from, to).
        lengths: tokens of each line; none is zero.

    Returns:
        Probabilities, tokens x heads x 3.
    """
    if not len(lengths):
        return np.zeros(scores.shape, np.float32)
    grid = _Grid.of(lengths)
    weights = np.exp(_pad(scores - scores.max(axis=2, keepdims=True), grid))
    steps = np.exp(moves - moves.max(axis=(1, 2), keepdims=True))
    # Weight of all that follows a tag, scaled at each place so that no line is too long.
    ahead = np.ones_like(weights)
    joints = []
    for place in range(len(weights) - 1, 0, -1):
        live = grid.alive[place]
        joint = steps * (weights[place, :live] * ahead[place, :live])[:, :, None, :]
        total = joint.sum(axis=3, keepdims=True)
        ahead[place - 1, :live] = (total / total.max(axis=2, keepdims=True))[..., 0]
        joints.append(joint / np.maximum(total, _TINY))
    chances = np.empty_like(weights)
    first = steps[:, OUTSIDE] * weights[0] * ahead[0]
    chances[0] = first / first.sum(axis=2, keepdims=True)
    for place, given in enumerate(reversed(joints), start=1):
        live = len(given)
        chances[place, :live] = (chances[place - 1, :live, :, :, None] * given).sum(axis=2)
    found: Floats = chances[grid.column, grid.row]
    return found


_TINY = np.float32(1e-30)
