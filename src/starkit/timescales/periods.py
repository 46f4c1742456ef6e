"""Periods, by their last day: "the end of next week", "mid-January", "the first week of February".

| phrase | last day |
|---|---|
| early in a week | its second working weekday |
| the middle of a week | its middle weekday, Wednesday of Monday to Friday |
| late in, the end of, or just a week | its last working weekday |
| early in a month | the 10th |
| the middle of a month | the 15th |
| late in, the end of, or just a month | its last day |
| the n-th week of a month | day 7 n |
| the new year, early in it | January, early in that |
"""

import calendar
import datetime
import re
from collections.abc import Iterator

from starkit.timescales.place import DAY, Place
from starkit.timescales.words import (
    END,
    MONTH,
    MONTHS,
    ORDINALS,
    PART,
    START,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
)

_WHICH_MONTH = r"(?:(?:the next|next|this|the following|the) month)"
_OF_MONTH = rf"(?:of|in) (?P<month>{MONTH}|{_WHICH_MONTH}|the new year)(?:,? (?P<year>{YEAR}))?"

_WHICH_WEEK = (
    r"(?:(?P<which>this|(?:the )?next|(?:the )?following|the) )?(?:working )?week"
    r"(?P<after> after next)?"
)
PART_OF_WEEK = re.compile(rf"{START}{PART}[ -]?{_WHICH_WEEK}{END}(?!-\w)")
WEEK = re.compile(rf"{START}{_WHICH_WEEK}{END}(?!-\w)")
MIDWEEK = re.compile(rf"{START}mid-?week{END}")
WEEK_OR_MONTH_END = re.compile(rf"{START}(?:(?P<week>eow)|eom|(?:the )?month[ -]end){END}")
WEEKEND = re.compile(
    rf"{START}(?:(?P<before>by|before)|over|during|at) (?:the|this) (?:coming )?weekend{END}"
)
PART_OF_MONTH = re.compile(
    rf"{START}{PART}[ -]?(?P<month>{MONTH}|{_WHICH_MONTH}|month|the new year)\.?(?:,? (?P<year>{YEAR}))?{END}"
)
IN_MONTH = re.compile(
    rf"{START}(?:(?:in|during) (?:the month of )?(?P<month>{MONTH}|{_WHICH_MONTH}|the new year)"
    rf"|(?P<relative>(?:next|this|the following) month)"
    rf"|^(?P<alone>{MONTH})(?=\.?(?: {YEAR})?\.?$))(?:,? (?P<year>{YEAR}))?{END}"
)
HALF_OF_MONTH = re.compile(
    rf"{START}(?:the )?(?:(?P<first>first|1st)|second|2nd|latter|last) half {_OF_MONTH}{END}"
)
WEEK_OF_MONTH = re.compile(
    rf"{START}(?:the )?(?:(?:first|second|third|1st|2nd|3rd)(?: or | to | and |/))?(?:the )?"
    rf"(?P<which>first|second|third|fourth|1st|2nd|3rd|4th|last|final) "
    rf"(?:(?P<many>two|three|couple of) )?(?:full )?weeks? {_OF_MONTH}{END}"
)
DAY_OF_MONTH = re.compile(
    rf"{START}(?:the )?(?P<which>first|second|third|fourth|last) "
    rf"(?P<day>{WEEKDAY}|(?:working |business )?day) {_OF_MONTH}{END}"
)
END_OF_YEAR = re.compile(
    rf"{START}(?:(?:the )?end of (?:(?:the|this) (?:calendar )?year|(?P<year>{YEAR}))"
    rf"|(?:the )?year[ -]end|(?:by|before) (?:the )?new year|(?:by|before) (?P<eve>christmas|xmas))"
    rf"{END}(?! day)"
)


def _part(found: "re.Match[str]") -> str:
    groups = found.groupdict()
    return next((name for name in ("early", "mid", "late") if groups.get(name)), "")


def week(found: "re.Match[str]", place: Place) -> datetime.date | None:
    """Next week, the end of the week, early the week after next."""
    part, which = _part(found), found["which"] or ""
    if found["after"]:
        number = 2
    elif "next" in which or "following" in which:
        number = 1
    elif part or which == "this":
        number = 0
    else:
        return None  # "the week" alone is no time
    days = place.week(number)
    if number == 0 and days[-1] < place.interviewed:
        days = place.week(1)  # said at the weekend: the week that is over cannot be meant
    return days[{"early": 1, "mid": len(days) // 2}.get(part, -1)]


def midweek(_: "re.Match[str]", place: Place) -> datetime.date:
    """Midweek: the next one."""
    days = place.week(0)
    middle = days[len(days) // 2]
    return middle if middle > place.interviewed else middle + 7 * DAY


def week_or_month_end(found: "re.Match[str]", place: Place) -> datetime.date:
    """EOW, EOM, month end."""
    if not found["week"]:
        return _month_end(place.interviewed)
    days = place.week(0)
    return days[-1] if days[-1] >= place.interviewed else place.week(1)[-1]


def weekend(found: "re.Match[str]", place: Place) -> datetime.date:
    """By the weekend (the last weekday before it), over the weekend (its last day)."""
    last = place.week(0)[-1]
    return last if found["before"] else place.week(1)[0] - DAY


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months(name: str, year: str | None, place: Place) -> Iterator[datetime.date]:
    """Yield the first days of the months that a name may mean, soonest first."""
    first = place.interviewed.replace(day=1)
    if name in MONTHS:
        years = [int(year)] if year else [first.year, first.year + 1]
        yield from (place.date(item, MONTHS[name], 1) for item in years)
    elif name == "the new year":
        yield place.date(first.year + 1, 1, 1)
    else:
        yield place.months_later(first, int("next" in name or "following" in name))


def _first_ahead(days: Iterator[datetime.date], year: str | None, place: Place) -> datetime.date:
    """Return the first of some days that is not before the interview, if it is near."""
    day = place.interviewed
    for day in days:
        if day >= place.interviewed:
            break
    return day if year else place.near(day)


def part_of_month(found: "re.Match[str]", place: Place) -> datetime.date | None:
    """Mid-January, the end of the month."""
    part, name = _part(found), found["month"]
    if name == "month" and part == "early":
        return None  # "early month"
    last = {"early": 10, "mid": 15}.get(part)
    ends = (
        month.replace(day=last) if last else _month_end(month)
        for month in _months(name, found["year"], place)
    )
    return _first_ahead(ends, found["year"], place)


def in_month(found: "re.Match[str]", place: Place) -> datetime.date:
    """In January, next month: its last day."""
    name = found["month"] or found["relative"] or found["alone"]
    ends = (_month_end(month) for month in _months(name, found["year"], place))
    return _first_ahead(ends, found["year"], place)


def half_of_month(found: "re.Match[str]", place: Place) -> datetime.date:
    """The first half of January, the second half of the month."""
    ends = (
        month.replace(day=15) if found["first"] else _month_end(month)
        for month in _months(found["month"], found["year"], place)
    )
    return _first_ahead(ends, found["year"], place)


_NTH = {**ORDINALS, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def week_of_month(found: "re.Match[str]", place: Place) -> datetime.date:
    """The first week of February: day 7; the first two weeks: day 14."""
    count = _NTH.get(found["which"])
    many = {"two": 1, "couple of": 1, "three": 2}.get(found["many"], 0)
    ends = (
        month.replace(day=7 * min(count + many, 4)) if count else _month_end(month)
        for month in _months(found["month"], found["year"], place)
    )
    return _first_ahead(ends, found["year"], place)


def day_of_month(found: "re.Match[str]", place: Place) -> datetime.date:
    """The first Monday in January, the last working day of the month."""
    days = (
        _day_in(found["which"], found["day"], month, place)
        for month in _months(found["month"], found["year"], place)
    )
    return _first_ahead(days, found["year"], place)


def _day_in(which: str, name: str, first: datetime.date, place: Place) -> datetime.date:
    count, last = ORDINALS.get(which), _month_end(first)
    if name in WEEKDAYS:
        if count is None:
            return last - DAY * ((last.weekday() - WEEKDAYS[name]) % 7)
        return first + DAY * ((WEEKDAYS[name] - first.weekday()) % 7 + 7 * (count - 1))
    if name == "day":
        return last if count is None else first + DAY * (count - 1)
    if count is None:
        return place.workdays.on_or_before(last)
    return place.workdays.later(first - DAY, count)


def end_of_year(found: "re.Match[str]", place: Place) -> datetime.date:
    """The end of the year; before Christmas."""
    year = int(found["year"] or place.interviewed.year)
    return place.date(year, 12, 24 if found["eve"] else 31)
