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
