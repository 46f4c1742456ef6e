"""The employer in the sentences of an advert, where no word of a firm stands in its name."""

import re

from starkit.data import read_words

_WORD = r"[A-Z][\w'’-]*"
_NAME = rf"(?P<name>(?:The )?{_WORD}(?: (?:&|and|of|the|of the) {_WORD}| {_WORD}){{0,4}})"
_AT = r"(?:looking (?:for|to)|seeking|hiring|recruiting|searching for|in search of)\b"
_LINE_START = r"(?:(?<=\n)|\A|(?<=[.!?:] ))"
# What introduces the employer by name, the surest first.
_TOLD = (
    re.compile(rf"{_LINE_START}{_NAME},? (?:is|are) (?:now |currently |also )?{_AT}"),
    re.compile(rf"\b(?:[Jj]oin|[Pp]art of|with) (?:[Uu]s|[Oo]ur (?:\w+ )?[Tt]eam|[Tt]he [Tt]eam) at {_NAME}(?=[ ,.!\n]|\Z)"),
    re.compile(rf"\b[Jj]oin {_NAME}(?=(?: and| as| in| at| to| for)\b|[,.!\n]|\Z)"),
    re.compile(rf"{_LINE_START}At {_NAME},? (?:we|you|our)\b"),
    re.compile(rf"^(?:About|Welcome to|Working (?:at|for)|Why(?: join)?|Who are|This is) {_NAME}[!?:.]?$", re.MULTILINE),
)  # fmt: skip
# What stands in such places with a capital and is no name: "About The Role", "Join Us", "At Christmas we".
_NO_NAME = frozenset(
    "us you your our me we it its this that these they he she i who what how all both everyone somebody one nobody"
    " work home night night's least present once first christmas easter weekends heart there here today"
    " role job post position vacancy opportunity team teams family company business organisation organization employer"
    " school charity hospital trust council department service client clients candidate applicant placement benefits"
    " working hours pay salary location project programme package person package area process interview culture values"
    " estate practice hotel farm shop garden museum theatre firm studio centre center agency group church parish club"
    " society college university academy nursery surgery clinic bank restaurant kitchen crew office".split()
)
_CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april may june"
                      " july august september october november december".split())  # fmt: skip


def named_employer(text: str) -> str:
    """Return the employer that sentences introduce by name; empty where none does plainly.

    >>> named_employer("Join Pellow & Daughters and forge gates.")
    'Pellow & Daughters'
    >>> named_employer("About You\\nJoin Our Team. At Night we are few.")
    ''
    """
    places = frozenset(read_words("places.txt"))
    for pattern in _TOLD:
        for found in pattern.finditer(text):
            name = found["name"]
            words = [word.lower().removesuffix("'s").removesuffix("’s") for word in name.split()]
            # "The Old Bakery" is a name, "The Team" is none.
            first = words[1] if words[0] == "the" and len(words) > 1 else words[0]
            if first not in _NO_NAME | _CALENDAR and name.lower() not in places:
                return str(name)
    return ""
