"""The one word-vector table of the package: small, static, numpy only.

The table holds a vector for about twenty-five thousand lower-cased words, stored as int8 with one
scale a row. Any other word is put together from the known words that it is written with. The
extraction pipeline and the alignment read the same copy.

How the table was made, and from what, is told in ``docs/model-card.md``; ``training/vectors.py``
rebuilds it.
"""

from __future__ import annotations

import functools
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs
import numpy as np

from starkit.errors import PipelineError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE_NAME = "word_vectors.npz"
"""Name of the table inside ``starkit/data``."""

SHORTEST_PART, LONGEST_PART = 2, 20
"""Lengths, in characters, of the known words that an unknown word is cut into."""

STEM_WEIGHT = 2.0
"""How much more the part at the beginning of a word tells than a later one of the same length."""

_LONGEST_SPELT = 40
"""Characters of an unknown word that are looked at; a longer token is a link or noise."""

_ADVICE = "install starkit again"


@attrs.frozen(eq=False, repr=False)
class WordVectors:
    """Vectors of lower-cased words, with an answer by spelling for words outside the table.

    >>> vectors = load_vectors()
    >>> vectors.rows(["Nurse", "nurse"]).shape == (2, vectors.dim)
    True
    >>> "nurse" in vectors, "qqzx" in vectors
    (True, False)
    """

    index: Mapping[str, int]
    """Row of each known word."""
    table: NDArray[np.int8]
    """Known words, words x dim."""
    scales: NDArray[np.float32]
    """What one step of each row of ``table`` is worth."""
    source: bytes
    """The file that the table was read from, so that a saved pipeline carries the same table."""

    @property
    def digest(self) -> str:
        """SHA-256 of the file that the table was read from, in hexadecimal."""
        return hashlib.sha256(self.source).hexdigest()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.table.shape[1])

    def __len__(self) -> int:
        """How many words the table holds."""
        return len(self.index)

    def __contains__(self, word: object) -> bool:
        """Whether the word itself, not its spelling, has a row."""
        return isinstance(word, str) and word.lower() in self.index

    def __repr__(self) -> str:
        return f"WordVectors({len(self)} words x {self.dim})"

    def rows(self, words: Iterable[str]) -> NDArray[np.float32]:
        """Give one vector a word, in order: float32, words x dim.

        Case is ignored. A word that is not in the table gets the mean of the known words that it is
        written with, the longer ones and the first one counting more; without any, zeros. Over all
        words of the table the values have a standard deviation of about one.

        >>> load_vectors().rows([]).shape[0]
        0
        """
        lowered = [word.lower() for word in words]
        known = np.fromiter((self.index.get(word, -1) for word in lowered), np.int64, len(lowered))
        found = self._known_rows(known)
        for place in np.flatnonzero(known < 0):
            found[place] = self._spell(lowered[place])
        return found

    def _known_rows(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self.table[rows].astype(np.float32)
        found *= self.scales[rows][:, None]
        return found

    def _spell(self, word: str) -> NDArray[np.float32]:
        parts = written_with(word, self.index)
        if not parts:
            return np.zeros(self.dim, np.float32)
        weights = np.array(
            [(end - start) * (STEM_WEIGHT if start == 0 else 1.0) for start, end in parts],
            np.float32,
        )
        rows = self._known_rows(np.array([self.index[word[start:end]] for start, end in parts]))
        spelt: NDArray[np.float32] = weights @ rows / weights.sum()
        return spelt


def written_with(word: str, known: Mapping[str, int]) -> list[tuple[int, int]]:
    """Cut a word into known words, half-open ranges from left to right, so that few long ones win.

    Characters that no known word covers are left out. Only the first characters of a very long
    word are looked at.

    >>> written_with("soughtafter", {"sought": 0, "after": 1, "aft": 2})
    [(0, 6), (6, 11)]
    >>> written_with("xyz", {})
    []
    """
    length = min(len(word), _LONGEST_SPELT)
    # best[end]: largest sum of squared part lengths in word[:end].
    # came[end]: where the last part starts that makes it, -1 where none ends there.
    best = [0] * (length + 1)
    came = [-1] * (length + 1)
    for end in range(1, length + 1):
        best[end] = best[end - 1]
        for start in range(max(0, end - LONGEST_PART), end - SHORTEST_PART + 1):
            value = best[start] + (end - start) ** 2
            if value > best[end] and word[start:end] in known:
                best[end], came[end] = value, start
    parts: list[tuple[int, int]] = []
    end = length
    while end > 0:
        start = came[end]
        if start >= 0:
            parts.append((start, end))
        end = start if start >= 0 else end - 1
    return parts[::-1]


def read_vectors(data: bytes) -> WordVectors:
    """Read a table from the bytes of its file.

    Raises:
        PipelineError: the bytes are not such a table.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            words = arrays["words"].tobytes().decode("utf-8").split("\n")
            table, scales = arrays["table"], arrays["scales"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise PipelineError(f"{FILE_NAME} cannot be read ({error})", _ADVICE) from error
    if table.ndim != 2 or not len(words) == len(table) == len(scales):
        raise PipelineError(f"{FILE_NAME}: {len(words)} words for {len(table)} rows", _ADVICE)
    index = MappingProxyType(dict(zip(words, range(len(words)), strict=True)))
    return WordVectors(index, table, scales, data)


@functools.cache
def load_vectors() -> WordVectors:
    """Read the table that ships with the package, once a process.

    >>> load_vectors() is load_vectors()
    True
    """
    return read_vectors(resources.files("starkit.data").joinpath(FILE_NAME).read_bytes())
