"""Evidence: words that a person would point at, and nothing that says nothing."""

import attrs
import pytest

import starkit as sk
from programs import load
from starkit.matching.evidence import missing, pairs

bench = load("benchmarks/evidence.py")


@pytest.fixture(scope="module")
def labels():
    """What a reader marked in our own examples."""
    return bench.own(bench.LABELS / "own.yaml")


def words(asked, told, **parts):
    """Return what is shown of one sentence told as an action, as words."""
    story = sk.Story("A day", "", "", told, "", **parts)
    return [
        (
            asked[pair.asked_start : pair.asked_end],
            bench.part_text(story, pair.part)[pair.start : pair.end],
        )
        for pair in pairs(asked, story)
    ]


def test_labels_lie_where_they_say(labels):
    """Every label has a place on both sides, so that none is lost when an example is edited."""
    raw = bench.yaml.safe_load((bench.LABELS / "own.yaml").read_text(encoding="utf-8"))
    wanted = sum(len(tolds) for item in raw for tolds in item["answered"].values())
    found = {
        (number, asked, label.story.title, part, told)
        for number, label in enumerate(labels)
        for asked, part, told in label.answered
    }

    assert wanted >= 150
    assert len(found) >= wanted


def test_shown_words_are_those_a_reader_marked(labels):
    """At least .85 of what is shown, and of the strongest of each match, is labelled."""
    found = bench.measure(labels, pairs)

    assert found["precision"] >= 0.85
    assert found["strongest"] >= 0.85
    assert found["precision"] > bench.measure(labels, bench.common_stems)["precision"]
    assert found["silent"] == 0


def test_strongest_comes_first(labels):
    """Pairs come in the order of their strength."""
    for label in labels:
        strengths = [pair.strength for pair in pairs(label.asked, label.story)]

        assert strengths == sorted(strengths, reverse=True)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Three different areas of work", "I had three different areas of work."),
        ("At least six months", "It took six months."),
        ("Use of a suitable system", "I used the system."),
        ("One week in six", "It took a week, or six days."),
    ],
)
def test_generic_words_alone_are_no_evidence(asked, told):
    """Numbers, spans of time and words for things at large are never shown alone."""
    assert [] == words(asked, told)


def test_generic_word_stays_in_its_phrase():
    """Inside a phrase a generic word is shown."""
    assert ("booking system", "booking system") in words("A booking system", "A booking system.")


def test_phrase_goes_before_a_nearer_word():
    """A word is answered where its neighbour is answered, too."""
    told = "I told her what each drug is for. Then we did the drug calculations. No drug was late."

    assert [("Drug calculations", "drug calculations")] == words("Drug calculations", told)


def test_longest_phrase_is_kept_whole():
    """A long name is one piece of evidence and not two."""
    told = "I read the Mental Capacity Act. Her mental state and her capacity were fair."

    assert ("Mental Capacity Act", "Mental Capacity Act") in words("Mental Capacity Act", told)


def test_telling_goes_before_lists():
    """A word that is told is shown where it is told, not in the list of skills."""
    [(asked, told)] = words("Auditing", "I audited ten sets of notes.", skills=["audit"])

    assert ("Auditing", "audited") == (asked, told)


def test_what_is_not_answered_is_missing():
    """The words that no pair answers, neighbours together, without generic ones."""
    story = sk.Story("Rota", "", "", "I planned the rota.", "")
    asked = "Planning rotas and managing a large budget in three areas"

    spans = missing(asked, pairs(asked, story))

    assert ["managing a large budget"] == [asked[start:end] for start, end in spans]


def test_missing_words_of_two_clauses_stay_apart():
    """A generic word after a full stop joins nothing."""
    asked = "Cooking. Three budgets, and a kitchen for special welding"

    spans = missing(asked, ())

    assert ["Cooking", "budgets, and a kitchen for special welding"] == [
        asked[start:end] for start, end in spans
    ]


def test_nothing_asked_or_told():
    """An empty side has no evidence."""
    assert () == pairs("", sk.Story("A day", "", "", "I wrote it.", ""))
    assert () == pairs("Writing", sk.Story("-", "", "", "", ""))
    assert () == missing("", ())


@pytest.mark.parametrize(
    ("asked", "skills", "told", "lacks"),
    [
        (
            "Carry out annual services on 3.6 MW turbines as part of a crew of three",
            ["annual services on 3.6 MW turbines"],
            "I was part of a team",
            ("annual services on 3.6 MW turbines",),
        ),
        (
            "Some knowledge of revenue management",
            ["revenue management"],
            "",
            ("revenue management",),
        ),
        (
            "Able to plan annual outages with the control room",
            ["plan annual outages with the control room"],
            "I rang control",
            ("plan annual outages with the control room",),
        ),
        (
            "Microsoft Word, Outlook and Excel",
            ["Microsoft Word", "Outlook", "Excel"],
            "I wrote the letters in Microsoft Word",
            ("Outlook", "Excel"),
        ),
        (
            "Experience of the Court of Protection",
            ["Court of Protection"],
            "",
            ("Court of Protection",),
        ),
        (
            "Collect the deceased from nursing homes",
            ["Collect the deceased"],
            "I collected parcels",
            ("Collect the deceased",),
        ),
        (  # years lead in, and an adjective goes with its noun
            "At least 4 yrs working on grand actions (regulation, not only tuning)",
            [],
            "I regulated two actions",
            ("grand actions",),
        ),
        (  # two halves of a coordination share a noun
            "Take the rota, including urgent burials for Muslim and Jewish families at short notice",
            ["urgent burials for Muslim", "Jewish families at short notice"],
            "",
            ("urgent burials for Muslim and Jewish families at short notice",),
        ),
        (
            "Assess, plan and evaluate care",
            ["Assess, plan", "evaluate care"],
            "",
            ("Assess, plan and evaluate care",),
        ),
        (
            "Recruit, induct and train starters",
            ["Recruit, induct", "train starters"],
            "",
            ("Recruit, induct and train starters",),
        ),
        ("Calm, discreet and resilient", ["Calm", "discreet", "resilient"], "", ()),
        (  # an adjective with what it is about, and nothing that is to be done without
            "Good with your hands, and patient with apprentices, without shouting at them",
            ["patient", "shouting"],
            "",
            ("patient with apprentices",),
        ),
        (  # at most two, and phrases before single words
            "Excavators, ride-on mowers, strimmers and hedge cutters",
            ["Excavators", "ride-on mowers", "strimmers", "hedge cutters"],
            "",
            ("ride-on mowers", "strimmers and hedge cutters"),
        ),
        (  # a name is told whole
            "Knowledge of the Working Time Directive",
            ["Time Directive"],
            "",
            ("Working Time Directive",),
        ),
        ("Multi-drop experience preferred", ["Multi-drop"], "", ("Multi-drop experience",)),
        ("Ability to set a fork by ear, and check it", [], "I set a fork", ("ear",)),
    ],
)
def test_what_is_lacking_is_named_in_the_requirement_s_own_phrase(asked, skills, told, lacks):
    """A stray word out of a phrase ("annual", "MW", "crew") tells nobody what to look for."""
    spans = [
        sk.Skill(words, asked.index(words), asked.index(words) + len(words), "SKILL")
        for words in skills
    ]
    requirement = sk.Requirement(asked, 0, len(asked), skills=spans)
    policy = attrs.evolve(sk.DEFAULT_POLICY, may_answer_from=99, answers_from=99.5)
    bank = [sk.Story("A day", "", "", told, "")]
    nearest = sk.align(sk.Requirements([requirement]), bank, policy=policy).advice(0)

    assert lacks == nearest.missing
