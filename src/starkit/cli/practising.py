"""The command that practises: one question at a time, with a clock, and how it went."""

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

import starkit
from starkit.cli.options import (
    ADVERT_HELP,
    STORIES_HELP,
    ColumnOption,
    JsonFlag,
    TodayOption,
    advert_in,
    stories_in,
    today_or,
)
from starkit.cli.terminal import (
    UNUSABLE,
    UnreadableAnswerError,
    ask,
    clock,
    need_terminal,
    reported,
    say,
    say_json,
    show,
    stop,
    timed,
)

_LIMIT = starkit.DEFAULT_POLICY.longest_answer_seconds


@reported
def practise(
    advert: Annotated[
        Path | None,
        typer.Argument(help=ADVERT_HELP, metavar="ADVERT"),
    ] = None,
    *,
    stories: Annotated[
        Path | None,
        typer.Option("--stories", "-s", help=STORIES_HELP, metavar="FILE"),
    ] = None,
    column: ColumnOption = None,
    competency: Annotated[
        list[str] | None,
        typer.Option(
            "--competency",
            "-c",
            help="Practise by competency, without an advert; may be repeated.",
            metavar="NAME",
        ),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option("--count", "-n", min=1, help="How many questions at most.", metavar="N"),
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal",
            help="Keep how it went in this journal; what needs practice most comes first.",
            envvar="STARKIT_JOURNAL",
            metavar="FILE",
        ),
    ] = None,
    today: TodayOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Practise one question at a time, against the clock, and say how it went (A3, A6).

    Without an advert and a competency, with what any interview may bring.
    """
    if advert is not None and competency:
        stop("give an advert or --competency, and not both", UNUSABLE)
    if not as_json:
        need_terminal(
            "practise needs a terminal: it shows one question at a time and waits for you; "
            "--json lists the questions"
        )
    on = today_or(today)
    bank = stories_in(stories, column, advert=advert) if stories else starkit.StoryBank(())
    questions = _questions(advert, bank, competency or [""])
    if journal is not None:
        questions = starkit.practise_next(questions, _before(journal, may_miss=not as_json))
    questions = questions[:count]
    if as_json:
        say_json([starkit.to_dict(item) for item in questions])
        return
    if not questions:
        say("Nothing in this advert wants a story; practise by --competency.")
        return
    if not len(bank):
        say("Without stories there are the openings only; --stories FILE brings your points.\n")
    kept: list[starkit.PracticeRecord] = []
    try:
        _practise_each(questions, on, journal, kept)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        # Ctrl-C is a way to end like any other: what was kept is said.
        say("\n\nStopped.")
        _summary(kept, journal)
        raise typer.Exit(_STOPPED) from None
    _summary(kept, journal)


_STOPPED = 130  # what a shell expects of a command that Ctrl-C ended


def _practise_each(
    questions: "tuple[starkit.PracticeQuestion, ...]",
    on: "datetime.date",
    journal: Path | None,
    kept: "list[starkit.PracticeRecord]",
) -> None:
    """Go through the questions and add to ``kept`` how each went."""
    for number, item in enumerate(questions, 1):
        say(f"Question {number} of {len(questions)}{_about(item)}")
        verdict, seconds, note = _practised(item)
        if verdict == _END:
            break
        if verdict == _SKIP:
            say("")
            continue
        record = starkit.PracticeRecord(
            item.question.text,
            on,
            verdict,
            seconds=round(seconds, 1),
            story=item.answer.story_title,
            competency=item.question.competency,
            note=note,
        )
        if journal is not None:
            # Each is on the disk before the next question: whoever stops here loses nothing.
            with starkit.open_journal(journal) as opened:
                opened.add_practice(record)
        kept.append(record)
        say("")


def _questions(
    advert: Path | None, bank: "starkit.StoryBank", competencies: list[str]
) -> "tuple[starkit.PracticeQuestion, ...]":
    if advert is None:
        each = [starkit.competency_questions(name, bank) for name in dict.fromkeys(competencies)]
        return tuple(item for questions in each for item in questions)
    read = advert_in(advert, otherwise="give the advert first, and the stories after --stories")
    alignment = starkit.align(starkit.extract_requirements(read), bank)
    return starkit.practice_questions(alignment, starkit.choose_stories(alignment))


def _before(journal: Path, *, may_miss: bool) -> "tuple[starkit.PracticeRecord, ...]":
    if may_miss and not journal.exists():
        return ()  # it is made when there is something to keep
    with starkit.open_journal(journal, create=False) as opened:
        return opened.practice()


def _about(item: "starkit.PracticeQuestion") -> str:
    from starkit.render.words import plain

    about = item.question.competency or item.requirement
    return f" ({plain(about)})" if about else ""


_SKIP, _END, _POINTS = "skip", "end", "points"
_KEYS = {"": "", "p": _POINTS, "s": _SKIP, "q": _END}


def _practised(item: "starkit.PracticeQuestion") -> tuple[str, float, str]:
    """Go through one question; return the verdict, the seconds and the note."""
    from rich.text import Text

    from starkit.render import answer_terminal
    from starkit.render.words import plain

    show(Text(plain(item.question.text), style="bold"))
    begin = ask(
        "ENTER",
        "Enter starts the clock",
        _one_of(_KEYS, "press Enter, or type p, s or q"),
        hint="p: see the points first, s: skip, q: end",
    )
    if begin in (_SKIP, _END):
        return begin, 0.0, ""
    if begin == _POINTS:
        show(answer_terminal(item.answer))
    seconds = timed("Tell it aloud; Enter stops the clock.", _LIMIT)
    say(f"{clock(seconds)}{_length(seconds)}")
    if begin != _POINTS:
        show(answer_terminal(item.answer))
    if not item.told:
        say("No story answers this yet; what you told may be worth writing down as one.")
    verdict = ask(
        "VERDICT",
        "How did it go?",
        _one_of(_VERDICTS, "answer good, mixed or poor"),
        hint="good/mixed/poor",
    )
    note = ask("NOTE", "What to do better the next time?", str, hint="Enter for nothing")
    return verdict, seconds, note


_VERDICTS = {
    key: str(verdict) for verdict in starkit.Verdict for key in (str(verdict), str(verdict)[0])
}


def _one_of(known: dict[str, str], advice: str) -> Callable[[str], str]:
    def read(said: str) -> str:
        try:
            return known[said.lower()]
        except KeyError:
            raise UnreadableAnswerError(said, advice) from None

    return read


def _length(seconds: float) -> str:
    return f", longer than {clock(_LIMIT)}: leave something out" if seconds > _LIMIT else ""


def _summary(kept: "list[starkit.PracticeRecord]", journal: Path | None) -> None:
    if not kept:
        say("Nothing was practised.")
        return
    counts = Counter(record.verdict for record in kept)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in starkit.Verdict)
    over = sum(record.too_long() for record in kept)
    say(f"Practised {len(kept)}: {told}; {over} longer than {clock(_LIMIT)}.")
    if journal is not None:
        say(f"Kept in {journal}")
