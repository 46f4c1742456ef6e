"""A small pack built by hand, so that what is shown can be known to the word."""

import datetime as dt
from types import SimpleNamespace

import pytest

from starkit.adverts import Advert
from starkit.alignment import Evidence, Match, Nearest
from starkit.answers import Answer, Piece
from starkit.choosing import Choice, ChosenStory
from starkit.closing import ClosingQuestion
from starkit.findings import Finding, Findings
from starkit.policy import DEFAULT_POLICY
from starkit.questions import LikelyQuestion
from starkit.requirements import Requirement, Skill
from starkit.stories import Story, StoryBank

# Texts that would break a page, a Markdown file or a terminal that does not escape them.
HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><svg onload='x'>",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "# heading",
    "- item\n- item",
    "1. first",
    "a | b | c",
    "**bold** _it_ `code` ~~no~~",
    "[link](javascript:alert(1)) ![x](y)",
    "> quoted",
    "``` fence",
    "--- ***",
    "===",
    "&lt;b&gt; &amp; &#60;",
    "\x1b[31mred\x1b[0m \x07\x00",
    "[red]markup[/red] :smile:",
    "مهندس برمجيات ‏(C#)‏",
    "\u202egnirts desrever",
    "護士" * 30,
    "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
    "👩‍⚕️ nurse",
    "   ",
)


def requirement(text, kind="skill", priority="essential", start=0, **fields):
    """Return a requirement that begins at ``start``."""
    return Requirement(text, start, start + len(text), kind, priority, **fields)


def match(asked, story, score, words):
    """Return a match; ``words`` are pairs of words asked for, the story's part and its words."""
    evidence = []
    for wanted, part, told in words:
        at, where = asked.text.index(wanted), getattr(story, part).index(told)
        evidence.append(
            Evidence(
                asked.start + at, asked.start + at + len(wanted), part, where, where + len(told), 50
            )
        )
    state = "answers" if score >= 50 else "may_answer"
    return Match(asked, story, score, state, evidence)


LACK = Finding(
    "A5", "error", "the result is empty", where="Rota, result", advice="Say how it ended."
)


def told(odd):
    """Return an answer in two pieces, the first one full."""
    return Answer(
        f"Tell me about a time when you used NEWS2{odd}",
        f"You would like an example of when I used NEWS2{odd}.",
        f"Before I answer: is the result you need here what came of it{odd}?",
        (
            Piece(
                (
                    f"I was on nights{odd}",
                    "Get her treated in time",
                    "I looked",
                    "I asked",
                    "I rang",
                ),
                f"Is this the direction you wanted{odd}?",
                parts=("situation", "task", "action", "action", "action"),
            ),
            Piece(
                (f"After 38 minutes{odd}",), "Does that answer your question?", parts=("result",)
            ),
        ),
        "Sepsis on a Sunday",
    )


def make_pack(title="Staff Nurse", odd=""):
    """Return a pack; ``odd`` is added to every text that comes from a user."""
    sepsis = Story(
        f"Sepsis on a Sunday{odd}",
        f"I was on nights.{odd}",
        "Get her treated in time.",
        f"I did a full set of observations. Her NEWS2 had gone from 2 to 8. I called the doctor.{odd}",
        f"The antibiotics were in after 38 minutes.{odd}",
        skills=("NEWS2",),
    )
    rota = Story(f"Rota{odd}", "", "Fill the gaps.", "We swapped shifts with the team.", "")
    news = requirement(f"Sound knowledge of NEWS2{odd}", "knowledge", start=7, years=(3, None))
    team = requirement(f"Team player{odd}", "attribute", "desirable")
    polish, urdu = Skill(f"Polish{odd}", 9, 15), Skill("Urdu", 19, 23)
    language = requirement(
        f"Knowing Polish or Urdu{odd}", "experience", "unstated", alternatives=((polish, urdu),)
    )
    pin = requirement(f"NMC registration{odd}", "qualification")
    rounds = requirement(f"Take part in ward rounds{odd}", "duty", "unstated")
    found = {
        news: (
            match(news, sepsis, 81.4, [("NEWS2", "action", "NEWS2")]),
            match(news, rota, 30, []),
        ),
        team: (match(team, rota, 44, [("Team", "action", "team")]),),
    }
    preparations = tuple(
        SimpleNamespace(
            requirement=asked,
            standing=standing,
            matches=found.get(asked, ()),
            questions=(LikelyQuestion(f"How do you use NEWS2?{odd}"),) if asked is news else (),
            nearest=Nearest(language, rota, 12, missing=(f"Urdu{odd}",))
            if asked is language
            else None,
        )
        for asked, standing in (
            (news, "covered"),
            (pin, "show"),
            (team, "thin"),
            (language, "gap"),
            (rounds, "gap"),
        )
    )
    return SimpleNamespace(
        advert=Advert("", title=f"{title}{odd}", employer=f"Merrowdale{odd}", location="Calder"),
        bank=StoryBank((sepsis, rota)),
        alignment=SimpleNamespace(coverage=0.75),
        preparations=preparations,
        choice=Choice(
            [
                ChosenStory(sepsis, found[news][:1]),
                ChosenStory(rota, found[team], only=(team,)),
            ]
        ),
        rehearsals=(
            SimpleNamespace(
                story=sepsis, answer=told(odd), requirements=(news,), findings=Findings()
            ),
            SimpleNamespace(
                story=rota,
                answer=told(odd),
                requirements=(team,),
                findings=Findings([LACK, Finding("beyond", "advice", f"it says we{odd}")]),
            ),
        ),
        closing=(
            ClosingQuestion(f"What are the next steps?{odd}", "next_steps", why=f"Process.{odd}"),
            ClosingQuestion("May I come back for feedback?", "feedback"),
        ),
        application=SimpleNamespace(
            role="", employer="", interviewed=dt.date(2026, 12, 17), timescale=None
        ),
        plan=None,
        policy=DEFAULT_POLICY,
    )


@pytest.fixture
def pack():
    """A pack with a requirement of every standing."""
    return make_pack()


@pytest.fixture(params=HOSTILE, ids=lambda text: ascii(text)[:24])
def odd(request):
    """A text that would break what does not escape it."""
    return request.param


@pytest.fixture
def every_odd():
    """All the odd texts in one."""
    return " ".join(HOSTILE)


@pytest.fixture
def empty_pack():
    """A pack of an advert that asks for nothing."""
    return SimpleNamespace(
        advert=Advert(""),
        bank=StoryBank(),
        alignment=SimpleNamespace(coverage=None),
        preparations=(),
        choice=Choice(),
        rehearsals=(),
        closing=(),
        application=None,
        plan=None,
        policy=DEFAULT_POLICY,
    )


@pytest.fixture(scope="session")
def packs():
    """The way to a pack with odd texts in every place."""
    return make_pack
