import io
import sys
import zipfile

import pytest

import starkit
from starkit.errors import FileError, MissingExtraError
from starkit.files.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def document():
    """Return an empty Word document."""
    return pytest.importorskip("docx").Document()


def saved(document):
    """Return the bytes of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(document):
    """Return the lines with words in a document."""
    return [line for line in read_docx(saved(document), named="x").split("\n") if line]


def with_body(document, xml):
    """Return the bytes of a document whose body has a piece of XML at its start."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + xml.encode())
            new.writestr(name, data)
    return out.getvalue()


def test_headings_lists_and_paragraphs(document):
    """Items have a bullet, whatever style makes them items; headings stand alone."""
    document.add_heading("Staff Nurse", 0)
    document.add_paragraph("We care for 28 beds.")
    document.add_heading("You will need", 2)
    document.add_paragraph("NMC registration", "List Bullet")
    document.add_paragraph("Two years on a ward", "List Number")
    document.add_paragraph("In any order", "List Bullet 2")

    text = read_docx(saved(document), named="x")

    assert text.strip() == (
        "Staff Nurse\nWe care for 28 beds.\n\nYou will need\n"
        "• NMC registration\n• Two years on a ward\n• In any order"
    )


def test_paragraph_after_a_list(document):
    """An empty line parts a list from the paragraph after it, and not its items."""
    document.add_paragraph("Gym", "List Bullet")
    document.add_paragraph("Pension", "List Bullet")
    document.add_paragraph("You must hold a licence.")
    document.add_paragraph("You must be 21.")

    assert read_docx(saved(document), named="x") == (
        "• Gym\n• Pension\n\nYou must hold a licence.\nYou must be 21."
    )


def test_advert_in_a_document(document, tmp_path):
    """A Word document gives an advert with title, source and requirements."""
    document.add_paragraph("Staff Nurse, Ward 4")
    document.add_paragraph("Essential")
    document.add_paragraph("Experience of preventing falls", "List Bullet")
    path = tmp_path / "advert.docx"
    path.write_bytes(saved(document))

    advert = starkit.read_advert(path)
    found = starkit.extract_requirements(advert)

    assert (advert.title, advert.source) == ("Staff Nurse, Ward 4", "advert.docx")
    assert [(item.text, str(item.priority)) for item in found] == [
        ("Experience of preventing falls", "essential")
    ]


def test_table_with_merged_cells(document):
    """Cells have tabs between them; a cell over several rows or columns counts once."""
    table = document.add_table(4, 3)
    cells = [
        ("Criteria", "Essential", "Desirable"),
        ("Skills", "SQL", ""),
        ("", "Excel", "Python"),
        ("Shown on the application form", "", ""),
    ]
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2))

    assert read(document) == [
        "Criteria\tEssential\tDesirable",
        "Skills\tSQL",
        "\tExcel\tPython",
        "Shown on the application form",
    ]


def test_lists_in_the_cells_of_a_table(document):
    """A list in the column Essential stands below a line that says so."""
    table = document.add_table(2, 3)
    for column, text in enumerate(("Criteria", "Essential", "Desirable")):
        table.cell(0, column).text = text
    table.cell(1, 0).text = "Skills"
    for column, items in ((1, ("SQL", "Excel")), (2, ("Rust", "Go"))):
        table.cell(1, column).text = items[0]
        table.cell(1, column).add_paragraph(items[1])

    assert read(document)[1:] == ["Skills", "Essential", "SQL", "Excel", "Desirable", "Rust", "Go"]


def test_table_for_the_layout(document):
    """A page laid out in one wide table is read as text."""
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "Staff Nurse"
    table.cell(0, 0).add_paragraph("NMC registration", "List Bullet")

    assert read(document) == ["Staff Nurse", "• NMC registration"]


def test_tracked_changes(document):
    """What was put in is read, what was taken out is not."""
    xml = (
        '<w:p><w:r><w:t xml:space="preserve">You need </w:t></w:r>'
        '<w:del w:id="1" w:author="a"><w:r><w:delText>five</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>two</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> years</w:t></w:r></w:p>'
    )

    assert read_docx(with_body(document, xml), named="x").startswith("You need two years")


def test_content_controls_and_links(document):
    """Fields to fill in and links hold text as any run does."""
    xml = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Cook</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>At </w:t></w:r><w:hyperlink><w:r><w:t>Corviston Hall</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t> today</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )

    assert read_docx(with_body(document, xml), named="x").split("\n")[:2] == [
        "Cook",
        "At Corviston Hall today",
    ]


def test_text_box_is_read_once(document):
    """Word writes a text box twice, for old and new readers."""
    inner = "<w:txbxContent><w:p><w:r><w:t>Apply by Friday</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{inner}</mc:Choice>"
        f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert read_docx(with_body(document, xml), named="x").count("Apply by Friday") == 1


def test_tabs_breaks_and_symbols(document):
    """Line breaks, tabs and the ticks of Wingdings are characters of the text."""
    xml = (
        "<w:p><w:r><w:t>Salary</w:t><w:tab/><w:t>£30,000</w:t><w:br/><w:t>Leeds</w:t>"
        '<w:noBreakHyphen/><w:t>based</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )

    text = read_docx(with_body(document, xml), named="x")

    assert text.startswith("Salary\t£30,000\nLeeds-based\uf0fc")


def test_header_is_no_part_of_the_advert(document):
    """Running heads stand apart in Word, and stay there."""
    document.sections[0].header.paragraphs[0].text = "Confidential"
    document.add_paragraph("Cook wanted")

    assert read(document) == ["Cook wanted"]


def test_entities_are_not_expanded(document):
    """A document with entities that multiply is refused or read without them, at once."""
    data = saved(document)
    out = io.BytesIO()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
                part = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>{body}'.encode()
            new.writestr(name, part)

    with pytest.raises(FileError, match=r"broken|no text"):
        read_docx(out.getvalue(), named="laughs.docx")


def test_archive_that_swells(document):
    """An archive that would unpack to gigabytes is refused before it does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 110_000_000)

    with pytest.raises(FileError, match=r"110\.0 MB unpacked"):
        read_docx(out.getvalue(), named="swollen.docx")


def test_document_without_text(document):
    """A document that holds a picture of an advert says so."""
    with pytest.raises(FileError, match="no text"):
        read_docx(saved(document), named="picture.docx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_document(document, share):
    """A download that broke off is told as broken."""
    document.add_paragraph("Cook wanted")
    data = saved(document)

    with pytest.raises(FileError, match="broken Word document"):
        read_docx(data[: int(len(data) * share)], named="advert.docx")


def test_too_many_paragraphs(document):
    """Text behind the limit is not cut off without a word."""
    xml = "<w:p><w:r><w:t>line</w:t></w:r></w:p>" * 50_001

    with pytest.raises(FileError, match=r"more than 50,000 paragraphs"):
        read_docx(with_body(document, xml), named="book.docx")


def test_deep_tables(document):
    """Tables within tables without end are told, and their text is not left out."""
    xml = (
        "<w:tbl><w:tr><w:tc>" * 60
        + "<w:p><w:r><w:t>deep</w:t></w:r></w:p>"
        + "</w:tc></w:tr></w:tbl>" * 60
    )
    document.add_paragraph("Cook wanted")

    with pytest.raises(FileError, match=r"more than 20 deep"):
        read_docx(with_body(document, xml), named="x")


def test_extra_is_named_when_it_is_not_installed(tmp_path, monkeypatch):
    """Without python-docx, the message says what to install."""
    path = tmp_path / "advert.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(MissingExtraError, match=r"starkit\[documents\]"):
        starkit.read_advert(path)
