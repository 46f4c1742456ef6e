"""One spelling for the characters that patterns look at, with every offset kept."""

import re
import unicodedata
from collections.abc import Iterator

# One character for one character, so that an offset means the same before and after.
_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "…": ".",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u200a": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
        "\v": " ",
        "\f": " ",
        "\u0085": " ",
        "\u2028": " ",
        "\u2029": " ",
    }
)

KEPT = 512
"""Texts whose reading is kept: the steps of one advert ask for the same lines and clauses again."""

# Characters that take no room: soft hyphen, zero-width and direction marks, byte-order mark. And
# combining marks, which follow the letter that they change when a text is in form NFD.
_NO_ROOM = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_COMBINING = re.compile("[\u0300-\u036f]")

# Markdown emphasis within a line: "*or*", "**not**", "__must__".
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|__)(?=\w)[^*_\n]{1,80}(?<=[\w.,:;!?%)])\1(?![\w*_])")


def _sign_places(found: re.Match[str]) -> Iterator[int]:
    wide = len(found.group(1))
    yield from range(found.start(), found.start() + wide)
    yield from range(found.end() - wide, found.end())


def plain(text: str) -> str:
    """Return ``text`` with plain quotes, hyphens and spaces; no character moves.

    >>> plain("two years’ – minimum")
    "two years' - minimum"
    """
    return text.translate(_SAME_LENGTH)


def lower(text: str) -> str:
    """Return ``text`` in lower case; no character moves.

    >>> lower("İT and SQL")
    'İt and sql'
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    # A few letters have longer lower cases: those stay as they are.
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def without_marks(text: str) -> tuple[str, tuple[int, ...] | None]:
    r"""Return ``text`` without characters that take no room, and where each kept one stood.

    The second value maps an offset in the new text to one in the old (it has an entry for the end,
    too), or is ``None`` when nothing had to change. Letters with combining marks become one letter,
    and the signs of Markdown emphasis take no room either.

    >>> without_marks("C\u00ad#")
    ('C#', (0, 2, 3))
    >>> without_marks("plain")
    ('plain', None)
    """
    marks = set()
    if "*" in text or "__" in text:
        marks = {place for found in _EMPHASIS.finditer(text) for place in _sign_places(found)}
    if not marks and (text.isascii() or not (_NO_ROOM.search(text) or _COMBINING.search(text))):
        return text, None
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if place in marks or _NO_ROOM.match(letter):
            continue
        if letters and _COMBINING.match(letter):
            joined = unicodedata.normalize("NFC", letters[-1] + letter)
            letters[-1] = joined if len(joined) == 1 else letters[-1]
            continue
        letters.append(letter)
        places.append(place)
    places.append(len(text))
    return "".join(letters), tuple(places)
