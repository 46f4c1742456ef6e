"""Symbols and short names inside sentences: what must and what must never answer them."""

from pathlib import Path

import pytest

import starkit as sk
from starkit.matching.evidence import pairs

TABLE = Path(__file__).parents[1] / "data" / "names.tsv"
ROWS = [
    tuple(line.split("\t"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def answers(asked, name, told):
    """Return what in the story is shown as answering the name."""
    story = sk.Story("A day", "", "", told, "")
    start = asked.index(name)
    return [
        told[pair.start : pair.end]
        for pair in pairs(asked, story)
        if pair.asked_start < start + len(name) and start < pair.asked_end
    ]


def test_table_is_whole():
    """At least sixty pairs, both ways, and each name stands in what is asked."""
    verdicts = [row[0] for row in ROWS]

    assert len(ROWS) >= 60
    assert min(verdicts.count("must"), verdicts.count("not")) >= 30
    assert {"must", "not"} == set(verdicts)
    assert all(name in asked for _, asked, name, _ in ROWS)


@pytest.mark.parametrize(("asked", "name", "told"), [row[1:] for row in ROWS if row[0] == "must"])
def test_name_answers_itself_in_a_sentence(asked, name, told):
    """A2: the story's words for the name are shown as its answer."""
    assert answers(asked, name, told)


@pytest.mark.parametrize(("asked", "name", "told"), [row[1:] for row in ROWS if row[0] == "not"])
def test_other_words_never_answer_a_name(asked, name, told):
    """A2: words that only look like the name are no answer to it."""
    assert [] == answers(asked, name, told)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Knowledge of PianoDisc systems", "I tuned the piano before every concert."),
        ("Experience of QuickBooks", "I was quick to put the books in order."),
        ("Keeping HubSpot up to date", "I was the hub of the team and kept the spot clean."),
        ("Confident with OneNote", "I took one note after the other."),
        ("Use of SafeLane", "I kept the lane safe for cyclists."),
    ],
)
def test_name_with_capitals_is_not_taken_apart(asked, told):
    """A product answers to its name, and not to the words that it is put together from."""
    story = sk.Story("A day", "", "", told, "It went well.")

    assert () == sk.align([asked], [story]).matches(0)


@pytest.mark.parametrize("name", ["PianoDisc", "QuickBooks", "HubSpot", "OneNote", "ModernGov"])
def test_name_with_capitals_answers_itself(name):
    """The name alone, in any letters, is found."""
    story = sk.Story("A day", "", "", f"I set up {name} for four users.", "It ran for years.")
    small = sk.Story(
        "B day", "", "", f"I set up {name.lower()} for four users.", "It ran for years."
    )
    alignment = sk.align([f"Experience of {name}"], [small, story])

    assert {"A day", "B day"} == {match.story.title for match in alignment.matches(0)}
