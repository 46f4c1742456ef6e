"""Content as data: word lists, banks, templates and examples that ship with the package."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_text(name: str) -> str:
    """Return the text of one packaged data file; ``name`` is its path below ``data/``.

    >>> read_text("outcomes.txt").startswith("#")
    True
    """
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Return the entries of a packaged word list: one a line, ``#`` starts a comment line.

    >>> "promoted" in read_words("outcomes.txt")
    True
    """
    lines = (line.strip() for line in read_text(name).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def read_json(name: str) -> Any:
    """Return the parsed content of a packaged JSON file (a fresh value at each call)."""
    return json.loads(read_text(name))
