"""Rank the dev benches with starkit and its peers in one run: quality, CPU time, calibration.

python benchmarks/alignment.py DIR [--bench NAME ...]

DIR holds ``NAME.docs.json`` and ``NAME.queries.jsonl``. Prints hit@1, hit@3, MRR and nDCG@10, MRR with a
bootstrap interval of 95 %, and CPU seconds; for starkit also how often a match shown at 50 or more
is right, and the expected calibration error in ten bins. MiniLM runs beside them where
``sentence-transformers`` can load it from this machine.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray
from rapidfuzz import fuzz, process, utils

from starkit.matching.asked import asked
from starkit.matching.calibration import calibration
from starkit.matching.scoring import scores
from starkit.matching.terms import stop_words
from starkit.matching.told import told
from starkit.stories import Story

System = Callable[[list[str], list[str]], NDArray[np.float32]]

BENCHES = ("star-bank-dev", "onet-occ", "onet-pool", "onet-rev")


def starkit(queries: list[str], docs: list[str]) -> NDArray[np.float32]:
    """Score as ``align`` does, with the whole text as the action of a story."""
    bank = told([Story("-", "", "", text, "") for text in docs])
    return scores(asked(queries), bank, calibration())


def fuzzy(scorer: Callable[..., float]) -> System:
    """Return a system that ranks by one of rapidfuzz's whole-text scorers."""

    def score(queries: list[str], docs: list[str]) -> NDArray[np.float32]:
        return process.cdist(queries, docs, scorer=scorer, processor=utils.default_process)

    return score


def _stems(text: str) -> list[str]:
    words = [word for word in utils.default_process(text).split() if word not in stop_words()]
    return Stemmer.Stemmer("english").stemWords(words)


def bm25(
    queries: list[str], docs: list[str], k: float = 1.2, b: float = 0.75
) -> NDArray[np.float32]:
    """Score by BM25 on Snowball stems, with the collection's own frequencies."""
    counts = [Counter(_stems(text)) for text in docs]
    length = np.array([sum(count.values()) for count in counts], np.float32)
    postings: dict[str, tuple[list[int], list[int]]] = {}
    for place, count in enumerate(counts):
        for term, times in count.items():
            where, often = postings.setdefault(term, ([], []))
            where.append(place)
            often.append(times)
    norm = k * (1 - b + b * length / length.mean())
    found = np.zeros((len(queries), len(docs)), np.float32)
    for row, query in enumerate(queries):
        for term in set(_stems(query)):
            where, often = postings.get(term, ([], []))
            if where:
                idf = np.log1p((len(docs) - len(where) + 0.5) / (len(where) + 0.5))
                times = np.array(often, np.float32)
                found[row, where] += idf * times * (k + 1) / (times + norm[where])
    return found


def minilm() -> System | None:
    """Return MiniLM as a system, ``None`` where it cannot be loaded without network."""
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer("all-MiniLM-L6-v2", device="cpu", local_files_only=True)
    except (ImportError, OSError):
        return None

    def score(queries: list[str], docs: list[str]) -> NDArray[np.float32]:
        left, right = (model.encode(texts, normalize_embeddings=True) for texts in (queries, docs))
        return left @ right.T

    return score


def ranks(row: NDArray[np.float32], candidates: list[int], relevant: list[int]) -> list[int]:
    """Return the rank of each right candidate, 1 the best; a tie counts half against it."""
    here = row[candidates]
    places = {doc: place for place, doc in enumerate(candidates)}
    found = []
    for doc in relevant:
        own = here[places[doc]]
        found.append(1 + int((here > own).sum() + ((here == own).sum() - 1) / 2))
    return sorted(found)


def measures(found: list[list[int]]) -> dict[str, float]:
    """Return hit@1, hit@3, MRR and nDCG@10 over the queries, 0-1."""
    best = np.array([item[0] for item in found])
    gain = [
        sum(1 / np.log2(1 + rank) for rank in item if rank <= 10)
        / sum(1 / np.log2(1 + rank) for rank in range(1, min(len(item), 10) + 1))
        for item in found
    ]
    return {
        "hit@1": float((best == 1).mean()),
        "hit@3": float((best <= 3).mean()),
        "MRR": float((1 / best).mean()),
        "nDCG@10": float(np.mean(gain)),
    }


def interval(found: list[list[int]], rounds: int = 1000) -> tuple[float, float]:
    """Return the middle 95 % of MRR over queries drawn again."""
    best = 1 / np.array([item[0] for item in found])
    random = np.random.default_rng(0)
    drawn = random.choice(best, (rounds, len(best))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def trust(
    table: NDArray[np.float32], queries: list[dict], every: list[int]
) -> tuple[float, float, int]:
    """Return the share of matches at 50 or more that are right, the calibration error, how many."""
    shown, right = [], []
    for row, query in zip(table, queries, strict=True):
        candidates = query["candidates"] or every
        shown.append(row[candidates] / 100)
        right.append(np.isin(candidates, query["relevant"]))
    score, truth = np.concatenate(shown), np.concatenate(right)
    over = score >= 0.5
    bins = np.minimum((score * 10).astype(int), 9)
    error = sum(
        abs(score[bins == one].mean() - truth[bins == one].mean()) * (bins == one).mean()
        for one in range(10)
        if (bins == one).any()
    )
    return float(truth[over].mean()) if over.any() else float("nan"), float(error), int(over.sum())


def main() -> None:
    """Print a table for each bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bench", nargs="*", default=list(BENCHES))
    options = parser.parse_args()
    systems: dict[str, System] = {
        "rapidfuzz WRatio": fuzzy(fuzz.WRatio),
        "rapidfuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
        "BM25": bm25,
        "starkit": starkit,
    }
    if (model := minilm()) is not None:
        systems["MiniLM"] = model
    for name in options.bench:
        docs = json.loads((options.folder / f"{name}.docs.json").read_text(encoding="utf-8"))
        lines = (options.folder / f"{name}.queries.jsonl").read_text(encoding="utf-8").splitlines()
        queries = [json.loads(line) for line in lines]
        every = list(range(len(docs)))
        print(f"{name}: {len(queries)} queries, {len(docs)} documents")
        for system, score in systems.items():
            if system == "rapidfuzz WRatio" and len(docs) > 3000:
                continue  # minutes for a system that ranks last
            start = time.process_time()
            table = score([query["query"] for query in queries], docs)
            spent = time.process_time() - start
            found = [
                ranks(row, query["candidates"] or every, query["relevant"])
                for row, query in zip(table, queries, strict=True)
            ]
            told_ = "  ".join(f"{key} {value:.3f}" for key, value in measures(found).items())
            low, high = interval(found)
            print(f"  {system:26} {told_}  [{low:.3f}, {high:.3f}]  {spent:.1f} CPU s")
            if system == "starkit":
                share, error, many = trust(table, queries, every)
                print(
                    f"  {'':26} at 50 or more: {many}, right {share:.2f}; calibration error {error:.3f}"
                )


if __name__ == "__main__":
    main()
