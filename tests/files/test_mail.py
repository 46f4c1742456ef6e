import base64
import quopri

import pytest

import starkit
from starkit.files.mail import is_message, looks_like_mail, read_message, without_mail_parts

ADVERT = """Library assistant

You will need
- Experience of serving the public
- Good knowledge of children's books"""


def text_of(tmp_path, content, name="advert.eml"):
    """Return the advert that a file holds."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return starkit.read_advert(path)


@pytest.mark.parametrize(
    "around",
    [
        pytest.param(
            "From: Ann <ann@a.example>\nSent: 16 November 2026\nSubject: FW: Job\n\n{}",
            id="outlook",
        ),
        pytest.param("*From:* Ann\n*Date:* Monday\n*Subject:* Job\n\n{}", id="bold"),
        pytest.param(
            "---------- Forwarded message ---------\nFrom: Ann\nSubject: Job\n\n{}", id="gmail"
        ),
        pytest.param("Begin forwarded message:\n\nFrom: Ann\nSubject: Job\n\n{}", id="apple"),
        pytest.param(
            "From: Ann\nSubject: Job\n\n{}\n\n-- \nAnn\nTel. 01632 960001", id="signature"
        ),
        pytest.param(
            "From: Ann\nSubject: Job\n\n{}\n\nKind regards,\n\nAnn Lund\nHR Officer", id="closing"
        ),
        pytest.param("From: Ann\nSubject: Job\n\n{}\n\nSent from my iPhone", id="phone"),
        pytest.param("From: Ann\nTo: Bo\nSubject: Job\n\n[image: logo]\n\n{}", id="picture"),
    ],
)
def test_what_mail_adds_goes(around):
    """Fields, notes of passing on and signatures are no part of the advert."""
    text = around.format(ADVERT)

    assert looks_like_mail(text)
    assert without_mail_parts(text).text.strip() == ADVERT


def test_quoted_advert():
    """Quote marks of any depth go, and the lines behind them stay."""
    quoted = "\n".join(f"> > {line}" for line in ADVERT.split("\n"))

    assert without_mail_parts(quoted).text == ADVERT
    assert looks_like_mail(quoted)


def test_answer_above_a_forwarded_advert():
    """A friend's note above loses its signature; the advert below is whole."""
    text = f"FYI\n\nBest,\nBo\n\n-----Original Message-----\nFrom: Ann\nSubject: Job\n\n{ADVERT}"

    assert without_mail_parts(text).text.split("\n\n", 1)[1].strip() == ADVERT
    assert "Bo" not in without_mail_parts(text).text


def test_long_text_after_a_closing_stays():
    """A "Thank you" in the middle of an advert cuts nothing off."""
    rest = "\n".join(f"- Requirement number {number}" for number in range(30))
    text = f"From: Ann\nSubject: Job\n\nThank you\n\n{rest}"

    assert rest in without_mail_parts(text).text


@pytest.mark.parametrize(
    "closing",
    ["Best wishes,\nAnn", "Thank you\nAnn", "Many thanks\n\nAnn", "Best,\nAnn", "-- \nAnn"],
)
@pytest.mark.parametrize(
    "advert",
    [
        ADVERT,
        ADVERT.replace("- ", ""),
        "Library assistant\nExperience of serving the public\nGood knowledge of books",
        "We are looking for a library assistant.\nYou have served the public before.",
    ],
)
def test_advert_below_a_note_stays(closing, advert):
    """A friend's closing above a short advert cuts nothing of the advert off."""
    text = (
        f"From: Ann\nTo: Bob\nSubject: Job\n\nHi Bob,\nthis one could be for you.\n\n{closing}\n\n"
    )

    assert starkit.read_advert(text + advert).text.endswith(starkit.read_advert(advert).text)


@pytest.mark.parametrize(
    "rest",
    ["Desirable:\n- A master's degree", "Desirable\nA master's degree", "About us\nLeeds Academy"],
)
def test_thanks_in_the_middle_of_an_advert(rest):
    """A polite word between two parts of an advert is no end of it."""
    text = (
        "Subject: Job\nDate: Monday\n\nWe are a school where children of every faith and none learn.\n"
        f"Essential: QTS\n\nThank you\n\n{rest}"
    )

    assert starkit.read_advert(text).text.endswith(starkit.read_advert(f"Job\n{rest}").text[4:])


def test_the_better_part_is_never_cut():
    """Lines that say nothing of a job stay where they are most of the text."""
    text = "From: Ann\nSubject: Job\n\nFor you?\n\nBest,\nAnn\n\nNight cook\nCorviston Hall, Leeds"

    assert "Night cook" in without_mail_parts(text).text


@pytest.mark.parametrize(
    "text",
    [
        ADVERT,
        "From: £25,000 a year\nTo: £30,000 a year\n\n" + ADVERT,
        "Date: 6 December 2026\n" + ADVERT,
        "# Cook\n\n> A kitchen with a view\n\n- Pastry\n- Grill\n- Rota",
    ],
)
def test_adverts_are_no_mail(text):
    """Facts that begin like fields, and a quotation in Markdown, make no mail of an advert."""
    assert not looks_like_mail(text) or without_mail_parts(text).text.endswith(text[-40:])


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64"])
def test_saved_message(tmp_path, encoding):
    """A message as a program saves it, in the encodings that mail travels in."""
    body = (
        ADVERT.replace("children's", "children\u2019s").encode() + b"\n"
        if encoding != "7bit"
        else ADVERT.encode()
    )
    coded = {"7bit": bytes, "quoted-printable": quopri.encodestring, "base64": base64.encodebytes}[
        encoding
    ](body)
    head = (
        "Received: by mail.example\r\nFrom: Ann <ann@a.example>\r\nSubject: =?utf-8?q?Fwd=3A_Library_job?=\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )

    advert = text_of(tmp_path, head.encode() + coded)

    assert advert.text.replace("\u2019", "'") == ADVERT
    assert advert.title == "Library assistant"


def test_subject_is_the_title_where_the_advert_has_none(tmp_path):
    """A subject names the job when the text does not."""
    body = "We want to hear from you if you like books and people.\nYou must be able to drive."
    message = (
        f"From: a@b.example\nSubject: Re: FW: Library Assistant, Leeds\nMIME-Version: 1.0\n\n{body}"
    )

    advert = text_of(tmp_path, message)

    assert (advert.title, advert.location) == ("Library Assistant", "Leeds")


def test_page_in_a_message(tmp_path):
    """Where a message is a page, the page is read; an attachment is not."""
    page = (
        "".join(f"<p>{line}</p>" for line in ADVERT.split("\n") if line)
        + "<p>"
        + "Come and see us. " * 10
    )
    message = (
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/html\n\n" + page + "\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nTerms of use\n--b--\n"
    )

    text = text_of(tmp_path, message).text

    assert "serving the public" in text
    assert "Terms of use" not in text
    assert "<p>" not in text


def test_web_archive(tmp_path):
    """A page saved as one file (MHTML) is a message with a page in it."""
    page = "<html><body><nav>Jobs News</nav><main><h1>Library assistant</h1><ul>" + "".join(
        f"<li>{line[2:]}</li>" for line in ADVERT.split("\n")[3:]
    )
    page += "</ul><p>" + "Come and see our library by the river. " * 6 + "</p></main></body></html>"
    message = (
        "From: <Saved by Blink>\r\nSubject: Library assistant\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b--"\r\n\r\n'
        "----b--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(page.encode()).decode()
        + "\r\n----b--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b----\r\n"
    )

    advert = text_of(tmp_path, message, "page.mhtml")

    assert advert.title == "Library assistant"
    assert "• Experience of serving the public" in advert.text
    assert "News" not in advert.text


def test_flowed_lines_are_joined():
    """Lines that a program broke where it says so (RFC 3676) are whole again."""
    message = (
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
        b"You will help readers of all \nages.\n-- \nAnn\n"
    )

    assert read_message(message).text == "You will help readers of all ages.\n-- \nAnn\n"


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 5000,
            id="parts",
        ),
        pytest.param(
            b"MIME-Version: 1.0\nContent-Type: text/plain; charset=no-such\n\nCook wanted",
            id="charset",
        ),
        pytest.param(b"MIME-Version: 1.0\nSubject: =?utf-8?b?!!!?=\n\nCook wanted", id="subject"),
        pytest.param(b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n%%%", id="base64"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: ;;;=\n\nCook wanted", id="type"),
        pytest.param(
            b"".join(
                b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
                % (n, n)
                for n in range(600)
            ),
            id="deep",
        ),
    ],
)
def test_broken_message(message):
    """A message that breaks the rules gives its text or nothing, and never a foreign error."""
    found = read_message(message)

    assert found is None or isinstance(found.text, str)


@pytest.mark.parametrize("name", ["advert.eml", "page.mhtml"])
def test_message_with_an_attachment_only(tmp_path, name):
    """A message without text of its own is told, and its coded attachment never read as text."""
    message = (
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: application/pdf\n"
        "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(b"%PDF-1.7 the job is in here" * 20).decode()
    )

    with pytest.raises(starkit.FileError, match=r"no text of its own.*save its attachment"):
        text_of(tmp_path, message, name)


def test_text_is_no_message():
    """An advert whose lines begin with a word and a colon is none."""
    assert not is_message("Salary: £30,000\nHours: 37\n\nCook wanted")


QUOTED = """Hi Sam,

> ROPE ACCESS PAINTER
> Norderay Coatings Ltd, Lowestoft
>
> We paint bridges and gasometers, and now and then a lighthouse that nobody
> else will touch.
>
> You need:
> * a certificate in rope access, in date, with at least 500 hours in the Log
>   Book
> * a sprayer's ticket, or two years of spraying behind you at a yard or at
>   a shop that can vouch for you
> * knowledge of the Confined Spaces Regulations and of the Construction
>   Design and Management Regulations
> * to be happy away from home for up to three weeks, with the weekend between
>   at home
>
> Able to lift 25 kg. Own transport.
>
> Experience with zinc-rich primers is an advantage, and so is a forklift
> ticket.
"""


def test_quoted_mail_broken_at_a_width(tmp_path):
    """A2: bullets and sentences that a mail program broke are whole, also before a capital."""
    (tmp_path / "advert.txt").write_text(QUOTED, encoding="utf-8")
    advert = starkit.read_advert(tmp_path / "advert.txt")
    asked = {" ".join(item.text.split()): item for item in starkit.extract_requirements(advert)}

    assert list(asked) == [
        "a certificate in rope access, in date, with at least 500 hours in the Log Book",
        "a sprayer's ticket, or two years of spraying behind you at a yard or at a shop that can vouch for you",
        "knowledge of the Confined Spaces Regulations and of the Construction Design and Management Regulations",
        "to be happy away from home for up to three weeks, with the weekend between at home",
        "Able to lift 25 kg",
        "Own transport",
        "Experience with zinc-rich primers is an advantage",
        "a forklift ticket",
    ]
    assert advert.title == "ROPE ACCESS PAINTER"
