"""English by rule: word order, tense and person, for turning a question into a statement.

The rules cover what interview questions are made of. Where a clause is not understood the
functions say so with ``None``, and the caller quotes the words instead of bending them.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from starkit.data import read_json

Words = list[str]

_TOKEN = re.compile(
    r"“[^“”]*”"  # a quotation is one token: what somebody said keeps its persons
    r"|\"[^\"]*\""
    r"|\.\.\.|[,;:()…—–]"
    r"|[^\s,;:()…—–“”\"]+"
    r"|[“”\"]"
)
_SPACE_BEFORE_CLOSING = re.compile(r" ([,;:)…])")
_SPACE_AFTER_OPENING = re.compile(r"\( ")

BE = frozenset({"am", "is", "are", "was", "were"})
HAVE = frozenset({"have", "has", "had"})
DO = frozenset({"do", "does", "did"})
MODALS = frozenset({"can", "could", "will", "would", "shall", "should", "may", "might", "must"})
AUXILIARIES = BE | HAVE | DO | MODALS
QUESTION_WORDS = frozenset(
    {"what", "why", "how", "when", "where", "who", "whom", "whose", "which", "whether"}
)
SUBJECTS = frozenset({"you", "we", "they", "he", "she", "it", "i", "there"})
DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "your",
        "my",
        "our",
        "their",
        "his",
        "her",
        "its",
        "some",
        "any",
        "each",
        "every",
        "no",
        "another",
        "most",
        "many",
        "both",
        "all",
        "one",
        "two",
        "three",
        "four",
        "five",
        "other",
    ]
)
PREPOSITIONS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "beside",
        "between",
        "beyond",
        "by",
        "despite",
        "during",
        "except",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "like",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "outside",
        "over",
        "per",
        "regarding",
        "since",
        "than",
        "through",
        "throughout",
        "to",
        "towards",
        "toward",
        "under",
        "until",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
    ]
)
# Prepositions that also open a clause: "after you left", "since you joined".
_ALSO_CONJUNCTIONS = frozenset({"after", "as", "before", "since", "until", "than", "like"})
_CLAUSE_OPENERS = QUESTION_WORDS | frozenset(
    [
        "if",
        "that",
        "because",
        "while",
        "although",
        "though",
        "unless",
        "once",
        "so",
        "and",
        "but",
        "or",
        "whenever",
        "wherever",
        "whatever",
        "whichever",
        "whoever",
    ]
)
_SUBORDINATORS = frozenset({"when", "if", "because", "while", "although", "unless", "whenever"})
_BEFORE_FINITE_YOU = BE | MODALS | frozenset({"have", "had", "do", "did", "don't", "didn't"})
# Verbs whose object may be followed by a bare verb: "makes you leave", "let you go".
_CAUSATIVES = frozenset(
    [
        "make",
        "makes",
        "made",
        "making",
        "let",
        "lets",
        "letting",
        "help",
        "helps",
        "helped",
        "helping",
        "see",
        "saw",
        "watch",
        "watched",
    ]
)
# Verbs that a clause may follow without "that": "I understand you speak French".
_TAKES_CLAUSE = frozenset(
    [
        "think",
        "believe",
        "know",
        "say",
        "says",
        "shows",
        "suggests",
        "mentions",
        "states",
        "said",
        "hope",
        "hear",
        "heard",
        "understand",
        "see",
        "saw",
        "notice",
        "noticed",
        "feel",
        "wish",
        "suppose",
        "guess",
        "imagine",
        "mentioned",
        "gather",
        "assume",
    ]
)
_SINGLE_SUBJECTS = frozenset(
    [
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "people",
        "others",
        "something",
        "anything",
        "nothing",
        "everything",
        "things",
    ]
)

_NOT = {
    "don't": "do", "doesn't": "does", "didn't": "did", "haven't": "have", "hasn't": "has",
    "hadn't": "had", "isn't": "is", "aren't": "are", "wasn't": "was", "weren't": "were",
    "can't": "can", "cannot": "can", "couldn't": "could", "won't": "will", "wouldn't": "would",
    "shouldn't": "should", "mustn't": "must", "mightn't": "might",
}  # fmt: skip


class _Grammar(NamedTuple):
    past: dict[str, str]
    participles: frozenset[str]
    pasts: frozenset[str]
    bases: frozenset[str]
    often_nouns: frozenset[str]
    adverbs: frozenset[str]
    predicates: frozenset[str]
    nouns_in_ing: frozenset[str]
    heading_words: frozenset[str]
    doubles: frozenset[str]
    base_of: dict[str, str]


@cache
def _grammar() -> _Grammar:
    data = read_json("grammar.json")
    doubles = frozenset(data["double_last_letter"])
    past = {base: forms[0] for base, forms in data["irregular"].items()}
    participles = {forms[1] for forms in data["irregular"].values()}
    past |= {base: _add_ed(base, doubles) for base in data["regular"]}
    participles |= {past[base] for base in data["regular"]}
    base_of = {_add_ing(base, doubles): base for base in past}
    return _Grammar(
        past,
        frozenset(participles),
        frozenset(past.values()),
        frozenset(past),
        frozenset(data["often_nouns"]),
        frozenset(data["adverbs"]),
        frozenset(data["predicates"]),
        frozenset(data["nouns_in_ing"]),
        frozenset(data["heading_words"]),
        doubles,
        base_of,
    )


# One stressed syllable that ends consonant, vowel, consonant: "plan", "stop", "shrug".
_SHORT_CLOSED = re.compile(r"[^aeiou]*[aeiouy][bdfgklmnprtz]", re.IGNORECASE)


def _doubled(verb: str, doubles: frozenset[str]) -> str:
    if verb in doubles or _SHORT_CLOSED.fullmatch(verb):
        return verb + verb[-1]
    return verb


def _add_ed(verb: str, doubles: frozenset[str]) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return _doubled(verb, doubles) + "ed"


def _add_ing(verb: str, doubles: frozenset[str]) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    if verb in {"put", "set", "cut", "let", "hit", "get", "run", "win", "sit", "begin", "quit"}:
        return verb + verb[-1] + "ing"
    return _doubled(verb, doubles) + "ing"


def past(verb: str) -> str:
    """Return the past tense of a verb given in its base form.

    >>> past("lead"), past("plan"), past("handle"), past("carry"), past("prefer")
    ('led', 'planned', 'handled', 'carried', 'preferred')
    """
    return _grammar().past.get(verb) or _add_ed(verb, _grammar().doubles)


def third_person(verb: str) -> str:
    """Return the form of a verb after *he*, *she* or *it*.

    >>> third_person("have"), third_person("go"), third_person("carry"), third_person("say")
    ('has', 'goes', 'carries', 'says')
    """
    if verb in {"have", "be"}:
        return {"have": "has", "be": "is"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def base_of_gerund(word: str) -> str | None:
    """Return the base form of a known verb in *-ing*, else ``None``.

    >>> base_of_gerund("managing"), base_of_gerund("running"), base_of_gerund("morning")
    ('manage', 'run', None)
    """
    return _grammar().base_of.get(word.lower())


def is_verb(word: str) -> bool:
    """Tell whether a word is the base form of a verb that the rules know.

    >>> is_verb("deliver"), is_verb("delivery")
    (True, False)
    """
    return word.lower() in _grammar().bases


def is_often_a_noun(word: str) -> bool:
    """Tell whether a verb's base form is as likely a noun ("a plan").

    >>> is_often_a_noun("plan"), is_often_a_noun("deliver")
    (True, False)
    """
    return word.lower() in _grammar().often_nouns


def is_past(word: str) -> bool:
    """Tell whether a word is a past form of a verb, and no base form besides.

    >>> is_past("found"), is_past("put")
    (True, False)
    """
    return word.lower() in _grammar().pasts and not is_verb(word)


def tokens(text: str) -> Words:
    """Return the words and the punctuation marks of a sentence; a quotation is one token.

    >>> tokens('He said "no way", and left')
    ['He', 'said', '"no way"', ',', 'and', 'left']
    """
    return _TOKEN.findall(text)


_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|approx|mr|mrs|ms|dr|prof|st|no|dept|inc|ltd|[b-hj-z])\.$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.?!…]+[”\"')]*(?=\s|$)")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, each on one line with its final mark.

    >>> list(sentences("See Dr. Who. Is it on? Yes"))
    ['See Dr. Who.', 'Is it on?', 'Yes']
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        short_form = text[max(start, match.end() - 8) : match.end()]
        if match.group() == "." and match.end() < len(text) and _ABBREVIATION.search(short_form):
            continue
        if sentence := " ".join(text[start : match.end()].split()):
            yield sentence
        start = match.end()
    if rest := " ".join(text[start:].split()):
        yield rest


# Where a phrase may end: before these words, before a bracket or a dash, behind a mark.
_PHRASE_OPENER = re.compile(
    r"(?:and|or|plus|but|so|as|to|for|with|without|within|in|on|at|by|from|into|through|across|under|over|between"
    r"|during|before|after|including|such|which|who|that|where|when|while|whilst|because|if|using|ensuring)\b"
)
_MARK_BEHIND = re.compile(r"[,;:.]\Z")
_OPENING, _CLOSING = frozenset("([“"), frozenset(")]”")
_LEAST_KEPT = 1 / 3  # of the room: a phrase that ends earlier leaves too little


def cut_at_phrase(text: str, longest: int) -> str:
    """Return the beginning of a text up to the last phrase that fits, or the whole where it fits.

    The cut lies outside brackets and quotations, and not between the capitals of a name ("Sale of Goods
    and Services Act"), as long as a third of the room is filled so; else behind the last word that fits.

    Args:
        text: A text on one line.
        longest: Most characters.

    >>> cut_at_phrase("Keep the register of deaths (England and Wales) up to date", 40)
    'Keep the register of deaths'
    >>> cut_at_phrase("Drive the van to the farms and bring back the milk", 40)
    'Drive the van to the farms'
    """
    if len(text) <= longest:
        return text
    plain = phrase = blank = 0
    depth = 0
    words = list(re.finditer(r"\S+", text))
    for word, following in itertools.pairwise(words):
        if word.end() > longest:
            break
        depth += sum((char in _OPENING) - (char in _CLOSING) for char in word[0])
        blank = word.end()
        if depth > 0:
            continue
        plain = word.end()
        if _ends_phrase(word[0], following[0], text[following.end() :]):
            phrase = word.end()
    least = _LEAST_KEPT * longest
    end = next((end for end in (phrase, plain) if end >= least), blank or longest)
    return text[:end].rstrip(" ,;:.–—-")


def _ends_phrase(word: str, following: str, rest: str) -> bool:
    if _MARK_BEHIND.search(word) or following[0] in _OPENING or following in {"–", "—", "-", "/"}:
        return True
    if not _PHRASE_OPENER.match(following.lower()):
        return False
    after = next((item for item in rest.split() if item not in {"the", "of", "and"}), "")
    # "Health and Safety", "England and Wales": a joint inside a name.
    return not (word[:1].isupper() and after[:1].isupper())


def joined(words: Sequence[str]) -> str:
    """Return a sentence from its words and marks.

    >>> joined(["He", "said", '"no"', ",", "and", "left"])
    'He said "no", and left'
    """
    text = " ".join(word for word in words if word)
    return _SPACE_AFTER_OPENING.sub("(", _SPACE_BEFORE_CLOSING.sub(r"\1", text))


def lowered(words: Sequence[str]) -> Words:
    """Return the words in lower case, for looking at; *IT* stays, since *it* is another word.

    >>> lowered(["IT", "Skills"])
    ['IT', 'skills']
    """
    return [word if word == "IT" else word.lower() for word in words]


def lower_first(words: Sequence[str]) -> Words:
    """Return the words with the first one in lower case, unless it seems to be a name.

    >>> lower_first(["What", "now"]), lower_first(["Excel", "skills"]), lower_first(["IT", "skills"])
    (['what', 'now'], ['Excel', 'skills'], ['IT', 'skills'])
    """
    if not words:
        return []
    return [_lower_if_common(words[0]), *words[1:]]


def lower_heading(words: Sequence[str]) -> Words:
    """Return a heading's words in lower case, but for those that seem to be names.

    >>> lower_heading(["Customer", "Service"]), lower_heading(["Microsoft", "Office"])
    (['customer', 'service'], ['Microsoft', 'Office'])
    """
    return [_lower_if_common(word) for word in words]


def _lower_if_common(word: str) -> str:
    low = word.lower()
    if word == "I" or not word[:1].isupper() or any(char.isupper() for char in word[1:]):
        return word
    grammar = _grammar()
    common = (
        low in grammar.heading_words
        or low in grammar.bases
        or low in grammar.base_of
        or low in grammar.pasts
        or low in grammar.adverbs
        or low in grammar.predicates
        or low in DETERMINERS | PREPOSITIONS | _CLAUSE_OPENERS | AUXILIARIES | SUBJECTS
        or low in _NOT
        or low.endswith(("ing", "ly", "ment", "tion"))
        or (low.endswith("s") and low[:-1] in grammar.heading_words)
    )
    return low if common else word


def expanded(words: Sequence[str]) -> Words:
    """Return the words with the contractions of questions written out.

    >>> joined(expanded(tokens("What's your plan and how'd you make it")))
    'What is your plan and how did you make it'
    >>> joined(expanded(tokens("You've said you'd like to move")))
    'You have said you would like to move'
    """
    out: Words = []
    for index, word in enumerate(words):
        stem, apostrophe, ending = word.partition("'")
        following = words[index + 1].lower() if index + 1 < len(words) else ""
        out.extend(_written_out(word, stem, ending.lower(), following) if apostrophe else [word])
    return out


def _written_out(word: str, stem: str, ending: str, following: str) -> Words:
    low = stem.lower()
    pronoun = low in SUBJECTS or low in {"that", "this"}
    if low in QUESTION_WORDS or pronoun:
        if ending in {"re", "ve", "ll", "m"}:
            return [stem, {"re": "are", "ve": "have", "ll": "will", "m": "am"}[ending]]
        if ending == "d":
            if low in QUESTION_WORDS:
                return [stem, "did" if following in SUBJECTS else "would"]
            done = following in _grammar().participles and following not in _grammar().bases
            return [stem, "had" if done or following in {"been", "better"} else "would"]
        if ending == "s" and low in QUESTION_WORDS:
            return [stem, "has" if following in {"been", "got"} else "is"]
    return [word]


# --- person -------------------------------------------------------------------------------------

_PERSONS = {
    "your": "my", "yours": "mine", "yourself": "myself", "yourselves": "ourselves",
    "my": "your", "mine": "yours", "myself": "yourself", "me": "you", "us": "you",
    "our": "your", "ours": "yours", "ourselves": "yourselves",
    "we": "you", "i": "you",
}  # fmt: skip
_FORMS = {"are": "am", "were": "was", "aren't": "am not", "weren't": "wasn't"}


_BOTH = (["you", "and", "i"], ["you", "and", "me"], ["you", "and", "us"])


def swapped(words: Sequence[str]) -> Words:
    """Return an interviewer's words as the candidate says them: *you* is I, *we* is you.

    Verbs agree with their new subject. Quotations stay as they are.

    >>> joined(swapped(tokens("a manager who supported you when you were new to our team")))
    'a manager who supported me when I was new to your team'
    """
    low = lowered(words)
    out: Words = []
    index = 0
    while index < len(words):
        word = low[index]
        if low[index : index + 3] in _BOTH:
            out.extend(words[index : index + 3])
            index += 3
            continue
        if word == "you":
            index = _swap_you(words, low, index, out)
            continue
        if word in {"i", "we"}:
            out.append("You" if words[index] == "We" and not index else _PERSONS[word])
            if word == "i" and index == 0:
                out[-1] = "You"
            following = low[index + 1] if index + 1 < len(low) else ""
            if word == "i" and following in {"am", "was"}:
                out.append({"am": "are", "was": "were"}[following])
                index += 1
        elif word in _FORMS and _goes_on_with_you(low, index):
            out.extend(_FORMS[word].split())
        elif word in _PERSONS:
            new = _PERSONS[word]
            out.append(new.capitalize() if words[index][0].isupper() else new)
        else:
            out.append(words[index])
        index += 1
    return out


def _swap_you(words: Sequence[str], low: Sequence[str], index: int, out: Words) -> int:
    """Append what stands for *you* at ``index`` and return the index to go on from."""
    if not _is_subject(low, index):
        out.append("me")
        return index + 1
    if low[index + 1 : index + 2] == ["and"] and (end := _partner_end(low, index + 2)):
        out.extend(swapped(words[index + 2 : end]))
        out.extend(["and", "I"])
        return end
    out.append("I")
    index += 1
    while index < len(low) and _is_adverb(low[index]) and low[index] not in _FORMS:
        if not any(form in _FORMS for form in low[index : index + 4]):
            return index
        out.append(words[index])
        index += 1
    if index < len(low) and low[index] in _FORMS:
        supposed = low[index] == "were" and _is_supposed(low, index)
        out.extend((low[index] if supposed else _FORMS[low[index]]).split())
        index += 1
    return index


_NEAR = 25  # words looked at on either side; a clause is shorter


def _is_supposed(low: Sequence[str], index: int) -> bool:
    # "if you were the manager" supposes, and were stays; "when you were there" tells: was.
    before = low[max(0, index - _NEAR) : index]
    opener = next((word for word in reversed(before) if word in _CLAUSE_OPENERS), "")
    return opener in {"if", "though"}


_GOES_ON = frozenset({"and", "but", "or", "then", "yet", "still"})


def _goes_on_with_you(low: Sequence[str], index: int) -> bool:
    # "when you raised it and were not heard": the verb after "and" has the subject of the one before.
    if not index or low[index - 1] not in _GOES_ON:
        return False
    near = range(index - 1, max(-1, index - _NEAR), -1)
    opener = next((at for at in near if low[at] in SUBJECTS or low[at] in _RELATIVES), None)
    return (
        opener is not None
        and low[opener] == "you"
        and low[opener + 1] != "and"  # "you and your crew were late and were told off"
        and _is_subject(low, opener)
        and not _is_supposed(low, opener)
    )


_RELATIVES = frozenset({"that", "which", "who", "whose", "where", "there"})


def _partner_end(low: Sequence[str], start: int) -> int | None:
    """Return where the partner in "you and your team" ends, when a verb follows soon."""
    if start >= len(low) or low[start] not in DETERMINERS | _SINGLE_SUBJECTS:
        return None
    for end in range(start + 1, min(start + 5, len(low))):
        if low[end] in AUXILIARIES or _is_finite(low[end]) or _is_adverb(low[end]):
            return end
    return None


def _is_adverb(word: str) -> bool:
    return word in _grammar().adverbs or (word.endswith("ly") and word not in _NO_ADVERBS)


_NO_ADVERBS = frozenset(
    [
        "reply",
        "apply",
        "supply",
        "family",
        "rely",
        "ally",
        "bully",
        "fly",
        "july",
        "italy",
        "comply",
        "imply",
        "elderly",
        "friendly",
        "lovely",
        "costly",
        "lively",
        "likely",
        "early",
        "daily",
        "weekly",
        "monthly",
        "assembly",
    ]
)


def _is_finite(word: str) -> bool:
    """Tell whether a word can be the verb after a subject *you*."""
    grammar = _grammar()
    return (
        word in _BEFORE_FINITE_YOU
        or word in grammar.pasts
        or word in grammar.bases
        or word in _NOT
        or (word.endswith("ed") and len(word) > 4)
    )


def _is_subject(low: Sequence[str], index: int) -> bool:
    """Tell whether the *you* at ``index`` is a subject (I) or an object (me)."""
    before = low[index - 1] if index else ""
    after = low[index + 1] if index + 1 < len(low) else ""
    verb_follows = _is_finite(after) or _is_adverb(after)
    if low[max(0, index - 2) : index] == ["how", "come"]:
        return True
    if not before or before in ",;:(–—…" or before in _CLAUSE_OPENERS:
        # "who supported you and ..." is no opener; "between her and you" is an object.
        return bool(after) and after not in PREPOSITIONS - {"like"} and after not in ",;"
    if before in PREPOSITIONS:
        if before in _ALSO_CONJUNCTIONS:
            return bool(after) and after not in PREPOSITIONS and after not in ",;:.)and or but"
        return _stranded(low, index - 1) and verb_follows
    told = after in _grammar().pasts and not is_verb(after)  # "I see you studied in Leeds"
    if before in _TAKES_CLAUSE and verb_follows and (told or before not in _CAUSATIVES):
        return True
    if before in _CAUSATIVES and not _noun_use(low, index - 1):
        return False
    if after in BE | MODALS | {"have", "had", "haven't", "hadn't"}:
        return True
    if _object_verb(before) and not _noun_use(low, index - 1):
        return False
    return verb_follows


def _stranded(low: Sequence[str], index: int) -> bool:
    # "the team you worked with": a preposition right before a subject is rare; be strict.
    return (
        index >= 1
        and low[index - 1] in _grammar().pasts
        and "you" in low[max(0, index - 8) : index]
    )


def _object_verb(word: str) -> bool:
    grammar = _grammar()
    if word in {"has", "have", "had", "is", "are", "was", "were"}:
        return False
    stem = word.removesuffix("s")
    return (
        word in grammar.pasts
        or stem in grammar.bases
        or (word.endswith("es") and word[:-2] in grammar.bases)
        or word in grammar.base_of
        or (word.endswith("ed") and len(word) > 4)
    )


def _noun_use(low: Sequence[str], index: int) -> bool:
    """Tell whether the verb-like word at ``index`` is a noun here: "a risk you took"."""
    grammar = _grammar()
    word = low[index]
    stem = word.removesuffix("s")
    nounish = stem in grammar.often_nouns or word in grammar.nouns_in_ing
    if not nounish or not index:
        return False
    previous = low[index - 1]
    if previous in SUBJECTS or previous in MODALS or previous == "to" or previous in HAVE:
        return False
    return (
        previous in DETERMINERS
        or previous in {"whose", "which", "what"}
        or previous in grammar.predicates
        or previous in PREPOSITIONS
        or previous.endswith(("est", "ing", "al", "ive", "ous", "ful", "nt", "ed", "ic"))
        or (previous not in _CLAUSE_OPENERS and not _is_adverb(previous) and index >= 2)
    )


# --- order --------------------------------------------------------------------------------------


def indirect_question(words: Sequence[str]) -> Words | None:
    """Return a direct question's words in the order of an indirect one, persons unchanged.

    ``None`` when the order is not understood.

    >>> joined(indirect_question(tokens("Why did you leave your last job")))
    'why you left your last job'
    >>> joined(indirect_question(tokens("Are you willing to travel")))
    'whether you are willing to travel'
    """
    words = lower_first(expanded(words))
    low = lowered(words)
    if not low:
        return None
    start = _question_word(low)
    if start is None:
        clause = _yes_no(words, low)
        return clause and ["whether", *clause]
    if len(low) == start + 1:
        return list(words)
    return _after_question_word(words, low, start)


def _question_word(low: Sequence[str]) -> int | None:
    """Return the index of the question word that opens the clause, if one does."""
    if low[0] in QUESTION_WORDS:
        return 0
    if len(low) > 1 and low[0] in PREPOSITIONS and low[1] in QUESTION_WORDS:
        return 1
    return None


# How far the auxiliary may stand from its question word: "how many years of experience do you".
_REACH = 9


def _after_question_word(words: Words, low: Words, start: int) -> Words | None:
    for index in range(start + 1, min(start + _REACH, len(low))):
        word = low[index]
        if word in SUBJECTS or (word in {"to", ","} and index == start + 1):
            return list(words)  # "what you did", "how to do it": in order already
        if word in AUXILIARIES or word in _NOT:
            return _inverted(words, low, start, index)
    return list(words)  # "what motivates you": the question word is the subject


def _inverted(words: Words, low: Words, start: int, aux_at: int) -> Words | None:
    head, rest, rest_low = words[:aux_at], words[aux_at + 1 :], low[aux_at + 1 :]
    if not rest:
        return list(words)
    aux, negative = _plain_auxiliary(low[aux_at])
    subject_may_be_question = aux_at > start + 1 or low[start] in {"what", "who", "which"}
    one_word = all(_is_adverb(word) for word in low[start + 1 : aux_at])
    named_later = one_word and aux in HAVE and rest_low[0] == "been"  # "what has been your ..."
    if low[start] in {"what", "who"} and one_word and aux in MODALS and rest_low[0] == "be":
        if rest_low[1:2] and rest_low[1] in DETERMINERS:
            return _copula(head, [aux, "be"], rest[1:], rest_low[1:])
        return list(words)
    if subject_may_be_question and not named_later and _is_predicate_start(aux, rest_low):
        return list(words)
    if low[start] in {"what", "who"} and one_word and rest_low[0] not in SUBJECTS:
        if aux in BE:
            return _copula(head, words[aux_at : aux_at + 1], rest, rest_low)
        if aux in HAVE and rest_low[0] == "been":
            return _copula(head, [aux, "been"], rest[1:], rest_low[1:])
    if subject_may_be_question and not one_word and aux in BE and rest_low[0] in DETERMINERS:
        if low[start] != "how" or low[start + 1] in {"many", "much"}:
            return list(words)  # "which project was the hardest"
        if not SUBJECTS.isdisjoint(rest_low[1:-1]):
            return _copula(head, words[aux_at : aux_at + 1], rest, rest_low)
    clause = _statement(aux, rest, rest_low, negative=negative)
    return clause and [*head, *clause]


def _plain_auxiliary(word: str) -> tuple[str, bool]:
    return (_NOT[word], True) if word in _NOT else (word, False)


def _is_predicate_start(aux: str, rest: Sequence[str]) -> bool:
    """Tell whether a predicate, and no subject, follows: "what *is important*"."""
    grammar = _grammar()
    first, second = rest[0], rest[1] if len(rest) > 1 else ""
    if aux in BE:
        if first in grammar.participles or first in PREPOSITIONS:
            return True
        plain = second in PREPOSITIONS or not second or second in grammar.participles
        return (
            (first in grammar.predicates and plain)
            or first in {"most", "more", "so", "very"}
            or (first.endswith("ing") and first not in grammar.nouns_in_ing)
        )
    if aux in HAVE:
        return first in grammar.participles
    if aux in MODALS:
        known = first in grammar.bases and first not in grammar.often_nouns
        return known or (first in grammar.often_nouns and second in DETERMINERS | SUBJECTS)
    return False


def _copula(head: Words, verb: Words, rest: Words, rest_low: Words) -> Words | None:
    """Return "what your plan is" from what, is, your plan; a tail clause stays at the end."""
    if not rest:
        return None
    end = next(
        (
            index
            for index, word in enumerate(rest_low)
            if index and (word in _SUBORDINATORS or rest_low[index : index + 2] == ["and", "why"])
        ),
        len(rest),
    )
    while rest_low[end - 1] == ",":
        end -= 1
    return [*head, *rest[:end], *verb, *rest[end:]]


def _yes_no(words: Words, low: Words) -> Words | None:
    if low[0] not in AUXILIARIES and low[0] not in _NOT:
        return None
    aux, _ = _plain_auxiliary(low[0])  # "don't you think" asks whether you do
    return _statement(aux, words[1:], low[1:], negative=False) if len(words) > 1 else None


def _statement(aux: str, rest: Words, low: Words, *, negative: bool) -> Words | None:
    """Return subject, verb and the rest, from what follows an auxiliary."""
    end = _subject_end(aux, low)
    if end is None:
        return None
    subject, tail, tail_low = rest[:end], rest[end:], low[end:]
    if aux not in DO:
        if aux == "can" and (negative or tail_low[:1] == ["not"]):
            return [*subject, "cannot", *(tail if negative else tail[1:])]
        return [*subject, aux, *(["not"] if negative else []), *tail]
    skipped = 0
    while (
        skipped < len(tail_low)
        and (_is_adverb(tail_low[skipped]) or tail_low[skipped] in {"last", "each"})
        and not is_verb(tail_low[skipped])
    ):
        skipped += 1
    if skipped == len(tail):
        return None
    adverbs = tail[:skipped]
    verb, after, after_low = tail_low[skipped], tail[skipped + 1 :], tail_low[skipped + 1 :]
    if negative or "not" in [word.lower() for word in adverbs]:
        kept = [word for word in adverbs if word.lower() != "not"]
        return [*subject, aux, "not", *kept, verb, *after]
    if not verb.isalpha() and "-" not in verb:
        return None
    forms: dict[str, Callable[[str], str]] = {"do": str, "does": third_person, "did": past}
    form = forms[aux]
    return [*subject, *adverbs, form(verb), *_same_tense(form, after, after_low)]


def _same_tense(form: Callable[[str], str], words: Words, low: Words) -> Words:
    """Inflect the verbs that are joined to the main verb: "did you plan *and deliver* it"."""
    out = list(words)
    if form is str:
        return out
    for index, word in enumerate(low):
        if (
            word in SUBJECTS
            or word in _CLAUSE_OPENERS - {"and", "or"}
            or word in MODALS | {"to", "help"}
        ):
            break
        at = index + 1
        while at < len(low) and _is_adverb(low[at]) and not is_verb(low[at]):
            at += 1
        if word not in {"and", "or"} or at >= len(low) or not is_verb(low[at]):
            continue
        after = low[at + 1] if at + 1 < len(low) else ""
        objects = (
            DETERMINERS | PREPOSITIONS | {"it", "them", "him", "her", "us", "me", "you", "out"}
        )
        if not is_often_a_noun(low[at]) or after in objects - {"of"}:
            out[at] = form(low[at])
    return out


def _subject_end(aux: str, low: Sequence[str]) -> int | None:
    """Return how many words after the auxiliary are the subject."""
    together = low[1:2] == ["and"]
    if low[0] in SUBJECTS and not together:
        return 1
    least = 2 if low[0] in DETERMINERS else 1
    if low[0] in {"this", "that", "these", "those"} and _stands_alone(aux, low):
        return 1
    if together:
        least = 4 if low[2:3] and low[2] in DETERMINERS else 3
    if aux in BE:
        return _before_predicate(low, least)
    return _verb_after_noun_phrase(aux, low, least)


def _verb_after_noun_phrase(aux: str, low: Sequence[str], least: int) -> int | None:
    relative = ended = False  # inside, or just past, "people whom you have led"
    verb_at = -1  # the verb of that clause, which is not the main one
    for index in range(least, len(low)):
        word, previous = low[index], low[index - 1]
        pronoun = word in SUBJECTS and previous not in PREPOSITIONS and verb_at != index - 1
        if word in {"who", "whom", "that", "which"} or pronoun:
            relative = True
        elif relative:
            relative = word in AUXILIARIES or _is_adverb(word)
            ended, verb_at = not relative, index
        elif previous in PREPOSITIONS | DETERMINERS | {"to", "and"}:
            continue
        elif _is_adverb(word) and not is_verb(word):
            return index
        elif aux in HAVE:
            if word in _grammar().participles or (word.endswith("ed") and len(word) > 4):
                return index
        elif word == "be" or _is_main_verb(low, index) or (ended and is_verb(word)):
            return index
    if aux in HAVE:
        return None
    # Nothing that is surely a verb: take the first that may be one, "can a nurse show compassion".
    return next(
        (
            index
            for index in range(least, len(low))
            if is_verb(low[index])
            and low[index - 1] not in PREPOSITIONS | DETERMINERS | {"to", "and"}
        ),
        None,
    )


def _stands_alone(aux: str, low: Sequence[str]) -> bool:
    """Tell whether *this* or *that* is the whole subject: "is that a problem", "did that help"."""
    if len(low) == 1:
        return True
    if aux in BE and low[1] in DETERMINERS | {"something", "what", "how", "why", "where"}:
        return True
    if aux in DO | MODALS and (low[1] == "be" or _is_main_verb(low, 1)):
        return True
    return _is_predicate_start(aux, low[1:]) or _is_adverb(low[1])


_AFTER_VERB = frozenset(
    {
        "me", "us", "them", "him", "her", "better", "best", "well", ",", "together", "out", "up", "down",
        "off", "away", "back", "over",
    }
)  # fmt: skip


def _is_main_verb(low: Sequence[str], index: int) -> bool:
    word = low[index]
    if not is_verb(word):
        return False
    if not is_often_a_noun(word):
        return True
    after = low[index + 1] if index + 1 < len(low) else ""
    return (
        not after
        or after in PREPOSITIONS | DETERMINERS | SUBJECTS | QUESTION_WORDS
        or after in _AFTER_VERB
        or _is_adverb(after)
    )


def _before_predicate(low: Sequence[str], least: int) -> int | None:
    """Return where the subject of *be* ends: before an adjective, a participle or a noun phrase."""
    grammar = _grammar()
    for index in range(least, len(low)):
        word = low[index]
        if low[index - 1] in PREPOSITIONS - {"up"} or low[index - 1] in DETERMINERS:
            continue
        participle = word in grammar.participles and word not in grammar.often_nouns
        ongoing = word.endswith("ing") and word not in grammar.nouns_in_ing
        if (
            word in grammar.predicates
            or participle
            or (word.endswith("ed") and len(word) > 4)
            or ongoing
            or word in {"a", "an", "the", "something", "to"}
            or word in QUESTION_WORDS
        ):
            return index
    for index in range(least, len(low)):
        if low[index] in PREPOSITIONS - {"of"}:
            return index
    return len(low)


_SUBJECT_OF_IS = SUBJECTS | {"that", "this", "who", "what", "here"}


def has_finite_verb(low: Sequence[str]) -> bool:
    """Tell whether words in lower case are a sentence, and not a heading, as far as verbs show.

    >>> has_finite_verb(["a", "resident", "refuses", "tablets"]), has_finite_verb(["sales", "skills"])
    (True, False)
    """
    finite = SUBJECTS | MODALS | BE | HAVE | {"do", "does", "did"}
    if any(
        word in finite or ("'" in word and word.partition("'")[0] in _SUBJECT_OF_IS) for word in low
    ):
        return True
    for index, word in enumerate(low[1:], start=1):
        following = low[index + 1] if index + 1 < len(low) else ""
        stem = (
            word.removesuffix("es") if is_verb(word.removesuffix("es")) else word.removesuffix("s")
        )
        third = word.endswith("s") and is_verb(stem)
        past_form = word in _grammar().pasts and not is_verb(word)
        if third and (not is_often_a_noun(stem) or following in DETERMINERS):
            return True
        if past_form and following in DETERMINERS | PREPOSITIONS:
            return True
    return False
