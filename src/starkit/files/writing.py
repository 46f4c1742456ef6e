"""The one way in which starkit writes a file: whole or not at all."""

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from starkit.errors import FileError

_REASONS = {
    errno.ENOENT: ("its folder does not exist", "make the folder first, or choose another one"),
    errno.ENOTDIR: ("a part of its path is not a folder", "choose a path inside a folder"),
    errno.EISDIR: ("it is a folder", "give the name of a file"),
    errno.EACCES: ("you may not write there", "choose another folder or change the permissions"),
    errno.EPERM: ("you may not write there", "choose another folder or change the permissions"),
    errno.EROFS: ("the disk can only be read", "choose another folder"),
    errno.ENOSPC: ("the disk is full", "make room and write again"),
    errno.EDQUOT: ("your share of the disk is full", "make room and write again"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter name"),
    errno.ELOOP: ("its links run in a circle", "mend the link or choose another name"),
}


# How a SQLite file begins, as a journal is, and how the log beside an open one does.
_DATABASES = (b"SQLite format 3\0", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file


def refuse_database(path: str | Path) -> None:
    """Refuse to write over a journal, any other SQLite file, or what SQLite keeps beside one.

    Raises:
        FileError: It is one.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     journal = Path(folder, "mine.db")
    ...     _ = journal.write_bytes(b"SQLite format 3" + bytes(85))
    ...     try:
    ...         refuse_database(journal)
    ...     except FileError as error:
    ...         print(error.seen)
    it is a journal or another SQLite file
    """
    target = os.path.realpath(path)
    bases = [target[: -len(end)] for end in _BESIDE if target.endswith(end)]
    if any(_begins_as_database(name) for name in (target, *bases)):
        raise FileError(path, "it is a journal or another SQLite file", "give another name")


def _begins_as_database(name: str) -> bool:
    # What cannot be looked at cannot be told; to write there fails with a reason of its own. That
    # to close a file drops the locks that this process holds on it does no harm worse than what
    # is refused here.
    try:
        if not stat.S_ISREG(os.stat(name).st_mode):  # noqa: PTH116 - realpath gives a string
            return False
        with open(name, "rb") as stream:  # noqa: PTH123
            return stream.read(16).startswith(_DATABASES)
    except (OSError, ValueError):
        return False


def write_text(path: str | Path, text: str) -> None:
    r"""Write ``text`` to ``path`` as UTF-8, whole or not at all.

    The text goes to a new file beside the old one, which then takes its place in one step: a
    reader never sees half a file, and an interruption leaves the old one as it was. A link is
    followed, the permission bits of an existing file are kept, line ends are written as they
    stand in ``text``. What is not a regular file (a pipe, a terminal) is written to directly.

    Raises:
        FileError: The file cannot be written: a missing folder, a folder, no permission, a full
            disk, a journal that stands there, or text that is not valid Unicode.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_text(Path(folder, "plan.md"), "# Plan\n")
    ...     Path(folder, "plan.md").read_text(encoding="utf-8")
    '# Plan\n'
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        seen = f"the text holds half a character (U+{ord(text[error.start]):04X})"
        raise FileError(path, seen, "take it out and write again") from error
    write_bytes(path, data)


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write ``data`` to ``path`` as ``write_text`` does, whole or not at all.

    Raises:
        FileError: The file cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_bytes(Path(folder, "plan.csv"), b"Date")
    ...     Path(folder, "plan.csv").read_bytes()
    b'Date'
    """
    refuse_database(path)
    try:
        _write(path, data)
    except OSError as error:
        raise _explained(path, error) from error
    except ValueError as error:  # Python's own word for a null character in a path
        raise FileError(path, "it is no file name", "choose another name") from error


def _write(path: str | Path, data: bytes) -> None:
    target = os.path.realpath(path)
    mode = _mode_of(target)
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if mode is not None and not stat.S_ISREG(mode):
        Path(target).write_bytes(data)
        return
    # A replacement would pass over the protection of a file that is marked as read only.
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    _replace(target, data, mode)


def _mode_of(target: str) -> int | None:
    try:
        return os.stat(target).st_mode  # noqa: PTH116 - realpath gives a string
    except FileNotFoundError:
        return None


def _replace(target: str, data: bytes, mode: int | None) -> None:
    folder = os.path.dirname(target)  # noqa: PTH120 - realpath gives a string
    beside = Path(folder, f".starkit-{secrets.token_hex(8)}.tmp")
    # 0o666 leaves it to the user's umask who may read a new file.
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:  # an interruption by the user must not leave the file behind either
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(folder)


def _sync_folder(folder: str) -> None:
    # The new name is safe on disk only when its folder is; not every system can say so.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explained(path: str | Path, error: OSError) -> FileError:
    unknown = (f"it cannot be written ({error.strerror or error})", "choose another place")
    seen, advice = _REASONS.get(error.errno or 0, unknown)
    return FileError(path, seen, advice)
