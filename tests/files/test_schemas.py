"""The published JSON Schemas."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

import starkit as sk
from programs import load

DOCS = Path(__file__).parent.parent.parent / "docs"
STORY = sk.Story("Rota", "Two were ill.", "Fill gaps.", "I planned the rotas.", "All filled.")
ADVERT = sk.Advert(
    "You will need:\n- Experience of planning rotas\n- Experience of welding\n- A driving licence\n"
)
APPLICATION = sk.Application(
    "Harbour Foods",
    "Driver",
    channel="direct",
    stage="interview",
    interviewed=dt.date(2026, 12, 17),
    timescale="a week",
)
PACKS = {
    "full": lambda: sk.prepare(ADVERT, sk.StoryBank([STORY]), application=APPLICATION),
    "no application": lambda: sk.prepare(ADVERT, sk.StoryBank([STORY])),
    "no stories": lambda: sk.prepare(ADVERT, sk.StoryBank([])),
    "nothing asked": lambda: sk.prepare(sk.Advert("Come and see us."), sk.StoryBank([STORY])),
}


def test_published_files_are_those_of_the_classes():
    """``python docs/write_schemas.py`` writes them anew."""
    kept = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in DOCS.joinpath("schemas").glob("*.json")
    }

    assert load("docs/write_schemas.py").schemas() == kept
    assert sk.value_schema(sk.Story) == kept["Story"]
    assert sk.InterviewPack.schema() == kept["InterviewPack"]


@pytest.mark.parametrize("pack", PACKS)
def test_pack_keeps_to_its_schema(pack):
    """What ``to_dict`` writes fits; another key, a part that is missing or another version does not."""
    schema = sk.InterviewPack.schema()
    plain = json.loads(json.dumps(PACKS[pack]().to_dict()))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(plain, schema)

    wrong = [plain | {"colour": "red"}, plain | {"schema_version": 99}]
    wrong += [{key: plain[key] for key in plain if key != missing} for missing in plain]
    for changed in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(changed, schema)


def test_pack_schema_has_no_open_place():
    """Every object of the form names its keys and allows no other."""

    def objects(part):
        if isinstance(part, dict):
            if part.get("type") == "object":
                yield part
            for inner in part.values():
                yield from objects(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from objects(inner)

    found = list(objects(sk.InterviewPack.schema()))

    assert len(found) > 10
    assert all(item["additionalProperties"] is False for item in found)
