import json
from importlib import resources
from pathlib import Path

import pytest

from starkit.errors import AdvertError
from starkit.files import read_advert
from starkit.language import ensure_english

FOREIGN = json.loads(
    (Path(__file__).parent / "data" / "languages.json").read_text(encoding="utf-8")
)
EXAMPLES = resources.files("starkit.data") / "examples" / "adverts"

TRANSLATED = """Care assistant for nights

Our clinic is looking for a motivated person to join the team of the night shift on Ward 4.

Your duties
- Provide care for the patients and watch over them through the night
- Keep the records up to date

Your profile
- A certificate in care is needed
- Two years of experience in a hospital
- You can listen, and you can stay calm when others are not"""

SHORT = [
    "Nurse wanted.",
    "Cook, full time, Leeds, start now",
    "Driver - Class 1\nNights, Mon-Fri, £17.50 p/h\nDigi card, CPC, clean licence\nImmediate start\nDoncaster",
    "Barista\nVia Roma Caffè, Soho\n£13.20 per hour + tips\nEspresso, latte art, panini, gelato\nItalian speakers preferred",
    "Essential:\n• Degree\n• Excel\n• German C1\n• Hamburg office\n• SAP FI/CO\n• IFRS, HGB\n• Deutsche Bank clients",
    "NMC PIN\nBand 5\nPaediatric A&E\nILS / PILS\nCannulation, venepuncture, triage\nRotational shifts\nLondon SE1",
    "Python SQL Docker Kubernetes AWS Terraform Linux Git CI/CD Kafka Spark Airflow Scala Java Go Rust React",
]


def told(text):
    """Return what the error says, or an empty text."""
    try:
        ensure_english(text)
    except AdvertError as error:
        return error.seen
    return ""


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign_advert_is_named(language):
    """An advert in another language is told so, with the language."""
    assert told(FOREIGN[language]) == f"the advert looks {language}"


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign_advert_with_english_terms(language):
    """The English words of a trade make no English advert."""
    terms = "\n- Scrum, Java, Spring Boot, Docker, Team Lead, Full Stack, Cloud, Microsoft Teams, Office 365"

    assert told(FOREIGN[language] + terms)


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign_advert_with_an_english_sentence(language):
    """One English sentence in a foreign advert does not make it one that can be read."""
    text = (
        FOREIGN[language] + "\n\n"
    ) * 3 + "We are an equal opportunities employer and welcome all."

    assert told(text)


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("english_first", [True, False])
def test_advert_in_two_languages(language, english_first):
    """An advert with a translation beside it is read for its English."""
    parts = [TRANSLATED, FOREIGN[language]]

    assert told("\n\n".join(parts if english_first else parts[::-1])) == ""


def test_long_translation_before_the_english():
    """The English half counts, too, when the other half is very long."""
    assert told(FOREIGN["Welsh"] * 60 + "\n\n" + (TRANSLATED + "\n\n") * 30) == ""


@pytest.mark.parametrize(
    "name", ["administrator.txt", "nurse.txt", "teacher.txt", "hospitality.txt"]
)
def test_english_advert_with_a_welsh_paragraph(name):
    """Public bodies in Wales write a paragraph in Welsh; the advert stays English."""
    text = read_advert(EXAMPLES / name).text
    welsh = "Croesewir ceisiadau yn Gymraeg. Ni fydd cais a gyflwynir yn Gymraeg yn cael ei drin yn llai ffafriol."

    assert told(f"{welsh}\n\n{text}") == ""
    assert told(f"{text[:600]}\n\n{welsh}") == ""


@pytest.mark.parametrize("text", SHORT)
def test_short_english_advert(text):
    """A few words, names and abbreviations say too little to be called foreign."""
    assert told(text) == ""


@pytest.mark.parametrize("text", ["", "\n\n\n", "1 2 3 4 5 " * 50, "?!" * 1000, "\u200b" * 500])
def test_text_without_words(text):
    """What has no words is in no language."""
    assert told(text) == ""


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_english_kitchen_with_french_dishes(between):
    """The names of dishes make no foreign advert of one whose other lines are English."""
    menu = (
        "Menu: soupe à l'oignon, coq au vin, boeuf bourguignon, confit de canard, tarte tatin, "
        "blanquette de veau, gratin dauphinois, ratatouille niçoise, mousse au chocolat"
    )
    lines = [
        "Chef de partie, Brasserie Lumière, York",
        menu,
        "Essential: two years in a rosette kitchen, knife skills, food hygiene level 2",
        "Desirable: some French",
        "Straight shifts and the usual meals on duty",
    ]

    assert told(between.join(lines)) == ""
    assert told(between.join(lines[:2])) == "the advert looks French"
