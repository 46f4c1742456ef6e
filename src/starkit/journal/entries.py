"""What a journal keeps of one application, and what falls due from it."""

import datetime
import uuid
from collections.abc import Iterable

import attrs

from starkit.errors import FollowUpError, StarkitError, TimescaleError
from starkit.feedback import Feedback
from starkit.followup import (
    Application,
    FollowUpPlan,
    Stage,
    Step,
    Touch,
    TouchPoint,
    plan_follow_up,
)
from starkit.followup.application import items_of, one_of
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.timescales import as_day


def _touch(value: object) -> Touch:
    return one_of(Touch, "touch", value)


def _stage(value: object) -> Stage:
    return one_of(Stage, "stage", value)


def _step(value: object) -> Step | None:
    return None if value is None else one_of(Step, "step", value)


def _on(value: object) -> datetime.date:
    return as_day("on", value)


def _added(value: object) -> datetime.date:
    return as_day("added", value)


@attrs.frozen
class ContactMade:
    """A touch-point of a plan that has been done.

    Attributes:
        touch: Which kind of touch-point it was.
        stage: The stage at which it was done.
        on: The day on which it was done.
        step: The step of the route that it took (A27); ``None`` when it took none.

    >>> ContactMade("thanks", "interview", datetime.date(2026, 12, 18)).touch
    <Touch.THANKS: 'thanks'>
    """

    touch: Touch = attrs.field(converter=_touch)
    stage: Stage = attrs.field(converter=_stage)
    on: datetime.date = attrs.field(converter=_on)
    step: Step | None = attrs.field(default=None, kw_only=True, converter=_step)


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise FollowUpError("number", value, "give a whole number, 1 or more")
    return value


def _application(value: object) -> Application:
    if not isinstance(value, Application):
        raise FollowUpError("application", value, "give an Application")
    return value


def _made(value: object) -> tuple[ContactMade, ...]:
    # A contact may be ticked off later than one that came after it.
    return tuple(sorted(items_of(ContactMade, "made", value), key=lambda made: made.on))


def _told(value: object) -> tuple[Feedback, ...]:
    return items_of(Feedback, "feedback", value)


def uid_of(value: object) -> str:
    """Return what tells one thing of a journal from all others, as 32 hexadecimal digits.

    Raises:
        FollowUpError: It is none.

    >>> uid_of("{12345678-ABCD-1234-ABCD-1234567890AB}")  # another way to write the same
    '12345678abcd1234abcd1234567890ab'
    """
    try:
        return uuid.UUID(hex=str(value)).hex
    except ValueError:
        raise FollowUpError("uid", value, "keep the one that the export had") from None


@attrs.frozen
class JournalEntry:
    """One application as a journal keeps it.

    Attributes:
        number: The number by which it is called, 1 or more; it is never given twice.
        uid: What tells it from all others when journals are joined, 32 hexadecimal digits.
        added: The day on which it was written down.
        application: The application, as it was given last.
        made: The contacts that were made, the oldest first.
        feedback: The feedback that it drew (A12), in the order in which it was written down.

    Raises:
        FollowUpError: A field cannot hold what it was given.

    >>> entry = JournalEntry(
    ...     1, "0" * 32, datetime.date(2026, 12, 17),
    ...     Application("Harbour Foods", "Driver", channel="recruiter", stage="decision"),
    ...     [ContactMade("feedback", "decision", datetime.date(2026, 12, 18),
    ...                  step="ask_recruiter")],
    ... )
    >>> entry.current.tried
    (<Step.ASK_RECRUITER: 'ask_recruiter'>,)
    """

    number: int = attrs.field(converter=_number)
    uid: str = attrs.field(converter=uid_of)
    added: datetime.date = attrs.field(converter=_added)
    application: Application = attrs.field(converter=_application)
    made: tuple[ContactMade, ...] = attrs.field(default=(), converter=_made)
    feedback: tuple[Feedback, ...] = attrs.field(default=(), converter=_told)

    @property
    def name(self) -> str:
        """The application in a few words."""
        return f"{self.application.role}, {self.application.employer}"

    @property
    def current(self) -> Application:
        """The application with what was done at its stage: steps tried, feedback asked for."""
        application = self.application
        steps = [made.step for made in self._made_now if made.step is not None]
        return attrs.evolve(
            application,
            tried=(*application.tried, *steps),
            # What has come need not be asked for again.
            asked_feedback=application.asked_feedback
            or (application.stage is Stage.DECISION and bool(self.feedback)),
        )

    @property
    def _made_now(self) -> tuple[ContactMade, ...]:
        return tuple(made for made in self.made if made.stage is self.application.stage)

    def plan(
        self,
        today: datetime.date,
        *,
        sender: str = "",
        country: str = "GB",
        subdiv: str | None = None,
        policy: Policy = DEFAULT_POLICY,
    ) -> FollowUpPlan:
        """Return what is left to do: the plan without the contacts that were made (A16, A17, A27).

        Args:
            today: The day of planning.
            sender: Your name, for the drafts.
            country: Whose working days count, as for ``next_contact``.
            subdiv: Which part of the country.
            policy: The numbers behind the rules.

        Raises:
            TimescaleError: The timescale cannot be read.
            PlaceError: The country or the part is not known.

        >>> application = Application(
        ...     "Harbour Foods", "Driver", channel="direct", stage="interview",
        ...     interviewed=datetime.date(2026, 12, 17), timescale="a week",
        ... )
        >>> thanked = ContactMade("thanks", "interview", datetime.date(2026, 12, 18))
        >>> entry = JournalEntry(1, "0" * 32, datetime.date(2026, 12, 17), application, [thanked])
        >>> [str(point.touch) for point in entry.plan(datetime.date(2026, 12, 18))]
        ['contact']
        """
        plan = plan_follow_up(
            self.current,
            today,
            tried_on={made.step: made.on for made in self._made_now if made.step is not None},
            sender=sender,
            country=country,
            subdiv=subdiv,
            policy=policy,
        )
        done = {(made.touch, made.step) for made in self._made_now}
        left = tuple(point for point in plan if (point.touch, point.step) not in done)
        return attrs.evolve(plan, touch_points=left)

    def __str__(self) -> str:
        return f"{self.number}. {self.name} ({self.application.stage})"


@attrs.frozen
class DueContact:
    """A touch-point that falls due, with the entry that it belongs to.

    Attributes:
        number: The number of the entry.
        name: The application in a few words.
        point: The touch-point.

    >>> from starkit.followup import Party
    >>> print(DueContact(1, "Driver, Harbour Foods", TouchPoint(
    ...     datetime.date(2026, 12, 29), Touch.CONTACT, "Ask for news.", "Day 10.",
    ...     rules=("A17",), whom=Party.EMPLOYER)))
    1. Driver, Harbour Foods: Tuesday 29 December 2026: Ask for news. Day 10. (A17)
    """

    number: int
    name: str
    point: TouchPoint

    def __str__(self) -> str:
        return f"{self.number}. {self.name}: {self.point}"


def due_contacts(
    entries: Iterable[JournalEntry],
    today: datetime.date,
    *,
    until: datetime.date | None,
    country: str,
    subdiv: str | None,
    policy: Policy,
) -> tuple[DueContact, ...]:
    """Return what falls due from all entries, by date; ``Journal.due`` says what of (A17)."""
    found = []
    for entry in entries:
        try:
            plan = entry.plan(today, country=country, subdiv=subdiv, policy=policy)
        except TimescaleError as error:
            raise _unreadable(entry, error) from error
        found += [DueContact(entry.number, entry.name, point) for point in plan]
    return tuple(
        sorted(
            (due for due in found if until is None or due.point.date <= until),
            key=lambda due: (due.point.date, due.number),
        )
    )


def _unreadable(entry: JournalEntry, error: StarkitError) -> FollowUpError:
    seen = entry.application.timescale
    return FollowUpError(f"timescale of number {entry.number} ({entry.name})", seen, str(error))


@attrs.frozen
class Imported:
    """What an import did with each entry of a file.

    Attributes:
        new: The entries that were added, as they stand in the journal now.
        known: The entries that were there already, in the same state.
        different: The entries that were there already in another state; this journal's was kept.
        practised: How many records of practice were added.

    >>> print(Imported())
    0 new, 0 known, 0 different
    >>> print(Imported(practised=3))
    0 new, 0 known, 0 different, 3 practised
    """

    new: tuple[JournalEntry, ...] = ()
    known: tuple[JournalEntry, ...] = ()
    different: tuple[JournalEntry, ...] = ()
    practised: int = 0

    def __str__(self) -> str:
        counts = (("new", self.new), ("known", self.known), ("different", self.different))
        told = ", ".join(f"{len(entries)} {word}" for word, entries in counts)
        return f"{told}, {self.practised} practised" if self.practised else told
