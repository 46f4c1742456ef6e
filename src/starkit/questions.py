"""Questions that a requirement may bring in an interview, from a bank that is data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import attrs

from starkit.adverts import SectionKind
from starkit.adverts.verbs import is_verb as is_work
from starkit.cues.asking import decide_kind
from starkit.cues.kinds import find_kinds
from starkit.data import read_json, read_words
from starkit.errors import PluginError, QuestionError
from starkit.grammar import (
    DETERMINERS,
    PREPOSITIONS,
    base_of_gerund,
    cut_at_phrase,
    is_often_a_noun,
    is_verb,
    joined,
    lower_heading,
)
from starkit.matching.background import background
from starkit.matching.terms import terms
from starkit.plugins import QUESTIONS, checked, contents
from starkit.requirements import Kind, Requirement
from starkit.senses import Sense
from starkit.vectors import load_vectors


@attrs.frozen
class LikelyQuestion:
    """A question that an interviewer may ask about a requirement.

    Attributes:
        text: The question.
        competency: The competency that it probes, ``""`` when it follows from the kind alone.
        why: What in the requirement led to it.

    >>> LikelyQuestion("How do you check your own work?", "attention to detail").competency
    'attention to detail'
    """

    text: str
    competency: str = ""
    why: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        return self.text


class _Question(NamedTuple):
    """A question of the bank, with what a requirement has to say before it is asked."""

    text: str
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    alike: bool = False  # it asks what a question in the requirement's own words asks
    grave: bool | None = None  # only of what is grave, never of it, or of anything

    def fits(self, text: str) -> bool:
        """Tell whether a requirement says what the question takes for granted."""
        if self.needs is not None and not self.needs.search(text):
            return False
        if self.grave is not None and self.grave != is_grave(text):
            return False
        return self.unless is None or not self.unless.search(text)


class _Competency(NamedTuple):
    """One competency of the bank: the words that call for it, and its questions."""

    name: str
    cue: re.Pattern[str]
    shield: re.Pattern[str] | None  # phrases in which a cue means something else
    unless: re.Pattern[str] | None
    senses: tuple[tuple[re.Pattern[str], Sense], ...]  # of cues that have more than one
    questions: tuple[_Question, ...]
    called: tuple[tuple[str, tuple[tuple[re.Pattern[str], str], ...]], ...]

    def cues_in(self, text: str) -> dict[str, int]:
        """Return the cues in a requirement, lower case, with where each first stands."""
        if self.unless is not None and self.unless.search(text):
            return {}
        shown = text
        if self.shield is not None:
            shown = self.shield.sub(lambda match: "." * len(match.group()), text)
        found: dict[str, int] = {}
        for match in self.cue.finditer(shown):
            if self._means_it(text, match):
                found.setdefault(match.group().lower(), match.start())
        return found

    def _means_it(self, text: str, cue: re.Match[str]) -> bool:
        """Tell whether a cue is meant as the competency means it, by the words around it."""
        return all(
            sense.lean(text, cue.start(), cue.end()) >= 0
            for pattern, sense in self.senses
            if pattern.fullmatch(cue.group())
        )

    def asked(self, text: str) -> list[str]:
        """Return the questions that fit a requirement, in its own names for people."""
        fitting = [question.text for question in self.questions if question.fits(text)]
        for name, others in self.called:
            other = next((own for cue, own in others if cue.search(text)), None)
            if other is not None and not re.search(rf"\b{name}", text, re.IGNORECASE):
                fitting = [_renamed(question, name, other) for question in fitting]
        return _ranked(fitting, text)


def _renamed(question: str, name: str, other: str) -> str:
    """Return a question with one name for people in place of another, its article put right.

    >>> _renamed("What would you do if a customer shouted? How do customers like it?",
    ...          "customer", "member of the public")
    'What would you do if a member of the public shouted? How do members of the public like it?'
    """
    first, space, rest = other.partition(" ")
    article = "an" if other[0] in "aeiou" else "a"
    question = re.sub(rf"\ban? {name}\b", f"{article} {other}", question)
    question = re.sub(rf"\b{name}s\b", _many(first) + space + rest, question)
    return re.sub(rf"\b{name}\b", other, question)


def _many(noun: str) -> str:
    return "children" if noun == "child" else f"{noun}s"


@cache
def _content() -> Mapping[str, Any]:
    """Return the packaged bank with the banks of plugins joined to it (``docs/plugins.md``)."""
    content: dict[str, Any] = read_json("questions.json")
    competencies = {entry["name"]: entry for entry in content["competencies"]}
    for plugin, added in contents(QUESTIONS):
        checked(QUESTIONS, plugin, added, {})
        for entry in added.get("competencies", ()):
            checked(QUESTIONS, plugin, entry, _ENTRY)
            before = competencies.setdefault(entry["name"], {"name": entry["name"]})
            for key in ("cues", "except", "unless", "questions"):
                before[key] = [*before.get(key, ()), *entry.get(key, ())]
            before["called"] = {**before.get("called", {}), **entry.get("called", {})}
        for kind, questions in added.get("kinds", {}).items():
            if kind not in content["kinds"]:
                seen = f"{kind!r} is no kind of requirement"
                known = ", ".join(content["kinds"])
                raise PluginError(QUESTIONS, plugin, seen, f"choose from: {known}")
            content["kinds"][kind] = [*questions, *content["kinds"][kind]]
        content["general"] = [*content["general"], *added.get("general", ())]
    return content | {"competencies": list(competencies.values())}


_ENTRY = {"name": str, "origin": str, "cues": list, "questions": list}


@cache
def _senses() -> Mapping[str, tuple[tuple[re.Pattern[str], Sense], ...]]:
    """Return, by competency, the cues that have more than one sense, each with its sense."""
    found: dict[str, tuple[tuple[re.Pattern[str], Sense], ...]] = {}
    for entry in read_json("question-senses.json")["senses"]:
        sense = _any_of(entry["cues"]), Sense(entry["here"], entry["elsewhere"])
        found[entry["competency"]] = (*found.get(entry["competency"], ()), sense)
    return found


@cache
def _bank() -> tuple[_Competency, ...]:
    return tuple(_competency(entry) for entry in _content()["competencies"])


def _competency(entry: Mapping[str, Any]) -> _Competency:
    return _Competency(
        entry["name"],
        _any_of(entry["cues"]),
        _any_of(entry["except"]) if entry.get("except") else None,
        _any_of(entry["unless"]) if entry.get("unless") else None,
        _senses().get(entry["name"], ()),
        tuple(map(_question, entry["questions"])),
        tuple(
            (name, tuple((_any_of([cue]), own) for cue, own in others.items()))
            for name, others in entry.get("called", {}).items()
        ),
    )


def _question(entry: str | Mapping[str, Any]) -> _Question:
    if isinstance(entry, str):
        return _Question(entry)
    return _Question(
        entry["ask"],
        _any_of(entry["needs"]) if entry.get("needs") else None,
        _any_of(entry["unless"]) if entry.get("unless") else None,
        bool(entry.get("alike")),
        entry.get("grave"),
    )


@cache
def _by_kind() -> dict[Kind, tuple[_Question, ...]]:
    return {
        Kind(kind): tuple(map(_question, questions))
        for kind, questions in _content()["kinds"].items()
    }


def _any_of(cues: Sequence[str]) -> re.Pattern[str]:
    # A trailing * stands for any ending; the longest cue is tried first. A hyphen before it makes
    # another word of it: "event-driven" is not driven.
    patterns = (
        re.escape(cue.removesuffix("*")) + (r"\w*" if cue.endswith("*") else "")
        for cue in sorted(cues, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w'+#.-])(?:{'|'.join(patterns)})(?![\w+#])", re.IGNORECASE)


def competency_names() -> tuple[str, ...]:
    """Return the names of the competencies that the bank has questions for.

    >>> "teamwork" in competency_names()
    True
    """
    return tuple(entry.name for entry in _bank())


def questions_for(competency: str) -> tuple[str, ...]:
    """Return the bank's questions for one competency.

    Raises:
        QuestionError: The bank has no such competency.

    >>> questions_for("safeguarding")[0]
    'What does safeguarding mean to you in this role?'
    """
    for entry in _bank():
        if entry.name == competency:
            return tuple(question.text for question in entry.questions)
    raise QuestionError("competency", competency, f"choose from: {', '.join(competency_names())}")


def general_questions() -> tuple[str, ...]:
    """Return the questions that any interview may bring.

    >>> general_questions()[0]
    'Tell me about yourself.'
    """
    return tuple(_content()["general"])


def competencies_of(text: str) -> tuple[str, ...]:
    """Return the competencies that a requirement names or implies, the plainest first.

    >>> competencies_of("Excellent written and verbal communication skills")
    ('communication', 'written communication')
    >>> competencies_of("Registered nurse")
    ()
    """
    scored = []
    for index, entry in enumerate(_bank()):
        if found := entry.cues_in(text):
            weight = sum(1 + cue.count(" ") for cue in found)
            scored.append((-weight, min(found.values()), index, entry.name))
    return tuple(name for *_, name in sorted(scored))


def likely_questions(requirement: Requirement | str, *, n: int = 3) -> tuple[LikelyQuestion, ...]:
    """Return ``n`` questions that an interviewer may ask about a requirement.

    The first is made of the requirement's own words where that gives good English; the others come
    from the bank, by the competencies that the requirement names, then by its kind. What is shown
    rather than told (a licence, a qualification) brings the questions of its kind first.

    Args:
        requirement: One requirement, or its text.
        n: How many, 1 or more; fewer come back when the bank has no more that fit.

    Raises:
        QuestionError: ``n`` is less than 1, or the requirement has no words.

    >>> for question in likely_questions("Ability to prioritise a changing workload", n=2):
    ...     print(question)
    Tell me about a time when you had to prioritise a changing workload.
    Tell me about a time when you had several deadlines at once. How did you decide what came first?
    """
    if n < 1:
        raise QuestionError("n", n, "ask for 1 question or more")
    text = requirement.text if isinstance(requirement, Requirement) else requirement
    if not re.search(r"\w", text):
        raise QuestionError("requirement", text, "give its words")
    kind = requirement.kind if isinstance(requirement, Requirement) else kind_of(text)
    chosen: dict[str, LikelyQuestion] = {}
    for question in _candidates(text, kind):
        chosen.setdefault(question.text, question)
        if len(chosen) == n:
            break
    return tuple(chosen.values())


def _candidates(text: str, kind: Kind) -> Iterator[LikelyQuestion]:
    if not kind.wants_story:
        yield from _kind_questions(text, kind)
        return
    filled = _filled(text, kind)
    if filled:
        yield LikelyQuestion(
            filled, next(iter(competencies_of(text)), ""), why="the advert's own words"
        )
    names = competencies_of(text)[:3]
    entries = {entry.name: entry for entry in _bank()}
    ranked = [entries[name].asked(" ".join(text.split())) for name in names]
    for turn in range(max((len(questions) for questions in ranked), default=0)):
        for name, questions in zip(names, ranked, strict=True):
            if turn < len(questions):
                yield LikelyQuestion(questions[turn], name, why=f"it asks for {name}")
    yield from _kind_questions(text, kind, asked=bool(filled))


# A whole sentence of the advert: it says that, and asks for things.
_A_SENTENCE = re.compile(
    r"(?:you|we|they|it|there|this|our \w+|the (?:ideal|successful|right) \w+|(?:the|an?|this) (?:role|post|job|person"
    r"|candidate|applicant|postholder))(?:['’](?:ll|d|re|ve)\b|\s+(?:\w+ly\s+)?(?:will|would|should|must|shall"
    r"|can|may|might|need|have|has|is|are|also|require|requires|involve|involves|include|includes|hold|enjoy|know)\b)",
    re.IGNORECASE,
)


def quoting(text: str, kind: Kind) -> str:
    """Return what stands before a question for the kind alone: the requirement's own words.

    >>> quoting("Experience of lock gates", Kind.EXPERIENCE)
    'Our advert asks for “Experience of lock gates”. '
    >>> quoting("You will look after a flight of locks", Kind.EXPERIENCE)
    'Our advert says “You will look after a flight of locks”. '
    """
    quoted = shortened(text)
    says = kind is Kind.DUTY or _A_SENTENCE.match(quoted)
    return f"Our advert {'says' if says else 'asks for'} “{quoted}”. "


def _kind_questions(text: str, kind: Kind, *, asked: bool = False) -> Iterator[LikelyQuestion]:
    """Yield the questions of a kind, those alike last when the own words have asked already."""
    lead, plain = quoting(text, kind), " ".join(text.split())
    fitting = [question for question in _by_kind()[kind] if question.fits(plain)]
    for question in sorted(fitting, key=lambda question: asked and question.alike):
        yield LikelyQuestion(
            f"{lead}{question.text}",
            why=f"it is a requirement of kind {kind}",
        )


_WORD = re.compile(r"[a-z][a-z-]{3,}")
_PLAIN_WORDS = frozenset(
    [
        "about",
        "with",
        "when",
        "that",
        "what",
        "your",
        "have",
        "this",
        "time",
        "tell",
        "from",
        "they",
        "them",
        "work",
        "would",
        "which",
        "example",
        "give",
        "give",
        "describe",
        "somebody",
        "something",
        "people",
        "other",
        "made",
        "make",
        "does",
        "into",
        "were",
        "been",
        "than",
        "then",
    ]
)


def _ranked(questions: Sequence[str], text: str) -> list[str]:
    """Return the questions that share most words with the requirement first, else as they stand."""
    asked = {word[:6] for word in _WORD.findall(text.lower())} - {word[:6] for word in _PLAIN_WORDS}

    def shared(question: str) -> int:
        words = {word[:6] for word in _WORD.findall(question.lower())}
        return len(words & asked)

    return sorted(questions, key=lambda question: -shared(question))


# --- questions made of the requirement's own words ------------------------------------------------

_MARKS = "-–—•*·▪◦‣ \t.;:,"
# Cuts that leave a whole phrase before them.
_CUT = re.compile(
    r"\s*(?:[;:]|(?<!\w)[(\[]|\s[–—-]\s|\.\s|\s/\s|\n"
    r"|,?\s+(?:e\.g\.?|i\.e\.?|such as|including|for example|in order to|so that|ensuring|which|whilst|while)\b"
    r"|,\s*(?:to|by|using|with|as well as|preferably|ideally|in line with|in accordance with|particularly|especially|and (?:be|have|an?|the ability|experience|knowledge|understanding)|or equivalent)\b"
    r"|,?\s+(?:as|when|where|if)(?: and (?:when|where))? (?:required|needed|necessary|requested|directed|appropriate|applicable|possible)\b"
    r"|\s+(?:is|are|would be|will be)\s+(?:an?\s+)?(?:essential|desirable|required|preferred|advantage\w*|a plus|plus|must|necessary|needed|beneficial|bonus)\b"
    r"|,?\s*(?:essential|desirable|preferred|required)\s*$|\t).*",
    re.IGNORECASE | re.DOTALL,
)
_LEAD_IN = re.compile(
    r"(?:(?:the\s+)?(?:you|we(?:'re| are) looking for (?:somebody|someone) (?:who|to)|(?:ideal |successful |strong )?(?:candidates?|applicants?|person)"
    r"|post[- ]?holder|role|job|they))?[\s']*"
    r"(?:(?:ll|will|must|should|shall|need(?:s)? to|would|is expected to|are expected to|is required to|are required to|can|to)\s+)+"
    r"(?:also\s+|then\s+|regularly\s+|typically\s+|primarily\s+)*",
    re.IGNORECASE,
)
_PRAISE = (
    r"(?:(?:an?|the|some|any|your|at least|minimum|proven|demonstrated|demonstrable|demonstrative|strong|strongly|excellent|good|great|outstanding"
    r"|solid|sound|extensive|significant|relevant|previous|prior|recent|professional|practical|hands-on|proficient|advanced|basic|working|deep|in-depth"
    r"|detailed|thorough|clear|broad|general|exceptional|superb|high|highly|very|fluent|effective|well-developed|developed|strong and|with|have|having|has|possess|possesses|possessing|must have"
    r"|evidence of|show|demonstrate|successful)\s+)*"
)
_ABLE = re.compile(
    rf"{_PRAISE}(?:be\s+)?(?:able|ability|capable|capacity|capability|abilities|aptitude)\s+(?:to|of)\s+(?:also\s+|effectively\s+|quickly\s+|consistently\s+)?(?P<verb>\S+)\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_YEARS_GIVEN = (
    r"(?:(?:a\s+)?(?:minimum|at least|over|more than|around|up to)\s+(?:of\s+)?)?"
    r"(?:[\d+–—~>-]+\s*(?:to\s*\d+\s*)?(?:years?|months?|yrs?)\+?['’]?\s*(?:of\s+)?|\w+ years['’]?\s*(?:of\s+)?)"
)
_YEARS = rf"(?:{_YEARS_GIVEN})?"
_EXPERIENCE = re.compile(
    rf"{_YEARS}{_PRAISE}"
    r"(?P<head>(?:[\w-]+\s+){0,2}?(?:experience|expertise|background|track record))\s+(?P<prep>of|in|with|as|\w{3,}ing)\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_KNOWLEDGE = re.compile(
    rf"{_PRAISE}(?P<head>knowledge|understanding|grasp|command|awareness|appreciation)(?: and (?:knowledge|understanding|awareness))?\s+of\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_FAMILIAR = re.compile(
    rf"{_PRAISE}(?:be\s+)?(?:familiarity|familiar|proficiency|proficient|competence|competent|comfortable|experienced|skilled|expert|expertise|fluency|confident|adept)\s+(?:with|in|at|using|in using|in the use of|with using)\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
# "two years' administrative experience in a busy office": the experience comes last.
_EXPERIENCE_LAST = re.compile(
    rf"{_YEARS}{_PRAISE}(?P<what>(?:[\w/-]+\s+){{1,5}}?)(?:experience|background)(?P<where>\s+(?:in|within|at|with)\s+(?:an?|the)\s+.+)?",
    re.IGNORECASE | re.DOTALL,
)
_TIME_IN = re.compile(rf"{_YEARS_GIVEN}in\s+(?P<rest>(?:an?|the)\s+.+)", re.IGNORECASE | re.DOTALL)
_USE = re.compile(rf"{_PRAISE}use of\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_SKILLS = re.compile(rf"{_PRAISE}(?P<what>(?:[\w-]+(?:,? and |, | ))+skills?)", re.IGNORECASE)
_RESPONSIBLE = re.compile(
    r"(?:be\s+|are\s+|is\s+)?(?:responsible|accountable)\s+for\s+(?:the\s+)?(?P<rest>.+)|(?:responsibility for)\s+(?P<more>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 18  # words taken from the requirement
_LONGEST_NAME = 6  # words in the name of a skill
_NO_END = frozenset(
    [
        "and",
        "or",
        "the",
        "a",
        "an",
        "of",
        "to",
        "with",
        "in",
        "for",
        "on",
        "at",
        "by",
        "as",
        "any",
        "all",
        "etc",
        "&",
        "including",
        "plus",
        "when",
        "where",
        "if",
        "that",
        "which",
        "who",
        "from",
        "into",
        "between",
    ]
)
# A slash list or an ampersand does not read aloud.
_MARKUP = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")  # emphasis of Markdown
_A_LIST = re.compile(r"\w\s*/\s*\w+\s*/|\betc\b|\?|!|[.]\s+[A-Z]")
# "organise own workload": short for "your own".
_OWN = re.compile(r"(?<!your )(?<!their )(?<!an )(?<!its )(?<!his )(?<!her )\bown\b(?= [a-z])")
_A_CLAUSE = re.compile(
    r"(?:how|what|why|when|where|who|that|the importance|the need)\b", re.IGNORECASE
)
_ODD = re.compile(
    r"[“”\"<>|{}@]|https?:|\b(?:i|he|she|they|their|them|his|her|him)\b", re.IGNORECASE
)
# Verbs that tell of the post and not of something done on an occasion.
_NOT_DEEDS = frozenset(
    [
        "be",
        "have",
        "report",
        "join",
        "receive",
        "earn",
        "enjoy",
        "learn",
        "like",
        "love",
        "want",
        "need",
        "hold",
        "possess",
        "own",
        "include",
        "require",
        "provide",
        "depend",
        "range",
        "seem",
        "appear",
        "remain",
        "live",
        "belong",
        "mean",
        "matter",
        "become",
        "interest",
    ]
)


def shortened(text: str) -> str:
    """Return a requirement's text on one line, without bullets, cut at a phrase where it is long."""
    plain = " ".join(_MARKUP.sub("", text).split()).strip(_MARKS)
    words = plain.split()
    most = _LONGEST + 6
    if len(words) <= most:
        return plain
    return f"{cut_at_phrase(plain, len(' '.join(words[:most])))} …"


def core(text: str) -> str:
    """Return the clause of a requirement that says what is asked, without markup and lead-in.

    >>> core("**You will** manage the rota, ensuring that no shift is left open.")
    'manage the rota'
    """
    plain = " ".join(_MARKUP.sub("", text).replace("’", "'").split()).strip(_MARKS)
    plain = _CUT.sub("", plain).rstrip(_MARKS)
    if lead := _LEAD_IN.match(plain):
        plain = plain[lead.end() :]
    return plain


_MOST_TOLD = 16
# What tells of hours, of the post or of everything and nothing, and what is no work to ask after.
_NO_WORK = re.compile(
    r"\b(?:on[ -]call|rotas?|shifts?|weekends?|evenings?|hours|other duties|duties as|ad[ -]hoc"
    r"|line manager|as directed|appraisals?|mandatory training|minimum|years?['’]?|months?)\b",
    re.IGNORECASE,
)
_BASIC = re.compile(r"\bbasic\b", re.IGNORECASE)
_A_QUALITY = re.compile(
    r"(?:\w+(?:ence|ance|ity|asm|ness|acy)|patience|warmth|empathy|honesty|courage|passion|compassion"
    r"|dedication|motivation|commitment|discretion|diplomacy|initiative|kindness|stamina|tact)\b",
    re.IGNORECASE,
)


def topic_of(text: str, kind: Kind) -> tuple[str, str] | None:
    """Return what a requirement is about, in words that can be spoken of, or None without any.

    The first part says what it is ("experience of"), the second quotes the requirement.

    >>> topic_of("At least two years' experience of working with museum collections", Kind.EXPERIENCE)
    ('experience of', 'working with museum collections')
    >>> topic_of("You will manage the ward rota", Kind.DUTY)
    >>> topic_of("The post holder will take blood samples from adults", Kind.DUTY)
    ('', 'take blood samples from adults')
    """
    plain = core(text)
    if not plain or _ODD.search(plain) or _A_LIST.search(plain) or _BASIC.search(text):
        return None
    found = _topic(plain, kind)
    if found is None:
        return None
    lead, phrase = found[0], found[1].strip(_MARKS)
    words = phrase.lower().split()
    if not words or len(words) > _MOST_TOLD or words[-1] in _NO_END or _NO_WORK.search(phrase):
        return None
    return lead, _kept_inside(phrase) if lead else in_sentence(phrase)


def _topic(plain: str, kind: Kind) -> tuple[str, str] | None:
    if match := _ABLE.fullmatch(plain):
        able = is_verb(match["verb"].lower()) and match["rest"]
        return ("somebody who can", f"{match['verb'].lower()} {match['rest']}") if able else None
    if match := _EXPERIENCE.fullmatch(plain):
        prep = match["prep"].lower()
        if prep in {"in", "as"} or re.match(r"an?\b|the\b|similar", match["rest"], re.IGNORECASE):
            return None  # a place or a post is no work to ask after
        if prep in {"of", "with"}:
            return f"experience {prep}", match["rest"]
        return "experience of", f"{prep} {match['rest']}"
    if match := _KNOWLEDGE.fullmatch(plain):
        return f"{match['head'].lower()} of", match["rest"]
    if match := _SKILLS.fullmatch(plain):
        return "", match["what"]
    if kind is Kind.ATTRIBUTE:
        first = plain.partition(" ")[0]
        named = _A_QUALITY.match(plain) or base_of_gerund(first.lower())
        return ("", plain) if named else None
    if kind is not Kind.DUTY:
        return None
    first, _, rest = plain.partition(" ")
    opening = first.lower().rstrip(",")
    base = base_of_gerund(opening) or opening
    told = is_verb(base) and base not in _NOT_DEEDS and len(rest.split()) > 1
    return ("", plain) if told else None


def is_grave(text: str) -> bool:
    """Tell whether a text speaks of death, violence or grief, where success is no word to use.

    >>> is_grave("Collect the deceased from hospitals"), is_grave("Collect parcels")
    (True, False)
    """
    return _grave().search(text) is not None


@cache
def _grave() -> re.Pattern[str]:
    return _any_of(_content()["grave"])


def _filled(text: str, kind: Kind) -> str | None:
    """Return a question in the requirement's own words, or None where the English would suffer."""
    plain = core(text)
    if not plain or _ODD.search(plain) or not 2 <= len(plain.split()) <= _LONGEST + 6:
        return None
    question = _by_phrase(plain) or _by_gerund(plain, kind) or _by_verb(plain, kind)
    if question is None or len(question.split()) > _LONGEST + 12:
        return None
    return question


def _by_phrase(plain: str) -> str | None:
    """Return a question from a phrase such as "experience of ...", "ability to ...", "... skills"."""
    if match := _ABLE.fullmatch(plain):
        return _had_to(match["verb"], match["rest"])
    if match := _EXPERIENCE.fullmatch(plain):
        return _about(f"{in_sentence(match['head'])} {match['prep'].lower()}", match["rest"])
    if match := _KNOWLEDGE.fullmatch(plain):
        rest = _inside(match["rest"])
        if not rest or _A_CLAUSE.match(rest):
            return None
        return f"How have you used your {match['head'].lower()} of {rest}?"
    if match := _FAMILIAR.fullmatch(plain):
        return _about("experience of", match["rest"])
    if (match := _EXPERIENCE_LAST.fullmatch(plain)) and not _A_LIST.search(plain):
        what, where = match["what"].strip(), match["where"] or ""
        if re.fullmatch(_PRAISE, f"{what} ", re.IGNORECASE):  # "successful experience" of what?
            return None
        return f"Tell me about your {in_sentence(what)} experience{where.rstrip(_MARKS)}."
    if match := _TIME_IN.fullmatch(plain):
        return _about("work in", match["rest"])
    if match := _USE.fullmatch(plain):
        return _about("experience of using", match["rest"])
    if (match := _SKILLS.fullmatch(plain)) and len(match["what"].split()) <= _LONGEST_NAME:
        return f"Tell me about a time when your {in_sentence(match['what'])} made a difference."
    if match := _RESPONSIBLE.fullmatch(plain):
        rest = _inside(match["rest"] or match["more"])
        return f"Tell me about a time when you were responsible for {rest}." if rest else None
    return None


def _by_gerund(plain: str, kind: Kind) -> str | None:
    """Return a question from a behaviour, as the civil service names it: "Delivering at pace"."""
    first, _, rest = plain.partition(" ")
    of_one = kind is Kind.ATTRIBUTE and base_of_gerund(first.lower()) and " " in rest
    if not of_one:
        return None
    return None if re.search(r"\w{3,}ing\b", rest) else _had_to(first, rest)


def _by_verb(plain: str, kind: Kind = Kind.DUTY) -> str | None:
    """Return a question from a line that opens with a verb: "Manage the rota", "Managing ..."."""
    plain = re.sub(rf"^{_YEARS_GIVEN}(?=\w+ing\b)", "", plain, flags=re.IGNORECASE)
    first, _, rest = plain.partition(" ")
    low = first.lower().rstrip(",")
    second, _, after = rest.partition(" ")
    if low.endswith("ly") and is_verb(second):
        return _had_to(f"{low} {second.lower()}", after)
    if base := base_of_gerund(low):
        return None if base in _NOT_DEEDS else _about(f"experience of {first.lower()}", rest)
    following = second.lower().rstrip(",")
    if kind is Kind.ATTRIBUTE:  # "Calm and dignified", "Drive for results": what somebody is or has
        return None
    after_it = DETERMINERS | {"and", "or", "new"}
    if kind is Kind.DUTY:
        after_it |= PREPOSITIONS
    third = after.partition(" ")[0].lower().rstrip(",")
    if following in {"and", "or", "and/or"} and not is_verb(third):
        return None  # "Clear and confident telephone manner", "React and Angular"
    an_object = following in after_it or first.endswith(",")
    if is_often_a_noun(low) and not an_object:
        return None
    return _had_to(first, rest) if is_verb(low) else None


def _had_to(verb: str, rest: str) -> str | None:
    low = verb.lower()
    bare = low.rstrip(",").rpartition(" ")[2]
    if base := base_of_gerund(bare):
        low, bare = low.replace(bare, base), base
    if not is_verb(bare) or bare in _NOT_DEEDS:
        return None
    inside = _inside(rest)
    if rest.strip(_MARKS) and not inside:
        return None
    return f"Tell me about a time when you had to {f'{low} {inside}'.strip()}."


def _about(head: str, rest: str) -> str | None:
    inside = _inside(rest)
    return f"Tell me about your {head} {inside}." if inside else None


def _inside(rest: str) -> str:
    """Return the words to take over, ``""`` when they are too many or end in the middle."""
    text = rest.strip(_MARKS)
    words = text.split()
    text = _OWN.sub("your own", text)
    if not words or len(words) > _LONGEST or words[-1].lower() in _NO_END or _A_LIST.search(text):
        return ""
    return _kept_inside(text)


# "Multi-drop" at the head of a line: a name with a hyphen has capitals on both sides of it.
_COMPOUND = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)+")


def in_sentence(text: str) -> str:
    """Return a line as it stands inside a sentence: a capital that only opens a line is taken away.

    >>> in_sentence("Knife skills"), in_sentence("Excel and Word"), in_sentence("Gaelic speaker")
    ('knife skills', 'Excel and Word', 'Gaelic speaker')
    """
    first, space, rest = _kept_inside(text).partition(" ")
    return (first.lower() if _is_common(first.rstrip(",")) else first) + space + rest


def _kept_inside(text: str) -> str:
    """Return words from inside a line: only words that are no name anywhere lose a capital."""
    first, space, rest = text.partition(" ")
    if first.istitle() and first.lower() in read_words("matching/capitalised_names.txt"):
        return text  # React and Word are names, and common words besides
    if _COMPOUND.fullmatch(first):
        first = first.lower()
    return joined(lower_heading([first])) + space + rest


@cache
def _kept_capitals() -> frozenset[str]:
    """Return the names, lower case, that texts at large write small as often as not."""
    languages = (line.lower() for line in read_words("languages.txt"))
    return frozenset(["excel", *languages])


def _is_common(word: str) -> bool:
    """Tell whether a word with a capital is no name."""
    if not word.istitle() or not word.isalpha() or word == "I":
        return False
    low = word.lower()
    names = background().names
    if low in read_words("matching/capitalised_names.txt"):
        return False
    return (
        low in load_vectors()
        and low not in _kept_capitals()
        and not any(term.key in names for term in terms(low))
    )


def kind_of(text: str) -> Kind:
    """Return the kind of a requirement that comes as plain text.

    >>> kind_of("Full UK driving licence").value, kind_of("Manage the ward rota").value
    ('licence', 'duty')
    """
    plain = " ".join(text.split()).strip(_MARKS)
    if lead := _LEAD_IN.match(plain):
        plain = plain[lead.end() :]
    kind = decide_kind(text, SectionKind.REQUIREMENTS)
    if kind in {Kind.SKILL, Kind.ATTRIBUTE} and plain and not _ABLE.fullmatch(plain):
        made = _by_verb(plain)
        if made is not None and made.startswith("Tell me about a time"):
            return Kind.DUTY
        if kind is Kind.SKILL and not find_kinds(plain) and _is_deed(plain):
            return Kind.DUTY
    return kind


# What makes a name of a verb before it ("Project planning"), and an object ("organisational change").
_OF_NAME = re.compile(r"(?:ing|ment|tion|sis|ysis|ance|ence|ship|ware)$")
_OF_OBJECT = re.compile(r"(?:al|ous|ive|ful|able|ible|ic|ary)$")


def _is_deed(plain: str) -> bool:
    """Tell whether a line orders something done, though its verb is a noun as well.

    >>> _is_deed("Process payroll for 60 staff"), _is_deed("Process improvement in hospitals")
    (True, False)
    """
    words = [word.rstrip(",").lower() for word in plain.split()]
    if len(words) < _FEWEST_OF_DEED or not is_work(words[0]) or base_of_gerund(words[0]):
        return False
    if _OF_NAME.search(words[1]):
        return False
    return bool(_OF_OBJECT.search(words[1])) or any(
        word in DETERMINERS | PREPOSITIONS | {"to"} for word in words[2:]
    )


_FEWEST_OF_DEED = 3
