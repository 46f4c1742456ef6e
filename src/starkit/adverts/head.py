"""The head of an advert: the role, the employer and the place, from its first lines.

A line that names its fact ("Job title: Cook") is believed. Without one, a short line near the top that
has the last word of a job title, or a word that only organisations carry, is taken; where nothing is
that plain, the fact stays empty.
"""

import re
from collections.abc import Iterator
from functools import cache

import attrs

from starkit.adverts.headings import find_heading
from starkit.data import read_words

_FIRST_LINES = 8  # filled lines in which an unlabelled title or employer may stand
_LABELLED_LINES = 40  # filled lines in which a fact may be named
_MOST_WORDS = 12  # a longer line is a sentence

_LABELLED = re.compile(
    r"(?P<name>(?:job|post|role|position|vacancy)(?: title)?|title|employer|company|organi[sz]ation"
    r"|location|site|place of work|based (?:at|in))\s*:\s*(?P<value>\S.{0,118})",
    re.IGNORECASE,
)
_FACT_OF_NAME = {
    "employer": "employer",
    "company": "employer",
    "organisation": "employer",
    "organization": "employer",
    "location": "location",
    "site": "location",
    "place of work": "location",
    "based at": "location",
    "based in": "location",
}
_ORGANISATION = re.compile(
    r"\b(?:Trust|Council|Ltd|Limited|plc|PLC|LLP|GmbH|Inc|School|Academy|College|University"
    r"|Hospitals?|Hotel|Charity|Foundation|Association|Authority|Group|Surgery|Nursery|Department (?:for|of)|Ministry of)\b"
)
_MAIL_HEAD = re.compile(r"(?:from|to|cc|sent|date)\s*:", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?](?:\s|$)|[“”\"@]|https?:")
# A role ends before what is only added to it: ", Leeds", " - Acute Unit", " (m/f/d)".
_ADDED = re.compile(r"\s{0,4}(?:[,(\[|/–—]|\s-\s)")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")


@attrs.frozen
class Head:
    """What the first lines of an advert say; an empty fact was not plain.

    Attributes:
        title: The role.
        employer: The organisation.
        location: The place.
    """

    title: str = ""
    employer: str = ""
    location: str = ""


@cache
def _job_words() -> frozenset[str]:
    return frozenset(read_words("job_words.txt"))


def read_head(text: str) -> Head:
    r"""Return the role, the employer and the place that the first lines of a text name.

    >>> read_head("Staff Nurse - Acute Unit\nMerrow Hospitals NHS Trust\nSite: Calder\nWe care.")
    Head(title='Staff Nurse - Acute Unit', employer='Merrow Hospitals NHS Trust', location='Calder')
    >>> read_head("We are a small team and want to hear from you.")
    Head(title='', employer='', location='')
    """
    lines = [line.strip(" \t*#_•") for line in text.splitlines() if line.strip(" \t*#_•-=")]
    named = dict(reversed(list(_named(lines[:_LABELLED_LINES]))))
    first = [line for line in lines[:_FIRST_LINES] if _may_name(line)]
    return Head(
        title=named.get("title") or next((line for line in first if is_role(line)), ""),
        employer=named.get("employer") or next((line for line in first if _is_employer(line)), ""),
        location=named.get("location", ""),
    )


def _named(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the facts that lines name, the first of a kind first."""
    for line in lines:
        found = _LABELLED.fullmatch(line)
        if found and len(found["value"].split()) <= _MOST_WORDS:
            name = found["name"].lower()
            yield _FACT_OF_NAME.get(name, "title"), found["value"].strip()


def _may_name(line: str) -> bool:
    return (
        len(line.split()) <= _MOST_WORDS
        and ":" not in line
        and not _SENTENCE.search(line)
        and not _MAIL_HEAD.match(line)
        and find_heading(line) is None
    )


def is_role(line: str) -> bool:
    """Tell whether a line ends, or begins before "of" and "for", in the last word of a job title.

    >>> is_role("Senior Staff Nurse, Leeds"), is_role("Head of Finance"), is_role("Good manners")
    (True, True, False)
    """
    role = _ADDED.split(line, maxsplit=1)[0]
    words = _WORD.findall(role.lower())
    if _ORGANISATION.search(role) or not words:
        return False
    # "Head of Finance", "Teacher of Mathematics": the role stands before the field.
    before = role.lower().split(" of ", maxsplit=1)[0].split(" for ", maxsplit=1)[0].split()
    return any(
        word in _job_words() or word.removesuffix("s") in _job_words()
        for word in (words[-1], before[-1] if before else "")
    )


def _is_employer(line: str) -> bool:
    return _ORGANISATION.search(line) is not None and not is_role(line)
