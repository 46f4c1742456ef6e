"""The first words of a call, for each listener: who calls, acceptance, and why (A18, A23)."""

from enum import StrEnum
from functools import cache

from starkit.data import read_json
from starkit.errors import FollowUpError
from starkit.letters.templates import filled


class Listener(StrEnum):
    """Who picks up the telephone.

    >>> Listener("hr") is Listener.HR
    True
    """

    RECEPTIONIST = "receptionist"
    HR = "hr"
    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    INTRODUCER = "introducer"

    @property
    def words(self) -> str:
        """Who it is, in words.

        >>> Listener.HIRING_MANAGER.words
        'the hiring manager'
        """
        return _WHO[self]


_WHO = {
    Listener.RECEPTIONIST: "whoever picks up the telephone",
    Listener.HR: "HR",
    Listener.HIRING_MANAGER: "the hiring manager",
    Listener.RECRUITER: "the recruiter",
    Listener.INTRODUCER: "whoever introduced you",
}


class Purpose(StrEnum):
    """Why one calls.

    >>> Purpose("feedback") is Purpose.FEEDBACK
    True
    """

    FEEDBACK = "feedback"  # after a rejection
    OPEN_DOOR = "open_door"  # late, before a decision (A18)
    AS_AGREED = "as_agreed"  # the time that was agreed has come
    OFFER = "offer"  # feedback is asked for whether or not one gets the job (A9)


@cache
def _line(purpose: Purpose, listener: Listener) -> str:
    return str(read_json("letters/opening_lines.json")["lines"][purpose][listener])


def opening_line(
    listener: Listener | str,
    *,
    purpose: Purpose | str = Purpose.FEEDBACK,
    caller: str = "",
    role: str = "",
    employer: str = "",
) -> str:
    """Return the words to open a call with, for whoever answers (A23).

    After a rejection every line accepts the decision before it asks for anything; when the door
    was not left open, every line says that this is why you call (A18).

    Args:
        listener: Who answers: ``receptionist``, ``hr``, ``hiring_manager``, ``recruiter`` or
            ``introducer``.
        purpose: Why you call: ``feedback``, ``open_door``, ``as_agreed`` or ``offer``.
        caller: Your name; a mark to fill in if not given.
        role: The post.
        employer: The employer, named only to a recruiter or an introducer.

    Raises:
        FollowUpError: The listener or the purpose is not known.

    >>> print(opening_line("receptionist", caller="Tom Reyes", role="Driver"))
    Good morning, my name is Tom Reyes. I applied for the post of Driver and know that I was not
    chosen; I accept that decision fully. Could you put me through to somebody who may give me
    feedback?
    """
    try:
        who = Listener(listener)
    except ValueError:
        raise FollowUpError("listener", listener, f"give one of {', '.join(Listener)}") from None
    try:
        why = Purpose(purpose)
    except ValueError:
        raise FollowUpError("purpose", purpose, f"give one of {', '.join(Purpose)}") from None
    return filled(
        _line(why, who),
        caller=caller or "[your name]",
        post=f"the post of {role}" if role.strip() else "the post",
        employer=employer,
    )
