"""A Word document to the lines of a text; python-docx reads the file.

Its paragraphs, lists and tables are taken in the order of the document, those in text boxes and
content controls too. Headers and footers are no part of the advert.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from starkit.errors import FileError, MissingExtraError
from starkit.files.reading import refuse_swelling
from starkit.files.tables import Cell, table_lines

_MOST_UNPACKED = 100_000_000  # bytes
_MOST_BLOCKS = 50_000
_DEEPEST = 20  # tables within tables, text boxes within text boxes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{_W}txbxContent"
# Elements whose content stands where they stand.
_TRANSPARENT = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
# What was taken out of the text, or is no text of the page.
_GONE = frozenset(
    {_FALLBACK, _TEXT_BOX, *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr"))}
)
_LIST_STYLE = re.compile(r"list|bullet", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"heading|title", re.IGNORECASE)

_BULLET = "• "
_BAD_ADVICE = "open it, save it as DOCX again, or save the advert as text"


def read_docx(data: bytes, *, named: str) -> str:
    """Return the text of a Word document, with bullets before items and tabs between cells.

    Args:
        data: The content of the file.
        named: What the file is called in messages.

    Raises:
        MissingExtraError: python-docx is not installed.
        FileError: The document is broken, encrypted, too large when unpacked, has more than 50,000
            paragraphs or tables more than 20 deep, or has no text.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError("python-docx", "documents") from None
    try:
        refuse_swelling(
            data, named, limit=_MOST_UNPACKED, too_large="save the text of the advert only"
        )
        document = docx.Document(io.BytesIO(data))
        lines = list(_Reader(document, named).blocks(document.element.body, 0))
    except FileError:
        raise
    except Exception as error:  # a broken document shows in zipfile, lxml and python-docx alike
        raise FileError(named, "it is a broken Word document", _BAD_ADVICE) from error
    text = "\n".join(lines)
    if not any(character.isalpha() for character in text):
        seen = "the document has no text"
        raise FileError(
            named, seen, "if it is a picture, read it with a program for text recognition"
        )
    return text


class _Reader:
    """Reads the blocks of one document, whose styles say what is a list and what a heading."""

    def __init__(self, document: Any, named: str) -> None:
        self.named = named
        self.listed: dict[str, bool] = {}
        self.headed: dict[str, bool] = {}
        self.taken = 0
        for style in document.styles.element.findall(f"{_W}style"):
            self.add_style(style)

    def add_style(self, style: Any) -> None:
        name = _value(style.find(f"{_W}name"))
        based = _value(style.find(f"{_W}basedOn"))
        identity = style.get(f"{_W}styleId", "")
        numbered = style.find(f"{_W}pPr/{_W}numPr") is not None
        heading = bool(_HEADING_STYLE.match(name)) or self.headed.get(based, False)
        in_list = numbered or bool(_LIST_STYLE.match(name)) or self.listed.get(based, False)
        self.headed[identity] = heading
        self.listed[identity] = in_list and not heading

    def blocks(self, parent: Any, depth: int) -> Iterator[str]:
        """Yield the lines of everything inside an element; a list has an empty line after it."""
        listed = False
        for block in parent:
            self.taken += 1
            if self.taken > _MOST_BLOCKS:
                seen = f"the document has more than {_MOST_BLOCKS:,} paragraphs and tables"
                raise FileError(self.named, seen, "save the text of the advert only")
            if depth > _DEEPEST:
                seen = f"its tables or text boxes lie more than {_DEEPEST} deep in one another"
                raise FileError(self.named, seen, "save the text of the advert only")
            if block.tag == f"{_W}p":
                lines = list(self.paragraph(block, depth))
                if listed and not lines[0].startswith(_BULLET):
                    yield ""  # the style of a list leaves room below it
                listed = lines[0].startswith(_BULLET)
                yield from lines
            elif block.tag == f"{_W}tbl":
                yield from self.table(block, depth)
            elif block.tag in _TRANSPARENT:
                yield from self.blocks(block, depth + 1)

    def paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        """Yield the lines of a paragraph, and those of the text boxes that are anchored in it."""
        text = "".join(_runs(paragraph)).strip("\n")
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        if not text.strip():
            yield ""
        elif self.headed.get(style, False):
            yield from ("", " ".join(text.split()))
        elif self.is_item(paragraph, style):
            yield f"{_BULLET}{text.strip()}"
        else:
            yield text
        for box in paragraph.iter(_TEXT_BOX):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                yield from ("", *self.blocks(box, depth + 1), "")

    def is_item(self, paragraph: Any, style: str) -> bool:
        """Say whether a paragraph is an item of a list, by itself or by its style."""
        number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if number is not None:
            return _value(number) != "0"  # 0 takes a paragraph out of its style's list
        return self.listed.get(style, False)

    def table(self, table: Any, depth: int) -> Iterator[str]:
        """Yield the lines of a table; one that is there for the layout is read cell by cell."""
        rows: list[list[Cell]] = [
            [self.cell(cell, depth) for cell in _cells(row, table)]
            for row in table.iter(f"{_W}tr")
            if next(row.iterancestors(f"{_W}tbl")) is table
        ]
        lines = table_lines(rows)
        yield ""
        if lines is None:
            for row in rows:
                for *_, text, _ in row:
                    yield from (text, "") if text else ()
        else:
            yield from lines
        yield ""

    def cell(self, cell: Any, depth: int) -> Cell:
        """Return a cell with the columns that it spans."""
        span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        columns = int(span) if span.isdecimal() and len(span) < 3 else 1
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merged is not None and merged.get(f"{_W}val", "continue") == "continue":
            return max(columns, 1), 1, "", False  # a cell above goes on
        lines = (line.replace("\t", " ").strip() for line in self.blocks(cell, depth + 1))
        return max(columns, 1), 1, "\n".join(line for line in lines if line), False


def _cells(row: Any, table: Any) -> Iterator[Any]:
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tbl")) is table:
            yield cell


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _runs(element: Any) -> Iterator[str]:
    """Yield the pieces of text in a paragraph, in order, without what was deleted from it."""
    waiting = [iter(element)]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
        elif part.tag == f"{_W}t":
            yield part.text or ""
        elif part.tag in (f"{_W}tab", f"{_W}ptab"):
            yield "\t"
        elif part.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif part.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif part.tag == f"{_W}sym":
            yield _symbol(part.get(f"{_W}char", ""))
        elif part.tag not in _GONE and isinstance(part.tag, str):
            waiting.append(iter(part))


def _symbol(code: str) -> str:
    # Symbols come as places in a font such as Wingdings; clean_text knows the usual ones.
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""
