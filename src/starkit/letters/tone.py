"""The tone of a message after a rejection (A23, A24): accepted, feedback only, no heat."""

import re
from collections.abc import Iterator
from functools import cache

import attrs

from starkit.data import read_words
from starkit.findings import Finding, Findings

# A sentence, with what ends it; what has no stop is a sentence, too. "Mr." ends none.
_SENTENCE = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|no|e\.g|i\.e)\.|[^.?!\n])+[.?!]*", re.IGNORECASE)

# Far more than anybody reads in a message; what comes after is not looked at.
_LONGEST = 5_000

# What turns a word round when it stands at most three words before it: "I do not blame anybody",
# "there is no pressure". The words between are counted, not nested.
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|cannot|nobody|nothing|free of|far from|rather than"
    r"|instead of)|n't)(?:[ ,]+[\w'’-]+){0,3}[ ,]+$",
    re.IGNORECASE,
)
_LOOK_BACK = 60

# Whoever is thanked for being quick is not pressed: "thank you for writing within a week". Thanks
# for what is still to come do press, and so does a request behind them: "thank you please reply".
_THANKED = re.compile(
    r"\bthank(?:s| you)\b(?: (?!in\b)\w+){0,3}? for\b"
    r"(?:(?!\b(?:but|and|please|kindly|(?:i|we) (?:do |will |still |also )?"
    r"(?:expect|need|want|must|require|demand|insist|hope|ask))\b)[^,;:]){0,80}$",
    re.IGNORECASE,
)
_THANKS_BACK = 100

# Three or more words in capitals are shouting, one or two are a name: "HR", "NHS England".
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:['’][A-Z]+)?(?:[ ,]+[A-Z]{1,}(?:['’][A-Z]+)?){2,}\b")
_EXCLAIMED = re.compile(r"!{2,}|\?{2,}|[!?]{3,}")

_WHITE = re.compile(r"\s+")


@attrs.frozen
class _Heat:
    """One kind of wording that a message is better without."""

    name: str
    file: str
    advice: str


_PRESSURE = _Heat("pressure", "pressure.txt", "Leave it out: let them answer when it suits them.")
# The gravest first.
_HEATS = (
    _Heat("threat", "threat.txt", "Leave it out: nobody gives feedback to a threat."),
    _Heat("anger", "anger.txt", "Leave it out: they remember how you took it (A32)."),
    _Heat("blame", "blame.txt", "Leave it out: ask what you could do better, not what they did."),
    _Heat("blame", "blame_mild.txt", "Leave it out: between the lines it reads as a reproach."),
    _PRESSURE,
    _Heat(
        "something else than feedback",
        "other.txt",
        "Ask for feedback and nothing else; what else you want can wait for another day.",
    ),
)


# A look-behind has to be of fixed width, so the space in it stays one space.
_LOOK_BEHIND = re.compile(r"(\(\?<![^)]*\))")


def _any_white(line: str) -> str:
    """A line of a word list as a pattern in which a space stands for any white space."""
    parts = _LOOK_BEHIND.split(line)
    return "".join(
        part if _LOOK_BEHIND.fullmatch(part) else part.replace(" ", r"\s+") for part in parts
    )


@cache
def _pattern(file: str) -> "re.Pattern[str]":
    lines = [_any_white(line) for line in read_words(f"tone/{file}")]
    return re.compile(rf"(?<![\w'’])(?:{'|'.join(lines)})(?!\w)", re.IGNORECASE)


@cache
def _turned_round() -> "re.Pattern[str]":
    lines = "|".join(_any_white(line) for line in read_words("tone/accepts_not.txt"))
    between = "to|fully|really|quite|simply|just|ever|honestly|easily|readily|in|yet|possibly|but"
    return re.compile(
        rf"(?:\b|(?=n't))(?:{lines})(?:[ ,]+(?:{between})){{0,3}}[ ,]*$", re.IGNORECASE
    )


def check_message(text: str) -> Findings:
    """Say what a message after a rejection has too much or too little of (A23, A24).

    It should accept the decision clearly and up front, ask for feedback and for nothing else, and
    carry no anger, blame, threat or pressure. The message of each finding begins with what it is
    about (``acceptance``, ``feedback``, ``anger``, ``blame``, ``threat``, ``pressure``,
    ``something else than feedback``); ``where`` has the half-open character offsets of the words
    in ``text``, and the words.

    It knows wordings and not what is meant: the plain ones and many mild ones ("surprised not to
    be chosen given my experience"). A reproach in words of its own passes, so read the message
    once as whoever gets it will.

    >>> check_message(
    ...     "Dear Ms Okafor, I fully accept your decision. I would be glad of any feedback."
    ... ).ok
    True
    >>> for finding in check_message("I am furious. Send me your feedback."):
    ...     print(finding.rule, finding.message, "|", finding.where)
    A24 acceptance: the message does not say that you accept the decision |
    A24 anger: 'furious' | characters 5-12: 'furious'
    """
    plain = text[:_LONGEST].replace("’", "'")
    sentences = [(found.start(), found[0]) for found in _SENTENCE.finditer(plain)]
    accepted, refused = _acceptance(sentences)
    asked = next(_feedback_asked(sentences), None)
    return Findings(
        (
            *_accepting(accepted, refused, asked, text),
            *_asking(asked),
            *_heated(plain, sentences, text),
            *_too_long(text),
        )
    )


def _acceptance(sentences: list[tuple[int, str]]) -> tuple[int | None, tuple[int, int] | None]:
    """Where the decision is first accepted, and where words of acceptance are turned round."""
    refused = None
    for start, sentence in sentences:
        for found in _pattern("accepts.txt").finditer(sentence):
            before = sentence[max(0, found.start() - _LOOK_BACK) : found.start()]
            if not _turned_round().search(before):
                return start + found.start(), None
            refused = refused or (start + found.start(), start + found.end())
    return None, refused


def _feedback_asked(sentences: list[tuple[int, str]]) -> Iterator[int]:
    for start, sentence in sentences:
        for found in _pattern("feedback.txt").finditer(sentence):
            yield start + found.start()


def asks_for_feedback(text: str) -> bool:
    """Tell whether a text asks for feedback, or for its equal (A16).

    >>> asks_for_feedback("I would value any pointers."), asks_for_feedback("customer feedback")
    (True, False)
    """
    return _pattern("feedback.txt").search(text.replace("’", "'")) is not None


def _accepting(
    accepted: int | None, refused: tuple[int, int] | None, asked: int | None, text: str
) -> Iterator[Finding]:
    if accepted is None:
        yield Finding(
            "A24",
            "error",
            "acceptance: the message does not say that you accept the decision",
            where=_place(*refused, text) if refused else "",
            advice="Say it in so many words, such as 'I fully accept your decision'.",
        )
    elif asked is not None and asked < accepted:
        yield Finding(
            "A23",
            "advice",
            "acceptance: it comes after the request",
            where=_place(accepted, accepted + len("accept"), text),
            advice="Say up front that you accept the decision, and then ask.",
        )


def _asking(asked: int | None) -> Iterator[Finding]:
    if asked is None:
        yield Finding(
            "A24",
            "error",
            "feedback: the message does not ask for it",
            advice="Ask for feedback in one plain sentence.",
        )


def _too_long(text: str) -> Iterator[Finding]:
    if len(text) > _LONGEST:
        yield Finding(
            "A24",
            "advice",
            f"length: the message has {len(text):,} characters, of which {_LONGEST:,} were read",
            advice="A request for feedback fits into a few lines.",
        )


def _heated(plain: str, sentences: list[tuple[int, str]], text: str) -> Iterator[Finding]:
    spans = [
        (start + found.start(), start + found.end(), heat)
        for heat in _HEATS
        for start, sentence in sentences
        for found in _pattern(heat.file).finditer(sentence)
        if not _taken_back(heat, sentence, found.start())
    ]
    for pattern in (_SHOUTED, _EXCLAIMED):
        spans += [(found.start(), found.end(), _PRESSURE) for found in pattern.finditer(plain)]
    for start, end, heat in _apart(spans):
        seen = _WHITE.sub(" ", text[start:end])
        yield Finding(
            "A24",
            "error",
            f"{heat.name}: '{seen}'",
            where=_place(start, end, text),
            advice=heat.advice,
        )


def _taken_back(heat: _Heat, sentence: str, start: int) -> bool:
    """Tell whether what stands before a wording turns it round."""
    if _NEGATED.search(sentence[max(0, start - _LOOK_BACK) : start]):
        return True
    thanks = sentence[max(0, start - _THANKS_BACK) : start]
    return heat is _PRESSURE and _THANKED.search(thanks) is not None


def _apart(spans: list[tuple[int, int, _Heat]]) -> list[tuple[int, int, _Heat]]:
    """The spans in order of reading; of those that overlap, the first of the graver kind."""
    kept: list[tuple[int, int, _Heat]] = []
    reached = 0
    for span in sorted(spans, key=lambda span: (span[0], _HEATS.index(span[2]), -span[1])):
        if span[0] >= reached:
            kept.append(span)
            reached = span[1]
        elif _HEATS.index(span[2]) < _HEATS.index(kept[-1][2]):
            kept[-1] = span
            reached = max(reached, span[1])
    return kept


def _place(start: int, end: int, text: str) -> str:
    return f"characters {start}-{end}: '{_WHITE.sub(' ', text[start:end])}'"
