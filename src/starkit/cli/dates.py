"""A date as people write it: read where it names one day, and else offered in full and never guessed.

The names of days and months are ours and not those of the locale. A weekday that stands with a date is
held against it, and a date without a year needs one that agrees.
"""

import datetime as dt
import re
from contextlib import suppress

from starkit.cli.terminal import UnreadableAnswerError
from starkit.timescales.words import MONTH, MONTHS, WEEKDAYS, in_words, one_of, weekday_name

# Here "sat" and "sun" stand where only a weekday can.
_WEEKDAYS = {**WEEKDAYS, "sat": 5, "sun": 6}
_WEEKDAY = one_of(_WEEKDAYS)
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d\d)"

# "Fri 27 Nov 2026": matched against lower-case text with single blanks and no commas.
_FIRST = re.compile(rf"(?:on )?(?P<weekday>{_WEEKDAY})\b\.?(?: the)? ?")
_LAST = re.compile(rf" ?\(?(?P<weekday>{_WEEKDAY})\.?\)?\Z")
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"),
    re.compile(rf"(?P<day>\d\d?)(?P<mark>[/.-])(?P<month>\d\d?)(?:(?P=mark){_YEAR}|\.)?"),
    re.compile(rf"(?:the )?(?P<day>\d\d?){_TH}(?: of)?[ -]?(?P<name>{MONTH})\.?(?:[ -]?{_YEAR})?"),
    re.compile(rf"(?P<name>{MONTH})\.? (?:the )?(?P<day>\d\d?){_TH}(?: {_YEAR})?"),
)
_CENTURY = 2000  # of a year in two figures, where one is offered
_LEAP_YEAR = 2028  # so that 29 February is a day
_YEARS_ROUND = 8  # from one leap year to the next, at most

# What names a day by where it stands from today, and how to say which days it may mean.
_FROM_TODAY = {"today": 0, "tomorrow": 1, "yesterday": -1}
_BESIDE = re.compile(
    rf"(?:on )?(?P<which>next|last|this|coming|this coming)? ?(?P<weekday>{_WEEKDAY})(?: week)?"
)
_ADVICE = "write 2026-12-17, 17/12/2026 or 17 December 2026"


def read_date(text: str, today: dt.date) -> dt.date:
    """Return the day that a date names.

    Args:
        text: A date with its year, or with its weekday and without the year: then it is the day of that
            name that lies nearest to ``today``, if that falls on this weekday.
        today: The day by which a date without a year is found, and by which one is offered.

    Raises:
        UnreadableAnswerError: It is no date, has no such weekday, or can be read in two ways; what may
            be meant is offered in full.

    >>> wednesday = dt.date(2026, 11, 25)
    >>> read_date("Fri 27 Nov 2026", wednesday), read_date("Friday, 27th November", wednesday)
    (datetime.date(2026, 11, 27), datetime.date(2026, 11, 27))
    >>> read_date("Thursday 27 November", wednesday)
    Traceback (most recent call last):
    starkit.cli.terminal.UnreadableAnswerError: 'Thursday 27 November' cannot be read; 27 November 2026 is a ...
    """
    plain = " ".join(text.lower().replace(",", " ").split())
    weekday, rest = _weekday(plain)
    found = next(filter(None, (form.fullmatch(rest) for form in _FORMS)), None)
    if found is None:
        raise UnreadableAnswerError(text, _offer(plain, today))
    fields = found.groupdict()
    day = int(fields["day"])
    name = fields.get("name")
    month = MONTHS[name] if name else int(fields["month"])
    year = int(fields["year"]) if fields["year"] else None
    if year is not None and len(fields["year"]) == len("27"):
        written = _existing(text, _CENTURY + year, month, day)
        raise UnreadableAnswerError(text, f"write the year in full, such as {_written(written)}")
    if year is not None:
        return _agreeing(text, _existing(text, year, month, day), weekday, told="")
    read = _nearest(_existing(text, _LEAP_YEAR, month, day), today)
    if weekday is None:
        raise UnreadableAnswerError(text, f"write the year in full, such as {_written(read)}")
    return _agreeing(text, read, weekday, told=", and the year if another one is meant")


def _weekday(plain: str) -> tuple[int | None, str]:
    """Return the weekday that stands before or behind a date, and the date without it."""
    first, last = _FIRST.match(plain), _LAST.search(plain)
    if first and first.end() < len(plain):
        return _WEEKDAYS[first["weekday"]], plain[first.end() :]
    if last and last.start():
        return _WEEKDAYS[last["weekday"]], plain[: last.start()]
    return None, plain.removeprefix("on ")


def _existing(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        order = "" if re.search(r"[a-z]", text.lower()) else _order(text)
        raise UnreadableAnswerError(text, f"the calendar has no such day{order}") from None


def _order(text: str) -> str:
    year_first = re.match(r"\d{4}", text.strip())
    return f" ({'year, month, day' if year_first else 'day, month, year'})"


def _agreeing(text: str, day: dt.date, weekday: int | None, *, told: str) -> dt.date:
    if weekday is None or weekday == day.weekday():
        return day
    is_one = f"{_written(day)} is a {weekday_name(day.weekday())} and no {weekday_name(weekday)}"
    raise UnreadableAnswerError(text, f"{is_one}: write the day that is meant{told}")


def _nearest(read: dt.date, today: dt.date) -> dt.date:
    """Return the day of this name that lies nearest to today."""
    days = []
    for year in range(today.year - _YEARS_ROUND, today.year + _YEARS_ROUND + 1):
        with suppress(ValueError):  # 29 February has not every year
            days.append(read.replace(year=year))
    return min(days, key=lambda day: abs(day - today))


def _offer(plain: str, today: dt.date) -> str:
    """Return what to write in place of words that are no date."""
    if plain in _FROM_TODAY:
        return f"write the date: {in_words(today + dt.timedelta(_FROM_TODAY[plain]))}"
    beside = _BESIDE.fullmatch(plain)
    if beside is None:
        return _ADVICE
    ahead = (_WEEKDAYS[beside["weekday"]] - today.weekday() - 1) % 7 + 1
    weeks = (-2, -1) if beside["which"] == "last" else (0, 1)
    if beside["which"] is None and not plain.endswith(" week"):
        weeks = (-1, 0)  # "Friday" may be over
    days = (in_words(today + dt.timedelta(ahead + 7 * week)) for week in weeks)
    return f"write the date: {' or '.join(days)}"


def _written(day: dt.date) -> str:
    """Return a date as it can be written: without the weekday."""
    return in_words(day).partition(" ")[2]
