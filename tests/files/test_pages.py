"""Saved pages of the usual boards read right: the job, the employer, the advert alone, what it asks for."""

import json
from functools import cache
from pathlib import Path

import pytest

import starkit

PAGES = Path(__file__).parent / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))


@cache
def read(name):
    """Return the advert of a page."""
    return starkit.read_advert(PAGES / name)


@cache
def asked(name):
    """Return what the advert of a page asks for."""
    return starkit.extract_requirements(read(name))


def test_every_page_is_tested():
    """A new page has its expectations."""
    assert set(EXPECTED) == {path.name for path in PAGES.glob("*.html")}


@pytest.mark.parametrize("name", EXPECTED)
def test_facts(name):
    """Title, employer and closing date come from the data block or the page; the place from the block."""
    advert, expected = read(name), EXPECTED[name]

    assert expected["title"] == advert.title
    assert expected["employer"] == advert.employer
    assert expected.get("location", "") == advert.location
    assert expected.get("closes") == (advert.closes.isoformat() if advert.closes else None)


@pytest.mark.parametrize("name", EXPECTED)
def test_only_the_advert(name):
    """Navigation, cookie notices, other jobs, forms and buttons do not reach the text."""
    assert [words for words in EXPECTED[name]["absent"] if words in read(name).text] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_asked(name):
    """Each criterion is found where it stands, with its priority and years."""
    found = list(asked(name))
    for text, priority, years in EXPECTED[name]["asked"]:
        hits = [item for item in found if text in item.text or item.text in text]

        assert hits, text
        assert priority is None or priority == str(hits[0].priority), text
        assert (None if years is None else tuple(years)) == hits[0].years, text


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_not_asked(name):
    """Benefits, the age of the company and how to apply are no requirements."""
    found = [item.text for item in asked(name)]

    assert [
        words for words in EXPECTED[name]["not_asked"] if any(words in text for text in found)
    ] == []


@pytest.mark.parametrize(
    "heading",
    ["More jobs like this", "Similar jobs you might like", "Explore more roles near you", "Other vacancies for you"],
)  # fmt: skip
def test_other_jobs_of_a_board_are_left_out(tmp_path, heading):
    """What stands under the heading of other jobs asks for nothing here."""
    told = "<p>" + "We keep bees on the Levels and sell their honey to shops. " * 12 + "</p>"
    page = (
        f"<html><body><main><h1>Beekeeper</h1>{told}<h2>You need</h2><ul><li>Steady hands</li></ul></main>"
        f"<div><div><h3>{heading}</h3></div><p><a href='/1'>Nurse, must have NMC registration</a></p>"
        "<p><a href='/2'>Driver, HGV licence essential</a></p></div></body></html>"
    )
    path = tmp_path / "advert.html"
    path.write_text(page, encoding="utf-8")
    text = starkit.read_advert(path).text

    assert "Steady hands" in text
    assert "NMC" not in text
    assert "HGV" not in text
