"""Requirement lines and clauses on a spaCy doc, by the rules over sections and words.

The trained tagger's score of a line was measured as a veto and took away more that is right than
wrong (docs/benchmarks.md), so it stands in ``doc.spans["skill_lines"]`` for callers and is not read here.

``starkit_requirements`` writes ``doc.spans["requirements"]``, labelled with the kind. ``attrs["asked"]``
holds one mapping a span with everything else: exact character offsets, priority and its reason,
years, level, section and further places.
"""

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from starkit.cues.asking import Asked, read_units
from starkit.cues.labels import Kind, Priority
from starkit.errors import PipelineError
from starkit.pipeline.layout import LINES_KEY, units_of

FACTORY = "starkit_requirements"
REQUIREMENTS_KEY = "requirements"


class RequirementLines:
    r"""Writes what an advert asks for into ``doc.spans``.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> layout = nlp.add_pipe("starkit_layout")
    >>> lines = nlp.add_pipe("starkit_requirements")
    >>> doc = nlp("Essential\n- A degree")
    >>> [(span.text, span.label_) for span in doc.spans["requirements"]]
    [('A degree', 'qualification')]
    """

    def __init__(
        self,
        name: str = FACTORY,
        *,
        spans_key: str = REQUIREMENTS_KEY,
        lines_key: str = LINES_KEY,
    ) -> None:
        """Make the component.

        Args:
            name: of the component in its pipeline.
            spans_key: the key in ``doc.spans`` to write to.
            lines_key: the key that the layout wrote to.
        """
        self.name = name
        self.spans_key = spans_key
        self.lines_key = lines_key

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc, in place."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[Asked, ...]:
        """Return what the doc asks for; the doc is left as it is."""
        text = doc.text
        found = units_of(doc, spans_key=self.lines_key, text=text)
        return read_units(found, text)

    def set_annotations(self, doc: Doc, found: tuple[Asked, ...]) -> None:
        """Write requirements into ``doc.spans``."""
        spans, asked = [], []
        for item in found:
            span = doc.char_span(
                item.start, item.end, label=str(item.kind), alignment_mode="expand"
            )
            if span is not None:
                spans.append(span)
                asked.append(_as_data(item))
        doc.spans[self.spans_key] = SpanGroup(
            doc, name=self.spans_key, attrs={"asked": asked}, spans=spans
        )


def _as_data(item: Asked) -> dict[str, Any]:
    """Return a requirement in lists and strings, which a doc can store."""
    return {
        "start": item.start,
        "end": item.end,
        "priority": str(item.priority),
        "reason": item.reason,
        "years": list(item.years) if item.years else None,
        "level": item.level,
        "section": item.section,
        "places": [list(place) for place in item.places],
    }


def asked_of(doc: Doc, *, spans_key: str = REQUIREMENTS_KEY) -> tuple[Asked, ...]:
    """Return what ``starkit_requirements`` wrote into a doc.

    Spans that another component wrote under the key are taken as they are, labels as kinds.

    Raises:
        PipelineError: The doc has no such spans, or a label is no kind of requirement.
    """
    if spans_key not in doc.spans:
        raise PipelineError(
            f"no requirements under doc.spans[{spans_key!r}]",
            f'add the component "{FACTORY}" at the end of the pipeline',
        )
    group = doc.spans[spans_key]
    if "asked" in group.attrs:
        return tuple(
            _from_data(Kind(span.label_), data)
            for span, data in zip(group, group.attrs["asked"], strict=True)
        )
    for span in group:
        if span.label_ not in list(Kind):
            raise PipelineError(
                f"doc.spans[{spans_key!r}] has the label {span.label_!r}",
                "label each span with a kind: " + ", ".join(Kind),
            )
    return tuple(Asked(span.start_char, span.end_char, Kind(span.label_)) for span in group)


def _from_data(kind: Kind, data: dict[str, Any]) -> Asked:
    years = data["years"]
    return Asked(
        data["start"],
        data["end"],
        kind,
        Priority(data["priority"]),
        data["reason"],
        (years[0], years[1]) if years else None,
        data["level"],
        data["section"],
        tuple((start, end) for start, end in data["places"]),
    )


@Language.factory(
    FACTORY,
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={
        "spans_key": REQUIREMENTS_KEY,
        "lines_key": LINES_KEY,
    },
)
def make_requirement_lines(
    nlp: Language, name: str, spans_key: str, lines_key: str
) -> RequirementLines:
    """Make the component for a pipeline."""
    del nlp
    return RequirementLines(name, spans_key=spans_key, lines_key=lines_key)
