"""What an advert asks for: the lines and clauses that are requirements, and all that they say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

import attrs

from starkit.adverts import Advert, Section, SectionKind
from starkit.adverts.head import is_role
from starkit.adverts.verbs import begins_with_verb, is_verb
from starkit.cues.clauses import is_narrowed_wish, is_narrowing, split_clauses, trim
from starkit.cues.kinds import KindCue, find_kinds, find_level, is_readiness
from starkit.cues.labels import Kind, Priority
from starkit.cues.noise import (
    is_about_applying,
    is_about_employer,
    is_catch_all,
    is_offer,
    is_teaching,
)
from starkit.cues.plain import lower, plain, without_marks
from starkit.cues.priority import PriorityCue, find_priorities, is_taken_back
from starkit.cues.units import Unit, units
from starkit.cues.years import Years, find_years

# A requirement is a line or a clause: what is longer is a text without structure.
LONGEST = 1200


@attrs.frozen
class Asked:
    """One requirement as the rules read it; every offset counts in the advert's text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        kind: What kind of thing it is.
        priority: How firmly it is asked for.
        reason: Why it has this priority.
        years: Years of experience as (least, most).
        level: The level of a language or qualification, as the advert words it.
        section: The headings that it stands under.
        places: Further places that ask for the same thing.
    """

    start: int
    end: int
    kind: Kind
    priority: Priority = Priority.UNSTATED
    reason: str = ""
    years: Years | None = None
    level: str = ""
    section: str = ""
    places: tuple[tuple[int, int], ...] = ()


class _Mode(Enum):
    ASKS = auto()  # what the candidate has to show
    DUTIES = auto()  # what the holder of the post does
    OPEN = auto()  # anything: only clear words count
    CLOSED = auto()  # nothing, but for conditions of the appointment


_CLOSED = frozenset(
    {
        SectionKind.BENEFITS,
        SectionKind.COMPANY,
        SectionKind.TERMS,
        SectionKind.APPLICATION,
        SectionKind.EQUALITY,
    }
)

# What a section says of a clause that has no head word of its own.
_BY_SECTION = {
    SectionKind.QUALIFICATIONS: Kind.QUALIFICATION,
    SectionKind.EXPERIENCE: Kind.EXPERIENCE,
    SectionKind.KNOWLEDGE: Kind.KNOWLEDGE,
    SectionKind.ATTRIBUTES: Kind.ATTRIBUTE,
}

# Sentences that speak of the person wanted.
_OF_PERSON = re.compile(
    r"\b(?:you(?:'re|'ll|'ve|'d| are| will| have| should| must| can| need| may| do| would| enjoy| love| know"
    r"| like| thrive| take| want| bring| understand| notice| care| work| possess| hold| demonstrate| see| think| never| always)"
    r"|(?:successful|ideal|right|perfect|strong) (?:candidate|applicant|person|individual)|candidates?|applicants?|post ?holder|jobholder"
    r"|(?:we|i|they|client) ?(?:are|'re|am|is)? ?(?:also |now |currently )?(?:looking for|seeking|after|searching for|hoping for|in need of|needs?|want|require)"
    r"|looking for|someone|somebody|people who|must|would suit|required|needed|wanted)\b",
)

# ... and say plainly what that person has or is: enough outside of any headed section.
_CLEAR = re.compile(
    r"\b(?:you(?:'ll| will| should| must| would|'d)? (?:also |already |ideally |therefore )?(?:have|be (?:an?|able|fluent|confident|comfortable|proficient|competent|experienced|qualified|skilled|highly|well|used|familiar|passionate|educated|organi[sz]ed|willing|prepared|flexible|responsible(?! for))"
    r"|hold|possess|need|bring|demonstrate|show|come from|understand|know|enjoy|speak)"
    r"|you(?:'re| are) (?:an?|able|fluent|confident|comfortable|proficient|experienced|qualified|passionate|highly|well|self|not afraid|good|great|curious|organi[sz]ed)"
    r"|you(?:'ve| have) (?!the opportunity|access|the chance)|(?:successful|ideal|right|perfect) (?:candidate|applicant|person|individual)"
    r"|(?:candidates?|applicants?|post ?holder|jobholder|person) (?:must|will (?:have|be|hold|need|possess)|should|needs?|with|who)|(?:you|applicants|candidates|they) (?:should|must|will need to|would need to|need to) be|we (?:will |'ll |also |do )?(?:need|ask|require|expect|want) (?:you|everyone|everybody|all|somebody|someone|people|candidates|applicants)|(?:seek|seeks|wish|wishes|looking|hoping) to (?:appoint|recruit|hire|employ)|looking for (?:an?|someone|somebody|people|experienced|candidates|individuals)"
    r"|(?:seeking|require[sd]?|recruit(?:ing)?(?: for)?|want|need) (?:an?|someone|somebody|people|experienced|motivated|talented)|(?:set store by|value|hire|recruit|employ|appoint) (?:people|colleagues) (?:who|with)|someone (?:who|with)|somebody (?:who|with)|would suit|suit(?:ed to|s) an?)\b",
)

# What the holder of the post will do, in running text.
_WILL_DO = re.compile(
    r"\b(?:(?:you(?:'ll| will| would|(?= may (?:also )?be (?:asked|required|expected|called)))|(?:the )?(?:post ?holder|successful (?:candidate|applicant|person)|jobholder|role holder|role|they) will|they will|he/she will|she will)"
    r" (?:also |then |primarily |mainly |be )?(?:responsible for|required to|expected to|accountable for|tasked with|in charge of|involved in|the )?|^(?:will|shall) (?:also |be )?(?!have\b|hold\b|possess\b|need\b|be (?:able|an?)\b)\w"
    r"|(?:the|this|your) (?:role|post|job|position|work) (?:will )?(?:also )?(?:involves?|includes?|entails?|consists? of|covers?|combines?|is to)\b"
    r"|responsib(?:le|ility|ilities) (?:for|include|will include|are)|duties (?:will )?include|reporting to [\w ,'-]{3,60}, you(?:'ll| will)"
    r"|expects? (?:you|everyone|everybody|all (?:staff|colleagues)) to (?!have\b|be\b|hold\b)"
    r"|your (?:role|duties|tasks|job|main \w+|day[\w -]{0,8}) (?:will |is |are |to )?)",
)

# The purpose of the job, as UK job descriptions word it: "To give a reliable service ...".
_PURPOSE = re.compile(r"to (?!apply|find out|discuss|arrange|learn more|view|see)\w")

# "The Registered Nurse provides ...", "This position is responsible for ...".
_ROLE_DOES = re.compile(
    r"(?:under (?:the )?(?:general |direct )?(?:direction|supervision|guidance) of [^,.]{3,60}, )?(?:the|this|our) (?:[\w()/&-]{2,20} ){1,5}(?:is responsible for|provides?|manages?|supports?|leads?|oversees?|ensures?|delivers?|performs?"
    r"|coordinates?|develops?|maintains?|assists?|plans?|works with|will|involves?)\b|to (?!apply|find|arrange|view)\w+ ",
)

# ... and what the holder of the post gets, which is worded alike.
_WILL_GET = re.compile(
    r"\b(?:you(?:'ll| will)|candidate will|post ?holder will) (?:also |then |be )*"
    r"(?:join\w*|report\w*|receiv\w*|get\b|be part|part of|based|given|offered|rewarded|enjoy\w*|earn\w*|learn\w*|gain\w*|"
    r"have (?:the|access|an opportunity|a chance|plenty)|working (?:in|with|for|at|on|within|alongside|as part)|work (?:in|with|for|at|alongside|as part)|joining|supported|find\b|see\b|feel\b|love\b|paid|provided|entitled|invited|asked|contacted|notified|surrounded|trained|mentored|welcomed|encouraged)",
)


def _promises(low: str) -> bool:
    """Tell whether a clause says what the holder gets before it says what the holder does."""
    gets = _WILL_GET.search(low)
    if gets is None:
        return False
    does = _WILL_DO.search(low)
    return does is None or gets.start() <= does.start()


def _says_work(low: str) -> bool:
    return _WILL_DO.search(low) is not None and not _promises(low)


# Conditions of the appointment, worded without *must*.
_CONDITION = re.compile(
    r"\b(?:subject to|conditional (?:up)?on|contingent (?:up)?on|restricted|may not\b|is exempt|will carry out|will be (?:required|checked|carried out|sought|asked for|undertaken|taken(?: up)?|requested|obtained|followed up)|will follow|undergo|requires?"
    r"|need(?:s|ed)?|must|required|have to|necessary|essential|only)\b",
)

# Labels and the head rows of tables: nothing but words of the form itself.
_LABEL = re.compile(
    r"(?:[\W\d_]|\b(?:n/?a|none|tbc|yes|no|e|d|a|i|t|c|af|essential|desirable|criteri(?:a|on)|requirements?|attributes?|assess(?:ed|ment)"
    r"|method|how|by|of|or|and|the|measured|evidence|weighting|specification|person|category|area|factor|others?|additional|further"
    r"|general|miscellaneous|circumstances)\b)*$",
)


def read_requirements(advert: Advert) -> tuple[Asked, ...]:
    r"""Return what an advert asks for, in order, each thing once.

    Args:
        advert: The advert.

    >>> advert = Advert("Essential\n- Two years' experience of payroll\n- Fluent Welsh (desirable)")
    >>> for asked in read_requirements(advert):
    ...     print(asked.kind, asked.priority, asked.years)
    experience essential (2.0, None)
    language desirable None
    """
    return read_units(units(advert), advert.text)


def read_units(found: Iterable[Unit], text: str) -> tuple[Asked, ...]:
    """Return what the units of an advert ask for, in order, each thing once.

    Args:
        found: The units, in order.
        text: The advert's text.
    """
    asked: list[Asked] = []
    sections = list(_by_section(found))
    said = {section.priority for section, _ in sections}
    wishes = Priority.DESIRABLE in said
    plain_lists = wishes and Priority.ESSENTIAL not in said
    for section, inside in sections:
        mode = _mode(section, inside, text)
        for unit in inside:
            asked.extend(_read_unit(unit, text, mode))
    named = {one.section for one in asked if one.priority is Priority.DESIRABLE}
    return fold(
        [
            _contrasted(one, wishes=wishes or one.section in named, only=plain_lists)
            for one in asked
        ],
        text,
    )


# "Requirements", where another heading or an item below it says what is only wished for.
_REQUIRES = re.compile(r"\brequire(?:d|ments?)\b(?!\s+\w+\s+desirable)", re.IGNORECASE)
# "What you'll bring", "What matters", where a wish list stands beside it and no list of musts.
_BRINGS = re.compile(
    r"\b(?:bring|what (?:really )?(?:matters?|counts?)\b[\w ]{0,20}|what it takes|(?:what )?you(?:['’]ll| will| should|['’]d| would)? (?:already )?have"
    r"|(?:what )?we(?:['’]re| are)? (?:ask|expect|want)\b[\w ]{0,20})\W*$",
    re.IGNORECASE,
)


def _contrasted(asked: Asked, *, wishes: bool, only: bool) -> Asked:
    """Return a requirement as essential when its heading, beside a wish list, makes it so.

    Args:
        asked: The requirement.
        wishes: True when something beside it is only wished for.
        only: True when that is a list of its own, and no list says what is a must.
    """
    if asked.priority is not Priority.UNSTATED or asked.kind is Kind.DUTY:
        return asked
    title = asked.section.rpartition(": ")[2]
    if not ((wishes and _REQUIRES.search(title)) or (only and _BRINGS.search(title))):
        return asked
    return attrs.evolve(
        asked, priority=Priority.ESSENTIAL, reason=f'the heading "{title}" beside what is desirable'
    )


def _by_section(found: Iterable[Unit]) -> Iterator[tuple[Section, list[Unit]]]:
    inside: list[Unit] = []
    for unit in found:
        if inside and unit.section is not inside[0].section:
            yield inside[0].section, inside
            inside = []
        if not unit.line.is_heading:
            inside.append(unit)
    if inside:
        yield inside[0].section, inside


def _mode(section: Section, inside: Sequence[Unit], text: str) -> _Mode:
    if not section.priority and is_taken_back(plain(section.title)):
        # "What you don't need": a list of that; in running text each sentence says it again.
        return _Mode.CLOSED if any(unit.line.bullet for unit in inside) else _Mode.OPEN
    if section.kind is SectionKind.REQUIREMENTS and not section.priority:
        return _Mode.DUTIES if _lists_deeds(section, inside, text) else _Mode.ASKS
    if section.kind.asks or section.priority:
        return _Mode.ASKS
    if section.kind is SectionKind.DUTIES:
        return _Mode.DUTIES
    if section.kind in _CLOSED:
        return _Mode.CLOSED
    items = [unit for unit in inside if unit.line.bullet]
    if len(items) < _FEWEST_ITEMS:
        return _Mode.OPEN
    # Under a heading that says nothing, the list says what it is.
    lines = [plain(text[unit.start : unit.end]) for unit in items[:40]]
    offers = sum(is_offer(line) for line in lines)
    asks = sum(_has_head(line) for line in lines)
    does = sum(begins_with_verb(line) for line in lines)
    if asks * 2 >= len(lines) and asks > offers and asks >= does:
        return _Mode.ASKS
    if does * 3 >= len(lines) * 2 and not offers:
        return _Mode.DUTIES
    return _Mode.OPEN


# "The successful candidate will": what follows may be what the person is, or does.
_WILL_LAST = re.compile(r"\b(?:will|'ll|shall|to)(?: be)?\W*$")
_STATES = re.compile(
    r"\W{0,4}(?:be|have|hold|possess|bring|demonstrate|show|understand|know|enjoy|think|want|need|work|thrive|speak|love)\b"
)


def _lists_deeds(section: Section, inside: Sequence[Unit], text: str) -> bool:
    """Tell whether a heading that leads into both has deeds below it."""
    lines = [lower(plain(text[unit.start : unit.end])) for unit in inside if unit.alone]
    if len(lines) < _FEWEST_ITEMS or not _WILL_LAST.search(lower(plain(section.title))):
        return False
    deeds = sum(begins_with_verb(line) and not _STATES.match(line) for line in lines)
    return deeds * 4 >= len(lines) * 3


_FEWEST_ITEMS = 2


def _has_head(text: str) -> bool:
    cues = find_kinds(text)
    return any(cue.kind is not Kind.ATTRIBUTE for cue in cues) or bool(find_priorities(text))


def _read_unit(unit: Unit, text: str, mode: _Mode) -> Iterator[Asked]:
    if unit.end - unit.start > LONGEST:
        return
    clean, places = without_marks(text[unit.start : unit.end])
    sentence = plain(clean)
    label = _LABEL.match(lower(sentence)) or _names_languages(sentence, unit)
    if label or sentence.endswith((":", "?")):
        return
    item = _is_item(unit)
    of_work = mode is not _Mode.ASKS and not _OF_IDEAL.search(lower(sentence))
    clauses = split_clauses(sentence, duty=of_work, item=item)
    cues = [_own_cues(sentence[start:end]) for start, end in clauses]
    applying = False
    last: Asked | None = None
    read = False  # the clause before this one asks for something
    for index, (start, end) in enumerate(clauses):
        clause = sentence[start:end]
        # "Candidates called to interview will give a talk and will be shown round": one subject.
        applying = is_about_applying(clause) or (
            applying and _NO_SUBJECT.match(lower(clause)) is not None
        )
        if (
            is_taken_back(clause)
            or is_teaching(clause)
            or (applying and index and not is_about_applying(clause))
        ):
            continue
        left, right = trim(sentence, start, end)
        if right - left < _SHORTEST:
            continue
        begun, left = left, _behind_call(sentence, left, right)
        words = sentence[left:right]
        kinds = find_kinds(words)
        cue = _governing(cues, index, sentence, clauses)
        own = cues[index] or ((cue,) if cue else ())
        follows, narrows = read, is_narrowed_wish(words)
        if narrows:
            # "..., ideally in social housing": the same sort of thing as it narrows.
            kind = last.kind if last is not None and follows else None
        else:
            called = left > begun
            kind = _wanted(words, kinds, unit, mode, item=item, cues=own, called=called)
        read = kind is not None
        if kind is None:
            continue
        priority, reason = _priority(cue, kind, unit, words, split=len(clauses) > 1)
        if places is not None:  # characters without width stand in the text: count them again
            left, right = places[left], places[right - 1] + 1
        one = Asked(
            unit.start + left,
            unit.start + right,
            kind,
            priority,
            reason,
            find_years(words) if kind not in _WITHOUT_YEARS else None,
            find_level(words, kind),
            unit.section.label,
        )
        if narrows and last is not None and (one.priority is last.priority or kind is Kind.DUTY):
            last = attrs.evolve(last, end=one.end)  # a wish within a wish is one
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


# "We need someone to run the shore crew": what that person is called to do.
_CALLED_TO = re.compile(
    r"(?:so |now )?(?:we(?:'re| are)?|i(?:'m| am)?)(?: now| also| currently| really)? (?:needs?|want|seek(?:ing)?|looking for|after|hoping for|would like|recruiting)"
    r" (?:someone|somebody|a person|people|another pair of hands|one more person) to (?!join\b|be\b|have\b|hold\b)(?=[a-z]{2})"
)


def _behind_call(sentence: str, start: int, end: int) -> int:
    """Return where the words begin that say what somebody is called to do, else ``start``."""
    found = _CALLED_TO.match(lower(sentence), start, end)
    return start if found is None else found.end()


# "Welsh language", "Language skills": the label of what is said of it, and no item of a list.
_LANGUAGE_LABEL = re.compile(
    r"(?:[A-Z][a-z]{2,12} |Foreign |Other )?(?:[Ll]anguages?)(?: (?:skills?|requirements?|level|ability|standards?))?"
)


def _names_languages(sentence: str, unit: Unit) -> bool:
    """Tell whether a line only names the languages that others speak of."""
    line = unit.line
    return (
        unit.alone
        and not (line.bullet or line.mark)
        and _LANGUAGE_LABEL.fullmatch(sentence) is not None
    )


# A clause that goes on with the subject of the one before it.
_NO_SUBJECT = re.compile(
    r"(?:and |also |then )*(?:will|shall|may|can|would|should|must|be|have|is|are)\b"
)

# Years in these are no experience: "five years of references".
_WITHOUT_YEARS = frozenset({Kind.DUTY, Kind.ELIGIBILITY})

# A sentence on the person, whose verbs stay together.
_OF_IDEAL = re.compile(
    r"\b(?:ideal|right|successful|perfect|best) (?:candidate|applicant|person|individual|\w+ will be)\b"
)

# "R", "Go" and "C" are asked for under that very name only in lists of tools: two characters.
_SHORTEST = 2


def _is_item(unit: Unit) -> bool:
    """Tell whether a unit is an item of a list, with or without a bullet, and not running text."""
    line = unit.line
    if line.bullet or line.mark:
        return True
    return unit.alone and not line.text.rstrip().endswith((".", "!", "?"))


def _own_cues(clause: str) -> tuple[PriorityCue, ...]:
    return tuple(cue for cue in find_priorities(clause) if not is_narrowing(clause, cue))


def _governing(
    cues: Sequence[tuple[PriorityCue, ...]],
    index: int,
    sentence: str,
    clauses: Sequence[tuple[int, int]],
) -> PriorityCue | None:
    """Return the cue that speaks of a clause: its own, or that of a neighbour that covers both."""
    if cues[index]:
        return cues[index][0]
    start, end = clauses[index]
    between = sentence[clauses[index - 1][1] : start] if index else ";"
    if ";" not in between:
        before = cues[index - 1]
        if before and _LIKEWISE.match(between.lower()):
            return before[-1]
        # "You must have A and B": the cue stands before its things.
        if before and before[0].start < (clauses[index - 1][1] - clauses[index - 1][0]) / 2:
            return before[0]
    joint = (
        sentence[end : clauses[index + 1][0]].strip(" ,").lower()
        if index + 1 < len(clauses)
        else ";"
    )
    own = _TO_READER.match(lower(sentence[start:end])) is not None
    if (
        joint in {"", "and", "&", "plus"}
        and not own
        and not _IF.match(sentence, clauses[index + 1][0])
    ):
        after = cues[index + 1]
        # "A and B are required": the cue stands after its things.
        room = clauses[index + 1][1] - clauses[index + 1][0]
        if after and after[-1].start > room / 2 and not _SUBJECT_CUE.search(lower(after[-1].words)):
            return after[-1]
    return None


# A clause with a subject and a verb of its own: "You will be able to read records".
_TO_READER = re.compile(r"you(?:'ll| will| should)\b")

# "..., as is", "..., and so would": said of the next thing, too.
_LIKEWISE = re.compile(r", as |,? and so ")

_IF = re.compile(r"(?:and )?if\b", re.IGNORECASE)

# Cues that come with a subject of their own speak of nothing before them.
_SUBJECT_CUE = re.compile(r"^must\b(?!-)|\bneeds?\b|have to\b|\brequires?\b")


def _priority(
    cue: PriorityCue | None, kind: Kind, unit: Unit, words: str, *, split: bool
) -> tuple[Priority, str]:
    if kind is Kind.DUTY:
        if cue is not None and lower(cue.words).startswith("must"):
            return cue.priority, f'the word "{cue.words}"'
        return Priority.UNSTATED, ""
    if unit.line.mark and not (split and cue is not None):
        return Priority(unit.line.mark), "the mark of the line"
    if cue is not None:
        return cue.priority, f'the word "{cue.words}"'
    if unit.section.priority:
        return Priority(unit.section.priority), f'the heading "{unit.section.title}"'
    title = find_priorities(plain(lower(unit.section.title)))
    if title and unit.section.kind.asks:
        return title[0].priority, f'the heading "{unit.section.title}"'
    if kind is Kind.ELIGIBILITY and _CONDITION.search(lower(words)):
        return Priority.ESSENTIAL, "a condition of the appointment"
    return Priority.UNSTATED, ""


def _wanted(
    words: str,
    kinds: tuple[KindCue, ...],
    unit: Unit,
    mode: _Mode,
    *,
    item: bool,
    cues: tuple[PriorityCue, ...],
    called: bool,
) -> Kind | None:
    """Return what kind of requirement a clause is, or ``None`` when it is none."""
    if called and mode is not _Mode.CLOSED:
        asks = mode is _Mode.ASKS
        return decide_kind(words, _kind_of(unit.section), kinds) if asks else Kind.DUTY
    # Where it decides nothing, nobody looks for it: it costs as much as all the rest.
    idle = (
        item and bool(kinds or cues) if mode is _Mode.ASKS else mode is _Mode.CLOSED and not kinds
    )
    noise = not idle and (is_about_applying(words) or is_offer(words) or is_about_employer(words))
    if mode is _Mode.ASKS:
        return _wanted_when_asked(words, kinds, unit, noise=noise, item=item, cues=cues)
    if mode is _Mode.DUTIES:
        return _wanted_among_duties(words, kinds, unit, noise=noise, item=item, cues=cues)
    if mode is _Mode.CLOSED:
        return _wanted_anywhere(words, kinds, noise=noise)
    return _wanted_in_text(words, kinds, unit, noise=noise, item=item, cues=cues)


def _wanted_when_asked(
    words: str,
    kinds: tuple[KindCue, ...],
    unit: Unit,
    *,
    noise: bool,
    item: bool,
    cues: tuple[PriorityCue, ...],
) -> Kind | None:
    asks = bool(kinds or cues)
    if noise and not (item and asks):
        return None
    low = lower(words)
    of_person = (_OF_PERSON.search(low) or low.startswith("you ")) and not _promises(low)
    if not item and not (asks or of_person or _is_fragment(words, unit)):
        return None
    return decide_kind(words, _kind_of(unit.section), kinds)


# "Able to lift 25 kg. Own transport.": sentences without subject or verb, as short adverts have them.
_BARE_KINDS = frozenset(
    {Kind.ELIGIBILITY, Kind.LICENCE, Kind.QUALIFICATION, Kind.EXPERIENCE, Kind.LANGUAGE}
)
_BARE = re.compile(r"(?:able to|good with|confident with|comfortable (?:with|in|on)|used to) \w")
# ... and what such sentences give: "Training given", "Certificate on completion", "Free uniform".
_GIVEN = re.compile(
    r"\b(?:given|provided|supplied|included|offered|available|paid|free|on completion|funded|welcome to|charity|discounts?|bonus|pension|holidays?|from £|per (?:hour|year|week))\b"
)
_BARE_WITHIN = 6  # characters in which the sentence names what it asks for


def _is_bare_demand(words: str, kinds: tuple[KindCue, ...], unit: Unit) -> bool:
    """Tell whether a sentence in running text is a bare name of something to show or to be able to do."""
    low = lower(words)
    if unit.alone or len(words.split()) > _FRAGMENT_TO or _FINITE.search(low) or _GIVEN.search(low):
        return False
    if not kinds or words.isupper() or is_role(words):
        return False
    first = kinds[0]
    named = first.kind in _BARE_KINDS and first.start <= _BARE_WITHIN
    return named or _BARE.match(low) is not None or find_years(words) is not None


# What makes a whole sentence of words.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had|can|may|we|our|you|your|it|this|they|us|join|apply|please|do|does)\b|[?!]"
)
_FRAGMENT_TO = 10


def _is_fragment(words: str, unit: Unit) -> bool:
    """Tell whether words only name a thing, as in a list that came as a paragraph."""
    in_paragraph = not unit.alone and bool(unit.section.title)
    return in_paragraph and len(words.split()) <= _FRAGMENT_TO and not _FINITE.search(lower(words))


# American adverts call all that they ask for qualifications.
_ALL_SORTS = re.compile(
    r"\b(?:minimum|basic|preferred|required|desired|bonus|additional) qualifications\b"
)


def _kind_of(section: Section) -> SectionKind:
    if section.kind is SectionKind.QUALIFICATIONS and _ALL_SORTS.search(lower(section.title)):
        return SectionKind.REQUIREMENTS
    return section.kind


# Head words that are no duty even in a list of duties, when they come first.
_NEVER_DUTY = frozenset({Kind.EXPERIENCE, Kind.QUALIFICATION, Kind.LICENCE, Kind.LANGUAGE})


def _wanted_among_duties(
    words: str,
    kinds: tuple[KindCue, ...],
    unit: Unit,
    *,
    noise: bool,
    item: bool,
    cues: tuple[PriorityCue, ...],
) -> Kind | None:
    told = _LABEL_FIRST.sub("", words, count=1)  # "Finance (30%): raise orders"
    does = (
        begins_with_verb(told)
        or (item and _LIKE_A_DEED.match(words) is not None)
        or _PURPOSE.match(lower(words)) is not None
    )
    if noise and not (item and does and not (is_catch_all(words) or is_about_applying(words))):
        return None
    asks = bool(cues) or _CLEAR_OF_DUTY.search(lower(words)) is not None
    if not asks:  # "Fishing permits", "Tarot cards": among duties they are what the work is on
        kinds = tuple(cue for cue in kinds if not cue.by_shape)
    if kinds and not does:
        first = kinds[0]
        early = first.start < _EARLY and first.kind is not Kind.ATTRIBUTE
        if (early and item and first.kind in _NEVER_DUTY | {Kind.KNOWLEDGE, Kind.SKILL}) or asks:
            return decide_kind(words, SectionKind.REQUIREMENTS, kinds)
    if item and not does and not unit.line.bullet and len(words.split()) <= _LABEL_TO:
        return None  # "Exhibitions": the name of a group of duties
    # "Duties include: sweeping ...": what begins small goes on with its heading.
    if item or does or words[0].islower() or _says_work(lower(words)) or _is_work_of_role(words):
        return Kind.DUTY
    return None


_LABEL_TO = 2
_LABEL_FIRST = re.compile(r"[A-Z][^:.]{2,40}: (?=[A-Z])")

# "Precepts nurses", "Degreasing moulds": the form of a verb that no list has.
_LIKE_A_DEED = re.compile(
    r"[A-Z][a-z]{3,}(?:[^s]s|ing) (?!(?:[\w-]+ ){0,3}(?:skills?|experience|knowledge|qualifications?|licen[cs]e|certificate|degree)\b)[a-z]"
)

# "You will be a lead practitioner" says among duties what the work is.
_CLEAR_OF_DUTY = re.compile(
    r"\byou(?:'ll| will| should| must| would|'d)? (?:also |already |ideally |therefore )?"
    r"(?:have (?!responsib|overall|a caseload|the opportunity|day)|hold |possess|need|be (?:able|fluent|confident|comfortable|proficient|competent|experienced|qualified|skilled|educated|willing|prepared)\b)"
    r"|\b(?:successful|ideal|right|perfect) (?:candidate|applicant|person|individual) (?:will (?:have|hold|need|possess|be able)|must|has|is)\b"
)

# How near to its beginning a clause names what it asks for.
_EARLY = 18


def _wanted_anywhere(words: str, kinds: tuple[KindCue, ...], *, noise: bool) -> Kind | None:
    """Among benefits, terms and the like: only what is plainly a condition of the appointment."""
    if noise or not kinds or not _CONDITION.search(lower(words)):
        return None
    first = kinds[0].kind
    named = {cue.kind for cue in kinds}
    if Kind.ELIGIBILITY in named and first in {Kind.ELIGIBILITY, Kind.SKILL}:
        return Kind.ELIGIBILITY
    return Kind.LICENCE if first is Kind.LICENCE else None


def _wanted_in_text(
    words: str,
    kinds: tuple[KindCue, ...],
    unit: Unit,
    *,
    noise: bool,
    item: bool,
    cues: tuple[PriorityCue, ...],
) -> Kind | None:
    if noise:
        return None
    named = [cue for cue in kinds if cue.kind is not Kind.ATTRIBUTE]
    if _promises(lower(words)) and not cues:
        return None
    if cues and _only_names_the_job(words, kinds, cues[0]):
        return None
    if cues and (
        kinds
        or _CLEAR.search(lower(words))
        or _says_at_the_end(words, cues)
        or _SAME_SUBJECT.match(lower(words))
    ):
        return decide_kind(words, unit.section.kind, kinds)
    if _asks_for_quality(lower(words), kinds):
        return Kind.ATTRIBUTE
    listed = item and unit.line.bullet
    clear = kinds and (_CLEAR.search(lower(words)) or _STILL_ASKS.match(lower(words)))
    if clear or (listed and named and named[0].start < _EARLY):
        return decide_kind(words, unit.section.kind, kinds)
    if Kind.ELIGIBILITY in {cue.kind for cue in kinds} and _CONDITION.search(lower(words)):
        return Kind.ELIGIBILITY
    if _is_bare_demand(words, kinds, unit):
        return decide_kind(words, unit.section.kind, kinds)
    if listed and begins_with_verb(words) and not is_role(words):
        return Kind.DUTY
    of_role = _OF_ROLE.search(lower(unit.section.title)) is not None
    if of_role and (_ROLE_DOES.match(lower(words)) or _is_doing(words)):
        return Kind.DUTY
    if _is_work_of_role(words):
        return Kind.DUTY
    if _WILL_DO.search(lower(words)) or (_PURPOSE.match(lower(words)) and begins_with_verb(words)):
        return Kind.DUTY
    return None


# "Stylist required - busy, friendly salon": the title of an advert and no demand.
_CALLS = re.compile(r"(?:required|wanted|needed)")


def _only_names_the_job(words: str, kinds: tuple[KindCue, ...], cue: PriorityCue) -> bool:
    if not _CALLS.fullmatch(lower(cue.words)) or any(one.start < cue.start for one in kinds):
        return False
    return is_role(words[: cue.start])


_OF_ROLE = re.compile(r"summary|role|job|purpose|overview|description")

# "The Chief Executive will lead ...": who does it is told by the last word of a job title.
_SUBJECT_WILL = re.compile(
    r"(?:The|Our|This|A|Your) ((?:[\w()/&'-]+ ){1,6})(?:will|is responsible for) (?!be (?:based|given|offered|paid|part)\b|join|report|receive|get\b)"
)


def _is_doing(words: str) -> bool:
    return words.split(maxsplit=1)[0].endswith("ing") and begins_with_verb(words)


# "The Curator deputises for ...", "The Shift Supervisor directs ...": a job title and its verb.
_SUBJECT_DOES = re.compile(
    r"[Tt]he ((?:[A-Z][\w()/&'-]* (?:of (?=[A-Z]))?){1,6})(\w{3,}s) (?!to\b)"
)
_NO_WORK = frozenset(
    {"has", "is", "was", "does", "needs", "requires", "reports", "receives", "earns"}
)


def _is_work_of_role(words: str) -> bool:
    found = _SUBJECT_WILL.match(words)
    if found is not None and is_role(found[1]):
        return True
    does = _SUBJECT_DOES.match(words)
    return does is not None and does[2] not in _NO_WORK and is_verb(does[2]) and is_role(does[1])


# "Level 2 Food Hygiene is essential": what stands before the word is asked for, whatever it is.
_AT_THE_END = re.compile(
    r"\b(?:essential|required|desirable|preferred|needed|necessary|mandatory|must|plus|advantage|advantageous|beneficial|bonus"
    r"|asset|useful|helpful|welcome|benefit|handy)\b[^,;]{0,20}$",
)


def _says_at_the_end(words: str, cues: tuple[PriorityCue, ...]) -> bool:
    return cues[-1].start > 2 and _AT_THE_END.search(lower(words)) is not None


# "... and be confident running the pass": goes on with the demand before it.
_SAME_SUBJECT = re.compile(r"(?:also )?(?:be|have|hold|possess) \w")


# "An opportunity has arisen for an enthusiastic porter": asks for what it says of the porter.
_OPENING = re.compile(
    r"\b(?:opportunity|vacancy|opening) (?:has (?:now |recently )?(?:arisen|become available|come up) |exists |is available )?for an?\b"
)

# What somebody has to be, in words that no list of qualities has.
_OBLIGES = re.compile(
    r"(?:you|applicants|candidates|the (?:post ?holder|successful candidate|successful applicant))"
    r" (?:should|must|will need to|need to|have to) (?:also )?be (?!aware|able to apply|advised|prepared for|sure to|contact|inform|invited)\w"
)

# "... and will have spent five years in service": the same, with the verb said again.
_STILL_ASKS = re.compile(
    r"(?:also )?(?:will|should|would) (?:also |ideally )?(?:have|hold|possess|be (?:able|an?|fully|confident|comfortable)) \w"
)


def _asks_for_quality(low: str, kinds: tuple[KindCue, ...]) -> bool:
    if not kinds:
        return _OBLIGES.match(low) is not None
    return kinds[0].kind is Kind.ATTRIBUTE and _OPENING.search(low) is not None


# Between an adjective of character and the head of its phrase: a word or two, no comma.
_SAME_PHRASE = re.compile(r"[ \w'/-]{0,40}$")
_HEADS = frozenset({Kind.SKILL, Kind.KNOWLEDGE, Kind.EXPERIENCE})


def decide_kind(text: str, section: SectionKind, kinds: tuple[KindCue, ...] | None = None) -> Kind:
    """Return the kind of a requirement: by its head word, else by the section it stands in.

    >>> str(decide_kind("Creative problem-solving skills", SectionKind.REQUIREMENTS))
    'skill'
    >>> str(decide_kind("Dealing with complaints", SectionKind.EXPERIENCE))
    'experience'
    """
    found = find_kinds(text) if kinds is None else kinds
    first = _head(text, found)
    years = find_years(text)
    if years is not None and (
        first in _WITH_YEARS or _HAS_EXPERIENCE.search(lower(text), 0, _NEAR_YEARS)
    ):
        return Kind.EXPERIENCE if first is not Kind.LICENCE else first
    if first is None:
        if section in _BY_SECTION:
            return _BY_SECTION[section]
        return Kind.ATTRIBUTE if lower(text).startswith(("you ", "you're ")) else Kind.SKILL
    return first


# Heads that years turn into experience, and the word that does it for any head but a licence.
_WITH_YEARS = frozenset({None, Kind.SKILL, Kind.ATTRIBUTE, Kind.KNOWLEDGE, Kind.EXPERIENCE})
_HAS_EXPERIENCE = re.compile(
    r"^[\w\s+-]{0,80}?(?:years?|yrs|months?)'?\W[^,;]{0,80}?\bexperience\b"
)
_NEAR_YEARS = 90


def _head(text: str, found: tuple[KindCue, ...]) -> Kind | None:
    if not found:
        return None
    first = found[0]
    for cue in found[1:]:
        ready = first.kind is Kind.ATTRIBUTE and is_readiness(text, first.start)
        if ready and cue.kind in _PAPERS:
            continue  # "willing to work towards a Level 3 award": nothing to show yet
        if first.kind is Kind.ATTRIBUTE and cue.kind in _PAPERS and cue.start <= first.end + 1:
            return cue.kind  # "independent prescriber"
        if first.kind is Kind.LANGUAGE and text[cue.start : cue.end].endswith("training"):
            return cue.kind  # "Makaton training"
        if text[first.start : first.end].lower() == "professional" and cue.start < first.end + 25:
            return cue.kind  # "professional or management qualification"
        if first.kind is Kind.ATTRIBUTE and _SOMEBODY.match(lower(text), first.start):
            return cue.kind
        if first.kind is Kind.ATTRIBUTE and cue.kind in _HEADS:
            between = text[first.end : cue.start]
            if len(between) < 30 and _SAME_PHRASE.match(between):
                return cue.kind
        if (
            cue.kind is Kind.ELIGIBILITY
            and first.kind is Kind.SKILL
            and cue.start <= first.end + _VERB_ROOM
        ):
            return cue.kind
        if (
            cue.kind is Kind.ELIGIBILITY
            and first.kind is Kind.ATTRIBUTE
            and _YIELDS.match(lower(text), first.start)
        ):
            return cue.kind
        if cue.kind is Kind.LANGUAGE and first.kind in {Kind.SKILL, Kind.ATTRIBUTE, Kind.KNOWLEDGE}:
            return Kind.LANGUAGE
    return first.kind


# "Somebody who lives nearby": the words for the person say nothing yet.
_SOMEBODY = re.compile(
    r"(?:people|someone|somebody|individual|person|candidate|colleague|professional)s? (?:who|that|with)\b"
)

# "Able to provide proof of ...": room for the verb.
_VERB_ROOM = 12

_PAPERS = frozenset({Kind.QUALIFICATION, Kind.LICENCE})

# Qualities that say with what follows whether somebody can come: "flexible approach to shifts".
_YIELDS = re.compile(r"flexib|willing|happy|prepared|available|reliable|committed")

_STRENGTH = {Priority.ESSENTIAL: 2, Priority.DESIRABLE: 1, Priority.UNSTATED: 0}

# Words that say how good, not what: two lines that differ in these only ask for the same.
_FILLER = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "to",
        "and",
        "or",
        "for",
        "with",
        "your",
        "you",
        "will",
        "have",
        "be",
        "is",
        "are",
        "must",
        "should",
        "good",
        "excellent",
        "strong",
        "outstanding",
        "solid",
        "great",
        "very",
        "highly",
        "proven",
        "essential",
        "desirable",
        "required",
        "we",
        "our",
        "at",
        "on",
        "as",
    ]
)
_TOKEN = re.compile(r"[\w+#.]+")


def fold(found: Iterable[Asked], text: str) -> tuple[Asked, ...]:
    """Return ``found`` with things that are asked for twice made one, both places kept.

    Two items are the same when they hold the same words, but for fillers ("good", "excellent"). The
    first place stands; the firmer priority wins.
    """
    kept: dict[frozenset[str], Asked] = {}
    for item in found:
        words = plain(without_marks(text[item.start : item.end])[0]).lower()
        key = frozenset(token.strip(".") for token in _TOKEN.findall(words)) - _FILLER
        if not key:
            continue
        before = kept.get(key)
        kept[key] = item if before is None else _joined(before, item)
    return tuple(sorted(kept.values(), key=lambda item: (item.start, item.end)))


def _joined(first: Asked, second: Asked) -> Asked:
    firmer = max(first, second, key=lambda item: _STRENGTH[item.priority])
    return attrs.evolve(
        first,
        kind=second.kind if first.kind is Kind.DUTY else first.kind,
        priority=firmer.priority,
        reason=firmer.reason,
        years=first.years or second.years,
        places=(*first.places, (second.start, second.end)),
    )
