"""The same advert asks for the same in every form that it comes in."""

import io
from functools import cache

import pytest

import starkit

LEAST = 0.95  # of all adverts, the mean
LEAST_OF_ONE = 0.75
# Breaking at a width takes their marks from these: codes set apart by blanks, bullets within one line.
LOSE_MARKS = {"quoted e-mail": {"administrator", "call-centre"}}


@cache
def asked(text):
    """Return what a text asks for; several forms give the very same text."""
    return starkit.extract_requirements(text)


@pytest.fixture(scope="module")
def adverts(forms):
    """Return the name of each advert of the benchmark, its parts, and what it asks for."""
    found = []
    for name, text in forms.adverts(forms.FOLDERS):
        wanted = [forms.seen(item) for item in asked(text)]
        found.append((name, forms.blocks_of(text), wanted))
    return found


@pytest.mark.parametrize(
    ("form", "library"),
    [
        ("page", None),
        ("JobPosting", None),
        ("Markdown", None),
        ("e-mail", None),
        ("quoted e-mail", None),
        ("DOCX", "docx"),
        ("PDF", "pypdf"),
        ("PDF, two columns", "pypdf"),
    ],
)
def test_same_requirements_in_every_form(forms, adverts, tmp_path, form, library):
    """Of what the text asks for, each form gives at least 95 %, with kind, priority and years."""
    if library is not None:
        pytest.importorskip(library)
    suffix, make = forms.FORMS[form]
    shares = {}
    for name, blocks, wanted in adverts:
        path = tmp_path / f"{name}.{suffix}"
        path.write_bytes(make(blocks))
        found = [forms.seen(item) for item in asked(starkit.read_advert(path).text)]
        shares[name] = forms.share(wanted, found)

    assert len(shares) >= 25
    assert sum(shares.values()) / len(shares) >= LEAST
    low = {name for name, share in shares.items() if share < LEAST_OF_ONE}
    assert low == LOSE_MARKS.get(form, set())


def test_only_the_folders_themselves_are_read(forms, tmp_path):
    """What lies in a folder within is kept apart from every figure."""
    (tmp_path / "cook.txt").write_text("Cook wanted.", "utf-8")
    (tmp_path / "apart").mkdir()
    (tmp_path / "apart" / "nurse.txt").write_text("Nurse wanted.", "utf-8")

    assert [name for name, _ in forms.adverts([tmp_path])] == ["cook"]


def test_what_an_author_would_keep(forms):
    """A star that marks is no bullet, and a list that lost its lines is one paragraph."""
    starred = forms.blocks_of("Criteria marked * are essential.\n\n* Excel\nWord")
    lost = forms.blocks_of("Duties: • Filing • Typing of letters.")

    assert [block.text for block in starred][1:] == ["* Excel", "Word"]
    assert [(block.kind, block.text) for block in lost] == [
        ("paragraph", "Duties: • Filing • Typing of letters.")
    ]


def test_escaped_sign_of_markdown(tmp_path):
    """A star that Markdown would take for a bullet is read as the star that it stands for."""
    path = tmp_path / "advert.md"
    path.write_text("Criteria marked * are essential.\n\n\\* Excel\n\nC:\\Word\n", "utf-8")

    assert starkit.read_advert(path).text == (
        "Criteria marked * are essential.\n\n* Excel\n\nC:\\Word"
    )


def test_every_form_of_the_benchmark_is_tested(forms):
    """A new form of the benchmark is added here, too."""
    tested = test_same_requirements_in_every_form.pytestmark[0].args[1]

    assert {form for form, _ in tested} == set(forms.FORMS)


def test_divided_words_of_the_columns(forms, adverts):
    """The PDFs with two columns do divide words, so that the test above tests it."""
    pypdf = pytest.importorskip("pypdf")
    lines = [
        line
        for _, blocks, _ in adverts
        for page in pypdf.PdfReader(io.BytesIO(forms.as_pdf(blocks, columns=2))).pages
        for line in page.extract_text().split("\n")
    ]

    assert sum(line.endswith("-") for line in lines) > 20
