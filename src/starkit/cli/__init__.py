"""The ``starkit`` command: the only part that prints, asks the clock and leaves with a code.

Exit codes: 0 fine, 1 problems found in the user's material, 2 wrong use or unreadable input.
"""

from typing import Annotated

import typer

import starkit
from starkit.cli import answering, contact, journaling, practising, preparing
from starkit.cli.terminal import PROBLEMS, UNUSABLE, say

__all__ = ["PROBLEMS", "UNUSABLE", "app", "main"]

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

app.command("demo")(preparing.demo)
app.command("init")(preparing.init)
app.command("import")(preparing.import_stories)
app.command("prepare")(preparing.prepare)
app.command("requirements")(preparing.requirements)
app.command("import")(preparing.import_stories)
app.add_typer(check, name="check")
check.command("stories")(preparing.check_stories)
app.command("answer")(answering.answer)
app.command("practise")(practising.practise)
app.command("closing")(answering.closing)
app.command("follow-up")(contact.follow_up)
app.command("call")(contact.call)
app.command("letter")(contact.letter)
app.add_typer(journal, name="journal")
journal.command("add")(journaling.add)
journal.command("update")(journaling.update)
journal.command("list")(journaling.listed)
journal.command("due")(journaling.due)
journal.command("done")(journaling.done)
journal.command("feedback")(journaling.feedback)
journal.command("practice")(journaling.practice)
journal.command("export")(journaling.exported)
journal.command("import")(journaling.imported)


def main() -> None:
    """Run the command line; the entry point of the ``starkit`` script."""
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
