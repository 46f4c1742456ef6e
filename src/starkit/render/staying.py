"""One command's worth in the terminal: an answer, closing questions, a plan, a call decision.

Everything is wrapped by rich to the width of the terminal; user text goes through ``plain``, so
that nothing in it steers the terminal.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from starkit.closing import CHECKLIST, ClosingQuestion
from starkit.followup import Advice
from starkit.render.words import british_date, plain, spoken_time

if TYPE_CHECKING:
    from rich.console import Group, RenderableType

    from starkit.answers import Answer
    from starkit.followup import CallDecision, FollowUpPlan, Question, TouchPoint
    from starkit.letters import Draft


def answer_terminal(answer: "Answer") -> "RenderableType":
    """Return what rich needs to print an answer: the two openings, then piece by piece (A3, A6).

    >>> from starkit.answers import outline
    >>> from starkit.stories import Story
    >>> story = Story("Rota", "Two were ill.", "Fill gaps.", "I rang round.", "All filled.")
    >>> from rich.console import Console
    >>> Console(width=80).print(answer_terminal(outline("Tell me about a rota", story)))
    Say it back: You would like to hear about a rota.
    Confirm: ...
    - I rang round
    ...
    """
    parts = [_text(f"Say it back: {plain(answer.restated)}")]
    parts.append(_text(f"Confirm: {plain(answer.confirmation)}"))
    if answer.story_title:
        lasts = spoken_time(answer.spoken_seconds)
        parts.append(_heading(f"{plain(answer.story_title)} ({lasts} with the openings)"))
    for piece in answer.pieces:
        parts += [_hanging("-", plain(point)) for point in piece.points]
        if piece.check_in:
            parts.append(_hanging(" ", f"Check in: {piece.check_in}", "italic"))
    return _group(parts)


def closing_terminal(questions: Iterable[ClosingQuestion]) -> "RenderableType":
    """Return what rich needs to print closing questions, each with what it is good for (A7-A10).

    >>> from starkit.closing import suggest_closing
    >>> from rich.console import Console
    >>> Console(width=80).print(closing_terminal(suggest_closing(n=3)))
    1. What are the next steps after today?
    ...
    [ ] Keep the communication channel open.
    ...
    """
    parts: list[RenderableType] = []
    for number, question in enumerate(questions, 1):
        rules = f" ({', '.join(question.rules)})" if question.rules else ""
        parts.append(_beside(f"{number}.", plain(question.text), f"{plain(question.why)}{rules}"))
    parts.append(_text(""))
    parts += [_hanging("[ ]", strategy) for strategy in CHECKLIST]
    return _group(parts)


def plan_terminal(plan: "FollowUpPlan", *, drafts: bool = False) -> "RenderableType":
    """Return what rich needs to print a plan: what to do on which day, and why (A14-A18, A25-A33).

    Args:
        plan: The plan.
        drafts: Whether the letters are printed, too.

    >>> import datetime
    >>> from starkit.followup import Application, plan_follow_up
    >>> given = Application("Harbour Foods", "Driver", channel="direct", stage="applied")
    >>> plan = plan_follow_up(given, datetime.date(2026, 12, 1))
    >>> from rich.console import Console
    >>> Console(width=80).print(plan_terminal(plan))
    Driver, Harbour Foods
    <BLANKLINE>
    Tuesday 1 December 2026: open door
    ...
    """
    application = plan.application
    parts = [_text(plain(f"{application.role}, {application.employer}"), "bold")]
    if not plan.touch_points:
        parts.append(_text("Nothing falls due."))
    for point in plan:
        parts += _point(point, drafts=drafts)
    if plan.to_agree:
        parts.append(_heading("To agree while it is still time"))
        parts += [_hanging("[ ]", f"{plain(item.what)} ({item.rule})") for item in plan.to_agree]
    if plan.missed:
        parts.append(_heading("What was not agreed"))
        parts += [_hanging("-", plain(str(item))) for item in plan.missed]
    parts.append(_heading("Whom to contact"))
    parts += _numbered(plain(str(step)) for step in plan.route.steps)
    if application.rejected:
        parts.append(_heading("The second choice"))
        parts += [
            _hanging("-", plain(f"{item.rule}: {item.message}. {item.advice}"))
            for item in plan.eligibility
        ]
        parts.append(_text(plan.claim))
    return _group(parts)


def decision_terminal(decision: "CallDecision") -> "RenderableType":
    """Return what rich needs to print whether to call: the questions, the cost, the words (A18-A29).

    >>> import datetime
    >>> from starkit.followup import Application, should_call
    >>> given = Application("Harbour Foods", "Driver", channel="direct", stage="decision")
    >>> decision = should_call(given, datetime.date(2026, 12, 17), answers=(False, True, None))
    >>> from rich.console import Console
    >>> Console(width=80).print(decision_terminal(decision))
    Call on Thursday 17 December 2026.
    ...
    2. Does it support the relationships involved, and so raise your chances? (A20)
       Yes. You said so.
    ...
    """
    parts = [_text(plain(decision.headline), "bold"), _text(decision.cost)]
    if decision.ahead is not None:
        return _group(parts)  # the rest is of use only when there is something to follow up
    if decision.band:
        parts.append(_text(f"Likelihood of this job: {decision.band} (A22)."))
    parts.append(_heading("The three questions"))
    parts += [_question(question) for question in decision.questions]
    parts.append(_heading("Whom to contact"))
    now = {Advice.CALL: "Now", Advice.WAIT: "Then"}.get(decision.advice)
    if now is not None:
        parts.append(_text(f"{now}: {plain(str(decision.step))}"))
    parts += _numbered(plain(str(step)) for step in decision.route.steps)
    if decision.openings:
        then = ", when it is time" if decision.advice is Advice.WAIT else ""
        parts.append(_heading(f"Words to open with{then} (A23)"))
        for opening in decision.openings:
            parts.append(_beside("-", f"To {opening.listener.words}:", plain(opening.words)))
    if decision.missed:
        parts.append(_heading("What was not agreed, and made the question necessary (A14)"))
        parts += [_hanging("-", plain(str(item))) for item in decision.missed]
    return _group(parts)


def _question(question: "Question") -> "RenderableType":
    said = {True: "Yes.", False: "No.", None: "Not answered."}[question.answer]
    reached = f"{said} {plain(question.why)}" if question.reached else "Not reached."
    return _beside(f"{question.number}.", f"{question.text} ({question.rule})", reached)


def _point(point: "TouchPoint", *, drafts: bool) -> "list[RenderableType]":
    name = f" ({plain(point.name)})" if point.name else ""
    parts: list[RenderableType] = [
        _heading(f"{british_date(point.date)}: {point.touch}"),
        _text(f"{plain(point.what)}{name}"),
        _text(f"{plain(point.why)} ({', '.join(point.rules)})", "dim"),
    ]
    if drafts and point.draft is not None:
        parts += ["", *draft_lines(point.draft)]
    return parts


def draft_lines(draft: "Draft") -> "list[RenderableType]":
    """Return the lines of a letter, indented."""
    from rich.padding import Padding

    lines = draft.text.split("\n")
    return [Padding(_text(plain(line)), (0, 0, 0, 4)) for line in lines]


def _numbered(lines: Iterable[str]) -> "list[RenderableType]":
    return [_hanging(f"{number}.", words) for number, words in enumerate(lines, 1)]


def _hanging(mark: str, words: str, style: str = "") -> "RenderableType":
    return _beside(mark, words, style=style)


def _beside(mark: str, words: str, below: str = "", *, style: str = "") -> "RenderableType":
    """A mark with words beside it, and quieter ones below those."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(_text(mark), _text(words, style))
    if below:
        grid.add_row(_text(""), _text(below, "dim"))
    return grid


def _text(words: str, style: str = "") -> "RenderableType":
    from rich.text import Text

    return Text(words, style=style)


def _heading(words: str) -> "RenderableType":
    return _text(f"\n{words}", "bold")


def _group(parts: "Sequence[RenderableType]") -> "Group":
    from rich.console import Group

    return Group(*parts)
