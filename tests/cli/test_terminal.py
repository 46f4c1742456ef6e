import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FULL = Path("/dev/full")

# A program that a shell starts in the background is born deaf to Ctrl-C.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from starkit.__main__ import main
print(flush=True)
main()
"""

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


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["closing"], ["closing", "--json"], ["--help"]])
def test_full_disk_behind_the_output_is_told(command):
    """What goes to stdout may not get there: one line says so, and no traceback."""
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "starkit", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr.startswith("starkit: the output cannot be written (")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("FileNotFoundError(2, 'No such file', 'word_vectors.npz')", "word_vectors.npz: "),
        ("OSError(24, 'Too many open files')", "Too many open files"),
        ("ConnectionResetError(104, 'Connection reset')", "Connection reset"),
    ],
)
def test_an_error_from_elsewhere_is_not_laid_on_the_output(error, words):
    """Only what fails in writing the output is told as that; the rest names what it was."""
    broken = f"""
import starkit.cli, starkit.__main__
def run(): raise {error}
starkit.cli.run = run
starkit.__main__.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", broken], capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 2
    assert done.stderr.startswith("starkit: ")
    assert words in done.stderr
    assert "output" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of this kind")
@pytest.mark.parametrize("after", [0.2, 0.6, 1.2])
def test_interruption_ends_quietly(after):
    """Ctrl-C may come while the command still imports: no traceback, and the shell's code."""
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            INTERRUPTIBLE,
            "demo",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        time.sleep(after / 4)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()

    assert b"Traceback" not in said
    assert process.returncode in (130, -signal.SIGINT)


def test_sign_that_the_encoding_lacks_ends_nothing(tmp_path):
    """A terminal of old prints a question mark in its place."""
    (tmp_path / "letter.txt").write_text("Süß: I accept, and I am furious ☹.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "starkit", "letter", "feedback", "--check", "letter.txt"],
        capture_output=True,
        cwd=tmp_path,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )

    assert (done.returncode, done.stderr) == (1, b"")


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
