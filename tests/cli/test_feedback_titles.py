"""Feedback that the journal keeps under the beginning of a story's title (A12)."""

import datetime as dt

import starkit as sk
from starkit.cli.preparing import _with_feedback

BANK = sk.StoryBank(
    [
        sk.Story("The Dray that slipped", "It rained.", "Stop it.", "I put sand down.", "It held."),
        sk.Story("The Dray at noon", "It was hot.", "Water them.", "I carried it.", "All drank."),
    ]
)


def told(folder, title):
    """Keep feedback on a story in a journal, and return the notes that the stories have then."""
    path = folder / f"{title}.db"
    with sk.open_journal(path) as journal:
        hop_yard = sk.Application("Hop Yard", "Drayman", channel="direct", stage="applied")
        entry = journal.add(hop_yard, on=dt.date(2026, 11, 19))
        said = sk.Feedback(
            "Drayman, Hop Yard", "panel", "Too long.", stories=[title], verdict="poor"
        )
        journal.add_feedback(entry.number, said)
    return [story.notes for story in _with_feedback(BANK, path)]


def test_the_beginning_of_one_title_is_enough(tmp_path):
    """A12: the story meant is told so."""
    first, second = told(tmp_path, "the dray that")

    assert first
    assert not second


def test_the_beginning_of_two_titles_is_said(tmp_path, capsys):
    """A12: no story is guessed."""
    assert told(tmp_path, "The Dray") == ["", ""]
    assert "The Dray at noon" in capsys.readouterr().err
