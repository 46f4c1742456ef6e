"""The close of a cover letter: within X days, I will contact you, for feedback (A16)."""

import re

from starkit.errors import FollowUpError
from starkit.findings import Finding, Findings
from starkit.letters.templates import filled_file
from starkit.letters.tone import asks_for_feedback
from starkit.timescales import names_a_time

_SENTENCE = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|no|e\.g|i\.e)\.|[^.?!\n])+[.?!]*", re.IGNORECASE)

# The close stands at the end, so of a very long letter the end is read.
_LONGEST = 5_000

# The writer promises to get in touch: "I will contact you", "I plan to phone", "may I ring".
_PROMISE = re.compile(
    r"\b(?:(?:i|we)(?: will|'ll| shall| would like to| plan to| intend to| am going to| propose to"
    r"| hope to| mean to|'d like to| aim to| should like to)|(?:may|might|could|can) i|let me"
    r"|allow me to|you will get (?:a|an)|expect (?:a|my))(?: then| also| therefore| gladly| just)?"
    r"(?: take the liberty of)?[ ,]+(?:be in (?:touch|contact)"
    r"|(?:get|keep|being|getting) in touch|get back|come back|make (?:contact|a call)"
    r"|(?:contact|telephon|phon|ring|call|email|e-mail|mail|writ|messag|follow|reach|approach)\w*"
    r"|give (?:you|your \w+|hr) a (?:call|ring)|drop (?:you|in)|check (?:in|back)|touch base"
    r"|enquire|inquire|(?:short |brief |quick )?(?:call|email|e-mail|letter|note|message|line))\b",
    re.IGNORECASE,
)
# Somebody else is contacted: "I will contact schools across the county".
_SOMEBODY_ELSE = re.compile(
    r"\s+(?:schools|employers|companies|agencies|firms|others|my|clients|customers|patients)\b",
    re.IGNORECASE,
)
# The days are those of hearing back, and of nothing else: "I can start within two weeks".
_HEARING = re.compile(
    r"\b(?:hear\w*|news|reply|replied|response|responded|answer|word|contacted|in contact|decided"
    r"|decisions?)\b",
    re.IGNORECASE,
)


def cover_letter_close(days: int, *, role: str = "", working_days: bool = False) -> str:
    """Return the closing paragraph of a cover letter, which leaves the door open (A16).

    Args:
        days: After how many days you will be in touch, 1 to 365; the article names no number.
        role: The post, named when one letter could be about several.
        working_days: Whether ``days`` are working days and not calendar days.

    Raises:
        FollowUpError: ``days`` is no whole number from 1 to 365.

    >>> print(cover_letter_close(10))
    If I have not heard from you within 10 days, I will contact you to ask for feedback on my
    application, whatever you decide.
    """
    given: object = days  # a caller without a type checker may give anything
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= 365:
        raise FollowUpError("days", given, "give a whole number from 1 to 365")
    return filled_file("cover_letter_close.txt", days=days, role=role, working_days=working_days)


def check_cover_letter(text: str) -> Findings:
    """Say what the close of a cover letter lacks (A16).

    It should name a number of days or a date, promise that the writer will be in contact, and say
    that this is for feedback, or its equal. The message of each finding begins with what is
    missing: ``days``, ``promise`` or ``feedback``. Feedback that the writer tells of elsewhere in
    the letter ("I acted on customer feedback") does not count.

    >>> check_cover_letter(cover_letter_close(10)).ok
    True
    >>> for finding in check_cover_letter("I look forward to hearing from you soon."):
    ...     print(finding.rule, finding.message)
    A16 days: the letter does not say after how long you will be in touch
    A16 promise: the letter does not say that you will be in touch
    A16 feedback: the letter does not ask for feedback
    """
    plain = text[-_LONGEST:].replace("’", "'")
    sentences = [found[0].strip() for found in _SENTENCE.finditer(plain) if found[0].strip()]
    promises = [number for number, sentence in enumerate(sentences) if _promises(sentence)]
    near = _near(sentences, promises)
    # "I can start within two weeks" is a time, and not the one that is asked.
    dated = [item for item in near if not promises or _promises(item) or _HEARING.search(item)]
    findings = []
    if not any(names_a_time(sentence) for sentence in dated):
        findings.append(
            Finding(
                "A16",
                "error",
                "days: the letter does not say after how long you will be in touch",
                advice="Name a number of days, or a date.",
            )
        )
    if not promises:
        findings.append(
            Finding(
                "A16",
                "error",
                "promise: the letter does not say that you will be in touch",
                advice="Write 'I will contact you'; to wait for them leaves the door shut.",
            )
        )
    if not any(asks_for_feedback(sentence) for sentence in near):
        findings.append(
            Finding(
                "A16",
                "error",
                "feedback: the letter does not ask for feedback",
                advice="Say that you will ask for feedback on your application.",
            )
        )
    return Findings(findings)


def _promises(sentence: str) -> bool:
    found = _PROMISE.search(sentence)
    return found is not None and not _SOMEBODY_ELSE.match(sentence, found.end())


def _near(sentences: list[str], promises: list[int]) -> list[str]:
    """The sentences that the days and the feedback are looked for in.

    Those are the promise and its neighbours; without a promise, the sentences about hearing back
    and the last ones of the letter.
    """
    if promises:
        wanted = {other for number in promises for other in (number - 1, number, number + 1)}
    else:
        wanted = {number for number, sentence in enumerate(sentences) if _HEARING.search(sentence)}
        wanted |= set(range(len(sentences) - 3, len(sentences)))
    return [sentence for number, sentence in enumerate(sentences) if number in wanted]
