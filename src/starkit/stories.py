"""Stories: pieces of work told as situation, task, action and result (A1)."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import attrs

from starkit.cells import cell
from starkit.data import read_words
from starkit.errors import StoryError, UnknownStoryError
from starkit.findings import Finding, Findings
from starkit.policy import DEFAULT_POLICY, Policy

PARTS = ("situation", "task", "action", "result")
"""The four parts of a STAR story, in the order of telling."""

# A word as it is spoken: letters and digits with inner apostrophes, hyphens, points or slashes.
_WORD = re.compile(r"\w+(?:['’.\-/]\w+)*")

# The speaker alone, or the speaker among others.
_I = re.compile(r"\b(?:I|I['’](?:m|d|ll|ve)|me|my|mine|myself)\b")
_WE = re.compile(r"\b(?:we|we['’](?:re|d|ll|ve)|us|our|ours|ourselves)\b", re.IGNORECASE)

# What makes a result countable: a digit, a currency sign, or a number, amount or time in words.
_NUMBER = re.compile(
    r"\d|[£$€%]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|third|quarter|twice"
    r"|once|double|treble|triple|per\s?cent|percent|minutes?|hours?|days?|weeks?|fortnight"
    r"|months?|quarters?|years?|overnight)\b",
    re.IGNORECASE,
)


# Outcomes told as a changed state. What is felt, thought or liked now is none.
_FELT = (
    r"(?:am|is|are|was|were|has|have|feel|know|think|believe|understand|see|hope|like|love|look|seem"
    r"|want|realise|appreciate|enjoy|remember|sound|mean|wish|need|try)s?\b"
)
_FEELING = r"(?:feel|gett|look|hop|try|lik|lov|enjoy|think|learn|see|be|go|com|say)ing\b"
_WHEN = (
    r"(?:the |that |next |this |early |late |mid-?)*(?:spring|summer|autumn|winter|christmas|easter|term|then"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|end(?: of \w+(?: \w+)?)?|season|harvest)"
)
_OTHERS = r"(?:he|she|they|it|we|(?:the|our|my) \w+|(?-i:[A-Z])\w+)"
_CHANGED = re.compile(
    # "He now cuts the hedge", "Den runs the digs himself now", "it is now used on every ward".
    rf"\b(?:he|she|it|(?:the|our|my) \w+|(?-i:[A-Z])\w+)(?<!\bI) now (?!{_FELT})\w+s\b(?! better| more)"
    rf"|\b(?:they|we|people|everyone|I) now (?!{_FELT}|\w+ed\b|\w+ly\b|more\b|much\b|in\b|a\b|the\b)\w+\b"
    rf"|\b{_OTHERS} (?!{_FELT})\w+s\b(?: \w+){{1,6}}? now\b"
    r"|\b(?:is|are) now (?:used|run|kept|done|taught|shown|sold|checked|printed|made|standard|part of)\b"
    # "By the spring he was doing it on his own", "by Easter she could ride".
    rf"|\bby {_WHEN},? {_OTHERS} (?:(?:was|were) (?!{_FEELING})\w+ing\b|could (?!{_FELT})\w+|had \w+ed\b)"
    r"|(?<!\bleft )\b(?:on (?:his|her|their) own|unaided|unsupervised)\b(?! (?:at|in|when|because)\b)"
    r"|\b(?:could|can|does|runs|manages|handles)\b(?: \w+){0,5} (?:himself|herself|themselves)\b"
    # "The committee changed the rule", "started at Newark", "qualified as a fitter".
    r"|\b(?:changed|rewrote|amended|dropped|scrapped|lifted) (?:the|its|their|that|his|her) (?:\w+ )?"
    r"(?:rules?|polic(?:y|ies)|procedures?|guidance|by-?laws?|contract|ban)\b"
    r"|\bstarted (?:at (?-i:[A-Z])|as an?\b|college\b|university\b|an apprenticeship\b|his own|her own)"
    r"|\bqualified (?:as|in|with|for|last|this|the)\b|\bwent on to (?:become|train|study|run|work|lead)\b"
    r"|\bgot (?:in|the job|the place|a place|his \w+|her \w+|their \w+) (?:at|ticket|licence|badge|certificate)\b",
    re.IGNORECASE,
)


def _words_of(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _text(_: object, attribute: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str):
        raise StoryError(attribute.name, value, "write it as text")


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise StoryError("skills or competencies", value, "give a list of short names")
    names = tuple(value)
    for name in names:
        if not isinstance(name, str):
            raise StoryError("skills or competencies", name, "write each name as text")
    return names


def _when(value: object) -> str | None:
    # People date a story loosely ("summer 2023"), programs with a date: both are kept as text.
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str):
        return value
    raise StoryError("date", value, "give a date, or text such as '2023' or 'summer 2023'")


@attrs.frozen
class Story:
    """One piece of work, told as situation, task, action and result (A1).

    A part may be empty, since drafts exist; ``check_story`` says what a draft lacks.

    Attributes:
        title: A short name, unique in its bank; never empty.
        situation: Where and when it was, and what was at stake.
        task: What the teller had to achieve.
        action: What the teller did.
        result: How it ended: a number, an amount, a time or a named outcome (A5).
        skills: Skills that the story shows, as the teller names them.
        competencies: Competencies that the story shows ("teamwork").
        date: When it was, as text; a ``datetime.date`` is turned into ISO text.
        source: Where the story comes from (a post, a project, a file).
        notes: Anything else; never used for matching.

    Raises:
        StoryError: The title is empty, or a field is of the wrong type.

    >>> story = Story("Faster builds", "40-minute CI", "halve it", "I cached wheels", "11 minutes")
    >>> story.result
    '11 minutes'
    >>> story.words, round(story.spoken_seconds)
    (9, 4)
    """

    title: str = attrs.field(validator=_text)
    situation: str = attrs.field(validator=_text)
    task: str = attrs.field(validator=_text)
    action: str = attrs.field(validator=_text)
    result: str = attrs.field(validator=_text)
    skills: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=_names)
    competencies: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=_names)
    date: str | None = attrs.field(default=None, kw_only=True, converter=_when)
    source: str = attrs.field(default="", kw_only=True, validator=_text)
    notes: str = attrs.field(default="", kw_only=True, validator=_text)

    def __attrs_post_init__(self) -> None:
        if not self.title.strip():
            raise StoryError("title", self.title, "give each story a short title")

    @property
    def parts(self) -> dict[str, str]:
        """The four parts by name, in the order of telling."""
        return {name: getattr(self, name) for name in PARTS}

    @property
    def text(self) -> str:
        """The parts that are not empty, one to a line, in the order of telling."""
        return "\n".join(part for part in self.parts.values() if part.strip())

    @property
    def words(self) -> int:
        """How many words the four parts have."""
        return _words_of(self.text)

    @property
    def spoken_seconds(self) -> float:
        """How long the story takes to tell, in seconds, at the default pace."""
        return spoken_seconds(self.text)

    def _repr_html_(self) -> str:
        return cell("story", story=self, findings=check_story(self))


def spoken_seconds(text: str, *, policy: Policy = DEFAULT_POLICY) -> float:
    """Return how long ``text`` takes to say, in seconds, at ``policy.words_per_minute``.

    >>> spoken_seconds("one two three four five six seven")
    3.0
    """
    return _words_of(text) * 60 / policy.words_per_minute


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _stories(value: Iterable["Story"]) -> tuple["Story", ...]:
    return tuple(value)


@attrs.frozen
class StoryBank:
    """A person's stories, in the order given, each under a title of its own.

    Raises:
        StoryError: Two stories have the same title, or something else than a story is given.

    >>> bank = StoryBank([Story("Faster builds", "", "", "", "11 minutes")])
    >>> len(bank), bank["Faster builds"].result, "Rota" in bank
    (1, '11 minutes', False)
    """

    stories: tuple[Story, ...] = attrs.field(default=(), converter=_stories)

    def __attrs_post_init__(self) -> None:
        seen: set[str] = set()
        for story in self.stories:
            if not isinstance(story, Story):
                raise StoryError("stories", story, "give Story values")
            if story.title in seen:
                raise StoryError("title", story.title, "it stands twice; titles are unique")
            seen.add(story.title)

    @classmethod
    def from_stories(cls, *stories: Story) -> "StoryBank":
        """Return a bank of the stories given one by one.

        >>> len(StoryBank.from_stories(Story("Rota", "", "", "", "")))
        1
        """
        return cls(stories)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles, in the order of the stories."""
        return tuple(story.title for story in self.stories)

    def __iter__(self) -> Iterator[Story]:
        return iter(self.stories)

    def __len__(self) -> int:
        return len(self.stories)

    def __contains__(self, item: object) -> bool:
        return item in self.stories or item in self.titles

    def __getitem__(self, title: str) -> Story:
        """Return the story with this title.

        Raises:
            UnknownStoryError: No story has this title; the nearest one is named.
        """
        for story in self.stories:
            if story.title == title:
                return story
        raise self._unknown(title)

    def find(self, words: str) -> Story:
        """Return the story with this title in any case, or the only one whose title begins so.

        Raises:
            UnknownStoryError: No title begins so, or several do; what there is to choose is named.

        >>> bank = StoryBank([Story("Night rota", "", "", "", ""), Story("Nights", "", "", "", "")])
        >>> bank.find("night r").title, bank.find("NIGHTS").title
        ('Night rota', 'Nights')
        """
        wanted = _folded(words)
        exact = [story for story in self.stories if story.title == words]
        equal = [story for story in self.stories if _folded(story.title) == wanted]
        begun = [story for story in self.stories if _folded(story.title).startswith(wanted)]
        for found in (exact, equal, begun if wanted else []):
            if len(found) == 1:
                return found[0]
        several = equal or begun
        if wanted and several:
            raise UnknownStoryError(words, tuple(story.title for story in several))
        raise self._unknown(words)

    def _unknown(self, title: str) -> UnknownStoryError:
        folded = {_folded(known): known for known in self.titles}
        nearest = difflib.get_close_matches(_folded(title), folded, n=1)
        return UnknownStoryError(title, self.titles, folded[nearest[0]] if nearest else None)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.titles)

    def _repr_html_(self) -> str:
        shown = self.stories[:_STORIES_SHOWN]
        checked = [(story, check_story(story)) for story in shown]
        return cell("bank", checked=checked, left=len(self) - len(shown))

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(f"StoryBank of {len(self)}: {', '.join(self.titles)}")


_STORIES_SHOWN = 100
"""Stories of a bank that a notebook's cell shows."""


@cache
def _outcome_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in read_words("outcomes.txt"))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def has_outcome(result: str) -> bool:
    """Tell whether a result has a number, an amount, a time or a named outcome (A5).

    >>> has_outcome("cut the wait from 40 minutes to 11"), has_outcome("it went quite well")
    (True, False)
    """
    return any(
        pattern.search(result) is not None for pattern in (_NUMBER, _outcome_pattern(), _CHANGED)
    )


def check_story(story: Story, *, policy: Policy = DEFAULT_POLICY) -> Findings:
    """Say what a story lacks before it can be told (A1, A5 and the checks beyond the article).

    An empty part is an error, and so is a situation, a task or an action of one word; a weak
    result, *we* in place of *I*, little action, a short or a long telling is advice.

    >>> draft = Story("Rota", "Six of us", "Fill the gaps", "We swapped shifts", "It went well")
    >>> for finding in check_story(draft):
    ...     print(finding.rule, finding.severity, finding.where, "|", finding.message)
    A5 advice Rota, result | the result has no number, amount, time or named outcome
    beyond advice Rota, action | the action says we once and I never
    beyond advice Rota | it takes about 5 seconds to tell
    """
    return Findings((*_empty_parts(story), *_weak_result(story), *_telling(story, policy)))


_ASKED = {
    "situation": "Say where and when it was, and what was at stake.",
    "task": "Say what you had to achieve.",
    "action": "Say what you did, step by step.",
    "result": "Say how it ended: a number, an amount, a time or a named outcome.",
}


def _empty_parts(story: Story) -> Iterator[Finding]:
    for name, text in story.parts.items():
        if not text.strip():
            rule = "A5" if name == "result" else "A1"
            yield Finding(
                rule,
                "error",
                f"the {name} is empty",
                where=f"{story.title}, {name}",
                advice=_ASKED[name],
            )
        elif name != "result" and _words_of(text) < _FEWEST_WORDS:
            yield Finding(
                "A1",
                "error",
                f"the {name} is a note ({text.strip()!r}) and no sentence yet",
                where=f"{story.title}, {name}",
                advice=_ASKED[name],
            )


# A result may be one word ("Halved"): what it says is looked at by itself (A5).
_FEWEST_WORDS = 2


def _weak_result(story: Story) -> Iterator[Finding]:
    if story.result.strip() and not has_outcome(story.result):
        yield Finding(
            "A5",
            "advice",
            "the result has no number, amount, time or named outcome",
            where=f"{story.title}, result",
            advice="Add what changed: how much, how many, how fast, or what came of it.",
        )


def _telling(story: Story, policy: Policy) -> Iterator[Finding]:
    action = f"{story.title}, action"
    alone, together = len(_I.findall(story.action)), len(_WE.findall(story.action))
    if together > alone:
        yield Finding(
            "beyond",
            "advice",
            f"the action says we {_times(together)} and I {_times(alone)}",
            where=action,
            advice="Say what you did yourself; keep we for what the team did.",
        )
    if all(part.strip() for part in story.parts.values()):
        yield from _weight(story, policy)
    seconds = spoken_seconds(story.text, policy=policy)
    if seconds > policy.longest_answer_seconds:
        yield Finding(
            "beyond",
            "advice",
            f"it takes about {seconds:.0f} seconds to tell",
            where=story.title,
            advice=f"Keep it under {policy.longest_answer_seconds} seconds: shorten the situation.",
        )
    elif seconds < policy.shortest_answer_seconds and all(map(str.strip, story.parts.values())):
        yield Finding(
            "beyond",
            "advice",
            f"it takes about {seconds:.0f} seconds to tell",
            where=story.title,
            advice="Say more of what you did, step by step: one to two minutes are a good length.",
        )


# Below this many words the shares of the parts say nothing about the telling.
_WORDS_TO_WEIGH = 40


def _weight(story: Story, policy: Policy) -> Iterator[Finding]:
    if story.words < _WORDS_TO_WEIGH:
        return
    share = _words_of(story.action) / story.words
    if share < policy.action_share_low:
        advice = "Shorten the situation and the task; say more of what you did."
    elif share > policy.action_share_high:
        advice = "Leave room for the result: it is what the interviewer keeps."
    else:
        return
    yield Finding(
        "beyond",
        "advice",
        f"the action is {share:.0%} of the words, where about {policy.action_share:.0%} tells best",
        where=f"{story.title}, action",
        advice=advice,
    )


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def check_stories(
    stories: Sequence[Story] | StoryBank, *, policy: Policy = DEFAULT_POLICY
) -> Findings:
    """Return what ``check_story`` says of each story, in the order given.

    >>> check_stories(StoryBank()).ok
    True
    """
    return Findings.joined(check_story(story, policy=policy) for story in stories)
