import datetime as dt
import json
import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import attrs
import pytest

import starkit as sk
from starkit.journal import database

THURSDAY = dt.date(2026, 12, 17)
FRIDAY = dt.date(2026, 12, 18)


def application(employer="Harbour Foods", **fields):
    """Return an application to an invented employer."""
    given = {"channel": "direct", "stage": "interview", "interviewed": THURSDAY}
    return sk.Application(employer, "Driver", **(given | {"timescale": "a week"} | fields))


FULL = application(
    "Größe & Söhne 🚚",
    channel="recruiter",
    stage="decision",
    applied=dt.date(2026, 11, 2),
    decided=FRIDAY,
    door_open={"interview": True},
    letter_days=10,
    process="a panel decides",
    tried=("ask_recruiter",),
    contacts=(sk.Contact("Ms Okafor", "employer", details="01632 960001"),),
    agreements=(sk.Agreement("I may call", "interview", opens_door=True, on=THURSDAY),),
    took_it_well=True,
    asked_feedback=True,
)
TOLD = sk.PracticeRecord("Why you?", FRIDAY, "mixed", seconds=131.5, story="Rota", note="Breathe.")
SAID = sk.Feedback("Driver, Harbour Foods", "HR", "It ran long.", "", ["Rota"], verdict="poor")


@pytest.fixture
def path(tmp_path):
    """Return where a journal may be made."""
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path):
    """Return an open, empty journal."""
    with sk.open_journal(path) as opened:
        yield opened


def touches(plan):
    """Return the dates and kinds of what is planned."""
    return [(point.date.isoformat(), str(point.touch)) for point in plan]


# --- keeping --------------------------------------------------------------------------------------


def test_what_was_added_is_there_when_it_is_opened_again(path):
    """An application with every field comes back as it was."""
    with sk.open_journal(path) as journal:
        added = journal.add(FULL, on=FRIDAY)
    with sk.open_journal(path, create=False) as journal:
        found = journal.entry(added.number)

    assert added == found
    assert FULL == found.application


def test_entries_stand_by_number(journal):
    """Entries are listed in the order in which they were written down."""
    names = ["A", "B", "C"]
    for name in names:
        journal.add(application(name), on=THURSDAY)

    assert 3 == len(journal)
    assert names == [entry.application.employer for entry in journal]


def test_update_puts_the_newer_state_in_place(journal):
    """The number and the first day stay; the contacts made stay, too."""
    number = journal.add(application(), on=THURSDAY).number
    journal.done(number, "thanks", on=FRIDAY)

    found = journal.update(number, application(stage="decision", decided=FRIDAY))

    assert "decision" == str(found.application.stage)
    assert (number, THURSDAY) == (found.number, found.added)
    assert ["thanks"] == [str(made.touch) for made in found.made]


def test_removed_number_is_not_given_again(journal):
    """People have numbers on paper."""
    journal.add(application("A"), on=THURSDAY)
    number = journal.add(application("B"), on=THURSDAY).number
    journal.add_feedback(number, SAID)
    journal.remove(number)

    assert number + 1 == journal.add(application("C"), on=THURSDAY).number
    assert () == journal.feedback()


@pytest.mark.parametrize("number", [0, 7, -1, 2**70, "1", None])
def test_unknown_number_is_told(journal, number):
    """A number that is not there is an error of ours, whatever is done with it."""
    journal.add(application(), on=THURSDAY)
    for use in (
        journal.entry,
        journal.remove,
        lambda it: journal.update(it, FULL),
        lambda it: journal.done(it, "thanks", on=FRIDAY),
        lambda it: journal.add_feedback(it, SAID),
    ):
        with pytest.raises(sk.FollowUpError, match="number"):
            use(number)


def test_practice_is_kept_in_order(path):
    """The same told twice is two records."""
    with sk.open_journal(path) as journal:
        for record in (TOLD, TOLD, attrs.evolve(TOLD, verdict="good")):
            journal.add_practice(record)
    with sk.open_journal(path) as journal:
        found = journal.practice()

    assert (TOLD, TOLD, attrs.evolve(TOLD, verdict="good")) == found


# --- what falls due -------------------------------------------------------------------------------


def test_what_is_done_is_not_due(journal):
    """A17: the thank-you note is ticked off, the day of contact stays."""
    number = journal.add(application(), on=THURSDAY).number
    before = [due.point for due in journal.due(THURSDAY)]
    journal.done(number, "thanks", on=FRIDAY)

    assert [("2026-12-18", "thanks"), ("2026-12-29", "contact")] == touches(before)
    assert [("2026-12-29", "contact")] == touches(due.point for due in journal.due(FRIDAY))


def test_due_until_a_day(journal):
    """What falls due later than the last day asked for is left out."""
    journal.add(application(), on=THURSDAY)

    assert [("2026-12-18", "thanks")] == touches(
        due.point for due in journal.due(THURSDAY, until=dt.date(2026, 12, 28))
    )


def test_due_of_all_applications_by_date(journal):
    """What falls due first stands first, whose it may be."""
    journal.add(application("Later", timescale="a month"), on=THURSDAY)
    journal.add(application("Sooner"), on=THURSDAY)
    due = [item for item in journal.due(dt.date(2026, 12, 22)) if item.point.touch == "contact"]

    assert ["Driver, Sooner", "Driver, Later"] == [item.name for item in due]


def test_reminder_waits_for_the_grace_of_the_question(journal):
    """A27: asked late, the recruiter is reminded three days after, and then comes the employer."""
    number = journal.add(application(channel="recruiter"), on=THURSDAY).number
    journal.done(number, "thanks", on=FRIDAY)
    journal.done(number, "tell recruiter", on=FRIDAY)
    journal.done(number, "contact", on=dt.date(2027, 1, 11))

    assert [("2027-01-14", "remind"), ("2027-01-18", "go direct")] == touches(
        journal.entry(number).plan(dt.date(2027, 1, 12))
    )


def test_door_opened_late_goes_on_to_the_reminder(journal):
    """A18, A27: with no timescale, a recruiter who was asked is reminded after the grace."""
    given = application(channel="recruiter", stage="applied", interviewed=None, timescale=None)
    number = journal.add(given, on=THURSDAY).number
    journal.done(number, "open door", on=FRIDAY)
    [left] = journal.entry(number).plan(FRIDAY)

    assert ("2026-12-21", "remind_recruiter") == (left.date.isoformat(), str(left.step))

    journal.done(number, "open door", on=left.date)

    assert 0 == len(journal.entry(number).plan(left.date))


def test_contact_of_an_earlier_stage_counts_for_that_stage_alone(journal):
    """A25-A27: a recruiter asked after applying is asked again after the interview."""
    applied = application(
        channel="recruiter", stage="applied", applied=dt.date(2026, 12, 1), interviewed=None
    )
    number = journal.add(applied, on=dt.date(2026, 12, 1)).number
    journal.done(number, "contact", on=dt.date(2026, 12, 14))
    journal.update(number, application(channel="recruiter"))

    assert "contact" in [str(point.touch) for point in journal.entry(number).plan(THURSDAY)]


def test_feedback_that_came_is_not_asked_for_again(journal):
    """A12: it is kept with its application, once, and ends the asking."""
    number = journal.add(application(stage="decision", decided=FRIDAY), on=FRIDAY).number
    asked = [str(point.touch) for point in journal.entry(number).plan(FRIDAY)]
    journal.add_feedback(number, SAID)
    journal.add_feedback(number, SAID)
    left = journal.entry(number).plan(FRIDAY)

    assert "feedback" in asked
    assert "feedback" not in [str(point.touch) for point in left]
    assert (SAID,) == journal.feedback()
    assert left.eligibility.ok


def test_feedback_asked_for_keeps_the_second_choice_open(journal):
    """A32: a request that was ticked off counts as having asked."""
    given = application(stage="decision", decided=FRIDAY, took_it_well=True)
    number = journal.add(given, on=FRIDAY).number
    before = journal.entry(number).plan(FRIDAY).eligibility
    journal.done(number, "feedback", on=dt.date(2026, 12, 21))

    assert not before.ok
    assert journal.entry(number).plan(dt.date(2026, 12, 21)).eligibility.ok


def test_done_twice_keeps_the_first_day(journal):
    """What is ticked off again changes nothing."""
    number = journal.add(application(), on=THURSDAY).number
    once = journal.done(number, "thanks", on=FRIDAY)

    assert once == journal.done(number, "thanks", on=dt.date(2026, 12, 21))


@pytest.mark.parametrize("touch", ["remind", "thank", "", "go direct"])
def test_what_is_not_planned_cannot_be_done(journal, touch):
    """The message lists what is planned."""
    number = journal.add(application(), on=THURSDAY).number

    with pytest.raises(sk.FollowUpError, match="thanks, contact"):
        journal.done(number, touch, on=FRIDAY)


def test_unreadable_timescale_names_its_entry(journal):
    """One entry that cannot be read is told by number and name."""
    journal.add(application(), on=THURSDAY)
    journal.add(application("Hill & Sons", timescale="in due course"), on=THURSDAY)

    with pytest.raises(sk.FollowUpError, match=r"number 2 .Driver, Hill & Sons.*in due course"):
        journal.due(THURSDAY)


def test_contacts_stand_by_their_day(journal):
    """What was ticked off late stands where it was made, and not where it was written down."""
    number = journal.add(application(), on=THURSDAY).number
    journal.done(number, "contact", on=dt.date(2026, 12, 29))
    found = journal.done(number, "thanks", on=FRIDAY)

    assert ["thanks", "contact"] == [str(made.touch) for made in found.made]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("number", number) for number in (0, -5, True, "1", 1.0)),
        ("uid", "x"),
        ("application", "x"),
        ("made", "x"),
        ("made", [SAID]),
        ("made", None),
        ("feedback", SAID),
        ("feedback", ["It ran long."]),
    ],
)
def test_entry_holds_what_it_says(field, value):
    """A field of another kind is named."""
    entry = sk.JournalEntry(1, "0" * 32, THURSDAY, application())

    with pytest.raises(sk.FollowUpError, match=field):
        attrs.evolve(entry, **{field: value})


@pytest.mark.parametrize("form", ["{}", "urn:uuid:{}", "{{{}}}"])
def test_one_uid_has_one_form(form):
    """However it is written, an entry that is known is known again."""
    plain = "12345678abcd1234abcd1234567890ab"
    dashed = "12345678-ABCD-1234-ABCD-1234567890AB"
    entry = sk.JournalEntry(1, plain, THURSDAY, application())

    assert entry == attrs.evolve(entry, uid=form.format(dashed))


# --- export and import ----------------------------------------------------------------------------


def filled(path):
    """Return a journal with two applications, a contact made and feedback."""
    journal = sk.open_journal(path)
    journal.add(FULL, on=FRIDAY)
    number = journal.add(application(), on=THURSDAY).number
    journal.done(number, "thanks", on=FRIDAY)
    journal.add_feedback(number, SAID)
    journal.add_practice(TOLD)
    return journal


def test_export_and_import_give_the_same_journal(tmp_path):
    """All that is kept goes out and comes back."""
    with filled(tmp_path / "a.db") as old, sk.open_journal(tmp_path / "b.db") as new:
        count = sk.journal_to_json(old, tmp_path / "out.json")
        imported = sk.journal_from_json(new, tmp_path / "out.json")

        assert (2, 2) == (count, len(imported.new))
        assert "2 new, 0 known, 0 different, 1 practised" == str(imported)
        assert old.contents() == new.contents()


def test_import_twice_adds_nothing(tmp_path):
    """An entry is known by its uid, whatever its number here."""
    with filled(tmp_path / "a.db") as old, sk.open_journal(tmp_path / "b.db") as new:
        sk.journal_to_json(old, tmp_path / "out.json")
        new.add(application("Here first"), on=THURSDAY)
        sk.journal_from_json(new, tmp_path / "out.json")
        before = new.contents()
        again = sk.journal_from_json(new, tmp_path / "out.json")

        assert (0, 2, 0) == (len(again.new), len(again.known), len(again.different))
        assert before == new.contents()


def test_export_from_before_there_was_practice_is_read(tmp_path):
    """An older export has no list of what was practised."""
    out = tmp_path / "out.json"
    with filled(tmp_path / "a.db") as old, sk.open_journal(tmp_path / "b.db") as new:
        sk.journal_to_json(old, out)
        plain = json.loads(out.read_text(encoding="utf-8"))
        del plain["practice"]
        out.write_text(json.dumps(plain), encoding="utf-8")
        imported = sk.journal_from_json(new, out)

        assert (2, 0) == (len(imported.new), imported.practised)


def test_import_keeps_this_journals_state(tmp_path):
    """What differs is told, and is left as it is here."""
    with filled(tmp_path / "a.db") as journal:
        sk.journal_to_json(journal, tmp_path / "out.json")
        changed = journal.update(2, application("Harbour Foods Ltd"))
        imported = sk.journal_from_json(journal, tmp_path / "out.json")

        assert (changed,) == imported.different
        assert changed == journal.entry(2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: "not JSON", "no JSON"),
        (lambda _: [], "no export"),
        (lambda plain: plain | {"type": "StoryBank"}, "no export"),
        (lambda plain: plain | {"schema_version": 99}, "99"),
        (lambda plain: plain | {"entries": 7}, "no list"),
        (lambda plain: plain | {"entries": [*plain["entries"], 7]}, "entry 3"),
        (lambda plain: plain | {"entries": [*plain["entries"], {"number": 1}]}, "entry 3"),
        (
            lambda plain: plain | {"entries": [plain["entries"][0] | {"uid": "x"}]},
            "entry 1.*uid",
        ),
        (lambda plain: plain | {"practice": 7}, "practice is no list"),
        (lambda plain: plain | {"practice": [7]}, "practice 1 is no mapping"),
        (lambda plain: plain | {"practice": [{"uid": "0" * 32}]}, "practice 1"),
        (
            lambda plain: plain | {"practice": [plain["practice"][0] | {"uid": "x"}]},
            "practice 1.*uid",
        ),
        (
            lambda plain: plain | {"practice": [plain["practice"][0] | {"seconds": -1}]},
            "practice 1.*seconds",
        ),
    ],
)
def test_broken_import_adds_nothing(tmp_path, change, said):
    """One mistake, and the journal stays as it was; the message says where."""
    out = tmp_path / "out.json"
    with filled(tmp_path / "a.db") as old, sk.open_journal(tmp_path / "b.db") as new:
        sk.journal_to_json(old, out)
        changed = change(json.loads(out.read_text(encoding="utf-8")))
        text = changed if isinstance(changed, str) else json.dumps(changed)
        out.write_text(text, encoding="utf-8")
        with pytest.raises(sk.FileError, match=said):
            sk.journal_from_json(new, out)

        assert 0 == len(new)
        assert () == new.practice()


def test_missing_import_is_told(journal, tmp_path):
    """A file that is not there is a message of ours."""
    with pytest.raises(sk.FileError, match="no such file"):
        sk.journal_from_json(journal, tmp_path / "nothing.json")


# --- files that are no journal --------------------------------------------------------------------


def test_missing_journal_is_not_made_unasked(path):
    """``create=False`` opens what is there and makes nothing."""
    with pytest.raises(sk.FileError, match="there is no journal"):
        sk.open_journal(path, create=False)

    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"stories:\n- title: Rota\n" * 100, "no journal", id="text"),
        pytest.param(bytes(range(256)) * 40, "no journal", id="binary"),
        pytest.param(b"SQLite format 3\0" + b"\xff" * 4080, "no journal|damaged", id="header"),
    ],
)
def test_foreign_file_is_refused_and_left_alone(path, content, said):
    """A file of another kind is told so, and not a byte of it changes."""
    path.write_bytes(content)

    with pytest.raises(sk.FileError, match=said):
        sk.open_journal(path)

    assert content == path.read_bytes()


def test_foreign_database_is_refused(path):
    """A SQLite file of another program is not written into."""
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    other.close()

    with pytest.raises(sk.FileError, match="another program"):
        sk.open_journal(path)


def test_newer_journal_is_refused(path):
    """A form that a newer starkit wrote is told, with what to do."""
    sk.open_journal(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()

    with pytest.raises(sk.FileError, match=r"newer starkit.*99.*up to date"):
        sk.open_journal(path)


def test_damaged_journal_is_told(path):
    """Pages that were overwritten are found when the file is opened."""
    with filled(path) as journal:
        for number in range(200):
            journal.add(application(f"Employer {number}"), on=THURSDAY)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * 20000 + content[24096:])

    with pytest.raises(sk.FileError, match="damaged"):
        sk.open_journal(path)


def test_cut_journal_is_told(path):
    """A file of which the end is missing is damaged, too."""
    with filled(path) as journal:
        for number in range(200):
            journal.add(application(f"Employer {number}"), on=THURSDAY)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    with pytest.raises(sk.FileError, match="damaged"):
        sk.open_journal(path)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "folder"),
        ("nowhere/journal.db", "does not exist"),
        ("a\0b", "file name"),
        ("a" * 300, "long"),
    ],
)
def test_impossible_place_is_told(tmp_path, place, said):
    """A folder, a missing folder and an impossible name each have their message."""
    with pytest.raises(sk.FileError, match=said):
        sk.open_journal(f"{tmp_path}/{place}")


@contextmanager
def as_ordinary_user():
    """The superuser may write everywhere; inside, this process is nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize("there", [True, False])
def test_read_only_folder_is_told(tmp_path, there):
    """A journal in a folder that may not be written is one clear message."""
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    closed = tmp_path / "closed"
    closed.mkdir()
    if there:
        sk.open_journal(closed / "journal.db").close()
        (closed / "journal.db").chmod(0o444)
    closed.chmod(0o555)
    try:
        with as_ordinary_user(), pytest.raises(sk.FileError, match="may not"):
            sk.open_journal(closed / "journal.db").add(FULL, on=FRIDAY)
    finally:
        closed.chmod(0o755)


@pytest.mark.parametrize("create", [True, False])
def test_memory_is_no_journal(tmp_path, monkeypatch, create):
    """What SQLite keeps in memory is gone when it is closed: it is refused, and no file is made."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(sk.FileError, match="no file name"):
        sk.open_journal(":memory:", create=create)

    assert not list(tmp_path.iterdir())


def test_empty_file_is_no_journal_until_one_is_made(path):
    """What is opened to be read is not turned into a journal."""
    path.touch()

    with pytest.raises(sk.FileError, match="there is no journal"):
        sk.open_journal(path, create=False)

    assert b"" == path.read_bytes()

    sk.open_journal(path).close()
    sk.open_journal(path, create=False).close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE applications SET value = '{' WHERE number = 2", "entry 2 is damaged"),
        ("UPDATE applications SET value = '[]' WHERE number = 2", "entry 2 is damaged"),
        ("UPDATE applications SET added = 'soon' WHERE number = 2", "entry 2 is damaged"),
        ("UPDATE applications SET uid = 'x' WHERE number = 2", "entry 2 is damaged.*uid"),
        ("UPDATE contacts_made SET made_on = '2026-13-01'", "entry 2 is damaged"),
        ("UPDATE contacts_made SET touch = 'wave'", "entry 2 is damaged.*wave"),
        (
            "UPDATE feedback SET value = (SELECT value FROM applications LIMIT 1)",
            "entry 2 is damaged.*no Feedback",
        ),
        ("UPDATE practice SET value = replace(value, 'mixed', 'so')", "practice 1 is damaged"),
        ("UPDATE practice SET uid = 'x'", "practice 1 is damaged.*uid"),
    ],
)
def test_damaged_row_is_named(path, statement, said):
    """What SQLite finds whole and starkit cannot read is told with the number of its row."""
    filled(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)

    with sk.open_journal(path) as journal, pytest.raises(sk.FileError, match=said):
        journal.contents()


def test_half_a_character_is_refused(journal):
    """A byte that is no UTF-8 reaches Python as half a character, which no file can hold."""
    half = "H\udcff"
    number = journal.add(application(), on=THURSDAY).number
    for use in (
        lambda: journal.add(application(half), on=THURSDAY),
        lambda: journal.update(number, application(half)),
        lambda: journal.add_feedback(number, attrs.evolve(SAID, said=half)),
        lambda: journal.add_practice(attrs.evolve(TOLD, note=half)),
    ):
        with pytest.raises(sk.FollowUpError, match=r"H.udcff.*write the broken character anew"):
            use()

    assert 1 == len(journal)


def test_journal_of_another_thread_is_told(journal):
    """It is not closed: the message says what it is, and the journal goes on."""
    told = []

    def read():
        try:
            journal.entries()
        except sk.FileError as error:
            told.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()

    assert ["open it in each thread"] == [text.rpartition("; ")[2] for text in told], told
    assert () == journal.entries()


def test_closed_journal_is_told(journal):
    """What is closed cannot be read, and says so."""
    journal.close()

    with pytest.raises(sk.FileError, match="closed"):
        journal.entries()


def test_errors_can_be_pickled(path):
    """An error crosses to another process."""
    with pytest.raises(sk.FileError) as caught:
        sk.open_journal(path, create=False)

    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))  # noqa: S301


# --- migrations -----------------------------------------------------------------------------------


NEXT = ("ALTER TABLE applications ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'",)


def test_older_journal_is_brought_up_to_date(path, monkeypatch):
    """A file of an earlier form gets what is missing, and keeps what it has."""
    with filled(path) as journal:
        before = journal.entries()
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, NEXT))
    with sk.open_journal(path) as journal:
        after = journal.entries()
    with sqlite3.connect(path) as raw:
        colours = raw.execute("SELECT colour FROM applications").fetchall()
        version = raw.execute("PRAGMA user_version").fetchone()
    raw.close()

    assert before == after
    assert [("grey",), ("grey",)] == colours
    assert (len(database.MIGRATIONS),) == version


def test_journal_of_the_first_form_is_read_and_practised_with(path):
    """A file that an earlier starkit wrote keeps all it has, and holds practice from now on."""
    dump = Path(__file__).parent / "data" / "journal" / "form-1.sql"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(dump.read_text(encoding="utf-8"))
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    with sk.open_journal(path, create=False) as journal:
        [first, second] = journal.entries()
        before = journal.practice()
        journal.add_practice(TOLD)
        after = journal.practice()

    assert "practice" not in tables
    assert ("Größe & Söhne 🚚", "Cook") == (first.application.employer, second.application.role)
    assert ["thanks"] == [str(made.touch) for made in first.made]
    assert ["It ran long."] == [piece.said for piece in first.feedback]
    assert ((), (TOLD,)) == (before, after)


def test_migration_that_fails_leaves_the_old_form(path, monkeypatch):
    """A migration happens whole or not at all."""
    with filled(path) as journal:
        before = journal.entries()
    wrong = (*NEXT, "CREATE TABLE feedback (number INTEGER)")
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, wrong))
        with pytest.raises(sk.FileError):
            sk.open_journal(path)
    with sk.open_journal(path) as journal:
        after = journal.entries()

    assert before == after


def test_settings_that_saving_rests_on(journal):
    """WAL, a full sync at each commit and foreign keys are on."""
    asked = [
        journal._database.rows(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]

    assert ["wal", 2, 1] == asked


# --- several writers, and kills -------------------------------------------------------------------


ADD_MANY = textwrap.dedent(
    """
    import datetime, sys
    import starkit as sk

    with sk.open_journal(sys.argv[1]) as journal:
        for turn in range(20):
            kept = sk.Application(f"{sys.argv[2]} {turn}", "Driver", channel="direct", stage="applied")
            journal.add(kept, on=datetime.date(2026, 12, 17))
    """
)


def test_writers_that_begin_together_lose_nothing(path):
    """Three processes make the journal and write at once; each of their rows is there."""
    commands = [[sys.executable, "-c", ADD_MANY, str(path), name] for name in ("A", "B", "C")]
    writers = [subprocess.Popen(command) for command in commands]

    try:
        codes = [writer.wait(60) for writer in writers]
    finally:
        for writer in writers:
            writer.kill()  # one that waits for ever outlives no test; one that ended is left alone
            writer.wait()

    with sk.open_journal(path) as journal:
        names = {entry.application.employer for entry in journal}
    assert [0, 0, 0] == codes
    assert {f"{name} {turn}" for name in "ABC" for turn in range(20)} == names


def test_second_writer_waits_no_longer_than_its_patience(path, monkeypatch):
    """A writer that is kept waiting says so, and the one that writes goes on."""
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with sk.open_journal(path) as first, sk.open_journal(path) as second:
        with first._database.change():
            with pytest.raises(sk.FileError, match="another program is writing"):
                second.add(FULL, on=FRIDAY)
            assert () == second.entries()  # a reader does not wait
        first.add(application(), on=THURSDAY)

        assert 1 == len(second)


def test_change_that_breaks_off_leaves_nothing(journal):
    """A change is saved whole, or not at all."""

    def break_off():
        with journal._database.change():
            journal._insert(FULL, FRIDAY, "0" * 32)
            raise KeyError

    with pytest.raises(KeyError):
        break_off()

    assert 0 == len(journal)


WRITER = textwrap.dedent(
    """
    import datetime, sys
    import starkit as sk
    with sk.open_journal(sys.argv[1]) as journal:
        while True:
            given = sk.Application(sys.argv[2], "Driver", channel="direct", stage="applied")
            number = journal.add(given, on=datetime.date(2026, 12, 17)).number
            print(number, flush=True)
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_writer_loses_no_row_that_it_reported(path):
    """SIGKILL at random moments; benchmarks/journal_kills.py does it a thousand times."""
    chance = random.Random(7)
    reported = {}
    for turn in range(4):
        name = f"Employer {turn}"
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name], stdout=subprocess.PIPE, text=True
        ) as writer:
            first = writer.stdout.readline()
            time.sleep(chance.uniform(0.005, 0.2))
            writer.send_signal(signal.SIGKILL)
            told = (first + writer.stdout.read()).splitlines(keepends=True)
        reported |= {int(line): name for line in told if line.endswith("\n")}
    with sk.open_journal(path, create=False) as journal:
        found = {entry.number: entry.application.employer for entry in journal}

    assert len(reported) >= 4
    assert reported.items() <= found.items()


def test_entry_is_a_value_like_the_others():
    """Entries go to plain JSON and back."""
    entry = sk.JournalEntry(1, "0" * 32, FRIDAY, FULL, [], [SAID])

    assert entry == sk.from_dict(json.loads(json.dumps(sk.to_dict(entry))))
    assert attrs.evolve(entry, number=2) != entry


@pytest.mark.parametrize("field", ["contacts", "agreements"])
@pytest.mark.parametrize("value", ["Jo", 7])
def test_what_is_no_list_is_named_whole(field, value):
    """A text is no list of its letters."""
    with pytest.raises(
        sk.FollowUpError, match=f"{field}: {value!r} cannot be used; give a list of"
    ):
        sk.Application("Mill", "Baker", channel="direct", stage="applied", **{field: value})
