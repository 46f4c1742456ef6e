"""The plan for staying in contact: dated touch-points, each with its reason (A14-A18, A25-A33)."""

import datetime
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from starkit.cells import cell
from starkit.errors import FollowUpError
from starkit.findings import Findings
from starkit.followup.agreements import Missed, ToAgree, missed_agreements, to_agree
from starkit.followup.application import (
    Application,
    Channel,
    Outcome,
    Party,
    Stage,
    Step,
    one_of,
)
from starkit.followup.dates import contact_date, letter_date
from starkit.followup.ics import calendar_events
from starkit.followup.routes import Route, RouteStep, contact_route
from starkit.followup.second_choice import (
    check_second_choice,
    early_leavers_claim,
    second_choice_windows,
)
from starkit.letters import (
    Draft,
    feedback_request,
    news_request,
    recruiter_reminder,
    recruiter_update,
    second_choice_note,
    thank_you_note,
)
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.timescales import WorkingDays, as_day, in_words

_DAY = datetime.timedelta(days=1)

# Readings of ours, where the article names no day.
_THANKS_WITHIN = 3 * _DAY  # a thank-you note that comes later is a reminder in disguise
_BEFORE_A_WINDOW_CLOSES = 7 * _DAY  # a light touch-point needs time to be read
"""Days before the end of a window at which its touch-point falls."""


class Touch(StrEnum):
    """What kind of touch-point it is; each stands once in a plan.

    >>> Touch("contact") is Touch.CONTACT
    True
    """

    THANKS = "thanks"
    TELL_RECRUITER = "tell recruiter"
    OPEN_DOOR = "open door"
    CONTACT = "contact"
    REMIND = "remind"
    GO_DIRECT = "go direct"
    INTRODUCER = "introducer"
    FEEDBACK = "feedback"
    SECOND_CHOICE_1 = "second choice 1"
    SECOND_CHOICE_2 = "second choice 2"
    SECOND_CHOICE_3 = "second choice 3"


@attrs.frozen
class TouchPoint:
    """One dated contact of a plan.

    Attributes:
        date: A working day, not before the day of planning.
        touch: What kind it is.
        what: What to do.
        why: Why then.
        rules: The numbers of the rules behind it.
        whom: Who is contacted.
        name: The person's name, if a contact on that side is known.
        step: The step of the route that it takes; ``None`` when it is none.
        draft: A letter to edit; ``None`` when a call or nothing is written.

    >>> point = TouchPoint(datetime.date(2026, 12, 29), Touch.CONTACT, "Ask for news.", "Day 10.",
    ...                    rules=("A17",), whom=Party.EMPLOYER)
    >>> print(point)
    Tuesday 29 December 2026: Ask for news. Day 10. (A17)
    """

    date: datetime.date
    touch: Touch
    what: str
    why: str
    rules: tuple[str, ...]
    whom: Party
    name: str = ""
    step: Step | None = None
    draft: Draft | None = None

    def __str__(self) -> str:
        return f"{in_words(self.date)}: {self.what} {self.why} ({', '.join(self.rules)})"


@attrs.frozen
class FollowUpPlan:
    """The dated plan of one application.

    Attributes:
        application: The application.
        today: The day of planning.
        touch_points: The contacts, by date.
        to_agree: What to agree while it is still time (A14).
        missed: The agreements that were missed, with their stage (A14).
        route: Whom to contact, step by step (A25-A29).
        eligibility: What stands in the way of the second choice (A32); empty before a rejection.
        claim: The article's claim about early leavers, quoted (A30); empty before a rejection.

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="direct", stage="interview",
    ...     interviewed=datetime.date(2026, 12, 17), timescale="a week", door_open=True,
    ... )
    >>> plan = plan_follow_up(application, datetime.date(2026, 12, 17))
    >>> for point in plan:
    ...     print(point.date, point.touch)
    2026-12-18 thanks
    2026-12-29 contact
    """

    application: Application
    today: datetime.date
    touch_points: tuple[TouchPoint, ...]
    to_agree: tuple[ToAgree, ...]
    missed: tuple[Missed, ...]
    route: Route
    eligibility: Findings
    claim: str

    def __iter__(self) -> Iterator[TouchPoint]:
        return iter(self.touch_points)

    def __len__(self) -> int:
        return len(self.touch_points)

    @property
    def next(self) -> TouchPoint | None:
        """The first touch-point."""
        return self.touch_points[0] if self.touch_points else None

    def calendar(self, *, at: datetime.time | None = None) -> str:
        """Return the touch-points as an iCalendar file (RFC 5545); see ``calendar_text``."""
        return calendar_text(self, at=at)

    def _repr_html_(self) -> str:
        return cell("plan", plan=self, days=[in_words(point.date) for point in self])

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text("\n".join(map(str, self)) or "Nothing falls due.")


def calendar_text(plan: FollowUpPlan, *, at: datetime.time | None = None) -> str:
    r"""Return the touch-points of a plan as an iCalendar file (RFC 5545), lines ending in CRLF.

    Each is an all-day event with an alarm at nine in the morning, or, with a time of the day, a
    quarter of an hour with an alarm ten minutes before. Its UID depends on employer,
    role and kind of touch-point alone, so that a calendar that imports a later plan moves the
    event and does not add a second one. No clock is read: the time stamp is the day of planning.

    Args:
        plan: The plan.
        at: At what time of the day, in the user's own time wherever that is.

    >>> application = Application("Harbour Foods", "Driver", channel="direct", stage="interview",
    ...                           interviewed=datetime.date(2026, 12, 17), timescale="a week")
    >>> text = calendar_text(plan_follow_up(application, datetime.date(2026, 12, 17)))
    >>> text.startswith("BEGIN:VCALENDAR\r\n"), text.count("BEGIN:VEVENT")
    (True, 2)
    """
    application = plan.application
    return calendar_events(
        (application.employer, application.role),
        [
            (point.touch, point.date, _summary(point, application), _description(point))
            for point in plan
        ],
        stamp=plan.today,
        at=at,
    )


def _summary(point: TouchPoint, application: Application) -> str:
    return f"{application.employer}, {application.role}: {point.what}"


def _description(point: TouchPoint) -> str:
    parts = [f"{point.why} ({', '.join(point.rules)})"]
    if point.draft is not None:
        parts.append(point.draft.text)
    return "\n\n".join(parts)


def plan_follow_up(
    application: Application,
    today: datetime.date,
    *,
    tried_on: Mapping[Step, datetime.date] | None = None,
    sender: str = "",
    country: str = "GB",
    subdiv: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> FollowUpPlan:
    """Return the plan for staying in contact, from the day of planning on (A14-A18, A25-A33).

    Every date is a working day, and none lies before ``today``: what has fallen due is planned for
    the next working day. Steps that were tried are not planned again; where it is known when one
    was tried, the step after it waits for the grace of an answer (A27).

    Args:
        application: How far it is, through whom, and what was agreed.
        today: The day of planning.
        tried_on: When steps of the route were tried, as far as it is known.
        sender: Your name, for the drafts.
        country: Whose working days count, as for ``next_contact``.
        subdiv: Which part of the country.
        policy: Holds the grace in days and the windows of the second choice.

    Raises:
        TimescaleError: The timescale cannot be read, or comes out before the interview.
        PlaceError: The country or the part is not known.
        FollowUpError: The day of planning is no date, ``tried_on`` does not say when which step
            was tried, or the calendar ends before the plan does.

    >>> application = Application("Harbour Foods", "Driver", channel="direct", stage="applied")
    >>> plan = plan_follow_up(application, datetime.date(2026, 12, 1))
    >>> [(point.date.isoformat(), str(point.touch)) for point in plan]
    [('2026-12-01', 'open door')]
    """
    day = as_day("today", today)
    tried = _tried_on({} if tried_on is None else tried_on)
    planner = _Planner(application, day, sender, WorkingDays(country, subdiv), policy, tried)
    try:
        points = {
            Stage.APPLIED: planner.after_applying,
            Stage.INTERVIEW: planner.after_interview,
            Stage.DECISION: planner.after_decision,
        }[application.stage]()
    except OverflowError:
        held = (application.interviewed, application.decided, *tried.values())
        last = max(day, *(known for known in held if known is not None))
        raise FollowUpError(
            "plan", last.isoformat(), "the calendar ends before the plan does; give an earlier day"
        ) from None
    rejected = application.rejected
    return FollowUpPlan(
        application=application,
        today=day,
        touch_points=tuple(sorted(points, key=lambda point: point.date)),
        to_agree=to_agree(application, day),
        missed=missed_agreements(application, day),
        route=planner.route,
        eligibility=check_second_choice(application) if rejected else Findings(),
        claim=early_leavers_claim(policy=policy) if rejected else "",
    )


def _tried_on(value: object) -> dict[Step, datetime.date]:
    if not isinstance(value, Mapping):
        raise FollowUpError("tried_on", value, "give a mapping from step to day")
    return {one_of(Step, "tried_on", step): as_day("tried_on", on) for step, on in value.items()}


@attrs.frozen
class _Planner:
    """What every touch-point of one plan is worked out from."""

    application: Application
    today: datetime.date
    sender: str
    workdays: WorkingDays
    policy: Policy
    tried_on: Mapping[Step, datetime.date]

    @property
    def route(self) -> Route:
        return contact_route(self.application)

    def on(self, day: datetime.date) -> datetime.date:
        """The working day on or after a day, and not before today."""
        return self.workdays.on_or_after(max(day, self.today))

    def later(self, day: datetime.date) -> datetime.date:
        """The working day that gives somebody the usual grace to answer."""
        return self.on(day + self.policy.grace_days * _DAY)

    def after(self, step: RouteStep, date: datetime.date) -> datetime.date:
        """The day for the step after one that was tried: with grace, where it is known when."""
        tried = self.tried_on.get(step.step)
        return date if tried is None else max(date, self.later(tried))

    def to(self, party: Party) -> str:
        contact = self.application.contact(party)
        return contact.name if contact else ""

    def point(
        self,
        date: datetime.date,
        touch: Touch,
        what: str,
        why: str,
        *rules: str,
        whom: Party,
        step: Step | None = None,
        draft: Draft | None = None,
    ) -> TouchPoint:
        return TouchPoint(
            date, touch, what, why, rules, whom, name=self.to(whom), step=step, draft=draft
        )

    def contact_date(self) -> datetime.date | None:
        return contact_date(
            self.application,
            country=self.workdays.country,
            subdiv=self.workdays.subdiv,
            policy=self.policy,
        )

    def timescale_said(self, due: datetime.date) -> str:
        """Why contact falls due on a day, when that is by what the employer said."""
        return (
            f"They said: {self.application.timescale}. That and {self.policy.grace_days} days more, "
            f"on to a working day, is {in_words(due)}."
        )

    # -- stage by stage ---------------------------------------------------------------------------

    def after_applying(self) -> list[TouchPoint]:
        due = self.contact_date()
        if due is None:
            return [self.open_door(self.on(self.today))]
        application = self.application
        promised = letter_date(
            application, country=self.workdays.country, subdiv=self.workdays.subdiv
        )
        if due == promised:
            why = (
                f"Your letter says that you will be in touch after {application.letter_days} days; "
                f"that falls due on {in_words(due)}."
            )
            return list(self.asking(self.on(due), why, "A16"))
        why = self.timescale_said(due)
        if promised is not None:
            why += f" That is later than the {application.letter_days} days of your letter."
        if application.left_open_at(Stage.APPLIED):
            return list(self.asking(self.on(due), why, "A17"))
        why += " You did not say that you would be in touch, so say that you open the door late."
        return list(self.asking(self.on(due), why, "A18"))

    def after_interview(self) -> list[TouchPoint]:
        application = self.application
        held = application.interviewed
        due = self.contact_date()
        points: list[TouchPoint] = []
        if held is not None:
            points += self.thanks(held, due)
            points += self.telling(held, due)
        if due is not None:
            thanked = any(point.touch is Touch.THANKS for point in points)
            points += self.asking(self.on(due), self.timescale_said(due), "A17", thanked=thanked)
        elif held is not None and held < self.today:
            points.append(self.open_door(self.on(self.today)))
        return points

    def after_decision(self) -> list[TouchPoint]:
        application = self.application
        told = application.decided or self.today
        points: list[TouchPoint] = []
        if not application.asked_feedback:
            points += self.feedback(self.on(told + _DAY))
        if application.outcome is Outcome.REJECTED and application.decided is not None:
            points += self.second_choice(application.decided)
        return points

    # -- one by one -------------------------------------------------------------------------------

    def thanks(self, held: datetime.date, due: datetime.date | None) -> Iterator[TouchPoint]:
        if self.today > held + _THANKS_WITHIN:
            return
        application = self.application
        yield self.point(
            self.on(held + _DAY),
            Touch.THANKS,
            "Send a thank-you note.",
            "It repeats what was agreed, and keeps the channel open.",
            "A10",
            whom=Party.EMPLOYER,
            draft=thank_you_note(
                application.role,
                to=self.to(Party.EMPLOYER),
                sender=self.sender,
                interviewed=held,
                timescale=application.timescale or "",
                contact_on=due if application.channel is not Channel.RECRUITER else None,
            ),
        )

    def telling(self, held: datetime.date, due: datetime.date | None) -> Iterator[TouchPoint]:
        application = self.application
        if application.channel is not Channel.RECRUITER:
            return
        if Step.TELL_RECRUITER in application.tried:
            return
        yield self.point(
            self.on(held + _DAY),
            Touch.TELL_RECRUITER,
            "Tell the recruiter what was agreed, and let them drive it.",
            "There are two channels now, and the recruiter should know of both.",
            "A26",
            whom=Party.RECRUITER,
            step=Step.TELL_RECRUITER,
            draft=recruiter_update(
                application.role,
                employer=application.employer,
                to=self.to(Party.RECRUITER),
                sender=self.sender,
                interviewed=held,
                process=application.process,
                timescale=application.timescale or "",
                contact_on=due,
            ),
        )

    def asking(
        self, date: datetime.date, why: str, rule: str, *, thanked: bool = False
    ) -> Iterator[TouchPoint]:
        """The steps that ask for news, each with grace after the one before it."""
        for step in self.route.steps:
            touch = _TOUCH_OF_STEP.get(step.step)
            if touch is None:
                continue
            if step.tried:
                date = self.after(step, date)
                why = self.no_answer(step, why)
                continue
            yield self.asked(step, touch, date, why, rule, thanked=thanked)
            if step.step is not Step.ASK_EMPLOYER:
                date = self.later(date)
                why = self.no_answer()

    def no_answer(self, step: RouteStep | None = None, otherwise: str = "") -> str:
        """Why a step comes after another one: the grace of an answer has passed."""
        if step is None:
            return f"{self.policy.grace_days} days later, if there is no answer."
        tried = self.tried_on.get(step.step)
        if tried is None:
            return otherwise
        return f"{self.policy.grace_days} days after {in_words(tried)}, if there is no answer."

    def asked(
        self,
        step: RouteStep,
        touch: Touch,
        date: datetime.date,
        why: str,
        rule: str,
        *,
        thanked: bool,
    ) -> TouchPoint:
        rules = tuple(dict.fromkeys((rule, step.rule)))
        return self.point(
            date,
            touch,
            step.what,
            why,
            *rules,
            whom=step.whom,
            step=step.step,
            draft=self.asking_draft(step, date, thanked=thanked),
        )

    def asking_draft(self, step: RouteStep, date: datetime.date, *, thanked: bool) -> Draft | None:
        application = self.application
        held = application.interviewed if application.stage is Stage.INTERVIEW else None
        if step.whom is Party.EMPLOYER:
            # The thank-you note of this plan says when one will be in touch, unless a recruiter
            # is to ask; the cover letter of one who has applied may say so, too.
            announced = thanked and application.channel is not Channel.RECRUITER
            in_letter = application.stage is Stage.APPLIED and application.letter_days is not None
            agreed = application.is_door_open() or announced or in_letter
            return news_request(
                application.role,
                to=self.to(Party.EMPLOYER),
                sender=self.sender,
                applied=application.applied,
                interviewed=held,
                timescale=application.timescale or "",
                agreed=agreed,
                late=not agreed,
            )
        if step.step is Step.REMIND_RECRUITER and application.stage is Stage.INTERVIEW:
            return recruiter_reminder(
                application.role,
                employer=application.employer,
                to=self.to(Party.RECRUITER),
                sender=self.sender,
                interviewed=held,
                timescale=application.timescale or "",
                direct_on=self.later(date),
            )
        if step.whom is Party.RECRUITER:
            return recruiter_reminder(
                application.role,
                employer=application.employer,
                to=self.to(Party.RECRUITER),
                sender=self.sender,
                interviewed=held,
                timescale=application.timescale or "",
            )
        return None

    def open_door(self, date: datetime.date) -> TouchPoint:
        """No timescale is known: ask for it, late, and say so; the three questions come first."""
        application = self.application
        step = self.route.contact
        for tried in self.route.steps:
            if tried.tried:
                date = self.after(tried, date)
        return self.point(
            date,
            Touch.OPEN_DOOR,
            "Answer the three questions; if they let you, open the door now: ask for process, "
            "timescale and feedback.",
            "No timescale is known, so no day for contact can be worked out.",
            "A18",
            "A19",
            step.rule,
            whom=step.whom,
            step=step.step,
            draft=news_request(
                application.role,
                to=self.to(Party.EMPLOYER),
                sender=self.sender,
                applied=application.applied,
                interviewed=application.interviewed,
                late=True,
            )
            if step.whom is Party.EMPLOYER
            else None,
        )

    def feedback(self, date: datetime.date) -> Iterator[TouchPoint]:
        application = self.application
        is_open = application.is_door_open()
        rejected = application.rejected
        what = "" if is_open else "Answer the three questions first."
        why = (
            "You asked beforehand whether you may."
            if is_open
            else "The door was not left open, so say that this is why you are in touch."
        )
        rules = ("A9",) if is_open else ("A18", "A19")
        asked: dict[Party, datetime.date | None] = {}  # whom, and when if that is known
        for step in self.route.steps:
            if step.tried:
                asked[step.whom] = self.tried_on.get(step.step)
                date, why = self.after(step, date), self.no_answer(step, why)
                continue
            touch = Touch.FEEDBACK
            if step.step in (Step.REMIND_RECRUITER, Step.GO_DIRECT):
                touch = _TOUCH_OF_STEP[step.step]
            yield self.point(
                date,
                touch,
                f"{what} {step.what}".strip(),
                why,
                *dict.fromkeys((*rules, step.rule)),
                whom=step.whom,
                step=step.step,
                draft=feedback_request(
                    application.role,
                    employer=application.employer,
                    to=self.to(step.whom),
                    sender=self.sender,
                    through=str(step.whom),
                    interviewed=application.was_interviewed,
                    late=not is_open and step.whom not in asked,
                    asked_on=asked.get(step.whom),
                )
                if rejected
                else None,
            )
            asked[step.whom] = date
            date = self.later(date)
            what = ""
            why = self.no_answer()

    def second_choice(self, decided: datetime.date) -> Iterator[TouchPoint]:
        """A light touch-point in each window that is open, if nothing rules it out (A32, A33)."""
        application = self.application
        mended = attrs.evolve(application, asked_feedback=True)  # the plan asks for it
        if not check_second_choice(mended).ok:
            return
        whom = self.route.steps[0].whom
        windows = second_choice_windows(decided, policy=self.policy)
        for touch, dates in zip(_SECOND_CHOICES, windows, strict=True):
            if dates.closes < self.today:
                continue
            date = self.on(dates.closes - _BEFORE_A_WINDOW_CLOSES)
            if date > dates.closes:
                continue
            yield self.point(
                date,
                touch,
                "Write a few lines that ask nothing.",
                f"A second choice may still be asked {dates.window}, which ends on "
                f"{in_words(dates.closes)}.",
                "A31",
                "A33",
                whom=whom,
                draft=second_choice_note(
                    application.role,
                    employer=application.employer,
                    to=self.to(whom),
                    sender=self.sender,
                    through=str(whom),
                    interviewed=application.was_interviewed,
                ),
            )


_SECOND_CHOICES = (Touch.SECOND_CHOICE_1, Touch.SECOND_CHOICE_2, Touch.SECOND_CHOICE_3)

# The steps that ask; to agree and to pass on belong to the interview.
_TOUCH_OF_STEP = {
    Step.ASK_RECRUITER: Touch.CONTACT,
    Step.ASK_EMPLOYER: Touch.CONTACT,
    Step.ASK_INTRODUCER: Touch.INTRODUCER,
    Step.REMIND_RECRUITER: Touch.REMIND,
    Step.GO_DIRECT: Touch.GO_DIRECT,
}
