import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starkit.pipeline.decoding import (
    BEGIN,
    INSIDE,
    LEAST_CHANCE,
    LONGEST_SPAN,
    OUTSIDE,
    Worth,
    best_spans,
    chain,
)

HEADS = 2


def random_case(seed, lengths):
    """Scores and moves of a CRF with the forbidden move walled off."""
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(sum(lengths), HEADS, 3)).astype(np.float32)
    moves = generator.normal(size=(HEADS, 3, 3)).astype(np.float32)
    moves[:, OUTSIDE, INSIDE] = -1e4
    return scores, moves, np.array(lengths)


def path_score(path, scores, moves):
    """Score of one path, the slow and obvious way: an O stands before the line."""
    before = [OUTSIDE, *path]
    return sum(scores[i, tag] + moves[before[i], tag] for i, tag in enumerate(path))


def all_paths(scores, moves):
    """Every path of a line and its score."""
    paths = list(itertools.product((OUTSIDE, BEGIN, INSIDE), repeat=len(scores)))
    return paths, np.array([path_score(path, scores, moves) for path in paths])


line_lengths = st.lists(st.integers(min_value=1, max_value=5), min_size=1, max_size=4)


@given(st.integers(min_value=0, max_value=9999), line_lengths)
def test_chances_are_those_of_all_paths(seed, lengths):
    """Tag probabilities equal the share of all paths that pass through the tag."""
    scores, moves, counts = random_case(seed, lengths)

    chances = chain(scores, moves, counts).tags

    start = 0
    for length in lengths:
        for head in range(HEADS):
            mine = scores[start : start + length, head]
            paths, totals = all_paths(mine, moves[head])
            weights = np.exp(totals - totals.max())
            weights /= weights.sum()
            for place, tag in itertools.product(range(length), range(3)):
                expected = sum(w for p, w in zip(paths, weights, strict=True) if p[place] == tag)
                assert chances[start + place, head, tag] == pytest.approx(expected, abs=1e-4)
        start += length


def spans_in(path):
    """Spans of a path of tags."""
    opened = [i for i, tag in enumerate(path) if tag == BEGIN]
    closed = [
        next((j for j in range(i + 1, len(path)) if path[j] != INSIDE), len(path)) for i in opened
    ]
    return list(zip(opened, closed, strict=True))


def value_of(spans, exact, inside, worth):
    """What a set of spans is worth, the slow and obvious way."""
    return sum(
        exact.get(span, 0.0)
        + worth.token_weight * sum(inside[place] - worth.token_cost for place in range(*span))
        - worth.span_cost
        for span in spans
    )


worths = st.builds(
    Worth,
    span_cost=st.floats(min_value=0.05, max_value=0.6),
    token_weight=st.floats(min_value=0.0, max_value=0.5),
    token_cost=st.floats(min_value=0.2, max_value=0.6),
)


@given(st.integers(min_value=0, max_value=9999), line_lengths, worths)
def test_best_spans_are_the_set_worth_most(seed, lengths, worth):
    """The spans chosen are worth as much as the best of all sets that a line can hold."""
    scores, moves, counts = random_case(seed, lengths)

    chosen = best_spans(chain(scores, moves, counts), 0, worth)

    start = 0
    for length in lengths:
        paths, totals = all_paths(scores[start : start + length, 0], moves[0])
        weights = np.exp(totals - totals.max())
        weights /= weights.sum()
        exact, inside = {}, np.zeros(length)
        for path, weight in zip(paths, weights, strict=True):
            for span in spans_in(path):
                exact[span] = exact.get(span, 0.0) + weight
                inside[slice(*span)] += weight
        likely = {span: chance for span, chance in exact.items() if chance > 2 * LEAST_CHANCE}
        sets = (spans_in(path) for path in paths)
        best = max(
            value_of(spans, exact, inside, worth)
            for spans in sets
            if all(span in likely for span in spans)
        )
        mine = [
            (s - start, e - start)
            for s, e in zip(chosen.starts, chosen.ends, strict=True)
            if start <= s < start + length
        ]
        assert all(e <= length for _, e in mine)
        assert value_of(mine, exact, inside, worth) >= max(best, 0.0) - 1e-3
        start += length


@given(st.integers(min_value=0, max_value=9999), line_lengths, worths)
def test_spans_stand_in_order_and_apart(seed, lengths, worth):
    """No span is empty, none touches the inside of another."""
    scores, moves, counts = random_case(seed, lengths)

    spans = best_spans(chain(scores, moves, counts), 1, worth)

    assert (spans.ends > spans.starts).all()
    assert (spans.starts[1:] >= spans.ends[:-1]).all()


@pytest.mark.parametrize("cost", [0.2, 0.4, 0.8])
def test_a_higher_cost_shows_fewer_spans(cost):
    """What a span has to bring in decides how many are shown."""
    scores, moves, counts = random_case(3, [40])
    found = chain(scores, moves, counts)

    spans = best_spans(found, 0, Worth(cost, 0.1, 0.4))
    dearer = best_spans(found, 0, Worth(cost + 0.2, 0.1, 0.4))

    assert len(dearer.starts) <= len(spans.starts)


def test_a_span_in_doubt_is_shown():
    """Three borders that share one probability are one span, which the best path would drop."""
    # An O costs nothing everywhere; a span may end after the second, third or fourth token.
    scores = np.full((5, 1, 3), -9.0, np.float32)
    scores[:, 0, OUTSIDE] = [0.0, 0.0, 0.0, 0.0, 9.0]
    scores[0, 0, BEGIN] = -0.6
    scores[1:4, 0, INSIDE] = 0.0
    moves = np.zeros((1, 3, 3), np.float32)
    moves[:, OUTSIDE, INSIDE] = -1e4

    spans = best_spans(chain(scores, moves, np.array([5])), 0, Worth(0.2, 0.2, 0.4))

    assert [0] == spans.starts.tolist()


def test_no_lines_give_no_spans():
    """An empty batch is no error."""
    nothing, counts = np.zeros((0, HEADS, 3), np.float32), np.zeros(0, np.int64)
    moves = np.zeros((HEADS, 3, 3), np.float32)

    found = chain(nothing, moves, counts)

    assert found.tags.shape == (0, HEADS, 3)
    assert not len(best_spans(found, 0, Worth(0.3, 0.1, 0.4)).starts)


def test_a_very_long_line_keeps_finite_chances():
    """Probabilities are scaled as they go, so length does not underflow them."""
    scores, moves, counts = random_case(0, [5000])

    chances = chain(scores, moves, counts)
    spans = best_spans(chances, 0, Worth(0.3, 0.1, 0.4))

    assert np.allclose(chances.tags.sum(axis=2), 1.0, atol=1e-3)
    assert (spans.ends - spans.starts).max() <= LONGEST_SPAN


def test_one_long_line_does_not_pad_the_others():
    """Thousands of short lines beside one very long one take memory for their own tokens alone."""
    scores, moves, counts = random_case(1, [4000, *[12] * 4000])

    tracemalloc.start()
    mixed = chain(scores, moves, counts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    alone = chain(scores[4000:4012], moves, counts[1:2])
    assert np.allclose(alone.tags, mixed.tags[4000:4012], atol=1e-6)
    assert peak < 40 * scores.nbytes
