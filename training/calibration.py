"""Fit the coefficients that turn the features of a pair into a score: 50 is the line.

python -m training.calibration --alignment DIR --out src/starkit/data/matching/calibration.json

A logistic over the features of ``starkit.matching.scoring``, fitted by Newton's method with a small
ridge on the dev benches named in ``BENCHES``; each bench has the same mass, whatever its size.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from starkit.matching.asked import asked
from starkit.matching.scoring import FEATURES, features
from starkit.matching.told import told
from starkit.stories import Story

BENCHES = {"star-bank-dev": 3.0, "onet-occ": 1.0}
"""The benches with their mass: stories are the product's case, activities keep it broad."""

RIDGE = 1e-3
STEPS = 50


def pairs(folder: Path, name: str) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    """Yield the features (features x candidates) of each query, and which candidates are right."""
    docs = json.loads((folder / f"{name}.docs.json").read_text(encoding="utf-8"))
    bank = told([Story("-", "", "", text, "") for text in docs])
    lines = (folder / f"{name}.queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line) for line in lines]
    place = 0
    for block in features(asked([query["query"] for query in queries]), bank):
        for row in range(block.shape[1]):
            query = queries[place]
            place += 1
            candidates = query["candidates"]
            if candidates is None:
                candidates = list(range(len(docs)))
            yield block[:, row, candidates], np.isin(candidates, query["relevant"])


def fit(
    found: list[tuple[NDArray[np.float32], NDArray[np.bool_], float]],
) -> NDArray[np.float64]:
    """Return the intercept and a coefficient for each feature, none of them negative."""
    rows = np.concatenate([x.T for x, _, _ in found]).astype(np.float64)
    right = np.concatenate([y for _, y, _ in found]).astype(np.float64)
    mass = np.concatenate([np.full(len(y), w) for _, y, w in found])
    mass /= mass.mean()
    kept = list(range(rows.shape[1]))
    while True:
        table = np.column_stack([np.ones(len(rows)), rows[:, kept]])
        theta = np.zeros(table.shape[1])
        for _ in range(STEPS):
            chance = 1 / (1 + np.exp(-table @ theta))
            slope = (
                table.T @ (mass * (right - chance)) - RIDGE * len(rows) * np.r_[0, theta[1:]] / 100
            )
            bend = (table.T * (mass * chance * (1 - chance))) @ table
            bend += np.diag(np.r_[0, np.full(len(kept), RIDGE * len(rows) / 100)])
            theta += np.linalg.solve(bend, slope)
        if (theta[1:] >= 0).all():
            break
        # A feature that only helps with the wrong sign would make a better story score worse.
        kept.pop(int(np.argmin(theta[1:])))
    whole = np.zeros(rows.shape[1] + 1)
    whole[0] = theta[0]
    whole[[place + 1 for place in kept]] = theta[1:]
    return whole


def weighted(folder: Path) -> list[tuple[NDArray[np.float32], NDArray[np.bool_], float]]:
    """Return the pairs of all benches, each query with its mass."""
    found = []
    for name, mass in BENCHES.items():
        here = list(pairs(folder, name))
        size = sum(len(right) for _, right in here)
        found += [(x, right, mass / size) for x, right in here]
    return found


def main() -> None:
    """Fit on the dev benches and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alignment", type=Path, required=True, help="folder of the dev benches")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    theta = fit(weighted(options.alignment))
    table = {
        "intercept": round(float(theta[0]), 4),
        "coefficients": {
            name: round(float(value), 4) for name, value in zip(FEATURES, theta[1:], strict=True)
        },
    }
    options.out.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(table))


if __name__ == "__main__":
    main()
