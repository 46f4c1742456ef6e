"""What a phrase is read against, and what a stretch of it turns out to name."""

import calendar
import datetime
import textwrap
from collections.abc import Callable
from enum import Enum

import attrs

from starkit.errors import TimescaleError
from starkit.timescales.words import in_words
from starkit.timescales.workdays import WorkingDays

DAY = datetime.timedelta(days=1)

# A day and month without a year is the next one there is; if that lies further ahead than this,
# the last one was meant, and it is over. Nobody promises word in most of a year's time.
_FURTHEST_UNDATED = 300 * DAY


class Kind(Enum):
    """What a stretch of a phrase names."""

    LENGTH = "a length of time, counted from a day"
    DAY = "one day"
    PERIOD = "a period, by its last day"


@attrs.frozen
class Span:
    """A stretch of a phrase that names a time, and the last day of that time.

    >>> Span(0, 6, Kind.DAY, datetime.date(2026, 12, 18)).date.day
    18
    """

    start: int
    end: int
    kind: Kind
    date: datetime.date
    # For a length: the day that lies so much later than another.
    later: Callable[[datetime.date], datetime.date] | None = None


@attrs.frozen
class Place:
    """The interview day and the working days that a phrase is read against.

    >>> place = Place(datetime.date(2026, 12, 17), WorkingDays(), "a month")
    >>> place.months_later(datetime.date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """

    interviewed: datetime.date
    workdays: WorkingDays
    phrase: str

    def refuse(self, advice: str) -> TimescaleError:
        """Return the error that says why the phrase cannot be read."""
        return TimescaleError(textwrap.shorten(self.phrase, 120, placeholder=" ..."), advice)

    def date(self, year: int, month: int, day: int) -> datetime.date:
        """Return a date, or raise ``TimescaleError`` when the calendar has no such day."""
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise self.refuse(f"there is no {day}/{month} in {year}; ask which day it is") from None

    def months_later(self, day: datetime.date, count: int) -> datetime.date:
        """Return the same day ``count`` months later, or the last day of a shorter month."""
        years, month = divmod(day.month - 1 + count, 12)
        if day.year + years > datetime.MAXYEAR:
            raise OverflowError
        year, month = day.year + years, month + 1
        return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

    def next_weekday(self, weekday: int, *, after: datetime.date | None = None) -> datetime.date:
        """Return the first such weekday after a day, which is the interview day if not given."""
        start = self.interviewed if after is None else after
        return start + DAY * ((weekday - start.weekday() - 1) % 7 + 1)

    def week(self, number: int) -> tuple[datetime.date, ...]:
        """Return the days of the working week ``number`` weeks after the one of the interview."""
        return self.workdays.week(self.interviewed + 7 * number * DAY)

    def near(self, day: datetime.date) -> datetime.date:
        """Return a day found without a year, or raise when the one just gone was meant."""
        if day - self.interviewed > _FURTHEST_UNDATED:
            raise self.refuse(
                f"the last one was before the interview on {in_words(self.interviewed)}; "
                "give the year if the next one is meant"
            )
        return day
