"""Story files: what is written comes back, and what is wrong is told all at once."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

import starkit as sk
from starkit.files import story_file_schema
from strategies import banks

EXAMPLES = files("starkit.data").joinpath("examples", "stories")


@pytest.mark.parametrize("suffix", ["yaml", "json", "toml"])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(bank=banks)
def test_what_is_saved_is_loaded(tmp_path, suffix, bank):
    """Saving and loading gives an equal bank in each format."""
    path = tmp_path / f"stories.{suffix}"
    try:
        sk.dump_stories(bank, path)
    except sk.FileError as error:  # control characters, which a format cannot hold
        assert "cannot hold" in str(error)  # noqa: PT017
        return

    assert bank == sk.load_stories(path)


def loaded(tmp_path, text, name="stories.yaml"):
    """Return the bank in a file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return sk.load_stories(path)


@pytest.mark.parametrize("typed", ["NO", "12:30", "1.10", "2026-12-17", "0x1F"])
def test_yaml_keeps_what_was_typed(tmp_path, typed):
    """A part of a story is text, whatever YAML would make of it."""
    [story] = loaded(tmp_path, f"- title: A\n  result: {typed}\n")

    assert typed == story.result


def test_three_mistakes_are_told_at_once(tmp_path):
    """File, story and field of each mistake stand in one message."""
    text = "- title: One\n  resutl: typo\n- situation: no title\n- title: Two\n  skills: {a: b}\n"
    with pytest.raises(sk.StoryFileError) as caught:
        loaded(tmp_path, text)

    message = str(caught.value)
    assert all(word in message for word in ("stories.yaml", "resutl", "title", "skills", "Two"))


def test_two_stories_of_one_title_are_told(tmp_path):
    """A title names one story."""
    with pytest.raises(sk.StarkitError, match="Rota"):
        loaded(tmp_path, "- title: Rota\n- title: Rota\n")


def test_aliases_are_refused(tmp_path):
    """A file of aliases can grow without end, so none are read."""
    with pytest.raises(sk.StarkitError, match="alias"):
        loaded(tmp_path, "- &a {title: One}\n- *a\n")


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir(), key=str), ids=lambda path: path.name)
def test_examples_fit_the_schema(path):
    """The schema that editors complete by accepts every example, and refuses a typing error."""
    schema = story_file_schema()
    data = yaml.load(Path(str(path)).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    jsonschema.validate(data, schema)
    first = json.loads(json.dumps(data))
    stories = first if isinstance(first, list) else first["stories"]
    stories[0]["resutl"] = "typo"

    with pytest.raises(jsonschema.ValidationError, match="resutl"):
        jsonschema.validate(first, schema)
