"""Drafts to edit: thank-you, update and reminder to the recruiter, requests, keeping in touch."""

import datetime
from enum import StrEnum
from typing import Any

import attrs

from starkit.cells import cell
from starkit.errors import FollowUpError
from starkit.letters.templates import filled_file
from starkit.timescales import in_words


class Through(StrEnum):
    """Whom a letter goes to: the employer, or whoever stands between.

    >>> Through("recruiter") is Through.RECRUITER
    True
    """

    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    INTRODUCER = "introducer"


@attrs.frozen
class Draft:
    """A letter or an e-mail to edit and send; nothing is in it that the caller did not give.

    Attributes:
        subject: The subject line.
        body: The text, with salutation and close.

    >>> print(Draft("Thank you", "Dear Ms Okafor,"))
    Subject: Thank you
    <BLANKLINE>
    Dear Ms Okafor,
    """

    subject: str
    body: str

    @property
    def text(self) -> str:
        """Subject and body, as one would paste them."""
        return f"Subject: {self.subject}\n\n{self.body}"

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return cell("draft", draft=self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(self.text)


# Between the subject and the body of a template; a name cannot bring one in, since line breaks
# in the values become spaces.
_RULE = "\n---\n"


def _draft(name: str, **values: object) -> Draft:
    said = {
        field: in_words(value) if isinstance(value, datetime.date) else value
        for field, value in values.items()
    }
    subject, _, body = filled_file(name, **said).partition(_RULE)
    return Draft(subject.strip(), body.strip())


def _through(value: "Through | str") -> Through:
    try:
        return Through(value)
    except ValueError:
        raise FollowUpError("through", value, f"give one of {', '.join(Through)}") from None


def thank_you_note(
    role: str = "",
    *,
    employer: str = "",
    to: str = "",
    sender: str = "",
    interviewed: datetime.date | None = None,
    discussed: str = "",
    timescale: str = "",
    contact_on: datetime.date | None = None,
) -> Draft:
    """Return a thank-you note after an interview, which repeats what was agreed (A9, A17).

    Args:
        role: The post.
        employer: Where; whom it goes to knows that, so it may be left out.
        to: Whom it goes to, as in the salutation.
        sender: Who writes; a mark to fill in if not given.
        interviewed: The day of the interview.
        discussed: What was spoken of that you would like to be remembered by.
        timescale: What the employer said about hearing back.
        contact_on: The day on which you will be in touch.

    >>> note = thank_you_note("Ward Manager", to="Ms Okafor", sender="Tom Reyes")
    >>> note.subject
    'Thank you: Ward Manager'
    >>> note.body.splitlines()[0]
    'Dear Ms Okafor,'
    """
    return _draft(
        "thank_you.txt",
        role=role,
        employer=employer,
        to=to,
        sender=sender,
        interviewed=interviewed,
        discussed=discussed,
        timescale=timescale,
        contact_on=contact_on,
    )


def recruiter_update(
    role: str = "",
    *,
    employer: str = "",
    to: str = "",
    sender: str = "",
    interviewed: datetime.date | None = None,
    process: str = "",
    timescale: str = "",
    contact_on: datetime.date | None = None,
) -> Draft:
    """Return the note that tells the recruiter what was agreed with the employer (A26).

    Args:
        role: The post.
        employer: Who interviewed you.
        to: The recruiter, as in the salutation.
        sender: Who writes.
        interviewed: The day of the interview.
        process: What the employer said comes next.
        timescale: What the employer said about hearing back.
        contact_on: The day on which you will ask the recruiter for news.

    >>> "in your hands" in recruiter_update("Driver", employer="Harbour Foods").body
    True
    """
    return _draft(
        "recruiter_update.txt",
        role=role,
        employer=employer,
        to=to,
        sender=sender,
        interviewed=interviewed,
        process=process,
        timescale=timescale,
        contact_on=contact_on,
    )


def recruiter_reminder(
    role: str = "",
    *,
    employer: str = "",
    to: str = "",
    sender: str = "",
    interviewed: datetime.date | None = None,
    timescale: str = "",
    direct_on: datetime.date | None = None,
) -> Draft:
    """Return the reminder that comes before going direct to the employer (A27).

    Args:
        role: The post.
        employer: Who has not been heard from.
        to: The recruiter, as in the salutation.
        sender: Who writes.
        interviewed: The day of the interview, if there was one.
        timescale: What the employer said, now passed.
        direct_on: The day on which you will ask the employer yourself.

    >>> recruiter_reminder("Driver", employer="Harbour Foods").subject
    'Driver, Harbour Foods: is there news?'
    """
    return _draft(
        "recruiter_reminder.txt",
        role=role,
        employer=employer,
        to=to,
        sender=sender,
        interviewed=interviewed,
        timescale=timescale,
        direct_on=direct_on,
    )


def news_request(
    role: str = "",
    *,
    employer: str = "",
    to: str = "",
    sender: str = "",
    applied: datetime.date | None = None,
    interviewed: datetime.date | None = None,
    timescale: str = "",
    agreed: bool = False,
    late: bool = False,
) -> Draft:
    """Return the letter to the employer when the time for an answer has passed (A16, A17).

    Args:
        role: The post.
        employer: Where; whom it goes to knows that, so it may be left out.
        to: Whom it goes to, as in the salutation.
        sender: Who writes.
        applied: The day of the application.
        interviewed: The day of the interview, if there was one.
        timescale: What the employer said, now passed.
        agreed: Whether you had said that you would come back, in a letter or in the interview.
        late: Whether you had not, so that the letter says that it opens the door now (A18).

    Raises:
        FollowUpError: It cannot be both.

    >>> "that is why I am in touch" in news_request("Driver", late=True).body
    True
    >>> "I said" in news_request("Driver").body
    False
    """
    if agreed and late:
        raise FollowUpError("late", late, "leave out 'agreed' or 'late': it cannot be both")
    return _draft(
        "news_request.txt",
        role=role,
        employer=employer,
        to=to,
        sender=sender,
        applied=applied,
        interviewed=interviewed,
        timescale=timescale,
        agreed=agreed,
        late=late,
    )


def feedback_request(
    role: str = "",
    *,
    employer: str = "",
    to: str = "",
    sender: str = "",
    through: Through | str = Through.EMPLOYER,
    interviewed: bool = True,
    late: bool = False,
    asked_on: datetime.date | None = None,
) -> Draft:
    """Return a request for feedback after a rejection: it accepts, and asks nothing else (A24).

    Args:
        role: The post.
        employer: Who decided.
        to: Whom it goes to, as in the salutation.
        sender: Who writes.
        through: Who is asked: the employer, the recruiter (A26) or the introducer (A28).
        interviewed: Whether there was an interview.
        late: Whether the door was not left open, so that the letter says why it comes (A18).
        asked_on: The day on which the same person was asked before, so that it is a reminder.

    Raises:
        FollowUpError: ``through`` is none of the three.

    >>> request = feedback_request("Driver", employer="Harbour Foods", through="recruiter")
    >>> "I fully accept the decision" in request.body
    True
    """
    return _draft(
        "feedback_request.txt",
        role=role,
        employer=employer,
        to=to,
        sender=sender,
        through=_through(through),
        interviewed=interviewed,
        late=late,
        asked_on=asked_on,
    )


def second_choice_note(
    role: str = "",
    *,
    employer: str = "",
    to: str = "",
    sender: str = "",
    through: Through | str = Through.EMPLOYER,
    interviewed: bool = False,
) -> Draft:
    """Return a few lines that keep a second choice in mind, and ask nothing (A33).

    Args:
        role: The post.
        employer: Who decided.
        to: Whom it goes to, as in the salutation.
        sender: Who writes.
        through: Who is written to.
        interviewed: Whether there was an interview.

    Raises:
        FollowUpError: ``through`` is none of the three.

    >>> "no need to reply" in second_choice_note("Driver").body
    True
    """
    return _draft(
        "second_choice.txt",
        role=role,
        employer=employer,
        to=to,
        sender=sender,
        through=_through(through),
        interviewed=interviewed,
    )
