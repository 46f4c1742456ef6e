"""Lengths of time: "a week", "two to three weeks", "10 working days", "48 hours"."""

import datetime
import re
from collections.abc import Callable, Iterator

from starkit.timescales.place import DAY, Kind, Place, Span
from starkit.timescales.words import BLOT, END, NUMBER, NUMBERS, START


def _unit(s: str) -> str:
    """The pattern of a unit of time; ``s`` is how its plural ends."""
    return (
        rf"(?:(?P<work>(?:full |clear )?(?:working|business|week)[ -]?day{s})"
        rf"|(?P<hours>hour{s}|hr{s})"
        rf"|(?P<days>(?:full |whole |clear |calendar )?day{s})"
        rf"|(?P<weeks>(?:full |whole |calendar )?(?:week{s}|wk{s}))"
        rf"|(?P<fortnights>fortnight{s})"
        rf"|(?P<months>(?:full |whole |calendar )?month{s}))"
        r"(?P<half> and a half)?(?: or (?P<more>two|three|four))?"  # "a day or two" is two days
    )


_COUNTED = re.compile(
    rf"{START}(?:(?:over |in |within )?(?:the )?(?:next|coming) )?"
    # Atomic, since "twenty-one" is no range from twenty to one.
    rf"(?:(?P<low>(?>{NUMBER}))(?: ?- ?| to | or | and |/))?"
    rf"(?P<count>{NUMBER})(?: \((?P<figure>\d{{1,3}})\))?[ -]?{_unit('s?')}{END}"
)
# "A few days" is less than what one would call a week, so it has passed when the week has.
_FEW_DAYS = re.compile(
    rf"{START}(?:(?:over |in |within )?(?:the )?(?:next|coming) |a )few (?P<work>working |business )?days{END}"
)
# One of them, without a number: "over the next week", "within the fortnight", "next working day".
_SINGLE = re.compile(
    rf"{START}(?:(?:over |in |within )?(?:the|this) (?:next|coming)|(?:within|inside) the"
    rf"|next(?= (?:working|business|day))|(?=fortnight)|a further) ?{_unit('')}{END}"
)

# "within ten days of the interview": counted from the day that it would be counted from anyway.
_FROM_THE_INTERVIEW = re.compile(
    r"(?:'?s?'? time)?(?: today| hence"
    r"|[ -](?:from|after|of|following|post)[ -](?:now|today"
    r"|(?:(?:the|your|this|today's|our) )?(?:date of )?(?:(?:the|your|this|our) )?"
    r"(?:interview|meeting)(?: date| day)?(?: today)?)\b)?"
)
# What may come next. Anything else makes it some other length ("a 12 month contract").
_MAY_FOLLOW = re.compile(
    rf"(?:'s?)?(?: time)?(?=$|[.,;:!?)\]\"…]|-(?!\w)| -| \(| {BLOT}"
    r"| (?:or so|at|max|maximum|tops|inclusive|later|from|of|after|before|on|to|and|or|with|by|via"
    r"|i|we|you|they|he|she|it|for|please|hopefully|either|whether|regarding|about|as|but|though"
    r"|although|the|our|your|hr|if|unless|when|once|is|should|will|would|given|because|so|until"
    r"|till|i'll|we'll|you'll|they'll|following|just|in|maybe|possibly|perhaps|come|pass|go by"
    r"|have passed)\b)"
)
_POSSESSIVE = re.compile(r"'s?(?! time)")
# What may not stand before: rates, and time gone by.
_MAY_NOT_PRECEDE = re.compile(
    r"(?:\d|\b(?:hours?|hrs?|days?|shifts?|times|once|twice|last|past|previous|every|per|each)) $"
)
_LONGEST_PRECEDING = 10


def lengths(text: str, place: Place) -> Iterator[Span]:
    """Yield the lengths of time that ``text`` names, each with the day it ends on."""
    for pattern in (_COUNTED, _FEW_DAYS, _SINGLE):
        for found in pattern.finditer(text):
            anchored = _FROM_THE_INTERVIEW.match(text, found.end())
            end = anchored.end() if anchored else found.end()
            before = text[max(0, found.start() - _LONGEST_PRECEDING) : found.start()]
            if (
                _POSSESSIVE.match(text, end)
                or not _MAY_FOLLOW.match(text, end)
                or _MAY_NOT_PRECEDE.search(before)
            ):
                continue
            later = _reading(found, place)
            yield Span(found.start(), end, Kind.LENGTH, later(place.interviewed), later)


def _reading(found: "re.Match[str]", place: Place) -> Callable[[datetime.date], datetime.date]:
    groups = found.groupdict()
    if found.re is _FEW_DAYS:
        if groups["work"]:
            return lambda day: place.workdays.later(day, 5)
        return lambda day: day + DAY * 7
    words = [word for name in ("low", "count", "more") if (word := groups.get(name))]
    count = max((int(word) if word.isdigit() else NUMBERS[word] for word in words), default=1)
    if count == 0:
        raise place.refuse("it gives no time at all; ask when you will hear")
    half = groups["half"] is not None
    figure = groups.get("figure")
    if figure is not None and int(figure) != count:
        raise place.refuse(f"it says both {groups['count']} and {figure}; ask which it is")
    if groups["work"]:
        return lambda day: place.workdays.later(day, count + half)
    if groups["months"]:
        return lambda day: place.months_later(day, count) + DAY * (15 if half else 0)
    if groups["hours"]:
        # The hour of the interview is not known, so a day begun counts as a whole one.
        days = -(-count // 24)
    else:
        size = 7 if groups["weeks"] else 14 if groups["fortnights"] else 1
        days = size * count + (-(-size // 2) if half else 0)
    return lambda day: day + DAY * days
