"""Skill phrases: what stands after "experience of", named tools, papers, qualities, work to do."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import attrs

from starkit.adverts.verbs import begins_with_verb, is_verb
from starkit.cues.kinds import (
    find_characters,
    find_credentials,
    find_languages,
)
from starkit.cues.plain import KEPT, lower, plain, without_marks

SKILL, KNOWLEDGE, OTHER = "SKILL", "KNOWLEDGE", "OTHER"

# What is longer is no phrase, and no line of an advert either.
_LONGEST_TEXT = 1500


@attrs.frozen
class Phrase:
    """A phrase that names a skill (``SKILL``), a field or tool (``KNOWLEDGE``) or a paper (``OTHER``)."""

    start: int
    end: int
    label: str


# Head words with what they govern: doing something, or knowing something.
_GOVERNS = re.compile(
    r"""\b(?:
      (?P<does>
          (?:abilit(?:y|ies)|aptitude|capab(?:le|ility)|able|confidence|willing(?:ness)?|capacity|keen|eager(?:ness)?|happy|prepared|desire)\ to
        | (?:capable|skilled|proven\ success|adept|good|great|excellent|confident|comfortable|competent|effective|experienced)\ (?:of|at|in|when|with)\ (?=\w+ing\b)
        | know\ how\ to | passion(?:ate)?\ (?:for|about)\ (?=\w+ing\b) | track\ record\ (?:of|in|for) | responsible\ for | committed\ to | years'?\ (?=(?!working)\w+ing\b)
        | (?:experienced?|skills?|background|practice|competence|expertise|knowledge|understanding)\ (?:of|in|with|at|from|when)\ (?=\w+ing\b)
      )
    | (?P<knows>
          experienced?\ (?:of|in|with|using|within|working\ with|working\ in|across|on|as\ an?|at|from) | experience:
        | worked\ (?:in|as\ an?|with|on|within) | background\ (?:in|of|as\ an?|within) | exposure\ (?:to|of|in) | involvement\ (?:in|with)
        | knowledge\ (?:of|in|about|on) | understanding\ (?:of|in|about) | familiar(?:ity)?\ with | aware(?:ness)?\ of | (?:working\ )?(?:grasp|command|appreciation)\ of
        | insight\ into | expertise\ (?:in|with|on) | expert\ (?:in|on|user\ of) | proficien(?:t|cy)\ (?:in|with|user\ of|use\ of|using|at) | competen(?:t|ce|cy)\ (?:in|with|user\ of|use\ of|using)
        | skill(?:s|ed)\ (?:in|with|using) | qualified\ (?:in|to) | trained\ in | conversant\ with | well[ -]versed\ in | (?:comfortable|confident)\ (?:with|in|using) | at\ home\ with
        | hands[ -]on\ with | fluent\ in | fluency\ in | literate\ in | passion(?:ate)?\ (?:for|about) | interest(?:ed)?\ in | understand(?:s|ing)? | principles\ of | fundamentals\ of
        | (?:use|user)\ of | years'?\ (?:of|in|as\ an?|working\ in|working\ with) | months'?\+?\ (?:of|in|as\ an?) | certified\ in | specialis(?:ing|ed)\ in
      )
    )\ +(?=\S)""",
    re.VERBOSE,
)

# Where what a head word governs comes to an end.
_STOP = re.compile(
    r"""(?:
      [;:()\[\]!?]|\.(?=\s|$)|\ -\ |\ –\ 
    | ,?\ (?:ideally|preferably|including|such\ as|e\.g\.?|for\ example|like|especially|particularly|in\ particular|plus|but|which|that|who|where|when|while|whilst|because|since|unless|so|if|although|though|as\ well\ as|along\ with|together\ with)\b
    | \ (?:is|are|would|will|can|may|should|must|has|have|was|were|required|preferred|desirable|essential|needed|gained|needed|strongly|highly)\b
    | \ (?:in\ order|in\ line|to\ (?:join|meet|support|help|ensure|achieve|deliver|enable|a\ (?:high|good)|the\ highest)|as\ (?:part|an?|required|needed|well)|within\ (?:an?|the)|in\ (?:an?|the|a\ similar)|on\ (?:an?|the)|at\ (?:an?|the|all)|for\ (?:an?|the|our|data|your|us)|across\ (?:the|all|an?)|through|under|towards|during|from\ (?:an?|the)|by|built\ (?:on|in|with)|based\ on|written\ in)\b
    | \ (?:to|with)\ (?:an?|the|our|people|all)\b
    | ,?\ and\ (?:an?\ |the\ )?(?:experience|knowledge|understanding|ability|able|willingness|good|strong|excellent|commitment|passion)\b
    )""",
    re.VERBOSE,
)

# The parts of a list: "A, B and C", "A / B", "A and/or B".
LIST = re.compile(
    r",? and/or |,? (?:and|or|&|plus) (?:of |in |with |on )?|, (?:of |in |with )?| ?/ ?"
)

# Words before a name that only say how good or which.
_WEAK = re.compile(
    r"(?:(?:an?|the|any|some|all|another|our|your|their|its|other|various|relevant|similar|good|great|excellent|strong|solid|sound|proven|deep|thorough|broad|basic|advanced|detailed|working|practical|hands-on|extensive|significant|in-depth|in depth|demonstrable|demonstrated|outstanding|exceptional|effective|previous|prior|recent|current|existing|commercial|professional|at least one|one or more|modern|new|different|multiple|both|either|least|high|highly|very|minimum|clear|valid|full|busy|own|use of|using|working with|working in|related|least|general|specific|key|further|first-class|superb|minimum|\d+ wpm|decent|genuine|real|proficient|competent) )+",
)
_WEAK_END = re.compile(
    r" (?:etc|skills and|or similar|or equivalent|and similar|or other|a similar \w+|and so on|experience|well|tools?|technologies)\.?$"
)

# "Written and verbal communication skills", "driving skills".
_SKILLS = re.compile(r"\bskills\b(?! (?:to|in|gap|required|needed|you))")
_BEFORE_SKILLS = re.compile(r"(?:[\w'-]{2,20}(?:,| and| &| or|/)?[ /]){1,5}$")
_LEAD_TO_SKILLS = re.compile(
    r"\b(?:have|has|with|your|possess|need|are|is|of|must|in|demonstrate|show|the|includ\w+|skills and|skills,) "
)
_ROOM_BEFORE = 80

# "Multi-drop experience", "3+ years of commercial backend development experience".
_EXPERIENCE = re.compile(r"\bexperience\b")
_BEFORE_EXPERIENCE = re.compile(r"(?:[\w'&/-]{2,20} ){1,4}$")
_NOT_FIELD = re.compile(
    r"\b(?:years?'?|yrs|months?'?|of|have|has|with|your|the|minimum|proven|demonstrable|previous|relevant|similar|no|any|some|an?|and|or|is|for|in|at|as|more|plus|successful|equivalent|hands-on|practical|commercial|professional|good|strong|extensive|solid|significant|working|prior|recent|gained|least|must|need|will|be|post-registration|post-qualification) ",
)

# A list after "such as": every part of it is a name.
_SUCH_AS = re.compile(
    r"(?:such as|e\.g\.?,?|for example|like|including|in particular|incl\.?)[ :]+"
)

# Names by their looks: C++, .NET, Node.js; SQL, GDPR, NEWS2; GitHub, PostgreSQL; ISO 27001.
_NAME = re.compile(
    r"""(?<![\w.@&-])(?:
      (?:[A-Z][\w]{0,14}\+\+|[CF]\#|[A-Z]{0,4}\.NET(?:\ Core|\ Framework)?|\w{2,16}\.(?:js|JS|io|NET|net)\b)
    | [A-Z]{2,8}\d{0,5}(?:/[A-Z]{2,5})?s?(?:\ \d{3,5})?(?![\w&-]|\ ?[£$])
    | [A-Z][a-z]{1,14}[A-Z]\w{1,14}
    | [a-z]{1,3}[A-Z]\w{2,12}
    )(?!\w)""",
    re.VERBOSE,
)
# Capitalised words inside a sentence: "Working Time Directive", "Microsoft 365", "SEND Code of Practice".
_PROPER = re.compile(
    r"(?<![.!?:] )(?:(?<=[\w,(/&-] )|(?<=[\w#+]/)|(?<=\())(?:[A-Z][\w&+#'-]*(?:\.\w+)?)(?: (?:of |and |for |to |& )?(?:[A-Z][\w&+#'-]*|\d{1,4}(?![\d,-])))*(?:\.js)?"
)
# A first word that is a name since others follow it in a list, or since it is what is spoken of.
_FIRST = re.compile(
    r"(?P<name>[A-Z][\w+#.-]{0,16}(?: [A-Z][\w+#.-]{0,16}){0,2})"
    r"(?=(?:,| and/or| or| and| &| /|/) ?(?:or |and )?[A-Z]|,? (?:is|are|would|experience|skills|knowledge|preferred|essential|desirable|required|for|in production|or similar|or equivalent)\b|\W*$)"
)
# "React and/or Angular": a verb by its letters, a tool by its neighbour.
_BESIDE_NAME = re.compile(r",? (?:and/or|or) [A-Z]|, [A-Z]\w+(?:,| or| and) [A-Z]|/[A-Z]")
_NOT_NAME = frozenset(
    [
        "uk",
        "u.k.",
        "us",
        "usa",
        "eu",
        "uae",
        "gb",
        "hr",
        "pa",
        "am",
        "pm",
        "cv",
        "cvs",
        "id",
        "ok",
        "faq",
        "etc",
        "you",
        "your",
        "we",
        "our",
        "they",
        "the",
        "a",
        "an",
        "i",
        "if",
        "in",
        "on",
        "at",
        "to",
        "of",
        "for",
        "and",
        "or",
        "no",
        "not",
        "must",
        "full",
        "part",
        "good",
        "strong",
        "excellent",
        "able",
        "ability",
        "experience",
        "experienced",
        "knowledge",
        "understanding",
        "skills",
        "skill",
        "degree",
        "diploma",
        "certificate",
        "licence",
        "license",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "trust",
        "company",
        "council",
        "school",
        "team",
        "manager",
        "managers",
        "director",
        "head",
        "department",
        "england",
        "scotland",
        "wales",
        "britain",
        "london",
        "ireland",
        "europe",
        "christmas",
        "easter",
        "essential",
        "desirable",
        "required",
        "communication",
        "attention",
        "proven",
        "previous",
        "minimum",
        "responsible",
        "please",
        "this",
        "that",
        "these",
        "being",
        "level",
        "valid",
        "current",
        "flexible",
        "reliable",
        "kind",
        "warm",
        "discreet",
        "keen",
        "fit",
        "right",
        "own",
        "two",
        "three",
        "five",
        "one",
        "day",
        "night",
        "what",
        "who",
        "how",
        "why",
        "when",
        "where",
        "it",
        "is",
        "are",
        "be",
        "by",
        "as",
        "from",
        "with",
        "some",
        "any",
        "all",
        "other",
        "working",
        "commitment",
        "evidence",
        "sound",
        "use",
        "using",
        "familiar",
        "familiarity",
        "solid",
        "basic",
        "advanced",
        "competent",
        "proficient",
        "confident",
        "willingness",
        "willing",
        "passion",
    ]
)


# A doing after a head word: "experience of (safely) taking minutes".
_DOING = re.compile(
    r"(?:\w{1,20}ly )?\w{2,30}ing\b(?! (?:skills|experience|tools|systems?|software|environment|or|and|,))"
)


def governed(text: str) -> Iterator[tuple[int, int]]:
    """Yield what each head word of ``text`` (after ``plain``) governs, when it is no doing.

    >>> [text[start:end] for text in ["Knowledge of tax or audit"] for start, end in governed(text)]
    ['tax or audit']
    """
    for start, end, does in _governed(lower(text)):
        if not does:
            yield start, end


def _governed(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield what head words govern, and whether it is a doing; ``text`` is in lower case."""
    for found in _GOVERNS.finditer(text):
        start = found.end()
        stop = _STOP.search(text, start)
        end = stop.start() if stop else len(text)
        following = _GOVERNS.search(text, start, end)
        if following:
            end = following.start()
        yield start, end, found["does"] is not None or _DOING.match(text, start) is not None


def without_weak(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place without words and signs at its ends that name nothing.

    >>> text = "a good degree, or similar"
    >>> text[slice(*without_weak(text, 0, len(text)))]
    'degree'
    """
    low = lower(text)
    weak = _WEAK.match(low, start, end)
    if weak and weak.end() < end:
        start = weak.end()
    while start < end and text[start] in " ,;:.'\"-/&*" and not text.startswith(".NET", start):
        start += 1
    while end > start and text[end - 1] in " ,;:'\"-/&*":
        end -= 1
    if end > start and text[end - 1] == "." and not text[start:end].endswith(("etc.", "e.g.")):
        end -= 1
    trail = _WEAK_END.search(low, max(start, end - _LONGEST_WEAK_END), end)
    if trail and trail.start() > start:
        return without_weak(text, start, trail.start())
    return start, end


# How far from its end a phrase may begin to name nothing.
_LONGEST_WEAK_END = 30


_WORD = re.compile(r"[A-Za-z-]+")


def find_phrases(text: str) -> tuple[Phrase, ...]:
    """Return the skill phrases in one sentence or list item, in order; they may nest.

    >>> text = "Experience of taking minutes; uses Word, Excel or C#"
    >>> [text[phrase.start : phrase.end] for phrase in find_phrases(text)]
    ['taking minutes', 'Word', 'Excel', 'C#']
    """
    return () if len(text) > _LONGEST_TEXT else _phrases(text)


@lru_cache(maxsize=KEPT)
def _phrases(text: str) -> tuple[Phrase, ...]:
    clean, places = without_marks(text)
    found = _Found(plain(clean))
    found.read()
    spans = sorted(found.spans.items())
    if places is None:
        return tuple(Phrase(start, end, label) for (start, end), label in spans)
    return tuple(Phrase(places[start], places[end - 1] + 1, label) for (start, end), label in spans)


def _last_end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where the last match between two places ends, or the first place without one."""
    last = start
    for found in pattern.finditer(text, start, end):
        last = found.end()
    return last


class _Found:
    """The phrases of one text while they are being found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = lower(text)
        self.spans: dict[tuple[int, int], str] = {}

    def read(self) -> None:
        text = self.text
        for start, end in find_credentials(text):
            self.add(start, end, OTHER)
        for start, end in find_languages(text):
            self.add(start, end, KNOWLEDGE)
        for start, end, does in _governed(self.low):
            if does:
                self._work(start, SKILL, end)
            else:
                self._parts(start, end, KNOWLEDGE)
        self._lists()
        self._named_skills()
        self._fields()
        self._names()
        for start, end in find_characters(text):
            self.add(start, end, SKILL)
        if begins_with_verb(text):
            self._work(0, SKILL)

    def add(self, start: int, end: int, label: str) -> None:
        text = self.text
        start, end = without_weak(text, start, end)
        if end - start < 1 or end - start > _LONGEST_PHRASE:
            return
        if text[start:end].lower() in _NOT_NAME:
            return
        # The first word on a place stands: credentials before names, names before the rest.
        if any(s < end and start < e and not (s <= start and end <= e) for s, e in self.spans):
            return
        if any(s <= start and end <= e for s, e in self.spans):
            return
        self.spans[(start, end)] = label

    def _parts(self, start: int, end: int, label: str) -> None:
        at = start
        for found in LIST.finditer(self.low, start, end):
            if found.start() > at:
                self.add(at, found.start(), label)
            at = found.end()
        self.add(at, end, label)

    def _work(self, start: int, label: str, end: int | None = None) -> None:
        """Add doings: cut where another verb follows a comma or *and*, stop at what explains."""
        text = self.text
        if end is None:
            stop = _STOP.search(self.low, start)
            end = stop.start() if stop else len(text)
        at = start
        for found in LIST.finditer(self.low, start, end):
            following = _WORD.match(text, found.end(), end)
            words = text[at : found.start()].split()
            if following and is_verb(following.group()) and len(words) > 1:
                self.add(at, found.start(), label)
                at = found.end()
        self.add(at, end, label)

    def _lists(self) -> None:
        for found in _SUCH_AS.finditer(self.low):
            stop = _STOP.search(self.low, found.end())
            self._parts(found.end(), stop.start() if stop else len(self.text), KNOWLEDGE)

    def _named_skills(self) -> None:
        for found in _SKILLS.finditer(self.low):
            room = max(0, found.start() - _ROOM_BEFORE)
            before = _BEFORE_SKILLS.search(self.low, room, found.start())
            if before:
                lead = _last_end(_LEAD_TO_SKILLS, self.low, before.start(), found.start())
                self.add(lead, found.end(), SKILL)

    def _fields(self) -> None:
        for found in _EXPERIENCE.finditer(self.low):
            room = max(0, found.start() - _ROOM_BEFORE)
            before = _BEFORE_EXPERIENCE.search(self.low, room, found.start())
            if before:
                start = _last_end(_NOT_FIELD, self.low, before.start(), found.start())
                if start < found.start() - 2:
                    self.add(start, found.start(), KNOWLEDGE)

    def _names(self) -> None:
        text = self.text
        first = _FIRST.match(text)
        if first and first["name"].split()[0].lower().rstrip(".") not in _NOT_NAME:
            word = first["name"].split()[0]
            if (
                not is_verb(word) or _BESIDE_NAME.match(text, len(word))
            ) and word.lower() not in _common():
                self.add(*first.span("name"), KNOWLEDGE)
        for pattern in (_PROPER, _NAME):
            for found in pattern.finditer(text):
                words = found.group().split()
                if words[0].lower() in _NOT_NAME or words[-1].lower() in {"ltd", "plc", "limited"}:
                    continue
                self.add(_name_start(text, found), found.end(), KNOWLEDGE)


def _name_start(text: str, found: re.Match[str]) -> int:
    """Return where a name of several words begins: with the first word of the line, perhaps."""
    first = _ALONE_BEFORE.fullmatch(text, 0, found.start())
    if first is None or " " not in found.group():
        return found.start()
    word = first[1].lower()
    names = word not in _NOT_NAME and word not in _common() and not is_verb(first[1])
    return 0 if names else found.start()


_ALONE_BEFORE = re.compile(r"([A-Z][a-z'-]{2,20}) ")


_LONGEST_PHRASE = 90


@cache
def _common() -> frozenset[str]:
    """Return words that begin lines of adverts with a capital and are no names."""
    return frozenset(
        [
            "a",
            "an",
            "the",
            "you",
            "we",
            "our",
            "they",
            "candidates",
            "applicants",
            "applicant",
            "candidate",
            "successful",
            "ideal",
            "experience",
            "experienced",
            "ability",
            "able",
            "good",
            "great",
            "excellent",
            "strong",
            "outstanding",
            "solid",
            "sound",
            "proven",
            "demonstrable",
            "previous",
            "relevant",
            "knowledge",
            "understanding",
            "minimum",
            "at",
            "least",
            "must",
            "should",
            "will",
            "have",
            "has",
            "having",
            "hold",
            "holds",
            "degree",
            "bachelor",
            "bachelors",
            "master",
            "masters",
            "qualified",
            "registered",
            "full",
            "valid",
            "clean",
            "current",
            "flexible",
            "team",
            "people",
            "person",
            "highly",
            "well",
            "self",
            "driving",
            "driver",
            "any",
            "some",
            "no",
            "not",
            "desirable",
            "essential",
            "required",
            "preferred",
            "ideally",
            "preferably",
            "attention",
            "passion",
            "commitment",
            "evidence",
            "willingness",
            "confidence",
            "competence",
            "competent",
            "proficiency",
            "proficient",
            "fluent",
            "fluency",
            "first",
            "second",
            "level",
            "other",
            "both",
            "either",
            "each",
            "personal",
            "professional",
            "technical",
            "commercial",
            "practical",
            "computer",
            "customer",
            "sales",
            "office",
            "right",
            "own",
            "physical",
            "in",
            "of",
            "on",
            "with",
            "within",
            "for",
            "to",
            "from",
            "by",
            "as",
            "is",
            "are",
            "be",
            "it",
            "this",
            "that",
            "there",
            "these",
            "those",
            "all",
            "high",
            "more",
            "most",
            "many",
            "two",
            "three",
        ]
    )
