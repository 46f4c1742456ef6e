"""Years of experience: how long somebody has to have done something."""

import re

from starkit.cues.plain import lower

Years = tuple[float, float | None]
"""Least and most, in years; months are fractions and an open end is ``None``."""

_WORDS = {
    "a": 1,
    "a couple of": 2,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "twenty-four": 24,
}
_NUMBER = (
    r"(?:\d{1,2}(?:\.5)?|"
    + "|".join(word.replace(" ", r"\ ") for word in sorted(_WORDS, key=len, reverse=True))
    + ")"
)

# Without one of these there is no length of time: the quick way out.
_UNIT = re.compile(r"year|yr|month|mth")

# "3+ years", "two to four years'", "minimum 18 months", "two (2) years", "five or more years".
_SPAN = re.compile(
    rf"""
    (?<![\w.£$€%/-])
    (?P<before>(?:at\ least|no\ less\ than|not\ less\ than|a?\ ?minimum\ of|minimum|min\.?|over|more\ than
        |in\ excess\ of|upwards\ of|up\ to|less\ than|under|a\ maximum\ of|maximum|max\.?|between|from
        |around|about|approximately|circa|roughly|the\ first|first|last|past|next|within|every|after
        |for\ the|these|those|per)\ (?:an?\ |the\ )?(?:minimum\ of\ )?)?
    (?P<low>{_NUMBER})(?:\ ?\(\d{{1,2}}\))?
    (?P<plus>\ ?\+|\ or\ more|\ plus)?
    (?:(?:\ ?-\ ?|\ to\ |\ or\ |\ and\ |\ ?/\ ?)(?P<high>{_NUMBER})(?:\ ?\(\d{{1,2}}\))?(?P<plus2>\ ?\+)?)?
    \ ?-?(?:full\ |clear\ |solid\ |continuous\ |calendar\ )?
    (?P<unit>years?|yrs?|months?|mths?)\b\.?'?(?:s'?)?
    (?P<after>\ ?\+|\ plus\b|\ or\ more\b|\ minimum\b|\ and\ (?:over|above)\b|\ upwards\b|\ or\ (?:over|longer)\b)?
    """,
    re.VERBOSE,
)

# Openings that speak of a stretch of time and not of experience.
_NOT_BEFORE = re.compile(r"(?:first|last|past|next|within|every|after|for the|these|those|per)\b")
_UP_TO = re.compile(r"up to|less than|under|maximum|max\b")
_LEAST = re.compile(r"at least|less than|minimum|min\b|over|more|excess|upwards")

# What the words right after the number must not be: age, contract, leave, training, history.
_NOT_AFTER = re.compile(
    r"""\ ?(?:
      old\b | of\ age | (?:fixed|contract|placement|internship|apprenticeship|secondment|course
        |programme|program|plan|budget|forecast|deal|relationship|partnership|degree|diploma|probation|preceptorship|term\b|project|warranty|roadmap
        |maternity|paternity|leave|parental|cover|temporary|ftc|assignment|rotation|rolling|guarantee
        |strategy|cycle|anniversary|service\b|continuous|in\ business|of\ (?:serving|trading|helping
        |providing|supplying|matching|successful|growth|history|age|service|continuous|study
        |birth|address|residen|employment\ history|the\ (?:date|company|interview|start)))
    | 's?\ ?(?:service|fixed|contract|notice|leave|holiday|salary|pay\b|maternity|paternity)
    | \ ago\b | \ from\ now | \ in\ the\ (?:uk|united) | \ post\ (?:holder|code)
    | [ -](?:olds?|long)\b | \ residency
    )""",
    re.VERBOSE,
)

# One of these has to stand in the clause unless the number itself asks ("at least", "3+").
_EXPERIENCE = re.compile(
    r"\b(?:experience|experienced|pqe|qualified|post-?qual\w*|post-?registration|background"
    r"|track record|working|worked|similar|role|industry|sector|environment|practice|held|driving"
    r"|leading|managing|developing|teaching|selling|career|practi[cs]ing|position|commercial"
    r"|professional|exposure|in an?|as an?|within|of|using|with|registration|licen[cs]e)\b",
)

# What follows the years of somebody's work: "4-6 years in growth marketing", "two years as a cook".
_OF_WORK = re.compile(r" (?:in|as|of|within|with|working|using) (?!the\b|our\b|total\b|length\b)\w")

# A clause that speaks of the employer, a contract or an entitlement.
_NOT_ASKED = re.compile(
    r"\b(?:holiday|annual leave|days' leave|pension|salary|bonus|contract (?:for|of|length)"
    r"|fixed[ -]term|temp to perm|maternity cover|founded|established|welcoming|serving|supplying"
    r"|trading|we have|we've|our (?:team|company|consultants?|client)"
    r"|anniversary|aged|years of age|sabbatical|parental leave|warranty|lived in|resided|resident|uk residency"
    r"|key stage|years' service|years of service|dedicated consultant)\b",
)


def _value(words: str) -> float:
    return float(_WORDS[words]) if words in _WORDS else float(words)


def find_years(text: str) -> Years | None:
    """Return the years of experience that a clause asks for, or ``None``.

    ``text`` is one clause after ``plain``. Months are given as fractions of a year; whole numbers
    compare equal to ints. Ages, holidays, contracts and the age of the company are not experience.

    >>> find_years("3+ years of backend work"), find_years("2 to 4 years' experience")
    ((3.0, None), (2.0, 4.0))
    >>> find_years("A minimum of 18 months' experience as a carer")
    (1.5, None)
    >>> find_years("A couple of years of rigging in theatres")
    (2.0, None)
    >>> find_years("28 days' holiday after two years"), find_years("We have 30 years of experience")
    (None, None)
    """
    low = lower(text)
    if not _UNIT.search(low) or _NOT_ASKED.search(low):
        return None
    for found in _SPAN.finditer(low):
        years = _read(found, low)
        if years is not None:
            return years
    return None


def _read(found: re.Match[str], text: str) -> Years | None:
    before = found["before"] or ""
    if _NOT_BEFORE.match(before) or _NOT_AFTER.match(text, found.end()):
        return None
    open_end = bool(found["plus"] or found["plus2"] or found["after"])
    asks = open_end or bool(_LEAST.search(before)) or bool(_OF_WORK.match(text, found.end()))
    if not asks and not _EXPERIENCE.search(text, found.end()) and not _near_before(text, found):
        return None
    share = 12 if found["unit"].startswith("m") else 1
    low = _value(found["low"]) / share
    high = _value(found["high"]) / share if found["high"] else None
    if high is not None and high < low:
        return None  # "9 - 5 years" is no range: two numbers met by chance
    if _UP_TO.match(before) and high is None and not re.match("(?:no|not) less", before):
        return (0.0, low)
    return (round(low, 2), None if open_end or high is None else round(high, 2))


def _near_before(text: str, found: re.Match[str]) -> bool:
    return _EXPERIENCE.search(text, max(0, found.start() - 60), found.start()) is not None
