"""Requirements and questions made ready to be answered: what they ask for, without lead-ins."""

import re
from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.background import COUNTING_POWER, MEANING_POWER, background, generic_keys
from starkit.matching.similarity import Form, centred, word_rows, written
from starkit.matching.terms import NEGATED, asked_terms

# What a requirement opens with ends here: "records | of repairs", "a team | in a busy ward".
_LINK = re.compile(
    r"(?<![\w-])(?:of|for|to|in|with|from|by|using|through|on|including|under|during|when|such as)"
    r"(?![\w-])",
    re.IGNORECASE,
)


@attrs.frozen(eq=False)
class Asked:
    """What a list of texts asks for.

    Attributes:
        count: How many texts there are.
        forms: Every form asked for, each once.
        rows: A vector for each term, terms x dim.
        weights: How much each term counts, from texts at large.
        telling: The same, 0 for a term that says nothing by itself.
        starts: Where the terms of each text begin in ``terms``; one more than texts.
        terms: Numbers of the different terms of each text.
        opening: For each of them whether the text opens with it, before its first link such as *of*
            or *with*: the thing asked for, and not what it is about.
        vectors: A vector for each text, texts x dim, one long or zero.
    """

    count: int
    forms: tuple[Form, ...]
    rows: NDArray[np.float32]
    weights: NDArray[np.float32]
    telling: NDArray[np.float32]
    starts: NDArray[np.int64]
    terms: NDArray[np.int64]
    opening: NDArray[np.bool_]
    vectors: NDArray[np.float32]


def asked(texts: Sequence[str]) -> Asked:
    """Return texts made ready to be answered."""
    number: dict[Form, int] = {}
    starts = [0]
    wanted: list[int] = []
    opening: list[bool] = []
    for text in texts:
        here: dict[str, int] = {}
        end = None
        for term in asked_terms(text):
            if end is None:
                link = _LINK.search(text, term.end)
                end = link.start() if link else len(text)
            if term.key not in here:
                here[term.key] = number.setdefault(
                    Form(term.key, written(text[term.start : term.end])), len(number)
                )
                opening.append(term.start < end)
        wanted += here.values()
        starts.append(len(wanted))
    forms = tuple(number)
    rows = word_rows(forms)
    idf = background().weights([form.key for form in forms])
    bounds, terms = np.array(starts, np.int64), np.array(wanted, np.int64)
    meaning = idf**MEANING_POWER
    vectors = np.zeros((len(texts), rows.shape[1]), np.float32)
    for place in range(len(texts)):
        wanted_here = terms[bounds[place] : bounds[place + 1]]
        vectors[place] = meaning[wanted_here] @ rows[wanted_here]
    weights = idf**COUNTING_POWER
    telling = weights.copy()
    telling[[form.key.removeprefix(NEGATED) in generic_keys() for form in forms]] = 0
    return Asked(
        len(texts),
        forms,
        rows,
        weights,
        telling,
        bounds,
        terms,
        np.array(opening, np.bool_),
        centred(vectors),
    )
