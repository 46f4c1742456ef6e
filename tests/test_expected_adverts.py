"""The expected requirements themselves: that they are what `tests/adverts/README.md` says they are."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

import starkit as sk

DATA = Path(__file__).parent / "adverts"
EXAMPLES = Path(sk.__file__).parent / "data" / "examples" / "adverts"
EXPECTED = sorted(DATA.rglob("*.expected.json"))
APART = [path for path in EXPECTED if path.parent.name == "apart"]

KINDS = {
    "skill", "knowledge", "experience", "qualification", "licence",
    "language", "attribute", "eligibility", "duty",
}  # fmt: skip
PRIORITIES = {"essential", "desirable", "unstated"}
KEYS = {"text", "occurrence", "kind", "priority", "years", "alternatives", "skills"}


def folded(text):
    """Return a text with every run of white space as one blank."""
    return " ".join(text.split())


def loaded(path):
    """Return what a file of expected requirements holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def advert_of(path):
    """Return the advert of a file of expected requirements: an example, or beside it under ``texts``."""
    name = loaded(path)["advert"]
    beside = DATA / "texts" / path.parent.relative_to(DATA) / name
    return beside if beside.exists() else EXAMPLES / name


def places(text, part):
    """Return every place where a part stands in a text, overlapping ones included."""
    return [(m.start(), m.start() + len(part)) for m in re.finditer(f"(?={re.escape(part)})", text)]


@pytest.fixture(params=EXPECTED, ids=lambda path: str(path.relative_to(DATA)).partition(".")[0])
def case(request):
    """Return the folded plain text of an advert, what is expected of it, and where each requirement stands."""
    expected = loaded(request.param)
    text = folded(sk.read_advert(advert_of(request.param)).text)
    spans = []
    for item in expected["requirements"]:
        found = places(text, item["text"])
        assert 1 <= item["occurrence"] <= len(found), item["text"]
        spans.append(found[item["occurrence"] - 1])
    return text, expected, spans


def test_requirements_stand_in_order_without_overlap(case):
    """Every requirement is found at its occurrence, after the one before it."""
    _, expected, spans = case
    texts = [item["text"] for item in expected["requirements"]]
    assert spans
    for (one, after), ((_, end), (start, _)) in zip(pairwise(texts), pairwise(spans), strict=True):
        assert end <= start, (one, after)


def test_fields_hold_allowed_values(case):
    """Keys, kinds, priorities and years are those of the format; texts are folded and trimmed."""
    _, expected, _ = case
    for item in expected["requirements"]:
        text = item["text"]
        assert set(item) == KEYS, text
        assert item["kind"] in KINDS, text
        assert item["priority"] in PRIORITIES, text
        assert text == folded(text)
        assert text[-1] not in ".;,:", text
        if item["years"] is not None:
            least, most = item["years"]
            bounds = [bound for bound in (least, most) if bound is not None]
            assert bounds, text
            assert bounds == sorted(bounds), text
            assert bounds[0] > 0, text


def test_skills_and_alternatives_stand_in_the_text(case):
    """Skills and members of a group are substrings, a group has two or more, eligibility has no skills."""
    _, expected, _ = case
    for item in expected["requirements"]:
        text = item["text"]
        parts = [*item["skills"], *(one for group in item["alternatives"] for one in group)]
        assert [part for part in parts if not part or part not in text] == [], text
        assert all(len(group) == len(set(group)) >= 2 for group in item["alternatives"]), text
        assert item["kind"] != "eligibility" or not item["skills"], text


def test_noise_stands_outside_every_requirement(case):
    """Noise is in the plain text and touches no requirement; page noise is not in it at all."""
    text, expected, spans = case
    for noise in expected["noise"]:
        found = places(text, noise)
        assert found, noise
        touched = [text[s:e] for s, e in spans if any(a < e and s < b for a, b in found)]
        assert touched == [], noise
    assert [noise for noise in expected.get("page_noise", ()) if noise in text] == []


def test_what_is_kept_apart_says_so():
    """`apart` is set in the folder of that name and nowhere else; no advert stands on both sides."""
    marked = [path for path in EXPECTED if loaded(path).get("apart", False)]
    assert marked == APART
    names = [path.name for path in EXPECTED]
    assert len(names) == len(set(names))


def test_twelve_fields_are_kept_apart():
    """Each advert kept apart comes from a field of its own, with requirements and noise enough to count."""
    held = [loaded(path) for path in APART]
    assert len({one["field"] for one in held}) == len(held) >= 12
    assert all(15 <= len(one["requirements"]) <= 40 for one in held)
    assert all(len(one["noise"]) >= 4 for one in held)
    assert {item["kind"] for one in held for item in one["requirements"]} == KINDS


def test_every_text_kept_apart_is_used():
    """No advert lies among the texts kept apart without its expected requirements."""
    assert {advert_of(path) for path in APART} == set((DATA / "texts" / "apart").iterdir())
