import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import load

bench = load("benchmarks/extraction.py")

LAYERED = [
    {
        "idx": 1,
        "source": "tech",
        "tokens": ["Knows", "Python", "Go", "well"],
        "tags_skill": ["B", "I", "I", "I"],
        "tags_knowledge": ["O", "B", "B", "O"],
    },
    {
        "idx": 1,
        "source": "tech",
        "tokens": ["Benefits"],
        "tags_skill": ["O"],
        "tags_knowledge": ["O"],
    },
    {
        "idx": 2,
        "source": "tech",
        "tokens": ["Team", "player"],
        "tags_skill": ["B", "I"],
        "tags_knowledge": ["O", "O"],
    },
]
PLAIN = [
    {"idx": 0, "tokens": ["A", "driving", "licence"], "tags_skill": ["O", "B", "I"]},
    {"idx": 1, "tokens": ["Apply", "now"], "tags_skill": ["O", "O"]},
]


@pytest.fixture(params=[LAYERED, PLAIN], ids=["two layers", "one layer"])
def corpus(request, tmp_path):
    """A small corpus with each number of layers, read from a file."""
    path = tmp_path / "dev.json"
    path.write_text("\n".join(json.dumps(row) for row in request.param), encoding="utf-8")
    return bench.read_corpus(path)


def test_gold_scores_one(corpus):
    """A system that finds the gold spans scores 1.0 everywhere."""
    found = [bench.gold_spans(text) for text in corpus]

    assert set(bench.compare(corpus, found).row().values()) == {1.0}


def test_nothing_scores_nought(corpus):
    """A system that finds nothing scores 0 everywhere."""
    assert set(bench.compare(corpus, [[] for _ in corpus]).row().values()) == {0.0}


def test_lines_of_one_advert_are_one_text(tmp_path):
    """Rows that share an advert come as one text, rows of a shuffled corpus alone."""
    path = tmp_path / "dev.json"
    path.write_text("\n".join(json.dumps(row) for row in LAYERED + PLAIN), encoding="utf-8")

    texts = [gold.text for gold in bench.read_corpus(path)]

    assert texts == [
        "Knows Python Go well\nBenefits",
        "Team player",
        "A driving licence",
        "Apply now",
    ]


SKILL = "SKILL"


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ({SKILL: [(0, 3)]}, {SKILL: [(0, 3)]}, (1.0, 1.0, 1.0, 1.0)),
        ({SKILL: [(0, 2)]}, {SKILL: [(1, 3)]}, (0.0, 1.0, 0.5, 1.0)),
        ({SKILL: [(0, 2)]}, {"KNOWLEDGE": [(0, 2)]}, (0.0, 1.0, 1.0, 1.0)),
        ({SKILL: [(0, 1)]}, {SKILL: [(2, 3)]}, (0.0, 0.0, 0.0, 1.0)),
        ({SKILL: []}, {SKILL: [(0, 1)]}, (0.0, 0.0, 0.0, 0.0)),
        ({SKILL: [(0, 1), (1, 2)]}, {SKILL: [(0, 2)]}, (0.0, 1.0, 1.0, 1.0)),
        ({SKILL: [(0, 1), (2, 3)]}, {SKILL: [(0, 1)]}, (2 / 3, 2 / 3, 2 / 3, 1.0)),
    ],
)
def test_figures_by_hand(gold, found, expected):
    """Strict, any, token and line F1 of small cases worked out by hand."""
    row = bench.score([bench.ScoredLine(gold, found)]).row()

    actual = tuple(row[name] for name in ("strict", "any", "token", "line"))

    assert actual == pytest.approx(expected)


def test_an_unlabelled_corpus_takes_every_label():
    """Where the corpus has one layer, spans of every label are compared with it."""
    line = bench.ScoredLine({bench.UNTYPED: [(0, 1)]}, {"KNOWLEDGE": [(0, 1)], "OTHER": [(0, 1)]})

    assert bench.score([line]).strict.f1 == 1.0


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 5), [{"X": [(0, 1)]}, {}]),
        ((3, 7), [{"X": [(0, 2)]}, {}]),
        ((5, 6), [{}, {}]),
        ((6, 20), [{"X": [(1, 4)]}, {}]),
        ((16, 22), [{"X": [(3, 4)]}, {"X": [(0, 1)]}]),
    ],
)
def test_characters_become_touched_tokens(span, expected):
    """A span takes the tokens that it touches, each line for itself."""
    lines = tuple(
        bench.GoldLine(tuple(text.split()), {}) for text in ("Knows Python Go well", "Benefits")
    )

    actual = bench.to_tokens(bench.GoldText(lines), [(*span, "X")])

    assert actual == expected


@given(st.lists(st.sampled_from("BIO"), max_size=12))
def test_spans_cover_the_tagged_tokens(tags):
    """Spans hold just the tokens that are not O, and do not overlap."""
    places = [place for start, end in bench.spans_of(tags) for place in range(start, end)]

    assert places == [place for place, tag in enumerate(tags) if tag != "O"]


def test_peers_learn_from_the_train_part(tmp_path):
    """The phrase matcher finds what it saw, and the measurement reports speed and memory."""
    pytest.importorskip("spacy")
    path = tmp_path / "train.json"
    path.write_text("\n".join(json.dumps(row) for row in LAYERED), encoding="utf-8")
    corpus = bench.read_corpus(path)

    measured = bench.measure("phrase matcher", corpus, corpus)

    assert measured.scores.strict.f1 == 1.0
    assert measured.words_per_second > 0
    assert measured.peak_mib > 1


def test_spans_from_a_file_are_scored(tmp_path):
    """Spans made elsewhere are read from JSONL, one text a line."""
    corpus = [bench.GoldText((bench.GoldLine(("Team", "player"), {SKILL: ((0, 2),)}),))]
    path = tmp_path / "spans.jsonl"
    path.write_text('[[0, 11, "SKILL"]]\n', encoding="utf-8")

    assert bench.measure(str(path), corpus, []).scores.strict.f1 == 1.0
