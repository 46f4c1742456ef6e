"""Reading the timescale that an employer gave, in words or as a date, against the interview day.

Where a phrase has two ordinary readings ("next Friday", "two to three weeks"), the later one is
taken: to call too early breaks the agreement (A19), to call a little late does not. What has no
last day ("soon", "after Christmas", "at least a week") or hangs on something else ("when we have
seen everybody") is not read, and never guessed.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import attrs

from starkit.errors import FollowUpError, TimescaleError
from starkit.timescales import days, periods
from starkit.timescales.lengths import lengths
from starkit.timescales.place import DAY, Kind, Place, Span
from starkit.timescales.words import BLOT, in_words
from starkit.timescales.workdays import WorkingDays

__all__ = ["WorkingDays", "as_day", "in_words", "names_a_time", "promised_date"]

# A timescale is a phrase or a few sentences; a whole letter holds too many dates to choose from.
_LONGEST = 500

# What is named is the same whatever the day; only the date that it comes to is not.
_ANY_DAY = datetime.date(2000, 1, 3)

_ASK = "ask for one such as 'a week', '10 working days', 'by the end of next week' or a date"

_Reader = Callable[["re.Match[str]", Place], datetime.date | None]

# In this order: what one pattern has read, a later one does not see.
_BEFORE_LENGTHS: tuple[tuple["re.Pattern[str]", Kind, _Reader], ...] = (
    (days.YEAR_FIRST, Kind.DAY, days.year_first),
    (days.DAY_MONTH, Kind.DAY, days.day_month),
    (days.DAY_IN_WORDS, Kind.DAY, days.day_month),
    (days.MONTH_DAY, Kind.DAY, days.day_month),
    (periods.DAY_OF_MONTH, Kind.DAY, periods.day_of_month),
    (periods.WEEK_OF_MONTH, Kind.PERIOD, periods.week_of_month),
    (periods.HALF_OF_MONTH, Kind.PERIOD, periods.half_of_month),
    (periods.END_OF_YEAR, Kind.PERIOD, periods.end_of_year),
    (periods.PART_OF_MONTH, Kind.PERIOD, periods.part_of_month),
    (periods.MIDWEEK, Kind.PERIOD, periods.midweek),
    (periods.PART_OF_WEEK, Kind.PERIOD, periods.week),
    (days.WEEKDAY_OF_WEEK, Kind.DAY, days.weekday_of_week),
    (days.WEEK_THEN_WEEKDAY, Kind.DAY, days.weekday_of_week),
    (days.TOMORROW, Kind.DAY, days.tomorrow),
    (days.DAY_ALONE, Kind.DAY, days.day_alone),
    (days.NAMED_WEEKDAY, Kind.DAY, days.named_weekday),
    (days.TODAY, Kind.DAY, days.today),
)
_AFTER_LENGTHS: tuple[tuple["re.Pattern[str]", Kind, _Reader], ...] = (
    (days.FIGURES, Kind.DAY, days.figures),  # "2/3 weeks" is a length
    (periods.WEEKEND, Kind.PERIOD, periods.weekend),
    (periods.IN_MONTH, Kind.PERIOD, periods.in_month),  # "the next month" is a length
    (periods.WEEK_OR_MONTH_END, Kind.PERIOD, periods.week_or_month_end),
    (periods.WEEK, Kind.PERIOD, periods.week),
)

# "two or three weeks", "Monday to Wednesday": one time, of which the later end counts.
_JOINED = re.compile(
    r",? ?(?:or|to|and|-|/|through|till|until|maybe|possibly|perhaps)"
    r"(?: (?:maybe|possibly|perhaps|even))?(?: (?:on|by|the))? ?"
)
# "a week on Friday", "two weeks from the 4th": a length counted from a day.
_COUNTED_FROM = re.compile(r" (?:(?:on|from|after|of|come)(?: the)? )?")
_WEEK_COMMENCING = re.compile(
    r"(?:\bthe )?(?:w/c|\bwc\b|\bweek (?:commencing|beginning|starting|of)|"
    r"(?P<ending>\bweek ending|\bw/e))(?: on)?(?: the)? $"
)
_AT_THE_LATEST_AFTER = re.compile(r",? at the (?:very |absolute )?(?:latest|outside)\b")
_AT_THE_LATEST_BEFORE = re.compile(
    r"\b(?:(?:no|not) later than|latest by|latest|at the latest by|deadline)(?: of)?:? $"
)
_BEFORE = re.compile(r"\bbefore (?:the )?$")
_END_WORDS = re.compile(r"(?:the )?(?:very )?(?:end|close|late|e)")

# Turns of phrase that look like a condition or a negation, and are none.
_HARMLESS = re.compile(
    r"\bif (?:you|i|we)(?: (?:have|do)|'ve)?(?:n't| not)? (?:heard?|received?|get|got)\b"
    r"|\bif you (?:haven't|don't|have not|do not) (?:heard?|received?|get|got)\b"
    r"|\bif (?:you (?:are|have been|were)|you're|you've been|your application is|we are|we're)?"
    r" ?(?:successful|unsuccessful|shortlisted|selected|chosen|appointed|possible|not (?:before"
    r"|sooner|earlier))\b"
    r"|\bor not\b|\b(?:no|not) (?:later|more|longer) than\b"
    r"|\b(?:following|after|since) (?:the|your|this|today's|our) (?:\w+ )?(?:interview|meeting)\b"
    r"|\b(?:don't|do not) (?:worry|hesitate)\b|\blast but not least\b"
)
# A beginning and no end, a condition, a negation, an amount that is not said.
_OPEN = re.compile(
    r"\b(?:after|once|when|whenever|if|unless|while|whilst|depend(?:s|ing|ent)?|subject to|as soon"
    r"|as and when|following|pending|assuming|provid(?:ed|ing)|since|not|never|cannot|can't|won't"
    r"|(?:don|isn|doesn|wouldn|shouldn|couldn|haven|hasn|aren)'t"
    r"|(?:more|longer|later|sooner|earlier) than|at least|minimum|earliest|upwards|beyond"
    r"|or (?:more|longer|later)|onwards?|few|several|a number of|ago)\b|\d\+"
)
_OPEN_BEFORE = re.compile(
    r"\b(?:from|last|past|previous|every|half|each|per|over|exceed(?:s|ing)?)(?: the)? $"
)
# How far back the patterns that end in "$" have to look.
_LONGEST_BEFORE = 40
# "a week of the closing date", "until everybody has been seen": the start is not known.
_COUNTED_FROM_ELSEWHERE = re.compile(
    r" (?:from|of|after|following|post)\b"
    r"(?! (?:us|me|hr|our hr|(?:our|the) (?:team|panel|office))\b)"
)
_UNTIL_ELSEWHERE = re.compile(rf"\b(?:until|till)\b(?! (?:the )?{BLOT})")


def promised_date(
    interviewed: datetime.date,
    timescale: str | datetime.date | datetime.timedelta,
    *,
    country: str = "GB",
    subdiv: str | None = None,
) -> datetime.date:
    """Return the last day by which the employer said that you would hear (A17).

    Lengths of time count from the day after the interview. Figures such as 04/01/2027 are read
    day first, in the United States month first, and in Canada, where both are in use, not at all.

    Args:
        interviewed: The day on which the timescale was given.
        timescale: What was said ("within a week or so", "by the end of next week", "14 January"),
            a date, or a length of time.
        country: Whose weekends and public holidays count, as for ``WorkingDays``.
        subdiv: Which part of the country.

    Raises:
        TimescaleError: The timescale cannot be read, or it ends before the interview.
        PlaceError: The country or the part is not known.
        FollowUpError: The interview day is no date.

    >>> thursday = datetime.date(2026, 12, 17)
    >>> promised_date(thursday, "you should hear from us within a week or so")
    datetime.date(2026, 12, 24)
    >>> promised_date(thursday, "two to three weeks")
    datetime.date(2027, 1, 7)
    >>> promised_date(thursday, "mid-January")
    datetime.date(2027, 1, 15)
    >>> promised_date(thursday, "early in the new year"), promised_date(thursday, "in a few days")
    (datetime.date(2027, 1, 10), datetime.date(2026, 12, 24))
    >>> promised_date(thursday, "soon")
    Traceback (most recent call last):
    starkit.errors.TimescaleError: timescale 'soon' cannot be read; ask for one such as ...
    """
    start = as_day("interviewed", interviewed)
    place = Place(start, WorkingDays(country, subdiv), str(timescale))
    try:
        promised = _promised(timescale, place)
    except OverflowError:
        raise place.refuse("it lies beyond the calendar; " + _ASK) from None
    if promised < start:
        raise place.refuse(
            f"{in_words(promised)} is before the interview on {in_words(start)}; check both dates"
        )
    return promised


def names_a_time(text: str) -> bool:
    """Tell whether a text of at most 500 characters names a day, a period or a length of time.

    >>> names_a_time("if I have not heard within ten days"), names_a_time("soon, I hope")
    (True, False)
    """
    place = Place(_ANY_DAY, WorkingDays(), text[:_LONGEST])
    try:
        spans, _ = _spans(_plain(text[:_LONGEST]), place)
    except TimescaleError:
        return True  # "31 February" is a date, though a wrong one
    return bool(spans)


def as_day(field: str, value: object) -> datetime.date:
    """Return a date, from a date or a date and time, or raise ``FollowUpError``.

    >>> as_day("interviewed", datetime.datetime(2026, 12, 17, 9, 30))
    datetime.date(2026, 12, 17)
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    raise FollowUpError(field, value, "give a datetime.date")


def _promised(timescale: object, place: Place) -> datetime.date:
    if isinstance(timescale, datetime.date):
        return as_day("timescale", timescale)
    if isinstance(timescale, datetime.timedelta):
        return place.interviewed + DAY * -(-timescale // DAY)
    if not isinstance(timescale, str):
        raise place.refuse(_ASK)
    if len(timescale) > _LONGEST:
        raise place.refuse("it is long; give only the words that say when")
    return _read(_plain(timescale), place)


def _plain(text: str) -> str:
    """Return the text in lower case, with plain quotes and hyphens and single spaces."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub("[\u2018\u2019\u02bc`]", "'", text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.replace(BLOT, " ").split())


def _read(text: str, place: Place) -> datetime.date:
    spans, rest = _spans(text, place)
    rest = _HARMLESS.sub(lambda found: " " * len(found[0]), rest)
    spans, rest = _counted(spans, rest)
    if not spans or _OPEN.search(rest) or _UNTIL_ELSEWHERE.search(rest):
        raise place.refuse(_ASK)
    times = [_time(span, text, rest, place) for span in _joined(spans, rest)]
    latest = {date for date, at_the_latest in times if at_the_latest}
    dates = latest if len(latest) == 1 else {date for date, _ in times}
    if len(dates) > 1:
        seen = " and ".join(in_words(date) for date in sorted(dates))
        raise place.refuse(f"it names more than one time ({seen}); ask which one counts")
    return dates.pop()


def _spans(text: str, place: Place) -> tuple[list[Span], str]:
    """Return what the text names, in order, and the text with all that blotted out."""
    spans: list[Span] = []

    def keep(new: Iterable[Span]) -> None:
        nonlocal text
        for span in new:
            if BLOT not in text[span.start : span.end]:
                spans.append(span)
                text = _blotted(text, span)

    for pattern, kind, reader in _BEFORE_LENGTHS:
        keep(_matches(pattern, kind, reader, text, place))
    keep(lengths(text, place))
    for pattern, kind, reader in _AFTER_LENGTHS:
        keep(_matches(pattern, kind, reader, text, place))
    return sorted(spans, key=lambda span: span.start), text


def _matches(
    pattern: "re.Pattern[str]", kind: Kind, reader: _Reader, text: str, place: Place
) -> Iterator[Span]:
    for found in pattern.finditer(text):
        date = reader(found, place)
        if date is not None:
            yield Span(found.start(), found.end(), kind, date)


def _blotted(text: str, span: Span) -> str:
    return text[: span.start] + BLOT * (span.end - span.start) + text[span.end :]


def _counted(spans: list[Span], rest: str) -> tuple[list[Span], str]:
    """Join each length that is counted from a day to that day, and blot out what joins them."""
    counted: list[Span] = []
    for span in spans:
        last = counted[-1] if counted else None
        if (
            last is not None
            and last.later is not None
            and span.kind is Kind.DAY
            and _COUNTED_FROM.fullmatch(rest, last.end, span.start)
        ):
            counted[-1] = Span(last.start, span.end, Kind.DAY, last.later(span.date))
            rest = _blotted(rest, counted[-1])
        else:
            counted.append(span)
    return counted, rest


def _joined(spans: list[Span], rest: str) -> list[Span]:
    """Make one of the spans that are the ends of a range, by its later end."""
    joined: list[Span] = []
    for span in spans:
        if joined and _JOINED.fullmatch(rest, joined[-1].end, span.start):
            start = joined[-1].start
            later = max(joined[-1], span, key=lambda item: item.date)
            joined[-1] = attrs.evolve(later, start=start, end=span.end)
        else:
            joined.append(span)
    return joined


def _time(span: Span, text: str, rest: str, place: Place) -> tuple[datetime.date, bool]:
    """Return the last day of a span where it stands, and whether it is said to be the latest."""
    before = rest[max(0, span.start - _LONGEST_BEFORE) : span.start]
    if before.endswith("-") or _OPEN_BEFORE.search(before):
        raise place.refuse(_ASK)
    if span.later and _COUNTED_FROM_ELSEWHERE.match(rest, span.end):
        raise place.refuse(_ASK)
    date = span.date
    if (week := _WEEK_COMMENCING.search(before)) and span.kind is Kind.DAY:
        date = date if week["ending"] else place.workdays.week(date)[-1]
    elif _BEFORE.search(before):
        if span.kind is Kind.DAY:
            date -= DAY
        elif not _END_WORDS.match(text, span.start):
            raise place.refuse(_ASK)
    latest = _AT_THE_LATEST_AFTER.match(rest, span.end) or _AT_THE_LATEST_BEFORE.search(before)
    return date, latest is not None
