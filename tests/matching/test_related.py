"""Related words: the list is sound, and its words answer each other and nothing more."""

from itertools import permutations

import pytest

import starkit as sk
from starkit.data import read_words
from starkit.matching.related import related
from starkit.matching.terms import terms, word_keys

LINES = [line.split() for line in read_words("matching/related_words.txt")]


def test_every_line_relates_different_terms():
    """A word that is never evidence, or stands beside its own stem alone, would relate nothing."""
    for line in LINES:
        assert len(line) > 1
        assert all(word.isalpha() and word.islower() and terms(word) for word in line), line
        assert len(set(word_keys(line))) > 1, line


def test_no_line_stands_twice():
    """Each line once, whatever the order of its words, and none inside another."""
    lines = [frozenset(word_keys(line)) for line in LINES]

    assert len(lines) == len(set(lines))
    assert not [line for line in lines if any(line < other for other in lines)]


def test_keys_are_those_of_a_text():
    """Many words at once get the keys that a text gives them."""
    words = sorted({word for line in LINES for word in line})

    assert word_keys(words) == [terms(word)[0].key for word in words]
    assert set(word_keys(words)) == set(related())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Dealing with upset callers", "He shouted and I heard him out."),
        ("Coaching apprentices", "I taught the trainee how to plane."),
        ("Resolving disputes", "I settled the quarrel between two tenants."),
        ("Keeping the logbook", "I filled in the register."),
    ],
)
def test_related_words_are_evidence(asked, told):
    """A2: a story may tell it in everyday words."""
    story = sk.Story("A day", "", "", told, "")
    alignment = sk.align([asked], [story])
    other = sk.align([asked], [sk.Story("A day", "", "", "I baked bread.", "")])

    assert alignment.scores[0, 0] > other.scores[0, 0]


def test_equal_words_go_before_related_ones():
    """The word itself is better evidence than a related one."""
    same = sk.Story("One", "", "", "I calmed the dispute.", "")
    near = sk.Story("Two", "", "", "I calmed the row.", "")
    scores = sk.align(["Calming disputes"], [same, near]).scores[0]

    assert scores[0] > scores[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("calm", "panic"), ("punctual", "late"), ("increase", "reduce"), ("profit", "loss"),
        ("agree", "disagree"), ("happy", "unhappy"), ("hire", "dismiss"), ("clean", "dirty"),
        ("safe", "unsafe"), ("accurate", "wrong"), ("buy", "sell"), ("quick", "slow"),
        ("careful", "careless"), ("quiet", "loud"), ("success", "failure"), ("tidy", "mess"),
        ("polite", "rude"), ("load", "unload"), ("open", "close"), ("honest", "dishonest"),
        ("patience", "impatient"), ("indoor", "outdoor"), ("early", "late"), ("fair", "festival"),
    ],
)  # fmt: skip
def test_opposites_are_not_related(one, other):
    """A story of panic does not show calm, and a fair is not fairness."""
    for asked, told in permutations(word_keys([one, other])):
        assert not set(related().get(asked, ())) & set(related().get(told, ()))
