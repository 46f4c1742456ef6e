"""Which trades the skill spans serve: recall and precision by field, on the adverts with expected skills.

    python -m benchmarks.trades                        # the adverts of this repository
    python -m benchmarks.trades --bias 0.3             # the same with a recall bias

For each advert under ``tests/adverts`` the skills that a careful reader named stand beside the spans that
the pipeline marks inside the requirements of that advert. *Found*: a named skill shares text with a
span. *Right*: a span in a requirement shares text with a named skill. *Exact*: a named skill
is marked from its first to its last letter. Spans outside the requirements are counted as *outside*.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.requirements import EXAMPLES, EXPECTED, TEXTS, Folded, advert_file, shared

from starkit.files import read_advert
from starkit.pipeline import SKILLS_KEY, load_pipeline

Span = tuple[int, int]


def wanted_spans(expected: dict, text: str) -> tuple[list[Span], list[Span]]:
    """Places of the requirements and of the skills named in them."""
    folded = Folded.of(text)
    requirements, skills = [], []
    for item in expected["requirements"]:
        place = folded.find(item["text"], item.get("occurrence", 1))
        if place is None:
            continue
        requirements.append(place)
        inside = Folded.of(text[place[0] : place[1]])
        for skill in item.get("skills", ()):
            found = inside.find(skill)
            if found is not None:
                skills.append((place[0] + found[0], place[0] + found[1]))
    return requirements, skills


def count(expected: dict, path: Path, bias: float) -> Counter[str]:
    """Count one advert."""
    advert = read_advert(path)
    # The doc is named: its spans are gone with it.
    doc = load_pipeline(recall_bias=bias)(advert.text)
    spans = [(span.start_char, span.end_char) for span in doc.spans[SKILLS_KEY]]
    requirements, skills = wanted_spans(expected, advert.text)
    inside = [span for span in spans if any(shared(span, place) for place in requirements)]
    return Counter(
        skills=len(skills),
        found=sum(any(shared(skill, span) for span in spans) for skill in skills),
        exact=sum(skill in spans for skill in skills),
        inside=len(inside),
        right=sum(any(shared(span, skill) for skill in skills) for span in inside),
        outside=len(spans) - len(inside),
    )


def main() -> None:
    """Print a row for each field."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bias", type=float, default=0.0, help="recall bias of the pipeline")
    options = parser.parse_args()
    by_field: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for file in sorted(EXPECTED.rglob("*.expected.json")):
        expected = json.loads(file.read_text(encoding="utf-8"))
        by_field[expected["field"]] += count(
            expected,
            advert_file(expected["advert"], [EXAMPLES, TEXTS, TEXTS / "apart"]),
            options.bias,
        )
    total = sum(by_field.values(), Counter())
    print(f"{'field':34} {'skills':>6} {'found':>6} {'exact':>6} {'right':>6} {'outside':>7}")
    for field, seen in [*sorted(by_field.items()), ("all", total)]:
        print(
            f"{field:34} {seen['skills']:6} {seen['found'] / max(1, seen['skills']):6.2f} "
            f"{seen['exact'] / max(1, seen['skills']):6.2f} "
            f"{seen['right'] / max(1, seen['inside']):6.2f} {seen['outside']:7}"
        )


if __name__ == "__main__":
    main()
