"""The head of an advert: the role, the employer, the place and the last day to apply.

A line that names its fact ("Job title: Cook") is believed. Without one, a short line near the top that
has the last word of a job title, or a word that only organisations carry, is taken; where nothing is
that plain, the fact stays empty.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache

import attrs

from starkit.adverts.closing import read_closing_date, read_interview_date
from starkit.adverts.headings import find_heading
from starkit.adverts.names import named_employer
from starkit.adverts.places import is_place
from starkit.data import read_words

_FIRST_LINES = 8  # filled lines in which an unlabelled title or employer may stand
_LABELLED_LINES = 40  # filled lines in which a fact may be named
_MOST_WORDS = 12  # a longer line is a sentence

_LABELLED = re.compile(
    r"(?P<name>(?:job|post|role|position|vacancy)(?: title)?|title|employer|company|organi[sz]ation"
    r"|location|site|place of work|based (?:at|in))\s*[:\t]\s*(?P<value>\S.{0,118})",
    re.IGNORECASE,
)
_FACT_OF_NAME = {
    "employer": "employer",
    "company": "employer",
    "organisation": "employer",
    "organization": "employer",
    "location": "location",
    "site": "location",
    "place of work": "location",
    "based at": "location",
    "based in": "location",
}
_ORGANISATION = re.compile(
    r"\b(?:Trust|Council|Ltd|Limited|plc|PLC|LLP|GmbH|Inc|School|Academy|College|University"
    r"|Hospitals?|Hotel|Charity|Foundation|Association|Authority|Group|Surgery|Nursery|Department (?:for|of)|Ministry of"
    r"|Conservatoire|Diocese|Orchestra|Philharmonic|Observatory|Constabulary|Cathedral)\b"
)
# Further words that end the name of a firm; a job title may begin with them ("Museum Assistant").
_FIRM = re.compile(
    r"\b(?:Theatre|Museums?|Ferries|Zoo|Services|Bakery|Bakers|Farms?|Garage|Brewery|Inc\.|LLC|Company|Partners|Partnership|Society|Institute"
    r"|Centre|Library|Solicitors|Vets|Bank|Railway|Studios?|Sons|Bros|Brothers|Consultants|Consulting|Systems|Solutions|Technologies"
    r"|Engineering|Kennels|Stables|Funeral Directors|Undertakers|Meats|Interiors|Holdings|Logistics|Homes|Properties|Energy|Apiaries"
    r"|Nurseries|Gardens|Restaurants?|Kitchens?|Laundry|Salon|Clinic|Practice|Pharmacy|Airways|Airport|Care|Housing|Stores|Shops?)\Z"
)
# A field or a team that such words end, too: "Adult Social Care", "Library", "Supported Housing".
_FIELD = re.compile(
    r"(?:(?:adults?|children'?s?|young|people'?s?|older|social|health|customer|client|guest|public|community|family|youth|student"
    r"|pupil|patient|support|supported|sheltered|residential|domiciliary|home|day|night|primary|secondary|acute|critical|intensive|urgent"
    r"|palliative|elderly|mental|dental|clinical|medical|personal|pastoral|it|information|digital|data|software|technical|business|corporate"
    r"|financial|finance|legal|human|building|property|estates?|facilities|environmental|regulatory|electrical|mechanical|civil|chemical"
    r"|structural|catering|cleaning|domestic|emergency|front|main|central|local|call|contact|council|affordable|private|general"
    r"|renewable|food|farm|gift|and|&) ?){0,5}\w+",
    re.IGNORECASE,
)
# Where a word of an organisation ends its name; "School Cook" is a role.
_ENDS_NAME = re.compile(r"\W*\Z| (?:of|for)\b")
_IN_BRACKETS = re.compile(r"\s{1,3}\((?P<place>[^()]{2,40})\)\Z")
_MAIL_HEAD = re.compile(r"(?:from|to|cc|sent|date|subject)\s*:", re.IGNORECASE)
# "Dear colleague,", "Hi Sam,", "Good morning all": the line is spoken to a reader.
_SALUTATION = re.compile(
    r"(?:dear|hi|hiya|hello|hey|morning|good (?:morning|afternoon|evening)|greetings|to whom it may concern)\b"
    r"(?:[ ,][\w .'’&/-]{0,50})?[,!:.–—-]?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?](?:\s|$)|[“”\"@]|https?:")
# "Lift, Inc. - Sedalia": the stop of a shortened word ends no sentence.
_SHORTENED = re.compile(r"(?<=\bInc|\bLtd|\bLLC|\bEsq)\.|(?<=\bCo|\bSt|\bMt|\bDr|\bMr)\.")
_TICKED = re.compile(r"[✓✔✅☑➢➤►→‣▪–-]")
# A role ends before what is only added to it: ", Leeds", " - Acute Unit", " (m/f/d)".
_ADDED = re.compile(r"\s{0,4}(?:[,(\[|/–—]|\s-\s)")
_BEFORE_FIELD = re.compile(r" (?:of|for|de) ")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")

# What parts the facts of one line: "Baker, Crumb Ltd, Leeds", "Cook - full time".
_PARTS = re.compile(r",\s{1,3}|\s{1,3}[-–—|·•]\s{1,3}|\s{0,2}\|\s{0,2}|\t")
# Terms of the contract, which are no part of a title.
_TERM = (
    r"(?:full[ -]?time|part[ -]?time|permanent|temporary|fixed[ -]term|term[ -]time(?: only)?|casual|seasonal|contract|freelance|zero[ -]hours?|bank"
    r"|maternity cover|job[ -]share|hybrid|remote|on[ -]?site|immediate start|urgent(?:ly required)?|days|nights|shifts?|evenings|weekends"
    r"|(?:up to )?\d[\d.,]{0,5} ?(?:hours?|hrs?|months?|weeks?|fte)(?: (?:a|per) week)?|[£$€] ?\d.{0,40}|competitive salary|m/f/d|f/m/d)"
)
_TERMS = re.compile(rf"{_TERM}(?:(?:,|/| and| or| &|\+|;)? ?{_TERM}){{0,5}}", re.IGNORECASE)
_TERMS_LAST = re.compile(
    rf"\s{{1,3}}(?:\({_TERM}(?:(?:,|/| and| or| &)? ?{_TERM}){{0,3}}\)|{_TERM}(?:(?:,|/| and| or| &)? ?{_TERM}){{0,3}})\Z",
    re.IGNORECASE,
)
_TERMS_FIRST = re.compile(
    rf"\A{_TERM}(?:(?:,|/| and| or| &)? ?{_TERM}){{1,3}}(?::|,| -)? ", re.IGNORECASE
)
_SIGN = re.compile(r"[,/:&+;]| - ")
# "Cook needed", "FARRIER WANTED": what a title calls for is no part of it.
_WANTED = re.compile(r"\s{1,3}(?:wanted|needed|required|sought)\W{0,3}\Z", re.IGNORECASE)
# A place: names in capitals, a county or a state, the number of a house, a postcode.
_PLACE = re.compile(
    r"(?:\d{1,4}[A-Za-z]?(?:-\d{1,4})? )?(?:(?:St|Mt)\. )?[A-Z][\w.'’-]{0,30}(?:[ -](?:[A-Z][\w.'’-]{0,30}|upon|on|in|under|the|le|by|of|and|next|sea|juxta|\d[A-Z]{2}|&)){0,5}"
)
_INCORPORATED = re.compile(r"(?:Inc|Ltd|LLC|LLP|PLC|plc|Limited|Co|GmbH)\.?", re.IGNORECASE)


# "Home > About us > Vacancies > Cook", the way through a site, with its signs or without.
_TRAIL = re.compile(
    r"home\s{0,3}[>»›/|\\]|home (?:about|careers?|jobs?|vacanc|work)|\A[^>»›]{0,60}[>»›][^>»›]{0,60}[>»›]",
    re.IGNORECASE,
)
# A public body that a line, or a sentence of its commitments, names in full further down.
_BODY = re.compile(
    r"^(?P<name>(?!(?:The|Our|Your|This|Each|Every|Any|All|About|Join|Parish|Town|City|County|District|Borough|School) (?:\w+ )?(?:Council|Trust)\b)"
    r"[A-Z][\w'’-]{1,20} (?:(?:[A-Z][\w'’-]{1,20}|of|and|&|on|upon) ){0,4}(?:Council|NHS(?: Foundation)? Trust|Conservatoire|University|Diocese|Constabulary))"
    r"(?:$|(?= (?:is|are) (?:committed|an? (?:equal|disability|living|inclusive)|proud)\b| (?:welcomes|values)\b))",
    re.MULTILINE,
)


@attrs.frozen
class Head:
    """What the first lines of an advert say; an empty fact was not plain.

    Attributes:
        title: The role, without the terms of the contract.
        employer: The organisation.
        location: The place.
        closes: Last day to apply, wherever in the text it is named.
        interview_date: The day of the interviews, wherever in the text it is named.
    """

    title: str = ""
    employer: str = ""
    location: str = ""
    closes: dt.date | None = None
    interview_date: dt.date | None = None


@cache
def _job_words() -> frozenset[str]:
    return frozenset(read_words("job_words.txt"))


def read_head(text: str) -> Head:
    r"""Return the role, the employer and the place that the first lines of a text name, and its end.

    >>> head = read_head("Staff Nurse - Acute Unit\nMerrow Hospitals NHS Trust\nSite: Calder\nWe care.")
    >>> head.title, head.employer, head.location, head.closes
    ('Staff Nurse - Acute Unit', 'Merrow Hospitals NHS Trust', 'Calder', None)
    >>> head = read_head("COOK - FULL TIME, PERMANENT\nSpire Foods Ltd, Ely\nClosing date: 4 May 2027")
    >>> head.title, head.employer, head.location, head.closes
    ('COOK', 'Spire Foods Ltd', 'Ely', datetime.date(2027, 5, 4))
    >>> read_head("We are a small team and want to hear from you.").title
    ''
    """
    lines = [line.strip(" \t*#_•") for line in text.splitlines() if line.strip(" \t*#_•-=")]
    named = dict(reversed(list(_named(lines[:_LABELLED_LINES]))))
    first = [line for line in lines[:_FIRST_LINES] if _may_name(line)]
    bare = (without_terms(_WANTED.sub("", line)) for line in first)
    title = without_terms(named.get("title", "")) or next(filter(is_role, bare), "")
    employer, place = _of_employer(named.get("employer", ""))
    if not employer:
        others = [line for line in first if not is_role(_PARTS.split(line)[0])]
        # "Customer Services" may be a team: a word that only organisations carry is looked for first.
        found = (_of_employer(line, is_it) for is_it in (_is_sure, _is_firm) for line in others)
        employer, place = next((one for one in found if one[0]), ("", ""))
    if not employer and title:
        # "Solicitor, Threlkeld LLP, Ousemouth": all three in one line.
        role, *rest = _PARTS.split(title)
        employer, place = _of_employer(", ".join(rest)) if is_role(role) else ("", "")
        title = role if employer else title
    title, town = _without_place(title, text, named.get("location", ""))
    place = named.get("location") or place or town or _based_in(text)
    return Head(
        title,
        employer or named_employer(text) or _body_named(text),
        place,
        read_closing_date(text),
        read_interview_date(text),
    )


def _body_named(text: str) -> str:
    found = _BODY.search(text)
    return found["name"] if found else ""


# "Based in Hebden Bridge, you will ...": the place of the work, said once near the top.
_BASED_IN = re.compile(
    r"(?:\A|(?<=\n))(?:You will be |This (?:role|post|job) is |The (?:role|post|job) is )?[Bb]ased in (?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})(?=[,.])"
)


def _based_in(text: str) -> str:
    found = _BASED_IN.search(text)
    return found["place"] if found else ""


def _without_place(title: str, text: str, location: str) -> tuple[str, str]:
    """Return a title without the town behind it, and the town."""
    aside = _IN_BRACKETS.search(title)
    if aside and (aside["place"] == location or is_place(aside["place"], text)):
        return title[: aside.start()], aside["place"]
    parts = _PARTS.split(title)
    ends = _places_of_parts(title, parts)
    first = len(parts)
    while first > 1 and (parts[first - 1].strip() == location or is_place(parts[first - 1], text)):
        first -= 1
    # "Penzance, Cornwall": what stands before a county is its town, unless the advert has it as a word.
    before = parts[first - 1].strip()
    if 1 < first < len(parts) and title[ends[first - 1] :].startswith(", "):
        field = " " in before and _FIELD.fullmatch(before)
        a_word = before.lower() in text or field or is_role(before)
        first -= bool(_PLACE.fullmatch(before)) and not a_word
    role = title[: ends[first - 1]] if first < len(parts) else title
    if role == title or not is_role(without_terms(role)):
        return title, ""
    return without_terms(role), ", ".join(part.strip() for part in parts[first:])


def without_terms(title: str) -> str:
    """Return a title without the terms of the contract behind it, or several before it.

    >>> without_terms("Roofer - full time, permanent"), without_terms("Bank Nurse (part-time)")
    ('Roofer', 'Bank Nurse')
    """
    parts = _PARTS.split(title)
    signs = _PARTS.findall(title)
    while len(parts) > 1 and _TERMS.fullmatch(parts[-1].strip(" ()")):
        parts.pop()
        signs.pop()
    kept = "".join(part + sign for part, sign in zip(parts, [*signs, ""], strict=True))
    shorter = _TERMS_LAST.sub("", kept)
    kept = shorter if is_role(shorter) else kept
    leading = _TERMS_FIRST.match(kept)
    shorter = kept[leading.end() :] if leading else kept
    # "Casual Shift Worker" is one title: terms before it have a sign, or leave a title of words behind.
    apart = leading and (_SIGN.search(leading.group()) or len(_WORD.findall(shorter)) > 1)
    return shorter if apart and is_role(shorter) else kept


def _is_sure(part: str) -> bool:
    return bool(_ORGANISATION.search(part) or _INCORPORATED.fullmatch(part))


def _is_firm(part: str) -> bool:
    """Tell whether a part of a line names an organisation, and not only a field: "Housing"."""
    return _is_sure(part) or bool(_FIRM.search(part) and not _FIELD.fullmatch(part.strip()))


def _of_employer(line: str, is_it: Callable[[str], bool] = _is_firm) -> tuple[str, str]:
    """Return the organisation that a line names, and the place behind it; ("", "") without one."""
    parts = _PARTS.split(line)
    told = [place for place, part in enumerate(parts) if is_it(part)]
    if not told:
        return "", ""
    cut = _places_of_parts(line, parts)
    last = told[-1]
    aside = _IN_BRACKETS.search(line[: cut[last]])
    if aside and _PLACE.fullmatch(aside["place"]):
        return line[: aside.start()], aside["place"]
    places = []
    for part in parts[last + 1 :]:
        if not _PLACE.fullmatch(part.strip()) or _TERMS.fullmatch(part.strip()):
            break
        places.append(part.strip())
    return line[: cut[last]], ", ".join(places)


def _places_of_parts(line: str, parts: list[str]) -> list[int]:
    """Return where each part of a line ends."""
    ends = []
    at = 0
    for part in parts:
        at = line.index(part, at) + len(part)
        ends.append(at)
    return ends


def _named(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the facts that lines name, the first of a kind first."""
    for line in lines:
        found = _LABELLED.fullmatch(line)
        if found and len(found["value"].split()) <= _MOST_WORDS:
            name = found["name"].lower()
            yield _FACT_OF_NAME.get(name, "title"), found["value"].strip()


def _may_name(line: str) -> bool:
    return (
        len(line.split()) <= _MOST_WORDS
        and ":" not in line
        and not _SENTENCE.search(_SHORTENED.sub("", line))
        and not _TICKED.match(line)
        and not _MAIL_HEAD.match(line)
        and not _TRAIL.match(line)
        and not _SALUTATION.fullmatch(line)
        and find_heading(line) is None
    )


def is_role(line: str) -> bool:
    """Tell whether a line ends, or begins before "of" and "for", in the last word of a job title.

    >>> is_role("Senior Staff Nurse, Leeds"), is_role("Head of Finance"), is_role("Good manners")
    (True, True, False)
    >>> is_role("School Cook"), is_role("College of Nurses")
    (True, False)
    """
    role = _ADDED.split(line, maxsplit=1)[0]
    words = _WORD.findall(role.lower())
    if not words or any(_ENDS_NAME.match(role, one.end()) for one in _ORGANISATION.finditer(role)):
        return False
    # "Head of Finance", "Teacher of Mathematics", "Chef de Partie": the role stands before the field.
    before = _BEFORE_FIELD.split(role.lower(), maxsplit=1)[0].split()
    return any(
        word in _job_words() or word.removesuffix("s") in _job_words()
        for word in (words[-1], before[-1] if before else "")
    )
