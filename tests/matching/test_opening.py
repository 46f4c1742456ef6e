"""What a requirement opens with, as a feature of a pair."""

import pytest

import starkit as sk
from starkit.matching.asked import asked
from starkit.matching.scoring import FEATURES, tiles
from starkit.matching.told import told


def feature(name, text, *results):
    """Return one feature of a text and stories of one result each."""
    bank = told([sk.Story("A day", "", "", "", result) for result in results])
    [tile] = tiles(asked([text]), bank)
    found = dict(zip(tile.stories.tolist(), tile.features[FEATURES.index(name), 0], strict=True))
    return [float(found[number]) for number in range(len(results))]


@pytest.mark.parametrize(
    ("text", "thing", "about"),
    [
        ("Maintain records of repairs", "I maintained a record of visits.", "I did the repairs."),
        ("Schedules for deliveries", "I wrote the schedule.", "I took in the deliveries."),
        ("Auditor with hospitals", "I was the auditor.", "I went to the hospitals."),
        ("On-call rota in a hospital", "I ran the on-call rota.", "I went to the hospital."),
    ],
)
def test_opening_is_the_thing_asked_for(text, thing, about):
    """A2: what comes after *of*, *for*, *in* or *with* says what the thing is about."""
    assert [1.0, 0.0] == pytest.approx(feature("opening", text, thing, about))


def test_a_text_without_a_link_opens_as_a_whole():
    """Every word is the thing asked for."""
    assert [0.0] == feature("opening", "Forklift driving", "I sang in the choir.")
    assert [1.0] == pytest.approx(feature("opening", "Forklift driving", "I drove a forklift."))


def test_words_that_say_nothing_open_nothing():
    """A text of stop words and lead-ins asks for nothing."""
    assert [0.0] == feature("opening", "Ability to", "I drove a forklift.")
