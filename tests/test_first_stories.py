"""First stories: a reader takes the same story, and a chance word is no match."""

import importlib.util
import sys
from pathlib import Path

import pytest

import starkit as sk

FILE = Path(__file__).parents[1] / "benchmarks" / "first_stories.py"


def load():
    """The benchmark, which lies outside the package."""
    spec = importlib.util.spec_from_file_location("first_stories_benchmark", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


bench = load()


@pytest.mark.parametrize(
    ("name", "agreed", "gaps"), [("own", 0.9, 0.1), ("apart", 0.85, 0.2), ("paraphrased", 0.8, 0.5)]
)
def test_reader_takes_the_same_first_story(name, agreed, gaps):
    """A4: of the requirements with a story a reader agrees with most, and not too many gaps are false.

    Stories that answer in other words are missed more often than not; what is shown has to be right.
    """
    found = bench.firsts(name)
    shown = [item for item in found if item.title]
    false_gaps = [item for item in found if not item.title and not item.agreed]

    assert sum(item.agreed for item in shown) >= agreed * len(shown)
    assert len(false_gaps) <= gaps * len(found)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("A sense of humour helps", "I helped him on with his coat."),
        ("Running a weekly group before the summer", "In the summer I mended a wall each week."),
        ("Keen to take on a link nurse role", "I spoke to the nurses."),
    ],
)
def test_chance_word_is_no_match(asked, told):
    """A4: what a story shares only by chance leaves an honest gap."""
    assert () == sk.align([asked], [sk.Story("A day", "", "", told, "")]).matches(0)
