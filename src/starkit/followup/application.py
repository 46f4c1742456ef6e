"""An application: through whom, how far, what was agreed, and where the door was left open."""

import datetime
import itertools
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import attrs

from starkit.errors import FollowUpError
from starkit.timescales import as_day


class Channel(StrEnum):
    """How the application came about; it decides whom to contact (A25-A29).

    >>> Channel("recruiter") is Channel.RECRUITER
    True
    """

    RECRUITER = "recruiter"
    INTRODUCER = "introducer"  # a contact, or somebody who works there
    DIRECT = "direct"


class Stage(StrEnum):
    """How far an application has come.

    >>> [str(stage) for stage in Stage]
    ['applied', 'interview', 'decision']
    """

    APPLIED = "applied"
    INTERVIEW = "interview"
    DECISION = "decision"


class Outcome(StrEnum):
    """What was decided.

    >>> Outcome("rejected") is Outcome.REJECTED
    True
    """

    REJECTED = "rejected"
    OFFERED = "offered"


class Party(StrEnum):
    """Who is contacted.

    >>> Party("employer") is Party.EMPLOYER
    True
    """

    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    INTRODUCER = "introducer"


class Step(StrEnum):
    """A step on the way to whoever decides; what was tried is kept by these names (A27).

    >>> Step("remind_recruiter") is Step.REMIND_RECRUITER
    True
    """

    AGREE_WITH_EMPLOYER = "agree_with_employer"
    TELL_RECRUITER = "tell_recruiter"
    ASK_RECRUITER = "ask_recruiter"
    REMIND_RECRUITER = "remind_recruiter"
    GO_DIRECT = "go_direct"
    ASK_INTRODUCER = "ask_introducer"
    ASK_EMPLOYER = "ask_employer"


_Kind = TypeVar("_Kind", bound=StrEnum)
_Item = TypeVar("_Item")


def one_of(kind: type[_Kind], field: str, value: Any) -> _Kind:
    """Return the member of a kind that a value names, or raise ``FollowUpError``.

    >>> one_of(Channel, "channel", "direct")
    <Channel.DIRECT: 'direct'>
    """
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(kind)
        raise FollowUpError(field, value, f"give one of {allowed}") from None


# Converters are named functions, one for each field, so that type checkers can follow them.


def _channel(value: object) -> Channel:
    return one_of(Channel, "channel", value)


def _stage(value: object) -> Stage:
    return one_of(Stage, "stage", value)


def _party(value: object) -> Party:
    return one_of(Party, "party", value)


def _outcome(value: object) -> Outcome | None:
    return None if value is None else one_of(Outcome, "outcome", value)


def _applied(value: object) -> datetime.date | None:
    return None if value is None else as_day("applied", value)


def _interviewed(value: object) -> datetime.date | None:
    return None if value is None else as_day("interviewed", value)


def _decided(value: object) -> datetime.date | None:
    return None if value is None else as_day("decided", value)


def _agreed_on(value: object) -> datetime.date | None:
    return None if value is None else as_day("on", value)


def _letter_days(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 365:
        raise FollowUpError("letter_days", value, "give a whole number from 1 to 365")
    return value


def _text(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str):
        raise FollowUpError(attribute.name, value, "write it as text")


def _name(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise FollowUpError(attribute.name, value, "give its name")


def yes_or_no(_: object, attribute: "attrs.Attribute[bool]", value: object) -> None:
    """Let nothing but ``True`` and ``False`` stand in a field."""
    if not isinstance(value, bool):
        raise FollowUpError(attribute.name, value, "give True or False")


def yes_no_or_unknown(_: object, attribute: "attrs.Attribute[bool | None]", value: object) -> None:
    """Let nothing but ``True``, ``False`` and, when it is not known, ``None`` stand in a field."""
    if value is not None and not isinstance(value, bool):
        raise FollowUpError(
            attribute.name, value, "answer True or False, or None when it is not known"
        )


@attrs.frozen
class Contact:
    """Somebody to be in contact with.

    Attributes:
        name: As in a salutation ("Ms Okafor").
        party: Which side the person stands on.
        details: Telephone, e-mail or both, as text.

    >>> Contact("Ms Okafor", "employer").party
    <Party.EMPLOYER: 'employer'>
    """

    name: str = attrs.field(validator=_name)
    party: Party = attrs.field(converter=_party)
    details: str = attrs.field(default="", kw_only=True, validator=_text)


@attrs.frozen
class Agreement:
    """What was agreed, with whom and when (A8, A15).

    Attributes:
        what: What was agreed ("I call if I have not heard").
        stage: The stage at which it was agreed.
        opens_door: Whether it lets you come back for feedback at that stage (A9, A16).
        who: With whom.
        on: When.

    >>> Agreement("I may call for feedback", "interview", opens_door=True).stage
    <Stage.INTERVIEW: 'interview'>
    """

    what: str = attrs.field(validator=_name)
    stage: Stage = attrs.field(converter=_stage)
    opens_door: bool = attrs.field(default=False, kw_only=True, validator=yes_or_no)
    who: str = attrs.field(default="", kw_only=True, validator=_text)
    on: datetime.date | None = attrs.field(default=None, kw_only=True, converter=_agreed_on)


def _stages(value: object) -> tuple[Stage, ...]:
    """Stages in their order, from True, False, one stage, some stages, or stage: bool."""
    if isinstance(value, bool):
        return tuple(Stage) if value else ()
    if isinstance(value, str):
        value = (value,)
    if isinstance(value, Mapping):
        given = {one_of(Stage, "door_open", stage): is_open for stage, is_open in value.items()}
        for stage, is_open in given.items():
            if not isinstance(is_open, bool):
                raise FollowUpError("door_open", {str(stage): is_open}, "give True or False")
        value = [stage for stage, is_open in given.items() if is_open]
    if not isinstance(value, Iterable):
        raise FollowUpError("door_open", value, "give True, False or the stages where it is open")
    named = {one_of(Stage, "door_open", stage) for stage in value}
    return tuple(stage for stage in Stage if stage in named)


def _steps(value: object) -> tuple[Step, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise FollowUpError("tried", value, f"give some of {', '.join(Step)}")
    return tuple(dict.fromkeys(one_of(Step, "tried", step) for step in value))


def items_of(kind: type[_Item], field: str, value: object) -> tuple[_Item, ...]:
    """Return values of one kind as a tuple.

    Raises:
        FollowUpError: It is no list, or holds something else.

    >>> [contact.name for contact in items_of(Contact, "contacts", [Contact("Jo", "employer")])]
    ['Jo']
    """
    # A text holds texts, and a value of ours may hold anything: neither is a list of it.
    if isinstance(value, (str, kind)) or not isinstance(value, Iterable):
        raise FollowUpError(field, value, f"give a list of {kind.__name__} values")
    items = tuple(value)
    for item in items:
        if not isinstance(item, kind):
            raise FollowUpError(field, item, f"give {kind.__name__} values")
    return items


def _contacts(value: object) -> tuple[Contact, ...]:
    return items_of(Contact, "contacts", value)


def _agreements(value: object) -> tuple[Agreement, ...]:
    return items_of(Agreement, "agreements", value)


def _timescale(value: object) -> str | None:
    # Kept as text, which a journal or a file can hold, and read when it is needed: what it comes
    # to depends on the country.
    if value is None:
        return None
    if isinstance(value, datetime.date):
        return as_day("timescale", value).isoformat()
    if isinstance(value, datetime.timedelta):
        return f"{-(-value // datetime.timedelta(days=1))} days"
    if not isinstance(value, str):
        raise FollowUpError("timescale", value, "give what they said, or a date")
    return value.strip() or None


@attrs.frozen
class Application:
    """One application: how it came about, how far it is, and what was agreed on the way (A15).

    Attributes:
        employer: Who decides.
        role: The post.
        channel: ``recruiter``, ``introducer`` or ``direct``.
        stage: ``applied``, ``interview`` or ``decision``.
        applied: The day of the application.
        interviewed: The day of the interview; may lie ahead.
        decided: The day on which the decision was told.
        door_open: The stages at which you left the door open for feedback. ``True`` and ``False``
            stand for all and none, and a mapping from stage to bool will do. An agreement that
            opens the door counts, too: see ``is_door_open``.
        timescale: What the employer said about hearing back; a date or a length of time is kept
            as text.
        letter_days: After how many days your cover letter says that you will be in touch (A16).
        process: What the employer said comes next (A8).
        outcome: ``rejected`` or ``offered``; at the stage ``decision`` it is ``rejected`` unless
            given.
        tried: The steps of the route that you have taken at this stage (A27).
        contacts: Whom you have met.
        agreements: Who agreed what and when.
        still_looking: Whether you still look for work (A32).
        took_it_well: Whether you took the rejection professionally; ``None`` if not said (A32).
        asked_feedback: Whether you asked for feedback after the decision (A32).

    Raises:
        FollowUpError: A field cannot hold what it was given, or the dates run backwards.

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="recruiter", stage="interview",
    ...     interviewed=datetime.date(2026, 12, 17), door_open={"interview": True},
    ...     timescale="a week",
    ... )
    >>> application.door_open, application.is_door_open()
    ((<Stage.INTERVIEW: 'interview'>,), True)
    """

    employer: str = attrs.field(validator=_name)
    role: str = attrs.field(validator=_name)
    channel: Channel = attrs.field(kw_only=True, converter=_channel)
    stage: Stage = attrs.field(kw_only=True, converter=_stage)
    applied: datetime.date | None = attrs.field(default=None, kw_only=True, converter=_applied)
    interviewed: datetime.date | None = attrs.field(
        default=None, kw_only=True, converter=_interviewed
    )
    decided: datetime.date | None = attrs.field(default=None, kw_only=True, converter=_decided)
    door_open: tuple[Stage, ...] = attrs.field(default=(), kw_only=True, converter=_stages)
    timescale: str | None = attrs.field(default=None, kw_only=True, converter=_timescale)
    letter_days: int | None = attrs.field(default=None, kw_only=True, converter=_letter_days)
    process: str = attrs.field(default="", kw_only=True, validator=_text)
    outcome: Outcome | None = attrs.field(default=None, kw_only=True, converter=_outcome)
    tried: tuple[Step, ...] = attrs.field(default=(), kw_only=True, converter=_steps)
    contacts: tuple[Contact, ...] = attrs.field(default=(), kw_only=True, converter=_contacts)
    agreements: tuple[Agreement, ...] = attrs.field(default=(), kw_only=True, converter=_agreements)
    still_looking: bool = attrs.field(default=True, kw_only=True, validator=yes_or_no)
    took_it_well: bool | None = attrs.field(default=None, kw_only=True, validator=yes_no_or_unknown)
    asked_feedback: bool = attrs.field(default=False, kw_only=True, validator=yes_or_no)

    def __attrs_post_init__(self) -> None:
        if self.stage is Stage.DECISION and self.outcome is None:
            object.__setattr__(self, "outcome", Outcome.REJECTED)
        if self.stage is not Stage.DECISION and self.outcome is not None:
            raise FollowUpError("outcome", str(self.outcome), "it needs the stage 'decision'")
        known = [
            (name, day)
            for name in ("applied", "interviewed", "decided")
            if (day := getattr(self, name)) is not None
        ]
        for (earlier, first), (later, second) in itertools.pairwise(known):
            if second < first:
                raise FollowUpError(
                    later, second.isoformat(), f"it lies before {earlier}, {first.isoformat()}"
                )

    @property
    def was_interviewed(self) -> bool:
        """Whether the application has come to an interview."""
        return self.stage is Stage.INTERVIEW or self.interviewed is not None

    @property
    def rejected(self) -> bool:
        """Whether it was decided against you."""
        return self.outcome is Outcome.REJECTED

    def left_open_at(self, stage: Stage | str) -> bool:
        """Tell whether the door was left open at a stage, by mark or by agreement (A15).

        Raises:
            FollowUpError: There is no such stage.
        """
        asked = one_of(Stage, "stage", stage)
        if asked is Stage.APPLIED and self.letter_days is not None:
            return True
        agreed = any(item.opens_door and item.stage is asked for item in self.agreements)
        return agreed or asked in self.door_open

    def is_door_open(self) -> bool:
        """Tell whether the door is open where the application stands now.

        At the decision that is so, too, when it was left open in the interview: the permission
        asked for there holds whether or not you get the job (A9). Without an interview, the cover
        letter's promise to ask for feedback holds (A16).

        >>> Application(
        ...     "Harbour Foods", "Driver", channel="direct", stage="decision", door_open="applied"
        ... ).is_door_open()
        True
        """
        if self.left_open_at(self.stage):
            return True
        if self.stage is not Stage.DECISION:
            return False
        in_letter = not self.was_interviewed and self.left_open_at(Stage.APPLIED)
        return in_letter or self.left_open_at(Stage.INTERVIEW)

    def contact(self, party: Party | str) -> Contact | None:
        """Return the first contact on a side, if there is one.

        Raises:
            FollowUpError: There is no such side.
        """
        side = one_of(Party, "party", party)
        return next((person for person in self.contacts if person.party is side), None)
