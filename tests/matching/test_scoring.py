"""The engine: what it leaves out to be quick changes no score."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from rapidfuzz.distance import JaroWinkler

import starkit as sk
from starkit.matching import similarity as near
from starkit.matching.related import RELATED, related
from starkit.matching.similarity import Form, similarity, word_rows
from starkit.matching.terms import plain, terms
from starkit.vectors import load_vectors
from strategies import texts

SENTENCES = (
    "I planned the rota for forty nurses.",
    "I trained six of them to answer complaints.",
    "The budget was cut twice.",
    "Nobody left the ward.",
    "I wrote the report in Excel.",
)
WORDS = """
    furious upset angry shouted calm manag manage manager planning plan plans contact contract java javascript nurse nursing hand
    handball budget budgets train training team c++ report reported rota excel
"""
ASKED = ("Planning rotas", "Training staff and handling complaints", "Budgets in Excel", "the")


def story(number):
    """Return a story of a title, up to nine sentences and perhaps a result."""
    told = [SENTENCES[(number + place) % len(SENTENCES)] for place in range(number)]
    return sk.Story(f"Day {number}", "", "", " ".join(told), "It held." if number % 2 else "")


@pytest.mark.parametrize("cells", [1, 200, 1 << 25])
def test_a_story_scores_as_it_does_alone(monkeypatch, cells):
    """Short and long stories are looked at together, and each by itself."""
    stories = [story(number) for number in (3, 9, 1, 0, 7, 2, 9 + 5, 4)]
    alone = np.hstack([sk.align(ASKED, [one]).scores for one in stories])
    monkeypatch.setattr("starkit.matching.scoring.CELLS", cells)

    assert alone.max() > 25
    assert np.allclose(alone, sk.align(ASKED, stories).scores, atol=0.011)


@pytest.mark.parametrize("rows", [1, 5, 512])
def test_similarity_is_that_of_each_pair(monkeypatch, rows):
    """Letters are looked at for a few pairs only, a run of forms at a time; no pair is lost by it."""
    monkeypatch.setattr(near, "_ROWS", rows)
    forms = [Form(term.key, word) for word in WORDS.split() for term in terms(word)]
    rows = word_rows(forms)
    units = near._directions(forms, rows)
    found = similarity(forms, forms, rows, rows)
    table = np.zeros((len(forms), len(forms)))
    for number in range(len(forms)):
        columns, values = found.row(number)
        assert np.array_equal(values, np.sort(values))  # the best last
        assert len(set(columns.tolist())) == len(columns)
        table[number, columns] = values

    for row, one in enumerate(forms):
        for column, other in enumerate(forms):
            cosine = float(units[row] @ units[column])
            wanted = cosine**near.MEANING_POWER if cosine >= near.MEANING_FROM else 0.0
            short, long = sorted((len(one.key), len(other.key)))
            if (
                (one.key + other.key).isalpha()
                and short >= near.SHORTEST_FUZZY
                and short >= near.LENGTHS_AGREE * long
                and cosine >= near.AGREES_FROM
                and one.key[: near.SAME_BEGINNING] == other.key[: near.SAME_BEGINNING]
            ):
                letters = JaroWinkler.similarity(one.key, other.key)
                wanted = max(wanted, letters if letters >= near.LETTERS_FROM else 0.0)
            if set(related().get(one.key, ())) & set(related().get(other.key, ())):
                wanted = max(wanted, RELATED)
            if one.key == other.key:
                wanted = 1.0
            assert table[row, column] == pytest.approx(wanted, abs=1e-5), (one, other)


def test_related_words_are_held_a_run_at_a_time(monkeypatch):
    """Many forms of one line cost little more memory than what is returned for them."""
    monkeypatch.setattr(near, "_ROWS", 32)
    keys = [terms(word)[0].key for word in ("furious", "upset", "angry", "shouted")]
    forms = [Form(key, f"word{number}") for number in range(100) for key in keys]
    rows = np.zeros((len(forms), load_vectors().rows([""]).shape[1]), np.float32)
    similarity(forms, forms, rows, rows)  # what is read once a process is read
    tracemalloc.start()
    found = similarity(forms, forms, rows, rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(found.values) == len(forms) ** 2
    assert peak < 75 * len(found.values)  # bytes; 20 of them are the pair itself


@given(texts)
def test_terms_stand_where_they_say(text):
    """Places count in the text as it came, whatever signs stand between the words."""
    found = terms(text)

    # A text of capitals is read in small letters, where a Greek letter may be another one.
    assert text.isupper() or all(plain(text[term.start : term.end]) == term.word for term in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
