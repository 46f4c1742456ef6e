"""Make the shared word-vector table: MiniLM embeddings of single words, reduced and stored as int8.

The words are MiniLM's own whole-word vocabulary and the words that stand at least twice in the train
parts and in the plain texts. Each is embedded by all-MiniLM-L6-v2 as if it were a sentence; the
embeddings are reduced by PCA and scaled to a global standard deviation of one. How well the table
spells words that it does not hold is measured on the words that stand only once.
"""

from __future__ import annotations

import collections
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch

from starkit.vectors import read_vectors
from training.corpora import read_rows, tokenizer
from training.minilm import minilm_folder

WORD = re.compile(r"[a-z0-9&][a-z0-9+#&./'’-]*")
LEAST_COUNT = 2


def count_words(folders: Iterable[Path], texts: Iterable[Path]) -> collections.Counter[str]:
    """How often each lower-cased word stands in the train parts and in lists of plain texts."""
    counts: collections.Counter[str] = collections.Counter()
    split = tokenizer()
    for folder in folders:
        for row in read_rows(folder / "train.json"):
            counts.update(t.text.lower() for t in split(" ".join(row["tokens"])))
    for path in texts:
        for text in json.loads(path.read_text(encoding="utf-8")):
            counts.update(t.text.lower() for t in split(text))
    return counts


def vocabulary(counts: collections.Counter[str]) -> list[str]:
    """Lower-cased words of the table: MiniLM's whole words, then the words that were counted."""
    pieces = (minilm_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    words = [p for p in pieces if WORD.fullmatch(p) and not (p.isdigit() and len(p) > 2)]
    known = set(words)
    return words + sorted(
        word
        for word, count in counts.items()
        if count >= LEAST_COUNT and word not in known and word.strip() and len(word) <= 30
        if not re.search(r"\d{3}|//|@|www|\n", word)
    )


def embed(words: Sequence[str]) -> np.ndarray:
    """Sentence embeddings of single words: mean over word pieces, then unit length; words x 384."""
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(minilm_folder()).eval()
    pieces = AutoTokenizer.from_pretrained(minilm_folder())
    order = sorted(range(len(words)), key=lambda i: len(words[i]))
    found = np.zeros((len(words), 384), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 512):
            rows = order[start : start + 512]
            batch = pieces([words[i] for i in rows], padding=True, return_tensors="pt")
            hidden = model(**batch).last_hidden_state
            mask = batch["attention_mask"][..., None]
            mean = (hidden * mask).sum(1) / mask.sum(1)
            found[rows] = torch.nn.functional.normalize(mean, dim=-1).numpy()
    return found


def quantise(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give int8 rows and what one step of each is worth."""
    scales = np.maximum(np.abs(rows).max(1), 1e-6) / 127
    scales = scales.astype(np.float16).astype(np.float32)
    return np.clip(np.round(rows / scales[:, None]), -127, 127).astype(np.int8), scales


def build(
    folders: Iterable[Path], texts: Iterable[Path], out: Path, dim: int = 96
) -> dict[str, float]:
    """Write the table; give its measurements."""
    counts = count_words(folders, texts)
    words = vocabulary(counts)
    known = set(words)
    rare = sorted(w for w in counts if w not in known and w.isalpha() and 3 < len(w) < 25)
    embedded = embed(words)
    centre = embedded.mean(0)
    sample = (embedded - centre)[:: max(1, len(words) // 12000)]
    axes = np.linalg.svd(sample, full_matrices=False)[2][:dim].T
    reduced = (embedded - centre) @ axes
    table, scales = quantise((reduced / reduced.std()).astype(np.float32))
    np.savez(
        out,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        table=table,
        scales=scales.astype(np.float16),
    )
    wanted = (embed(rare) - centre) @ axes
    spelt = read_vectors(out.read_bytes()).rows(rare)
    norms = np.linalg.norm(wanted, axis=1) * np.linalg.norm(spelt, axis=1)
    cosines = (wanted * spelt).sum(1) / np.maximum(norms, 1e-9)
    return {"words": len(words), "dim": dim, "spelt": len(rare), "cosine": float(cosines.mean())}
