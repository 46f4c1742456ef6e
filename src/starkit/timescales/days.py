"""Single days: "Friday", "the 14th", "14 January 2027", "14/01/2027", "tomorrow"."""

import calendar
import datetime
import re

from starkit.timescales.place import DAY, Place
from starkit.timescales.words import (
    AT,
    END,
    MONTH,
    MONTHS,
    ORDINALS,
    START,
    TIME_OF_DAY,
    TIMES_AFTER,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    in_words,
    one_of,
    weekday_name,
)

# Where the month is written before the day.
_MONTH_FIRST = frozenset({"US", "AS", "GU", "MP", "PR", "UM", "VI", "PH", "FM", "PW", "MH"})
# Canada writes both ways, so there 01/02/2027 has to be asked.
_EITHER_FIRST = frozenset({"CA"})

_BEFORE_FIGURES = frozenset({"by", "on", "before", "until", "till", "to", "or", "and", "than"})

_ON = rf"(?:(?P<weekday>{WEEKDAY}),? )?"
_RANGE = r"(?:\d\d?(?:st|nd|rd|th)?(?: ?- ?| to | or | and |/))?"  # of "4-8 January" the 8th counts

YEAR_FIRST = re.compile(
    rf"{START}(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)"
    rf"(?:t\d\d[:\d.]*z?)?{END}"
)
FIGURES = re.compile(
    rf"{START}{AT}{_ON}(?P<first>\d\d?)"
    rf"(?:(?P<mark>[./-])(?P<second>\d\d?)(?P=mark)(?P<year>{YEAR}|\d\d)|/(?P<undated>\d\d?)){END}"
)
DAY_MONTH = re.compile(
    rf"{START}{AT}{_ON}(?:the )?{_RANGE}(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)?[ -]?"
    rf"(?P<month>{MONTH})\b\.?(?! (?:be|have|not)\b)(?:,?[ -]?(?P<year>{YEAR}))?{END}"
)
DAY_IN_WORDS = re.compile(
    rf"{START}{AT}{_ON}(?:the )?(?P<day>{one_of(ORDINALS)}) of (?P<month>{MONTH})"
    rf"(?:,? (?P<year>{YEAR}))?{END}"
)
MONTH_DAY = re.compile(
    rf"{START}{AT}{_ON}(?P<month>{MONTH})\.? (?:the )?{_RANGE}(?P<day>\d\d?)(?:st|nd|rd|th)?"
    rf"(?:,? (?P<year>{YEAR}))?{END}"
)
# "the 14th", but not "the 2nd interview": only these words may follow.
DAY_ALONE = re.compile(
    rf"{START}{AT}{_ON}(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)(?: of (?P<of>next|this|the) month)?"
    rf"(?=$|[.,;:!?)\]\"…-]| (?:or|to|and|at|by|if|we|i|you|they|he|she|it|the|our|with|but|max"
    rf"|for|on|-)\b)"
)
WEEKDAY_OF_WEEK = re.compile(
    rf"{START}{AT}(?P<weekday>{WEEKDAY})(?: of| in)? (?:the )?"
    rf"(?:(?P<which>this|next|following|coming) week|week(?P<after> after next)){END}"
)
WEEK_THEN_WEEKDAY = re.compile(
    rf"{START}(?P<which>this|next) week,?(?: on)? (?P<weekday>{WEEKDAY}){END}"
)
NAMED_WEEKDAY = re.compile(
    rf"{START}{AT}(?:the )?(?:(?P<which>next|this coming|this|coming|following) )?"
    rf"(?P<weekday>{WEEKDAY}|(?:(?<=by )|(?<=on )|(?<=next )|(?<=this ))(?:sat|sun))"
    rf"(?: (?P<later>after next|next|week|fortnight|coming))?{TIMES_AFTER}{END}"
)
TOMORROW = re.compile(
    rf"{START}{AT}(?:this time )?(?P<two>(?:the )?day after )?tomorrow"
    rf"(?: (?P<later>week|fortnight))?{TIMES_AFTER}{END}"
)
# "Thank you for coming in today" is no promise: "today" counts only where it is said as one.
TODAY = re.compile(
    rf"{START}(?:later (?:on )?today|{TIME_OF_DAY} today|by today|(?:the )?end of today"
    rf"|(?:the )?(?:close|end) of (?:play|business|(?:the |this )?(?:working |business )?day)"
    rf"|eod|cop|cob|(?:the )?same day|this (?:afternoon|evening)|tonight"
    rf"|today(?=\.?$)(?<!\w\stoday)|(?P<later>today week|(?:this|the same) time next week)){END}"
)


def year_first(found: "re.Match[str]", place: Place) -> datetime.date:
    """2027-01-14."""
    return place.date(int(found["year"]), int(found["month"]), int(found["day"]))


def figures(found: "re.Match[str]", place: Place) -> datetime.date | None:
    """14/01/2027: the day first, but the month first where that is the custom."""
    first, second = int(found["first"]), int(found["second"] or found["undated"])
    if found["undated"] and not found["weekday"]:
        # "9/10 candidates", "24/7": only "by 9/10" and the like are dates.
        before = found.string[: found.start()].rstrip()
        if before and before.split()[-1] not in _BEFORE_FIGURES:
            return None
    country = place.workdays.country
    if country in _EITHER_FIRST and first != second and max(first, second) <= 12:
        raise place.refuse("it can be read day first or month first; write the month as a word")
    day, month = (second, first) if country in _MONTH_FIRST else (first, second)
    if month > 12:  # then only the other reading is left, and it is no guess
        day, month = month, day
    if not 1 <= month <= 12:
        raise place.refuse("there is no such day; write the month as a word")
    return _dated(place, month, day, found["year"], found["weekday"])


def day_month(found: "re.Match[str]", place: Place) -> datetime.date:
    """14 January, January 14th, the fourteenth of January."""
    named = found["day"]
    day = int(named) if named.isdigit() else ORDINALS[named]
    return _dated(place, MONTHS[found["month"]], day, found["year"], found["weekday"])


def _dated(
    place: Place, month: int, day: int, year: str | None, weekday: str | None
) -> datetime.date:
    if year:
        century = 2000 if len(year) == 2 else 0
        return _checked(place, place.date(century + int(year), month, day), weekday)
    this_year = place.interviewed.year
    years = [this_year, this_year + 1]
    if (month, day) == (2, 29):
        years = [item for item in range(this_year, this_year + 9) if calendar.isleap(item)]
    dates = [place.date(item, month, day) for item in years if item <= datetime.MAXYEAR]
    ahead = [date for date in dates if date >= place.interviewed]
    if not ahead:
        raise OverflowError
    return _checked(place, place.near(ahead[0]), weekday)


def _checked(place: Place, day: datetime.date, weekday: str | None) -> datetime.date:
    """Return the day, if it falls on the weekday that was named with it."""
    if weekday and WEEKDAYS[weekday] != day.weekday():
        named = weekday_name(WEEKDAYS[weekday])
        raise place.refuse(f"that day is {in_words(day)} and no {named}; ask which it is")
    return day


def day_alone(found: "re.Match[str]", place: Place) -> datetime.date:
    """The 14th: the next one after the interview, or that of the month named."""
    number, first = int(found["day"]), place.interviewed.replace(day=1)
    months = {None: range(12), "next": range(1, 2)}.get(found["of"], range(1))
    for count in months:
        month = place.months_later(first, count)
        if not 1 <= number <= calendar.monthrange(month.year, month.month)[1]:
            continue
        day = month.replace(day=number)
        if day > place.interviewed or found["of"]:
            return _checked(place, day, found["weekday"])
    raise place.refuse(f"there is no day {number} in the month; ask which day it is")


def weekday_of_week(found: "re.Match[str]", place: Place) -> datetime.date:
    """Tuesday of next week, next week on Tuesday."""
    groups = found.groupdict()
    number = 2 if groups.get("after") else 0 if groups["which"] == "this" else 1
    return _in_week(place, number, WEEKDAYS[groups["weekday"]])


def _in_week(place: Place, number: int, weekday: int) -> datetime.date:
    first = place.week(number)[0]
    return first + DAY * ((weekday - first.weekday()) % 7)


def named_weekday(found: "re.Match[str]", place: Place) -> datetime.date:
    """Friday, next Friday, Friday week."""
    weekday = {**WEEKDAYS, "sat": 5, "sun": 6}[found["weekday"]]
    later = found["later"] or ""
    if found["which"] == "next" or "next" in later:
        # The one in next week, and not the one that comes first: the later of the two readings.
        day = _in_week(place, 1, weekday)
    else:
        day = place.next_weekday(weekday)
    return day + DAY * {"week": 7, "fortnight": 14, "after next": 7}.get(later, 0)


def tomorrow(found: "re.Match[str]", place: Place) -> datetime.date:
    """Tomorrow, the day after tomorrow, tomorrow week."""
    days = {None: 1, "week": 8, "fortnight": 15}[found["later"]]
    return place.interviewed + DAY * (days + (found["two"] is not None))


def today(found: "re.Match[str]", place: Place) -> datetime.date:
    """Later today, by close of play; this time next week."""
    return place.interviewed + DAY * (7 if found["later"] else 0)
