"""Clauses: where one demand of a sentence ends and the next begins, and what to cut off."""

import re
from functools import cached_property

from starkit.adverts.head import is_role
from starkit.cues.kinds import find_kinds
from starkit.cues.labels import Kind, Priority
from starkit.cues.plain import lower
from starkit.cues.priority import PriorityCue, find_priorities, is_taken_back

_SUBJECT = (
    r"(?:you|who(?= must\b)|applicants?|candidates?|they|he/she|she|he|the (?:post ?holder|successful candidate"
    r"|successful applicant|right person|candidate|applicant|jobholder|role|post|position)"
    r"|all (?:[\w']{2,14} ){1,2}|drivers|staff|managers)"
)

# Where a sentence may be cut: a semicolon, a conjunction, a comma, a spaced dash.
_BOUNDARY = re.compile(
    r";\s*(?:and |or |but )?|,? (?:but|while|whilst|whereas|although|though|however)\b,? "
    r"|,? and (?:also )?|, (?:so(?! much)|plus|with|then|or) |, | - |\. ",
)

# A new demand with its own subject: ", and you must ...", "; applicants will need ...".
_NEW_SUBJECT = re.compile(
    rf"we (?:will |'ll |do |also )?(?:need|require|ask|expect)\b|(?:also |then |therefore |due to [\w' ]{{1,40}}?|because of [\w' ]{{1,40}}?)?{_SUBJECT} ?(?:will|'ll|must|should|need|needs|may|have to|are required)\b",
)

# "..., and the committee will expect you to be at ease with ...".
_EXPECTS = re.compile(
    r"(?:the|our) [\w' -]{2,30}? (?:will |would |also )?(?:expects?|requires?|needs?|asks?) (?:you|candidates|applicants|somebody|someone|anyone|everyone)\b"
)

# "..., and the Curator deputises for ...": the job title begins another sentence.
_ROLE_AGAIN = re.compile(r"the ((?:[A-Z][\w/&'-]{1,20} ){1,4})(?:(?:will|has|must)\b|\w{3,15}s )")

# "... and proof of address will be required": a thing with its own demand behind it.
_OWN_DEMAND = re.compile(
    r"\A(?!(?:is|are|be|or|also)\b)[^,;:]{3,100} (?:is|are|will be) (?:also )?(?:required|essential|needed|necessary|mandatory|a must|desirable|preferred)\b"
)

_TO_READER = re.compile(r"you(?:'ll| will| should| must|'re| are) ")

# "... and as such this post is subject to ..."
_AS_SUCH = re.compile(
    r"(?:as such|therefore|consequently),? (?:this|the) (?:post|role|position|job)\b"
)

# ... or without one: "you must have two years, and be confident on your own".
_SAME_SUBJECT = re.compile(r"(?:also |to )?(?:be|have|hold|possess) \w")

# ", as is a working knowledge of ..." repeats the demand before it.
_AS_IS = re.compile(r", as (?:is|are|does|do|will|would) |,? and so (?:is|are|will|would) ")

# What follows one of these explains, and asks for nothing. "So that every ward is covered" is what the
# work is for, and stays unless it is longer than 140 characters.
_TAIL = re.compile(
    r"""(?:
      ,?\ because\b | ,?\ since\ (?:we|this|the|you|it|our|they)\b
    | (?<!such)(?<!well)(?<!same)(?<!known),?\ as\ (?:we|you\ (?:will|'ll|may|are)|you'll|it|it's|this|the|our|they|most|all|every|full|there|that's?|cvs|training|much|some|part\ of\ (?:our|the))\b
        (?!\ (?:as|above|below)\b)
    | ,?\ so\ that\ (?:we|you)\b | ,?\ so\ that\b(?=.{141}) | ,?\ so\ (?:we\b|you\ (?:can|will|may)\b|they\b|it\b|this\b|please\b) | ,?\ in\ order\ to\b | ,?\ due\ to\ (?:the|our)\b
    | ,\ (?:for|in|of|during|to|at)\ which\b | ,\ which\ (?:is|are|will|we)\b
    | ,?\ but\ (?:our|we|they|the|this|it|you\ (?:don't|do\ not|will)|experience|full|training|not\ to\ worry|don't|please|if)\b
    | ,?\ (?:although|though)\ (?:we|this|you|it|our|full|training|the|applic|candidates)\b
    | ,?\ and\ (?:full\ |further\ |some\ )?(?:training|support|applications?)\ (?:is|are|will|can|from|given)\b
    | ,?\ and\ (?:the|all|everything)\ (?:[\w'-]{2,14}\ ){0,3}(?:(?:can|will)\ be\ (?:taught|learned|learnt)|we(?:'ll|\ can|\ will)\ teach)\b
    | ,?\ and\ (?:we|it's)\b | ,\ and\ (?:our|this)\b
    | ,?\ with\ (?:full\ )?training\ (?:provided|given|available)
    | \ -\ (?:we|you'll|you\ will|you\ won't|don't|it's|this|they|our|please|that's)\b | ,\ (?:we|our|we'll|we're|it's|it|this|they're|there)\ (?:\w)
    | ,\ the\ \w{2,14}\ (?:is|are|will|has|can)\b
    | \ following\ the\ (?:retirement|promotion|departure|success|recent|resignation)\b | \ to\ join\ (?:our|us|the|a|an|their|this|my)\b | \ unless\b | ,?\ or\ else\b
    | ,?\ depending\ on\b | \ (?:\.{2,3}|:\ ?$)
    )""",
    re.VERBOSE,
)

# Words before the demand that belong to no one.
_LEAD = re.compile(
    r"""(?:
      please\ (?:also\ )?note:?\ (?:that\ )?(?:this\ role\ requires\ )? | n\.?b\.?:?\  | note:\ 
    | (?:however|in\ addition|additionally|furthermore|also|moreover|finally|and|but|so|plus|then|or|therefore|lastly|as\ well|as\ such),?\ 
    | (?:because\ of|due\ to|given|owing\ to|as\ part\ of|as\ a\ result\ of)\ [^,.;]{3,60}?,?\ (?=(?:you|applicants?|candidates?|the\ (?:successful|post))\b)
    | (?:as|since|because)\ [^,.;]{5,80},\ (?=(?:you|applicants?|candidates?|an?|the)\b)
    | (?:it(?:\ would|'d|\ will|'ll)(?:\ also|\ really)?\ be\ (?:an?\ )?(?:\w{2,12}\ )?(?:great|good|nice|lovely|ideal|brilliant|fantastic|wonderful|helpful|useful|handy|advantage|bonus|plus|asset)
        |(?:we'd|we\ would)(?:\ also|\ really)?\ (?:love|like)\ it|(?:bonus|extra|brownie)\ points|it\ (?:would\ )?(?:also\ |really\ )?helps?
        |it(?:'s|\ is)(?:\ also)?\ an?\ (?:\w{2,12}\ )?(?:plus|bonus|advantage|asset))
        \ if\ you(?:\ also|\ already|'ve|\ have|\ had|'d|\ could|\ can|\ were|\ are|\ got){0,3}\ 
    | [^\w(\"'\[£$€#.+*&/]+
    )""",
    re.VERBOSE,
)

# Brackets at the end that explain rather than name: no choice, no example, no level inside.
_ASIDE = re.compile(r" ?\(([^()]{1,160})\)?[ .!]*$")
_KEEP_ASIDE = re.compile(
    r"\b(?:or|e\.?g|such as|including|incl|ideally|preferably|preferred|desirable|essential|required|minimum|at least"
    r"|level|grade|years?|equivalent|similar|advantage|i\.?e|class|adult|and/or|essential)\b|/|\d",
)

_END_MARKS = " \t\n\r.,;:!…-–—•*|"

# Kinds that stand by themselves: a card, a paper or a check is never part of another skill.
_APART = frozenset({Kind.LICENCE, Kind.QUALIFICATION, Kind.ELIGIBILITY, Kind.LANGUAGE})
_HEADS = frozenset({Kind.EXPERIENCE, Kind.KNOWLEDGE, Kind.SKILL})
_NAMED = frozenset({Kind.EXPERIENCE, Kind.KNOWLEDGE, Kind.SKILL, *_APART})

Span = tuple[int, int]


def split_clauses(text: str, *, duty: bool = False, item: bool = False) -> tuple[Span, ...]:
    """Return the (start, end) of each part of a sentence that makes a demand of its own.

    ``text`` is one sentence or list item after ``plain``. Lists that ask for one sort of thing stay
    whole; a change of priority, a new subject with its own *must*, or another kind of paper to show
    begins a new part.

    Args:
        text: The sentence.
        duty: True when it stands among duties, where ", and will ..." begins another one.
        item: True for the item of a list, which is one thing unless it names two sorts of papers.

    >>> text = "English is a must, German an advantage"
    >>> [text[start:end] for start, end in split_clauses(text)]
    ['English is a must', 'German an advantage']
    >>> text = "Experience of Kafka, RabbitMQ or similar"
    >>> [text[start:end] for start, end in split_clauses(text)]
    ['Experience of Kafka, RabbitMQ or similar']
    """
    if len(text) > _LONGEST:
        return ((0, len(text)),)
    sentence = _Sentence(text, item=item)
    cuts: list[Span] = []
    start = 0
    for left, right in sentence.boundaries():
        if left >= start and left and sentence.divides(start, (left, right), duty=duty):
            cuts.append((start, left))
            start = right
    cuts.append((start, len(text)))
    return tuple(span for span in (_stripped(text, *cut) for cut in cuts) if span[0] < span[1])


# What is longer is no sentence; left whole, it cannot cost more than its length.
_LONGEST = 1500


class _Sentence:
    """A sentence with the cues that decide where it is cut, each looked for once."""

    def __init__(self, text: str, *, item: bool) -> None:
        self.text = text
        self.item = item
        self.low = lower(text)

    @cached_property  # most sentences have no place to be cut at and need neither
    def cues(self) -> tuple[PriorityCue, ...]:
        return find_priorities(self.text)

    @cached_property
    def kinds(self) -> set[Kind]:
        return {cue.kind for cue in find_kinds(self.text)} & _NAMED

    def boundaries(self) -> list[Span]:
        found = {match.span() for match in _BOUNDARY.finditer(self.low)}
        found |= {match.span() for match in _AS_IS.finditer(self.low)}
        return sorted(found, key=lambda span: (span[0], -span[1]))  # the longer mark first

    def divides(self, start: int, boundary: Span, *, duty: bool) -> bool:
        """Tell whether a boundary ends the part that begins at ``start``."""
        left_end, right_start = boundary
        if _inside_brackets(self.low, start, left_end):
            return False
        mark, right = self.low[left_end:right_start], self.low[right_start:]
        if _AS_IS.match(mark):
            return True
        if duty and _AND.match(mark) and _GOES_ON_DOING.match(right):
            return right.startswith("will") or mark.startswith(",") or " you" in f" {right[:30]}"
        before = [cue for cue in self.cues if start <= cue.start and cue.end <= left_end]
        after = [cue for cue in self.cues if cue.start >= right_start]
        soon = bool(after) and after[0].start < right_start + _NEAR
        if (soon and _NEW_SUBJECT.match(right)) or _EXPECTS.match(right):
            return True
        role = _ROLE_AGAIN.match(self.text, right_start)
        if role is not None and is_role(role[1]):
            return True
        if (before or _TO_READER.match(self.low, start)) and _OWN_DEMAND.match(right):
            return True
        if _AS_SUCH.match(right):
            return True
        if soon and mark.startswith(", so") and not before:
            return True
        if self._changes_priority(start, boundary, before, after):
            return True
        if ";" in mark:
            words = min(len(self.low[start:left_end].split()), len(right.split()))
            return (
                words > _FEWEST_WORDS
                or bool(after)
                or self.text[right_start : right_start + 1].isupper()
            )
        if (
            before
            and ("," in mark or right.startswith("to be able to"))
            and _SAME_SUBJECT.match(right)
        ):
            return True
        return len(self.kinds) > 1 and self._begins_another_kind(start, boundary)

    def _changes_priority(
        self,
        start: int,
        boundary: Span,
        before: list[PriorityCue],
        after: list[PriorityCue],
    ) -> bool:
        left_end, right_start = boundary
        if not after:
            return False
        first = after[0]
        if is_narrowing(self.text, first):
            wish = first.start == right_start and "," in self.low[left_end:right_start]
            return wish and _NARROWS.match(self.low, right_start) is not None
        if not before:
            if is_taken_back(self.text[start:left_end]):
                return True  # "No degree is needed, although an interest in books helps"
            if self._adds_wish(start, boundary, first):
                return True
            # "A degree, preferably in law" narrows; "a degree, ideally with French" adds.
            return first.start == right_start and _ADDS.match(self.low, first.start) is not None
        if before[-1].priority is first.priority:
            # "A would be an advantage, and B would be a bonus": each has its own word.
            closed = before[-1].end >= left_end - 1 and "and" in self.low[left_end:right_start]
            return (
                closed
                and ", " not in self.low[right_start : first.start][-3:]
                and first.start > right_start
            )
        # A semicolon or "but" further on is a better place to cut than this comma.
        later = [
            match.group()
            for match in _BOUNDARY.finditer(self.low, right_start, first.start)
            if not _inside_brackets(self.low, start, match.start())
        ]
        return not _is_weak(self.low[left_end:right_start]) or all(map(_is_weak, later))

    def _adds_wish(self, start: int, boundary: Span, first: PriorityCue) -> bool:
        """Tell whether a thing with a wish behind it follows: "a degree - a master's an advantage"."""
        left_end, right_start = boundary
        rest = self.low[first.end :].strip(_END_MARKS)
        if (
            first.priority is not Priority.DESIRABLE
            or rest
            or _GOES_ON.match(self.low, right_start)
        ):
            return False
        left, right = self.text[start:left_end], self.text[right_start : first.start]
        heads = [cue for cue in find_kinds(right) if cue.kind in _NAMED]
        return bool(heads and heads[0].start <= _HEAD_ROOM and find_kinds(left))

    def _begins_another_kind(self, start: int, boundary: Span) -> bool:
        left_end, right_start = boundary
        mark = self.low[left_end:right_start]
        left, right = self.text[start:left_end], self.text[right_start:]
        if not _LIST_MARK.match(mark) or _GOES_ON.match(self.low, right_start):
            return False
        before = [cue for cue in find_kinds(left) if cue.kind in _NAMED]
        after = [cue for cue in find_kinds(right) if cue.kind in _NAMED] if before else []
        if not after or after[0].start > _HEAD_ROOM:
            return False
        first, second = before[0].kind, after[0].kind
        if any(cue.kind is second for cue in before):
            return False
        if second is Kind.LANGUAGE and _SPOKEN.search(left):
            return False  # "oral and written Spanish"
        if first is Kind.SKILL and _DOES_ALSO.match(right) and not _is_weak_list(left):
            return False  # "ability to read and speak English": two doings of one ability
        if {first, second} == {Kind.LICENCE, Kind.ELIGIBILITY} and _CAR.search(lower(self.text)):
            return False  # "a driving licence and use of a car" is one thing
        if self.item:
            return {first, second} <= _APART
        if first in _HEADS and len(left) - before[0].end < _LEAST_GOVERNED:
            return False  # "experience with and knowledge of": one thing under two heads
        return bool({first, second} & _APART) or Kind.SKILL not in {first, second}


_CAR = re.compile(r"\b(?:cars?|vehicles?|vans?|transport|insurance|insured|points|travel|drive)\b")

# Ways of using a language that go on behind "and": "proficiency in oral and written Spanish".
_SPOKEN = re.compile(
    r"\b(?:oral|verbal|spoken|written|speaking|reading|writing|conversational)\W*$", re.IGNORECASE
)

# A verb that goes on with "able to" or "ability to" before it.
_DOES_ALSO = re.compile(
    r"(?:\w{1,20}ly )?(?:read|write|speak|understand|communicate|converse|use|work|travel|drive|lift)\b"
)
_TO_DO = re.compile(
    r"\b(?:abilit(?:y|ies)|able|confident|willing(?:ness)?|happy) (?:to|in)\b", re.IGNORECASE
)


def _is_weak_list(left: str) -> bool:
    """Tell whether what stands before a verb is not itself a doing."""
    return _TO_DO.search(left) is None


# Two words on both sides of a semicolon may be a list; three make a demand each.
_FEWEST_WORDS = 2
# Fewer letters after a head word are only its preposition.
_LEAST_GOVERNED = 3

_AND = re.compile(r",? and (?:also )?$")
_LIST_MARK = re.compile(r",? and (?:also )?$|, (?:plus |with )?$")
_GOES_ON_DOING = re.compile(
    r"(?:(?:from time to time|in addition|where needed|when needed|at times|sometimes),? )?"
    r"(?:you(?:'ll| will| would| may)|they will|(?:the )?post ?holder will|will|to be|to) \w"
)
_ADDS = re.compile(r"ideally|preferabl[ey]")


def _is_weak(mark: str) -> bool:
    return mark.strip() in {",", "and", ", and", ", and also", "and also"}


def _inside_brackets(text: str, start: int, end: int) -> bool:
    return text.count("(", start, end) > text.count(")", start, end)


# A wish that only narrows the demand before it: ", ideally in retail".
_NARROWS = re.compile(
    r"(?:ideally|preferably)(?:,)? (?:in|with(?:in)?|from|at|gained|for|on|of|using|including|as|to|through|both)\b"
    r"(?! (?:an? )?(?:\w+ )?(?:knowledge|experience|degree|qualif|understanding|certif))",
)


def is_narrowing(text: str, cue: PriorityCue) -> bool:
    """Tell whether a cue only narrows the words before it ("retail, preferably in fashion").

    >>> text = "Two years in sales, ideally in fashion"
    >>> is_narrowing(text, find_priorities(text)[0])
    True
    """
    low = lower(text)
    if cue.start <= _NO_ROOM_BEFORE:
        return False
    return _NARROWS.match(low, cue.start) is not None or _is_aside(low, cue)


_NO_ROOM_BEFORE = 10


def is_narrowed_wish(clause: str) -> bool:
    """Tell whether a clause only wishes for a place or manner of what stands before it.

    >>> is_narrowed_wish("ideally in social housing"), is_narrowed_wish("ideally fluent in Welsh")
    (True, False)
    """
    return _NARROWS.match(lower(clause)) is not None


# Words that stand beside the cue in a bracket that speaks of all that was said: "(highly desirable)".
_BESIDE_CUE = re.compile(
    r"(?:\W|\b(?:but|not|and|or|is|are|be|would|an?|the|this|very|highly|strongly|also|if|so|essential\w*|required"
    r"|necessary|needed|desir\w+|preferr?\w*|advantag\w+|plus|bonus|asset|ideal\w*|nice|to|have|must|however|though"
    r"|although|for|role|post|position|job|mandatory|beneficial|useful|helpful|considered|distinct|big)\b)*"
)


def _is_aside(low: str, cue: PriorityCue) -> bool:
    """Tell whether a cue stands in a bracket that has things of its own to say.

    "Sales experience (lettings preferred)" wishes for lettings, "(preferred)" for the experience.
    """
    left = low.rfind("(", 0, cue.start)
    if left < 0 or low.find(")", left, cue.start) >= 0:
        return False
    right = low.find(")", cue.end)
    inner = low[left + 1 : right if right >= 0 else len(low)]
    return bool(low[:left].strip()) and _BESIDE_CUE.fullmatch(inner) is None


# A part that begins so belongs to what stands before it.
_GOES_ON = re.compile(
    r"(?:of|in|with|for|to|from|by|on|at(?! least\b)|as|that|which|who|how|when|where|or|their|its|be|have|has)\b",
)


# How far a demand may stand from the conjunction before it.
_NEAR = 100

# How far into a part its head word may stand: "a full clean UK driving licence".
_HEAD_ROOM = 22


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n\r,;:-–—•*|":
        start += 1
    while start < end and text[end - 1] in _END_MARKS:
        # A dot that belongs to a name or an abbreviation at the very end stays with it.
        if text[end - 1] == "." and re.search(r"\b(?:etc|e\.g|i\.e|p\.a)\.$", text[start:end]):
            break
        end -= 1
    return start, end


def trim(text: str, start: int, end: int) -> Span:
    """Return the place of the demand inside a clause, without reasons, asides and openings.

    >>> text = "Please note that you need a car, as we are three miles from the bus stop."
    >>> text[slice(*trim(text, 0, len(text)))]
    'you need a car'
    """
    low = lower(text)
    start, end = _stripped(text, start, end)
    begun = start
    for _ in range(2):
        lead = _LEAD.match(low, start, end)
        if lead is None or end - lead.end() < 3:
            break
        start = lead.end()
    tail = _TAIL.search(low, min(start + _LEAST_KEPT, end), end)
    while tail is not None and (
        _inside_brackets(text, start, tail.start()) or _is_main(low, start, tail)
    ):
        tail = _TAIL.search(low, tail.end(), end)
    if tail is not None and (
        not low.startswith(" - ", tail.start()) or tail.start() - begun >= _LEAST_BEFORE_DASH
    ):
        end = tail.start()
    aside = _ASIDE.search(text[start:end])
    if aside and len(aside[1].split()) > 2 and not _names_a_choice(aside[1]):
        end = start + aside.start()
    return _stripped(text, start, end)


def _names_a_choice(aside: str) -> bool:
    low = lower(aside)
    if _EXPLAINS.match(low):
        return _NAME_OR_NAME.search(aside) is not None
    return _KEEP_ASIDE.search(low) is not None or not _SENTENCE_ASIDE.search(low)


_EXPLAINS = re.compile(r"(?:we|you|it|this|as|paid|our|they|please|for|so)\b")
# What makes a sentence of a bracket, and so an explanation.
_SENTENCE_ASIDE = re.compile(
    r"\b(?:we|you|our|is|are|will|can|be|provided|given|available|supplied|paid|offered|useful|helpful|welcome|needed)\b"
)
_NAME_OR_NAME = re.compile(r"[A-Z]\w* or [A-Z]")


# What comes before a main clause: "After eight years, our board is looking for ...".
_BEFORE_MAIN = re.compile(
    r"(?:after|following|due to|owing to|thanks to|with|as|since|having|in|to|at|because|given|over|for|from|when|while|by|on|during|reporting|working)\b[^,]*$"
)


def _is_main(low: str, start: int, tail: re.Match[str]) -> bool:
    return (
        tail.group().startswith(",") and _BEFORE_MAIN.match(low[start : tail.start()]) is not None
    )


# What stands before a dash and its reason says something by itself from this length on.
_LEAST_BEFORE_DASH = 16

# A reason is cut off only when something is left to stand by itself.
_LEAST_KEPT = 8
