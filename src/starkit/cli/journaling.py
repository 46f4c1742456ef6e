"""The commands of ``starkit journal``: applications kept, what falls due, what is done."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

import starkit
from starkit.cli.options import (
    JOURNAL,
    ApplicationOptions,
    CountryOption,
    JournalOption,
    JsonFlag,
    RegionOption,
    TodayOption,
    day_past,
    remark_on_dates,
    today_or,
    with_application,
)
from starkit.cli.terminal import (
    UNUSABLE,
    ask,
    check_outputs,
    clock,
    give,
    reported,
    say,
    say_json,
    say_written,
    stop,
)

NumberArgument = Annotated[
    int, typer.Argument(help="The number of the application.", metavar="NUMBER")
]


@reported
@with_application
def add(
    given: ApplicationOptions,
    *,
    journal: JournalOption = JOURNAL,
    today: TodayOption = None,
    country: CountryOption = "GB",
    region: RegionOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Add it though the same post is there already.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write down an application; the journal is made if it is not there."""
    on = today_or(today)
    application = given.application()
    remark_on_dates(given, application, on)
    _readable(application, on, country, region)
    with starkit.open_journal(journal) as opened:
        same = next((entry for entry in opened if _same(entry.application, application)), None)
        if same is not None and not again:
            stop(
                f"{same.name} is number {same.number} already: change it with 'starkit journal "
                f"update {same.number}{_there(journal)}', or add --again",
                UNUSABLE,
            )
        _told(opened.add(application, on=on), "Added", as_json=as_json)


@reported
@with_application
def update(
    given: ApplicationOptions,
    number: NumberArgument,
    *,
    journal: JournalOption = JOURNAL,
    today: TodayOption = None,
    country: CountryOption = "GB",
    region: RegionOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Change an application: the interview came, a timescale was given, it was decided."""
    with starkit.open_journal(journal, create=False) as opened:
        before = opened.entry(number).application
        application = given.application(before)
        if application == before:
            stop("nothing to change was given; see 'starkit journal update --help'", UNUSABLE)
        remark_on_dates(given, application, today_or(today), before=before)
        _readable(application, today_or(today), country, region)
        _told(opened.update(number, application), "Changed", as_json=as_json)


def _same(one: "starkit.Application", other: "starkit.Application") -> bool:
    def folded(application: "starkit.Application") -> tuple[str, ...]:
        return tuple(
            " ".join(text.casefold().split()) for text in (application.employer, application.role)
        )

    return folded(one) == folded(other)


def _there(journal: Path) -> str:
    """Return the option that a command needs to find this journal again."""
    return "" if journal == JOURNAL else f' --journal "{journal}"'


def _readable(
    application: "starkit.Application", today: dt.date, country: str, region: str | None
) -> None:
    """Plan once, so that a timescale that cannot be read is told now and not when it falls due."""
    starkit.plan_follow_up(application, today, country=country, subdiv=region)


def _told(entry: "starkit.JournalEntry", done: str, *, as_json: bool) -> None:
    if as_json:
        say_json(starkit.to_dict(entry))
    else:
        say(f"{done}: {_line(entry)}")


def _line(entry: "starkit.JournalEntry") -> str:
    from starkit.render.words import plain

    application = entry.application
    days = {"applied": application.applied, "interview": application.interviewed}
    on = days.get(str(application.stage), application.decided)
    outcome = f", {application.outcome}" if application.outcome else ""
    return plain(f"{entry}{outcome}{f', {on.isoformat()}' if on else ''}")


@reported
def listed(*, journal: JournalOption = JOURNAL, as_json: JsonFlag = False) -> None:
    """List the applications with how far they are."""
    with starkit.open_journal(journal, create=False) as opened:
        entries = opened.entries()
    if as_json:
        say_json([starkit.to_dict(entry) for entry in entries])
        return
    for entry in entries:
        say(_line(entry))
    if not entries:
        say(f"No applications yet: starkit journal add{_there(journal)}")


@reported
def due(
    *,
    journal: JournalOption = JOURNAL,
    days: Annotated[
        int,
        typer.Option("--days", min=0, max=3660, help="How many days to look ahead.", metavar="N"),
    ] = 14,
    today: TodayOption = None,
    country: CountryOption = "GB",
    region: RegionOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show what falls due, overdue things first, over all applications (A17)."""
    start = today_or(today)
    with starkit.open_journal(journal, create=False) as opened:
        found = opened.due(
            start, until=start + dt.timedelta(days=days), country=country, subdiv=region
        )
    if as_json:
        say_json([starkit.to_dict(item) for item in found])
        return
    from starkit.render.words import british_date, plain

    for item in found:
        point = item.point
        say(f"{british_date(point.date)}: {plain(point.what)}")
        tick = f'starkit journal done {item.number} "{point.touch}"{_there(journal)}'
        say(f"  {plain(item.name)} (tick off: {tick})")
    if not found:
        say(f"Nothing falls due within {days} days.")


@reported
def done(
    number: NumberArgument,
    touch: Annotated[
        str | None,
        typer.Argument(help="What was done: thanks, contact, remind …", metavar="WHAT"),
    ] = None,
    *,
    on: Annotated[
        str | None, typer.Option("--on", help="On which day; today if not given.", metavar="DATE")
    ] = None,
    today: TodayOption = None,
    journal: JournalOption = JOURNAL,
    as_json: JsonFlag = False,
) -> None:
    """Tick off what the plan of an application had to do."""
    when = day_past(on, today_or(today))
    with starkit.open_journal(journal, create=False) as opened:
        if touch is None:
            planned = [str(point.touch) for point in opened.entry(number).plan(when)]
            touch = ask(
                "WHAT", f"What was done? Planned is: {', '.join(planned) or 'nothing'}.", str
            )
        entry = opened.done(number, touch, on=when)
    if as_json:
        say_json(starkit.to_dict(entry))
    else:
        say(f"Done: {touch} of {_line(entry)}")


@reported
def feedback(
    number: NumberArgument,
    *,
    source: Annotated[str | None, typer.Option(help="Whom it comes from.", metavar="TEXT")] = None,
    said: Annotated[str | None, typer.Option(help="What was said.", metavar="TEXT")] = None,
    lesson: Annotated[str, typer.Option(help="What you take from it.", metavar="TEXT")] = "",
    story: Annotated[
        list[str] | None,
        typer.Option(
            help="The title of a story that it touches; may be repeated.", metavar="TITLE"
        ),
    ] = None,
    verdict: Annotated[
        str, typer.Option(help="How those went down: good, mixed or poor.", metavar="WORD")
    ] = "mixed",
    useful: Annotated[
        int, typer.Option(help="How useful it was: 1 (little) to 5 (much).", metavar="N")
    ] = 3,
    on: Annotated[
        str | None, typer.Option("--on", help="On which day; today if not given.", metavar="DATE")
    ] = None,
    today: TodayOption = None,
    stories: Annotated[
        Path | None,
        typer.Option(
            "--stories", "-s", help="Your story file, to look the titles up in.", metavar="FILE"
        ),
    ] = None,
    journal: JournalOption = JOURNAL,
    as_json: JsonFlag = False,
) -> None:
    """Write down feedback, so that the next preparation knows it (A12)."""
    when = day_past(on, today_or(today))
    if stories is not None:
        bank = starkit.load_stories(stories)
        story = [bank[title].title for title in story or ()]
    with starkit.open_journal(journal, create=False) as opened:
        application = opened.entry(number).application
        given = starkit.Feedback(
            application,
            source if source is not None else ask("--source", "Whom does it come from?", str),
            said if said is not None else ask("--said", "What was said?", str),
            lesson,
            tuple(story or ()),
            useful=useful,
            verdict=verdict,
            on=when,
        )
        entry = opened.add_feedback(number, given)
    if as_json:
        say_json(starkit.to_dict(entry))
    else:
        say(f"Kept with {_line(entry)}")


@reported
def practice(*, journal: JournalOption = JOURNAL, as_json: JsonFlag = False) -> None:
    """List what you practised and how it went, the newest last."""
    with starkit.open_journal(journal, create=False) as opened:
        records = opened.practice()
    if as_json:
        say_json([starkit.to_dict(record) for record in records])
        return
    from starkit.render.words import plain

    for record in records:
        story = f" with {record.story}" if record.story else ""
        note = f" Next time: {record.note}" if record.note else ""
        went = f"{record.on.isoformat()} {record.verdict}, {clock(record.seconds)}{story}"
        say(plain(f"{went}: {record.question}{note}"))
    if not records:
        say("Nothing practised yet: starkit practise --journal FILE")


@reported
def exported(
    out: Annotated[Path, typer.Argument(help="The JSON file to write.", metavar="OUT")],
    *,
    journal: JournalOption = JOURNAL,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write the whole journal as JSON."""
    from starkit.journal.exchange import export_text

    check_outputs([out], reads=[journal], force=force)
    with starkit.open_journal(journal, create=False) as opened:
        count, text = export_text(opened)
    give(out, text)
    say_written([out], f" ({count} {'application' if count == 1 else 'applications'})")


@reported
def imported(
    file: Annotated[Path, typer.Argument(help="A file that export wrote.", metavar="FILE")],
    *,
    journal: JournalOption = JOURNAL,
) -> None:
    """Add what an export holds; what is there already is left as it is."""
    from starkit.journal.exchange import read_export

    entries, practised = read_export(file)  # before a journal is made for it
    with starkit.open_journal(journal) as opened:
        found = opened.take_in(entries, practised)
    say(f"Read {file}: {found}.")
    for entry in found.different:
        say(f"Kept as it is here, though the file has it otherwise: {_line(entry)}")
