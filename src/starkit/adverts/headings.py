"""Which words make a heading, and of what kind.

A phrase is known when the packaged list has it, or when it is made of topic words, priority words
and fillers alone ("Required skills & experience"). A line that leads into others ("The successful
candidate will have:") is read by patterns instead, since nobody can list those.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import attrs

from starkit.adverts.shape import SectionKind
from starkit.data import read_json

# A word of a heading: letters and digits with inner apostrophes; "&", "+" and "/" stand for "and".
# "e" and "d" of a column header come through as words.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|[&+/]")

# Contractions, spelt out so that the list needs one form only.
_CONTRACTED = {"'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am", "'s": "is"}
_WITH_IS = frozenset({"what", "that", "it", "who", "here", "there", "where", "how"})

# Longest heading that is looked up, in words and in characters: what is longer is a sentence.
MOST_WORDS = 12
MOST_CHARACTERS = 120

# Inner brackets add detail ("Skills (technical)", "Developer (m/f/d)").
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")

# "Sut i wneud cais / How to apply": two headings for one section.
_HALVES = re.compile(r"\s[/|]\s")
_HALF_TO = 40


@attrs.frozen
class Heading:
    """What a heading says of the lines under it.

    ``role`` is how it nests: "topic" (a sort of requirement), "priority" (essential, desirable),
    "container" (a person specification as a whole) or "other". A guess is not ``sure``.
    """

    kind: SectionKind
    priority: str = ""
    role: str = "other"
    sure: bool = True


_Patterns = tuple[tuple[re.Pattern[str], Heading], ...]


@attrs.frozen
class _Words:
    """The packaged list, in the form in which it is looked up."""

    phrases: dict[tuple[str, ...], Heading]
    topics: dict[str, SectionKind]
    priorities: dict[str, str]
    fillers: frozenset[str]
    openers: frozenset[str]
    tails: frozenset[str]
    dropped: frozenset[str]
    same: dict[str, str]
    organisations: frozenset[str]
    columns: dict[tuple[str, ...], str]
    lead_ins: _Patterns
    scents: _Patterns
    assessment: frozenset[str]
    assessment_fillers: frozenset[str]
    codes: frozenset[str]
    first: frozenset[str]
    openings: frozenset[str]


def _heading(kind: SectionKind, priority: str = "") -> Heading:
    if kind is SectionKind.REQUIREMENTS:
        return Heading(kind, priority, "priority" if priority else "container")
    return Heading(kind, priority, "topic" if kind.asks else "other")


@cache
def _words() -> _Words:
    data: dict[str, Any] = read_json("headings.json")
    same: dict[str, str] = data["same"]
    dropped = frozenset(data["dropped"])
    phrases: dict[tuple[str, ...], Heading] = {}
    for priority, listed in data["priorities"].items():
        for phrase in listed:
            key = _key(spelt(phrase), same, dropped)
            phrases[key] = _heading(SectionKind.REQUIREMENTS, priority)
    for kind, listed in data["phrases"].items():
        for phrase in listed:
            phrases.setdefault(_key(spelt(phrase), same, dropped), _heading(SectionKind(kind)))
    topics = _inverted(data["topics"])
    priorities = _inverted(data["priority_words"])
    columns = {
        tuple(spelt(name)): role for role, names in data["columns"].items() for name in names
    }
    openers, fillers = frozenset(data["openers"]), frozenset(data["fillers"])
    firsts = (
        frozenset(key[0] for key in phrases if key)
        | frozenset((*topics, *priorities, "about", "life", "working"))
        | fillers
        | openers
        | dropped
    )
    return _Words(
        phrases=phrases,
        topics={word: SectionKind(kind) for word, kind in topics.items()},
        priorities=priorities,
        fillers=fillers,
        openers=openers,
        tails=frozenset(data["tails"]),
        dropped=dropped,
        same=same,
        organisations=frozenset(data["organisations"]),
        columns=columns,
        lead_ins=_patterns(data["lead_ins"]),
        scents=_patterns(data["scents"]),
        assessment=frozenset(data["assessment"]),
        assessment_fillers=frozenset(data["assessment_fillers"]),
        codes=frozenset(data["assessment_codes"]),
        first=firsts,
        openings=frozenset(data["openings"]),
    )


def _patterns(listed: list[tuple[str, str, str]]) -> _Patterns:
    return tuple(
        (re.compile(pattern), _heading(SectionKind(kind), priority))
        for kind, priority, pattern in listed
    )


def _inverted(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}


def spelt(text: str) -> list[str]:
    """Return the words of a heading in lower case, contractions spelt out, "&" and "/" as "and".

    >>> spelt("What you’ll bring & why")
    ['what', 'you', 'will', 'bring', 'and', 'why']
    """
    return [word for found in _WORD.finditer(text) for word in _spelt_word(found.group())]


@lru_cache(maxsize=4096)  # the same few thousand words make most lines
def _spelt_word(found: str) -> tuple[str, ...]:
    word = found.lower().replace("’", "'").strip("'")
    if word in "&+/":
        return ("and",)
    for ending, full in _CONTRACTED.items():
        if word.endswith(ending) and len(word) > len(ending):
            stem = word[: -len(ending)]
            return (stem, full) if ending != "'s" or stem in _WITH_IS else (stem,)
    return (word,)


def _key(words: Iterable[str], same: dict[str, str], dropped: frozenset[str]) -> tuple[str, ...]:
    return tuple(same.get(word, word) for word in words if word not in dropped)


def find_heading(text: str) -> Heading | None:
    """Return what a heading with exactly these words says, or None when they are no heading.

    >>> find_heading("👉 WHAT YOU’LL BRING:").kind
    <SectionKind.REQUIREMENTS: 'requirements'>
    >>> find_heading("Preferred skills & experience").priority
    'desirable'
    >>> find_heading("Full driving licence") is None
    True
    """
    if len(text) > MOST_CHARACTERS:
        return None
    found = _find_whole(text)
    if found is None and ("(" in text or "[" in text):
        found = _find_whole(_BRACKETS.sub(" ", text))
    if found is None:
        halves = _HALVES.split(text)
        if len(halves) == 2 and all(len(half) <= _HALF_TO and "," not in half for half in halves):
            found = _find_whole(halves[1]) or _find_whole(halves[0])
    return found


def _find_whole(text: str) -> Heading | None:
    words = spelt(text)
    if not words or len(words) > MOST_WORDS or "<" in text or "@" in text:
        return None  # angle brackets hold an address or stand for a name left out
    known = _words()
    words = _without_denial(words, known)
    found = _listed(words, known) or _composed(words, known) or _about_employer(text, words, known)
    while found is None and len(words) > 1 and (words[0] in known.openers or words[0] == "a"):
        words = words[1:]
        found = _listed(words, known) or _composed(words, known)
    return found


def _without_denial(words: list[str], known: _Words) -> list[str]:
    """Return the words without "not essential", where others say that it is a wish.

    "Desirable, not essential" is "Desirable".
    """
    for place in range(len(words) - 1):
        if words[place] in _NOT and known.priorities.get(words[place + 1]) == "essential":
            first = place - 1 if place and words[place - 1] in ("but", "and", "though") else place
            rest = words[:first] + words[place + 2 :]
            return rest or words
    return words


_NOT = frozenset({"not", "non"})


def _listed(words: list[str], known: _Words) -> Heading | None:
    key = _key(words, known.same, known.dropped)
    while key:
        if (found := known.phrases.get(key)) is not None:
            return found
        if len(key) == 1 or key[-1] not in known.tails:
            return None
        key = key[:-1]
    return None


def _composed(words: list[str], known: _Words) -> Heading | None:
    kinds: set[SectionKind] = set()
    priorities: set[str] = set()
    for word in (known.same.get(word, word) for word in words):
        if word in known.topics:
            kinds.add(known.topics[word])
        elif word in known.priorities:
            priorities.add(known.priorities[word])
        elif word not in known.fillers and word not in known.dropped:
            return None
    if not kinds:
        return None
    priority = priorities.pop() if len(priorities) == 1 else ""
    kind = _joint_kind(kinds)
    if kind.asks:
        # "Essential experience" is a priority first: what follows it takes its place.
        return Heading(kind, priority, "priority" if priority else _heading(kind).role)
    return Heading(kind)


def _joint_kind(kinds: set[SectionKind]) -> SectionKind:
    asking = {kind for kind in kinds if kind.asks}
    if SectionKind.DUTIES in kinds:
        return SectionKind.DUTIES if not asking else SectionKind.REQUIREMENTS
    if not asking:
        return next(iter(kinds))
    exact = asking - {SectionKind.REQUIREMENTS}
    if len(exact) == 1:
        return exact.pop()
    if exact == {SectionKind.SKILLS, SectionKind.KNOWLEDGE}:
        return SectionKind.SKILLS
    return SectionKind.REQUIREMENTS


def _about_employer(text: str, words: list[str], known: _Words) -> Heading | None:
    if words[0] == "about" or words[:2] in (["life", "at"], ["working", "at"], ["working", "for"]):
        rest = [word for word in words[1:] if word not in known.dropped]
        if rest and rest[-1] in known.organisations and len(rest) <= 3:
            return Heading(SectionKind.COMPANY)
        # A name: every word after the first has a capital, and it is not a heading in capitals.
        named = text.split()[1:]
        capitals = sum(1 for word in named if word[:1].isupper() or word.lower() in _JOINING)
        if 0 < len(named) <= 5 and capitals == len(named) and words[1:2] != ["you"]:
            return Heading(SectionKind.COMPANY)
    return None


_JOINING = frozenset({"at", "for", "the", "of", "and", "&", "our", "with", "us"})


def may_begin_heading(word: str) -> bool:
    """Tell cheaply whether any known heading begins with ``word``."""
    known = _words()
    for first in _spelt_word(word):
        return first in known.first or known.same.get(first, first) in known.first
    return False


def begins_sentence(word: str) -> bool:
    """Tell whether a sentence may begin with ``word`` after a heading fused into its line.

    >>> begins_sentence("You’ll"), begins_sentence("Manager")
    (True, False)
    """
    return word.lower().replace("’", "'").strip(",.:") in _words().openings


def read_lead_in(text: str) -> Heading | None:
    """Return what a line that leads into others says of them, or None when nobody can tell.

    >>> read_lead_in("The successful candidate will be able to demonstrate:").kind
    <SectionKind.REQUIREMENTS: 'requirements'>
    >>> read_lead_in("On a typical shift you will:").kind
    <SectionKind.DUTIES: 'duties'>
    """
    return _first_match(text, _words().lead_ins)


def guess_heading(text: str) -> Heading | None:
    """Return what a short line most likely says that is set as a heading, by its telling words.

    >>> guess_heading("The nuts and bolts of your average week").kind
    <SectionKind.DUTIES: 'duties'>
    >>> guess_heading("Welsh language") is None
    True
    """
    found = _first_match(text, _words().scents)
    return None if found is None else attrs.evolve(found, sure=False)


def _first_match(text: str, patterns: _Patterns) -> Heading | None:
    said = " ".join(spelt(text[: 3 * MOST_CHARACTERS]))
    return next((heading for pattern, heading in patterns if pattern.search(said)), None)


def column_role(cell: str) -> str:
    """Return what a column with this header holds, or "" for words that head no column.

    >>> column_role("How assessed"), column_role("E/D"), column_role("Clean driving licence")
    ('assessed', 'either', '')
    """
    if len(cell) > MOST_CHARACTERS:
        return ""
    known = _words()
    found = known.columns.get(tuple(spelt(cell)))
    if not found and ("(" in cell or "[" in cell):
        found = known.columns.get(tuple(spelt(_BRACKETS.sub(" ", cell))))
    return found or ""


def assessment_codes() -> frozenset[str]:
    """The letters that person specifications use for how a criterion is assessed."""
    return _words().codes


def is_way_to_assess(text: str) -> bool:
    """Tell whether the words say only how a criterion is assessed.

    >>> is_way_to_assess("Application form and interview"), is_way_to_assess("Skills")
    (True, False)
    """
    known, words = _words(), spelt(text)
    return any(word in known.assessment for word in words) and all(
        word in known.assessment or word in known.assessment_fillers for word in words
    )
