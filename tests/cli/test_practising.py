import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

import starkit as sk
from starkit.cli import UNUSABLE
from starkit.cli.terminal import clock

STORIES = """
- title: Rota
  situation: Six nights in August had nobody.
  task: I had to fill them.
  action: I rang the fourteen who had asked for more hours, and offered each two of the empty shifts.
  result: All fourteen shifts were filled in three days.
"""
ADVERT = """Ward manager

Essential:
- Experience of planning rotas
- A full driving licence

Desirable:
- Experience of welding pipes under water
"""


@pytest.fixture(autouse=True)
def files(tmp_path):
    """Write an advert and a story file into the folder of the commands."""
    (tmp_path / "stories.yaml").write_text(STORIES, encoding="utf-8")
    (tmp_path / "advert.txt").write_text(ADVERT, encoding="utf-8")


MINE = ("practise", "advert.txt", "-s", "stories.yaml")


def records(path="kept.db"):
    """Return what a journal holds of practice."""
    with sk.open_journal(path, create=False) as journal:
        return journal.practice()


def test_question_story_and_verdict(typed):
    """A3, A6: the question, the openings, the points, the check-in, and how it went."""
    result = typed(
        *(*MINE, "--journal", "kept.db", "--today", "2026-12-01"),
        lines=["", "", "poor", "Name the ward.", "", "", "g", ""],
    )
    [first, second] = records()

    assert result.exit_code == 0, result.output
    assert "Question 1 of 2" in result.stdout
    assert "0:00 of 2:00" in result.stderr
    assert "Say it back: You would like" in result.stdout
    assert "- I rang the fourteen who had asked for more hours" in result.stdout
    assert "Check in:" in result.stdout
    assert "No story answers this yet" in result.stdout
    assert "Practised 2: 1 good, 0 mixed, 1 poor; 0 longer than 2:00." in result.stdout
    assert ("Rota", "poor", "Name the ward.") == (first.story, str(first.verdict), first.note)
    assert ("", "good") == (second.story, str(second.verdict))
    assert "2026-12-01" == first.on.isoformat()


def test_everything_fits_80_columns(typed):
    """No line is longer than a plain terminal is wide."""
    result = typed(*MINE, "-n", "1", lines=["p", "", "mixed", ""])

    assert max(map(len, result.stdout.splitlines())) <= 80


def test_points_are_shown_first_when_asked(typed):
    """With p the points stand there while the clock runs, and not a second time after it."""
    result = typed(*MINE, "-n", "1", lines=["p", "", "mixed", ""])

    assert 1 == result.stdout.count("Say it back")
    assert result.stdout.index("Check in:") < result.stdout.index("0:00")


def test_what_went_poorly_comes_before_what_went_well(typed, run):
    """The journal decides what is practised next."""
    typed(*MINE, "--journal", "kept.db", lines=["", "", "good", "", "", "", "poor", ""])
    listed = json.loads(run(*MINE, "--journal", "kept.db", "--json").stdout)

    assert "welding" in listed[0]["requirement"]
    assert "rotas" in listed[1]["requirement"]


def test_skip_and_end_keep_nothing(typed, tmp_path):
    """What was not told is not written down, and no journal is made for it."""
    result = typed(*MINE, "--journal", "kept.db", lines=["s", "q"])

    assert result.exit_code == 0
    assert "Question 2 of 2" in result.stdout
    assert "Nothing was practised." in result.stdout
    assert not (tmp_path / "kept.db").exists()


def test_who_stops_in_the_middle_loses_nothing(typed):
    """The end of the input after the first question leaves the first on the disk."""
    result = typed(*MINE, "--journal", "kept.db", lines=["", "", "good", "", ""])

    assert 130 == result.exit_code
    assert "Traceback" not in result.output
    assert "Stopped." in result.stdout
    assert "Practised 1: 1 good" in result.stdout
    assert 1 == len(records())


def test_without_stories_that_is_said_first(typed):
    """Whoever gives no stories hears what they would bring, before the first question."""
    said = typed("practise", "advert.txt", "-n", "1", lines=["q"]).stdout

    assert said.startswith("Without stories there are the openings only")


def test_wrong_words_are_asked_again(typed):
    """A slip at the keyboard is told and asked again."""
    result = typed("practise", "-c", "teamwork", "-n", "1", lines=["x", "", "", "fine", "g", ""])

    assert "type p, s or q" in result.stderr
    assert "good, mixed or poor" in result.stderr
    assert "Practised 1: 1 good" in result.stdout


def test_competency_alone(run):
    """Neither advert nor stories are needed; without anything, what any interview may bring."""
    one = json.loads(run("practise", "--json", "-c", "teamwork", "-c", "safeguarding").stdout)
    general = json.loads(run("practise", "--json", "-n", "2").stdout)

    assert ["teamwork", "safeguarding"] == list(
        dict.fromkeys(item["question"]["competency"] for item in one)
    )
    assert ["Tell me about yourself."] == [item["question"]["text"] for item in general][:1]
    assert 2 == len(general)


def test_list_is_of_values(run):
    """What --json prints reads back as values of the library."""
    listed = json.loads(run(*MINE, "--json").stdout)
    [first, _] = [sk.from_dict(item) for item in listed]

    assert isinstance(first, sk.PracticeQuestion)
    assert "Rota" == first.answer.story_title


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ((), "needs a terminal"),
        (("--json", "nothing.txt"), "no such file"),
        (("--json", "-c", "telepathy"), "choose from"),
        (("--json", "advert.txt", "-c", "teamwork"), "not both"),
        (("--json", "--journal", "nothing.db"), "no journal"),
    ],
)
def test_wrong_use_is_explained(run, message, options, word):
    """One message that says what to do."""
    result = run("practise", *options)

    assert result.exit_code == UNUSABLE
    assert word in message(result)


def test_advert_that_asks_for_nothing_to_tell(typed, tmp_path):
    """A licence is shown and not told, and that is said."""
    (tmp_path / "advert.txt").write_text(
        "You will need:\n- A full driving licence\n", encoding="utf-8"
    )

    assert "wants a story" in typed("practise", "advert.txt", lines=[]).stdout


def test_journal_lists_what_was_practised(typed, run):
    """For people and as JSON."""
    typed(
        *(*MINE, "--journal", "kept.db", "-n", "1", "--today", "2026-12-01"),
        lines=["", "", "mixed", "Slower."],
    )
    told = run("journal", "practice", "--journal", "kept.db").stdout
    listed = json.loads(run("journal", "practice", "--journal", "kept.db", "--json").stdout)

    assert told.startswith("2026-12-01 mixed, 0:00 with Rota: Tell me")
    assert "Next time: Slower." in told
    assert records() == tuple(sk.from_dict(item) for item in listed)


def test_empty_list_says_how_to_begin(run):
    """A journal without practice names the command."""
    sk.open_journal("kept.db").close()

    assert "starkit practise" in run("journal", "practice", "--journal", "kept.db").stdout


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (3600, "60:00")])
def test_clock(seconds, shown):
    """Minutes and seconds, and no hours: no answer takes one."""
    assert shown == clock(seconds)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_clock_runs_on_a_real_terminal(tmp_path):
    """On a pseudo-terminal of 80 columns the clock ticks until Enter, and the time is kept."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = ""

    def wait_for(words):
        nonlocal seen
        start = len(seen)
        while words not in seen[start:]:
            seen += os.read(ours, 65536).decode()

    def enter(words):
        os.write(ours, f"{words}\n".encode())

    with subprocess.Popen(
        [sys.executable, "-m", "starkit", *MINE, "--journal", "kept.db", "-n", "1"],
        stdin=theirs,
        stderr=theirs,
        stdout=theirs,
        cwd=tmp_path,
    ) as process:
        os.close(theirs)
        wait_for("Enter starts the clock")
        enter("")
        wait_for("0:01 of 2:00")
        enter("")
        wait_for("How did it go?")
        enter("good")
        wait_for("next time?")
        enter("")
        wait_for("Kept in kept.db")
        code = process.wait()
    os.close(ours)
    with closing(sqlite3.connect(tmp_path / "kept.db")) as raw:
        [(kept,)] = raw.execute("SELECT value FROM practice").fetchall()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)

    assert 0 == code
    assert json.loads(kept)["seconds"] >= 1
    assert max(map(len, re.split(r"[\r\n]+", plain))) <= 80
