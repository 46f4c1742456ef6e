"""Measure the first story of each requirement against a reader's: would one take the same?

python -m benchmarks.first_stories [own | apart | paraphrased] [--wrong]

Verdicts stand in ``tests/data/first-stories`` (its README says how they were made): for every requirement
that wants a story, the stories that a careful reader would tell first, or that none is a right answer,
too. ``own`` are the example adverts with the example stories, on which the scores were mended; ``apart``
are two trades that they were not mended on; ``paraphrased`` are four trades whose stories were written to answer in other words.

Printed: of the requirements with a story, how often the reader agrees with the first (with a bootstrap
interval of 95 %), in all and by state; how many gaps have a right story (false gaps), and how many stories
stand where the reader would leave a gap (false firsts); and how often a right story scores best, whatever
its score. ``--wrong`` lists what the reader does not agree with.
"""

import argparse
import json
from importlib.resources import files
from pathlib import Path

import attrs
import numpy as np

from starkit.alignment import State, align
from starkit.files import load_stories
from starkit.stories import StoryBank

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
    if options.wrong:
        for item in found:
            if not item.agreed:
                wanted = " / ".join(title or "a gap" for title in item.right)
                got = f"{item.title} {item.score:.0f}" if item.title else "a gap"
                print(f"- {item.requirement}\n    {got}; the reader: {wanted}")


if __name__ == "__main__":
    main()
