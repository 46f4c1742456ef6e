"""The pack, requirements and findings in the terminal, by rich: short, in 80 columns, or plain.

rich is imported when something is drawn, so that importing this module costs nothing. All user
text goes into ``Text`` values, which rich never reads as markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from starkit.cues.labels import Priority
from starkit.findings import Findings, Severity
from starkit.render.sheet import (
    GAP_ADVICE,
    NOTHING_ASKED,
    READY_ADVICE,
    THIN_ADVICE,
    Card,
    Pick,
    Row,
    Sheet,
    requirement_notes,
    sheet_of,
    thin_title,
)
from starkit.render.words import begun, counted, joined, plain, shortened

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

    from starkit.render.contracts import Pack
    from starkit.requirements import Requirement, Requirements

_DOTS = {"sure": "●", "maybe": "◐", "none": "○"}
_ASCII_DOTS = {"sure": "*", "maybe": "?", "none": "-"}
_DOT_STYLES = {"sure": "bold green", "maybe": "yellow", "none": "red"}


def pack_terminal(pack: "Pack", *, outlines: int = 1) -> "RenderableType":
    """Return what rich needs to print the pack: the summary first, a line for each requirement.

    Args:
        pack: ``starkit.interview.InterviewPack``, or any value with the same attributes.
        outlines: How many of the stories are shown with their whole outline.
    """
    return _PackView(sheet_of(pack), outlines)


def requirements_terminal(requirements: "Requirements") -> "RenderableType":
    """Return what rich needs to print what an advert asks, essential first."""
    return _RequirementsView(requirements)


def findings_terminal(findings: Findings) -> "RenderableType":
    """Return what rich needs to print what a check noticed, place by place."""
    return _FindingsView(findings)


def _text(words: str, style: str = "") -> "Text":
    from rich.text import Text

    return Text(words, style=style)


def _heading(words: str) -> "Text":
    return _text(f"\n{words}", "bold")


def _indented(words: str, by: int = 3, style: str = "") -> "RenderableType":
    from rich.padding import Padding

    return Padding(_text(words, style), (0, 0, 0, by))


def _grid(*widths: dict[str, Any]) -> "Table":
    from rich.table import Table

    grid = Table.grid(padding=(0, 1), expand=True)
    for options in widths:
        grid.add_column(**options)
    return grid


@attrs.frozen
class _PackView:
    """A pack that draws itself."""

    sheet: Sheet
    outlines: int

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "Iterator[RenderableType]":
        sheet, ascii_only = self.sheet, options.ascii_only
        yield _text(sheet.title, "bold")
        if sheet.facts:
            yield _text(", ".join(sheet.facts), "dim")
        yield _text(f"\n{sheet.summary} {sheet.reach}".rstrip())
        yield from _asked(sheet, ascii_only=ascii_only)
        if sheet.ready:
            yield _heading("Have ready or confirm")
            yield _text(READY_ADVICE, "dim")
            yield _ticked(row.text for row in sheet.ready)
        if sheet.picks:
            yield _heading("Stories to take")
            yield _text(sheet.picked, "dim")
            yield _picks(sheet.picks, sheet.cards)
            if sheet.left:
                yield _text(f"\n{sheet.left}")
        if sheet.cards[: self.outlines]:
            yield _heading("Stories to rehearse")
            for card in sheet.cards[: self.outlines]:
                yield from _outline(card, ascii_only=ascii_only)
            yield from _more_cards(sheet.cards[self.outlines :])
        yield _heading("Closing questions")
        yield _numbered([asked.text for asked in sheet.closing])
        yield _text("")
        yield _ticked(sheet.strategies)
        yield _heading("Staying in contact")
        yield from _contact(sheet)


def _ticked(lines: Iterable[str]) -> "RenderableType":
    grid = _grid({"no_wrap": True}, {"ratio": 1})
    for words in lines:
        grid.add_row(_text("[ ]"), _text(words))
    return grid


def _asked(sheet: Sheet, *, ascii_only: bool) -> "Iterator[RenderableType]":
    dots = _ASCII_DOTS if ascii_only else _DOTS
    if not sheet.groups:
        return
    yield _heading("What the advert asks")
    legend = (("sure", "answers"), ("maybe", "may answer"), ("none", "no story yet"))
    told = "   ".join(f"{dots[kind]} {words}" for kind, words in legend)
    if sheet.wanted > 1:
        told += f"   ({sheet.wanted} stories are wanted for each)"
    yield _text(told, "dim")
    for group in sheet.groups:
        yield _text(f"{group.title} ({len(group.rows)})", "underline")
        grid = _grid(
            {"width": sheet.wanted},
            {"ratio": 1},
            {"justify": "right", "no_wrap": True, "style": "dim"},
        )
        for row in group.rows:
            grid.add_row(_dotted(row, dots), _text(row.text), _text(_stories(row)))
        yield grid
    if sheet.gaps:
        yield _text("")
        yield _text(f"No story found yet ({len(sheet.gaps)}): {GAP_ADVICE}")
        yield from _gaps(sheet, dots["none"])
    if sheet.thin:
        yield _text("")
        yield _text(f"{thin_title(sheet.wanted)} ({len(sheet.thin)}): {THIN_ADVICE}")


_GAPS_NAMED = 12  # one line each: half a screen
_LONGEST_GAP = 70  # characters of such a line


def _gaps(sheet: Sheet, mark: str) -> "Iterator[RenderableType]":
    """Name each gap in short, what is essential first, and for that the nearest story as well."""
    gaps = [row for group in sheet.groups for row in group.rows if row.standing == "gap"]
    for row in gaps[:_GAPS_NAMED]:
        yield _indented(f"{mark} {shortened(row.text, _LONGEST_GAP)}")
        if row.nearest and row.priority == Priority.ESSENTIAL:
            yield _indented(row.nearest, 5, "dim")
    if more := len(gaps[_GAPS_NAMED:]):
        yield _indented(f"and {more} more; {_WHOLE}.")


# The terminal shows the beginning; what it leaves out is said.
_WHOLE = "--html and --markdown write all of them"


def _more_cards(cards: Sequence[Card]) -> "Iterator[RenderableType]":
    if cards:
        many = counted(len(cards), "more story", "more stories")
        titles = joined([f"{card.number} {card.title}" for card in cards])
        yield _text(f"\n{many} to rehearse ({titles}); {_WHOLE}.")


def _dotted(row: Row, dots: dict[str, str]) -> "Text":
    text = _text("")
    for kind in row.dots:
        text.append(dots[kind], _DOT_STYLES[kind])
    return text


_STORIES_NAMED = 3


def _stories(row: Row) -> str:
    """Return the numbers of the stories for a requirement, by how sure they are, a line each."""
    known = [option for option in row.options if option.number][:_STORIES_NAMED]
    lines = []
    for state, options in groupby(known, key=lambda option: option.state):
        lines.append(f"{state}: story {', '.join(str(option.number) for option in options)}")
    return "\n".join(lines) or ("no story yet" if not row.options else "")


def _picks(picks: Iterable[Pick], cards: Iterable[Card]) -> "RenderableType":
    grid = _grid(
        {"justify": "right", "no_wrap": True},
        {"ratio": 3},
        {"ratio": 2, "style": "dim"},
    )
    told = {card.number: card for card in cards}
    for pick in picks:
        card = told[pick.number]
        lacks = f", {len(card.lacks)} to improve" if card.lacks else ""
        grid.add_row(_text(str(pick.number)), _text(pick.title), _text(f"{card.lasts}{lacks}"))
        for reason in pick.reasons:
            words = f"“{reason.words}”" if reason.words else ""
            beside = [words or "near in meaning", *(["no other story"] if reason.only else [])]
            if reason.instead:
                beside.append(f"in place of {reason.instead}")
            grid.add_row("", _indented(reason.row.text, 2), _text(", ".join(beside)))
    return grid


def _outline(card: Card, *, ascii_only: bool) -> "Iterator[RenderableType]":
    yield _text(f"\nStory {card.number} told, {card.lasts}", "underline")
    for label, words in (("Say it back", card.restated), ("Confirm", card.confirmation)):
        if words:
            yield _text(f"{label}: {words}")
    bullet = "-" if ascii_only else "•"
    for stretch in card.stretches:
        grid = _grid({"width": 9, "style": "dim"}, {"width": 1}, {"ratio": 1})
        for run in stretch.runs:
            for number, point in enumerate(run.points):
                grid.add_row(_text("" if number else run.part), bullet, _text(point))
        yield grid
        if stretch.check_in:
            yield _indented(f"Check in: {stretch.check_in}", 10, "italic")
    for lack in card.lacks:
        yield _text(f"To improve: {lack}")


def _numbered(lines: Iterable[str]) -> "RenderableType":
    grid = _grid({"justify": "right", "no_wrap": True}, {"ratio": 1})
    for number, words in enumerate(lines, start=1):
        grid.add_row(_text(f"{number}."), _text(words))
    return grid


def _contact(sheet: Sheet) -> "Iterator[RenderableType]":
    if sheet.touches:
        grid = _grid({"no_wrap": True}, {"ratio": 1})
        for touch in sheet.touches:
            grid.add_row(_text(touch.when, "bold"), _text(touch.what))
        yield grid
    for note in (*sheet.agree, *sheet.notes):
        yield _text(note)


# --- one command's worth --------------------------------------------------------------------------


@attrs.frozen
class _RequirementsView:
    """Requirements that draw themselves."""

    requirements: "Requirements"

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "Iterator[RenderableType]":
        asked = sorted(self.requirements, key=lambda item: list(Priority).index(item.priority))
        advert = self.requirements.advert
        if advert is not None and (advert.title or advert.employer):
            yield _text(
                ", ".join(filter(None, (plain(advert.title), plain(advert.employer)))), "bold"
            )
        yield _text(f"{counted(len(asked), 'requirement')} in this advert.", "bold")
        for priority, items in groupby(asked, key=lambda item: item.priority):
            found = list(items)
            yield _heading(f"{str(priority).capitalize()} ({len(found)})")
            yield _requirements(found, ascii_only=options.ascii_only)
        if not asked:
            yield _text(NOTHING_ASKED)


def _requirements(items: "Iterable[Requirement]", *, ascii_only: bool) -> "RenderableType":
    grid = _grid({"width": 1}, {"ratio": 5}, {"ratio": 2, "style": "dim"})
    bullet = "-" if ascii_only else "•"
    for item in items:
        kind, *more = requirement_notes(item)
        beside = [note for note in more if ": " not in note]
        below = [note for note in more if ": " in note]
        grid.add_row(bullet, _text(begun(plain(item.text))), _text(", ".join((kind, *beside))))
        for note in below:
            grid.add_row("", _text(note, "dim"), "")
    return grid


_SEVERITY_WORDS = {Severity.ERROR: "to put right", Severity.ADVICE: "to improve"}
_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.ADVICE: "yellow"}


@attrs.frozen
class _FindingsView:
    """Findings that draw themselves."""

    findings: Findings

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "Iterator[RenderableType]":
        for where, items in groupby(self.findings, key=lambda item: item.where):
            yield _text(plain(where) or "As a whole", "bold")
            grid = _grid({"width": 14}, {"ratio": 1})
            for item in items:
                rule = "" if item.rule == "beyond" else f" ({item.rule})"
                told = f"{_sentence(plain(item.message))}{rule}\n{plain(item.advice)}".rstrip()
                words = _SEVERITY_WORDS[item.severity]
                grid.add_row(_text(words, _SEVERITY_STYLES[item.severity]), _text(told))
            yield _padded(grid)
        yield _text(_verdict(self.findings))


def _padded(inner: "RenderableType") -> "RenderableType":
    from rich.padding import Padding

    return Padding(inner, (0, 0, 1, 2))


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}."


def _verdict(findings: Findings) -> str:
    if not findings:
        return "Nothing to improve."
    parts = []
    if findings.errors:
        parts.append(f"{counted(len(findings.errors), 'thing')} to put right")
    if findings.advice:
        parts.append(f"{counted(len(findings.advice), 'thing')} to improve")
    return f"{' and '.join(parts)}."
