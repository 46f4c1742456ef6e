"""Saying and asking: the one place of starkit that prints, reads the keyboard and ends a command."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console

from starkit.errors import FileError, StarkitError, StoryFileError

PROBLEMS = 1
UNUSABLE = 2

_P = ParamSpec("_P")
_T = TypeVar("_T")


def reported(command: Callable[_P, None]) -> Callable[_P, None]:
    """Turn an error of ours into one message on stderr and an exit code."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except StarkitError as error:
            stop(str(error), PROBLEMS if isinstance(error, StoryFileError) else UNUSABLE)

    return run


def stop(message: str, code: int) -> NoReturn:
    """End the command with a message on stderr and an exit code."""
    warn(message)
    raise typer.Exit(code)


def warn(message: str) -> None:
    """Say something on stderr, where it does not mix with what a command gives."""
    Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(message)


def show(what: Any) -> None:
    """Print a value that rich knows how to draw."""
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(what)
        return
    # In a file or a pipe nobody wants the spaces with which a table fills its lines.
    with console.capture() as drawn:
        console.print(what)
    lines = [line.rstrip(" ") for line in drawn.get().split("\n")]
    typer.echo("\n".join(lines), nl=False)


def say(message: str) -> None:
    """Print a line as it stands."""
    # A path is the user's own text: no markup, and no line break that cannot be copied.
    Console(highlight=False, markup=False, soft_wrap=True).print(message)


def say_json(plain: Any) -> None:
    """Print plain values as JSON, and nothing else."""
    # Not by rich, which would fold a long line to the width of the terminal; and as bytes, since
    # JSON is UTF-8 whatever the terminal's encoding is.
    typer.echo(json.dumps(plain, ensure_ascii=False, indent=2).encode("utf-8") + b"\n", nl=False)


def is_stdout(path: Path) -> bool:
    """Tell whether a name means the standard output and no file."""
    return str(path) == "-"


def give(path: Path, text: str) -> None:
    """Write a text to a file, or to the standard output when the name is ``-``."""
    from starkit.files import write_text

    if is_stdout(path):
        typer.echo(
            text.encode("utf-8"), nl=False
        )  # as bytes, since a calendar has line ends of its own
    else:
        write_text(path, text)


def say_written(paths: Iterable[Path], more: str = "") -> None:
    """Say which files were written; on stderr when something else was given on stdout."""
    written = list(paths)
    told = warn if any(is_stdout(path) for path in written) else say
    for path in written:
        if not is_stdout(path):
            told(f"Written: {path}{more}")


def check_outputs(paths: Iterable[Path], *, reads: Iterable[Path], force: bool) -> None:
    """Stop before the work when a file cannot be written: what cannot be is said first.

    Args:
        paths: The files to write.
        reads: The user's own files, which are never written over.
        force: Whether other files that exist may be replaced.
    """
    from starkit.files.writing import refuse_database

    outputs, own = list(paths), list(reads)
    if sum(is_stdout(path) for path in outputs) > 1:
        raise FileError("-", "two options name the standard output", "let one of them name a file")
    outputs = [path for path in outputs if not is_stdout(path)]
    for number, path in enumerate(outputs):
        if any(_is_same(path, other) for other in own):
            raise FileError(path, "it is one of the files to read", "give another name")
        if any(_is_same(path, other) for other in outputs[:number]):
            raise FileError(path, "two options name the same file", "give each its own")
        if force:
            refuse_database(path)
    if not force:
        refuse_overwriting(outputs, advice="add --force to replace it")


def _is_same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return os.path.realpath(one) == os.path.realpath(other)


def refuse_overwriting(paths: Iterable[Path], *, advice: str) -> None:
    """Stop when one of the files to write exists already."""
    from starkit.files.writing import refuse_database

    for path in paths:
        if path.is_dir():
            raise FileError(path, "it is a folder", "give the name of a file")
        refuse_database(path)  # to add --force would not help
        if path.exists():
            raise FileError(path, "it exists already", advice)


# --- questions to the user ------------------------------------------------------------------------


def on_terminal() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(option: str, question: str, read: Callable[[str], _T], *, hint: str = "") -> _T:
    """Ask until the answer can be read; without a terminal, say which option is missing.

    Args:
        option: The option that gives the answer beforehand.
        question: What to ask.
        read: Reads the answer, or raises an error of ours that says what is wrong with it.
        hint: What to type, for somebody at a keyboard.
    """
    if not on_terminal():
        stop(f"{option} is missing: {question}", UNUSABLE)
    asked = f"{question} [{hint}]" if hint else question
    while True:
        # Questions go to stderr, so that what a command gives can be sent to a file.
        said = str(typer.prompt(asked, err=True, default="", show_default=False)).strip()
        try:
            return read(said)
        except StarkitError as error:
            warn(str(error))


def ask_yes(option: str, question: str) -> bool | None:
    """Ask for yes or no; ``None`` when it is not known."""
    return ask(option, question, _yes, hint="yes/no/not known")


def need_terminal(why: str) -> None:
    """Stop when nobody sits there who can be asked."""
    if not on_terminal():
        stop(why, UNUSABLE)


def timed(prompt: str, limit: int) -> float:
    """Run a clock on stderr until Enter is pressed; return the seconds that it took.

    Args:
        prompt: What is said before the clock.
        limit: How long it should take at most, in seconds.
    """
    start = time.monotonic()
    stopped = threading.Event()

    def tick() -> None:
        while True:
            passed = time.monotonic() - start
            over = "  over time" if passed > limit else ""
            # The clock is written over itself; what it wrote last stays.
            typer.echo(f"\r{prompt} {clock(passed)} of {clock(limit)}{over}", nl=False, err=True)
            if stopped.wait(1):
                return

    ticking = threading.Thread(target=tick, daemon=True)
    ticking.start()
    try:
        # Not by typer.prompt, which draws its line anew and would wipe the clock.
        if not sys.stdin.readline():
            raise typer.Abort
        return time.monotonic() - start
    finally:
        stopped.set()
        ticking.join()


def clock(seconds: float) -> str:
    """Return a time as minutes and seconds.

    >>> clock(95.7)
    '1:35'
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


_WORDS = {
    **dict.fromkeys(("yes", "y", "true"), True),
    **dict.fromkeys(("no", "n", "false"), False),
    **dict.fromkeys(("not known", "unknown", "don't know", "?"), None),
}


def _yes(said: str) -> bool | None:
    try:
        return _WORDS[said.lower()]
    except KeyError:
        raise UnreadableAnswerError(said, "answer yes, no or not known") from None


class UnreadableAnswerError(StarkitError, ValueError):
    """An answer at the keyboard, or the value of an option, cannot be read.

    >>> print(UnreadableAnswerError("perhaps", "answer yes or no"))
    'perhaps' cannot be read; answer yes or no
    """

    def __init__(self, said: str, advice: str) -> None:
        super().__init__(said, advice)
        self.said = said
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.said!r} cannot be read; {self.advice}"
