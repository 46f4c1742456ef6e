"""Decode tag scores: path probabilities of a linear-chain CRF, and the spans worth showing, in numpy.

The best path of all tags is a poor answer where borders are in doubt: it drops a span whose three
likely borders share one probability. So each span is valued by itself, by how likely exactly this
span is and how surely its tokens stand in some span, and the best set without overlap is taken.

Lines of like length and all heads are worked through at once, one token at a time; the lines are sorted by
length, so a step looks only at lines that are long enough. A line begins as if an O came before it.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

OUTSIDE, BEGIN, INSIDE = 0, 1, 2

LONGEST_SPAN = 64
"""Tokens of the longest span. The corpora mark fewer than 1 in 1,000 that are longer, all of them slips."""

LEAST_CHANCE = 0.002
"""A span less likely than this is not looked at: hundreds of borders would be tried for nothing."""


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


def _pad(scores: Floats, grid: _Grid) -> Floats:
    padded = np.zeros((len(grid.alive), len(grid.order), *scores.shape[1:]), np.float32)
    padded[grid.column, grid.row] = scores
    return padded


@attrs.frozen(eq=False)
class Chain:
    """Probabilities of the tags of lines that are laid end to end."""

    tags: Floats
    """Of each tag at each token, over all paths of its line: tokens x heads x 3."""
    goes_on: Floats
    """That a token is an I where the one before is a B, and where it is an I: tokens x heads x 2;
    noughts at the first token of a line."""
    stops: Ints
    """Where the line of each token ends, counted over all tokens."""


def chain(scores: Floats, moves: Floats, lengths: Ints) -> Chain:
    """Give the probabilities of tags, over all paths of their line.

    Args:
        scores: score of each tag, tokens x heads x 3.
        moves: score of each move, heads x 3 x 3 (from, to).
        lengths: tokens of each line; none is zero.
    """
    tags = np.zeros(scores.shape, np.float32)
    goes_on = np.zeros((*scores.shape[:2], 2), np.float32)
    ends = np.cumsum(lengths)
    for group in _alike(lengths):
        rows = np.concatenate([np.arange(ends[i] - lengths[i], ends[i]) for i in group])
        tags[rows], goes_on[rows] = _chances(scores[rows], moves, lengths[group])
    return Chain(tags, goes_on, np.repeat(ends, lengths))


WASTE = 3
"""How many times its tokens a group of lines may take up, padded to its longest line."""


def _alike(lengths: Ints) -> Iterator[Ints]:
    """Yield lines in groups of like length: one very long line must not pad all the others."""
    order = np.argsort(-lengths, kind="stable")
    start = tokens = 0
    for place, line in enumerate(order):
        tokens += int(lengths[line])
        if (place + 1 - start) * int(lengths[order[start]]) > WASTE * tokens:
            yield order[start:place]
            start, tokens = place, int(lengths[line])
    if len(order):
        yield order[start:]


def _chances(scores: Floats, moves: Floats, lengths: Ints) -> tuple[Floats, Floats]:
    """Probabilities of the tags, and of going on, of lines that are padded to one length."""
    grid = _Grid.of(lengths)
    weights = np.exp(_pad(scores - scores.max(axis=2, keepdims=True), grid))
    steps = np.exp(moves - moves.max(axis=(1, 2), keepdims=True))
    # Weight of all that follows a tag, scaled at each place so that no line is too long.
    ahead = np.ones_like(weights)
    goes_on = np.zeros((*weights.shape[:3], 2), np.float32)
    joints = []
    for place in range(len(weights) - 1, 0, -1):
        live = grid.alive[place]
        joint = steps * (weights[place, :live] * ahead[place, :live])[:, :, None, :]
        total = joint.sum(axis=3, keepdims=True)
        ahead[place - 1, :live] = (total / total.max(axis=2, keepdims=True))[..., 0]
        joint /= np.maximum(total, _TINY)
        goes_on[place, :live] = joint[:, :, BEGIN:, INSIDE]
        joints.append(joint)
    chances = np.empty_like(weights)
    first = steps[:, OUTSIDE] * weights[0] * ahead[0]
    chances[0] = first / first.sum(axis=2, keepdims=True)
    for place, given in enumerate(reversed(joints), start=1):
        live = len(given)
        chances[place, :live] = (chances[place - 1, :live, :, :, None] * given).sum(axis=2)
    return chances[grid.column, grid.row], goes_on[grid.column, grid.row]


_TINY = np.float32(1e-30)


@attrs.frozen(eq=False)
class Spans:
    """Spans of one head over all tokens, half-open, in order, without overlap."""

    starts: Ints
    ends: Ints


@attrs.frozen
class Worth:
    """What makes a span worth showing: chosen on the dev parts, one for each head."""

    span_cost: float
    """What a span has to bring in; the higher, the fewer spans."""
    token_weight: float
    """How much a token brings in that stands in *some* span; 0 trusts exact borders alone."""
    token_cost: float
    """The probability, 0-1, from which a token brings in something; below it, it costs."""


def best_spans(chances: Chain, head: int, worth: Worth) -> Spans:
    """Choose the spans of one head that are together worth most, without overlap.

    A span is worth the probability that it stands exactly so, and what its tokens bring in, less
    its cost: ``P(span) + token_weight * sum(P(token in a span) - token_cost) - span_cost``.

    Args:
        chances: of the lines.
        head: which head.
        worth: the weights.
    """
    starts, ends, chance = _likely_spans(chances, head)
    bring = 1.0 - chances.tags[:, head, OUTSIDE].astype(np.float64) - worth.token_cost
    upto = np.r_[0.0, np.cumsum(bring)]
    value = chance + worth.token_weight * (upto[ends] - upto[starts]) - worth.span_cost
    paying = np.flatnonzero(value > 0)
    order = paying[np.lexsort((starts[paying], ends[paying]))]
    chosen = _apart(starts[order].tolist(), ends[order].tolist(), value[order].tolist())
    return Spans(starts[order][chosen], ends[order][chosen])


def _likely_spans(chances: Chain, head: int) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """All spans that are at all likely: starts, ends, probabilities."""
    begins = chances.tags[:, head, BEGIN].astype(np.float64)
    goes_on = chances.goes_on[:, head]
    starts = np.flatnonzero(begins >= LEAST_CHANCE)
    running = begins[starts]
    found = []
    for length in range(1, LONGEST_SPAN + 1):
        ends = starts + length
        within = ends < chances.stops[starts]
        onward = np.zeros(len(starts))
        onward[within] = goes_on[ends[within], 0 if length == 1 else 1]
        found.append((starts, ends, running * (1 - onward)))
        running = running * onward
        kept = running >= LEAST_CHANCE
        starts, running = starts[kept], running[kept]
        if not len(starts):
            break
    all_starts, all_ends, likely = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return all_starts, all_ends, likely


def _apart(starts: list[int], ends: list[int], worth: list[float]) -> list[int]:
    """Places of the spans, sorted by their ends, that are worth most and do not overlap."""
    # best[k]: the most that the first k spans are worth; before[k]: how many end before span k starts.
    best = [0.0]
    before = [bisect.bisect_right(ends, start) for start in starts]
    for place, value in enumerate(worth):
        best.append(max(best[place], best[before[place]] + value))
    chosen = []
    place = len(worth)
    while place:
        if best[place] > best[place - 1]:
            chosen.append(place - 1)
            place = before[place - 1]
        else:
            place -= 1
    return chosen[::-1]
