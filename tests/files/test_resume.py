"""JSON Resume: drafts of what the CV says, with nothing lost and nothing made up."""

import json
from pathlib import Path

import pytest

import starkit as sk

SAMPLE = Path(__file__).parent.parent / "data" / "resume" / "sample.resume.json"


def leaves(value):
    """Return every text in a value."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in leaves(part)]
    if isinstance(value, list):
        return [text for part in value for text in leaves(part)]
    return [value] if value else []


def told(story):
    """Return every text of a story."""
    return "\n".join([story.title, story.text, story.source, story.date or "", story.notes])


def test_nothing_of_the_sample_is_lost():
    """Every text of JSON Resume's own sample stands in the bank."""
    whole = "\n".join(told(story) for story in sk.load_stories(SAMPLE))

    assert [] == [
        text for text in leaves(json.loads(SAMPLE.read_text("utf-8"))) if text not in whole
    ]


def test_each_highlight_is_a_draft():
    """One story a highlight, and none for what is no story."""
    bank = sk.load_stories(SAMPLE)
    parts = [tuple(name for name, text in story.parts.items() if text) for story in bank]

    assert len(bank) == 7
    assert parts == [
        ("action",),
        ("result",),
        ("action",),
        ("result",),
        ("result",),
        ("action",),
        ("action",),
    ]
    assert bank["Awarded 'Teacher of the Month'"].source == "Teacher, CoderDojo"
    assert bank["Awarded 'Teacher of the Month'"].date == "2012-01-01 to 2013-01-01"
    assert not sk.load_stories(SAMPLE)["Successfully won Techcrunch Disrupt"].skills


def test_missing_parts_are_named_and_empty():
    """A draft says which parts are missing, in its notes and in its check, and fills none in."""
    highlights = {
        text
        for section in ("work", "volunteer", "projects")
        for entry in json.loads(SAMPLE.read_text("utf-8"))[section]
        for text in entry["highlights"]
    }
    for story in sk.load_stories(SAMPLE):
        filled = {name: text for name, text in story.parts.items() if text}
        missing = {name for name in story.parts if name not in filled}
        errors = {finding.where.rpartition(", ")[2] for finding in sk.check_story(story).errors}

        assert set(filled.values()) <= highlights
        assert missing == errors
        assert ", ".join(name for name in story.parts if name in missing) in story.notes


def written(tmp_path, value, name="resume.json"):
    """Return the bank in a file with this value."""
    path = tmp_path / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return sk.load_stories(path)


def test_the_same_highlight_twice(tmp_path):
    """Two highlights of one wording have titles of their own."""
    work = [{"name": name, "highlights": ["Led a team"]} for name in ("A", "B")]

    assert written(tmp_path, {"work": work}).titles == ("Led a team", "Led a team (2)")


@pytest.mark.parametrize("mark", ["...", ".", " .. "])
def test_highlight_without_a_word(tmp_path, mark):
    """A highlight that names nothing is called after its post, else after its section."""
    work = [{"position": "Nurse", "highlights": [mark]}, {"highlights": [mark]}]

    assert written(tmp_path, {"work": work}).titles == ("Nurse", "work")


def test_older_and_looser_forms(tmp_path):
    """``company`` of version 0, numbers, one text for highlights, and YAML are read, too."""
    entry = {
        "company": "Hull Port",
        "score": 4.5,
        "highlights": "Drove 200 loads",
        "startDate": "2020",
    }
    [story] = written(tmp_path, {"work": [entry]}, "resume.yaml")

    assert (story.source, story.date, story.action) == (
        "Hull Port",
        "since 2020",
        "Drove 200 loads",
    )
    assert "Score: 4.5" in story.notes


@pytest.mark.parametrize("work", ["none", {"a": "b"}, ["text"], [3]])
def test_what_is_no_cv_is_told(tmp_path, work):
    """A section of another shape is one clear error."""
    with pytest.raises(sk.StoryFileError, match=r"work.*JSON Resume has"):
        written(tmp_path, {"basics": {}, "work": work})


def test_what_is_no_story_goes_to_the_first_notes(tmp_path):
    """The person, the skills and a course without anything told make no story of their own."""
    cv = {
        "basics": {"name": "Ola Weir"},
        "education": [{"institution": "Fishguard College", "area": "Rope work"}],
        "work": [{"name": "Tide Mill", "summary": "Ground oats", "highlights": []}],
        "volunteer": [{"organization": "RNLI", "highlights": [{"text": "Towed a yacht home"}]}],
    }
    mill, yacht = written(tmp_path, cv)

    assert (mill.title, mill.text) == ("Tide Mill", "")
    assert yacht.text == "Text: Towed a yacht home"
    assert "Institution: Fishguard College" in mill.notes
    assert "Name: Ola Weir" in mill.notes
    assert "Fishguard" not in yacht.notes


def test_cv_with_nothing_to_tell(tmp_path):
    """A CV without any highlight is one clear error, and no empty bank."""
    with pytest.raises(sk.FileError, match=r"nothing to tell.*'highlights' of an entry"):
        written(tmp_path, {"basics": {"name": "Ola Weir"}, "work": [{"name": "Tide Mill"}]})
