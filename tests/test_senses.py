"""Which sense of a word a text means."""

import pytest

from starkit.senses import Sense

SYSTEMS = Sense("computer software database records online", "pump valve engine heating brake")


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("Booking systems and spreadsheets", True),
        ("Hydraulic systems of a digger", False),
        ("Irrigation systems in glasshouses", False),
        ("Ability to use library systems", True),
    ],
)
def test_neighbours_that_stand_in_no_list_tell_the_sense(text, here):
    """The vectors set the words around against both lists."""
    start = text.index("systems")

    assert (SYSTEMS.lean(text, start, start + 7) > 0) == here


def test_a_word_alone_leans_nowhere():
    """Without a context there is nothing to tell by; lead-ins are none."""
    assert SYSTEMS.lean("systems", 0, 7) == 0
    assert SYSTEMS.lean("Experience of systems", 14, 21) == 0


def test_the_nearer_neighbour_tells_more():
    """Of two clauses the one in which the word stands decides."""
    near = "Pump systems; database and so on"
    far = "Database systems; pump and so on"

    assert SYSTEMS.lean(near, 5, 12) < 0 < SYSTEMS.lean(far, 9, 16)
