"""Applications, contacts made, feedback and practice, kept in one SQLite file for those who want them kept.

Nothing else in starkit needs a journal: the functions that plan and decide take values and give
values, and a journal only keeps them from one day to the next.
"""

from starkit.journal.entries import ContactMade, DueContact, Imported, JournalEntry
from starkit.journal.exchange import journal_from_json, journal_to_json
from starkit.journal.keeping import Journal, open_journal

__all__ = [
    "ContactMade",
    "DueContact",
    "Imported",
    "Journal",
    "JournalEntry",
    "journal_from_json",
    "journal_to_json",
    "open_journal",
]
