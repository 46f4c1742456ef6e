"""The pack as Markdown that reads well raw and rendered, and that no user text can break."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2

from starkit.data import read_text
from starkit.render.sheet import (
    CLOSING_ADVICE,
    GAP_ADVICE,
    READY_ADVICE,
    REHEARSE_ADVICE,
    THIN_ADVICE,
    sheet_of,
    thin_title,
)
from starkit.render.words import counted, shortened

if TYPE_CHECKING:
    from starkit.render.contracts import Pack
    from starkit.render.marking import Segment

# Marks that mean something to Markdown anywhere in a line; $ opens a formula on some sites.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$]|&(?=[#\w])")
# Marks that mean something where a line or a list item begins.
_FIRST = re.compile(r"^(?:[#+\-=:]|\d{1,9}(?=[.)]))")
_LAST = re.compile(r"#+$")  # a heading may be closed with them


class _Raw(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escaped(text: str) -> str:
    r"""Return a text on one line so that Markdown shows it as it stands.

    >>> print(escaped("# C# *and* [more](x)"), escaped("1. first"), escaped("snake_case"))
    \# C# \*and\* \[more\](x) 1\. first snake\_case
    """
    safe = _ANYWHERE.sub(lambda found: "\\" + found.group(), text)
    safe = _FIRST.sub(_escaped_first, safe)
    return _LAST.sub(lambda found: "\\#" * len(found.group()), safe) if safe[-1:] == "#" else safe


def _escaped_first(found: re.Match[str]) -> str:
    first = found.group()
    return f"{first}\\" if first.isdigit() else f"\\{first}"


def _escape_values(value: Any) -> Any:
    return value if isinstance(value, _Raw | jinja2.Undefined) else escaped(str(value))


def _marks(pieces: Sequence["Segment"]) -> _Raw:
    """Return the pieces with the marked words in bold."""
    text = _Raw("".join(_mark(piece) for piece in pieces))
    return _Raw(_FIRST.sub(_escaped_first, text))


def _mark(piece: "Segment") -> str:
    inner = _ANYWHERE.sub(lambda found: "\\" + found.group(), piece.text)
    # Markdown sees no bold where punctuation or a space stands next to the asterisks.
    plain = piece.text[:1].isalnum() and piece.text[-1:].isalnum()
    return f"**{inner}**" if piece.marked and plain else inner


_DOTS = {"sure": "●", "maybe": "◐", "none": "○"}


def _dots(kinds: Sequence[str]) -> _Raw:
    return _Raw("".join(_DOTS[kind] for kind in kinds))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_text(f"templates/pack/{name}")),
        autoescape=False,  # noqa: S701 - no HTML is made; finalize escapes every value for Markdown
        undefined=jinja2.StrictUndefined,
        finalize=_escape_values,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"marks": _marks, "dots": _dots}
    return environment


def pack_markdown(pack: "Pack") -> str:
    """Return the pack as Markdown (CommonMark with the task lists of GitHub).

    Whatever the advert and the stories hold is escaped, so that it shows as it stands.

    Args:
        pack: ``starkit.interview.InterviewPack``, or any value with the same attributes.
    """
    sheet = sheet_of(pack)
    return (
        _environment()
        .get_template("pack.md")
        .render(
            sheet=sheet,
            counted=counted,
            shortened=shortened,
            thin_title=thin_title(sheet.wanted),
            gap_advice=GAP_ADVICE,
            thin_advice=THIN_ADVICE,
            ready_advice=READY_ADVICE,
            closing_advice=CLOSING_ADVICE,
            rehearse_advice=REHEARSE_ADVICE.format(points=pack.policy.points_per_piece),
        )
    )
