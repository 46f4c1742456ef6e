"""Words that answer each other at work, though their letters differ: *furious* and *upset*."""

from collections.abc import Mapping
from functools import cache

import attrs

from starkit.data import read_words
from starkit.matching.terms import word_keys

RELATED = 0.6
"""How well a word answers one that stands on a line with it, 0-1."""


@attrs.frozen(eq=False, repr=False)
class Related:
    """The lines of related words, looked up from either side: a told term answers an asked one of its line.

    Attributes:
        asked: The numbers of the lines on which each term is asked for.
        told: The numbers of the lines on which each term answers.
    """

    asked: Mapping[str, tuple[int, ...]]
    told: Mapping[str, tuple[int, ...]]


@cache
def related() -> Related:
    """Return the lines of related words that ship with the package, read once a process.

    >>> lines = related()
    >>> bool(set(lines.asked["furious"]) & set(lines.told["upset"])), "sonnet" in lines.told
    (True, False)
    """
    found: dict[str, list[int]] = {}
    lines = [line.split() for line in read_words("matching/related_words.txt")]
    words = list(dict.fromkeys(word for line in lines for word in line))
    keys = dict(zip(words, word_keys(words), strict=True))
    for number, line in enumerate(lines):
        for key in dict.fromkeys(keys[word] for word in line):
            found.setdefault(key, []).append(number)
    both = {key: tuple(numbers) for key, numbers in found.items()}
    return Related(asked=both, told=both)
