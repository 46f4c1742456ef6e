"""The ``starkit`` command as a program: what stops it from outside ends it without a traceback."""

import io
import os
import sys
from typing import Any

_INTERRUPTED = 130  # what a shell gives a program that Ctrl-C ended
_UNUSABLE = 2


class _OutputError(OSError):
    """The standard output cannot be written: a full disk, or one that was taken away."""


class _Output(io.FileIO):
    """The standard output, whose errors are told from those of files."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise  # whoever read has read enough: typer ends the command
        except OSError as error:
            raise _OutputError(error.errno, error.strerror) from error


def main() -> None:
    """Run the command line; the entry point of the ``starkit`` script."""
    try:
        _watch_output()
        # Most of the first second goes into these imports, and Ctrl-C may come in them, too.
        from starkit.cli import run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except _OutputError as error:
        _let_go(sys.stdout)
        sys.stderr.write(f"starkit: the output cannot be written ({error.strerror or error})\n")
        sys.exit(_UNUSABLE)
    except OSError as error:
        # A file of the user's that cannot be used has a message of its own: what is left is a
        # part of starkit itself, of the machine, or a terminal that went away.
        _let_go(sys.stdout)
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(
            f"starkit: {where}the system refused ({error.strerror or error}); if it is a file of "
            "starkit's, install it again\n"
        )
        sys.exit(_UNUSABLE)


def _watch_output() -> None:
    out = sys.stdout
    # A terminal is left as it is: Windows writes to one in a way of its own.
    if not isinstance(out, io.TextIOWrapper) or out.isatty():
        return
    out.flush()
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(_Output(out.fileno(), "wb", closefd=False)),
        encoding=out.encoding,
        errors=out.errors,
        line_buffering=out.line_buffering,
    )


def _let_go(stream: object) -> None:
    """Send what is still to be written nowhere, or Python says at its end that it failed."""
    number = getattr(stream, "fileno", lambda: None)()
    if number is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


if __name__ == "__main__":
    main()
