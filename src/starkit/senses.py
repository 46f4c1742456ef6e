"""Which sense of a word a text means, told by the words around it.

A word such as *systems* calls for questions on computers in one requirement and on pumps in another.
For each such word the data name words that stand near it in the sense that is meant, and words that
stand near it in its other senses. The words of the text are set against both lists by the shared word
vectors, so that *irrigation systems* is told from *booking systems* though neither stands in a list.
"""

import re
from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.background import background
from starkit.matching.terms import Term, asked_terms
from starkit.vectors import load_vectors

NEARNESS_POWER = 3
"""A cosine is raised to this power: a word that is close to a list tells more than many far ones."""
FADING = 0.5
"""What each word or mark in between takes from the weight of a word around: 1 / (1 + steps x this)."""

_STEP = re.compile(r"\w+|[,;:.()]")


def _words(value: str) -> tuple[str, ...]:
    return tuple(value.split())


@attrs.frozen
class Sense:
    """Words that tell one sense of a word from its others.

    Attributes:
        here: Words near it in the sense that is meant, from one text with blanks.
        elsewhere: Words near it in its other senses.

    >>> Sense("computer database", "pump valve").elsewhere
    ('pump', 'valve')
    """

    here: tuple[str, ...] = attrs.field(converter=_words)
    elsewhere: tuple[str, ...] = attrs.field(converter=_words)
    _rows: NDArray[np.float32] = attrs.field(
        init=False,
        repr=False,
        eq=False,
        default=attrs.Factory(lambda self: _units([*self.here, *self.elsewhere]), takes_self=True),
    )

    def lean(self, text: str, start: int, end: int) -> float:
        """Return how far a text leans to this sense, above 0, or to the others, below 0.

        Args:
            text: What the word stands in.
            start: Where the word begins, as a character offset.
            end: Where it ends (half open).

        >>> sense = Sense("computer database software", "pump valve engine")
        >>> sense.lean("Hydraulic systems", 10, 17) < 0 < sense.lean("Booking systems", 8, 15)
        True
        >>> sense.lean("Systems", 0, 7)
        0.0
        """
        found = asked_terms(text)
        around = [term for term in found if term.end <= start or end <= term.start]
        if not around:
            return 0.0
        weights = background().weights([term.key for term in around])
        far = [_between(text, term, start, end) for term in around]
        weights = weights / (1 + FADING * np.array(far, np.float32))
        near = _units([text[term.start : term.end].lower() for term in around]) @ self._rows.T
        near = np.maximum(near, 0) ** NEARNESS_POWER
        here = near[:, : len(self.here)].max(axis=1, initial=0)
        elsewhere = near[:, len(self.here) :].max(axis=1, initial=0)
        return float(weights @ (here - elsewhere) / weights.sum())


def _between(text: str, term: Term, start: int, end: int) -> int:
    """Return how many words and marks stand between a term and the word from start to end."""
    between = text[term.end : start] if term.end <= start else text[end : term.start]
    return len(_STEP.findall(between))


def _units(words: Sequence[str]) -> NDArray[np.float32]:
    rows = load_vectors().rows(words)
    length = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.asarray(rows / length, np.float32)
