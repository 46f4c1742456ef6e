"""What a page says about its job in schema.org's words: the ``JobPosting`` and its properties.

Fields: https://schema.org/JobPosting. The block is written for search engines, by many hands: it
comes nested, as a list, with HTML in its texts (escaped once or twice), inside comments, or with
small mistakes in its JSON.
"""

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from starkit.files.html import text_of_html
from starkit.files.text import clean_text

# Properties with text of their own, and the heading under which each is read.
_EXTRA_FIELDS = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "educationRequirements": "Education",
    "experienceRequirements": "Experience",
    "skills": "Skills",
}

# What browsers and content managers put around JSON in a script: comments and CDATA marks.
_WRAPPING = re.compile(
    r"\A(?:\s|;|<!--|-->|//\s{0,5}<!\[CDATA\[|/\*\s{0,5}<!\[CDATA\[\s{0,5}\*/|<!\[CDATA\[)++"
    r"|(?:\s|;|<!--|-->|//\s{0,5}\]\]>|/\*\s{0,5}\]\]>\s{0,5}\*/|\]\]>|//)++\Z"
)
# A comma that nothing follows, outside of strings.
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+"|,(?=\s*+[}\]])', re.DOTALL)
_MARKUP = re.compile(r"<(?:/?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,500})?/?)>", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(r"&(?:amp;){0,2}lt;/?[a-z]", re.IGNORECASE)
_MOST_UNESCAPED = 3
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = re.compile(r"\w+")
_LONGEST_NAME = 300
_MOST_LINES = 200
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 10: "ten", 12: "twelve"}


@attrs.frozen
class JobPosting:
    """A job posting in schema.org's words.

    Attributes:
        text: The description and what other properties add to it, as ``clean_text`` leaves it.
        title: The job's title, or an empty text.
        employer: The organisation that hires, or an empty text.
        location: The place or places of work, or an empty text.
        closes: The last day of the posting, or ``None``.
    """

    text: str
    title: str = ""
    employer: str = ""
    location: str = ""
    closes: dt.date | None = None


def postings_in(block: str) -> Iterator[dict[str, Any]]:
    """Yield every ``JobPosting`` in a JSON-LD block, however it is nested; none from broken JSON.

    >>> block = '{"@graph": [{"@type": ["JobPosting"], "title": "Nurse",}]} // ]]>'
    >>> [posting["title"] for posting in postings_in(block)]
    ['Nurse']
    """
    waiting: list[Any] = [_parsed(block)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if _is_posting(value):
                yield value
            waiting.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _parsed(block: str) -> Any:
    bare = _WRAPPING.sub("", block)
    for text in (bare, _STRING_OR_COMMA.sub(_unless_comma, bare), html.unescape(bare)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unless_comma(found: "re.Match[str]") -> str:
    return "" if found[0] == "," else found[0]


def _is_posting(value: dict[str, Any]) -> bool:
    kinds = value.get("@type", value.get("type"))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(
        isinstance(kind, str) and kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] == "JobPosting"
        for kind in kinds
    )


def best_posting(postings: Iterable[dict[str, Any]], *, title: str) -> JobPosting | None:
    """Return the posting that a page is about: the one its title names, else the longest.

    >>> cook = {"title": "Cook", "description": "You cook."}
    >>> best_posting([cook, {"title": "Nurse", "description": "Care"}], title="Nurse | Jobs").text
    'Care'
    >>> best_posting([], title="Nurse") is None
    True
    """
    read = [posting for posting in map(_read, postings) if posting.text]
    wanted = title.casefold()
    return max(
        read,
        key=lambda posting: (
            bool(posting.title) and posting.title.casefold() in wanted,
            len(posting.text),
        ),
        default=None,
    )


def _read(posting: dict[str, Any]) -> JobPosting:
    return JobPosting(
        text=_text(posting),
        title=_line(posting.get("title") or posting.get("name")),
        employer=_line(posting.get("hiringOrganization")),
        location=_location(posting),
        closes=_date(posting.get("validThrough")),
    )


def _text(posting: dict[str, Any]) -> str:
    described = posting.get("description")
    parts = described[:_MOST_LINES] if isinstance(described, list) else [described]
    text = "\n\n".join(filter(None, map(_prose, parts)))
    for field, heading in _EXTRA_FIELDS.items():
        known = f" {' '.join(_WORDS.findall(text.casefold()))} "
        new = [line for line in _lines(posting.get(field), known) if not _said(line, known)]
        if not new:
            continue
        bullets = len(new) > 1 and not any(line.startswith("•") for line in new)
        body = "\n".join(f"• {line}" if bullets and line else line for line in new)
        text = f"{text}\n\n{heading}\n{body}"
    return clean_text(text, columns_by_spaces=False)


def _said(line: str, known: str) -> bool:
    """Say whether the text so far has the words of a line, in this order."""
    words = _WORDS.findall(line.casefold())
    return not words or f" {' '.join(words)} " in known


def _lines(value: Any, known: str = "") -> list[str]:
    """Return the lines of a property: a text, a list of them, or things with names."""
    waiting, lines = [value], list[str]()
    while waiting and len(lines) < _MOST_LINES:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value[:_MOST_LINES]))
        elif isinstance(value, dict):
            lines += _lines_of_thing(value, known)
        elif isinstance(value, str):
            lines += [line for line in _prose(value).split("\n") if line]
    return lines


def _lines_of_thing(thing: dict[str, Any], known: str) -> list[str]:
    months = thing.get("monthsOfExperience")
    if months is not None:
        return _experience(months, known)
    kind = thing.get("credentialCategory")
    if isinstance(kind, str) and not isinstance(thing.get("name"), str):
        # Search engines want a word from a list: "bachelor degree". Where the text speaks of a
        # degree already, it says better which.
        words = _WORDS.findall(kind.casefold())
        if words and f" {words[-1]} " in known:
            return []
        return [f"{kind[:1].upper()}{kind[1:]}"]
    names = ("name", "description", "text", "value")
    first = next((thing[name] for name in names if isinstance(thing.get(name), str)), "")
    return _prose(first).split("\n") if first else []


def _experience(months: Any, known: str) -> list[str]:
    try:
        count = float(months)
    except (TypeError, ValueError):
        return []
    if not 0 < count <= 600:
        return []
    number, unit = (int(count) // 12, "year") if count % 12 == 0 else (int(count), "month")
    if re.search(rf" (?:{number}|{_NUMBERS.get(number, number)}) {unit}s? ", known):
        return []  # the text has it, and says of what
    return [f"At least {number} {unit}{'' if number == 1 else 's'} of experience"]


def _prose(value: Any) -> str:
    """Return a text property as clean text, whether it is plain, HTML or escaped HTML."""
    if isinstance(value, dict):
        value = value.get("@value")  # a text with its language, as JSON-LD has it
    if not isinstance(value, str):
        return ""
    for _ in range(_MOST_UNESCAPED):
        if _MARKUP.search(value) or not _ESCAPED_MARKUP.search(value):
            break
        value = html.unescape(value)
    if _MARKUP.search(value):
        return text_of_html(value)
    plain = html.unescape(value)
    if "\n" not in plain and plain.count("\\n") > 1:  # line ends that were escaped twice
        plain = plain.replace("\\r", "").replace("\\n", "\n")
    return clean_text(plain)


def _line(value: Any) -> str:
    """Return a name on one line: a text, or a thing with a name."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("legalName") or value
    return " ".join(_prose(value).split())[:_LONGEST_NAME].strip()


def _location(posting: dict[str, Any]) -> str:
    places = posting.get("jobLocation")
    places = places if isinstance(places, list) else [places]
    named = dict.fromkeys(place for place in map(_place, places[:10]) if place)
    if not named and "TELECOMMUTE" in str(posting.get("jobLocationType")).upper():
        return "Remote"
    return "; ".join(named)


def _place(place: Any) -> str:
    if not isinstance(place, dict):
        return _line(place)
    address = place.get("address", place)
    if not isinstance(address, dict):
        return _line(address)
    parts = (_line(address.get(name)) for name in ("addressLocality", "addressRegion"))
    named = dict.fromkeys(part for part in parts if part)
    return ", ".join(named) or _line(place) or _line(address.get("addressCountry"))


def _date(value: Any) -> dt.date | None:
    found = _DATE.match(value.strip()) if isinstance(value, str) else None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
