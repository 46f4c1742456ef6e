"""From a text to its lines and sections: the steps in their order."""

from starkit.adverts.marks import mark_legends, take_marks
from starkit.adverts.pieces import cut_pieces, join_wrapped
from starkit.adverts.sections import group_sections
from starkit.adverts.shape import Line, Section
from starkit.adverts.tables import cut_tables
from starkit.adverts.titles import cut_at_headings, find_titles


def read_shape(text: str) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """Return the lines and the sections of an advert's text, in the order of reading.

    >>> lines, sections = read_shape("Desirable: a forklift licence")
    >>> [line.text for line in lines], sections[0].priority
    (['Desirable', 'a forklift licence'], 'desirable')
    """
    pieces = join_wrapped(text, cut_pieces(text))
    pieces = mark_legends(text, cut_at_headings(text, pieces))
    pieces = cut_tables(text, pieces)
    pieces = take_marks(text, pieces)
    return group_sections(text, find_titles(text, pieces))
