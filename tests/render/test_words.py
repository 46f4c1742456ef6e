"""The words of a pack."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starkit.render.words import (
    british_date,
    counted,
    joined,
    plain,
    shortened,
    spoken_time,
    years_asked,
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 12, 29), "Tuesday 29 December 2026"),
        (dt.date(2027, 1, 1), "Friday 1 January 2027"),
        (dt.date(2028, 2, 29), "Tuesday 29 February 2028"),
    ],
)
def test_a_date_is_written_as_in_britain(day, expected):
    """Weekday, day, month and year in full, whatever the locale."""
    assert expected == british_date(day)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (None, ""),
        ((1, None), "1 year or more"),
        ((0.5, None), "6 months or more"),
        ((2, 2), "2 years"),
        ((0, 5), "up to 5 years"),
        ((0.5, 1), "6 months to 1 year"),
        ((3, 5), "3 to 5 years"),
        ((2.5, None), "30 months or more"),
        ((7.5, None), "7.5 years or more"),
    ],
)
def test_years_are_said_in_words(years, expected):
    """Months below three years are said as months."""
    assert expected == years_asked(years)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "about 10 seconds"), (60, "about 1 minute"), (150, "about 2½ minutes")],
)
def test_spoken_time_is_rounded(seconds, expected):
    """Nobody says 97 seconds."""
    assert expected == spoken_time(seconds)


def test_lists_and_counts_in_words():
    """One thing, two things; a, b and c."""
    expected = ("1 thing", "2 things", "", "a", "a, b or c")

    assert expected == (
        counted(1, "thing"),
        counted(2, "thing"),
        joined([]),
        joined(["a"]),
        joined(["a", "b", "c"], "or"),
    )


@given(st.text())
def test_plain_text_steers_nothing(text):
    """No control character, no line break and no turning mark is left; doing it twice is once."""
    shown = plain(text)

    assert shown == plain(shown)
    assert all(char.isprintable() or ord(char) > 0x7F for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n\t\x1b")


@given(st.text(max_size=80), st.integers(min_value=5, max_value=40))
def test_a_shortened_text_is_short(text, longest):
    """What is cut ends in an ellipsis and begins as it did."""
    shown = shortened(plain(text), longest)

    assert len(shown) <= longest + 2
    assert plain(text).startswith(shown.removesuffix(" …"))
