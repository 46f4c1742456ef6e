"""Terms: the words of a text that can be evidence, each with its place.

A term is a stem, so that *managing* answers *managed*; but symbols and short names stay whole (C++,
C#, .NET, Node.js, R&D, AI), a tool that is also a word keeps its capital (Go, Access), and a word
under a negation is another term ("non-technical" does not answer "technical").
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import attrs
import Stemmer

from starkit.data import read_words

NEGATED = "¬"
"""Opens the key of a term under a negation."""

# Phrases and names with symbols first, then words with inner apostrophes. Each alternative is linear.
_SYMBOLS_AND_WORDS = (
    r"(?<!\w)[A-Za-z](?:\+\+|\#)(?!\w)"  # C++, C#, F#
    r"|(?<![\w.])\.[Nn][Ee][Tt]\b"  # .NET
    r"|[^\W_]+\.(?:js|JS|Js|net|NET|Net)\b"  # Node.js, ASP.NET
    r"|(?<!\w)[A-Z]&[A-Z](?!\w)"  # R&D, P&L
    r"|(?<!\w)\d{1,3}(?:,\d{3})+(?!\w)"  # 40,000
    r"|(?<![\w-])(?:[Ee]|[Cc]o|[Mm]ulti|[Ii]nter|[Pp]re|[Rr]e|[Uu]n)-[a-z]+"  # co-ordinate, e-mail
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
# What ends the reach of a negation, and what a sentence begins after.
_CLAUSE_END = re.compile(r"[.,;:!?()\n•\"“”]")
_SENTENCE_END = re.compile(r"[.!?:\n•|\t]")
# A capitalised name at the start of a sentence is a name when nothing but a list follows it.
_LIST_FOLLOWS = re.compile(r"\s*(?:[,/;)|]|$|\n)")
_JOIN = re.compile(r"[\s-]")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,6}s")

# Acronyms that are other words in small letters.
_WORD_ACRONYMS = frozenset({"it", "us", "sap", "send"})

_NEGATORS = frozenset({"no", "not", "never", "without", "nor", "neither", "non", "cannot"})
_NOT_NEGATING = frozenset({"only", "just", "merely", "longer", "later", "matter", "doubt"})
_REACH = 3  # terms that a negation reaches; the prefix "non" reaches one


@attrs.frozen
class Term:
    """One word that can be evidence.

    Attributes:
        key: What terms are compared by.
        start: Where the word begins in its text, in characters.
        end: Where it ends (half open).
    """

    key: str
    start: int
    end: int


@cache
def stop_words() -> frozenset[str]:
    """Return the words that are never evidence."""
    return frozenset(read_words("matching/stop_words.txt"))


@cache
def _capitalised_names() -> frozenset[str]:
    return frozenset(read_words("matching/capitalised_names.txt"))


@cache
def _irregular_forms() -> dict[str, str]:
    pairs = (line.split() for line in read_words("matching/irregular_forms.txt"))
    return dict(pairs)


@cache
def _senses() -> dict[str, tuple[tuple[str, frozenset[str], str | None], ...]]:
    found: dict[str, list[tuple[str, frozenset[str], str | None]]] = {}
    for line in read_words("matching/senses.txt"):
        word, side, neighbours, key = (part.strip() for part in line.split("|"))
        meant = None if key == "-" else key
        found.setdefault(word, []).append((side, frozenset(neighbours.split()), meant))
    return {word: tuple(rules) for word, rules in found.items()}


@cache
def _own_words() -> dict[str, str]:
    lines = (line.split() for line in read_words("matching/own_words.txt"))
    return {word: f"={forms[0]}" for forms in lines for word in forms}


@cache
def _phrases() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in read_words("matching/phrases.txt"):
        forms = [form.strip() for form in line.split("|")]
        found |= {form: f"={plain(forms[0]).replace(' ', '')}" for form in forms}
    return found


@cache
def _token() -> re.Pattern[str]:
    forms = sorted(_phrases(), key=len, reverse=True)
    # Small letters may begin with a capital. Each first letter is a set, which is tried quickly.
    written = (
        (form if form != form.lower() else f"[{form[0].upper()}{form[0]}]{form[1:]}")
        for form in forms
    )
    phrases = "|".join(written).replace(" ", r"[\s-]")
    return re.compile(rf"(?<![\w-])(?:{phrases})(?!\w)|{_SYMBOLS_AND_WORDS}")


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 0)  # _key caches; a second cache would only cost


def plain(word: str) -> str:
    """Return a word in lower case, with straight apostrophes and no accents."""
    word = word.lower().replace("’", "'")
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in parts if not unicodedata.combining(char))
    return word


def _phrase(token: str) -> str | None:
    words = _JOIN.sub(" ", token)
    return _phrases().get(words) or _phrases().get(words.lower())


@lru_cache(maxsize=1 << 16)
def _key(token: str) -> str | None:
    """Return the key of a token by itself, ``None`` when it is never evidence."""
    if len(token) == 1:
        return token.lower() if token in ("C", "R") else None
    if (phrase := _phrase(token)) is not None:
        return phrase
    if _PLURAL_ACRONYM.fullmatch(token):
        token = token[:-1]
    word = plain(token)
    if token.isupper() and token.isalpha() and len(token) <= 6:
        if word in _WORD_ACRONYMS:
            return f"={word}"
        return None if word in stop_words() else word
    word = word.replace(",", "")  # 40,000
    if word.isdigit():
        return word if len(word) >= 3 and not 1900 <= int(word[:6]) <= 2099 else None
    if word.endswith(("'s", "s'")):
        word = word[:-2] if word.endswith("'s") else word[:-1]
    if word in stop_words() or len(word) == 1:
        return None
    if word in _own_words():
        return _own_words()[word]
    word = word.replace("-", "")
    if not word.isalpha():
        return word
    return str(_stemmer().stemWord(_irregular_forms().get(word, word)))


def word_keys(words: Sequence[str]) -> list[str]:
    """Return the key of each word, single words in small letters: many at once, and quickly.

    >>> word_keys(["repairing", "wrote"])
    ['repair', 'write']
    """
    irregular, own = _irregular_forms(), _own_words()
    stems = _stemmer().stemWords([irregular.get(word, word) for word in words])
    return [own.get(word, stem) for word, stem in zip(words, stems, strict=True)]


class _Token(NamedTuple):  # made for every word: a tuple is made in half the time of a class
    word: str  # lower case
    key: str | None
    start: int
    end: int
    opens: bool  # a sentence


# What the neighbours of a token may change.
_PLAIN, _NEGATES, _NAME, _SENSE = range(4)


@lru_cache(maxsize=1 << 16)
def _look(token: str) -> tuple[str, str | None, int]:
    """Return the word in lower case, its key by itself, and what its neighbours may change."""
    word = plain(token)
    watch = _PLAIN
    if word in _NEGATORS or word.endswith("n't"):
        watch = _NEGATES
    elif word in _capitalised_names():
        watch = _NAME
    elif word in _senses():
        watch = _SENSE
    return word, _key(token), watch


def _tokens(text: str) -> list[_Token]:
    text = _without_capitals(text)
    found: list[_Token] = []
    spans = [(match.group(), match.start(), match.end()) for match in _token().finditer(text)]
    reach, before = 0, 0
    opens = True
    for place, (token, start, end) in enumerate(spans):
        word, key, watch = _look(token)
        if start > before + 1 or place == 0:  # a single blank, hyphen or slash ends nothing
            between = text[before:start]
            opens = place == 0 or _SENTENCE_END.search(between) is not None
            if reach and _CLAUSE_END.search(between):
                reach = 0
        else:
            opens = start > before and text[before] in "\n\t"
        before = end
        if watch != _PLAIN:
            following = _look(spans[place + 1][0])[0] if place + 1 < len(spans) else ""
            if watch == _NEGATES:
                reach = 1 if word == "non" else _REACH
                reach = 0 if following in _NOT_NEGATING else reach
            elif watch == _NAME:
                key = _named(
                    token, key, alone=_LIST_FOLLOWS.match(text, end) is not None, opens=opens
                )
            else:
                previous = found[-1].word if found else ""
                key = _sense(word, key, previous, following)
        elif word == "but":
            reach = 0
        elif reach and key is not None:
            key = NEGATED + key
            reach -= 1
        found.append(_Token(word, key, start, end, opens))
    return found


def _without_capitals(text: str) -> str:
    # In a text of capitals no short name can be told from a word.
    if len(text) > 8 and text.isupper():
        lowered = text.lower()
        return lowered if len(lowered) == len(text) else text
    return text


def _named(token: str, key: str | None, *, alone: bool, opens: bool) -> str | None:
    """Return the key of a name that is also a word: the name when its capital means something."""
    if token[0].isupper() and (alone or not opens):
        return f"={token.lower()}"
    return key


def _sense(word: str, key: str | None, previous: str, following: str) -> str | None:
    for side, neighbours, meant in _senses()[word]:
        if (previous if side == "previous" else following) in neighbours:
            return meant
    return key


def terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a text, in order.

    >>> [term.key for term in terms("Managed the C++ and .NET teams; used Go and R&D data")]
    ['manag', 'c++', '.net', 'team', '=go', 'r&d', 'data']
    >>> [term.key for term in terms("a non-technical audience, without any complaints")]
    ['¬technic', 'audienc', '¬complaint']
    """
    return tuple(_evidence(_tokens(text)))


def _evidence(tokens: list[_Token]) -> Iterator[Term]:
    for token in tokens:
        if token.key is not None:
            yield Term(token.key, token.start, token.end)


@cache
def _lead_in_words() -> frozenset[str]:
    return frozenset(read_words("matching/lead_in_words.txt")) | stop_words()


def asked_terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a question or a requirement, without its lead-ins and lead-outs.

    >>> [term.key for term in asked_terms("Tell me about a time when you led a difficult change")]
    ['lead', 'difficult', 'chang']
    >>> [term.key for term in asked_terms("Proven ability to manage budgets is essential")]
    ['manag', 'budget']
    """
    kept: list[_Token] = []
    for sentence in _sentences(_tokens(text)):
        first, last = 0, len(sentence)
        while (
            first < last
            and sentence[first].word in _lead_in_words()
            and not _is_name(sentence[first])
        ):
            first += 1
        while (
            last > first
            and sentence[last - 1].word in _lead_in_words()
            and not _is_name(sentence[last - 1])
        ):
            last -= 1
        kept += sentence[first:last]
    return tuple(_evidence(kept))


def _is_name(token: _Token) -> bool:
    return token.key is not None and token.key.startswith("=")


def _sentences(tokens: list[_Token]) -> Iterator[list[_Token]]:
    sentence: list[_Token] = []
    for token in tokens:
        if token.opens and sentence:
            yield sentence
            sentence = []
        sentence.append(token)
    if sentence:
        yield sentence
