"""Choose what makes a span worth showing: a grid over the dev parts, with the weights as they ship.

    python -m training.decoding --skillspan DIR/skillspan --green DIR/green

Prints, for the two layers of SkillSpan together and for Green's head, the settings that score best on
the sum of strict, any-overlap and line F1, and those of the card beside them. The first three go
into ``SETTINGS`` of ``training.build``.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import numpy as np
import spacy
from benchmarks.extraction import GoldText, Scores, TextSpan, compare, read_corpus
from spacy.language import Language

from starkit.pipeline.decoding import Chain, Worth, best_spans, chain
from starkit.pipeline.network import CARD_FILE, HEADS, WEIGHTS_FILE, read_network
from starkit.pipeline.tagger import SpanTagger, lay_out

GRID = {
    "span_cost": (0.2, 0.25, 0.3, 0.4),
    "token_weight": (0.1, 0.2, 0.4, 0.6),
    "token_cost": (0.3, 0.4, 0.5),
}
SHOWN = 8


@attrs.frozen(eq=False)
class Read:
    """A text with the probabilities of its tags, and where its tokens stand."""

    gold: GoldText
    chances: Chain
    places: Sequence[tuple[int, int]]
    style: float
    """Mean probability that a line is of Green's style."""


def read(texts: Sequence[GoldText], nlp: Language, tagger: SpanTagger) -> Iterator[Read]:
    """Run the network over texts."""
    for gold in texts:
        doc = nlp.make_doc(gold.text)
        laid = lay_out(doc)
        if not laid:
            continue
        lengths = np.array([len(line) for line in laid])
        scores = tagger.line_scores([doc], [laid], lengths, np.array([len(laid)]))
        tokens = np.concatenate(laid).tolist()
        places = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in tokens]
        style = float((1 / (1 + np.exp(-scores.lines[:, 2]))).mean())
        yield Read(gold, chain(scores.tags, tagger.network.moves, lengths), places, style)


def spans(one: Read, heads: Sequence[int], worths: Sequence[Worth]) -> Iterator[TextSpan]:
    """Spans of some heads in characters."""
    for head, worth in zip(heads, worths, strict=True):
        found = best_spans(one.chances, head, worth)
        for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True):
            yield one.places[start][0], one.places[end - 1][1], HEADS[head]


def scored(texts: Sequence[Read], heads: Sequence[int], worths: Sequence[Worth]) -> Scores:
    """Score one setting."""
    return compare([one.gold for one in texts], [list(spans(one, heads, worths)) for one in texts])


def total(scores: Scores) -> float:
    """What is made as large as can be."""
    return scores.strict.f1 + scores.any.f1 + scores.line.f1


def main() -> None:
    """Print the best settings."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--skillspan", type=Path, required=True, help="folder of SkillSpan")
    parser.add_argument("--green", type=Path, required=True, help="folder of Green")
    parser.add_argument(
        "--model", type=Path, help="folder of the weights (default: those that ship)"
    )
    options = parser.parse_args()
    network = options.model and read_network(
        (options.model / CARD_FILE).read_bytes(), (options.model / WEIGHTS_FILE).read_bytes()
    )
    nlp = spacy.blank("en")
    tagger = SpanTagger(nlp.vocab, network=network)
    kept = [Worth(**worth) for worth in tagger.network.card["worth"]]
    for folder, heads in ((options.skillspan, (0, 1)), (options.green, (2,))):
        texts = list(read(read_corpus(folder / "dev.json"), nlp, tagger))
        print(f"\n{folder.name} dev, {' and '.join(HEADS[head] for head in heads)}")
        print("of the card ", scored(texts, heads, [kept[head] for head in heads]))
        tried = []
        for values in itertools.product(*GRID.values()):
            worth = Worth(**dict(zip(GRID, values, strict=True)))
            tried.append((scored(texts, heads, [worth] * len(heads)), worth))
        tried.sort(key=lambda one: -total(one[0]))
        for scores, worth in tried[:SHOWN]:
            print(f"{total(scores):.3f} {scores} {worth}")
        best = max(tried, key=lambda one: one[0].strict.f1)
        print(f"best strict {best[0]} {best[1]}")
        styles = np.percentile([one.style for one in texts], [5, 50, 95])
        print("style, 5th, 50th and 95th percentile", np.round(styles, 2))


if __name__ == "__main__":
    main()
