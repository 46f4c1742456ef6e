"""Values as plain JSON and back."""

import datetime as dt
import json

import attrs
import jsonschema
import pytest
from hypothesis import given

import starkit as sk
from strategies import banks

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


@pytest.mark.parametrize("name", sk.__all__)
def test_every_value_class_has_a_schema(name):
    """Each public value class can be described; other things are told apart."""
    value = getattr(sk, name)
    if isinstance(value, type) and attrs.has(value):
        names = [field.name for field in attrs.fields(value)]
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
