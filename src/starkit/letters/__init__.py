"""What is written and said to stay in contact: drafts to edit, opening lines, and checks."""

from starkit.letters.cover import check_cover_letter, cover_letter_close
from starkit.letters.drafts import (
    Draft,
    Through,
    feedback_request,
    news_request,
    recruiter_reminder,
    recruiter_update,
    second_choice_note,
    thank_you_note,
)
from starkit.letters.openings import Listener, Purpose, opening_line
from starkit.letters.tone import check_message

__all__ = [
    "Draft",
    "Listener",
    "Purpose",
    "Through",
    "check_cover_letter",
    "check_message",
    "cover_letter_close",
    "feedback_request",
    "news_request",
    "opening_line",
    "recruiter_reminder",
    "recruiter_update",
    "second_choice_note",
    "thank_you_note",
]
