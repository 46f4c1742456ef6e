"""Train a network and score it: the loop that teacher and student share."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import torch
from benchmarks.extraction import UNTYPED, ScoredLine, Scores, score
from torch.nn import functional as F  # noqa: N812

from training.corpora import HEADS, cut_line, spans_of
from training.data import Mixing, TokenTypes, TrainLine, batches, plain_batches
from training.network import (
    Batch,
    Dropout,
    Network,
    crf_loss,
    hint_loss,
    pad,
    pair_marginals,
)


@attrs.frozen
class Schedule:
    """How long and how fast."""

    epochs: int = 18
    rate: float = 0.002
    encoder_rate: float | None = None
    """Learning rate of the encoder where it is not that of the heads."""
    decay: float = 0.01
    warm: float = 0.1
    line_weight: float = 0.3
    hint_weight: float = 0.0
    """Weight of following the teacher's token rows."""
    ema: float = 0.99
    clip: float = 1.0
    seed: int = 0
    every: int = 3


@torch.no_grad()
def viterbi(
    tags: torch.Tensor, moves: torch.Tensor, batch: Batch, bias: Sequence[float]
) -> np.ndarray:
    """Best tags, tokens x heads; ``bias`` is added to the O score of each head."""
    tags = tags.clone()
    tags[:, :, 0] += torch.tensor(bias)
    padded = pad(tags, batch)
    best, back = padded[:, 0] + moves[:, 0], []
    for place in range(1, padded.shape[1]):
        scores, source = (best[..., None] + moves).max(2)
        live = (batch.lengths > place)[:, None, None]
        best = torch.where(live, scores + padded[:, place], best)
        back.append(torch.where(live, source, torch.arange(3).expand_as(source)))
    last = best.argmax(-1)
    path = [last]
    for source in reversed(back):
        last = source.gather(-1, last[..., None])[..., 0]
        path.append(last)
    stacked = torch.stack(path[::-1], 1)
    return stacked[batch.line_of, batch.column()].numpy()


def token_spans(tags: np.ndarray, owners: np.ndarray) -> list[tuple[int, int]]:
    """Spans over corpus tokens of a tag sequence over their pieces; touching ones are kept apart."""
    found: list[tuple[int, int]] = []
    for start, end in spans_of(tags.tolist()):
        first, last = int(owners[start]), int(owners[end - 1]) + 1
        if found and found[-1][1] > first:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


@torch.no_grad()
def outputs(
    network: Network,
    adverts: Sequence[Sequence[TrainLine]],
    types: TokenTypes,
    *,
    context: bool = True,
) -> Iterator[Any]:
    """Run the network over adverts; yield batch, lines, tag scores, line logits, token rows."""
    network.eval()
    for batch, lines in plain_batches(adverts, types, context=context):
        yield (batch, lines, *network(batch, *types.tensors()))


def evaluate(
    network: Network,
    adverts: Sequence[Sequence[TrainLine]],
    types: TokenTypes,
    *,
    context: bool = True,
    bias: Sequence[float] = (0, 0, 0),
) -> dict[str, Scores]:
    """Scores of the heads, alone and together."""
    scored: dict[str, list[ScoredLine]] = {"skillspan": [], "skillspan+green": [], "green": []}
    moves = network.heads.moves().detach()
    for batch, lines, tags, _, _ in outputs(network, adverts, types, context=context):
        best = viterbi(tags, moves, batch, bias)
        for at, line in enumerate(lines):
            owners = cut_line(line.tokens)[1]
            start = int(batch.starts[at])
            mine = best[start : start + len(owners)]
            found = {h.upper(): token_spans(mine[:, i], owners) for i, h in enumerate(HEADS)}
            other = found.pop("GREEN")
            if "skill" in line.tags:
                gold = {h.upper(): spans_of(line.tags[h]) for h in ("skill", "knowledge")}
                scored["skillspan"].append(ScoredLine(gold, found))
                scored["skillspan+green"].append(ScoredLine(gold, found | {"OTHER": other}))
            if "green" in line.tags:
                scored["green"].append(
                    ScoredLine({UNTYPED: spans_of(line.tags["green"])}, {"OTHER": other})
                )
    return {name: score(rows) for name, rows in scored.items() if rows}


def fit(
    network: Network,
    skillspan: Sequence[Sequence[TrainLine]],
    green: Sequence[Sequence[TrainLine]],
    types: TokenTypes,
    schedule: Schedule,
    mixing: Mixing,
    dev: Mapping[str, Sequence[Sequence[TrainLine]]],
    log: Any = print,
    keep: Path | None = None,
) -> Network:
    """Train; give the moving average of the network, which is kept after every epoch."""
    torch.manual_seed(schedule.seed)
    Dropout.generator = np.random.default_rng(schedule.seed)
    chance = random.Random(schedule.seed)
    slow = {id(p) for p in network.encoder.parameters()} if schedule.encoder_rate else set()
    groups = [
        {
            "params": [p for p in network.parameters() if p.requires_grad and id(p) not in slow],
            "lr": schedule.rate,
        },
        {
            "params": [p for p in network.parameters() if p.requires_grad and id(p) in slow],
            "lr": schedule.encoder_rate or 0.0,
        },
    ]
    optimiser = torch.optim.AdamW([g for g in groups if g["params"]], weight_decay=schedule.decay)
    steps_each = sum(1 for _ in batches(skillspan, green, types, mixing, random.Random(0)))
    total = steps_each * schedule.epochs

    def factor(step: int) -> float:
        warm = max(1, int(total * schedule.warm))
        if step < warm:
            return (step + 1) / warm
        return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))

    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    average = copy.deepcopy(network)
    step = 0
    for epoch in range(1, schedule.epochs + 1):
        begun, losses = time.monotonic(), []
        network.train()
        for batch in batches(skillspan, green, types, mixing, chance):
            tags, lines, rows = network(batch, *types.tensors())
            loss = crf_loss(tags, network.heads.moves(), batch)
            by_line = F.binary_cross_entropy_with_logits(
                lines, batch.line_targets, reduction="none"
            )
            loss = (
                loss
                + schedule.line_weight
                * (by_line * batch.line_weights).sum()
                / batch.line_weights.sum().clamp(min=1)
                * 0.1
            )
            if schedule.hint_weight and bool(batch.hinted.any()):
                loss = loss + schedule.hint_weight * hint_loss(network.guess(rows), batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), schedule.clip)
            optimiser.step()
            rates.step()
            step += 1
            held = min(schedule.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), network.parameters(), strict=True):
                    if now.requires_grad:
                        mean.lerp_(now, 1 - held)
            losses.append(float(loss.detach()))
        if keep is not None:
            torch.save(average.state_dict(), keep)
        message = f"epoch {epoch} loss {np.mean(losses):.4f} {time.monotonic() - begun:.0f}s"
        if epoch % schedule.every == 0 or epoch == schedule.epochs:
            for name, adverts in dev.items():
                found = evaluate(average, adverts, types)
                message += "".join(f"\n   {name} / {key}: {value}" for key, value in found.items())
        log(message, flush=True)
    return average.eval()


@torch.no_grad()
def annotate(
    networks: Sequence[Network],
    adverts: Sequence[Sequence[TrainLine]],
    types: TokenTypes,
    *,
    context: bool = True,
) -> None:
    """Write what several networks think, on average, into the lines: soft labels and silver tags."""
    for line in (line for lines in adverts for line in lines):
        line.soft = line.soft_line = line.made = None
    for network in networks:
        moves = network.heads.moves().detach()
        for batch, lines, tags, logits, _ in outputs(network, adverts, types, context=context):
            pairs = pair_marginals(tags, moves, batch).numpy() / len(networks)
            chances = torch.sigmoid(logits).numpy()[:, :2] / len(networks)
            for at, line in enumerate(lines):
                start = int(batch.starts[at])
                mine = pairs[start : start + int(batch.lengths[at])]
                line.soft = mine if line.soft is None else line.soft + mine
                line.soft_line = (
                    chances[at] if line.soft_line is None else line.soft_line + chances[at]
                )
    for line in (line for lines in adverts for line in lines):
        likely = line.soft.reshape(*line.soft.shape[:2], 3, 3).sum(2).argmax(2)
        owners = cut_line(line.tokens)[1]
        firsts = np.r_[True, owners[1:] != owners[:-1]]
        line.silver = {
            head: tuple(int(tag) for tag in likely[firsts, place])
            for place, head in enumerate(HEADS)
            if head not in line.tags
        }
