import os
import subprocess
import sys

import pytest

COMMANDS = {
    "answer": ["answer", "Why do you want this job?"],
    "closing": ["closing", "-n", "3"],
    "letter": ["letter", "cover-letter", "--days", "10"],
    "follow-up": [
        *("follow-up", "--employer", "Harbour Foods", "--role", "Driver", "--channel", "direct"),
        *("--interviewed", "2026-12-17", "--timescale", "a week", "--today", "2026-12-17"),
    ],
    "call": [
        *("call", "--employer", "Harbour Foods", "--role", "Driver", "--channel", "direct"),
        *("--decided", "2026-12-17", "--no-conforms", "--supports", "--today", "2026-12-18"),
    ],
    "journal add": [
        *("journal", "add", "--employer", "Harbour Foods", "--role", "Driver"),
        *("--channel", "direct", "--interviewed", "2026-12-17", "--today", "2026-12-17"),
    ],
}
SAYS = {
    "answer": "You would like to know why",
    "closing": "What are the next steps",
    "letter": "within 10 days",
    "follow-up": "Tuesday 29 December 2026",
    "call": "Call on Friday 18 December 2026.",
    "journal add": "Added: 1. Driver, Harbour Foods",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_command_runs_as_a_program_of_its_own(command, tmp_path):
    """Each command in a process of its own, with nothing on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "starkit", *COMMANDS[command]],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "STARKIT_JOURNAL": "kept.db"},
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert SAYS[command] in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_questions_are_asked_on_a_real_terminal(tmp_path):
    """A pseudo-terminal is asked; what the command gives goes to stdout alone."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "starkit", "letter", "--json"],
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    ) as process:
        os.close(theirs)
        os.write(ours, b"cover-letter\n10\n")
        given = process.stdout.read().decode()
        asked = os.read(ours, 65536).decode()
        code = process.wait()
    os.close(ours)

    assert code == 0
    assert "within 10 days" in given
    assert "Which letter" in asked
    assert "Which letter" not in given
