"""What an advert asks for: wordings that readers of adverts meet, one idea a test."""

import pytest

from starkit.adverts import Advert
from starkit.cues.alternatives import find_alternatives
from starkit.cues.asking import Asked, read_requirements
from starkit.cues.years import find_years


def asked(text: str) -> list[tuple[str, str, str]]:
    """Return the words, kind and priority of what a text asks for."""
    return [_said(item, text) for item in read_requirements(Advert(text))]


def _said(item: Asked, text: str) -> tuple[str, str, str]:
    words = " ".join(text[item.start : item.end].split())
    return words, str(item.kind), str(item.priority)


def choices(text: str) -> list[list[str]]:
    """Return the groups of which one is enough."""
    return [[text[start:end] for start, end in group] for group in find_alternatives(text)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Current GDC registration", "licence"),
        ("Registered with Social Work England", "licence"),
        ("PE license", "licence"),
        ("No more than 6 penalty points", "licence"),
        ("Fellowship of the HEA", "qualification"),
        ("SENCO training", "qualification"),
        ("High school diploma or GED", "qualification"),
        ("A developing record of publications", "experience"),
        ("Proven success scaling paid channels", "experience"),
        ("4-6 years in growth marketing", "experience"),
        ("Good working knowledge of Excel", "knowledge"),
        ("Ability to read and speak English", "language"),
        ("Proficiency in oral and written Spanish", "language"),
        ("Able to lift 50 lbs", "eligibility"),
        ("U.S. citizenship or permanent residency", "eligibility"),
        ("Flexible approach, with the ability to work a shift pattern", "eligibility"),
        ("Saturdays essential", "eligibility"),
        ("SQL is your second language", "skill"),
    ],
)
def test_kind_of_a_line(line: str, kind: str) -> None:
    """A2: the head word says what kind of thing a line asks for, in British and American usage."""
    assert [kind] == [found for _, found, _ in asked(f"Requirements\n- {line}\n- Tact")][:1]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        # What no list can name: the word for the paper, its state or its stage says it.
        ("A chipper ticket", "licence"),
        ("A harness and rescue ticket", "licence"),
        ("Working at height ticket", "licence"),
        ("Streetworks card (operative)", "licence"),
        ("Blue or gold CSCS card", "licence"),
        ("Hackney carriage badge holder", "licence"),
        ("State-licensed cosmetologist", "licence"),
        ("Able to drive a manual van", "licence"),
        ("HCPC registered", "licence"),
        ("Falconry award", "qualification"),
        ("Asbestos awareness certificate", "qualification"),
        ("Confined space trained", "qualification"),
        ("UKATA Category B training", "qualification"),
        ("Safeguarding training within the last three years", "qualification"),
        ("G39, or working towards it", "qualification"),
        ("Bosun's mate grade 2, current", "qualification"),
        ("Valid QKZ", "qualification"),
        ("OFTEC tickets", "qualification"),
        ("GWO Basic Safety Training", "qualification"),
        ("Your own scissors", "eligibility"),
        ("Own climbing kit", "eligibility"),
        ("Able to climb ladders and work in all weather", "eligibility"),
        ("Face-fit tested, or willing to be", "eligibility"),
        ("A head for heights", "attribute"),
        ("Comfortable at height and in the dark", "attribute"),
        # ... and what only sounds like it.
        ("Able to sell tickets and take card payments", "skill"),
        ("Able to log and close tickets", "skill"),
        ("Box office and ticket sales experience", "experience"),
        ("Knowledge of card payments", "knowledge"),
        ("Own initiative", "attribute"),
        ("Comfortable in Excel", "skill"),
        ("Office 365", "skill"),
        ("Fluent English and a taxi badge", "language"),
        ("Elemis or Dermalogica training would be amazing", "qualification"),
        ("Fire marshal training", "qualification"),
        ("Hold valid plant cards", "licence"),
        # Work with wares that share the name of papers, and skills in a state.
        ("Dog training", "skill"),
        ("Weight training, boxing and pilates", "skill"),
        ("Machine learning model training", "skill"),
        ("AI training", "skill"),
        ("Toilet training", "skill"),
        ("Network training", "skill"),
        ("SSL certificates", "skill"),
        ("Birth certificates, marriage certificates", "skill"),
        ("Share certificates", "skill"),
        ("Trading cards", "skill"),
        ("Circuit cards", "skill"),
        ("Tarot cards", "skill"),
        ("Environmental permits", "skill"),
        ("Fishing permits", "skill"),
        ("Python, current", "skill"),
        ("Current AI tools", "skill"),
        ("Gym equipment, and willing to get it", "skill"),
        ("Stage make-up, or willing to obtain it", "skill"),
    ],
)
def test_kind_of_a_paper_that_no_list_names(line: str, kind: str) -> None:
    """A2: cards and tickets are licences, awards and training qualifications, in any trade."""
    assert [kind] == [found for _, found, _ in asked(f"Requirements\n- {line}\n- Tact")][:1]


@pytest.mark.parametrize(
    "line", ["Tarot cards", "A tarot card reading, a fishing permit", "Dog training", "Birth certificates", "Python, current",
             "Quarry blasting permit, or working towards it"],
)  # fmt: skip
def test_shape_of_a_paper_is_too_little_among_duties(line: str) -> None:
    """A2: below a heading for duties a card, a permit or training is what the work is on."""
    assert (line, "duty") in [
        found[:2] for found in asked(f"Duties\n- {line}\n- Sweep the yard\n- Feed the hens")
    ]


@pytest.mark.parametrize(
    ("heading", "priority"),
    [
        ("What really matters to us", "essential"),
        ("What counts here", "essential"),
        ("What you will bring", "essential"),
        ("You'll have:", "essential"),
        ("What it takes", "essential"),
        ("About you", "unstated"),
        ("You will be", "unstated"),
    ],
)
def test_plain_list_beside_a_wish_list(heading: str, priority: str) -> None:
    """What is brought is essential where a list beside it says what is only wished for."""
    text = f"{heading}\n- Steady hands\n- Two years of joinery\n\nBonus points\n- Welding\n- French"
    found = {words: said for words, _, said in asked(text)}

    assert found["Two years of joinery"] == priority
    assert found["Welding"] == "desirable"


def test_plain_list_beside_musts_and_wishes() -> None:
    """Where another list says what is a must, what you bring is left as it is; so is a list alone."""
    bring = "What you'll bring\n- Two years of joinery\n- Tact\n"
    must = "Must-haves\n- A driving licence\n- Own tools\n"
    wish = "Nice to have\n- Welding\n- French\n"

    for text in (f"{must}\n{bring}\n{wish}", bring):
        assert ("Two years of joinery", "experience", "unstated") in asked(text)


@pytest.mark.parametrize(
    ("heading", "priority"),
    [
        ("Deal breakers", "essential"),
        ("What we can't compromise on", "essential"),
        ("You can't do this job without", "essential"),
        ("What the job needs", "essential"),
        ("We'd need", "essential"),
        ("Not a must", "desirable"),
        ("Not a deal breaker", "desirable"),
        ("Handy but not vital", "desirable"),
        ("It helps to have", "desirable"),
        ("Also welcome", "desirable"),
        ("We'd be delighted if you also have", "desirable"),
    ],
)
def test_heading_says_how_firmly(heading: str, priority: str) -> None:
    """A2: the heading over a list says whether it is essential or desirable."""
    text = (
        f"Sweep\n\nWhat you'll do\n- Sweep flues\n- Fit cowls\n\n{heading}\n- Carpentry\n- Tact\n"
    )

    assert ("Carpentry", "skill", priority) in asked(text)


@pytest.mark.parametrize(
    "line",
    [
        "Any other reasonable request from your supervisor",
        "Performs other related duties as assigned",
        "Ad hoc projects as and when required",
        "Such other duties as the Head may require",
    ],
)
def test_catch_alls_are_no_duties(line: str) -> None:
    """The paragraph that leaves room for more asks for nothing."""
    assert [("Sweep the yard", "duty", "unstated")] == asked(f"Duties\n- Sweep the yard\n- {line}")


@pytest.mark.parametrize(
    "line",
    [
        "Own a £1.2m budget across three channels",
        "Pick orders at 80 lines per hour",
        "Precepts new graduates",
        "Degreasing moulds at night",
    ],
)
def test_deeds_with_sums_and_rare_verbs_are_duties(line: str) -> None:
    """Among duties, money and hours are part of the work, and a verb is known by its form."""
    assert (line, "duty", "unstated") in asked(f"Responsibilities\n- {line}\n- Greet guests")


def test_paragraph_after_a_list_stands_for_itself() -> None:
    """What follows the bullets of the benefits is no benefit, nor desirable after a wish list."""
    text = (
        "Desirable\n- Rust\n- Kotlin\n\nThe right person will be calm and kind with our guests.\n\n"
        "What we offer\n- A van\n- A phone\n\nAll staff are subject to a basic DBS check, by law.\n"
    )

    assert [
        ("Rust", "skill", "desirable"),
        ("Kotlin", "skill", "desirable"),
        ("The right person will be calm and kind with our guests", "attribute", "unstated"),
        ("All staff are subject to a basic DBS check, by law", "eligibility", "essential"),
    ] == asked(text)


def test_what_is_not_needed_is_not_asked_for() -> None:
    """A2: neither a list under "You don't need" nor a denial with "nor" asks for anything."""
    text = (
        "Requirements\n- Tact\n\nYou don't need\n- Any GCSEs\n- Experience of driving buses\n\n"
        "Person\nBeing a member of the RIBA is not a requirement, nor do you need to know us.\n"
    )

    assert ["Tact"] == [words for words, _, _ in asked(text)]


def test_requirements_beside_a_wish_list_are_essential() -> None:
    """A2: "Requirements" says essential where another heading says what is only wished for."""
    both = asked("Requirements\n- Tact\n\nAdvantageous\n- Welsh speaker")
    alone = asked("Requirements\n- Tact\n- Welsh speaker")

    assert ["essential", "desirable"] == [priority for _, _, priority in both]
    assert ["unstated", "unstated"] == [priority for _, _, priority in alone]


def test_bracket_with_a_wish_of_its_own() -> None:
    """A2: "(lettings preferred)" narrows what stands before it; "(preferred)" softens it."""
    text = "Essential\n- Sales experience (lettings experience preferred)\n- French (preferred)"

    assert ["essential", "desirable"] == [priority for _, _, priority in asked(text)]


def test_stars_mark_what_is_essential() -> None:
    """A2: a legend says what a star means, and what its lack means."""
    text = (
        "Person specification\nCriteria marked * are essential; all other criteria are desirable.\n\n"
        "Experience\n* Two years of payroll work\nWork in a school office\n\n"
        "Benefits\n- A bursary\n- A pool\n"
    )

    assert [
        ("Two years of payroll work", "experience", "essential"),
        ("Work in a school office", "experience", "desirable"),
    ] == asked(text)


def test_row_with_its_codes_set_apart() -> None:
    """A2: "E   A/I" at a line's end is a priority and a way to assess."""
    text = (
        "Key: E = essential, D = desirable. A = application, I = interview\n\n"
        "Experience\nStaff supervision   D   A/I\nPlanning events   E   A\n"
    )

    assert [
        ("Staff supervision", "experience", "desirable"),
        ("Planning events", "experience", "essential"),
    ] == asked(text)


def test_empty_first_cell_of_a_row() -> None:
    """A2: a stroke at a row's edge is an empty cell where the header has no frame."""
    text = (
        "Criteria | Essential | Desirable | Assessed by\n"
        "Training | A degree | A diploma | Form\n | A safeguarding course | | Certificate\n"
    )

    assert ("A safeguarding course", "qualification", "essential") in asked(text)


def test_advert_that_lost_its_line_breaks() -> None:
    """Headings fused to the items around them are found by their capitals and colons."""
    filler = "Kettle Energy sells green power to homes in the north. " * 12
    text = (
        f"{filler}Key Responsibilities: • Handling contacts • Passing on feedback to others What We "
        "Are Looking For Essential: • Two years of telephone work • Patience Desirable: • Welsh speaker"
    )

    assert [
        ("Handling contacts", "duty", "unstated"),
        ("Passing on feedback to others", "duty", "unstated"),
        ("Two years of telephone work", "experience", "essential"),
        ("Patience", "attribute", "essential"),
        ("Welsh speaker", "language", "desirable"),
    ] == asked(text)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("NVQ Level 3 in Care (Children & Young People) or HNC", [["NVQ Level 3", "HNC"]]),
        ("HNC/HND, A-levels or a degree", [["HNC", "HND", "A-levels", "degree"]]),
        ("Experience of working in a school or academy", [["school", "academy"]]),
        ("Kafka, Kinesis or another streaming platform", [["Kafka", "Kinesis"]]),
        ("A degree in chemistry or a related subject", []),
        ("GCSE Maths at grade C/4", []),
        ("Bilingual English/Spanish", []),
        ("Chartered membership, or working towards it", []),
        ("Dealing with complaints or concerns", []),
    ],
)
def test_choices(text: str, groups: list[list[str]]) -> None:
    """A2: one of several named things is enough; "or similar" and plain doings name none."""
    assert groups == choices(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("4-6 years in performance marketing", (4.0, 6.0)),
        ("will have spent at least five years in private service", (5.0, None)),
        ("must have been a UK resident for at least five years", None),
        ("prepare the three-year budget with the head", None),
        ("our toddler room (2-3 years)", None),
    ],
)
def test_years(text: str, years: tuple[float, float | None] | None) -> None:
    """Years of work count; ages, budgets and residence do not."""
    assert years == find_years(text)


def test_bare_demands_in_running_text() -> None:
    """A2: short adverts ask without subject or verb; what they give in the same words is no demand."""
    text = (
        "Kennels, Diss\n\nWalk and feed forty dogs. Able to lift 25 kg. Own transport. Clean driving"
        " licence. Two years' experience. Own uniform provided. First aid training given."
    )

    assert [words for words, _, _ in asked(text)] == [
        "Able to lift 25 kg",
        "Own transport",
        "Clean driving licence",
        "Two years' experience",
    ]


def test_so_much_the_better_is_a_wish() -> None:
    """A2: "so much the better" says desirable, and is no new clause."""
    text = "Butcher\n\nIf you can make pies, so much the better, and some Polish would help."

    assert [said for _, _, said in asked(text)] == ["desirable", "desirable"]


def test_label_of_languages_asks_for_nothing() -> None:
    """A line that only names a language is a label; as an item of a list it asks."""
    text = "Requirements\n- Tact\n\nWelsh language\nLevel 1 is essential.\n\nYou need\n- Welsh language\n- Tact\n"

    assert [words for words, _, _ in asked(text)].count("Welsh language") == 1
    assert [words for words, _, _ in asked("Cook\n\nWelsh language\nHours: 30\n")] == []


AFTER = "What we're after\nSomeone calm.\n"


def first_asked(line: str, heading: str = AFTER) -> list[tuple[str, str, str]]:
    """Return what a line asks for that stands in running text."""
    return [found for found in asked(heading + line) if found[0] != "Someone calm"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (
            "You must hold a tractor licence (B+E or F) and be happy to get a Level 2 boat ticket if you haven't one.",
            "licence",
        ),
        (
            "You must hold a slinger's card and be willing to sit the crane course if you don't have it.",
            "licence",
        ),
        ("Ready to take the fire marshal's course if you have not got one yet.", "attribute"),
        ("You should own a wetsuit, and be prepared to buy a dry suit if you haven't one.", "attribute"),
    ],
)  # fmt: skip
def test_what_to_do_without_it_takes_nothing_back(line: str, kind: str) -> None:
    """A3: "if you haven't one" speaks of who has it not yet; the demand before it stands."""
    assert [(line.rstrip("."), kind)] == [found[:2] for found in first_asked(line)]


@pytest.mark.parametrize(
    "line",
    [
        "Don't worry if you haven't worked with bees before.",
        "It doesn't matter if you haven't got a car.",
        "If you don't have a degree, tell us what you have done instead.",
        "You don't need a degree.",
    ],
)
def test_what_is_taken_back_stays_so(line: str) -> None:
    """A3: who lacks what nobody asks for is cheered up, and nothing is asked."""
    assert [] == first_asked(line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "We'd expect you to know your way round HACCP; we can teach you the oyster side.",
            "We'd expect you to know your way round HACCP",
        ),
        ("Patience with wool and with people; we'll teach you the rest.", "Patience with wool and with people"),
        ("You can sew a straight seam, and training will be given in cutting.", "You can sew a straight seam"),
        ("Experience of sheep; tuition in goats is provided.", "Experience of sheep"),
        ("You'll have pulled a pint before, and the cocktails can be taught.", "You'll have pulled a pint before"),
        ("Knowledge of looms; everything else can be learned.", "Knowledge of looms"),
        ("We will train you as long as you hold a driving licence.", "We will train you as long as you hold a driving licence"),
    ],
)  # fmt: skip
def test_what_the_employer_teaches_is_no_requirement(line: str, words: str) -> None:
    """A4: training is an offer, in a clause of its own, too; a condition on it is none."""
    assert [words] == [found[0] for found in first_asked(line)]
    items = asked(f"Essential\n- {line.rstrip('.')}\n- Tact")
    assert [words, "Tact"] == [found[0] for found in items]


@pytest.mark.parametrize(
    "line",
    [
        "A head for figures",
        "A head for figures: stock counts, mortality, growth rates, on a spreadsheet",
        "An eye for detail",
        "A nose for news",
        "A love of the outdoors",
        "A thick skin",
        "A good ear for a story",
        "A steady hand and a strong stomach",
        "A way with nervous horses",
        "Respect for the customs of all faiths and none",
        "Able to stay calm and kind with people in distress",
        "Ability to remain patient with toddlers",
        "Willingness to work towards the ICCM Cremator Technicians Training Scheme certificate",
        "Willing to study for the AAT diploma",
        "Happy to work towards a Level 3 award",
    ],
)
def test_qualities_by_their_wording(line: str) -> None:
    """A2: a head, a nose or a skin for it, calm, respect and readiness are qualities."""
    assert [(line, "attribute")] == [found[:2] for found in first_asked(f"{line}.")]
    assert "attribute" == asked(f"Essential\n- {line}\n- Tact")[0][1]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Prepared to undertake an enhanced DBS check", "eligibility"),
        ("A Level 3 award, or willing to work towards it", "qualification"),
        ("A love of French and German", "language"),
        ("Able to stay away from home four nights a week", "eligibility"),
    ],
)
def test_what_only_looks_like_a_quality(line: str, kind: str) -> None:
    """A2: checks, papers, languages and hours keep their kind beside words of readiness."""
    assert kind == asked(f"Essential\n- {line}\n- Tact")[0][1]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("It would be great if you had some French – our buyers ring before breakfast.", ("some French", "language", "desirable")),
        ("It would be lovely if you spoke Gaelic.", ("spoke Gaelic", "language", "desirable")),
        ("Bonus points if you have some Welsh.", ("some Welsh", "language", "desirable")),
        ("It helps if you know your knots.", ("know your knots", "knowledge", "desirable")),
        ("It'd be a plus if you had a chainsaw ticket.", ("a chainsaw ticket", "licence", "desirable")),
    ],
)  # fmt: skip
def test_a_wish_without_its_lead_in(line: str, found: tuple[str, str, str]) -> None:
    """A spoken wish is read for what it wishes for."""
    assert [found] == first_asked(line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Declan is retiring after 26 years and we need someone to run the shore crew.", "run the shore crew"),
        ("We are looking for somebody to tune the pianos.", "tune the pianos"),
        ("We need people to walk the greyhounds.", "walk the greyhounds"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["What the job is\n", "The lough and us\n"])
def test_what_somebody_is_called_to_do(line: str, words: str, heading: str) -> None:
    """Whoever is needed "to run the crew" has a duty; among demands, an ability is asked for."""
    assert [(words, "duty", "unstated")] == asked(heading + line)
    assert [(words, "skill")] == [found[:2] for found in first_asked(line)]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("A good standard of general education, including GCSE English", ""),
        ("An excellent degree at 2:1", "2:1"),
        ("Good GCSEs, grade C or better", "grade C"),
        ("Good spoken French", "Good"),
    ],
)
def test_praise_is_no_level_of_a_paper(line: str, level: str) -> None:
    """A paper is held at a level, a language spoken well."""
    text = f"Essential\n- {line}\n- Tact"
    assert level in read_requirements(Advert(text))[0].level
    assert bool(level) == bool(read_requirements(Advert(text))[0].level)


def test_a_name_at_the_head_of_a_choice_is_whole() -> None:
    """The first word of a line belongs to the name that it begins; an adjective does not."""
    assert [["Cremator Technicians Training Scheme", "Intermediate Certificate"]] == choices(
        "Cremator Technicians Training Scheme (CTTS) or Intermediate Certificate"
    )
    assert [["Google Cloud", "Amazon Web Services"]] == choices(
        "Experienced Google Cloud or Amazon Web Services"
    )
