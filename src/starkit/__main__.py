"""The ``starkit`` command as a program: what stops it from outside ends it without a traceback."""

import os
import sys

_INTERRUPTED = 130  # what a shell gives a program that Ctrl-C ended
_UNUSABLE = 2


def main() -> None:
    """Run the command line; the entry point of the ``starkit`` script."""
    try:
        # Most of the first second goes into these imports, and Ctrl-C may come in them, too.
        from starkit.cli import run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except OSError as error:
        # A file of the user's that cannot be used has a message of its own: what is left is the
        # standard output, on a full disk or on one that was taken away.
        _let_go(sys.stdout)
        sys.stderr.write(f"starkit: the output cannot be written ({error.strerror or error})\n")
        sys.exit(_UNUSABLE)


def _let_go(stream: object) -> None:
    """Send what is still to be written nowhere, or Python says at its end that it failed."""
    number = getattr(stream, "fileno", lambda: None)()
    if number is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


if __name__ == "__main__":
    main()
