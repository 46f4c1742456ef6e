"""The same advert asks for the same in every form that it comes in."""

import io
from collections import Counter
from pathlib import Path

import pytest

import starkit

EXAMPLES = Path(starkit.__file__).parent / "data" / "examples" / "adverts"
LEAST = 0.95


@pytest.fixture(scope="module")
def adverts(forms):
    """Return the text of each example advert, its parts, and what it asks for."""
    found = []
    for name, text in forms.adverts([EXAMPLES]):
        wanted = [forms.seen(item) for item in starkit.extract_requirements(text)]
        found.append((name, forms.blocks_of(text), wanted))
    return found


@pytest.mark.parametrize(
    ("form", "library"),
    [
        ("page", None),
        ("JobPosting", None),
        ("Markdown", None),
        ("e-mail", None),
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
    both = longer = 0
    for name, blocks, wanted in adverts:
        path = tmp_path / f"{name}.{suffix}"
        path.write_bytes(make(blocks))
        found = [
            forms.seen(item) for item in starkit.extract_requirements(starkit.read_advert(path))
        ]
        both += (Counter(wanted) & Counter(found)).total()
        longer += max(len(wanted), len(found))

    assert longer > 150
    assert both >= LEAST * longer


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
