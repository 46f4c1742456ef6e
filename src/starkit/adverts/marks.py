"""Codes and words at the ends of lines that say essential or desirable, taken as marks.

Words set apart, "(essential)" or "– desirable", explain themselves. A letter does so only where
the advert has a legend or uses it again and again: "Vitamin D" and "Category E" stay whole.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

from starkit.adverts.headings import assessment_codes, column_role, find_heading, is_way_to_assess
from starkit.adverts.pieces import Piece, has_words, strip_span

_WORDS = {
    "essential": "essential",
    "required": "essential",
    "mandatory": "essential",
    "must have": "essential",
    "desirable": "desirable",
    "desired": "desirable",
    "preferred": "desirable",
    "nice to have": "desirable",
}
_WORD = "essential|required|mandatory|must[ -]have|desirable|desired|preferred|nice[ -]to[ -]have"

# "... (essential)", "... [Desirable].", "... – Essential": at the end of a line.
_WORD_LAST = re.compile(
    rf"(?:[(\[]\s?(?P<inner>{_WORD})\s?[)\]]|\s[-–—]\s?(?P<after>{_WORD}))[.;,]?\Z", re.IGNORECASE
)
# "(Essential) ...", "[Desirable]: ...", "Essential - ...", "Desirable: ...": at the beginning.
_WORD_FIRST = re.compile(
    rf"(?:[(\[]\s?(?P<inner>{_WORD})\s?[)\]]\s?[:.–—-]?|(?P<before>{_WORD})\s?(?::|\s[-–—]))\s{{0,4}}",
    re.IGNORECASE,
)

# "(E)", "[D]." at the end; " E" or " D" there; "(E) ..." or "E - ..." at the beginning.
_BRACKETED_LAST = re.compile(r"[(\[]\s?([ED])\s?[)\]][.;,]?\Z")
_BARE_LAST = re.compile(r"(?<=[\s\t])([ED])\.?\Z")
_BRACKETED_FIRST = re.compile(r"[(\[]\s?([ED])\s?[)\]]\s?[:.–—-]?\s{0,4}")
_LETTER_FIRST = re.compile(r"([ED])(?:\s[-–—]|:)\s{1,4}")

# What makes a letter after it part of the words.
_NAMING = re.compile(
    r"\b(?:marked|vitamins?|categor(?:y|ies)|cat|grades?|class|classes|group|band|levels?|type|plan|part"
    r"|unit|section|schedule|block|building|appendix|annex|hepatitis|code|series|route|zone|option"
    r"|and|or|to|in|with|licen[cs]e|c|b|r|&|\+|/|,)\s*\Z",
    re.IGNORECASE,
)

# "A/I", "(A, I, T)", "AF & I" at the end of a line.
_CODES_LAST = re.compile(
    r"(?P<open>[(\[]?)(?P<codes>\b[A-Z]{1,4}(?:\s?[/,;&+]\s?[A-Z]{1,4}){0,6})(?P<close>[)\]]?)\.?\Z"
)
_CODE = re.compile(r"[A-Z]{1,4}")

# "A = application form", "AF: application form", "(E) essential", "I - interview".
_LEGEND = re.compile(
    r"(?:(?<=[(\[])([A-Z]{1,4})[)\]]\s?[=:–-]?|\b([A-Z]{1,4})\s?[=:–-])\s{0,3}([A-Za-z][a-z]{3,15}|CV|DBS|PVG)\b"
)
# A legend that names itself may do without signs: "Key: A application form, C certificates".
_NAMED_LEGEND = re.compile(
    r"(?:key|legend|codes|(?:assessment )?(?:key|codes|methods?)|(?:methods?|means) of assessment|(?:how )?assessed(?: by)?)"
    r"\s?[:–-]\s",
    re.IGNORECASE,
)
_NAMED_CODE = re.compile(r"\b([A-Z]{1,4})(?:\s?[=:–-])?\s{1,3}([A-Za-z][a-z]{3,15}|CV|DBS|PVG)\b")
# First words of what a code means that say little alone ("skills test", "work sample").
_MEANINGS = frozenset(
    {
        "assessed",
        "tested",
        "evidenced",
        "measured",
        "skills",
        "practical",
        "lesson",
        "supporting",
        "occupational",
        "pre",
        "work",
        "disclosure",
        "dbs",
        "pvg",
        "qualification",
        "qualifications",
        "documentary",
        "online",
        "teaching",
        "group",
        "medical",
    }
)

# "Criteria marked * are essential", "* = essential", "* denotes essential".
_STAR_LEGEND = re.compile(
    r"\*\W{0,3}(?:\w{1,12}\W{1,3}){0,4}essential|asterisk\W{1,3}(?:\w{1,12}\W{1,3}){0,5}essential",
    re.IGNORECASE,
)
# "... all other criteria are desirable".
_REST_LEGEND = re.compile(
    r"\b(?:other|remaining|rest|unmarked|without)\b\W{1,3}(?:\w{1,12}\W{1,3}){0,4}desirable",
    re.IGNORECASE,
)
_STAR_LAST = re.compile(r"\s?\*{1,2}\Z")

# "PS3 ", "E1. ", "D2) ": the number of a criterion.
_NUMBERED = re.compile(r"([A-Z]{1,3})\s?(\d{1,2})[.:)]?\s+(?=\S)")

# How often a letter must be seen before it counts as a code.
_BRACKETS_THAT_AGREE = 2
_LETTERS_THAT_AGREE = 4
_NUMBERS_THAT_AGREE = 3

# Only the end of a line is searched, so that the patterns stay linear on long ones.
_TAIL = 40
_LEGEND_TO = 400


@attrs.frozen
class _Usage:
    """Which codes this advert is seen to use."""

    codes: frozenset[str]  # for how a criterion is assessed
    bracketed: bool
    bare: bool
    first: bool
    star: bool
    rest: bool  # what has no star is desirable
    prefixes: dict[str, str]  # of numbered criteria, with the mark that they give


def take_marks(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    r"""Return the pieces without their codes, and with the mark that a code or a word gives.

    >>> text = "SQL (E)\nRust (D)\nVitamin D"
    >>> found = take_marks(text, [Piece(0, 7), Piece(8, 16), Piece(17, 26)])
    >>> [(text[p.start : p.end], p.mark) for p in found]
    [('SQL', 'essential'), ('Rust', 'desirable'), ('Vitamin D', '')]
    """
    pieces = _without_ways(text, [_as_legend(text, piece) for piece in pieces])
    usage = _usage(text, pieces)
    taken = [piece if piece.role else _take(text, piece, usage) for piece in pieces]
    return _by_stars(text, taken, usage) if usage.star else taken


def _by_stars(text: str, pieces: Sequence[Piece], usage: _Usage) -> list[Piece]:
    """Return the pieces below a legend of stars with the mark that a star, or its lack, gives."""
    marked: list[Piece] = []
    inside = False
    for piece in pieces:
        heading = find_heading(text[piece.start : piece.end])
        if piece.role == "header" and _STAR_LEGEND.search(text, piece.start, piece.end):
            inside = True
        elif (heading is not None and not heading.kind.asks) or text.endswith(
            "?", piece.start, piece.end
        ):
            inside = False
        mark = ""
        if inside and not piece.role and not piece.mark and heading is None:
            if piece.bullet and not piece.bullet.strip("*"):
                mark = "essential"
            elif usage.rest and len(text[piece.start : piece.end].split()) <= _CRITERION_TO:
                mark = "desirable"
        marked.append(attrs.evolve(piece, mark=mark) if mark else piece)
    return marked


# Words of a criterion; what is longer is a paragraph between the lists.
_CRITERION_TO = 20


def _without_ways(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with "How assessed", and what stands below it, as words about others."""
    kept: list[Piece] = []
    below = False
    for piece in pieces:
        words = text[piece.start : min(piece.end, piece.start + _LEGEND_TO)]
        heads = (
            not piece.bullet and not piece.role and column_role(words.rstrip(": ")) == "assessed"
        )
        heads = heads and len(words.split()) > 1
        way = heads or (below and not piece.role and is_way_to_assess(words))
        kept.append(attrs.evolve(piece, role="header") if way else piece)
        below = heads
    return kept


def mark_legends(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, legends with equals signs marked as such before they pass for rows.

    >>> text = "A = Application  I = Interview"
    >>> mark_legends(text, [Piece(0, 30)])[0].role
    'header'
    """
    return [
        _as_legend(text, piece) if text.count("=", piece.start, piece.end) > 1 else piece
        for piece in pieces
    ]


def _as_legend(text: str, piece: Piece) -> Piece:
    if piece.role or piece.end - piece.start > _LEGEND_TO:
        return piece
    line = text[piece.start : piece.end]
    meanings = list(_meanings(piece.bullet, line))
    known = sum(
        1 for _, word in meanings if word in _WORDS or is_way_to_assess(word) or word in _MEANINGS
    )
    if known >= 2 and known == len(meanings):
        return attrs.evolve(piece, role="header")
    if _STAR_LEGEND.search(line) and (len(line) <= 120 or _REST_LEGEND.search(line)):
        return attrs.evolve(piece, role="header")
    return piece


# The code that stands before its meaning as the bullet of a line.
_CODE_BULLET = re.compile(r"[(\[][A-Z]{1,4}[)\]]")


def _meanings(bullet: str, line: str) -> Iterator[tuple[str, str]]:
    """Yield the codes that a legend explains, each with the first word of its meaning."""
    # "(A) Application (I) Interview": the first code looks like the bullet of a list.
    line = f"{bullet} {line}" if _CODE_BULLET.fullmatch(bullet) else line
    for found in _LEGEND.finditer(line):
        yield found.group(1) or found.group(2), found.group(3).lower()
    named = _NAMED_LEGEND.match(line)
    if named:
        for found in _NAMED_CODE.finditer(line, named.end()):
            yield found.group(1), found.group(2).lower()


def _usage(text: str, pieces: Sequence[Piece]) -> _Usage:
    legend: dict[str, str] = {}
    star = rest = False
    for piece in pieces:
        if piece.role == "header":
            line = text[piece.start : min(piece.end, piece.start + _LEGEND_TO)]
            legend |= dict(_meanings(piece.bullet, line))
            star = star or _STAR_LEGEND.search(line) is not None
            rest = rest or (star and _REST_LEGEND.search(line) is not None)
    priorities = {code for code, word in legend.items() if word in _WORDS}
    stated = frozenset(code for code in legend if code not in priorities)
    lines = [
        (
            text[max(piece.start, piece.end - _TAIL) : piece.end],
            text[piece.start : piece.start + 16],
        )
        for piece in pieces
        if not piece.role
    ]
    codes = stated or _codes_in_use(last for last, _ in lines)
    lasts = [_without_codes(last, codes) for last, _ in lines]
    firsts = [first for _, first in lines]
    both = {"E", "D"} <= priorities
    bare = [found.group(1) for last in lasts if (found := _bare(last)) is not None]
    return _Usage(
        codes=codes,
        bracketed=both
        or sum(1 for last in lasts if _BRACKETED_LAST.search(last)) >= _BRACKETS_THAT_AGREE,
        bare=both or (len(bare) >= _LETTERS_THAT_AGREE and {"E", "D"} <= set(bare)),
        first=both
        or _bullets_are_letters(pieces)
        or sum(1 for first in firsts if _BRACKETED_FIRST.match(first)) >= _BRACKETS_THAT_AGREE
        or sum(1 for first in firsts if _LETTER_FIRST.match(first)) >= _LETTERS_THAT_AGREE,
        star=star,
        rest=rest,
        prefixes=_prefixes(text, pieces),
    )


# "(E) SQL" looks like the item of a list (a), (b), ...
_LETTER_BULLETS = {"(E)": "essential", "[E]": "essential", "(D)": "desirable", "[D]": "desirable"}
_OTHER_BULLETS = {"(A)", "(B)", "(C)", "[A]", "[B]", "[C]"}


def _bullets_are_letters(pieces: Sequence[Piece]) -> bool:
    bullets = [piece.bullet for piece in pieces]
    count = sum(1 for bullet in bullets if bullet in _LETTER_BULLETS)
    return count >= _BRACKETS_THAT_AGREE and not _OTHER_BULLETS.intersection(bullets)


def _codes_in_use(lasts: Iterator[str]) -> frozenset[str]:
    """Return the assessment codes that end several lines, in brackets or in pairs."""
    seen: list[list[str]] = []
    for last in lasts:
        found = _CODES_LAST.search(last)
        if found is None or not (found["open"] or len(found["codes"]) > 2):
            continue
        codes = _CODE.findall(found["codes"])
        if all(code in assessment_codes() for code in codes):
            seen.append(codes)
    if len(seen) < _NUMBERS_THAT_AGREE:
        return frozenset()
    return frozenset(code for codes in seen for code in codes)


def _without_codes(last: str, codes: frozenset[str]) -> str:
    found = _CODES_LAST.search(last) if codes else None
    if found is None or not set(_CODE.findall(found["codes"])) <= codes:
        return last
    before = last[: found.start()]
    # "(A, I)" and "A/I" explain themselves; a lone letter does so behind "(E)" only.
    behind = before.rstrip()
    if found["open"] or len(found["codes"]) > 2 or _BRACKETED_LAST.search(behind):
        return behind
    if _APART.search(before) and _BARE_LAST.search(behind):
        return before.rstrip()
    return last


# A code that is set apart as a cell of its own.
_APART = re.compile(r"(?:\t|\s{2})\Z")


def _bare(last: str) -> re.Match[str] | None:
    found = _BARE_LAST.search(last)
    return found if found is not None and not _NAMING.search(last[: found.start()]) else None


def _prefixes(text: str, pieces: Sequence[Piece]) -> dict[str, str]:
    """Return the letters before numbered criteria: three or more lines that count up from 1."""
    numbers: dict[str, list[int]] = {}
    for piece in pieces:
        found = _NUMBERED.match(text, piece.start, piece.end)
        if found is not None and not piece.role:
            numbers.setdefault(found.group(1), []).append(int(found.group(2)))
    counted = {
        letters
        for letters, seen in numbers.items()
        if seen[0] == 1 and len(seen) >= 2 and seen == list(range(1, len(seen) + 1))
    }
    long = {letters for letters in counted if len(numbers[letters]) >= _NUMBERS_THAT_AGREE}
    if {"E", "D"} <= counted:
        marks = {"E": "essential", "D": "desirable"}
        return {letters: marks.get(letters, "") for letters in long | {"E", "D"}}
    return dict.fromkeys(long, "")


def _take(text: str, piece: Piece, usage: _Usage) -> Piece:
    taken = _take_first(text, piece, usage)
    cut = max(taken.start, taken.end - _TAIL)
    last, mark = _mark_last(_without_codes(text[cut : taken.end], usage.codes), usage)
    if mark:
        last = _without_codes(last, usage.codes)
    start, end = strip_span(text, taken.start, cut + len(last))
    if (start, end) == (piece.start, piece.end):
        return attrs.evolve(taken, mark=taken.mark or mark)
    if not has_words(text[start:end]):
        return piece
    return attrs.evolve(taken, start=start, end=end, mark=taken.mark or mark)


def _mark_last(last: str, usage: _Usage) -> tuple[str, str]:
    """Return the end of a line without what marks it, and the mark."""
    if (found := _WORD_LAST.search(last)) is not None:
        return last[: found.start()].rstrip(), _word(found["inner"] or found["after"])
    found = _BRACKETED_LAST.search(last) if usage.bracketed else None
    if found is None and usage.bare:
        found = _bare(last)
    if found is not None:
        return last[: found.start()].rstrip(), _letter(found.group(1))
    if usage.star and (found := _STAR_LAST.search(last)) is not None:
        return last[: found.start()].rstrip(), "essential"
    return last, ""


def _word(word: str) -> str:
    return _WORDS[word.lower().replace("-", " ")]


def _letter(letter: str) -> str:
    return "essential" if letter == "E" else "desirable"


def _take_first(text: str, piece: Piece, usage: _Usage) -> Piece:
    numbered = _NUMBERED.match(text, piece.start, piece.end) if usage.prefixes else None
    if numbered is not None and numbered.group(1) in usage.prefixes:
        bullet = f"{piece.bullet} {numbered.group().strip()}".strip()
        mark = piece.mark or usage.prefixes[numbered.group(1)]
        return attrs.evolve(piece, start=numbered.end(), bullet=bullet, mark=mark)
    if usage.first and piece.bullet in _LETTER_BULLETS:
        return attrs.evolve(piece, mark=piece.mark or _LETTER_BULLETS[piece.bullet])
    found = _BRACKETED_FIRST.match(text, piece.start, piece.end) if usage.first else None
    found = found or (_LETTER_FIRST.match(text, piece.start, piece.end) if usage.first else None)
    mark = _letter(found.group(1)) if found is not None else ""
    if found is None and (found := _WORD_FIRST.match(text, piece.start, piece.end)) is not None:
        if not (piece.bullet or found["inner"]):
            return piece  # "Essential: a van licence" without a bullet is a heading and its text
        mark = _word(found["inner"] or found["before"])
    if found is None or not has_words(text[found.end() : piece.end]):
        return piece
    return attrs.evolve(piece, start=found.end(), mark=piece.mark or mark)
