"""Measure the evidence against hand labels: are the words shown the words a person points at?

python benchmarks/evidence.py [--corpora DIR] [--wrong]

Labels stand in ``tests/data/evidence`` (its README says how they were made): our own examples, which the
evidence was mended on, and, with ``--corpora``, rows of the dev benches, which were kept apart; their
texts are read from DIR (``NAME.docs.json``, ``NAME.queries.jsonl``).

A shown pair is right when one labelled pair overlaps it on both sides. Printed: how many pairs are
shown a match, precision of all of them and of the strongest of each match (with a bootstrap interval
of 95 % over matches), and the share of the labelled asked phrases that a right pair answers. Beside it, as the
peer, the longest common stem runs of the two texts. ``--wrong`` lists what is shown and not labelled, for
our own examples only.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import attrs
import numpy as np
import yaml

from starkit.matching.evidence import Pair, pairs
from starkit.matching.terms import terms
from starkit.matching.told import PART_WEIGHTS, part_text
from starkit.stories import Story, StoryBank

LABELS = Path(__file__).parents[1] / "tests" / "data" / "evidence"

Span = tuple[int, int]
System = Callable[[str, Story], tuple[Pair, ...]]


@attrs.frozen
class Labelled:
    """A text that asks, a story, and which words answer which: asked span, part, told span."""

    asked: str
    story: Story
    answered: tuple[tuple[Span, str, Span], ...]


def _places(words: str, text: str) -> Iterator[Span]:
    folded, wanted = text.lower(), words.lower()
    start = folded.find(wanted)
    while start >= 0:
        yield start, start + len(words)
        start = folded.find(wanted, start + 1)


def _bank(name: str) -> StoryBank:
    from starkit.files import load_stories

    return load_stories(Path(str(files("starkit.data") / "examples" / "stories" / f"{name}.yaml")))


def own(path: Path) -> list[Labelled]:
    """Read labels over our own example adverts and stories."""
    found = []
    for item in yaml.safe_load(path.read_text(encoding="utf-8")):
        story = _bank(item["stories"])[item["story"]]
        answered = [
            (span, part, place)
            for words, tolds in item["answered"].items()
            for span in list(_places(words, item["asked"]))[:1]
            for told in tolds
            for part in PART_WEIGHTS
            for place in _places(told, part_text(story, part))
        ]
        found.append(Labelled(item["asked"], story, tuple(answered)))
    return found


def rows(path: Path, corpora: Path) -> list[Labelled]:
    """Read labels over rows of the dev benches."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        lines = (corpora / f"{item['bench']}.queries.jsonl").read_text(encoding="utf-8")
        query = json.loads(lines.splitlines()[item["query"]])["query"]
        docs = json.loads((corpora / f"{item['bench']}.docs.json").read_text(encoding="utf-8"))
        story = Story("-", "", "", docs[item["document"]], "")
        answered = [(tuple(asked), "action", tuple(told)) for asked, told in item["pairs"]]
        found.append(Labelled(query, story, tuple(answered)))
    return found


def common_stems(text: str, story: Story) -> tuple[Pair, ...]:
    """Pair each stem of the text with its first place in the story: the obvious way."""
    found = []
    for term in {item.key: item for item in reversed(terms(text))}.values():
        for part in PART_WEIGHTS:
            place = next(
                (item for item in terms(part_text(story, part)) if item.key == term.key), None
            )
            if place is not None:
                found.append(Pair(term.start, term.end, part, place.start, place.end, 1.0))
                break
    return tuple(found)


def _overlap(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def right(pair: Pair, label: Labelled) -> bool:
    """Say whether one labelled pair overlaps a shown pair on both sides."""
    return any(
        part == pair.part
        and _overlap(asked, (pair.asked_start, pair.asked_end))
        and _overlap(told, (pair.start, pair.end))
        for asked, part, told in label.answered
    )


def measure(labels: list[Labelled], system: System) -> dict[str, float]:
    """Return what a system shows and how much of it is right, 0-1."""
    shown, good, first, reached, wanted = [], [], [], 0, 0
    for label in labels:
        found = system(label.asked, label.story)
        verdicts = [right(pair, label) for pair in found]
        shown.append(len(found))
        good.append(sum(verdicts))
        first += verdicts[:1]
        phrases = {asked for asked, _, _ in label.answered}
        wanted += len(phrases)
        reached += sum(
            any(
                verdict and _overlap(phrase, (pair.asked_start, pair.asked_end))
                for pair, verdict in zip(found, verdicts, strict=True)
            )
            for phrase in phrases
        )
    many, fine = np.array(shown), np.array(good)
    random = np.random.default_rng(0)
    draws = random.integers(0, len(many), (1000, len(many)))
    drawn = fine[draws].sum(axis=1) / np.maximum(many[draws].sum(axis=1), 1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {
        "shown": float(many.mean()),
        "precision": float(fine.sum() / max(many.sum(), 1)),
        "low": float(low),
        "high": float(high),
        "strongest": float(np.mean(first)) if first else float("nan"),
        "silent": float((many == 0).mean()),
        "reached": reached / max(wanted, 1),
    }


def main() -> None:
    """Print a line for each label file and system."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    sets = {name: own(LABELS / f"{name}.yaml") for name in ("own",)}
    if options.corpora:
        sets["rows"] = rows(LABELS / "rows.jsonl", options.corpora)
    for name, labels in sets.items():
        many = sum(len(label.answered) for label in labels)
        print(f"{name}: {len(labels)} matches, {many} labelled places")
        for system, function in (("common stems", common_stems), ("starkit", pairs)):
            found = measure(labels, function)
            print(
                f"  {system:13} shown a match {found['shown']:.1f}"
                f"  precision {found['precision']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"
                f"  strongest {found['strongest']:.3f}  nothing shown {found['silent']:.3f}"
                f"  phrases reached {found['reached']:.3f}"
            )
        if options.wrong and name == "own":  # the rows stay unread
            _list_wrong(labels)


def _list_wrong(labels: list[Labelled]) -> None:
    for label in labels:
        found = pairs(label.asked, label.story)
        if all(right(pair, label) for pair in found):
            continue
        print(f"- {label.asked} <- {label.story.title}")
        for pair in found:
            if not right(pair, label):
                told = part_text(label.story, pair.part)[pair.start : pair.end]
                asked = label.asked[pair.asked_start : pair.asked_end]
                print(f"    {pair.strength:.2f} {asked!r} <- {pair.part}: {told!r}")


if __name__ == "__main__":
    main()
