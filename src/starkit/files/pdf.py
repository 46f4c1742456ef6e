"""What is printed on the pages of a PDF, piece by piece, each with its place; pypdf reads the file."""

import io
import logging
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starkit.errors import FileError, MissingExtraError
from starkit.files.printed import Print

# Person specifications and information packs have 2 to 20 pages.
_MOST_PAGES = 60
# Pieces of print on a page; a page of text has 50 to 3,000.
_MOST_PIECES = 10_000
# Pages with fewer characters than this are pictures with a stamp on them.
_FEWEST_CHARACTERS = 30

_BAD_ADVICE = "open it, save or print it as a PDF again, or save the advert as text"

# Advance widths of Helvetica's printable ASCII in thousandths of the size, from Adobe's metrics of
# the fonts that every PDF reader knows; others are near enough, times a factor by their names.
_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556),
    *(556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722),
    *(722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722),
    *(667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556),
    *(556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500),
    *(500, 334, 260, 334, 584),
)
_FACTORS = (
    (re.compile(r"times|roman|serif|garamond|georgia|cambria|minion", re.IGNORECASE), 0.91),
    (re.compile(r"calibri|carlito|narrow|condensed", re.IGNORECASE), 0.91),
    (re.compile(r"verdana|dejavu", re.IGNORECASE), 1.15),
)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SANS = re.compile(r"sans", re.IGNORECASE)
_FIXED = re.compile(r"courier|mono|consol", re.IGNORECASE)
# The bullet of the fonts that every reader knows also stands at a place that is no character.
_MARKS = str.maketrans({"\x7f": "•"})


def read_pdf(data: bytes, *, named: str) -> list[list[Print]]:
    """Return what is printed on each page of a PDF.

    Args:
        data: The content of the file.
        named: What the file is called in messages.

    Raises:
        MissingExtraError: pypdf is not installed.
        FileError: The PDF is broken, encrypted, a scan without text, or has more than 60 pages
            or 10,000 pieces of print on one.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError
    except ImportError:
        raise MissingExtraError("pypdf", "documents") from None
    with _quiet("pypdf"):
        try:
            pages = [
                list(_pieces(page, number, named))
                for number, page in enumerate(_opened(PdfReader(io.BytesIO(data)), named), 1)
            ]
        except FileError:
            raise
        except (FileNotDecryptedError, DependencyError) as error:
            seen = "it is an encrypted PDF"
            raise FileError(named, seen, "save a copy without a password") from error
        except Exception as error:  # pypdf meets a broken file with any of Python's own errors
            raise FileError(named, "it is a broken PDF", _BAD_ADVICE) from error
    found = sum(len(piece.text.strip()) for page in pages for piece in page)
    if not pages:
        raise FileError(named, "the PDF has no pages", _BAD_ADVICE)
    if found < _FEWEST_CHARACTERS * len(pages):
        seen = "the PDF has no text: it is a scan or a picture"
        raise FileError(named, seen, "read it with a program for text recognition (OCR) first")
    return pages


def _opened(reader: Any, named: str) -> Any:
    """Return the pages of a PDF that can be opened and is no book."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileError(named, "it is an encrypted PDF", "save a copy without a password")
    count = len(reader.pages)
    if count > _MOST_PAGES:
        seen = f"the PDF has {count} pages, limit {_MOST_PAGES}"
        raise FileError(named, seen, "save the pages of the advert only")
    return reader.pages


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library's warnings from standard error, where a program has set up no logging."""
    logger, handler = logging.getLogger(name), logging.NullHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _pieces(page: Any, number: int, named: str) -> Iterator[Print]:
    found: list[Print] = []
    last: tuple[float, ...] = ()

    def take(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        nonlocal last
        words = text.replace("\n", "").translate(_MARKS)
        if not words:
            return
        if len(found) >= _MOST_PIECES:
            seen = f"page {number} has more than {_MOST_PIECES:,} pieces of print"
            raise FileError(named, seen, "save the text of the advert only")
        place = (*cm, *tm)
        name = str((font or {}).get("/BaseFont", ""))
        piece = _piece(words, cm, tm, name, size)
        if piece is None:
            return
        if place == last and found:
            # Another font in the same line: the pen has moved on, and pypdf does not say how far.
            found[-1] = found[-1].followed_by(piece)
        else:
            found.append(piece)
        last = place

    page.extract_text(orientations=(0,), visitor_text=take)
    for piece in found:
        if piece.text.strip():
            yield piece


def _piece(text: str, cm: list[float], tm: list[float], font: str, size: float) -> Print | None:
    across = tm[0] * cm[0] + tm[1] * cm[2]
    tilt = tm[0] * cm[1] + tm[1] * cm[3]
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    up = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
    height = abs(size * up)
    numbers = (x, y, height)
    # A watermark runs across the page, and print outside of any page is not meant to be seen.
    if across <= 0 or abs(tilt) > 0.1 * across or not all(map(math.isfinite, numbers)):
        return None
    if not 2 <= height <= 200 or not (-2000 < x < 20_000 and -20_000 < y < 20_000):
        return None
    lead = len(text) - len(text.lstrip())
    factor = _factor(font)
    width = _width(text.strip(), factor) * height
    return Print(
        x + _width(text[:lead], factor) * height,
        y,
        width,
        height,
        text.strip(),
        bold=bool(_BOLD.search(font)),
        spaced=(lead > 0, text[-1:].isspace()),
    )


def _factor(font: str) -> float:
    if _FIXED.search(font):
        return 0.0
    known = (factor for name, factor in _FACTORS if name.search(font) and not _SANS.search(font))
    return next(known, 1.0) * (1.06 if _BOLD.search(font) else 1.0)


def _width(text: str, factor: float) -> float:
    """Return the width of a text in sizes of its font."""
    if not factor:
        return 0.6 * len(text)
    total = sum(_WIDTHS[ord(sign) - 32] if 32 <= ord(sign) < 127 else 556 for sign in text)
    return factor * total / 1000
