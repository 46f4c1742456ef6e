"""Watch the memory of long streams: does it stay flat, and does the stream stay quick?

    python benchmarks/streams.py                          # 1,000, then 10,000 adverts
    python benchmarks/streams.py --adverts 200 2000 --job extract

Each advert is lines drawn from the packaged example adverts, and one with words that no other has, as
names and references are. Each job runs in a process of its own, over one stream: at every number of
adverts it prints memory in use, the peak up to there and the words per CPU second. What a process
reads once is read before: the pipeline, the tables, and the language detector, which is loaded with
the first text that is not English at a glance. "load" is what a process takes that has the pipeline
loaded and has read one advert, "detector" the same with the detector. Where PyTorch is installed,
spaCy's library imports it, which costs more than all the rest: the last column says so.
"""

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import as_file, files
from pathlib import Path

from starkit import (
    AdvertError,
    align_many,
    extract_many,
    extract_requirements,
    load_stories,
    read_advert,
)

SIZES = (1000, 10_000)
LINES = 14  # of an advert
JOBS = ("load", "detector", "extract", "align")
IN_DOUBT = "Wir suchen eine Pflegefachkraft in Teilzeit für unsere Station. " * 3
_STATUS = Path("/proc/self/status")


def adverts(count: int) -> Iterator[str]:
    """Yield made-up adverts, the same in every run."""
    draw = random.Random(0)  # noqa: S311 - no secrets here
    lines = []
    with as_file(files("starkit.data") / "examples" / "adverts") as folder:
        for file in sorted(folder.iterdir()):
            lines += [line for line in read_advert(file).text.splitlines() if line.strip()]
    for number in range(count):
        fresh = (
            f"Experience of {draw.getrandbits(40):x} and X{number}Y at {draw.getrandbits(30)} Ltd"
        )
        yield "\n".join([*draw.sample(lines, LINES - 1), fresh])


def memory() -> tuple[float, float]:
    """Return memory in use now and at most so far, in MiB; now is unknown (0) off Linux."""
    now = 0.0
    if _STATUS.exists():
        row = next(row for row in _STATUS.read_text().splitlines() if row.startswith("VmRSS"))
        now = int(row.split()[1]) / 1024
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # macOS counts bytes
    return now, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def stream(job: str, texts: Iterator[str]) -> Iterator[object]:
    """Run a job over adverts as they come."""
    found = extract_many(texts)
    if job == "extract":
        return found
    with as_file(files("starkit.data") / "examples" / "stories" / "all-rounder.yaml") as file:
        return align_many(found, load_stories(file))


def run(job: str, sizes: list[int]) -> None:
    """Print the figures of one job."""
    words = 0

    def counted() -> Iterator[str]:
        nonlocal words
        for text in adverts(max(sizes)):
            words += len(text.split())
            yield text

    extract_requirements(next(adverts(1)))
    if job != "load":
        with suppress(AdvertError):
            extract_requirements(IN_DOUBT)
    if job in ("load", "detector"):
        _say(job, 1, 0.0)
        return
    began = time.process_time()
    for done, _ in enumerate(stream(job, counted()), start=1):
        if done in sizes:
            _say(job, done, words / (time.process_time() - began))


def _say(job: str, done: int, rate: float) -> None:
    now, peak = memory()
    torch = "with PyTorch" if "torch" in sys.modules else ""
    print(f"{job:8} {done:7,} {now:8.1f} {peak:9.1f} {rate:9,.0f}  {torch}", flush=True)


def main() -> None:
    """Run each job in a process of its own and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--adverts", nargs="+", type=int, default=list(SIZES), metavar="N")
    parser.add_argument("--job", action="append", choices=JOBS, help="one of them (default: all)")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        run(options.job[0], options.adverts)
        return
    print(f"{'job':8} {'adverts':>7} {'now MiB':>8} {'peak MiB':>9} {'words/s':>9}", flush=True)
    for job in options.job or JOBS:
        sizes = [str(size) for size in options.adverts]
        command = [sys.executable, __file__, "--alone", "--job", job, "--adverts", *sizes]
        subprocess.run(command, check=True)  # noqa: S603 - this file and numbers


if __name__ == "__main__":
    main()
