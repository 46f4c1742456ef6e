"""Grouping titled pieces into sections: which heading stands under which.

Two things are kept apart: what a section speaks of (its kind) and how much it wants it (its
priority). "Essential" may stand under "Qualifications" or over it; both are met.
"""

import re
from collections.abc import Iterable

import attrs

from starkit.adverts.headings import Heading
from starkit.adverts.pieces import Piece
from starkit.adverts.shape import Line, Section, SectionKind
from starkit.adverts.titles import Titled

# Headings outside a person specification speak of the two sides.
_SPEAKS = re.compile(r"\b(?:we|us|our|you|your)\b", re.IGNORECASE)


@attrs.define
class _Draft:
    """A section while its lines come in."""

    title: str
    kind: SectionKind
    priority: str = ""
    parents: tuple[str, ...] = ()
    lines: list[Line] = attrs.field(factory=list)
    assumed: bool = False  # the heading is unknown: its kind is taken from where it stands

    @property
    def has_body(self) -> bool:
        return any(not line.is_heading for line in self.lines)

    def sequel(self) -> "_Draft":
        return _Draft(self.title, self.kind, self.priority, self.parents)


@attrs.frozen
class _Open:
    """A heading that the next lines stand under."""

    title: str
    heading: Heading
    level: int


def group_sections(
    text: str, titled: Iterable[Titled]
) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    r"""Return the lines and the sections of the pieces, in order.

    >>> from starkit.adverts.titles import UNKNOWN
    >>> heading = Heading(SectionKind.BENEFITS)
    >>> pieces = [Titled(Piece(0, 5), heading), Titled(Piece(6, 11, row=1))]
    >>> group_sections("Perks\nPizza", pieces)[1][0].title
    'Perks'
    """
    grouping = _Grouping(text)
    for each in titled:
        grouping.add(each)
    return grouping.close()


class _Grouping:
    """The state of one walk over the pieces."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._drafts = [_Draft("", SectionKind.SUMMARY)]
        self._open: list[_Open] = []
        self._level = 0  # of the last known heading in Markdown, 0 without
        self._known = False  # a heading of known words has been met
        self._interrupted: _Draft | None = None  # by one-line facts such as "Salary: ..."
        self._listed: _Draft | None = None  # whose list is over, as a paragraph shows

    @property
    def _now(self) -> _Draft:
        return self._drafts[-1]

    def add(self, titled: Titled) -> None:
        if titled.heading is None:
            self._add_text(titled.piece)
        else:
            self._add_heading(titled.piece, titled.heading, titled)

    def close(self) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
        lines: list[Line] = []
        sections: list[Section] = []
        for draft in self._drafts:
            if not draft.lines:
                continue
            own = tuple(
                attrs.evolve(line, index=len(lines) + place, section=len(sections))
                for place, line in enumerate(draft.lines)
            )
            lines += own
            kind = _settled(draft)
            sections.append(
                Section(
                    draft.title,
                    kind,
                    own[0].start,
                    own[-1].end,
                    own,
                    priority=draft.priority if kind is draft.kind else "",
                    parents=draft.parents,
                )
            )
        return tuple(lines), tuple(sections)

    # --- text ---

    def _add_text(self, piece: Piece) -> None:
        before = self._interrupted
        listed = piece.bullet and self._now.has_body and self._now.lines[-1].bullet == piece.bullet
        if before is not None and self._now.has_body and not listed:
            self._interrupted = None
            self._drafts.append(_after_interruption(before, piece))
        elif before is None:
            self._leave_list(piece)
        self._now.lines.append(self._line(piece))

    def _leave_list(self, piece: Piece) -> None:
        """Begin plain text where a paragraph follows a list, and go back to the list after it."""
        left = self._listed
        if left is not None and piece.bullet and piece.bullet == _bullet(left):
            self._listed = None
            self._drafts.append(left.sequel())
        elif left is None and _ends_list(self._now, piece, self._text):
            self._listed = self._now
            # What follows the steps of an application goes on with it.
            applying = self._now.kind is SectionKind.APPLICATION
            self._drafts.append(
                _Draft("", SectionKind.APPLICATION if applying else SectionKind.OTHER)
            )

    def _line(self, piece: Piece, *, is_heading: bool = False) -> Line:
        return Line(
            self._text[piece.start : piece.end],
            piece.start,
            piece.end,
            bullet=piece.bullet,
            is_heading=is_heading,
            mark="" if is_heading else piece.mark,
        )

    # --- headings ---

    def _add_heading(self, piece: Piece, heading: Heading, titled: Titled) -> None:
        line, fact = self._line(piece, is_heading=not titled.asks), titled.fact
        self._listed = None
        level = len(piece.style) if piece.style.startswith("#") else 0
        if heading.role == "header":
            self._add_header()
            self._now.lines.append(line)
            return
        if line.text.endswith(":") and heading.kind is SectionKind.TERMS:
            # "Job title:" with its text on the next line, at the head of an advert.
            fact = fact or self._now.kind is SectionKind.SUMMARY or self._interrupted is not None
        if fact and self._interrupted is None:
            self._interrupted = self._now
        elif not fact:
            self._interrupted = None
        if heading.role == "unknown" or self._may_be_criteria(line.text, heading):
            draft = self._unknown(line.text, level)
        else:
            draft = self._headed(line.text, heading, level, fact=fact)
            self._known = self._known or not fact
            self._level = level
        draft.lines.append(line)
        self._drafts.append(draft)

    def _add_header(self) -> None:
        """Make room for a table whose columns say what is essential."""
        now = self._now
        self._known = True  # a table of criteria: an unknown label below it names a row
        while self._open and self._open[-1].heading.role == "priority":
            self._open.pop()
        if not now.kind.asks:
            self._drafts.append(_Draft("", SectionKind.REQUIREMENTS))
        elif now.priority:
            self._drafts.append(_Draft(now.title, now.kind, "", now.parents))

    def _may_be_criteria(self, title: str, heading: Heading) -> bool:
        """Tell whether a guess would end what asks, though it speaks to nobody ("Team work")."""
        if heading.sure or heading.kind.asks or not self._now.kind.asks:
            return False
        return not (title.endswith("?") or _SPEAKS.search(title))

    def _unknown(self, title: str, level: int) -> _Draft:
        now = self._now
        if not self._known:
            return _Draft(title, SectionKind.SUMMARY, assumed=True)
        # Markdown says which heading is on a par; elsewhere an unknown one may stand under the
        # last known, and ending that too soon would lose requirements.
        if level and self._level and level <= self._level:
            self._open.clear()
            return _Draft(title, SectionKind.OTHER)
        if now.kind.asks:
            draft = self._headed(title, Heading(SectionKind.REQUIREMENTS, role="topic"), level)
            draft.assumed = True
            return draft
        return _Draft(title, now.kind)

    def _headed(self, title: str, heading: Heading, level: int, *, fact: bool = False) -> _Draft:
        if heading.role == "topic":
            self._close_for_topic(level)
        elif heading.role == "priority":
            self._close_for_priority()
        elif not (heading.role == "container" and self._awaits_topic()) and not fact:
            self._open.clear()
        parents = tuple(one.title for one in self._open) if heading.kind.asks else ()
        priority = heading.priority or (self._open_priority() if heading.kind.asks else "")
        kind = heading.kind
        if heading.role == "priority" and kind is SectionKind.REQUIREMENTS:
            kind = next(
                (one.heading.kind for one in self._open if one.heading.role == "topic"), kind
            )
        if heading.role in ("topic", "priority", "container"):
            self._open.append(_Open(title, heading, level))
        return _Draft(title, kind, priority, parents)

    def _open_priority(self) -> str:
        return next((one.heading.priority for one in self._open if one.heading.priority), "")

    def _place_of(self, role: str) -> int:
        roles = [one.heading.role for one in self._open]
        return roles.index(role) if role in roles else -1

    def _awaits_topic(self) -> bool:
        """Tell whether the last heading says essential or desirable and nothing followed yet."""
        last = self._open[-1] if self._open else None
        return last is not None and last.heading.role == "priority" and not self._now.has_body

    def _close_for_topic(self, level: int) -> None:
        topic, priority = self._place_of("topic"), self._place_of("priority")
        if priority < 0:
            keep = topic
        elif 0 <= topic < priority:
            keep = topic  # "Skills" > "Essential": the next topic begins afresh
        elif level and level <= self._open[priority].level:
            keep = priority  # on a par with "Essential", so not under it
        elif topic > priority:
            keep = topic  # "Essential" > "Skills": the next topic takes its place
        else:
            keep = -1 if self._awaits_topic() else priority
        if keep >= 0:
            del self._open[keep:]

    def _close_for_priority(self) -> None:
        place = self._place_of("priority")
        if place >= 0:
            del self._open[place:]


# From how many bullets on lines are a list, and how long a paragraph after it is.
_BULLETS_OF_LIST = 2
_PARAGRAPH_FROM = 60


def _bullet(draft: _Draft) -> str:
    return next((line.bullet for line in reversed(draft.lines) if line.bullet), "")


def _ends_list(draft: _Draft, piece: Piece, text: str) -> bool:
    """Tell whether a piece is a paragraph that stands apart from the list before it."""
    if piece.bullet or piece.mark or piece.cell or piece.role or not piece.gap:
        return False
    body = [line for line in draft.lines if not line.is_heading]
    if len(body) < _BULLETS_OF_LIST or not all(line.bullet for line in body[-_BULLETS_OF_LIST:]):
        return False
    words = text[piece.start : piece.end]
    return len(words) >= _PARAGRAPH_FROM or words.rstrip().endswith((".", "!"))


def _after_interruption(before: _Draft, piece: Piece) -> _Draft:
    """Return the section for text that follows facts such as "Salary: ..." without a heading."""
    if before.kind.asks or before.kind is SectionKind.DUTIES:
        last = before.lines[-1].bullet if before.lines else ""
        if piece.gap and not (piece.bullet and piece.bullet == last):
            return _Draft("", SectionKind.OTHER)
    return before.sequel()


# From how many bullets on a section headed "The role" is a list of duties.
_BULLETS_OF_DUTIES = 3


# From how many words on each a notice below the criteria has whole sentences.
_SENTENCE_FROM = 8


def _settled(draft: _Draft) -> SectionKind:
    body = [line for line in draft.lines if not line.is_heading]
    if draft.assumed and draft.kind.asks and body and all(map(_is_sentence, body)):
        return SectionKind.OTHER  # a notice that follows a person specification
    if draft.assumed or draft.kind is not SectionKind.SUMMARY or not draft.title:
        return draft.kind
    bulleted = sum(1 for line in body if line.bullet)
    listed = bulleted >= _BULLETS_OF_DUTIES and bulleted * 2 >= len(body)
    return SectionKind.DUTIES if listed else draft.kind


def _is_sentence(line: Line) -> bool:
    """Tell whether a line is running text and no item of a list."""
    words = line.text.rstrip()
    item = line.bullet or line.mark
    return not item and words.endswith((".", "!")) and len(words.split()) >= _SENTENCE_FROM
