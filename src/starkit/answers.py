"""Answers: repeat the question, confirm the result, tell at most five points at a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import attrs
from rapidfuzz import fuzz, utils

from starkit.cells import cell
from starkit.data import read_json, read_words
from starkit.findings import Finding, Findings
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.questions import in_sentence
from starkit.requirements import Requirement
from starkit.restating import Ask, Wants, asks_in, restate, wants_story
from starkit.stories import PARTS, Story, has_outcome, spoken_seconds

__all__ = [
    "Answer",
    "Piece",
    "check_answer",
    "confirm_result",
    "outline",
    "points_of",
    "read_answer",
    "restate",
]


def _strings(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@attrs.frozen
class Piece:
    """What is said between two check-ins: a few points, then a question to the interviewer (A6).

    Attributes:
        points: The points, in the order of telling, without their final stop.
        check_in: The question that ends the piece, ``""`` when there is none.
        parts: For each point, the part of the story that it comes from; empty when unknown.

    >>> Piece(("I rang the supplier", "I moved the delivery"), "Shall I go on?").points[0]
    'I rang the supplier'
    """

    points: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    check_in: str = ""
    parts: tuple[str, ...] = attrs.field(default=(), converter=_strings, kw_only=True)

    @property
    def text(self) -> str:
        """The piece as spoken: a line for each point and one for the check-in."""
        lines = [_stopped(point) for point in self.points]
        return "\n".join([*lines, self.check_in] if self.check_in else lines)


def _pieces_kept(value: Iterable["Piece"]) -> tuple["Piece", ...]:
    return tuple(value)


@attrs.frozen
class Answer:
    """An answer in pieces, with its two openings (A3).

    Attributes:
        question: The interviewer's question.
        restated: The question as the candidate repeats it.
        confirmation: The question that confirms the required result.
        pieces: The pieces, in the order of telling.
        story_title: The title of the story told, ``""`` when there is none.

    >>> story = Story("Rota", "Two of us were ill.", "Fill the gaps.", "I rang round.", "All filled.")
    >>> answer = outline("Tell me about a time you solved a problem", story)
    >>> len(answer.pieces), answer.points[-1]
    (1, 'All filled')
    """

    question: str
    restated: str
    confirmation: str
    pieces: tuple[Piece, ...] = attrs.field(converter=_pieces_kept)
    story_title: str = ""

    @property
    def points(self) -> tuple[str, ...]:
        """The points of all pieces, in the order of telling."""
        return tuple(point for piece in self.pieces for point in piece.points)

    @property
    def text(self) -> str:
        """The whole answer as spoken: the openings, then a paragraph for each piece."""
        opening = " ".join(part for part in (self.restated, self.confirmation) if part)
        return "\n\n".join([opening, *(piece.text for piece in self.pieces)]).strip()

    @property
    def spoken_seconds(self) -> float:
        """How long the answer takes to say, in seconds, at the default pace."""
        return spoken_seconds(self.text)

    def _repr_html_(self) -> str:
        return cell("answer", answer=self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(self.text)


def _stopped(point: str) -> str:
    return point if point[-1:] in ".?!…" else point + "."


# --- the two openings (A3) ------------------------------------------------------------------------

# A requirement is quoted whole up to this many words; a longer one ends at its first clause.
_QUOTED_WORDS = 24
_CLAUSE_END = re.compile(r"[;:.(]\s|,\s|\s[–—-]\s")
# "Tell me about somebody whom you trained": one case, of which the result is wanted.
_ONE_CASE = re.compile(
    r"(?:an?|one|somebody|someone|something|some)\b.* (?:that|which|whom?|when|where)\b(?!.* came of)"
)
# "When have you had to wait?" asks for a case, too: "how it turned out when I had to wait".
_WHEN_DONE = re.compile(r"when (?:\S+ ){1,4}?(?:have|has) ")
_PERFECT = re.compile(r"\b(?:have|has) (?=(?:had|\w+ed)\b)")
_EXAMPLE_TAIL = re.compile(r"[\w -]*?\b(?:examples?|instances?|evidence) (?:of )?(.+)")


def confirm_result(question: str, requirement: Requirement | str | None = None) -> str:
    """Return the question by which the candidate confirms the required result (A3).

    It is made of the requirement's words, or else of the question's; nothing is added to them.

    Args:
        question: The interviewer's question.
        requirement: What the question is about, when it is known.

    Raises:
        QuestionError: The question has no words.

    >>> confirm_result("Tell me about a time you led a team through change")
    'Before I answer: do you want to hear mainly how it turned out when I led a team through change?'
    >>> confirm_result("How do you plan your day?")
    'Before I answer: do you want a picture of how I plan my day, or one example with its result?'
    >>> confirm_result("How do you plan your day?", "Ability to plan your own work")
    'Before I answer: do you want a result that shows what the advert calls “ability to plan your own
    work”?'
    """
    asked = requirement.text if isinstance(requirement, Requirement) else requirement
    asks = asks_in(question)
    if asked and (words := quotable(asked)):
        wanted = f"do you want a result that shows what the advert calls “{words}”"
    else:
        wanted = next((found for ask in asks if (found := _wanted(ask))), "")
    return f"Before I answer: {wanted or 'which result matters most to you'}?"


def _wanted(ask: Ask) -> str:
    """Return what the candidate asks back, as somebody would say it; "" where nothing fits."""
    words = ask.words
    if ask.wants is Wants.EXAMPLE:
        match = _EXAMPLE_TAIL.fullmatch(words)
        tail = match.group(1) if match else words
        link = "how it turned out" if tail.startswith(("when ", "where ")) else "what came of"
        return f"do you want to hear mainly {link} {tail}"
    if ask.wants is Wants.HEAR:
        about = re.sub(r"^.*?\b(?:about|of) ", "", words, count=1)
        if _ONE_CASE.match(about):
            return f"do you want to hear mainly what came of {about}"
        return f"do you want a picture of {about}, or one example with its result"
    if ask.wants is Wants.KNOW and words.startswith(("how", "what", "why")):
        case = (
            "an example from my own work" if " would " in words else "one example with its result"
        )
        return f"do you want a picture of {words}, or {case}"
    if ask.wants is Wants.KNOW and _WHEN_DONE.match(words):
        return f"do you want to hear mainly how it turned out {_PERFECT.sub('', words)}"
    if ask.wants is Wants.KNOW:
        return f"do you want just to know {words}, or the story behind it too"
    if ask.wants is Wants.DO:
        return f"what do you most need to hear when I {words}"
    return ""


def quotable(requirement: str) -> str:
    text = " ".join(requirement.split()).strip("-–—•*·▪ .;:,")
    if len(text.split()) > _QUOTED_WORDS:
        end = next(
            (m.start() for m in _CLAUSE_END.finditer(text) if len(text[: m.start()].split()) >= 3),
            len(text),
        )
        text = text[:end]
    _, _, rest = text.partition(" ")
    # "Registered Nurse with ...": the capitals of a title stay together.
    return text if rest[:1].isupper() else in_sentence(text)


# --- from a story to an answer --------------------------------------------------------------------


def outline(question: str, story: Story, *, policy: Policy = DEFAULT_POLICY) -> Answer:
    """Return an answer to ``question`` told from ``story``, in pieces with check-ins (A6, A10).

    The points are the story's own sentences and clauses; nothing is added, nothing is left out.
    An empty part gives no point.

    Args:
        question: The interviewer's question.
        story: The story to tell.
        policy: Says how many points a piece may have.

    Raises:
        QuestionError: The question has no words.

    >>> story = Story("Builds", "CI took 40 minutes.", "Halve it.",
    ...     "I measured; then I cached wheels. I split the tests. I asked for review.", "11 minutes.")
    >>> for piece in outline("Describe a time you improved something", story).pieces:
    ...     print(piece.points, piece.check_in)
    ('CI took 40 minutes', 'Halve it', 'I measured') Is this the direction you wanted?
    ('then I cached wheels', 'I split the tests', 'I asked for review', '11 minutes')
    Does that answer your question, or would another example help?
    """
    told = [(part, point) for part in PARTS for point in points_of(story.parts[part])]
    runs = _runs([part for part, _ in told], policy.points_per_piece)
    spoken = _spoken()
    pieces = []
    for number, (start, end) in enumerate(runs):
        last = number == len(runs) - 1
        check_ins = spoken["check_ins"]
        pieces.append(
            Piece(
                tuple(point for _, point in told[start:end]),
                spoken["last_check_in"] if last else check_ins[number % len(check_ins)],
                parts=tuple(part for part, _ in told[start:end]),
            )
        )
    return Answer(question, restate(question), confirm_result(question), pieces, story.title)


def _runs(parts: Sequence[str], limit: int) -> list[tuple[int, int]]:
    """Cut the points in as few runs of at most ``limit`` as there can be, where a person would ask.

    Nobody asks before a deed is told, or with one point to go: such cuts cost most and third most. A
    cut inside a part costs less inside the action, and a short piece least.
    """
    count = len(parts)
    if not count:
        return []
    wanted = -(-count // limit)
    best: list[dict[int, tuple[float, tuple[int, ...]]]] = [{0: (0.0, ())}]
    for _ in range(wanted):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best[-1].items():
            for end in range(start + 1, min(start + limit, count) + 1):
                here = cost + _cut_cost(parts, end) + (limit - (end - start)) ** 2 / limit**2
                if end not in reached or here < reached[end][0]:
                    reached[end] = (here, (*cuts, end))
        best.append(reached)
    cuts = best[-1][count][1]
    return list(zip((0, *cuts), cuts, strict=False))


def _cut_cost(parts: Sequence[str], end: int) -> float:
    """What it costs to stop before the point number ``end``; nothing after the last one."""
    if end == len(parts):
        return 0.0
    first = parts.index("action") if "action" in parts else 0
    early = 20.0 + first - end if end <= first else 0.0
    late = 4.0 if end == len(parts) - 1 else 0.0
    inside = (3.0 if parts[end] == "action" else 10.0) if parts[end - 1] == parts[end] else 0.0
    return early + late + inside


# --- reading an answer as it is spoken ------------------------------------------------------------


@cache
def _spoken() -> dict[str, Any]:
    content: dict[str, Any] = read_json("spoken.json")
    return content


def _phrases(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        r"(?<![\w'])(?:" + "|".join(re.escape(word) for word in longest_first) + r")(?![\w'])",
        re.IGNORECASE,
    )


@cache
def _cues(name: str) -> re.Pattern[str]:
    return _phrases(_spoken()[name])


@cache
def _word_list(name: str) -> re.Pattern[str]:
    return _phrases(read_words(name))


_BULLET = re.compile(r"\s*(?:[-–—•*·▪‣◦]|\(?\d{1,2}[.)]|\(?[a-h][.)])\s+(?=\S)")
_PART_LABEL = re.compile(
    r"[*_#\s]*(?P<part>situation|background|context|task|goal|action|actions|result|results|outcome"
    r"|[star])[*_]*\s*[:–—-][*_]*\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
# A label may also stand alone, as a heading of its own line.
_PART_HEADING = re.compile(
    r"[*_#\s]*(?P<part>situation|background|context|task|goal|actions?|results?|outcome)[*_#:\s]*",
    re.IGNORECASE,
)
_PART_OF_LABEL = {
    "situation": "situation", "background": "situation", "context": "situation", "s": "situation",
    "task": "task", "goal": "task", "t": "task", "action": "action", "actions": "action",
    "a": "action", "result": "result", "results": "result", "outcome": "result", "r": "result",
}  # fmt: skip
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|mr|mrs|ms|dr|prof|no|[a-z])\.)$", re.IGNORECASE
)
_STOP = re.compile(r"[.?!…]+[”\"')]*(?=\s|$)")
# Where one point ends and the next begins inside a sentence. A joint begins where its run of blanks and
# commas begins, so that a long run is not read again from each of its places.
_JOINT = re.compile(
    r"(?<!\s)\s*+;[\s,;]*+"
    r"|(?<![\s,])[\s,]++(?:and|but|so)(?=\s+(?:then|after that|afterwards|next|finally|eventually"
    r"|as a result)\b)[\s,]+"
    r"|(?<![\s,])[\s,]++(?=(?:and\s+)?after that\b)"
    r"|(?<!\s)\s*+,\s*+(?=then\b)"
    r"|(?<!\bsince)(?<!\bby)(?<!\b(?:till|back|even|only))(?<!\buntil)(?<!\s)\s++(?=then\s+(?:i|we|she|he|they)\b)",
    re.IGNORECASE,
)
# Further joints of speech written down without stops; used for long sentences alone. Nobody puts more
# than a few fillers in a row.
_SOFT_JOINT = re.compile(
    r"(?<![\s,])[\s,]++(?:and|so(?! that\b(?!\s+(?:is|was|went|did|worked)\b))|but)"
    r"(?:\s++(?:so|um|er|erm|like|yeah|basically|obviously)\b){0,8}+\s++"
    r"(?=(?:i|we|he|she|they|it|the result|in the end|my|me and|our|that|there|everyone|nobody|now)\b)",
    re.IGNORECASE,
)
# A reason stays with its deed: "by hand because there was no time and we had no digger".
_REASON = re.compile(
    r"\b(?:because|since|as|so that|in order (?:to|that)|which meant)\b", re.IGNORECASE
)
_STATE = re.compile(
    r"[\s,]*(?:and|but)\s+\w+(?:\s+\w+)?\s+(?:is|are|was|were|had|has|have|could|would|did|might|wasn't"
    r"|weren't|hadn't|couldn't|wouldn't|didn't)\b",
    re.IGNORECASE,
)
# A reason that stands after a full stop ("I dug by hand. Because there was no time."), and not one
# that goes on to its deed ("Because he was ill, I dug", "Because he was ill I dug").
_REASON_ALONE = re.compile(
    r"(?:which (?:meant|is why)\b.*"
    r"|(?!because of\b|\w+(?: \w+)+?(?<!\band)(?<!\bbut)(?<!\bthat)(?<!because) (?:I|we)\b)"
    r"(?:because|in order to|so that(?! (?:is|was|went|did|worked)\b))\b[^,]*)",
    re.IGNORECASE | re.DOTALL,
)
_LONG_SENTENCE = 30  # words
_SHORTEST_CLAUSE = 4  # words
_WORD = re.compile(r"[\w'’-]+")


def _sentences(text: str) -> list[str]:
    found, start = [], 0
    for match in _STOP.finditer(text):
        piece = text[start : match.end()]
        if match.group().startswith(".") and _ABBREVIATION.search(piece[-8:]):
            continue
        found.append(piece.strip())
        start = match.end()
    found.append(text[start:].strip())
    out: list[str] = []
    for sentence in found:
        if out and not out[-1].endswith("?") and _REASON_ALONE.fullmatch(sentence):
            out[-1] = f"{out[-1]} {sentence}"
        elif _WORD.search(sentence):
            out.append(sentence)
    return out


def _clauses(sentence: str) -> list[str]:
    clauses = [clause for clause in _JOINT.split(sentence) if clause and _WORD.search(clause)]
    # A transcript has no stops: what runs on without one is heard clause by clause.
    unstopped = (
        not _STOP.search(sentence[-3:]) and len(_WORD.findall(sentence)) > _LONG_SENTENCE // 2
    )
    out: list[str] = []
    for clause in clauses:
        spoken = unstopped or len(_WORD.findall(clause)) > _LONG_SENTENCE
        out.extend(_soft_clauses(clause) if spoken else [clause])
    return out


def _soft_clauses(clause: str) -> list[str]:
    out: list[tuple[int, int, int]] = []  # start, end, words
    joints = [joint.span() for joint in _SOFT_JOINT.finditer(clause)]
    start = 0
    for end, after in (*joints, (len(clause), len(clause))):
        if _in_reason(clause, start, end):
            continue
        words = len(_WORD.findall(clause, start, end))
        if out and (words < _SHORTEST_CLAUSE or out[-1][2] < _SHORTEST_CLAUSE):
            first, joined, before = out[-1]
            out[-1] = first, end, before + len(_WORD.findall(clause, joined, end))
        else:
            out.append((start, end, words))
        start = after
    return [clause[start:end] for start, end, words in out if words]


def _in_reason(clause: str, start: int, joint: int) -> bool:
    """Tell whether what a joint adds to a reason is a state, and so a part of that reason."""
    return (
        joint < len(clause)
        and _REASON.search(clause, start, joint) is not None
        and _STATE.match(clause, joint) is not None
    )


def _units(text: str) -> Iterator[tuple[str, bool, str | None]]:
    """Yield the sentences and bullets of a text: words, whether a bullet, the part it is labelled."""
    part: str | None = None
    prose: list[str] = []
    bullet: list[str] = []

    def flush() -> Iterator[tuple[str, bool, str | None]]:
        if bullet:
            yield " ".join(bullet), True, part
        elif prose:
            for sentence in _sentences(" ".join(prose)):
                yield sentence, False, part
        bullet.clear()
        prose.clear()

    for line in text.splitlines():
        if not line.strip():
            yield from flush()
            continue
        marked = _BULLET.match(line)
        body = line[marked.end() :] if marked else line
        if heading := _PART_HEADING.fullmatch(body):
            yield from flush()
            part = _PART_OF_LABEL[heading["part"].lower()]
            continue
        if label := _PART_LABEL.fullmatch(body):
            yield from flush()
            part = _PART_OF_LABEL[label["part"].lower()]
            body = label["rest"].strip(" *_")
            if not body:
                continue
        if marked:
            yield from flush()
            bullet.append(body.strip())
        elif bullet and line[:1].isspace():
            bullet.append(body.strip())
        else:
            if bullet or (prose and prose[-1].rstrip()[-1:] not in ",-–—" and _starts_line(body)):
                yield from flush()
            prose.append(body.strip())
    yield from flush()


def _starts_line(body: str) -> bool:
    # A line that begins in upper case or a digit is a sentence of its own; else it was wrapped.
    return body.lstrip()[:1].isupper() or body.lstrip()[:1].isdigit()


def points_of(text: str) -> tuple[str, ...]:
    r"""Return the points that a text makes: bullets, sentences and joined clauses, as they stand.

    Final stops are left out; asides ("Good question.") and questions are no points.

    >>> points_of("I rang the supplier and then I moved the delivery; nobody waited.")
    ('I rang the supplier', 'then I moved the delivery', 'nobody waited')
    >>> points_of("- first\n- second, with a detail. And a note.")
    ('first', 'second, with a detail. And a note')
    """
    return tuple(
        point for unit, bullet, _ in _units(text) for point in _unit_points(unit, bullet=bullet)
    )


def _unit_points(unit: str, *, bullet: bool) -> list[str]:
    if bullet:
        return [" ".join(unit.split()).rstrip(".;, ")]
    if unit.rstrip("”\"') ").endswith(("?", ":")):  # a question, or what leads into a list
        return []
    points = (" ".join(clause.split()).rstrip(".;,!… ") for clause in _clauses(unit))
    return [point for point in points if not _is_aside(point)]


def _is_aside(point: str) -> bool:
    plain = _word_list("fillers.txt").sub(" ", point.lower().replace("’", "'"))
    plain = " ".join(_WORD.findall(plain))
    return not plain or plain in _asides()


@cache
def _asides() -> frozenset[str]:
    return frozenset(_spoken()["asides"])


def read_answer(text: str, *, question: str) -> Answer:
    """Return a spoken answer as a value: which words open it, and its points by piece.

    A question to the interviewer after a point is a check-in and ends its piece (A6). ``restated``
    and ``confirmation`` are the words that do it, ``""`` when none do (A3).

    Args:
        text: The answer as it would be spoken: prose, bullets, numbered lines or a transcript.
        question: The question that it answers.

    >>> answer = read_answer("You'd like to know why I left. Is that right? I moved house.",
    ...     question="Why did you leave?")
    >>> answer.restated, answer.confirmation, answer.points
    ("You'd like to know why I left.", 'Is that right?', ('I moved house',))
    """
    restated, confirmation = "", ""
    pieces: list[Piece] = []
    points: list[str] = []
    parts: list[str] = []
    labelled = False
    for unit, bullet, part in _units(text.replace("’", "'")):
        opening = not pieces and len(points) < 2 and not bullet
        if opening and not points and not restated and _repeats(unit, question):
            restated = unit
            if _asks_to_confirm(unit):
                confirmation = unit
            continue
        if opening and not confirmation and _asks_to_confirm(unit):
            confirmation = unit
            continue
        if not bullet and _is_check_in(unit):
            if points:
                pieces.append(Piece(points, unit, parts=parts if labelled else ()))
                points, parts = [], []
            continue
        found = _unit_points(unit, bullet=bullet)
        points += found
        parts += [part or ""] * len(found)
        labelled = labelled or part is not None
    if points:
        pieces.append(Piece(points, parts=parts if labelled else ()))
    return Answer(question, restated, confirmation, pieces)


def _is_check_in(unit: str) -> bool:
    asked = unit.rstrip("”\"') ").endswith("?")
    cue = _cues("check_in_cues").search(unit) is not None
    to_you = re.search(r"\byou(?:r|'d)?\b", unit, re.IGNORECASE) is not None
    return cue if not asked else (cue or to_you)


def _asks_to_confirm(unit: str) -> bool:
    asked = unit.rstrip("”\"') ").endswith("?")
    return asked and _cues("confirm_cues").search(unit) is not None


# Scores, 0-100, from which an opening counts as repeating the question; measured by
# benchmarks/language_rules.py on the labelled openings of tests/data/answers.
_REPEATS_FROM = 70.0
_REPEATS_WITH_CUE_FROM = 50.0

_COMMON = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "give",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "like",
        "me",
        "might",
        "my",
        "myself",
        "of",
        "on",
        "one",
        "or",
        "our",
        "please",
        "tell",
        "that",
        "the",
        "their",
        "them",
        "there",
        "this",
        "time",
        "to",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yourself",
        "example",
        "describe",
        "explain",
        "know",
        "hear",
        "also",
        "occasion",
    ]
)


def _content(text: str) -> list[str]:
    words = utils.default_process(text.replace("'", "")).split()
    return [word for word in words if word not in _COMMON] or words


def repeat_score(opening: str, question: str) -> float:
    """Return how much of a question's words an opening repeats, 0-100.

    The words of the question and of its restatement both count, so that *I left* repeats *did you
    leave*. Two words are the same from a similarity of 75 on.

    >>> repeat_score("Why did I leave my last job?", "Why did you leave your last job?")
    100.0
    """
    given = _content(opening)
    return max(_share_repeated(_content(said), given) for said in (question, restate(question)))


def _share_repeated(wanted: Sequence[str], given: Sequence[str]) -> float:
    if not wanted or not given:
        return 0.0
    best = (max(fuzz.ratio(word, other) for other in given) for word in wanted)
    return 100.0 * sum(1 for score in best if score >= 75) / len(wanted)


# An opening that goes on for longer than this is an answer that uses the question's words.
_LONGEST_OPENING = 12  # words, beside twice those of the question


def _repeats(opening: str, question: str) -> bool:
    longest = _LONGEST_OPENING + 2 * len(_WORD.findall(question))
    if len(_WORD.findall(opening)) > longest:
        return False
    cue = _cues("repeat_cues").search(opening) is not None
    return repeat_score(opening, question) >= (_REPEATS_WITH_CUE_FROM if cue else _REPEATS_FROM)


# --- checks ---------------------------------------------------------------------------------------

_RESULT_CUE = re.compile(
    r"\b(?:as a result|the result|result was|in the end|the outcome|outcome was|since then|ever since"
    r"|ended up|we ended|it ended|to this day|paid off|which meant|this meant|that meant|led to|resulted in"
    r"|by the end|now (?:they|we|the|it)|from then on|the upshot|consequently|so now|afterwards)\b",
    re.IGNORECASE,
)
_I = re.compile(r"\b(?:I|I['’](?:m|d|ll|ve)|me|my|mine|myself)\b")
_I_LOWER = re.compile(r"\bi(?:['’](?:m|d|ll|ve))?\b")
_WE = re.compile(r"\b(?:we|we['’](?:re|d|ll|ve)|us|our|ours|ourselves)\b", re.IGNORECASE)


def check_answer(
    answer_or_text: Answer | str, *, question: str, policy: Policy = DEFAULT_POLICY
) -> Findings:
    r"""Say what keeps an answer from holding the interviewer (A3, A5, A6, A10, A13).

    Errors: the question is not repeated, the result that is needed is not confirmed (A3), a piece
    has too many points (A6), a story is asked for and no result is told (A5). The rest is advice.

    Args:
        answer_or_text: An ``Answer``, or free text as it would be spoken.
        question: The question that it answers.
        policy: Says how many points a piece may have and how long an answer may be.

    >>> said = "You would like to know why I want this job. Is that what you need? I like teaching."
    >>> check_answer(said, question="Why do you want this job?").ok
    True
    >>> check_answer("- a\n- b\n- c\n- d\n- e\n- f", question="Why you?").rules
    ('A3', 'A6', 'A10')
    """
    if isinstance(answer_or_text, Answer):
        answer, text = answer_or_text, answer_or_text.text
        repeated = bool(answer.restated.strip()) and _repeats(answer.restated, question)
    else:
        text = answer_or_text
        answer = read_answer(text, question=question)
        repeated = bool(answer.restated)
    if not answer.points:
        return Findings(
            [
                Finding(
                    "A5",
                    "error",
                    "the answer has no points yet",
                    where="answer",
                    advice="Say what you did and how it ended, in one to five points.",
                )
            ]
        )
    return Findings(
        (
            *_openings(repeated=repeated, confirmed=bool(answer.confirmation.strip())),
            *_pieces(answer, policy),
            *_star(answer, question),
            *_wording(answer, text, policy),
        )
    )


def _openings(*, repeated: bool, confirmed: bool) -> Iterator[Finding]:
    if not repeated:
        yield Finding(
            "A3",
            "error",
            "the opening does not repeat the question",
            where="opening",
            advice="Begin with the question in your own words, so that both of you know it is the same one.",
        )
    if not confirmed:
        yield Finding(
            "A3",
            "error",
            "the required result is not confirmed",
            where="opening",
            advice="Ask which result the interviewer needs before you tell yours.",
        )


def _pieces(answer: Answer, policy: Policy) -> Iterator[Finding]:
    limit = policy.points_per_piece
    start, count = 1, 0
    for number, piece in enumerate(answer.pieces, start=1):
        count += len(piece.points)
        if not piece.check_in and number < len(answer.pieces):
            continue  # without a check-in the next piece is heard as the same one
        if count > limit:
            name = f"piece {start}" if start == number else f"pieces {start} to {number}"
            yield Finding(
                "A6",
                "error",
                f"{count} points before the interviewer can speak, where {limit} hold attention",
                where=name,
                advice="Drop or merge points, or put a check-in after the fifth at the latest."
                if limit == 5
                else f"Drop or merge points, or put a check-in after point {limit} at the latest.",
            )
        start, count = number + 1, 0
    if not answer.pieces[-1].check_in:
        yield Finding(
            "A10",
            "advice",
            "the answer ends without a check-in",
            where=f"piece {len(answer.pieces)}",
            advice="Ask whether this is the direction the interviewer wanted; it keeps the channel open.",
        )


def _star(answer: Answer, question: str) -> Iterator[Finding]:
    parts = [part for piece in answer.pieces for part in piece.parts]
    labelled = len(parts) == len(answer.points) and any(parts)
    if not labelled and not wants_story(question):
        return
    if labelled:
        yield from _labelled_star(answer, parts)
        return
    yield from _free_star(answer.points)


def _labelled_star(answer: Answer, parts: Sequence[str]) -> Iterator[Finding]:
    told = [part for part in parts if part]
    for part in PARTS:
        if part not in told:
            if part == "result":
                yield _no_result()
            else:
                yield Finding(
                    "A5",
                    "advice",
                    f"the {part} is not told",
                    where=part,
                    advice="Say it in one sentence, so that the result can be followed.",
                )
    order = [PARTS.index(part) for part in told]
    if order != sorted(order):
        yield Finding(
            "A5",
            "advice",
            "the parts are not told in the order situation, task, action, result",
            where="answer",
            advice="Tell them in that order; it is the one that an interviewer writes down.",
        )
    result = [point for point, part in zip(answer.points, parts, strict=True) if part == "result"]
    if result and not has_outcome(" ".join(result)):
        yield _weak_result()


def _no_result() -> Finding:
    return Finding(
        "A5",
        "error",
        "no result is told",
        where="result",
        advice="Say how it ended: a number, an amount, a time or a named outcome.",
    )


def _weak_result() -> Finding:
    return Finding(
        "A5",
        "advice",
        "the result has no number, amount, time or named outcome",
        where="result",
        advice="Add what changed: how much, how many, how fast, or what came of it.",
    )


def _free_star(points: Sequence[str]) -> Iterator[Finding]:
    """Look for the result in the last third of the points, or where words announce it."""
    cued = [index for index, point in enumerate(points) if _RESULT_CUE.search(point)]
    tail = max(0, len(points) - max(1, round(len(points) / 3)))
    ended = [index for index in range(tail, len(points)) if has_outcome(points[index])]
    if not cued and not ended:
        yield _no_result()
        return
    if not ended and not any(has_outcome(points[index]) for index in cued):
        yield _weak_result()
    last = max([*cued, *ended])
    if cued and cued[0] == 0 and len(points) > 2 and last == 0:
        yield Finding(
            "A5",
            "advice",
            "the result comes before what led to it",
            where="answer",
            advice="Tell situation, task, action, then the result, and end on it.",
        )


def _wording(answer: Answer, text: str, policy: Policy) -> Iterator[Finding]:
    told = " ".join(answer.points)
    alone = len(_I.findall(told)) + len(_I_LOWER.findall(told))
    together = len(_WE.findall(told))
    if together > alone:
        yield Finding(
            "beyond",
            "advice",
            f"we is said {together} times and I {alone}",
            where="answer",
            advice="Say what you did yourself; keep we for what the team did.",
        )
    for name, message, advice in (
        ("fillers.txt", "filler words", "Pause instead; a short silence keeps attention."),
        ("hedges.txt", "hedging words", "Say what you did as plainly as you would write it."),
    ):
        found = dict.fromkeys(match.group().lower() for match in _word_list(name).finditer(told))
        if found:
            yield Finding(
                "beyond",
                "advice",
                f"{message}: {', '.join(found)}",
                where="answer",
                advice=advice,
            )
    seconds = spoken_seconds(text, policy=policy)
    if seconds > policy.longest_answer_seconds:
        yield Finding(
            "beyond",
            "advice",
            f"it takes about {seconds:.0f} seconds to say",
            where="answer",
            advice=f"Aim at {policy.longest_answer_seconds} seconds at most.",
        )
