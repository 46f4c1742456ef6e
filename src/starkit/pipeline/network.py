"""The span network: hashed embeddings and static vectors in, tag scores and line scores out.

A thinc model without training code: ``training/`` fits the same network in torch and writes the
weights that :func:`read_network` reads. All lines of a batch are laid end to end; a window never
reaches over the end of a line, and the context layer never over the end of an advert.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import threading
import zipfile
import zlib
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from starkit.errors import PipelineError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

WEIGHTS_FILE = "weights.npz"
CARD_FILE = "card.json"

FEATURES = ("LOWER", "PREFIX", "SUFFIX", "SHAPE")
"""Lexeme attributes that are hashed, in the order of the tables."""

FIRST_SEED = 8
"""Hash seed of the first table; each further table takes the next number."""

HEADS = ("SKILL", "KNOWLEDGE", "OTHER")
"""The three taggers, in the order of the network's columns."""

_ADVICE = "install starkit again, or rebuild the weights with training/build.py"


@attrs.frozen(eq=False)
class Lines:
    """Lines of one or more adverts, ready for the network."""

    lexemes: NDArray[np.uint64]
    """Distinct tokens, lexemes x features."""
    vectors: Floats
    """Static vectors of the distinct tokens, lexemes x dim."""
    tokens: Ints
    """For each token the row of its lexeme."""
    lengths: Ints
    """Tokens of each line; never zero."""
    adverts: Ints
    """Lines of each advert; may be zero."""


@attrs.frozen(eq=False)
class LineScores:
    """What the network says about the lines."""

    tags: Floats
    """Score of each tag, tokens x heads x 3 (O, B, I)."""
    lines: Floats
    """Logits of each line, lines x 3: it holds a span of SkillSpan's kind, of Green's kind, and it
    is of Green's style."""


def span_network(
    weights: Mapping[str, NDArray[Any]], shape: Mapping[str, Any]
) -> Model[Lines, LineScores]:
    """Build the thinc model from its weights.

    Args:
        weights: the arrays, by name.
        shape: sizes: ``depth``, ``top_depth``, ``pieces``, ``reaches``.
    """
    # thinc's array types are its own; numpy's arrays are what it takes at run time.
    params: Any = {name: np.ascontiguousarray(rows, np.float32) for name, rows in weights.items()}
    return Model(
        "starkit_span_network",
        _forward,
        params=params,
        attrs={"shape": dict(shape)},
        ops=NumpyOps(),
    )


def _forward(
    model: Model[Lines, LineScores], lines: Lines, is_train: bool
) -> tuple[LineScores, Any]:
    if is_train:
        raise PipelineError(
            "the packaged network cannot be trained in place", "see training/README.md"
        )
    with _ONE_THREAD:
        scores = _predict(model, lines)

    def backprop(_: LineScores) -> Lines:
        raise PipelineError(
            "the packaged network cannot be trained in place", "see training/README.md"
        )

    return scores, backprop


class _OneThread:
    """Keeps numpy's BLAS in the calling thread while predictions run.

    A program decides itself how many threads it has, and matrices this small lose by being shared
    out. The limit holds for the whole process, so the last prediction of several at once lifts it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._limit: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if not self._running:
                self._limit = _blas().limit(limits=1)
            self._running += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._running -= 1
            if not self._running:
                self._limit.restore_original_limits()


@functools.cache
def _blas() -> ThreadpoolController:
    """The BLAS libraries of the process; numpy's is there since this module imports it."""
    return ThreadpoolController().select(user_api="blas")


_ONE_THREAD = _OneThread()


def _predict(model: Model[Lines, LineScores], lines: Lines) -> LineScores:
    shape = model.attrs["shape"]
    embedded = [
        _embed(model, f"table{place}", lines.lexemes[:, place], FIRST_SEED + place)
        for place in range(len(FEATURES))
    ]
    known = _maxout(model, "mix", np.concatenate([*embedded, lines.vectors], axis=1), 3)

    blocks = _blocks(lines.lengths)
    encoded, pooled = [], []
    for block in blocks:
        rows = known[lines.tokens[block.tokens]]
        for layer in range(shape["depth"]):
            rows += _maxout(model, f"window{layer}", _window(rows, block.begins), shape["pieces"])
        encoded.append(rows)
        pooled.append(np.maximum.reduceat(rows, block.begins, axis=0))

    own = _maxout(model, "to_context", np.concatenate(pooled), shape["pieces"])
    seen = own
    advert_of = np.repeat(np.arange(len(lines.adverts)), lines.adverts)
    for layer, reach in enumerate(shape["reaches"]):
        wide = _reach(seen, advert_of, reach)
        seen = seen + _maxout(model, f"context{layer}", wide, shape["pieces"])
    logits = _linear(model, "lines", np.concatenate([own, seen], axis=1))

    tags = []
    for block, rows in zip(blocks, encoded, strict=True):
        context = np.repeat(seen[block.lines], lines.lengths[block.lines], axis=0)
        joined = _maxout(model, "join", np.concatenate([rows, context], axis=1), shape["pieces"])
        for layer in range(shape["top_depth"]):
            joined += _maxout(model, f"top{layer}", _window(joined, block.begins), shape["pieces"])
        tags.append(_linear(model, "tags", joined))
    return LineScores(np.concatenate(tags).reshape(-1, len(HEADS), 3), logits)


BLOCK_TOKENS = 512
"""Tokens that go through the token layers at once: as many as fit a processor's second cache."""


@attrs.frozen(eq=False)
class _Block:
    """Some whole lines that are worked on together."""

    tokens: slice
    lines: slice
    begins: Ints
    """First token of each line, counted inside the block."""


def _blocks(lengths: Ints) -> list[_Block]:
    """Cut lines into blocks of about ``BLOCK_TOKENS``; a longer line is a block by itself."""
    ends = np.cumsum(lengths)
    blocks = []
    line = token = 0
    while line < len(lengths):
        after = max(line + 1, int(np.searchsorted(ends, token + BLOCK_TOKENS, side="right")))
        end = int(ends[after - 1])
        begins = ends[line:after] - lengths[line:after] - token
        blocks.append(_Block(slice(token, end), slice(line, after), begins))
        line, token = after, end
    return blocks


def _linear(model: Model[Lines, LineScores], name: str, rows: Floats) -> Floats:
    # numpy's BLAS picks kernels for the processor at hand; the one in thinc's wheels knows few.
    found: Floats = rows @ _param(model, f"{name}_W").T
    found += _param(model, f"{name}_b")
    return found


def _param(model: Model[Lines, LineScores], name: str) -> Floats:
    found: Floats = model.get_param(name)  # type: ignore[assignment]
    return found


def _embed(
    model: Model[Lines, LineScores], name: str, ids: NDArray[np.uint64], seed: int
) -> Floats:
    """Sum of the four rows that each id is hashed to."""
    table = _param(model, name)
    ops: Any = model.ops
    keys = ops.hash(np.ascontiguousarray(ids), seed) % len(table)
    found: Floats = table[keys[:, 0]]
    for column in range(1, keys.shape[1]):
        found += table[keys[:, column]]
    return found


def _maxout(model: Model[Lines, LineScores], name: str, rows: Floats, pieces: int) -> Floats:
    """Largest of several linear maps, then layer norm."""
    linear = _linear(model, name, rows)
    width = linear.shape[1] // pieces
    best: Floats = linear[:, :width]
    for piece in range(1, pieces):
        best = np.maximum(best, linear[:, piece * width : (piece + 1) * width])
    best = best - best.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", best, best) / width
    best *= (1.0 / np.sqrt(spread + 1e-8))[:, None]
    best *= _param(model, f"{name}_G")
    best += _param(model, f"{name}_beta")
    return best


def _window(rows: Floats, begins: Ints) -> Floats:
    """Each row between its neighbours in the line; zeros beyond the line's ends."""
    width = rows.shape[1]
    found = np.empty((len(rows), 3 * width), np.float32)
    found[1:, :width] = rows[:-1]
    found[begins, :width] = 0
    found[:, width : 2 * width] = rows
    found[:-1, 2 * width :] = rows[1:]
    found[begins[1:] - 1, 2 * width :] = 0
    found[-1, 2 * width :] = 0
    return found


def _reach(rows: Floats, advert_of: Ints, reach: int) -> Floats:
    """Each line between those ``reach`` before and after it in its advert; zeros beyond."""
    width = rows.shape[1]
    found = np.zeros((len(rows), 3 * width), np.float32)
    found[:, width : 2 * width] = rows
    if len(rows) > reach:
        inside = (advert_of[reach:] == advert_of[:-reach])[:, None]
        found[reach:, :width] = rows[:-reach] * inside
        found[:-reach, 2 * width :] = rows[reach:] * inside
    return found


# ---------------------------------------------------------------- storage


@attrs.frozen(eq=False)
class StoredNetwork:
    """A network with the bytes that it was read from, so that saving writes the same bytes."""

    model: Model[Lines, LineScores]
    moves: Floats
    """Transition scores of each head, heads x 3 x 3 (from, to)."""
    card: Mapping[str, Any]
    """What the weights are: shape, decoding settings, hashes, how they were made."""
    weights: bytes
    """The weights file, as it was read."""


def read_network(card: bytes, weights: bytes) -> StoredNetwork:
    """Read a network and check that the weights are those of the card.

    Raises:
        PipelineError: the weights are damaged, or do not belong to the card.
    """
    try:
        facts = json.loads(card)
        wanted = facts["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise PipelineError(f"the model card cannot be read ({error!r})", _ADVICE) from error
    seen = hashlib.sha256(weights).hexdigest()
    if seen != wanted:
        raise PipelineError(
            f"the weights have SHA-256 {seen[:12]}…, the model card says {wanted[:12]}…", _ADVICE
        )
    try:
        with np.load(io.BytesIO(weights), allow_pickle=False) as arrays:
            stored = {name: _restore(arrays, name) for name in arrays.files if "/" not in name}
        moves = stored.pop("moves")
        model = span_network(stored, facts["shape"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise PipelineError(f"the weights cannot be read ({error!r})", _ADVICE) from error
    return StoredNetwork(model, moves, facts, weights)


def _restore(arrays: Mapping[str, NDArray[Any]], name: str) -> Floats:
    rows = arrays[name]
    found: Floats = rows.astype(np.float32)
    if rows.dtype == np.int8:
        found *= arrays[f"{name}/scale"].astype(np.float32)[:, None]
    return found


@functools.cache
def packaged_network() -> StoredNetwork:
    """The network that ships with the package, read once a process."""
    folder = resources.files("starkit.pipeline").joinpath("model")
    return read_network(
        folder.joinpath(CARD_FILE).read_bytes(), folder.joinpath(WEIGHTS_FILE).read_bytes()
    )
