"""The SQLite file of a journal: opened, brought to the newest form, written in one step.

What is reported as saved is saved: each change is one transaction, and ``synchronous=FULL`` has it
on the disk before the call returns. Readers do not wait for a writer (WAL), and two writers wait
for each other: a transaction takes the right to write at its start (``BEGIN IMMEDIATE``), so it
never finds later that what it read is old.
"""

import contextlib
import errno
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from starkit.errors import FileError

APPLICATION_ID = 0x53744B74
"""What marks a SQLite file as a journal of starkit's; it never changes."""

# Each migration brings the file from the version before it to its own, counted from 1. One that
# has been in a release is never edited: a change is a new one at the end.
MIGRATIONS: Sequence[Sequence[str]] = (
    (
        # A number that was taken out is never given again: people have it on paper.
        """
        CREATE TABLE applications (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            uid    TEXT NOT NULL UNIQUE,
            added  TEXT NOT NULL,
            value  TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE contacts_made (
            number      INTEGER PRIMARY KEY,
            application INTEGER NOT NULL REFERENCES applications (number) ON DELETE CASCADE,
            stage       TEXT NOT NULL,
            touch       TEXT NOT NULL,
            step        TEXT NOT NULL,
            made_on     TEXT NOT NULL,
            UNIQUE (application, stage, touch, step)
        )
        """,
        """
        CREATE TABLE feedback (
            number      INTEGER PRIMARY KEY,
            application INTEGER NOT NULL REFERENCES applications (number) ON DELETE CASCADE,
            value       TEXT NOT NULL,
            UNIQUE (application, value)
        )
        """,
    ),
    (
        # What is practised is of a person and not of one application: it outlives them.
        """
        CREATE TABLE practice (
            number INTEGER PRIMARY KEY,
            uid    TEXT NOT NULL UNIQUE,
            value  TEXT NOT NULL
        )
        """,
    ),
)

# How long a writer waits for another one, in seconds.
PATIENCE = 10.0

_RETRY = 0.01  # seconds between two tries to turn WAL on, which SQLite itself does not wait for

_TRY_AGAIN = "try again when it is done"
_ANOTHER_PLACE = "choose another folder or change the permissions"
_REASONS = {
    sqlite3.SQLITE_BUSY: ("another program is writing to it", _TRY_AGAIN),
    sqlite3.SQLITE_LOCKED: ("another program is writing to it", _TRY_AGAIN),
    sqlite3.SQLITE_READONLY: ("you may not write there", _ANOTHER_PLACE),
    sqlite3.SQLITE_PERM: ("you may not write there", _ANOTHER_PLACE),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened: you may not read or write it, or its folder",
        _ANOTHER_PLACE,
    ),
    sqlite3.SQLITE_NOTADB: ("it is no journal", "give the journal's own file, or a new name"),
    sqlite3.SQLITE_CORRUPT: (
        "it is damaged",
        "put a copy back, or import your last export into a new journal",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and try again"),
    sqlite3.SQLITE_TOOBIG: ("a text is too long to be kept", "shorten it"),
}


class Database:
    """The connection to one journal file; ``starkit.journal.Journal`` is what users meet."""

    __slots__ = ("_connection", "_thread", "path")

    path: Path

    def __init__(self, path: str | Path, *, create: bool) -> None:
        self.path = Path(path)
        self._thread = threading.get_ident()
        with self.explained():
            self._connection = _connected(self.path, create=create)
            try:
                self._set_up(create=create)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with self.explained():
            self._connection.close()

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Return the rows that a statement gives."""
        with self.explained():
            return self._connection.execute(statement, values).fetchall()

    def changed(self, statement: str, *values: object) -> int:
        """Run a statement that changes something; return how many rows it changed."""
        with self.explained():
            return self._connection.execute(statement, values).rowcount

    def inserted(self, statement: str, *values: object) -> int:
        """Run a statement that adds a row; return the row's number."""
        with self.explained():
            return self._connection.execute(statement, values).lastrowid or 0

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """Make all that is done inside one change: it is saved whole at the end, or not at all."""
        with self.explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def view(self) -> Iterator[None]:
        """Let all that is read inside be of one moment, whatever others write meanwhile."""
        with self.explained():
            self._connection.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what SQLite raises into an error of ours."""
        try:
            yield
        except sqlite3.Error as error:
            # Python's own refusals, which have no code of SQLite's.
            if isinstance(error, sqlite3.ProgrammingError):
                if threading.get_ident() != self._thread:
                    seen = "another thread opened the journal"
                    raise FileError(self.path, seen, "open it in each thread") from error
                if "closed" in str(error):
                    raise FileError(self.path, "the journal is closed", "open it again") from error
            raise _explained(self.path, error) from error

    # -- opening ----------------------------------------------------------------------------------

    def _set_up(self, *, create: bool) -> None:
        execute = self._connection.execute
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA synchronous = FULL")
        self._check_whose(create=create)
        _patiently(lambda: execute("PRAGMA journal_mode = WAL"))
        if self._version() < len(MIGRATIONS):
            with self.change():
                # Another process may have done it since.
                for number in range(self._version(), len(MIGRATIONS)):
                    for statement in MIGRATIONS[number]:
                        execute(statement)
                execute(f"PRAGMA application_id = {APPLICATION_ID}")
                execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        [(found,)] = execute("PRAGMA quick_check(1)").fetchall()
        if found != "ok":
            raise FileError(self.path, *_REASONS[sqlite3.SQLITE_CORRUPT])

    def _check_whose(self, *, create: bool) -> None:
        [(mark,)] = self._connection.execute("PRAGMA application_id").fetchall()
        [(tables,)] = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        if mark != APPLICATION_ID and (mark or tables or self._version()):
            seen = "it is a SQLite file of another program"
            raise FileError(self.path, seen, "give the journal's own file, or a new name")
        if (
            mark != APPLICATION_ID and not create
        ):  # an empty file, left by a program that was killed
            raise _missing(self.path)
        if (version := self._version()) > len(MIGRATIONS):
            seen = f"a newer starkit wrote it (form {version}; this one knows {len(MIGRATIONS)})"
            raise FileError(self.path, seen, "bring starkit up to date")

    def _version(self) -> int:
        [(version,)] = self._connection.execute("PRAGMA user_version").fetchall()
        return int(version)


def _connected(path: Path, *, create: bool) -> sqlite3.Connection:
    if str(path) == ":memory:":  # SQLite's word for no file at all: nothing would be kept
        raise FileError(path, "it is no file name", "choose another name")
    # SQLite says no more than "unable to open", so what can be told is looked at first. The file
    # itself is not opened for it: to close it again would drop the locks of another connection.
    mode = _mode(path)
    if mode is not None and stat.S_ISDIR(mode):
        raise FileError(path, "it is a folder", "give the name of a file")
    if mode is None:
        folder = path.absolute().parent
        if not folder.is_dir():
            advice = "make the folder first, or choose another one"
            raise FileError(path, "its folder does not exist", advice)
        if not create:
            raise _missing(path)
        if not os.access(folder, os.W_OK):
            raise FileError(path, "you may not write in its folder", _ANOTHER_PLACE)
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)


def _missing(path: Path) -> FileError:
    return FileError(path, "there is no journal", "add a first application, or give its file")


def _mode(path: Path) -> int | None:
    """What kind of thing a path leads to; ``None`` when nothing is there yet."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        advice = "choose a path inside a folder"
        raise FileError(path, "a part of its path is not a folder", advice) from error
    except OSError as error:
        seen = "its name is too long" if error.errno == errno.ENAMETOOLONG else str(error.strerror)
        raise FileError(path, seen, "choose another name") from error
    except ValueError as error:  # Python's own word for a null character in a path
        raise FileError(path, "it is no file name", "choose another name") from error


def _patiently(step: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            step()
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_RETRY)
        else:
            return


def _code(error: sqlite3.Error) -> int:
    """The reason that SQLite gives, without its finer shades."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _explained(path: Path, error: sqlite3.Error) -> FileError:
    unknown = (f"it cannot be used ({error})", "put a copy back, or start a new journal")
    seen, advice = _REASONS.get(_code(error), unknown)
    return FileError(path, seen, advice)
