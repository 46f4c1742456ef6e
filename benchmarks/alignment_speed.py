"""Time the alignment at three sizes beside a peer in the same run: CPU seconds and peak memory.

python benchmarks/alignment_speed.py DIR [--rows N ...]

DIR holds the dev benches. Requirements are tasks drawn from them, and each story is put together from
tasks: a title, a situation, a task, three sentences of action and a result. Each line runs in a process
of its own, which does nothing before, so that tables are read and words are stemmed for the first
time; what is imported before is not counted. Up to 1,000 x 1,000 all scores are made by ``align``,
above that the best five by ``top_matches``, without evidence. The peer is rapidfuzz's
``token_set_ratio`` over whole texts, up to 1,000 x 1,000.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (30, 1000, 10_000)
BENCHES = ("onet-pool", "onet-occ")
DENSE = 1000  # rows up to which all scores are made
TOP = 5


def story_texts(tasks: list[str], count: int) -> list[tuple[str, str, str, str, str]]:
    """Return the parts of made-up stories, the same in every run."""
    draw = random.Random(0)  # noqa: S311 - no secrets here
    return [
        (
            f"{number} {' '.join(draw.choice(tasks).split()[:4])}",
            draw.choice(tasks),
            draw.choice(tasks),
            " ".join(draw.choices(tasks, k=3)),
            draw.choice(tasks),
        )
        for number in range(count)
    ]


def starkit(asked: list[str], parts: list[tuple[str, str, str, str, str]]) -> Callable[[], None]:
    """Return what aligns; values are built and modules imported before."""
    import numpy as np

    from starkit import Story, StoryBank, align, top_matches

    bank = StoryBank(Story(*part) for part in parts)

    def run() -> None:
        if len(asked) <= DENSE:
            np.asarray(align(asked, bank).scores)
        else:
            for _ in top_matches(asked, bank, k=TOP, evidence=False):
                pass

    return run


def token_set(asked: list[str], parts: list[tuple[str, str, str, str, str]]) -> Callable[[], None]:
    """Return what scores whole texts."""
    from rapidfuzz import fuzz, process, utils

    told = [" ".join(part) for part in parts]

    def run() -> None:
        process.cdist(asked, told, scorer=fuzz.token_set_ratio, processor=utils.default_process)

    return run


SYSTEMS = {"starkit": starkit, "rapidfuzz token_set_ratio": token_set}


def measure(folder: Path, system: str, rows: int) -> None:
    """Print the cost of one job."""
    tasks = [
        task
        for name in BENCHES
        for task in json.loads((folder / f"{name}.docs.json").read_text(encoding="utf-8"))
    ]
    asked = random.Random(1).choices(tasks, k=rows)  # noqa: S311 - no secrets here
    run = SYSTEMS[system](asked, story_texts(tasks, rows))
    cpu, clock = time.process_time(), time.perf_counter()
    run()
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    # Kibibytes on Linux.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{rows:,} x {rows:,}"
    print(f"{size:17} {system:26} {cpu:7.3f} CPU s  {clock:7.3f} s  {peak:5.0f} MB", flush=True)


def main() -> None:
    """Run each job in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--system", choices=list(SYSTEMS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.system:
        measure(options.folder, options.system, options.rows[0])
        return
    for rows in options.rows:
        for system in SYSTEMS:
            if system == "starkit" or rows <= DENSE:
                line = [str(options.folder), "--rows", str(rows), "--system", system]
                command = [sys.executable, __file__, *line]
                subprocess.run(command, check=True)  # noqa: S603 - this file and arguments


if __name__ == "__main__":
    main()
