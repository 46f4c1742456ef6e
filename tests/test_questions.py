"""The bank of questions, and which of them a requirement brings."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

import starkit as sk
from starkit.data import read_json
from starkit.questions import (
    competencies_of,
    competency_names,
    general_questions,
    likely_questions,
    questions_for,
    shortened,
)

BANK = read_json("questions.json")
OF_COMPETENCIES = [question for name in competency_names() for question in questions_for(name)]
OF_KINDS = [
    entry if isinstance(entry, str) else entry["ask"]
    for questions in BANK["kinds"].values()
    for entry in questions
]
ALL = [*OF_COMPETENCIES, *OF_KINDS, *general_questions()]


def test_the_bank_is_large_and_even():
    """At least 300 questions by competency, six or more for each, several for each kind."""
    assert len(OF_COMPETENCIES) >= 300
    assert min(len(questions_for(name)) for name in competency_names()) >= 6
    assert set(sk.Kind) == {sk.Kind(kind) for kind in BANK["kinds"]}
    assert min(len(questions) for questions in BANK["kinds"].values()) >= 3


def test_every_question_is_one():
    """It asks or invites, is one or two sentences long, and speaks to the candidate."""
    invites = ("Tell me", "Describe", "Give an example", "Walk me")

    assert [] == [
        question
        for question in ALL
        if not (question.endswith("?") or question.startswith(invites))
        or not question.endswith(("?", "."))
        or len(question.split()) > 26
        or "  " in question
    ]


def plain(question):
    """Return what a question asks about, without the words that many begin with."""
    opening = r"Tell me about (?:a time when )?|Describe (?:a time when )?|Give an example of "
    return re.sub(rf"^(?:{opening})", "", question).casefold()


def test_no_question_stands_twice():
    """Neither the same words nor nearly the same."""
    assert [] == [question for question, count in Counter(ALL).items() if count > 1]
    scores = process.cdist([*map(plain, ALL)], [*map(plain, ALL)], scorer=fuzz.token_sort_ratio)
    near = [(ALL[one], ALL[other]) for one, other in np.argwhere(scores >= 85) if one < other]
    assert [] == near


def test_every_competency_says_where_it_comes_from():
    """An origin note for each."""
    assert all(entry["origin"].strip() for entry in BANK["competencies"])
    assert BANK["source"].startswith("Written for starkit")


@pytest.mark.parametrize(
    ("requirement", "competency", "words"),
    [
        ("Administer medicines safely on the ward", "clinical practice", "medicine"),
        ("Recognise the deteriorating patient", "clinical practice", "getting worse"),
        ("Experience of caring for people with dementia", "care and compassion", "care"),
        ("12 to 18 drops a day within a 60 mile radius", "driving and delivery", "stops"),
        ("Daily vehicle walk-round checks", "driving and delivery", "vehicle"),
        ("Stock rotation and loading", "warehouse and stock", "oldest stock"),
        ("Ability to teach phonics", "teaching and learning support", "lesson"),
        ("Act as form tutor", "teaching and learning support", "tutor group"),
        ("Experience of cooking in a busy kitchen", "cooking and kitchen work", "kitchen"),
        ("Knowledge of HACCP and allergens", "cooking and kitchen work", "allergy"),
        ("Reconcile the purchase ledger", "bookkeeping and accounts", "reconcile"),
        ("Complete VAT returns on time", "bookkeeping and accounts", "VAT return"),
        ("Reviewing code and pairing", "software development", "review a colleague's code"),
        ("Experience of Docker and Kubernetes", "software development", "production"),
        ("Line management of six staff", "managing people", "managed"),
        ("Responsible for a budget of £2m", "budgets and costs", "budget"),
        ("Cash up and bank the takings", "cash and retail", "till"),
        ("Clean guest rooms to a high standard", "cleaning and housekeeping", "room"),
        ("Taking minutes of committee meetings", "written communication", "minutes"),
        ("Plan weddings and conferences", "events and bookings", "event"),
    ],
)
def test_each_job_gets_its_own_questions(requirement, competency, words):
    """A nurse, a driver, a teacher, a cook, a bookkeeper, a developer, a manager and others."""
    asked = likely_questions(requirement, n=8)

    assert competency in competencies_of(requirement)
    assert any(words in question.text for question in asked if question.competency == competency)


@pytest.mark.parametrize(
    ("requirement", "competency"),
    [
        ("A-level mathematics", "numeracy"),
        ("Teach mathematics to A level", "numeracy"),
        ("3+ years of commercial backend development", "budgets and costs"),
        ("Will be accountable under the NMC Code", "software development"),
        ("Will be accountable under the NMC Code", "bookkeeping and accounts"),
        ("Drops to pubs and care homes", "care and compassion"),
        ("Experience of event-driven systems", "initiative"),
        ("Experience of event-driven systems", "driving and delivery"),
        ("Take part in the on-call rota", "managing people"),
        ("Loading and stock rotation", "managing people"),
        ("Keep labour cost at 31% of sales", "sales"),
        ("Pressure ulcer prevention", "resilience and pressure"),
        ("Word, Outlook, Excel and Teams", "teamwork"),
        ("SEND Code of Practice", "software development"),
        ("Familiar with committee management software", "software development"),
        ("Machine learning in production", "learning and development"),
    ],
)
def test_a_word_of_two_meanings_misleads_nobody(requirement, competency):
    """What only sounds like a competency brings none of its questions."""
    assert competency not in competencies_of(requirement)
    assert competency not in {question.competency for question in likely_questions(requirement)}


def test_a_word_is_taken_in_the_sense_that_its_requirement_means():
    """Of over 220 requirements with a word of two senses, few bring questions for the other one."""
    lines = (Path(__file__).parent / "data/question-senses.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in lines.splitlines() if not line.startswith("#")]
    right = {"yes": 0, "no": 0}
    for requirement, competency, fits in rows:
        right[fits] += (competency in competencies_of(requirement)) == (fits == "yes")

    assert len(rows) >= 220
    assert right["yes"] >= 0.97 * sum(fits == "yes" for *_, fits in rows)
    assert right["no"] >= 0.97 * sum(fits == "no" for *_, fits in rows)


def test_every_sense_is_of_a_competency_and_of_one_of_its_cues():
    """A sense that no cue asks for would stand there for nothing."""
    content = {entry["name"]: entry for entry in BANK["competencies"]}
    for entry in read_json("question-senses.json")["senses"]:
        cues = " ".join(content[entry["competency"]]["cues"])
        for cue in entry["cues"]:
            assert cue.rstrip("*")[:4] in cues, (entry["competency"], cue)
        assert set(entry["here"].split()).isdisjoint(entry["elsewhere"].split()), entry["cues"]


# What a question takes for granted, and how a requirement says that it is so. Written by hand and
# not taken from the bank: the bank has to agree with it.
GIVEN = {
    r"\bbudget": r"budget",
    r"\bbug\b|\bcode\b|incident in production": r"\bcode|java|kotlin|python|c\+\+|c#|script|\bSQL|test|"
    r"release|docker|kubernetes|backend|system|services|pipeline|software|terraform",
    r"\bpatient\b|drug chart|medicine": r"patient|nurs|medicin|drug|sepsis|acute|unwell|ward|care|"
    r"ventilation|cannulation|discharge|clinical",
    r"\bchild\b": r"child|pupil|student|school|young|parent",
    r"\blesson|classroom|\bpupil": r"teach|lesson|class|pupil|student|curriculum|key stage|year 11|"
    r"enrichment|mark and assess|tutor",
    r"vehicle|behind the wheel|drop comes off": r"vehicle|driv|load|traffic|wagon|kegs|drops",
    r"\bdeliver(?:y|ed)\b (?!food)": r"deliver|drop|kegs|loading|multi-drop|order|food|traffic|wagon",
    r"\bwarehouse|pallet|damaged some stock": r"warehouse|stock|pallet|load|kegs|order|distribution",
    r"\binvoice": r"invoic|purchase",
    r"\bpayroll": r"payroll",
    r"\bVAT\b": r"\bVAT\b|tax",
    r"\btill\b|\bcash\b": r"cash|till|takings",
    r"\bmenu\b|kitchen|allergy": r"food|kitchen|cook|chef|menu|allerg",
    r"\bwedding|two bookings|enquiry": r"event|wedding|conference|booking|enquir|sell",
    r"complaint": r"complaint|upset|angry|unhappy|difficult",
    r"negotiation": r"negotiat",
    r"\baudit\b": r"audit|inspect",
    r"\brota\b": r"rota|shift",
    r"\bcampaign": r"campaign|marketing|advertis",
    r"mentored": r"mentor|coach|student|supervis|pair",
    r"fire alarm|emergency": r"fire|emergenc|evacuat|first aid",
    r"\bspreadsheet|database": r"excel|spreadsheet|database|office",
    r"take minutes": r"minute",
    r"visa|sponsor": r"right to work|entitled to work|eligib|visa",
    r"referees": r"referen|referee",
    r"points or endorsements": r"driving|cat c|cat b|points|endorsement|hgv",
    r"your studies": r"degree|diploma|NVQ|QTS|A.level|master|honours|BTEC|PGCE",
    r"another language": r"(?!.*english).*",
}
ADVERTS = ["administrator.txt", "developer.html", "driver.html", "hospitality.txt", "nurse.txt"]


@pytest.mark.parametrize("name", [*ADVERTS, "teacher.txt"])
def test_no_question_asks_what_the_requirement_does_not_say(name):
    """Whatever a question takes for granted stands in the requirement that brought it."""
    path = sk.__path__[0] + f"/data/examples/adverts/{name}"
    unsaid = []
    for requirement in sk.extract_requirements(sk.read_advert(path)):
        for question in likely_questions(requirement, n=6):
            asked = question.text.partition("”. ")[2] or question.text
            unsaid.extend(
                (requirement.text, asked)
                for given, said in GIVEN.items()
                if re.search(given, asked)
                and asked not in requirement.text
                and not re.search(said, requirement.text, re.IGNORECASE)
                and question.why != "the advert's own words"
            )

    assert [] == unsaid


def test_the_advert_s_own_name_for_people_is_used():
    """A hotel has guests, an office the public, a school pupils or students."""
    guests = " ".join(map(str, likely_questions("Resolve guest complaints", n=8)))
    public = " ".join(map(str, likely_questions("Deal politely with the public", n=8)))

    assert "an unhappy guest" in guests
    assert "customer" not in guests
    assert "an unhappy member of the public" in public


@pytest.mark.parametrize(
    ("requirement", "question"),
    [
        (
            "Use of a finance or e-procurement system",
            "Tell me about your experience of using a finance or e-procurement system.",
        ),
        (
            "A minimum of two years' administrative experience in a busy office",
            "Tell me about your administrative experience in a busy office.",
        ),
        (
            "3+ years of commercial backend development experience",
            "Tell me about your commercial backend development experience.",
        ),
        ("6 months+ in a busy warehouse", "Tell me about your work in a busy warehouse."),
        ("Multi-drop experience is an advantage", "Tell me about your multi-drop experience."),
        (
            "1–2 years leading a small team",
            "Tell me about your experience of leading a small team.",
        ),
        (
            "Able to organise own workload",
            "Tell me about a time when you had to organise your own workload.",
        ),
        (
            "Experience with React and Node.js",
            "Tell me about your experience with React and Node.js.",
        ),
    ],
)
def test_own_words_make_good_english(requirement, question):
    """The advert's words are taken over as a sentence of their own."""
    assert question == likely_questions(requirement)[0].text


@pytest.mark.parametrize(
    ("requirement", "kind", "question"),
    [
        ("Knife skills", "skill", "Tell me about a time when your knife skills made a difference."),
        (
            "Attend services as chapel attendant when required",
            "duty",
            "Tell me about a time when you had to attend services as chapel attendant.",
        ),
        (
            "Prepare **technical drawings** and schedules",
            "duty",
            "Tell me about a time when you had to prepare technical drawings and schedules.",
        ),
        (
            "Knowledge of IR(ME)R 2017",
            "knowledge",
            "How have you used your knowledge of IR(ME)R 2017?",
        ),
        (
            "Making effective decisions",
            "attribute",
            "Tell me about a time when you had to make effective decisions.",
        ),
        (
            "Delivering at pace",
            "attribute",
            "Tell me about a time when you had to deliver at pace.",
        ),
        (
            "Managing a quality service",
            "attribute",
            "Tell me about a time when you had to manage a quality service.",
        ),
    ],
)
def test_own_words_of_other_trades_make_good_english(requirement, kind, question):
    """A capital at the head of a line, what is left of a clause, Markdown, a law's name."""
    given = sk.Requirement(requirement, 0, len(requirement), kind)

    assert question == likely_questions(given)[0].text


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("Calm and dignified manner under pressure", "attribute"),
        ("Clear and confident telephone manner", "skill"),
        ("Clean and smart appearance", "skill"),
        ("Drive for results", "skill"),
        ("Focus on the customer", "skill"),
        ("React and/or Angular", "skill"),
        ("Work together", "attribute"),
    ],
)
def test_what_is_no_verb_is_not_read_as_one(requirement, kind):
    """An adjective or a noun at the head of a line is not something that somebody had to do."""
    given = sk.Requirement(requirement, 0, len(requirement), kind)

    asked = likely_questions(given)[0].text.casefold()
    assert f"had to {requirement.casefold()}" not in asked


@pytest.mark.parametrize(
    ("behaviour", "competency"),
    [
        ("Seeing the big picture", "strategic thinking"),
        ("Changing and improving", "quality and improvement"),
        ("Making effective decisions", "decision making"),
        ("Leadership", "leadership"),
        ("Communicating and influencing", "communication"),
        ("Working together", "teamwork"),
        ("Developing self and others", "coaching and mentoring"),
        ("Managing a quality service", "quality and improvement"),
        ("Delivering at pace", "planning and organising"),
        ("Valuing difference", "equality and inclusion"),
        ("Drive for results", "initiative"),
        ("Customer first", "customer service"),
        ("One team", "teamwork"),
        ("Respect and dignity", "equality and inclusion"),
    ],
)
def test_a_behaviour_or_a_value_brings_its_competency(behaviour, competency):
    """The civil service's nine behaviours, and values that councils and hospitals name."""
    assert competency in competencies_of(behaviour)
    given = sk.Requirement(behaviour, 0, len(behaviour), "attribute")
    assert competency in {question.competency for question in likely_questions(given)}


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("Experience of verification of death", "experience"),
        ("Collect the deceased from hospitals", "duty"),
        ("Stun and bleed cattle", "duty"),
        ("Use restraint when needed", "duty"),
        ("Work with victims of abuse", "experience"),
        ("Rake out cremated remains", "duty"),
    ],
)
def test_nobody_is_asked_to_be_proud_of_a_death(requirement, kind):
    """What is grave is asked for without results and pride."""
    given = sk.Requirement(requirement, 0, len(requirement), kind)
    asked = " ".join(map(str, likely_questions(given, n=8)))

    assert "proud" not in asked
    assert "What was the result?" not in asked


@pytest.mark.parametrize(
    "requirement", ["Not afraid of heights", "Happy to get your hands dirty", "A head for heights"]
)
def test_what_is_no_skill_is_not_called_one(requirement):
    """What somebody is ready for is neither rated nor learnt."""
    given = sk.Requirement(requirement, 0, len(requirement), "skill")
    asked = " ".join(map(str, likely_questions(given, n=8)))

    assert "this skill" not in asked
    assert "rate yourself" not in asked


def test_the_bank_does_not_ask_again_what_the_own_words_have_asked():
    """A question in the advert's words and its general twin do not stand beside each other."""
    own, *others = likely_questions("Experience of meat inspection")

    assert own.text == "Tell me about your experience of meat inspection."
    assert not any("Tell me about your experience" in question.text for question in others)


@pytest.mark.parametrize(
    ("text", "kind", "asked", "never"),
    [
        ("English is a must", "language", "clear English", "another language"),
        ("Spoken Welsh", "language", "another language", "clear English"),
        ("A driving licence", "licence", "points", "refresher"),
        ("ADR", "licence", "refresher", "points"),
        ("Work nights and weekends", "eligibility", "hours", "document"),
        ("The right to work in the UK", "eligibility", "document", "hours"),
        ("First aid certificate", "qualification", "renewed", "studies"),
        ("A degree in nursing", "qualification", "studies", "renewed"),
        ("Current NMC registration", "qualification", "renewal", "studies"),
    ],
)
def test_what_is_shown_brings_questions_of_its_sort(text, kind, asked, never):
    """A language, a card, a paper and a plain yes are each asked for in their own way."""
    whole = " ".join(
        question.text
        for question in likely_questions(sk.Requirement(text, 0, len(text), kind), n=8)
    )

    assert asked in whole
    assert never not in whole


def test_questions_do_not_repeat_and_keep_to_the_number():
    """As many as asked for, each once; an impossible number is told."""
    asked = likely_questions("Manage a team and its budget", n=10)

    assert len({question.text for question in asked}) == len(asked) == 10
    with pytest.raises(sk.QuestionError, match="ask for 1 question or more"):
        likely_questions("Manage a team", n=0)
    with pytest.raises(sk.QuestionError, match="give its words"):
        likely_questions("…")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("You will look after a flight of six locks", "says"),
        ("You’ll be shoeing heavy horses", "says"),
        ("The successful candidate will have steered by night", "says"),
        ("This role involves lifting pianos", "says"),
        ("There will be work in the kiln room", "says"),
        ("Some time before the mast", "asks for"),
        ("Your own gravedigging tools", "asks for"),
    ],
)
def test_a_sentence_of_the_advert_is_said(text, says):
    """A3: an advert asks for a thing, and says a sentence; so does the candidate's repeat."""
    requirement = sk.Requirement(text, 0, len(text), "experience")

    (quoting, *_) = [
        question.text
        for question in sk.likely_questions(requirement, n=9)
        if f"“{text}”" in question.text
    ]

    assert quoting.startswith(f"Our advert {says} “{text}”. ")
    assert sk.restate(quoting).startswith(f"Your advert {says} “")


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        (
            (
                "Advise tenants and landlords on the Housing Act 1988, the Landlord and Tenant Act, the Protection from Eviction "
                "Act and the possession rules (England and Wales) in force"
            ),
            "and the possession rules …",
        ),
        (
            (
                "Hold a current registration with the General Osteopathic Council and work to the standards of the Institute "
                "of Osteopathy (Great Britain and Northern Ireland) in every clinic"
            ),
            "Institute of Osteopathy (Great Britain and Northern Ireland) …",
        ),
        (
            (
                "Inspect lifting gear on farms and in yards for the owner under the Lifting Operations and the other rules of "
                "the Health and Safety at Work Act in a day"
            ),
            "under the Lifting Operations …",
        ),
        (
            (
                "Keep the drying kilns of the maltings at the heat that the maltster has set and turn the barley by hand "
                "every four hours at night (also on Sundays)"
            ),
            "every four hours …",
        ),
        (
            (
                "Bury the dead with dignity, by the wishes of the family and the rules of the parish (the Burial Laws Amendment "
                "Act and the Cemeteries Order)"
            ),
            "the rules of the parish …",
        ),
    ],
)
def test_long_requirement_is_cut_at_a_phrase(asked, ends):
    """A quotation breaks off at the end of a phrase, and never inside brackets or a name."""
    assert shortened(asked).endswith(ends)


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("Experience of working in a cemetery or grounds maintenance setting", False),
        ("Garden maintenance experience", False),
        ("Experience of boiler maintenance", True),
    ],
)
def test_maintenance_of_grounds_has_no_faults(asked, fault):
    """Beyond the article: only what is engineered has faults to find."""
    questions = [str(question) for question in sk.likely_questions(asked, n=3)]

    assert fault == any("fault" in question for question in questions)
