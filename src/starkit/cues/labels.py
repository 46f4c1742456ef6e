"""The vocabulary of requirements: what kind of thing is asked for, and how firmly."""

from enum import StrEnum


class Kind(StrEnum):
    """What kind of thing a requirement asks for.

    *Tell* kinds want a story; *show* kinds want a paper, a card or a plain yes.

    >>> Kind("licence").wants_story, Kind.EXPERIENCE.wants_story
    (False, True)
    """

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    EXPERIENCE = "experience"
    QUALIFICATION = "qualification"
    LANGUAGE = "language"
    LICENCE = "licence"
    ATTRIBUTE = "attribute"
    ELIGIBILITY = "eligibility"
    DUTY = "duty"

    @property
    def wants_story(self) -> bool:
        """True for what is told (skills, experience ...), false for what is shown (licences ...)."""
        return self not in _SHOWN


_SHOWN = frozenset({Kind.QUALIFICATION, Kind.LANGUAGE, Kind.LICENCE, Kind.ELIGIBILITY})


class Priority(StrEnum):
    """How firmly a requirement is asked for, in the words of UK person specifications.

    >>> [str(priority) for priority in Priority]
    ['essential', 'desirable', 'unstated']
    """

    ESSENTIAL = "essential"
    DESIRABLE = "desirable"
    UNSTATED = "unstated"
