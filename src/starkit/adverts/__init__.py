"""Adverts: the text as it came, its lines and headed sections, offsets kept."""

from starkit.adverts.advert import Advert
from starkit.adverts.head import Head, read_head
from starkit.adverts.sentences import split_sentences
from starkit.adverts.shape import Line, Section, SectionKind

__all__ = [
    "Advert",
    "Head",
    "Line",
    "Section",
    "SectionKind",
    "read_head",
    "split_sentences",
]
