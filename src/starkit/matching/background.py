"""How telling a term is, from texts at large: the same in every bank."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.data import read_words
from starkit.matching.terms import NEGATED, terms

COUNTING_POWER = 1.25
"""Power of the background weight when terms are counted."""
MEANING_POWER = 0.55
"""Power of the background weight when the vectors of a text are summed."""


TIME_SHARE = 0.3
"""What is left, 0-1, of the weight of a word for a time and of a number."""


@cache
def time_keys() -> frozenset[str]:
    """Return the terms for when something was, which tell nothing of what it was.

    >>> "tuesday" in time_keys(), "invoic" in time_keys()
    (True, False)
    """
    return _keys("matching/time_words.txt")


@cache
def generic_keys() -> frozenset[str]:
    """Return the terms that say nothing by themselves, times among them.

    >>> "product" in generic_keys(), "week" in generic_keys()
    (True, True)
    """
    return _keys("matching/generic_words.txt") | time_keys()


def _keys(name: str) -> frozenset[str]:
    return frozenset(term.key for word in read_words(name) for term in terms(word))


@attrs.frozen(eq=False, repr=False)
class Background:
    """What adverts and work tasks at large tell about terms and texts.

    Attributes:
        total: How many lines were counted.
        lines: Lines by term; a term that is not there stands in one line or none.
        names: Terms that nearly always have a capital: Java, Photoshop, NHS.
        centre: The mean direction of the lines under the shared word vectors, dim long.
        vectors: SHA-256 of the word-vector table that ``centre`` was made with.
    """

    total: int
    lines: dict[str, int]
    names: frozenset[str]
    centre: NDArray[np.float32]
    vectors: str

    def weights(self, keys: Sequence[str]) -> NDArray[np.float32]:
        """Return the inverse document frequency of each term, about 1 to 10.

        >>> common, rare = background().weights(["team", "venepunctur"])
        >>> bool(common < rare)
        True
        """
        bare = [key.removeprefix(NEGATED) for key in keys]
        lines = np.fromiter((self.lines.get(key, 1) for key in bare), np.float32, len(keys))
        found = np.log1p((self.total - lines + 0.5) / (lines + 0.5))
        found[[key in time_keys() or key.isdigit() for key in bare]] *= TIME_SHARE
        return found.astype(np.float32)


@cache
def background() -> Background:
    """Return the table that ships with the package, read once a process."""
    raw = files("starkit.data").joinpath("matching/background.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        keys = arrays["terms"].tobytes().decode("utf-8").split("\n")
        lines = dict(zip(keys, arrays["lines"].tolist(), strict=True))
        named = np.unpackbits(arrays["names"], count=len(keys))
        names = frozenset(keys[place] for place in np.flatnonzero(named))
        centre = arrays["centre"].astype(np.float32)
        return Background(
            int(arrays["total"]), lines, names, centre, arrays["vectors"].tobytes().decode()
        )
