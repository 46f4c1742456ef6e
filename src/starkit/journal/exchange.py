"""A journal as JSON, to take along or to look at, and back into a journal."""

import json
from pathlib import Path
from typing import Any, TypeVar

from starkit.errors import FileError, StarkitError
from starkit.files import SCHEMA_VERSION, from_dict, to_dict, write_text
from starkit.files.reading import read_bytes
from starkit.files.text import decode
from starkit.journal.entries import Imported, JournalEntry, uid_of
from starkit.journal.keeping import Journal
from starkit.practice import PracticeRecord

_TYPE = "Journal"
_LARGEST = 100_000_000  # bytes


def journal_to_json(journal: Journal, path: str | Path) -> int:
    """Write all that a journal holds as JSON, and return how many entries those are.

    The file is written beside and then put in place, so that it is whole or not there.

    Raises:
        FileError: The file cannot be written or is a journal, or the journal cannot be read.

    >>> import tempfile
    >>> from starkit.journal.keeping import open_journal
    >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j.db") as journal:
    ...     journal_to_json(journal, f"{folder}/j.json")
    0
    """
    count, text = export_text(journal)
    write_text(path, text)
    return count


def export_text(journal: Journal) -> tuple[int, str]:
    """Return how many entries a journal holds, and all that it holds as JSON.

    >>> import tempfile
    >>> from starkit.journal.keeping import open_journal
    >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j.db") as journal:
    ...     export_text(journal)[0]
    0
    """
    entries, practice = journal.contents()
    plain = {
        "schema_version": SCHEMA_VERSION,
        "type": _TYPE,
        "entries": [_without_head(to_dict(entry)) for entry in entries],
        "practice": [
            {"uid": uid, **_without_head(to_dict(record))} for uid, record in practice.items()
        ],
    }
    return len(entries), json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


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
    return journal.take_in(*read_export(path))


def read_export(
    path: str | Path,
) -> tuple[tuple[JournalEntry, ...], dict[str, PracticeRecord]]:
    """Return what an export holds, as ``Journal.take_in`` takes it, before a journal is touched.

    Raises:
        FileError: The file cannot be read, is no export, or an entry cannot be read; it is named.

    >>> import tempfile
    >>> from starkit.journal.keeping import open_journal
    >>> with tempfile.TemporaryDirectory() as folder, open_journal(f"{folder}/j.db") as journal:
    ...     _ = journal_to_json(journal, f"{folder}/j.json")
    ...     read_export(f"{folder}/j.json")
    ((), {})
    """
    plain = _read(Path(path))
    return _entries(Path(path), plain), _practice(Path(path), plain)


def _without_head(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in plain.items() if name not in ("schema_version", "type")}


def _read(path: Path) -> dict[str, Any]:
    data = read_bytes(path, limit=_LARGEST, too_large="give the file that an export wrote")
    try:
        plain = json.loads(decode(data))
        json.dumps(
            plain, ensure_ascii=False
        ).encode()  # no half of a character, which none can keep
    except (ValueError, RecursionError) as error:
        raise FileError(path, f"it is no JSON ({error})", "give what an export wrote") from error
    if not isinstance(plain, dict) or plain.get("type") != _TYPE:
        raise FileError(path, "it is no export of a journal", "give what an export wrote")
    if plain.get("schema_version") != SCHEMA_VERSION:
        seen = f"schema_version is {plain.get('schema_version')!r}, and this starkit reads"
        raise FileError(path, f"{seen} {SCHEMA_VERSION}", "bring starkit up to date")
    return plain


def _entries(path: Path, plain: dict[str, Any]) -> tuple[JournalEntry, ...]:
    listed = plain.get("entries")
    if not isinstance(listed, list):
        raise FileError(path, "it has no list of entries", "give what an export wrote")
    return tuple(
        _value(path, f"entry {number}", item, JournalEntry) for number, item in enumerate(listed, 1)
    )


def _practice(path: Path, plain: dict[str, Any]) -> dict[str, PracticeRecord]:
    listed = plain.get("practice", [])  # an export from before there was any has no list
    if not isinstance(listed, list):
        raise FileError(path, "its practice is no list", "give what an export wrote")
    found = {}
    for number, item in enumerate(listed, 1):
        where = f"practice {number}"
        fields = dict(item) if isinstance(item, dict) else item
        uid = fields.pop("uid", None) if isinstance(fields, dict) else None
        record = _value(path, where, fields, PracticeRecord)
        try:
            found[uid_of(uid)] = record
        except StarkitError as error:
            raise FileError(path, f"{where}: {error}", "mend it, or export again") from error
    return found


_T = TypeVar("_T", JournalEntry, PracticeRecord)


def _value(path: Path, where: str, item: object, wanted: type[_T]) -> _T:
    if not isinstance(item, dict):
        raise FileError(path, f"{where} is no mapping", "give what an export wrote")
    head = {"schema_version": SCHEMA_VERSION, "type": wanted.__name__}
    try:
        value = from_dict({**item, **head})
    except StarkitError as error:
        raise FileError(path, f"{where}: {error}", "mend it, or export again") from error
    if not isinstance(value, wanted):
        raise FileError(path, f"{where} is none", "give what an export wrote")
    return value
