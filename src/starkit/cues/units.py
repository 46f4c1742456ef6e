"""Units: the sentences of an advert's lines, each with the section that it stands in."""

from collections.abc import Iterator

import attrs

from starkit.adverts import Advert, Line, Section, split_sentences


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
            spans = split_sentences(line.text, line.start)
            for start, end in spans:
                yield Unit(start, end, line, section, len(spans) == 1)
