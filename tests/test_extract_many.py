"""Many adverts at once: the same from any number of processes, which are started once."""

import multiprocessing
from itertools import count, islice

import pytest

import starkit as sk
from starkit.pipeline import build_pipeline

ADVERTS = [f"Essential\n- {number} years of Java or Kotlin\n- Fluent Welsh" for number in range(70)]


def test_processes_change_nothing():
    """Two processes give what one gives, in order, and each keeps the advert that it was given."""
    adverts = [sk.Advert(text) for text in ADVERTS]
    spread = list(sk.extract_many(adverts, workers=2))

    assert list(sk.extract_many(ADVERTS)) == spread
    assert all(asked.advert is advert for asked, advert in zip(spread, adverts, strict=True))


def test_all_cores_are_started_once(monkeypatch):
    """-1 takes a process for each core, and keeps it from one batch to the next."""
    monkeypatch.setattr("starkit.workers.cores", lambda: 2)
    stream = sk.extract_many((ADVERTS[number % 70] for number in count()), workers=-1)
    seen = []
    for _ in range(3):
        list(islice(stream, 32))
        seen.append({process.pid for process in multiprocessing.active_children()})
    stream.close()

    assert len(seen[0]) == 2
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize("workers", [0, -2])
@pytest.mark.parametrize("own", [False, True], ids=["packaged", "own"])
def test_a_number_of_processes_that_cannot_be(workers, own):
    """The number is refused before an advert is read, whosever pipeline it is."""
    nlp = build_pipeline() if own else None
    with pytest.raises(sk.WorkersError, match=f"workers is {workers}; give 1 or more"):
        next(sk.extract_many(ADVERTS, workers=workers, nlp=nlp))


def test_own_pipeline_that_no_new_process_can_have(monkeypatch):
    """Where processes begin afresh, a pipeline that pickle cannot copy is refused with what to do."""
    fresh = multiprocessing.get_context("spawn")
    monkeypatch.setattr("starkit.requirements.get_context", lambda: fresh)

    with pytest.raises(sk.PipelineError, match=r"handed to other processes.*use workers=1"):
        next(sk.extract_many(ADVERTS, workers=2, nlp=build_pipeline()))
