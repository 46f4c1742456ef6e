"""The ``starkit`` command: the only part that prints, asks the clock and leaves with a code.

Exit codes: 0 fine, 1 problems found in the user's material, 2 wrong use or unreadable input.
"""

import inspect
import io
import sys
from collections.abc import Callable
from typing import Annotated

import typer

import starkit
from starkit.cli import answering, contact, journaling, practising, preparing
from starkit.cli.terminal import PROBLEMS, UNUSABLE, say

__all__ = ["PROBLEMS", "UNUSABLE", "app", "run"]

app: typer.Typer = typer.Typer(
    help="From a job advert and your STAR stories to an interview pack. "
    "Everything stays on this machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
check: typer.Typer = typer.Typer(
    help="Check your own material before you use it.", no_args_is_help=True
)
journal: typer.Typer = typer.Typer(
    help="Keep your applications, and see what falls due.", no_args_is_help=True
)


def _add(group: typer.Typer, name: str, command: Callable[..., None]) -> None:
    # A short help that is given is wrapped in the list of commands; one that is taken is cut.
    summary, *_ = (inspect.getdoc(command) or "").splitlines()
    group.command(name, short_help=summary)(command)


_add(app, "demo", preparing.demo)
_add(app, "init", preparing.init)
_add(app, "prepare", preparing.prepare)
_add(app, "requirements", preparing.requirements)
_add(app, "import", preparing.import_stories)
app.add_typer(check, name="check", short_help=check.info.help)
_add(check, "stories", preparing.check_stories)
_add(app, "answer", answering.answer)
_add(app, "practise", practising.practise)
_add(app, "closing", answering.closing)
_add(app, "follow-up", contact.follow_up)
_add(app, "call", contact.call)
_add(app, "letter", contact.letter)
app.add_typer(journal, name="journal", short_help=journal.info.help)
_add(journal, "add", journaling.add)
_add(journal, "update", journaling.update)
_add(journal, "list", journaling.listed)
_add(journal, "due", journaling.due)
_add(journal, "done", journaling.done)
_add(journal, "feedback", journaling.feedback)
_add(journal, "practice", journaling.practice)
_add(journal, "export", journaling.exported)
_add(journal, "import", journaling.imported)


def run() -> None:
    """Run the command line with the arguments of this process; it ends the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that the encoding lacks ends nothing
    app(prog_name="starkit")


def _version(wanted: bool) -> None:
    if wanted:
        say(f"starkit {starkit.__version__}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    del version  # the callback has done its work
