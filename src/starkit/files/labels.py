"""What people call the parts of a story in files of their own: headings, labels and columns."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from starkit.stories import PARTS

# Each field of a story, with the names that it goes by. A name that is no field's is kept as text.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        *("title", "story title", "name", "story name", "story", "headline"),
        *("star story", "star+r story"),
    ),
    "situation": (
        *("situation", "situations", "context", "background", "setting", "scenario", "problem"),
        *("scene", "circumstances", "starting point", "where and when", "when and where", "s"),
        *("what was going on", "what was happening", "what was wrong", "what went wrong"),
        *(
            "what was the situation",
            "what was the problem",
            "what was at stake",
            "what it was about",
        ),
        *("where i was", "how it was", "how it began", "how it started", "how things were"),
    ),
    "task": (
        *("task", "tasks", "goal", "goals", "objective", "objectives", "aim", "target"),
        *("challenge", "obstacle", "obstacles", "assignment", "mission", "t"),
        *("responsibility", "responsibilities", "my job", "what i was responsible for"),
        *("what i had to do", "what i needed to do", "what i was to do", "what i had to achieve"),
        *("what i was asked", "what i was asked to do", "what was asked of me", "what was asked"),
        *(
            "what i wanted",
            "what i wanted to do",
            "what i was trying to do",
            "what i set out to do",
        ),
        *("what was needed", "what was wanted", "what needed doing", "what had to be done"),
        *("what was the task", "what was my task", "what was the goal"),
    ),
    "action": (
        *("action", "actions", "actions taken", "action taken", "steps", "steps taken"),
        *("approach", "solution", "response", "a"),
        *("what i did", "what did i do", "what i actually did", "what i did about it"),
        *("what i did and how", "what i did myself", "steps i took", "action i took"),
        *("actions i took", "how i did it", "how i went about it", "how i dealt with it"),
        *("how i handled it", "how i solved it", "what was done"),
    ),
    "result": (
        *("result", "results", "outcome", "outcomes", "impact", "end result", "final result"),
        *("results achieved", "effect", "effects", "ending", "in the end", "r"),
        *("how it turned out", "how did it turn out", "how it ended", "how did it end"),
        *("how it went", "how did it go", "how things turned out", "how it worked out"),
        *("what came of it", "what came out of it", "what changed", "what it led to"),
        *("what happened in the end", "what happened as a result", "what i achieved"),
        *("what was achieved", "what was the result", "what was the outcome"),
        *("what it changed", "what difference it made", "difference it made", "what i got done"),
    ),
    "skills": ("skills", "skill", "skills shown", "skills used", "tags", "keywords", "good for"),
    "competencies": (
        *("competencies", "competency", "competences", "competence", "themes", "theme"),
        *("behaviour", "behaviours", "behavior", "behaviors"),
    ),
    "date": ("date", "dates", "when", "year", "period", "date lived"),
    "source": ("source", "employer", "company", "organisation", "organization", "role"),
    "notes": ("notes", "note", "comments"),
}
_PERSON = re.compile(r"\bi\b")
# A guide asks "what did you do", a team writes "what we did".
_FIELD_OF = {
    _PERSON.sub(person, name): field
    for field, names in _NAMES.items()
    for name in names
    for person in ("i", "we", "you")
}
# What a column is called, too, where no other one has the field: by itself, or in a text, such a word is no
# field's name. The likeliest stand first.
_COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        *("example", "example name", "example title", "short name", "short title", "heading"),
        *("what it was", "what is it", "incident", "episode", "event", "occasion", "project"),
        *("achievement", "subject", "topic"),
    ),
    "source": (
        *("where", "where i worked", "where i was working", "workplace", "place of work"),
        *("where it was", "where it happened", "where was it", "place"),
    ),
}
_NUMBER_NAMES = frozenset(
    f"{of}{name}".strip()
    for name in ("#", "no", "nr", "number", "id")
    for of in ("", "story ", "example ")
)
LISTS = ("skills", "competencies")
"""The fields of a story that hold several short names."""

_MARKUP = re.compile(r"[*_`\\]+")
_REMARK = re.compile(r"\(([^()]*)\)\Z")
_BETWEEN = re.compile(r"[/&+,]|\band\b|\bor\b")
# A picture before a label, a number before it, "the" or "my": none of them is part of its name.
_BEFORE = re.compile(r"^(?:[^\w(]|\d{1,2}[.):])+(?=\w)")
_OWN = re.compile(r"^(?:the|my|our)\s+")


def plain_label(label: str) -> str:
    """Return a label as it is compared: lower case, without emphasis, marks and remarks.

    >>> plain_label("**SITUATION** (2-3 sentences):"), plain_label("S (Situation)")
    ('situation', 'situation')
    """
    plain = _BEFORE.sub("", _bare(label).casefold()).rstrip(" ?!….")
    if remark := _REMARK.search(plain):
        before = plain[: remark.start()].strip()
        plain = remark[1].strip() if len(before) == 1 else before
    # "S - Situation" says the same thing twice.
    first, _, rest = plain.partition(" ")
    rest = rest.strip(" –—-:")
    if len(first) == 1 and rest.startswith(first) and rest in _FIELD_OF:
        return rest
    own = _OWN.sub("", plain)
    return own if own in _FIELD_OF else plain


def _bare(label: str) -> str:
    return " ".join(_MARKUP.sub("", label).split()).strip(" :–—-")


def remark_of(label: str) -> str:
    """Return a label with its remark when that says more than the label's name; "" when not.

    >>> remark_of("**Result (June 2023):**"), remark_of("S (Situation)"), remark_of("Result")
    ('Result (June 2023)', '', '')
    """
    bare = _bare(label)
    remark = _REMARK.search(bare)
    return bare if remark and field_of(remark[1]) is None and remark[1].strip() else ""


def field_of(label: str) -> str | None:
    """Return the field of a story that a label stands for, ``None`` when it is no field's.

    >>> field_of("Outcome:"), field_of("Result/Outcome"), field_of("Reflection")
    ('result', 'result', None)
    """
    known = _FIELD_OF.get(plain_label(label))
    parts = () if known else parts_of(label)
    return parts[0] if len(parts) == 1 else known


def column_of(headings: Sequence[str], field: str) -> int | None:
    """Return the column that holds a field which no heading names plainly; ``None`` without one.

    >>> headings = ["Where", "What I did", "Subject", "Example"]
    >>> column_of(headings, "title"), column_of(headings, "source"), column_of(headings, "date")
    (3, 0, None)
    """
    plain = [_OWN.sub("", plain_label(heading)) for heading in headings]
    for name in _COLUMN_NAMES.get(field, ()):
        for person in ("i", "we", "you"):
            if (called := _PERSON.sub(person, name)) in plain:
                return plain.index(called)
    return None


def is_numbering(heading: str) -> bool:
    """Tell whether a column counts the stories.

    >>> is_numbering("#"), is_numbering("Story no."), is_numbering("Number of beds")
    (True, True, False)
    """
    return plain_label(heading) in _NUMBER_NAMES


def parts_of(label: str) -> tuple[str, ...]:
    """Return the STAR parts that a label names together; most name one or none.

    >>> parts_of("Situation & Task"), parts_of("Result/Outcome"), parts_of("Skills")
    (('situation', 'task'), ('result',), ())
    """
    plain = plain_label(label)
    if (field := _FIELD_OF.get(plain)) is not None:
        return (field,) if field in PARTS else ()
    fields = tuple(_FIELD_OF.get(word.strip()) for word in _BETWEEN.split(plain))
    named = tuple(field for field in fields if field in PARTS)
    return tuple(dict.fromkeys(named)) if len(named) == len(fields) > 1 else ()


def as_names(text: str) -> list[str]:
    r"""Return the short names in one text: one a line, or parted by semicolons or commas.

    >>> as_names("audit; falls prevention"), as_names("- audit\n- care, kindness")
    (['audit', 'falls prevention'], ['audit', 'care, kindness'])
    """
    wrapped = any(line.rstrip().endswith((",", ";")) for line in text.rstrip().split("\n")[:-1])
    if "\n" in text and not wrapped:
        names: Iterable[str] = (re.sub(r"^\s*[-*+•]\s+", "", line) for line in text.split("\n"))
    else:
        names = text.replace("\n", " ").split(";" if ";" in text else ",")
    return [name.strip() for name in names if name.strip()]


_LONGEST_TITLE = 60  # characters of a title that is taken from a text


def first_words(text: str) -> str:
    """Return a short title for a text without one: all of it, or its first words.

    >>> first_words("Cut falls.")
    'Cut falls'
    """
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line.rstrip(".")
    return f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:_LONGEST_TITLE]} …"


def as_text(names: Iterable[str]) -> str:
    """Return short names as the text that ``as_names`` reads.

    >>> as_text(["audit", "care"]), as_text(["care, kindness"])
    ('audit; care', 'care, kindness;')
    """
    names = tuple(names)
    if any(";" in name for name in names):
        return "\n".join(names) + ("\n" if len(names) == 1 else "")
    text = "; ".join(names)
    return f"{text};" if len(names) == 1 and "," in text else text


class Gathered:
    """The texts of one story while its file is read; what has no place goes to the notes."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.notes: list[str] = []

    def add(self, label: str, text: str, field: str | None) -> None:
        """Put a text under its field; parts may come in several texts, a date or source once."""
        if field in LISTS:
            self.fields.setdefault(field, []).extend(as_names(text))
        elif field in PARTS:
            self.fields.setdefault(field, []).append(text)
        elif field in ("title", "date", "source") and text:
            if field in self.fields:
                self.note(label, text)
            else:
                self.fields[field] = [text]
        elif field == "notes" and text:
            self.notes.append(text)
        elif field is None:
            self.note(label, text)

    def note(self, label: str, text: str) -> None:
        """Keep a text that has no place of its own."""
        text, label = text.strip(), " ".join(_MARKUP.sub("", label).split()).strip(" :")
        if text or label:
            self.notes.append(f"{label}: {text}".strip() if label else text)

    def record(self) -> dict[str, Any]:
        """Return the plain values of the story, as a story file has them."""
        record: dict[str, Any] = {}
        for field, texts in self.fields.items():
            whole = "\n\n".join(text for text in texts if text)
            record[field] = list(texts) if field in LISTS else whole
        if self.notes:
            record["notes"] = "\n\n".join(self.notes)
        return record
