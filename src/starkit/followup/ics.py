"""Dated things as an iCalendar file (RFC 5545), through the library icalendar."""

import datetime
import uuid
from collections.abc import Iterable

_PRODUCT = "-//starkit//follow-up//EN"

# What every UID is made under; it must never change, or calendars would show events twice.
_NAMESPACE = uuid.UUID("8f1c2a52-6f7e-5b0a-9f0b-0c6a4a3f9d11")

_ALARM = datetime.timedelta(hours=9)  # nine in the morning of an all-day event


def calendar_events(
    about: tuple[str, ...],
    events: Iterable[tuple[str, datetime.date, str, str]],
    *,
    stamp: datetime.date,
) -> str:
    r"""Return all-day events, each with an alarm, as the text of an iCalendar file.

    Args:
        about: What the events belong to; with an event's key it makes the UID.
        events: Key, day, summary and description of each; the keys differ.
        stamp: The day on which they were made.

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
        event.add("dtstart", day)
        event.add("dtend", day + datetime.timedelta(days=1))
        event.add("summary", summary)
        event.add("description", description)
        event.add("transp", "TRANSPARENT")  # a day with a call in it is not a day that is taken
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", _ALARM)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")
