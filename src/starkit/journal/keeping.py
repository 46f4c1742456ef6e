"""The journal itself: applications added, changed and listed, contacts ticked off, feedback kept."""

import contextlib
import datetime
import json
import re
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import attrs

from starkit.errors import FileError, FollowUpError, StarkitError
from starkit.feedback import Feedback
from starkit.files import from_dict, to_dict
from starkit.followup import Application, Stage, Touch
from starkit.journal.database import Database
from starkit.journal.entries import (
    ContactMade,
    DueContact,
    Imported,
    JournalEntry,
    due_contacts,
    uid_of,
)
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.practice import PracticeRecord
from starkit.timescales import as_day

_Kept = TypeVar("_Kept", Application, Feedback, PracticeRecord)

# Half of a pair of UTF-16: Python gives a byte of the command line that is no UTF-8 as one.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def open_journal(path: str | Path, *, create: bool = True) -> "Journal":
    """Open a journal, and make it first if it is not there.

    The file stands alone on a disk of this machine; a network drive cannot hold it safely. While
    it is open, SQLite keeps two files beside it (``-wal`` and ``-shm``). A journal is used in the
    thread that opened it; other threads and processes open the file for themselves.

    Args:
        path: Where it is kept.
        create: Whether to make it when it is not there.

    Raises:
        FileError: It is not there and is not to be made, is no journal, is damaged, was written by
            a newer starkit, or may not be written. ``":memory:"`` is no file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j.db") as journal:
    ...     application = Application("Harbour Foods", "Driver", channel="direct", stage="applied")
    ...     entry = journal.add(application, on=datetime.date(2026, 12, 1))
    ...     print(entry)
    1. Driver, Harbour Foods (applied)
    """
    return Journal(Database(path, create=create))


class Journal:
    """Applications with the contacts made and the feedback that came, and what was practised.

    Made by ``open_journal``; use it in a ``with`` statement, or close it. When a method that
    changes something returns, the change is on the disk.

    >>> import tempfile
    >>> application = Application(
    ...     "Harbour Foods", "Driver", channel="direct", stage="interview",
    ...     interviewed=datetime.date(2026, 12, 17), timescale="a week",
    ... )
    >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j.db") as journal:
    ...     number = journal.add(application, on=datetime.date(2026, 12, 17)).number
    ...     _ = journal.done(number, "thanks", on=datetime.date(2026, 12, 18))
    ...     for due in journal.due(datetime.date(2026, 12, 18)):
    ...         print(due.number, due.point.date, due.point.touch)
    1 2026-12-29 contact
    """

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing that was reported as saved depends on it."""
        self._database.close()

    @property
    def path(self) -> Path:
        """Where the journal is kept."""
        return self._database.path

    def __len__(self) -> int:
        [(count,)] = self._database.rows("SELECT count(*) FROM applications")
        return int(str(count))

    def __iter__(self) -> Iterator[JournalEntry]:
        return iter(self.entries())

    def entries(self) -> tuple[JournalEntry, ...]:
        """Return all entries by number, as they were at one moment."""
        with self._database.view():
            return self._entries()

    def entry(self, number: int) -> JournalEntry:
        """Return one entry.

        Raises:
            FollowUpError: There is none of this number.
        """
        with self._database.view():
            return self._entry(number)

    def add(self, application: Application, *, on: datetime.date) -> JournalEntry:
        """Write down an application, and return its entry.

        Args:
            application: The application.
            on: The day on which it is written down.
        """
        with self._database.change():
            return self._entry(self._insert(application, as_day("on", on), uuid.uuid4().hex))

    def update(self, number: int, application: Application) -> JournalEntry:
        """Put a newer state of an application in the place of the old one.

        Raises:
            FollowUpError: There is no entry of this number.
        """
        with self._database.change():
            self._entry(number)
            self._database.changed(
                "UPDATE applications SET value = ? WHERE number = ?", _text(application), number
            )
            return self._entry(number)

    def remove(self, number: int) -> None:
        """Take an application out, with its contacts and its feedback; its number stays unused.

        Raises:
            FollowUpError: There is no entry of this number.
        """
        with self._database.change():
            self._entry(number)
            self._database.changed("DELETE FROM applications WHERE number = ?", number)

    def done(self, number: int, touch: Touch | str, *, on: datetime.date) -> JournalEntry:
        """Tick off a touch-point of the plan, at the stage where the application stands.

        What is ticked off twice keeps its first day.

        Args:
            number: The number of the entry.
            touch: Which kind of touch-point, as the plan names it ("thanks", "contact").
            on: The day on which it was done.

        Raises:
            FollowUpError: There is no entry of this number, nothing of this kind is planned, or
                the day lies before what it comes after: thanks before the interview.
            TimescaleError: The timescale of the application cannot be read.
        """
        with self._database.change():
            entry = self._entry(number)
            made = _made(entry, touch, as_day("on", on))
            self._insert_made(number, made)
            return self._entry(number)

    def add_feedback(self, number: int, feedback: Feedback) -> JournalEntry:
        """Keep feedback with the application that it is about (A12); the same is kept once.

        ``apply_feedback(bank, journal.feedback())`` tells the stories of it.

        Raises:
            FollowUpError: There is no entry of this number, or the feedback was given before the
                application was made.
        """
        with self._database.change():
            applied = self._entry(number).application.applied
            if applied is not None and feedback.on is not None and feedback.on < applied:
                advice = f"the application was made on {applied.isoformat()}"
                raise FollowUpError("on", feedback.on.isoformat(), advice)
            self._insert_feedback(number, feedback)
            return self._entry(number)

    def feedback(self) -> tuple[Feedback, ...]:
        """Return the feedback on all applications (A12), the oldest entry first."""
        return tuple(piece for entry in self.entries() for piece in entry.feedback)

    def add_practice(self, record: PracticeRecord) -> PracticeRecord:
        """Keep how the telling of an answer went, and return it.

        >>> import tempfile
        >>> record = PracticeRecord("Why you?", datetime.date(2026, 12, 1), "good", seconds=80)
        >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j") as journal:
        ...     _ = journal.add_practice(record)
        ...     journal.practice() == (record,)
        True
        """
        with self._database.change():
            self._insert_practice(uuid.uuid4().hex, record)
        return record

    def practice(self) -> tuple[PracticeRecord, ...]:
        """Return what was practised, in the order in which it was written down."""
        return tuple(self._practice().values())

    def contents(self) -> tuple[tuple[JournalEntry, ...], dict[str, PracticeRecord]]:
        """Return all that is kept at one moment: the entries, and what was practised by its uid."""
        with self._database.view():
            return self._entries(), self._practice()

    def due(
        self,
        today: datetime.date,
        *,
        until: datetime.date | None = None,
        country: str = "GB",
        subdiv: str | None = None,
        policy: Policy = DEFAULT_POLICY,
    ) -> tuple[DueContact, ...]:
        """Return what falls due, by date; see ``JournalEntry.plan`` for one application (A17).

        Args:
            today: The day on which you ask; what is overdue falls due on the next working day.
            until: The last day to look at; without it, everything that is planned.
            country: Whose working days count, as for ``next_contact``.
            subdiv: Which part of the country.
            policy: The numbers behind the rules.

        Raises:
            FollowUpError: The timescale of an entry cannot be read; the entry is named.
            PlaceError: The country or the part is not known.
        """
        return due_contacts(
            self.entries(), today, until=until, country=country, subdiv=subdiv, policy=policy
        )

    def take_in(
        self, entries: tuple[JournalEntry, ...], practice: Mapping[str, PracticeRecord]
    ) -> Imported:
        """Add what another journal holds, all or nothing; return what was new, known, different.

        An entry is known by its ``uid``. Of one that is here already, this journal's state is
        kept; it is *different* when the other one has another state. What was practised is given
        by its uid, too, as ``contents`` returns it.
        """
        new: list[JournalEntry] = []
        known: list[JournalEntry] = []
        different: list[JournalEntry] = []
        with self._database.change():
            for entry in entries:
                rows = self._database.rows(
                    "SELECT number FROM applications WHERE uid = ?", entry.uid
                )
                if rows:
                    own = self._entry(rows[0][0])
                    same = attrs.evolve(entry, number=own.number) == own
                    (known if same else different).append(own)
                    continue
                number = self._insert(entry.application, entry.added, entry.uid)
                for made in entry.made:
                    self._insert_made(number, made)
                for piece in entry.feedback:
                    self._insert_feedback(number, piece)
                new.append(self._entry(number))
            practised = sum(self._insert_practice(uid, record) for uid, record in practice.items())
        return Imported(tuple(new), tuple(known), tuple(different), practised)

    # -- rows and values --------------------------------------------------------------------------

    def _entries(self) -> tuple[JournalEntry, ...]:
        numbers = self._database.rows("SELECT number FROM applications ORDER BY number")
        return tuple(self._entry(number) for (number,) in numbers)

    def _practice(self) -> dict[str, PracticeRecord]:
        rows = self._database.rows("SELECT number, uid, value FROM practice ORDER BY number")
        found = {}
        for number, uid, value in rows:
            with self._sound(f"practice {number}"):
                found[uid_of(uid)] = _value(value, PracticeRecord)
        return found

    def _entry(self, number: Any) -> JournalEntry:
        rows = self._database.rows(
            "SELECT number, uid, added, value FROM applications WHERE number = ?",
            # SQLite takes a number of 64 bits and no other value.
            number if isinstance(number, int) and 0 < number < 2**63 else 0,
        )
        if not rows:
            raise FollowUpError("number", number, "give one that the list of applications has")
        [(found, uid, added, value)] = rows
        made = self._database.rows(
            "SELECT touch, stage, made_on, step FROM contacts_made WHERE application = ?"
            " ORDER BY number",
            found,
        )
        said = self._database.rows(
            "SELECT value FROM feedback WHERE application = ? ORDER BY number", found
        )
        with self._sound(f"entry {found}"):
            return JournalEntry(
                int(str(found)),
                str(uid),
                _day(added),
                _value(value, Application),
                [
                    ContactMade(touch, stage, _day(on), step=step or None)
                    for touch, stage, on, step in made
                ],
                [_value(text, Feedback) for (text,) in said],
            )

    @contextlib.contextmanager
    def _sound(self, what: str) -> Iterator[None]:
        """Say which row is damaged when what it holds cannot be read."""
        try:
            yield
        except (StarkitError, TypeError, ValueError, RecursionError) as error:
            advice = "put a copy back, or import your last export into a new journal"
            raise FileError(self.path, f"{what} is damaged ({error})", advice) from error

    def _insert(self, application: Application, added: datetime.date, uid: str) -> int:
        return self._database.inserted(
            "INSERT INTO applications (uid, added, value) VALUES (?, ?, ?)",
            uid,
            added.isoformat(),
            _text(application),
        )

    def _insert_made(self, number: int, made: ContactMade) -> None:
        self._database.changed(
            "INSERT OR IGNORE INTO contacts_made (application, stage, touch, step, made_on)"
            " VALUES (?, ?, ?, ?, ?)",
            number,
            str(made.stage),
            str(made.touch),
            str(made.step or ""),
            made.on.isoformat(),
        )

    def _insert_feedback(self, number: int, feedback: Feedback) -> None:
        self._database.changed(
            "INSERT OR IGNORE INTO feedback (application, value) VALUES (?, ?)",
            number,
            _text(feedback),
        )

    def _insert_practice(self, uid: str, record: PracticeRecord) -> int:
        return self._database.changed(
            "INSERT OR IGNORE INTO practice (uid, value) VALUES (?, ?)", uid, _text(record)
        )


def _made(entry: JournalEntry, touch: Touch | str, on: datetime.date) -> ContactMade:
    # The step of the route is taken from the plan as it stands without today in the way: a note
    # may be ticked off on a day on which the plan would no longer ask for it.
    start = min(on, *(made.on for made in entry.made), entry.added)
    points = {point.touch: point for point in (*entry.plan(start), *entry.plan(on))}
    kept = {made.touch: made for made in entry.made if made.stage is entry.application.stage}
    try:
        wanted = Touch(touch)
    except ValueError:
        wanted = None
    if wanted in kept and wanted not in points:
        return kept[wanted]
    if wanted is None or wanted not in points:
        planned = ", ".join(points) or "nothing, as the application stands"
        raise FollowUpError("touch", str(touch), f"planned is: {planned}")
    made = ContactMade(wanted, entry.application.stage, on, step=points[wanted].step)
    _not_too_early(made, entry.application)
    return made


# The day on which a stage begins, by which all that its plan holds comes.
_BEGINS = {
    Stage.APPLIED: ("applied", "the application"),
    Stage.INTERVIEW: ("interviewed", "the interview"),
    Stage.DECISION: ("decided", "the decision"),
}


def _not_too_early(made: ContactMade, application: Application) -> None:
    """Refuse thanks for an interview that was still to come, and the like.

    A call about the interview's time or place may well come before it, but is no contact of a
    plan, and is not ticked off.
    """
    field, event = _BEGINS[made.stage]
    begins = getattr(application, field)
    if begins is not None and made.on < begins:
        advice = f"{event} was on {begins.isoformat()}, and '{made.touch}' comes after it"
        raise FollowUpError("on", made.on.isoformat(), advice)


def _text(value: Application | Feedback | PracticeRecord) -> str:
    text = json.dumps(to_dict(value), ensure_ascii=False)
    half = _HALF_CHARACTER.search(text)
    if half is not None:
        words = text[text.rfind('"', 0, half.start()) + 1 : text.find('"', half.end())]
        raise FollowUpError(type(value).__name__, words, "write the broken character anew")
    return text


def _value(text: object, wanted: type[_Kept]) -> _Kept:
    value = from_dict(json.loads(str(text)))
    if not isinstance(value, wanted):
        raise TypeError(f"it holds no {wanted.__name__}")
    return value


def _day(text: object) -> datetime.date:
    return datetime.date.fromisoformat(str(text))
