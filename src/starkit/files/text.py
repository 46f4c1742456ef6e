"""Bytes to text, and any text to the clean text that offsets are counted in."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

# The marks that Windows writes at the start of a file; UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What a page says of its own encoding, where browsers look for it.
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_DECLARED_WITHIN = 4096

# How much of a file is enough to guess an encoding from.
_SAMPLE = 20_000


def decode(data: bytes) -> str:
    r"""Return the text of a file, whatever encoding it was saved in.

    In this order: a byte order mark; UTF-16 by its zero bytes; UTF-8 (a few damaged bytes are
    forgiven); what an HTML page declares; Windows-1252 when the text is Latin letters; the guess
    of charset-normalizer. Line ends are left as they are; the mark is taken off.

    >>> decode("£20,000".encode("utf-16")), decode(b"caf\xe9"), decode(b"\xef\xbb\xbfcaf\xc3\xa9")
    ('£20,000', 'café', 'café')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _wide(data)
    if wide is not None:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def _wide(data: bytes) -> str | None:
    # Every second byte of Latin text in UTF-16 is zero; text in any other encoding has none.
    sample = data[: _SAMPLE // 2 * 2]
    if len(sample) < 4:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> str:
    forgiven = data.decode("utf-8", errors="replace")
    damaged = forgiven.count("\ufffd")
    whole = sum(1 for character in forgiven if character > "\x7f") - damaged
    if whole > 9 * damaged:  # one broken byte does not make a UTF-8 file something else
        return forgiven
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    for encoding in (declared[1].decode("ascii", "replace") if declared else None, _guess(data)):
        try:
            if encoding is not None:
                return data.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue  # a name that Python does not know, or a page that does not tell the truth
    return data.decode("cp1252", errors="replace")


def _guess(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    latin = sample.decode("cp1252", errors="replace")
    letters = sum(1 for character in latin if character.isalpha())
    plain = sum(1 for character in latin if character.isascii() and character.isalpha())
    if "\ufffd" not in latin and plain >= 0.6 * letters:
        return "cp1252"
    # Only files in rare encodings need the library, and importing it takes a while.
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    return None if best is None else best.encoding


def _table() -> dict[int, str | None]:
    spaces = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    spaces += "\u205f\u3000"
    nothing = [*range(0x20), *range(0x7F, 0xA0)]  # control characters
    nothing += [0xAD, 0x34F, 0x61C, 0x180E]  # soft hyphen, joiners, Arabic mark
    nothing += [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]  # bidi
    nothing += [0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, *range(0xFE00, 0xFE10)]  # marks, variation
    nothing += [*range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0)]  # tags, variation
    table: dict[int, str | None] = dict.fromkeys(nothing)
    table |= dict.fromkeys(map(ord, spaces), " ")
    table |= dict.fromkeys(map(ord, "\n\v\f\x85\u2028\u2029"), "\n")
    table |= {ord("\t"): "\t", 0x2010: "-", 0x2011: "-"}
    # The bullets, arrows and ticks of Symbol and Wingdings, as Word leaves them in pasted text.
    table |= dict.fromkeys((0xF0B7, 0xF0A7, 0xF06C, 0xF06E, 0xF06F, 0xF071, 0xF076, 0xF0A8), "•")
    table |= dict.fromkeys((0xF0D8, 0xF0E0, 0xF0E8, 0xF0F0), "•")
    table |= dict.fromkeys((0xF0FC, 0xF0FE), "✓")
    table |= {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
    # Half of a surrogate pair is not a character and cannot be written to any file.
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    return table


# Every character that is not taken as it stands: this is the one place where that is decided.
_CHARACTERS = _table()

# A gap between columns, or one that somebody typed: two spaces or more, or a tab among them.
_GAP = re.compile(r"[ \t]*\t[ \t]*| {2,}")

# What stands before the text of a list item: "•", "-", "o", "1.", "(a)", "iv)".
_MARKER = re.compile(r"(?:[^\w\s]{1,3}|o|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t]+", re.IGNORECASE)

# An end of a clause: what two spaces after it divide is sentences and not columns.
_CLAUSE_END = frozenset(".,;:!?)")


def clean_text(text: str, *, columns_by_spaces: bool = True) -> str:
    r"""Return the text in the form that an advert keeps and that offsets are counted in.

    Line ends become ``\n``; every kind of space becomes a space; soft hyphens, zero-width
    characters, direction marks and control characters go; private bullets of Word become ``•``;
    accents are composed (NFC). Within a line, runs of spaces become one and a gap between
    columns becomes a tab. No line has spaces at its ends (a row of a table keeps the tab of an
    empty first cell), no two blank lines follow each other, and none stands at either end.

    Args:
        text: Any text.
        columns_by_spaces: Whether spaces can divide columns: three or more do, and two where a
            neighbouring line has a gap that ends at the same place. Tabs always do.

    >>> clean_text("\ufeffSkills\u00a0\r\n\r\n\r\n\uf0b7\tExcel   \n  Full\u00adtime")
    'Skills\n\n• Excel\nFulltime'
    >>> clean_text("Degree     Essential\nPython     Desirable")
    'Degree\tEssential\nPython\tDesirable'
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
    lines = unicodedata.normalize("NFC", whole).split("\n")
    return "\n".join(_without_blank_runs(_spaced(lines, columns_by_spaces=columns_by_spaces)))


def _spaced(lines: list[str], *, columns_by_spaces: bool) -> Iterator[str]:
    ends = [_gap_ends(line) if columns_by_spaces else frozenset() for line in lines]
    nobody: frozenset[int] = frozenset()
    for index, line in enumerate(lines):
        if not _GAP.search(line):
            yield line.strip()
            continue
        before = ends[index - 1] if index else nobody
        after = ends[index + 1] if index + 1 < len(lines) else nobody
        yield _columns(line, before | after, columns_by_spaces=columns_by_spaces)


def _gap_ends(line: str) -> frozenset[int]:
    return frozenset(gap.end() for gap in _GAP.finditer(line) if gap.start() > 0)


def _columns(line: str, aligned: frozenset[int], *, columns_by_spaces: bool) -> str:
    body = line.strip()
    offset = len(line) - len(line.lstrip())
    marker = _MARKER.match(body)
    head = ""
    if marker:
        head, body, offset = marker[0].rstrip() + " ", body[marker.end() :], offset + marker.end()

    def divided(gap: re.Match[str]) -> str:
        if "\t" in gap[0]:
            return "\t" * gap[0].count("\t")
        if not columns_by_spaces:
            return " "
        width = gap.end() - gap.start()
        after_clause = body[gap.start() - 1] in _CLAUSE_END
        in_column = offset + gap.end() in aligned
        return "\t" if (width > 2 and not after_clause) or in_column else " "

    spaced = _GAP.sub(divided, body)
    # Before other cells, a tab at the start of a line is an empty cell; else it is an indent.
    lead = line[:offset].count("\t") if not head and "\t" in spaced else 0
    return head + "\t" * lead + spaced


def _without_blank_runs(lines: Iterator[str]) -> Iterator[str]:
    blank, started = False, False
    for line in lines:
        if not line.strip():
            blank = started
            continue
        if blank:
            yield ""
        yield line
        blank, started = False, True
