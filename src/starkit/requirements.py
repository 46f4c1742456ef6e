"""Requirements: what an advert asks of the candidate, each with its place in the text."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any, Protocol, Self, overload

import attrs

from starkit.adverts import Advert
from starkit.cues.alternatives import find_alternatives
from starkit.cues.asking import Asked
from starkit.cues.labels import Kind, Priority
from starkit.cues.phrases import Phrase, find_phrases
from starkit.errors import MissingExtraError, PipelineError
from starkit.language import ensure_english
from starkit.workers import in_order, processes

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = [
    "Kind",
    "Priority",
    "Requirement",
    "Requirements",
    "Skill",
    "extract_many",
    "extract_requirements",
]


class TextSpan(Protocol):
    """The part of ``spacy.tokens.Span`` that a requirement or a skill is made from."""

    @property
    def text(self) -> str:
        """The words of the span."""
        ...

    @property
    def start_char(self) -> int:
        """Where the span begins, in characters of its document."""
        ...

    @property
    def end_char(self) -> int:
        """Where the span ends, in characters of its document."""
        ...

    @property
    def label_(self) -> str:
        """What the span was labelled."""
        ...


@attrs.frozen
class Skill:
    """One phrase inside a requirement that names a skill, a field of knowledge or a tool.

    Attributes:
        text: The phrase as the advert has it.
        start: Where it begins, as a character offset into the advert's text.
        end: Where it ends (half open).
        label: ``SKILL``, ``KNOWLEDGE`` or ``OTHER``.

    >>> Skill("minute taking", 14, 27).label
    'SKILL'
    """

    text: str
    start: int
    end: int
    label: str = "SKILL"

    @classmethod
    def from_span(cls, span: TextSpan) -> Self:
        """Return the skill that a spaCy span marks."""
        return cls(span.text, span.start_char, span.end_char, span.label_ or "SKILL")


def _years(value: tuple[float, float | None] | None) -> tuple[float, float | None] | None:
    return None if value is None else (value[0], value[1])


def _groups(value: Any) -> tuple[tuple[Skill, ...], ...]:
    return tuple(tuple(group) for group in value)


def _places(value: Any) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in value)


def _skills(value: Iterable["Skill"]) -> tuple["Skill", ...]:
    return tuple(value)


@attrs.frozen
class Requirement:
    """One thing that the candidate has to tell or to show.

    Attributes:
        text: The line or clause that asks for it; always ``advert.text[start:end]``.
        start: Where it begins, as a character offset into the advert's text.
        end: Where it ends (half open).
        kind: What kind of thing it is.
        priority: Essential, desirable or unstated.
        years: Years of experience as ``(least, most)``; months are fractions of a year (18 months
            are 1.5), and ``most`` is ``None`` when there is no upper end ("3+ years").
        section: The heading that it stands under, ``""`` when there is none.
        skills: The skill phrases inside it, in the order of the text; they may nest.
        alternatives: Groups of phrases joined by *or*: any one of a group will do.
        reason: Why it has this priority: the word, heading or table mark that says so.
        places: Further places that ask for the same thing, as ``(start, end)``.
        level: The level asked for, as the advert words it ("B2", "fluent", "Level 3").

    >>> asked = Requirement("3+ years of Python", 0, 18, "experience", "essential", (3, None))
    >>> asked.kind, asked.years, asked.wants_story
    (<Kind.EXPERIENCE: 'experience'>, (3, None), True)
    """

    text: str
    start: int
    end: int
    kind: Kind = attrs.field(default=Kind.SKILL, converter=Kind)
    priority: Priority = attrs.field(default=Priority.UNSTATED, converter=Priority)
    years: tuple[float, float | None] | None = attrs.field(default=None, converter=_years)
    section: str = ""
    skills: tuple[Skill, ...] = attrs.field(default=(), converter=_skills)
    alternatives: tuple[tuple[Skill, ...], ...] = attrs.field(default=(), converter=_groups)
    reason: str = attrs.field(default="", kw_only=True)
    places: tuple[tuple[int, int], ...] = attrs.field(default=(), converter=_places, kw_only=True)
    level: str = attrs.field(default="", kw_only=True)

    @classmethod
    def from_span(
        cls,
        span: TextSpan,
        *,
        priority: Priority | str = Priority.UNSTATED,
        **fields: Any,
    ) -> Self:
        """Return the requirement that a spaCy span marks; its label is the kind.

        Args:
            span: A span of ``doc.spans["requirements"]`` or one of your own.
            priority: Essential, desirable or unstated.
            **fields: Any further field of ``Requirement`` but text, start, end and kind.
        """
        return cls(
            span.text,
            span.start_char,
            span.end_char,
            Kind(span.label_),
            Priority(priority),
            **fields,
        )

    @property
    def wants_story(self) -> bool:
        """True for what is told with a story, false for what is shown or confirmed."""
        return self.kind.wants_story


def _items(value: Iterable["Requirement"]) -> tuple["Requirement", ...]:
    return tuple(value)


@attrs.frozen
class Requirements:
    """What one advert asks for, in the order of the advert.

    Attributes:
        items: The requirements.
        advert: The advert that they were read from, ``None`` when there was none.

    >>> asked = Requirements([Requirement("Excel", 0, 5, "skill", "desirable")])
    >>> len(asked), asked[0].text, asked.essential, len(asked.desirable)
    (1, 'Excel', (), 1)
    """

    items: tuple[Requirement, ...] = attrs.field(default=(), converter=_items)
    advert: Advert | None = None

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Requirement: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Requirement, ...]: ...

    def __getitem__(self, index: int | slice) -> Requirement | tuple[Requirement, ...]:
        return self.items[index]

    @property
    def essential(self) -> tuple[Requirement, ...]:
        """The requirements that the advert calls essential."""
        return tuple(item for item in self.items if item.priority is Priority.ESSENTIAL)

    @property
    def desirable(self) -> tuple[Requirement, ...]:
        """The requirements that the advert calls desirable."""
        return tuple(item for item in self.items if item.priority is Priority.DESIRABLE)

    def of_kind(self, kind: Kind | str) -> tuple[Requirement, ...]:
        """Return the requirements of one kind.

        Raises:
            ValueError: There is no such kind.
        """
        wanted = Kind(kind)
        return tuple(item for item in self.items if item.kind is wanted)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return plain dictionaries and lists, ready for JSON.

        >>> Requirements([Requirement("Excel", 0, 5)]).to_dicts()[0]["priority"]
        'unstated'
        """
        return [attrs.asdict(item, value_serializer=_plain) for item in self.items]

    def to_pandas(self) -> "pd.DataFrame":
        """Return a data frame with a row for each requirement, in the order of the advert.

        Columns: ``text``; ``kind``; ``priority``; ``reason`` for that priority; ``years_from`` and
        ``years_to`` (floats, missing where the advert says nothing or sets no end); ``level``;
        ``section``; ``skills`` and ``alternatives`` (texts: skills joined by "; ", the members of a
        group by " | "); ``wants_story`` (true for what is told with a story); ``start`` and ``end``
        (half-open character offsets into the advert's text); ``places`` (how often it is asked for).

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise MissingExtraError("pandas", "dataframes") from None
        return pd.DataFrame([_row(item) for item in self], columns=list(_COLUMNS)).astype(_COLUMNS)

    def _repr_html_(self) -> str:
        return _html(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        lines = (f"- {item.text} ({item.priority}, {item.kind})" for item in self)
        printer.text("\n".join([f"Requirements: {len(self)}", *lines]))


def _plain(_: object, __: object, value: Any) -> Any:
    if isinstance(value, (Kind, Priority)):
        return str(value)
    if isinstance(value, tuple):
        return [
            attrs.asdict(part) if attrs.has(type(part)) else _plain(None, None, part)
            for part in value
        ]
    return value


# The columns of the data frame, and what they hold.
_COLUMNS = {
    "text": "str", "kind": "str", "priority": "str", "reason": "str", "years_from": "float64",
    "years_to": "float64", "level": "str", "section": "str", "skills": "str",
    "alternatives": "str", "wants_story": "bool", "start": "int64", "end": "int64", "places": "int64",
}  # fmt: skip


def _row(item: Requirement) -> tuple[Any, ...]:
    least, most = item.years or (None, None)
    return (
        item.text,
        str(item.kind),
        str(item.priority),
        item.reason,
        least,
        most,
        item.level,
        item.section,
        "; ".join(skill.text for skill in item.skills),
        "; ".join(" | ".join(skill.text for skill in group) for group in item.alternatives),
        item.wants_story,
        item.start,
        item.end,
        1 + len(item.places),
    )


# Works on light and dark pages: colours are mixed from the page's own text colour. Where a browser
# cannot mix, the line before says what it can do.
_STYLE = (
    "<style>.starkit-asked{font:inherit;color:inherit}"
    ".starkit-asked table{border-collapse:collapse;margin:0 0 1em}"
    ".starkit-asked th,.starkit-asked td{text-align:left;vertical-align:top;padding:.2em .7em;"
    "border-bottom:1px solid rgba(127,127,127,.4)}"
    ".starkit-asked mark{color:inherit;background:rgba(127,127,127,.2);"
    "background:color-mix(in srgb,currentColor 12%,transparent);"
    "border-bottom:2px solid currentColor}"
    ".starkit-asked mark.desirable{border-bottom-style:dashed}"
    ".starkit-asked mark.unstated{border-bottom-style:dotted}"
    ".starkit-asked .advert{white-space:pre-wrap;max-width:45em}</style>"
)
_HEADS = ("Asked for", "Priority", "Kind", "Years", "Section", "Skills")


def _html(asked: Requirements) -> str:
    """Return a table of the requirements and the advert with their places marked; no scripts."""
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    rows = "".join(_html_row(item) for item in asked)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    advert = ""
    if asked.advert is not None:
        marked = "".join(_marked(asked.advert.text, asked))
        advert = (
            "<details open><summary>The advert: essential underlined, desirable dashed, the rest "
            f'dotted; skills bold</summary><div class="advert">{marked}</div></details>'
        )
    return f'{_STYLE}<div class="starkit-asked">{table}{advert}</div>'


def _html_row(item: Requirement) -> str:
    cells = (
        item.text,
        str(item.priority),
        str(item.kind),
        _short_years(item.years),
        item.section,
        ", ".join(dict.fromkeys(skill.text for skill in item.skills)),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _short_years(years: tuple[float, float | None] | None) -> str:
    """Return the years asked for in a few characters.

    >>> _short_years((3, None)), _short_years((2, 5)), _short_years((0, 2)), _short_years((1.5, 1.5))
    ('3+', '2–5', 'up to 2', '1.5')
    """
    if years is None:
        return ""
    least, most = years
    if most is None:
        return f"{least:g}+"
    if not least:
        return f"up to {most:g}"
    return f"{least:g}" if least == most else f"{least:g}–{most:g}"


def _marked(text: str, asked: Requirements) -> Iterator[str]:
    done = 0
    places = sorted(
        (
            ((start, end), item.priority, item.kind, item.skills)
            for item in asked
            for start, end in chain([(item.start, item.end)], item.places)
        ),
        key=lambda place: place[0],
    )
    for (start, end), priority, kind, skills in places:
        if start < done:  # a place inside one that is marked already
            continue
        yield escape(text[done:start])
        inside = "".join(_bold(text, start, end, skills))
        yield f'<mark class="{priority}" title="{priority}: {kind}">{inside}</mark>'
        done = end
    yield escape(text[done:])


def _bold(text: str, start: int, end: int, skills: Iterable[Skill]) -> Iterator[str]:
    done = start
    for skill in sorted(skills, key=lambda skill: (skill.start, -skill.end)):
        if done <= skill.start and skill.end <= end:
            yield escape(text[done : skill.start])
            yield f"<b>{escape(text[skill.start : skill.end])}</b>"
            done = skill.end
    yield escape(text[done:end])


def extract_requirements(advert: Advert | str, *, nlp: "Language | None" = None) -> Requirements:
    r"""Return what an advert asks for.

    Args:
        advert: An advert, or its text.
        nlp: A spaCy pipeline to use in place of the packaged one. What it leaves in ``doc.spans`` under
            "skills" and "requirements" is taken; what is missing is added, on its tokens.

    Raises:
        AdvertError: A text is not in English.
        PipelineError: ``nlp`` changes the text, or labels requirements with something else than kinds.

    >>> asked = extract_requirements("Essential\n- 3+ years of Java or Kotlin\n- Fluent Welsh")
    >>> [(item.text, str(item.kind), item.years) for item in asked]
    [('3+ years of Java or Kotlin', 'experience', (3.0, None)), ('Fluent Welsh', 'language', None)]
    >>> [[skill.text for skill in group] for group in asked[0].alternatives]
    [['Java', 'Kotlin']]
    """
    read = _advert(advert)
    return _requirements(read, _pipeline(nlp)(read.text))


def extract_many(
    adverts: Iterable[Advert | str], *, workers: int = 1, nlp: "Language | None" = None
) -> Iterator[Requirements]:
    r"""Yield what each advert asks for, in order, as adverts come in.

    No more than a few dozen adverts for each process are held at a time, however many there are.

    Args:
        adverts: Adverts, or their texts; any iterable, read as needed.
        workers: Processes to spread the work over; 1 works in this process, -1 takes a process
            for each core. With more than one, a script calls this under
            ``if __name__ == "__main__":``, as each process imports the script.
        nlp: As for ``extract_requirements``; with more than one process, spaCy spreads it. Where processes
            begin afresh (macOS, Windows), its components have to be such that pickle can copy them.

    Raises:
        AdvertError: A text is not in English.
        PipelineError: As for ``extract_requirements``, or ``nlp`` cannot be handed to other processes.
        WorkersError: ``workers`` is neither -1 nor 1 or more, or a process ended too soon.

    >>> [len(asked) for asked in extract_many(["Essential\n- A degree", "About us\n- Fun"])]
    [1, 0]
    """
    count = processes(workers)
    stream = (_advert(advert) for advert in adverts)
    if nlp is not None:
        if count > 1:
            _ensure_sendable(nlp)
        for read, doc in _piped(stream, nlp, count):
            yield _requirements(read, doc)
        return
    held: deque[list[Advert]] = deque()

    def batches() -> Iterator[list[Advert]]:
        while batch := list(islice(stream, _BATCH)):
            held.append(batch)
            yield batch

    for found in in_order(_extractor, (), batches(), count):
        for read, items in zip(held.popleft(), found, strict=True):
            yield Requirements(items, read)


_BATCH = 32


def _ensure_sendable(nlp: "Language") -> None:
    """Refuse a pipeline that cannot be handed to new processes, as all systems but Linux begin them."""
    if get_context().get_start_method() == "fork":
        return
    try:
        ForkingPickler.dumps(nlp.pipeline)
    except Exception as error:  # whatever a component of somebody else raises
        raise PipelineError(
            f"the pipeline cannot be handed to other processes ({error})",
            "use workers=1, or leave nlp out: the packaged pipeline is built in each process",
        ) from error


def _extractor() -> Callable[[list[Advert]], list[tuple[Requirement, ...]]]:
    """Return what reads a batch of adverts with the packaged pipeline."""
    from starkit.pipeline import build_pipeline

    # A pipeline of its own, so that its memory can be given back after each batch.
    nlp = build_pipeline()

    def extract(batch: list[Advert]) -> list[tuple[Requirement, ...]]:
        with nlp.memory_zone():
            return [_requirements(read, doc).items for read, doc in _piped(batch, nlp, 1)]

    return extract


def _piped(
    adverts: Iterable[Advert], nlp: "Language", workers: int
) -> Iterator[tuple[Advert, "Doc"]]:
    pairs = ((read.text, read) for read in adverts)
    for doc, read in nlp.pipe(pairs, as_tuples=True, batch_size=_BATCH, n_process=workers):
        yield read, doc


def _advert(advert: Advert | str) -> Advert:
    if isinstance(advert, Advert):
        return advert
    ensure_english(advert)
    return Advert(advert)


def _pipeline(nlp: "Language | None") -> "Language":
    if nlp is not None:
        return nlp
    from starkit.pipeline import load_pipeline  # spaCy takes a second to import

    return load_pipeline()


def _requirements(advert: Advert, doc: "Doc") -> Requirements:
    from starkit.pipeline import SKILLS_KEY, annotate, asked_of

    if doc.text != advert.text:
        raise PipelineError(
            "the pipeline changed the advert's text", "use one that keeps the text as it is"
        )
    asked = asked_of(annotate(doc))
    marked = [Skill.from_span(span) for span in doc.spans[SKILLS_KEY]]
    return Requirements([_requirement(advert, item, marked) for item in asked], advert)


def _requirement(advert: Advert, asked: Asked, marked: Iterable[Skill]) -> Requirement:
    text = advert.text[asked.start : asked.end]
    phrases = find_phrases(text)
    inside = [s for s in marked if asked.start <= s.start and s.end <= asked.end]
    ours = [_skill(phrase, text, asked.start) for phrase in phrases]
    ours = [s for s in ours if not any(s.start < t.end and t.start < s.end for t in inside)]
    return Requirement(
        text,
        asked.start,
        asked.end,
        asked.kind,
        asked.priority,
        asked.years,
        asked.section,
        sorted({*inside, *ours}, key=lambda skill: (skill.start, -skill.end, skill.label)),
        _alternatives(asked, text, phrases),
        reason=asked.reason,
        places=asked.places,
        level=asked.level,
    )


# Qualities and conditions are lived with "or" in them; there is nothing to choose from. Duties
# choose among named tools only.
_NO_CHOICE = frozenset({Kind.ATTRIBUTE, Kind.ELIGIBILITY})


def _alternatives(asked: Asked, text: str, phrases: tuple[Phrase, ...]) -> list[tuple[Skill, ...]]:
    if asked.kind in _NO_CHOICE:
        return []
    return [
        tuple(_skill(Phrase(*place, "OTHER"), text, asked.start, phrases) for place in group)
        for group in find_alternatives(
            text, phrases, named=asked.kind is Kind.DUTY, prose=asked.kind is not Kind.SKILL
        )
    ]


def _skill(phrase: Phrase, text: str, offset: int, known: Iterable[Phrase] = ()) -> Skill:
    label = next(
        (p.label for p in known if (p.start, p.end) == (phrase.start, phrase.end)), phrase.label
    )
    return Skill(text[phrase.start : phrase.end], phrase.start + offset, phrase.end + offset, label)
