"""The last day to apply, where an advert names it with its year.

A date counts only where the words before it say that applications end then. "11/12/2026" is read as the
rest of the advert shows: by another date in it, or by its currency. What can still be read in two ways, and
a date without a year, are left open: nothing is guessed, and nothing reads the clock.
"""

import datetime as dt
import re

_MONTHS = (*("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),)
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)

# What says that applications end: a label at the beginning of a line, or words in a sentence.
_LABEL = re.compile(
    r"^[\W_]{0,6}(?:(?:closing|final closing|application closing) date(?: for applications)?|(?:application |final )?deadline(?: for applications| to apply| date)?"
    r"|applications?(?: (?:closing date|deadline|due|end))?|(?:date )?closes|closing|closing on|closing at|apply (?:by|before)|last (?:day|date) to apply)"
    r"\b(?! (?:is )?(?:extended|passed|past)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SAID = re.compile(
    r"\b(?:closing date|deadline(?: (?:for applications|to apply|for applying|is|date))?(?=[ :,])"
    r"|applications? (?:will |is |are |also )?(?:clos(?:es?|ing)|ends?|due)\b"
    r"|(?:vacancy|advert|advertisement|post|posting|position|role|job|competition|recruitment|campaign|this) (?:will |is |also )?clos(?:es?|ing)\b"
    r"|(?:apply|applying|application|applications|cv|cvs|forms?|letters?|r[eé]sum[eé]s?)\b(?:[^.\n:]|\.(?=\S)){0,60}? (?:by|before|no later than|not later than|until|to arrive by|to reach us by)"
    r"|open (?:for applications )?(?:until|till)|last (?:day|date) (?:to apply|for applications|for applying))\b",
    re.IGNORECASE,
)
# Deadlines of other things.
_NOT_OF_ADVERT = re.compile(
    r"\b(?:deadlines? for (?!appl)|(?:tax|press|grant|bid|funding|project|copy|filing) (?:closing date|deadline))",
    re.IGNORECASE,
)

_ROOM = 90  # characters between those words and the end of the date
_DATE = re.compile(
    rf"""(?<![\d/.-])(?:
      (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<day>\d\d?)(?:st|nd|rd|th)?(?:\ of)?[\ -]{_MONTH.format("month")},?[\ -](?P<year>\d{{4}})
    | {_MONTH.format("month_first")}\ (?:the\ )?(?P<day_after>\d\d?)(?:st|nd|rd|th)?,?\ (?P<year_last>\d{{4}})
    | (?P<one>\d\d?)(?P<mark>[/.-])(?P<two>\d\d?)(?P=mark)(?P<year_figures>\d{{4}}|\d\d)
    )(?![\d/-])""",
    re.IGNORECASE | re.VERBOSE,
)
_BLANK = re.compile(r"[\s:|*_-]{0,12}")
# Where what is said of the closing date ends: with the sentence, the paragraph, or another label or date.
_ENDS = re.compile(
    r"[!?]|(?<!jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.\s{1,4}(?-i:[A-Z])|\n\s{0,4}\n|\n[\W_]{0,4}[A-Za-z ]{3,30}:|\b(?:start\w*|interview\w*|posted|shortlist\w*|assess\w*|selection)\b",
    re.IGNORECASE,
)

_DAY_FIRST = re.compile(r"[£€]|\bGBP\b")
_MONTH_FIRST = re.compile(r"\$|\bUSD\b")
_LARGEST_MONTH = 12


def read_closing_date(text: str) -> dt.date | None:
    r"""Return the last day to apply that a text names, ``None`` where none is plain.

    >>> read_closing_date("Baker\nClosing date: Friday 11 December 2026")
    datetime.date(2026, 12, 11)
    >>> read_closing_date("Baker, $21/hr\nApply by 12/11/2026")
    datetime.date(2026, 12, 11)
    >>> read_closing_date("Apply by 12/11/2026"), read_closing_date("Apply by 11 December")
    (None, None)
    """
    plain = text.replace("\u00a0", " ").replace("\u2011", "-")
    said = sorted(found.end() for pattern in (_LABEL, _SAID) for found in pattern.finditer(plain))
    for place in said:
        line = plain.rfind("\n", 0, place) + 1
        if _NOT_OF_ADVERT.search(plain, line, place + 20):
            continue
        blank = _BLANK.match(plain, place)
        start = blank.end() if blank else place
        ends = _ENDS.search(plain, start, start + _ROOM)
        date = _DATE.search(plain, start, ends.start() if ends else start + _ROOM)
        day = _day(date, plain) if date else None
        if day is not None:
            return day
    return None


def _day(found: re.Match[str], text: str) -> dt.date | None:
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    elif found["one"]:
        year = int(found["year_figures"])
        year += 2000 if year < 100 else 0
        first, second = int(found["one"]), int(found["two"])
        order = _day_comes_first(first, second, found["mark"], text)
        if order is None:
            return None
        day, month = (first, second) if order else (second, first)
    else:
        named = (found["month"] or found["month_first"]).lower()[:3]
        month = _MONTHS.index(named) + 1
        day = int(found["day"] or found["day_after"])
        year = int(found["year"] or found["year_last"])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _day_comes_first(first: int, second: int, mark: str, text: str) -> bool | None:
    """Tell whether the day stands before the month, ``None`` when nothing in the advert says so."""
    if first > _LARGEST_MONTH or second > _LARGEST_MONTH or first == second:
        return first > _LARGEST_MONTH or second <= _LARGEST_MONTH
    if mark == ".":
        return True  # no country writes the month first with full stops
    shown = {
        int(other["one"]) > _LARGEST_MONTH
        for other in _DATE.finditer(text)
        if other["one"] and max(int(other["one"]), int(other["two"])) > _LARGEST_MONTH
    }
    for pattern, order in ((_DAY_FIRST, True), (_MONTH_FIRST, False)):
        if not shown and pattern.search(text):
            shown.add(order)
            other = _MONTH_FIRST if order else _DAY_FIRST
            if other.search(text):
                return None
    return shown.pop() if len(shown) == 1 else None
