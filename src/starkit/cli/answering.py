"""Commands for the interview itself: answer a question, and close with some of your own."""

import re
from pathlib import Path
from typing import Annotated

import typer

import starkit
from starkit.cli.options import (
    ADVERT_HELP,
    STORIES_HELP,
    ColumnOption,
    JsonFlag,
    advert_in,
    own_words,
    stories_in,
)
from starkit.cli.terminal import (
    PROBLEMS,
    UNUSABLE,
    UnreadableAnswerError,
    ask,
    reported,
    say,
    say_json,
    show,
    stop,
)


@reported
def answer(
    question: Annotated[
        str | None, typer.Argument(help="The interviewer's question.", metavar="QUESTION")
    ] = None,
    *,
    stories: Annotated[
        Path | None,
        typer.Option("--stories", "-s", help=STORIES_HELP, metavar="FILE"),
    ] = None,
    column: ColumnOption = None,
    story: Annotated[
        str | None,
        typer.Option(
            "--story", help="The title of the story to tell, or its beginning.", metavar="TITLE"
        ),
    ] = None,
    requirement: Annotated[
        str | None,
        typer.Option(
            "--requirement", help="What the advert asks that it is about.", metavar="TEXT"
        ),
    ] = None,
    checked: Annotated[
        Path | None,
        typer.Option(
            "--check", help="Check an answer of your own: a file, or - to type it.", metavar="FILE"
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Open an answer, tell a story in pieces of five points, or check your own words (A3-A6)."""
    if question is None:
        question = ask("QUESTION", "What does the interviewer ask?", _asked)
    if checked is not None:
        if stories or story or requirement:
            stop(
                "--check takes no --stories, --story or --requirement: the words are yours",
                UNUSABLE,
            )
        show_findings(starkit.check_answer(own_words(checked), question=question), as_json=as_json)
        return
    if story is not None and stories is None:
        stop("--story needs --stories, the file that it stands in", UNUSABLE)
    no_story = _wanted_instead(question) if story is None else ""
    if stories is None or no_story:
        told = starkit.Answer(
            question,
            starkit.restate(question),
            starkit.confirm_result(question, requirement),
            (),
        )
    else:
        told = _told(question, stories_in(stories, column), story, requirement)
    if as_json:
        say_json(starkit.to_dict(told))
        return
    from starkit.render import answer_terminal

    show(answer_terminal(told))
    if no_story:
        say("")
        say(no_story)
    elif stories is not None and not told.story_title:
        say("")
        say(f"No story in {stories} answers this; name one with --story, or write one.")


# Questions that no story answers, and what to prepare for them instead.
_NO_STORY = (
    (
        (
            r"\bwhy (?:do|did|would|are|have|should) (?:you|we)\b.*\b(?:leav\w*|left|want|appl\w+|interested"
            r"|chosen?|join|here|us|hire)\b|\bwhy (?:us|here|this (?:job|role|post|company|firm))\b"
            r"|\bwhat (?:attract|interest|motivat|appeal|draws|drew)\w*\b"
        ),
        (
            "why you want this post: two reasons of your own, each with what the advert or the employer "
            "says, and no complaint about the last one"
        ),
    ),
    (
        (
            r"\b(?:what|how much|which)\b.*\b(?:salary|pay|wage|earn\w*|rate)\b.*\b(?:you|your)\b"
            r"|\b(?:your|what) (?:\w+ )?(?:salary|pay|wage) (?:expectation|requirement)s?\b"
            r"|\b(?:what|how much)\b.*\byou\b.*\b(?:salary|paid|earn\w*)\b"
        ),
        "a figure or a range, and what you take it from",
    ),
    (
        (
            r"\bnotice\b.*\b(?:period|give|long)\b|\b(?:how (?:much|long)|what)\b.*\bnotice\b"
            r"|\bwhen (?:can|could|would|might) you (?:be able to )?(?:start|begin|join)\b"
        ),
        "your period of notice and the day on which you can start",
    ),
    (
        (
            r"\b(?:are|would) you (?:be )?(?:available|free|able to work|happy to work|willing to work)\b"
            r"|\bcan you (?:work|do) (?:\w+ )?(?:nights|weekends|shifts|evenings|saturdays|sundays)\b"
        ),
        "yes or no, with the days and hours that you can work",
    ),
    (
        r"\b(?:hobb(?:y|ies)|spare time|free time|outside (?:of )?work|weekend for fun|interests outside)\b",
        "one or two interests in a sentence each; a link to the work is welcome, and not needed",
    ),
)


def _wanted_instead(question: str) -> str:
    """Say what to prepare for a question that no story answers; empty where one may."""
    from starkit.restating import wants_story

    if wants_story(question):
        return ""
    return next(
        (
            f"This asks for no story; prepare {instead}."
            for pattern, instead in _NO_STORY
            if re.search(pattern, question, re.IGNORECASE)
        ),
        "",
    )


def _asked(text: str) -> str:
    if not text:
        raise UnreadableAnswerError(text, "give the interviewer's words")
    return text


def _told(
    question: str, bank: "starkit.StoryBank", title: str | None, requirement: str | None
) -> "starkit.Answer":
    import attrs

    chosen = bank.find(title) if title is not None else _best(requirement or question, bank)
    confirmed = starkit.confirm_result(question, requirement)
    if chosen is None:
        return starkit.Answer(question, starkit.restate(question), confirmed, ())
    return attrs.evolve(starkit.outline(question, chosen), confirmation=confirmed)


def _best(wanted: str, bank: "starkit.StoryBank") -> "starkit.Story | None":
    matches = starkit.align([wanted], bank).matches(0)
    return matches[0].story if matches else None


@reported
def closing(
    advert: Annotated[
        Path | None,
        typer.Argument(help=ADVERT_HELP, metavar="ADVERT"),
    ] = None,
    *,
    count: Annotated[
        int | None, typer.Option("--count", "-n", help="How many: 3 to 5.", metavar="N")
    ] = None,
    checked: Annotated[
        Path | None,
        typer.Option(
            "--check",
            help="Check questions of your own, one a line: a file, or - to type them.",
            metavar="FILE",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Suggest three to five questions to close an interview with, or check your own (A7-A10)."""
    if checked is not None:
        if advert is not None or count is not None:
            stop("--check takes neither an advert nor --count: the questions are yours", UNUSABLE)
        lines = (line.strip(" \t-*•") for line in own_words(checked).splitlines())
        asked = [line for line in lines if line]
        if not as_json:
            for question in asked:
                about = str(starkit.classify_question(question)).replace("_", " ")
                say(f"{about}: {question}")
            say("")
        show_findings(starkit.check_closing(asked), as_json=as_json)
        return
    fewest, most = starkit.DEFAULT_POLICY.closing_min, starkit.DEFAULT_POLICY.closing_max
    if count is not None and not fewest <= count <= most:
        stop(f"--count (-n) {count} cannot be used; ask for {fewest} to {most}", UNUSABLE)
    found = None
    if advert is not None:
        read = advert_in(advert, otherwise="give the advert: the questions come from that")
        found = starkit.extract_requirements(read)
    questions = starkit.suggest_closing(found, n=most if count is None else count)
    if as_json:
        say_json([starkit.to_dict(question) for question in questions])
        return
    from starkit.render import closing_terminal

    show(closing_terminal(questions))


def show_findings(findings: "starkit.Findings", *, as_json: bool) -> None:
    """Print what a check noticed, and end with exit code 1 when there is something to put right."""
    if as_json:
        say_json([starkit.to_dict(finding) for finding in findings])
    else:
        from starkit.render import findings_terminal

        show(findings_terminal(findings))
    if findings.errors:
        raise typer.Exit(PROBLEMS)
