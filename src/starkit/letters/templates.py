"""Filling the packaged templates: plain text, and an error where a value is missing."""

from functools import cache

import jinja2

from starkit.data import read_text


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - the result is plain text, and render/ escapes it
        keep_trailing_newline=False,
    )


@cache
def _compiled(template: str) -> jinja2.Template:
    # To compile costs a hundred times what it costs to fill, and the templates are the packaged ones.
    return _environment().from_string(template)


def filled(template: str, /, **values: object) -> str:
    """Return a template with its values filled in.

    Names and titles come from people and files: line breaks in them become spaces.

    >>> filled("Dear {{ to }},", to="Ms  Okafor")
    'Dear Ms Okafor,'
    """
    tidy = {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return _compiled(template).render(tidy).strip()


def filled_file(name: str, /, **values: object) -> str:
    """Return a packaged template of ``data/letters/`` with its values filled in.

    >>> "within 10 days" in filled_file(
    ...     "cover_letter_close.txt", days=10, role="", working_days=False
    ... )
    True
    """
    return filled(read_text(f"letters/{name}"), **values)
