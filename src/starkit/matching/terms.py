"""Terms: the words of a text that can be evidence, each with its place.

A term is a stem, so that *managing* answers *managed*; but symbols and short names stay whole (C++,
C#, .NET, Node.js, R&D, AI), a tool that is also a word keeps its capital (Go, Access), and a word
under a negation is another term ("non-technical" does not answer "technical").
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

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
_LINE_ENDS = ("\n", "\t")
_JOIN = re.compile(r"[\s-]")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,6}s")

# What makes the name before it a name, wherever it stands: "Rust programming". And what does so at the
# end of a phrase only: "Go development", but "Swift development of staff".
_SPEAKS_OF_CODE = frozenset(
    [
        "programming",
        "programmer",
        "programmers",
        "developer",
        "developers",
        "language",
        "coding",
        "code",
        "codebase",
        "scripting",
        "framework",
    ]
)
_ENDS_A_SKILL = frozenset({"development", "skills", "engineer", "engineers", "engineering"})

# Acronyms that are other words in small letters.
_WORD_ACRONYMS = frozenset({"it", "us", "sap", "send"})

_NEGATORS = frozenset({"no", "not", "never", "without", "nor", "neither", "non", "cannot"})
_NOT_NEGATING = frozenset({"only", "just", "merely", "longer", "later", "matter", "doubt"})
_REACH = 3  # terms that a negation reaches; the prefix "non" reaches one


class Term(NamedTuple):  # made for every word: a tuple is made in half the time of a class
    """One word that can be evidence.

    Attributes:
        key: What terms are compared by; empty for a word that is never evidence.
        start: Where the word begins in its text, in characters.
        end: Where it ends (half open).
        word: The word in lower case, without accents.
        opens: Whether a sentence begins with it.
    """

    key: str
    start: int
    end: int
    word: str
    opens: bool


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
def _senses() -> dict[str, tuple[tuple[str, frozenset[str], str], ...]]:
    found: dict[str, list[tuple[str, frozenset[str], str]]] = {}
    for line in read_words("matching/senses.txt"):
        word, side, neighbours, key = (part.strip() for part in line.split("|"))
        meant = "" if key == "-" else key
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
    return re.compile(rf"((?<![\w-])(?:{phrases})(?!\w)|{_SYMBOLS_AND_WORDS})")


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 0)  # _look caches; a second cache would only cost


def plain(word: str) -> str:
    """Return a word in lower case, with straight apostrophes and no accents."""
    word = word.lower().replace("’", "'")
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in parts if not unicodedata.combining(char))
    return word


def _phrase(token: str) -> str | None:
    words = token if token.isalpha() else _JOIN.sub(" ", token)
    return _phrases().get(words) or _phrases().get(words.lower())


def _key(token: str, word: str) -> str:
    """Return the key of a token by itself, given in lower case, too; empty: never evidence."""
    if len(token) == 1:
        return word if token in ("C", "R") else ""
    if (phrase := _phrase(token)) is not None:
        return phrase
    if _PLURAL_ACRONYM.fullmatch(token):
        token, word = token[:-1], word[:-1]
    if len(token) <= 6 and token.isupper() and token.isalpha():
        if word in _WORD_ACRONYMS:
            return f"={word}"
        return "" if word in stop_words() else word
    word = word.replace(",", "")  # 40,000
    if word.isdigit():
        return word if len(word) >= 3 and not 1900 <= int(word[:6]) <= 2099 else ""
    if word.endswith(("'s", "s'")):
        word = word[:-2] if word.endswith("'s") else word[:-1]
    if word in stop_words() or len(word) == 1:
        return ""
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


# What the neighbours of a token may change.
_PLAIN, _NEGATES, _NAME, _SENSE = range(4)


@lru_cache(maxsize=1 << 14)  # more words than most banks hold; a stream must not grow it
def _look(token: str) -> tuple[str, str, int]:
    """Return the word in lower case, its key by itself, and what its neighbours may change."""
    word = plain(token)
    watch = _PLAIN
    if word in _NEGATORS or word.endswith("n't"):
        watch = _NEGATES
    elif word in _capitalised_names():
        watch = _NAME
    elif word in _senses():
        watch = _SENSE
    return word, _key(token, word), watch


def _tokens(text: str) -> list[Term]:
    text = _without_capitals(text)
    pieces = _token().split(text)  # what stands between, a token, and so on
    gaps, tokens = pieces[:-1:2], pieces[1::2]
    if not tokens:
        return []
    words, alone, watched = zip(*map(_look, tokens), strict=True)
    bounds = list(accumulate(map(len, pieces)))
    ends = bounds[1::2]
    # A single blank, hyphen or slash ends nothing.
    opens = [gap != " " and _opens(gap) for gap in gaps]
    opens[0] = True
    keys = _in_context(text, tokens, gaps, ends, opens) if any(watched) else alone
    return list(map(Term, keys, bounds[::2], ends, words, opens))


def _opens(gap: str) -> bool:
    return gap in _LINE_ENDS if len(gap) <= 1 else _SENTENCE_END.search(gap) is not None


def _in_context(
    text: str, tokens: list[str], gaps: list[str], ends: list[int], opens: list[bool]
) -> list[str]:
    """Return the key of each token, where a negation or a neighbour may change it."""
    keys: list[str] = []
    reach, previous = 0, ""
    for place, token in enumerate(tokens):
        word, key, watch = _look(token)
        if reach and len(gaps[place]) > 1 and _CLAUSE_END.search(gaps[place]):
            reach = 0
        if watch != _PLAIN:
            following = _look(tokens[place + 1])[0] if place + 1 < len(tokens) else ""
            if watch == _NEGATES:
                reach = 1 if word == "non" else _REACH
                reach = 0 if following in _NOT_NEGATING else reach
            elif watch == _NAME:
                alone = following in _SPEAKS_OF_CODE or (
                    _LIST_FOLLOWS.match(text, ends[place + (following in _ENDS_A_SKILL)])
                    is not None
                )
                key = _named(token, key, alone=alone, opens=opens[place])
            else:
                key = _sense(word, key, previous, following)
        elif word == "but":
            reach = 0
        elif reach and key:
            key = NEGATED + key
            reach -= 1
        keys.append(key)
        previous = word
    return keys


def _without_capitals(text: str) -> str:
    # In a text of capitals no short name can be told from a word.
    if len(text) > 8 and text.isupper():
        lowered = text.lower()
        return lowered if len(lowered) == len(text) else text
    return text


def _named(token: str, key: str, *, alone: bool, opens: bool) -> str:
    """Return the key of a name that is also a word: the name when its capital means something."""
    if token[0].isupper() and (alone or not opens):
        return f"={token.lower()}"
    return key


def _sense(word: str, key: str, previous: str, following: str) -> str:
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
    return tuple([term for term in _tokens(text) if term.key])


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
    kept: list[Term] = []
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
    return tuple([term for term in kept if term.key])


def _is_name(token: Term) -> bool:
    return token.key.startswith("=")


def _sentences(tokens: list[Term]) -> Iterator[list[Term]]:
    sentence: list[Term] = []
    for token in tokens:
        if token.opens and sentence:
            yield sentence
            sentence = []
        sentence.append(token)
    if sentence:
        yield sentence
