"""What should be agreed before it is needed, and what was missed at which stage (A14)."""

import datetime

import attrs

from starkit.followup.application import Application, Channel, Stage


@attrs.frozen
class Missed:
    """An agreement that was not made when it could have been (A14).

    Attributes:
        stage: The stage at which it was missed.
        rule: The number of the rule that asks for it.
        what: What was missed.
        mend: What to do about it now (A18).

    >>> print(Missed("interview", "A8", "no timescale was given", "Ask for one."))
    A8, interview: no timescale was given. Ask for one.
    """

    stage: Stage = attrs.field(converter=Stage)
    rule: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.rule}, {self.stage}: {self.what}. {self.mend}"


@attrs.frozen
class ToAgree:
    """Something to agree while it is still time, with the rule that asks for it.

    >>> print(ToAgree("A8", "Ask what the next steps are."))
    A8: Ask what the next steps are.
    """

    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"


def _interview_is_over(application: Application, today: datetime.date) -> bool:
    if application.stage is Stage.APPLIED or not application.was_interviewed:
        return False
    return application.interviewed is None or application.interviewed < today


def missed_agreements(application: Application, today: datetime.date) -> tuple[Missed, ...]:
    """Return the agreements that were missed, with the stage at which each was missed (A14).

    An interview that is still to come has missed nothing yet.

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="direct", stage="interview", letter_days=10,
    ...     interviewed=datetime.date(2026, 12, 17), timescale="a week",
    ... )
    >>> for missed in missed_agreements(application, datetime.date(2026, 12, 18)):
    ...     print(missed.stage, missed.rule)
    interview A9
    """
    missed = []
    if not application.left_open_at(Stage.APPLIED):
        missed.append(
            Missed(
                Stage.APPLIED,
                "A16",
                "the cover letter did not say that you would be in touch for feedback",
                "Let the next letter close with it.",
            )
        )
    if _interview_is_over(application, today):
        missed += _missed_in_interview(application)
    return tuple(missed)


def _missed_in_interview(application: Application) -> list[Missed]:
    missed = []
    decided = application.stage is Stage.DECISION
    if application.timescale is None:
        missed.append(
            Missed(
                Stage.INTERVIEW,
                "A8",
                "no timescale was agreed",
                "Ask for one in the next interview."
                if decided
                else "Ask for it now, and say that this is why you are in touch (A18).",
            )
        )
    if not application.left_open_at(Stage.INTERVIEW):
        missed.append(
            Missed(
                Stage.INTERVIEW,
                "A9",
                "you did not ask whether you may come back for feedback",
                "Ask now, and say that this is why you are in touch (A18).",
            )
        )
    return missed


def to_agree(application: Application, today: datetime.date) -> tuple[ToAgree, ...]:
    """Return what to agree while it is still time, before it is needed (A14).

    Before an application that is the close of the cover letter; before an interview, the
    questions to close with and the path to keep to.

    >>> application = Application("Harbour Foods", "Driver", channel="direct", stage="interview",
    ...                           interviewed=datetime.date(2026, 12, 17))
    >>> for item in to_agree(application, datetime.date(2026, 12, 16)):
    ...     print(item.rule)
    A8
    A9
    A17
    """
    if application.stage is Stage.DECISION or _interview_is_over(application, today):
        return ()
    items = [
        ToAgree("A8", "Ask what the next steps are: the process and the timescale."),
        ToAgree("A9", "Ask whether you may come back for feedback, whether or not you are chosen."),
        ToAgree("A17", "Agree that you will be in touch if you have not heard by then."),
    ]
    if application.channel is Channel.RECRUITER:
        items.append(
            ToAgree("A26", "Agree the path with the employer, and tell the recruiter of it.")
        )
    if application.channel is Channel.INTRODUCER:
        items.append(
            ToAgree(
                "A28",
                "Agree process and timescale with the employer; take feedback through "
                "whoever introduced you.",
            )
        )
    return tuple(items)
