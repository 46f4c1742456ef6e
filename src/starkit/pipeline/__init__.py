"""The spaCy side of starkit: its components, and the pipeline that ships with the package.

Only this room imports spaCy. Factories are entry points, so ``spacy.load`` of a saved pipeline and
``nlp.add_pipe("starkit_layout")`` work in any process where starkit is installed.
"""

import math
from functools import lru_cache

from spacy.lang.en import English, EnglishDefaults
from spacy.language import Language
from spacy.tokens import Doc

from starkit.errors import PipelineError
from starkit.pipeline import layout, lines, patterns, tagger
from starkit.pipeline.layout import LINES_KEY, Layout
from starkit.pipeline.lines import REQUIREMENTS_KEY, RequirementLines, asked_of
from starkit.pipeline.patterns import PATTERNS_KEY, SKILLS_KEY, PatternSkills
from starkit.pipeline.tagger import SpanTagger

__all__ = [
    "LINES_KEY",
    "PATTERNS_KEY",
    "REQUIREMENTS_KEY",
    "SKILLS_KEY",
    "Layout",
    "PatternSkills",
    "RequirementLines",
    "SpanTagger",
    "annotate",
    "asked_of",
    "load_pipeline",
]

# Names with signs in them that the English tokenizer would take apart.
_WHOLE = ("C#", "c#", "F#", "f#", ".NET", ".net", ".Net", "ASP.NET", "asp.net", "J#", "A*", "R&D")

# "C++/C#" and "C#/.NET" are two names: cut at a slash behind a sign or before a point.
_SLASHES = (r"(?<=[+#])/(?=\S)", r"(?<=[A-Za-z0-9])/(?=\.[A-Za-z])")


class _English(English):  # type: ignore[no-untyped-call]
    """English with those names whole.

    Set on a tokenizer that is made already, the infixes would have spaCy read its thirteen hundred
    exceptions anew.
    """

    class Defaults(EnglishDefaults):
        infixes = [*EnglishDefaults.infixes, *_SLASHES]  # noqa: RUF012 - spaCy declares it so
        tokenizer_exceptions = EnglishDefaults.tokenizer_exceptions | {
            name: [{"ORTH": name}] for name in _WHOLE
        }


def load_pipeline(*, recall_bias: float = 0.0, trained: bool = True) -> Language:
    r"""Return the packaged pipeline; it is made once for each choice of options.

    A processed doc carries ``doc.spans["lines"]``, ``doc.spans["skills"]`` (labels ``SKILL``,
    ``KNOWLEDGE`` and ``OTHER``, may nest) and ``doc.spans["requirements"]`` (labelled with the kind).

    Args:
        recall_bias: Above 0 the trained tagger finds more skills and lets more wrong ones in; below 0 the
            other way. Useful values lie between -1 and 1.
        trained: False leaves the trained tagger out, and rules alone find the skills.

    Raises:
        PipelineError: ``recall_bias`` is no finite number.

    >>> doc = load_pipeline(trained=False)("Essential\n- Experience of C++ and C#")
    >>> [span.text for span in doc.spans["skills"]]
    ['C++', 'C#']
    >>> [span.label_ for span in doc.spans["requirements"]]
    ['experience']
    """
    return _cached(_finite(recall_bias), bool(trained))


def _finite(bias: object) -> float:
    if isinstance(bias, int | float) and math.isfinite(bias):
        return float(bias)
    raise PipelineError(f"recall_bias is {bias!r}", "give a number, usefully -1 to 1")


# A few, and not all: a sweep over biases would keep every pipeline that it made.
@lru_cache(maxsize=4)
def _cached(recall_bias: float, trained: bool) -> Language:
    return build_pipeline(recall_bias=recall_bias, trained=trained)


def build_pipeline(*, recall_bias: float = 0.0, trained: bool = True) -> Language:
    """Return a new pipeline that is shared with nobody; options as for ``load_pipeline``."""
    nlp = _English.from_config()
    nlp.add_pipe(layout.FACTORY)
    if trained:
        nlp.add_pipe(patterns.FACTORY, config={"spans_key": PATTERNS_KEY})
        nlp.add_pipe(tagger.FACTORY, config={"recall_bias": recall_bias})
    else:
        nlp.add_pipe(patterns.FACTORY)
    nlp.add_pipe(lines.FACTORY)
    return nlp


def annotate(doc: Doc) -> Doc:
    r"""Add to a doc of any English pipeline what requirements are read from, where it is missing.

    Spans that are there already (``skills``, ``requirements``) stay as they are.

    >>> import spacy
    >>> doc = annotate(spacy.blank("en")("Essential\n- A driving licence"))
    >>> [(span.text, span.label_) for span in doc.spans["requirements"]]
    [('A driving licence', 'licence')]
    """
    if LINES_KEY not in doc.spans or "units" not in doc.spans[LINES_KEY].attrs:
        Layout()(doc)
    if REQUIREMENTS_KEY in doc.spans:
        if SKILLS_KEY not in doc.spans:
            PatternSkills()(doc)
        return doc
    if SKILLS_KEY not in doc.spans:
        PatternSkills(spans_key=PATTERNS_KEY)(doc)
        SpanTagger(doc.vocab)(doc)
    return RequirementLines()(doc)
