"""What to quote of a requirement: phrases that stand by themselves, no torn bits of them.

The words that a story lacks are words here and there; a reader is told with them the noun that an
adjective belongs to, both halves of what shares one noun, and no adjective or verb alone.
"""

import re
from collections.abc import Sequence
from functools import cache

from starkit.data import read_words
from starkit.matching.terms import stop_words

MOST_QUOTED = 2
"""Phrases that are quoted; more of them say less."""

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:[-’'./+#&][^\W_]+|[+#]+)*[’']?")
_LONGEST_SIDE = 3  # words of a phrase that are added on either side
_JOINT = re.compile(r",? (?:and|or|&) |/| ")
_LIST_JOINT = re.compile(r", ")
_PREPOSITION = frozenset(
    ["about", "at", "by", "for", "from", "in", "of", "on", "to", "towards", "under", "with"]
)
_SMALL = _PREPOSITION | {"a", "an", "the", "and", "or", "any", "some"}
# What is said of a thing behind it, and is no word of its name.
_SAID_OF_IT = frozenset(
    [
        *("advantageous", "desirable", "essential", "helpful", "helps", "needed", "please"),
        *("preferred", "required", "useful", "wanted", "welcome"),
    ]
)
_BEFORE_VERB = frozenset(["to", "can", "will", "you", "must", "should"])
_BEHIND_VERB = frozenset(["it", "them", "a", "an", "the", "your", "our", "their"])
_YEARS = re.compile(
    r"(?:\d+\+? )?(?:years?|yrs?|months?)[’']?"
    r"(?: of)?(?: (?:experience|working|work))*(?: (?:in|on|of|with|as))? ",
    re.IGNORECASE,
)
# Names of qualities that are nouns; the other single ones are adjectives.
_QUALITY = re.compile(
    r"(?:ity|ness|ion|ence|ance|ism|ment|work|ing|our|thy|sty|rgy|age|grit|er|fun)\Z"
)
_DESCRIBES = re.compile(r"\w{4,}(?:ous|ful|less|able|ible|ly)\Z|\w+-(?:minded|focused|driven)\Z")


@cache
def _adjectives() -> frozenset[str]:
    words = (word.casefold() for word in read_words("attributes.txt") if " " not in word)
    return frozenset(word for word in words if not _QUALITY.search(word))


@cache
def _lead_ins() -> frozenset[str]:
    return frozenset(read_words("matching/lead_in_words.txt"))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(read_words("verbs.txt"))


def quotable(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans of a text as phrases that a reader can make sense of alone, at most two.

    Args:
        text: What is asked.
        spans: Where its words stand that are to be told, in order.

    >>> def told(text, *words):
    ...     spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    ...     return [text[start:end] for start, end in quotable(text, spans)]
    >>> told("At least 4 yrs working on grand actions", "yrs working on grand")
    ['grand actions']
    >>> told("Burials for Muslim and Jewish families", "Burials for Muslim", "Jewish families")
    ['Burials for Muslim and Jewish families']
    >>> told("Kind, tidy and patient with 18 year olds", "patient"), told("Reliable", "Reliable")
    (['patient with 18 year olds'], [])
    """
    words = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    low = [text[start:end].casefold() for start, end in words]
    found: list[tuple[int, int]] = []  # first and last word of each phrase
    for start, end in spans:
        inside = [n for n, (begins, ends) in enumerate(words) if begins < end and start < ends]
        if inside:
            first, last = _widened(text, words, low, inside[0], inside[-1])
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], last))
            else:
                found.append((first, last))
    phrases = [
        (words[first][0], words[last][1])
        for first, last in _joined(text, words, low, found)
        if not _is_torn(low, first, last)
    ]
    plain = [_without_years(text, span) for span in phrases]
    # A word alone says less than a phrase, unless it is a name.
    first_told = sorted(plain, key=lambda span: not _says_much(text, span))
    return tuple(sorted(first_told[:MOST_QUOTED]))


def _says_much(text: str, span: Span) -> bool:
    words = text[slice(*span)]
    # Any word is capital where a requirement begins.
    return bool(re.search(r"[ -]|[A-Z\d]{2}", words)) or (span[0] > 0 and not words.islower())


def _widened(
    text: str, words: Sequence[Span], low: Sequence[str], first: int, last: int
) -> tuple[int, int]:
    """Return the first and last word of the phrase in which some words stand."""
    while first < last and low[first] in _SMALL:
        first += 1
    while first + 2 <= last and _leads_in(low[first]) and low[first + 1] in _PREPOSITION:
        first += 2
    behind = low[last + 1 : last + 2]
    if first < last and low[last] in _verbs() and not _BEHIND_VERB.isdisjoint(behind):
        last -= 1  # the verb of a clause that begins here
        while first < last and low[last] in ("and", "or"):
            last -= 1
    for _ in range(_LONGEST_SIDE):
        if not _adjoins(text, words, low, last, last + 1):
            break
        last += 1
    for _ in range(_LONGEST_SIDE):
        if not (_adjoins(text, words, low, first, first - 1) and _modifies(text, words, first - 1)):
            break
        first -= 1
    if low[last] in _adjectives() and low[last + 1 : last + 2] and low[last + 1] in _PREPOSITION:
        end = last + 2
        while end < len(words) and text[words[end - 1][1] : words[end][0]] == " ":
            if low[end] in ("and", "or", "but", "when", "while", "who"):
                break
            end += 1
        last = min(end, len(words)) - 1
    return first, last


def _leads_in(word: str) -> bool:
    return word in _lead_ins() and not word.endswith("ing")


def _adjoins(text: str, words: Sequence[Span], low: Sequence[str], near: int, other: int) -> bool:
    """Tell whether the next word on one side belongs to the same phrase."""
    if not 0 <= other < len(words) or low[other] in _SAID_OF_IT:
        return False
    if low[other] in stop_words() or low[other] in _PREPOSITION:
        return False
    left, right = sorted((near, other))
    return text[words[left][1] : words[right][0]] == " "


def _modifies(text: str, words: Sequence[Span], number: int) -> bool:
    """Tell whether a word before a noun belongs to it, as no verb and no lead-in does."""
    word = text[slice(*words[number])]
    following = text[slice(*words[number + 1])]
    if number and word[:1].isupper() and following[:1].isupper():
        return True  # one name
    low = word.casefold()
    verb = low in _verbs() or low.endswith(("ing", "s"))
    return not (verb or low in _lead_ins() or low[:1].isdigit())


def _joined(
    text: str, words: Sequence[Span], low: Sequence[str], found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return phrases, those as one that share a noun or an object."""
    kept: list[tuple[int, int]] = []
    for first, last in found:
        if kept and _share(text, words, low, kept[-1], (first, last)):
            kept[-1] = (kept[-1][0], last)
        else:
            kept.append((first, last))
    return [(first, _with_its_noun(text, words, low, last)) for first, last in kept]


def _share(
    text: str,
    words: Sequence[Span],
    low: Sequence[str],
    left: tuple[int, int],
    right: tuple[int, int],
) -> bool:
    between = text[words[left[1]][1] : words[right[0]][0]]
    if between == " ":
        return True
    verbs = all(low[n] in _verbs() or low[n] == "and" for n in range(left[0], left[1] + 1))
    if verbs and (_JOINT.fullmatch(between) or _LIST_JOINT.fullmatch(between)):
        return True
    alone = left[0] == left[1] or low[left[1] - 1] in stop_words()
    return alone and right[1] > right[0] and _JOINT.fullmatch(between) is not None


def _with_its_noun(text: str, words: Sequence[Span], low: Sequence[str], last: int) -> int:
    """Return the last word of "for Muslim and Jewish families", where "Muslim" is the last found."""
    if not last or last + 3 >= len(words) or low[last + 1] not in ("and", "or"):
        return last
    own, other = text[slice(*words[last])], text[slice(*words[last + 2])]
    names = own[:1].isupper() and other[:1].isupper() and not own.isupper()
    torn = low[last - 1] in _PREPOSITION and names
    if torn and _adjoins(text, words, low, last + 2, last + 3):
        return last + 3 if text[words[last + 3][0]].islower() else last
    return last


def _is_torn(low: Sequence[str], first: int, last: int) -> bool:
    """Tell whether a phrase is none: an adjective or a verb alone, or what is to be done without."""
    if first and low[first - 1] in ("without", "not", "no"):
        return True
    told = [word for word in low[first : last + 1] if word not in stop_words() and word != "and"]
    if all(word in _adjectives() or _DESCRIBES.fullmatch(word) for word in told):
        return True
    if first < last or low[first] not in _verbs():
        return False
    before, behind = low[first - 1 : first], low[first + 1 : first + 2]
    return not _BEFORE_VERB.isdisjoint(before) or not _BEHIND_VERB.isdisjoint(behind)


def _without_years(text: str, span: Span) -> Span:
    years = _YEARS.match(text, *span)
    return (years.end(), span[1]) if years else span
