"""E-mail: a saved message to the part with the advert, and pasted mail without what mail adds.

Web archives (MHTML) are messages, too: the page is their HTML part.
"""

import email
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message

import attrs

from starkit.adverts.headings import find_heading
from starkit.cues.kinds import find_kinds
from starkit.files.text import decode

# A saved message begins with fields, among them one that people do not type.
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:|[ \t]\S")
_MACHINE_FIELD = re.compile(
    r"^(?:mime-version|received|message-id|content-type|content-transfer-encoding|return-path)\s{0,3}:",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_WITHIN = 20_000
_MOST_PARTS = 200

# The fields that mail programs write above a message that is answered or passed on.
_SHOWN_FIELD = re.compile(
    r"\*{0,2}(?P<name>from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments?)\s?:\*{0,2}(?:\s|$)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\*{0,2}subject\s?:\*{0,2}\s*(?P<words>.{1,300})", re.IGNORECASE)
_ANSWERED = re.compile(r"(?:\s{0,3}(?:re|fwd?|aw|wg)\s{0,2}:)+\s*", re.IGNORECASE)
_PASSED_ON = re.compile(
    r"\A(?:[-_ ]{2,40}(?:forwarded message|forwarded by .{1,100}|original message|original appointment)"
    r"[-_ ]{0,40}|begin forwarded message:|_{10,200}|on .{6,200} wrote:)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_QUOTED_SHARE = 0.6
_CUT = re.compile(r"--[ \t]*|—")
_CLOSING = re.compile(
    r"(?:(?:with |my )?(?:kind(?:est)?|best|warm(?:est)?|many)?\s?(?:regards|wishes|thanks)|best|cheers"
    r"|thank you|yours (?:sincerely|faithfully|truly))[,.!]?",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 14  # lines with words
_SENTENCE_FROM = 5  # words
_ITEM = re.compile(r"(?:[•*+–-]|\d{1,2}[.)])\s")
_LONGEST_LINE = 12  # words of a line in a signature: a whole postal address
_SENT_FROM = re.compile(
    r"(?:sent from my|get outlook for|sent with|sent from) .{2,60}", re.IGNORECASE
)
_PICTURE = re.compile(r"\[(?:image|cid)[: ][^\]\n]{0,200}\]", re.IGNORECASE)


@attrs.frozen
class Mail:
    """What a saved message holds.

    Attributes:
        subject: Its subject, without "Re:" and "Fwd:".
        text: Its text, or its page.
        is_page: Whether ``text`` is HTML.
    """

    subject: str
    text: str
    is_page: bool = False


def is_message(text: str) -> bool:
    r"""Say whether a text is a message as it is saved, with the fields that programs write.

    >>> is_message("From: a@b.example\nMIME-Version: 1.0\n\nHello"), is_message("From: Ann\n\nHi")
    (True, False)
    """
    head = re.split(r"\r?\n[ \t]*\r?\n", text[:_HEAD_WITHIN].lstrip("\ufeff\r\n"), maxsplit=1)[0]
    lines = head.splitlines()
    return (
        len(lines) > 1
        and all(_FIELD.match(line) for line in lines)
        and _MACHINE_FIELD.search(head) is not None
    )


def read_message(data: bytes) -> Mail | None:
    r"""Return the advert's part of a saved message; ``None`` when there is no text in it.

    >>> read_message(b"Subject: Fwd: Cook\nMIME-Version: 1.0\n\nCook wanted").text
    'Cook wanted'
    """
    try:
        message = email.message_from_bytes(data.lstrip(b"\r\n"))
        parts = list(_texts(message))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return None  # parts within parts without end, or fields that are none
    subject = _ANSWERED.sub("", _subject(message), count=1)
    page = max((text for is_page, text in parts if is_page), key=len, default="")
    plain = "\n\n".join(text for is_page, text in parts if not is_page)
    # The text beside a page is often only a note that there is a page.
    if page and (message.get_content_subtype() == "related" or len(plain.split()) < 20):
        return Mail(subject, page, is_page=True)
    if plain.strip():
        return Mail(subject, plain)
    return Mail(subject, page, is_page=True) if page else None


def _texts(message: Message) -> Iterator[tuple[bool, str]]:
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            return
        kind = part.get_content_type()
        if (
            kind not in ("text/plain", "text/html")
            or part.get_content_disposition() == "attachment"
        ):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield kind == "text/html", _unflowed(_decoded(content, part), part)


def _decoded(content: bytes, part: Message) -> str:
    named = part.get_content_charset()
    if named is not None and named not in ("us-ascii", "ascii"):
        try:
            return content.decode(named)
        except (LookupError, UnicodeError):
            pass  # a name that Python does not know, or one that is not true
    return decode(content)


def _unflowed(text: str, part: Message) -> str:
    """Join the lines that a program broke, where it says how (RFC 3676)."""
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    lines = [line if line == "-- " else line.removeprefix(" ") for line in text.split("\n")]
    joined: list[str] = []
    flows = False
    for line in lines:
        if flows and line and not line.startswith(">"):
            joined[-1] += line
        else:
            joined.append(line)
        flows = line.endswith(" ") and line != "-- "
    return "\n".join(joined)


def _subject(message: Message) -> str:
    written = str(message.get("Subject", ""))[:1000]
    try:
        return " ".join(str(make_header(decode_header(written))).split())
    except (ValueError, LookupError, UnicodeError):
        return " ".join(written.split())


# --- mail as people paste it ----------------------------------------------------------------------


def looks_like_mail(text: str) -> bool:
    r"""Say whether a text is pasted mail: fields at its top, a note of passing on, or quoted lines.

    >>> looks_like_mail("From: Ann\nSubject: Job\n\nCook wanted"), looks_like_mail("Cook wanted")
    (True, False)
    """
    lines = [line for line in text.split("\n") if line.strip()]
    # A subject is often copied with the mail, and then stands over its fields.
    titled = bool(lines) and _ANSWERED.match(lines[0].strip()) is not None
    if _field_lines(lines, int(titled)) >= 2:
        return True
    if any(_PASSED_ON.fullmatch(line.strip("> ")) and "_" not in line for line in lines[:15]):
        return True
    quoted = sum(1 for line in lines if line.startswith(">"))
    return len(lines) > 3 and quoted >= _QUOTED_SHARE * len(lines)


def without_mail_parts(text: str) -> Mail:
    r"""Return pasted mail without fields, quote marks, notes of passing on and signatures.

    >>> without_mail_parts("From: Ann\nSubject: Fw: Job\n\n> Cook\n> wanted\n-- \nAnn").text
    'Cook\nwanted'
    """
    lines = [_PICTURE.sub("", _QUOTE.sub("", line)) for line in text.split("\n")]
    kept: list[str] = []
    subject = ""
    place = 0
    while place < len(lines):
        line = lines[place].strip()
        fields = _field_lines(lines, place)
        if fields >= 2:
            for field in lines[place : place + fields]:
                found = _SUBJECT.match(field.strip())
                subject = subject or (
                    _ANSWERED.sub("", found["words"].strip(), count=1) if found else ""
                )
            place += fields
        elif (
            _PASSED_ON.fullmatch(line)
            or _SENT_FROM.fullmatch(line)
            or (_ANSWERED.match(line) and _heads_fields(lines, place + 1))
        ):
            place += 1
        elif _CUT.fullmatch(line) or _CLOSING.fullmatch(line):
            end = _end_of_signature(lines, place)
            if end == place:
                kept.append(lines[place])
            place = max(end, place + 1)
        else:
            kept.append(lines[place])
            place += 1
    return Mail(subject, "\n".join(kept).strip("\n"))


def _heads_fields(lines: list[str], start: int) -> bool:
    """Tell whether the next line with words begins the fields of a message."""
    place = next((at for at in range(start, len(lines)) if lines[at].strip()), len(lines))
    return _field_lines(lines, place) >= 2


def _field_lines(lines: list[str], start: int) -> int:
    """Return how many lines from ``start`` are the fields of a message; fewer than two are none."""
    names: set[str] = set()
    place = start
    while place < len(lines) and (
        found := _SHOWN_FIELD.match(_QUOTE.sub("", lines[place]).strip())
    ):
        names.add(found["name"].lower())
        place += 1
    whole = bool(names & {"from", "subject"}) and bool(names & {"sent", "date", "to", "subject"})
    return place - start if whole and len(names) > 1 else 0


def _end_of_signature(lines: list[str], start: int) -> int:
    """Return the line after a signature, or ``start`` when what follows is none.

    A closing also stands above an advert ("this one could be for you. Best wishes, Ann"), and
    "Thank you" in the middle of one: what is cut is short lines that say nothing of a job, and
    never the better part of the text.
    """
    end = start + 1
    while end < len(lines):
        line = lines[end].strip()
        if _PASSED_ON.fullmatch(line) or _field_lines(lines, end) >= 2:
            break
        end += 1
    signed = [line for line in map(str.strip, lines[start + 1 : end]) if line]
    # Letters behind a name ("Ann Lund, MSc") ask for no degree.
    tells = any(map(_is_of_text, signed)) or any(map(find_kinds, signed[1:]))
    cut = sum(len(line.split()) for line in lines[start:end])
    whole = sum(len(line.split()) for line in lines)
    return start if len(signed) > _LONGEST_SIGNATURE or tells or 2 * cut > whole else end


def _is_of_text(line: str) -> bool:
    """Say whether a line is an item, a heading or a sentence, as no signature has them."""
    return (
        len(line.split()) > _LONGEST_LINE
        or line.endswith(":")
        or _ITEM.match(line) is not None
        or (line.endswith((".", "!", "?")) and len(line.split()) >= _SENTENCE_FROM)
        or find_heading(line) is not None
    )
