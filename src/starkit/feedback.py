"""Feedback, written down and used: what was learnt shows up the next time a story is told (A12).

What was said about a story is kept as lines of its notes, one for each feedback: people read and
edit them in their story file, every file format holds them, and matching never looks at them.
"""

import datetime
from collections.abc import Iterable
from enum import StrEnum

import attrs

from starkit.errors import FollowUpError
from starkit.findings import Finding, Findings
from starkit.followup import Application
from starkit.stories import Story, StoryBank
from starkit.timescales import as_day


class Verdict(StrEnum):
    """How a story went down.

    >>> Verdict("poor") is Verdict.POOR
    True
    """

    GOOD = "good"
    MIXED = "mixed"
    POOR = "poor"


def _line(text: str) -> str:
    return " ".join(text.split())


def _application(value: object) -> str:
    if isinstance(value, Application):
        return _line(f"{value.role}, {value.employer}")
    if not isinstance(value, str) or not value.strip():
        raise FollowUpError("application", value, "give the application, or a name for it")
    return _line(value)


def _source(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FollowUpError("source", value, "say whom it comes from")
    return _line(value)


def _said(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FollowUpError("said", value, "write down what was said")
    return _line(value)


def _lesson(value: object) -> str:
    if not isinstance(value, str):
        raise FollowUpError("lesson", value, "write it as text")
    return _line(value)


def _titles(value: object) -> tuple[str, ...]:
    if isinstance(value, str | Story) or not isinstance(value, Iterable):
        raise FollowUpError("stories", value, "give a list of titles")
    titles = [item.title if isinstance(item, Story) else item for item in value]
    for title in titles:
        if not isinstance(title, str):
            raise FollowUpError("stories", title, "give titles of stories")
    return tuple(dict.fromkeys(titles))


def _useful(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise FollowUpError("useful", value, "give a whole number from 1 (little) to 5 (much)")
    return value


def _verdict(value: object) -> Verdict:
    try:
        return Verdict(str(value))
    except ValueError:
        raise FollowUpError("verdict", value, f"give one of {', '.join(Verdict)}") from None


def _on(value: object) -> datetime.date | None:
    return None if value is None else as_day("on", value)


@attrs.frozen
class Feedback:
    """One piece of feedback, as it was given (A12).

    Attributes:
        application: What it is about: an ``Application`` (kept as "role, employer") or a name.
        source: Whom it comes from ("hiring manager", "recruiter").
        said: What was said, in their words; line breaks become spaces.
        lesson: What you take from it.
        stories: The titles of the stories that it touches; stories themselves will do.
        useful: How useful it was, 1 (little) to 5 (much).
        verdict: How those stories went down: ``good``, ``mixed`` or ``poor``.
        on: When it was given.

    Raises:
        FollowUpError: A field cannot hold what it was given.

    >>> feedback = Feedback(
    ...     "Driver, Harbour Foods", "hiring manager", "The story ran long.",
    ...     lesson="Start at the task.", stories=["Rota"], useful=4, verdict="poor",
    ... )
    >>> print(feedback.note)
    Feedback (poor, useful 4 of 5; Driver, Harbour Foods; hiring manager): The story ran long.
    Lesson: Start at the task.
    """

    application: str = attrs.field(converter=_application)
    source: str = attrs.field(converter=_source)
    said: str = attrs.field(converter=_said)
    lesson: str = attrs.field(default="", converter=_lesson)
    stories: tuple[str, ...] = attrs.field(default=(), converter=_titles)
    useful: int = attrs.field(default=3, kw_only=True, converter=_useful)
    verdict: Verdict = attrs.field(default=Verdict.MIXED, kw_only=True, converter=_verdict)
    on: datetime.date | None = attrs.field(default=None, kw_only=True, converter=_on)

    @property
    def note(self) -> str:
        """The line that is kept with each story it touches."""
        about = [f"{self.verdict}, useful {self.useful} of 5", self.application, self.source]
        if self.on is not None:
            about.append(self.on.isoformat())
        lesson = f" Lesson: {self.lesson}" if self.lesson else ""
        return f"{_MARK}{'; '.join(about)}): {self.said}{lesson}"


# How a line of feedback begins; a story's other notes may say anything else.
_MARK = "Feedback ("


def apply_feedback(bank: StoryBank, feedback: Feedback | Iterable[Feedback]) -> StoryBank:
    """Return a new bank in which each story knows the feedback that it drew (A12).

    The same feedback is kept once, however often it is applied. Feedback that touches no story
    leaves the bank as it is.

    Args:
        bank: The stories.
        feedback: One piece of feedback, or several.

    Raises:
        UnknownStoryError: The feedback names a story that is not in the bank.

    >>> bank = StoryBank([Story("Rota", "Six of us", "Fill the gaps", "I asked each", "No gaps")])
    >>> feedback = Feedback("Driver, Harbour Foods", "HR", "Vivid.", "", ["Rota"], verdict="good")
    >>> print(apply_feedback(bank, feedback)["Rota"].notes)
    Feedback (good, useful 3 of 5; Driver, Harbour Foods; HR): Vivid.
    """
    pieces = (feedback,) if isinstance(feedback, Feedback) else tuple(feedback)
    stories = {story.title: story for story in bank}
    for piece in pieces:
        for title in piece.stories:
            story = stories[bank[title].title]
            if piece.note not in feedback_on(story):
                notes = f"{story.notes.rstrip()}\n{piece.note}".lstrip("\n")
                stories[title] = attrs.evolve(story, notes=notes)
    return StoryBank(tuple(stories.values()))


def feedback_on(story: Story) -> tuple[str, ...]:
    r"""Return the lines of feedback that a story carries, the oldest first (A12).

    >>> notes = "Told twice.\nFeedback (poor; X; HR): Dry."
    >>> feedback_on(Story("Rota", "", "", "", "", notes=notes))
    ('Feedback (poor; X; HR): Dry.',)
    """
    return tuple(line for line in story.notes.splitlines() if line.startswith(_MARK))


def check_feedback(story: Story) -> Findings:
    """Say what feedback a story has drawn, before it is told again (A12).

    >>> story = Story("Rota", "", "", "", "", notes="Feedback (poor, useful 4 of 5; X; HR): Dry.")
    >>> print(check_feedback(story))
    A12 advice, Rota: it drew feedback (poor, useful 4 of 5; X; HR): Dry. Change it before you tell
    it again, or choose another.
    """
    return Findings(
        Finding(
            "A12",
            "advice",
            f"it drew {line[:1].lower()}{line[1:]}".rstrip("."),
            where=story.title,
            advice=_ADVICE[_verdict_of(line)],
        )
        for line in feedback_on(story)
    )


_ADVICE = {
    Verdict.GOOD: "It went down well: tell it so again.",
    Verdict.MIXED: "Use what was said when you tell it again.",
    Verdict.POOR: "Change it before you tell it again, or choose another.",
}


def _verdict_of(line: str) -> Verdict:
    said = line.removeprefix(_MARK)
    return next((verdict for verdict in Verdict if said.startswith(verdict)), Verdict.MIXED)
