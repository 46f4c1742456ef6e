"""Score extraction against a labelled corpus, starkit beside its peers, in one go.

    python -m benchmarks.extraction --skillspan DIR --green DIR --part dev

runs every system that is installed, each in a process of its own, and prints strict, any-overlap,
token and line F1, words per CPU second and peak memory. ``--system NAME`` picks one;
``module:function`` scores a callable of your own (texts in, for each text its spans
``(start, end, label)`` out), and a path ending in ``.jsonl`` scores spans that were made elsewhere,
a text a line: ``[[start, end, label], ...]``.

All spans are scored as half-open ranges of corpus tokens. *Strict*: a span begins and ends on the
gold tokens, in its own layer; micro over the layers. *Any*: a span shares a token with some span of
the other side, whatever its layer. *Token*: a token stands in some span. *Line*: a line holds a
span (for a corpus of shuffled sentences, a sentence is a line). A corpus without labels has one
layer, and predictions of every label count towards it.
"""

from __future__ import annotations

import argparse
import bisect
import importlib
import importlib.util
import itertools
import json
import operator
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

TokenSpan = tuple[int, int]
TextSpan = tuple[int, int, str]
"""Character offsets, half-open, and a label."""

Extract = Callable[[Sequence[str]], Iterable[Iterable[TextSpan]]]

UNTYPED = "SPAN"
"""The one layer of a corpus without labels."""


# ---------------------------------------------------------------- scores


@attrs.frozen
class Counts:
    """What was found, what was wanted, and what of each was right."""

    right_found: int = 0
    found: int = 0
    right_wanted: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Counts of both together."""
        return Counts(
            self.right_found + other.right_found,
            self.found + other.found,
            self.right_wanted + other.right_wanted,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1; 0 where nothing was found."""
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found, 0 to 1; 0 where nothing was wanted."""
        return self.right_wanted / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@attrs.frozen
class ScoredLine:
    """Gold and predicted spans of one line, by layer."""

    gold: Mapping[str, Iterable[TokenSpan]]
    predicted: Mapping[str, Iterable[TokenSpan]]


@attrs.frozen
class Scores:
    """All figures of one system on one corpus."""

    layers: Mapping[str, Counts]
    strict: Counts
    any: Counts
    token: Counts
    line: Counts

    def row(self) -> dict[str, float]:
        """F1 figures, 0 to 1, by name."""
        by_layer = {f"strict {name.lower()}": counts.f1 for name, counts in self.layers.items()}
        return (by_layer if len(by_layer) > 1 else {}) | {
            "strict": self.strict.f1,
            "any": self.any.f1,
            "token": self.token.f1,
            "line": self.line.f1,
        }

    def __str__(self) -> str:
        """All figures on one line."""
        return "  ".join(f"{name} {value:.3f}" for name, value in self.row().items())


def score(lines: Iterable[ScoredLine]) -> Scores:
    """Score lines that each carry gold and predicted spans.

    >>> line = ScoredLine({"SKILL": [(0, 2)]}, {"SKILL": [(0, 1)]})
    >>> print(score([line]))
    strict 0.000  any 1.000  token 0.667  line 1.000
    """
    layers: dict[str, Counts] = {}
    overlap = tokens = held = Counts()
    for line in lines:
        everything = {span for spans in line.predicted.values() for span in spans}
        wanted = [span for spans in line.gold.values() for span in spans]
        for name, spans in line.gold.items():
            predicted = everything if name == UNTYPED else set(line.predicted.get(name, ()))
            gold = set(spans)
            right = len(gold & predicted)
            counts = Counts(right, len(predicted), right, len(gold))
            layers[name] = layers.get(name, Counts()) + counts
        gold_tokens = {place for span in wanted for place in range(*span)}
        found_tokens = {place for span in everything for place in range(*span)}
        overlap += Counts(
            sum(not gold_tokens.isdisjoint(range(*span)) for span in everything),
            len(everything),
            sum(not found_tokens.isdisjoint(range(*span)) for span in wanted),
            len(wanted),
        )
        both = len(gold_tokens & found_tokens)
        tokens += Counts(both, len(found_tokens), both, len(gold_tokens))
        hit = int(bool(wanted) and bool(everything))
        held += Counts(hit, int(bool(everything)), hit, int(bool(wanted)))
    return Scores(layers, sum(layers.values(), Counts()), overlap, tokens, held)


# ---------------------------------------------------------------- corpora


@attrs.frozen
class GoldLine:
    """One line of a corpus: its tokens and its spans by layer."""

    tokens: tuple[str, ...]
    spans: Mapping[str, tuple[TokenSpan, ...]]


@attrs.frozen
class GoldText:
    """An advert, or one sentence where the corpus is shuffled."""

    lines: tuple[GoldLine, ...]

    @property
    def text(self) -> str:
        """Tokens joined by blanks, lines by line breaks."""
        return "\n".join(" ".join(line.tokens) for line in self.lines)


def read_corpus(path: Path) -> list[GoldText]:
    """Read a file with one JSON value a line: ``tokens`` and BIO tags.

    Rows with ``tags_knowledge`` have two layers, and neighbouring rows with the same ``idx`` and
    ``source`` are one advert; other rows have one layer and stand alone.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    numbered = enumerate(rows)
    texts = itertools.groupby(
        numbered,
        key=lambda item: (
            (item[1]["source"], item[1]["idx"]) if "tags_knowledge" in item[1] else item[0]
        ),
    )
    return [GoldText(tuple(_gold_line(row) for _, row in group)) for _, group in texts]


def _gold_line(row: Mapping[str, Any]) -> GoldLine:
    if "tags_knowledge" in row:
        spans = {name: spans_of(row[f"tags_{name.lower()}"]) for name in ("SKILL", "KNOWLEDGE")}
    else:
        spans = {UNTYPED: spans_of(row["tags_skill"])}
    return GoldLine(tuple(row["tokens"]), spans)


def spans_of(tags: Sequence[str]) -> tuple[TokenSpan, ...]:
    """Half-open token spans of BIO tags; a stray I opens a span.

    >>> spans_of(["B", "I", "O", "B-x", "B"])
    ((0, 2), (3, 4), (4, 5))
    """
    found: list[TokenSpan] = []
    start = -1
    for place, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag[0] != "I":
            found.append((start, place))
            start = -1
        if tag[0] == "B" or (tag[0] == "I" and start < 0):
            start = place
    return tuple(found)


def to_tokens(gold: GoldText, spans: Iterable[TextSpan]) -> list[dict[str, list[TokenSpan]]]:
    """Give for each line the tokens that each span touches, by label."""
    found: list[dict[str, list[TokenSpan]]] = [{} for _ in gold.lines]
    bounds: list[tuple[int, int, int, int]] = []
    offset = 0
    for number, line in enumerate(gold.lines):
        for place, token in enumerate(line.tokens):
            bounds.append((offset, offset + len(token), number, place))
            offset += len(token) + 1
        offset += not line.tokens
    starts = [bound[0] for bound in bounds]
    for start, end, label in spans:
        first = _first_touched(bounds, starts, start)
        last = bisect.bisect_left(starts, end)
        for number, group in itertools.groupby(bounds[first:last], key=operator.itemgetter(2)):
            places = [bound[3] for bound in group]
            found[number].setdefault(label, []).append((places[0], places[-1] + 1))
    return found


def _first_touched(
    bounds: Sequence[tuple[int, int, int, int]], starts: Sequence[int], at: int
) -> int:
    place = max(0, bisect.bisect_right(starts, at) - 1)
    return place + (place < len(bounds) and bounds[place][1] <= at)


def compare(corpus: Sequence[GoldText], found: Iterable[Iterable[TextSpan]]) -> Scores:
    """Score the spans found in each text of a corpus."""
    return score(
        ScoredLine(line.spans, predicted)
        for gold, spans in zip(corpus, found, strict=True)
        for line, predicted in zip(gold.lines, to_tokens(gold, spans), strict=True)
    )


def gold_spans(gold: GoldText) -> list[TextSpan]:
    """The gold spans of a text in characters: what a perfect system would find."""
    found = []
    offset = 0
    for line in gold.lines:
        starts = list(itertools.accumulate((len(t) + 1 for t in line.tokens), initial=offset))
        for label, spans in line.spans.items():
            found += [(starts[s], starts[e] - 1, label) for s, e in spans]
        offset = starts[-1] + (not line.tokens)
    return found


# ---------------------------------------------------------------- systems


def whole_lines(train: Sequence[GoldText]) -> Extract:
    """Floor: every line is one span."""
    del train

    def extract(texts: Sequence[str]) -> Iterator[list[TextSpan]]:
        for text in texts:
            ends = list(itertools.accumulate(len(line) + 1 for line in text.split("\n")))
            yield [(s, e - 1, UNTYPED) for s, e in zip([0, *ends], ends, strict=False) if e - s > 1]

    return extract


def phrase_matcher(train: Sequence[GoldText]) -> Extract:
    """Peer: spaCy's PhraseMatcher over all gold spans of the train part, lower-cased."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    phrases: dict[str, set[str]] = {}
    for gold in train:
        text = gold.text
        for start, end, label in gold_spans(gold):
            phrases.setdefault(label, set()).add(text[start:end].lower())
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for label, texts in phrases.items():
        matcher.add(label, [nlp.make_doc(text) for text in sorted(texts)])

    def extract(texts: Sequence[str]) -> Iterator[list[TextSpan]]:
        for text in texts:
            doc = nlp.make_doc(text)
            matches = matcher(doc, as_spans=True)
            by_label = {span.label_ for span in matches}
            yield [
                (span.start_char, span.end_char, label)
                for label in sorted(by_label)
                for span in filter_spans([m for m in matches if m.label_ == label])
            ]

    return extract


def hand_crf(train: Sequence[GoldText]) -> Extract:
    """Peer: one linear-chain CRF a layer with hand-made features (sklearn-crfsuite)."""
    import sklearn_crfsuite

    layers = sorted({name for gold in train for line in gold.lines for name in line.spans})
    lines = [line for gold in train for line in gold.lines if line.tokens]
    features = [_hand_features(line.tokens) for line in lines]
    models = {}
    for layer in layers:
        model = sklearn_crfsuite.CRF(
            c1=0.1, c2=0.05, max_iterations=60, all_possible_transitions=True
        )
        model.fit(features, [_bio(line, layer) for line in lines])
        models[layer] = model

    def extract(texts: Sequence[str]) -> Iterator[list[TextSpan]]:
        for text in texts:
            rows = [line.split(" ") if line else [] for line in text.split("\n")]
            given = [_hand_features(row) for row in rows]
            tagged = GoldText(
                tuple(
                    GoldLine(
                        tuple(row),
                        {
                            layer: spans_of(model.predict_single(seen)) if row else ()
                            for layer, model in models.items()
                        },
                    )
                    for row, seen in zip(rows, given, strict=True)
                )
            )
            yield gold_spans(tagged)

    return extract


def _bio(line: GoldLine, layer: str) -> list[str]:
    tags = ["O"] * len(line.tokens)
    for start, end in line.spans[layer]:
        tags[start:end] = ["B", *["I"] * (end - start - 1)]
    return tags


def _hand_features(tokens: Sequence[str]) -> list[dict[str, Any]]:
    def facts(word: str, where: str) -> dict[str, Any]:
        return {
            f"{where}lower": word.lower(),
            f"{where}suffix": word[-3:].lower(),
            f"{where}prefix": word[:3].lower(),
            f"{where}title": word.istitle(),
            f"{where}upper": word.isupper(),
            f"{where}digit": any(map(str.isdigit, word)),
        }

    padded = ["", "", *tokens, "", ""]
    return [
        {"bias": 1.0, "place": min(place, 5)}
        | {k: v for at in range(5) for k, v in facts(padded[place + at], f"{at - 2}:").items()}
        for place in range(len(tokens))
    ]


def starkit_tagger(train: Sequence[GoldText]) -> Extract:
    """The trained component of starkit alone."""
    del train
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("starkit_tagger")
    return _spans_of_pipeline(nlp)


def starkit(train: Sequence[GoldText]) -> Extract:
    """The whole pipeline of starkit, rules included."""
    del train
    from starkit.pipeline import load_pipeline

    return _spans_of_pipeline(load_pipeline())


def _spans_of_pipeline(nlp: Any) -> Extract:
    def extract(texts: Sequence[str]) -> Iterator[list[TextSpan]]:
        for doc in nlp.pipe(texts):
            yield [(s.start_char, s.end_char, s.label_) for s in doc.spans["skills"]]

    return extract


SYSTEMS: Mapping[str, Callable[[Sequence[GoldText]], Extract]] = {
    "whole lines": whole_lines,
    "phrase matcher": phrase_matcher,
    "hand CRF": hand_crf,
    "starkit tagger": starkit_tagger,
    "starkit": starkit,
}
"""Makers of systems: the train part in, an extractor out."""

NEEDS = {"phrase matcher": "spacy", "hand CRF": "sklearn_crfsuite", "starkit tagger": "spacy"}
"""Libraries without which a system is skipped."""


def make_system(name: str, train: Sequence[GoldText]) -> Extract:
    """A system by its name, or by ``module:function`` of a callable, or by a JSONL path."""
    if name in SYSTEMS:
        return SYSTEMS[name](train)
    if name.endswith(".jsonl"):
        rows = [json.loads(row) for row in Path(name).read_text(encoding="utf-8").splitlines()]
        return lambda texts: [[tuple(span) for span in row] for row in rows[: len(texts)]]
    module, _, function = name.partition(":")
    found: Extract = getattr(importlib.import_module(module), function)
    return found


# ---------------------------------------------------------------- measuring


@attrs.frozen
class Measured:
    """One system on one corpus."""

    scores: Scores
    words_per_second: float
    """Words per CPU second, all threads counted."""
    load_seconds: float
    peak_mib: float
    """Peak memory of the process, libraries and corpus included."""


def measure(name: str, corpus: Sequence[GoldText], train: Sequence[GoldText]) -> Measured:
    """Make a system, run it over a corpus, score it."""
    begun = time.perf_counter()
    extract = make_system(name, train)
    texts = [gold.text for gold in corpus]
    if not name.endswith(".jsonl"):
        list(extract(texts[:2]))
    loaded = time.perf_counter() - begun
    cpu = time.process_time()
    found = [list(spans) for spans in extract(texts)]
    seconds = time.process_time() - cpu
    words = sum(len(text.split()) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(compare(corpus, found), words / max(seconds, 1e-9), loaded, peak)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the systems over the corpora and print a table for each corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--skillspan", type=Path, help="folder of SkillSpan")
    parser.add_argument("--green", type=Path, help="folder of Green")
    parser.add_argument("--part", default="dev", help="which part is scored (default: dev)")
    parser.add_argument(
        "--system", action="append", help="a system; may be repeated (default: all)"
    )
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    for folder in (options.skillspan, options.green):
        if folder is None:
            continue
        if options.alone:
            _print_row(options.system[0], folder, options.part)
            continue
        print(f"\n{folder.name}, {options.part}")
        for name in options.system or SYSTEMS:
            if name in NEEDS and importlib.util.find_spec(NEEDS[name]) is None:
                print(f"{name:16} not run: {NEEDS[name]} is not installed")
                continue
            # A process of its own, so that memory is this system's alone.
            own = [sys.executable, "-m", "benchmarks.extraction", "--alone", "--part", options.part]
            kind = "--skillspan" if folder == options.skillspan else "--green"
            command = [*own, kind, str(folder), "--system", name]
            subprocess.run(command, check=True)  # noqa: S603 - our own module and arguments


def _print_row(name: str, folder: Path, part: str) -> None:
    corpus, train = read_corpus(folder / f"{part}.json"), read_corpus(folder / "train.json")
    result = measure(name, corpus, train)
    print(
        f"{name:16} {result.scores}  | {result.words_per_second:9,.0f} words/CPU s"
        f"  load {result.load_seconds:5.2f} s  peak {result.peak_mib:5.0f} MiB",
        flush=True,
    )


if __name__ == "__main__":
    main()
