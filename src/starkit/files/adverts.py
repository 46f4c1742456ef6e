"""An advert from a file or from text, in the forms that adverts come in."""

import os
import re
from pathlib import Path

import attrs

from starkit.adverts import Advert, read_head
from starkit.adverts.closing import read_interview_date
from starkit.errors import AdvertError, FileError
from starkit.files.docx import read_docx
from starkit.files.html import Page, read_page
from starkit.files.jobposting import JobPosting, best_posting, postings_in
from starkit.files.kinds import DOCX, MHTML, PDF, binary_kind
from starkit.files.mail import Mail, is_message, looks_like_mail, read_message, without_mail_parts
from starkit.files.pdf import read_pdf
from starkit.files.printed import printed_text
from starkit.files.reading import megabytes, read_bytes
from starkit.files.text import clean_text, decode
from starkit.language import ensure_english

_LARGEST_FILE = 10_000_000  # bytes; a saved page carries far more than its text
_LARGEST_TEXT = 2_000_000  # characters of text, some 300,000 words

# A file's name is a line without these; Linux allows 4,096 bytes for a path.
_LINE_END = re.compile(r"[\n\r]")
_LONGEST_PATH = 4096
_SUFFIX = re.compile(
    r"\.(?:txt|text|md|markdown|html?|xhtml|mhtml?|pdf|docx?|odt|rtf|eml|msg|json)$"
)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)

# The tags by which a page, or a piece of one, is told from text.
_PAGE_START = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype|!--|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|br|td|tr|table|h[1-6]|span|strong|b)\b[^<>]{0,300}>", re.IGNORECASE
)
_SNIFFED = 65_536

# Markdown's way to write a sign that it would take for its own: "\\* essential".
_ESCAPED = re.compile(r"\\([*_#+.()\[\]>`~-])")

# A page with fewer words is no advert but a frame around one, a notice or a login.
_FEWEST_WORDS = 20
# A description in a data block with fewer words is a teaser, when the page has far more.
_TEASER = 40
# A description of so many words on one line has lost its lines on the way.
_FLAT = 120

# What a page is called, up to the name of the site: "Nurse - Leeds | Jobs".
_TITLE_END = re.compile(r"\s[|–—·»:-]\s")


# "Cook at Corviston Hall | Jobs": the employer in the title of a page.
_AT_EMPLOYER = re.compile(
    r"\A\s{1,9}(?:at|with)\s{1,9}([^|–—·»:]{2,80}?)(?=\s{1,9}-\s|\s{0,9}[|–—·»:(]|\s{0,9}\Z)"
)


def read_advert(path_or_text: str | os.PathLike[str]) -> Advert:
    r"""Return the advert in a file, or in the text itself.

    Read are plain text, Markdown and e-mail in any encoding, and saved HTML pages; with the extra
    ``documents`` also PDF and Word (DOCX). Where a page has a schema.org ``JobPosting``, that is
    read rather than the page around it. What a file is, is told by its content and never by its
    name.

    Args:
        path_or_text: A path, or the text of an advert. A string with a line end is text; one that
            looks like a path (no spaces, or a file's suffix) has to be a file that exists.

    Raises:
        FileError: The file is missing, a folder, unreadable, empty, too large (10 MB; 2 MB of
            text), of a kind that is not read (pictures, archives), a broken or encrypted
            document, a scan without text, or a message that holds attachments only.
        MissingExtraError: It is a PDF or Word document, and the extra is not installed.
        AdvertError: There is no text of an advert, or it is not in English.

    >>> read_advert("Nurse wanted\r\n\r\n\r\n\u2022\u00a0NMC registration \n").text
    'Nurse wanted\n\n• NMC registration'
    >>> read_advert("advert.html")
    Traceback (most recent call last):
    starkit.errors.FileError: advert.html: there is no such file; ...
    """
    path = _as_path(path_or_text)
    if path is None:
        advert = _advert_of_text(str(path_or_text), source="", named="the text")
    else:
        advert = _advert_of_bytes(
            read_bytes(path, limit=_LARGEST_FILE, too_large="save the text of the advert only"),
            source=Path(path).name,
            named=str(path),
        )
    ensure_english(advert.text)
    return advert


def _as_path(given: str | os.PathLike[str]) -> str | Path | None:
    """Return the path that is meant, or ``None`` when the text itself is given."""
    if not isinstance(given, str):
        return Path(given)
    if _LINE_END.search(given) or len(given) > _LONGEST_PATH:
        return None
    line = given.strip()
    if _ADDRESS.fullmatch(line):
        seen, advice = "it is an address on the web", "save the page and give the file"
        raise FileError(given, seen, advice)
    if not line:
        return None
    if _exists(given):
        return given
    # One word is never an advert, and a file's suffix at the end of a line is a file's name.
    return given if len(line.split()) == 1 or _SUFFIX.search(line.casefold()) else None


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long a name, a null character
        return False


def _advert_of_bytes(data: bytes, *, source: str, named: str) -> Advert:
    kind = binary_kind(data)
    if kind == PDF:
        printed = printed_text(read_pdf(data, named=named))
        return _advert_of_plain(clean_text(printed, columns_by_spaces=False), source=source)
    if kind == DOCX:
        written = read_docx(data, named=named)
        return _advert_of_plain(clean_text(written, columns_by_spaces=False), source=source)
    if kind not in (None, MHTML):
        raise FileError(named, f"it is {kind}", "open it and save the advert as text or HTML")
    text = decode(data)
    saved = kind == MHTML or is_message(text)
    mail = read_message(data) if saved else None
    if mail is None and saved:
        seen = "the message has no text of its own"
        raise FileError(named, seen, "save its attachment and give that file")
    if mail is None:
        return _advert_of_text(text, source=source, named=named)
    if mail.is_page:
        return _advert_of_page(read_page(mail.text), source=source)
    return _advert_of_mail(mail, source=source)


def _advert_of_mail(mail: Mail, *, source: str) -> Advert:
    bare = without_mail_parts(clean_text(mail.text))
    advert = _advert_of_plain(clean_text(bare.text), source=source)
    # A subject says what the advert itself does not name.
    subject = mail.subject or bare.subject
    said = read_head(subject)
    return attrs.evolve(
        advert,
        title=advert.title or said.title or subject,
        employer=advert.employer or said.employer,
        location=advert.location or said.location,
        closes=advert.closes or said.closes,
        interview_date=advert.interview_date or said.interview_date,
    )


def _advert_of_text(text: str, *, source: str, named: str) -> Advert:
    if not text.strip("\ufeff \t\r\n\x00"):
        if source:
            raise FileError(named, "the file holds blanks only", "check that it was saved")
        raise AdvertError("the advert is empty", "give its text, or a file with its text")
    if _is_page(text):
        return _advert_of_page(read_page(text), source=source)
    found = best_posting(postings_in(text), title="") if text.lstrip()[:1] in ("{", "[") else None
    if found is not None:
        return _posted(found, source=source)
    clean = clean_text(_ESCAPED.sub(r"\1", text))
    if looks_like_mail(clean):
        return _advert_of_mail(Mail("", clean), source=source)
    return _advert_of_plain(clean, source=source)


def _advert_of_plain(clean: str, *, source: str) -> Advert:
    _not_too_long(clean)
    if not any(character.isalpha() for character in clean):
        raise AdvertError("the advert has no words", "give the text of the advert")
    head = read_head(clean)
    return Advert(
        clean,
        title=head.title,
        employer=head.employer,
        location=head.location,
        closes=head.closes,
        interview_date=head.interview_date,
        source=source,
    )


def _is_page(text: str) -> bool:
    head = text[:_SNIFFED].lstrip("\ufeff")
    tags = len(_BLOCK_TAG.findall(head))
    if _PAGE_START.match(head):
        return True
    # Markdown has a tag here and there; a piece of a page has about one a line or more.
    lines = sum(1 for line in head.split("\n") if line.strip())
    return tags >= 3 and 2 * tags >= lines


def _advert_of_page(page: Page, *, source: str) -> Advert:
    postings = [posting for block in page.data for posting in postings_in(block)]
    if page.posting is not None:
        postings.append(page.posting)
    found = best_posting(postings, title=f"{page.heading} {page.title}")
    title = page.heading or _TITLE_END.split(page.title)[0].strip()
    if found is not None:
        found = attrs.evolve(found, employer=found.employer or _employer(page))
    if found is not None and not _page_is_better(page.text, found.text):
        return _posted(found, source=source, title=title)
    words = len(page.text.split())
    if words < _FEWEST_WORDS:
        seen = f"the page has no text of an advert ({words} words)"
        advice = "open it in a browser, copy the advert and save it as a text file"
        raise AdvertError(seen, advice)
    text = _not_too_long(page.text)
    if found is None:
        head = read_head(text)
        return Advert(
            text,
            title=head.title or title,
            employer=_employer(page) or head.employer,
            location=head.location,
            closes=head.closes,
            interview_date=head.interview_date,
            source=source,
        )
    return _posted(found, source=source, title=title, text=text)


def _employer(page: Page) -> str:
    """Return the employer that a page names: in its markup, or in its title after the role."""
    _, role, after = page.title.partition(page.heading) if page.heading else ("", "", "")
    named = _AT_EMPLOYER.match(after) if role else None
    return page.employer or (named[1].strip() if named else "")


def _posted(found: JobPosting, *, source: str, title: str = "", text: str = "") -> Advert:
    text = text or _not_too_long(found.text)
    return Advert(
        text,
        title=found.title or title,
        employer=found.employer,
        location=found.location,
        closes=found.closes,
        interview_date=read_interview_date(text),
        source=source,
    )


def _page_is_better(page: str, posted: str) -> bool:
    """Say whether the page has the text of a posting that is a teaser, or lost its lines."""
    words = len(posted.split())
    if words < _TEASER:
        return len(page.split()) > 3 * words
    if "\n" in posted or words < _FLAT:
        return False
    shown, told = set(page.casefold().split()), set(posted.casefold().split())
    return len(told & shown) >= 0.9 * len(told) and len(page.split()) < 2 * words


def _not_too_long(text: str) -> str:
    if len(text) > _LARGEST_TEXT:
        seen = f"the advert has {megabytes(len(text))} of text, limit {megabytes(_LARGEST_TEXT)}"
        raise AdvertError(seen, "give the text of one advert only")
    return text
