"""What a pack shows, in the order of showing: one value behind the page, Markdown and terminal.

A sheet holds words that are ready to be set, and nothing about how they are set.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from starkit.closing import CHECKLIST
from starkit.cues.labels import Kind, Priority
from starkit.matching.told import part_text
from starkit.questions import quoting
from starkit.render.marking import Segment, marked, snippet
from starkit.render.words import (
    begun,
    british_date,
    counted,
    joined,
    plain,
    spoken_time,
    years_asked,
)
from starkit.stories import PARTS

if TYPE_CHECKING:
    from starkit.alignment import Match, Nearest
    from starkit.answers import Piece
    from starkit.findings import Finding
    from starkit.render.contracts import Pack, Preparation, Rehearsal
    from starkit.requirements import Requirement


@attrs.frozen
class Proof:
    """The words behind one match.

    Attributes:
        asked: The requirement, its words that match marked.
        part: The part of the story that the snippet is from.
        told: The story's strongest sentence, its words that match marked.
    """

    asked: tuple[Segment, ...]
    part: str
    told: tuple[Segment, ...]


@attrs.frozen
class Option:
    """One story that answers a requirement or may answer it.

    Attributes:
        title: The story's title.
        number: Its number among the stories to rehearse, ``None`` when it is not among them.
        state: ``answers`` or ``may answer``.
        score: The score, 0-100, rounded.
        proof: The words behind it, ``None`` when there are none to show.
    """

    title: str
    number: int | None
    state: str
    score: int
    proof: Proof | None

    @property
    def is_sure(self) -> bool:
        """True for ``answers``."""
        return self.state == "answers"

    @property
    def proof_is_told(self) -> bool:
        """True when the words behind it stand in the telling, not in a title or a list."""
        return self.proof is not None and self.proof.part in PARTS


@attrs.frozen
class Row:
    """One requirement with what there is to say to it.

    Attributes:
        number: Its number in the sheet, from 1.
        text: The requirement, with a capital at its beginning.
        priority: ``essential``, ``desirable`` or ``unstated``.
        kind: What kind of thing it is.
        notes: Kind, years, level and alternatives, in words.
        standing: ``covered``, ``thin``, ``gap`` or ``show``.
        stands: The standing in words.
        options: The stories for it, best first.
        wanted: How many stories are wanted (A4).
        questions: Questions that it may bring.
        nearest: For a gap, which story comes nearest and what it lacks.
    """

    number: int
    text: str
    priority: str
    kind: str
    notes: tuple[str, ...]
    standing: str
    stands: str
    options: tuple[Option, ...]
    wanted: int
    questions: tuple[str, ...]
    nearest: str = ""

    @property
    def dots(self) -> tuple[str, ...]:
        """One of ``sure``, ``maybe`` or ``none`` for each story wanted, for a row of dots."""
        found = ["sure" if option.is_sure else "maybe" for option in self.options[: self.wanted]]
        return tuple(found + ["none"] * (self.wanted - len(found)))

    @property
    def proved(self) -> tuple[Option, ...]:
        """The options that have words to show."""
        return tuple(option for option in self.options if option.proof)


@attrs.frozen
class Group:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]


@attrs.frozen
class Reason:
    """One requirement that a story is taken for.

    Attributes:
        row: The requirement.
        words: The story's strongest words for it, ``""`` when there are none to show.
        only: True when no other story was found for it.
        instead: The title of a story that scores better and is left at home, ``""`` for none.
    """

    row: Row
    words: str
    only: bool
    instead: str = ""


@attrs.frozen
class Pick:
    """One story to take.

    Attributes:
        number: Its number among the stories to rehearse.
        title: The story's title.
        reasons: What it is taken for, what is essential first.
    """

    number: int
    title: str
    reasons: tuple[Reason, ...]


@attrs.frozen
class Run:
    """Points that come from one part of a story.

    Attributes:
        part: The part's name, ``""`` when it is not known.
        points: The points, in the order of telling.
    """

    part: str
    points: tuple[str, ...]


@attrs.frozen
class Stretch:
    """What is said between two check-ins (A6)."""

    runs: tuple[Run, ...]
    check_in: str


@attrs.frozen
class Card:
    """One story to rehearse.

    Attributes:
        number: Its number, from 1.
        title: The story's title.
        lasts: How long it takes to say, in words.
        question: The question that the outline answers.
        restated: The opening that repeats it (A3).
        confirmation: The opening that confirms the result (A3).
        stretches: The pieces of the answer.
        answers: The requirements that it is to be told for.
        lacks: What to improve before telling it.
    """

    number: int
    title: str
    lasts: str
    question: str
    restated: str
    confirmation: str
    stretches: tuple[Stretch, ...]
    answers: tuple[Row, ...]
    lacks: tuple[str, ...]


@attrs.frozen
class Ask:
    """One closing question and what it is good for."""

    text: str
    why: str


@attrs.frozen
class Touch:
    """One day to make contact.

    Attributes:
        day: The date, for programs.
        when: The date, for people.
        what: What to do.
        why: Why then.
    """

    day: dt.date
    when: str
    what: str
    why: str = ""


@attrs.frozen(kw_only=True)
class Sheet:
    """All that a pack shows.

    Attributes:
        title: The role.
        facts: Employer, place, dates: short lines under the title.
        asked: How many requirements there are.
        ready: What to have ready or to confirm.
        reach: What the stories cover, in a sentence.
        groups: What wants a story: essential, desirable, then the rest.
        gaps: Rows without a story.
        thin: Rows with one story.
        picks: The stories to take, and why each.
        picked: How many of how many stories they are, in a sentence.
        left: Which stories of the bank are not taken, and why; ``""`` when all are.
        cards: The stories to rehearse.
        closing: The questions to close with.
        strategies: The three strategies (A10).
        touches: When to make contact; empty without an application.
        agree: What to agree before it is needed (A14).
        notes: What else the plan says.
        wanted: How many stories are wanted behind each requirement (A4).
    """

    title: str
    facts: tuple[str, ...]
    asked: int
    ready: tuple[Row, ...]
    reach: str
    groups: tuple[Group, ...]
    gaps: tuple[Row, ...]
    thin: tuple[Row, ...]
    picks: tuple[Pick, ...]
    picked: str
    left: str
    cards: tuple[Card, ...]
    closing: tuple[Ask, ...]
    strategies: tuple[str, ...]
    touches: tuple[Touch, ...]
    agree: tuple[str, ...]
    notes: tuple[str, ...]
    wanted: int

    @property
    def tell(self) -> int:
        """How many requirements want a story."""
        return self.asked - len(self.ready)

    @property
    def covered(self) -> int:
        """How many requirements have as many stories as are wanted."""
        return self.tell - len(self.thin) - len(self.gaps)

    @property
    def summary(self) -> str:
        """What is asked and how it stands, in a few words."""
        return _summary(self)


GAP_ADVICE = (
    "We found no story for these. That says something about the notes, not about you: look for a "
    "time at work, in study or at home when you did something like it, or plan how to say what you "
    "would bring and how you would learn the rest. If you did in the nearest story what it does not "
    "speak of, say so in it."
)
THIN_ADVICE = (
    "Another story for each gives you more than one option to offer, and something left to tell "
    "when they ask for a further example."
)
READY_ADVICE = "These want a paper, a card or a plain yes rather than a story."
REHEARSE_ADVICE = (
    "Say the question back, confirm the result that they need, then tell at most {points} points "
    "before you check in."
)
CLOSING_ADVICE = "Keep a few questions for the end, and write down what they answer."


_NO_DATE = (
    "No date yet. Before you leave the interview, ask for the next steps: the process and the "
    "timescale. Make contact just after the timescale that they give: if they say a week, on day "
    "{day}, or on the next working day after it."
)


def thin_title(wanted: int) -> str:
    """Return what it is called to have a story, yet fewer than are wanted (A4).

    >>> thin_title(2), thin_title(3)
    ('One story only', 'Fewer than 3 stories')
    """
    return "One story only" if wanted == 2 else f"Fewer than {wanted} stories"


def sheet_of(pack: "Pack") -> Sheet:
    """Return what a pack shows, in words, in the order of showing."""
    numbers = {
        rehearsal.story.title: number for number, rehearsal in enumerate(pack.rehearsals, start=1)
    }
    rows = {
        prepared.requirement: _row(number, prepared, numbers, pack.policy.options_wanted)
        for number, prepared in enumerate(pack.preparations, start=1)
    }
    told = [row for row in rows.values() if row.standing != "show"]
    return Sheet(
        title=_title(pack),
        facts=tuple(_facts(pack)),
        asked=len(rows),
        ready=tuple(row for row in rows.values() if row.standing == "show"),
        reach=_reach(pack.alignment.coverage),
        groups=tuple(_groups(told)),
        gaps=tuple(row for row in told if row.standing == "gap"),
        thin=tuple(row for row in told if row.standing == "thin"),
        picks=tuple(_picks(pack, rows)),
        picked=_picked(len(pack.choice), len(pack.bank), pack.policy.options_wanted),
        left=_left(pack),
        cards=tuple(
            _card(number, rehearsal, rows)
            for number, rehearsal in enumerate(pack.rehearsals, start=1)
        ),
        closing=tuple(Ask(plain(asked.text), plain(asked.why)) for asked in pack.closing),
        strategies=CHECKLIST,
        touches=tuple(_touches(pack)),
        agree=tuple(plain(item.what) for item in pack.plan.to_agree) if pack.plan else (),
        notes=tuple(_plan_notes(pack)),
        wanted=pack.policy.options_wanted,
    )


def _touches(pack: "Pack") -> Iterator[Touch]:
    for point in pack.plan or ():
        yield Touch(point.date, british_date(point.date), plain(point.what), plain(point.why))


def _plan_notes(pack: "Pack") -> Iterator[str]:
    """Say what to do where no date is known, and what was not agreed in time (A14)."""
    plan = pack.plan
    if plan is None or not plan.touch_points:
        yield _NO_DATE.format(day=7 + pack.policy.grace_days)
    if plan is None:
        return
    # What nobody recorded is not called missed: a pack may be made from an advert and a date.
    recorded = plan.application.door_open or plan.application.agreements
    for missed in plan.missed if recorded else ():
        said = f"{missed.what[:1].upper()}{missed.what[1:]}"
        yield plain(f"{said}. {missed.mend}")
    if plan.claim:
        yield plain(plan.claim)


def _title(pack: "Pack") -> str:
    role = pack.application.role if pack.application else ""
    return plain(role) or plain(pack.advert.title) or "Interview"


def _facts(pack: "Pack") -> Iterator[str]:
    employer = pack.application.employer if pack.application else ""
    for fact in (employer or pack.advert.employer, pack.advert.location):
        if plain(fact):
            yield plain(fact)
    if pack.application and pack.application.interviewed:
        yield f"Interview on {british_date(pack.application.interviewed)}"
        return
    if pack.advert.closes:
        yield f"Closes on {british_date(pack.advert.closes)}"
    if pack.advert.interview_date:
        yield f"The advert says: interviews on {british_date(pack.advert.interview_date)}"


def _reach(coverage: float | None) -> str:
    if coverage is None:
        return ""
    return (
        f"Your stories reach about {coverage:.0%} of what wants a story, "
        "with what is essential counted most."
    )


NOTHING_ASKED = (
    "Is it the whole advert, with the list of what they look for, often called 'person "
    "specification' or 'about you'? A page may hold that in a document of its own: give that file, or "
    "copy the list into a text file, one thing a line."
)
"""What to do about an advert in which nothing was found."""


def _summary(sheet: Sheet) -> str:
    if not sheet.asked:
        return f"We found nothing in this advert that asks something of you. {NOTHING_ASKED}"
    things = counted(sheet.asked, "thing")
    if not sheet.tell:
        return f"The advert asks for {things}, all of them to have ready or to confirm."
    parts = []
    if sheet.covered:
        parts.append(f"{sheet.covered} with a choice of stories")
    if sheet.thin:
        parts.append(f"{len(sheet.thin)} with {thin_title(sheet.wanted).lower()}")
    if sheet.gaps:
        parts.append(f"{len(sheet.gaps)} for which we found no story yet")
    verb = "wants" if sheet.tell == 1 else "want"
    some = f"{sheet.tell} of them {verb} a story" if sheet.ready else "each wants a story"
    return f"The advert asks for {things}; {some}: {joined(parts)}."


# --- requirements -------------------------------------------------------------------------------

# One kind is named otherwise in print than in the data: a reader knows "duty" as part of the job.
_KIND_WORDS = {Kind.DUTY: "part of the job", Kind.ATTRIBUTE: "personal quality"}


def _row(number: int, prepared: "Preparation", numbers: dict[str, int], wanted: int) -> Row:
    asked = prepared.requirement
    options = tuple(_option(asked, match, numbers) for match in prepared.matches)
    return Row(
        number=number,
        text=begun(plain(asked.text)),
        priority=str(asked.priority),
        kind=str(asked.kind),
        notes=requirement_notes(asked),
        standing=str(prepared.standing),
        stands=_stands(str(prepared.standing), len(options)),
        options=options,
        wanted=wanted,
        questions=tuple(_asked(question.text, asked) for question in prepared.questions),
        nearest=_nearest(prepared.nearest) if prepared.nearest else "",
    )


def _asked(question: str, requirement: "Requirement") -> str:
    # The requirement stands above its questions: they need not quote it each time.
    return plain(question.removeprefix(quoting(requirement.text, requirement.kind)))


def _stands(standing: str, stories: int) -> str:
    if standing == "show":
        return "have ready or confirm"
    return counted(stories, "story", "stories") if stories else "no story found yet"


_LACKS_NAMED = 2  # phrases that a nearest story lacks: the first ones say what it is about
_WHOLE = 0.8  # share of a requirement that says nothing new below it


def _nearest(nearest: "Nearest") -> str:
    """Return which story comes nearest to a gap and what it lacks; the advice stands above them."""
    asked = len(plain(nearest.requirement.text))
    missing = [plain(words) for words in nearest.missing[:_LACKS_NAMED]]
    lacks = [f"“{words}”" for words in missing if len(words) < _WHOLE * asked]
    if nearest.story is None:
        none = "No story comes near"
        return f"{none}: none speaks of {joined(lacks, 'or')} yet." if lacks else f"{none} yet."
    first = f"Nearest: {plain(nearest.story.title)}"
    return f"{first}, which does not speak of {joined(lacks, 'or')} yet." if lacks else f"{first}."


def requirement_notes(asked: "Requirement") -> tuple[str, ...]:
    """Return what else there is to know of a requirement: its kind first, then years and the like.

    >>> from starkit.requirements import Requirement
    >>> requirement_notes(Requirement("3+ years of Python", 0, 18, "experience", years=(3, None)))
    ('experience', '3 years or more')
    """
    return tuple(_notes(asked))


def _notes(asked: "Requirement") -> Iterator[str]:
    yield _KIND_WORDS.get(asked.kind, str(asked.kind))
    if asked.years:
        yield years_asked(asked.years)
    if plain(asked.level):
        yield f"level: {plain(asked.level)}"
    for group in asked.alternatives:
        names = [plain(skill.text) for skill in group]
        if len(names) > 1:
            yield f"any one of: {joined(names, 'or')}"


def _option(asked: "Requirement", match: "Match", numbers: dict[str, int]) -> Option:
    return Option(
        title=plain(match.story.title),
        number=numbers.get(match.story.title),
        state=str(match.state).replace("_", " "),
        score=round(match.score),
        proof=_proof(asked, match),
    )


# Beside the four parts, words may match in a story's title or among its skills; they say less.
_SIDE_PARTS = ("title", "skills", "competencies")
_SIDE_WEIGHT = 0.35


def _proof(asked: "Requirement", match: "Match") -> Proof | None:
    """Return the part of the story that speaks loudest, with the words on both sides."""
    best: tuple[float, Proof] | None = None
    for part in (*PARTS, *_SIDE_PARTS):
        here = [item for item in match.evidence if item.story_part == part]
        if not here:
            continue
        spans = [(item.start, item.end, item.score) for item in here]
        strength, told = snippet(part_text(match.story, part), spans)
        if part in _SIDE_PARTS:
            strength *= _SIDE_WEIGHT
        if best is None or strength > best[0]:
            best = (strength, Proof(_asked_words(asked, match), part, told))
    return best[1] if best else None


def _asked_words(asked: "Requirement", match: "Match") -> tuple[Segment, ...]:
    spans = [
        (item.requirement_start - asked.start, item.requirement_end - asked.start)
        for item in match.evidence
    ]
    return marked(asked.text, spans)


def _groups(rows: Sequence[Row]) -> Iterator[Group]:
    named = (
        ("Essential", [row for row in rows if row.priority == Priority.ESSENTIAL]),
        ("Desirable", [row for row in rows if row.priority == Priority.DESIRABLE]),
        ("What the job involves", [row for row in rows if _is_duty(row)]),
        ("Also asked", [row for row in rows if _is_unstated(row) and not _is_duty(row)]),
    )
    for title, found in named:
        if found:
            yield Group(title, tuple(found))


def _is_unstated(row: Row) -> bool:
    return row.priority == Priority.UNSTATED


def _is_duty(row: Row) -> bool:
    return _is_unstated(row) and row.kind == Kind.DUTY


# --- stories ------------------------------------------------------------------------------------


def _picks(pack: "Pack", rows: "dict[Requirement, Row]") -> Iterator[Pick]:
    for number, chosen in enumerate(pack.choice, start=1):
        reasons = (
            Reason(
                rows[match.requirement],
                _strongest(match),
                match.requirement in chosen.only,
                _instead(pack, match),
            )
            for match in chosen.matches
            if match.requirement in rows
        )
        yield Pick(number, plain(chosen.story.title), tuple(reasons))


def _instead(pack: "Pack", match: "Match") -> str:
    """Return the title of a better story that is not taken, for the story told first."""
    if pack.choice.stories_for(match.requirement)[:1] != (match.story,):
        return ""
    matches = next(
        (item.matches for item in pack.preparations if item.requirement == match.requirement), ()
    )
    better = pack.choice.passed_over(match, matches)
    return plain(better.story.title) if better else ""


def _strongest(match: "Match") -> str:
    return plain(match.quote(match.evidence[0])[1]) if match.evidence else ""


def _picked(taken: int, stories: int, wanted: int) -> str:
    """Say why so many stories are taken."""
    if stories == 1:
        return "You have one story, so take it: a second one would give you a choice."
    if taken == stories:
        which = "Both your stories are" if stories == 2 else f"All {stories} of your stories are"
    elif taken == 1:
        which = f"One of your {stories} stories is"
    else:
        which = f"These {taken} of your {stories} stories are"
    if wanted == 1:
        reach = "one story for each thing"
    else:
        reach = f"{wanted} for each essential thing and one for the rest"
    return f"{which} the fewest that give {reach}, as far as your stories reach."


_LEFT_NAMED = 8


def _left(pack: "Pack") -> str:
    """Say which stories stay at home: the words decide, and the teller knows more than they say."""
    taken = {chosen.story.title for chosen in pack.choice}
    left = [f"“{plain(title)}”" for title in pack.bank.titles if title not in taken]
    if not left:
        return ""
    more = len(left) - _LEFT_NAMED
    # A sum of one is no list: the last title is named in its place.
    named = [*left[:_LEFT_NAMED], f"{more} more"] if more > 1 else left
    they = "it answers" if len(left) == 1 else "they answer"
    return (
        f"Not among them: {joined(named)}. By the words {they} nothing that those taken do not; "
        f"look at {'it' if len(left) == 1 else 'them'} yourself, since a story can fit better than "
        "its words say."
    )


def _card(number: int, rehearsal: "Rehearsal", rows: "dict[Requirement, Row]") -> Card:
    answer = rehearsal.answer
    return Card(
        number=number,
        title=plain(rehearsal.story.title),
        lasts=spoken_time(answer.spoken_seconds),
        question=plain(answer.question),
        restated=plain(answer.restated),
        confirmation=plain(answer.confirmation),
        stretches=tuple(_stretch(piece) for piece in answer.pieces),
        answers=tuple(rows[asked] for asked in rehearsal.requirements if asked in rows),
        lacks=tuple(_lack(finding) for finding in rehearsal.findings),
    )


def _lack(finding: "Finding") -> str:
    message = plain(finding.message)
    return f"{message[:1].upper()}{message[1:]}. {plain(finding.advice)}".strip()


def _stretch(piece: "Piece") -> Stretch:
    parts: Iterable[str] = piece.parts
    if len(piece.parts) != len(piece.points):
        parts = [""] * len(piece.points)
    told = zip(parts, (plain(point) for point in piece.points), strict=True)
    runs = (
        Run(part, tuple(point for _, point in points))
        for part, points in groupby(told, key=lambda pair: pair[0])
    )
    return Stretch(tuple(runs), plain(piece.check_in))
