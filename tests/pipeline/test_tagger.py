import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import attrs
import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from threadpoolctl import threadpool_info, threadpool_limits

from starkit.errors import PipelineError
from starkit.pipeline import load_pipeline, network
from starkit.pipeline import tagger as module
from starkit.pipeline.network import CARD_FILE, WEIGHTS_FILE, packaged_network
from starkit.pipeline.tagger import FACTORY, LINES_KEY, SKILL_LINES_KEY, SKILLS_KEY

TECH = """Backend developer
We are a young company in the heart of the city.
What you bring
Several years of experience with Java and Spring
You work well in a team and communicate clearly
Knowledge of Docker and Kubernetes
Benefits
Free fruit and flexible hours"""

NURSE = """Registered Nurse
Essential
Excellent communication skills and experience of dementia care
Able to plan and deliver care for older people
Desirable
Knowledge of safeguarding
Benefits
Free parking and a pension"""


@pytest.fixture(scope="module")
def nlp():
    """The component alone in a blank pipeline."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe(FACTORY)
    return pipeline


@attrs.frozen(eq=False)
class Found:
    """What the component wrote; equal when spans are equal and scores but for rounding."""

    spans: list
    scores: list

    def __eq__(self, other) -> bool:
        return self.spans == other.spans and np.allclose(self.scores, other.scores, atol=1e-4)

    __hash__ = None


def found(doc):
    """All spans and scores of a processed doc."""
    keys = (SKILLS_KEY, SKILL_LINES_KEY)
    return Found(
        [(span.start_char, span.end_char, span.label_) for key in keys for span in doc.spans[key]],
        [score for key in keys for score in doc.spans[key].attrs["scores"]],
    )


def texts(doc, label=None):
    """Texts of the skill spans, of one label or all."""
    return [span.text for span in doc.spans[SKILLS_KEY] if label in {None, span.label_}]


def test_a_technology_advert(nlp):
    """Tools are knowledge, and company text and benefits hold nothing."""
    doc = nlp(TECH)

    assert {"Java", "Docker", "Kubernetes"} <= set(texts(doc, "KNOWLEDGE"))
    assert not any("fruit" in text for text in texts(doc))


def test_an_advert_of_another_trade(nlp):
    """A nurse's person specification is read as well as a developer's."""
    joined = " ".join(texts(nlp(NURSE)))

    assert "communication" in joined
    assert "dementia care" in joined
    assert "pension" not in joined


@pytest.mark.parametrize("text", [TECH, NURSE])
def test_every_span_has_a_score_and_a_known_label(nlp, text):
    """Scores stand in the order of the spans, 0 to 1; labels are those that are declared."""
    doc = nlp(text)

    for key in (SKILLS_KEY, SKILL_LINES_KEY):
        group = doc.spans[key]
        assert len(group.attrs["scores"]) == len(group) > 0
        assert all(0 <= score <= 1 for score in group.attrs["scores"])
    assert {span.label_ for span in doc.spans[SKILLS_KEY]} <= set(nlp.get_pipe(FACTORY).labels)


def test_lines_that_ask_score_above_lines_that_do_not(nlp):
    """The score of a line separates the person specification from the benefits."""
    doc = nlp(NURSE)
    group = doc.spans[SKILL_LINES_KEY]
    scores = dict(zip([line.text for line in group], group.attrs["scores"], strict=True))

    asks = scores["Excellent communication skills and experience of dementia care"]
    offers = scores["Free parking and a pension"]
    assert asks > 0.5 > offers


def test_lines_of_another_component_are_used(nlp):
    """Where ``doc.spans["lines"]`` is written, those lines are scored and no others."""
    doc = nlp.make_doc("Java and Spring\nBenefits\nDocker")
    doc.spans[LINES_KEY] = [Span(doc, 0, 3), Span(doc, 6, 7)]

    nlp.get_pipe(FACTORY)(doc)

    assert [line.text for line in doc.spans[SKILL_LINES_KEY]] == ["Java and Spring", "Docker"]


def test_lines_are_found_without_help(nlp):
    """Without that component, lines end at line breaks; blank lines are none."""
    doc = nlp("Java and Spring\n\n  \nDocker\n")

    assert [line.text for line in doc.spans[SKILL_LINES_KEY]] == ["Java and Spring", "Docker"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \n", "x", "•", "😀 🎉"])
def test_texts_with_next_to_nothing(nlp, text):
    """Nothing to read is no error."""
    doc = nlp(text)

    assert doc.text == text
    assert SKILLS_KEY in doc.spans


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_spans_inside_the_text(text):
    """Whatever stands in the advert, spans are not empty and start and end on solid text."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe(FACTORY)

    doc = pipeline(text)

    for key in (SKILLS_KEY, SKILL_LINES_KEY):
        for span in doc.spans[key]:
            assert span.end > span.start
            assert not span[0].is_space
            assert not span[-1].is_space


def test_neighbouring_lines_matter(nlp):
    """A line of an advert is read with its neighbours: alone, its score is another."""
    line = "Knowledge of Docker and Kubernetes"
    advert, single = nlp(TECH), nlp(line)
    inside, alone = advert.spans[SKILL_LINES_KEY], single.spans[SKILL_LINES_KEY]
    place = [span.text for span in inside].index(line)

    assert inside.attrs["scores"][place] != pytest.approx(alone.attrs["scores"][0], abs=1e-6)


@pytest.mark.parametrize("batch_size", [1, 2, 64])
def test_batches_change_nothing(nlp, batch_size):
    """Adverts never see each other: piped together or one by one, the result is the same."""
    adverts = [TECH, NURSE, "", "Java", NURSE + "\n" + TECH]

    piped = [found(doc) for doc in nlp.pipe(adverts, batch_size=batch_size)]

    assert [found(nlp(text)) for text in adverts] == piped


def test_eight_threads_find_what_one_finds(nlp):
    """One pipeline serves several threads."""
    adverts = [TECH, NURSE, TECH + "\n" + NURSE] * 8

    with ThreadPoolExecutor(8) as pool:
        threaded = list(pool.map(lambda text: found(nlp(text)), adverts))

    assert threaded == [found(nlp(text)) for text in adverts]


def test_the_callers_threads_are_given_back(nlp, monkeypatch):
    """BLAS stays in the calling thread during a prediction, and has its threads again after it."""

    def threads():
        found = threadpool_info()
        return {one["num_threads"] for one in found if one["user_api"] == "blas"}

    within = []
    predict = network._predict
    monkeypatch.setattr(
        network, "_predict", lambda *given: within.append(threads()) or predict(*given)
    )
    with threadpool_limits(2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("numpy's BLAS takes no number of threads here")
        nlp(TECH)

        assert within == [{1}]
        assert threads() == {2}


def test_recall_bias_trades_precision_for_recall():
    """A higher bias marks more of the text, a lower one less."""
    marked = {}
    for bias in (-1.0, 0.0, 1.0):
        pipeline = spacy.blank("en")
        pipeline.add_pipe(FACTORY, config={"recall_bias": bias})
        doc = pipeline(TECH + "\n" + NURSE)
        marked[bias] = len({t.i for span in doc.spans[SKILLS_KEY] for t in span})

    assert marked[-1.0] < marked[0.0] < marked[1.0]


def test_a_misspelt_option_is_refused():
    """Options are spelled out, so a wrong name fails when the component is added."""
    with pytest.raises(ValueError, match="recal_bias"):
        spacy.blank("en").add_pipe(FACTORY, config={"recal_bias": 1.0})


def test_disk_keeps_everything(nlp, tmp_path):
    """Saved and loaded, the pipeline finds the same; so it does in another process."""
    nlp.to_disk(tmp_path / "saved")
    code = (
        "import sys, json, spacy; import starkit.pipeline.tagger;"
        "doc = spacy.load(sys.argv[1])(sys.argv[2]);"
        "print(json.dumps([[s.start_char, s.end_char, s.label_] for k in ('skills', 'skill_lines')"
        " for s in doc.spans[k]]))"
    )

    loaded = spacy.load(tmp_path / "saved")
    other = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "saved"), NURSE],
        capture_output=True,
        text=True,
        check=True,
    )

    assert found(loaded(NURSE)) == found(nlp(NURSE))
    assert [tuple(span) for span in json.loads(other.stdout)] == found(nlp(NURSE)).spans


def test_bytes_keep_everything(nlp):
    """The same through bytes, options included."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe(FACTORY)

    pipeline.from_bytes(nlp.to_bytes())

    assert found(pipeline(TECH)) == found(nlp(TECH))


@pytest.mark.parametrize("data", [b"", b"\x80", b"\x90", b"\x01", b"\xc1"])
def test_damaged_bytes_are_named(nlp, data):
    """Bytes that are no saved component raise our error."""
    with pytest.raises(PipelineError, match=r"save the pipeline again"):
        spacy.blank("en").add_pipe(FACTORY).from_bytes(data)


def test_the_option_is_in_the_saved_config(tmp_path):
    """``recall_bias`` is in the config: a saved pipeline keeps it, a load can change it."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe(FACTORY, config={"recall_bias": 0.5})
    pipeline.to_disk(tmp_path / "saved")

    kept = spacy.load(tmp_path / "saved")
    changed = spacy.load(
        tmp_path / "saved", config={"components": {FACTORY: {"recall_bias": -0.5}}}
    )

    assert kept.get_pipe(FACTORY).recall_bias == 0.5
    assert changed.get_pipe(FACTORY).recall_bias == -0.5


@pytest.mark.parametrize("name", [WEIGHTS_FILE, "word_vectors.npz"])
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_damage_is_named_when_loading(nlp, tmp_path, name, harm):
    """A changed, cut or missing file raises our error, with advice, at the load."""
    nlp.to_disk(tmp_path / "saved")
    file = tmp_path / "saved" / FACTORY / name
    data = file.read_bytes()
    if harm == "remove":
        file.unlink()
    else:
        middle = len(data) // 2
        changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        file.write_bytes(changed if harm == "flip" else data[:-100])

    with pytest.raises(PipelineError, match=r"install starkit again|save the pipeline again"):
        spacy.load(tmp_path / "saved")


def test_the_card_names_the_packaged_weights():
    """The card that ships has the hash of the weights and of the vectors that ship."""
    network = packaged_network()

    assert network.card["vectors_sha256"] == module.load_vectors().digest
    assert len(network.weights) < 3_000_000


def test_no_extension_attributes(nlp):
    """The component sets no extension attributes: those are global to the process."""
    before = {
        name
        for name in ("skills", "requirements", "score", "starkit")
        if Doc.has_extension(name) or Span.has_extension(name)
    }

    nlp(TECH)

    assert before == set()
    assert not Doc.has_extension("skills")


def test_prediction_leaves_the_doc_alone(nlp):
    """``predict`` looks, ``set_annotations`` writes."""
    doc = nlp.make_doc(TECH)

    nlp.get_pipe(FACTORY).predict([doc])

    assert SKILLS_KEY not in doc.spans


def test_a_long_line_is_read_whole(nlp):
    """One line of a hundred thousand characters is worked through."""
    doc = nlp("You know Python and Java well . " * 3200)

    assert sum(span.text == "Python" for span in doc.spans[SKILLS_KEY]) > 1000
    assert np.isfinite(doc.spans[SKILLS_KEY].attrs["scores"]).all()


def test_saving_twice_into_one_folder(nlp, tmp_path):
    """A second save takes the place of the first."""
    nlp.to_disk(tmp_path / "saved")
    nlp.to_disk(tmp_path / "saved")

    assert (tmp_path / "saved" / FACTORY / CARD_FILE).is_file()
    shutil.rmtree(tmp_path / "saved")


@pytest.mark.parametrize("bias", [float("nan"), float("inf"), "x", None])
def test_a_bias_that_is_no_number_is_refused(bias):
    """The packaged pipeline takes a finite number and says so."""
    with pytest.raises(PipelineError, match="give a number"):
        load_pipeline(recall_bias=bias)


def test_the_packaged_pipeline_survives_a_save(tmp_path):
    """Saved and loaded, names with signs are cut as before, and the same is asked."""
    text = "Essential\n- Experience of C++/C# and ASP.NET\n- C#/.NET"
    nlp = load_pipeline()
    nlp.to_disk(tmp_path / "saved")

    loaded = spacy.load(tmp_path / "saved")(text)

    doc = nlp(text)
    assert [token.text for token in doc] == [token.text for token in loaded]
    assert [(s.text, s.label_) for s in doc.spans["requirements"]] == [
        (s.text, s.label_) for s in loaded.spans["requirements"]
    ]
