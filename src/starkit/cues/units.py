"""Units: the sentences of an advert's lines, each with the section that it stands in."""

import re
from collections.abc import Iterator

import attrs

from starkit.adverts import Advert, Line, Section, split_sentences
from starkit.cues.kinds import find_kinds
from starkit.cues.priority import find_priorities


@attrs.frozen
class Unit:
    """One sentence or list item of an advert.

    Attributes:
        start: Where it begins in the advert's text.
        end: Where it ends.
        line: The line that holds it.
        section: The section that the line stands in.
        alone: True when it is all of its line.
    """

    start: int
    end: int
    line: Line
    section: Section
    alone: bool = True


# "**Finding stories.** You'll dig out ...", "**Law:** ...": a label in bold before what it sums up.
_IN_BOLD = re.compile(
    r"(\*\*|__)(?=\S)(?P<label>[^*_\n]{2,40}?)(?:[.:!–—-]\1|\1\s?[.:–—-])\s{1,4}(?=\S)"
)
_LABEL_TO = 5  # words


def _label(text: str) -> int:
    """Return how long the label of a line is that says nothing by itself, 0 without one."""
    found = _IN_BOLD.match(text)
    if found is None or len(found["label"].split()) > _LABEL_TO:
        return 0
    # "**German:** B2 or better" says in its label what is asked for.
    asks = find_kinds(found["label"]) or find_priorities(found["label"])
    return 0 if asks else found.end()


def units(advert: Advert) -> Iterator[Unit]:
    r"""Yield every sentence of an advert in order; a heading is one unit.

    >>> [unit.alone for unit in units(Advert("Essential\n- Excel. We use it daily."))]
    [True, False, False]
    """
    for section in advert.sections:
        for line in section.lines:
            if line.is_heading:
                yield Unit(line.start, line.end, line, section)
                continue
            label = _label(line.text)
            spans = split_sentences(line.text[label:], line.start + label)
            for start, end in spans:
                yield Unit(start, end, line, section, len(spans) == 1)
