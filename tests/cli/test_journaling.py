import json

import pytest

import starkit as sk
from starkit.cli import UNUSABLE

WHO = ("--employer", "Harbour Foods", "--role", "Driver", "--channel", "direct")
HELD = ("--interviewed", "2026-12-17", "--timescale", "a week")
THEN = ("--today", "2026-12-17")


@pytest.fixture
def kept(run):
    """Return a journal with one application."""
    assert run("journal", "add", *WHO, *HELD, *THEN).exit_code == 0


def due(run, today, *options):
    """Return what falls due, as number, day and kind."""
    result = run("journal", "due", "--today", today, "--json", *options)
    return [
        (item["number"], item["point"]["date"], item["point"]["touch"])
        for item in json.loads(result.stdout)
    ]


@pytest.mark.usefixtures("kept")
def test_application_goes_from_interview_to_feedback(run):
    """A12, A17, A33: added, thanked, decided, fed back, kept in mind."""
    assert due(run, "2026-12-17") == [(1, "2026-12-18", "thanks"), (1, "2026-12-29", "contact")]

    run("journal", "done", "1", "thanks", "--today", "2026-12-18")
    assert due(run, "2026-12-18", "--days", "5") == []

    run(
        "journal",
        "update",
        "1",
        "--decided",
        "2026-12-29",
        "--took-it-well",
        "--today",
        "2026-12-29",
    )
    assert due(run, "2026-12-29")[0] == (1, "2026-12-30", "feedback")

    said = ("--source", "HR", "--said", "It ran long.", "--story", "Rota", "--verdict", "poor")
    run("journal", "feedback", "1", *said, "--today", "2026-12-30")
    assert due(run, "2026-12-30", "--days", "30") == [(1, "2027-01-21", "second choice 1")]


@pytest.mark.usefixtures("kept")
def test_list_and_due_for_people(run):
    """What is listed has its number, and what is due says how to tick it off."""
    assert "1. Driver, Harbour Foods (interview), 2026-12-17" in run("journal", "list").stdout
    shown = run("journal", "due", "--today", "2026-12-17").stdout

    assert "Friday 18 December 2026: Send a thank-you note." in shown
    assert 'starkit journal done 1 "thanks")' in shown


def test_what_to_run_next_names_the_journal(run, message):
    """A journal of another name is not found without its option."""
    there = ("--journal", "my jobs.db")
    run("journal", "add", *WHO, *HELD, *THEN, *there)
    again = run("journal", "add", *WHO, *HELD, *THEN, *there)
    shown = run("journal", "due", "--today", "2026-12-17", *there).stdout

    assert 'done 1 "thanks" --journal "my jobs.db")' in shown
    assert 'update 1 --journal "my jobs.db"\'' in message(again)


@pytest.mark.parametrize("content", ["no JSON", '{"type": "Journal", "x": "\\udc80"}'])
def test_bad_export_leaves_no_journal_behind(run, message, tmp_path, content):
    """The file is read before a journal is made for it."""
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    result = run("journal", "import", "bad.json")

    assert result.exit_code == UNUSABLE
    assert "bad.json: it is no JSON" in message(result)
    assert ["bad.json"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.usefixtures("kept")
def test_one_application_is_told_as_one(run):
    """The count and its noun agree."""
    assert "(1 application)" in run("journal", "export", "out.json").stdout


@pytest.mark.usefixtures("kept")
def test_same_post_is_added_once(run, message):
    """A second run of the same command changes nothing."""
    again = ("journal", "add", "--employer", " harbour  foods", *WHO[2:], *HELD, *THEN)
    refused = run(*again)

    assert refused.exit_code == UNUSABLE
    assert "number 1" in message(refused)
    assert run(*again, "--again").exit_code == 0


def test_timescale_that_cannot_be_read_is_told_at_once(run, message):
    """A17: not when it falls due; and nothing is written down."""
    result = run("journal", "add", *WHO, "--interviewed", "2026-12-17", "--timescale", "soon")

    assert result.exit_code == UNUSABLE
    assert "'soon'" in message(result)
    assert run("journal", "list").exit_code == UNUSABLE


def test_a_new_stage_begins_anew(run):
    """A25-A27: what was said and tried of the application holds no longer after the interview."""
    applied = ("--applied", "2026-12-01", "--timescale", "a month", "--tried", "ask_employer")
    run("journal", "add", *WHO, *applied, "--today", "2026-12-01")
    run("journal", "update", "1", "--interviewed", "2026-12-17")
    entry = sk.from_dict(json.loads(run("journal", "list", "--json").stdout)[0])

    assert (None, ()) == (entry.application.timescale, entry.application.tried)


def test_update_adds_to_what_is_known(run):
    """A14, A27: doors, steps and contacts join those kept; one side's contact is replaced."""
    doors = ("--door-open", "applied", "--tried", "ask_recruiter")
    people = ("--contact", "employer:Ms X", "--contact", "introducer:Al")
    run("journal", "add", *WHO, *HELD, *THEN, *doors, *people)
    run(
        *("journal", "update", "1", "--door-open", "interview", "--tried", "remind_recruiter"),
        *("--contact", "employer:Mr Z"),
    )
    found = sk.from_dict(json.loads(run("journal", "list", "--json").stdout)[0]).application

    assert ["applied", "interview"] == [str(stage) for stage in found.door_open]
    assert ["ask_recruiter", "remind_recruiter"] == [str(step) for step in found.tried]
    assert ["Al", "Mr Z"] == [person.name for person in found.contacts]


def test_update_takes_back_a_mistake(run):
    """A9: a door that was never left open, and a step that was never taken."""
    run("journal", "add", *WHO, *HELD, *THEN, "--door-open", "applied", "--tried", "ask_employer")
    run("journal", "update", "1", "--door-open", "none", "--door-open", "interview")
    run("journal", "update", "1", "--tried", "none")
    found = sk.from_dict(json.loads(run("journal", "list", "--json").stdout)[0]).application

    assert (("interview",), ()) == (found.door_open, found.tried)


@pytest.mark.usefixtures("kept")
def test_a_date_put_right_is_no_step_back(run):
    """A15: the stage stays, unless --stage says otherwise."""

    def state():
        entry = sk.from_dict(json.loads(run("journal", "list", "--json").stdout)[0])
        return str(entry.application.stage), str(entry.application.outcome)

    run("journal", "update", "1", "--decided", "2026-12-29", "--today", "2026-12-29")
    run("journal", "update", "1", "--interviewed", "2026-12-16", "--today", "2026-12-29")
    right = state()
    run("journal", "update", "1", "--stage", "interview", "--today", "2026-12-29")

    assert ("decision", "rejected") == right
    assert ("interview", "None") == state()


@pytest.mark.usefixtures("kept")
def test_commands_take_an_application_from_the_journal(run):
    """``--number`` stands for all the options, and what was done counts."""
    run("journal", "done", "1", "thanks", "--today", "2026-12-18")
    plan = run("follow-up", "--number", "1", "--today", "2026-12-18", "--json")
    call = run("call", "-n", "1", "--today", "2026-12-18", "--door-open", "interview", "--json")

    assert ["contact"] == [item["touch"] for item in json.loads(plan.stdout)["touch_points"]]
    assert json.loads(call.stdout)["advice"] == "wait"


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("done", "1", "thanks", "--on", "2026-12-10"), ["interview was on 2026-12-17", "thanks"]),
        (("done", "1", "contact", "--on", "2026-12-16"), ["interview was on 2026-12-17"]),
        (("done", "1", "thanks", "--on", "2027-01-05"), ["in the future", "2026-12-20"]),
        (("feedback", "1", *("--source", "HR", "--said", "x"), "--on", "2027-01-05"), ["future"]),
        (("update", "1", "--decided", "2026-12-24"), ["in the future", "--timescale"]),
    ],
)
def test_nothing_is_done_before_its_time(run, message, arguments, words):
    """A17: no thanks before the interview, and nothing done or decided on a day still to come."""
    before = run("journal", "list", "--json").stdout
    result = run("journal", *arguments, "--today", "2026-12-20")

    assert result.exit_code == UNUSABLE
    assert all(word in message(result) for word in words), message(result)
    assert run("journal", "list", "--json").stdout == before


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("--interviewed", "2025-12-17"), "half a year back: is the year right?"),
        (("--interviewed", "2028-01-17"), "a year ahead: is the year right?"),
        (("--applied", "2026-12-21"), "--applied 2026-12-21 lies in the future"),
        (("--interviewed", "2026-12-17"), ""),
    ],
)
@pytest.mark.parametrize("command", [("journal", "add"), ("follow-up",), ("call", "--conforms")])
def test_date_that_looks_like_a_slip_is_remarked_on(run, command, dates, words):
    """The work is done all the same: the date may be right."""
    result = run(*command, *WHO, *dates, "--today", "2026-12-20")

    assert result.exit_code == 0
    assert (words in result.stderr) if words else result.stderr == ""


def test_dates_of_the_journal_are_not_refused(run, message):
    """A plan may begin before what is known: only what this command line gives is looked at."""
    dates = ("--applied", "2026-12-01", "--interviewed", "2026-12-10", "--decided", "2026-12-18")
    run("journal", "add", *WHO, *dates, "--today", "2026-12-20")
    before = ("follow-up", "--number", "1", "--today", "2026-11-30")

    known = run(*before)
    again = run(*before, "--decided", "2026-12-18")

    assert known.exit_code == 0, message(known)
    assert known.stderr == ""
    assert again.exit_code == UNUSABLE
    assert "--decided 2026-12-18 lies in the future" in message(again)


@pytest.mark.usefixtures("kept")
def test_story_of_feedback_is_looked_up(run, message, tmp_path):
    """A12: with the story file at hand, a title that it does not have is an error."""
    (tmp_path / "s.yaml").write_text("- title: Rota\n  situation: Two were ill.\n")
    said = ("--source", "HR", "--said", "It ran long.", "--stories", "s.yaml", *THEN)

    result = run("journal", "feedback", "1", *said, "--story", "Roat")

    assert "did you mean 'Rota'?" in message(result)
    assert run("journal", "feedback", "1", *said, "--story", "Rota").exit_code == 0


@pytest.mark.usefixtures("kept")
def test_export_and_import(run, tmp_path, message):
    """A journal goes to another machine and is the same there."""
    out = run("journal", "export", "out.json")
    refused = run("journal", "export", "out.json")
    run("journal", "import", "out.json", "--journal", "other.db")
    one, other = (
        run("journal", "list", "--json", "--journal", name).stdout
        for name in ("starkit-journal.db", "other.db")
    )

    assert out.exit_code == 0
    assert "--force" in message(refused)
    assert one == other
    assert "0 new, 1 known" in run("journal", "import", "out.json").stdout


@pytest.mark.usefixtures("kept")
def test_export_never_goes_over_the_journal(run, message):
    """Not even with --force."""
    result = run("journal", "export", "starkit-journal.db", "--force")

    assert "files to read" in message(result)
    assert run("journal", "list").exit_code == 0


def test_what_was_done_is_asked_for(typed, run):
    """The question lists what is planned."""
    run("journal", "add", *WHO, *HELD, *THEN)
    result = typed("journal", "done", "1", "--today", "2026-12-18", lines=["thanks"])

    assert result.exit_code == 0
    assert "Planned is: thanks, contact." in result.stderr


def test_journal_of_the_environment(run, tmp_path, monkeypatch):
    """STARKIT_JOURNAL says once where the journal is."""
    monkeypatch.setenv("STARKIT_JOURNAL", str(tmp_path / "mine.db"))
    run("journal", "add", *WHO, *HELD, *THEN)

    assert (tmp_path / "mine.db").exists()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("done", "7", "thanks"), ["7", "list"]),
        (("done", "1", "remind", "--today", "2026-12-18"), ["remind", "thanks, contact"]),
        (("done", "1", "thanks", "--on", "soon"), ["--on", "soon"]),
        (("done", "1", "--today", "2026-12-18"), ["WHAT is missing", "thanks"]),
        (("update", "1"), ["nothing to change"]),
        (("update", "7", "--timescale", "a week"), ["7"]),
        (("feedback", "1", "--said", "Vivid."), ["--source is missing"]),
        (("feedback", "1", "--source", "HR"), ["--said is missing"]),
        (("feedback", "1", "--source", "HR", "--said", "x", "--useful", "9"), ["1 (little)"]),
        (("list", "--journal", "nothing.db"), ["there is no journal"]),
        (("import", "nothing.json"), ["no such file"]),
        (("export", "nowhere/out.json"), ["folder does not exist"]),
    ],
)
def test_wrong_use_of_the_journal_is_explained(run, message, arguments, words):
    """One message that names what is wrong: exit code 2."""
    result = run("journal", *arguments)

    assert result.exit_code == UNUSABLE
    assert all(word in message(result) for word in words), message(result)


def test_feedback_of_the_journal_is_in_the_next_pack(run, tmp_path):
    """A12: what a story drew is told when it is prepared again; other stories are no trouble."""
    stories = (
        "- title: Rota\n  situation: Six nights had nobody.\n  task: Fill them.\n"
        "  action: I rang everybody and filled the shifts.\n  result: All 14 were filled.\n"
    )
    (tmp_path / "stories.yaml").write_text(stories, encoding="utf-8")
    advert = "Planner\n\nYou will need:\n- Experience of filling shifts\n"
    (tmp_path / "advert.txt").write_text(advert, encoding="utf-8")
    run("journal", "add", *WHO, "--decided", "2026-12-17", *THEN)
    for title in ("Rota", "Gone"):
        said = ("--source", "HR", "--said", "It ran long.", "--story", title, "--verdict", "poor")
        run("journal", "feedback", "1", *said)

    pack = run(
        *("prepare", "advert.txt", "-s", "stories.yaml", "--markdown", "pack.md"),
        *("--journal", "starkit-journal.db"),
    )

    assert pack.exit_code == 0, pack.output
    assert "It ran long" in (tmp_path / "pack.md").read_text(encoding="utf-8")
