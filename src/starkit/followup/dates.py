"""When to make contact after an interview (A17)."""

import datetime

from starkit.errors import TimescaleError
from starkit.followup.application import Application, Stage
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.timescales import WorkingDays, promised_date


def next_contact(
    interviewed: datetime.date,
    timescale: str | datetime.date | datetime.timedelta,
    *,
    country: str = "GB",
    subdiv: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> datetime.date:
    """Return the day to make contact, just after the timescale that the employer gave (A17).

    That is the promised day, ``policy.grace_days`` calendar days on, and from there the first day
    that is neither weekend nor public holiday.

    Args:
        interviewed: The day of the interview.
        timescale: What the employer said, in words ("a week", "10 working days", "by the end of
            next week", "mid-January"), as a date or as a length of time.
        country: ISO 3166 code (``"GB"``, ``"US"``, ``"EG"``) of the country whose days count.
        subdiv: Code or name of a part of it (``"SCT"``). Without one, the holidays of the whole
            country count, and for the United Kingdom those of England.
        policy: Holds the grace in calendar days.

    Raises:
        TimescaleError: The timescale cannot be read, or it ends before the interview.
        PlaceError: The country or the part is not known; the nearest codes are named.
        FollowUpError: The interview day is no date.

    >>> next_contact(datetime.date(2026, 12, 17), "a week")  # day 10 is a Sunday after Christmas
    datetime.date(2026, 12, 29)
    >>> next_contact(datetime.date(2026, 12, 17), "early January", subdiv="SCT")
    datetime.date(2027, 1, 13)
    """
    workdays = WorkingDays(country, subdiv)
    promised = promised_date(interviewed, timescale, country=country, subdiv=subdiv)
    try:
        return workdays.on_or_after(promised + datetime.timedelta(days=policy.grace_days))
    except OverflowError:
        raise TimescaleError(str(timescale), "it lies beyond the calendar") from None


def contact_date(
    application: Application,
    *,
    country: str = "GB",
    subdiv: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> datetime.date | None:
    """Return the working day on which contact falls due at the stage of an application (A16, A17).

    After an interview that is ``next_contact``. After an application it is the day after the days
    that the cover letter names, or what the employer's timescale comes to, whichever is later.
    ``None`` when it cannot be known: no timescale, no day to count from, or the decision is in.

    Raises:
        TimescaleError: The timescale cannot be read.
        PlaceError: The country or the part is not known.

    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="direct", stage="applied",
    ...     applied=datetime.date(2026, 12, 1), letter_days=10,
    ... )
    >>> contact_date(application)  # the 11th day is a Saturday
    datetime.date(2026, 12, 14)
    """
    start = {Stage.APPLIED: application.applied, Stage.INTERVIEW: application.interviewed}.get(
        application.stage
    )
    if start is None:
        return None
    promised = letter_date(application, country=country, subdiv=subdiv)
    days = [] if promised is None else [promised]
    if application.timescale is not None:
        days.append(
            next_contact(
                start, application.timescale, country=country, subdiv=subdiv, policy=policy
            )
        )
    return max(days, default=None)


def letter_date(
    application: Application, *, country: str = "GB", subdiv: str | None = None
) -> datetime.date | None:
    """Return the working day after the days that the cover letter names (A16).

    ``None`` when it names none, when the day of the application is not known, or when the
    application has come further.

    Raises:
        TimescaleError: It lies beyond the calendar.
        PlaceError: The country or the part is not known.

    >>> letter_date(Application(
    ...     "Harbour Foods", "Driver", channel="direct", stage="applied",
    ...     applied=datetime.date(2026, 12, 1), letter_days=10,
    ... ))
    datetime.date(2026, 12, 14)
    """
    start, days = application.applied, application.letter_days
    if application.stage is not Stage.APPLIED or start is None or days is None:
        return None
    try:
        return WorkingDays(country, subdiv).on_or_after(start + datetime.timedelta(days=days + 1))
    except OverflowError:
        raise TimescaleError(f"{days} days", "it lies beyond the calendar") from None
