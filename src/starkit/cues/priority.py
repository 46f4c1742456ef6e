"""How firmly a line asks: the words for essential and desirable, where they stand, and *not*."""

import re
from functools import lru_cache

import attrs

from starkit.cues.labels import Priority
from starkit.cues.plain import KEPT, lower

# All patterns of this module read lower case, which is three times as fast as ignoring case.

# Words that make a demand firm. Each alternative is a fixed phrase or has bounded gaps only.
_ESSENTIAL = re.compile(
    r"""\b(?:
      must[ -]haves?
    | (?:is|are|be|'s|an?|absolute|definite)\ must\b(?!\ have)
    | must(?!\ (?:not\ )?(?:be\ )?(?:received|submitted|returned|arrive|reach)\b)
    | (?<!non-)(?<!non\ )essential(?!\ (?:criteri|part|servic|function|worker|role\b|dut))
    | (?<!as\ )(?<!if\ )(?<!when\ )(?<!where\ )(?<!wherever\ )(?<!whenever\ )(?:required|needed)
        (?!\ (?:by\ law|level|standard|date|reading|documents))
    | (?:we|role|post|job|position|this|work|vacancy|assignment|candidate|you)
        \ (?:also\ |will\ |'ll\ |would\ )?requires?\b(?!d)
    | requires\b
    | (?:you|you'll|you\ will|you'd|we|they|candidates?|applicants?|managers|drivers|staff
        |post\ ?holder|person|everyone|employees)
        \ (?:will\ |would\ |also\ |do\ |all\ ){0,2}needs?\b(?!\ (?:not|you\ to)\b)
    | (?<!if\ )(?<!as\ )(?<!where\ )(?<!when\ )(?<!un)necessary\b
    | mandatory | pre-?requisites? | compulsory | obligatory | indispensable | non-negotiable
    | (?:is|are|be|'s|of)\ (?:absolutely\ |also\ |very\ |really\ )?
        (?:vital|crucial|critical|imperative|key|paramount|fundamental)\b
        (?!\ (?:to\ the\ (?:success|running|team|business)|part|member))
    | (?:you|candidates?|applicants?|they|post\ ?holder)(?:'ll|\ will|\ would)?\ (?:also\ )?have\ to\b | has\ to\b
    | (?:you|candidates?|applicants?)\ (?:will\ be|are)\ expected\ to\ (?:have|hold|possess)
    | (?:will\ not|cannot|can't|won't)\ be\ (?:considered|accepted)\ without
    | minimum\ (?:requirements?|criteria)
    )\b""",
    re.VERBOSE,
)

# Words that make it a wish.
_DESIRABLE = re.compile(
    r"""\b(?:
      (?:highly\ |very\ |also\ )?desirable
    | desired(?!\ (?:outcome|result|effect|standard|level|goal))
    | advantageous(?:ly)?
    | an?\ (?:(?:big|huge|real|distinct|strong|definite|clear|added|additional|further|great
        |considerable|significant|massive|major|competitive)\ )?(?:plus|advantage)\b
        (?!\ (?:of|over|points|size|for\ us))
    | (?:is|are|be|'s|as|considered)\ an?\ (?:\w{2,12}\ )?(?:bonus|asset|benefit|plus)\b
        (?!\ (?:scheme|of\ up|payment))
    | an?\ (?:real\ |added\ |definite\ |huge\ |big\ )?bonus(?=\W*$)
    | bonus\ points? | brownie\ points | extra\ points
    | nice[ -]to[ -]haves? | good[ -]to[ -]have | great[ -]to[ -]have
    | preferred(?!\ (?:supplier|partner|candidate|bidder|start|method|contact|employer|name|date))
    | preferabl[ey] | (?:we|would|we'd|will|also)\ prefer\b | preference\ (?:will|is|would|may|given)
    | ideally(?!\ (?:located|situated|suited|placed|positioned|based))
    | (?:highly\ |also\ )?beneficial
    | (?:of|an?|added|distinct)\ (?:great\ |real\ |considerable\ |additional\ )?
        benefit(?=\W*$|\ (?:but|though|although|to\ (?:you|the\ role|have)))
    | (?:would|will|could|may|might|'d)\ (?:also\ |all\ )?be\ (?:an?\ )?(?:\w{2,12}\ )?
        (?:useful|helpful|great|good|ideal|lovely|nice|welcomed?|handy|valuable|valued|appreciated
        |interesting|considered|fantastic|brilliant|perfect|of\ interest|of\ benefit|of\ use
        |an\ advantage|looked|viewed|attractive)(?!\ (?:for|at)\b)
    | (?:is|are)\ (?:also\ |very\ |most\ |always\ |equally\ |particularly\ )?
        (?:useful|helpful|welcomed?|appreciated|valued|handy)(?!\ to\b)
    | (?:is|are|'s)\ (?:great|ideal|lovely|nice|good|fantastic|brilliant)(?=,?\ but\b)
    | (?:would|'d)\ be\ (?:amazing|awesome|super|wonderful|terrific|a\ dream|the\ icing) | (?:=\ ?|big\ |huge\ )bonus(?=\W*$) | (?:is|are)\ (?:always\ )?(?:handy|a\ bonus) | would\ (?:also\ )?help | it\ (?:also\ |really\ |always\ |would\ )?helps?\ if | helps(?=\W*$)
    | (?:looked|viewed|considered|seen|regarded)\ (?:up)?(?:on\ )?(?:very\ )?favou?rabl[ey]
    | as\ (?:an?\ )?optional | optional
    | (?:even|so\ much\ the|all\ the)\ better | (?:we'd|we\ would|i'd)\ love\ (?:it\ if|to\ see|you\ to)
    | would\ suit
    )\b""",
    re.VERBOSE,
)

# A demand taken back. "Not essential" after a wish leaves the wish; alone, nothing is asked.
_NEGATED = re.compile(
    r"""
      \b(?:not|isn't|aren't|wasn't|by\ no\ means|in\ no\ way|nor|never|non)[ -]
        (?:(?:be|an?|the|strictly|absolutely|necessarily|always|actually|really|at\ all|even|so
            |that|very|by\ any\ means)\ ){0,3}
        (?:essential|required|necessary|needed|mandatory|pre-?requisite|must\b|requirement|compulsory
            |important|vital|crucial|a\ deal[ -]?breaker|expected)
    | \bno\ (?:[\w'/-]{1,20},?\ ){1,6}
        (?:(?:is|are|will\ be|'s)\ )?(?:required|needed|necessary|essential|expected|assumed)\b
    | \bnor\ (?:do|does|will|is|are)\b(?:\ (?:you|we|they|it|there))?(?:\ (?:need|have|require|expect)\w{0,2})? | \b(?:need\ not|needn't)\b | \b(?:don't|do\ not|doesn't|does\ not|won't|will\ not|needn't|need\ not|no\ need)\ 
        (?:necessarily\ |actually\ |even\ |really\ |also\ )?
        (?:need|have\ to|require|expect|worry|be\ an?\ expert|to\ (?:have|be|know)
            |have\ all|tick|meet\ (?:all|every))
    | \b(?:we|it)\ (?:don't|do\ not|doesn't|does\ not)\ (?:mind|matter|care)\b
    | \bno\ (?:previous\ |prior\ |formal\ |specific\ |particular\ |relevant\ |direct\ ){1,2}
        (?:[\w'-]{1,20}\ ){0,3}(?:experience|qualifications?|knowledge|training|skills|background)\b
    | \bno\ (?:experience|qualifications?)\b(?:\?|\ is\ ok|$)
    | \b(?:even\ )?(?:without|regardless\ of|irrespective\ of)\ (?:any\ |previous\ |your\ )?experience
    | \bif\ you\ (?:don't|do\ not|haven't|have\ no)\b
    """,
    re.VERBOSE,
)


# "... be happy to get the ticket if you haven't one": what to do about it, and the demand stands.
_IF_LACKING = re.compile(
    r"\b(?:must|should|needs?|required?|essential|willing(?:ness)?|happy|prepared|ready|keen|able|get|gain|obtain|take|sit"
    r"|work towards)\b[^.;]{3,160}?(?P<lack>,? (?:even )?if (?:you|they) (?:don't|do not|haven't|have not|have no)\b"
    r"(?! (?:hear|receive|wish|want|feel|apply)))"
)


def without_lack(low: str) -> str:
    """Return a clause in lower case without what it says of somebody who has not yet what it asks for.

    >>> without_lack("you must get a boat ticket if you haven't one")
    'you must get a boat ticket'
    >>> without_lack("don't worry if you haven't done this before")
    "don't worry if you haven't done this before"
    """
    found = _IF_LACKING.search(low) if " if " in low else None
    return (
        low
        if found is None or _NEGATED.search(low, 0, found.start("lack"))
        else low[: found.start("lack")]
    )


# What is said to cheer up those who lack something: it asks for nothing, whatever follows.
_NO_WORRY = re.compile(
    r"\W{0,4}(?:don't|do not|no need to) (?:worry|panic|be put off|let that) |\W{0,4}not to worry\b"
)


@attrs.frozen
class PriorityCue:
    """A word or phrase that says how firmly something is asked for.

    Attributes:
        priority: What it says.
        start: Where it begins in the text that was read.
        end: Where it ends.
        words: The words themselves.
    """

    priority: Priority
    start: int
    end: int
    words: str


@lru_cache(maxsize=KEPT)
def find_priorities(text: str) -> tuple[PriorityCue, ...]:
    """Return the words of ``text`` that say essential or desirable, in order.

    ``text`` is one line or clause after ``plain``. A demand that is taken back ("not essential") is
    no cue.

    >>> [(cue.words, str(cue.priority)) for cue in find_priorities("English is a must, Welsh a plus")]
    [('a must', 'essential'), ('a plus', 'desirable')]
    >>> [cue.words for cue in find_priorities("Sales experience is useful but not essential")]
    ['is useful']
    """
    low = lower(text)
    said = [
        (priority, found.span())
        for pattern, priority in (
            (_ESSENTIAL, Priority.ESSENTIAL),
            (_DESIRABLE, Priority.DESIRABLE),
        )
        for found in pattern.finditer(low)
    ]
    if not said:
        return ()
    taken_back = [found.span() for found in _NEGATED.finditer(low)]
    cues = [
        PriorityCue(priority, *span, text[slice(*span)].strip())
        for priority, span in said
        if not any(start <= span[0] < end for start, end in taken_back)
    ]
    return tuple(sorted(cues, key=lambda cue: cue.start))


def is_taken_back(text: str) -> bool:
    """Tell whether ``text`` says that something is *not* asked for, and wishes for nothing.

    >>> is_taken_back("A degree is not a prerequisite"), is_taken_back("No experience needed")
    (True, True)
    >>> is_taken_back("Experience is an advantage but not essential")
    False
    """
    low = lower(text)
    if _NO_WORRY.match(low):
        return True
    if not _NEGATED.search(without_lack(low)):
        return False
    return not find_priorities(text)
