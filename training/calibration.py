"""Fit the coefficients that turn the features of a pair into a score: 50 is the line.

python -m training.calibration --alignment DIR --out src/starkit/data/matching/calibration.json

A logistic over the features of ``starkit.matching.scoring``, fitted by Newton's method with a small
ridge on the dev benches named in ``BENCHES``; each bench has the same mass, whatever its size.

Then the line is drawn: the lowest chance from which, on every bench, at least ``TRUST`` of the matches
are right: labelled so, or taken as an answer by both readers of ``tests/data/bench-verdicts``, since the
benches label one or a few answers of many. For the benches of the fit it is read off chances that were
fitted without the bank (or the occupation) that a query asks, and so are the measures that are printed.
"""

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.matching.asked import asked
from starkit.matching.scoring import FEATURES, tiles
from starkit.matching.told import told
from starkit.stories import Story

BENCHES = {"star-bank-dev": 1.0, "onet-occ": 1.0}
"""The benches with their mass: stories are the product's case, activities keep it broad."""

POOLS = ("onet-pool", "onet-rev")
"""Benches that take no part in the fit, and on which the line has to hold as well."""

VERDICTS = Path(__file__).parents[1] / "tests" / "data" / "bench-verdicts" / "verdicts.csv"
"""What two readers take as an answer; its README says how it was made."""

TRUST = 0.82
"""The share of matches at the line or above that has to be right, 0-1: .80 with a little to spare."""
FEWEST = 15
"""Matches that a share is taken over at least."""
FOLDS = 5

HELD = {"opening": 0.6}
"""Coefficients that are not fitted: a free fit takes 1.4, which costs .015 of MRR on onet-pool."""

RIDGE = 1e-3
STEPS = 50


@attrs.frozen(eq=False)
class Query:
    """The candidates of one query.

    Attributes:
        bench: The bench that it stands in.
        fold: Queries of one bank are in one fold, 0 to ``FOLDS`` - 1.
        features: Features x candidates.
        right: Which candidates are labelled right.
        accepted: Which candidates are labelled right, or taken as an answer by both readers.
        mass: How much each candidate counts in the fit.
    """

    bench: str
    fold: int
    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    accepted: NDArray[np.bool_]
    mass: float


def verdicts(bench: str) -> dict[tuple[int, int], bool]:
    """Return whether both readers take a document as an answer, by query and document of a bench."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return {
            (int(row["query"]), int(row["document"])): row["reader_1"] == row["reader_2"] == "1"
            for row in csv.DictReader(file)
            if row["bench"] == bench
        }


def read(folder: Path, bench: str) -> list[Query]:
    """Return the queries of a bench with the features of their candidates."""
    docs = json.loads((folder / f"{bench}.docs.json").read_text(encoding="utf-8"))
    lines = (folder / f"{bench}.queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line) for line in lines]
    bank = told([Story("-", "", "", text, "") for text in docs])
    table = np.zeros((len(FEATURES), len(queries), len(docs)), np.float32)
    for tile in tiles(asked([query["query"] for query in queries]), bank):
        table[:, tile.texts, tile.stories] = tile.features
    banks: dict[tuple[int, ...], int] = {}
    read_right = [pair for pair, answers in verdicts(bench).items() if answers]
    every = list(range(len(docs)))
    found = []
    for row, query in enumerate(queries):
        candidates = query["candidates"] or every
        bank_number = banks.setdefault(tuple(candidates), len(banks))
        right = np.isin(candidates, query["relevant"])
        accepted = right | np.isin(candidates, [doc for place, doc in read_right if place == row])
        found.append((bank_number % FOLDS, table[:, row, candidates], right, accepted))
    mass = BENCHES.get(bench, 0.0) / sum(len(one[2]) for one in found)
    return [Query(bench, *one, mass) for one in found]


def fit(queries: Sequence[Query]) -> NDArray[np.float64]:
    """Return the intercept and a coefficient for each feature, none negative, some held."""
    rows = np.concatenate([query.features.T for query in queries]).astype(np.float64)
    right = np.concatenate([query.right for query in queries]).astype(np.float64)
    mass = np.concatenate([np.full(len(query.right), query.mass) for query in queries])
    mass /= mass.mean()
    held = np.array([HELD.get(name, 0.0) for name in FEATURES])
    given = rows @ held
    kept = [place for place, name in enumerate(FEATURES) if name not in HELD]
    while True:
        table = np.column_stack([np.ones(len(rows)), rows[:, kept]])
        theta = np.zeros(table.shape[1])
        for _ in range(STEPS):
            chance = 1 / (1 + np.exp(-table @ theta - given))
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
    whole = np.r_[theta[0], held]
    whole[[place + 1 for place in kept]] = theta[1:]
    return whole


def chance_of(theta: NDArray[np.float64], query: Query) -> NDArray[np.float64]:
    """Return the chances of a query's candidates under fitted coefficients."""
    return np.asarray(1 / (1 + np.exp(-(theta[0] + theta[1:] @ query.features))), np.float64)


def chances(queries: Sequence[Query]) -> list[NDArray[np.float64]]:
    """Return the chances of each query's candidates, from a fit without its fold."""
    fits = [fit([query for query in queries if query.fold != fold]) for fold in range(FOLDS)]
    return [chance_of(fits[query.fold], query) for query in queries]


def line(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the lowest chance from which ``TRUST`` of the matches are right.

    >>> line(np.linspace(0.9, 0.1, 100), np.arange(100) < 40).round(2)
    0.5
    """
    order = np.argsort(-chance, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(share[FEWEST - 1 :] >= TRUST)
    if not len(enough):
        raise SystemExit(f"the first {FEWEST} matches are right less often than {TRUST}")
    return float(chance[order[enough[-1] + FEWEST - 1]])


def _line(queries: Sequence[Query], chance: Sequence[NDArray[np.float64]]) -> float:
    return line(np.concatenate(chance), np.concatenate([query.accepted for query in queries]))


def main() -> None:
    """Fit on the dev benches and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alignment", type=Path, required=True, help="folder of the dev benches")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    queries = [query for bench in BENCHES for query in read(options.alignment, bench)]
    apart = chances(queries)
    theta = fit(queries)
    lines = {}
    for bench in BENCHES:
        here = [place for place, query in enumerate(queries) if query.bench == bench]
        best = [1 + (apart[i] > apart[i][queries[i].right].max()).sum() for i in here]
        lines[bench] = _line([queries[i] for i in here], [apart[i] for i in here])
        print(f"{bench}: MRR of folds {np.mean(1 / np.array(best)):.4f}, line {lines[bench]:.3f}")
    for bench in POOLS:
        pool = read(options.alignment, bench)
        lines[bench] = _line(pool, [chance_of(theta, query) for query in pool])
        print(f"{bench}: line {lines[bench]:.3f}")
    table = {
        "intercept": round(float(theta[0]), 4),
        "coefficients": {
            name: round(float(value), 4) for name, value in zip(FEATURES, theta[1:], strict=True)
        },
        "line": round(max(lines.values()), 3),
    }
    options.out.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(table))


if __name__ == "__main__":
    main()
