"""Which pieces are headings: by their words, by their looks, or fused into a line of text."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import attrs

from starkit.adverts.head import is_role
from starkit.adverts.headings import (
    MOST_CHARACTERS,
    Heading,
    begins_sentence,
    find_heading,
    guess_heading,
    may_begin_heading,
    read_lead_in,
)
from starkit.adverts.pieces import Piece, has_words, strip_span
from starkit.adverts.sentences import split_sentences
from starkit.adverts.shape import SectionKind
from starkit.adverts.verbs import begins_with_verb

UNKNOWN = Heading(SectionKind.OTHER, role="unknown")
"""A line set as a heading, whose words we do not know."""

HEADER = Heading(SectionKind.REQUIREMENTS, role="header")
"""The header row of a table, or the legend of its codes."""


@attrs.frozen
class Titled:
    """A piece with what it says as a heading, if it is one."""

    piece: Piece
    heading: Heading | None = None
    fact: bool = False  # a label with its one line of text: "Salary: ...", "Closing date: ..."
    asks: bool = False  # it asks for something itself: "3 years in one of the following:"


# --- headings within a paragraph ------------------------------------------------------------------

# A colon in running text, after what may be a heading that begins a sentence. Bounded throughout.
_INNER_HEADING = re.compile(r"(?<=[.!?;•])\s{1,4}([A-Z][^.!?;:•\n]{2,50}):(?=\s)")

_MOST_INNER = 100  # more colons than this within one paragraph are not an advert's headings


def cut_at_headings(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, cut before headings that stand within a paragraph.

    >>> text = "We are a bakery. Essential: a van licence."
    >>> [text[p.start : p.end] for p in cut_at_headings(text, [Piece(0, 42)])]
    ['We are a bakery.', 'Essential: a van licence.']
    """
    return [
        last
        for piece in pieces
        for whole in _cut_lost_lines(text, piece)
        for part in _cut_at_inner(text, whole)
        for last in _cut_before_lead_in(text, part)
    ]


# From this width on a line is taken for many that lost their breaks, and up to this it is searched.
_LOST_FROM = 600
_LOST_TO = 30_000
_MOST_LOOKUPS = 300
_MOST_TITLE = 7

_WORD_WITH_CAPITAL = re.compile(r"(?<!\S)[A-Z][\w’'&/-]*:?")
_ENDED = re.compile(r"[.!?:;…)]\s*\Z")


def _cut_lost_lines(text: str, piece: Piece) -> Iterator[Piece]:
    """Yield the piece cut before each heading in it, where an advert came as one line.

    Such a heading has only its capitals and what follows it: a colon, the end of an item, or a
    word that begins a sentence.
    """
    if not _LOST_FROM <= piece.width <= _LOST_TO or piece.style or piece.role:
        yield piece
        return
    start = done = piece.start
    lookups = 0
    for found in _WORD_WITH_CAPITAL.finditer(text, piece.start, piece.end):
        at = found.start()
        if at < done or lookups > _MOST_LOOKUPS or not may_begin_heading(found.group().rstrip(":")):
            continue
        tokens = list(islice(_TOKEN.finditer(text, at, piece.end), _MOST_TITLE + 1))
        for count in range(min(_MOST_TITLE, len(tokens)), 0, -1):
            if not _may_be_lost_title(text, piece, tokens, count):
                continue
            lookups += 1
            if find_heading(text[at : tokens[count - 1].end()].rstrip(":")) is None:
                continue
            if has_words(text[start:at]):
                left, right = strip_span(text, start, at)
                yield attrs.evolve(piece, start=left, end=right)
                piece = attrs.evolve(piece, bullet="", gap=True)
            start, done = at, tokens[count - 1].end()
            break
    yield attrs.evolve(piece, start=start)


def _may_be_lost_title(
    text: str, piece: Piece, tokens: Sequence[re.Match[str]], count: int
) -> bool:
    """Tell by what stands around them whether words may be a heading that lost its line."""
    at, end = tokens[0].start(), tokens[count - 1].end()
    title = text[at:end]
    colon = title.endswith(":")
    if any(token.group()[-1] in ".,;:!?" for token in tokens[: count - 1]) or title[-1] in ".,;!":
        return False
    last = count == len(tokens)
    follows = last or tokens[count].group()
    before = text[max(piece.start, at - 4) : at]
    apart = at == piece.start or _ENDED.search(before) is not None
    titled = count > 1 and all(
        word[0].isupper() or word in _SMALL_WORDS or not word[0].isalpha() for word in title.split()
    )
    if not (apart or titled or colon):
        return False
    return (
        colon
        or last
        or follows in ("-", "–", "—")
        or begins_sentence(str(follows))
        or (titled and count > 2 and str(follows)[0].isupper())
    )


_SMALL_WORDS = frozenset(
    {"of", "the", "and", "for", "to", "in", "a", "an", "or", "with", "you", "we"}
)


def _cut_at_inner(text: str, piece: Piece) -> Iterator[Piece]:
    start = piece.start
    if not piece.bullet and not piece.style and not piece.role:
        for found in islice(_INNER_HEADING.finditer(text, start, piece.end), _MOST_INNER):
            known = find_heading(found.group(1)) is not None
            if known and has_words(text[start : found.start()]):
                yield attrs.evolve(piece, start=start, end=found.start())
                start = found.start(1)
    yield attrs.evolve(piece, start=start)


def _cut_before_lead_in(text: str, piece: Piece) -> Iterator[Piece]:
    if not text.endswith(":", piece.start, piece.end) or piece.style or piece.bullet:
        yield piece
        return
    # No lead-in is longer than this, so the sentences before it need not be found.
    near = max(piece.start, piece.end - 2 * MOST_CHARACTERS)
    last, _ = split_sentences(text[near : piece.end], near)[-1]
    last = last if last > near else _last_title(text, attrs.evolve(piece, start=near))
    if last > piece.start and has_words(text[piece.start : last]):
        start, end = strip_span(text, piece.start, last)
        yield attrs.evolve(piece, start=start, end=end)
        piece = attrs.evolve(piece, start=last, gap=False)
    yield piece


_CAPITAL_WORD = re.compile(r"(?<=\s)[A-Z]")
_MOST_CAPITALS = 8


def _last_title(text: str, piece: Piece) -> int:
    """Return where a heading begins that was fused to the end of a line, or 0."""
    capitals = [found.start() for found in _CAPITAL_WORD.finditer(text, piece.start, piece.end)]
    if find_heading(text[piece.start : piece.end]) is not None:
        return 0
    for start in capitals[-_MOST_CAPITALS:]:
        words = text[start : piece.end]
        if " " in words and find_heading(words) is not None:
            return start
    return 0


# --- one piece ------------------------------------------------------------------------------------

_COLON_LAST = re.compile(r"(?::[-–—]?|…|\.\.\.)\Z")
_SENTENCE_LAST = (".", ",", "!")


def find_titles(text: str, pieces: Sequence[Piece]) -> Iterator[Titled]:
    """Yield the pieces in order, those that are headings with what they say.

    A heading with text on its line comes as two pieces.
    """
    capitals = _capitals_mean_headings(text, pieces)
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        for titled in _titled(text, piece, following, capitals=capitals):
            # The first line names the job: "Growth Manager" heads no section on growth.
            guessed = place == 0 and titled.heading is not None and not titled.heading.sure
            yield attrs.evolve(titled, heading=UNKNOWN) if guessed else titled


def _capitals_mean_headings(text: str, pieces: Sequence[Piece]) -> bool:
    """Tell whether lines in capitals stand out; in an advert all in capitals they do not."""
    shouted = sum(1 for piece in pieces if text[piece.start : piece.end].isupper())
    return shouted * 3 <= len(pieces) + 3


def _titled(
    text: str, piece: Piece, following: Piece | None, *, capitals: bool
) -> Iterator[Titled]:
    words = text[piece.start : piece.end]
    if piece.role == "header":
        yield Titled(piece, HEADER)
        return
    if piece.role in ("label", "title"):
        named = find_heading(words) or UNKNOWN
        # Among criteria, "Equality and diversity" is a criterion.
        asks = named.kind.asks or piece.role == "title"
        yield Titled(piece, named if asks else UNKNOWN)
        return
    if piece.cell or not _may_be_bulleted_heading(words, piece, following):
        yield Titled(piece)
        return
    whole = _whole(words, piece, following)
    if whole is not None:
        below = whole.role == "other" and following is not None and _is_priority(text, following)
        if whole.kind is SectionKind.SUMMARY and _is_deed(text, following):
            whole = attrs.evolve(whole, kind=SectionKind.DUTIES)
        yield Titled(piece, UNKNOWN if below else whole)
        return
    wish = _wish(words, piece, following)
    if wish is not None:
        yield Titled(piece, wish)
        return
    inline = None if piece.mark else _inline(text, piece)
    if inline is not None and _names_its_job(text, piece, inline):
        yield Titled(piece, inline[0])
        return
    if inline is not None:
        heading, start, end, rest = inline
        yield Titled(
            attrs.evolve(piece, start=start, end=end),
            heading,
            fact=_is_fact(heading, piece.end - rest),
        )
        yield Titled(attrs.evolve(piece, start=rest, bullet="", gap=False, style=""))
        return
    if not piece.mark and (not piece.bullet or _is_decorated(piece, following)):
        looks = _by_looks(text, piece, following, capitals=capitals)
        asks = _COLON_LAST.search(words) is not None and _ASKED_FOR.search(words) is not None
        yield Titled(piece, looks, asks=asks)
        return
    yield Titled(piece)


def _names_its_job(text: str, piece: Piece, inline: tuple[Heading, int, int, int]) -> bool:
    """Tell whether a heading only goes on to say of which job: "Person specification - Cook"."""
    heading, _, _, rest = inline
    if heading.kind in (SectionKind.TERMS, SectionKind.APPLICATION):
        return False
    words = text[rest : piece.end]
    return (
        heading.role in ("container", "other")
        and len(words.split()) <= _PLAIN_TO
        and is_role(words)
    )


_DEED_TO = 30  # words; what is longer under "The job" is a paragraph


def _is_deed(text: str, piece: Piece | None) -> bool:
    """Tell whether a line says what somebody does: "The job" over such lines heads duties."""
    if piece is None:
        return False
    words = text[piece.start : piece.end]
    short = len(words.split()) <= _DEED_TO and not words.endswith(_SENTENCE_LAST)
    return short and begins_with_verb(words)


# "It would be great if you also had", "... if you": open at its end, so that only what follows can
# fill it.
_OPEN_WISH = re.compile(
    r"\b(?:you (?:also |already |may |might |do )?(?:had|have|hold|held|bring|could|can)"
    r"(?: any of(?: the following| these)?)?|if you(?: also| already)?)\s?:?\Z",
    re.IGNORECASE,
)


def _wish(words: str, piece: Piece, following: Piece | None) -> Heading | None:
    """Return what a line that wishes for the lines below it says of them."""
    if piece.bullet or piece.mark or following is None or len(words.split()) > _LEAD_IN_TO:
        return None
    if not _OPEN_WISH.search(words):
        return None
    found = read_lead_in(words)
    return found if found is not None and found.priority == "desirable" else None


# Signs from here on are arrows, shapes and pictures, which decorate headings as well as items.
_PICTURES = "\u2190"


def _is_decorated(piece: Piece, following: Piece | None) -> bool:
    """Tell whether the sign before a line adorns a heading and does not list it."""
    if following is None or piece.bullet[0] < _PICTURES or not piece.gap:
        return False
    return not (following.bullet and following.bullet[0] >= _PICTURES)


def _may_be_bulleted_heading(words: str, piece: Piece, following: Piece | None) -> bool:
    """Tell whether a heading may stand behind this bullet: "1. About you", "💼 The role"."""
    if not piece.bullet:
        return True
    if following is None or following.bullet == piece.bullet:
        return False
    if piece.numbered:
        return not following.numbered
    return piece.bullet[0] >= _PICTURES or _COLON_LAST.search(words) is not None


def _whole(words: str, piece: Piece, following: Piece | None) -> Heading | None:
    if len(words) > MOST_CHARACTERS or (
        words.endswith(_SENTENCE_LAST) and not words.endswith("...")
    ):
        return None
    colon = _COLON_LAST.search(words) is not None
    if words[0].islower() and not (colon or piece.style):
        return None
    found = find_heading(words)
    if found is None or (piece.mark and (following is None or following.mark)):
        return None
    if piece.mark and found.kind.asks:  # "Skills (essential)"
        return Heading(found.kind, piece.mark, "priority")
    return found


# --- headings with text on the same line ----------------------------------------------------------

# What may part a heading from its text: a colon, a spaced dash, a question mark; or Markdown bold.
_PARTING = re.compile(r"(?:\s?:[-–—]?\s{0,8}|\s[-–—]\s{1,4}|\?\s{1,4})(?=\S)")
_NO_TITLE = re.compile(r"[:?\n]")
_PARTED_TO = 80  # characters before the sign
_BOLD_FIRST = re.compile(r"(\*\*|__)([^*_\n]{2,80})(?:\*\*|__)\s?[:.–—-]?\s{0,4}(?=\S)")
_PREPOSITION_LAST = re.compile(r"\b(?:of|with|in|for|to|and)\Z", re.IGNORECASE)
_TOKEN = re.compile(r"\S{1,40}")

# How many words a fused heading has at most, and how many must follow it.
_MOST_FUSED = 8
_FEWEST_REST = 4


def _inline(text: str, piece: Piece) -> tuple[Heading, int, int, int] | None:
    """Return a heading that begins the piece, its span, and where the text after it begins."""
    bold = _BOLD_FIRST.match(text, piece.start, piece.end)
    if bold is not None:
        heading = find_heading(bold.group(2))
        if heading is not None:
            start, end = strip_span(text, bold.start(2), bold.end(2))
            return heading, start, end, bold.end()
        return None
    if not piece.bullet or piece.bullet[0] >= "\U0001f000":
        parted = _parting(text, piece)
        if parted is not None and has_words(text[parted.end() : piece.end]):
            title = text[piece.start : parted.start()]
            heading = find_heading(title)
            # "Knowledge of: first aid" says its first words of the rest, and is one requirement.
            whole = _PREPOSITION_LAST.search(title) is not None
            if heading is not None and not whole and not text.startswith("//", parted.end()):
                start, end = strip_span(text, piece.start, parted.start())
                return heading, start, end, parted.end()
        return _fused(text, piece)
    return None


def _parting(text: str, piece: Piece) -> re.Match[str] | None:
    """Return the sign that parts a heading from its text, when one comes soon enough."""
    far = min(piece.start + _PARTED_TO + 8, piece.end)
    found = _PARTING.search(text, piece.start + 2, far)
    if found is None or _NO_TITLE.search(text, piece.start, found.start()):
        return None
    return found


def _fused(text: str, piece: Piece) -> tuple[Heading, int, int, int] | None:
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, piece.start, piece.end):
        tokens.append(token)
        if len(tokens) == _MOST_FUSED + _FEWEST_REST:
            break
    if not tokens or not tokens[0].group()[0].isupper() or not may_begin_heading(tokens[0].group()):
        return None
    most = min(_MOST_FUSED, len(tokens) - _FEWEST_REST)
    for count in range(most, 0, -1):
        head, rest = tokens[count - 1], tokens[count]
        sure = _begins_sentence(text, tokens, count)
        if head.group()[-1] in ".,;:!" or not (sure or _may_begin_sentence(text, tokens, count)):
            continue
        heading = find_heading(text[piece.start : head.end()])
        # "School The" or "The Company Secretary" may be anything; headings that ask seldom are.
        if heading is not None and ((sure and count > 1) or _seldom_else(heading)):
            return heading, piece.start, head.end(), rest.start()
    return None


def _begins_sentence(text: str, tokens: Sequence[re.Match[str]], count: int) -> bool:
    rest = tokens[count].group()
    if not (rest[0].isupper() or rest[0] in "£$€"):
        return False
    title = text[tokens[0].start() : tokens[count - 1].end()]
    following = rest + tokens[count + 1].group()
    if title.isupper() and len(title) > 2:
        if not following.isupper():
            return True
        # Capitals that go on are one title: "NOT ESSENTIAL BUT WOULD HELP".
        return len(rest) == 1 and begins_sentence(rest)
    return begins_sentence(rest)


def _may_begin_sentence(text: str, tokens: Sequence[re.Match[str]], count: int) -> bool:
    # "Key Responsibilities Preparation and update of ...": a title in capitals, then a sentence.
    title = text[tokens[0].start() : tokens[count - 1].end()]
    rest, following = tokens[count].group(), tokens[count + 1].group()
    return count > 1 and title.istitle() and rest[0].isupper() and following[0].islower()


def _seldom_else(heading: Heading) -> bool:
    return heading.kind.asks or heading.kind in (SectionKind.DUTIES, SectionKind.BENEFITS)


# Longer text behind "How to apply:" is no fact but the section itself.
_FACT_TO = 60


def _is_fact(heading: Heading, length: int) -> bool:
    return heading.kind is SectionKind.TERMS or (
        heading.kind is SectionKind.APPLICATION and length <= _FACT_TO
    )


# --- headings by their looks ----------------------------------------------------------------------

_DIGIT = re.compile(r"\d")

# Longest lines, in words, that are looked at: a lead-in, a heading set as one, a bold or plain one.
_LEAD_IN_TO = 18
_SET_TO = 9
_BOLD_TO = 6
_PLAIN_TO = 5

# What a lead-in asks for itself, beside what it leads into.
_ASKED_FOR = re.compile(
    r"\d|\b(?:licen[cs]e|degree|diploma|certificate|gcses?|nvq|qualified|registered|registration"
    r"|registrant|fluent|english|right to work|dbs|clearance|own (?:car|transport|vehicle))\b",
    re.IGNORECASE,
)

# What longer plain headings end with ("On a typical day you will"), and what they begin with
# ("What you can expect in return").
_LEADS_ON = re.compile(r"\b(?:you|will|to|if|have|can|should|must|are|be|for|include|who|that)\Z")
_ASKING_WORDS = frozenset({"what", "who", "how", "why", "where", "when", "your", "our", "it"})


def _by_looks(
    text: str, piece: Piece, following: Piece | None, *, capitals: bool
) -> Heading | None:
    """Return what a line says that leads into the next ones or is set as a heading."""
    if following is None or piece.end - piece.start > MOST_CHARACTERS + 40:
        return None
    words = text[piece.start : piece.end]
    if _COLON_LAST.search(words):
        return _lead_in(words, piece, following)
    if words.endswith(_SENTENCE_LAST) or len(words.split()) > _SET_TO or words[0].islower():
        return None
    after = text[following.start : following.end]
    looks = (
        _is_set(words, piece, following)
        or _stands_out(words, after, piece, following, capitals)
        or _stands_over(text, piece, following)
    )
    return read_lead_in(words) or guess_heading(words) or UNKNOWN if looks else None


def _lead_in(words: str, piece: Piece, following: Piece) -> Heading | None:
    if len(words.split()) > _LEAD_IN_TO:
        return None
    if not following.bullet and following.gap and not piece.style:
        return None
    if (found := read_lead_in(words)) is not None:
        return found
    guess = guess_heading(words) if len(words.split()) <= _PLAIN_TO and piece.gap else None
    return guess or (UNKNOWN if piece.style else None)


def _is_set(words: str, piece: Piece, following: Piece) -> bool:
    """Tell whether Markdown or an underline says that the line is a heading."""
    if piece.style == "bold":
        most = _SET_TO if following.bullet else _BOLD_TO
        return not following.style and len(words.split()) <= most
    return bool(piece.style)


def _is_apart(piece: Piece, following: Piece) -> bool:
    """Tell whether a line stands off from what comes before and on what comes after it."""
    on_top = bool(following.bullet) or not following.gap
    return piece.gap and on_top and not following.style and following.row != piece.row


def _stands_out(words: str, after: str, piece: Piece, following: Piece, capitals: bool) -> bool:
    shouted = capitals and words.isupper() and len(words) >= 4 and not after.isupper()
    if shouted and piece.gap and following.gap and not following.style:
        return " " in words  # between blank lines, in an e-mail
    return _is_apart(piece, following) and (shouted or words.endswith("?"))


def _stands_over(text: str, piece: Piece, following: Piece) -> bool:
    """Tell whether a plain short line is over a list, a paragraph, or a heading of priority."""
    words = text[piece.start : piece.end]
    if not piece.gap or "," in words or words.endswith("?") or _DIGIT.search(words):
        return False
    count = len(words.split())
    if count <= _PLAIN_TO and _is_priority(text, following):
        return True
    first = words.split()[0].lower().replace("’", "'").partition("'")[0]
    leads = first in _ASKING_WORDS or (following.bullet and _LEADS_ON.search(words))
    if count > (_SET_TO if leads else _PLAIN_TO) or not _is_apart(piece, following):
        return False
    return bool(following.bullet) or following.end - following.start >= max(60, 2 * len(words))


def _is_priority(text: str, piece: Piece) -> bool:
    """Tell whether a piece says "Essential" or the like: what stands over it names criteria."""
    heading = find_heading(text[piece.start : piece.end])
    return heading is not None and heading.role == "priority"
