"""Turn corpora into batches: token types, augmentation, pseudo-adverts, gold and soft labels."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np
import spacy
import torch
from thinc.api import NumpyOps

from starkit.vectors import WordVectors
from training.corpora import HEADS, B, CorpusAdvert, I, O, cut_line, cut_tags
from training.network import HINT_WIDTH, Batch

LONGEST = 100
"""Tokens of a line that are trained on; the rest of a longer line is another line."""


class TokenTypes:
    """Every distinct token seen so far, with its hashed features and its static vector."""

    def __init__(self, vectors: WordVectors, rows: Sequence[int]) -> None:
        self.vectors, self.table_rows = vectors, rows
        self.vocab = spacy.blank("en").vocab
        self.ops = NumpyOps()
        self.index: dict[str, int] = {}
        self._features: list[np.ndarray] = []
        self._vectors: list[np.ndarray] = []
        self._tensors: tuple[torch.Tensor, torch.Tensor] | None = None

    def rows(self, words: Sequence[str]) -> list[int]:
        """Row of each word, added where it is new."""
        new = [w for w in dict.fromkeys(words) if w not in self.index]
        if new:
            self._tensors = None
            lexemes = [self.vocab[w] for w in new]
            ids = np.array([[x.lower, x.prefix, x.suffix, x.shape] for x in lexemes], np.uint64)
            keys = np.stack(
                [
                    self.ops.hash(np.ascontiguousarray(ids[:, i]), i + 8) % rows
                    for i, rows in enumerate(self.table_rows)
                ],
                1,
            )
            self._features.append(keys.astype(np.int64))
            self._vectors.append(self.vectors.rows(new))
            for word in new:
                self.index[word] = len(self.index)
        return [self.index[w] for w in words]

    def tensors(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Hashed features (types x tables x 4) and vectors (types x dim)."""
        if self._tensors is None:
            self._features = [np.concatenate(self._features)]
            self._vectors = [np.concatenate(self._vectors)]
            self._tensors = torch.from_numpy(self._features[0]), torch.from_numpy(self._vectors[0])
        return self._tensors


@attrs.define(eq=False)
class TrainLine:
    """A line of the training corpus, with a teacher's labels where there is a teacher."""

    tokens: tuple[str, ...]
    tags: Mapping[str, tuple[int, ...]]
    soft: np.ndarray | None = None
    """Pairwise marginals of the pieces of the plain line, pieces x heads x 9."""
    soft_line: np.ndarray | None = None
    """The teacher's probability that the line holds a span of either kind, 2."""
    hint: np.ndarray | None = None
    """What MiniLM makes of the pieces of the plain line, pieces x hint width."""
    made: Example | None = None
    """The plain line with its soft labels, once it has been put together."""
    silver: Mapping[str, tuple[int, ...]] = attrs.field(factory=dict)
    """The teacher's tags, for heads without gold, of the corpus tokens."""


def train_lines(adverts: Sequence[CorpusAdvert]) -> list[list[TrainLine]]:
    """Lines to train on, by advert; long lines are split where no span is cut."""
    out = []
    for advert in adverts:
        lines = []
        for line in advert.lines:
            start = 0
            while start < len(line.tokens):
                end = min(len(line.tokens), start + LONGEST)
                while (
                    end < len(line.tokens)
                    and end > start + 40
                    and any(t[end] == I for t in line.tags.values())
                ):
                    end -= 1
                lines.append(
                    TrainLine(
                        line.tokens[start:end], {h: t[start:end] for h, t in line.tags.items()}
                    )
                )
                start = end
        out.append(lines)
    return out


# ---------------------------------------------------------------- augmentation

_NAMES = {
    "<ORGANIZATION>": [
        "Siemens",
        "Acme",
        "Deloitte",
        "Google",
        "Zalando",
        "Maersk",
        "Nordea",
        "Ltd",
        "Group",
        "Barclays",
        "Tesco",
        "NHS",
        "Bosch",
        "Novo",
    ],
    "<LOCATION>": [
        "London",
        "Berlin",
        "Copenhagen",
        "Denmark",
        "Leeds",
        "Paris",
        "Germany",
        "Bristol",
        "Aarhus",
        "Manchester",
        "UK",
        "Europe",
    ],
    "<ADDRESS>": ["High", "Street", "12", "Park", "Road", "Building", "4B", "Floor", "DK-2100"],
    "<PROFESSION>": [
        "manager",
        "engineer",
        "analyst",
        "nurse",
        "developer",
        "assistant",
        "driver",
        "consultant",
        "teacher",
    ],
    "<CONTACT>": ["jobs@example.com", "Anna", "Smith", "+44", "1234", "567890", "John"],
}
_BULLETS = ("•", "-", "*", "·", "–", "o", "●", "1.", "2)")
_STARS = re.compile(r"\*{2,}")

Tagged = tuple[list[str], dict[str, list[int]]]


def augment(
    tokens: Sequence[str], tags: Mapping[str, Sequence[int]], corpus: str, chance: random.Random
) -> Tagged:
    """Vary a line the way real adverts vary: commas, bullets, case, full stops, names, digits."""
    words = list(tokens)
    marks = {head: list(seen) for head, seen in tags.items()}
    if corpus == "skillspan":
        if chance.random() < 0.4:
            words, marks = _commas(words, marks)
        if chance.random() < 0.5:
            words = [chance.choice(_NAMES[w]) if w in _NAMES else w for w in words]
    else:
        if chance.random() < 0.6:
            words = ["," if w == '"' else w for w in words]
        if chance.random() < 0.5:
            words = [
                _STARS.sub(
                    lambda m: str(chance.randrange(10 ** len(m[0]) if len(m[0]) < 3 else 40)), w
                )
                for w in words
            ]
        if len(words) > 6 and chance.random() < 0.15:
            words, marks = _crop(words, marks, chance)
    if words and words[-1] == "." and chance.random() < 0.3 and len(words) > 1:
        words = words[:-1]
        marks = {head: seen[:-1] for head, seen in marks.items()}
    if chance.random() < 0.1:
        words = [chance.choice(_BULLETS), *words]
        marks = {head: [O, *seen] for head, seen in marks.items()}
    if chance.random() < 0.05:
        change = chance.choice((str.lower, str.upper, str.title))
        words = [change(w) for w in words]
    return words, marks


def _commas(words: list[str], marks: dict[str, list[int]]) -> Tagged:
    """A comma wherever one span follows another without a gap."""
    cuts = {
        place
        for seen in marks.values()
        for place in range(1, len(words))
        if seen[place] == B and seen[place - 1] != O and all(t[place] != I for t in marks.values())
    }
    new_words: list[str] = []
    new_marks: dict[str, list[int]] = {head: [] for head in marks}
    for place, word in enumerate(words):
        if place in cuts and words[place - 1] not in {"and", "or", "/", "&", ","}:
            new_words.append(",")
            for seen in new_marks.values():
                seen.append(O)
        new_words.append(word)
        for head, seen in new_marks.items():
            seen.append(marks[head][place])
    return new_words, new_marks


def _crop(words: list[str], marks: dict[str, list[int]], chance: random.Random) -> Tagged:
    """A part of the line that cuts no span."""
    places = [
        p
        for p in range(len(words) + 1)
        if p == len(words) or all(seen[p] != I for seen in marks.values())
    ]
    start, end = sorted(chance.sample(places, 2)) if len(places) > 1 else (0, len(words))
    if end - start < 3:
        return words, marks
    return words[start:end], {head: seen[start:end] for head, seen in marks.items()}


# ---------------------------------------------------------------- batches


@attrs.frozen
class Mixing:
    """How adverts are put together and labels weighed."""

    skillspan_tokens: int = 1000
    green_tokens: int = 2400
    isolate: float = 0.3
    """Share of whole adverts whose lines are shown without context."""
    synthetic: float = 0.5
    """Share of Green sentences that are shown as lines of a made-up advert."""
    silver_weight: float = 0.5
    soft_share: float = 0.0
    """Share of lines shown plain, with the teacher's soft labels mixed into the gold ones."""
    soft_weight: float = 0.5
    """Weight of the teacher beside the gold where there is gold."""
    plain: bool = False
    """Whether every line is shown plain, for a network that needs the hints of all."""


@attrs.frozen(eq=False)
class Example:
    """A line ready for a batch."""

    types: list[int]
    pairs: np.ndarray
    weights: np.ndarray
    line_targets: np.ndarray
    line_weights: np.ndarray
    hint: np.ndarray | None


_EYE = np.eye(9, dtype=np.float32)


def hard_pairs(tags: np.ndarray) -> np.ndarray:
    """Pairwise one-hot labels of a tag sequence."""
    return _EYE[np.r_[0, tags[:-1]] * 3 + tags]


def example(
    line: TrainLine,
    corpus: str,
    types: TokenTypes,
    mixing: Mixing,
    chance: random.Random,
    *,
    vary: bool,
) -> Example:
    """Label a line, varied or plain."""
    soft = hint = None
    tags = {**line.silver, **line.tags}
    words: Sequence[str] = line.tokens
    taught = line.soft is not None and chance.random() < mixing.soft_share
    plain = mixing.plain or taught or not vary
    if not plain:
        words, tags = augment(line.tokens, tags, corpus, chance)  # type: ignore[assignment]
    elif line.made is not None and vary:
        return line.made
    else:
        hint = line.hint
        soft = line.soft if taught else None
    pieces, owners = cut_line(words)
    pairs = np.zeros((len(pieces), len(HEADS), 9), np.float32)
    weights = np.zeros(len(HEADS), np.float32)
    for place, head in enumerate(HEADS):
        gold = head in line.tags
        if head in tags:
            pairs[:, place] = hard_pairs(cut_tags(tags[head], owners))
            weights[place] = 1.0 if gold else mixing.silver_weight
        if soft is not None:
            share = mixing.soft_weight if gold else 1.0
            pairs[:, place] = (1 - share) * pairs[:, place] + share * soft[:, place]
            weights[place] = 1.0 if gold else mixing.silver_weight
    targets, target_weights = np.zeros(3, np.float32), np.zeros(3, np.float32)
    targets[2], target_weights[2] = float(corpus == "green"), 1.0
    for place, heads in enumerate((("skill", "knowledge"), ("green",))):
        if all(head in tags for head in heads):
            targets[place] = float(any(any(tags[head]) for head in heads))
            target_weights[place] = 1.0 if heads[0] in line.tags else mixing.silver_weight
        if line.soft_line is not None:
            share = mixing.soft_weight if heads[0] in line.tags else 1.0
            targets[place] = (1 - share) * targets[place] + share * line.soft_line[place]
            target_weights[place] = 1.0 if heads[0] in line.tags else mixing.silver_weight
    made = Example(types.rows(pieces), pairs, weights, targets, target_weights, hint)
    if plain and vary:
        line.made = made
    return made


def collate(examples: Sequence[Example], segments: Sequence[int]) -> Batch:
    """Lay lines end to end."""
    lengths = np.array([len(e.types) for e in examples])
    hints = np.zeros((int(lengths.sum()), HINT_WIDTH), np.float32)
    hinted = np.zeros(len(hints), np.float32)
    for end, one in zip(np.cumsum(lengths), examples, strict=True):
        if one.hint is not None:
            hints[end - len(one.types) : end] = one.hint
            hinted[end - len(one.types) : end] = 1
    return Batch(
        types=torch.tensor([t for e in examples for t in e.types]),
        line_of=torch.from_numpy(np.repeat(np.arange(len(examples)), lengths)),
        starts=torch.from_numpy(np.r_[0, np.cumsum(lengths)[:-1]]),
        lengths=torch.from_numpy(lengths),
        segment=torch.tensor(segments),
        pairs=torch.from_numpy(np.concatenate([e.pairs for e in examples])),
        weights=torch.from_numpy(np.stack([e.weights for e in examples])),
        line_targets=torch.from_numpy(np.stack([e.line_targets for e in examples])),
        line_weights=torch.from_numpy(np.stack([e.line_weights for e in examples])),
        hints=torch.from_numpy(hints),
        hinted=torch.from_numpy(hinted),
    )


def line_patterns(adverts: Sequence[Sequence[TrainLine]]) -> list[list[bool]]:
    """For each whole advert, which of its lines hold a span."""
    return [[any(any(t) for t in line.tags.values()) for line in lines] for lines in adverts]


def synthetic_adverts(
    sentences: Sequence[TrainLine], patterns: Sequence[Sequence[bool]], chance: random.Random
) -> Iterator[list[TrainLine]]:
    """Made-up adverts: a real advert's pattern of lines with and without spans, filled with sentences."""
    with_span = [s for s in sentences if any(any(t) for t in s.tags.values())]
    without = [s for s in sentences if not any(any(t) for t in s.tags.values())]
    chance.shuffle(with_span)
    chance.shuffle(without)
    while with_span or without:
        pattern = list(chance.choice(patterns))
        size = chance.randint(4, 16)
        start = chance.randrange(max(1, len(pattern) - size))
        lines: list[TrainLine] = []
        for holds in pattern[start : start + size]:
            source = with_span if holds else without
            if source:
                lines.append(source.pop())
            elif len(with_span) + len(without) < 200 and (with_span or without):
                lines.append((with_span or without).pop())
        if lines:
            yield lines


def batches(
    skillspan: Sequence[Sequence[TrainLine]],
    green: Sequence[Sequence[TrainLine]],
    types: TokenTypes,
    mixing: Mixing,
    chance: random.Random,
) -> Iterator[Batch]:
    """One pass over SkillSpan, with as much of Green beside it as the mixing says."""
    patterns = line_patterns(skillspan)
    sentences = [line for lines in green for line in lines]

    def green_stream() -> Iterator[list[TrainLine]]:
        while True:
            chance.shuffle(sentences)
            made = int(len(sentences) * mixing.synthetic)
            groups = [
                *synthetic_adverts(sentences[:made], patterns, chance),
                *([s] for s in sentences[made:]),
            ]
            chance.shuffle(groups)
            yield from groups

    stream = green_stream()
    order = list(skillspan)
    chance.shuffle(order)
    queue = [(advert, start) for advert in order for start in range(0, len(advert), 60)]
    chosen: list[tuple[Sequence[TrainLine], str]] = []
    tokens = 0
    for advert, start in queue:
        part = advert[start : start + 60]
        chosen.append((part, "skillspan"))
        tokens += sum(len(line.tokens) for line in part)
        if tokens < mixing.skillspan_tokens:
            continue
        wanted = tokens * mixing.green_tokens / mixing.skillspan_tokens
        while wanted > 0:
            group = next(stream)
            chosen.append((group, "green"))
            wanted -= sum(len(line.tokens) for line in group)
        yield _batch(chosen, types, mixing, chance)
        chosen, tokens = [], 0


def _batch(
    chosen: Sequence[tuple[Sequence[TrainLine], str]],
    types: TokenTypes,
    mixing: Mixing,
    chance: random.Random,
) -> Batch:
    examples, segments, segment = [], [], 0
    for lines, corpus in chosen:
        alone = corpus == "skillspan" and chance.random() < mixing.isolate
        segment += 1
        for line in lines:
            segment += alone
            examples.append(example(line, corpus, types, mixing, chance, vary=True))
            segments.append(segment)
    return collate(examples, segments)


def plain_batches(
    adverts: Sequence[Sequence[TrainLine]],
    types: TokenTypes,
    *,
    context: bool = True,
    tokens: int = 4000,
) -> Iterator[tuple[Batch, list[TrainLine]]]:
    """Adverts in order, unvaried, with the lines that each batch holds."""
    mixing, chance = Mixing(), random.Random(0)
    examples: list[Example] = []
    segments: list[int] = []
    lines: list[TrainLine] = []
    segment = count = 0
    for advert in adverts:
        segment += 1
        for line in advert:
            segment += not context
            examples.append(example(line, "", types, mixing, chance, vary=False))
            segments.append(segment)
            lines.append(line)
            count += len(examples[-1].types)
        if count > tokens:
            yield collate(examples, segments), lines
            examples, segments, lines, count = [], [], [], 0
    if examples:
        yield collate(examples, segments), lines
