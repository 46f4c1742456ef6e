"""Papers by the shape of their names: nobody can list every card, ticket and award of every trade.

A card, a ticket or a badge is a permission, whoever gives it out; a certificate or an award is a
qualification. What stands before the word may be anything but a word that makes it something else to have
("credit card") or to do ("sell tickets").
"""

import re
from collections.abc import Iterator

import attrs

from starkit.adverts.verbs import begins_with_verb
from starkit.cues.labels import Kind


@attrs.frozen
class Paper:
    """Something to show, by what kind of paper it is and where it is named."""

    kind: Kind
    start: int
    end: int


# Where the name of a paper may begin: at the head of the clause, after who has it and how good it is.
_LEAD = re.compile(
    r"\W{0,3}(?:(?:you(?:'ll| will| must| should|'d| would)? |must |to |will |either |both |and |or |also )"
    r"|(?:have|hold|holds|holding|holder of|having|need|possess|possessing|obtain|with|in possession of) "
    r"|(?:an?|the|your|any|some|one of|relevant|appropriate|valid|current|in[- ]date|up[- ]to[- ]date|full|recogni[sz]ed) ){0,6}",
    re.IGNORECASE,
)

# Up to seven words of a name: no preposition but "at" ("work at height"), no verb that asks.
_NAME = (
    r"(?:(?!(?:of|in|with|to|for|from|by|on|is|are|be|will|that|who|which|as|experience\w*|knowledge|skills?"
    r"|understanding|ability|able)\b)[\w/&'+.()#-]{1,20},? ){0,7}?"
)
# What may follow the word, when it is the last one of the name.
_CLOSES = (
    r"(?=\W*$|,| ?\(|;|\.| [-/] | (?:or|and|in[ -]date|is|are|would|will|holder|held|required|needed|preferred|desirable|essential"
    r"|necessary|valid|current|for|with|from|at level|level|an? (?:plus|advantage|bonus|must))\b)"
)
_CARD = re.compile(
    rf"\A(?P<name>{_NAME})(?P<noun>tickets?|cards?|badges?|permits?|endorsements?|entitlements?){_CLOSES}",
    re.IGNORECASE,
)
_AWARD = re.compile(
    rf"\A(?P<name>{_NAME})(?P<noun>awards?|certificat(?:e|ion)s?|accreditations?){_CLOSES}",
    re.IGNORECASE,
)

# Cards and tickets that are wares, tools or tasks.
_NO_PAPER = re.compile(
    r"\b(?:business|credit|debit|payment|bank|gift|score|report|greetings?|loyalty|store|birthday|christmas|index|flash|playing|post"
    r"|graphics?|sim|memory|sound|network|support|service|help ?-?desk|jira|zendesk|parking|train|theatre|season|lottery|raffle|event"
    r"|concert|match|fuel|library|time|work|job|punch|client|patient|record|yellow|wage|trouble|incident|sprint|open|music|film|tax"
    r"|design|industry|customer|employee|construction|building|planning|residents'?|company|our|many|several|multiple|\d{1,4}) $",
    re.IGNORECASE,
)

_ARTICLE = re.compile(r"\b(?:an?|the|your|have|hold|holding) $", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:, | and | or )(?:an? )?(?=\w)")

# "Valid CSCS", "PADI Divemaster, current", "canine first aid, in date": a state that only papers have.
_STATE_BEFORE = re.compile(
    r"(?i:(?:a )?(?:valid|in[- ]date|up[- ]to[- ]date|current)(?:,? (?:and|valid|current|full|uk|in[- ]date)){0,2}) [A-Z][A-Z0-9]{1,6}"
    r"(?=\W*$|[,;(]| (?:or|and|PIN)\b)",
)
_STATE_AFTER = re.compile(
    r"(?:,| \(| -)? ?(?:(?:must be|both|and|all|still) )?(?:in[- ]date|up[- ]to[- ]date|current|valid(?: for [\w ]{1,40}| until [\w ]{1,20})?|not expired|unexpired)\W*$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[A-Z0-9][\w+&/'-]{0,30}(?: [\w+&/'-]{1,20}){0,6}?(?= (?:in[- ]date|up[- ]to|current|valid)\b|,|;|\(| or | and |\W*$)"
)

# "P405, or working towards it": only a paper is worked towards, sat or renewed.
_TOWARDS = re.compile(
    r"(?:,| \(|;)? ?(?:or|and|and/or)? ?(?:be |is |are |currently |actively |willing(?:ness)? to |able to |ready to |happy to |prepared to )*"
    r"(?:(?P<sure>work(?:ing)? towards?|renew|sit|resit|retake|study(?:ing)? (?:for|towards))|obtain|gain|get one|get it|get this|achieve)\b",
    re.IGNORECASE,
)
# Kit may be got and a skill may be current: the name must then be one of a paper, by its code or its grade.
_CODED = re.compile(r"\b(?:[A-Z]{2,8}|[A-Z]+\d+[A-Z]*|[A-Z]\d+)\b")
_RANKED = re.compile(
    r"\b[A-Z]{2,8}\b [A-Za-z]|\b(?i:(?:level|grade|category|class|part) (?:\d|[ivx]+\b|[a-d]\b))"
)

# "Confined space trained", "UKATA Category B training", "Safeguarding training within three years". "Dog
# training" is work, so training counts where it is done or dated, bears a proper name, or keeps a rule.
_OBLIGED = (
    r"awareness|safeguarding|first[- ]aid|conflict management|manual handling|moving and handling|food (?:hygiene|safety)"
    r"|fire (?:safety|warden|marshal)|infection (?:prevention and )?control|health (?:and|&) safety|life support|lone working"
    r"|confined spaces?|makaton"
)
_TRAINED = re.compile(
    r"\b(?!(?:with|and|further|full|the|some|our|job|your|their|all|for|of|in|to|a|an|on|ongoing|provide|deliver\w*|staff|team|sales)\b)[\w/-]{1,20}"
    r" (?:trained(?=\W*$|,| (?:or|and|to)\b)"
    r"|training(?=,? (?:with)?in (?:date|the last|the past|\w{1,6} years)\b|,? (?:completed|certificates?|valid)\b))"
    rf"|\b(?:{_OBLIGED}) training(?=\W*$|,| (?:or|and|in|from|is|are|would|preferred|essential|desirable|required)\b)"
    r"|(?-i:\b(?!(?:AI|ML|IT|HR|LLM|NLP|HIIT|TRX|EMS|SQL|GPU|PE|VR)\b)[A-Z]{3,8}\d?\b)(?: [\w&/-]{1,16}){0,4}? training"
    r"(?=\W*$|,| (?:or|and|in|from|is|are|would|preferred|essential|desirable|required)\b)"
    r"|(?-i:(?<=[a-z]\ )[A-Z][\w-]{2,20} (?:[A-Z][\w-]{2,20} )?training)"
    r"(?=\W*$|,| (?:or|and|in|from|is|are|would|preferred|essential|desirable|required)\b)",
    re.IGNORECASE,
)
# Cards, permits and certificates in the plural are wares or work, unless somebody has them.
_PLURAL = re.compile(r"(?:card|permit|certificate)s\Z", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:have|holds?|holding|having|possess|possessing|obtain|valid|current|in[- ]date|up[- ]to[- ]date) (?:[\w-]{1,12} ){0,3}\Z",
    re.IGNORECASE,
)
_GRADED = re.compile(r"\b(?:level|grade|category|class|part|tier) \w{1,4} \Z", re.IGNORECASE)


def find_papers(text: str) -> Iterator[Paper]:
    """Yield the papers to show that a clause names by their shape; ``text`` is read after ``plain``.

    >>> [str(paper.kind) for paper in find_papers("A chipper ticket")]
    ['licence']
    >>> [str(paper.kind) for paper in find_papers("Aqua aerobics instructor award")]
    ['qualification']
    >>> list(find_papers("Able to sell tickets and take card payments"))
    []
    """
    start = _begin(text)
    for pattern, kind in ((_CARD, Kind.LICENCE), (_AWARD, Kind.QUALIFICATION)):
        found = pattern.match(text[start : start + _NAME_ROOM])
        if found and found["name"] and not _is_task(text, start, found):
            # "Fluent French and a taxi badge": the card is the second of two things.
            before = [another.end() for another in _ANOTHER.finditer(found["name"])]
            yield Paper(kind, start + (before[-1] if before else 0), start + found.end())
    trained = _TRAINED.search(text)
    if trained:
        yield Paper(Kind.QUALIFICATION, *trained.span())


def is_paper(text: str) -> bool:
    """Tell whether a clause is a bare name with what only a paper can be: in date, or worked towards.

    >>> is_paper("PADI Divemaster, current"), is_paper("P405, or working towards it")
    (True, True)
    >>> is_paper("Python, current")
    False
    """
    if _STATE_BEFORE.match(text):
        return True
    start = _begin(text)
    named = _NAMED.match(text, start)
    if named is None or begins_with_verb(text[start : start + _VERB_ROOM]):
        return False
    towards = _TOWARDS.match(text, named.end())
    if towards:
        return towards["sure"] is not None or _CODED.search(named.group()) is not None
    state = _STATE_AFTER.match(text, named.end())
    if state is None or _ONLY_CURRENT.search(state.group()) is None:
        return state is not None
    return _RANKED.search(named.group()) is not None


_ONLY_CURRENT = re.compile(
    r"\A\W*(?:must be |all |still )?(?:current|up[- ]to[- ]date)\W*\Z", re.IGNORECASE
)
_VERB_ROOM = 60
_NAME_ROOM = 240  # characters that the longest name may take


def _is_task(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether cards or tickets are wares, or what somebody does: "sell tickets"."""
    if _NO_PAPER.search(found["name"]):
        return True
    if _PLURAL.search(found["noun"]) and not (
        _HELD.search(text[:start]) or _HELD.search(found["name"]) or _GRADED.search(found["name"])
    ):
        return True
    several = found["noun"].lower().endswith("s") and not _ARTICLE.search(text[:start])
    return several and begins_with_verb(text[start : start + _VERB_ROOM])


def _begin(text: str) -> int:
    lead = _LEAD.match(text)
    return lead.end() if lead else 0
