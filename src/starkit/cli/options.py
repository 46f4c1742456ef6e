"""Options that several commands share, and how their values are read."""

import datetime as dt
import inspect
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

import starkit
from starkit.cli.dates import read_date
from starkit.cli.terminal import UNUSABLE, UnreadableAnswerError, ask, on_terminal, stop, warn
from starkit.errors import FileError, StarkitError, StoryFileError
from starkit.stories import PARTS

JsonFlag = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
CountryOption = Annotated[
    str,
    typer.Option("--country", help="Whose public holidays count, as an ISO code.", metavar="CODE"),
]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", help="A part of it: ENG, SCT, WLS or NIR.", metavar="CODE"),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", help="Another day than today to reckon from.", metavar="DATE"),
]
NameOption = Annotated[
    str, typer.Option("--name", help="Your own name, for what is said and written.", metavar="TEXT")
]
JournalOption = Annotated[
    Path,
    typer.Option(
        "--journal",
        help="The file of the journal.",
        envvar="STARKIT_JOURNAL",
        metavar="FILE",
        show_default=True,
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        help=(
            "What a column of a table holds: 'Name=title'. Fields: title, situation, task, "
            "action, result, skills, competencies, date, source, notes. Repeat it."
        ),
        metavar="NAME=FIELD",
    ),
]
ADVERT_HELP = "The job advert: text, Markdown, a saved web page or e-mail, PDF or Word."
STORIES_HELP = "Your stories: YAML, JSON, TOML, Markdown, CSV, XLSX or JSON Resume."
JOURNAL = Path("starkit-journal.db")
"""Where a journal is kept unless another file is named."""

_LONGEST_TEXT = 1_000_000  # bytes; a letter or an answer has a hundredth of it


def day(option: str, text: str) -> dt.date:
    """Read a date that an option gives."""
    try:
        return _day(text)
    except UnreadableAnswerError as error:
        stop(f"{option} {error}", UNUSABLE)


def _day(text: str) -> dt.date:
    return read_date(text, today_or(None))


def today_or(text: str | None) -> dt.date:
    """Return the day that ``--today`` gives, or the user's own calendar day."""
    return dt.date.today() if text is None else day("--today", text)  # noqa: DTZ011


# What a story is told in, as labels, keys or headings of columns.
_STORY_WORDS = ("situation", "task", "action", "result")
_TABLES = (".csv", ".tsv")
_STORY_SHARE = 0.5  # of a file's characters; an advert that explains how to tell stories has less


def advert_in(path: Path, *, otherwise: str) -> "starkit.Advert":
    """Return the advert in a file, unless the file holds stories.

    Args:
        path: The file.
        otherwise: Where to give a file with stories.
    """
    stories = _stories_in(path)
    if stories:
        many = f"{stories} {'story' if stories == 1 else 'stories'}"
        raise FileError(
            path, f"it looks like a story bank ({many}) and not like an advert", otherwise
        )
    return starkit.read_advert(path)


def _stories_in(path: Path) -> int:
    """How many stories a file holds; 0 when it is no story file."""
    from starkit.files.kinds import binary_kind
    from starkit.files.reading import read_bytes
    from starkit.files.text import decode

    try:
        data = read_bytes(path, limit=_LONGEST_TEXT, too_large="")
        text = "" if binary_kind(data) else decode(data)
        table = path.suffix.casefold() in _TABLES  # its columns may have other names
        if not table and not all(word in text.casefold() for word in _STORY_WORDS):
            return 0
        bank = starkit.load_stories(path)
    except StarkitError:
        return 0  # whatever is wrong with it, the reading of the advert says
    told = sum(len(story.text) for story in bank if story.action or story.result)
    # A story file that was only begun may be comments for the most part.
    whole = sum(len(line) for line in text.splitlines() if not line.startswith("#"))
    return len(bank) if told >= _STORY_SHARE * whole else 0


def stories_in(
    path: Path, column: list[str] | None = None, *, advert: Path | None = None
) -> "starkit.StoryBank":
    """Return the stories in a file, and say which columns of a table hold nothing that is known.

    Args:
        path: The file.
        column: What ``--column`` gives.
        advert: The advert that is read beside it.
    """
    columns = dict(_column(text) for text in column or ()) or None
    try:
        bank = starkit.load_stories(path, columns=columns)
    except FileError as error:
        if not isinstance(error, StoryFileError) and path.is_file():
            if advert is not None and advert.exists() and path.samefile(advert):
                seen = "it is the advert, and no stories"
                raise FileError(path, seen, "give the file of your stories") from error
            if _asks(path):
                seen = "it looks like an advert, and not like stories"
                raise FileError(path, seen, "give the file of your stories") from error
        raise
    _remark_on_columns(path, bank, columns)
    return bank


def _column(text: str) -> tuple[str, str]:
    heading, equals, field = text.rpartition("=")
    if not equals:
        stop(f"--column {text!r} names no field; write 'What happened=situation'", UNUSABLE)
    return heading.strip(), field.strip().lower()


def _remark_on_columns(
    path: Path, bank: "starkit.StoryBank", columns: dict[str, str] | None
) -> None:
    """Say so when no story has a part that one of the unknown columns may hold."""
    from starkit.files.stories import unknown_columns
    from starkit.render.words import joined

    empty = [part for part in PARTS if not any(story.parts[part].strip() for story in bank)]
    if not len(bank) or not empty:
        return
    unknown = unknown_columns(path, columns=columns)
    if not unknown:
        return
    lacks = joined([f"an {part}" if part[0] in "aeiou" else f"a {part}" for part in empty], "or")
    names = joined([f'"{name}"' for name in unknown])
    what = f"columns {names} are" if len(unknown) > 1 else f"column {names} is"
    warn(
        f"{path}: no story has {lacks}, and the {what} not known: what stands there went to the "
        f'notes. Say what a column holds: --column "{unknown[0]}={empty[0]}"'
    )


_STATED = 3  # requirements under a heading such as "Essential"; a story has none of them


def _asks(path: Path) -> bool:
    """Tell whether a file that holds no stories is an advert."""
    try:
        found = starkit.extract_requirements(starkit.read_advert(path))
    except StarkitError:
        return False
    stated = [item for item in found if item.priority is not starkit.Priority.UNSTATED]
    return len(stated) >= _STATED


def day_past(on: str | None, today: dt.date) -> dt.date:
    """Return the day that ``--on`` gives, today without it; what is done is not in the future."""
    if on is None:
        return today
    given = day("--on", on)
    if given > today:
        stop(
            f"--on {on} lies in the future (today is {today.isoformat()}): write it down when it "
            "is done",
            UNUSABLE,
        )
    return given


def own_words(path: Path) -> str:
    """Return the text of a file, or of the standard input when the path is ``-``."""
    from starkit.files.kinds import binary_kind
    from starkit.files.reading import read_bytes
    from starkit.files.text import decode

    if str(path) == "-":
        data = sys.stdin.buffer.read(_LONGEST_TEXT + 1)
        if not data.strip() or len(data) > _LONGEST_TEXT:
            stop("-: the standard input is empty or too long; send it one text", UNUSABLE)
    else:
        data = read_bytes(path, limit=_LONGEST_TEXT, too_large="give one letter or one answer")
    kind = binary_kind(data)
    if kind is not None:
        raise FileError(path, f"it is {kind}", "save it as text")
    return decode(data)


def _option(help_text: str, *names: str, metavar: str = "TEXT") -> Any:
    return typer.Option(*names, help=help_text, metavar=metavar, rich_help_panel=None)


def a_word_or_two(text: str) -> str:
    """Read an answer that may not be empty."""
    if not text:
        raise UnreadableAnswerError(text, "write a word or two")
    return text


@attrs.frozen
class ApplicationOptions:
    """What the options of a command say about an application; ``None`` is what was not given."""

    employer: Annotated[str | None, _option("Who decides.", "--employer")] = None
    role: Annotated[str | None, _option("The post.", "--role")] = None
    channel: Annotated[
        str | None,
        _option(
            "How it came about: recruiter, introducer or direct.", "--channel", metavar="CHANNEL"
        ),
    ] = None
    stage: Annotated[
        str | None,
        _option(
            "How far it is: applied, interview or decision; if not given, the dates tell.",
            "--stage",
            metavar="STAGE",
        ),
    ] = None
    applied: Annotated[
        str | None, _option("The day of the application.", "--applied", metavar="DATE")
    ] = None
    interviewed: Annotated[
        str | None,
        _option("The day of the interview.", "--interviewed", "--interview-date", metavar="DATE"),
    ] = None
    decided: Annotated[
        str | None,
        _option("The day on which you were told the decision.", "--decided", metavar="DATE"),
    ] = None
    timescale: Annotated[
        str | None,
        _option(
            "When you will hear, in the employer's words: 'a week', '10 working days', a date.",
            "--timescale",
        ),
    ] = None
    letter_days: Annotated[
        int | None,
        _option(
            "After how many days your cover letter says that you will be in touch.",
            "--letter-days",
            metavar="DAYS",
        ),
    ] = None
    process: Annotated[str | None, _option("What the employer said comes next.", "--process")] = (
        None
    )
    door_open: Annotated[
        list[str] | None,
        _option(
            "A stage at which you asked whether you may come back for feedback; may be repeated; "
            "'none' takes back those of your journal.",
            "--door-open",
            metavar="STAGE",
        ),
    ] = None
    outcome: Annotated[
        str | None,
        _option("What was decided: rejected or offered.", "--outcome", metavar="OUTCOME"),
    ] = None
    tried: Annotated[
        list[str] | None,
        _option(
            "A step that you have taken at this stage, such as ask_recruiter; may be repeated; "
            "'none' takes back those of your journal.",
            "--tried",
            metavar="STEP",
        ),
    ] = None
    contact: Annotated[
        list[str] | None,
        _option(
            "Whom you know there: employer, recruiter or introducer, a colon and the name.",
            "--contact",
            metavar="SIDE:NAME",
        ),
    ] = None
    still_looking: Annotated[
        bool | None,
        typer.Option("--still-looking/--no-longer-looking", help="Whether you still look."),
    ] = None
    took_it_well: Annotated[
        bool | None,
        typer.Option("--took-it-well/--took-it-badly", help="How you took a rejection."),
    ] = None
    asked_feedback: Annotated[
        bool | None,
        typer.Option(
            "--asked-feedback/--no-feedback-asked",
            help="Whether you asked for feedback after the decision.",
        ),
    ] = None

    def application(self, before: "starkit.Application | None" = None) -> "starkit.Application":
        """Return the application, new or changed from the one before; what is missing is asked."""
        given = self._given()
        if before is None:
            return starkit.Application(**_asked_for(given))
        if self.stage is None and "stage" in given:
            # To put a date right is no step back; only --stage can make one.
            order = list(starkit.Stage)
            if order.index(starkit.Stage(given["stage"])) < order.index(before.stage):
                del given["stage"]
        if not given:
            return before
        new_stage = given.get("stage", before.stage) != before.stage
        _add_to(before, given, names=("door_open",) if new_stage else ("door_open", "tried"))
        if new_stage:
            given.setdefault("tried", ())  # the steps are those of the stage
            if before.stage is starkit.Stage.APPLIED:
                given.setdefault("timescale", None)  # it was said of the application
            if before.outcome is not None:
                given.setdefault("outcome", None)
        return attrs.evolve(before, **given)

    def _given(self) -> dict[str, Any]:
        given = {
            field.name: value
            for field in attrs.fields(ApplicationOptions)
            if (value := getattr(self, field.name)) is not None and value != []
        }
        for name in ("applied", "interviewed", "decided"):
            if name in given:
                given[name] = day(f"--{name}", given[name])
        if "contact" in given:
            given["contacts"] = tuple(_contact(text) for text in given.pop("contact"))
        if "stage" not in given:
            stages = {"decided": "decision", "interviewed": "interview", "applied": "applied"}
            stage = next((stage for name, stage in stages.items() if name in given), None)
            if "outcome" in given:
                stage = "decision"
            if stage is not None:
                given["stage"] = stage
        return given


_NONE = "none"  # takes back what was given before, when it was a mistake


def _add_to(
    before: "starkit.Application", given: dict[str, Any], *, names: tuple[str, ...]
) -> None:
    """Let what was given join what is known: only a contact of the same side is replaced."""
    for name in names:
        if name in given:
            named = [item for item in given[name] if item != _NONE]
            known = () if len(named) < len(given[name]) else getattr(before, name)
            given[name] = (*known, *named)
    if "contacts" in given:
        sides = {person.party for person in given["contacts"]}
        others = [person for person in before.contacts if person.party not in sides]
        given["contacts"] = (*others, *given["contacts"])


def _contact(text: str) -> "starkit.Contact":
    side, _, name = text.partition(":")
    return starkit.Contact(name.strip(), side.strip())


# The date that each stage counts from, with the question for it.
_DATED = {
    "applied": ("applied", "On which day did you apply?"),
    "interview": ("interviewed", "On which day is or was the interview?"),
    "decision": ("decided", "On which day were you told the decision?"),
}


def _asked_for(given: dict[str, Any]) -> dict[str, Any]:
    """Ask for what an application cannot do without; the timescale may be left open."""

    def want(name: str, question: str, read: Callable[[str], Any]) -> None:
        if name not in given:
            given[name] = ask(f"--{name}", question, read)

    def one_of(kind: Any) -> Callable[[str], Any]:
        def read(text: str) -> Any:
            try:
                return kind(text.lower())
            except ValueError:
                raise UnreadableAnswerError(text, f"give one of {', '.join(kind)}") from None

        return read

    want("employer", "Who is the employer?", a_word_or_two)
    want("role", "What is the post?", a_word_or_two)
    want(
        "channel",
        "How did it come about: recruiter, introducer or direct?",
        one_of(starkit.Channel),
    )
    want("stage", "How far is it: applied, interview or decision?", one_of(starkit.Stage))
    name, question = _DATED.get(str(given["stage"]), ("", ""))
    if name:
        want(name, question, _day)
    if name in ("applied", "interviewed") and "timescale" not in given and on_terminal():
        asked, hint = "When will you hear, in their words?", "Enter if nothing was said"
        given["timescale"] = ask("--timescale", asked, str, hint=hint) or None
    return given


_A_YEAR = dt.timedelta(days=365)


def remark_on_dates(
    given: ApplicationOptions,
    application: "starkit.Application",
    today: dt.date,
    *,
    before: "starkit.Application | None" = None,
) -> None:
    """Refuse a decision that is still to come, and say when another date looks like a slip.

    Args:
        given: What the command line gives.
        application: What came of it.
        today: The day to reckon from.
        before: The application of the journal: its dates were looked at when they were given, and
            ``--today`` may lie before them.
    """

    def new(name: str) -> dt.date | None:
        if before is not None and getattr(given, name) is None:
            return None
        value: dt.date | None = getattr(application, name)
        return value

    decided, applied, held = new("decided"), new("applied"), new("interviewed")
    if decided is not None and decided > today:
        stop(
            f"--decided {decided.isoformat()} lies in the future (today is {today.isoformat()}): "
            "give the day on which you were told, or --timescale for when you will hear",
            UNUSABLE,
        )
    if applied is not None and applied > today:
        warn(f"--applied {applied.isoformat()} lies in the future.")
    last = dt.timedelta(days=starkit.DEFAULT_POLICY.second_choice_days[-1])
    if held is not None and not today - last <= held <= today + _A_YEAR:
        far = "more than a year ahead" if held > today else "more than half a year back"
        warn(f"The interview of {held.isoformat()} lies {far}: is the year right?")


def with_application(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of an application, gathered in its first argument.

    Typer reads a command's options from its signature, so the options that four commands share
    are put into the signature of each.
    """
    signature = inspect.signature(command)
    _, *own = signature.parameters.values()
    shared = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=field.type
        )
        for field in attrs.fields(ApplicationOptions)
    ]

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        options = {item.name: kwargs.pop(item.name) for item in shared}
        command(ApplicationOptions(**options), *args, **kwargs)

    positional = [item for item in own if item.kind is not inspect.Parameter.KEYWORD_ONLY]
    named = [item for item in own if item.kind is inspect.Parameter.KEYWORD_ONLY]
    run.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*positional, *shared, *named]
    )
    run.__annotations__ = {}
    return run
