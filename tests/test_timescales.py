import calendar
import contextlib
import datetime
import locale
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starkit.errors import FollowUpError, PlaceError, StarkitError, TimescaleError
from starkit.timescales import WorkingDays, promised_date

#    December 2026             January 2027              February 2027
# Mo Tu We Th Fr Sa Su      Mo Tu We Th Fr Sa Su      Mo Tu We Th Fr Sa Su
#     1  2  3  4  5  6                   1  2  3       1  2  3  4  5  6  7
#  7  8  9 10 11 12 13       4  5  6  7  8  9 10       8  9 10 11 12 13 14
# 14 15 16 17 18 19 20      11 12 13 14 15 16 17      15 16 17 18 19 20 21
# 21 22 23 24 25 26 27      18 19 20 21 22 23 24      22 23 24 25 26 27 28
# 28 29 30 31               25 26 27 28 29 30 31
#
# Holidays in England: Friday 25 and Monday 28 December, Friday 1 January.
THURSDAY = datetime.date(2026, 12, 17)

# Worked out by hand from the calendar above, for an interview on Thursday 17 December 2026.
READ = {
    # lengths in days, weeks and months
    "a week": "2026-12-24",
    "one week": "2026-12-24",
    "1 week": "2026-12-24",
    "7 days": "2026-12-24",
    "seven days": "2026-12-24",
    "within a week": "2026-12-24",
    "a week or so": "2026-12-24",
    "about a week": "2026-12-24",
    "in a week's time": "2026-12-24",
    "within the week": "2026-12-24",
    "a couple of weeks": "2026-12-31",
    "couple of weeks": "2026-12-31",
    "a fortnight": "2026-12-31",
    "fortnight": "2026-12-31",
    "in a fortnight’s time": "2026-12-31",
    "two weeks' time": "2026-12-31",
    "14 days": "2026-12-31",
    "three weeks at most": "2027-01-07",
    "28 days": "2027-01-14",
    "twenty-one days": "2027-01-07",
    "a week and a half": "2026-12-28",  # ten and a half days
    "a month": "2027-01-17",
    "one calendar month": "2027-01-17",
    "ten (10) days": "2026-12-27",
    # hours count as days begun
    "within 48 hours": "2026-12-19",
    "24-48 hrs": "2026-12-19",
    "72 hours": "2026-12-20",
    "an hour": "2026-12-18",
    # working days: 18, 21-24, 29-31 December, then 4 and 5 January
    "10 working days": "2027-01-05",
    "ten working days": "2027-01-05",
    "ten (10) business days": "2027-01-05",
    "up to 5 working days": "2026-12-24",
    "3-5 working days": "2026-12-24",
    "one working day": "2026-12-18",
    "the next working day": "2026-12-18",
    "6 weekdays": "2026-12-29",
    # ranges: the later end
    "two to three weeks": "2027-01-07",
    "2-3 weeks": "2027-01-07",
    "2 – 3 weeks": "2027-01-07",
    "2/3 weeks": "2027-01-07",
    "a day or two": "2026-12-19",
    "a week or two": "2026-12-31",
    "a week to ten days": "2026-12-27",
    "Monday or Tuesday": "2026-12-22",
    "Monday-Wednesday": "2026-12-23",
    "between 4 and 8 January": "2027-01-08",
    "4–8 January": "2027-01-08",
    "28 December to 2 January": "2027-01-02",
    "two weeks, maybe three weeks": "2027-01-07",
    # weeks
    "this week": "2026-12-18",
    "end of the week": "2026-12-18",
    "end of week": "2026-12-18",
    "later this week": "2026-12-18",
    "next week": "2026-12-25",
    "by the end of next week": "2026-12-25",
    "early next week": "2026-12-22",
    "the start of next week": "2026-12-22",
    "the middle of next week": "2026-12-23",
    "midweek": "2026-12-23",
    "the week after next": "2027-01-01",
    "the following week": "2026-12-25",
    "w/c 11 January": "2027-01-15",
    "week commencing Monday 4th January": "2027-01-08",
    "the week ending 15 January": "2027-01-15",
    "by the weekend": "2026-12-18",
    "over the weekend": "2026-12-20",
    # the next weeks count from the day itself
    "the next two weeks": "2026-12-31",
    "over the next week": "2026-12-24",
    "within the next 7 to 10 days": "2026-12-27",
    # months
    "end of the month": "2026-12-31",
    "month end": "2026-12-31",
    "next month": "2027-01-31",
    "early January": "2027-01-10",
    "mid-January": "2027-01-15",
    "mid January": "2027-01-15",
    "the middle of January": "2027-01-15",
    "mid to late January": "2027-01-31",
    "late January": "2027-01-31",
    "end of Jan.": "2027-01-31",
    "in January": "2027-01-31",
    "January": "2027-01-31",
    "mid-February 2027": "2027-02-15",
    "the first half of January": "2027-01-15",
    "the first week of February": "2027-02-07",
    "the first two weeks of January": "2027-01-14",
    "the last week of January": "2027-01-31",
    "first week of the new year": "2027-01-07",
    "in the new year": "2027-01-31",
    "early in the new year": "2027-01-10",
    "by late in the new year": "2027-01-31",
    "a few days": "2026-12-24",
    "over the next few days": "2026-12-24",
    "in a few working days": "2026-12-24",
    "the first Monday in January": "2027-01-04",
    "the last Friday of January": "2027-01-29",
    "the first working day of January": "2027-01-04",
    "the last working day of the month": "2026-12-31",
    "end of the year": "2026-12-31",
    "before Christmas": "2026-12-24",
    # weekdays
    "Friday": "2026-12-18",
    "by Friday": "2026-12-18",
    "this Friday": "2026-12-18",
    "next Friday": "2026-12-25",
    "Friday next": "2026-12-25",
    "Friday week": "2026-12-25",
    "Monday": "2026-12-21",
    "Monday week": "2026-12-28",
    "a week on Monday": "2026-12-28",
    "a week from Monday": "2026-12-28",
    "Monday fortnight": "2027-01-04",
    "Friday after next": "2027-01-01",
    "Tuesday of next week": "2026-12-22",
    "next week on Tuesday": "2026-12-22",
    "Thursday": "2026-12-24",  # said on a Thursday
    "by close of play Tuesday": "2026-12-22",
    "5pm on Friday": "2026-12-18",
    "Monday morning": "2026-12-21",
    "before Wednesday": "2026-12-22",
    "Monday, Wednesday at the latest": "2026-12-23",
    # near days
    "tomorrow": "2026-12-18",
    "the day after tomorrow": "2026-12-19",
    "a week tomorrow": "2026-12-25",
    "a week today": "2026-12-24",
    "this time next week": "2026-12-24",
    "by close of play": "2026-12-17",
    "later today": "2026-12-17",
    # days of the month
    "the 14th": "2027-01-14",
    "by the 31st": "2026-12-31",
    "Thursday the 14th": "2027-01-14",
    "the 14th of next month": "2027-01-14",
    "14 January": "2027-01-14",
    "14th of January": "2027-01-14",
    "the fourteenth of January": "2027-01-14",
    "January 14th": "2027-01-14",
    "January 14, 2027": "2027-01-14",
    "Thursday 14 January": "2027-01-14",
    "Thurs 14 Jan 2027": "2027-01-14",
    "14/01/2027": "2027-01-14",
    "04/01/2027": "2027-01-04",
    "01/14/2027": "2027-01-14",  # only one reading is left
    "by 14/1": "2027-01-14",
    "14.01.27": "2027-01-14",
    "2027-01-14": "2027-01-14",
    "two weeks after 4 January": "2027-01-18",
    "17 December": "2026-12-17",  # the interview day itself
    # as they are said, in Britain and in the United States
    "in a couple of weeks": "2026-12-31",
    "within 10-14 days": "2026-12-31",
    "inside a week": "2026-12-24",
    "ten days or so": "2026-12-27",
    "a month at the outside": "2027-01-17",
    "within 6 weeks": "2027-01-28",
    "3 wks": "2027-01-07",
    "seven to ten working days": "2027-01-05",
    "within ten business days": "2027-01-05",
    "5 working days from today": "2026-12-24",
    "5 working days from Monday": "2026-12-30",  # 22-24, 29 and 30 December
    "by COB Friday": "2026-12-18",
    "by EOD Monday": "2026-12-21",
    "close of business on the 23rd": "2026-12-23",
    "by lunchtime tomorrow": "2026-12-18",
    "first thing Monday": "2026-12-21",
    "this coming Monday": "2026-12-21",
    "a week Tuesday": "2026-12-29",
    "two weeks Thursday": "2027-01-07",
    "two weeks from Friday": "2027-01-01",
    "Wednesday fortnight": "2027-01-06",
    "tomorrow week": "2026-12-25",
    "the back end of next week": "2026-12-25",
    "sometime in the next two weeks": "2026-12-31",
    "the week of January 11": "2027-01-15",
    "by January 8th": "2027-01-08",
    "Jan 8": "2027-01-08",
    "no later than Jan 15": "2027-01-15",
    "the 4th or 5th of January": "2027-01-05",
    "towards the end of January": "2027-01-31",
    "around the 10th": "2027-01-10",
    "by Christmas": "2026-12-24",
    # sentences
    "you should hear from us within a week or so": "2026-12-24",
    "If you haven't heard from us within two weeks, please assume the worst.": "2026-12-31",
    "We let everybody know, successful or not, within 5 working days of the interview": "2026-12-24",
    "It is a 12 month contract; you will hear by Friday.": "2026-12-18",
    "Thank you for coming in today. HR will ring you by close of play on Tuesday.": "2026-12-22",
    "All candidates will be told by 24th December at the latest": "2026-12-24",
    "We'd hope to get back to you early next week": "2026-12-22",
}


@pytest.mark.parametrize(("phrase", "expected"), READ.items(), ids=list(READ))
def test_timescales_are_read_as_worked_out_by_hand(phrase, expected):
    """A17: a timescale may come as words or as a date."""
    actual = promised_date(THURSDAY, phrase)

    assert datetime.date.fromisoformat(expected) == actual


# Other interview days, other countries.
ELSEWHERE = [
    # said at the weekend, the week that is over cannot be meant
    ("2026-12-19", "end of the week", "GB", "2026-12-25"),
    ("2026-12-20", "next week", "GB", "2026-12-25"),
    # a month that is shorter
    ("2027-01-31", "a month", "GB", "2027-02-28"),
    ("2026-12-30", "two months", "GB", "2027-02-28"),
    # the part of the month that is over is next year's only when that is near
    ("2026-11-20", "mid-January", "GB", "2027-01-15"),
    ("2026-01-05", "early January", "GB", "2026-01-10"),
    ("2028-02-01", "29 February", "GB", "2028-02-29"),
    ("2027-01-30", "the 31st", "GB", "2027-01-31"),
    ("2027-02-10", "the 31st", "GB", "2027-03-31"),
    # month first in the United States
    ("2026-12-17", "01/04/2027", "US", "2027-01-04"),
    ("2026-12-17", "04/01/2027", "US", "2027-04-01"),
    ("2026-12-17", "14/01/2027", "US", "2027-01-14"),
    ("2026-12-17", "1/8/2027", "US", "2027-01-08"),
    ("2026-12-17", "1/8/2027", "GB", "2027-08-01"),
    # no holiday on 28 December there
    ("2026-12-17", "ten business days", "US", "2027-01-04"),
    # where Friday and Saturday are the weekend, the week ends on Thursday
    ("2026-12-14", "end of the week", "EG", "2026-12-17"),
    ("2026-12-14", "early next week", "EG", "2026-12-21"),
    # working days are the country's own: no holiday follows Boxing Day in Norway
    ("2026-12-21", "4 working days", "NO", "2026-12-28"),
    ("2026-12-21", "4 working days", "GB", "2026-12-29"),
    ("2026-12-30", "2 working days", "GB", "2027-01-04"),
]


@pytest.mark.parametrize(("interviewed", "phrase", "country", "expected"), ELSEWHERE)
def test_timescales_follow_the_day_and_the_country(interviewed, phrase, country, expected):
    """A17: the interview day and the country decide what a phrase comes to."""
    actual = promised_date(datetime.date.fromisoformat(interviewed), phrase, country=country)

    assert datetime.date.fromisoformat(expected) == actual


UNREADABLE = [
    "",
    "   ",
    "soon",
    "shortly",
    "in due course",
    "ASAP",
    "TBC",
    "as soon as possible",
    "when we have finished interviews",
    "once the panel has met",
    "a week after we finish interviewing",
    "within a week of the closing date",
    "ten days from the date of this letter",
    "two weeks, subject to references",
    "a week, if all goes well",
    "it depends",
    "a few days ago",
    "every few days",
    "several weeks",
    "in the coming weeks",
    "a while",
    "days",
    "after Christmas",
    "shortly after Christmas",
    "after the bank holiday",
    "before the bank holiday",
    "after the holidays",
    "by Thanksgiving",
    "not until the new year",
    "half a week",
    "half a month",
    "a few weeks",
    "Q1",
    "after the new year",
    "after Friday",
    "from Monday",
    "not before Friday",
    "we won't know by Friday",
    "at least a week",
    "more than a week",
    "over a week",
    "a week or longer",
    "10+ days",
    "two weeks' notice",
    "three days a week",
    "£500 a week",
    "37.5 hours a week",
    "2.5 weeks",
    "0 days",
    "ten (14) days",
    "by January",
    "spring",
    "half term",
    "the weekend",
    "Friday 14 January",  # it is a Thursday
    "31 February",
    "31/02/2027",
    "99/99/2027",
    "the 45th",
    "14 November",  # it was a month ago
    "16 December 2026",
    "early this week",  # it was Tuesday
    "the interviews end on Friday and the panel meets on Monday 4 January",
    "the 2nd interview",
    "the 14th may be when we call",
    "Your guess is as good as mine",
    "9" * 400 + " days",
    "a week " * 1000,
]


@pytest.mark.parametrize("phrase", UNREADABLE, ids=lambda phrase: phrase[:40])
def test_what_cannot_be_read_is_refused(phrase):
    """A17: what cannot be read is asked for, never guessed."""
    with pytest.raises(TimescaleError) as caught:
        promised_date(THURSDAY, phrase)

    assert caught.value.advice
    assert len(str(caught.value)) < 400


def test_canada_is_asked_for_the_month():
    """A date in figures is read where the country has one custom, and asked where it has two."""
    with pytest.raises(TimescaleError, match="month as a word"):
        promised_date(THURSDAY, "01/02/2027", country="CA")

    assert datetime.date(2027, 1, 14) == promised_date(THURSDAY, "14/01/2027", country="CA")


@pytest.mark.parametrize(
    ("timescale", "expected"),
    [
        (datetime.date(2027, 1, 4), datetime.date(2027, 1, 4)),
        (datetime.datetime(2027, 1, 4, 12, 30), datetime.date(2027, 1, 4)),  # noqa: DTZ001
        (datetime.timedelta(days=10), datetime.date(2026, 12, 27)),
        (datetime.timedelta(hours=30), datetime.date(2026, 12, 19)),
    ],
)
def test_dates_and_lengths_of_time_are_taken_as_they_are(timescale, expected):
    """A17: a timescale may come as a date."""
    assert expected == promised_date(THURSDAY, timescale)


@pytest.mark.parametrize("timescale", [None, 7, b"a week", ["a week"], object])
def test_other_values_are_refused(timescale):
    """What is neither words nor a date is told so by an error of ours."""
    with pytest.raises(TimescaleError):
        promised_date(THURSDAY, timescale)


@pytest.mark.parametrize(
    "timescale",
    [datetime.date(2026, 12, 16), datetime.timedelta(days=-1), "Wednesday 16 December 2026"],
)
def test_a_promise_before_the_interview_is_an_error(timescale):
    """A date before the interview is told with both dates."""
    with pytest.raises(TimescaleError, match="before the interview on Thursday 17 December 2026"):
        promised_date(THURSDAY, timescale)


def test_the_interview_day_has_to_be_a_date():
    """A wrong interview day is an error of ours, and names what was seen."""
    with pytest.raises(FollowUpError, match="interviewed: '17 December'"):
        promised_date("17 December", "a week")


def test_the_end_of_the_calendar_is_no_crash():
    """A timescale beyond the last date that Python has is refused like any other."""
    for phrase in (
        "a week",
        "999 months",
        "by the end of next week",
        "10 working days",
        "the 14th",
    ):
        with pytest.raises(TimescaleError):
            promised_date(datetime.date.max, phrase)


def test_names_of_days_and_months_do_not_follow_the_locale():
    """The phrases are English whatever the user's locale is."""
    available = []
    for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C"):
        before = locale.setlocale(locale.LC_TIME)
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        try:
            available.append(name)
            assert datetime.date(2027, 1, 14) == promised_date(THURSDAY, "Thursday 14 January")
        finally:
            locale.setlocale(locale.LC_TIME, before)
    assert available


def test_errors_can_be_pickled():
    """An error goes between processes whole."""
    with pytest.raises(TimescaleError) as caught:
        promised_date(THURSDAY, "soon")

    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301

    assert str(caught.value) == str(again)


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text):
    """No text whatever ends in anything but a date or an error of ours."""
    try:
        actual = promised_date(THURSDAY, text)
    except StarkitError:
        return

    assert actual >= THURSDAY


WORDS = st.sampled_from(
    [
        "a",
        "an",
        "the",
        "week",
        "weeks",
        "working",
        "days",
        "10",
        "two",
        "three",
        "or",
        "to",
        "of",
        "next",
        "this",
        "end",
        "mid",
        "early",
        "late",
        "Friday",
        "Monday",
        "January",
        "February",
        "14",
        "14th",
        "2027",
        "by",
        "within",
        "on",
        "from",
        "after",
        "before",
        "-",
        ",",
        "/",
        "and",
        "not",
        "if",
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_mixture_of_its_words_is_read_or_refused(text):
    """No mixture of the words of time ends in anything but a date or an error of ours."""
    try:
        actual = promised_date(THURSDAY, text)
    except StarkitError:
        return

    assert actual >= THURSDAY


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.integers(1, 300))
def test_days_are_added_as_a_calendar_adds_them(interviewed, count):
    """The reading of days, weeks and dates agrees with plain arithmetic."""
    promised = interviewed + datetime.timedelta(days=count)

    assert promised == promised_date(interviewed, f"{count} days")
    assert promised == promised_date(interviewed, promised.isoformat())
    assert promised == promised_date(interviewed, f"{promised:%d/%m/%Y}")
    named = f"{calendar.day_name[promised.weekday()]} {promised.day} {promised:%B}"
    assert promised == promised_date(interviewed, f"we will ring you by {named}")


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2050, 1, 1)), st.integers(0, 40))
def test_working_days_agree_with_counting_them_one_by_one(day, count):
    """Counting working days agrees with the slow, obvious way."""
    workdays = WorkingDays("GB", "SCT")
    every = (day + datetime.timedelta(days=n) for n in range(1, 400))
    expected = [item for item in every if workdays.is_working(item)][:count]

    actual = workdays.later(day, count)

    assert (expected[-1] if expected else day) == actual


def test_long_hostile_text_is_refused_at_once():
    """A long line costs nothing: it is refused before it is matched."""
    began = time.process_time()
    for text in ("a " * 50_000, "1" * 100_000, "the 14th of " * 9_000, "week-" * 20_000):
        with pytest.raises(TimescaleError):
            promised_date(THURSDAY, text)

    # CPU seconds, with room for a busy machine: .12 was seen beside a test run.
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "a " * 249,
        "the " * 125,
        "1-" * 249,
        "early " * 83,
        "14th " * 99,
        "two or " * 71,
        "the end of " * 45,
    ],
)
def test_the_longest_text_that_is_read_is_read_at_once(text):
    """Every pattern is linear: the longest text allowed takes no noticeable time."""
    began = time.process_time()
    with contextlib.suppress(TimescaleError):
        promised_date(THURSDAY, text)

    # CPU seconds, with room for a busy machine: .12 was seen beside a test run.
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("country", "subdiv", "kind", "nearest"),
    [
        ("Germny", None, "country", "DE"),
        ("England", None, "country", "GB"),
        ("XX", None, "country", "MX"),
        (None, None, "country", "GB"),
        (44, None, "country", "GB"),
        ("GB", "LON", "part of GB", "ENG"),
        ("GB", "Scotlnd", "part of GB", "SCT"),
        ("US", "Californa", "part of US", "CA"),
        ("DE", "Bavara", "part of DE", "BY"),
        ("GB", 3, "part of GB", "ENG"),
    ],
)
def test_an_unknown_country_or_part_names_the_nearest_codes(country, subdiv, kind, nearest):
    """A wrong code is told with the codes that are near it."""
    with pytest.raises(PlaceError) as caught:
        WorkingDays(country, subdiv)

    assert kind == caught.value.kind
    assert nearest in caught.value.nearest
    assert nearest in str(caught.value)


@pytest.mark.parametrize(
    ("given_as", "expected"),
    [
        (("gb",), ("GB", None)),
        (("UK",), ("GB", None)),
        (("GBR",), ("GB", None)),
        (("United Kingdom", "Scotland"), ("GB", "SCT")),
        (("GB", "gb-sct"), ("GB", "SCT")),
        (("US", "California"), ("US", "CA")),
        (("de", "by"), ("DE", "BY")),
        (("GB", ""), ("GB", None)),
    ],
)
def test_countries_and_parts_go_by_several_names(given_as, expected):
    """Codes in any case and English names are all understood."""
    actual = WorkingDays(*given_as)

    assert expected == (actual.country, actual.subdiv)


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        (("GB",), "2026-12-25", False),
        (("GB",), "2026-04-06", False),  # Easter Monday, a holiday in England
        (("GB", "SCT"), "2026-04-06", True),  # and none in Scotland
        (("GB", "SCT"), "2027-01-04", False),  # 2 January 2027 is a Saturday
        (("GB", "ENG"), "2027-01-04", True),
        (("GB", "NIR"), "2026-03-17", False),
        (("EG",), "2026-12-18", False),  # a Friday
        (("EG",), "2026-12-20", True),  # a Sunday
        (("US",), "2026-11-26", False),  # Thanksgiving
        (("US",), "2021-12-31", False),  # New Year's Day 2022, observed the year before
        (("CN",), "2025-01-26", False),  # a Sunday declared a working day
    ],
)
def test_working_days_are_the_countrys_own(place, day, expected):
    """A17: weekends and public holidays follow the country and its part."""
    assert expected is WorkingDays(*place).is_working(datetime.date.fromisoformat(day))
