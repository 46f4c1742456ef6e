"""The last day to apply and the day of the interviews, where an advert names them with their year.

A date counts only where the words before it say that applications end then. "11/12/2026" is read as the
rest of the advert shows: by another date in it, by pounds or euros, by a place in the United States. What
can still be read in two ways, and a date without a year, are left open: nothing is guessed, and nothing
reads the clock.
"""

import datetime as dt
import heapq
import re
from collections.abc import Iterator
from itertools import islice

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)

# How a date, or the day of the week before it, begins.
_DAY = r"(?:\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
# "Closes out invoices", "closing the tills" is work: a time, a date or a sign follows where an advert closes.
_CLOSES = (
    r"clos(?:es?|ing)\b(?=\s{0,3}(?:[:,(–—-]|$)|\s{1,3}(?:on|at|by|in|noon|midday|midnight"
    rf"|(?:the\ )?{_DAY}))"
)
_SUBJECT = (
    r"(?:applications?|vacancy|advert|advertisement|post|posting|position|role|job|competition|recruitment"
    r"|campaign|application\ window|this)"
)
_BY = r"(?:by|before|no\ later\ than|not\ later\ than|until|to\ arrive\ by|to\ reach\ us\ by)"
# Up to sixty characters of one sentence that say nothing of a first day.
_MIDDLE = r"(?:(?!\bnot\b(?!\ later))(?:[^.\n:]|\.(?=\S))){0,60}?"

# What says that applications end: a label at the beginning of a line, or words in a sentence.
_LABEL = re.compile(
    rf"""^[\W_]{{0,6}}(?:
      (?:(?:closing|final\ closing|application\ closing)\ date(?:\ for\ applications)?
        | (?:application\ |final\ )?deadline(?:\ for\ applications|\ to\ apply|\ date)?
        | applications?\ (?:closing\ date|deadline|due|end)
        | date\ closes | {_CLOSES} | apply\ (?:by|before) | last\ (?:day|date)\ to\ apply
      )\b(?!\ (?:is\ )?(?:extended|passed|past)\b)
    | applications?(?=\ {{0,3}}(?::|\t))
    | open(?:s|ing|ing\ date)?\b[^.\n]{{1,60}}?\b{_CLOSES}
    )""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_SAID = re.compile(
    rf"""\b(?:
      closing\ date
    | deadline(?:\ (?:for\ applications|to\ apply|for\ applying|is|date))?(?=[\ :,])
    | applications?\ (?:will\ |is\ |are\ |also\ )?(?:ends?|due)
    | {_SUBJECT}\ (?:will\ |is\ |are\ |also\ |will\ be\ )?(?:{_CLOSES})
    | {_SUBJECT}\ (?:will\ |is\ |are\ )?open(?:s|ing)?\b[^.\n]{{1,60}}?\b{_CLOSES}
    # "Apply glazes by" is work: the way, the place or the time follows.
    | (?<!who\ )(?<!you\ )(?<!not\ )(?<!n't\ )(?<!n’t\ )apply
      (?=,|\ (?:online|now|here|today|to|in|via|through|by|before|until|with|at|directly|using|on
        |no\ later|not\ later|for\ (?:this|the)\ (?:post|role|job|position|vacancy)))
        {_MIDDLE}\ {_BY}
    | (?-i:(?<![a-z,]\ ))(?:(?:all|completed|written|your)\ )?
      (?:applications?|cvs?|r[eé]sum[eé]s)(?:\ forms?)?
      (?=,|\ (?:(?:is|are)\ (?:invited|welcomed?|accepted|sought|requested)
        |must|should|to|by|before|in|with|via|and|until|no|not)\b)
        {_MIDDLE}\ {_BY}
    # "Letters to parents by" is work: somebody is told to send their own.
    | (?:send|submit|return|e-?mail|forward|upload|post)\b(?:[^.\n:]|\.(?=\S)){{0,40}}?
        \b(?:cvs?|r[eé]sum[eé]s?|cover(?:ing)?\ letters?|application\ forms?|letters?\ of\ application
          |(?:your|an|completed|the|this|a|full)\ (?:applications?|forms?|letters?))\b
        {_MIDDLE}\ {_BY}
    | open\ (?:for\ applications\ )?(?:until|till)
    | last\ (?:day|date)\ (?:to\ apply|for\ applications|for\ applying)
    )\b""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
# Deadlines of other things, told by what stands close before or behind.
_BEFORE = 40  # characters
_OTHER_BEFORE = re.compile(
    r"\b(?:tax|press|grant|bid|funding|project|copy|filing|tender|payroll|print)(?:'s)?\ $",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"""\ for\ (?!appl|this|completed|all\ appl|cv|r[eé]s
        |(?:the\ )?(?:receipt|submi|return|post|role|job|position|vacancy))""",
    re.IGNORECASE | re.VERBOSE,
)

_ROOM = 90  # characters between those words and the end of the date
_MOST = 20  # dates of which one may be the last day: no advert names so many
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
    rf"""[!?] | (?<!jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.\s{{1,4}}(?-i:[A-Z])
    | \n\s{{0,4}}\n | \n[\W_]{{0,4}}[A-Za-z\ ]{{3,30}}:
    | \b(?:start\w*|interview\w*|posted|shortlist\w*|assess\w*|selection|review\w*|fixed|contract|funded
      |open(?:s|ed|ing)?(?!\ (?:until|till)\b)|not(?!\ later)|(?:from|after|since)(?=\s{{1,3}}(?:the\ )?{_DAY}))\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "4 May 2027 extended to 11 May 2027": the first date is no longer true.
_EXTENDED = re.compile(
    r"[\s,;:()–—-]{0,4}(?:(?:now|has|been|was|is) ){0,3}(?:extended|moved|changed|postponed)\b",
    re.IGNORECASE,
)

# Where the day stands first, and where the month does. A dollar alone may be of Canada or Australia.
_DAY_FIRST = re.compile(r"[£€]|\bGBP\b")
_DOLLAR = re.compile(r"\$")
_OTHER_DOLLAR = re.compile(r"\b(?:AU?|CA?|NZ|HK|SG?)\ ?\$|\b(?:AUD|CAD|NZD|HKD|SGD)\b")
# States by code: beside a ZIP all of them, alone those that are no word, degree or region elsewhere.
_STATES = "AK|AL|AR|AZ|CO|FL|GA|IA|IL|KS|KY|LA|MI|MN|MO|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|RI|SC|SD|TN|TX|UT|VT|WI|WV|WY"
_MONTH_FIRST = re.compile(
    rf"""\bUSD\b | \bUS\ ?\$
    | \b(?:{_STATES}|CA|CT|DC|DE|HI|ID|IN|MA|MD|ME|MS|OK|OR|PA|VA|WA)\ \d{{5}}(?:-\d{{4}})?\b
    | [a-z.],\ (?:{_STATES})(?=\s{{0,3}}(?:$|[|,;()·–—-]|\.(?!\w)))
    | [a-z.],\ (?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois
      |Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri
      |Montana|Nebraska|Nevada|New\ (?:Hampshire|Jersey|Mexico|York)|North\ (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon
      |Pennsylvania|Rhode\ Island|South\ (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia
      |Wisconsin|Wyoming)\b""",
    re.VERBOSE | re.MULTILINE,
)
_LARGEST_MONTH = 12


def read_closing_date(text: str) -> dt.date | None:
    r"""Return the last day to apply that a text names, ``None`` where none is plain.

    >>> read_closing_date("Baker\nClosing date: Friday 11 December 2026")
    datetime.date(2026, 12, 11)
    >>> read_closing_date("Baker, US$21/hr\nApply by 12/11/2026")
    datetime.date(2026, 12, 11)
    >>> read_closing_date("Apply by 12/11/2026"), read_closing_date("Apply by 11 December")
    (None, None)
    >>> read_closing_date("Closing date: 4 May 2027, extended to 11 May 2027")
    datetime.date(2027, 5, 11)
    """
    plain = text.replace("\u00a0", " ").replace("\u2011", "-")
    dates = list(islice(_said_dates(plain), _MOST))
    order = _order_shown(plain) if any(date["one"] for date in dates) else None
    days = (_day(date, order) for date in dates)
    return next((day for day in days if day is not None), None)


# "Interview date: ...", "Interviews will be held on ...".
_INTERVIEWS = re.compile(
    r"""^[\W_]{0,6}(?:interviews?(?:\ (?:dates?|days?))?|dates?\ of\ (?:the\ )?interviews?)(?=\s{0,3}(?:[:|\t–—-]|$)|\ on\b)
    | \binterviews?\ (?:will|are|is|to\ be|take\ place|held|scheduled|planned)\b[\w\ ,]{0,40}?\b(?:on|for)\b""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
# What makes more, or less, than one day of a date.
_NO_DAY = re.compile(
    r"\b(?:w/?c|week|wk|commencing|beginning|starting|from|between|either|after|before|by|until|not|or)\b|\d(?:st|nd|rd|th)?\s{0,2}(?:and|to|&|,|/|-|–)\s{0,2}(?:\w{3,9}\s)?\Z",
    re.IGNORECASE,
)
_MORE_DAYS = re.compile(
    rf"\s{{0,2}}(?:,|/|-|–|—|&|(?:,\ )?\b(?:and|or|to|until)\b)\s{{0,2}}(?:the\ )?(?:{_DAY}[a-z]*\ )?\d{{1,2}}(?![\d:.]|\ ?[ap]m)",
    re.IGNORECASE,
)


def read_interview_date(text: str) -> dt.date | None:
    r"""Return the one day on which a text says that interviews are held, ``None`` where none is plain.

    A week, several days and a date without its year are left open.

    >>> read_interview_date("Cook\nInterview date: Wednesday 6 January 2027")
    datetime.date(2027, 1, 6)
    >>> read_interview_date("Interviews: w/c 14 December 2026") is None
    True
    """
    plain = text.replace("\u00a0", " ").replace("\u2011", "-")
    found = [
        date
        for hit in islice(_INTERVIEWS.finditer(plain), _MOST)
        if (date := _date_after(plain, hit.end())) is not None
        and not _NO_DAY.search(plain[hit.start() : date.start()])
        and not _MORE_DAYS.match(plain, date.end())
    ]
    order = _order_shown(plain) if any(date["one"] for date in found) else None
    days = {_day(date, order) for date in found}
    return days.pop() if len(days) == 1 else None


def _said_dates(text: str) -> Iterator[re.Match[str]]:
    """Yield the dates of which a text says that applications end then, as they stand."""
    said = heapq.merge(_LABEL.finditer(text), _SAID.finditer(text), key=re.Match[str].end)
    for hit in said:
        before = text[max(0, hit.start() - _BEFORE) : hit.start()]
        if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(text, hit.end()):
            continue
        date = _date_after(text, hit.end())
        if date is None:
            continue
        moved = _EXTENDED.match(text, date.end())
        date = _date_after(text, moved.end()) if moved else date
        if date is not None:
            yield date


def _date_after(text: str, place: int) -> re.Match[str] | None:
    blank = _BLANK.match(text, place)
    start = blank.end() if blank else place
    ends = _ENDS.search(text, start, start + _ROOM)
    return _DATE.search(text, start, ends.start() if ends else start + _ROOM)


def _day(found: re.Match[str], order: bool | None) -> dt.date | None:
    """Return the day that a date names; ``order`` tells whether the advert writes the day first."""
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    elif found["one"]:
        year = int(found["year_figures"])
        year += 2000 if year < 100 else 0
        first, second = int(found["one"]), int(found["two"])
        order = _day_comes_first(first, second, found["mark"], order)
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


def _day_comes_first(first: int, second: int, mark: str, order: bool | None) -> bool | None:
    """Tell whether the day stands before the month, ``None`` when nothing in the advert says so."""
    if first > _LARGEST_MONTH or second > _LARGEST_MONTH or first == second:
        return first > _LARGEST_MONTH or second <= _LARGEST_MONTH
    if mark == ".":
        return True  # no country writes the month first with full stops
    return order


def _order_shown(text: str) -> bool | None:
    """Tell by the other dates of an advert, else by its money and its place, whether days stand first."""
    shown = {
        int(other["one"]) > _LARGEST_MONTH
        for other in _DATE.finditer(text)
        if other["one"] and max(int(other["one"]), int(other["two"])) > _LARGEST_MONTH
    }
    if shown:
        return shown.pop() if len(shown) == 1 else None
    if _DAY_FIRST.search(text):
        return None if _DOLLAR.search(text) or _MONTH_FIRST.search(text) else True
    if _MONTH_FIRST.search(text) and not _OTHER_DOLLAR.search(text):
        return False
    return None
