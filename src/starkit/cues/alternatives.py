"""Alternatives: things of which one is enough, joined by *or*, *and/or* or a slash."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from starkit.adverts.verbs import begins_with_verb
from starkit.cues.kinds import find_credentials, find_languages
from starkit.cues.phrases import LIST, Phrase, find_phrases, governed, without_weak
from starkit.cues.plain import lower, plain, without_marks

# What may stand between two members, and what says that it is a choice.
_BETWEEN = re.compile(
    r"(?:(?: [\w-]{1,10}){0,2}\)?,? (?:and/or|or)(?: [a-z][\w-]{0,12}){0,2} (?:minimum \d+ \w{1,5} )?"
    r"|,? ?(?:and/or|or) |,? but |, ?| ?/ ?)",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\bor\b|/", re.IGNORECASE)

# After the last member: "Kafka, RabbitMQ or similar" makes a choice of a plain list.
_OR_SIMILAR = re.compile(
    r",? (?:or|and/or) (?:an?(?:y|other)? )?(?:other |another |a )?(?:closely )?"
    r"(?:similar|equivalent|comparable|related|alternative|such|like)\b",
    re.IGNORECASE,
)

# Slashes inside one name are no choice.
_COMPOUND = re.compile(
    r"\b(?:[A-G]\*?/\d|bi-?lingual (?:in |\()?\w{3,12} ?/ ?\w{3,12}|\d{1,4}/\d{1,4}|\d/[A-G]|CI ?/ ?CD|med/surg|P/L|T/A|m/f|f/m|he/she|his/her|s/he|TCP/IP|A/B|I/O|24/7|UI/UX|UX/UI|N/A|and/or|w/c|c/o|B2B/B2C|R/D|O/S|HIV/AIDS)\b",
    re.IGNORECASE,
)

# "One of A, B, C", "either A, B": a choice in spite of *and* or commas.
_ONE_OF = re.compile(
    r"\b(?:at least one|one (?:or more )?of|either|any of)\b[\w (.,:]{0,40}$", re.IGNORECASE
)

# Words with which something else than a member begins or is meant.
_NO_MEMBER = re.compile(
    r"\b(?=\w\w)(?:close|finishing|it|them|something|anything|similar|equivalent\w*|equal|related|relevant|comparable|other|others|another|better|above|below|higher(?! education)|more|less|over"
    r"|willing\w*|happy|able|ability|working towards|prepared|experience|experienced|you|we|who|that|which|as|to|not|both|have|has|had|having|need|needed|required|preferred|essential|desirable|alternatively"
    r"|if|when|where|part|own|his|her|their|she|he|is|are|be|will|would|can|must|near|studying|towards|enrolled|qualified by|by experience|later|older|greater|worked|(?<!\w )work|accredited)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r",? (?:in|for|with|on|at|to|from|using|within|under|by|as|into|per)\b|[(;:]| an? (?:advantage|plus|asset|bonus|benefit)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]
Group = tuple[Span, ...]


def find_alternatives(
    text: str,
    phrases: tuple[Phrase, ...] | None = None,
    *,
    named: bool = False,
    prose: bool = True,
) -> tuple[Group, ...]:
    """Return the groups of things in ``text`` of which one is enough, by (start, end).

    Named things count (tools, papers, languages), and what stands right after a head word, after a
    preposition or at the beginning; *or* among doings ("dealing with complaints or concerns") is no
    choice to answer.

    Args:
        text: One requirement.
        phrases: Its skill phrases, where they are known already.
        named: True when only named things count, as in duties.
        prose: False when what stands after a preposition does not count, as in abilities.

    >>> text = "AWS or Azure, plus Docker & Kubernetes"
    >>> [[text[start:end] for start, end in group] for group in find_alternatives(text)]
    [['AWS', 'Azure']]
    >>> text = "Experience of local government or of another political body"
    >>> [[text[start:end] for start, end in group] for group in find_alternatives(text)]
    [['local government', 'political body']]
    """
    clean, places = without_marks(text)
    if places is not None:
        return tuple(
            tuple((places[start], places[end - 1] + 1) for start, end in group)
            for group in find_alternatives(clean, named=named, prose=prose)
        )
    flat = plain(text)
    if not (_CHOICE.search(flat) or _ONE_OF.search(flat)):
        return ()
    found = find_phrases(text) if phrases is None else phrases
    groups = list(_among_pairs(flat))
    groups += (
        group
        for group in _among_names(flat, found)
        if not any(
            a < end and start < b for pair in groups for a, b in pair for start, end in group
        )
    )
    parts = () if named else _among_parts(flat)
    for group in chain(parts, _around_or(flat) if prose and not named else ()):
        if not any(
            a < end and start < b for taken in groups for a, b in taken for start, end in group
        ):
            groups.append(group)
    return tuple(sorted(groups))


# "C#/.NET or Java/Spring": a slash within each member is no choice beside the *or*.
_PAIRS = re.compile(
    r"(?<![\w/])([A-Z][\w#+]{0,15}/\.?[A-Z][\w#+]{0,15}),? (?:and/or|or) ([A-Z][\w#+]{0,15}/\.?[A-Z][\w#+]{0,15})(?![\w/])"
)


def _among_pairs(text: str) -> Iterator[Group]:
    for found in _PAIRS.finditer(text):
        yield found.span(1), found.span(2)


def _among_names(text: str, phrases: tuple[Phrase, ...]) -> Iterator[Group]:
    papers = {*find_credentials(text), *find_languages(text)}
    members = _outermost([*((phrase.start, phrase.end) for phrase in phrases), *papers])
    named = {span for span in members if span in papers or _LIKE_A_NAME.search(text[slice(*span)])}
    members = [span for span in members if span in named or _is_member(text[slice(*span)])]
    asides = [match.span() for match in _ASIDE.finditer(text)]
    # What stands in brackets chooses among itself: "NVQ (Children & Young People) or HNC".
    for start, end in asides:
        inside = [span for span in members if start < span[0] and span[1] < end]
        yield from _runs(text, [(span, span[1]) for span in inside], named)
    outside = [span for span in members if not any(a < span[0] < b for a, b in asides)]
    yield from _runs(text, list(_reaching(text, outside, papers)), named)


# A bracket without another inside.
_ASIDE = re.compile(r"\([^()]{1,200}\)")


def _reaching(text: str, members: list[Span], papers: set[Span]) -> Iterator[tuple[Span, int]]:
    """Yield the members with how far each reaches: "NVQ Level 3 in care or HNC" is NVQ or HNC."""
    place = 0
    while place < len(members):
        start, end = members[place]
        reach = end
        is_paper = members[place] in papers
        while is_paper and place + 1 < len(members):
            following = members[place + 1]
            between = text[reach : following[0]]
            if following in papers and not between.strip():
                end = reach = following[1]  # "NVQ" and "Level 3"
            elif (
                following not in papers
                and _SUBJECT.fullmatch(between)
                and place + 2 < len(members)
                and members[place + 2] in papers
            ):
                reach = following[1]
            else:
                break
            place += 1
        yield (start, end), reach
        place += 1


_SUBJECT = re.compile(r" (?:in|of|for) (?:an? |the )?")


def _runs(text: str, members: list[tuple[Span, int]], named: set[Span]) -> Iterator[Group]:
    compounds = [match.span() for match in _COMPOUND.finditer(text)]
    run: list[Span] = []
    joins: list[str] = []
    reach = 0
    for member, far in members:
        between = _ASIDE.sub("", text[reach : member[0]]).replace("  ", " ") if run else ""
        inside = bool(run) and any(a <= run[-1][1] < b for a, b in compounds)
        joined = _BETWEEN.fullmatch(between) and not _NO_MEMBER.search(between)
        if run and joined and not inside:
            run.append(member)
            joins.append(between)
        else:
            yield from _named(_choices(text, run, joins), named)
            run, joins = [member], []
        reach = far
    yield from _named(_choices(text, run, joins), named)


# A capital after the first letter of a line, a digit or a sign; the start of a sentence proves nothing.
_LIKE_A_NAME = re.compile(r"[A-Z0-9+#]")


def _named(groups: list[Group], named: set[Span]) -> Iterator[Group]:
    for group in groups:
        if sum(span in named for span in group) * 2 >= len(group):
            yield group


def _outermost(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _choices(text: str, run: list[Span], joins: list[str]) -> list[Group]:
    """Cut a run of members into choices: "A, B or C" is one, "A or B, C" is (A, B) and C."""
    if len(run) < _FEWEST:
        return []
    if _OR_SIMILAR.match(text, run[-1][1]) or _ONE_OF.search(
        text[max(0, run[0][0] - 50) : run[0][0]]
    ):
        return [tuple(run)]
    if re.search(r"\bor\b", joins[-1], re.IGNORECASE) and all(
        join.strip() in {",", "/"} for join in joins[:-1]
    ):
        return [tuple(run)]  # "HNC/HND, A levels or a degree": one choice of all
    is_choice = [bool(_CHOICE.search(join)) for join in joins]
    groups: list[Group] = []
    first = 0
    for place, chosen in enumerate(is_choice):
        ends = place + 1 == len(is_choice) or not is_choice[place + 1]
        if chosen and ends:
            groups.append(tuple(run[first : place + 2]))
            first = place + 2
    return groups


_FEWEST = 2


def _among_parts(text: str) -> Iterator[Group]:
    """Yield choices in what a head word governs, and at the beginning of a phrase without verb."""
    regions = list(governed(text))
    if not regions or regions[0][0] > _FAR:
        regions.insert(0, (0, len(text)))
    for start, end in regions:
        if re.match(r"\w{2,}ing\b(?! or\b)", text[start:end]) or (
            not start and begins_with_verb(text[:40])
        ):
            continue
        stop = _PREPOSITION.search(text, start, end)
        members = _members(text, start, stop.start() if stop else end)
        if members:
            yield members


# What the things on both sides of *or* stand behind: "in a", "years' work as a", "selling to".
_BEHIND = re.compile(
    r"\b(?:in|at|of|with|for|on|to|from|as|using|within|between|by|into|across|including|either|such as|e\.g\.?|or)\b"
    r"(?: (?:an?|the|their|our|your|either|any|both)\b)? ?|[;:()]| and | - | \+ "
)
_OR = re.compile(r",? (?:and/or|or) ")
_AGAIN = re.compile(r"(of|in|with|for|at|on|to|from) ")
# Where the last of them ends.
_AFTER = re.compile(
    r",|[;:().!?=]| - |\b(?:in|at|of|with|for|on|to|from|as|using|within|by|into|across|and|or|is|are|would|will|can"
    r"|may|must|should|required|preferred|essential|desirable|needed|that|which|who|where|when|so|but|plus|raised|at least)\b"
)
_MOST_ORS = 12


def _around_or(text: str) -> Iterator[Group]:
    """Yield what stands on both sides of an *or* in prose: "in a school or academy"."""
    if re.match(r"\W*\w{2,}ing\b(?! or\b)", text) or begins_with_verb(text[:40]):
        return
    low = lower(text)
    for found in islice(_OR.finditer(low), _MOST_ORS):
        left = 0
        for behind in _BEHIND.finditer(low, 0, found.start()):
            left = behind.end()
        # "of decolonisation work or of oral history": the preposition is said again.
        again = _AGAIN.match(low, found.end())
        if again is not None and low[:left].endswith(f"{again[1]} "):
            stop = _AFTER.search(low, again.end())
            members = (
                without_weak(text, left, found.start()),
                without_weak(text, again.end(), stop.start() if stop else len(low)),
            )
            named = [text[slice(*member)] for member in members]
            if all(_is_member(one) and "," not in one for one in named):
                yield members
            continue
        stop = _AFTER.search(low, found.end())
        end = stop.start() if stop else len(low)
        if left >= found.start() or (stop and stop.start() == found.end()):
            continue
        yield from (group for group in (_members(text, left, end),) if group)


# A head word this near to the beginning leaves no room for members before it.
_FAR = 30


def _members(text: str, start: int, end: int) -> Group:
    """Return the members of the last choice between two places; () when there is none."""
    parts: list[Span] = []
    joins: list[str] = []
    at = start
    compounds = [match.span() for match in _COMPOUND.finditer(text)]
    for found in LIST.finditer(lower(text), start, end):
        if any(a < found.start() < b for a, b in compounds):
            continue
        parts.append((at, found.start()))
        joins.append(found.group())
        at = found.end()
    parts.append((at, end))
    choices = [
        place for place, join in enumerate(joins) if re.search(r"\bor\b", join, re.IGNORECASE)
    ]
    choices = choices or [place for place, join in enumerate(joins) if "/" in join]
    if not choices:
        return ()
    first = choices[-1]
    while first and joins[first - 1].strip() in {",", "or", "/"}:
        first -= 1
    chosen = [without_weak(text, *part) for part in parts[first : choices[-1] + 2]]
    last = parts[choices[-1] + 1]
    like = _LIKE_IT.match(lower(text), *last) is not None
    name_first = _LIKE_A_NAME.search(text[slice(*chosen[0])]) is not None
    if like or ((len(chosen) > _FEWEST or name_first) and _ANOTHER.match(lower(text), *last)):
        chosen = chosen[:-1]  # "Kafka, Kinesis or another platform" names two
    if len(chosen) > _FEWEST and _are_asides([text[slice(*span)] for span in chosen]):
        return ()  # "a newsroom, local or national"
    if len(chosen) > _FEWEST and _IS_HEAD.search(text[slice(*chosen[0])]):
        chosen = chosen[1:]  # "FLT licence, counterbalance or reach": two sorts of one thing
        first += 1
    named = [span for span in chosen if _is_member(text[slice(*span)])]
    return tuple(named) if len(named) == len(chosen) and len(named) >= _FEWEST else ()


def _are_asides(words: list[str]) -> bool:
    """Tell whether the last two of a choice only say of what sort the thing before them is."""
    ending = _ADJECTIVE.fullmatch(words[-1])
    return (
        ending is not None
        and words[-2].endswith(ending[1])
        and _ADJECTIVE.fullmatch(words[-2]) is not None
        and not words[-3].endswith(ending[1])
    )


_ADJECTIVE = re.compile(r"(?<![a-z-])[a-z-]{1,40}(al|aid|ten|ken|ime|ory|ary|ive)")

_LIKE_IT = re.compile(
    r" ?(?:an?y? |other |the )?(?:\w{1,20}ly )?(?:related|similar|equivalent|comparable|allied)\b"
)
_ANOTHER = re.compile(r" ?(?:(?:an)?other|something|anything|whatever)\b")

_MOST_WORDS = 4

# The thing that the members after it are sorts of.
_IS_HEAD = re.compile(
    r"\b(?:licen[cs]e|certificate|degree|qualification|diploma|ticket|card)s?$", re.IGNORECASE
)


def _is_member(words: str) -> bool:
    return (
        0 < len(words.split()) <= _MOST_WORDS
        and not _NO_MEMBER.search(words)
        and re.search(r"[A-Za-z]{2}", words) is not None
    )
