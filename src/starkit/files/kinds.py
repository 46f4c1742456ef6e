"""What kind of content some bytes are, told by the bytes and never by a file's name."""

from starkit.files.text import decode

PDF = "a PDF"
DOCX = "a Word document (DOCX)"
MHTML = "a web archive (MHTML)"

# How a file of each kind begins, and what it is called in a message.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc)"),
    (b"bplist00", "a Safari web archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh9", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
)

SPREADSHEET = "a spreadsheet (XLSX)"
"""What ``binary_kind`` calls the kind that is read as a table of stories."""

# Office documents are zip archives that name their parts in plain bytes.
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", DOCX),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)"),
    (b"xl/", SPREADSHEET),
    (b"ppt/", "a presentation (PPTX)"),
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"Index/Document.iwa", "a Pages document"),
)
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")

# Control characters that no text has; a little more than nothing is forgiven.
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
_SAMPLE = 8192
_MOST_CONTROL = 0.02
_FEWEST_CONTROL = 4


def binary_kind(data: bytes) -> str | None:
    """Return what a file is that is no text, in words for a message; ``None`` for text.

    >>> binary_kind(b"%PDF-1.7 ..."), binary_kind(b"Nurse wanted")
    ('a PDF', None)
    """
    head = data[:_SAMPLE]
    # A PDF may have some bytes of its maker's before its first line; a page may name one.
    if b"%PDF-" in head[:1024] and (head.startswith(b"%PDF-") or _controls(head)):
        return PDF
    if head.startswith(_ZIP_STARTS):
        ends = data[:65_536] + data[-65_536:]
        return next((kind for name, kind in _ZIPPED if name in ends), "a zip archive")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    lower = head[:4096].lower()
    if b"mime-version:" in lower and b"multipart/related" in lower:
        return MHTML
    if head[4:8] == b"ftyp":
        return "a picture or film (HEIC, MP4)"
    # UTF-16 and UTF-32 are full of zero bytes, and text all the same.
    is_binary = _controls(head) > _MOST_CONTROL and _controls(_recoded(head)) > _MOST_CONTROL
    return "binary content and no text" if is_binary else None


def _controls(head: bytes) -> float:
    """Return the share of control characters; a few by accident are none."""
    found = len(head) - len(head.translate(None, _CONTROL))
    return found / len(head) if found >= _FEWEST_CONTROL else 0


def _recoded(head: bytes) -> bytes:
    return decode(head).encode("utf-8", errors="replace")
