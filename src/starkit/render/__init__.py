"""Values made visible: a pack as a page, as Markdown and in the terminal."""

from starkit.render.markdown import pack_markdown
from starkit.render.page import pack_fragment, pack_page
from starkit.render.staying import (
    answer_terminal,
    closing_terminal,
    decision_terminal,
    plan_terminal,
)
from starkit.render.terminal import findings_terminal, pack_terminal, requirements_terminal

__all__ = [
    "answer_terminal",
    "closing_terminal",
    "decision_terminal",
    "findings_terminal",
    "pack_fragment",
    "pack_markdown",
    "pack_page",
    "pack_terminal",
    "plan_terminal",
    "requirements_terminal",
]
