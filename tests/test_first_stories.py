"""First stories: a reader takes the same story, and a chance word is no match."""

import numpy as np
import pytest

import starkit as sk
from programs import load

bench = load("benchmarks/first_stories.py")


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


def test_peers_are_shown_the_whole_story_and_its_windows():
    """A peer that finds the right words is counted; one that likes all stories alike is not."""
    story = sk.Story("Rota", "Two were ill. It was May.", "", "I rang six.", "All came.")

    def alike(queries, docs):
        return np.ones((len(queries), len(docs)), np.float32)

    def longest(queries, docs):
        return np.tile(np.array([len(doc) for doc in docs], np.float32), (len(queries), 1))

    assert bench._texts(story) == ("Rota\nTwo were ill. It was May.\n\nI rang six.\nAll came.",)
    assert bench._windows(story) == (
        "Rota Two were ill.",
        "Two were ill. It was May.",
        "It was May. I rang six.",
        "I rang six. All came.",
    )
    assert bench._windows(sk.Story("Rota", "", "", "", "")) == ("Rota",)
    assert not any(bench.puts_first("paraphrased", alike, bench._texts))
    right = bench.puts_first("paraphrased", longest, bench._windows)
    assert len(right) == 39
    assert 0 < sum(right) < 39


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
