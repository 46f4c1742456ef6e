"""What other packages add: question banks, closing questions and calendars, by entry points."""

import logging
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from starkit.errors import PluginError

QUESTIONS = "starkit.questions"
"""The group of question banks: each gives a mapping in the form of ``data/questions.json``."""

CLOSING = "starkit.closing"
"""The group of closing questions: each gives a list in the form of the packaged ``general`` ones."""

HOLIDAYS = "starkit.holidays"
"""The group of calendars: each is a function that takes a year and gives its days off."""

_LOG = logging.getLogger(__name__)


@cache
def names(group: str) -> tuple[str, ...]:
    """Return the names of a group's entry points, sorted; nothing is loaded.

    >>> names("starkit.no-such-group")
    ()
    """
    return tuple(sorted({point.name for point in entry_points(group=group)}))


@cache
def loaded(group: str, name: str) -> Any:
    """Return what an entry point names.

    Raises:
        PluginError: There is none of this name, or it cannot be imported.

    >>> loaded("starkit.holidays", "no-such-plugin")
    Traceback (most recent call last):
    starkit.errors.PluginError: plugin 'no-such-plugin' (starkit.holidays): there is none; ...
    """
    point = next((point for point in entry_points(group=group) if point.name == name), None)
    if point is None:
        raise PluginError(group, name, "there is none", "install the package that has it")
    try:
        found = point.load()
    except Exception as error:  # what happens in a module of others can be anything
        raise PluginError(group, name, f"it cannot be loaded ({error!r})", _MEND) from error
    _LOG.debug("loaded plugin %s of %s", name, group)
    return found


_MEND = "mend or uninstall the package that has it"


def contents(group: str) -> tuple[tuple[str, Any], ...]:
    """Return the name and the content of each entry point of a group; functions are called.

    Raises:
        PluginError: One of them cannot be loaded, or its function fails.
    """
    return tuple((name, _content(group, name)) for name in names(group))


def _content(group: str, name: str) -> Any:
    found = loaded(group, name)
    return called(group, name, found) if callable(found) else found


def called(group: str, name: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a plugin's function gives, with one error of ours when it fails.

    Raises:
        PluginError: The function raises.
    """
    try:
        return function(*arguments)
    except Exception as error:
        raise PluginError(group, name, f"it fails ({error!r})", _MEND) from error


def checked(group: str, name: str, value: Any, fields: Mapping[str, type]) -> Mapping[str, Any]:
    """Return a mapping of a plugin's when each of some fields is there with its type.

    Raises:
        PluginError: It is no mapping, or a field is missing, empty or of another type.

    >>> checked("starkit.closing", "acme", {"text": 3}, {"text": str})
    Traceback (most recent call last):
    starkit.errors.PluginError: plugin 'acme' (starkit.closing): 'text' is 3, where a str belongs; ...
    """
    if not isinstance(value, Mapping):
        raise PluginError(group, name, f"{value!r} is no mapping", _MEND)
    for field, kind in fields.items():
        if not isinstance(value.get(field), kind) or not value[field]:
            seen = f"{field!r} is {value.get(field)!r}, where a {kind.__name__} belongs"
            raise PluginError(group, name, seen, _MEND)
    return value
