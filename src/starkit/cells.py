"""Values as pieces of HTML for a notebook's cell: escaped, without scripts, in the page's own colours.

They suit light and dark pages: text keeps the colour that the notebook gives it.
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from starkit.data import read_text

if TYPE_CHECKING:
    import jinja2

# Marks that turn the direction of whatever follows them, past the text that they stand in.
_TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def _shown(value: Any) -> Any:
    """Return what a template may show of a value: no control characters but line breaks."""
    if hasattr(value, "__html__"):  # our own markup, escaped before
        return value
    return "".join(
        char
        for char in str(value)
        if char == "\n" or not (char in _TURNING or unicodedata.category(char) in {"Cc", "Cs"})
    )


@cache
def _environment() -> "jinja2.Environment":
    import jinja2  # not with the values: most programs never show one in a notebook

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: read_text(f"templates/cells/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def cell(name: str, /, **values: Any) -> str:
    """Return the packaged template ``name`` filled in, with the style that all cells share.

    >>> "&lt;b&gt;" in cell("draft", draft={"subject": "<b>", "body": ""})
    True
    """
    body = _environment().get_template(f"{name}.html").render(values)
    style = read_text("templates/cells/cell.css")
    return f'<style>{style}</style><div class="starkit-cell" lang="en-GB">{body}</div>'
