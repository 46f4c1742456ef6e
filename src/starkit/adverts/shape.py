"""The parts of an advert: lines and the headed sections that they stand in."""

from enum import StrEnum, unique

import attrs


@unique
class SectionKind(StrEnum):
    """What a section speaks of; how much it wants it is the section's ``priority``.

    >>> SectionKind("experience").asks, SectionKind.BENEFITS.asks
    (True, False)
    """

    SUMMARY = "summary"  # before any heading, or about the job as a whole
    DUTIES = "duties"
    REQUIREMENTS = "requirements"  # what is asked, of any sort
    QUALIFICATIONS = "qualifications"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    KNOWLEDGE = "knowledge"
    ATTRIBUTES = "attributes"  # what the person is like
    BENEFITS = "benefits"
    COMPANY = "company"
    TERMS = "terms"  # pay, hours, place, contract
    APPLICATION = "application"  # how, where and until when to apply
    EQUALITY = "equality"
    OTHER = "other"  # headed, but by words that we do not know

    @property
    def asks(self) -> bool:
        """True for the kinds that say what a candidate has to show."""
        return self in _ASKING


_ASKING = frozenset(
    {
        SectionKind.REQUIREMENTS,
        SectionKind.QUALIFICATIONS,
        SectionKind.EXPERIENCE,
        SectionKind.SKILLS,
        SectionKind.KNOWLEDGE,
        SectionKind.ATTRIBUTES,
    }
)


@attrs.frozen
class Line:
    """One thing said in an advert: a heading, a bullet, a paragraph or the cell of a table.

    Attributes:
        text: The words, without bullet, number, outer space and table codes; always
            ``advert.text[start:end]``, so a wrapped line holds its line break.
        start: Offset of the first character in the advert.
        end: Offset after the last character.
        index: Place among the advert's lines, from 0.
        section: Place of the line's section among the advert's sections, from 0.
        bullet: The marker before the line ("•", "1.", "PS3"), or "".
        is_heading: True when the line names or explains other lines: a heading, a row label, the
            header row of a table or the legend of its codes. Such a line asks for nothing itself.
        mark: "essential" or "desirable" when a column, a code or a word set apart says so of this
            one line; else "". It goes before the section's ``priority``.

    >>> Line("Full driving licence", 2, 22, bullet="•").text
    'Full driving licence'
    """

    text: str
    start: int
    end: int
    index: int = attrs.field(default=0, kw_only=True)
    section: int = attrs.field(default=0, kw_only=True)
    bullet: str = attrs.field(default="", kw_only=True)
    is_heading: bool = attrs.field(default=False, kw_only=True)
    mark: str = attrs.field(default="", kw_only=True)


@attrs.frozen
class Section:
    """Lines that stand under one heading.

    Attributes:
        title: The heading's words; "" before the first heading and where an advert goes back to
            plain text.
        kind: What the section speaks of.
        start: Offset of the first character of its first line, the heading among them.
        end: Offset after the last character of its last line.
        lines: All lines, heading first. A heading that asks for something itself ("A driving
            licence and one of the following:") is a line of the body, too.
        priority: "essential", "desirable" or "": what the headings say of all its lines.
        parents: Titles of the headings that this one stands under, outermost first.

    >>> heading = Line("Desirable", 0, 9, is_heading=True)
    >>> section = Section("Desirable", SectionKind.REQUIREMENTS, 0, 9, (heading,))
    >>> section.body
    ()
    """

    title: str
    kind: SectionKind
    start: int
    end: int
    lines: tuple[Line, ...]
    priority: str = attrs.field(default="", kw_only=True)
    parents: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines that are no headings."""
        return tuple(line for line in self.lines if not line.is_heading)

    @property
    def label(self) -> str:
        """The title with its parents, as a reader would say where a line stands.

        >>> Section("Essential", SectionKind.SKILLS, 0, 0, (), parents=("Skills",)).label
        'Skills: Essential'
        """
        return ": ".join((*self.parents, self.title))
