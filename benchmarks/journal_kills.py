"""Kill a writer of a journal at random moments, and count what was lost of what it reported saved.

    python benchmarks/journal_kills.py                 # 1,000 kills, two to three minutes
    python benchmarks/journal_kills.py 50 --seed 3     # fewer

Each round forks one writer (two in every fourth round). A writer opens the journal, adds an
application, changes it and ticks a contact off, and says so through a pipe after each call has
returned; then it begins again, until SIGKILL comes. It comes 5 to 40 ms after the first thing that
was reported, and in every fifth round 0 to 40 ms after the start, into a journal that does not
exist yet: while it is made, or before. After each round the journal is opened again, and all that
was reported in this round must be there, as it was reported. At the end everything is read once
more.
"""

import argparse
import datetime as dt
import os
import random
import select
import signal
import tempfile
import time
from pathlib import Path

import attrs

from starkit.followup import Application
from starkit.journal import open_journal

DAY = dt.date(2026, 12, 17)
ADDED, CHANGED, TICKED = "added", "changed", "ticked"
LIVES = 60.0  # seconds after which a writer that nobody killed ends by itself


@attrs.frozen
class Reported:
    """One thing that a writer said was saved: its kind, and the number of its entry."""

    kind: str
    number: int


def application(label: str) -> Application:
    """Return an application that can be told from all others."""
    return Application(
        label, "Driver", channel="direct", stage="interview", interviewed=DAY, timescale="a week"
    )


def write_until_killed(path: Path, said: int, label: str) -> None:
    """Add, change and tick off without end, and report each through the pipe once it is saved."""

    def report(kind: str, number: int) -> None:
        os.write(said, f"{kind} {number}\n".encode())  # below PIPE_BUF: whole or not at all

    end = time.monotonic() + LIVES
    with open_journal(path) as journal:
        turn = 0
        while time.monotonic() < end:
            turn += 1
            number = journal.add(application(f"{label}-{turn}"), on=DAY).number
            report(ADDED, number)
            journal.update(number, application(f"{label}-{turn}-changed"))
            report(CHANGED, number)
            journal.done(number, "thanks", on=DAY)
            report(TICKED, number)


def started(path: Path, label: str) -> tuple[int, int]:
    """Fork a writer; return its process and the end of the pipe to read from."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(heard)
            write_until_killed(path, said, label)
        finally:
            os._exit(1)  # whatever happens, a child never goes on as its parent
    os.close(said)
    return child, heard


def killed(child: int, heard: int, before: bytes) -> list[Reported]:
    """Kill a writer; return what it had reported."""
    os.kill(child, signal.SIGKILL)
    told = [before]
    while part := os.read(heard, 65536):
        told.append(part)
    os.close(heard)
    os.waitpid(child, 0)
    lines = b"".join(told).decode().splitlines()
    return [Reported(kind, int(number)) for kind, number in (line.split() for line in lines)]


def one_round(
    path: Path, label: str, chance: random.Random, *, early: bool, writers: int
) -> list[Reported]:
    """Start writers, kill them at a random moment, and return all that they reported."""
    running = [started(path, f"{label}-{number}") for number in range(writers)]
    first: dict[int, bytes] = {heard: b"" for _, heard in running}
    if early:
        time.sleep(chance.uniform(0, 0.040))
    else:
        ready, _, _ = select.select(list(first), [], [], LIVES)
        for heard in ready:
            first[heard] = os.read(heard, 65536)
        time.sleep(chance.uniform(0.005, 0.040))
    reported = []
    for child, heard in running:
        reported += killed(child, heard, first[heard])
    return reported


def lost_in(path: Path, reported: list[Reported]) -> list[Reported]:
    """Return what was reported and is not in the journal."""
    if not reported and not path.exists():
        return []
    with open_journal(path) as journal:
        entries = {entry.number: entry for entry in journal}
    kept = set()
    for number, entry in entries.items():
        kept.add(Reported(ADDED, number))
        if entry.application.employer.endswith("-changed"):
            kept.add(Reported(CHANGED, number))
        if [str(made.touch) for made in entry.made] == ["thanks"]:
            kept.add(Reported(TICKED, number))
    return [item for item in reported if item not in kept]


def main() -> None:
    """Run the rounds and print what was reported, found and lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("kills", type=int, nargs="?", default=1000, help="how many writers to kill")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - no secret hangs on it
    start, kills, rounds = time.monotonic(), 0, 0
    by_journal: dict[Path, list[Reported]] = {}
    lost: list[Reported] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warm.db")
        with open_journal(path) as journal:  # what is imported and compiled once, before the forks
            journal.done(journal.add(application("warm"), on=DAY).number, "thanks", on=DAY)
        while kills < given.kills:
            early = rounds % 5 == 0
            writers = min(2 if rounds % 4 == 3 else 1, given.kills - kills)
            if early:  # a new journal, so that the first round of each is killed as it is made
                path = Path(folder, f"journal-{rounds}.db")
            reported = one_round(path, str(rounds), chance, early=early, writers=writers)
            lost += lost_in(path, reported)
            by_journal.setdefault(path, []).extend(reported)
            kills, rounds = kills + writers, rounds + 1
        again = [item for path, reported in by_journal.items() for item in lost_in(path, reported)]
    saved = sum(len(reported) for reported in by_journal.values())
    print(
        f"{kills} kills in {rounds} rounds, {len(by_journal)} journals, {time.monotonic() - start:.0f} s"
    )
    print(f"reported saved: {saved:,}; found: {saved - len(again):,}; lost: {len(again)}")
    if lost or again:
        raise SystemExit(f"lost: {sorted({(item.kind, item.number) for item in (*lost, *again)})}")


if __name__ == "__main__":
    main()
