"""Read the corpora and cut their tokens the way the pipeline cuts text.

A corpus line keeps its own tokens (scores are counted in them); ``cut`` gives the pieces that spaCy's
blank English tokenizer makes of each, which is what the model sees.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from spacy.tokenizer import Tokenizer

from starkit.pipeline import build_pipeline

HEADS = ("skill", "knowledge", "green")
TAGS = {"O": 0, "B": 1, "I": 2}
O, B, I = 0, 1, 2  # noqa: E741


@attrs.frozen(eq=False)
class CorpusLine:
    """One line of an advert, or one sentence where a corpus is shuffled."""

    tokens: tuple[str, ...]
    tags: Mapping[str, tuple[int, ...]]
    """BIO tags by head; a head that the corpus says nothing about is absent."""


@attrs.frozen(eq=False)
class CorpusAdvert:
    """The lines of one advert in order, or a single sentence."""

    lines: tuple[CorpusLine, ...]
    corpus: str


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a file with one JSON value a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_skillspan(path: Path) -> list[CorpusAdvert]:
    """SkillSpan: whole adverts, two layers."""
    adverts: dict[tuple[str, int], list[CorpusLine]] = {}
    for row in read_rows(path):
        tags = {head: _tags(row[f"tags_{head}"]) for head in ("skill", "knowledge")}
        line = CorpusLine(tuple(row["tokens"]), tags)
        adverts.setdefault((row["source"], row["idx"]), []).append(line)
    return [CorpusAdvert(tuple(lines), "skillspan") for lines in adverts.values()]


def read_green(path: Path) -> list[CorpusAdvert]:
    """Green: shuffled sentences, one untyped layer."""
    return [
        CorpusAdvert(
            (CorpusLine(tuple(row["tokens"]), {"green": _tags(row["tags_skill"])}),), "green"
        )
        for row in read_rows(path)
    ]


def _tags(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(TAGS[name[0]] for name in names)


@functools.cache
def tokenizer() -> Tokenizer:
    """The tokenizer of the shipped pipeline."""
    return build_pipeline(trained=False).tokenizer


@functools.cache
def cut(token: str) -> tuple[str, ...]:
    """Pieces that the pipeline's tokenizer makes of one corpus token."""
    return tuple(piece.text for piece in tokenizer()(token)) or (token,)


def cut_line(tokens: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Pieces of a line, and for each piece the corpus token that it belongs to."""
    pieces: list[str] = []
    owners: list[int] = []
    for owner, token in enumerate(tokens):
        parts = cut(token)
        pieces += parts
        owners += [owner] * len(parts)
    return pieces, np.asarray(owners, np.int64)


def cut_tags(tags: Sequence[int], owners: np.ndarray) -> np.ndarray:
    """BIO tags of the pieces: the first piece keeps a B, the rest continue."""
    found = np.asarray(tags, np.int64)[owners]
    follows = np.r_[False, owners[1:] == owners[:-1]]
    found[follows & (found == B)] = I
    return found


def spans_of(tags: Sequence[int]) -> list[tuple[int, int]]:
    """Half-open token spans of a BIO sequence; a stray I opens a span."""
    found: list[tuple[int, int]] = []
    start = -1
    for place, tag in enumerate([*tags, O]):
        if start >= 0 and tag != I:
            found.append((start, place))
            start = -1
        if tag == B or (tag == I and start < 0):
            start = place
    return found
