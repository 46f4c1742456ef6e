"""Every pattern that reads an advert, on lines that nobody wrote for people."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache

import pytest

import starkit.adverts
import starkit.answers
import starkit.cues
import starkit.files
from starkit.adverts.headings import guess_heading, read_lead_in
from starkit.cues.kinds import find_kinds
from starkit.data import read_json

LENGTH = 100_000
USUAL = 0.02  # CPU seconds of a sum of a million numbers
LIMIT = 0.25  # CPU seconds for one pattern on one line: 0.1 on a quiet machine, and room for noise
GENEROUS = 9  # how much longer four times the text may take; linear is 4, quadratic 16
TOO_SHORT = 0.05  # seconds in which noise hides what growth there is

UNITS = [" ", ", ", "a ", "1 ", "(a, ", "2 years ", "*- ", "have "]


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for part in value.values():
            yield from _patterns_in(part, depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)) and depth < 3:
        for part in value:
            yield from _patterns_in(part, depth + 1)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return the compiled patterns of the rooms that read text, by where they stand."""
    found: dict[str, re.Pattern[str]] = {}
    for room in (starkit.adverts, starkit.cues, starkit.files):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for place, pattern in enumerate(_patterns_in(value)):
                    found[f"{module.name}.{name}[{place}]"] = pattern
    for name in ("_JOINT", "_SOFT_JOINT", "_STOP"):  # those that look for their places in answers
        found[f"starkit.answers.{name}"] = getattr(starkit.answers, name)
    data = read_json("headings.json")
    for table in ("lead_ins", "scents"):
        for place, (_, _, pattern) in enumerate(data[table]):
            found[f"headings.json:{table}[{place}]"] = re.compile(pattern)
    return found


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the CPU seconds that a pattern takes to find all its places in a text."""
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began


@cache
def slowness() -> float:
    """Return how many times longer than usual this machine takes just now, 1 or more."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        sum(range(1_000_000))
        taken.append(time.process_time() - began)
    return max(1.0, min(taken) / USUAL)


def test_patterns_are_found() -> None:
    """The walk sees the patterns of the three rooms and of the data: more than 300."""
    assert len(patterns()) > 300
    assert any(name.startswith("starkit.cues.noise") for name in patterns())


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_every_pattern_is_quick_on_a_hostile_line(unit: str) -> None:
    """A line of 100,000 characters takes a pattern about a tenth of a second, growing linearly."""
    line = unit * (LENGTH // len(unit))
    quarter = line[: LENGTH // 4]

    limit = LIMIT * slowness()
    slow = {}
    for name, pattern in patterns().items():
        # What grows with the square would take minutes on the whole line.
        part = line[: LENGTH // 20]
        taken = seconds(pattern, part)
        if taken > limit / 4:
            taken = min(seconds(pattern, part), seconds(pattern, part))
        if taken > limit / 4:
            slow[name] = taken
            continue
        taken = seconds(pattern, line)
        if taken > limit:
            taken = min(taken, seconds(pattern, line), seconds(pattern, line))
        if taken > limit:
            slow[name] = taken
        elif taken > TOO_SHORT:
            before = min(seconds(pattern, quarter) for _ in range(3))
            after = min(seconds(pattern, line) for _ in range(3))
            if after > max(TOO_SHORT, GENEROUS * before):
                slow[name] = after

    assert {} == slow


@pytest.mark.parametrize(
    "unit", ["1. a ", "Essential ", "• ", "a\u0301\u200b", "*a* ", "| a ", "or "]
)
def test_one_long_line_is_read_in_time_that_grows_with_it(unit: str) -> None:
    """Reading kinds and headings from one endless line is bounded, whatever it repeats."""
    line = unit * (LENGTH // len(unit))

    began = time.process_time()
    find_kinds(line)
    read_lead_in(line)
    guess_heading(line)

    assert time.process_time() - began < 10 * LIMIT * slowness()


@pytest.mark.parametrize("unit", [" ", ", ", "; ", "so um ", "and so ", "a and i ", "a, then "])
def test_the_points_of_a_hostile_answer_are_found_in_time(unit: str) -> None:
    """Whatever an answer repeats, its points take a time that grows with it."""
    line = "I went home " + unit * (LENGTH // len(unit)) + "end"

    began = time.process_time()
    starkit.answers.points_of(line)

    assert time.process_time() - began < 10 * LIMIT * slowness()


def test_short_clauses_of_a_transcript_join_the_one_before() -> None:
    """Words said twice do not move a clause, and what is short is not lost."""
    words = (
        "it was and i it was and i told them what it was because it was so um that was all we had"
    )

    assert starkit.answers.points_of(words) == (
        "it was and i it was",
        "i told them what it was because it was",
        "that was all we had",
    )
