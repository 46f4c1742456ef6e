"""Verbs of work: whether words begin by saying what somebody does."""

import re
from functools import cache

from starkit.data import read_words

_VOWELS = "aeiou"


def _forms(verb: str) -> tuple[str, ...]:
    """Return the spellings of a verb's "-ing" and "-s" forms that may be met."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
    forms = [f"{stem}ing", f"{verb}s"]
    if len(verb) > 2 and verb[-1] not in f"{_VOWELS}wxy" and verb[-2] in _VOWELS:
        forms.append(f"{verb}{verb[-1]}ing")
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        forms.append(f"{verb[:-1]}ies")
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        forms.append(f"{verb}es")
    if verb.endswith("ie"):
        forms.append(f"{verb[:-2]}ying")
    return tuple(forms)


@cache
def _base() -> frozenset[str]:
    return frozenset(read_words("verbs.txt"))


@cache
def _inflected() -> frozenset[str]:
    return frozenset(form for verb in _base() for form in _forms(verb))


# Words that may stand before the verb: adverbs, and "to" of a purpose.
_BEFORE = re.compile(
    r"(?:\W|to |also |be able to |help to |help |actively |proactively |effectively |\w{3,12}ly,? (?:and )?|\d+[.)]? )*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")


def is_verb(word: str) -> bool:
    """Tell whether a word is a form of a verb of work.

    >>> is_verb("Preparing"), is_verb("plan"), is_verb("kind")
    (True, True, False)
    """
    lower = word.lower()
    return lower in _base() or lower in _inflected()


def begins_with_verb(text: str) -> bool:
    """Tell whether ``text`` begins by saying what somebody does.

    >>> begins_with_verb("Carry out weekly stocktakes"), begins_with_verb("A good listener")
    (True, False)
    >>> begins_with_verb("Safely administering medicines")
    True
    """
    lead = _BEFORE.match(text[:60])
    word = _WORD.match(text, lead.end() if lead else 0)
    if word is not None and is_verb(word.group()):
        return True
    first = _WORD.search(text[:60])  # "Help with stock": no verb follows, so it is one itself
    return first is not None and first.group().lower() in ("help", "helping", "helps")
