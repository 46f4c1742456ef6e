"""Score whether an advert gives the same requirements in every form that it comes in.

    python benchmarks/forms.py                    # the adverts of this repository
    python benchmarks/forms.py FOLDER ...         # adverts of your own, as text or saved pages
    python benchmarks/forms.py --differences      # what differs, and where

Each advert is read as text, written anew as a page, a page with a JobPosting, Markdown, a forwarded
e-mail, DOCX and PDF (one column, and two with a running head and hyphens), and read again from each file.
A requirement is the same when text (white space folded), kind, priority and years are. The share is that
of the requirements in both over those of the longer list. Needs python-docx, pypdf and reportlab.
"""

import argparse
import html
import io
import json
import re
import tempfile
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from email.message import EmailMessage
from itertools import groupby
from pathlib import Path
from typing import Any

import attrs

from starkit import extract_requirements, read_advert
from starkit.adverts.pieces import cut_pieces, join_wrapped
from starkit.requirements import Requirement

ROOT = Path(__file__).parent.parent
FOLDERS = (
    ROOT / "src" / "starkit" / "data" / "examples" / "adverts",
    ROOT / "tests" / "adverts" / "texts",
)

_SIGNS = frozenset("•·▪●◦‣–*-o➢➤►→✓✔ ")
_TICKS = re.compile("[✓✔]")
# "Criteria marked * are essential": such a star is the author's mark, and no bullet.
_STARS = re.compile(r"marked (?:with )?(?:a |an )?(?:\*|asterisk)|\*\s?(?:=|denotes|are\b)")
_LONG_WORD = re.compile(r"\b([a-z]{4,6})([a-z]{4,})\b")


@attrs.frozen
class Block:
    """A part of an advert: a heading, a paragraph, an item of a list or the row of a table."""

    kind: str
    text: str
    gap: bool = False


def blocks_of(text: str) -> list[Block]:
    r"""Return the parts of an advert's text, lines that an e-mail program broke joined.

    >>> [(block.kind, block.text) for block in blocks_of("Skills\n• SQL\nA\tB\tC")]
    [('heading', 'Skills'), ('item', 'SQL'), ('row', 'A\tB\tC')]
    """
    blocks: list[Block] = []
    lines = groupby(join_wrapped(text, cut_pieces(text)), key=lambda piece: piece.row)
    starred = _STARS.search(text) is not None
    for first, *others in (list(line) for _, line in lines):
        # A list that somebody flattened to one line stays one: the author's file has no items.
        last = others[-1] if others else first
        words = text[first.start : last.end].replace("\n", " ")
        listed = bool(first.bullet) and _SIGNS.issuperset(first.bullet)
        listed = listed and not (starred and "*" in first.bullet)
        if first.bullet and not listed:
            # "(E) essential" is no list, nor is a star that marks; numbers and emoji are words.
            words = f"{first.bullet} {words}"
        kind = "item" if listed else "row" if "\t" in words else "paragraph"
        blocks.append(Block(kind, words, first.gap))
    return [
        attrs.evolve(block, kind="heading") if _heads(block, after) else block
        for block, after in zip(blocks, [*blocks[1:], Block("end", "")], strict=True)
    ]


def _heads(block: Block, after: Block) -> bool:
    short = len(block.text) < 60 and block.text[-1] not in ".;,"
    return block.kind == "paragraph" and short and (block.gap or after.kind in ("item", "row"))


# --- the forms ------------------------------------------------------------------------------------


def _groups(blocks: Iterable[Block]) -> Iterator[tuple[str, list[Block]]]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        yield kind, list(group)


def markup(blocks: Iterable[Block]) -> str:
    """Return the advert as HTML."""
    out: list[str] = []
    for kind, group in _groups(blocks):
        texts = [html.escape(block.text) for block in group]
        if kind == "item":
            out.append("<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>")
        elif kind == "row":
            rows = ("".join(f"<td>{cell}</td>" for cell in text.split("\t")) for text in texts)
            out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            tag = "h2" if kind == "heading" else "p"
            out += [f"<{tag}>{text}</{tag}>" for text in texts]
    return "\n".join(out)


def as_page(blocks: Iterable[Block]) -> bytes:
    """Return a saved page with a header, a menu and a footer around the advert."""
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Jobs", "News", "Help"))
    page = (
        f"<!doctype html><html><head><meta charset=utf-8><title>Vacancy</title></head><body>"
        f"<header><nav><ul>{menu}</ul></nav></header><main>{markup(blocks)}</main>"
        f"<footer><p>Cookies and privacy</p><ul>{menu}</ul></footer></body></html>"
    )
    return page.encode()


def as_posting(blocks: Iterable[Block]) -> bytes:
    """Return a saved page whose text stands in a JobPosting, as escaped HTML in a graph."""
    posting = {
        "@type": "JobPosting",
        "title": "Vacancy",
        "description": html.escape(markup(blocks)),
    }
    graph = json.dumps(
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, posting]}
    )
    page = (
        "<!doctype html><html><head><title>Vacancy</title>"
        f'<script type="application/ld+json">{graph}</script></head>'
        "<body><main><h1>Vacancy</h1><p>Please turn on scripts.</p></main></body></html>"
    )
    return page.encode()


def as_markdown(blocks: Iterable[Block]) -> bytes:
    """Return the advert as Markdown."""
    out: list[str] = []
    for kind, group in _groups(blocks):
        for number, block in enumerate(group):
            if kind == "heading":
                out += ["", f"## {block.text}", ""]
            elif kind == "item":
                out.append(f"- {block.text}")
            elif kind == "row":
                cells = block.text.split("\t")
                out.append(f"| {' | '.join(cells)} |")
                if not number:
                    out.append("|" + " --- |" * len(cells))
            else:
                out += ["", re.sub(r"\A([*+-])(?= )", r"\\\1", block.text)]
        out.append("")
    return "\n".join(out).encode()


def as_mail(blocks: Iterable[Block]) -> bytes:
    """Return the advert as a forwarded message, quoted-printable, with a signature."""
    body: list[str] = ["FYI, see below.", "", "---------- Forwarded message ---------"]
    body += [
        "From: Vacancies <jobs@employer.example>",
        "Date: Mon, 16 Nov 2026",
        "Subject: Vacancy",
    ]
    for block in blocks:
        body += [""] if block.kind in ("heading", "paragraph") else []
        body.append(f"- {block.text}" if block.kind == "item" else block.text)
    message = EmailMessage()
    message["From"] = "A friend <friend@mail.example>"
    message["To"] = "me@mail.example"
    message["Subject"] = "Fwd: Vacancy"
    message.set_content(
        "\n".join([*body, "", "-- ", "A friend", "Tel. 01632 960001"]), cte="quoted-printable"
    )
    return message.as_bytes()


def as_quoted(blocks: Iterable[Block]) -> bytes:
    """Return the advert as a reply quotes it: broken at 72 columns, a sign before each line."""
    lines = ["Hi Sam,", "", "This one came round. Worth a try?", ""]
    lines.append("On Mon, 16 Nov 2026 at 09:12, Jo Lund <jo@mail.example> wrote:")
    for number, block in enumerate(blocks):
        if number and block.kind in ("heading", "paragraph"):
            lines.append(">")
        sign = "* " if block.kind == "item" else ""
        under = " " * len(sign)
        if block.kind == "row":
            lines.append(f"> {block.text}")
        else:
            lines += textwrap.wrap(
                block.text, 72, initial_indent=f"> {sign}", subsequent_indent=f"> {under}"
            )
    return "\n".join([*lines, "", "Jo"]).encode()


def as_docx(blocks: Iterable[Block]) -> bytes:
    """Return the advert as a Word document with headings, lists and tables."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Employer, confidential"
    for kind, group in _groups(blocks):
        if kind == "row":
            rows = [block.text.split("\t") for block in group]
            table = document.add_table(len(rows), max(map(len, rows)))
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    table.cell(row, column).text = cell
            continue
        for block in group:
            if kind == "heading":
                document.add_heading(block.text, 2)
            else:
                document.add_paragraph(block.text, "List Bullet" if kind == "item" else None)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(blocks: Sequence[Block], *, columns: int = 1) -> bytes:
    """Return the advert as a PDF with a running head and page numbers; two columns hyphenate."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=9.5, leading=12, spaceAfter=5)
    plain.embeddedHyphenation = columns - 1
    heading = ParagraphStyle(
        "head", plain, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8
    )
    item = ParagraphStyle("item", plain, leftIndent=14, bulletIndent=3, spaceAfter=1)

    def written(block: Block, style: ParagraphStyle) -> Paragraph:
        return Paragraph(drawn(block.text), style)

    def drawn(text: str) -> str:
        # A soft hyphen is where a word may be divided; one column is wide enough without.
        return _drawn(text) if columns == 1 else _LONG_WORD.sub("\\1\u00ad\\2", _drawn(text))

    # The parts of a table that headings divide have the same columns.
    alike: dict[int, list[list[str]]] = defaultdict(list)
    for kind, group in _groups(blocks):
        if kind == "row":
            rows = [block.text.split("\t") for block in group]
            alike[max(map(len, rows))] += rows
    flow: list[Any] = []
    for kind, group in _groups(blocks):
        if kind == "row":
            rows = [block.text.split("\t") for block in group]
            wide = max(map(len, rows))
            cells = [
                [Paragraph(drawn(c), plain) for c in row] + [""] * (wide - len(row)) for row in rows
            ]
            widths = _widths(alike[wide], wide, 480 if columns == 1 else 231)
            flow.append(
                Table(
                    cells,
                    widths,
                    style=[(f"{side}PADDING", (0, 0), (-1, -1), 4) for side in ("LEFT", "RIGHT")],
                )
            )
            continue
        for block in group:
            if kind == "item":
                flow.append(Paragraph(drawn(block.text), item, bulletText="•"))
            else:
                flow.append(written(block, heading if kind == "heading" else plain))

    def running(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(57, 815, "Merrowdale - job description and person specification")
        canvas.drawRightString(538, 28, f"Page {document.page}")

    width = (481 - 18 * (columns - 1)) / columns
    frames = [
        Frame(57 + number * (width + 18), 45, width, 750, 0, 0, 0, 0) for number in range(columns)
    ]
    stream = io.BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4, title="Vacancy")
    document.addPageTemplates([PageTemplate(frames=frames, onPage=running)])
    document.build(flow)
    return stream.getvalue()


def _widths(rows: list[list[str]], columns: int, whole: float) -> list[float]:
    """Return the widths of a table's columns, in points: room for every word, then for whole lines."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    def width(text: str) -> float:
        return 9 + float(stringWidth(text, "Helvetica", 9.5))

    cells = [[row[column] for row in rows if column < len(row)] for column in range(columns)]
    least = [
        max(width(word) for cell in column for word in cell.split() or [""]) for column in cells
    ]
    most = [max(map(width, column)) for column in cells]
    share = max(whole - sum(least), 0) / max(sum(most) - sum(least), 1)
    return [low + (high - low) * min(share, 1) for low, high in zip(least, most, strict=True)]


def _drawn(text: str) -> str:
    # The fonts that every PDF reader has know the characters of Windows-1252, and one has ticks.
    plain = text.replace("→", "-").replace("\u2011", "-")
    parts = (
        html.escape(part.encode("cp1252", "ignore").decode("cp1252"))
        for part in _TICKS.split(plain)
    )
    return '<font name="ZapfDingbats">4</font>'.join(parts)


FORMS: dict[str, tuple[str, Callable[[list[Block]], bytes]]] = {
    "page": ("html", as_page),
    "JobPosting": ("html", as_posting),
    "Markdown": ("md", as_markdown),
    "e-mail": ("eml", as_mail),
    "quoted e-mail": ("txt", as_quoted),
    "DOCX": ("docx", as_docx),
    "PDF": ("pdf", as_pdf),
    "PDF, two columns": ("pdf", lambda blocks: as_pdf(blocks, columns=2)),
}


# --- the comparison -------------------------------------------------------------------------------

Seen = tuple[str, str, str, Any]


def seen(requirement: Requirement) -> Seen:
    """Return what has to be the same in every form."""
    text = " ".join(requirement.text.split())
    return text, str(requirement.kind), str(requirement.priority), requirement.years


def share(first: Iterable[Seen], second: Iterable[Seen]) -> float:
    """Return the share of requirements that two readings have in common, 0-1.

    >>> share([("a",), ("b",)], [("a",), ("c",)])
    0.5
    """
    one, other = Counter(first), Counter(second)
    longer = max(one.total(), other.total())
    return (one & other).total() / longer if longer else 1.0


def adverts(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each advert in the folders."""
    for folder in folders:
        for path in sorted(folder.glob("*")):
            if path.suffix in (".txt", ".md", ".html"):
                yield path.stem, read_advert(path).text


def main() -> None:
    """Print the share for each form."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--differences", action="store_true")
    options = parser.parse_args()
    shares: dict[str, list[float]] = {form: [] for form in FORMS}
    for name, text in adverts(options.folders):
        blocks = blocks_of(text)
        wanted = [seen(item) for item in extract_requirements(text)]
        for form, (suffix, make) in FORMS.items():
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"advert.{suffix}"
                path.write_bytes(make(blocks))
                found = [seen(item) for item in extract_requirements(read_advert(path))]
            shares[form].append(share(wanted, found))
            if options.differences:
                one, other = Counter(wanted), Counter(found)
                for sign, lot in (("-", one - other), ("+", other - one)):
                    for item in lot.elements():
                        print(f"{name}, {form} {sign} {item}")
    print(f"{'form':18}{'same':>7}{'lowest':>8}{'adverts':>9}")
    for form, values in shares.items():
        print(f"{form:18}{sum(values) / len(values):7.1%}{min(values):8.1%}{len(values):9}")


if __name__ == "__main__":
    main()
