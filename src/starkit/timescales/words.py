"""The words that timescales are made of, as numbers and as pieces of pattern.

Every pattern of this package is matched against lower-case text with single spaces and at most a
few hundred characters, and nests no quantifier.
"""

import datetime
from collections.abc import Iterable

# fmt: off
_TO_NINETEEN = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)
_TO_TWENTIETH = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
# Written out: the names that the calendar module gives follow the locale.
_WEEKDAY_NAMES = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
_WEEKDAYS_IN_SHORT = {  # "sat" and "sun" are words of their own
    "mon": 0, "tues": 1, "tue": 1, "weds": 2, "wed": 2,
    "thurs": 3, "thur": 3, "thu": 3, "fri": 4,
}
# fmt: on

NUMBERS = {
    "a": 1,
    "an": 1,
    "another": 1,
    "couple": 2,
    "a couple": 2,
    "couple of": 2,
    "a couple of": 2,
    **{word: count for count, word in enumerate(_TO_NINETEEN, 1)},
    **_TENS,
    **{
        f"{ten}{joint}{_TO_NINETEEN[ones]}": value + ones + 1
        for ten, value in _TENS.items()
        for ones in range(9)
        for joint in (" ", "-")
    },
}
"""Whole numbers as they stand before a unit of time, 1 to 99."""

ORDINALS = {
    **{word: count for count, word in enumerate(_TO_TWENTIETH, 1)},
    "thirtieth": 30,
    **{
        f"{ten}{joint}{word}": value + count
        for ten, value in (("twenty", 20), ("thirty", 30))
        for count, word in enumerate(_TO_TWENTIETH[:9], 1)
        for joint in (" ", "-")
        if value + count <= 31
    },
}
"""Days of the month in words, 1 to 31."""

WEEKDAYS = {
    **{name.lower(): number for number, name in enumerate(_WEEKDAY_NAMES)},
    **_WEEKDAYS_IN_SHORT,
}
"""Weekdays by name, Monday 0 to Sunday 6."""

MONTHS = {
    **{name.lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3].lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
    "sept": 9,
}
"""Months by name, January 1 to December 12."""


def weekday_name(weekday: int) -> str:
    """Return the English name of a weekday, Monday 0 to Sunday 6.

    >>> weekday_name(3)
    'Thursday'
    """
    return _WEEKDAY_NAMES[weekday]


def in_words(day: datetime.date) -> str:
    """Return a date as it is written in a letter, whatever the locale.

    >>> in_words(datetime.date(2026, 12, 29))
    'Tuesday 29 December 2026'
    """
    month = _MONTH_NAMES[day.month - 1]
    return f"{_WEEKDAY_NAMES[day.weekday()]} {day.day} {month} {day.year}"


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, the longest first.

    >>> one_of({"a": 1, "an": 1})
    '(?:an|a)'
    """
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


BLOT = "\x00"
"""What stands, letter by letter, in the place of words that have been read."""

START = r"(?<![\w/£$€%])(?<!\d[.,])"
"""Not inside a word or a number: ``2.5 weeks`` is not 5 weeks."""

END = r"(?![\w%]|\.\d)"
"""The end of a word and of a number."""

NUMBER = rf"(?:\d{{1,3}}|{one_of(NUMBERS)})"
WEEKDAY = one_of(WEEKDAYS)
MONTH = one_of(MONTHS)
YEAR = r"(?:(?:19|20)\d\d)"

PART = (
    r"(?:(?:early|mid)(?: to | or |-to-|/|-))?"  # of "early to mid January" the later part counts
    r"(?:(?P<early>early(?: on)?(?: in)?|(?:the )?(?:start|beginning|top)(?: of)?)"
    r"|(?P<mid>mid|(?:the )?middle(?: of)?)"
    r"|(?P<late>late(?: in)?|later(?: in)?"
    r"|(?:the )?(?:very |back |tail )?(?:end|close|latter part)(?: of)?))"
)
"""A part of a week or a month; its group is ``early``, ``mid`` or ``late``."""

TIME_OF_DAY = (
    r"(?:(?:the )?(?:close|end) of (?:play|business|(?:the )?(?:working |business )?day)"
    r"|cop|cob|eod|noon|midday|lunchtime|\d{1,2}(?:[:.]\d\d)? ?[ap]m|\d{1,2}:\d\d)"
)
"""An hour of the day, which moves no date."""

AT = rf"(?:{TIME_OF_DAY}(?: on| of)? )?"
"""``close of play on`` before a day."""

TIMES_AFTER = r"(?: (?:morning|afternoon|evening|lunchtime|night))?"
"""``Friday morning`` is Friday."""
