"""Commands that prepare an interview: demo, init, import, prepare, requirements, check stories."""

import datetime as dt
import json
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import attrs
import typer

import starkit
from starkit.cli.options import (
    ADVERT_HELP,
    STORIES_HELP,
    ColumnOption,
    CountryOption,
    JsonFlag,
    RegionOption,
    advert_in,
    day,
    stories_in,
    today_or,
)
from starkit.cli.terminal import (
    PROBLEMS,
    UNUSABLE,
    check_outputs,
    give,
    is_stdout,
    refuse_overwriting,
    reported,
    say,
    say_json,
    say_written,
    show,
    stop,
    warn,
)
from starkit.data import read_text
from starkit.errors import FileError, UnknownStoryError

AdvertArgument = Annotated[Path, typer.Argument(help=ADVERT_HELP, metavar="ADVERT")]
StoriesOption = Annotated[
    Path,
    typer.Option("--stories", "-s", help=STORIES_HELP, metavar="FILE"),
]
HtmlOption = Annotated[
    Path | None, typer.Option("--html", help="Write the pack as one web page.", metavar="OUT")
]
MarkdownOption = Annotated[
    Path | None, typer.Option("--markdown", help="Write the pack as Markdown.", metavar="OUT")
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", help="Write the pack as JSON.", metavar="OUT")
]
CalendarOption = Annotated[
    Path | None,
    typer.Option("--calendar", help="Write the dates as a calendar file.", metavar="OUT"),
]
InterviewDateOption = Annotated[
    str | None,
    typer.Option("--interview-date", help="The day of the interview.", metavar="DATE"),
]
TimescaleOption = Annotated[
    str | None,
    typer.Option(
        "--timescale",
        help="When you will hear, in the employer's words: 'a week', '10 working days', a date.",
        metavar="TEXT",
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace output files that exist.")]


@reported
def demo(
    *,
    html: HtmlOption = None,
    markdown: MarkdownOption = None,
    json_out: JsonOption = None,
    calendar: CalendarOption = None,
    force: ForceOption = False,
) -> None:
    """Prepare an interview from the advert and the stories that come with starkit."""
    outputs = _Outputs(html=html, markdown=markdown, json=json_out, calendar=calendar)
    examples = files("starkit.data").joinpath("examples")
    with (
        as_file(examples.joinpath("adverts", "nurse.txt")) as advert,
        as_file(examples.joinpath("stories", "nurse.yaml")) as stories,
    ):
        _prepare(
            advert,
            stories,
            outputs=outputs,
            force=force,
            # The worked example of A17, with a day of its own: the demo is the same on every day.
            application=_application("2026-12-17", "a week"),
            today=dt.date(2026, 12, 1),
        )
    if not any(is_stdout(path) for path in outputs.paths()):
        say("This was the demo. With your own material: starkit init my-interview")


@reported
def prepare(
    context: typer.Context,
    advert: AdvertArgument,
    *,
    stories: StoriesOption,
    column: ColumnOption = None,
    html: HtmlOption = None,
    markdown: MarkdownOption = None,
    json_out: JsonOption = None,
    calendar: CalendarOption = None,
    interview_date: InterviewDateOption = None,
    timescale: TimescaleOption = None,
    country: CountryOption = "GB",
    region: RegionOption = None,
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal",
            help="Your journal: the stories are told what feedback they drew.",
            envvar="STARKIT_JOURNAL",
            metavar="FILE",
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Prepare one interview from your advert and your stories.

    OUT may be - for the standard output.
    """
    if journal is not None and not journal.exists() and _of_environment(context, "journal"):
        journal = None  # the place of a journal that is still to be made
    _prepare(
        advert,
        stories,
        column=column,
        outputs=_Outputs(html=html, markdown=markdown, json=json_out, calendar=calendar),
        force=force,
        application=_application(interview_date, timescale),
        today=today_or(None),
        country=country,
        region=region,
        journal=journal,
    )


def _of_environment(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "ENVIRONMENT"


@reported
def requirements(
    advert: AdvertArgument,
    *,
    as_json: JsonFlag = False,
) -> None:
    """Show what an advert asks for."""
    from starkit.render import requirements_terminal

    found = starkit.extract_requirements(
        advert_in(advert, otherwise="give the advert; stories go to 'starkit check stories'")
    )
    if as_json:
        say_json(found.to_dicts())
    else:
        show(requirements_terminal(found))


@reported
def check_stories(
    file: Annotated[
        Path, typer.Argument(help="Your story file, in any form that is read.", metavar="FILE")
    ],
    *,
    column: ColumnOption = None,
) -> None:
    """Say what each story lacks before it can be told; exit code 1 when a part is missing."""
    from starkit.render import findings_terminal

    bank = stories_in(file, column)
    findings = starkit.check_stories(bank)
    show(findings_terminal(findings))
    say(_summary([starkit.check_story(story) for story in bank]))
    if findings.errors:
        raise typer.Exit(PROBLEMS)


def _summary(checked: Sequence["starkit.Findings"]) -> str:
    """Say how many stories are ready, and how many want what."""
    total = len(checked)
    unfinished = sum(not findings.ok for findings in checked)
    improvable = sum(findings.ok and bool(findings) for findings in checked)
    told = [
        f"{count} {words}"
        for count, words in (
            (unfinished, "with a part to write"),
            (improvable, "to improve"),
            (total - unfinished - improvable, "ready to tell"),
        )
        if count
    ]
    many = f"{total} {'story' if total == 1 else 'stories'}"
    return f"{many}: {', '.join(told)}." if told else f"{many}."


# What ``starkit init`` writes: a name in the folder, and the packaged text that it gets.
_STARTER = {
    "advert.txt": "examples/starter-advert.txt",
    "stories.yaml": "examples/starter.yaml",
    "README.txt": "examples/next-steps.txt",
}


@reported
def init(
    folder: Annotated[Path, typer.Argument(help="A folder to make.", metavar="DIR")],
) -> None:
    """Make a folder with an advert, a commented story file and what to do next."""
    from starkit.files import write_text

    if is_stdout(folder):
        raise FileError(folder, "a folder cannot go to the standard output", "give it a name")
    refuse_overwriting([folder / name for name in _STARTER], advice="choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise FileError(folder, "it is a file", "choose another folder") from None
    except OSError as error:
        seen = f"the folder cannot be made ({error.strerror})"
        raise FileError(folder, seen, "choose another folder") from error
    for name, packaged in _STARTER.items():
        write_text(folder / name, read_text(packaged))
    say(f"Made {folder} with {', '.join(_STARTER)}.")
    say("Now put your advert and your stories in, then:")
    say(f'  starkit prepare "{folder / "advert.txt"}" --stories "{folder / "stories.yaml"}"')


@reported
def import_stories(
    file: Annotated[
        Path,
        typer.Argument(help="What you have: Markdown, CSV, XLSX or JSON Resume.", metavar="FILE"),
    ],
    out: Annotated[
        Path,
        typer.Argument(
            help="The story file to write: .yaml, .json, .toml, .md, .csv, .xlsx.", metavar="OUT"
        ),
    ],
    *,
    column: ColumnOption = None,
    force: ForceOption = False,
) -> None:
    """Turn stories that you have in another file, or a CV, into a story file."""
    if is_stdout(out):
        seen = "stories cannot go to the standard output, since the ending of a name says the form"
        raise FileError(out, seen, "name a file, such as stories.yaml")
    if not force:
        refuse_overwriting([out], advice="add --force to replace it")
    bank = stories_in(file, column)
    if out.exists() and out.samefile(file):
        raise FileError(out, "it is the file to read", "give another name")
    starkit.dump_stories(bank, out)
    drafts = sum(not starkit.check_story(story).ok for story in bank)
    many = f"{len(bank)} {'story' if len(bank) == 1 else 'stories'}"
    say(f"Written: {out} ({many}, {drafts} with parts still to write)")
    if drafts:
        say(f'See what is missing: starkit check stories "{out}"')


@attrs.frozen
class _Outputs:
    """Where the pack is to be written, in which form."""

    html: Path | None = None
    markdown: Path | None = None
    json: Path | None = None
    calendar: Path | None = None

    def paths(self) -> list[Path]:
        return [path for path in attrs.astuple(self) if path is not None]


def _prepare(
    advert: Path,
    stories: Path,
    *,
    column: list[str] | None = None,
    outputs: _Outputs,
    force: bool,
    application: "_Application | None",
    today: dt.date,
    country: str = "GB",
    region: str | None = None,
    journal: Path | None = None,
) -> None:
    reads = [path for path in (advert, stories, journal) if path is not None]
    check_outputs(outputs.paths(), reads=reads, force=force)
    if outputs.calendar and application is None:
        stop("--calendar needs --interview-date: without it there are no dates", UNUSABLE)
    if application is not None and application.interviewed < today:
        held = application.interviewed.isoformat()
        warn(f"The interview of {held} is over; for what comes after it: starkit follow-up")
    read = advert_in(
        advert,
        otherwise="give the advert first, and the stories after --stories: are they swapped?",
    )
    bank = stories_in(stories, column, advert=advert)
    if journal is not None:
        bank = _with_feedback(bank, journal)
    pack = starkit.prepare(
        read,
        bank,
        application=application.to(read) if application else None,
        today=today,
        country=country,
        subdiv=region,
    )
    if not any(is_stdout(path) for path in outputs.paths()):
        show(pack)
    _write(pack, outputs)


def _with_feedback(bank: "starkit.StoryBank", journal: Path) -> "starkit.StoryBank":
    """Tell the stories what feedback they drew (A12); of a story that is not there it is said.

    The journal has no stories at hand, so that what it calls one may be the beginning of its title.
    """
    with starkit.open_journal(journal, create=False) as opened:
        told = opened.feedback()
    known, kept = {}, []
    for piece in told:
        for title in piece.stories:
            try:
                known[title] = bank.find(title).title
            except UnknownStoryError as error:
                warn(f"{journal} has feedback on a story that is not in your file: {error}")
        titles = list(dict.fromkeys(known[title] for title in piece.stories if title in known))
        kept.append(attrs.evolve(piece, stories=titles))
    return starkit.apply_feedback(bank, kept)


def _write(pack: "starkit.InterviewPack", outputs: _Outputs) -> None:
    if outputs.html:
        give(outputs.html, pack.to_html())
    if outputs.markdown:
        give(outputs.markdown, pack.to_markdown())
    if outputs.json:
        give(outputs.json, json.dumps(pack.to_dict(), ensure_ascii=False, indent=2) + "\n")
    if outputs.calendar:
        give(outputs.calendar, pack.calendar())
    say_written(outputs.paths())


@attrs.frozen
class _Application:
    """What the command line knows of an application before the advert is read."""

    interviewed: dt.date
    timescale: str | None

    def to(self, advert: "starkit.Advert") -> "starkit.Application":
        return starkit.Application(
            advert.employer or "the employer",
            advert.title or "the post",
            channel="direct",
            stage="interview",
            interviewed=self.interviewed,
            timescale=self.timescale,
        )


def _application(interview_date: str | None, timescale: str | None) -> _Application | None:
    if interview_date is None:
        if timescale is not None:
            stop("--timescale counts from the interview: give --interview-date, too", UNUSABLE)
        return None
    return _Application(day("--interview-date", interview_date), timescale)
