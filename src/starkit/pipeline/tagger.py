"""The trained component: skill and knowledge spans, and how likely each line asks for something.

``starkit_tagger`` reads the lines of ``doc.spans["lines"]`` where another component has written
them, and the lines of the text otherwise. It writes ``doc.spans["skills"]`` and
``doc.spans["skill_lines"]``, both with ``attrs["scores"]``. The lines of one advert see their
neighbours; adverts never see each other.

The component keeps no state between docs, so several threads may share one pipeline; each
prediction stays in its calling thread.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import srsly
from spacy import util
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from starkit.errors import PipelineError
from starkit.pipeline.decoding import OUTSIDE, Chain, Worth, best_spans, chain
from starkit.pipeline.network import (
    CARD_FILE,
    FEATURES,
    HEADS,
    WEIGHTS_FILE,
    Lines,
    LineScores,
    StoredNetwork,
    packaged_network,
    read_network,
)
from starkit.vectors import FILE_NAME as VECTORS_FILE
from starkit.vectors import WordVectors, load_vectors, read_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACTORY = "starkit_tagger"
SKILLS_KEY = "skills"
SKILL_LINES_KEY = "skill_lines"
LINES_KEY = "lines"
REQUIREMENT_LABEL = "REQUIREMENT"
"""Label of the spans under ``skill_lines``."""

_SKILL, _KNOWLEDGE, _OTHER = range(len(HEADS))
_ADVICE = "save the pipeline again, or install starkit again"


@attrs.frozen
class FoundSpan:
    """A span by token offsets into its doc, half-open."""

    start: int
    end: int
    label: str
    score: float


@attrs.frozen
class Prediction:
    """What the network found in one doc."""

    spans: tuple[FoundSpan, ...]
    lines: tuple[FoundSpan, ...]


@attrs.frozen(eq=False)
class _Head:
    """What one tagger found: spans over the tokens of a batch, and running probabilities."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    inside: NDArray[np.float64]
    """Sum of the probabilities to stand in a span over all tokens before; tokens + 1."""

    def mean(self, start: int, end: int) -> float:
        """Mean probability that a token of ``start`` to ``end`` stands in a span."""
        return float(self.inside[end] - self.inside[start]) / (end - start)


class SpanTagger(Pipe):
    """Writes skill spans and requirement lines with the packaged network.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> tagger = nlp.add_pipe("starkit_tagger")
    >>> doc = nlp("You have worked with Python and SQL.")
    >>> "Python" in [span.text for span in doc.spans["skills"]]
    True
    """

    network: StoredNetwork
    vectors: WordVectors

    def __init__(
        self,
        vocab: Vocab,
        name: str = FACTORY,
        *,
        recall_bias: float = 0.0,
        network: StoredNetwork | None = None,
        vectors: WordVectors | None = None,
    ) -> None:
        """Make the component.

        Args:
            vocab: of the pipeline that the component stands in.
            name: of the component in its pipeline.
            recall_bias: what is taken from the score of *not* standing in a span. Above 0 finds
                more spans and lets more wrong ones in; below 0 the other way. Useful: -1 to 1.
            network: weights; those of the package by default.
            vectors: word vectors; those of the package by default.
        """
        self.vocab = vocab
        self.name = name
        self.recall_bias = recall_bias
        self.network = network or packaged_network()
        self.vectors = vectors or load_vectors()

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that the component writes."""
        return HEADS

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc, in place."""
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate docs as they come, ``batch_size`` at a time, in order."""
        handle = self.get_error_handler()
        waiting = iter(stream)
        for docs in iter(lambda: list(itertools.islice(waiting, batch_size)), []):
            try:
                self.set_annotations(docs, self.predict(docs))
            except Exception as error:  # noqa: BLE001 - spaCy's error handler decides
                handle(self.name, self, docs, error)
            else:
                yield from docs

    def predict(self, docs: Sequence[Doc]) -> list[Prediction]:
        """Find spans and score lines; the docs are left as they are."""
        laid = [lay_out(doc) for doc in docs]
        lengths = np.array([len(line) for lines in laid for line in lines], np.int64)
        if not len(lengths):
            return [Prediction((), ()) for _ in docs]
        adverts = np.array([len(lines) for lines in laid], np.int64)
        scores = self.line_scores(docs, laid, lengths, adverts)
        chances = chain(scores.tags, self.network.moves, lengths)
        heads = [_head(chances, place, self.network.card) for place in range(len(HEADS))]
        likely = (1 / (1 + np.exp(-scores.lines))).astype(np.float32)
        return self._by_doc(laid, adverts, heads, likely)

    def line_scores(
        self,
        docs: Sequence[Doc],
        laid: Sequence[Sequence[NDArray[np.int64]]],
        lengths: NDArray[np.int64],
        adverts: NDArray[np.int64],
    ) -> LineScores:
        """Run the network.

        Args:
            docs: as spaCy's tokenizer made them.
            laid: the tokens of each line, by doc, from :func:`lay_out`.
            lengths: tokens of each line, docs laid end to end; never zero.
            adverts: lines of each doc.
        """
        scores = self.network.model.predict(self._lines(docs, laid, lengths, adverts))
        scores.tags[:, :, OUTSIDE] -= np.float32(self.recall_bias)
        return scores

    def _lines(
        self,
        docs: Sequence[Doc],
        laid: Sequence[Sequence[NDArray[np.int64]]],
        lengths: NDArray[np.int64],
        adverts: NDArray[np.int64],
    ) -> Lines:
        columns = [
            doc.to_array(["ORTH", *FEATURES])[np.concatenate(lines)]
            for doc, lines in zip(docs, laid, strict=True)
            if lines
        ]
        features = np.concatenate(columns)
        _, first, tokens = np.unique(features[:, 0], return_index=True, return_inverse=True)
        lexemes = np.ascontiguousarray(features[first, 1:], np.uint64)
        strings = self.vocab.strings
        vectors = self.vectors.rows(strings[int(key)] for key in lexemes[:, 0])
        return Lines(lexemes, vectors, tokens, lengths, adverts)

    def _by_doc(
        self,
        laid: Sequence[Sequence[NDArray[np.int64]]],
        adverts: NDArray[np.int64],
        heads: Sequence[_Head],
        likely: NDArray[np.float32],
    ) -> list[Prediction]:
        found = []
        line = token = 0
        for lines, count in zip(laid, adverts, strict=True):
            if not count:
                found.append(Prediction((), ()))
                continue
            places = np.concatenate(lines)
            mine = slice(line, line + int(count))
            all_trades = float(likely[mine, 2].mean()) > self.network.card["style_gate"]
            chances = likely[mine, 1] if all_trades else likely[mine, :2].max(axis=1)
            spans = (
                FoundSpan(int(places[s - token]), int(places[e - 1 - token]) + 1, label, score)
                for s, e, label, score in _merge(
                    heads, token, token + len(places), all_trades=all_trades
                )
            )
            found.append(
                Prediction(
                    tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label))),
                    tuple(
                        FoundSpan(int(at[0]), int(at[-1]) + 1, REQUIREMENT_LABEL, float(chance))
                        for at, chance in zip(lines, chances, strict=True)
                    ),
                )
            )
            line += int(count)
            token += len(places)
        return found

    def set_annotations(self, docs: Sequence[Doc], predictions: Sequence[Prediction]) -> None:
        """Write predictions into ``doc.spans``."""
        for doc, prediction in zip(docs, predictions, strict=True):
            for key, spans in ((SKILLS_KEY, prediction.spans), (SKILL_LINES_KEY, prediction.lines)):
                doc.spans[key] = SpanGroup(
                    doc,
                    name=key,
                    attrs={"scores": [span.score for span in spans]},
                    spans=[Span(doc, span.start, span.end, label=span.label) for span in spans],
                )

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Weights, card and word vectors as bytes."""
        del exclude
        data: bytes = srsly.msgpack_dumps(self._files())
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> SpanTagger:
        """Take weights, card and word vectors from bytes.

        Raises:
            PipelineError: the bytes are damaged.
        """
        del exclude
        try:
            files = srsly.msgpack_loads(data)
        except ValueError as error:
            raise PipelineError(f"a saved {self.name} cannot be read ({error})", _ADVICE) from error
        if not isinstance(files, dict) or not all(
            isinstance(files.get(name), bytes) for name in (CARD_FILE, WEIGHTS_FILE, VECTORS_FILE)
        ):
            raise PipelineError(f"a saved {self.name} lacks some of its files", _ADVICE)
        return self._take(files)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write weights, card and word vectors into a folder."""
        del exclude
        folder = util.ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self._files().items():
            (folder / name).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> SpanTagger:
        """Take weights, card and word vectors from a folder that ``to_disk`` wrote.

        Raises:
            PipelineError: a file is missing or damaged.
        """
        del exclude
        folder = util.ensure_path(path)
        try:
            files = {name: (folder / name).read_bytes() for name in self._files()}
        except OSError as error:
            raise PipelineError(f"{folder}: {error}", _ADVICE) from error
        return self._take(files)

    def _files(self) -> dict[str, bytes]:
        return {
            CARD_FILE: srsly.json_dumps(dict(self.network.card), indent=1).encode(),
            WEIGHTS_FILE: self.network.weights,
            VECTORS_FILE: self.vectors.source,
        }

    def _take(self, files: dict[str, bytes]) -> SpanTagger:
        self.network = read_network(files[CARD_FILE], files[WEIGHTS_FILE])
        self.vectors = read_vectors(files[VECTORS_FILE])
        if self.vectors.digest != self.network.card["vectors_sha256"]:
            raise PipelineError(
                "the word vectors are not those the weights were trained on", _ADVICE
            )
        return self


def lay_out(doc: Doc) -> list[NDArray[np.int64]]:
    """Tokens of each line, white space left out; a line without any other token is left out."""
    if not len(doc):
        return []
    solid = doc.to_array(["IS_SPACE"]).reshape(-1) == 0
    if LINES_KEY in doc.spans:
        bounds = [(line.start, line.end) for line in doc.spans[LINES_KEY]]
    else:
        breaks = [place + 1 for place in np.flatnonzero(~solid) if "\n" in doc[int(place)].text]
        edges = [0, *breaks, len(doc)]
        bounds = list(itertools.pairwise(edges))
    lines = (start + np.flatnonzero(solid[start:end]) for start, end in bounds)
    return [line for line in lines if len(line)]


def _head(chances: Chain, place: int, card: Mapping[str, Any]) -> _Head:
    spans = best_spans(chances, place, Worth(**card["worth"][place]))
    inside = np.r_[0.0, np.cumsum(1.0 - chances.tags[:, place, OUTSIDE], dtype=np.float64)]
    return _Head(spans.starts, spans.ends, inside)


def _merge(
    heads: Sequence[_Head], start: int, end: int, *, all_trades: bool
) -> Iterator[tuple[int, int, str, float]]:
    """Spans of one advert from the three taggers.

    In adverts of the style that the two-layer taggers know, their spans stand, and the third adds
    what overlaps none of them. Elsewhere the third says where spans are and the two name them.
    """
    spans = [_within(head, start, end) for head in heads]
    layered = [(s, e, label) for label in (_SKILL, _KNOWLEDGE) for s, e in spans[label]]
    if all_trades:
        for s, e in spans[_OTHER]:
            label = _name(heads, s, e)
            yield s, e, HEADS[label], heads[_OTHER].mean(s, e)
        return
    taken = np.zeros(end - start, bool)
    for s, e, label in layered:
        taken[s - start : e - start] = True
        yield s, e, HEADS[label], heads[label].mean(s, e)
    for s, e in spans[_OTHER]:
        if not taken[s - start : e - start].any():
            yield s, e, HEADS[_OTHER], heads[_OTHER].mean(s, e)


def _within(head: _Head, start: int, end: int) -> list[tuple[int, int]]:
    first, last = np.searchsorted(head.starts, (start, end))
    return list(zip(head.starts[first:last].tolist(), head.ends[first:last].tolist(), strict=True))


LEAST_NAMED = 0.15
"""A span of the third tagger is named by the first two when they find it at least this likely."""


def _name(heads: Sequence[_Head], start: int, end: int) -> int:
    skill, knowledge = heads[_SKILL].mean(start, end), heads[_KNOWLEDGE].mean(start, end)
    if max(skill, knowledge) < LEAST_NAMED:
        return _OTHER
    return _SKILL if skill >= knowledge else _KNOWLEDGE


@Language.factory(
    FACTORY,
    assigns=["doc.spans"],
    default_config={"recall_bias": 0.0},
)
def make_span_tagger(nlp: Language, name: str, recall_bias: float) -> SpanTagger:
    """Make the component for a pipeline, with the weights of the package."""
    return SpanTagger(nlp.vocab, name, recall_bias=recall_bias)
