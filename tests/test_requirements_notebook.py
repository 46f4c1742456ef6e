"""Requirements in a notebook: the table, the advert with its places marked, the data frame."""

import re
import sys
from html.parser import HTMLParser

import pytest

from starkit.adverts import Advert
from starkit.errors import MissingExtraError
from starkit.requirements import Requirement, Requirements, Skill

TEXT = "You need:\n3+ years of <b>C++</b> & C\nTea making\nDriving licence\nTea making"


def span(words, **fields):
    """Return a requirement for words of the text."""
    start = TEXT.index(words)
    return Requirement(words, start, start + len(words), **fields)


SKILL = Skill("C++", TEXT.index("C++"), TEXT.index("C++") + 3)
ASKED = Requirements(
    [
        span(
            "3+ years of <b>C++</b> & C",
            kind="experience",
            priority="essential",
            years=(3, None),
            section="You need <now>",
            skills=[SKILL],
        ),
        span("Tea making", priority="desirable", places=[(TEXT.rindex("Tea"), len(TEXT))]),
        span("Driving licence", kind="licence", level="C+E"),
    ],
    Advert(TEXT),
)


class Reader(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        """Note a tag and its attributes."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        """Note a text."""
        self.texts.append(data)


def read(markup):
    """Return what a browser would make of HTML, without its style sheet."""
    reader = Reader()
    reader.feed(re.sub(r"<style>.*?</style>", "", markup))
    return reader


def test_table_has_a_row_for_each_requirement():
    """Priority, kind, years, section and skills stand beside the words."""
    markup = ASKED._repr_html_()
    reader = read(markup)

    assert reader.tags.count("tr") == 1 + len(ASKED)
    assert [reader.texts[place] for place in range(6)] == [
        *("Asked for", "Priority", "Kind", "Years", "Section", "Skills"),
    ]
    assert {"essential", "desirable", "unstated", "experience", "licence", "3+", "C++"} <= {
        *reader.texts
    }


def test_advert_is_whole_with_every_place_marked():
    """The advert's text stands unchanged below the table; both places of a wish are marked."""
    markup = ASKED._repr_html_()
    advert = markup[markup.index('<div class="advert">') :]

    assert "".join(read(advert).texts) == TEXT
    assert advert.count("<mark") == 4
    assert advert.count('class="desirable"') == 2
    assert "<b>C++</b>" in advert


def test_text_of_the_advert_is_never_markup():
    """What an advert says is shown as it stands and is never a tag."""
    hostile = "<script>alert(1)</script> \"onload='x' & <img src=x>"
    asked = Requirements(
        [Requirement(hostile, 0, len(hostile), section=hostile, skills=[Skill(hostile[:8], 0, 8)])],
        Advert(hostile),
    )
    reader = read(asked._repr_html_())

    assert not {"script", "img"} & set(reader.tags)
    assert "onload" not in reader.attributes


def test_no_script_and_nothing_from_elsewhere():
    """The view is a table and a style sheet: no script, no handler, no address."""
    markup = ASKED._repr_html_()

    assert "<script" not in markup
    assert not re.search(r"\son\w+=", markup)
    assert "http" not in markup
    assert "url(" not in markup


def test_colours_come_from_the_page():
    """Light and dark pages alike: no colour of our own, only mixes of the page's text colour and grey."""
    style = re.search(r"<style>(.*?)</style>", ASKED._repr_html_())[1]

    assert not re.search(r"#[0-9a-f]{3,6}\b|:\s*(?:black|white|yellow)\b", style)
    assert set(re.findall(r"rgba\(([^)]*)\)", style)) == {
        "127,127,127,.4",
        "127,127,127,.2",
    }


def test_requirements_without_an_advert():
    """Requirements of one's own have a table and no advert."""
    markup = Requirements([Requirement("Excel", 0, 5)])._repr_html_()

    assert "<table>" in markup
    assert "<details" not in markup


def test_places_within_places_are_marked_once():
    """A requirement inside another one does not tear the marks apart."""
    asked = Requirements([span("Tea making"), span("making")], Advert(TEXT))
    markup = asked._repr_html_()

    assert markup.count("<mark") == 1
    assert markup.count("</mark>") == 1


def test_data_frame_has_the_documented_columns():
    """The columns are those of the docstring, with types that can be computed with."""
    pandas = pytest.importorskip("pandas")
    frame = ASKED.to_pandas()
    documented = re.findall(r"``(\w+)``", Requirements.to_pandas.__doc__)

    assert list(frame.columns) == documented
    assert list(frame["text"]) == [item.text for item in ASKED]
    assert frame["years_from"].tolist()[0] == 3.0
    assert frame["years_to"].isna().all()
    assert frame["places"].tolist() == [1, 2, 1]
    assert frame["skills"].tolist() == ["C++", "", ""]
    assert frame["level"].tolist()[2] == "C+E"
    assert pandas.api.types.is_bool_dtype(frame["wants_story"])
    assert [TEXT[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == list(
        frame["text"]
    )


def test_empty_data_frame_has_the_same_columns():
    """An advert that asks for nothing gives a frame that the same code can use."""
    pytest.importorskip("pandas")
    empty, full = Requirements().to_pandas(), ASKED.to_pandas()

    assert list(empty.columns) == list(full.columns)
    assert list(empty.dtypes) == list(full.dtypes)


def test_extra_is_named_when_pandas_is_not_installed(monkeypatch):
    """Without pandas, the message says what to install."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingExtraError, match=r"starkit\[dataframes\]"):
        ASKED.to_pandas()
