"""A town behind a role: "Lock Keeper, Braunston" against "Manager, Finance"."""

import re
from functools import cache

from starkit.data import read_words

# A postcode of the United Kingdom; its first half alone only behind a name, and "Year KS2" is none.
_WHOLE_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_POSTCODE = re.compile(r"\b(?!KS|EY)[A-Z]{1,2}\d[A-Z\d]?(?: \d[A-Z]{2})?\Z")
_BEFORE_POSTCODE = re.compile(
    r"(?!(?:Year|Class|Level|Grade|Band|Key|Stage|Tier|Unit|Category|Cat|Zone|Phase|Scale|Route)\b)[A-Z][a-z][\w'’ ,-]*"
)
# What only places are called: "Isle of Mull", "Strangford Lough", "Newton-le-Willows".
_SHAPED = re.compile(
    r"(?:Isles? of|Loch|Lough|Glen|Port|Mount|St\.?|Upper|Lower|Great|Little) [A-Z][\w'’-]+"
    r"|(?:[A-Z][\w'’-]+ )+(?:Loch|Lough|Islands?|Valley|Abbey|Magna|Parva|Regis)"
    r"|[A-Z]\w+[- ](?:on|upon|under|next|le|in|by)[- ](?:the[- ])?[A-Z]\w+(?:[- ][A-Z]\w+)?"
)
# How the names of British towns end; a field of work seldom does.
_TOWN = re.compile(
    r"(?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}(?:ston|ington|hampton|ham|bury|ford|mouth|thorpe|wick|wich|combe|minster|chester|cester|caster"
    r"|pool|stead|worth|stow|borough|burgh|brough|haven|leigh|hurst|shire|rogate|keld|thwaite|dale|by|low)"
)
_NO_TOWN = re.compile(
    r"\b(?:Hobby|Baby|Lobby|Rugby|Standby|Nearby|Flow|Follow|Cashflow|Workflow|Wholesale)\Z"
)
# "Our shop is in Penzance", "around Truro": what stands there is a place.
_STANDS_IN = (
    r"\b(?:(?:[Bb]ased|located|situated|lives?|living|offices?|shops?|workshops?|sites?|stores?|schools?|studios?|yards?|depots?|surger(?:y|ies)"
    r"|branch(?:es)?|premises|clinics?|kitchens?|bakery|farm|garage|round|cottages|home) (?:is |are |lies |stands? )?(?:in|at|near|outside)(?: and around)?"
    r"|(?:[Ii]n and )?[Aa]round|(?:centre|heart|middle|outskirts|edge|town|city|village) of|(?:travel|commute|move|relocate) to|(?:across|over) from) "
)


def is_place(part: str, text: str) -> bool:
    """Tell whether what stands behind a role is a place, by its form or by what the advert says.

    >>> is_place("Braunston", ""), is_place("Finance", "A career in Finance."), is_place("Leeds LS1", "")
    (True, False, True)
    >>> is_place("Penzance", "Our bakery is in Penzance."), is_place("Python", "Experience in Python")
    (True, False)
    """
    bare = _POSTCODE.sub("", part).strip(" ,")
    known = bare.lower() in _places() or bool(_SHAPED.fullmatch(bare))
    coded = bare != part.strip() and _BEFORE_POSTCODE.fullmatch(bare)
    named = coded or _WHOLE_POSTCODE.search(part)
    ends = _TOWN.fullmatch(bare) and not _NO_TOWN.search(bare)
    if known or named or ends:
        return True
    return bool(bare) and re.search(rf"{_STANDS_IN}{re.escape(bare)}\b", text) is not None


@cache
def _places() -> frozenset[str]:
    return frozenset(read_words("places.txt"))
