"""Dated things as an iCalendar file (RFC 5545), through the library icalendar."""

import datetime
import uuid
from collections.abc import Iterable

_PRODUCT = "-//starkit//follow-up//EN"

# What every UID is made under; it must never change, or calendars would show events twice.
_NAMESPACE = uuid.UUID("8f1c2a52-6f7e-5b0a-9f0b-0c6a4a3f9d11")

_ALARM = datetime.timedelta(hours=9)  # nine in the morning of an all-day event
_LASTS = datetime.timedelta(minutes=15)  # a call, or a letter that is drafted already
_NOTICE = datetime.timedelta(minutes=10)  # before an event that has a time


def calendar_events(
    about: tuple[str, ...],
    events: Iterable[tuple[str, datetime.date, str, str]],
    *,
    stamp: datetime.date,
    at: datetime.time | None = None,
) -> str:
    r"""Return events, each with an alarm, as the text of an iCalendar file.

    Args:
        about: What the events belong to; with an event's key it makes the UID.
        events: Key, day, summary and description of each; the keys differ.
        stamp: The day on which they were made.
        at: At what time of the day they are, wherever the user is; without it they last all day.

    >>> text = calendar_events(
    ...     ("Harbour Foods", "Driver"),
    ...     [("contact", datetime.date(2026, 12, 29), "Ask for news", "Day 10")],
    ...     stamp=datetime.date(2026, 12, 17),
    ... )
    >>> "DTSTART;VALUE=DATE:20261229\r\n" in text, "DTSTAMP:20261217T000000Z\r\n" in text
    (True, True)
    """
    # icalendar takes a tenth of a second to import, and only the calendar file needs it.
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    midnight = datetime.datetime.combine(stamp, datetime.time(), tzinfo=datetime.UTC)
    for key, day, summary, description in events:
        event = icalendar.Event()
        event.add("uid", f"{uuid.uuid5(_NAMESPACE, chr(31).join((*about, key)))}@starkit")
        event.add("dtstamp", midnight)
        # A time without a zone is the user's own, at home and on a journey.
        start = day if at is None else datetime.datetime.combine(day, at.replace(tzinfo=None))
        event.add("dtstart", start)
        event.add("dtend", start + (datetime.timedelta(days=1) if at is None else _LASTS))
        event.add("summary", summary)
        event.add("description", description)
        # A day with a call in it is not a day that is taken; a quarter of an hour is.
        event.add("transp", "TRANSPARENT" if at is None else "OPAQUE")
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", _ALARM if at is None else -_NOTICE)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")
