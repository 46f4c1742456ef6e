"""What a value must have to be shown as a pack; ``starkit.interview.InterviewPack`` has it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from starkit.adverts import Advert
    from starkit.alignment import Alignment, Match, Nearest
    from starkit.answers import Answer
    from starkit.choosing import Choice
    from starkit.closing import ClosingQuestion
    from starkit.findings import Findings
    from starkit.followup import Application, FollowUpPlan
    from starkit.policy import Policy
    from starkit.questions import LikelyQuestion
    from starkit.requirements import Requirement
    from starkit.stories import Story, StoryBank


class Preparation(Protocol):
    """One requirement with what there is to say to it."""

    @property
    def requirement(self) -> "Requirement":
        """What the advert asks."""
        ...

    @property
    def standing(self) -> str:
        """``covered``, ``thin``, ``gap`` or ``show``."""
        ...

    @property
    def matches(self) -> "Sequence[Match]":
        """The stories for it, best first."""
        ...

    @property
    def questions(self) -> "Sequence[LikelyQuestion]":
        """Questions that it may bring."""
        ...

    @property
    def nearest(self) -> "Nearest | None":
        """For a gap, the story that comes nearest."""
        ...


class Rehearsal(Protocol):
    """One story to rehearse."""

    @property
    def story(self) -> "Story":
        """The story."""
        ...

    @property
    def answer(self) -> "Answer":
        """Its outline."""
        ...

    @property
    def requirements(self) -> "Sequence[Requirement]":
        """The requirements that it is to be told for."""
        ...

    @property
    def findings(self) -> "Findings":
        """What the story still lacks."""
        ...


class Pack(Protocol):
    """Everything for one interview."""

    @property
    def advert(self) -> "Advert":
        """The advert."""
        ...

    @property
    def alignment(self) -> "Alignment":
        """Which story answers which requirement."""
        ...

    @property
    def preparations(self) -> Sequence[Preparation]:
        """One for each requirement, essential first."""
        ...

    @property
    def bank(self) -> "StoryBank":
        """All the stories."""
        ...

    @property
    def choice(self) -> "Choice":
        """The stories to take, and why each."""
        ...

    @property
    def rehearsals(self) -> Sequence[Rehearsal]:
        """The stories to rehearse, in order."""
        ...

    @property
    def closing(self) -> "Sequence[ClosingQuestion]":
        """The questions to close with."""
        ...

    @property
    def application(self) -> "Application | None":
        """The application, when it was given."""
        ...

    @property
    def plan(self) -> "FollowUpPlan | None":
        """When to make contact, when it is known."""
        ...

    @property
    def policy(self) -> "Policy":
        """The numbers that were used."""
        ...
