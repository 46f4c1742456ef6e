"""A journal as JSON, to take along or to look at, and back into a journal."""

import json
from pathlib import Path
from typing import Any

import attrs

from starkit.errors import FileError, StarkitError
from starkit.files import SCHEMA_VERSION, from_dict, to_dict, write_text
from starkit.files.reading import read_bytes
from starkit.files.text import decode
from starkit.journal.entries import JournalEntry
from starkit.journal.keeping import Journal

_TYPE = "Journal"
_LARGEST = 100_000_000  # bytes


@attrs.frozen
class Imported:
    """What an import did with each entry of a file.

    Attributes:
        new: The entries that were added, as they stand in the journal now.
        known: The entries that were there already, in the same state.
        different: The entries that were there already in another state; this journal's was kept.

    >>> print(Imported())
    0 new, 0 known, 0 different
    """

    new: tuple[JournalEntry, ...] = ()
    known: tuple[JournalEntry, ...] = ()
    different: tuple[JournalEntry, ...] = ()

    def __str__(self) -> str:
        counts = (("new", self.new), ("known", self.known), ("different", self.different))
        return ", ".join(f"{len(entries)} {word}" for word, entries in counts)


def journal_to_json(journal: Journal, path: str | Path) -> int:
    """Write all that a journal holds as JSON, and return how many entries those are.

    The file is written beside and then put in place, so that it is whole or not there.

    Raises:
        FileError: The file cannot be written, or the journal cannot be read.

    >>> import tempfile
    >>> from starkit.journal.keeping import open_journal
    >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j.db") as journal:
    ...     journal_to_json(journal, f"{folder}/j.json")
    0
    """
    entries = journal.entries()
    head = {"schema_version": SCHEMA_VERSION, "type": _TYPE}
    plain = {**head, "entries": [_without_head(to_dict(entry)) for entry in entries]}
    write_text(path, json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
    return len(entries)


def journal_from_json(journal: Journal, path: str | Path) -> Imported:
    """Add what an export holds to a journal: all of it, or nothing when something is wrong.

    What is there already is left as it is, so the same file can be read twice, and the journals of
    two machines can be joined.

    Raises:
        FileError: The file cannot be read, is no export, or an entry cannot be read; it is named.

    >>> import tempfile
    >>> from starkit.journal.keeping import open_journal
    >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j.db") as journal:
    ...     _ = journal_to_json(journal, f"{folder}/j.json")
    ...     print(journal_from_json(journal, f"{folder}/j.json"))
    0 new, 0 known, 0 different
    """
    return Imported(*journal.take_in(_entries(Path(path))))


def _without_head(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in plain.items() if name not in ("schema_version", "type")}


def _entries(path: Path) -> tuple[JournalEntry, ...]:
    data = read_bytes(path, limit=_LARGEST, too_large="give the file that an export wrote")
    try:
        plain = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise FileError(path, f"it is no JSON ({error})", "give what an export wrote") from error
    if not isinstance(plain, dict) or plain.get("type") != _TYPE:
        raise FileError(path, "it is no export of a journal", "give what an export wrote")
    if plain.get("schema_version") != SCHEMA_VERSION:
        seen = f"schema_version is {plain.get('schema_version')!r}, and this starkit reads"
        raise FileError(path, f"{seen} {SCHEMA_VERSION}", "bring starkit up to date")
    listed = plain.get("entries")
    if not isinstance(listed, list):
        raise FileError(path, "it has no list of entries", "give what an export wrote")
    return tuple(_entry(path, number, item) for number, item in enumerate(listed, 1))


def _entry(path: Path, number: int, item: object) -> JournalEntry:
    if not isinstance(item, dict):
        raise FileError(path, f"entry {number} is no mapping", "give what an export wrote")
    head = {"schema_version": SCHEMA_VERSION, "type": JournalEntry.__name__}
    try:
        entry = from_dict({**item, **head})
    except StarkitError as error:
        raise FileError(path, f"entry {number}: {error}", "mend it, or export again") from error
    if not isinstance(entry, JournalEntry):
        raise FileError(path, f"entry {number} is no entry", "give what an export wrote")
    return entry
