"""Questions to practise aloud, and how it went: what to ask next comes from what was told before."""

import datetime
import math
from collections.abc import Iterable

import attrs

from starkit.alignment import Alignment, align
from starkit.answers import Answer, confirm_result, outline, restate
from starkit.choosing import Choice
from starkit.errors import QuestionError
from starkit.feedback import Verdict
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.questions import LikelyQuestion, general_questions, likely_questions, questions_for
from starkit.requirements import Priority, Requirement
from starkit.stories import Story, StoryBank
from starkit.timescales import as_day


@attrs.frozen
class PracticeQuestion:
    """One question to practise, with what there is to say to it.

    Attributes:
        question: What the interviewer asks.
        answer: The two openings (A3) and a story in pieces of at most five points, each with its
            check-in (A6); without a story, the openings alone.
        requirement: What the advert asks that it is about, ``""`` when there is no advert.

    >>> PracticeQuestion(LikelyQuestion("Why this job?"), Answer("Why this job?", "", "", ())).told
    False
    """

    question: LikelyQuestion
    answer: Answer
    requirement: str = ""

    @property
    def told(self) -> bool:
        """Whether there is a story to tell."""
        return bool(self.answer.story_title)


def _question(value: object) -> str:
    text = str(value) if isinstance(value, str | LikelyQuestion) else ""
    if not text.strip():
        raise QuestionError("question", value, "give the question that was practised")
    return " ".join(text.split())


def _on(value: object) -> datetime.date:
    return as_day("on", value)


def _verdict(value: object) -> Verdict:
    try:
        return Verdict(str(value))
    except ValueError:
        raise QuestionError("verdict", value, f"give one of {', '.join(Verdict)}") from None


def _seconds(value: object) -> float:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    if not known or not math.isfinite(value) or value < 0:  # type: ignore[arg-type,operator]
        raise QuestionError("seconds", value, "give the time that the answer took, 0 or more")
    return float(value)  # type: ignore[arg-type]


@attrs.frozen
class PracticeRecord:
    """How the telling of one answer went.

    Attributes:
        question: The question that was practised.
        on: The day on which it was.
        verdict: How it went, in your own judgement: ``good``, ``mixed`` or ``poor``.
        seconds: How long the answer took, in seconds, 0 or more.
        story: The title of the story told, ``""`` when there was none.
        competency: The competency that the question probes, ``""`` when it is not known.
        note: What to do better the next time.

    Raises:
        QuestionError: The question is empty, the verdict is none of the three, or the time is no
            number of seconds.

    >>> record = PracticeRecord("Why this job?", datetime.date(2026, 12, 1), "mixed", seconds=140)
    >>> record.verdict, record.too_long()
    (<Verdict.MIXED: 'mixed'>, True)
    """

    question: str = attrs.field(converter=_question)
    on: datetime.date = attrs.field(converter=_on)
    verdict: Verdict = attrs.field(converter=_verdict)
    seconds: float = attrs.field(kw_only=True, converter=_seconds)
    story: str = attrs.field(default="", kw_only=True)
    competency: str = attrs.field(default="", kw_only=True)
    note: str = attrs.field(default="", kw_only=True)

    def too_long(self, *, policy: Policy = DEFAULT_POLICY) -> bool:
        """Tell whether it took longer than an answer should (``longest_answer_seconds``)."""
        return self.seconds > policy.longest_answer_seconds


_PRIORITY_ORDER = (Priority.ESSENTIAL, Priority.DESIRABLE, Priority.UNSTATED)

# The bank has more than one question for a requirement; the next is taken when one stands already.
_CHOICES = 6


def practice_questions(
    alignment: Alignment, choice: Choice | None = None, *, policy: Policy = DEFAULT_POLICY
) -> tuple[PracticeQuestion, ...]:
    """Return a question for each requirement that wants a story, essential first, none twice.

    Args:
        alignment: What the advert asks and which stories answer it; a pack has it as
            ``pack.alignment``.
        choice: The stories to take, ``pack.choice``: where one of them answers, it is told.
        policy: The numbers behind the rules, such as the points of a piece (A6).

    >>> story = Story("Rota", "Two were ill.", "Fill gaps.", "I planned a new rota.", "All filled.")
    >>> [item] = practice_questions(align(["Experience of planning rotas"], [story]))
    >>> print(item.question)
    Tell me about your experience of planning rotas.
    >>> item.answer.story_title, len(item.answer.pieces[0].points) <= 5
    ('Rota', True)
    """
    taken = {chosen.story.title for chosen in choice or ()}
    numbers = [n for n, item in enumerate(alignment.requirements) if item.wants_story]
    numbers.sort(key=lambda n: _PRIORITY_ORDER.index(alignment.requirements[n].priority))
    found: dict[str, PracticeQuestion] = {}
    for number in numbers:
        requirement = alignment.requirements[number]
        questions = likely_questions(requirement, n=_CHOICES)
        question = next((item for item in questions if item.text not in found), None)
        if question is not None:
            stories = [match.story for match in alignment.matches(number)]
            story = next((item for item in stories if item.title in taken), None)
            best = story or next(iter(stories), None)
            found[question.text] = _practised(question, best, requirement, policy)
    return tuple(found.values())


def competency_questions(
    competency: str = "",
    bank: StoryBank | Iterable[Story] = (),
    *,
    policy: Policy = DEFAULT_POLICY,
) -> tuple[PracticeQuestion, ...]:
    """Return the question bank's questions for one competency, with the stories that answer them.

    Args:
        competency: One of the bank's; without it, the questions that any interview may bring.
        bank: The stories to tell.
        policy: The numbers behind the rules.

    Raises:
        QuestionError: The question bank has no such competency; it lists those that it has.

    >>> print(competency_questions("safeguarding")[0].question)
    What does safeguarding mean to you in this role?
    >>> print(competency_questions()[0].question)
    Tell me about yourself.
    """
    asked = questions_for(competency) if competency else general_questions()
    stories = bank if isinstance(bank, StoryBank) else StoryBank(tuple(bank))
    alignment = align(asked, stories, policy=policy)
    why = f"it asks for {competency}" if competency else "any interview may bring it"
    found = []
    for number, text in enumerate(asked):
        matches = alignment.matches(number)
        story = matches[0].story if matches else None
        question = LikelyQuestion(text, competency, why=why)
        found.append(_practised(question, story, None, policy))
    return tuple(found)


def _practised(
    question: LikelyQuestion, story: Story | None, requirement: Requirement | None, policy: Policy
) -> PracticeQuestion:
    text = question.text
    confirmed = confirm_result(text, requirement)
    if story is None:
        answer = Answer(text, restate(text), confirmed, ())
    else:
        answer = attrs.evolve(outline(text, story, policy=policy), confirmation=confirmed)
    return PracticeQuestion(question, answer, requirement.text if requirement else "")


_NEED = {Verdict.POOR: 1, Verdict.MIXED: 2, Verdict.GOOD: 3}


def practise_next(
    questions: Iterable[PracticeQuestion], records: Iterable[PracticeRecord]
) -> tuple[PracticeQuestion, ...]:
    """Return the questions with those first that need practice most.

    What was never practised comes first, then what went poorly, mixed and well the last time,
    the longest ago before the newest; what is alike keeps its order.

    Args:
        questions: The questions, as ``practice_questions`` gives them.
        records: What was practised before, the oldest first, as a journal gives it.

    >>> day = datetime.date(2026, 12, 1)
    >>> asked = competency_questions("safeguarding")[:2]
    >>> record = PracticeRecord(asked[0].question, day, "good", seconds=90)
    >>> practise_next(asked, [record])[0] == asked[1]
    True
    """
    last: dict[str, PracticeRecord] = {}
    for record in records:
        before = last.get(record.question)
        if before is None or before.on <= record.on:
            last[record.question] = record

    def need(item: PracticeQuestion) -> tuple[int, datetime.date]:
        record = last.get(_question(item.question))
        if record is None:
            return 0, datetime.date.min
        return _NEED[record.verdict], record.on

    return tuple(sorted(questions, key=need))
