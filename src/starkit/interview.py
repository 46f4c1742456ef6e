"""The whole preparation for one interview, as one value."""

import datetime as dt
import types
from collections.abc import Container, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from starkit.adverts import Advert
from starkit.alignment import Alignment, AlignmentError, Evidence, Match, Nearest, State, align
from starkit.answers import Answer, outline
from starkit.choosing import Choice, ChosenStory, choose_stories
from starkit.closing import ClosingQuestion, suggest_closing
from starkit.errors import FollowUpError
from starkit.feedback import check_feedback
from starkit.files import SCHEMA_VERSION, as_rows, form_schema, to_dict
from starkit.files.plain import structured, told_as, without_head
from starkit.findings import Finding, Findings
from starkit.followup import Application, FollowUpPlan, calendar_text, plan_follow_up
from starkit.policy import DEFAULT_POLICY, Policy
from starkit.questions import LikelyQuestion, likely_questions
from starkit.render import pack_fragment, pack_markdown, pack_page, pack_terminal
from starkit.requirements import Priority, Requirement, Requirements, extract_requirements
from starkit.stories import Story, StoryBank, check_story

if TYPE_CHECKING:
    from spacy.language import Language


class Standing(StrEnum):
    """How well a requirement is prepared.

    >>> [str(standing) for standing in Standing]
    ['covered', 'thin', 'gap', 'show']
    """

    COVERED = "covered"  # as many stories as the policy wants (A4)
    THIN = "thin"  # one story only (A4)
    GAP = "gap"  # no story found (A4)
    SHOW = "show"  # a paper, a card or a plain yes: no story is wanted


@attrs.frozen
class Preparation:
    """One requirement with what there is to say to it.

    Attributes:
        requirement: What the advert asks.
        standing: How well it is prepared.
        matches: The stories that answer it or may answer it, best first.
        questions: Questions that it may bring in the interview.
        nearest: For a gap, the story that comes nearest and what it lacks.

    >>> asked = Requirement("A driving licence", 0, 17, "licence")
    >>> Preparation(asked, Standing.SHOW).matches
    ()
    """

    requirement: Requirement
    standing: Standing
    matches: tuple[Match, ...] = ()
    questions: tuple[LikelyQuestion, ...] = ()
    nearest: Nearest | None = None


@attrs.frozen
class Rehearsal:
    """One story to rehearse, with the requirements that it was chosen for.

    Attributes:
        story: The story as the bank has it.
        answer: Its outline in pieces of at most five points (A6).
        requirements: The requirements that it is to be told for, what is essential first.
        findings: What the story still lacks (A1, A5), and what it drew when it was told (A12).

    >>> story = Story("Rota", "Two were ill.", "Fill gaps.", "I planned a new rota.", "All filled.")
    >>> rehearsal = Rehearsal(story, outline("Tell me about a rota", story), (), check_story(story))
    >>> len(rehearsal.answer.pieces)
    1
    """

    story: Story
    answer: Answer
    requirements: tuple[Requirement, ...]
    findings: Findings


@attrs.frozen
class InterviewPack:
    r"""Everything to take to one interview; two packs of equal parts are equal.

    Attributes:
        advert: The advert.
        bank: The stories.
        alignment: Which story answers which requirement, with the words.
        preparations: One for each requirement, essential first.
        choice: The stories to take, as few as will do, and why each (A4).
        rehearsals: The chosen stories told, in the order of the choice.
        closing: The questions to close with (A7-A9).
        application: The application, when it was given.
        plan: When to make contact, when an application was given (A16, A17, A33).
        policy: The numbers that were used.

    >>> pack = prepare(Advert("You will need:\n- Experience of planning rotas\n"), StoryBank([]))
    >>> [str(item.standing) for item in pack.preparations], pack.answers
    (['gap'], ())
    """

    advert: Advert
    bank: StoryBank
    alignment: Alignment
    preparations: tuple[Preparation, ...]
    choice: Choice
    rehearsals: tuple[Rehearsal, ...]
    closing: tuple[ClosingQuestion, ...]
    application: Application | None = None
    plan: FollowUpPlan | None = None
    policy: Policy = DEFAULT_POLICY

    @property
    def requirements(self) -> Requirements:
        """What the advert asks, in the order of the advert."""
        return self.alignment.requirements

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The outlines, in the order of the rehearsals."""
        return tuple(rehearsal.answer for rehearsal in self.rehearsals)

    @property
    def findings(self) -> Findings:
        """What the stories to rehearse still lack (A1, A5)."""
        return Findings.joined(rehearsal.findings for rehearsal in self.rehearsals)

    def to_html(self) -> str:
        """Return the pack as one HTML page that needs nothing from outside."""
        return pack_page(self)

    def to_markdown(self) -> str:
        """Return the pack as Markdown."""
        return pack_markdown(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the pack as plain values, ready for JSON, with a ``schema_version``.

        Stories are named by their titles and requirements by their numbers, so that each stands
        there once: under ``bank`` and under ``requirements``. ``schema`` describes the form, and
        ``starkit.from_dict`` reads it.

        Raises:
            AlignmentError: A part of the pack, exchanged for another, is for a requirement that the
                pack does not have.
        """
        number = _Numbers(self.requirements)
        return {
            "schema_version": SCHEMA_VERSION,
            "type": "InterviewPack",
            "advert": _plain(self.advert),
            "bank": _plain(self.bank),
            "requirements": self.requirements.to_dicts(),
            "scores": as_rows(self.alignment.scores),
            "coverage": self.alignment.coverage,
            "preparations": [
                {
                    "requirement": number(item.requirement),
                    "standing": str(item.standing),
                    "matches": [
                        {
                            "story": match.story.title,
                            "score": match.score,
                            "state": str(match.state),
                            "evidence": [_plain(evidence) for evidence in match.evidence],
                        }
                        for match in item.matches
                    ],
                    "questions": [_plain(question) for question in item.questions],
                    "nearest": _nearest_plain(item.nearest),
                }
                for item in self.preparations
            ],
            "choice": [
                {
                    "story": chosen.story.title,
                    "requirements": [number(item) for item in chosen.requirements],
                    "only": [number(item) for item in chosen.only],
                }
                for chosen in self.choice
            ],
            "rehearsals": [
                {
                    "story": rehearsal.story.title,
                    "answer": _plain(rehearsal.answer),
                    "requirements": [number(item) for item in rehearsal.requirements],
                    "findings": [_plain(finding) for finding in rehearsal.findings],
                }
                for rehearsal in self.rehearsals
            ],
            "closing": [_plain(question) for question in self.closing],
            "application": _plain(self.application) if self.application else None,
            "plan": _plain(self.plan) if self.plan else None,
            "policy": _plain(self.policy),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "InterviewPack":
        r"""Return the pack that ``to_dict`` wrote.

        Raises:
            FileError: The form is another one, or a field does not fit: it is missing or unknown,
                a score is outside 0-100, no requirement has a number, no story a title, or the
                coverage is not that of the scores.

        >>> pack = prepare(Advert("You will need:\n- Experience of rotas\n"), StoryBank([]))
        >>> InterviewPack.from_dict(pack.to_dict()) == pack
        True
        """
        fields = without_head(data)
        with told_as(cls.__name__):
            if data.get("type") != cls.__name__:
                raise ValueError(f"type is {data.get('type')!r}")
            _fits(fields, _FORM, "")
            return _pack(cls, fields)

    @staticmethod
    def schema() -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of what ``to_dict`` returns and ``--json`` writes.

        >>> InterviewPack.schema()["required"][:4]
        ['schema_version', 'type', 'advert', 'bank']
        """
        return form_schema(InterviewPack.__name__, _FORM)

    def calendar(self) -> str:
        """Return the dates of the plan as iCalendar text (RFC 5545).

        Raises:
            FollowUpError: The pack has no plan, because no dated application was given.
        """
        if self.plan is None:
            raise FollowUpError("application", self.application, "give one that has a date")
        return calendar_text(self.plan)

    def __repr__(self) -> str:
        """Return the counts: the values themselves would fill pages."""
        counts = repr(self.alignment).removeprefix("<Alignment ").removesuffix(">")
        return f"<InterviewPack {self.advert.title!r} {counts} to_take={len(self.choice)}>"

    def __rich__(self) -> Any:
        return pack_terminal(self)

    def _repr_html_(self) -> str:
        return pack_fragment(self)


# What InterviewPack.to_dict writes, for its schema. Stories stand by title, requirements by number.
_FORM: dict[str, Any] = {
    "advert": Advert,
    "bank": StoryBank,
    "requirements": [Requirement],
    "scores": [[float]],
    "coverage": float | None,
    "preparations": [
        {
            "requirement": int,
            "standing": Standing,
            "matches": [{"story": str, "score": float, "state": State, "evidence": [Evidence]}],
            "questions": [LikelyQuestion],
            "nearest": (
                types.NoneType,
                {"story": str | None, "score": float, "evidence": [Evidence], "missing": [str]},
            ),
        }
    ],
    "choice": [{"story": str, "requirements": [int], "only": [int]}],
    "rehearsals": [{"story": str, "answer": Answer, "requirements": [int], "findings": [Finding]}],
    "closing": [ClosingQuestion],
    "application": Application | None,
    "plan": FollowUpPlan | None,
    "policy": Policy,
}


# The head stands once, on the pack.
_HEAD = ("schema_version", "type")


def _plain(value: Any) -> dict[str, Any]:
    return {name: part for name, part in to_dict(value).items() if name not in _HEAD}


_HIGHEST = 100  # of a score; a coverage is at most 1


def _fits(plain: Any, form: Any, where: str) -> None:
    """Refuse what has another shape than a form; the values of a class are left to the class.

    Raises:
        TypeError: Something is of another type; it is named, as with the next one.
        ValueError: Something is missing, unknown or out of range.
    """
    if isinstance(form, dict):
        if not isinstance(plain, Mapping):
            raise TypeError(f"{where} is no mapping")
        if wrong := plain.keys() ^ form.keys():
            names = ", ".join(sorted(map(str, wrong)))
            raise ValueError(f"missing or unknown{where and f' in {where}'}: {names}")
        for name, part in form.items():
            _fits(plain[name], part, f"{where}.{name}".lstrip("."))
    elif isinstance(form, list):
        if not isinstance(plain, list | tuple):
            raise TypeError(f"{where} is no list")
        for number, item in enumerate(plain):
            _fits(item, form[0], f"{where}[{number}]")
    elif isinstance(form, tuple):
        if plain is not None:
            _fits(plain, form[1], where)
    else:
        _allowed(plain, form, where)


def _allowed(plain: Any, form: Any, where: str) -> None:
    """Refuse a single value of another type than a form's, or a number out of range."""
    if form in (float, float | None):
        number_like = isinstance(plain, int | float) and not isinstance(plain, bool)
        within = number_like and 0 <= plain <= _HIGHEST
        if not within and (form is float or plain is not None):
            raise ValueError(f"{where} is {plain!r}; allowed: 0 to {_HIGHEST}")
    elif form is int and (not isinstance(plain, int) or isinstance(plain, bool)):
        raise TypeError(f"{where} is {plain!r} and no whole number")
    elif form is str and not isinstance(plain, str):
        raise TypeError(f"{where} is {plain!r} and no text")


def _numbered(asked: Requirements, number: int) -> Requirement:
    if not 0 <= number < len(asked):
        last = f"0 to {len(asked) - 1}" if len(asked) else "none, since nothing is asked"
        raise ValueError(f"requirement is {number}; allowed: {last}")
    return asked[number]


def _pack(kind: type[InterviewPack], plain: Mapping[str, Any]) -> InterviewPack:
    """Return the pack in a form, with its stories by title and its requirements by number."""
    bank = structured(plain["bank"], StoryBank)
    advert = structured(plain["advert"], Advert)
    items = [structured(part, Requirement) for part in plain["requirements"]]
    asked = Requirements(items, advert=advert)
    policy = structured(plain["policy"], Policy)
    preparations = tuple(_read_preparation(item, asked, bank) for item in plain["preparations"])
    matches = {
        (item["requirement"], match.story.title): match
        for item, prepared in zip(plain["preparations"], preparations, strict=True)
        for match in prepared.matches
    }
    choice = [
        ChosenStory(
            bank[item["story"]],
            [_matched(matches, number, item["story"]) for number in item["requirements"]],
            [_numbered(asked, number) for number in item["only"]],
        )
        for item in plain["choice"]
    ]
    rehearsals = [
        Rehearsal(
            bank[item["story"]],
            structured(item["answer"], Answer),
            tuple(_numbered(asked, number) for number in item["requirements"]),
            Findings([structured(finding, Finding) for finding in item["findings"]]),
        )
        for item in plain["rehearsals"]
    ]
    # A bank or an advert with nothing in it leaves a table without cells.
    scores = np.array(plain["scores"], np.float32).reshape(len(asked), len(bank))
    alignment = Alignment(asked, bank, scores, policy=policy)
    if plain["coverage"] != alignment.coverage:
        raise ValueError(
            f"coverage is {plain['coverage']!r}, and that of the scores is {alignment.coverage!r}"
        )
    return kind(
        advert=advert,
        bank=bank,
        alignment=alignment,
        preparations=preparations,
        choice=Choice(choice),
        rehearsals=tuple(rehearsals),
        closing=tuple(structured(question, ClosingQuestion) for question in plain["closing"]),
        application=structured(plain["application"], Application | None),
        plan=structured(plain["plan"], FollowUpPlan | None),
        policy=policy,
    )


def _read_preparation(
    plain: Mapping[str, Any], asked: Requirements, bank: StoryBank
) -> Preparation:
    requirement = _numbered(asked, plain["requirement"])
    matches = [
        Match(
            requirement,
            bank[match["story"]],
            match["score"],
            match["state"],
            _read_evidence(match["evidence"]),
        )
        for match in plain["matches"]
    ]
    questions = tuple(structured(question, LikelyQuestion) for question in plain["questions"])
    near = plain["nearest"]
    nearest = near and Nearest(
        requirement,
        None if near["story"] is None else bank[near["story"]],
        near["score"],
        _read_evidence(near["evidence"]),
        near["missing"],
    )
    standing = Standing(plain["standing"])
    return Preparation(requirement, standing, tuple(matches), questions, nearest)


def _matched(matches: Mapping[tuple[int, str], Match], number: int, title: str) -> Match:
    if (number, title) not in matches:
        raise ValueError(f"the story {title!r} is chosen for requirement {number}, without a match")
    return matches[number, title]


def _read_evidence(plain: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    evidence = tuple(structured(part, Evidence) for part in plain)
    for item in evidence:
        _fits(item.score, float, "score of the evidence")
    return evidence


class _Numbers:
    """The numbers of requirements: each by what it is, or by an equal one of another alignment."""

    def __init__(self, asked: Requirements) -> None:
        self.asked = tuple(asked)
        self.same = {id(item): number for number, item in enumerate(self.asked)}

    def __call__(self, requirement: Requirement) -> int:
        number = self.same.get(id(requirement))
        if number is not None:
            return number
        if requirement in self.asked:
            return self.asked.index(requirement)
        raise AlignmentError(
            f"requirement {requirement.text!r} is not among those of the pack",
            f"take its parts from an alignment of its own {len(self.asked)} requirements",
        )


def _nearest_plain(nearest: Nearest | None) -> dict[str, Any] | None:
    if nearest is None:
        return None
    return {
        "story": nearest.story.title if nearest.story else None,
        "score": nearest.score,
        "evidence": [_plain(evidence) for evidence in nearest.evidence],
        "missing": list(nearest.missing),
    }


def prepare(
    advert: Advert | str,
    bank: StoryBank | Sequence[Story],
    *,
    application: Application | None = None,
    today: dt.date | None = None,
    country: str = "GB",
    subdiv: str | None = None,
    policy: Policy = DEFAULT_POLICY,
    nlp: "Language | None" = None,
) -> InterviewPack:
    r"""Prepare one interview: everything that starkit knows to do, as one value.

    Args:
        advert: The advert, from ``read_advert`` or made by hand, or its text; a path is not read.
        bank: The stories, from ``load_stories`` or made by hand.
        application: Where the application stands; with it the pack says when to make contact.
        today: The day from which to plan; without it, the latest day that the application names.
        country: ISO code of the country whose public holidays count (A17).
        subdiv: A part of it, such as ``"SCT"``.
        policy: The numbers behind the rules.
        nlp: A spaCy pipeline of your own in place of the packaged one.

    Raises:
        PlaceError: The country or its part is not known.
        PipelineError: ``nlp`` cannot do what is needed.

    >>> advert = Advert("You will need:\n- Experience of planning rotas\n- A driving licence\n")
    >>> story = Story("Rota", "Two were ill.", "Fill gaps.", "I planned a new rota.", "All filled.")
    >>> pack = prepare(advert, StoryBank([story]))
    >>> [(item.requirement.text, str(item.standing)) for item in pack.preparations]
    [('Experience of planning rotas', 'thin'), ('A driving licence', 'show')]
    >>> len(pack.closing)
    5
    """
    advert = advert if isinstance(advert, Advert) else Advert(advert)
    bank = bank if isinstance(bank, StoryBank) else StoryBank(bank)
    requirements = extract_requirements(advert, nlp=nlp)
    alignment = align(requirements, bank, policy=policy)
    preparations = _preparations(alignment, policy)
    choice = choose_stories(alignment)
    return InterviewPack(
        advert=advert,
        bank=bank,
        alignment=alignment,
        preparations=preparations,
        choice=choice,
        rehearsals=tuple(_rehearsals(choice, policy)),
        closing=suggest_closing(requirements, n=policy.closing_max),
        application=application,
        plan=_plan(application, today, country, subdiv, policy),
        policy=policy,
    )


# Essential first; what the advert does not rank comes last, since most of it are duties.
_PRIORITY_ORDER = (Priority.ESSENTIAL, Priority.DESIRABLE, Priority.UNSTATED)


def _preparations(alignment: Alignment, policy: Policy) -> tuple[Preparation, ...]:
    prepared = [
        _preparation(alignment, number, policy) for number in range(len(alignment.requirements))
    ]
    return tuple(
        sorted(prepared, key=lambda item: _PRIORITY_ORDER.index(item.requirement.priority))
    )


def _preparation(alignment: Alignment, number: int, policy: Policy) -> Preparation:
    requirement, matches = alignment.requirements[number], alignment.matches(number)
    if not requirement.wants_story:
        # A paper or a plain yes is not told: only a story that plainly speaks of it is named.
        speaks = tuple(match for match in matches if match.state is State.ANSWERS)
        return Preparation(requirement, Standing.SHOW, speaks)
    questions = likely_questions(requirement)
    if not matches:
        return Preparation(requirement, Standing.GAP, (), questions, alignment.advice(number))
    standing = Standing.COVERED if len(matches) >= policy.options_wanted else Standing.THIN
    return Preparation(requirement, standing, matches, questions)


def _rehearsals(choice: Choice, policy: Policy) -> Iterator[Rehearsal]:
    asked: set[str] = set()
    for chosen in choice:
        question = _question(chosen, asked)
        asked.add(question)
        yield _rehearsal(chosen, question, policy)


def _question(chosen: ChosenStory, asked: Container[str]) -> str:
    """Return the question to rehearse a story with, another one for each story where there is one."""
    # It comes from the requirement that the story answers best.
    matches = sorted(chosen.matches, key=lambda match: -match.score)
    first = [likely_questions(match.requirement)[0].text for match in matches]
    others = [item.text for item in likely_questions(matches[0].requirement)]
    return next((text for text in [*first, *others] if text not in asked), first[0])


def _rehearsal(chosen: ChosenStory, question: str, policy: Policy) -> Rehearsal:
    story = chosen.story
    return Rehearsal(
        story=story,
        answer=outline(question, story, policy=policy),
        requirements=chosen.requirements,
        findings=Findings.joined((check_story(story, policy=policy), check_feedback(story))),
    )


def _plan(
    application: Application | None,
    today: dt.date | None,
    country: str,
    subdiv: str | None,
    policy: Policy,
) -> FollowUpPlan | None:
    if application is None:
        return None
    days = (application.applied, application.interviewed, application.decided)
    start = today or max((day for day in days if day is not None), default=None)
    if start is None:
        return None
    return plan_follow_up(application, start, country=country, subdiv=subdiv, policy=policy)
