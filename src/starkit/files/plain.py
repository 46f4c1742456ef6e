"""Values as plain lists and dictionaries, ready for JSON, and back again."""

import contextlib
import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from typing import Any

import attrs
import cattrs
import numpy as np
from cattrs.v import format_exception
from numpy.typing import NDArray

from starkit.errors import FileError, StarkitError

SCHEMA_VERSION = 1
"""The version of the form; it changes when an older reader could no longer read it."""


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(
        forbid_extra_keys=True, unstruct_collection_overrides={tuple: list}
    )
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    converter.register_unstructure_hook(np.ndarray, as_rows)
    converter.register_unstructure_hook(Enum, lambda member: member.value)
    converter.register_unstructure_hook_func(_is_array, as_rows)
    converter.register_structure_hook(dt.date, lambda text, _: dt.date.fromisoformat(text))
    converter.register_structure_hook_func(_is_array, lambda rows, _: np.array(rows, np.float32))
    converter.register_structure_hook_func(_is_text_or_day, _text_or_day)
    # A whole number stays one: a converter of the class itself decides what a field may hold.
    converter.register_structure_hook(float, lambda number, _: number)
    converter.register_structure_hook(bool, _yes_or_no)
    return converter


def as_rows(array: NDArray[Any]) -> list[Any]:
    """Return an array as lists of the numbers as they are written: 0.77, and not 0.7699999809.

    >>> as_rows(np.array([[0.77, 12]], np.float32))
    [[0.77, 12.0]]
    """
    return list(array.astype(np.str_).astype(np.float64).tolist())


def _is_array(wanted: Any) -> bool:
    return typing.get_origin(wanted) is np.ndarray


def _is_text_or_day(wanted: Any) -> bool:
    if typing.get_origin(wanted) not in (types.UnionType, typing.Union):
        return False
    return {str, dt.date} <= set(typing.get_args(wanted))


def _text_or_day(value: Any, _: Any) -> Any:
    # What was given as a day was written in ISO form, and reads as the same day either way.
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def _yes_or_no(value: Any, _: Any) -> bool:
    # Python would take every text for true, "no" among them.
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _told(error: BaseException, wanted: type | None) -> str:
    return str(error) if isinstance(error, StarkitError) else format_exception(error, wanted)


_CONVERTER = _converter()


def to_dict(value: Any) -> dict[str, Any]:
    """Return one of starkit's values as plain values, ready for JSON.

    Days are written as ISO text, enumerations as their values and tuples as lists; ``type`` names
    the class and ``schema_version`` the form.

    Raises:
        FileError: It is not one of starkit's values.

    >>> from starkit.stories import Story
    >>> to_dict(Story("Rota", "", "", "I asked.", "All filled."))["action"]
    'I asked.'
    """
    if not attrs.has(type(value)) or not type(value).__module__.startswith("starkit."):
        seen = f"a value of the type {type(value).__name__} has no plain form"
        raise FileError("to_dict", seen, "give one of starkit's values")
    if callable(own := getattr(value, "to_dict", None)):  # a form of its own, as a pack has
        form: dict[str, Any] = own()
        return form
    head: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "type": type(value).__name__}
    return {**head, **_CONVERTER.unstructure(value)}


def from_dict(data: Mapping[str, Any]) -> Any:
    """Return the value that ``to_dict`` wrote.

    Raises:
        FileError: The form is another one, the type is not known, or a field does not fit.

    >>> from starkit.stories import Story
    >>> story = Story("Rota", "", "", "I asked.", "All filled.")
    >>> from_dict(to_dict(story)) == story
    True
    """
    fields = without_head(data)
    wanted = _value_class(data.get("type"))
    if callable(own := getattr(wanted, "from_dict", None)):
        return own(data)
    with told_as(wanted.__name__):
        return structured(fields, wanted)


def without_head(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of what ``to_dict`` wrote.

    Raises:
        FileError: It is no mapping, or its ``schema_version`` is another one.

    >>> without_head({"schema_version": 1, "type": "Story", "title": "Rota"})
    {'title': 'Rota'}
    """
    given: object = data  # a caller without types may give anything
    if not isinstance(given, Mapping):
        seen = f"a mapping is wanted, and this is a {type(given).__name__}"
        raise FileError("from_dict", seen, "give what to_dict wrote")
    if data.get("schema_version") != SCHEMA_VERSION:
        seen = f"schema_version is {data.get('schema_version')!r}"
        advice = f"give {SCHEMA_VERSION}, or read it with the starkit that wrote it"
        raise FileError("from_dict", seen, advice)
    return {name: part for name, part in data.items() if name not in ("schema_version", "type")}


@contextlib.contextmanager
def told_as(name: str) -> Iterator[None]:
    """Tell whatever plain values do not fit, while a value is made of them, as one error of ours.

    Args:
        name: The class of the value, for the message.

    Raises:
        FileError: They do not fit.
    """
    try:
        yield
    except (cattrs.BaseValidationError, TypeError, ValueError, LookupError) as error:
        told = str(error)
        if isinstance(error, cattrs.BaseValidationError):
            told = "; ".join(cattrs.transform_error(error, format_exception=_told))
        article = "an" if name[:1] in "AEIO" else "a"
        seen = f"it does not hold {article} {name} ({told})"
        raise FileError("from_dict", seen, "mend these fields") from error


def structured(plain: Any, wanted: Any) -> Any:
    """Return the value of a class that plain values hold, which have no head of their own.

    Raises:
        cattrs.BaseValidationError: They hold no such value.

    >>> from starkit.findings import Finding
    >>> structured({"rule": "A5", "severity": "error", "message": "empty"}, Finding).rule
    'A5'
    """
    return _CONVERTER.structure(plain, wanted)


def _value_class(name: object) -> type:
    # Only a public value class may be named: data never chooses what else is loaded. The package
    # is asked at run time, because its rooms import this one.
    package = import_module("starkit")
    found = getattr(package, name) if isinstance(name, str) and name in package.__all__ else None
    if not isinstance(found, type) or not attrs.has(found):
        raise FileError("from_dict", f"type {name!r} is not known", "give what to_dict wrote")
    return found
