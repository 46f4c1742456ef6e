"""Commands for staying in contact: the plan, whether to call, and what to write."""

import datetime as dt
import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import attrs
import typer

import starkit
from starkit.cli.answering import show_findings
from starkit.cli.options import (
    JOURNAL,
    ApplicationOptions,
    CountryOption,
    JournalOption,
    JsonFlag,
    NameOption,
    RegionOption,
    TodayOption,
    a_word_or_two,
    day,
    own_words,
    remark_on_dates,
    today_or,
    with_application,
)
from starkit.cli.terminal import (
    UNUSABLE,
    UnreadableAnswerError,
    ask,
    ask_yes,
    check_outputs,
    give,
    is_stdout,
    on_terminal,
    reported,
    say,
    say_json,
    say_written,
    show,
    stop,
    warn,
)
from starkit.errors import TimescaleError
from starkit.timescales import promised_date

NumberOption = Annotated[
    int | None,
    typer.Option(
        "--number", "-n", help="The application of this number in your journal.", metavar="N"
    ),
]


def _kept(number: int, journal: Path) -> "starkit.JournalEntry":
    with starkit.open_journal(journal, create=False) as opened:
        return opened.entry(number)


@reported
@with_application
def follow_up(
    given: ApplicationOptions,
    *,
    number: NumberOption = None,
    journal: JournalOption = JOURNAL,
    name: NameOption = "",
    today: TodayOption = None,
    country: CountryOption = "GB",
    region: RegionOption = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Print the letters, too.")] = False,
    calendar: Annotated[
        Path | None,
        typer.Option("--calendar", help="Write the dates as a calendar file.", metavar="OUT"),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", help="The time of the calendar's events; all day without.", metavar="HH:MM"
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv", help="Write the plan as CSV, safe to open in a spreadsheet.", metavar="OUT"
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace output files that exist.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Plan when to make contact, with whom and why (A14-A18, A25-A33).

    OUT may be - for the standard output.
    """
    if at is not None and calendar is None:
        stop("--at needs --calendar: it is the time of the calendar's events", UNUSABLE)
    hour = _hour(at) if at is not None else None
    outputs = [path for path in (calendar, csv) if path is not None]
    if as_json and any(is_stdout(path) for path in outputs):
        stop(
            "--json gives its plan on the standard output: let the other option name a file",
            UNUSABLE,
        )
    check_outputs(outputs, reads=[journal], force=force)
    start = today_or(today)
    where: dict[str, Any] = {"sender": name, "country": country, "subdiv": region}
    if number is None:
        application = given.application()
        remark_on_dates(given, application, start)
        plan = starkit.plan_follow_up(application, start, **where)
    else:
        entry = _kept(number, journal)
        application = given.application(entry.application)
        remark_on_dates(given, application, start, before=entry.application)
        plan = attrs.evolve(entry, application=application).plan(start, **where)
    if as_json:
        say_json(starkit.to_dict(plan))
    elif not any(is_stdout(path) for path in outputs):
        from starkit.render import plan_terminal

        show(plan_terminal(plan, drafts=drafts))
    if calendar is not None:
        give(calendar, plan.calendar(at=hour))
    if csv is not None:
        give(csv, starkit.plan_csv(plan))
    if not as_json:
        say_written(outputs)


def _hour(text: str) -> dt.time:
    try:
        at = dt.time.fromisoformat(text.strip())
    except ValueError:
        stop(f"--at {text!r} is no time of the day; write 09:30", UNUSABLE)
    if at.tzinfo is not None:
        stop(f"--at {text!r} names a time zone; write your own time, as 09:30", UNUSABLE)
    return at


def _answer_option(name: str, question: str) -> Any:
    return typer.Option(f"--{name}/--no-{name}", help=question)


@reported
@with_application
def call(
    given: ApplicationOptions,
    *,
    number: NumberOption = None,
    journal: JournalOption = JOURNAL,
    conforms: Annotated[
        bool | None,
        _answer_option("conforms", "Does a call conform with what was agreed or stated?"),
    ] = None,
    supports: Annotated[
        bool | None,
        _answer_option("supports", "Does it support the relationships involved?"),
    ] = None,
    improves: Annotated[
        bool | None,
        _answer_option("improves", "Does it help you to improve on future applications?"),
    ] = None,
    name: NameOption = "",
    today: TodayOption = None,
    country: CountryOption = "GB",
    region: RegionOption = None,
    as_json: JsonFlag = False,
) -> None:
    """To call or not to call: three questions, and what follows from them (A18-A29)."""
    start = today_or(today)
    before = None if number is None else _kept(number, journal).current
    application = given.application(before)
    remark_on_dates(given, application, start, before=before)
    answers = {"conforms": conforms, "supports": supports, "improves": improves}

    def decided() -> "starkit.CallDecision":
        return starkit.should_call(
            application, start, answers=answers, caller=name, country=country, subdiv=region
        )

    decision = decided()
    while (open_question := decision.to_answer) is not None:
        field = _FIELD_OF_RULE[open_question.rule]
        option = f"--{field} or --no-{field}"
        # What led to the question is said; that it has to be answered, the question says itself.
        why = open_question.why.removesuffix("This has to be answered first.").strip()
        said = ask_yes(option, f"{why} {open_question.text}".strip())
        if said is None:
            break  # nobody knows: the decision says which question to find an answer to
        answers[field] = said
        decision = decided()
    if as_json:
        say_json(starkit.to_dict(decision))
        return
    from starkit.render import decision_terminal

    show(decision_terminal(decision))


_FIELD_OF_RULE = {"A19": "conforms", "A20": "supports", "A21": "improves"}


# --- letters --------------------------------------------------------------------------------------

# What each kind of letter is written by, what it cannot do without, and what checks one's own.
_Check = Callable[[str], "starkit.Findings"]


@attrs.frozen
class _Letter:
    writer: Callable[..., Any]
    wants: tuple[str, ...]
    check: _Check | None = None


def _letters() -> dict[str, _Letter]:
    return {
        "cover-letter": _Letter(
            starkit.cover_letter_close, ("days",), check=starkit.check_cover_letter
        ),
        "thank-you": _Letter(starkit.thank_you_note, ("role",)),
        "update": _Letter(starkit.recruiter_update, ("role", "employer")),
        "reminder": _Letter(starkit.recruiter_reminder, ("role", "employer")),
        "news": _Letter(starkit.news_request, ("role",)),
        "feedback": _Letter(
            starkit.feedback_request, ("role", "employer"), check=starkit.check_message
        ),
        "second-choice": _Letter(starkit.second_choice_note, ("role", "employer")),
    }


_QUESTIONS = {
    "days": "After how many days will you be in touch?",
    "role": "What is the post?",
    "employer": "Who is the employer?",
}


@reported
def letter(
    kind: Annotated[
        str | None,
        typer.Argument(
            help="cover-letter, thank-you, update or reminder (to a recruiter), news, feedback "
            "or second-choice.",
            metavar="KIND",
        ),
    ] = None,
    *,
    role: Annotated[str | None, typer.Option(help="The post.", metavar="TEXT")] = None,
    employer: Annotated[str | None, typer.Option(help="Who decides.", metavar="TEXT")] = None,
    to: Annotated[
        str | None, typer.Option(help="Whom it goes to, as in the salutation.", metavar="TEXT")
    ] = None,
    name: NameOption = "",
    days: Annotated[
        int | None,
        typer.Option(help="Days until you are in touch; cover-letter.", metavar="N"),
    ] = None,
    working_days: Annotated[
        bool, typer.Option("--working-days", help="They are working days; cover-letter.")
    ] = False,
    through: Annotated[
        str | None,
        typer.Option(
            help="employer, recruiter or introducer; feedback, second-choice.", metavar="SIDE"
        ),
    ] = None,
    applied: Annotated[
        str | None, typer.Option(help="The day of the application; news.", metavar="DATE")
    ] = None,
    interviewed: Annotated[
        str | None,
        typer.Option(
            "--interviewed", "--interview-date", help="The day of the interview.", metavar="DATE"
        ),
    ] = None,
    timescale: Annotated[
        str | None, typer.Option(help="When they said you would hear.", metavar="TEXT")
    ] = None,
    process: Annotated[
        str | None, typer.Option(help="What comes next, as they said; update.", metavar="TEXT")
    ] = None,
    discussed: Annotated[
        str | None, typer.Option(help="What to be remembered by; thank-you.", metavar="TEXT")
    ] = None,
    late: Annotated[
        bool, typer.Option("--late", help="You did not ask beforehand; feedback, news.")
    ] = False,
    agreed: Annotated[
        bool, typer.Option("--agreed", help="You had said that you would come back; news.")
    ] = False,
    no_interview: Annotated[
        bool, typer.Option("--no-interview", help="It did not come to one; feedback.")
    ] = False,
    checked: Annotated[
        Path | None,
        typer.Option(
            "--check",
            help="Check your own words: a file, or - to type; cover-letter, feedback.",
            metavar="FILE",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Draft a letter to edit, or check your own words (A16, A23, A24, A26, A27, A33)."""
    letters = _letters()

    def known(text: str) -> str:
        if text not in letters:
            raise UnreadableAnswerError(text, f"give one of {', '.join(letters)}")
        return text

    kind = (
        ask("KIND", f"Which letter: {', '.join(letters)}?", known) if kind is None else known(kind)
    )
    wanted = letters[kind]
    if checked is not None:
        if wanted.check is None:
            able = ", ".join(name for name, item in letters.items() if item.check)
            stop(f"--check is for {able}; a letter of the kind {kind} has no check", UNUSABLE)
        show_findings(wanted.check(own_words(checked)), as_json=as_json)
        return
    told: dict[str, Any] = {
        "role": role,
        "employer": employer,
        "to": to,
        "sender": name or None,
        "days": days,
        "working_days": working_days or None,
        "through": through,
        "applied": None if applied is None else day("--applied", applied),
        "interviewed": None if interviewed is None else day("--interviewed", interviewed),
        "timescale": timescale,
        "process": process,
        "discussed": discussed,
        "late": late or None,
        "agreed": agreed or None,
    }
    values = {field: value for field, value in told.items() if value is not None}
    _remark_on_letter(kind, values, today_or(None))
    _fit(kind, values, no_interview=no_interview)
    _complete(wanted, values)
    written = _writable(kind, wanted, values)
    draft = written if isinstance(written, starkit.Draft) else starkit.Draft("", str(written))
    if as_json:
        say_json(starkit.to_dict(draft))
    else:
        say(draft.text if draft.subject else draft.body)


def _remark_on_letter(kind: str, values: dict[str, Any], today: dt.date) -> None:
    """Say so when a letter speaks of what is still to come as of something past (A17)."""
    if kind not in ("news", "thank-you"):
        return
    held = values.get("interviewed")
    since = held or (values.get("applied") if kind == "news" else None)
    if since is None:
        return
    if since > today:
        option = "--interviewed" if held else "--applied"
        warn(
            f"{option} {since.isoformat()} lies in the future (today is {today.isoformat()}): the "
            "letter speaks of it as past, so keep it until then."
        )
    elif kind == "news" and (timescale := values.get("timescale")):
        try:
            due = promised_date(since, timescale)
        except TimescaleError:
            return  # the letter gives the employer's words as they are
        if due >= today:
            warn(
                f"--timescale {timescale!r} runs until {due.isoformat()} (today is "
                f"{today.isoformat()}): the letter says that it has passed, so keep it until then."
            )


def _fit(kind: str, values: dict[str, Any], *, no_interview: bool) -> None:
    """Give values the names that the writer of this letter has for them."""
    if kind == "second-choice":
        values["interviewed"] = "interviewed" in values  # that there was one, not when
    if kind == "feedback":
        values.pop("interviewed", None)  # the letter says that there was one, not when
        values["interviewed"] = not no_interview
    elif no_interview:
        takes = inspect.signature(_letters()[kind].writer).parameters
        _no_place("no_interview", kind, takes)


def _complete(wanted: _Letter, values: dict[str, Any]) -> None:
    takes = inspect.signature(wanted.writer).parameters
    for field in wanted.wants:
        if field not in values:
            read = _number if field == "days" else a_word_or_two
            values[field] = ask(f"--{field}", _QUESTIONS[field], read)
    if "sender" in takes and "sender" not in values and on_terminal():
        values["sender"] = ask("--name", "What is your name?", str, hint="Enter to leave it open")


# What is true of an application whatever is written: people keep it in a script for all letters.
_FACTS = ("role", "employer", "to", "applied", "interviewed", "timescale", "process")


def _writable(kind: str, wanted: _Letter, values: dict[str, Any]) -> Any:
    takes = inspect.signature(wanted.writer).parameters
    for field in values:
        if field in takes or field == "sender":
            continue
        if field not in _FACTS:
            _no_place(field, kind, takes)
        warn(
            f"{_letter_option(field)} is left out: a letter of the kind {kind} does not speak of it"
        )
    return wanted.writer(**{field: value for field, value in values.items() if field in takes})


def _no_place(field: str, kind: str, takes: Iterable[str]) -> NoReturn:
    can = ", ".join(option for name in takes if (option := _letter_option(name)))
    stop(
        f"{_letter_option(field)} has no place in a letter of the kind {kind}: leave it out; "
        f"such a letter takes {can}",
        UNUSABLE,
    )


def _letter_option(field: str) -> str:
    """The option that gives a value of a letter; empty for what no option gives."""
    named = {"sender": "--name", "contact_on": "", "direct_on": "", "asked_on": ""}
    return named.get(field, f"--{field.replace('_', '-')}")


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnreadableAnswerError(text, "give a whole number") from None
