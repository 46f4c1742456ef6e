"""Evidence made visible."""

import time

from hypothesis import given
from hypothesis import strategies as st

from starkit.render.marking import marked, snippet
from starkit.render.words import plain

spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6)


def shown(pieces):
    """Return the pieces as text, with brackets for marks."""
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_marks_that_touch_become_one():
    """Words beside each other are one mark; words apart are two."""
    expected = "[drug calculations] and [NEWS2]"

    assert expected == shown(marked("drug calculations and NEWS2", [(22, 27), (5, 17), (0, 4)]))


def test_marks_survive_hard_line_breaks():
    """Offsets count in the raw text; the line break is shown as a space."""
    expected = "Ability to [lead a team]"

    assert expected == shown(marked("Ability to\n  lead a\nteam ", [(13, 24)]))


@given(st.text(max_size=50), spans)
def test_marking_changes_no_word(text, places):
    """The pieces together are the text, whatever the spans."""
    pieces = marked(text, places)

    assert plain(text).replace(" ", "") == "".join(piece.text for piece in pieces).replace(" ", "")


def test_a_snippet_is_the_strongest_sentence():
    """Of two sentences with marks, the one with more behind it is shown."""
    text = "I was late. I audited the falls. I rang the audit team."

    strength, pieces = snippet(text, [(14, 21, 60), (26, 31, 30), (44, 49, 40)])

    assert (90, "I [audited] the [falls].") == (strength, shown(pieces))


def test_a_long_sentence_is_cut_at_words_around_its_marks():
    """A run of speech without a stop shows the words that match and what stands beside them."""
    text = "so " * 200 + "I audited the falls " + "and so " * 200

    _, pieces = snippet(text, [(602, 609, 60)], longest=60)

    assert "I [audited] the falls" in shown(pieces)
    assert shown(pieces).startswith("… so")
    assert shown(pieces).endswith(" …")
    assert len(shown(pieces)) < 70


def test_marks_far_apart_show_where_they_begin():
    """Two marks in a sentence too long for both: the first is shown."""
    text = "Audit " + "and so on " * 60 + "falls"

    _, pieces = snippet(text, [(0, 5, 10), (606, 611, 90)], longest=50)

    assert shown(pieces).startswith("[Audit] and so")
    assert len(shown(pieces)) < 60


@given(
    st.text(st.sampled_from("ab .\n!?A"), max_size=300),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.floats(0, 100)), max_size=5),
    st.integers(5, 60),
)
def test_a_snippet_is_never_much_longer_than_wanted(text, places, longest):
    """Whatever the marks, the snippet stands in the text and is as short as was asked."""
    _, pieces = snippet(text, places, longest=longest)
    words = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")

    assert len(words) <= longest
    assert plain(words) in plain(text)


def test_a_hostile_story_takes_no_time():
    """A hundred thousand characters without a space are marked in a blink."""
    text = "a" * 100_000
    began = time.process_time()

    snippet(text, [(5, 50_000, 1.0), (60_000, 99_000, 2.0)])

    assert time.process_time() - began < 0.5
