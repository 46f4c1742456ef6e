"""JSON Resume (v1): the highlights of a CV as draft stories, in which nothing is made up."""

import re
from collections.abc import Iterator
from typing import Any

from starkit.data import read_words
from starkit.errors import FileError
from starkit.files.labels import first_words
from starkit.files.syntax import Other, Parsed, Place
from starkit.grammar import is_verb
from starkit.stories import PARTS, has_outcome

# The sections that tell of work, with what stands for the post and for the place in each.
_SECTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "work": (("position",), ("name", "company")),
    "volunteer": (("position",), ("organization",)),
    "projects": (("name",), ("entity",)),
    "education": (("studyType", "area"), ("institution",)),
}
_TOLD = ("summary", "description")


def is_resume(value: Any) -> bool:
    """Tell whether the plain value of a file is a JSON Resume and no list of stories.

    >>> is_resume({"work": [], "basics": {}}), is_resume({"stories": []})
    (True, False)
    """
    if not isinstance(value, dict) or "stories" in value or "title" in value:
        return False
    schema = value.get("$schema")
    named = isinstance(schema, str) and "resume" in schema
    return named or any(section in value for section in ("basics", *_SECTIONS))


def read_resume(path: str, value: dict[str, Any]) -> Parsed:
    """Return the highlights of a CV as plain draft stories.

    A highlight says what was done or what came of it: the one or the other, never all four parts.
    One that opens with a deed ("Cut falls to two a month") is the action; one that opens with an
    outcome ("Won the regional prize"), or names one without a deed, is the result. The other parts
    stay empty, and the notes name them. An entry without highlights that has a summary or a
    description is a draft without parts. What a story has no place for stands in its notes; what
    belongs to no draft (the person, the skills, an entry with nothing to tell) in those of the
    first.

    Args:
        path: The file, for messages.
        value: Its plain value.

    Raises:
        FileError: No entry has a highlight, a summary or a description.

    >>> cv = {"work": [{"name": "Leeds Infirmary", "position": "Nurse",
    ...                 "highlights": ["Cut falls from nine to two a month"]}]}
    >>> [draft] = read_resume("cv.json", cv).value
    >>> draft["action"], draft["source"]
    ('Cut falls from nine to two a month', 'Nurse, Leeds Infirmary')
    >>> draft["notes"]
    'Draft from a CV (work). Still to write: situation, task, result.'
    """
    problems: list[tuple[Place, int | None, str]] = []
    drafts: list[dict[str, Any]] = []
    rest: list[str] = []
    for section, (posts, places) in _SECTIONS.items():
        for number, entry in enumerate(_entries(section, value.get(section), problems), 1):
            made = list(_drafts(section, entry, posts, places))
            drafts.extend(made)
            if not made:
                rest.extend(_lines(f"{section} {number}", entry))
    for key, item in value.items():
        if key not in _SECTIONS:
            rest.extend(_lines(key, item))
    if problems:
        return Parsed(drafts, tuple(problems))
    if not drafts:
        seen = (
            "it is a CV with nothing to tell: no entry has highlights, a summary or a description"
        )
        raise FileError(path, seen, "write what you did in 'highlights' of an entry in 'work'")
    if rest:
        held = "\n".join(("What the CV holds besides, and is no story:", *rest))
        drafts[0]["notes"] += f"\n\n{held}"
    return Parsed(_with_titles_of_their_own(drafts))


def _entries(
    section: str, entries: Any, problems: list[tuple[Place, int | None, str]]
) -> Iterator[dict[str, Any]]:
    if entries is None:
        return
    if not isinstance(entries, list):
        problems.append(((section,), None, "is no list; JSON Resume has a list of entries there"))
        return
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict):
            yield entry
        elif entry is not None:
            told = f"entry {number} is no mapping; JSON Resume has named values there"
            problems.append(((section,), None, told))


def _drafts(
    section: str, entry: dict[str, Any], posts: tuple[str, ...], places: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    highlights = entry.get("highlights")
    texts = highlights if isinstance(highlights, list) else [highlights]
    told = [text for item in texts if (text := _text(item) or "; ".join(_lines("", item)))]
    if not told and not any(_text(entry.get(key)) for key in _TOLD):
        return
    who = [[text for key in keys if (text := _text(entry.get(key)))] for keys in (posts, places)]
    source = ", ".join(name for names in who for name in names)
    period, dated = _period(entry)
    placed = {"highlights", *dated, *(key for key in (*posts, *places) if _text(entry.get(key)))}
    details = [
        line for key, item in entry.items() if key not in placed for line in _lines(key, item)
    ]
    base = {"source": source, "date": period}
    for text in told or [""]:
        parts = {_part(text): text} if text else {}
        missing = ", ".join(name for name in PARTS if name not in parts)
        notes = [f"Draft from a CV ({section}). Still to write: {missing}.", *details]
        title = first_words(text) or source or section
        yield {"title": title, **parts, **base, "notes": "\n".join(notes)}


def _part(highlight: str) -> str:
    """Return the part of a story that a highlight is."""
    words = [re.sub(r"^\W+|\W+$", "", word).lower() for word in highlight.split()]
    first = next((word for word in words if not word.endswith("ly")), words[0])
    if first in read_words("outcome_verbs.txt"):
        return "result"
    deed = first.endswith("ed") or first in read_words("past_tenses.txt") or is_verb(first)
    return "action" if deed or not has_outcome(highlight) else "result"


def _period(entry: dict[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    """Return when it was, and the keys that say so."""
    start, end = _text(entry.get("startDate")), _text(entry.get("endDate"))
    if start and end:
        return start if start == end else f"{start} to {end}", ("startDate", "endDate")
    if start:
        return f"since {start}", ("startDate",)
    return (end, ("endDate",)) if end else (None, ())


def _with_titles_of_their_own(drafts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken: set[str] = set()
    for draft in drafts:
        title, number = draft["title"], 1
        while draft["title"] in taken:
            number += 1
            draft["title"] = f"{title} ({number})"
        taken.add(draft["title"])
    return drafts


def _text(item: Any) -> str:
    """Return a plain value as the text that was typed, ``""`` for none."""
    if isinstance(item, Other):
        return item.written
    return "" if item is None or isinstance(item, list | dict) else str(item).strip()


def _lines(key: str, item: Any) -> list[str]:
    """Return everything in a value as lines, each with the names that lead to it."""
    label = key[:1].upper() + re.sub(r"(?<=[a-z])([A-Z])", r" \1", key[1:])
    label = label if label.isupper() else label[:1] + label[1:].lower()
    if isinstance(item, dict):
        lead = f"{label} / " if label else ""
        return [f"{lead}{line}" for name, part in item.items() for line in _lines(name, part)]
    if isinstance(item, list):
        if not any(isinstance(part, list | dict) for part in item):
            joined = "; ".join(text for part in item if (text := _text(part)))
            return [f"{label}: {joined}" if label else joined] if joined else []
        return [
            line for n, part in enumerate(item, 1) for line in _lines(f"{key} {n}".strip(), part)
        ]
    text = _text(item)
    return [f"{label}: {text}" if label else text] if text else []
