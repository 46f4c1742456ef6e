"""Figures of the topics of closing questions on labelled data.

Run: ``python benchmarks/language_rules.py [--apart] [--show]``. The questions kept apart are scored
with ``--apart`` alone; ``--show`` lists what is wrong in the rest.
"""

import argparse
from collections import Counter
from pathlib import Path

from starkit.closing import Topic, classify_question

DATA = Path(__file__).parent.parent / "tests" / "data" / "answers"


def rows(name: str) -> list[list[str]]:
    """Return the tab-separated rows of one labelled file, without comment lines."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Return the mean F1 over the topics, 0-1, of (wanted, given) pairs."""
    scores = []
    for topic in Topic:
        hits = sum(wanted == given == topic for wanted, given in pairs)
        given = sum(given == topic for _, given in pairs)
        wanted = sum(wanted == topic for wanted, _ in pairs)
        scores.append(2 * hits / (given + wanted) if given + wanted else 0.0)
    return sum(scores) / len(scores)


def closing(name: str, *, show: bool) -> None:
    """Print the macro F1 of ``classify_question`` on one file."""
    pairs = []
    for topic, text in rows(name):
        given = classify_question(text)
        pairs.append((topic, str(given)))
        if show and given != topic:
            print(f"    {topic} -> {given}: {text}")
    right = Counter(wanted == given for wanted, given in pairs)[True]
    print(f"classify_question, {name}: macro F1 {macro_f1(pairs):.3f}, {right} of {len(pairs)}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--apart", action="store_true", help="score what is kept apart, too")
    parser.add_argument("--show", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    closing("closing-questions.tsv", show=options.show)
    if options.apart:
        closing("closing-questions-apart.tsv", show=False)


if __name__ == "__main__":
    main()
