"""Markdown banks: many styles in, one style out, and nothing lost on the way."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import starkit as sk
from starkit.files.markdown import read_markdown
from timing import cpu_seconds

FIVE = Path(__file__).parent.parent / "data" / "markdown" / "five-headings.md"


def loaded(tmp_path, text, name="stories.md"):
    """Return the bank in a file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return sk.load_stories(path)


def told(story):
    """Return every text of a story."""
    return "\n".join([story.title, story.text, story.notes, *story.skills, *story.competencies])


def test_five_styles_of_headings():
    """Numbered, closed, underlined with a theme, with parts as headings, with front matter."""
    bank = sk.load_stories(FIVE)

    assert (
        "Falls on Ward 4",
        "The missing rota",
        "A new drug round",
        "Handover",
        "The night of the flood",
    ) == bank.titles
    assert {"Teamwork"} == {name for story in bank for name in story.competencies}
    for story in bank:
        assert not [part for part, text in story.parts.items() if not text.strip()]


def test_each_part_has_its_text():
    """Labels in bold, in lists, as headings and as keys open the same four parts."""
    falls, rota, drugs, handover, flood = sk.load_stories(FIVE)

    assert falls.situation == "Leeds, 2024.\n\nNine falls in May on a ward of 28 beds."
    assert falls.action.endswith("half past three.\n\n  Each bay had a check of its own.")
    assert falls.skills == ("falls prevention", "audit")
    assert rota.action == "I rang the bank staff\n  and changed my own shift."
    assert drugs.action == "I wrote a list.\n\n**Step 1:** I timed each bed."
    assert handover.action.endswith("## not a heading\nResult: not a label\n```")
    assert (flood.situation, flood.date) == ("Water: on the floor at 3 a.m.", "NO")
    assert flood.action == "I woke the porter.\nWe moved six beds."


def test_nothing_is_lost():
    """Every word of the file stands in the bank; what has no place is in the notes."""
    bank = sk.load_stories(FIVE)
    whole = "\n".join(f"{told(story)}\n{story.date}" for story in bank)
    words = set(re.findall(r"\w+", FIVE.read_text(encoding="utf-8")))
    # The names of the fields and the numbers of the stories are the form and not the content.
    form = {"S", "T", "A", "R", "Situation", "Task", "Action", "Result", "Tags", "Context", "Story"}
    form |= {"situation", "task", "action", "result", "date", "skills", "tags"}

    assert form >= words - set(re.findall(r"\w+", whole))
    assert "Metrics: 9 to 2" in bank["Falls on Ward 4"].notes
    assert "Reflection: I would ask the pharmacist first." in bank["A new drug round"].notes
    assert "My STAR stories: Last looked through in March." in bank["Falls on Ward 4"].notes
    assert "mood: cold" in bank["The night of the flood"].notes
    assert "Not written yet: Something about" in bank["The night of the flood"].notes


def test_five_styles_come_back_in_one(tmp_path):
    """What was read in any style is written in one, and reads the same."""
    bank = sk.load_stories(FIVE)
    sk.dump_stories(bank, tmp_path / "out.md")
    sk.dump_stories(bank, tmp_path / "out.csv")

    assert bank == sk.load_stories(tmp_path / "out.md")
    assert bank == sk.load_stories(tmp_path / "out.csv")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("**Rota**\n\n**Situation:** x\n\n**Flood**\n\n**Situation:** y\n", ("Rota", "Flood")),
        ("# All\n**Rota**\nSituation: x\n\n**Flood**\nSituation: y\n", ("Rota", "Flood")),
        ("# All\n## Care\n### Rota\n**S:** x\n## Work\n### Flood\n**S:** y", ("Rota", "Flood")),
        ("Rota\n====\nSITUATION: x\n\nFlood\n=====\n**SITUATION**\ny", ("Rota", "Flood")),
        ("## **Rota**\n> **Situation:** x\n## *Flood*\n1. **S**ituation: y", ("Rota", "Flood")),
        ("---\ntitle: Rota\nstar:\n  situation: x\n---\n", ("Rota",)),
        ("### Story 01: Rota\n| | |\n|---|---|\n| **Situation** | x |\n", ("Rota",)),
        ("Rota\n\nSituation: x\nResult: z\n\nFlood\n\nSituation: y\n", ("Rota", "Flood")),
        ("**Title:** Rota\n**S:** x\n\n**Title:** Flood\n**S:** y\n", ("Rota", "Flood")),
        ("## Story 1\nTitle: Rota\nSituation – x\n## Story 2\nTitle: Flood\nSituation — y", 2),
        ("## Rota\nS: x\nR: z\n\n**Flood**\nS: y", ("Rota", "Flood")),
        ("## Rota\nS: x\nA: b\nR: c\n\nS: y\nA: b\nR: c", ("Rota", "Rota (2)")),
        ("## Rota\n| S | T | A | R |\n|-|-|-|-|\n| x | t | a | r |\n| y | t | a | r |", 2),
        ("## Care\n## Rota\n**S:** x\n## Work\n\n## Flood\n**S:** y", ("Rota", "Flood")),
        ("## Rota\n### Situation – x\n### Task – t\n### Result – r", ("Rota",)),
        (
            "---\ntitle: Mine\n---\n## Rota\nSituation\nx\n\nTask\nt\n## Flood\n(S) y\n(T) t\n(A) a\n(R) r",
            2,
        ),
        ("| # | Story | S | T | A | R |\n|-|-|-|-|-|-|\n| 1 | Rota | x | b | c | d |\n", ("Rota",)),
    ],
)
def test_other_forms(tmp_path, text, titles):
    """Bold titles, grouped ones, tables and front matter alone are read, too."""
    bank = loaded(tmp_path, text)

    if isinstance(titles, tuple):
        assert titles == bank.titles
    else:
        assert titles == len(bank)
    assert ["x", "y"][: len(bank)] == [story.situation for story in bank]


def test_a_group_is_kept(tmp_path):
    """The heading over several stories stands in the notes of each."""
    bank = loaded(tmp_path, "# All\n## Care\n### Rota\n**S:** x\n### Night\n**S:** z\n")

    assert bank["Rota"].notes == "Section: Care\n\nAll:"
    assert bank["Night"].notes == "Section: Care"


def test_parts_told_together_are_named(tmp_path):
    """Two parts under one label are not torn apart; the notes say so."""
    [story] = loaded(
        tmp_path, "## Rota\n**Situation & Task:** Two were ill.\n**Action:** I rang.\n"
    )

    assert (story.situation, story.task) == ("Two were ill.", "")
    assert "situation and task" in story.notes


def test_mistakes_are_told_with_their_line(tmp_path):
    """A title that stands twice is named with its line; a text without stories is refused."""
    with pytest.raises(sk.StoryFileError, match=r"line 3.*stands twice"):
        loaded(tmp_path, "## Rota\n**S:** x\n## Rota\n**S:** y\n")
    with pytest.raises(sk.StoryFileError, match=r"title.*missing"):
        loaded(tmp_path, "**Situation:** no heading\n")
    with pytest.raises(sk.FileError, match="has no story"):
        loaded(tmp_path, "# Shopping\n\n- milk\n")
    with pytest.raises(sk.FileError, match="is no YAML"):
        loaded(tmp_path, "---\ntitle: [\n---\n")


def test_content_is_told_without_a_suffix(tmp_path):
    """A Markdown bank in a text file is one."""
    bank = loaded(tmp_path, "## Rota\n\n**Action:** I rang them.\n", "stories.txt")

    assert bank.titles == ("Rota",)


# What people type: printable lines without blanks around the whole.
_LINE = st.text(
    st.sampled_from("abc XY.,:;#*_-+=~`<>|[](){}\\/'\"!?&%$@^0123456789éß—•\t").filter(
        str.isprintable
    ),
    max_size=30,
)
_TYPED = st.lists(_LINE, max_size=5).map("\n".join).map(str.strip)
_LABELS = st.sampled_from(
    ["Situation: x", "**Result:** y", "# head", "---", "===", "```", "- a", "1. Task: b", "<!--"]
)
_TRICKY = st.lists(_LABELS | _LINE, max_size=6).map("\n".join).map(str.strip)
_TITLE = _LINE.map(str.strip).filter(bool)
_STORY = st.builds(
    sk.Story,
    _TITLE,
    _TRICKY,
    _TYPED,
    _TRICKY,
    _TYPED,
    notes=_TRICKY,
    source=_TITLE,
    skills=st.lists(_LINE.map(str.strip).filter(lambda name: name and ";" not in name), max_size=3),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_STORY, max_size=3, unique_by=lambda story: story.title).map(sk.StoryBank))
def test_what_is_typed_comes_back(tmp_path, bank):
    """Whatever people type, headings and labels of Markdown among it, is written and read again."""
    path = tmp_path / "stories.md"
    sk.dump_stories(bank, path)

    assert bank == sk.load_stories(path)


@settings(max_examples=200, deadline=None)
@given(st.lists(_LABELS | _LINE | st.just("\r```"), max_size=12).map("\n".join))
def test_any_text_is_read_or_refused(text):
    """No text breaks the reader: it is a bank, or an error of ours."""
    try:
        parsed = read_markdown("s.md", text)
    except sk.FileError:
        return

    assert parsed.value is not None


@pytest.mark.parametrize(
    "text",
    [
        "# a\n" * 20_000,
        "---\n" * 20_000,
        "---\ntitle: a\n" * 9_000,
        "**a**\n" * 20_000,
        "|\n" * 9_000,
    ],
)
def test_hostile_files_end(text):
    """A file of nothing but marks is read or refused in a moment, and not in the square of it."""

    def read():
        with contextlib.suppress(sk.FileError):
            read_markdown("s.md", text)

    assert cpu_seconds(read, 10) < 10


def test_head_of_a_table_of_parts(tmp_path):
    """It goes to the notes and not to the label above it; a cell has lines of its own."""
    [story] = loaded(
        tmp_path,
        "## Tram\n**Tags:** #calm #safety\n\n| STAR | Notes |\n|---|---|\n"
        "| **S** | Stuck |\n| **A** | I rang<br>I walked |\n",
    )

    assert (story.skills, story.notes) == (("calm", "safety"), "| STAR | Notes |")
    assert story.action == "I rang\nI walked"


def test_a_coach_s_text_without_any_mark(tmp_path):
    """Titles on lines of their own, in a text file; a heading without parts goes to the notes."""
    text = (
        "MY STORIES\n\nMoving 40 hives\n\nSituation: Sold.\nTask: Move.\nAction: I drove.\n"
        "Result: 39 lived.\n\nFoulbrood\n\nSituation: Ill.\nResult: 38 stayed clean.\n"
    )
    bank = loaded(tmp_path, text, "bees.txt")

    assert bank.titles == ("Moving 40 hives", "Foulbrood")
    assert bank["Moving 40 hives"].notes == "MY STORIES"


def test_a_rule_at_the_top_is_no_front_matter():
    """A bank that opens with a rule and a blank line is read as text, whatever signs stand in it."""
    text = "---\n\nTitle: Rota\n\nSITUATION → Two ill\nTASK → Fill it\nACTION → I rang\nRESULT → Full\n\n---\n"
    [record] = read_markdown("s.md", text).value

    assert record["title"] == "Rota"
    assert record["action"] == "I rang"
