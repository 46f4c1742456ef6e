"""The pack as HTML without scripts: one page for screen, phone and paper, or a notebook's cell."""

from functools import cache
from typing import TYPE_CHECKING

import jinja2

import starkit
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
    from starkit.render.sheet import Sheet


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_text(f"templates/pack/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def pack_page(pack: "Pack") -> str:
    """Return the pack as one HTML page that needs nothing from outside.

    Whatever the advert and the stories hold is escaped.

    Args:
        pack: ``starkit.interview.InterviewPack``, or any value with the same attributes.
    """
    sheet = sheet_of(pack)
    return (
        _environment()
        .get_template("page.html")
        .render(
            sheet=sheet,
            version=starkit.__version__,
            counted=counted,
            shortened=shortened,
            opened=_opened(sheet),
            density=_density(sheet),
            rehearse_advice=REHEARSE_ADVICE.format(points=pack.policy.points_per_piece),
            gap_advice=GAP_ADVICE,
            thin_advice=THIN_ADVICE,
            thin_title=thin_title(sheet.wanted),
            thin_words=f"with {thin_title(sheet.wanted).lower()}",
            ready_advice=READY_ADVICE,
            closing_advice=CLOSING_ADVICE,
        )
    )


def pack_fragment(pack: "Pack") -> str:
    """Return the pack as a piece of HTML for a notebook, in the colours of the notebook's theme.

    Args:
        pack: ``starkit.interview.InterviewPack``, or any value with the same attributes.
    """
    return _environment().get_template("fragment.html").render(sheet=sheet_of(pack))


# Characters on paper, counted on the packs of the examples: more than so many do not go on two
# sides of A4 in the usual size.
_DENSE_FROM = 7_000


def _density(sheet: "Sheet") -> str:
    """Return ``dense`` for a pack that wants smaller print, ``""`` for any other."""
    rows = [row for group in sheet.groups for row in group.rows]
    told = [
        point
        for card in sheet.cards
        for piece in card.stretches
        for run in piece.runs
        for point in run.points
    ]
    texts = (
        [row.text for row in (*rows, *sheet.ready)] + told + [card.restated for card in sheet.cards]
    )
    return "dense" if sum(map(len, texts)) > _DENSE_FROM else ""


def _opened(sheet: "Sheet") -> int:
    """Return the number of the row whose evidence stands open as a sample, 0 when none has any."""
    rows = [row for group in sheet.groups for row in group.rows if row.proved]
    telling = [row for row in rows if row.proved[0].is_sure and row.proved[0].proof_is_told]
    return next((row.number for row in (*telling, *rows)), 0)
