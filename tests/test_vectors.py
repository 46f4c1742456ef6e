import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starkit.errors import PipelineError
from starkit.vectors import load_vectors, read_vectors, written_with


def cosine(left, right):
    """Cosine of two vectors."""
    return float(left @ right / (np.linalg.norm(left) * np.linalg.norm(right)))


def test_rows_follow_the_order_of_the_words():
    """One row a word, in order, float32."""
    vectors = load_vectors()

    together = vectors.rows(["nurse", "python", "nurse"])

    assert together.dtype == np.float32
    assert together.shape == (3, vectors.dim)
    assert np.array_equal(together[0], together[2])
    assert np.array_equal(together[1], vectors.rows(["python"])[0])


def test_case_is_ignored():
    """The table is lower-cased, and so is what is asked of it."""
    vectors = load_vectors()

    assert np.array_equal(vectors.rows(["NURSE"]), vectors.rows(["nurse"]))
    assert "NURSE" in vectors


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("nurse", "hospital", "java"),
        ("java", "python", "nurse"),
        ("driver", "driving", "accounting"),
        ("teacher", "school", "welding"),
    ],
)
def test_related_words_are_nearer(word, near, far):
    """The vectors carry meaning across trades."""
    of_word, of_near, of_far = load_vectors().rows([word, near, far])

    assert cosine(of_word, of_near) > cosine(of_word, of_far)


@pytest.mark.parametrize(
    ("unknown", "known", "unrelated"),
    [
        ("nursingg", "nursing", "welding"),
        ("managementt", "management", "python"),
        ("programmingg", "programming", "catering"),
    ],
)
def test_an_unknown_word_is_placed_by_its_spelling(unknown, known, unrelated):
    """A misspelt word lands nearer to the word that was meant."""
    vectors = load_vectors()
    of_unknown, of_known, of_other = vectors.rows([unknown, known, unrelated])

    assert unknown not in vectors
    assert cosine(of_unknown, of_known) > 0.3
    assert cosine(of_unknown, of_known) > cosine(of_unknown, of_other)


def test_nothing_has_no_direction():
    """The empty string gets zeros, not a guess."""
    assert not load_vectors().rows([""]).any()


@given(st.text(max_size=60))
def test_any_text_gets_a_finite_row(word):
    """Whatever the token is, its row can be computed with."""
    row = load_vectors().rows([word])

    assert row.shape == (1, load_vectors().dim)
    assert np.isfinite(row).all()


@given(st.text(max_size=60))
def test_parts_lie_in_the_word_and_do_not_overlap(word):
    """The known words that a word is written with stand in it, from left to right."""
    vectors = load_vectors()

    parts = written_with(word, vectors.index)

    ends = [0, *(end for _, end in parts)]
    assert all(before <= start for before, (start, _) in zip(ends, parts, strict=False))
    assert all(word[start:end] in vectors.index for start, end in parts)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("soughtafter", ["sought", "after"]),
        ("softwaredriver", ["software", "driver"]),
        ("qzqz", []),
    ],
)
def test_words_run_together_are_taken_apart(word, expected):
    """Scraped adverts run words together: such a token is read as the words it is made of."""
    parts = written_with(word, load_vectors().index)

    assert [word[start:end] for start, end in parts] == expected


def test_scale_is_about_one():
    """Over the whole table, values have a standard deviation of about one."""
    vectors = load_vectors()

    spread = (vectors.table * vectors.scales[:, None]).std()

    assert spread == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("cut", [0, 10, 1000, -1000])
def test_a_damaged_table_is_named(cut):
    """A file that is cut off raises our error, with advice."""
    source = load_vectors().source

    with pytest.raises(PipelineError, match="install starkit again"):
        read_vectors(source[:cut])


def test_reading_the_source_again_gives_the_same_table():
    """What a saved pipeline carries is the same table."""
    vectors = load_vectors()

    again = read_vectors(vectors.source)

    assert again.digest == vectors.digest
    assert np.array_equal(again.rows(["welder", "qqzx"]), vectors.rows(["welder", "qqzx"]))
