"""Repeating an interviewer's question in the candidate's words (A3)."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import groupby, pairwise

import attrs

from starkit.errors import QuestionError
from starkit.grammar import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    Words,
    base_of_gerund,
    expanded,
    has_finite_verb,
    indirect_question,
    is_often_a_noun,
    is_past,
    is_verb,
    joined,
    lower_first,
    lower_heading,
    lowered,
    sentences,
    swapped,
    tokens,
)


class Wants(StrEnum):
    """What a question asks the candidate for.

    >>> Wants("example")
    <Wants.EXAMPLE: 'example'>
    """

    EXAMPLE = "example"  # a time when: calls for a story
    HEAR = "hear"  # something to talk about
    KNOW = "know"  # why, how, what, whether
    DO = "do"  # something to do: "sell me this pen"
    TOLD = "told"  # nothing: the interviewer states something
    QUOTED = "quoted"  # not understood; the words are quoted


@attrs.frozen
class Ask:
    """One thing that an interviewer asks for, in the candidate's words.

    Attributes:
        wants: What is asked for.
        words: What follows "You would like ...": ``an example of when I led a team``, ``about my
            role``, ``why I left``, ``describe my role``; for ``told`` a whole sentence, for
            ``quoted`` the interviewer's own words.

    >>> Ask("know", "why I left").wants
    <Wants.KNOW: 'know'>
    """

    wants: Wants = attrs.field(converter=Wants)
    words: str


def restate(question: str) -> str:
    """Return an interviewer's question as the candidate repeats it (A3).

    Person, tense and word order follow the change of speaker. Questions of several parts give
    several sentences; what the rules cannot turn is quoted, never bent.

    Args:
        question: One question, as said or written; a competency heading will do.

    Raises:
        QuestionError: The question has no words.

    >>> restate("Tell me about a time you led a team through change")
    'You would like an example of when I led a team through change.'
    >>> restate("Why do you want this job?")
    'You would like to know why I want this job.'
    >>> restate("If a customer shouted at you, what would you do?")
    'You would like to know what I would do if a customer shouted at me.'
    >>> restate("Teamwork")
    'You would like to hear about teamwork.'
    """
    return " ".join(_said(asks_in(question)))


def asks_in(question: str) -> tuple[Ask, ...]:
    """Return what a question asks for, part by part, in the candidate's words.

    Raises:
        QuestionError: The question has no words.

    >>> [str(ask.wants) for ask in asks_in("Describe a conflict. How did you solve it?")]
    ['do', 'know']
    """
    given: object = question  # a caller without types may give anything
    if not isinstance(given, str) or not _LETTER.search(given):
        raise QuestionError("question", question, "give the interviewer's words")
    text = _cleaned(question)
    turns = [sentence for line in text.splitlines() for sentence in sentences(line)]
    asks = [ask for turn in turns for ask in _asks(turn, alone=len(turns) == 1)]
    return tuple(asks) or (Ask(Wants.QUOTED, text),)


# "how I handled", "whether I have ever managed", "the last time I failed": a deed, so a story.
_PAST_DEED = re.compile(
    r"\b(?:how|what|when|time|whether|which|that|challenge|decision|mistake|project|goal|problem"
    r"|achievement|thing|work)\b[^.]{0,40}?\bI(?: have(?: ever)?)? (?:\w+ly )?"
    r"(?:\w+ed|led|made|took|had to|built|dealt|ran|won|got|gave|did|overcame)\b"
)
_NO_DEED = re.compile(r"\b(?:attracted|motivated|interested|learned|would)\b")


@cache
def wants_story(question: str) -> bool:
    """Tell whether a question asks what the candidate has done, and so calls for a story (A5).

    >>> wants_story("Tell me about a time you led a team")
    True
    >>> wants_story("Why do you want this job?")
    False
    """
    if not _LETTER.search(question):
        return False
    return any(
        ask.wants is Wants.EXAMPLE
        or (
            ask.wants in {Wants.HEAR, Wants.KNOW, Wants.DO}
            and _PAST_DEED.search(ask.words) is not None
            and not _NO_DEED.search(ask.words)
        )
        for ask in asks_in(question)
    )


# --- saying it ------------------------------------------------------------------------------------


def _said(asks: Sequence[Ask]) -> Iterator[str]:
    lead = "You would like"
    for wants, same in groupby(asks, key=lambda ask: ask.wants):
        words = [ask.words for ask in same]
        if wants is Wants.TOLD:
            yield from (_sentence(text) for text in words)
            continue
        if wants is Wants.KNOW:
            words = [_listed(words)]
        for text in words:
            if wants is Wants.QUOTED:
                yield f"Your question is: “{text}”"
            else:
                yield _sentence(f"{lead} {_TO[wants]}{text}")
            lead = "You would also like"


_TO = {Wants.EXAMPLE: "", Wants.HEAR: "to hear ", Wants.KNOW: "to know ", Wants.DO: "me to "}


def _listed(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    # "before and, if so, how I kept them safe"
    link = " and, " if parts[-1].startswith(("if so,", "if not,")) else " and "
    return ", ".join(parts[:-1]) + link + parts[-1]


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".,;:?! ")
    return text[:1].upper() + text[1:] + "."


# --- the interviewer's turn, without what surrounds the question ----------------------------------

_LETTER = re.compile(r"[^\W\d_]")
# A number, bullet or label before the question: "3.", "Q2:", "- ".
_NUMBERING = re.compile(
    r"\s*(?:[-–—•*·▪]\s+|\(?\d{1,2}[.)]\s*|(?:question|q)\s?\d{0,2}\s?[.:)]\s*)", re.IGNORECASE
)
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))

# Words that open a turn and ask nothing.
_OPENER = re.compile(
    r"(?:(?:my |our |the |your )?(?:next|last|first|final) question(?: is)?"
    r"|(?:one|another)(?: more| last| final)? question|ok(?:ay)?|right|so|well|now|great|good|lovely|perfect|excellent|brilliant|and|but|also|next"
    r"|then|finally|last(?:ly)?(?: of all)?|first(?:ly)?(?: of all)?|second(?:ly)?|third(?:ly)?"
    r"|to (?:start|begin|finish|kick|close|end)(?: with| off)?|thanks|thank you|yes|sure|fine|moving on"
    r"|(?:just )?out of (?:interest|curiosity)|in that case|alternatively|equally|similarly|hi|hello"
    r"|good (?:morning|afternoon)|for example)(?: then)?(?P<pause>\s*[,:–—]\s*|\s*-\s+|\s*\.\.\.\s*)?\s*\b",
    re.IGNORECASE,
)
_OPENS_WITHOUT_PAUSE = frozenset(
    {"ok", "okay", "so", "and", "but", "also", "now", "next", "finally"}
)
_MOST_OPENERS = 4
_SMALL_TALK = re.compile(
    r"(?:(?:please )?take your time|no problem|let's (?:start|begin|get started)"
    r"|(?P<nod>great|lovely|ok(?:ay)?|right|excellent|perfect|brilliant|please))\b[^?]{0,80}"
    r"|how are you(?: today| doing)?|shall we (?:start|begin|get started|make a start)\b[^?]{0,40}",
    re.IGNORECASE,
)
_VOCATIVE = re.compile(r"([A-Z][a-z]+),\s+(?=\S)")
_LABEL = re.compile(r"\[?([A-Z][\w&/' -]{2,50}?)(?:\]\s*:?|\s*:|\s[–—-])\s+(?=\S)")
_TRAILING = re.compile(
    r"(?:[\s,]+(?:please|thanks|thank you|if (?:you (?:can|could|would|like|don't mind|wouldn't mind)"
    r"|that's ok(?:ay)?|that is ok(?:ay)?|possible)))$",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s*,\s*(?:(?:can't|won't|(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should)(?:n't)?)"
    r" (?:you|it|that|they|we|he|she|there)(?: not)?|right|correct|yes|is that (?:right|correct)|no)$",
    re.IGNORECASE,
)
_TAIL = 60  # characters at the end where a tag or a politeness can stand


# "What'd you do if ...", "How'd you go about ...": would, where "how'd you handle it" is did.
_WOULD = re.compile(
    r"(?:\b(?=\w+'d \w+ (?:go about\b|[^.?!]{0,60} if\b))|(?<=, ))(how|what|who|where|when)'d"
    r"(?= (?:you|they|he|she|we) )",
    re.IGNORECASE,
)


def _cleaned(question: str) -> str:
    text = question.strip()
    numbered = _NUMBERING.match(text)
    if numbered and _LETTER.search(text[numbered.end() :]):
        text = text[numbered.end() :].strip()
    for opening, closing in _QUOTES:
        inner = text[1:-1]
        if text[:1] == opening and text[-1:] == closing and inner and opening not in inner:
            text = inner.strip()
            break
    text = _WOULD.sub(r"\1 would", text.replace("’", "'").replace("‘", "'"))
    return text.capitalize() if text.isupper() and " " in text else text


def _asks(turn: str, *, alone: bool) -> list[Ask]:
    asked = turn.rstrip("”\"') ").endswith("?")
    text = turn.rstrip(" .?!…")
    if aside := _no_question(text, asked=asked):
        return [aside] if alone or not _is_small_talk(text) else []
    text = _without_greeting(greeting := text)
    if not text:
        told = Ask(Wants.QUOTED, f"{greeting}?") if asked else Ask(Wants.TOLD, _quoted(greeting))
        return [told] if alone else []
    if not alone and _is_small_talk(text):
        return []
    text = _without_openers(text)
    for ending in (_TRAILING, _TAG if asked else _TRAILING):
        start = max(0, len(text) - _TAIL)
        text = text[:start] + ending.sub("", text[start:])
    label = _LABEL.match(text)
    if label and _starts_ask(text[label.end() :]):
        text = _without_openers(text[label.end() :])
    name = _VOCATIVE.match(text)
    if name and _starts_ask(text[name.end() :]) and lower_first([name[1]]) == [name[1]]:
        text = text[name.end() :]
    if not _LETTER.search(text):
        return []
    opinion = _OPINION.search(text, max(0, len(text) - _TAIL)) if asked else None
    if opinion:
        return _in_opinion(_read(text[: opinion.start()], asked=asked), opinion[1].lower())
    return _read(text, asked=asked)


# ", do you think?": the answer is an opinion.
_OPINION = re.compile(r"\s*,\s*((?:do|would) you (?:think|say|reckon))$", re.IGNORECASE)


def _in_opinion(asks: list[Ask], opinion: str) -> list[Ask]:
    """Return what is asked with "I think" behind its question word."""
    last = asks[-1]
    opening, _, rest = last.words.partition(" ")
    if last.wants is not Wants.KNOW or opening not in QUESTION_WORDS:
        return asks
    auxiliary, _, verb = opinion.split()
    mine = f"I {verb}" if auxiliary == "do" else f"I {auxiliary} {verb}"
    return [*asks[:-1], Ask(Wants.KNOW, f"{opening} {mine} {rest}")]


# Lines that ask nothing of what the candidate has done or is: an offer, a nod.
_NO_QUESTION = re.compile(
    r"(?:(?:so|well|right|ok(?:ay)?|now|and),? )?(?:(?:tea|coffee|water|biscuit)s?(?: or (?:tea|coffee|water))?"
    r"|right|ok(?:ay)?|sure|and|so|well|yes|no|sorry|pardon|really|such as|like what|meaning|because|then|fine|good|great)",
    re.IGNORECASE,
)
_GO_ON = re.compile(r"(?:please )?(go on|go ahead|carry on|continue)", re.IGNORECASE)


def _no_question(text: str, *, asked: bool) -> Ask | None:
    """Return what a line of one or two words is repeated as."""
    if go_on := _GO_ON.fullmatch(text):
        return Ask(Wants.DO, go_on[1].lower())
    if _NO_QUESTION.fullmatch(text):
        return Ask(Wants.QUOTED if asked else Wants.TOLD, f"{text}?" if asked else _quoted(text))
    return None


def _is_small_talk(text: str) -> bool:
    talk = _SMALL_TALK.fullmatch(text)
    return bool(talk and not (talk["nod"] and _starts_ask(_without_openers(text))))


# "Good morning", "Hi Sam", "Lovely to meet you": what a turn asks stands behind its pause, if any.
_GREETING = re.compile(
    r"(?:(?:many )?thanks(?! to\b)|thank you|welcome|good (?:morning|afternoon|evening)|hello|hi|hey"
    r"|(?:it's |it is )?(?:so |very )?(?:nice|lovely|good|great|pleased|delighted|a pleasure)"
    r" to (?:meet|see|have) you|(?:please )?(?:(?:take|have) a seat|sit down|come in))(?![\w-])",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][\w'-]+|there|again|everyone|all")
_PAUSE = re.compile(r"\s*[,;:!.]\s+|\s+[–—-]\s+|\s+(?P<link>and)\s+")


def _without_greeting(text: str) -> str:
    """Return what a turn says after its greeting: all without one, "" when it only greets."""
    greeting = _GREETING.match(text)
    if greeting is None:
        return text
    beside = text[greeting.end() :].lstrip()
    named = _NAME.match(beside)
    for said in (beside, beside[named.end() :].lstrip() if named else ""):
        if said and _starts_ask(said):
            return said
    pauses = list(_PAUSE.finditer(text, greeting.end()))
    rests = [(pause["link"], text[pause.end() :]) for pause in pauses]
    for link, rest in rests:
        if _GREETING.match(rest):
            return _without_greeting(rest)
        said = _without_openers(rest)
        if _request_words(said) or (not link and _starts_ask(said)):
            return rest
    rest = next((rest for link, rest in rests if not link), "")
    goes_on = _starts_turn(rest) or _first_word(rest) in DETERMINERS
    return rest if goes_on else ""


def _quoted(text: str) -> str:
    return f"you said: “{text}”"


def _without_openers(text: str) -> str:
    for _ in range(_MOST_OPENERS):
        opener = _OPENER.match(text)
        rest = text[opener.end() :] if opener else ""
        if not opener or not rest:
            break
        word = opener.group().split()[0].strip(",:–—-.").lower()
        free = word in _OPENS_WITHOUT_PAUSE and (_starts_turn(rest) or _OPENER.match(rest))
        if not opener["pause"] and not free:
            break
        text = rest
    return text


def _starts_turn(text: str) -> bool:
    first = _first_word(text)
    return _starts_ask(text) or first in SUBJECTS | {"your"} or first.partition("'")[0] in SUBJECTS


def _starts_ask(text: str) -> bool:
    first = _first_word(text)
    if first.partition("'")[0] in QUESTION_WORDS | AUXILIARIES or first.endswith("n't"):
        return True
    return first in {"if", "in", "on", "when"} or _request_words(text) is not None


def _first_word(text: str) -> str:
    words = text.split(maxsplit=1)
    return words[0].lower().strip(",:") if words else ""


# --- reading one sentence -------------------------------------------------------------------------


def _read(text: str, *, asked: bool) -> list[Ask]:
    words = tokens(text)
    # "If you could change one thing, what would it be" opens as "If you could tell me" does.
    if words[0].lower() in {"if"} | _INVERTED_IF and (moved := _with_prefix_moved(words)):
        return moved
    request = _request_words(text)
    if request is not None:
        return _in_parts(_segments(request))
    if _opens_question(words):
        return _around_aside(words) or _in_parts(_segments(words))
    moved = _with_prefix_moved(words)
    if moved:
        return moved
    low = lowered(words)
    return _fragment(words, low, asked=asked) or _stated(words, text, asked=asked)


_LONGEST_ASIDE = 8  # words


def _around_aside(words: Words) -> list[Ask] | None:
    """Read "What, if anything, would you change": the aside stays behind its question word."""
    if words[1:2] != [","] or "," not in words[2 : 2 + _LONGEST_ASIDE]:
        return None
    end = words.index(",", 2)
    asks = _in_parts(_segments([words[0], *words[end + 1 :]]))
    opening, space, rest = asks[0].words.partition(" ")
    if asks[0].wants is not Wants.KNOW or opening != words[0].lower():
        return None
    aside = joined([opening, *_plain(words[1 : end + 1])])
    return [Ask(Wants.KNOW, f"{aside}{space}{rest}"), *asks[1:]]


def _in_parts(segments: Sequence[tuple[str, Words]]) -> list[Ask]:
    asks: list[Ask] = []
    if len(segments) > 1 and lowered(segments[0][1]) in (["tell", "me"], ["tell", "us"]):
        segments = segments[1:]
    for connector, words in segments:
        request = bool(words) and words[0].lower() in _REQUESTS | {"please"}
        ask = _request(words) if request else _question(words)
        if connector == "or" and asks and asks[-1].wants is ask.wants is Wants.KNOW:
            asks[-1] = Ask(Wants.KNOW, f"{asks[-1].words} or {ask.words}")
        elif connector in {"if so", "if not"}:
            asks.append(Ask(ask.wants, f"{connector}, {ask.words}"))
        else:
            asks.append(ask)
    return asks


_CONNECTORS = frozenset({",", ";", ":", "–", "—", "and", "but", "or", "so", "then", "also"})


_ADVERBS_TOO = frozenset({"so", "then", "also"})  # "and what happened then": no connector there


def _segments(words: Words) -> list[tuple[str, Words]]:
    """Split where a further question or request begins; each part has the connector before it."""
    low = lowered(words)
    cuts, after_infinitive = [0], False
    for index in range(1, len(low)):
        before = low[index - 1]
        after_infinitive = after_infinitive or (before in _OBLIGED and low[index] == "to")
        if before not in _CONNECTORS or low[index] in _CONNECTORS:
            continue
        if _inverted_at(low, index) or (not after_infinitive and _request_at(low, index)):
            cuts.append(index)
    parts = []
    for start, end in pairwise([*cuts, len(low)]):
        connector = low[start - 1] if start else ""
        if low[max(0, start - 3) : start - 1] in _CONDITIONS:
            connector = " ".join(low[start - 3 : start - 1])
        parts.append((connector, _without_connector(words[start:end])))
    return parts


_CONDITIONS = (["if", "so"], ["if", "not"])


# "a time when you had to listen and explain": no new request begins after these.
_OBLIGED = frozenset(
    {"had", "have", "needed", "asked", "able", "required", "how", "want", "wanted"}
)


def _without_connector(words: Words) -> Words:
    end = len(words)
    while end:
        if lowered(words[max(0, end - 2) : end]) in _CONDITIONS:
            end -= 2
        elif words[end - 1].lower() in _CONNECTORS - _ADVERBS_TOO or (
            words[end - 1].lower() in _ADVERBS_TOO and words[end - 2].lower() in _CONNECTORS
        ):
            end -= 1
        else:
            break
    return words[:end]


_AHEAD = 9  # words within which a direct question shows its order


def _inverted_at(low: Sequence[str], index: int) -> bool:
    """Tell whether a question in direct order begins at ``index``: "what did you", "would you"."""
    ahead = lowered(expanded(low[index : index + _AHEAD]))
    if ahead[0] in PREPOSITIONS and ahead[1:2] and ahead[1] in QUESTION_WORDS:
        ahead = ahead[1:]
    if ahead[0] not in QUESTION_WORDS:
        return _is_auxiliary(ahead[0]) and ahead[1:2] != [] and ahead[1] in SUBJECTS - {"there"}
    for at, word in enumerate(ahead[1:-1], start=1):
        if word in SUBJECTS or word in {",", "to"}:
            return False
        if _is_auxiliary(word):
            return ahead[at + 1] in SUBJECTS | DETERMINERS
    return False


def _is_auxiliary(word: str) -> bool:
    return word in AUXILIARIES or word.endswith("n't")


def _request_at(low: Sequence[str], index: int) -> bool:
    if low[index] == "please":
        index += 1
    following = low[index + 1] if index + 1 < len(low) else ""
    if low[index] in {"tell", "give", "show", "talk", "walk"}:
        return following in _ME
    return low[index] in {"explain", "describe", "say", "outline", "discuss"} and (
        following in QUESTION_WORDS | {"your"}
    )


# --- direct questions -----------------------------------------------------------------------------


def _opens_question(words: Words) -> bool:
    low = lowered(expanded(words[:_AHEAD]))
    if len(low) > 1 and low[0] in PREPOSITIONS and low[1] in QUESTION_WORDS:
        # "By when could you", and not "Before when", "After what happened, ..."
        return low[1] not in {"when", "where"} or _is_auxiliary((*low, "")[2])
    if low[0] == "when" and not _is_auxiliary((*low, "")[1]) and len(low) > 1:
        return "," not in words  # "When you have two deadlines, how do you ...": a clause first
    return low[0] in QUESTION_WORDS or (_is_auxiliary(low[0]) and len(low) > 1)


def _question(words: Words) -> Ask:
    """Return what one direct question asks for."""
    full = expanded(words)
    low = lowered(full)
    if example := _example_asked_for(full, low):
        return example
    if low[:2] == ["shall", "we"]:
        return Ask(Wants.QUOTED, _capital(joined(words)) + "?")
    if low[:2] in (["how", "about"], ["what", "about"]) and len(low) > 2:
        return Ask(Wants.HEAR, joined(["about", *_reflexive_free(_plain(full[2:]))]))
    if low[:2] == ["what", "if"] and len(low) > 2:
        return Ask(Wants.KNOW, joined(["what", "I", "would", "do", *_plain(full[1:])]))
    if _names_at_length(low):
        return Ask(Wants.HEAR, joined(["about", *_plain(full[2:])]))
    if low[:2] == ["why", "not"] and len(low) > 2 and is_verb(low[2]):
        return Ask(Wants.KNOW, joined(["why", "I", "should", "not", *_plain(full[2:])]))
    if low[0] == "why" and low[1:] in (["us"], ["you"], ["me"]):
        return Ask(Wants.KNOW, joined([*_plain(full), "in", "particular"]))
    if low[0] == "why" and not _has_verb(low):
        return Ask(Wants.KNOW, joined(_plain(full)))  # "Why this job?", "Why us?"
    clause = indirect_question(full) if _has_verb(low) else None
    if clause is None:
        return Ask(Wants.QUOTED, _capital(joined(words)) + "?")
    return Ask(Wants.KNOW, joined(_plain(clause)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(words: Words) -> Words:
    return swapped(lower_first(expanded(words)))


def _has_verb(low: Sequence[str]) -> bool:
    """Tell "why", "why or why not" and "why did you" from "why this company"."""
    if low[0] not in {"why", "where", "when", "who"} or len(low) == 1:
        return True
    return low[1] in {"or", "and", "not"} or any(
        _is_auxiliary(word) or word in SUBJECTS or is_verb(word) or is_verb(word.rstrip("s"))
        or word.endswith("ed") or word in {"made", "gave", "taught", "led", "brought", "drew"}
        for word in low[1:]
    )  # fmt: skip


# "Do you have an example of ...", "Can you think of a time ...": asks for an example all the same.
_EXAMPLE_OPENINGS = (
    ("do", "you", "have"),
    ("have", "you", "got"),
    ("can", "you", "think", "of"),
    ("could", "you", "think", "of"),
    ("can", "you", "recall"),
    ("can", "you", "remember"),
    ("do", "you", "remember"),
    ("do", "you", "recall"),
    ("is", "there"),
    ("was", "there"),
    ("has", "there", "been"),
    ("have", "there", "been"),
    ("what", "is"),
    ("what", "are"),
    ("what", "would", "be"),
)


def _example_asked_for(words: Words, low: Sequence[str]) -> Ask | None:
    for opening in _EXAMPLE_OPENINGS:
        if tuple(low[: len(opening)]) == opening:
            ever = low[len(opening) : len(opening) + 1] == ["ever"]  # "was there ever a time when"
            return _example(words[len(opening) + ever :])
    return None


def _names_at_length(low: Sequence[str]) -> bool:
    """Tell a heavy noun phrase: "what was the biggest challenge you faced".

    "You would like to hear about the biggest challenge I faced" reads better than "... to know
    what the biggest challenge I faced was".
    """
    if len(low) < 5 or low[1] not in BE:
        return False
    if low[0] != "what" and low[2:5] not in (["the", "last", "time"], ["the", "first", "time"]):
        return False
    if low[2] not in DETERMINERS | {"something"}:
        return False
    for word in low[3:]:
        if word in {"when", "if", "because", ","}:
            return False
        if word in {"you", "you've", "you'd", "you're", "you'll"}:
            return True
    return False


# --- requests -------------------------------------------------------------------------------------

_ME = frozenset({"me", "us"})
_REQUESTS = frozenset(
    {
        "assess", "choose", "cite", "clarify", "comment", "compare", "complete", "consider", "convince",
        "define", "demonstrate", "describe", "detail", "discuss", "draw", "elaborate", "estimate",
        "evaluate", "expand", "explain", "give", "guess", "help", "highlight", "identify", "illustrate",
        "imagine", "introduce", "justify", "list", "name", "offer", "outline", "persuade", "pick",
        "picture", "present", "provide", "rank", "rate", "recall", "reflect", "remind", "run", "say",
        "sell", "share", "show", "spell", "state", "suggest", "sum", "summarise", "summarize",
        "suppose", "take", "talk", "teach", "tell", "think", "walk",
    }
)  # fmt: skip
# After "can you" these are requests only with "me" or "us": "can you teach maths" asks whether.
_ABLE_TO = frozenset(
    {
        "assess", "choose", "compare", "complete", "consider", "convince", "draw", "estimate", "evaluate",
        "help", "imagine", "justify", "offer", "persuade", "pick", "present", "rank", "reflect", "run", "sell",
        "say", "show", "spell", "suggest", "take", "talk", "teach", "think", "walk",
    }
)  # fmt: skip
_REQUEST_GOES_ON = _ME | {"of", "through", "about", "your", "yourself", "more"}

_SOFTLY = (
    r"(?:please\s+|just\s+|briefly\s+|quickly\s+|first\s+|perhaps\s+|maybe\s+|kindly\s+|possibly\s+"
    r"|also\s+|start by\s+|begin by\s+|be able to\s+|like to\s+|care to\s+|go on and\s+){0,4}"
)
# "Could you please ...": what follows is a request when it begins with a request verb.
_CAN_YOU = re.compile(
    rf"(?:perhaps |maybe |please )?(?:can|could|would|will) you\s+{_SOFTLY}", re.IGNORECASE
)
# "I would like you to ...", "Please ...", "Would you mind ...": what follows is a request.
_POLITE = re.compile(
    rf"(?:would you mind\s+(?:just\s+|briefly\s+)?"
    rf"|(?:perhaps|maybe|if) you (?:can|could|would|might)\s+{_SOFTLY}|are you able to\s+{_SOFTLY}"
    rf"|(?:i|we)(?:'d| would| want| need)(?: like| love)?(?: for)? you to\s+{_SOFTLY}"
    rf"|(?:i|we) (?:wonder|wondered|was wondering|were wondering) (?:if|whether) you"
    rf" (?:can|could|would|might)\s+{_SOFTLY}"
    rf"|(?:i|we)(?:'d| would) (?:appreciate|like|love) it if you (?:can|could|would)\s+{_SOFTLY}"
    rf"|(?:can|could|may|might) (?:i|we)(?: just)? (?:ask|get) you to\s+{_SOFTLY}"
    rf"|(?:i|we)(?:'ll| will|'m going to| am going to|'re going to) ask you to\s+{_SOFTLY}"
    rf"|(?:please )?(?:feel free to|take a (?:moment|minute) to|start by|begin by|go ahead and)\s+"
    rf"|let's start with you\s+|{_SOFTLY})",
    re.IGNORECASE,
)
# "May I ask why ...", "I would like to hear about ...": the same as "tell me why ...".
_MAY_I_ASK = re.compile(
    r"(?:(?:can|could|may|might) (?:i|we)(?: just)? ask(?: you)?"
    r"|(?:i|we)(?:'d| would) (?:like|love|want|be interested) to (?:ask|know|hear|learn|understand|find out)(?: you)?"
    r"|(?:i|we) (?:want|wanted) to (?:ask|know|hear|learn|understand|find out)(?: you)?"
    r"|(?:i|we) (?:wonder|wondered|was wondering|were wondering)"
    r"|(?:i am|i'm|we are|we're) (?:curious|interested|keen) to (?:know|hear|learn|understand|find out)"
    r"|do you mind (?:me asking|if (?:i|we) ask)|(?:could|can|would) you say|any idea|remind (?:me|us))\s*,?\s+"
    r"(?=(?:a bit |a little |more |some more )*(?:about|what|why|how|when|where|who|whom|whose|which|whether|if)\b)",
    re.IGNORECASE,
)
_CURIOUS_ABOUT = re.compile(
    r"(?:i am|i'm|we are|we're) (?:curious about|interested in)\s+|(?:let's|let us) (?:talk|hear) about\s+"
    r"|(?:let's|let us) (?:start|begin|kick off) with\s+(?=(?:your|the|an?)\b)"
    r"|(?:can|could) we talk about\s+|(?:let's|let us) (?:move on|turn) to\s+",
    re.IGNORECASE,
)
_LET_US_SAY = re.compile(
    r"(?:let's|let us) (?:say|imagine|suppose|assume)\s+(?:that\s+)?", re.IGNORECASE
)


def _request_words(text: str) -> Words | None:
    """Return the words from the request verb on, when the sentence is a request."""
    polite = _POLITE.match(text)
    could = polite is not None and " you " in f" {polite.group().lower()}"
    for pattern, instead in (
        (_MAY_I_ASK, ["tell", "me"]),
        (_CURIOUS_ABOUT, ["tell", "me", "about"]),
        (_LET_US_SAY, ["imagine", "that"]),
    ):
        if not could and (opening := pattern.match(text)):
            return [*instead, *tokens(text[opening.end() :])]
    can_you = _CAN_YOU.match(text)
    if can_you:
        words = tokens(text[can_you.end() :])
        first, second, third = [*(word.lower() for word in words[:3]), "", "", ""][:3]
        weak = first in _ABLE_TO and second not in _REQUEST_GOES_ON
        weak = weak or (second, third) == ("yourself", "as")  # "would you describe yourself as"
        if first in _REQUESTS and not weak:
            return [first, *words[1:]]
        begun = base_of_gerund(first) if can_you.group().rstrip().endswith("by") else None
        if begun in _REQUESTS:
            return [begun, *words[1:]]
    opening_words = polite.group().strip().lower() if polite else ""
    words = tokens(text[polite.end() :]) if polite else tokens(text)
    if not words:
        return None
    first = words[0].lower()
    base = base_of_gerund(first)
    if base in _REQUESTS and opening_words.startswith(
        ("would you mind", "start by", "begin by", "let's")
    ):
        return [base, *words[1:]]
    if opening_words not in {"", "please"} and (first in _REQUESTS or is_verb(first)):
        return [first, *words[1:]]
    known = first in _REQUESTS or (is_verb(first) and first not in AUXILIARIES)
    if (
        known
        and (not is_often_a_noun(first) or _addressed(words))
        and (first in _REQUESTS or _addressed(words))
    ):
        return [first, *words[1:]]
    return None


def _addressed(words: Words) -> bool:
    """Tell whether an opening verb is meant for the candidate: "show us your ...", "name two"."""
    low = lowered(words)
    return not {"your", "you", "me", "us", "yourself"}.isdisjoint(low) or (
        len(low) > 1 and low[1] in DETERMINERS | QUESTION_WORDS
    )


def _request(words: Words) -> Ask:
    """Return what a request asks for: "tell me about ...", "describe ...", "sell me this pen"."""
    low = lowered(words)
    if low[0] == "please":
        words, low = words[1:], low[1:]
    verb, rest = low[0], words[1:]
    if verb in {"complete", "finish"} and ":" in words:
        return Ask(Wants.QUOTED, _capital(joined(words)))
    to_me = 1 if low[1:2] and low[1] in _ME else 0
    if low[1:3] in (["with", "me"], ["with", "us"]):
        to_me = 2
    thing = rest[to_me:]
    thing_low = low[1 + to_me :]
    if (verb == "tell" and to_me) or (verb in {"tell", "talk"} and thing_low[:1] == ["about"]):
        return _told(verb, rest, thing, thing_low)
    if (
        verb in {"think", "reflect"}
        and thing_low[:1]
        and thing_low[0] in {"of", "about", "back", "on"}
    ):
        example = _example(thing[2:] if thing_low[0] == "back" else thing[1:])
    else:
        example = None if verb in {"compare", "imagine"} else _example(thing)
    if example:
        return example
    if thing_low[:1] and thing_low[0] in QUESTION_WORDS:
        clause = indirect_question(thing)
        if clause is not None:
            return Ask(Wants.DO, joined([verb, *swapped(rest[:to_me]), *_plain(clause)]))
    return Ask(Wants.DO, joined([verb, *swapped(expanded(rest))]))


_AMOUNTS = frozenset({"a", "little", "bit", "more", "something", "some", "things", "lot", "further",
                      "briefly", "quickly", "please", "again", "just", "few", "words", "everything",
                      "anything", "in", "detail"})  # fmt: skip
_LONGEST_AMOUNT = 5


def _told(verb: str, rest: Words, thing: Words, low: Sequence[str]) -> Ask:
    """Read what follows "tell me": about something, why something, or something."""
    while thing and thing[0] in {",", ":"}:
        thing, low = thing[1:], low[1:]
    amount = 0
    while amount < min(len(low), _LONGEST_AMOUNT) and low[amount] in _AMOUNTS:
        amount += 1
    if amount < len(low) and low[amount] in {"about", "of"}:
        return _told_about([*low[:amount], low[amount]], thing[amount + 1 :])
    first, second = [*low[:2], "", ""][:2]
    if first in {"if", "whether"}:
        return Ask(Wants.KNOW, joined(["whether", *_plain(thing[1:])]))
    if first in QUESTION_WORDS or (first in PREPOSITIONS and second in QUESTION_WORDS):
        return Ask(Wants.KNOW, joined(_plain(indirect_question(thing) or thing)))
    if thing and (example := _example(thing)):
        return example
    return Ask(Wants.DO, joined([verb, *swapped(expanded(rest))]))


def _told_about(opening: Sequence[str], thing: Words) -> Ask:
    if example := _example(thing):
        return example
    clause = indirect_question(thing) if thing and thing[0].lower() in QUESTION_WORDS else None
    kept = [word for word in opening if word not in {"please", "just"}]
    return Ask(Wants.HEAR, joined([*kept, *_reflexive_free(_plain(clause or thing))]))


def _reflexive_free(words: Words) -> Words:
    # "tell me about yourself" -> "hear about me": myself needs a subject I in its clause.
    return ["me", *words[1:]] if words and words[0].lower() == "myself" else words


# --- examples -------------------------------------------------------------------------------------

_EXAMPLE_NOUNS = frozenset({"example", "examples", "instance", "instances", "evidence"})
_TIMES = frozenset({"time", "times", "occasion", "occasions", "moment", "moments"})
_SITUATIONS = frozenset(
    {"situation", "situations", "scenario", "scenarios", "incident", "incidents", "case", "cases"}
)
_PLURALS = frozenset(
    {"times", "occasions", "moments", "situations", "scenarios", "incidents", "cases"}
)
_COUNTS = frozenset({"two", "three", "four", "five", "some", "any", "several", "a few"})
_ONE = frozenset({"", "a", "an", "one", "any", "some"})
_WORDS_BEFORE_NOUN = 5


def _noun_at(low: Sequence[str], nouns: frozenset[str]) -> int | None:
    """Return where one of the nouns ends the opening noun phrase: "a recent difficult time"."""
    for index, word in enumerate(low[: _WORDS_BEFORE_NOUN + 1]):
        if word in nouns:
            return index
        if word in SUBJECTS | PREPOSITIONS | AUXILIARIES | {
            "the",
            "your",
            "this",
            "that",
            "our",
            "and",
        }:
            return None
    return None


def _example(words: Words) -> Ask | None:
    """Return the ask for an example when the words name a time, a situation or an example."""
    low = lowered(words)
    at = _noun_at(low, _EXAMPLE_NOUNS | _TIMES | _SITUATIONS)
    if at is None or len(words) == 1:
        return None
    before, noun, after = low[:at], low[at], words[at + 1 :]
    if noun in _EXAMPLE_NOUNS:
        return Ask(Wants.EXAMPLE, joined([*before, noun, *_of_what(after)]))
    head = ["an", "example", "of"]
    if noun in _PLURALS:
        counted = before[:1] if before[:1] and before[0] in _COUNTS else []
        head, before = [*counted, "examples", "of"], before[len(counted) :]
    elif before[:1] == ["another"]:
        head, before = ["another", "example", "of"], ["a", *before[1:]]
    return Ask(Wants.EXAMPLE, joined([*head, *_when_clause(before, noun, after)]))


def _of_what(after: Words) -> Words:
    """Return what follows "an example": of when I led, of how I did it, where I led."""
    low = lowered(after)
    if low[:1] == ["of"]:
        inner = after[1:]
        at = _noun_at(low[1:], _TIMES | _SITUATIONS)
        if at is not None:
            return ["of", *_when_clause(low[1 : at + 1], low[at + 1], inner[at + 1 :])]
        if low[1:2] and low[1] in QUESTION_WORDS:
            return ["of", *_plain(indirect_question(inner) or inner)]
    if low[:1] and (low[0] in SUBJECTS or low[0].partition("'")[0] in SUBJECTS):
        after = ["where", *after]
    return _plain(after)


_RECALLED = re.compile(r"(?:that )?you (?:can )?(?:think of|remember|recall) (?=(?:when|where) )")


def _without_recalling(after: Words) -> Words:
    """Leave out "you can think of" between a time and its clause."""
    found = _RECALLED.match(" ".join(lowered(after)))
    return after[len(found[0].split()) :] if found else after


def _when_clause(before: Sequence[str], noun: str, after: Words) -> Words:
    """Return "when I led", "a recent time when I led" or "a situation where I led"."""
    after = _without_recalling(after)
    low = lowered(after)
    opener = "when" if noun in _TIMES else "where"
    rest: Words | None = None  # the clause without what joins it to its noun
    if (low[:1] and low[0] in {"when", "where"} and len(low) > 1) or (
        low[:1] == ["that"] and _starts_clause(low[1:]) and low[-1] not in PREPOSITIONS
    ):
        rest = after[1:]
    elif low[:2] == ["in", "which"] and noun in _TIMES:
        rest = after[2:]
    elif _starts_clause(low):
        rest = after
    if rest is not None and noun in _TIMES and " ".join(before) in _ONE:
        return ["when", *_plain(rest)]
    head = ["a" if word == "one" else word for word in before]
    if rest is None:
        return [*head, noun, *_plain(after)]
    joint = low[0] if low[0] in {"when", "where"} else opener
    return [*head, noun, joint, *_plain(rest)]


def _starts_clause(low: Sequence[str]) -> bool:
    """Tell whether a clause with its own subject follows "a time": you led, things went wrong."""
    if not low:
        return False
    return low[0].partition("'")[0] in SUBJECTS or low[0] in DETERMINERS - {"that"} | {
        "someone", "somebody", "something", "nothing", "things", "people", "everyone", "everything",
    }  # fmt: skip


# --- prefixes, fragments, statements --------------------------------------------------------------

_PREFIX_MARKS = frozenset({",", ";", ":", "–", "—"})
_LONGEST_PREFIX = 40  # words
# The last three open "should we offer you the job, ...".
_INVERTED_IF = frozenset({"should", "were", "had"})
_CLOSE_PREFIXES = (
    PREPOSITIONS | _INVERTED_IF | {"if", "when", "whenever", "while", "once", "because", "although"}
)
_OPEN_CLAUSE = _CLOSE_PREFIXES | {
    "apart", "assuming", "based", "besides", "compared", "given", "imagine", "instead", "now", "say", "suppose",
}  # fmt: skip


def _with_prefix_moved(words: Words) -> list[Ask] | None:
    """Read "If a customer shouted at you, what would you do" and "In your last job, how did ..."."""
    low = lowered(words)
    for index, word in enumerate(low[:_LONGEST_PREFIX]):
        if word not in _PREFIX_MARKS or not index:
            continue
        start = index + 1
        if low[0] in _INVERTED_IF and low[start : start + 1] and low[start] in _CONNECTORS:
            return None  # "should we stop, and what would you say": two questions
        while start < len(low) and low[start] in {"and", "so", "then", "but"}:
            start += 1
        rest, prefix = words[start:], words[:index]
        if not rest:
            return None
        if _opens_question(rest):
            asks = _in_parts(_segments(rest))
            if _is_statement(low[:index]):
                return [Ask(Wants.TOLD, joined(swapped(expanded(prefix)))), *asks]
        elif low[0] in _OPEN_CLAUSE or low[0].endswith("ing"):
            request = _request_words(joined(rest))
            if request is None:
                continue
            asks = _in_parts(_segments(request))
        else:
            continue
        return _behind(asks, prefix)
    return None


def _behind(asks: list[Ask], prefix: Words) -> list[Ask]:
    """Put the prefix behind the last of the asks that it belongs to."""
    last = asks[-1]
    if last.wants is Wants.QUOTED:
        return asks
    if lowered(prefix) in _CONDITIONS:
        return [Ask(asks[0].wants, f"{joined(prefix).lower()}, {asks[0].words}"), *asks[1:]]
    comma = "" if prefix[0].lower() in _CLOSE_PREFIXES else ","
    moved = f"{last.words}{comma} {joined(_plain(prefix))}"
    return [*asks[:-1], Ask(last.wants, moved)]


def _is_statement(low: Sequence[str]) -> bool:
    return not (low[0] in _OPEN_CLAUSE or low[0].endswith("ing")) and has_finite_verb(low)


# A heading that names one of these means the candidate's own.
_MINE = frozenset(
    {
        "ability", "experience", "knowledge", "understanding", "willingness", "commitment", "awareness",
        "skills", "aptitude", "capacity", "desire", "enthusiasm", "passion", "proficiency", "competence",
    }
)  # fmt: skip


# "Ready?", "Happy with shifts?": what is asked is whether the candidate is.
_STATES = frozenset(
    {
        "able", "afraid", "allergic", "available", "comfortable", "confident", "eager", "excited", "familiar", "fine",
        "fit", "free", "good", "happy", "interested", "keen", "local", "married", "nervous", "new", "ok", "okay",
        "prepared", "qualified", "ready", "registered", "sure", "trained", "used", "willing", "worried",
    }
)  # fmt: skip


def _fragment(words: Words, low: Sequence[str], *, asked: bool) -> list[Ask] | None:
    """Read questions without a verb of their own, and competency headings."""
    if asked and low[0] in {"ever", "any"} and len(low) > 1:
        return [Ask(Wants.KNOW, joined(["whether", "I", "have", *_plain(words)]))]
    if asked and (low[0] in _STATES and (len(low) == 1 or low[1] in PREPOSITIONS | {"to"})):
        first = low[0] if words[0].istitle() else words[0]  # "OK" stays as it is
        return [Ask(Wants.KNOW, joined(["whether", "I", "am", first, *_plain(words[1:])]))]
    if asked and len(low) > 1 and is_past(low[0]) and low[1] in SUBJECTS | PREPOSITIONS | _ME:
        return [Ask(Wants.KNOW, joined(["whether", "I", *_plain(words)]))]
    if example := _example(words):
        return [example]
    if has_finite_verb(lowered(expanded(words))):
        return None
    verb = is_verb(low[0]) or (low[0].endswith("s") and is_verb(low[0][:-1]))
    clause = low[1:2] and low[1] in DETERMINERS | PREPOSITIONS - {"of", "for"}
    noun = is_often_a_noun(low[0]) or is_often_a_noun(low[0][:-1])
    if verb and not asked and low[0] not in _MINE and (not noun or clause):
        return [Ask(Wants.HEAR, f"about “{joined(words)}”")]
    thing = swapped(lower_heading(words))
    noun_second = len(low) > 1 and low[1] in {"skills", "ability", "experience", "knowledge"}
    bare = low[0] not in DETERMINERS and low[0] != "me"
    if low[0] in _MINE or (bare and (noun_second or asked or low[-1] == "skills")):
        thing = ["my", *thing]
    return [Ask(Wants.HEAR, joined(["about", *_reflexive_free(thing)]))]


def _stated(words: Words, text: str, *, asked: bool) -> list[Ask]:
    """Read a statement, or a question in the order of a statement ("You left in May?")."""
    first = words[0].lower().partition("'")[0]
    if asked and first in SUBJECTS:
        return [Ask(Wants.KNOW, joined(["whether", *_plain(words)]))]
    if asked:
        return [Ask(Wants.QUOTED, _capital(text) + "?")]
    return [Ask(Wants.TOLD, joined(swapped(expanded(words))))]
