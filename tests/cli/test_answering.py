import json

import pytest

import starkit as sk
from starkit.cli import PROBLEMS, UNUSABLE

QUESTION = "Tell me about a time you filled empty shifts"
STORIES = """
- title: Rota
  situation: Six nights in August had nobody.
  task: I had to fill them.
  action: I rang the fourteen who had asked for more hours, and offered each two of the empty shifts.
  result: All fourteen shifts were filled in three days.
- title: Bread
  situation: The oven broke.
  task: We needed bread.
  action: I baked at home.
  result: We sold 40 loaves.
"""


@pytest.fixture
def stories(tmp_path):
    """Return a story file."""
    path = tmp_path / "stories.yaml"
    path.write_text(STORIES, encoding="utf-8")
    return path


def test_both_openings_are_printed(run):
    """A3: the repeat of the question, and the question for the required result."""
    result = run("answer", QUESTION)

    assert result.exit_code == 0
    assert "when I filled empty shifts" in result.stdout
    assert "do you want to hear mainly how it turned out" in result.stdout


def test_best_story_is_told(run, stories):
    """A2, A6: the story that answers the question, in pieces with a check-in."""
    result = run("answer", QUESTION, "--stories", stories, "--json")
    told = sk.from_dict(json.loads(result.stdout))

    assert told.story_title == "Rota"
    assert all(len(piece.points) <= 5 and piece.check_in for piece in told.pieces)


def test_named_story_is_told(run, stories):
    """The user's own choice goes before the score."""
    result = run("answer", QUESTION, "-s", stories, "--story", "Bread")

    assert result.exit_code == 0
    assert "I baked at home" in result.stdout


def test_unknown_story_is_told(run, stories, message):
    """A slip in a title names the nearest one."""
    result = run("answer", QUESTION, "-s", stories, "--story", "Bred")

    assert result.exit_code == UNUSABLE
    assert "did you mean 'Bread'" in message(result)


def test_no_story_is_said(run, stories):
    """A4: a gap is told, and no story is bent to fit."""
    result = run("answer", "Describe your experience of welding pipes under water", "-s", stories)

    assert result.exit_code == 0
    assert "No story" in result.stdout
    assert "oven" not in result.stdout


def test_own_answer_is_checked(run, tmp_path):
    """A3, A6: what is to put right ends with exit code 1."""
    (tmp_path / "mine.txt").write_text("- a\n- b\n- c\n- d\n- e\n- f\n", encoding="utf-8")
    fine = f"{sk.restate(QUESTION)} {sk.confirm_result(QUESTION)} I rang them. All 14 came."

    bad = run("answer", QUESTION, "--check", "mine.txt")
    good = run("answer", QUESTION, "--check", "-", "--json", input=fine)

    assert bad.exit_code == PROBLEMS
    assert "A6" in bad.stdout
    assert good.exit_code == 0
    assert not [item for item in json.loads(good.stdout) if item["severity"] == "error"]


def test_question_is_asked_for(typed):
    """At a keyboard a question that is missing is asked for, until there is one."""
    asked = typed("answer", lines=["", "Why do you want this job?"])

    assert "You would like to know why" in asked.stdout


def test_missing_question_is_named(run, message):
    """Without a terminal the message names what is missing."""
    result = run("answer")

    assert result.exit_code == UNUSABLE
    assert message(result).startswith("QUESTION is missing")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--story", "Rota"), "--stories"),
        (("--check", "-", "--story", "Rota"), "--check"),
        (("--check", "nothing.txt"), "no such file"),
        (("--stories", "nothing.yaml"), "no such file"),
    ],
)
def test_wrong_use_is_explained(run, message, options, word):
    """One message that says what to do."""
    result = run("answer", QUESTION, *options)

    assert result.exit_code == UNUSABLE
    assert word in message(result)


@pytest.mark.parametrize("count", ["3", "4", "5"])
def test_closing_questions_pass_their_check(run, count):
    """A7-A9: as many as asked for, and the check has nothing to put right."""
    result = run("closing", "-n", count, "--json")
    asked = [item["text"] for item in json.loads(result.stdout)]
    checked = run("closing", "--check", "-", input="\n".join(asked))

    assert len(asked) == int(count)
    assert checked.exit_code == 0


def test_closing_questions_for_people(run):
    """A10: with the three strategies, within 80 columns."""
    result = run("closing")

    assert result.stdout.count("[ ]") == 3
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_closing_questions_of_an_advert(run, tmp_path):
    """The advert's own words make some of them."""
    advert = "Driver\n\nYou will:\n- Plan the routes of six vans\n\nYou need:\n- A full licence\n"
    (tmp_path / "advert.txt").write_text(advert, encoding="utf-8")

    result = run("closing", "advert.txt")

    assert "routes of six vans" in result.stdout


def test_own_closing_questions_are_checked(run):
    """A7-A9: two are too few; what each asks about is said."""
    result = run("closing", "--check", "-", input="- What are the next steps?\n- Is there parking?")

    assert result.exit_code == PROBLEMS
    assert "next steps: What are the next steps?" in result.stdout
    assert "A9" in result.stdout


@pytest.mark.parametrize("count", ["2", "6"])
def test_two_and_six_closing_questions_are_refused(run, message, count):
    """A7: three to five."""
    result = run("closing", "-n", count)

    assert result.exit_code == UNUSABLE
    assert message(result) == f"--count (-n) {count} cannot be used; ask for 3 to 5"


def test_story_to_tell_is_found_by_its_beginning(run, tmp_path):
    """``--story`` takes a title in any case, and a beginning that one title has."""
    table = "Title,Situation,Task,Action,Result\nThe widow, Friday,a b,c d,e f,g h\n"
    (tmp_path / "s.csv").write_text(table.replace("The widow, Friday", '"The widow, Friday"'))
    result = run("answer", "Tell me of a time.", "-s", "s.csv", "--story", "the WIDOW", "--json")

    assert json.loads(result.stdout)["story_title"] == "The widow, Friday"


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("Why do you want to leave your job and come to us?", "why you want this post"),
        ("What salary are you looking for?", "a figure or a range"),
        ("What is your notice period?", "your period of notice"),
        ("Are you available on Saturdays?", "yes or no"),
        ("What do you do in your spare time?", "one or two interests"),
    ],
)
def test_a_question_that_wants_no_story_is_told_what_to_prepare(run, stories, question, instead):
    """A5: no story answers why, how much, when or what for fun."""
    result = run("answer", question, "--stories", stories)

    assert f"This asks for no story; prepare {instead}" in result.stdout
    assert not any(title in result.stdout for title in ("Rota", "Bread"))
    named = run("answer", question, "--stories", stories, "--story", "Rota")
    assert "Rota" in named.stdout


@pytest.mark.parametrize(
    "question",
    ["How do you pay suppliers?", "How do you notice a change?", "Why did you bake at home?"],
)
def test_a_question_on_the_work_may_be_told_a_story(run, stories, question):
    """A5: words of pay and notice in a question on the work are no bar."""
    assert "This asks for no story" not in run("answer", question, "--stories", stories).stdout
