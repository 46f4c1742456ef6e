"""Prepare for a job interview: what the advert asks, which STAR stories answer it, what is missing.

Each public name is loaded from its room when it is first used, so importing starkit is quick and
imports neither spaCy nor rapidfuzz nor numpy.

>>> import starkit as sk
>>> story = sk.Story("Faster builds", "40-minute CI", "halve it", "I cached wheels", "11 minutes")
>>> sk.check_story(story).ok
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from starkit.errors import (
        AdvertError,
        FileError,
        FindingsError,
        MissingExtraError,
        PipelineError,
        PolicyError,
        StarkitError,
        StoryError,
        StoryFileError,
        TimescaleError,
        UnknownStoryError,
    )
    from starkit.findings import Finding, Findings, Severity
    from starkit.policy import DEFAULT_POLICY, Policy
    from starkit.stories import Story, StoryBank, check_stories, check_story

# The room of each public name; a test holds this table, __all__ and the imports above together.
_ROOMS = {
    "errors": (
        "AdvertError",
        "FileError",
        "FindingsError",
        "MissingExtraError",
        "PipelineError",
        "PolicyError",
        "StarkitError",
        "StoryError",
        "StoryFileError",
        "TimescaleError",
        "UnknownStoryError",
    ),
    "findings": ("Finding", "Findings", "Severity"),
    "policy": ("DEFAULT_POLICY", "Policy"),
    "stories": ("Story", "StoryBank", "check_stories", "check_story"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "DEFAULT_POLICY",
    "AdvertError",
    "FileError",
    "Finding",
    "Findings",
    "FindingsError",
    "MissingExtraError",
    "PipelineError",
    "Policy",
    "PolicyError",
    "Severity",
    "StarkitError",
    "Story",
    "StoryBank",
    "StoryError",
    "StoryFileError",
    "TimescaleError",
    "UnknownStoryError",
    "check_stories",
    "check_story",
]


def __getattr__(name: str) -> Any:
    room = _HOME.get(name)
    if room is not None:
        value = getattr(import_module(f"starkit.{room}"), name)
        globals()[name] = value  # the next look-up does not come here
        return value
    if name in _ROOMS:
        return import_module(f"starkit.{name}")
    msg = f"module 'starkit' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*__all__, *_ROOMS, "__version__"})
