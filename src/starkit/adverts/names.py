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


def named_employer(text: str) -> str:
    r"""Return the employer that sentences introduce by name; empty where none does plainly.

    >>> named_employer("Join Pellow & Daughters and forge gates.")
    'Pellow & Daughters'
    >>> named_employer("About You\nJoin Our Team. At Night we are few.")
    ''
    """
    places = frozenset(read_words("places.txt"))
    no_names = frozenset(read_words("no_names.txt"))
    for pattern in _TOLD:
        for found in pattern.finditer(text):
            name = found["name"]
            words = [word.lower().removesuffix("'s").removesuffix("’s") for word in name.split()]
            # "The Old Bakery" is a name, "The Team" is none.
            first = words[1] if words[0] == "the" and len(words) > 1 else words[0]
            if first not in no_names and name.lower() not in places:
                return str(name)
    return ""
