"""The network: a small convolutional encoder and the heads; a teacher also reads what MiniLM makes of a token.

It reads a *batch*: the lines of several adverts laid end to end. A line is a sequence of its own to the
token layers; the lines of one segment see each other through the context layer. Three linear-chain CRFs
decode (skill, knowledge, green), two logits a line say whether it holds a span of SkillSpan's or of
Green's kind, and a third whose style the line is in.
"""

from __future__ import annotations

import attrs
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.corpora import HEADS

N_HEADS, N_TAGS = len(HEADS), 3
FORBIDDEN = -1e4
"""Score of an I after an O, or at the start of a line."""

HINT_WIDTH = 384
"""Columns of what MiniLM makes of a token."""

HALF = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001 - torch has no public question
"""Whether this processor multiplies bfloat16 itself: emulated, it takes six times as long as float32."""


@attrs.define
class Batch:
    """Lines of several adverts, laid end to end."""

    types: Tensor
    """Row of each token in the table of token types, tokens."""
    line_of: Tensor
    """Line of each token, tokens, ascending."""
    starts: Tensor
    """First token of each line, lines."""
    lengths: Tensor
    """Tokens of each line, lines; never zero."""
    segment: Tensor
    """Segment of each line, lines: neighbours are seen inside it alone."""
    pairs: Tensor
    """Probability of each pair of neighbouring tags, tokens x heads x 9 (previous * 3 + current)."""
    weights: Tensor
    """Weight of each line's loss, lines x heads."""
    line_targets: Tensor
    """Probability that the line holds a span of SkillSpan's kind, of Green's, and is of Green's style: lines x 3."""
    line_weights: Tensor
    """Weight of each line's targets, lines x 3."""
    hints: Tensor
    """What MiniLM makes of each token, tokens x hint width; noughts where the line is varied."""
    hinted: Tensor
    """Whether the token has a hint, tokens."""

    def column(self) -> Tensor:
        """Place of each token in its line."""
        return torch.arange(len(self.types)) - self.starts[self.line_of]


def neighbours(rows: Tensor, group: Tensor, reach: int = 1) -> Tensor:
    """Each row with those ``reach`` before and after it, zeros where the group ends: n x 3d."""
    before = F.pad(rows, (0, 0, reach, 0))[: len(rows)]
    after = F.pad(rows, (0, 0, 0, reach))[reach:]
    inside = F.pad(group, (reach, 0), value=-1)[: len(group)] == group
    followed = F.pad(group, (0, reach), value=-1)[reach:] == group
    return torch.cat([before * inside[:, None], rows, after * followed[:, None]], 1)


class Dropout(nn.Module):
    """Dropout with a mask from random bytes: torch's own costs a tenth of a step on a CPU."""

    generator = np.random.default_rng(0)

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.least = round(rate * 256)

    def forward(self, rows: Tensor) -> Tensor:
        """Rows with some values at nought and the others scaled up; as they are in use."""
        if not self.training or not self.least:
            return rows
        drawn = np.frombuffer(self.generator.bytes(rows.numel()), np.uint8) >= self.least
        mask = torch.from_numpy(drawn.astype(np.float32) * (256 / (256 - self.least)))
        return rows * mask.view_as(rows)


class Maxout(nn.Module):
    """The largest of several linear maps, then layer norm and dropout."""

    def __init__(self, n_in: int, n_out: int, pieces: int, dropout: float) -> None:
        super().__init__()
        self.pieces = pieces
        self.linear = nn.Linear(n_in, n_out * pieces)
        nn.init.xavier_uniform_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)
        self.norm = nn.LayerNorm(n_out, eps=1e-8)
        self.dropout = Dropout(dropout)

    def forward(self, rows: Tensor) -> Tensor:
        """Rows of ``n_in`` to rows of ``n_out``."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training and HALF):
            linear = self.linear(rows).float()
        largest = linear.view(len(rows), -1, self.pieces).amax(-1)
        out: Tensor = self.dropout(self.norm(largest))
        return out


class Window(nn.Module):
    """A residual convolution over neighbours."""

    def __init__(self, width: int, pieces: int, dropout: float, reach: int = 1) -> None:
        super().__init__()
        self.reach = reach
        self.maxout = Maxout(3 * width, width, pieces, dropout)

    def forward(self, rows: Tensor, group: Tensor) -> Tensor:
        """Rows to rows of the same width."""
        out: Tensor = rows + self.maxout(neighbours(rows, group, self.reach))
        return out


def pool_lines(rows: Tensor, batch: Batch) -> Tensor:
    """The largest value of each column in each line: lines x d."""
    count = len(batch.lengths)
    pooled = rows.new_full((count, rows.shape[1]), -1e4)
    return pooled.scatter_reduce(0, batch.line_of[:, None].expand_as(rows), rows, "amax")


@attrs.frozen
class Shape:
    """Sizes of the shared upper part."""

    context: int = 96
    context_reaches: tuple[int, ...] = (1, 2, 4)
    top: int = 128
    pieces: int = 2
    top_depth: int = 1
    dropout: float = 0.35


class Heads(nn.Module):
    """Context over lines, three CRFs and three line logits."""

    def __init__(self, width: int, shape: Shape) -> None:
        super().__init__()
        drop = shape.dropout
        self.to_context = Maxout(width, shape.context, shape.pieces, drop)
        self.context = nn.ModuleList(
            Window(shape.context, shape.pieces, drop, reach) for reach in shape.context_reaches
        )
        self.mix = Maxout(width + shape.context, shape.top, shape.pieces, drop)
        self.top = nn.ModuleList(
            Window(shape.top, shape.pieces, drop) for _ in range(shape.top_depth)
        )
        self.tags = nn.Linear(shape.top, N_HEADS * N_TAGS)
        self.lines = nn.Linear(2 * shape.context, 3)
        self.transitions = nn.Parameter(torch.zeros(N_HEADS, N_TAGS, N_TAGS))
        wall = torch.zeros(N_TAGS, N_TAGS)
        wall[0, 2] = FORBIDDEN
        self.register_buffer("wall", wall, persistent=False)

    def forward(self, rows: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
        """Give tag scores (tokens x heads x 3) and line logits (lines x 3)."""
        own = self.to_context(pool_lines(rows, batch))
        seen = own
        for layer in self.context:
            seen = layer(seen, batch.segment)
        mixed = self.mix(torch.cat([rows, seen[batch.line_of]], 1))
        for layer in self.top:
            mixed = layer(mixed, batch.line_of)
        tags = self.tags(mixed).view(-1, N_HEADS, N_TAGS)
        return tags, self.lines(torch.cat([own, seen], 1))

    def moves(self) -> Tensor:
        """Transition scores, heads x 3 x 3, with the forbidden one walled off."""
        moves: Tensor = self.transitions + self.wall
        return moves


@attrs.frozen
class EncoderShape:
    """Sizes of the encoder."""

    rows: tuple[int, ...] = (5000, 1000, 2500, 1500)
    """Rows of the hashed tables: lower-cased form, prefix, suffix, shape."""
    sizes: tuple[int, ...] = (96, 32, 64, 32)
    width: int = 128
    pieces: int = 2
    depth: int = 4
    dropout: float = 0.35


class Encoder(nn.Module):
    """Hashed embeddings and static vectors, then windows: what ships.

    A teacher, which does not ship, takes the hints in beside them.
    """

    def __init__(self, shape: EncoderShape, vector_dim: int, *, hinted: bool = False) -> None:
        super().__init__()
        self.shape, self.hinted = shape, hinted
        self.tables = nn.ModuleList(
            nn.EmbeddingBag(rows, size, mode="sum")
            for rows, size in zip(shape.rows, shape.sizes, strict=True)
        )
        for table in self.tables:
            nn.init.uniform_(table.weight, -0.1, 0.1)
        wide = sum(shape.sizes) + vector_dim + HINT_WIDTH * hinted
        self.mix = Maxout(wide, shape.width, 3, shape.dropout)
        self.windows = nn.ModuleList(
            Window(shape.width, shape.pieces, shape.dropout) for _ in range(shape.depth)
        )

    def forward(self, batch: Batch, features: Tensor, vectors: Tensor) -> Tensor:
        """Token rows from the table of token types: ``features`` is types x tables x 4."""
        kinds, place = torch.unique(batch.types, return_inverse=True)
        keys = features[kinds]
        parts = [table(keys[:, i]) for i, table in enumerate(self.tables)]
        known = vectors[kinds]
        inputs = torch.cat([*parts, known], 1)[place]
        if self.hinted:
            inputs = torch.cat([inputs, batch.hints], 1)
        rows: Tensor = self.mix(inputs)
        for window in self.windows:
            rows = window(rows, batch.line_of)
        return rows


class Network(nn.Module):
    """An encoder and the heads."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = heads
        self.guess = nn.Linear(encoder.shape.width, HINT_WIDTH)

    def forward(
        self, batch: Batch, features: Tensor, vectors: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Tag scores, line logits and token rows of a batch."""
        rows = self.encoder(batch, features, vectors)
        tags, lines = self.heads(rows, batch)
        return tags, lines, rows


def hint_loss(guesses: Tensor, batch: Batch) -> Tensor:
    """Mean squared distance from MiniLM's rows, over the tokens that have one."""
    distance = ((guesses - batch.hints) ** 2).mean(1) * batch.hinted
    return distance.sum() / batch.hinted.sum().clamp(min=1)


def pad(rows: Tensor, batch: Batch) -> Tensor:
    """Token rows as lines x longest x ...; zeros beyond a line's end."""
    longest = int(batch.lengths.max())
    out = rows.new_zeros((len(batch.lengths), longest, *rows.shape[1:]))
    return out.index_put((batch.line_of, batch.column()), rows)


def log_partition(tags: Tensor, moves: Tensor, batch: Batch) -> Tensor:
    """Log of the sum over all tag paths, lines x heads. A line starts as if after an O."""
    padded = pad(tags, batch)
    alpha = padded[:, 0] + moves[:, 0]
    for place in range(1, padded.shape[1]):
        step = torch.logsumexp(alpha[..., None] + moves, 2) + padded[:, place]
        alpha = torch.where((batch.lengths > place)[:, None, None], step, alpha)
    return torch.logsumexp(alpha, 2)


def crf_loss(tags: Tensor, moves: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy between wanted and given tag paths, weighted, a line and head at a time.

    The wanted distribution is given by its pairwise marginals, so gold tags and the soft labels of a
    teacher go through the same formula.
    """
    total = log_partition(tags, moves, batch)
    pairs = batch.pairs.view(-1, N_HEADS, N_TAGS, N_TAGS)
    wanted = (pairs * (moves.clamp(min=-50)[None] + tags[:, :, None, :])).sum((2, 3))
    by_line = torch.zeros_like(total).index_add(0, batch.line_of, wanted)
    return (((total - by_line) * batch.weights).sum()) / len(batch.types)


@torch.no_grad()
def pair_marginals(tags: Tensor, moves: Tensor, batch: Batch) -> Tensor:
    """Probability of each pair of neighbouring tags, tokens x heads x 9."""
    padded = pad(tags, batch)
    longest = padded.shape[1]
    alphas = [padded[:, 0] + moves[:, 0]]
    for place in range(1, longest):
        alphas.append(torch.logsumexp(alphas[-1][..., None] + moves, 2) + padded[:, place])
    betas = [torch.zeros_like(alphas[0])] * longest
    for place in range(longest - 2, -1, -1):
        ahead = torch.logsumexp(moves + (padded[:, place + 1] + betas[place + 1])[:, :, None, :], 3)
        betas[place] = torch.where(
            (batch.lengths > place + 1)[:, None, None], ahead, torch.zeros_like(ahead)
        )
    start = torch.full_like(alphas[0], -1e9)
    start[..., 0] = 0
    out = []
    for place in range(longest):
        before = alphas[place - 1] if place else start
        joint = before[..., None] + moves + (padded[:, place] + betas[place])[:, :, None, :]
        out.append(torch.softmax(joint.flatten(2), 2))
    stacked = torch.stack(out, 1)
    return stacked[batch.line_of, batch.column()]
