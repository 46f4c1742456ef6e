"""How telling a term is, from texts at large: the same in every bank."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.terms import NEGATED

COUNTING_POWER = 1.25
"""Power of the background weight when terms are counted."""
MEANING_POWER = 0.55
"""Power of the background weight when the vectors of a text are summed."""


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
        counts = (self.lines.get(key.removeprefix(NEGATED), 1) for key in keys)
        lines = np.fromiter(counts, np.float32, len(keys))
        return np.log1p((self.total - lines + 0.5) / (lines + 0.5)).astype(np.float32)


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
