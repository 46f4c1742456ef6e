"""Score the requirements that starkit reads from adverts against what a careful reader took from them.

    python benchmarks/requirements.py                      # the adverts that the rules were tuned on
    python benchmarks/requirements.py --apart              # those kept apart, which no rule was made for
    python benchmarks/requirements.py ADVERTS EXPECTED     # folders of your own
    python benchmarks/requirements.py --rules              # without the trained tagger
    python benchmarks/requirements.py --misses             # what was missed and what was too much

EXPECTED holds ``NAME.expected.json`` files as tests/adverts/README.md describes them; ADVERTS holds the
adverts that they name. A requirement found and one expected are a pair when the text that they share is
at least half of the longer one; pairs are one to one. Each field of the record has two sorts of
figures: how often it is right on a pair (years and alternatives are right, too, when there are none),
and precision, recall and F1 of its values over all that was found and all that was expected, where a
value counts as found when its requirement is paired and the value is the same. Boilerplate is the lines
and clauses that must never be inside a requirement; one is let through when a requirement holds half
of it.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from starkit import requirements as rq
from starkit.files import read_advert

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "src" / "starkit" / "data" / "examples" / "adverts"
EXPECTED = ROOT / "tests" / "adverts"
TEXTS = EXPECTED / "texts"
APART = EXPECTED / "apart"

FIELDS = ("kind", "priority", "years", "alternatives")

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
    for i, one in enumerate(found):
        for j, other in enumerate(wanted):
            longer = max(one[1] - one[0], other[1] - other[0])
            common = shared(one, other)
            if common and common * 2 >= longer:
                candidates.append((common / longer, i, j))
    used_i: set[int] = set()
    used_j: set[int] = set()
    out = []
    for _, i, j in sorted(candidates, reverse=True):
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            out.append((i, j))
    return sorted(out)


def groups_agree(found: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> bool:
    """Tell whether two sets of alternatives say the same, give or take the words around a name.

    >>> groups_agree([("Java", "Kotlin in production")], [("Java", "Kotlin")])
    True
    """
    return len(found) == len(wanted) == _same_groups(found, wanted)


def _same_groups(found: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> int:
    rest = list(found)
    count = 0
    for group in wanted:
        match = next((other for other in rest if _same_group(other, group)), None)
        if match is not None:
            rest.remove(match)
            count += 1
    return count


def _same_group(found: Sequence[str], wanted: Sequence[str]) -> bool:
    if len(found) != len(wanted):
        return False
    return all(
        any(a.lower() in b.lower() or b.lower() in a.lower() for b in wanted) for a in found
    ) and all(any(a.lower() in b.lower() or b.lower() in a.lower() for b in found) for a in wanted)


def score(found: rq.Requirements, expected: dict[str, Any], counts: Counter[str]) -> list[str]:
    """Add one advert's figures to ``counts`` and return what went wrong, in words."""
    if found.advert is None:
        raise ValueError("requirements without their advert have no places to compare")
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
    for item in found:
        _count_values(_values(item), "found", counts)
    for one in expected["requirements"]:
        _count_values(_wanted_values(one), "wanted", counts)
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
    said += _let_through(folded, spans, expected, counts)
    return said


def _let_through(
    folded: Folded, spans: Sequence[Span], expected: dict[str, Any], counts: Counter[str]
) -> Iterator[str]:
    for text in expected.get("noise", ()):
        place = folded.find(text)
        if place is None:
            counts["not in the text"] += 1
            continue
        counts["boilerplate"] += 1
        if any(shared(s, place) * 2 >= min(s[1] - s[0], place[1] - place[0]) for s in spans):
            counts["boilerplate let through"] += 1
            yield f"  boilerplate: {text!r}"


_Values = dict[str, Any]


def _values(item: rq.Requirement) -> _Values:
    groups = [tuple(skill.text for skill in group) for group in item.alternatives]
    return {
        "kind": str(item.kind),
        "priority": str(item.priority),
        "years": item.years,
        "alternatives": groups,
    }


def _wanted_values(item: dict[str, Any]) -> _Values:
    return {
        "kind": item["kind"],
        "priority": item["priority"],
        "years": tuple(item["years"]) if item.get("years") else None,
        "alternatives": [tuple(group) for group in item.get("alternatives", ())],
    }


def _count_values(values: _Values, side: str, counts: Counter[str]) -> None:
    """Count what a record says; no years and no alternatives say nothing."""
    counts[f"kind {side}"] += 1
    counts[f"priority {side}"] += 1
    counts[f"years {side}"] += values["years"] is not None
    counts[f"alternatives {side}"] += len(values["alternatives"])


def _fields(item: rq.Requirement, expected: dict[str, Any], counts: Counter[str]) -> list[str]:
    seen, wanted = _values(item), _wanted_values(expected)
    right = {name: seen[name] == wanted[name] for name in FIELDS[:-1]}
    right["alternatives"] = groups_agree(seen["alternatives"], wanted["alternatives"])
    for name in ("kind", "priority"):
        counts[f"{name} hit"] += right[name]
    counts["years hit"] += right["years"] and wanted["years"] is not None
    counts["alternatives hit"] += _same_groups(seen["alternatives"], wanted["alternatives"])
    for name, is_right in right.items():
        counts[f"{name} right"] += is_right
    return [
        f"  {name}: {item.text!r}: {seen[name]!s}, not {wanted[name]!s}"
        for name, is_right in right.items()
        if not is_right
    ]


def _share(counts: Counter[str], part: str, whole: str) -> float:
    return counts[part] / counts[whole] if counts[whole] else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figures(counts: Counter[str]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of the requirements and of each field, 0-1."""
    rows = {"requirement": ("paired", "found", "wanted")}
    rows |= {name: (f"{name} hit", f"{name} found", f"{name} wanted") for name in FIELDS}
    shares = {}
    for name, (hit, found, wanted) in rows.items():
        precision, recall = _share(counts, hit, found), _share(counts, hit, wanted)
        shares[name] = (precision, recall, _f1(precision, recall))
    return shares


def right_on_pairs(counts: Counter[str]) -> dict[str, float]:
    """Return how often each field is right on the pairs, 0-1."""
    return {name: _share(counts, f"{name} right", "paired") for name in FIELDS}


def _line(name: str, counts: Counter[str]) -> str:
    shares, right = figures(counts), right_on_pairs(counts)
    fields = "  ".join(f"{field} {right[field]:.3f}" for field in FIELDS)
    precision, recall, f1 = shares["requirement"]
    boilerplate = _share(counts, "boilerplate let through", "boilerplate")
    return (
        f"{name:26} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {fields}  "
        f"boilerplate {boilerplate:.3f}"
    )


def _sets(options: argparse.Namespace) -> list[tuple[Path, list[Path]]]:
    """Return the folder of expected data and the folders in which their adverts may lie."""
    if options.adverts is not None:
        return [(options.expected or EXPECTED, [options.adverts])]
    if options.apart:
        return [(APART, [TEXTS / "apart"])]
    return [(EXPECTED, [EXAMPLES, TEXTS])]


def advert_file(name: str, folders: Sequence[Path]) -> Path:
    """Return where the advert lies, or leave with a message."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise SystemExit(f"no advert {name!r} in {', '.join(map(str, folders))}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("adverts", nargs="?", type=Path, help="a folder of your own adverts")
    parser.add_argument("expected", nargs="?", type=Path, help="the folder of what they ask for")
    parser.add_argument("--apart", action="store_true", help="score the adverts kept apart")
    parser.add_argument("--rules", action="store_true", help="leave the trained tagger out")
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    options = parser.parse_args()

    from starkit.pipeline import load_pipeline

    nlp = load_pipeline(trained=not options.rules)
    total: Counter[str] = Counter()
    words, seconds, adverts = 0, 0.0, 0
    for folder, texts in _sets(options):
        for file in sorted(folder.glob("*.expected.json")):
            expected = json.loads(file.read_text(encoding="utf-8"))
            advert = read_advert(advert_file(expected["advert"], texts))
            began = time.process_time()
            found = rq.extract_requirements(advert, nlp=nlp)
            seconds += time.process_time() - began
            words += len(advert.text.split())
            adverts += 1
            counts: Counter[str] = Counter()
            said = score(found, expected, counts)
            total += counts
            print(_line(expected["advert"], counts))
            if options.misses and said:
                print("\n".join(said))
    if not adverts:
        raise SystemExit("no expected data in the folder")
    print(f"\n{adverts} adverts, {total['wanted']} requirements expected, {total['found']} found")
    print(f"  {'':14} {'precision':>9} {'recall':>9} {'F1':>9} {'right on pairs':>16}")
    right = right_on_pairs(total)
    for name, (precision, recall, f1) in figures(total).items():
        last = f"{right[name]:>16.3f}" if name in right else ""
        print(f"  {name:14} {precision:>9.3f} {recall:>9.3f} {f1:>9.3f} {last}")
    through, lines = total["boilerplate let through"], total["boilerplate"]
    print(f"  boilerplate let through: {through} of {lines}, {through / max(lines, 1):.3f}")
    if total["not in the text"]:
        print(f"  expected texts that are not in the advert: {total['not in the text']}")
    print(f"  words a CPU second: {words / max(seconds, 1e-9):,.0f}")


if __name__ == "__main__":
    main()
