"""The second choice: who may be asked back, and until when (A30-A33)."""

import datetime
from enum import StrEnum

import attrs

from starkit.errors import FollowUpError
from starkit.findings import Finding, Findings
from starkit.followup.application import Application, Stage
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.timescales import as_day

ARTICLE = "“To call or not to call?”, a UK recruiter, 19 April 2012"
"""Where the claim of A30 comes from."""


class Window(StrEnum):
    """How long after a decision it is; offers came regularly in the first window (A33).

    >>> Window("closed") is Window.CLOSED
    True
    """

    FIRST = "up to 30 days"
    SECOND = "up to three months"
    THIRD = "up to six months"
    CLOSED = "closed"


@attrs.frozen
class WindowDates:
    """A window with its first and last day.

    >>> first, *_ = second_choice_windows(datetime.date(2026, 12, 17))
    >>> str(first.window), first.opens.day, first.closes.isoformat()
    ('up to 30 days', 17, '2027-01-16')
    """

    window: Window
    opens: datetime.date
    closes: datetime.date


def second_choice_windows(
    decided: datetime.date, *, policy: Policy = DEFAULT_POLICY
) -> tuple[WindowDates, ...]:
    """Return the three windows after a decision, each with its first and last day (A33).

    Args:
        decided: The day on which the decision was told; it is day 0.
        policy: Holds the last day of each window, in days after the decision.

    Raises:
        FollowUpError: The day is no date, or the calendar ends before the windows do.
    """
    start = as_day("decided", decided)
    days = (-1, *policy.second_choice_days)
    try:
        return tuple(
            WindowDates(
                window,
                start + datetime.timedelta(days=days[number] + 1),
                start + datetime.timedelta(days=days[number + 1]),
            )
            for number, window in enumerate((Window.FIRST, Window.SECOND, Window.THIRD))
        )
    except OverflowError:
        raise FollowUpError("decided", start.isoformat(), "the calendar ends after it") from None


def second_choice_window(
    decided: datetime.date, today: datetime.date, *, policy: Policy = DEFAULT_POLICY
) -> Window:
    """Return in which window after a decision a day lies (A33).

    Raises:
        FollowUpError: A day is no date, or ``today`` lies before the decision.

    >>> decided = datetime.date(2026, 12, 17)
    >>> for days in (30, 31, 91, 92, 183, 184):
    ...     print(days, second_choice_window(decided, decided + datetime.timedelta(days=days)))
    30 up to 30 days
    31 up to three months
    91 up to three months
    92 up to six months
    183 up to six months
    184 closed
    """
    day = as_day("today", today)
    if day < as_day("decided", decided):
        raise FollowUpError(
            "today", day.isoformat(), "it lies before the decision: give its day or a later one"
        )
    for dates in second_choice_windows(decided, policy=policy):
        if day <= dates.closes:
            return dates.window
    return Window.CLOSED


def early_leavers_claim(*, policy: Policy = DEFAULT_POLICY) -> str:
    """Return what the article claims about people who leave early, with its source (A30, A31).

    It is a claim that is quoted, and no probability that is worked out.

    >>> print(early_leavers_claim())
    The article says that 10-15 % of people hired are no longer in the post after 30 days to three
    months, and that the employer then recruits again or goes back to the second choice (source:
    “To call or not to call?”, a UK recruiter, 19 April 2012; quoted, not worked out).
    """
    low, high = (f"{share * 100:g}" for share in policy.early_leavers)
    return (
        f"The article says that {low}-{high} % of people hired are no longer in the post after "
        "30 days to three months, and that the employer then recruits again or goes back to the "
        f"second choice (source: {ARTICLE}; quoted, not worked out)."
    )


def check_second_choice(application: Application) -> Findings:
    """Say what stands in the way of being asked back as the second choice (A32).

    You are eligible if you were rejected, took it professionally, still look for work, and left
    the door open or asked for feedback. What is an error rules it out; what is advice is not known
    yet, or can still be put right.

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="direct", stage="decision",
    ...     took_it_well=True, asked_feedback=True,
    ... )
    >>> check_second_choice(application).ok
    True
    """
    findings = []
    if not application.rejected:
        findings.append(Finding("A32", "error", "you have not been rejected", where="outcome"))
    if not application.still_looking:
        findings.append(
            Finding("A32", "error", "you are no longer looking for work", where="still_looking")
        )
    if application.took_it_well is False:
        findings.append(
            Finding(
                "A32",
                "error",
                "the rejection was not taken professionally",
                where="took_it_well",
                advice="A short letter that accepts the decision may still mend it.",
            )
        )
    elif application.took_it_well is None and application.rejected:
        findings.append(
            Finding(
                "A32",
                "advice",
                "it is not said how you took the rejection",
                where="took_it_well",
                advice="Accept it in writing, and ask for feedback.",
            )
        )
    opened = any(application.left_open_at(stage) for stage in Stage)
    # Every step of the route at the decision asks for feedback.
    asked = application.asked_feedback or bool(application.tried)
    if not opened and not asked:
        findings.append(
            Finding(
                "A32",
                "error",
                "the door was not left open, and feedback has not been asked for",
                where="door_open, asked_feedback",
                advice="Ask for feedback now, and say that this is why you are in touch (A18).",
            )
        )
    return Findings(findings)
