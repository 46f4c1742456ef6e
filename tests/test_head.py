"""The head of an advert: role, employer, place and the last day to apply, or nothing where it is not plain."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from starkit import read_advert
from starkit.adverts import read_head
from starkit.adverts.closing import read_closing_date, read_interview_date


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("Closing date: Friday 11 December 2026", "2026-12-11"),
        ("Closing Date for applications: 11th December 2026 (noon)", "2026-12-11"),
        ("Applications close at noon on 4 January 2027.", "2027-01-04"),
        ("Applications close on\nMonday, 4th January, 2027", "2027-01-04"),
        ("Apply by December 18, 2026", "2026-12-18"),
        ("Apply by Friday, Dec. 18th, 2026", "2026-12-18"),
        ("Deadline: noon on 18 January 2027", "2027-01-18"),
        ("The closing date is midnight, Sunday the 3rd of January 2027", "2027-01-03"),
        ("This vacancy closes at 23:59 on 06.01.2027", "2027-01-06"),
        ("Position closes: 2027-02-02", "2027-02-02"),
        ("Send your CV to jo@kiln.example by 12 noon on 9 January 2027", "2027-01-09"),
        ("CVs to reach us by 9 January 2027", "2027-01-09"),
        ("Closing date\n15 January 2027", "2027-01-15"),
        ("Interviews: 12 January 2027. Closing date: 4 January 2027", "2027-01-04"),
        ("Last day to apply: 1/31/2027", "2027-01-31"),
        ("Apply by 31/1/27", "2027-01-31"),
        ("£12.60 an hour\nApply by 08/01/2027", "2027-01-08"),
        ("US$21 an hour\nApply by 08/01/2027", "2027-08-01"),
        ("Reno, NV 89501\n$21 an hour\nApply by 08/01/2027", "2027-08-01"),
        ("Boise, Idaho\nApply by 08/01/2027", "2027-08-01"),
        ("Applications open on 1 May 2027 and close on 31 May 2027", "2027-05-31"),
        ("Applications open: 1 May 2027\nApplications close: 31 May 2027", "2027-05-31"),
        ("Vacancy opens 1 May 2027, closes 31 May 2027", "2027-05-31"),
        ("Closing date: 4 May 2027 extended to 11 May 2027", "2027-05-11"),
        ("Closing date: 4 May 2027 (now extended until noon on 11 May 2027)", "2027-05-11"),
        ("We meet deadlines for clients. Closing date: 4 May 2027", "2027-05-04"),
        ("Applications: 4 May 2027", "2027-05-04"),
        ("All applications must be received by 4 May 2027", "2027-05-04"),
        ("Applications, with two references, to Ann Lee by 4 May 2027", "2027-05-04"),
        ("Return the completed form to us no later than 4 May 2027", "2027-05-04"),
        ("The closing date for the receipt of applications is 4 May 2027", "2027-05-04"),
        ("You can apply online until 4 May 2027", "2027-05-04"),
        ("Posted 11/16/2026\nApply by 12/11/2026", "2026-12-11"),
        ("Posted 16/11/2026\nApply by 12/11/2026", "2026-11-12"),
    ],
)
def test_last_day_to_apply(text: str, closes: str) -> None:
    """A16: the last day to apply is read where the advert says it with its year."""
    assert read_closing_date(f"Saddler\n{text}") == dt.date.fromisoformat(closes)


@pytest.mark.parametrize(
    "text",
    [
        "Apply by 08/01/2027",  # day or month first? nothing says so
        "£20 or $25 an hour, apply by 08/01/2027",
        "Closing date: 5 December",  # of which year?
        "Closing date: 31 November 2026",
        "Closing date: to be confirmed\nStart date: 4 January 2027",
        "The pool closes on 3 January 2027 for works",
        "You will meet every deadline. We opened on 3 January 2027",
        "The grant deadline is 3 May 2027",
        "The role ends on 31 October 2027",
        "Fixed term, 1 March to 31 October 2027",
        "Applications are read as they arrive. We start on 1 March 2027",
        # A first day, a term, and dates of the work.
        "Applications will be reviewed from 4 May 2027",
        "Apply by email from 3 May 2027",
        "Please do not apply before 1 May 2027",
        "Please don’t apply before 1 May 2027",
        "If you apply before 1 May 2027 you meet us first",
        "Applications cannot be made before 1 May 2027",
        "Applications: open on 1 May 2027",
        "Application form for the role, fixed term until 31 March 2028",
        "Applicants must have a CV showing a degree by 1 July 2027",
        "Letters to parents by 1 July 2027",
        "Submit VAT forms by 7 May 2027",
        "Write CVs for clients by 4 May 2027",
        "Apply glazes to pots by 3 May 2027",
        "Closing the tills on 3 May 2027",
        "The role closes out invoices by 31 March 2027",
        "The museum opens on 1 May 2027 and closes on 31 October 2027",
        "Deadline for references: 1 May 2027",
        "Closing date: 4 May 2027, extended to 11 May",
        # A dollar is not only American.
        "A$30 an hour, Sydney\nApply by 12/11/2026",
        "CA$30/hr\nApply by 12/11/2026",
        "Sydney, $30/hr\nApply by 12/11/2026",
        "Perth, WA, $30/hr\nApply by 12/11/2026",
        "A BA, MA or the like\nApply by 12/11/2026",
    ],
)
def test_other_dates_close_nothing(text: str) -> None:
    """What is no closing date, or can be read in two ways, is left open and never guessed."""
    assert read_closing_date(f"Saddler\n{text}") is None


@pytest.mark.parametrize(
    "piece",
    ["apply by 1/2/2027 the ", "closing date: soon ", "applications open ", "send your cv "],
)
def test_closing_date_takes_time_in_step_with_the_text(piece: str) -> None:
    """Ten times the text takes some ten times the time, whatever it repeats."""
    short, long = (
        min(_seconds(piece * times) for _ in range(3)) for times in (1_000, 10_000)
    )  # the least of three: other work on the machine only adds

    assert long < 30 * short + 0.1


def _seconds(text: str) -> float:
    before = time.process_time()
    read_closing_date(text)
    return time.process_time() - before


@pytest.mark.parametrize(
    ("text", "title", "employer", "location"),
    [
        ("ROPE SPLICER\nNorderay Wind Services Ltd, Lowestoft", "ROPE SPLICER", "Norderay Wind Services Ltd", "Lowestoft"),
        ("Embalmer\nHalloway & Sons, 12 High Street, Ross-on-Wye HR9 5AA", "Embalmer", "Halloway & Sons", "12 High Street, Ross-on-Wye HR9 5AA"),
        ("Crane Operator\nPintail Lift, Inc. - Sedalia, MO", "Crane Operator", "Pintail Lift, Inc.", "Sedalia, MO"),
        ("Porter\nEly College (Ely)", "Porter", "Ely College", "Ely"),
        ("Tutor\nDepartment of Physics, University of Leeds, Leeds", "Tutor", "Department of Physics, University of Leeds", "Leeds"),
        ("Cook\nSt Mary's Primary School, a small and happy place", "Cook", "St Mary's Primary School", ""),
        ("Solicitor, Threlkeld Ambrose LLP, Ousemouth", "Solicitor", "Threlkeld Ambrose LLP", "Ousemouth"),
        ("Customer Services\nTeam Leader\nAcme Ltd", "Team Leader", "Acme Ltd", ""),
        ("Adult Social Care\nCare Assistant\nLeeds City Council, Leeds", "Care Assistant", "Leeds City Council", "Leeds"),
        ("Electrical Engineering\nTechnician\nNorth Fen College", "Technician", "North Fen College", ""),
        ("Supported Housing\nSupport Worker", "Support Worker", "", ""),
        ("Manager - Housing", "Manager - Housing", "", ""),
        ("Manager - Customer Services", "Manager - Customer Services", "", ""),
        ("Supervisor - Evenings, Library", "Supervisor - Evenings, Library", "", ""),
        ("Assistant, Food Stores", "Assistant, Food Stores", "", ""),
        ("Chef de Partie, The Old Bakery, Ely", "Chef de Partie", "The Old Bakery", "Ely"),
        ("Cook\nHartwell & Pike Food Stores", "Cook", "Hartwell & Pike Food Stores", ""),
        ("Cook, The Garage, Hull", "Cook", "The Garage", "Hull"),
        ("Groom\nMarsh End Stables, Ely", "Groom", "Marsh End Stables", "Ely"),
        ("Carer\nBramble Home Care, Ely", "Carer", "Bramble Home Care", "Ely"),
        ("Employer: Fell Wool Ltd, Appleby\nJob title: Shearer, full time", "Shearer", "Fell Wool Ltd", "Appleby"),
    ],
)  # fmt: skip
def test_town_is_no_part_of_the_employer(
    text: str, title: str, employer: str, location: str
) -> None:
    """What stands behind the name of an organisation and is a place is the location."""
    head = read_head(text)

    assert (head.title, head.employer, head.location) == (title, employer, location)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("ROOFER - FULL TIME, PERMANENT", "ROOFER"),
        ("ROOFER FULL TIME, PERMANENT", "ROOFER"),
        ("FULL TIME, PERMANENT ROOFER", "ROOFER"),
        ("Farrier (part-time) | £31,000", "Farrier"),
        ("Head of Year, maternity cover", "Head of Year"),
        ("Bank Nurse", "Bank Nurse"),
        ("Shift Supervisor (2nd Shift)", "Shift Supervisor (2nd Shift)"),
        ("Contract Manager", "Contract Manager"),
        ("Freelance Contract Writer", "Freelance Contract Writer"),
        ("Casual Shift Worker", "Casual Shift Worker"),
        ("Seasonal Contract Shearer", "Seasonal Contract Shearer"),
        ("Part-time permanent Dental Nurse", "Dental Nurse"),
        ("FARRIER WANTED", "FARRIER"),
        ("School Cook", "School Cook"),
    ],
)
def test_terms_are_no_part_of_the_title(line: str, title: str) -> None:
    """Hours and length of the contract are left out of the title, where they are no word of it."""
    assert read_head(f"{line}\n\nWe are a small firm.").title == title


@pytest.mark.parametrize(
    "greeting", ["Dear colleague,", "Hi Sam,", "Good morning all", "Dear Sir or Madam", "Hello Manager!"]
)  # fmt: skip
def test_greeting_is_no_title(greeting: str) -> None:
    """The title is that of the job, whatever greeting a message has above it."""
    text = f"Subject: Re: that job\nFrom: Ann\n\n{greeting}\n\nBEEKEEPER\nHive Foods Ltd, Wells\n\nWe keep bees."
    advert = read_advert(text)

    assert (advert.title, advert.employer, advert.location) == (
        "BEEKEEPER",
        "Hive Foods Ltd",
        "Wells",
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Interview date | Wednesday 6 January 2027", "2027-01-06"),
        ("Interview date\tWednesday 6 January 2027", "2027-01-06"),
        ("Interviews will be held on Thursday 14th January 2027 in Hereford.", "2027-01-14"),
        ("Interviews are planned for 2 March 2027, 10am to 4pm", "2027-03-02"),
        (
            "Closing date: 4 May 2027\nInterviews: 11 May 2027 (practical test on the day)",
            "2027-05-11",
        ),
        ("Interviews: w/c 14 December 2026 (practical test on the day)", ""),
        ("Interviews will be held on 14 December", ""),
        ("Interviews will be held on 14 and 15 January 2027", ""),
        ("Interviews: 14 January 2027 and 15 January 2027", ""),
        ("Interviews will be held from 14 January 2027", ""),
        ("First interviews: 14 January 2027\nClosing date: 4 January 2027", ""),
        ("Interview visitors for the exhibition on 4 May 2027", ""),
    ],
)
def test_day_of_the_interviews(text: str, day: str) -> None:
    """A11: one day that the advert names with its year is taken, and nothing is guessed."""
    found = read_interview_date(f"Saddler\n{text}")

    assert (found.isoformat() if found else "") == day


@pytest.mark.parametrize(
    ("text", "title", "employer"),
    [
        ("Home About us Work with us Vacancies Tuner\n\nPIANO TUNER\nSt Kenelm's Conservatoire of Music & Drama",
         "PIANO TUNER", "St Kenelm's Conservatoire of Music & Drama"),
        ("Home > Jobs > Verger\n\nHead Gardener\nDiocese of Ely", "Head Gardener", "Diocese of Ely"),
        ("Job title: Groundsman\n\n- Mowing\n\nNenefield Borough Council is committed to equality.",
         "Groundsman", "Nenefield Borough Council"),
        ("Job title: Groundsman\n- A\n- B\n- C\n- D\n- E\n- F\n- G\n- H\n\nNenefield Borough Council\n\nParks.",
         "Groundsman", "Nenefield Borough Council"),
        ("Job title: Groundsman\n\n- Mowing\n\nThe Council is proud of it.", "Groundsman", ""),
    ],
)  # fmt: skip
def test_employer_and_title_among_what_a_page_adds(text: str, title: str, employer: str) -> None:
    """A1: the way through a site is no title, and a body named in full is the employer."""
    head = read_head(text)

    assert (head.title, head.employer) == (title, employer)


def test_subject_over_the_fields_of_a_mail() -> None:
    """A subject copied above ``From:`` goes with the rest of the mail's head."""
    advert = read_advert(
        "Fwd: FW: a job for you!!\n\nFrom: Ann\nTo: Joss\nSent: 19 November 2026\n"
        "Subject: FW: a job for you!!\n\nPiano Technician\nCrumb Ltd, Ely\n\nWe tune pianos."
    )

    assert advert.title == "Piano Technician"
    assert advert.text.startswith("Piano Technician")


def test_text_advert_carries_its_closing_date() -> None:
    """`read_advert` hands on what the head says."""
    advert = read_advert(
        "Baker\nCrumb Ltd, Ely\nClosing date: 4 May 2027\nInterviews: 11 May 2027\n\nWe bake bread."
    )

    assert advert.closes == dt.date(2027, 5, 4)
    assert advert.interview_date == dt.date(2027, 5, 11)


@pytest.mark.parametrize(
    "line", ["JOIN OUR TEAM", "GREATER MANCHESTER", "PLEASE READ CAREFULLY", "EQUAL PAY EMPLOYER", "SPRING ROUND", "NO AGENCIES"]
)  # fmt: skip
def test_capitals_without_a_job_are_no_title(line: str) -> None:
    """A line in capitals is a title where a word of it is a job, and else is passed over."""
    assert read_head(f"{line}\nCook needed for our busy kitchen").title == ""
    assert read_head(f"{line}\nSHEEP SHEARER\nFell Wool Ltd").title == "SHEEP SHEARER"


HEADS = json.loads((Path(__file__).parent / "data" / "heads.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["text"].partition("\n")[0])
def test_town_and_employer_of_a_small_firm(head: dict[str, str]) -> None:
    """A town behind the role is the location, a field stays in the title, and a name in a sentence is the employer."""
    found = read_head(head["text"])

    expected = (head["title"], head["employer"], head["location"])
    assert (found.title, found.employer, found.location) == expected
