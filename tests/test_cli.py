import json
import os
import re
import sys
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

import starkit
from starkit.cli import PROBLEMS, UNUSABLE, app
from starkit.data import read_text

runner = CliRunner()

ADVERT = """Library assistant

What you will do
- Help readers of all ages to find what they are looking for
- Run the Saturday story time

You will need
Essential
- Experience of serving the public
- Good knowledge of children's books
Desirable
- A full driving licence

What we offer
- 26 days' holiday and a pension
"""

STORIES = """
stories:
  - title: Saturday story time
    situation: Our branch had four children on a Saturday morning.
    task: I was asked to bring more families in.
    action: >-
      I asked parents what they would come for, chose children's books with songs in them, and served
      the public at the desk with a list of the next dates in my hand.
    result: After three months thirty children came each week.
  - title: The new catalogue
    situation: Readers could not find anything in the new catalogue.
    task: I had to help them without a queue.
    action: I wrote one card with the five searches that readers of all ages ask for.
    result: Questions at the desk fell by half in two weeks.
"""

GERMAN = """Wir suchen zum nächsten Termin eine Sachbearbeiterin für unsere Verwaltung in Teilzeit.
Ihre Aufgaben sind die Bearbeitung von Anträgen, die Beratung von Bürgerinnen und Bürgern sowie die
Pflege unserer Akten. Sie haben eine abgeschlossene Ausbildung und gute Kenntnisse in der
Textverarbeitung. Wir bieten Ihnen einen sicheren Arbeitsplatz und dreißig Tage Urlaub im Jahr.
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Return a folder with an advert and stories, as the folder that commands run in."""
    (tmp_path / "advert.txt").write_text(ADVERT, encoding="utf-8")
    (tmp_path / "stories.yaml").write_text(STORIES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def run(*arguments):
    """Run the command line in this process."""
    return runner.invoke(app, [str(argument) for argument in arguments])


def one_message(result):
    """Return what went to stderr, which is one message and never a traceback."""
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.stderr.strip()


def test_demo_ends_in_a_pack():
    """The demo needs nothing but the package, and shows the day of A17's worked example."""
    result = run("demo")

    assert result.exit_code == 0
    assert "29 December 2026" in result.stdout


def test_prepare_writes_every_form(desk):
    """One run gives the page, the Markdown, the JSON and the calendar."""
    result = run(
        *("prepare", "advert.txt", "--stories", "stories.yaml", "--html", "pack.html"),
        *("--markdown", "pack.md", "--json", "pack.json", "--calendar", "pack.ics"),
        *("--interview-date", "17 December 2026", "--timescale", "a week"),
    )

    assert result.exit_code == 0, result.output
    assert "<html" in (desk / "pack.html").read_text(encoding="utf-8")
    assert (desk / "pack.md").read_text(encoding="utf-8").startswith("# ")
    assert json.loads((desk / "pack.json").read_text(encoding="utf-8"))["schema_version"] >= 1
    assert "BEGIN:VCALENDAR" in (desk / "pack.ics").read_text(encoding="utf-8")


def test_pack_fits_eighty_columns(desk):
    """A terminal of 80 columns shows the pack without breaking its lines."""
    result = run("prepare", "advert.txt", "--stories", "stories.yaml")

    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_requirements_leave_out_what_is_offered(desk):
    """Benefits are no requirements; essential and desirable are told apart."""
    result = run("requirements", "advert.txt", "--json")
    found = {item["text"]: item["priority"] for item in json.loads(result.stdout)}

    assert found["Experience of serving the public"] == "essential"
    assert found["A full driving licence"] == "desirable"
    assert not any("holiday" in text for text in found)


def test_requirements_are_a_table(desk):
    """Without --json, requirements are shown for people."""
    result = run("requirements", "advert.txt")

    assert result.exit_code == 0
    assert "driving licence" in result.stdout


def test_init_makes_a_folder_that_prepares(desk):
    """What ``init`` writes can be prepared as it stands."""
    assert run("init", "start").exit_code == 0

    result = run("prepare", "start/advert.txt", "--stories", "start/stories.yaml")

    assert result.exit_code == 0, result.output
    assert (desk / "start" / "README.txt").exists()


def test_what_init_writes_fits_together(desk):
    """The first pack shows what a pack is: covered, thin, a gap, something to show; no advice."""
    run("init", "start")
    stories = starkit.load_stories(desk / "start" / "stories.yaml")
    pack = starkit.prepare(starkit.read_advert(desk / "start" / "advert.txt"), stories)

    assert set(starkit.Standing) == {item.standing for item in pack.preparations}
    assert pack.alignment.coverage > 0.8
    assert not starkit.check_stories(stories)


def test_init_loses_no_file(desk):
    """A file that exists is left as it is, and nothing else is written."""
    (desk / "start").mkdir()
    (desk / "start" / "stories.yaml").write_text("mine", encoding="utf-8")

    result = run("init", "start")

    assert result.exit_code == UNUSABLE
    assert "exists already" in one_message(result)
    assert (desk / "start" / "stories.yaml").read_text(encoding="utf-8") == "mine"
    assert not (desk / "start" / "advert.txt").exists()


def test_existing_output_needs_force(desk):
    """A pack with the user's own notes is not replaced without being told to."""
    (desk / "pack.html").write_text("mine", encoding="utf-8")
    arguments = ("prepare", "advert.txt", "--stories", "stories.yaml", "--html", "pack.html")

    refused = run(*arguments)
    forced = run(*arguments, "--force")

    assert refused.exit_code == UNUSABLE
    assert "--force" in one_message(refused)
    assert forced.exit_code == 0
    assert "<html" in (desk / "pack.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("own", ["advert.txt", "stories.yaml", "mine.db"])
def test_input_is_never_overwritten(desk, own):
    """Not even --force writes the pack over the advert, the stories or the journal."""
    starkit.open_journal(desk / "mine.db").close()
    before = (desk / own).read_bytes()

    result = run(
        *("prepare", "advert.txt", "--stories", "stories.yaml", "--journal", "mine.db"),
        *("--html", own, "--force"),
    )

    assert result.exit_code == UNUSABLE
    assert "files to read" in one_message(result)
    assert (desk / own).read_bytes() == before


@pytest.mark.parametrize("own", ["mine.db", "mine.db-wal", "link.html", "other.sqlite"])
@pytest.mark.parametrize("form", ["--html", "--markdown", "--json"])
def test_no_journal_is_ever_written_over(desk, own, form):
    """Not even with --force, and not even when nothing says that it is a journal."""
    starkit.open_journal(desk / "mine.db").close()
    (desk / "mine.db-wal").write_bytes(b"")
    (desk / "link.html").symlink_to("mine.db")
    (desk / "other.sqlite").write_bytes(b"SQLite format 3\0" + bytes(84))
    before = (desk / own).read_bytes()

    result = run("prepare", "advert.txt", "--stories", "stories.yaml", form, own, "--force")

    assert result.exit_code == UNUSABLE
    assert "journal or another SQLite file" in one_message(result)
    assert (desk / own).read_bytes() == before


@pytest.mark.parametrize(
    ("form", "starts"),
    [("--html", "<!"), ("--markdown", "# "), ("--json", "{"), ("--calendar", "BE")],
)
def test_pack_goes_to_the_standard_output(desk, form, starts):
    """A single dash means the standard output; what else was written is said on stderr."""
    dates = ("--interview-date", "2026-12-17", "--timescale", "a week")
    other = () if form == "--html" else ("--html", "pack.html")
    result = run("prepare", "advert.txt", "-s", "stories.yaml", *dates, form, "-", *other)

    assert result.exit_code == 0
    assert result.stdout.startswith(starts)
    assert "Written" not in result.stdout
    assert ("Written: pack.html" in result.stderr) is bool(other)
    assert not (desk / "-").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("prepare", "advert.txt", "-s", "stories.yaml", "--html", "-", "--json", "-"),
        ("import", "stories.yaml", "-"),
        ("init", "-"),
        ("follow-up", "--calendar", "-", "--json"),
    ],
)
def test_standard_output_that_cannot_be_is_refused(desk, arguments):
    """Where a dash can mean nothing it is refused, and no file of that name is made."""
    result = run(*arguments)

    assert result.exit_code == UNUSABLE
    assert "standard output" in one_message(result)
    assert not (desk / "-").exists()


def test_journal_of_the_environment_is_read(desk, monkeypatch):
    """A12: STARKIT_JOURNAL is read by prepare, too, and may name a journal still to be made."""
    monkeypatch.setenv("STARKIT_JOURNAL", "mine.db")
    arguments = ("prepare", "advert.txt", "--stories", "stories.yaml", "--markdown", "-")
    before = run(*arguments)
    who = ("--employer", "The Library", "--role", "Assistant", "--channel", "direct")
    run("journal", "add", *who, "--applied", "2026-01-05", "--letter-days", "5")
    said = ("--said", "The story ran long.", "--source", "chair", "--verdict", "poor")
    run("journal", "feedback", "1", *said, "--story", "Saturday story time", "--on", "2026-02-01")
    after = run(*arguments)

    assert before.exit_code == after.exit_code == 0
    assert "poor" not in before.stdout
    assert "poor" in after.stdout
    assert run(*arguments, "--journal", "none.db").exit_code == UNUSABLE


def test_feedback_on_a_story_that_is_gone_is_said(desk):
    """A12: a slip in a title would otherwise lose the feedback without a word."""
    who = ("--employer", "The Library", "--role", "Assistant", "--channel", "direct")
    run("journal", "add", *who, "--applied", "2026-01-05", "--letter-days", "5")
    said = ("--said", "The story ran long.", "--source", "chair", "--on", "2026-02-01")
    run("journal", "feedback", "1", *said, "--story", "Saturday story tmie")

    result = run("prepare", "advert.txt", "-s", "stories.yaml", "--journal", "starkit-journal.db")

    assert result.exit_code == 0
    assert "did you mean 'Saturday story time'?" in " ".join(result.stderr.split())


def test_interview_that_is_over_is_remarked_on(desk):
    """The pack is for an interview to come; what comes after has a command of its own."""
    result = run("prepare", "advert.txt", "-s", "stories.yaml", "--interview-date", "2020-02-03")

    assert result.exit_code == 0
    assert "The interview of 2020-02-03 is over" in result.stderr


def test_table_of_stories_with_other_columns_is_no_advert(desk):
    """A table is told by its stories, whatever its columns are called."""
    (desk / "mine.csv").write_text(
        "Title,What was happening,What I had to do,What I did,How it turned out\n"
        "Pump,The pump broke at noon,Get it going,I rang round and fitted a spare,It ran by six\n",
        encoding="utf-8",
    )

    result = run("requirements", "mine.csv")

    assert result.exit_code == UNUSABLE
    assert "looks like a story bank (1 story)" in one_message(result)


@pytest.mark.parametrize("ending", ["yaml", "json", "toml", "md", "csv", "txt"])
@pytest.mark.parametrize("command", ["prepare", "requirements", "closing", "practise"])
def test_stories_are_no_advert(desk, command, ending):
    """Stories given as the advert, or both files swapped, are told so; no requirement is made up."""
    if ending == "txt":
        run("import", "stories.yaml", "stories.md")
        (desk / "stories.md").rename(desk / "stories.txt")
    elif ending != "yaml":
        run("import", "stories.yaml", f"stories.{ending}")
    more = {"prepare": ("--stories", "advert.txt"), "practise": ("--json",)}.get(command, ())

    result = run(command, f"stories.{ending}", *more)

    assert result.exit_code == UNUSABLE
    assert "looks like a story bank (2 stories)" in one_message(result)
    assert ("--stories" in one_message(result)) is (command in ("prepare", "practise"))


def test_starter_file_is_no_advert(desk):
    """A story file full of comments is recognised, too."""
    run("init", "start")

    assert "(2 stories)" in one_message(run("requirements", "start/stories.yaml"))


def test_advert_that_speaks_of_stories_is_an_advert(desk):
    """An advert may explain how to tell a story, in the four parts."""
    told = "\n\nHow to answer\nSituation: where it was.\nTask: what was asked.\nAction: what you did.\n"
    (desk / "advert.md").write_text(f"{ADVERT}{told}Result: what came of it.\n", encoding="utf-8")

    assert run("requirements", "advert.md").exit_code == 0


@pytest.mark.parametrize("command", ["requirements", "prepare"])
def test_advert_that_asks_nothing_says_what_to_do(desk, command):
    """Nothing found is no error, and no dead end either."""
    (desk / "shop.txt").write_text("We open at nine. The cat sleeps in the window.\n")
    more = ("--stories", "stories.yaml") if command == "prepare" else ()

    result = run(command, "shop.txt", *more)

    assert result.exit_code == 0
    assert "Is it the whole advert" in " ".join(result.stdout.split())


@pytest.mark.parametrize("columns", ["80", "60"])
def test_nothing_of_the_pack_is_cut(desk, monkeypatch, columns):
    """What does not fit into a line goes on in the next one, and no line ends in spaces."""
    long = "Experience of serving the public of all ages at a busy desk on Saturdays, calmly and kindly"
    (desk / "long.txt").write_text(ADVERT.replace("Experience of serving the public", long))
    monkeypatch.setenv("COLUMNS", columns)
    told = run("prepare", "long.txt", "--stories", "stories.yaml").stdout

    assert "…" not in told
    assert all(len(line) <= int(columns) and line == line.rstrip() for line in told.splitlines())
    assert all(word in told for word in ("Saturdays", "kindly"))


def test_numbers_have_two_decimals(desk):
    """Scores are told in one way: in JSON, too, with two decimals at most."""
    run("prepare", "advert.txt", "--stories", "stories.yaml", "--json", "pack.json")

    assert not re.search(r"\d\.\d{3}", (desk / "pack.json").read_text(encoding="utf-8"))


def test_list_of_commands_is_not_cut(desk, monkeypatch):
    """Each command says in whole what it does."""
    monkeypatch.setenv("COLUMNS", "60")

    assert "..." not in run("--help").stdout.replace("ARGS]...", "")


def test_two_outputs_are_two_files(desk):
    """One name for two forms would keep only the later one: it is refused before the work."""
    result = run(
        *("prepare", "advert.txt", "--stories", "stories.yaml"),
        *("--html", "pack", "--markdown", "./pack", "--force"),
    )

    assert result.exit_code == UNUSABLE
    assert "same file" in one_message(result)
    assert not (desk / "pack").exists()


def test_check_stories_tells_what_is_missing(desk):
    """A part that is empty is a problem in the user's material: exit code 1."""
    (desk / "drafts.yaml").write_text(
        "- title: Rota\n  situation: Two were ill.\n  task: Fill the gaps.\n  action: I rang round.\n",
        encoding="utf-8",
    )

    fine, draft = run("check", "stories", "stories.yaml"), run("check", "stories", "drafts.yaml")

    assert fine.exit_code == 0
    assert draft.exit_code == PROBLEMS
    assert "A5" in draft.stdout


def test_check_stories_counts_stories(desk):
    """The last line counts stories and not findings; notes of a word are no parts."""
    (desk / "four.md").write_text(
        "## Till\nS: shop.\nT: sell.\nA: sold.\nR: good.\n\n"
        "## Rota\nS: Two were ill.\nT: Fill it.\nA: We rang.\nR: It went well.\n",
        encoding="utf-8",
    )
    result = run("check", "stories", "four.md")

    assert result.exit_code == PROBLEMS
    assert "2 stories: 1 with a part to write, 1 to improve." in result.stdout
    assert "'shop.'" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("empty.txt", b"", ["empty"], id="empty"),
        pytest.param("blank.txt", b" \n\t\n", ["blanks only"], id="blank"),
        pytest.param("binary.txt", bytes(range(256)) * 40, ["binary"], id="binary"),
        pytest.param("advert.txt", b"{\\rtf1\\ansi Nurse wanted}", ["RTF"], id="rtf"),
        pytest.param("german.txt", GERMAN.encode(), ["German", "English"], id="german"),
        pytest.param("huge.txt", b"You will need skill.\n" * 700_000, ["MB"], id="huge"),
    ],
)
@pytest.mark.parametrize("command", ["prepare", "requirements"])
def test_unusable_advert_gets_one_message(desk, command, name, content, words):
    """Unreadable input: one clear message that names the file or the trouble, exit code 2."""
    (desk / name).write_bytes(content)
    stories = ("--stories", "stories.yaml") if command == "prepare" else ()

    result = run(command, name, *stories)

    message = one_message(result)
    assert result.exit_code == UNUSABLE
    assert all(word in message for word in words), message


def test_big_page_is_read(desk):
    """A saved page of 5 MB is mostly scripts and pictures, and its advert is read."""
    page = f"<html><head><script>{'x' * 5_000_000}</script></head><body><main><h1>Library</h1>"
    body = "".join(f"<p>{line}</p>" for line in ADVERT.splitlines() if line)
    (desk / "big.html").write_text(page + body + "</main></body></html>", encoding="utf-8")

    result = run("requirements", "big.html", "--json")

    assert result.exit_code == 0, result.output
    assert any("serving the public" in item["text"] for item in json.loads(result.stdout))


@pytest.mark.parametrize("missing", ["advert", "stories"])
def test_missing_file_is_named(desk, missing):
    """A file that is not there is named, with exit code 2."""
    (desk / ("advert.txt" if missing == "advert" else "stories.yaml")).unlink()

    result = run("prepare", "advert.txt", "--stories", "stories.yaml")

    assert result.exit_code == UNUSABLE
    assert missing in one_message(result)


@pytest.mark.parametrize("folder", ["advert", "stories", "output"])
def test_folder_in_place_of_a_file(desk, folder):
    """A folder where a file is meant is told so."""
    (desk / "folder").mkdir()
    files = {"advert": "advert.txt", "stories": "stories.yaml", "output": "pack.html"}
    files[folder] = "folder"

    result = run("prepare", files["advert"], "-s", files["stories"], "--html", files["output"])

    assert result.exit_code == UNUSABLE
    assert "folder" in one_message(result)


def test_story_file_with_three_mistakes_lists_all_three(desk):
    """Mistakes in the user's material are listed at once, with story and field: exit code 1."""
    (desk / "wrong.yaml").write_text(
        "stories:\n"
        "  - title: Rota\n    reslut: All filled.\n"
        "  - title: Rota\n    situation: Again.\n"
        "  - situation: No title here.\n",
        encoding="utf-8",
    )

    result = run("check", "stories", "wrong.yaml")

    message = one_message(result)
    assert result.exit_code == PROBLEMS
    assert message.count("\n") == 3
    assert all(word in message for word in ("reslut", "result", "Rota", "title", "wrong.yaml"))


@pytest.fixture
def ordinary_user():
    """Return a context in which the superuser, who may write everywhere, is nobody."""

    @contextmanager
    def nobody():
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            yield
            return
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)

    return nobody


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_no_write_permission_is_told(desk, ordinary_user):
    """A folder without write permission is a message, not a traceback."""
    arguments = ("prepare", "advert.txt", "-s", "stories.yaml")
    desk.chmod(0o755)
    (desk / "closed").mkdir(mode=0o555)
    assert run(*arguments).exit_code == 0  # so that everything is loaded

    with ordinary_user():
        result = run(*arguments, "--html", "closed/pack.html")

    assert result.exit_code == UNUSABLE
    assert "may not write" in one_message(result)


def test_missing_output_folder_is_told(desk):
    """The folder of an output is not made in silence."""
    result = run("prepare", "advert.txt", "-s", "stories.yaml", "--html", "nowhere/pack.html")

    assert result.exit_code == UNUSABLE
    assert "folder does not exist" in one_message(result)
    assert not (desk / "nowhere").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--interview-date", "soon"), ["soon", "2026-12-17"]),
        (("--interview-date", "31/02/2027"), ["31/02/2027"]),
        (("--timescale", "a week"), ["--interview-date"]),
        (("--interview-date", "2026-12-17", "--timescale", "in due course"), ["in due course"]),
        (("--interview-date", "2026-12-17", "--timescale", "a week", "--country", "XX"), ["XX"]),
        (("--calendar", "pack.ics"), ["--interview-date"]),
    ],
)
def test_wrong_use_is_explained(desk, options, words):
    """What cannot be read is asked for, never guessed: exit code 2."""
    result = run("prepare", "advert.txt", "-s", "stories.yaml", *options)

    message = one_message(result)
    assert result.exit_code == UNUSABLE
    assert all(word in message for word in words), message


def test_unknown_option_is_wrong_use(desk):
    """Typer's own complaints carry the same exit code."""
    assert run("prepare", "advert.txt", "--storys", "stories.yaml").exit_code == UNUSABLE


@pytest.mark.parametrize(
    "command",
    [
        *((), ("demo",), ("init",), ("prepare",), ("requirements",), ("check", "stories")),
        *(("answer",), ("closing",), ("follow-up",), ("call",), ("letter",), ("journal",)),
        *(("journal", name) for name in ("add", "update", "list", "due", "done", "feedback")),
        *(("journal", name) for name in ("export", "import")),
    ],
)
def test_help_reads_well(command, monkeypatch):
    """Each command says in its help what it does and what it takes, within 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    result = run(*command, "--help")

    assert result.exit_code == 0
    assert "Usage: " in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_version_is_the_packages():
    """``--version`` and ``starkit.__version__`` are one."""
    assert starkit.__version__ in run("--version").stdout


def test_starter_material_is_packaged():
    """What ``init`` copies is in the package and says what to do."""
    assert "starkit prepare" in read_text("examples/next-steps.txt")


def test_import_turns_a_cv_into_drafts(desk):
    """A CV becomes a story file; the message says how many drafts want work."""
    highlights = ["Cut falls from nine to two a month", "Won the ward's prize"]
    cv = {"work": [{"name": "Infirmary", "highlights": highlights}]}
    (desk / "cv.json").write_text(json.dumps(cv), encoding="utf-8")
    result = run("import", "cv.json", "drafts.yaml")

    assert result.exit_code == 0
    assert "2 stories, 2 with parts still to write" in result.output
    assert starkit.load_stories(desk / "drafts.yaml").titles == tuple(highlights)


def test_import_takes_a_column_map(desk):
    """A column of the user's own name is given its field on the command line."""
    (desk / "mine.csv").write_text("Title,What = how\nRota,I rang\n", encoding="utf-8")
    result = run("import", "mine.csv", "out.md", "--column", "What = how=action")

    assert result.exit_code == 0
    assert starkit.load_stories(desk / "out.md")["Rota"].action == "I rang"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["stories.yaml", "advert.txt"], "it exists already"),
        (["stories.yaml", "stories.yaml", "--force"], "it is the file to read"),
        (["stories.yaml", "out.docx"], "name it .yaml"),
        (["advert.txt", "out.yaml"], "it looks like an advert"),
        (["stories.yaml", "out.md", "--column", "x"], "names no field"),
        (["none.csv", "out.md"], "there is no such file"),
    ],
)
def test_import_tells_what_is_wrong(desk, arguments, words):
    """One message and exit code 2; nothing is written."""
    result = run("import", *arguments)

    assert result.exit_code == UNUSABLE
    assert words in one_message(result)
    assert not (desk / "out.md").exists()


TABLE = """Name,Before,My doing,Afterwards
The rota,We had no rota for the kitchen at all,I wrote one and asked each cook,Nobody missed a shift in May
"""


@pytest.mark.parametrize(
    "command",
    [
        ("check", "stories", "odd.csv"),
        ("import", "odd.csv", "new.yaml", "--force"),
        ("prepare", "advert.txt", "-s", "odd.csv"),
        ("answer", "Why?", "-s", "odd.csv"),
    ],
)
def test_unknown_columns_of_empty_parts_are_said(desk, command):
    """A table whose columns are not known says which, and what to type; named, it is read."""
    (desk / "odd.csv").write_text(TABLE, encoding="utf-8")
    result = runner.invoke(app, [*command])
    named = ["Before=situation", "My doing=action", "Afterwards=result"]
    again = runner.invoke(app, [*command, *(word for name in named for word in ("--column", name))])

    assert 'columns "Before", "My doing" and "Afterwards" are not known' in result.stderr
    assert '--column "Before=situation"' in result.stderr
    assert again.exit_code in (0, PROBLEMS)
    assert not again.stderr


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("prepare", "advert.txt", "-s", "advert.txt"), "it is the advert, and no stories"),
        (("check", "stories", "advert.txt"), "it looks like an advert"),
        (("check", "stories", "free.txt"), "name it .md"),
    ],
)
def test_text_that_holds_no_stories_says_what_it_is(desk, command, words):
    """An advert given as stories is called one; a text of stories is told its name and labels."""
    (desk / "free.txt").write_text("I once ran a market stall.\nIt went well.\n", encoding="utf-8")
    result = runner.invoke(app, [*command])

    assert result.exit_code == UNUSABLE
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
