"""Skill phrases found by rules: what stands after "experience of", named tools, lists, papers.

``starkit_patterns`` writes spans labelled ``SKILL``, ``KNOWLEDGE`` or ``OTHER`` into
``doc.spans["skills"]``, or under another key where the trained tagger owns that one.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from starkit.adverts import SectionKind
from starkit.cues.phrases import find_phrases
from starkit.pipeline.layout import LINES_KEY, units_of

FACTORY = "starkit_patterns"
SKILLS_KEY = "skills"
PATTERNS_KEY = "patterns"
"""Where the patterns write beside the trained tagger."""

# Sections whose names and phrases are the employer's, not the candidate's.
_SILENT = frozenset(
    {
        SectionKind.BENEFITS,
        SectionKind.COMPANY,
        SectionKind.APPLICATION,
        SectionKind.EQUALITY,
    }
)


class PatternSkills:
    r"""Writes the skill phrases that patterns find into ``doc.spans``.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> layout = nlp.add_pipe("starkit_layout")
    >>> patterns = nlp.add_pipe("starkit_patterns")
    >>> doc = nlp("Essential\n- Experience of payroll")
    >>> [span.text for span in doc.spans["skills"]]
    ['payroll']
    """

    def __init__(
        self, name: str = FACTORY, *, spans_key: str = SKILLS_KEY, lines_key: str = LINES_KEY
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

    def match(self, doc: Doc) -> list[Span]:
        """Return the spans that the patterns find; the doc is left as it is."""
        return list(self._spans(doc))

    def _spans(self, doc: Doc) -> Iterator[Span]:
        text = doc.text
        for unit in units_of(doc, spans_key=self.lines_key, text=text):
            if unit.line.is_heading or unit.section.kind in _SILENT:
                continue
            for phrase in find_phrases(text[unit.start : unit.end]):
                span = doc.char_span(
                    unit.start + phrase.start,
                    unit.start + phrase.end,
                    label=phrase.label,
                    alignment_mode="expand",
                )
                if span is not None:
                    yield span

    def set_annotations(self, doc: Doc, found: list[Span]) -> None:
        """Write spans into ``doc.spans``."""
        unique = {(span.start, span.end): span for span in found}
        doc.spans[self.spans_key] = SpanGroup(
            doc, name=self.spans_key, spans=sorted(unique.values())
        )


@Language.factory(
    FACTORY,
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={"spans_key": SKILLS_KEY, "lines_key": LINES_KEY},
)
def make_patterns(nlp: Language, name: str, spans_key: str, lines_key: str) -> PatternSkills:
    """Make the component for a pipeline."""
    del nlp
    return PatternSkills(name, spans_key=spans_key, lines_key=lines_key)
