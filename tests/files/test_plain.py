"""Values as plain JSON and back."""

import datetime as dt
import json
import math
from pathlib import Path

import attrs
import jsonschema
import pytest
from hypothesis import given

import starkit as sk
from strategies import banks

SCHEMAS = Path(__file__).parent.parent.parent / "docs" / "schemas"
STORY = sk.Story("Rota", "Two were ill.", "Fill gaps.", "I rang them.", "All 14 came.")
ADVERT = sk.Advert("Essential\n- 3+ years of Java or Kotlin\n", title="Cook")
APPLICATION = sk.Application(
    "Harbour Foods",
    "Driver",
    channel="direct",
    stage="interview",
    interviewed=dt.date(2026, 12, 17),
    timescale="a week",
)
VALUES = [
    STORY,
    ADVERT,
    sk.extract_requirements(ADVERT),
    sk.align(["Planning rotas"], [STORY]),
    sk.outline("Why you?", STORY),
    sk.check_story(STORY),
    sk.suggest_closing()[0],
    APPLICATION,
    sk.plan_follow_up(APPLICATION, dt.date(2026, 12, 1)),
    sk.contact_route(APPLICATION),
    sk.Feedback("Driver", "HR", "Vivid.", on=dt.date(2026, 12, 1)),
    sk.DEFAULT_POLICY,
]
PLANNER = sk.Story("Plan", "Two were ill.", "Fill gaps.", "I planned the rotas.", "All filled.")
PACK = sk.prepare(ADVERT, [STORY], application=APPLICATION)


def parts_of(value):
    """Return every value of a public class in a value, the value itself among them."""
    if isinstance(value, (tuple, list)):
        return [part for item in value for part in parts_of(item)]
    if not attrs.has(type(value)):
        return []
    fields = [getattr(value, field.name) for field in attrs.fields(type(value))]
    public = [value] if type(value).__name__ in sk.__all__ else []
    return public + [part for item in fields for part in parts_of(item)]


# One value of every public class: those above with all that they hold, and those that stand alone.
NOW = dt.date(2026, 12, 17)
MADE = sk.ContactMade("feedback", "decision", NOW, step="ask_recruiter")
ENTRY = sk.JournalEntry(
    1, "0" * 32, NOW, APPLICATION, [MADE], [sk.Feedback("Driver", "HR", "Vivid.")]
)
KINDS = {
    type(part).__name__: part
    for value in (
        *VALUES,
        PACK,
        sk.prepare(sk.Advert("Essential\n- Experience of planning rotas\n- Welding\n"), [PLANNER]),
        ADVERT.lines,
        ADVERT.sections,
        sk.StoryBank([STORY]),
        sk.should_call(APPLICATION, dt.date(2026, 12, 30), answers=sk.Answers(conforms=False)),
        sk.Answers(conforms=True, improves=False),
        sk.Contact("Ann", "employer"),
        sk.Agreement("I may call", "interview", opens_door=True, on=NOW),
        sk.NextSteps("panel", "a week"),
        sk.practice_questions(PACK.alignment, PACK.choice),
        sk.PracticeRecord("Why this job?", NOW, "mixed", seconds=140.5),
        sk.Draft("Thank you", "Dear Ann"),
        sk.Imported(new=(ENTRY,), practised=2),
        sk.DueContact(1, "Driver, Harbour Foods", PACK.plan.touch_points[0]),
        sk.Match(PACK.requirements[0], STORY, 71.5, "answers"),
    )
    for part in parts_of(value)
}
PACKS = [
    PACK,
    sk.prepare(sk.Advert("Come and see us."), []),
    sk.prepare(sk.Advert("Come and see us."), [STORY]),
    sk.prepare(sk.Advert("You will need:\n- Experience of welding\n- Planning rotas\n"), []),
    sk.prepare(sk.Advert("You will need:\n- Experience of welding\n- Planning rotas\n"), [PLANNER]),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_round_trip(value):
    """What is written as JSON reads as the same value."""
    assert value == sk.from_dict(json.loads(json.dumps(sk.to_dict(value))))


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_the_published_schema_fits(value):
    """What is written keeps to the schema of its class; another key or version does not."""
    schema = sk.value_schema(type(value))
    written = json.loads(json.dumps(sk.to_dict(value)))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(written, schema)

    for change in ({"colour": "red"}, {"schema_version": 99}, {"type": "Other"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(written | change, schema)


@pytest.mark.parametrize(
    "name",
    [n for n in sk.__all__ if isinstance(getattr(sk, n), type) and attrs.has(getattr(sk, n))],
)
def test_every_public_value_comes_back(name):
    """A value of each public class is written, fits the published schema and reads as itself."""
    value = KINDS[name]
    written = json.loads(json.dumps(sk.to_dict(value)))
    published = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))

    assert value == sk.from_dict(written)
    assert written == json.loads(json.dumps(sk.to_dict(sk.from_dict(written))))
    jsonschema.validate(written, published)


@pytest.mark.parametrize("pack", PACKS)
def test_packs_come_back(pack):
    """A pack has one form, with or without stories, requirements and an application."""
    written = json.loads(json.dumps(pack.to_dict()))
    again = sk.from_dict(written)

    assert written == json.loads(json.dumps(sk.to_dict(pack)))
    assert pack == again
    assert pack.to_html() == again.to_html()
    jsonschema.validate(written, sk.value_schema(sk.InterviewPack))


@pytest.mark.parametrize(
    "change",
    [
        {"bank": {"stories": []}},
        {"requirements": []},
        {"preparations": 3},
        {"scores": [[1.0, 2.0]]},
        {"colour": "red"},
        {"policy": {"points_per_piece": 0}},
    ],
)
def test_a_pack_that_does_not_fit_is_told(change):
    """One error of ours for a pack whose parts do not belong together."""
    with pytest.raises(sk.FileError, match="does not hold an InterviewPack"):
        sk.from_dict(PACK.to_dict() | change)


def _changed(*path, to):
    """Return the form of a pack with one part of it put differently."""
    form = json.loads(json.dumps(PACKS[-1].to_dict()))
    part = form
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    return form


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "schema_version is None"),
        (3, "a mapping is wanted"),
        ({"schema_version": 1, "type": "Story"}, "type is 'Story'"),
        ({"schema_version": 1, "type": "InterviewPack"}, "missing or unknown: advert, application"),
        (_changed("preparations", to=[{}]), r"missing or unknown in preparations\[0\]: matches"),
        (_changed("preparations", to=[None]), r"preparations\[0\] is no mapping"),
        (_changed("requirements", to=[]), "allowed: none"),
        (_changed("preparations", 0, "requirement", to=-1), "requirement is -1; allowed: 0 to"),
        (_changed("preparations", 0, "requirement", to=True), "True and no whole number"),
        (_changed("preparations", 0, "requirement", to=99), "requirement is 99; allowed: 0 to"),
        (_changed("choice", 0, "only", to=[-1]), "requirement is -1"),
        (_changed("choice", 0, "story", to=3), r"choice\[0\]\.story is 3 and no text"),
        (_changed("choice", 0, "story", to="Kiln"), "no story is called 'Kiln'"),
        (_changed("preparations", 0, "standing", to="fine"), "'fine' is not a valid Standing"),
        (_changed("coverage", to=0.123), "coverage is 0.123, and that of the scores is"),
        (_changed("coverage", to=7), "coverage is 7, and"),
        (_changed("scores", 0, 0, to=math.nan), r"scores\[0\]\[0\] is nan; allowed: 0 to 100"),
        (_changed("scores", 0, 0, to=101), r"scores\[0\]\[0\] is 101"),
        (_changed("scores", 0, 0, to="12"), r"scores\[0\]\[0\] is '12'"),
        (_changed("closing", to=[{"text": 3}]), "does not hold an InterviewPack"),
    ],
)
@pytest.mark.parametrize("read", [sk.InterviewPack.from_dict, sk.from_dict])
def test_a_broken_pack_has_one_error_of_ours(read, form, words):
    """Whatever is missing, unknown or out of range is named, by either way of reading."""
    if read is sk.from_dict and isinstance(form, dict) and form.get("type") == "Story":
        words = "does not hold a Story"

    with pytest.raises(sk.FileError, match=words):
        read(form)


@pytest.mark.parametrize("name", sk.__all__)
def test_every_value_class_has_a_schema(name):
    """Each public value class can be described; other things are told apart."""
    value = getattr(sk, name)
    if isinstance(value, type) and attrs.has(value):
        names = [field.name for field in attrs.fields(value)]
        if value is sk.InterviewPack:  # its form is its own
            names = sk.InterviewPack.schema()["required"][2:]
        assert ["schema_version", "type", *names] == sk.value_schema(value)["required"]
    else:
        with pytest.raises(sk.FileError, match="no plain form"):
            sk.value_schema(value)


@given(banks)
def test_any_bank_comes_back(bank):
    """Whatever a story holds, it comes back."""
    assert bank == sk.from_dict(json.loads(json.dumps(sk.to_dict(bank))))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema_version": 99}, "schema_version is 99"),
        ({"schema_version": None}, "schema_version is None"),
        ({"type": "os"}, "type 'os' is not known"),
        ({"type": "align"}, "type 'align' is not known"),
        ({"colour": "red"}, "colour"),
        ({"title": " "}, "title"),
    ],
)
def test_what_does_not_fit_is_told(change, words):
    """One error of ours, with what was seen."""
    with pytest.raises(sk.FileError, match=words):
        sk.from_dict(sk.to_dict(STORY) | change)


@pytest.mark.parametrize("value", [3, "text", object()])
def test_only_our_values_are_written(value):
    """A value of another kind is an error that says so."""
    with pytest.raises(sk.FileError, match="no plain form"):
        sk.to_dict(value)
