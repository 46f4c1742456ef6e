"""Where the sentences of a line begin and end."""

import re

# The end of a sentence: closing marks, perhaps a bracket or quote, white space, and then what can
# begin a sentence; the signs of Markdown emphasis close it, too. Each part is one class or bounded,
# so the search is linear.
_END = re.compile(r"[.!?…]{1,3}[)\]\"'’”*_]{0,4}(?=\s+[\"'“‘(\[]{0,2}[A-Z0-9£$€•])")

# Words whose full stop ends no sentence, in lower case; those of the second set before a number.
_ABBREVIATIONS = frozenset(
    {"e.g", "i.e", "eg", "ie", "cf", "vs", "viz", "approx", "incl", "dr", "mr", "mrs", "ms"}
    | {"prof", "rev", "st", "dept", "b.sc", "m.sc"}
)
_BEFORE_NUMBERS = frozenset(
    {"no", "nos", "ref", "tel", "ext", "fig", "min", "max", "jan", "feb", "mar", "apr", "jun"}
    | {"jul", "aug", "sep", "sept", "oct", "nov", "dec", "ca", "circa", "est", "avg", "pp", "vol"}
)
# Small letters that are short for "circa" and "page" there; "in C." is a language.
_LETTERS_BEFORE_NUMBERS = frozenset({"c", "p"})
_NUMBER = re.compile(r"\.\s{1,3}[(\[]?(?:[A-Z]{1,4}[-/ ]?)?[£$€]?\d")
_TITLES = ("mr", "mrs", "ms", "dr", "prof")

# The last word before a full stop; bounded, as no abbreviation is longer.
_LAST_WORD = re.compile(r"(?<![\w.])[\w.]{1,8}\Z")


def split_sentences(text: str, offset: int = 0) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence of ``text``, half-open, counted from ``offset``.

    For a line of an advert, ``split_sentences(line.text, line.start)`` gives offsets into the
    advert.

    >>> split_sentences("Node.js is a must. Rust, e.g. Tokio, is a plus.", 100)
    ((100, 118), (119, 147))
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        if text[found.start()] == "." and _is_abbreviation(text, found.start()):
            continue
        _add(spans, text, start, found.end(), offset)
        start = found.end()
    _add(spans, text, start, len(text), offset)
    return tuple(spans)


def _is_abbreviation(text: str, stop: int) -> bool:
    word = _LAST_WORD.search(text, max(0, stop - 9), stop)
    if word is None:
        return False
    found = word.group().lower()
    if found in _ABBREVIATIONS:
        return True
    if found in _BEFORE_NUMBERS or word.group() in _LETTERS_BEFORE_NUMBERS:
        return _NUMBER.match(text, stop) is not None
    # A letter is an initial behind a title ("Dr J. Smith"); "in C." ends a sentence.
    before = text[max(0, word.start() - 6) : word.start()].lower().split()
    return len(found) == 1 and bool(before) and before[-1].rstrip(".") in _TITLES


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int, offset: int) -> None:
    inner = text[start:end]
    left = start + len(inner) - len(inner.lstrip())
    right = start + len(inner.rstrip())
    if left < right:
        spans.append((left + offset, right + offset))
