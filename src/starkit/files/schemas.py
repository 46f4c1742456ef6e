"""JSON Schemas of the plain form of every value, made from the value classes themselves."""

import datetime as dt
import types
import typing
from collections.abc import Sequence
from enum import Enum
from typing import Any

import attrs
import numpy as np

from starkit.errors import FileError
from starkit.files.plain import SCHEMA_VERSION

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    dt.date: {"type": "string", "format": "date"},
    Any: {},
}


def value_schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what ``to_dict`` gives for a value class.

    It has ``schema_version`` and ``type`` at its head, every field is required, and no other key
    is allowed. Other programs check and complete our JSON with it.

    Raises:
        FileError: It is not one of starkit's value classes.

    >>> from starkit.stories import Story
    >>> schema = value_schema(Story)
    >>> schema["properties"]["type"], schema["properties"]["skills"]
    ({'const': 'Story'}, {'type': 'array', 'items': {'type': 'string'}})
    """
    if not (isinstance(kind, type) and attrs.has(kind) and kind.__module__.startswith("starkit.")):
        raise FileError("value_schema", f"{kind!r} has no plain form", "give a class of starkit's")
    definitions: dict[str, Any] = {}
    whole = _object(kind, definitions)
    head = {"schema_version": {"const": SCHEMA_VERSION}, "type": {"const": kind.__name__}}
    whole["properties"] = head | whole["properties"]
    whole["required"] = [*head, *whole["required"]]
    title = {"$schema": _DIALECT, "title": f"starkit {kind.__name__}"}
    return {**title, **whole, "$defs": definitions} if definitions else {**title, **whole}


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    names = [field.name for field in attrs.fields(kind)]
    return {
        "type": "object",
        "properties": {name: _schema(hints[name], definitions) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    if origin is np.ndarray:
        return {"type": "array", "items": {"type": "array", "items": {"type": "number"}}}
    if origin is not None and issubclass(origin, Sequence):
        return _array(arguments, definitions)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}  # a class may hold values of its own kind
        definitions[hint.__name__] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _array(arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if len(arguments) == 2 and arguments[1] is not Ellipsis:  # a pair, such as a range of years
        items = [_schema(argument, definitions) for argument in arguments]
        return {"type": "array", "prefixItems": items, "minItems": 2, "maxItems": 2}
    return {"type": "array", "items": _schema(arguments[0], definitions)}
