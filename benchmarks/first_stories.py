"""Measure the first story of each requirement against a reader's: would one take the same?

python -m benchmarks.first_stories [own | apart | paraphrased] [--wrong] [--peers]

Verdicts stand in ``tests/data/first-stories`` (its README says how they were made): for every requirement
that wants a story, the stories that a careful reader would tell first, or that none is a right answer,
too. ``own`` are the example adverts with the example stories, on which the scores were mended; ``apart``
are two trades that they were not mended on; ``paraphrased`` are four trades whose stories were written to answer in other words.

Printed: of the requirements with a story, how often the reader agrees with the first (with a bootstrap
interval of 95 %), in all and by state; how many gaps have a right story (false gaps), and how many stories
stand where the reader would leave a gap (false firsts); and how often a right story scores best, whatever
its score. ``--wrong`` lists what the reader does not agree with. ``--peers`` prints the same for BM25 and, where
it is installed, MiniLM: over the whole text of each story, and over its best window of two sentences. A peer
that gives all stories the same score puts none first.
"""

import argparse
import json
from collections.abc import Callable
from importlib.resources import files
from itertools import chain, pairwise
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.alignment import State, align
from starkit.files import load_stories
from starkit.matching.told import sentence_starts
from starkit.stories import PARTS, Story, StoryBank

SETS = ("own", "apart", "paraphrased")

VERDICTS = Path(__file__).parents[1] / "tests" / "data" / "first-stories"


@attrs.frozen
class First:
    """A requirement, the stories that a reader would tell first, and the one that was chosen.

    Attributes:
        requirement: What is asked for.
        right: Titles of the stories that are right; ``None`` among them where a gap is.
        title: Title of the first story, ``None`` for a gap.
        state: How sure the match is, ``None`` for a gap.
        score: Its score, 0-100; 0 for a gap.
        best: Title of the story that scores best, whatever its score.
    """

    requirement: str
    right: tuple[str | None, ...]
    title: str | None
    state: State | None
    score: float
    best: str

    @property
    def agreed(self) -> bool:
        """Whether the reader would have chosen the same."""
        return self.title in self.right


def _bank(name: str) -> StoryBank:
    beside = VERDICTS / f"{name}.yaml"
    shipped = Path(str(files("starkit.data") / "examples" / "stories" / f"{name}.yaml"))
    return load_stories(beside if beside.exists() else shipped)


def firsts(name: str) -> list[First]:
    """Return the first stories of all requirements in a file of verdicts."""
    found = []
    for one in json.loads((VERDICTS / f"{name}.json").read_text(encoding="utf-8")):
        texts = [item["requirement"] for item in one["asked"]]
        bank = _bank(one["stories"])
        alignment = align(texts, bank)
        for number, item in enumerate(one["asked"]):
            best = next(iter(alignment.matches(number)), None)
            found.append(
                First(
                    item["requirement"],
                    tuple(item["first"]),
                    best and best.story.title,
                    best and best.state,
                    best.score if best else 0.0,
                    bank.stories[int(alignment.scores[number].argmax())].title,
                )
            )
    return found


Scorer = Callable[[list[str], list[str]], NDArray[np.float32]]


def _texts(story: Story) -> tuple[str, ...]:
    return ("\n".join(getattr(story, part) for part in ("title", *PARTS)),)


def _windows(story: Story) -> tuple[str, ...]:
    """Return what two sentences say that follow one another, over the whole text."""
    (text,) = _texts(story)
    ends = [*sentence_starts(text), len(text)]
    sentences = [text[start:end].strip() for start, end in pairwise([0, *ends])]
    told = [sentence for sentence in sentences if sentence]
    return tuple(" ".join(told[first : first + 2]) for first in range(max(1, len(told) - 1)))


def puts_first(name: str, score: Scorer, cut: Callable[[Story], tuple[str, ...]]) -> list[bool]:
    """Return for each requirement that wants a story whether a peer puts a right one first.

    Args:
        name: Which verdicts.
        score: What scores texts, queries x documents.
        cut: What makes documents of a story; the best of them counts.
    """
    found = []
    for one in json.loads((VERDICTS / f"{name}.json").read_text(encoding="utf-8")):
        asked = [item for item in one["asked"] if None not in item["first"]]
        stories = _bank(one["stories"]).stories
        pieces = [cut(story) for story in stories]
        starts = np.cumsum([0, *map(len, pieces[:-1])])
        table = score([item["requirement"] for item in asked], [*chain(*pieces)])
        for item, row in zip(asked, np.maximum.reduceat(table, starts, axis=1), strict=True):
            best = stories[int(row.argmax())].title
            found.append(bool(row.max() > row.min()) and best in item["first"])
    return found


def _print_peers(name: str) -> None:
    from benchmarks.alignment import bm25, minilm

    for system, score in (("BM25", bm25), ("MiniLM", minilm())):
        if score is None:
            print(f"  {system} is not installed")
            continue
        for what, cut in (("whole text", _texts), ("best two sentences", _windows)):
            right = puts_first(name, score, cut)
            print(f"  {system}, {what}: {sum(right)} of {len(right)}")


def _share(found: list[First]) -> str:
    if not found:
        return "none"
    agreed = np.array([item.agreed for item in found])
    random = np.random.default_rng(0)
    low, high = np.quantile(random.choice(agreed, (1000, len(agreed))).mean(axis=1), [0.025, 0.975])
    return f"{agreed.sum()} of {len(agreed)} ({agreed.mean():.3f} [{low:.3f}, {high:.3f}])"


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verdicts", nargs="?", choices=SETS, default=SETS[0])
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    found = firsts(options.verdicts)
    shown = [item for item in found if item.title]
    gaps = [item for item in found if not item.title]
    print(f"{len(found)} requirements; the reader agrees with the first story of {_share(shown)}")
    for state in State:
        print(f"  shown as {state}: {_share([item for item in shown if item.state is state])}")
    print(f"false gaps: {sum(not item.agreed for item in gaps)} of {len(gaps)} gaps")
    print(f"false firsts where only a gap is right: {sum(item.right == (None,) for item in shown)}")
    told = [item for item in found if None not in item.right]
    best = sum(item.best in item.right for item in told)
    print(f"a right story scores best in {best} of {len(told)} that want one")
    if options.peers:
        _print_peers(options.verdicts)
    if options.wrong:
        for item in found:
            if not item.agreed:
                wanted = " / ".join(title or "a gap" for title in item.right)
                got = f"{item.title} {item.score:.0f}" if item.title else "a gap"
                print(f"- {item.requirement}\n    {got}; the reader: {wanted}")


if __name__ == "__main__":
    main()
