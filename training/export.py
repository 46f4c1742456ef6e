"""Write a trained student as the weights that the pipeline reads, and measure what rounding costs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from starkit.pipeline.network import CARD_FILE, WEIGHTS_FILE
from training.network import FORBIDDEN, Maxout, Network
from training.vectors import quantise


def arrays(network: Network) -> dict[str, np.ndarray]:
    """Weights by the names that ``starkit.pipeline.network`` knows, float32."""
    student, heads = network.encoder, network.heads
    found: dict[str, np.ndarray] = {}
    for place, table in enumerate(student.tables):
        found[f"table{place}"] = _array(table.weight)

    def maxout(name: str, layer: Maxout) -> None:
        weight, bias = _array(layer.linear.weight), _array(layer.linear.bias)
        pieces = layer.pieces
        wide = weight.reshape(-1, pieces, weight.shape[1]).transpose(1, 0, 2)
        found[f"{name}_W"] = wide.reshape(weight.shape)
        found[f"{name}_b"] = bias.reshape(-1, pieces).T.reshape(-1)
        found[f"{name}_G"] = _array(layer.norm.weight)
        found[f"{name}_beta"] = _array(layer.norm.bias)

    maxout("mix", student.mix)
    for place, window in enumerate(student.windows):
        maxout(f"window{place}", window.maxout)
    maxout("to_context", heads.to_context)
    for place, window in enumerate(heads.context):
        maxout(f"context{place}", window.maxout)
    maxout("join", heads.mix)
    for place, window in enumerate(heads.top):
        maxout(f"top{place}", window.maxout)
    for name, layer in (("tags", heads.tags), ("lines", heads.lines)):
        found[f"{name}_W"], found[f"{name}_b"] = _array(layer.weight), _array(layer.bias)
    found["moves"] = np.maximum(_array(heads.moves()), FORBIDDEN)
    return found


def _array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().float().numpy().copy()


def write(
    network: Network,
    out: Path,
    *,
    settings: Mapping[str, Any],
    made_from: Sequence[str],
    made_with: Mapping[str, Any],
    vectors_sha256: str,
    figures: Mapping[str, Any],
) -> dict[str, Any]:
    """Write weights and card; give the card.

    Matrices are stored as int8 with one scale a row, all else as float32.
    """
    stored: dict[str, np.ndarray] = {}
    for name, rows in arrays(network).items():
        if rows.ndim == 2 and rows.size > 4096:
            stored[name], scales = quantise(rows)
            stored[f"{name}/scale"] = scales.astype(np.float16)
        else:
            stored[name] = rows.astype(np.float32)
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / WEIGHTS_FILE, **stored)
    student, heads = network.encoder, network.heads
    card = {
        "name": "starkit_tagger",
        "made_from": list(made_from),
        "made_with": dict(made_with),
        "shape": {
            "depth": len(student.windows),
            "top_depth": len(heads.top),
            "pieces": student.shape.pieces,
            "reaches": [window.reach for window in heads.context],
        },
        **settings,
        "figures": dict(figures),
        "sha256": hashlib.sha256((out / WEIGHTS_FILE).read_bytes()).hexdigest(),
        "vectors_sha256": vectors_sha256,
    }
    text = json.dumps(card, indent=1, ensure_ascii=False) + "\n"
    (out / CARD_FILE).write_text(text, encoding="utf-8")
    return card
