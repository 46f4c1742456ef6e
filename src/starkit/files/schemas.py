"""JSON Schemas of the plain form of every value, made from the value classes themselves."""

import datetime as dt
import types
import typing
from collections.abc import Mapping, Sequence
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
    if callable(own := getattr(kind, "schema", None)):  # a form of its own, as a pack has
        form: dict[str, Any] = own()
        return form
    definitions: dict[str, Any] = {}
    return _document(kind.__name__, _object(kind, definitions), definitions)


def form_schema(name: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document that is put together of several values.

    Args:
        name: What its ``type`` says.
        form: What stands under each key: a value class or another type, ``[what]`` for a list of
            it, a mapping for an object of its own, or a tuple of what may stand there. Every key is required.

    >>> from starkit.stories import Story
    >>> schema = form_schema("Pair", {"story": Story, "scores": [{"score": float}]})
    >>> schema["required"], schema["properties"]["story"]
    (['schema_version', 'type', 'story', 'scores'], {'$ref': '#/$defs/Story'})
    """
    definitions: dict[str, Any] = {}
    return _document(name, _form(form, definitions), definitions)


def _form(form: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if isinstance(form, list):
        [member] = form
        return {"type": "array", "items": _form(member, definitions)}
    if isinstance(form, tuple):  # one of several
        return {"anyOf": [_form(member, definitions) for member in form]}
    if not isinstance(form, Mapping):
        return _schema(form, definitions)
    return {
        "type": "object",
        "properties": {name: _form(part, definitions) for name, part in form.items()},
        "required": list(form),
        "additionalProperties": False,
    }


def _document(name: str, whole: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    head = {"schema_version": {"const": SCHEMA_VERSION}, "type": {"const": name}}
    whole["properties"] = head | whole["properties"]
    whole["required"] = [*head, *whole["required"]]
    title = {"$schema": _DIALECT, "title": f"starkit {name}"}
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
