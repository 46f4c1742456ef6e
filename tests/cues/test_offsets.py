"""Offsets stay true to the advert's text, whatever characters stand in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starkit.adverts import Advert
from starkit.cues.alternatives import find_alternatives
from starkit.cues.asking import Asked, read_requirements
from starkit.cues.phrases import find_phrases
from starkit.cues.plain import plain, without_marks

LINES = [
    "Essential",
    "Desirable:",
    "Person specification",
    "- 3+ years’ experience of café work or catering",
    "• A degree (or equivalent) in law",
    "* Fluent Welsh is a must, French an advantage",
    "Criteria\tEssential\tDesirable",
    "Skills\tSQL\tRust",
    "You must hold a full driving licence, and you should be kind.",
    "No experience is needed, although an interest helps.",
    "Benefits",
    "28 days’ holiday",
    "",
]
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff"

pages = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)
forms = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


@st.composite
def strewn(draw: st.DrawFn) -> str:
    """Return a page with characters strewn in that take no room."""
    text = unicodedata.normalize(draw(forms), draw(pages))
    places = draw(st.lists(st.integers(0, len(text)), max_size=12))
    for place in sorted(places, reverse=True):
        text = text[:place] + draw(st.sampled_from(INVISIBLE)) + text[place:]
    return text


def assert_true(text: str, found: tuple[Asked, ...]) -> None:
    """Fail unless every place lies in the text, holds words and comes in order."""
    for item in found:
        for start, end in ((item.start, item.end), *item.places):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
    assert [item.start for item in found] == sorted(item.start for item in found)


@given(strewn())
def test_places_are_true(text: str) -> None:
    """Every requirement is a stretch of the text, with soft hyphens, direction marks and all."""
    assert_true(text, read_requirements(Advert(text)))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes the rules fail, and places stay inside it."""
    assert_true(text, read_requirements(Advert(text)))


@given(strewn())
def test_parts_lie_in_the_text(text: str) -> None:
    """Phrases and the members of a choice lie in the text that was read."""
    for phrase in find_phrases(text):
        assert 0 <= phrase.start < phrase.end <= len(text)
    for group in find_alternatives(text):
        assert all(0 <= start < end <= len(text) for start, end in group)


@given(st.text(max_size=200))
def test_characters_keep_their_places(text: str) -> None:
    """Plain spelling moves nothing, and what takes no room is found again."""
    clean, places = without_marks(text)

    assert len(plain(text)) == len(text)
    if places is not None:
        assert len(places) == len(clean) + 1
        assert list(places) == sorted(places)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("sign", list(INVISIBLE))
def test_invisible_characters_change_nothing(form: str, sign: str) -> None:
    """A soft hyphen or a mark inside a word hides nothing that is asked for."""
    text = unicodedata.normalize(
        form, "Essential\n- Two years’ ex{}perience in a café or bar\n- Fluent Wel{}sh"
    )

    found = read_requirements(Advert(text.format(sign, sign)))

    assert [("experience", (2.0, None)), ("language", None)] == [
        (str(item.kind), item.years) for item in found
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Revit *or* ArchiCAD", [["Revit", "ArchiCAD"]]),
        ("**Excel** or **Word**", [["Excel", "Word"]]),
        ("a * b", []),
    ],
)
def test_emphasis_takes_no_room(text: str, words: list[list[str]]) -> None:
    """Markdown emphasis inside a line hides no choice, and its members keep their places."""
    assert words == [[text[start:end] for start, end in group] for group in find_alternatives(text)]


def test_twenty_thousand_lines() -> None:
    """An advert of 20,000 lines is read to its end."""
    text = "Essential\n" + "- Experience of payroll\n- Fluent Welsh\n" * 10_000

    found = read_requirements(Advert(text))

    assert ["experience", "language"] == [str(item.kind) for item in found]
    assert 10_000 == 1 + len(found[0].places)
