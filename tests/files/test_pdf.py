import io
import sys

import pytest

import starkit
from starkit.errors import FileError, MissingExtraError
from starkit.files.pdf import read_pdf
from starkit.files.printed import printed_text

NEEDED = ("Experience of preventing falls", "A full driving licence", "NMC registration")


@pytest.fixture
def canvas():
    """Return a function that draws on a PDF and gives its bytes."""
    drawing = pytest.importorskip("reportlab.pdfgen.canvas")
    pytest.importorskip("pypdf")

    def draw(*drawers, **options):
        stream = io.BytesIO()
        page = drawing.Canvas(stream, **options)
        for drawer in drawers:
            drawer(page)
            page.showPage()
        page.save()
        return stream.getvalue()

    return draw


def listed(page):
    """Draw a short advert."""
    page.drawString(72, 750, "Staff Nurse, Ward 4")
    page.drawString(72, 720, "You will need")
    for place, line in enumerate(NEEDED):
        page.drawString(72, 700 - 15 * place, "•")
        page.drawString(86, 700 - 15 * place, line)


def test_advert_in_a_pdf(canvas, tmp_path):
    """A PDF gives the advert's lines, and what they ask for."""
    path = tmp_path / "advert.pdf"
    path.write_bytes(canvas(listed))

    advert = starkit.read_advert(path)

    assert advert.title == "Staff Nurse, Ward 4"
    assert advert.source == "advert.pdf"
    assert [item.text for item in starkit.extract_requirements(advert)] == list(NEEDED)


def test_words_drawn_one_by_one(canvas):
    """Programs that place every word give the same lines."""
    words = ["You", "will", "keep", "accurate", "records", "of", "every", "visit", "to", "patients"]

    def spread(page):
        x = 72.0
        for word in words:
            page.drawString(x, 700, word)
            x += page.stringWidth(f"{word} ", "Helvetica", 12)

    assert printed_text(read_pdf(canvas(spread), named="x")) == " ".join(words)


def test_bold_words_within_a_line(canvas):
    """A change of font within a line loses no word and no space."""

    def emphasised(page):
        text = page.beginText(72, 700)
        for font, words in (
            ("Helvetica", "You "),
            ("Helvetica-Bold", "must"),
            ("Helvetica", " drive"),
        ):
            text.setFont(font, 11)
            text.textOut(words)
        page.drawText(text)
        page.drawString(72, 660, "This line is long enough to be read as text.")

    assert printed_text(read_pdf(canvas(emphasised), named="x")).startswith("You must drive\n")


def test_watermark_is_not_read(canvas):
    """What runs across the page is no part of the text."""

    def marked(page):
        listed(page)
        page.rotate(45)
        page.drawString(500, 100, "DRAFT")

    assert "DRAFT" not in printed_text(read_pdf(canvas(marked), named="x"))


def test_turned_page_coordinates(canvas):
    """Programs that count from the top of the page are read from the top, too."""

    def flipped(page):
        page.translate(0, 842)
        page.scale(1, -1)
        for y, words in ((100, "The first line of the advert"), (120, "The second one of them")):
            page.saveState()
            page.translate(72, y)
            page.scale(1, -1)
            page.drawString(0, 0, words)
            page.restoreState()

    lines = printed_text(read_pdf(canvas(flipped), named="x")).split("\n")

    assert lines == ["The first line of the advert", "The second one of them"]


def test_form_within_a_page(canvas):
    """Text in a form (XObject) that a page shows is a part of the page."""

    def framed(page):
        page.beginForm("box")
        page.drawString(72, 700, "Experience of preventing falls on a ward")
        page.endForm()
        page.doForm("box")

    assert "preventing falls" in printed_text(read_pdf(canvas(framed), named="x"))


def scanned(page):
    """Draw what a scanner leaves: a picture and no text."""
    page.rect(0, 0, 500, 700, fill=1)


@pytest.mark.parametrize(
    ("drawer", "options", "words"),
    [
        pytest.param(scanned, {}, "scan", id="scan"),
        pytest.param(listed, {"encrypt": "secret"}, "encrypted", id="encrypted"),
    ],
)
def test_pdf_that_cannot_be_read(canvas, drawer, options, words, tmp_path):
    """A scan and an encrypted PDF say what they are and what to do."""
    path = tmp_path / "advert.pdf"
    path.write_bytes(canvas(drawer, **options))

    with pytest.raises(FileError, match=words) as caught:
        starkit.read_advert(path)

    assert str(caught.value).startswith(str(path))
    assert caught.value.advice


def test_pdf_with_an_owner_password_is_read(canvas):
    """A PDF that only forbids printing opens without a password, and is read."""
    encryption = pytest.importorskip("reportlab.lib.pdfencrypt")
    rules = encryption.StandardEncryption("", ownerPassword="secret", canPrint=0)

    assert "preventing falls" in printed_text(read_pdf(canvas(listed, encrypt=rules), named="x"))


def test_too_many_pages(canvas):
    """A book is no advert."""
    with pytest.raises(FileError, match="61 pages, limit 60"):
        read_pdf(canvas(*[listed] * 61), named="book.pdf")


def test_too_much_print_on_a_page(canvas):
    """Print behind the limit is not cut off without a word."""

    def dense(page):
        for number in range(10_001):
            page.drawString(20 + number % 100 * 5, 20 + number // 100 * 7, "x")

    with pytest.raises(FileError, match=r"page 2 has more than 10,000 pieces"):
        read_pdf(canvas(listed, dense), named="map.pdf")


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.95])
def test_truncated_pdf(canvas, share):
    """A download that broke off is read as far as it goes, or told as broken."""
    whole = canvas(listed)

    assert text_or_advice(whole[: int(len(whole) * share)])


def text_or_advice(data):
    """Return the text of a PDF, or what the error of ours advises."""
    try:
        return printed_text(read_pdf(data, named="advert.pdf"))
    except FileError as error:
        return error.advice


def test_damaged_pdf_never_ends_in_a_foreign_error(canvas):
    """Bytes changed anywhere give text or an error of ours."""
    whole = canvas(listed, pageCompression=0)
    for place in range(0, len(whole), 47):
        data = bytearray(whole)
        data[place] = (data[place] * 7 + 13) % 256

        assert text_or_advice(bytes(data))


def test_nothing_on_standard_error(canvas, capfd):
    """Warnings of pypdf's about a broken file stay within."""
    with pytest.raises(FileError):
        read_pdf(canvas(listed)[:300], named="advert.pdf")

    assert capfd.readouterr().err == ""


def test_extra_is_named_when_it_is_not_installed(tmp_path, monkeypatch):
    """Without pypdf, the message says what to install; the rest works without."""
    path = tmp_path / "advert.pdf"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    monkeypatch.setitem(sys.modules, "pypdf", None)

    with pytest.raises(MissingExtraError, match=r"starkit\[documents\]"):
        starkit.read_advert(path)
