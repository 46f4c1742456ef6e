import csv
import datetime as dt
import json

import pytest
import vobject

import starkit as sk
from starkit.cli import PROBLEMS, UNUSABLE
from starkit.cli.dates import read_date
from starkit.cli.terminal import UnreadableAnswerError

WHO = ("--employer", "Harbour Foods", "--role", "Driver", "--channel", "direct")
HELD = ("--interviewed", "17 December 2026", "--timescale", "a week")
TOLD = ("--decided", "2026-12-18")
THEN = ("--today", "2026-12-18")


def touches(result):
    """Return day and kind of what a plan in JSON holds."""
    # Where lines are typed, the runner shows them on stdout, too; a terminal does not.
    plan = json.loads(result.stdout[result.stdout.index("{") :])
    return [(item["date"], item["touch"]) for item in plan["touch_points"]]


# --- follow-up ------------------------------------------------------------------------------------


@pytest.mark.parametrize("region", ["ENG", "SCT", "WLS", "NIR"])
def test_plan_has_the_day_of_the_worked_example(run, region):
    """A17: Thursday 17 December 2026 and "a week" give Tuesday 29 December."""
    result = run("follow-up", *WHO, *HELD, *THEN, "--region", region, "--json")

    assert [("2026-12-18", "thanks"), ("2026-12-29", "contact")] == touches(result)


def test_plan_for_people(run):
    """The reasons carry their rules; the letters are shown when asked for; 80 columns."""
    plain = run("follow-up", *WHO, *HELD, *THEN)
    drafts = run("follow-up", *WHO, *HELD, *THEN, "--drafts", "--name", "Tom Reyes")

    assert "Tuesday 29 December 2026" in plain.stdout
    assert "(A17, A29)" in plain.stdout
    assert "Tom Reyes" not in plain.stdout
    assert "Yours faithfully, Tom Reyes" in " ".join(drafts.stdout.split())
    assert max(len(line) for line in drafts.stdout.splitlines()) <= 80


def test_rejection_shows_the_second_choice(run):
    """A30, A32: the claim is quoted, and what stands in the way is said."""
    result = run("follow-up", *WHO, *TOLD, *THEN)

    assert "The article says that 10-15 %" in " ".join(result.stdout.split())
    assert "A32" in result.stdout


def test_what_is_missing_is_asked(typed):
    """At a keyboard each question is asked until its answer can be read."""
    result = typed(
        *("follow-up", "--today", "2026-12-18", "--json"),
        lines=[
            *("", "Harbour Foods", "Driver", "friend", "Introducer", "interview"),
            *("soon", "17/12/2026", "a week"),
        ],
    )

    assert result.exit_code == 0, result.output
    assert ("2026-12-29", "introducer") in touches(result)
    assert "'friend' cannot be read; give one of recruiter, introducer, direct" in result.stderr


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ((), "--employer"),
        (("--employer", "X"), "--role"),
        (("--employer", "X", "--role", "Y"), "--channel"),
        (WHO, "--stage"),
        ((*WHO, "--stage", "interview"), "--interviewed"),
        ((*WHO, "--stage", "decision"), "--decided"),
    ],
)
@pytest.mark.parametrize("command", [("follow-up",), ("call",), ("journal", "add")])
def test_missing_option_is_named(run, message, command, given, option):
    """Without a terminal the first missing option is named, and nothing is guessed."""
    result = run(*command, *given)

    assert result.exit_code == UNUSABLE
    assert message(result).startswith(f"{option} is missing: ")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((*WHO[:4], "--channel", "friend", *HELD), ["friend", "recruiter, introducer, direct"]),
        ((*WHO, "--interviewed", "soon"), ["--interviewed", "soon", "2026-12-17"]),
        ((*WHO, *HELD, "--today", "today"), ["--today"]),
        ((*WHO, *HELD[:3], "in due course"), ["in due course"]),
        ((*WHO, *HELD, "--door-open", "cellar"), ["cellar", "applied, interview, decision"]),
        ((*WHO, *HELD, "--tried", "hope"), ["hope", "ask_recruiter"]),
        ((*WHO, *HELD, "--contact", "Ms Okafor"), ["Ms Okafor"]),
        ((*WHO, *HELD, "--letter-days", "0"), ["letter_days"]),
        ((*WHO, *HELD, "--decided", "2026-12-01"), ["before interviewed"]),
        ((*WHO, *TOLD, "--outcome", "maybe"), ["rejected, offered"]),
        ((*WHO, *HELD, "--country", "XX"), ["XX"]),
        ((*WHO, *HELD, "--at", "09:30"), ["--calendar"]),
        ((*WHO, *HELD, "--calendar", "out.ics", "--at", "noon"), ["noon", "09:30"]),
        ((*WHO, *HELD, "--calendar", "out.ics", "--at", "09:30+05:00"), ["+05:00", "time zone"]),
        (("--number", "1"), ["there is no journal"]),
    ],
)
def test_wrong_use_of_follow_up_is_explained(run, message, options, words):
    """What cannot be read is told with what can."""
    result = run("follow-up", *options)

    assert result.exit_code == UNUSABLE
    assert all(word in message(result) for word in words), message(result)


def events(path):
    """Return the events of a calendar file, as another library reads them."""
    with path.open(encoding="utf-8", newline="") as stream:
        return vobject.readOne(stream).vevent_list


def test_calendar_is_read_by_another_parser(run, tmp_path):
    """RFC 5545: all-day events with an alarm each, told apart by UIDs that stay."""
    name = "Grüße, Söhne; & Co \\ 🚚"
    given = ("--employer", name, "--role", "Driver", "--channel", "recruiter", *HELD)
    run("follow-up", *given, *THEN, "--calendar", "a.ics")
    run("follow-up", *given, "--today", "2026-12-30", "--calendar", "b.ics")
    first, later = events(tmp_path / "a.ics"), events(tmp_path / "b.ics")

    assert [dt.date(2026, 12, 18)] * 2 + [dt.date(2026, 12, 29)] == [
        event.dtstart.value for event in first[:3]
    ]
    assert all(event.summary.value.startswith(name) for event in first)
    assert all(event.valarm.action.value == "DISPLAY" for event in first)
    assert all(event.valarm.trigger.value == dt.timedelta(hours=9) for event in first)
    assert len({event.uid.value for event in first}) == len(first)
    # A later plan moves the events that it still has, and adds none.
    assert {event.uid.value for event in later} < {event.uid.value for event in first}
    assert "Dear" in first[0].description.value


def test_calendar_with_a_time_of_day(run, tmp_path):
    """A time without a zone is the user's own; the alarm comes before it."""
    run("follow-up", *WHO, *HELD, *THEN, "--calendar", "a.ics", "--at", "09:30")
    event = events(tmp_path / "a.ics")[0]

    assert dt.datetime(2026, 12, 18, 9, 30) == event.dtstart.value  # noqa: DTZ001
    assert dt.datetime(2026, 12, 18, 9, 45) == event.dtend.value  # noqa: DTZ001
    assert event.valarm.trigger.value == -dt.timedelta(minutes=10)


def test_plan_as_csv(run, tmp_path):
    """A33: the plan for a spreadsheet, in which no text becomes a formula."""
    given = ("--employer", "=HYPERLINK(0)", "--role", "Driver", "--channel", "direct")
    result = run("follow-up", *given, *HELD, *THEN, "--csv", "plan.csv", "--calendar", "plan.ics")
    with (tmp_path / "plan.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)

    assert (0, "Date") == (result.exit_code, head[0])
    assert "Written: plan.csv" in result.stdout
    assert "Written: plan.ics" in result.stdout
    assert rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--csv", "there.txt"), "--force"),
        (("--csv", "plan.x", "--calendar", "plan.x"), "same file"),
        (("--csv", "plan.x", "--calendar", "./plan.x", "--force"), "same file"),
        (("--csv", "kept.db", "--force", "-n", "1", "--journal", "kept.db"), "files to read"),
        (("--calendar", "kept.db", "--force", "--journal", "kept.db"), "files to read"),
    ],
)
def test_csv_takes_no_other_file_s_place(run, tmp_path, message, options, word):
    """What is there stays, and the message says what to do."""
    (tmp_path / "there.txt").write_text("mine", encoding="utf-8")
    run("journal", "add", *WHO, *HELD, *THEN, "--journal", "kept.db")
    who = () if "-n" in options else WHO
    result = run("follow-up", *who, *HELD, *THEN, *options)

    assert result.exit_code == UNUSABLE
    assert word in message(result)
    assert "mine" == (tmp_path / "there.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "plan.x").exists()
    assert 0 == run("journal", "list", "--journal", "kept.db").exit_code


def test_calendar_is_not_replaced_unasked(run, tmp_path, message):
    """A calendar file with notes of the user's own needs --force."""
    (tmp_path / "a.ics").write_text("mine", encoding="utf-8")
    refused = run("follow-up", *WHO, *HELD, *THEN, "--calendar", "a.ics")
    forced = run("follow-up", *WHO, *HELD, *THEN, "--calendar", "a.ics", "--force")

    assert refused.exit_code == UNUSABLE
    assert "--force" in message(refused)
    assert forced.exit_code == 0
    assert len(events(tmp_path / "a.ics")) == 2


# --- call -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "advice", "band"),
    [
        (("--no-conforms", "--supports"), "call", None),
        (("--no-conforms", "--no-supports", "--improves"), "call", [0.0, 0.2]),
        (("--no-conforms", "--no-supports", "--no-improves"), "do not call", [0.0, 0.2]),
        (("--door-open", "interview"), "call", None),
    ],
)
def test_call_decides(run, given, advice, band):
    """A19-A22: the questions in their order, and the likelihood where the third is reached."""
    result = run("call", *WHO, "--interviewed", "2026-12-17", *TOLD, *THEN, *given, "--json")
    decision = json.loads(result.stdout)

    assert (advice, band) == (decision["advice"], decision["likelihood"])


def test_call_for_people(run):
    """A22, A23: the cost, and the words for everybody who may answer."""
    answers = ("--no-conforms", "--no-supports", "--improves", "--name", "Tom Reyes")
    result = run("call", *WHO, *TOLD, *THEN, *answers)
    words = " ".join(result.stdout.split())

    assert "under 20 %" in words
    assert words.count("Tom Reyes") == 3
    assert words.count("accept") >= 3
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_call_asks_the_questions_in_their_order(typed):
    """A19-A21: each is asked when the one before it left it open."""
    result = typed("call", *WHO, *TOLD, *THEN, lines=["perhaps", "no", "n", "YES"])
    order = [result.stderr.index(word) for word in ("conform", "support", "improve")]

    assert "under 20 %" in " ".join(result.stdout.split())
    assert order == sorted(order)
    assert "'perhaps' cannot be read" in result.stderr


def test_call_goes_no_further_when_nobody_knows(typed):
    """What is not known is not guessed: the question stays to be answered."""
    result = typed("call", *WHO, *TOLD, *THEN, lines=["not known"])

    assert "Answer first: Does it conform" in " ".join(result.stdout.split())


def test_call_needs_no_answer_that_can_be_derived(run):
    """A17, A19: with the door open before the day, the advice is to wait until it."""
    result = run("call", *WHO, *HELD, *THEN, "--door-open", "interview")

    assert "Wait; contact falls due on Tuesday 29 December 2026." in result.stdout


@pytest.mark.parametrize(
    ("options", "day", "words"),
    [
        (("--letter-days", "20"), "2026-12-22", "after 20 days; that falls due"),
        (("--letter-days", "10"), "2026-12-18", "is later than the 10 days of your letter. (A17"),
        (("--door-open", "applied"), "2026-12-18", "is Friday 18 December 2026. (A17"),
        ((), "2026-12-18", "so say that you open the door late. (A18"),
    ],
)
def test_reason_is_that_of_the_later_day(run, options, day, words):
    """A16, A17: of the letter's days and the employer's timescale, the later one is the reason."""
    given = (*WHO, "--applied", "2026-12-01", "--timescale", "two weeks", *options)
    arguments = ("follow-up", *given, "--today", "2026-12-01")

    assert touches(run(*arguments, "--json"))[0][0] == day
    assert words in " ".join(run(*arguments).stdout.split())


def test_call_before_the_days_of_the_letter_names_them(run):
    """A16: who waits for the days of their own letter is not told of the employer's timescale."""
    given = (*WHO, "--applied", "2026-12-01", "--letter-days", "10", "--today", "2026-12-03")

    assert "your letter names is not over" in " ".join(run("call", *given).stdout.split())


@pytest.mark.parametrize(("option", "starts"), [("--calendar", "BEGIN"), ("--csv", "Date")])
def test_plan_goes_to_the_standard_output(run, tmp_path, option, starts):
    """A single dash means the standard output, and nothing else is said there."""
    result = run("follow-up", *WHO, *HELD, *THEN, option, "-")

    assert result.stdout.startswith(starts)
    assert "Written" not in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("2026-02-30", "no such day (year, month, day)"),
        ("31/02/2026", "no such day (day, month, year)"),
        ("12/31/2026", "no such day (day, month, year)"),
        ("31.11.2026", "no such day (day, month, year)"),
        ("Tuesday 31 November 2026", "no such day"),
        ("Thursday 27 November 2026", "27 November 2026 is a Friday and no Thursday"),
        ("Tues 18/12/2026", "18 December 2026 is a Friday and no Tuesday"),
        ("soon", "write 2026-12-17"),
        ("", "write 2026-12-17"),
    ],
)
def test_day_that_does_not_exist_is_told(run, message, given, words):
    """What is wrong with a date is said, and not only how dates are written."""
    result = run("follow-up", *WHO, "--interviewed", given)

    assert result.exit_code == UNUSABLE
    assert words in message(result)


@pytest.mark.parametrize("given", ["31/12/2026", "31.12.2026", "2026-12-31", "31 Dec 2026"])
def test_a_day_is_read_in_each_way_of_writing_it(run, given):
    """The day comes before the month, as in Britain."""
    result = run("follow-up", *WHO, "--interviewed", given, *THEN)

    assert "Friday 1 January 2027" not in result.stdout
    assert "Monday 4 January 2027: thanks" in result.stdout


@pytest.mark.parametrize("channel", ["direct", "recruiter", "introducer"])
@pytest.mark.parametrize("more", [(), ("--timescale", "a week"), ("--door-open", "interview")])
def test_call_before_the_interview_says_one_thing(run, channel, more):
    """A8: nothing has passed yet, so there is no route, no script and no reproach."""
    who = ("--employer", "Harbour Foods", "--role", "Driver", "--channel", channel)
    arguments = ("call", *who, "--interviewed", "2026-12-17", *more, "--today", "2026-12-10")

    told, plain = run(*arguments).stdout, json.loads(run(*arguments, "--json").stdout)

    assert told.startswith("Do not call yet: the interview is still to come, on Thursday 17")
    assert not any(word in told for word in ("Good morning", "not reached", "falls due", "A16"))
    assert (plain["advice"], plain["ahead"], plain["when"]) == ("wait", "2026-12-17", None)
    assert plain["openings"] == plain["missed"] == []


def test_call_that_is_advised_against_asks_nothing_now(run):
    """A14: what is lost is lost, so what was missed is for the next application."""
    given = (*WHO, *HELD, "--today", "2026-12-21", "--no-conforms", "--no-supports")
    told = " ".join(run("call", *given, "--no-improves").stdout.split())

    assert told.startswith("Do not call.")
    assert "Ask now" not in told
    assert "Now:" not in told


def test_call_names_the_missing_answer(run, message):
    """Without a terminal the option for the open question is named."""
    result = run("call", *WHO, *TOLD, *THEN, "--no-conforms")

    assert result.exit_code == UNUSABLE
    assert message(result).startswith("--supports or --no-supports is missing: ")


# --- letters --------------------------------------------------------------------------------------

FILLED = ("--role", "Driver", "--employer", "Harbour Foods", "--name", "Tom Reyes")


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("cover-letter", ("--days", "10"), "within 10 days"),
        ("cover-letter", ("--days", "5", "--working-days"), "within 5 working days"),
        ("thank-you", (*FILLED[:2], *FILLED[4:], "--to", "Ms Okafor"), "Dear Ms Okafor"),
        ("update", (*FILLED, "--timescale", "a week"), "a week"),
        ("reminder", FILLED, "is there news?"),
        ("news", (*FILLED[:2], "--late"), "that is why I am in touch"),
        ("feedback", (*FILLED, "--through", "recruiter"), "I fully accept the decision"),
        ("feedback", (*FILLED, "--no-interview"), "on my application"),
        ("second-choice", FILLED, "no need to reply"),
    ],
)
def test_each_letter_is_drafted(run, kind, options, words):
    """A16, A24, A26, A27, A33: each kind, for people and as JSON."""
    plain = run("letter", kind, *options)
    draft = sk.from_dict(json.loads(run("letter", kind, *options, "--json").stdout))

    assert words in plain.stdout, plain.output
    assert draft.body in plain.stdout


@pytest.mark.parametrize(
    ("kind", "text", "code", "rule"),
    [
        ("feedback", "I accept your decision. I would be glad of any feedback.", 0, ""),
        ("feedback", "I am furious. Send me your feedback.", PROBLEMS, "A24"),
        ("cover-letter", "I look forward to hearing from you.", PROBLEMS, "A16"),
        ("cover-letter", sk.cover_letter_close(10), 0, ""),
    ],
)
def test_own_letter_is_checked(run, kind, text, code, rule):
    """A16, A24: the user's own wording, with the words that are at fault."""
    result = run("letter", kind, "--check", "-", input=text)

    assert code == result.exit_code
    assert rule in result.stdout


def test_letter_asks_for_what_is_missing(typed):
    """The kind, the days: each until it can be read."""
    result = typed("letter", lines=["cover", "cover-letter", "ten", "10"])

    assert "within 10 days" in result.stdout


KINDS = ("cover-letter", "thank-you", "update", "reminder", "news", "feedback", "second-choice")


@pytest.mark.parametrize("kind", KINDS)
def test_facts_of_an_application_suit_every_letter(run, kind):
    """What is true of the application is used or left out with a remark, and never refused."""
    facts = (*FILLED, "--to", "Ms Okafor", "--name", "Tom Reyes", "--process", "a second interview")
    dates = ("--applied", "2026-12-01", "--interviewed", "2026-12-17", "--timescale", "a week")
    days = ("--days", "10") if kind == "cover-letter" else ()

    result = run("letter", kind, *facts, *dates, *days)

    assert result.exit_code == 0, result.stderr
    assert ("a second interview" in result.stdout) is ("--process is left out" not in result.stderr)


@pytest.mark.parametrize("kind", ["thank-you", "news"])
def test_letter_to_the_employer_may_name_it(run, kind):
    """A person who gives --employer with the other letters gives it with these, too."""
    assert "Driver at Harbour Foods" in run("letter", kind, *FILLED).stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), ["KIND is missing", "cover-letter"]),
        (("postcard",), ["postcard", "thank-you"]),
        (("cover-letter",), ["--days is missing"]),
        (("cover-letter", "--days", "0"), ["days", "1 to 365"]),
        (("feedback", "--role", "Driver"), ["--employer is missing"]),
        (("thank-you", "--role", "Driver", "--days", "3"), ["--days has no place", "--discussed"]),
        (("update", *FILLED, "--late"), ["--late has no place", "leave it out", "--process"]),
        (("news", "--role", "Driver", "--no-interview"), ["--no-interview has no place"]),
        (("feedback", *FILLED, "--through", "post"), ["post", "employer, recruiter, introducer"]),
        (("thank-you", "--check", "-"), ["cover-letter, feedback"]),
    ],
)
def test_wrong_use_of_letter_is_explained(run, message, options, words):
    """One message that names the option or the value."""
    result = run("letter", *options)

    assert result.exit_code == UNUSABLE
    assert all(word in message(result) for word in words), message(result)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("5/1/27", "such as 5 January 2027"),
        ("05.01.27", "such as 5 January 2027"),
        ("9 Mar 27", "such as 9 March 2027"),
        ("11th January", " 11 January 20"),
        ("January 11", " 11 January 20"),
        ("29 Feb", " 29 February 20"),
        ("3/12", " 3 December 20"),
    ],
)
def test_date_without_its_whole_year_is_offered_and_not_taken(run, message, text, offered):
    """A century or a year is never guessed: the date is offered as it can be written."""
    result = run("letter", "news", "--role", "Potter", "--interviewed", text)

    assert result.exit_code == UNUSABLE
    assert "write the year in full, such as" in message(result)
    assert offered in message(result)


@pytest.mark.parametrize("text", ["11th January 2026", "the 1st of May 2026", "2nd Mar 2026"])
def test_day_with_its_ending_is_read(run, text):
    """A date as it is spoken is one."""
    result = run(
        "letter", "thank-you", "--role", "Potter", "--interviewed", text.removeprefix("the ")
    )

    assert result.exit_code == 0
    assert "2026" in result.stdout


WEDNESDAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday 27 November", "2026-11-27"),
        ("Fri 27 Nov 2026", "2026-11-27"),
        ("Friday, 27th November", "2026-11-27"),
        ("on Friday the 27th of November 2026", "2026-11-27"),
        ("Weds 25/11/2026", "2026-11-25"),
        ("2026-11-27 (Fri)", "2026-11-27"),
        ("27 November 2026, Friday", "2026-11-27"),
        ("Sat. 28-Nov-2026", "2026-11-28"),
        ("Monday, January 4th", "2027-01-04"),
        ("Tues 12/1", "2027-01-12"),
        ("Thurs 31 Dec", "2026-12-31"),
        ("Tue 29 February", "2028-02-29"),
        ("27 Sept 2026", "2026-09-27"),
        ("November 27, 2026", "2026-11-27"),
        ("28-11-2026", "2026-11-28"),
    ],
)
def test_date_is_read_with_its_weekday(text, day):
    """A weekday that agrees stands for the year, which is that of the nearest day of this name."""
    assert read_date(text, WEDNESDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Thursday 27 November", "27 November 2026 is a Friday and no Thursday"),
        ("Tuesday 6 January", "6 January 2027 is a Wednesday and no Tuesday"),
        ("next Friday", "Friday 27 November 2026 or Friday 4 December 2026"),
        ("Friday", "Friday 20 November 2026 or Friday 27 November 2026"),
        ("last Tues", "Tuesday 17 November 2026 or Tuesday 24 November 2026"),
        ("yesterday", "write the date: Tuesday 24 November 2026"),
        ("Sunday 29 Nov 26", "such as 29 November 2026"),
        ("27th", "write 2026-12-17"),
        ("27 Friday", "write 2026-12-17"),
        ("Friday Friday 27 November 2026", "write 2026-12-17"),
    ],
)
def test_day_that_may_be_another_is_offered_and_not_taken(text, advice):
    """A wrong weekday and a day reckoned from today are said in one error, with what can be meant."""
    with pytest.raises(UnreadableAnswerError) as caught:
        read_date(text, WEDNESDAY)

    assert advice in str(caught.value)


def test_weekday_is_read_by_every_command_that_takes_a_date(run, message):
    """The plan, the call and the letters read the same dates."""
    plan = run(
        "follow-up",
        *WHO,
        "--interviewed",
        "Thursday 17 December 2026",
        "--timescale",
        "a week",
        *THEN,
        "--json",
    )
    letter = run("letter", "news", "--role", "Potter", "--interviewed", "Friday 17 December 2026")

    assert ("2026-12-29", "contact") in touches(plan)
    assert letter.exit_code == UNUSABLE
    assert message(letter).startswith(
        "--interviewed 'Friday 17 December 2026' cannot be read; 17 December 2026 is a Thursday"
    )


@pytest.mark.parametrize(
    ("dates", "today", "words"),
    [
        (("--decided", "2026-12-18", "--outcome", "rejected"), "2026-12-17", "the decision came on Friday 18 December 2026"),
        (("--decided", "2026-12-18", "--outcome", "offered"), "2026-11-01", "the decision came on"),
    ],
)  # fmt: skip
def test_call_before_there_is_something_to_follow_up(run, message, tmp_path, dates, today, words):
    """A19: a day before the decision is refused, and no question is asked."""
    journal = ("--journal", str(tmp_path / "j.db"))
    run("journal", "add", *WHO, *dates, *journal, "--today", "2026-12-18")
    result = run("call", "--number", "1", *journal, "--today", today)

    assert result.exit_code == UNUSABLE
    assert words in message(result)
    assert "--conforms" not in message(result)
    assert "give that day or a later one" in message(result)


def test_call_before_the_interview_of_a_journal_is_advice(run, tmp_path):
    """A8: before the interview there is nothing to follow up, and that is said as advice."""
    journal = ("--journal", str(tmp_path / "j.db"))
    run("journal", "add", *WHO, *HELD, *journal, *THEN)
    result = run("call", "--number", "1", *journal, "--today", "Wed 16 December 2026")

    assert "Do not call yet: the interview is still to come" in result.stdout


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        (("news", "--interviewed", "TOMORROW"), "--interviewed TOMORROW lies in the future"),
        (("news", "--applied", "TOMORROW"), "--applied TOMORROW lies in the future"),
        (("thank-you", "--interviewed", "TOMORROW"), "lies in the future"),
        (("news", "--interviewed", "YESTERDAY", "--timescale", "a week"), "runs until"),
        (("news", "--interviewed", "YESTERDAY"), ""),
        (("news", "--interviewed", "YESTERDAY", "--timescale", "soon"), ""),
        (("news", "--interviewed", "2026-01-06", "--timescale", "a week"), ""),
    ],
)
def test_letter_on_what_is_still_to_come_is_remarked_on(run, message, monkeypatch, letter, words):
    """A17: a letter that says that a time has passed is not for before it."""
    today = dt.date(2026, 2, 10)
    monkeypatch.setattr("starkit.cli.contact.today_or", lambda given: given or today)
    days = {
        "TOMORROW": (today + dt.timedelta(days=1)).isoformat(),
        "YESTERDAY": (today - dt.timedelta(days=1)).isoformat(),
    }
    result = run("letter", *(days.get(word, word) for word in letter), "--role", "Potter")

    assert result.exit_code == 0
    assert words.replace("TOMORROW", days["TOMORROW"]) in message(result)
    assert bool(words) == bool(message(result))
