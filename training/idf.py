"""Make the background table of term frequencies that alignment weighs words by.

A term's weight has to be the same in every bank, so it comes from adverts and work tasks at large and
never from the texts that are compared. Counted are the lines of SkillSpan and Green (train parts) and
the tasks and activities of O*NET; a term that stands in one line only is left to the default.

The same lines tell which terms are names (Java, Photoshop): those that nearly always have a capital
inside a sentence. A name answers itself only, however near in meaning another one is. Last, the table
holds the mean direction of the lines under the shared word vectors, so that two texts are not near for
being about work; it has to be rebuilt whenever the vectors are.

    python -m training.idf --data DATA --out src/starkit/data/matching/background.npz
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs
import numpy as np

from starkit.matching.background import MEANING_POWER, Background
from starkit.matching.terms import NEGATED, terms
from starkit.vectors import load_vectors
from training.corpora import read_rows

ADVERTS = ("skillspan/train.json", "green/train.json")
TASKS = ("onet-occ", "onet-pool", "onet-rev")
LEAST_LINES = 2  # a term in fewer lines than this is not stored
NAME_SHARE = 0.8  # of its places inside sentences, so many have a capital
NAME_PLACES = 3  # a term seen fewer times inside sentences is not judged
HEADING_SHARE = 0.5  # a line with more capitals than this tells nothing about names


def lines(data: Path) -> Iterator[str]:
    """Every different line of the corpora, each once."""
    seen: set[str] = set()
    for name in ADVERTS:
        seen.update(" ".join(row["tokens"]) for row in read_rows(data / name))
    for name in TASKS:
        seen.update(json.loads((data / f"alignment/{name}.docs.json").read_text(encoding="utf-8")))
    yield from sorted(seen)


@attrs.frozen
class Counts:
    """Lines with any term, lines by term, and the places of a term inside sentences."""

    total: int
    lines: Counter[str]
    inside: Counter[str]
    capitals: Counter[str]

    def is_name(self, key: str) -> bool:
        """Whether a term nearly always has a capital."""
        places = self.inside[key]
        return places >= NAME_PLACES and self.capitals[key] >= NAME_SHARE * places


def count(texts: Iterable[str]) -> Counts:
    """Count the terms of the lines."""
    total, found, inside, capitals = 0, Counter[str](), Counter[str](), Counter[str]()
    for text in texts:
        held = terms(text)
        keys = [term.key.removeprefix(NEGATED) for term in held]
        total += bool(keys)
        found.update(set(keys))
        large = [
            text[term.start : term.end] != text[term.start : term.end].lower() for term in held
        ]
        if sum(large) > HEADING_SHARE * len(large):
            continue
        for term, key, capital in zip(held, keys, large, strict=True):
            before = text[: term.start].rstrip(" \"'“‘(")
            if before and before[-1] not in ".:!?•*-–;":
                inside[key] += 1
                capitals[key] += capital
    return Counts(total, found, inside, capitals)


def centre(texts: Sequence[str], weights: Mapping[str, float]) -> np.ndarray:
    """Mean direction of the lines."""
    total = np.zeros(load_vectors().dim)
    for text in texts:
        held = terms(text)
        if not held:
            continue
        rows = load_vectors().rows(text[term.start : term.end] for term in held)
        powers = [weights[term.key.removeprefix(NEGATED)] ** MEANING_POWER for term in held]
        line = np.asarray(powers) @ rows
        total += line / max(float(np.linalg.norm(line)), 1e-6)
    return total / len(texts)


def build(data: Path, out: Path) -> dict[str, int]:
    """Write the table; give its size."""
    texts = list(lines(data))
    counts = count(texts)
    table = Background(counts.total, dict(counts.lines), frozenset(), np.zeros(0, np.float32), "")
    weights = dict(zip(counts.lines, table.weights(list(counts.lines)).tolist(), strict=True))
    kept = sorted(key for key, times in counts.lines.items() if times >= LEAST_LINES)
    names = [counts.is_name(key) for key in kept]
    np.savez_compressed(
        out,
        terms=np.frombuffer("\n".join(kept).encode(), np.uint8),
        lines=np.array([counts.lines[key] for key in kept], np.uint16),
        names=np.packbits(names),
        centre=centre(texts, weights).astype(np.float16),
        vectors=np.frombuffer(load_vectors().digest.encode(), np.uint8),
        total=np.array(counts.total, np.int64),
    )
    return {
        "lines": counts.total,
        "terms": len(kept),
        "names": sum(names),
        "bytes": out.stat().st_size,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    print(build(options.data, options.out))
