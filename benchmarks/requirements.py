"""Score the requirements that starkit reads from adverts against what a careful reader took from them.

    python benchmarks/requirements.py                      # the adverts and data of this repository
    python benchmarks/requirements.py ADVERTS EXPECTED     # folders of your own
    python benchmarks/requirements.py --rules              # without the trained tagger
    python benchmarks/requirements.py --misses             # what was missed and what was too much

EXPECTED holds ``NAME.expected.json`` files as tests/adverts/README.md describes them; ADVERTS holds the
adverts that they name. A requirement found and one expected are a pair when the text that they share is
at least half of the longer one; pairs are one to one. Kind, priority, years and alternatives are
scored on the pairs.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from starkit import requirements as rq
from starkit.files import read_advert

ROOT = Path(__file__).parent.parent
ADVERTS = ROOT / "src" / "starkit" / "data" / "examples" / "adverts"
EXPECTED = ROOT / "tests" / "adverts"

Span = tuple[int, int]


@attrs.frozen
class Folded:
    """A text with every run of white space made one space, and where each character stood."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Folded":
        """Fold ``text``."""
        letters: list[str] = []
        places: list[int] = []
        for place, letter in enumerate(text):
            if not letter.isspace():
                letters.append(letter)
                places.append(place)
            elif letters and letters[-1] != " ":
                letters.append(" ")
                places.append(place)
        return cls("".join(letters), (*places, len(text)))

    def find(self, wanted: str, occurrence: int = 1) -> Span | None:
        """Return where ``wanted`` stands in the text that was folded."""
        wanted = " ".join(wanted.split())
        at = -1
        for _ in range(occurrence):
            at = self.text.find(wanted, at + 1)
            if at < 0:
                return None
        return self.places[at], self.places[at + len(wanted) - 1] + 1


def shared(first: Span, second: Span) -> int:
    """Return how many characters two places have in common."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def pairs(found: Sequence[Span], wanted: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair places one to one, the largest overlaps first.

    >>> pairs([(0, 10), (20, 30)], [(21, 30), (40, 50)])
    [(1, 0)]
    """
    candidates = []
    for i, a in enumerate(found):
        for j, b in enumerate(wanted):
            share = shared(a, b) / max(a[1] - a[0], b[1] - b[0])
            if share >= 0.5:
                candidates.append((-share, i, j))
    left, right, out = set(), set(), []
    for _, i, j in sorted(candidates):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return sorted(out)


def groups_agree(found: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> bool:
    """Tell whether two sets of alternatives say the same, give or take the words around a name.

    >>> groups_agree([("Java", "Kotlin in production")], [("Java", "Kotlin")])
    True
    """
    if len(found) != len(wanted):
        return False
    rest = list(found)
    for group in wanted:
        match = next((other for other in rest if _same_group(other, group)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def _same_group(found: Sequence[str], wanted: Sequence[str]) -> bool:
    if len(found) != len(wanted):
        return False
    return all(
        any(a.lower() in b.lower() or b.lower() in a.lower() for b in wanted) for a in found
    ) and all(any(a.lower() in b.lower() or b.lower() in a.lower() for b in found) for a in wanted)


def score(found: rq.Requirements, expected: dict[str, Any], counts: Counter[str]) -> list[str]:
    """Add one advert's figures to ``counts`` and return what went wrong, in words."""
    assert found.advert is not None
    folded = Folded.of(found.advert.text)
    wanted = []
    for item in expected["requirements"]:
        place = folded.find(item["text"], item.get("occurrence", 1))
        if place is None:
            counts["not in the text"] += 1
        wanted.append(place or (-1, 0))
    spans = [(item.start, item.end) for item in found]
    linked = pairs(spans, wanted)
    counts["found"] += len(spans)
    counts["wanted"] += len(wanted)
    counts["paired"] += len(linked)
    said = []
    for i, j in linked:
        said += _fields(found[i], expected["requirements"][j], counts)
    hit = {i for i, _ in linked}
    got = {j for _, j in linked}
    said += [
        f"  too much: {item.text!r} ({item.kind})" for i, item in enumerate(found) if i not in hit
    ]
    said += [
        f"  missed:   {expected['requirements'][j]['text']!r}"
        for j in range(len(wanted))
        if j not in got
    ]
    for text in expected.get("noise", ()):
        place = folded.find(text)
        if place is None:
            counts["not in the text"] += 1
            continue
        counts["noise"] += 1
        let_in = [s for s in spans if shared(s, place) * 2 >= min(s[1] - s[0], place[1] - place[0])]
        if let_in:
            counts["noise let in"] += 1
            said.append(f"  noise:    {text!r}")
    return said


def _fields(item: rq.Requirement, expected: dict[str, Any], counts: Counter[str]) -> list[str]:
    years = tuple(expected["years"]) if expected.get("years") else None
    groups = [tuple(skill.text for skill in group) for group in item.alternatives]
    right = {
        "kind": str(item.kind) == expected["kind"],
        "priority": str(item.priority) == expected["priority"],
        "years": item.years == years,
        "alternatives": groups_agree(groups, expected.get("alternatives", ())),
    }
    for name, is_right in right.items():
        counts[name] += is_right
    if years or item.years:
        counts["with years"] += 1
        counts["years, where there are any"] += right["years"]
    if groups or expected.get("alternatives"):
        counts["with alternatives"] += 1
        counts["alternatives, where there are any"] += right["alternatives"]
    seen = {
        "kind": item.kind,
        "priority": item.priority,
        "years": item.years,
        "alternatives": groups,
    }
    return [
        f"  {name}: {item.text!r}: {seen[name]!s}, not {expected.get(name)}"
        for name, is_right in right.items()
        if not is_right
    ]


def figures(counts: Counter[str]) -> dict[str, float]:
    """Turn counts into shares between 0 and 1."""

    def share(a: str, b: str) -> float:
        return counts[a] / counts[b] if counts[b] else 0.0

    precision, recall = share("paired", "found"), share("paired", "wanted")
    return {
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        **{name: share(name, "paired") for name in ("kind", "priority", "years", "alternatives")},
        "years, where there are any": share("years, where there are any", "with years"),
        "alternatives, where there are any": share(
            "alternatives, where there are any", "with alternatives"
        ),
        "noise let in": share("noise let in", "noise"),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("adverts", nargs="?", type=Path, default=ADVERTS)
    parser.add_argument("expected", nargs="?", type=Path, default=EXPECTED)
    parser.add_argument("--rules", action="store_true", help="leave the trained tagger out")
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    options = parser.parse_args()

    from starkit.pipeline import load_pipeline

    nlp = load_pipeline(trained=not options.rules)
    total: Counter[str] = Counter()
    words, seconds = 0, 0.0
    for file in sorted(options.expected.glob("*.expected.json")):
        expected = json.loads(file.read_text(encoding="utf-8"))
        advert = read_advert(options.adverts / expected["advert"])
        began = time.process_time()
        found = rq.extract_requirements(advert, nlp=nlp)
        seconds += time.process_time() - began
        words += len(advert.text.split())
        counts: Counter[str] = Counter()
        said = score(found, expected, counts)
        total += counts
        one = figures(counts)
        print(
            f"{expected['advert']:24} F1 {one['F1']:.3f}  precision {one['precision']:.3f}  "
            f"recall {one['recall']:.3f}  kind {one['kind']:.3f}  priority {one['priority']:.3f}  "
            f"noise {one['noise let in']:.3f}"
        )
        if options.misses:
            print("\n".join(said))
    print(f"\n{total['wanted']} requirements expected, {total['found']} found")
    for name, value in figures(total).items():
        print(f"  {name:36} {value:.3f}")
    if total["not in the text"]:
        print(f"  expected texts that are not in the advert: {total['not in the text']}")
    print(f"  words a CPU second                   {words / max(seconds, 1e-9):,.0f}")


if __name__ == "__main__":
    main()
