"""Words that answer each other at work, though their letters differ: *furious* and *upset*."""

from collections.abc import Mapping
from functools import cache

from starkit.data import read_words
from starkit.matching.terms import word_keys

RELATED = 0.6
"""How well a word answers one that stands on a line with it, 0-1."""


@cache
def related() -> Mapping[str, tuple[int, ...]]:
    """Return the lines of related words that each term stands on, by the number of the line.

    >>> lines = related()
    >>> bool(set(lines["furious"]) & set(lines["upset"])), "sonnet" in lines
    (True, False)
    """
    found: dict[str, list[int]] = {}
    lines = [line.split() for line in read_words("matching/related_words.txt")]
    words = list(dict.fromkeys(word for line in lines for word in line))
    keys = dict(zip(words, word_keys(words), strict=True))
    for number, line in enumerate(lines):
        for key in dict.fromkeys(keys[word] for word in line):
            found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}
