"""Cutting a text into pieces: physical lines without their bullets, wrapped lines joined."""

import re
from collections.abc import Iterator
from itertools import pairwise

import attrs

# White space as people see it, and the characters that take no room at all (zero-width space and
# joiners, direction marks, word joiner, byte order mark, soft hyphen).
BLANK = (
    " \t\x1f\u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x2010)))
    + ("\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff\u00ad")
)
_BLANK_CLASS = f"[{re.escape(BLANK)}]"

# Line breaks as str.splitlines has them.
_BREAKS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+|\r\n|[{_BREAKS}]")

# Marks that begin an item wherever they stand first. Wingdings come from word processors as
# private-use characters or as the letters that lie under them.
_GLYPHS = (
    "•‣⁃⁌⁍∙⋅◦●○◉◎◆◇♦❖▪▫■□▢▶►▸▹▷➢➤➔➜➝➞➡➣➧➪➺→⇒»›★☆✦✧✩✪✱✲✳✴✶✓✔✅☑✗✘·‧・"
    "\u2012\u2013\u2014\u2015\u2212\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf0fe\uf076\uf02d\uf06e"
)
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINERS = "\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\u20e3"

_BULLET = re.compile(
    rf"""
      # one sign, or an emoji built of several
      [{_GLYPHS}{_EMOJI}][{_GLYPHS}{_EMOJI}{_JOINERS}]{{0,7}}
      # ASCII signs before a space or a letter: "+44" and "-5" have none
    | [-+*>](?={_BLANK_CLASS}|[^\W\d_])(?!(?<=\*)\w[^*\n]{{0,300}}\*\s{{0,9}}\Z)
      # a letter in place of a sign, as word processors leave it
    | [o§Øvlüx](?=\t|{_BLANK_CLASS}{{2,9}}\S|{_BLANK_CLASS}[A-Z0-9£'"“‘])
      # 1. 1) (1) [1], and 1.2 before a capital, so that "2.5 years" has none
    | [(\[]?\d{{1,3}}[.)\]](?={_BLANK_CLASS})
    | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.)]?(?={_BLANK_CLASS}{{1,9}}[A-Z])
      # a number alone, set apart from its words
    | \d{{1,2}}(?={_BLANK_CLASS}{{2,9}}[A-Z]|\t{_BLANK_CLASS}{{0,9}}[A-Z])
      # a) (a) A) iv) a. A. ii.
    | [(\[]?(?:[a-zA-Z]|[ivx]{{1,4}})[)\]](?={_BLANK_CLASS})
    | (?:[a-zA-D]|[ivx]{{1,4}})\.(?={_BLANK_CLASS})
    """,
    re.VERBOSE,
)

# Signs that stand between items when a list was flattened to one line.
_INNER_SIGNS = "•●▪■◦‣➢➤►\uf020-\uf0ff"
_INNER = re.compile(rf"[{_INNER_SIGNS}](?=[^{_INNER_SIGNS}])|(?<=\s)·(?=\s)")

# A line drawn with signs: a rule, the underline of a heading, the frame of a table.
_RULE = re.compile(r"[-=_*~#|+:.·•—–─━═\s\u200b-\u200f]+")

_WORD_CHARACTER = re.compile(r"[^\W_]")

_NUMBERED = re.compile(r"[(\[]?[0-9a-zA-Z.]{1,12}[.)\]]?")

# Markdown: "## About you", "**Essential**", "__Essential__:".
_HASHES = re.compile(rf"(#{{1,6}})(?!\d){_BLANK_CLASS}{{0,9}}(?=[^#])")
_TAIL_HASHES = re.compile(rf"{_BLANK_CLASS}{{0,9}}#{{1,6}}$")
_FENCED = re.compile(r"([=*~_-])\1{1,40}\s{1,4}(?P<words>\S.{0,80}\S)\s{1,4}\1{2,40}\Z")
_BOLD = re.compile(r"(\*{2,3}|__)(?=[^\s*_])")

# No advert has a flattened list of more items than this; such a line is not text.
_MOST_ITEMS = 500


@attrs.frozen
class Piece:
    """A stretch of the text that will become one line; offsets are into the advert's text.

    Attributes:
        start: First character of the words.
        end: After the last character of the words.
        bullet: What stood before them.
        gap: True when an empty line, or a drawn one, comes before.
        indent: Characters of white space before the bullet or the words.
        width: Length of the whole physical line, in characters.
        row: Number of the physical line, from 0; pieces of one line share it.
        style: "" or how the line is set as a heading: "#" to "######", "bold", "underlined".
        role: "" for words, "header" for words about other lines (a table's header, a legend),
            "label" for the first cell of a row that names its criteria, "title" for a first cell
            that is a heading by its words.
        mark: "essential", "desirable" or "".
        cell: True for the cell of a table, which never begins a heading by its looks.
    """

    start: int
    end: int
    bullet: str = ""
    gap: bool = False
    indent: int = 0
    width: int = 0
    row: int = 0
    style: str = ""
    role: str = ""
    mark: str = ""
    cell: bool = False

    @property
    def numbered(self) -> bool:
        """True when the bullet is a number or a letter."""
        return bool(self.bullet) and _NUMBERED.fullmatch(self.bullet) is not None


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Return the span without the blank characters at its ends.

    >>> strip_span("  a b\u200b ", 0, 7)
    (2, 5)
    """
    inner = text[start:end]
    left = start + len(inner) - len(inner.lstrip(BLANK))
    return left, max(left, start + len(inner.rstrip(BLANK)))


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit."""
    return _WORD_CHARACTER.search(text) is not None


def cut_pieces(text: str) -> list[Piece]:
    r"""Return the pieces of ``text``: one a physical line, more where a list was flattened.

    >>> [(p.bullet, p.start, p.end) for p in cut_pieces("Skills\n• SQL\n1) Java")]
    [('', 0, 6), ('•', 9, 12), ('1)', 16, 20)]
    """
    pieces: list[Piece] = []
    gap, pending = True, ""
    letters = _listing_letters(text)
    counted = _counted_lines(text)
    for row, (begin, finish) in enumerate(_physical(text)):
        start, end = strip_span(text, begin, finish)
        line = text[start:end]
        if not has_words(line) and (not line or _RULE.fullmatch(line)):
            if _underlines(line, pieces, row):
                pieces[-1] = attrs.evolve(pieces[-1], style="underlined")
            elif line in _GLYPHS and line:
                pending = line  # the sign stands alone and its words on the next line
                continue
            gap = True
            continue
        piece = Piece(start, end, gap=gap, indent=start - begin, width=end - begin, row=row)
        if line[0] in letters and _LETTER_ITEM.match(line):
            words = strip_span(text, start + 1, end)[0]
            piece = attrs.evolve(piece, start=words, bullet=line[0])
        if start in counted:
            number = line[: counted[start]]
            words = strip_span(text, start + len(number), end)[0]
            piece = attrs.evolve(piece, start=words, bullet=number)
        cut = list(_cut_line(text, piece))
        if cut and pending and not cut[0].bullet:
            cut[0] = attrs.evolve(cut[0], bullet=pending)
        pieces += cut
        gap, pending = gap and not cut, ""
    return pieces


# "o have a full licence": how a round bullet comes through when a page is copied.
_LETTER_ITEM = re.compile(rf"[ox]{_BLANK_CLASS}{{1,9}}[^\W_]{{2}}")
_LETTERS_LIST_FROM = 3


def _listing_letters(text: str) -> frozenset[str]:
    """Return the small letters that stand before so many lines that they must be bullets."""
    counts = {"o": 0, "x": 0}
    for begin, finish in _physical(text):
        start, end = strip_span(text, begin, min(finish, begin + 80))
        if text[start : start + 1] in counts and _LETTER_ITEM.match(text, start, end):
            counts[text[start]] += 1
    alone = {letter for letter, count in counts.items() if count >= _LETTERS_LIST_FROM}
    # One sort of list is enough to believe the other: ticks and crosses.
    return frozenset(counts if alone else ())


# "1 To deliver ...", "2 To select ...": numbers without a full stop that count up line by line.
_COUNTED = re.compile(rf"(\d{{1,2}}){_BLANK_CLASS}[A-Z]")
_COUNTED_FROM = 3


def _counted_lines(text: str) -> dict[int, int]:
    """Return where the lines begin that count up from 1, with the length of each number."""
    found: dict[int, int] = {}
    run: dict[int, int] = {}
    for begin, finish in _physical(text):
        start, end = strip_span(text, begin, finish)
        if start == end:
            continue  # a page has room between its lines
        number = _COUNTED.match(text, start, end)
        if number is None or int(number.group(1)) != len(run) + 1:
            run = {}
        if number is not None and int(number.group(1)) == len(run) + 1:
            run[start] = len(number.group(1))
        if len(run) >= _COUNTED_FROM:
            found |= run
    return found


def _physical(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of every physical line, the empty ones too."""
    start = 0
    for found in _LINE.finditer(text):
        if found.group()[0] in _BREAKS:
            yield start, found.start()
            start = found.end()
    if start < len(text):
        yield start, len(text)


def _underlines(line: str, pieces: list[Piece], row: int) -> bool:
    if not pieces or pieces[-1].row != row - 1 or len(line) < 3 or len(set(line)) > 1:
        return False
    last = pieces[-1]
    return line[0] in "=-~_─━═" and not last.bullet and last.end - last.start <= 60


def _cut_line(text: str, piece: Piece) -> Iterator[Piece]:
    piece = _without_markup(text, without_bullet(text, piece))
    if "\t" in text[piece.start : piece.end] or " | " in text[piece.start : piece.end]:
        if has_words(text[piece.start : piece.end]):
            yield piece  # perhaps the row of a table, whose cells may be signs
        return
    yield from split_items(text, piece)


def split_items(text: str, piece: Piece) -> Iterator[Piece]:
    """Yield the items of a list that was flattened to one line, or the piece as it is."""
    inner = [found.start() for found in _INNER.finditer(text, piece.start, piece.end)]
    # One sign within plain words is no list ("Leeds • hybrid"), nor are thousands of them.
    if not 0 < len(inner) <= _MOST_ITEMS or not (piece.bullet or len(inner) > 1):
        if has_words(text[piece.start : piece.end]):
            yield piece
        return
    bounds = [piece.start, *inner, piece.end]
    for place, (start, end) in enumerate(pairwise(bounds)):
        left, right = strip_span(text, start, end)
        part = attrs.evolve(piece, start=left, end=right)
        if place:
            part = without_bullet(text, attrs.evolve(part, bullet="", gap=False))
        if has_words(text[part.start : part.end]):
            yield part


def without_bullet(text: str, piece: Piece) -> Piece:
    """Return the piece with the signs before its words taken as its bullet.

    >>> without_bullet("- 1. Lead", Piece(0, 9)).bullet
    '- 1.'
    """
    start = piece.start
    for _ in range(2):  # "• 1. Lead": a list within a list
        found = _BULLET.match(text, start, piece.end)
        if found is None or not has_words(text[found.end() : piece.end]):
            break
        start = strip_span(text, found.end(), piece.end)[0]
    if start == piece.start:
        return piece
    bullet = text[piece.start : start].rstrip(BLANK)
    return attrs.evolve(piece, start=start, bullet=f"{piece.bullet} {bullet}".strip())


def _without_markup(text: str, piece: Piece) -> Piece:
    hashes = _HASHES.match(text, piece.start, piece.end)
    if hashes is not None:
        tail = _TAIL_HASHES.search(text, max(hashes.end(), piece.end - 16), piece.end)
        end = tail.start() if tail is not None else piece.end
        inner = without_bullet(text, attrs.evolve(piece, start=hashes.end(), end=end))
        inner = _without_markup(text, inner)
        return attrs.evolve(inner, style=hashes.group(1))
    fenced = _FENCED.fullmatch(text, piece.start, piece.end)
    if fenced is not None:
        start, end = fenced.span("words")
        return attrs.evolve(piece, start=start, end=end, style="underlined")
    bold = _BOLD.match(text, piece.start, piece.end)
    if bold is None:
        return piece
    sign = bold.group(1)
    closing = text.find(sign, bold.end(), piece.end)
    if closing < 0:
        return piece
    rest = text[closing + len(sign) : piece.end].strip(BLANK)
    if rest.strip(":.-–— "):
        return (
            piece  # bold words that begin a paragraph: the heading, if any, is found by its words
        )
    start, end = strip_span(text, bold.end(), closing)
    return attrs.evolve(piece, start=start, end=end, style="bold")


# How long a line must be before a break after it can be a wrap: shorter in a text without any line
# that is wider than a terminal. And the widest wrapped text: editors break at up to 140 characters.
_WRAPPED_FROM = 60
_NARROW_FROM = 32
_NARROW_TEXT = 80
_WRAPPED_TO = 140
# Outside of the widths that programs break letters at, a line that begins small is an item.
_LETTER_WIDTHS = range(60, 101)

# People wrap by hand, and programs at different widths once replies are quoted.
_SLACK = 12

# Words that nothing ends with.
_DANGLING = re.compile(
    r"(?:,|\b(?:a|an|the|of|in|on|at|to|for|by|with|from|into|onto|within|without|about|between|under|over|than|that|which|who|whose|if|when|and|or|as|our|your|their|its|this|these|any|all|each|no|not|is|are|was|were|has|have|will|can|may|must|be))\Z"
)

_FIRST_WORD = re.compile(r"\S{1,40}")
_ENDED = (".", "!", "?", ":", ";", "…", ".)", ".”", '."', ".’")


def join_wrapped(text: str, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with those joined that were one line before an e-mail program broke it.

    Two lines are one when the first has no final mark, the next one's first word would hardly have
    fitted on it (the widest line of the block gives the width), and the next goes on in lower case
    or the first ends in a word that ends nothing ("of"). A block with a line of more than 140
    characters was not wrapped. Where all of a text was broken at one width, a word that would not have
    fitted is proof enough, in capitals, too ("the Building / Safety Act").
    """
    joined: list[Piece] = []
    all_at = _broken_at(text, pieces)
    widest = max((piece.width for piece in pieces), default=0)
    least = _NARROW_FROM if widest <= _NARROW_TEXT else _WRAPPED_FROM
    for block in _blocks(pieces):
        width = max(piece.width for piece in block)
        last: Piece | None = None
        for place, piece in enumerate(block):
            following = block[place + 1] if place + 1 < len(block) else None
            if last is not None and (
                _goes_on_at_mark(text, last, piece, joined[-1], following, width)
                or _continues(text, last, piece, joined[-1], (least, width))
                or (all_at and _overflows(text, last, piece, joined[-1], following, all_at))
            ):
                joined[-1] = attrs.evolve(joined[-1], end=piece.end)
            else:
                joined.append(piece)
            last = piece
    return joined


# A text was broken at one width when so many of its lines are full, and most of the lines after them
# go on in lower case, as the items of a list do not.
_FULL_LINES_FROM = 5
_WIDE_LINES_FROM = 3  # of more than 80 characters, which do not come to one width by chance
_GO_ON_SHARE = 0.5
_HEADING_TO = 5  # words


def _broken_at(text: str, pieces: list[Piece]) -> int:
    """Return the width at which all of a text was broken, 0 when it was not."""
    lines = (piece for piece in pieces if not (piece.cell or "\t" in text[piece.start : piece.end]))
    width = max((piece.width for piece in lines), default=0)
    if not _NARROW_FROM <= width <= _WRAPPED_TO:
        return 0
    after_full = [
        text[piece.start].islower()
        for last, piece in pairwise(pieces)
        if _is_next(text, last, piece) and _is_full(text, last, piece, width)
    ]
    enough = _WIDE_LINES_FROM if width > _NARROW_TEXT else _FULL_LINES_FROM
    broken = len(after_full) >= enough and sum(after_full) >= _GO_ON_SHARE * len(after_full)
    return width if broken else 0


def _is_full(text: str, last: Piece, piece: Piece, width: int) -> bool:
    word = _FIRST_WORD.match(text, piece.start, piece.end)
    full = word is not None and last.width + 1 + len(word.group()) > width
    return full and last.width <= width and "\t" not in text[piece.start : piece.end]


def _is_next(text: str, last: Piece, piece: Piece) -> bool:
    """Tell whether a plain line stands right below another that is no row of a table."""
    if piece.bullet or piece.style or piece.role or piece.mark or piece.cell:
        return False
    if last.style or last.role or last.cell or last.mark or piece.row != last.row + 1 or piece.gap:
        return False
    return not any(gap in text[last.start : last.end] for gap in ("\t", "   ", " | "))


def _overflows(
    text: str, last: Piece, piece: Piece, first: Piece, following: Piece | None, width: int
) -> bool:
    """Tell whether a line of a text that was broken goes on with the one before it."""
    if not (_is_next(text, last, piece) and _is_full(text, last, piece, width)):
        return False
    goes_on = first.bullet and following is not None and following.bullet == first.bullet
    if goes_on or (first.bullet and piece.indent > first.indent):
        return True
    words = text[piece.start : piece.end]
    heads = following is not None and following.bullet and len(words.split()) <= _HEADING_TO
    heads = bool(heads) and words[0].isupper()
    return not (heads or words.isupper() or text.endswith(_ENDED, last.start, last.end))


# A dash between two words of a sentence, when the break came before it, looks like a bullet.
_DASHES = frozenset("-–—")


def _goes_on_at_mark(
    text: str, last: Piece, piece: Piece, first: Piece, following: Piece | None, width: int
) -> bool:
    """Tell whether a full line of a paragraph was broken at its colon, or before a dash."""
    small = text[first.start].islower()
    if last.bullet or small or not text[piece.start].islower() or width > _WRAPPED_TO:
        return False
    dashed = piece.bullet in _DASHES
    if dashed and following is not None and following.bullet:
        return False  # the first item of a list
    bare = attrs.evolve(piece, bullet="") if dashed else piece
    if last.width < _NARROW_FROM or not _is_next(text, last, bare):
        return False
    if dashed:
        # Some programs take the dash and the word behind it over together.
        word = _FIRST_WORD.match(text, piece.start, piece.end)
        full = word is not None and last.width + len(" – ") + len(word.group()) > width
        return full and not text.endswith(_ENDED, last.start, last.end)
    if not _is_full(text, last, bare, width):
        return False
    # A line of its own before a colon is the lead-in of a list; the end of a paragraph is none.
    inside = first.start < last.start or ". " in text[last.start : last.end]
    return inside and text.endswith(":", last.start, last.end)


def _blocks(pieces: list[Piece]) -> Iterator[list[Piece]]:
    block: list[Piece] = []
    for piece in pieces:
        if block and (piece.gap or piece.row > block[-1].row + 1):
            yield block
            block = []
        block.append(piece)
    if block:
        yield block


def _continues(text: str, last: Piece, piece: Piece, first: Piece, widths: tuple[int, int]) -> bool:
    least, width = widths
    if not _is_next(text, last, piece):
        return False
    if not least <= last.width <= width <= _WRAPPED_TO:
        return False
    if text.endswith(_ENDED, last.start, last.end):
        return False
    word = _FIRST_WORD.match(text, piece.start, piece.end)
    if word is None or last.width + 1 + len(word.group()) <= width - _SLACK:
        return False
    dangles = _DANGLING.search(text, max(last.start, last.end - 10), last.end) is not None
    lead_in = text[max(0, first.start - 8) : first.start].rstrip().endswith(":")
    small = not first.bullet and text[first.start].islower() and not dangles
    if small and (lead_in or width not in _LETTER_WIDTHS):
        return False  # an item of a list that begins small under its lead-in, as the next one does
    # A capital may begin a new item; under a bullet, the deeper margin says that it does not.
    return (
        text[piece.start].islower()
        or dangles
        or (bool(first.bullet) and piece.indent > first.indent)
    )
