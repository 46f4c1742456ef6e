"""Evidence made visible: a text cut into pieces, and the words that match marked."""

from collections.abc import Iterable, Sequence

import attrs

from starkit.adverts.sentences import split_sentences
from starkit.render.words import inside


@attrs.frozen
class Segment:
    """A piece of a text that is marked as a whole or not at all.

    Attributes:
        text: The words, with the spaces around them.
        marked: True for words that match.

    >>> Segment("NEWS2", marked=True).marked
    True
    """

    text: str
    marked: bool = attrs.field(default=False, kw_only=True)


def marked(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    """Cut ``text`` at the spans; marks that touch or overlap, or have a space between, become one.

    Args:
        text: Any text.
        spans: Half-open character offsets into ``text``, in any order; what lies outside is cut.

    >>> [(piece.text, piece.marked) for piece in marked("a sepsis six b", [(2, 8), (9, 12)])]
    [('a ', False), ('sepsis six', True), (' b', False)]
    """
    pieces: list[Segment] = []
    done = 0
    for start, end in _merged(text, spans):
        pieces += [Segment(inside(text[done:start])), Segment(inside(text[start:end]), marked=True)]
        done = end
    pieces.append(Segment(inside(text[done:])))
    return _trimmed(tuple(piece for piece in pieces if piece.text))


def _merged(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        start, end = max(0, low), min(high, len(text))
        if start >= end:
            continue
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _trimmed(pieces: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Take the space off both ends of the whole, and the pieces that were nothing else."""
    kept = list(pieces)
    while kept and not kept[0].text.lstrip():
        kept.pop(0)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[0] = attrs.evolve(kept[0], text=kept[0].text.lstrip())
        kept[-1] = attrs.evolve(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def snippet(
    text: str, spans: Sequence[tuple[int, int, float]], *, longest: int = 200
) -> tuple[float, tuple[Segment, ...]]:
    """Return the sentence of ``text`` with the strongest marks, and how strong they are together.

    A sentence that is longer than it may be loses words at its ends, with an ellipsis for them.

    Args:
        text: One part of a story.
        spans: Half-open character offsets into ``text``, each with a score.
        longest: Most characters wanted, not counting the ellipses.

    >>> strength, pieces = snippet("It was late. I called the doctor.", [(15, 21, 60.0)])
    >>> strength, "".join(piece.text for piece in pieces)
    (60.0, 'I called the doctor.')
    """
    best = (-1.0, 0, 0)
    for start, end in split_sentences(text) or ((0, len(text)),):
        strength = sum(score for low, high, score in spans if low < end and high > start)
        if strength > best[0]:
            best = (strength, start, end)
    strength, start, end = best
    within = [(low, high) for low, high, _ in spans if low < end and high > start]
    left, right = _window(text, start, end, within, longest)
    pieces = marked(
        text[left:right],
        [(max(low, left) - left, min(high, right) - left) for low, high in within],
    )
    before = (Segment("… "),) if left > start else ()
    after = (Segment(" …"),) if right < end else ()
    return strength, (*before, *pieces, *after)


def _window(
    text: str, start: int, end: int, spans: Sequence[tuple[int, int]], longest: int
) -> tuple[int, int]:
    """Return the part of a sentence to show: whole, or whole words around the marks."""
    if end - start <= longest:
        return start, end
    first = max(start, min((low for low, _ in spans), default=start))
    last = min(end, max((high for _, high in spans), default=start))
    if last - first > longest:  # the marks lie far apart: show where they begin
        last = first
    spare = longest - (last - first)
    left = max(start, first - spare // 2)
    right = min(end, left + longest)
    left = max(start, right - longest)
    if left > start:
        space = text.find(" ", left, first)
        left = left if space < 0 else space + 1
    if right < end:
        space = text.rfind(" ", last, right)
        right = right if space < 0 else space
    return left, right
