"""The shape of an advert on a spaCy doc: its lines, each with the section that it stands in.

``starkit_layout`` writes ``doc.spans["lines"]``: one span for each sentence or list item, labelled with
the kind of its section (``heading`` for headings), in order and without overlap. The group's ``attrs``
hold exact character offsets and all that is known of lines and sections, so that a doc that was
stored and loaded needs no second reading.
"""

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from starkit.adverts import Advert, Line, Section, SectionKind
from starkit.cues.units import Unit, units
from starkit.errors import PipelineError

FACTORY = "starkit_layout"
LINES_KEY = "lines"
HEADING_LABEL = "heading"


class Layout:
    r"""Writes the lines of an advert into ``doc.spans``.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> layout = nlp.add_pipe("starkit_layout")
    >>> doc = nlp("Benefits\n- A van")
    >>> [(line.label_, line.text) for line in doc.spans["lines"]]
    [('heading', 'Benefits'), ('benefits', 'A van')]
    """

    def __init__(self, name: str = FACTORY, *, spans_key: str = LINES_KEY) -> None:
        """Make the component.

        Args:
            name: of the component in its pipeline.
            spans_key: the key in ``doc.spans`` to write to.
        """
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc, in place."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Unit]:
        """Return the units of the doc's text; the doc is left as it is."""
        return list(units(Advert(doc.text)))

    def set_annotations(self, doc: Doc, found: list[Unit]) -> None:
        """Write units into ``doc.spans``."""
        spans, kept = [], []
        done = 0
        for unit in found:
            span = doc.char_span(unit.start, unit.end, alignment_mode="expand")
            if span is None or span.end <= done:
                continue
            label = HEADING_LABEL if unit.line.is_heading else str(unit.section.kind)
            spans.append(Span(doc, max(span.start, done), span.end, label=label))
            kept.append(unit)
            done = span.end
        doc.spans[self.spans_key] = SpanGroup(
            doc, name=self.spans_key, attrs=_as_data(kept), spans=spans
        )


def _as_data(found: list[Unit]) -> dict[str, Any]:
    """Return units in lists and strings, which a doc can store."""
    sections: list[Section] = []
    lines: list[Line] = []
    rows = []
    for unit in found:
        if not sections or sections[-1] is not unit.section:
            sections.append(unit.section)
        if not lines or lines[-1] is not unit.line:
            lines.append(unit.line)
        rows.append([unit.start, unit.end, len(lines) - 1, len(sections) - 1, unit.alone])
    return {
        "units": rows,
        "lines": [[ln.start, ln.end, ln.bullet, ln.is_heading, ln.mark] for ln in lines],
        "sections": [
            [sec.title, str(sec.kind), sec.start, sec.end, sec.priority, list(sec.parents)]
            for sec in sections
        ],
    }


def units_of(doc: Doc, *, spans_key: str = LINES_KEY, text: str | None = None) -> Iterator[Unit]:
    """Yield the units that ``starkit_layout`` wrote into a doc.

    A line knows its text, place, bullet and mark; a section all but its lines. ``text`` is the
    doc's, where the caller has it: spaCy puts it together from its tokens each time.

    Raises:
        PipelineError: The doc has no such spans.
    """
    if spans_key not in doc.spans or "units" not in doc.spans[spans_key].attrs:
        raise PipelineError(
            f"no lines under doc.spans[{spans_key!r}]",
            f'add the component "{FACTORY}" before those that read lines',
        )
    data = doc.spans[spans_key].attrs
    text = doc.text if text is None else text
    lines = [
        Line(text[start:end], start, end, bullet=bullet, is_heading=heading, mark=mark)
        for start, end, bullet, heading, mark in data["lines"]
    ]
    sections = [
        Section(title, SectionKind(kind), start, end, (), priority=priority, parents=tuple(parents))
        for title, kind, start, end, priority, parents in data["sections"]
    ]
    for start, end, line, section, alone in data["units"]:
        yield Unit(start, end, lines[line], sections[section], alone)


@Language.factory(FACTORY, assigns=["doc.spans"], default_config={"spans_key": LINES_KEY})
def make_layout(nlp: Language, name: str, spans_key: str) -> Layout:
    """Make the component for a pipeline."""
    del nlp
    return Layout(name, spans_key=spans_key)
