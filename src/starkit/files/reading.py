"""Bytes from a file of the user's, with one clear message for each way in which that fails."""

import difflib
import errno
import io
import zipfile
from pathlib import Path

from starkit.errors import FileError

_REASONS = {
    errno.EISDIR: ("it is a folder", "give the name of a file"),
    errno.EACCES: ("you may not read it", "change its permissions, or copy it"),
    errno.EPERM: ("you may not read it", "change its permissions, or copy it"),
    errno.ENOTDIR: ("a part of its path is not a folder", "check the path"),
    errno.ENAMETOOLONG: ("its name is too long", "check the path"),
    errno.ELOOP: ("its links run in a circle", "give the file itself"),
}


def megabytes(size: int) -> str:
    """Return a size in bytes in words for a message.

    >>> megabytes(5_000_000), megabytes(300)
    ('5.0 MB', '300 bytes')
    """
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size} bytes"


def read_bytes(path: str | Path, *, limit: int, too_large: str) -> bytes:
    """Return the content of a file that has at most ``limit`` bytes and is not empty.

    Args:
        path: The file; what is not a regular file (a pipe) is read, too.
        limit: Most bytes that are read.
        too_large: What the user can do about a file with more bytes.

    Raises:
        FileError: The file is missing, a folder, unreadable, empty or larger than ``limit``.

    >>> read_bytes("no-such-folder/advert.txt", limit=10, too_large="")
    Traceback (most recent call last):
    starkit.errors.FileError: no-such-folder/advert.txt: there is no such file; check the path
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
            size = len(data) if len(data) <= limit else max(file.stat().st_size, len(data))
    except FileNotFoundError as error:
        raise FileError(path, "there is no such file", _nearest(file)) from error
    except OSError as error:
        unknown = (f"it cannot be read ({error.strerror or error})", "check the path and the disk")
        seen, advice = _REASONS.get(error.errno or 0, unknown)
        raise FileError(path, seen, advice) from error
    except ValueError as error:  # Python's own word for a null character in a path
        raise FileError(path, "it is no file name", "check the path") from error
    if size > limit:
        raise FileError(path, f"it has {megabytes(size)}, limit {megabytes(limit)}", too_large)
    if not data:
        raise FileError(path, "the file is empty", "check that it was saved")
    return data


def refuse_swelling(data: bytes, named: str | Path, *, limit: int, too_large: str) -> None:
    """Refuse a zip archive, as Word documents and workbooks are, that unpacks to very much.

    A few hundred bytes can say that they hold gigabytes; the archive's own list has the sizes.

    Args:
        data: The archive.
        named: What the file is called in messages.
        limit: Most bytes that it may unpack to.
        too_large: What the user can do about a larger one.

    Raises:
        FileError: It unpacks to more than ``limit`` bytes.
        zipfile.BadZipFile: It is no zip archive.

    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("xl/sheet1.xml", b" " * 200)
    >>> refuse_swelling(packed.getvalue(), "s.xlsx", limit=100, too_large="split it")
    Traceback (most recent call last):
    starkit.errors.FileError: s.xlsx: it has 200 bytes unpacked, limit 100 bytes; split it
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > limit:
        seen = f"it has {megabytes(size)} unpacked, limit {megabytes(limit)}"
        raise FileError(named, seen, too_large)


_NEAR = 0.65  # likeness of two names, 0-1: "story" and "stories" are near, "phone" and "photo" not


def _nearest(file: Path) -> str:
    # A slip in a file's name is the usual reason; the folder's own names are at hand. The ending
    # that half of a folder has says nothing, but between names that are equally near.
    try:
        names = sorted(entry.name for entry in file.parent.iterdir() if entry.is_file())
    except OSError:
        return "check the path"
    stems: dict[str, list[str]] = {}
    for name in names:
        stems.setdefault(Path(name).stem.casefold(), []).append(name)
    near = difflib.get_close_matches(file.stem.casefold(), stems, n=1, cutoff=_NEAR)
    if not near:
        return "check the path"
    [name] = difflib.get_close_matches(file.name, stems[near[0]], n=1, cutoff=0)
    return f"did you mean {name!r}?"
