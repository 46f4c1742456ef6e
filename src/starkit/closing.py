"""Closing questions: three to five, with next steps, timescale and feedback among them (A7-A10)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

import attrs

from starkit.data import read_json
from starkit.errors import PluginError, QuestionError
from starkit.findings import Finding, Findings, Severity
from starkit.plugins import CLOSING, checked, contents
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.questions import is_grave, kind_of, topic_of
from starkit.requirements import Requirement, Requirements


class Topic(StrEnum):
    """What a closing question asks about.

    >>> Topic("next_steps").value
    'next_steps'
    """

    NEXT_STEPS = "next_steps"
    TIMESCALE = "timescale"
    FEEDBACK = "feedback"
    CONCERNS = "concerns"
    ROLE = "role"
    TEAM = "team"
    CULTURE = "culture"
    SUCCESS_MEASURES = "success_measures"
    OTHER = "other"


@attrs.frozen
class ClosingQuestion:
    """A question for the candidate to ask at the end of an interview.

    Attributes:
        text: The question.
        topic: What it asks about.
        requirement: The advert's words that it comes from, ``""`` when it comes from none.
        why: What it is good for.
        rules: The rules that it serves.

    >>> ClosingQuestion("What are the next steps?", "next_steps", rules=("A8",)).topic
    <Topic.NEXT_STEPS: 'next_steps'>
    """

    text: str
    topic: Topic = attrs.field(converter=Topic)
    requirement: str = attrs.field(default="", kw_only=True)
    why: str = attrs.field(default="", kw_only=True)
    rules: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple)

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class NextSteps:
    """What the interviewer answered when asked for the next steps (A8).

    Attributes:
        process: What happens next, in the interviewer's words.
        timescale: By when, in the interviewer's words ("a week", a date).

    >>> check_next_steps(NextSteps(process="a second interview")).rules
    ('A8',)
    """

    process: str = ""
    timescale: str = ""


CHECKLIST = (
    "Keep the communication channel open.",
    "Confirm that you, and the answer, are going in the right direction.",
    "Keep the door open for feedback, during the interview and afterwards.",
)
"""The article's three strategies, which stand on every checklist (A10)."""


@cache
def _bank() -> Any:
    bank = read_json("closing-questions.json")
    added = [
        _checked(plugin, entry) for plugin, entries in contents(CLOSING) for entry in entries or ()
    ]
    # What a plugin adds comes first: who installs it wants to see it.
    return bank | {"general": [*added, *bank["general"]]}


def _checked(plugin: str, entry: Any) -> Mapping[str, Any]:
    checked(CLOSING, plugin, entry, {"text": str, "topic": str})
    if entry["topic"] not in list(Topic):
        seen = f"{entry['topic']!r} is no topic"
        raise PluginError(CLOSING, plugin, seen, f"choose from: {', '.join(Topic)}")
    return {"why": "", "rules": []} | dict(entry)


# --- which topic ----------------------------------------------------------------------------------

# From the most particular topic to the least: of two topics that score the same, the first wins.
_BY_PARTICULARITY = (
    Topic.FEEDBACK,
    Topic.TIMESCALE,
    Topic.NEXT_STEPS,
    Topic.SUCCESS_MEASURES,
    Topic.CONCERNS,
    Topic.OTHER,
    Topic.TEAM,
    Topic.CULTURE,
    Topic.ROLE,
)
_LEAST_SCORE = 2  # a topic with less behind it is a guess, and the question is OTHER
_NO_WORD = re.compile(r"[^\w' /-]+")


@cache
def _cues() -> dict[Topic, tuple[tuple[int, re.Pattern[str]], ...]]:
    content = read_json("closing-cues.json")
    return {
        topic: tuple(
            (weight, re.compile(rf"(?<![\w'])(?:{pattern})(?![\w])"))
            for weight, pattern in content[topic]
        )
        for topic in Topic
    }


def _scores(text: str) -> dict[Topic, int]:
    plain = " ".join(_NO_WORD.sub(" ", text.lower().replace("’", "'")).split())[:1000]
    return {
        topic: sum(weight for weight, pattern in cues if pattern.search(plain))
        for topic, cues in _cues().items()
    }


def classify_question(text: str) -> Topic:
    """Return what a closing question asks about.

    >>> classify_question("What happens after today?").value
    'next_steps'
    >>> classify_question("May I come back to you for feedback, whether or not I get the job?").value
    'feedback'
    >>> classify_question("Is there a canteen?").value
    'other'
    """
    scores = _scores(text)
    best = max(_BY_PARTICULARITY, key=lambda topic: scores[topic])
    return best if scores[best] >= _LEAST_SCORE else Topic.OTHER


# What a question covers beside its main topic: one question may ask for steps and for a date.
_ASKED_FROM = 4


def _covers(question: "str | ClosingQuestion", topic: Topic) -> bool:
    text = str(question)
    if isinstance(question, ClosingQuestion) and question.topic is topic:
        return True
    return classify_question(text) is topic or _scores(text)[topic] >= _ASKED_FROM


# Permission for feedback in both outcomes (A9): "if I get the job or not", "either way".
_BOTH_OUTCOMES = re.compile(
    r"\b(?:whether (?:or not|i|i'm|i am|it|you|the|my)\b.*?(?:\bor\b|\bnot\b)|whether or not|or not\b|either way"
    r"|(?:in )?either case|both ways|in both cases|(?:what|which)ever (?:the|you|way|happens|is|it|your)|whatever\b"
    r"|regardless|no matter (?:what|how|which|whether)|successful or (?:not|unsuccessful)|offer or no offer"
    r"|even if\b.*?\b(?:no|not|unsuccessful|n't)\b|yes or no|irrespective|win or lose|job or no job|good or bad|hired or not"
    r"|if i (?:get|am offered|'m offered) .{0,30}\b(?:and|or) (?:if|also if|even if) i (?:do not|don't|am not|'m not))",
    re.IGNORECASE,
)
# An agreement on who makes contact after the timescale (A14, A17).
_FOLLOW_UP = re.compile(
    r"\b(?:(?:if i (?:have not|haven't|don't|do not|had not|hadn't) (?:hear|heard|had|got|get|received))"
    r"|(?:may|can|could|should|shall|might|would it be (?:ok|okay|all right|alright|fine) (?:if|for|to)|happy for me to"
    r"|mind if)\b.{0,50}?\b(?:get (?:back )?in (?:touch|contact)|contact|call|ring|phone|email|e-mail|chase|follow up"
    r"|check in|drop you|write to|come back))",
    re.IGNORECASE,
)


def check_closing(
    questions: "Sequence[str | ClosingQuestion]", *, policy: Policy = DEFAULT_POLICY
) -> Findings:
    """Say what a list of closing questions lacks (A7-A10, A14).

    Errors: fewer or more questions than the policy allows (A7), next steps not asked (A8),
    feedback not asked for, or for one outcome alone (A9). Advice: no timescale (A8), nobody asks
    whether the answers went in the right direction (A10), no agreement on the follow-up (A14).

    Args:
        questions: The questions, as plain strings or as ``ClosingQuestion`` values.
        policy: Says how few and how many questions there may be.

    >>> check_closing([question.text for question in suggest_closing()]).ok
    True
    >>> check_closing(["What are the next steps?", "Who is in the team?"]).rules
    ('A7', 'A9', 'A8', 'A10', 'A14')
    """
    if isinstance(questions, str | ClosingQuestion):
        questions = [questions]
    asked = [question for question in questions if str(question).strip()]
    found = [
        *_how_many(asked, policy),
        *_steps_asked(asked),
        *_feedback_asked(asked),
        *_door_kept_open(asked),
    ]
    return Findings(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))


def _how_many(asked: "Sequence[str | ClosingQuestion]", policy: Policy) -> Iterator[Finding]:
    different = len({" ".join(str(question).lower().split()) for question in asked})
    low, high = policy.closing_min, policy.closing_max
    if low <= different <= high:
        return
    advice = (
        f"Add {low - different} more, so that the interviewer hears what matters to you."
        if different < low
        else f"Keep the {high} that matter most; the rest can go in your thank-you note."
    )
    yield Finding(
        "A7",
        Severity.ERROR,
        f"{different} closing question{'' if different == 1 else 's'}, "
        f"where {low} to {high} close an interview",
        where="closing",
        advice=advice,
    )


def _steps_asked(asked: "Sequence[str | ClosingQuestion]") -> Iterator[Finding]:
    bank = _bank()["fixed"]
    if not any(_covers(question, Topic.NEXT_STEPS) for question in asked):
        yield Finding(
            "A8",
            Severity.ERROR,
            "the process is not asked for",
            where="closing, next steps",
            advice=f"Ask: {bank['next_steps']['text']}",
        )
    if not any(_covers(question, Topic.TIMESCALE) for question in asked):
        yield Finding(
            "A8",
            Severity.ADVICE,
            "the timescale is not asked for",
            where="closing, timescale",
            advice=f"Ask: {bank['timescale']['text']}",
        )


def _feedback_asked(asked: "Sequence[str | ClosingQuestion]") -> Iterator[Finding]:
    about = [question for question in asked if _covers(question, Topic.FEEDBACK)]
    if about and any(_BOTH_OUTCOMES.search(str(question).replace("’", "'")) for question in about):
        return
    yield Finding(
        "A9",
        Severity.ERROR,
        "feedback is asked for without naming both outcomes"
        if about
        else "feedback is not asked for",
        where="closing, feedback",
        advice=f"Ask: {_bank()['fixed']['feedback']['text']}",
    )


def _door_kept_open(asked: "Sequence[str | ClosingQuestion]") -> Iterator[Finding]:
    if not any(_covers(question, Topic.CONCERNS) for question in asked):
        yield Finding(
            "A10",
            Severity.ADVICE,
            "no question asks whether your answers went in the right direction",
            where="closing, direction",
            advice="Ask whether there is anything that you should go into again.",
        )
    plain = [str(question).replace("’", "'") for question in asked]
    if not any(_FOLLOW_UP.search(text) and not _only_feedback(text) for text in plain):
        yield Finding(
            "A14",
            Severity.ADVICE,
            "no follow-up is agreed for when the timescale has passed",
            where="closing, follow-up",
            advice="Ask: If I have not heard by then, may I get in touch just after that date?",
        )


def _only_feedback(text: str) -> bool:
    return "feedback" in text.lower() and "heard" not in text.lower()


def check_next_steps(steps: NextSteps) -> Findings:
    """Say which of process and timescale the interviewer's answer left open (A8).

    >>> check_next_steps(NextSteps("a panel decides", "a week")).ok
    True
    >>> [finding.where for finding in check_next_steps(NextSteps())]
    ['next steps, process', 'next steps, timescale']
    """
    missing = []
    for name, text, question in (
        ("process", steps.process, "What happens next, and who decides?"),
        ("timescale", steps.timescale, "By when will that be?"),
    ):
        if not text.strip():
            missing.append(
                Finding(
                    "A8",
                    Severity.ERROR,
                    f"the {name} is not recorded",
                    where=f"next steps, {name}",
                    advice=f"Ask, now or in your thank-you note: {question}",
                )
            )
    return Findings(missing)


# --- suggestions ----------------------------------------------------------------------------------


def suggest_closing(
    requirements: "Requirements | Iterable[Requirement | str] | None" = None,
    *,
    n: int = 5,
    policy: Policy = DEFAULT_POLICY,
) -> tuple[ClosingQuestion, ...]:
    """Return ``n`` closing questions in the order of asking (A7-A10, A14).

    Of three or more, next steps, timescale (with the follow-up agreed) and permission for feedback
    in both outcomes are always among them and come last. Before them stands one made of the advert's own words, of a
    duty where it has one that can be spoken of, essential requirements first, and one that asks
    whether the answers went in the right direction; without an advert they are general. Where a
    policy allows fewer than three, next steps go first, and feedback is the second.

    Args:
        requirements: What the advert asks for.
        n: How many, from ``policy.closing_min`` to ``policy.closing_max``.
        policy: Says how few and how many questions there may be.

    Raises:
        QuestionError: ``n`` is outside the policy.

    >>> for question in suggest_closing(["Manage the ward rota"], n=4):
    ...     print(question.topic)
    success_measures
    next_steps
    timescale
    feedback
    """
    if not policy.closing_min <= n <= policy.closing_max:
        raise QuestionError(
            "n", n, f"ask for {policy.closing_min} to {policy.closing_max} closing questions"
        )
    fixed = [
        ClosingQuestion(entry["text"], topic, why=entry["why"], rules=entry["rules"])
        for topic, entry in _bank()["fixed"].items()
    ]
    wanted = n - len(fixed)
    if wanted < 0:
        # A policy may allow fewer than three; feedback and the next steps go last.
        return tuple(fixed[:1] + fixed[2:] if n == 2 else fixed[:n])
    own = list(_from_requirements(requirements))
    general = [
        ClosingQuestion(entry["text"], entry["topic"], why=entry["why"], rules=entry["rules"])
        for entry in _bank()["general"]
    ]
    rest = _chosen(own, general, wanted)
    return (*rest, *fixed)


def _chosen(
    own: list[ClosingQuestion], general: list[ClosingQuestion], wanted: int
) -> list[ClosingQuestion]:
    """Choose ``wanted`` questions: the best of the advert's own, and the direction (A10)."""
    picked: list[ClosingQuestion] = []
    for question in [*own[:1], *general, *own[1:]] if wanted > 0 else ():
        # Two questions of one topic would sound like one asked twice.
        if all(question.topic is not other.topic for other in picked):
            picked.append(question)
    direction = [question for question in picked if question.topic is Topic.CONCERNS]
    picked = [question for question in picked if question.topic is not Topic.CONCERNS]
    if wanted < 2:
        direction = []  # next steps, timescale and feedback leave one place: the job has it
    return [*picked[: max(wanted - len(direction), 0)], *direction]


_RANK_OF_KIND = {"duty": 0, "experience": 1, "skill": 2, "knowledge": 3, "attribute": 4}
# What is seldom what a job is for.
_MINOR = re.compile(
    r"^(?:help|assist|attend|cover|keep|shoot|test)(?:s|ing|ting)?\b|\b(?:clean|tidy|spotless|reception|photos?)\b"
)
_RANK_OF_PRIORITY = {"essential": 0, "unstated": 1, "desirable": 2}


def _from_requirements(
    requirements: "Requirements | Iterable[Requirement | str] | None",
) -> Iterator[ClosingQuestion]:
    """Yield a question for each requirement that can be spoken of, the most telling first.

    A duty says what the job has to achieve (A11). What cannot be quoted in a sentence of good English,
    hours, years and papers among them, is left out: a general question is better than an odd one.
    """
    templates = _bank()["from_requirement"]
    ranked = []
    for index, requirement in enumerate(requirements or ()):
        if isinstance(requirement, Requirement):
            text, kind = requirement.text, requirement.kind
            priority = str(requirement.priority)
        else:
            text, priority = requirement, "unstated"
            kind = kind_of(text)
        topic = topic_of(text, kind) if kind in templates else None
        if topic is not None and not _MINOR.search(topic[1]):
            rank = _RANK_OF_KIND[kind], _RANK_OF_PRIORITY[priority], index
            ranked.append((rank, kind, topic, text))
    for _, kind, (lead, phrase), text in sorted(ranked):
        entry, grave = templates[kind], is_grave(text)
        if grave and "grave" not in entry:
            continue
        yield ClosingQuestion(
            entry["grave" if grave else "text"].format(asked=f"{lead} “{phrase}”".strip()),
            entry["topic"],
            requirement=text,
            why=entry["grave_why" if grave else "why"],
            rules=entry["rules"],
        )
