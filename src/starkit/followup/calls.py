"""To call or not to call: three questions, in this order (A19-A24)."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from starkit.cells import cell
from starkit.errors import FollowUpError, TimescaleError
from starkit.followup.agreements import Missed, missed_agreements
from starkit.followup.application import Application, Outcome, Party, Stage, yes_no_or_unknown
from starkit.followup.dates import contact_date, letter_date
from starkit.followup.routes import Route, RouteStep, contact_route
from starkit.letters import Listener, Purpose, opening_line
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.timescales import WorkingDays, as_day, in_words


class Advice(StrEnum):
    """What to do.

    >>> Advice("call") is Advice.CALL
    True
    """

    CALL = "call"
    WAIT = "wait"
    DO_NOT_CALL = "do not call"
    ANSWER_FIRST = "answer first"  # a question has to be answered before there is advice


@attrs.frozen
class Answers:
    """Your answers to the three questions; ``None`` where you have none.

    Attributes:
        conforms: Does the call conform with the agreed or stated procedure and timescale (A19)?
        supports: Does it support the relationships, and so your chances (A20)?
        improves: Does it help you to improve on future applications (A21)?

    Raises:
        FollowUpError: An answer is neither yes, no nor ``None``.

    >>> Answers(conforms=False).supports is None
    True
    """

    conforms: bool | None = attrs.field(default=None, kw_only=True, validator=yes_no_or_unknown)
    supports: bool | None = attrs.field(default=None, kw_only=True, validator=yes_no_or_unknown)
    improves: bool | None = attrs.field(default=None, kw_only=True, validator=yes_no_or_unknown)


_NAMES = tuple(field.name for field in attrs.fields(Answers))


def _answers(value: object) -> Answers:
    """Answers from a value of their own, a mapping by name, or three in their order."""
    if isinstance(value, Answers):
        return value
    if value is None:
        return Answers()
    if isinstance(value, Mapping):
        unknown = [name for name in value if name not in _NAMES]
        if unknown:
            raise FollowUpError("answers", unknown[0], f"give some of {', '.join(_NAMES)}")
        return Answers(**value)
    # A set has no order, so nobody knows which answer is to which question.
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == len(_NAMES):
        return Answers(**dict(zip(_NAMES, value, strict=True)))
    raise FollowUpError("answers", value, f"give a mapping with some of {', '.join(_NAMES)}")


@attrs.frozen
class Question:
    """One of the three questions, with its answer.

    Attributes:
        number: 1, 2 or 3.
        rule: The rule's number.
        text: The question.
        answer: The answer; ``None`` when it is not known, or was not reached.
        reached: Whether the questions before it left it to be answered.
        derived: Whether the answer follows from the dates and the door, and was not given.
        why: Why the answer is what it is, or what has to be answered.

    >>> Question(1, "A19", "Does it conform?", answer=True, reached=True, derived=True).answer
    True
    """

    number: int
    rule: str
    text: str
    answer: bool | None = None
    reached: bool = False
    derived: bool = False
    why: str = ""

    def __str__(self) -> str:
        said = {True: "yes", False: "no", None: "not answered"}[self.answer]
        return f"{self.number}. {self.text} {said if self.reached else 'not reached'}. {self.why}"


_TEXTS = (
    ("A19", "Does it conform with the agreed or stated procedure and timescale?"),
    ("A20", "Does it support the relationships involved, and so raise your chances?"),
    ("A21", "Does it help you to improve on future applications?"),
)


@attrs.frozen
class Opening:
    """The words to open with, for one listener (A23).

    >>> Opening("hr", "Good morning").listener
    <Listener.HR: 'hr'>
    """

    listener: Listener = attrs.field(converter=Listener)
    words: str


@attrs.frozen
class CallDecision:
    """Whether to call, with all that led there.

    Attributes:
        advice: ``call``, ``wait``, ``do not call`` or ``answer first``.
        questions: The three questions in their order.
        likelihood: Lowest and highest likelihood, 0-1, of getting this job, once question 3 is
            reached (A22); ``None`` otherwise, since nobody knows.
        cost: What it costs.
        when: The working day for it; ``None`` when there is nothing to do yet.
        route: Whom to contact, step by step (A25-A29).
        step: The step of the route to take.
        openings: The words to open with, for everybody who may answer (A23).
        missed: The agreements whose lack made the question necessary (A14).
        ahead: The day of the interview while it is still to come: then there is nothing to follow
            up, and no route, words or agreement of the decision is of use yet.

    >>> application = Application("Harbour Foods", "Driver", channel="direct", stage="decision")
    >>> decision = should_call(
    ...     application, datetime.date(2026, 12, 17),
    ...     answers={"conforms": False, "supports": False, "improves": True},
    ... )
    >>> decision.call, decision.likelihood
    (True, (0.0, 0.2))
    """

    advice: Advice
    questions: tuple[Question, ...]
    likelihood: tuple[float, float] | None
    cost: str
    when: datetime.date | None
    route: Route
    step: RouteStep
    openings: tuple[Opening, ...]
    missed: tuple[Missed, ...]
    ahead: datetime.date | None = None

    @property
    def call(self) -> bool:
        """Whether the advice is to call."""
        return self.advice is Advice.CALL

    @property
    def to_answer(self) -> Question | None:
        """The question that has to be answered before there is advice."""
        if self.advice is not Advice.ANSWER_FIRST:
            return None
        return next(item for item in self.questions if item.reached and item.answer is None)

    @property
    def opening(self) -> str:
        """The words for the first who may answer; empty when there is no call to make."""
        return self.openings[0].words if self.openings else ""

    @property
    def band(self) -> str:
        """The likelihood in words; empty when question 3 was not reached."""
        if self.likelihood is None:
            return ""
        return f"under {self.likelihood[1] * 100:g} %"

    @property
    def headline(self) -> str:
        """The advice in a sentence, with the day for it.

        >>> application = Application("Harbour Foods", "Driver", channel="direct", stage="decision")
        >>> should_call(application, datetime.date(2026, 12, 17), answers=(True, True, None)).headline
        'Call on Thursday 17 December 2026.'
        """
        day = f" on {in_words(self.when)}" if self.when else ""
        if self.ahead is not None:
            return f"Do not call yet: the interview is still to come, on {in_words(self.ahead)}."
        if self.to_answer is not None:
            return f"Answer first: {self.to_answer.text}"
        if self.call:
            return f"Call{day}."
        return f"Wait; contact falls due{day}." if self.when else "Do not call."

    def _repr_html_(self) -> str:
        return cell("decision", decision=self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text("\n".join([self.headline, self.cost, *map(str, self.questions)]))


@attrs.frozen
class _Conforms:
    """What the dates and the door say about question 1."""

    answer: bool | None
    why: str
    due: datetime.date | None = None
    wait: bool = False  # the agreement stands, and its day has not come
    ahead: datetime.date | None = None  # the interview that is still to come


def should_call(
    application: Application,
    today: datetime.date,
    *,
    answers: Answers | Mapping[str, bool | None] | Iterable[bool | None] | None = None,
    caller: str = "",
    country: str = "GB",
    subdiv: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> CallDecision:
    """Return whether to call, by the three questions in their order (A18-A24).

    Question 1 follows from the dates and the door where it can: with an open door it is *yes* once
    the agreed day has come, and before that day it is *no*, whoever asks. Everything else is taken
    from ``answers``; a needed answer that is missing is asked for (``Advice.ANSWER_FIRST``) and
    not guessed. A *yes* ends the questions with a call; the third is reached by two times *no*,
    and then the likelihood of getting this job is under 20 % (A22).

    With an open door whose day has not come the advice is to wait, and so it is while the
    interview is still to come (``CallDecision.ahead``): a call about the day itself, its time or
    its place, is no follow-up and needs no advice.

    Args:
        application: How far it is, through whom, and where the door was left open.
        today: The day on which you ask.
        answers: Your answers: ``Answers``, a mapping with ``conforms``, ``supports`` and
            ``improves``, or the three in this order.
        caller: Your name, for the opening words.
        country: Whose working days count, as for ``next_contact``.
        subdiv: Which part of the country.
        policy: Holds the grace in days and the likelihood of question 3.

    Raises:
        FollowUpError: An answer or a date cannot be used, or the day lies before the decision.
        PlaceError: The country or the part is not known.

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="direct", stage="interview",
    ...     interviewed=datetime.date(2026, 12, 17), timescale="a week", door_open="interview",
    ... )
    >>> decision = should_call(application, datetime.date(2026, 12, 23))
    >>> str(decision.advice), decision.when
    ('wait', datetime.date(2026, 12, 29))
    >>> str(should_call(application, datetime.date(2026, 12, 29)).advice)
    'call'
    """
    day = as_day("today", today)
    given = _answers(answers)
    _ensure_decided(application, day)
    workdays = WorkingDays(country, subdiv)
    fact = _conforms(application, day, country=country, subdiv=subdiv, policy=policy)
    questions = _asked(fact, given)
    advice = _advice(fact, questions)
    route = contact_route(application)
    return CallDecision(
        advice=advice,
        questions=questions,
        likelihood=_likelihood(questions, application, policy),
        cost=_cost(advice, fact, questions, application, policy),
        when=_when(advice, fact, questions, day, workdays),
        route=route,
        step=route.contact,
        openings=_openings(advice, fact, application, route.contact, caller),
        missed=() if fact.ahead else _missed(advice, application, day),
        ahead=fact.ahead,
    )


def _ensure_decided(application: Application, today: datetime.date) -> None:
    """Refuse a day before the decision that the call would follow up.

    Of an interview that is still to come there is something to say, and it is said as advice.
    """
    decided = application.decided if application.stage is Stage.DECISION else None
    if decided is not None and today < decided:
        told = f"the decision came on {in_words(decided)}: give that day or a later one"
        raise FollowUpError("today", today.isoformat(), told)


def _conforms(
    application: Application,
    today: datetime.date,
    *,
    country: str,
    subdiv: str | None,
    policy: Policy,
) -> _Conforms:
    ahead = application.interviewed
    if application.stage is Stage.INTERVIEW and ahead is not None and ahead > today:
        why = f"The interview is on {in_words(ahead)}: agree there when you may be in touch (A8)."
        return _Conforms(answer=False, why=why, wait=True, ahead=ahead)
    if application.stage is Stage.DECISION:
        if application.is_door_open():
            why = "You asked beforehand whether you may come back for feedback (A9)."
            return _Conforms(answer=True, why=why)
        return _Conforms(answer=None, why="Nothing was agreed about coming back for feedback.")
    try:
        due = contact_date(application, country=country, subdiv=subdiv, policy=policy)
    except TimescaleError as error:
        text = str(error)
        return _Conforms(answer=None, why=f"{text[:1].upper()}{text[1:]}.")
    if due is None:
        return _Conforms(answer=None, why=_no_day(application))
    by_letter = due == letter_date(application, country=country, subdiv=subdiv)
    return _on_time(due, today, is_open=application.is_door_open(), by_letter=by_letter)


def _no_day(application: Application) -> str:
    """Why no day for contact can be worked out."""
    if application.timescale is None:
        return "No timescale is known (A8)."
    event = "application" if application.stage is Stage.APPLIED else "interview"
    return f"The day of the {event} is not known, and the timescale counts from it."


def _on_time(
    due: datetime.date, today: datetime.date, *, is_open: bool, by_letter: bool
) -> _Conforms:
    """Question 1 while nothing is decided: has the time come, and was it agreed?"""
    if today < due:
        given, rule = ("your letter names", "A16") if by_letter else ("was given", "A17")
        why = f"The time that {given} is not over: contact falls due on {in_words(due)} ({rule})."
        return _Conforms(answer=False, why=why, due=due, wait=is_open)
    if is_open:
        why = f"You had said that you would be in touch, and it fell due on {in_words(due)}."
        return _Conforms(answer=True, why=why, due=due)
    why = "The time that was given is over, but that you would be in touch was not agreed."
    return _Conforms(answer=None, why=why, due=due)


def _asked(fact: _Conforms, given: Answers) -> tuple[Question, ...]:
    """The three questions; one is reached when those before it were answered with no."""
    questions = []
    reached = True
    for number, ((rule, text), said) in enumerate(
        zip(_TEXTS, (given.conforms, given.supports, given.improves), strict=True), 1
    ):
        if not reached:
            questions.append(Question(number, rule, text, why="An earlier answer decides."))
            continue
        derived = number == 1 and fact.answer is not None
        answer = fact.answer if derived else said
        why = "You said so." if answer is not None else "This has to be answered first."
        if number == 1:
            why = fact.why if derived else f"{fact.why} {why}"
        questions.append(
            Question(number, rule, text, answer=answer, reached=True, derived=derived, why=why)
        )
        reached = answer is False and not (number == 1 and fact.wait)
    return tuple(questions)


def _advice(fact: _Conforms, questions: tuple[Question, ...]) -> Advice:
    if fact.wait:
        return Advice.WAIT
    last = [item for item in questions if item.reached][-1]
    if last.answer is None:
        return Advice.ANSWER_FIRST
    return Advice.CALL if last.answer else Advice.DO_NOT_CALL


def _when(
    advice: Advice,
    fact: _Conforms,
    questions: tuple[Question, ...],
    today: datetime.date,
    workdays: WorkingDays,
) -> datetime.date | None:
    if advice is Advice.WAIT:
        return fact.due
    if advice is not Advice.CALL:
        return None
    # For feedback alone nothing is lost by letting the time that was given run out.
    last_resort = questions[2].reached and fact.due is not None and fact.due > today
    return fact.due if last_resort else workdays.on_or_after(today)


def _cost(
    advice: Advice,
    fact: _Conforms,
    questions: tuple[Question, ...],
    application: Application,
    policy: Policy,
) -> str:
    if fact.ahead is not None:
        return (
            "Ask there what the next steps are and when you will hear (A8), and whether you may "
            "come back for feedback either way (A9). A call about the day itself, its time or its "
            "place, is no follow-up."
        )
    cost = {
        Advice.WAIT: "To wait costs nothing; to call now breaks what was agreed (A19).",
        Advice.ANSWER_FIRST: "Not known until the question is answered.",
        Advice.DO_NOT_CALL: (
            "A call would harm the relationships and teach you nothing (A20, A21). What is lost is "
            "lost: make the agreement in the next application before you need it (A14)."
        ),
        Advice.CALL: _cost_of_calling(questions, application, policy),
    }[advice]
    if fact.due is not None and fact.answer is False and not fact.wait:
        return f"{cost} To wait until {in_words(fact.due)} costs nothing."
    return cost


def _likelihood(
    questions: tuple[Question, ...], application: Application, policy: Policy
) -> tuple[float, float] | None:
    # A22 speaks of a job that is still to be won: an offer has won it.
    if questions[2].reached and application.outcome is not Outcome.OFFERED:
        return (0.0, policy.last_resort_likelihood)
    return None


def _cost_of_calling(
    questions: tuple[Question, ...], application: Application, policy: Policy
) -> str:
    if application.outcome is Outcome.OFFERED:
        return (
            "Nothing: you have the offer. Say thank you, and agree by which day you will answer it."
        )
    if questions[2].reached:
        return (
            "You accept that your chance of this job is under "
            f"{policy.last_resort_likelihood * 100:g} %, and that the call harms the "
            "relationships; what is left is feedback (A22)."
        )
    if questions[1].reached:
        return (
            "It goes beyond what was agreed: say at once that you open the door late, and that "
            "this is why you are in touch (A18)."
        )
    if application.is_door_open():
        return "Nothing: it is what was agreed."
    return "Little: say that you open the door late, and that this is why you are in touch (A18)."


# When the advice is not to call, nothing can be mended by asking now.
_NEXT_TIME = {
    "A8": "Ask for one in the next interview.",
    "A9": "Ask in the next interview, before you need it.",
}


def _missed(advice: Advice, application: Application, today: datetime.date) -> tuple[Missed, ...]:
    missed = missed_agreements(application, today)
    if advice is not Advice.DO_NOT_CALL:
        return missed
    return tuple(attrs.evolve(item, mend=_NEXT_TIME.get(item.rule, item.mend)) for item in missed)


_LISTENERS = {
    Party.EMPLOYER: (Listener.HR, Listener.HIRING_MANAGER, Listener.RECEPTIONIST),
    Party.RECRUITER: (Listener.RECRUITER,),
    Party.INTRODUCER: (Listener.INTRODUCER,),
}


def _openings(
    advice: Advice, fact: _Conforms, application: Application, step: RouteStep, caller: str
) -> tuple[Opening, ...]:
    if advice in (Advice.DO_NOT_CALL, Advice.ANSWER_FIRST) or fact.ahead is not None:
        return ()
    if application.rejected:
        purpose = Purpose.FEEDBACK
    elif application.outcome is not None:
        purpose = Purpose.OFFER
    elif application.is_door_open() and (fact.answer or fact.wait):
        purpose = Purpose.AS_AGREED
    else:
        purpose = Purpose.OPEN_DOOR
    return tuple(
        Opening(
            listener,
            opening_line(
                listener,
                purpose=purpose,
                caller=caller,
                role=application.role,
                employer=application.employer,
            ),
        )
        for listener in _LISTENERS[step.whom]
    )
