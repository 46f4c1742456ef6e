import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starkit.pipeline.decoding import BEGIN, INSIDE, OUTSIDE, best_tags, chain

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
def test_best_tags_are_those_of_the_best_path(seed, lengths):
    """Decoding all lines at once equals trying every path of each line."""
    scores, moves, counts = random_case(seed, lengths)

    actual = best_tags(scores, moves, counts)

    start = 0
    for length in lengths:
        for head in range(HEADS):
            mine = scores[start : start + length, head]
            _, totals = all_paths(mine, moves[head])
            chosen = path_score(actual[start : start + length, head], mine, moves[head])
            assert chosen == pytest.approx(totals.max(), rel=1e-4, abs=1e-4)
        start += length


@given(st.integers(min_value=0, max_value=9999), line_lengths)
def test_chances_are_those_of_all_paths(seed, lengths):
    """Tag probabilities equal the share of all paths that pass through the tag."""
    scores, moves, counts = random_case(seed, lengths)

    chances = chain(scores, moves, counts)

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


@given(st.integers(min_value=0, max_value=9999), line_lengths)
def test_a_span_never_starts_inside(seed, lengths):
    """An I never follows an O, nor opens a line."""
    scores, moves, counts = random_case(seed, lengths)

    tags = best_tags(scores, moves, counts)

    begins = np.cumsum(counts) - counts
    before = np.r_[np.zeros((1, HEADS), np.int8), tags[:-1]]
    before[begins] = OUTSIDE
    assert not ((tags == INSIDE) & (before == OUTSIDE)).any()


def test_no_lines_give_no_tags():
    """An empty batch is no error."""
    nothing, counts = np.zeros((0, HEADS, 3), np.float32), np.zeros(0, np.int64)
    moves = np.zeros((HEADS, 3, 3), np.float32)

    assert best_tags(nothing, moves, counts).shape == (0, HEADS)
    assert chain(nothing, moves, counts).shape == (0, HEADS, 3)


def test_a_very_long_line_keeps_finite_chances():
    """Probabilities are scaled as they go, so length does not underflow them."""
    scores, moves, counts = random_case(0, [5000])

    chances = chain(scores, moves, counts)

    assert np.allclose(chances.sum(axis=2), 1.0, atol=1e-3)
