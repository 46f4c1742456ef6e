import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starkit.errors import StoryError, UnknownStoryError
from starkit.policy import DEFAULT_POLICY
from starkit.stories import (
    PARTS,
    Story,
    StoryBank,
    check_stories,
    check_story,
    has_outcome,
    spoken_seconds,
)

GOOD = Story(
    "Falls on Ward 4",
    "On Ward 4 we had nine falls in one month and the families had begun to complain.",
    "As the nurse in charge of nights I had to bring the number of falls down.",
    "I read the nine reports, saw that seven were between four and six in the morning, moved the "
    "comfort round to half past three, asked the day staff to leave call bells in reach, and "
    "checked each bay myself for two weeks.",
    "Falls went from nine to two a month and have stayed there since.",
)


def without(part):
    """Return the good story with one part emptied."""
    return attrs.evolve(GOOD, **{part: " "})


def test_good_story_has_nothing_to_report():
    """A1, A5: a story with four parts, told in the first person, with a countable result."""
    assert not check_story(GOOD)


@pytest.mark.parametrize("part", PARTS)
def test_empty_part_is_an_error(part):
    """A1, A5: each part is present; an empty result fails."""
    errors = check_story(without(part)).errors

    assert [(error.rule, error.where) for error in errors] == [
        ("A5" if part == "result" else "A1", f"Falls on Ward 4, {part}")
    ]


@pytest.mark.parametrize(
    "result",
    [
        "Waiting fell by 30 %.",
        "It saved £400 a month.",
        "The queue was gone within an hour.",
        "We were rated Outstanding.",
        "Twelve people signed up.",
        "The customer renewed.",
        "I passed.",
        "It is still in use.",
        "Nobody was hurt.",
        "The inspection found no shortfalls in records.",
        "Sixty guests ate without a single complaint.",
        "The auditor found nothing to put right.",
        "No one was hurt.",
        "All the pots came out of the kiln intact.",
        "There was no mix-up at the desk.",
        "Not a single lamb was lost.",
        "By the spring he was doing stringing on his own and started at Newark in September.",
        "Committee changed the rule. He now cuts the hedge down there for us",
        "Den runs the digs himself now",
        "By Easter she could ride without a lead rein.",
        "The harbour master dropped the ban.",
        "My checklist is now used on every boat.",
        "Ravi now teaches the new bakers.",
        "She qualified as a farrier.",
        "They now label each hive before they move it.",
        "He can weigh the dough unaided.",
    ],
)
def test_result_with_number_amount_time_or_named_outcome_is_strong(result):
    """A5: a number, an amount, a time or a named outcome."""
    assert has_outcome(result)
    assert not check_story(attrs.evolve(GOOD, result=result))


@pytest.mark.parametrize(
    "result",
    [
        "It went well.",
        "Everyone was happy with the work.",
        "I learnt a lot about people.",
        "I now know how to talk to people.",
        "The team is happy now.",
        "He was proud of himself, and they enjoyed themselves.",
        "By the end I was feeling better about it.",
        "By the summer we were getting along.",
        "She now feels more confident.",
        "We started at the top and it looks good now.",
        "I changed the way I think.",
        "They seem content with it now.",
        "He was left on his own in the yard.",
    ],
)
def test_weak_result_is_told_so(result):
    """A5: a result without any of these is weak, and that is advice."""
    found = check_story(attrs.evolve(GOOD, result=result))

    assert found.ok
    assert [("A5", "Falls on Ward 4, result")] == [(item.rule, item.where) for item in found]


def test_we_in_place_of_i_is_told_so():
    """Beyond the article: the interviewer hires one person."""
    story = attrs.evolve(GOOD, action=GOOD.action.replace("I ", "we ").replace("myself", "all"))

    assert any("the action says we" in item.message for item in check_story(story).advice)


def test_little_action_is_told_so():
    """Beyond the article: about 60 % of the words tell the action."""
    story = attrs.evolve(GOOD, situation=" ".join([GOOD.situation] * 4))

    assert any("% of the words" in item.message for item in check_story(story).advice)


def test_long_story_is_told_its_seconds():
    """Beyond the article: two minutes at most at about 140 words a minute."""
    story = attrs.evolve(GOOD, action=" ".join([GOOD.action] * 6))

    assert any("seconds to tell" in item.message for item in check_story(story).advice)


def test_policy_decides_what_is_long():
    """Every number is a policy's, and a user can replace it."""
    policy = attrs.evolve(DEFAULT_POLICY, longest_answer_seconds=20)

    assert check_story(GOOD, policy=policy)
    assert not check_story(GOOD)


def test_draft_is_told_its_gaps_in_the_order_of_telling():
    """A draft may be empty but for its title."""
    found = check_story(Story("Rota", "", "", "", ""))

    assert ["situation", "task", "action", "result"] == [
        item.where.removeprefix("Rota, ") for item in found.errors
    ]


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_title_may_not_be_empty(title):
    """A bank is looked up by title."""
    with pytest.raises(StoryError, match="short title"):
        Story(title, "", "", "", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [("situation", None), ("result", 3), ("skills", "Python"), ("skills", [1]), ("date", 2023)],
)
def test_wrong_type_is_refused(field, value):
    """A string of skills would silently become letters; a number is no text."""
    values = {"situation": "", "task": "", "action": "", "result": "", field: value}

    with pytest.raises(StoryError):
        Story("Rota", **values)


def test_date_is_kept_as_text():
    """People write "summer 2023", programs give dates."""
    assert Story("Rota", "", "", "", "", date=dt.date(2024, 5, 1)).date == "2024-05-01"
    assert Story("Rota", "", "", "", "", date="summer 2023").date == "summer 2023"


def test_duplicate_title_is_refused():
    """Titles are unique in a bank."""
    with pytest.raises(StoryError, match="twice"):
        StoryBank([GOOD, GOOD])


def test_bank_is_looked_up_by_title():
    """``bank["title"]`` gives the story, and a near miss names what was meant."""
    bank = StoryBank([GOOD])

    assert bank["Falls on Ward 4"] is GOOD
    with pytest.raises(UnknownStoryError, match="did you mean 'Falls on Ward 4'"):
        bank["Falls on Ward 5"]
    with pytest.raises(KeyError, match="is empty"):
        StoryBank()["Rota"]


def test_spoken_seconds_follow_the_policy():
    """140 words take a minute."""
    assert spoken_seconds("word " * 140) == pytest.approx(60)
    assert spoken_seconds("") == 0


@given(st.lists(st.sampled_from([GOOD, without("result"), without("task")]), max_size=3))
def test_bank_reports_story_by_story(stories):
    """``check_stories`` is ``check_story`` for each, in order."""
    together = check_stories(stories)

    assert list(together) == [item for story in stories for item in check_story(story)]


FOUND = [Story(title, "", "", "", "") for title in ("The widow, Friday", "The wide load", "WIDE")]


@pytest.mark.parametrize(
    ("words", "title"),
    [("the widow", "The widow, Friday"), ("The  WIDE", "The wide load"), ("wide", "WIDE")],
)
def test_story_is_found_by_the_beginning_of_its_title(words, title):
    """Case does not count, and a beginning will do where only one title has it."""
    assert StoryBank(FOUND).find(words).title == title


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("the wid", "choose from: 'The widow, Friday', 'The wide load'"),
        ("lambs", "choose from: 'The widow, Friday', 'The wide load', 'WIDE'"),
        ("", "choose from: 'The widow, Friday', 'The wide load', 'WIDE'"),
        ("tHe wIdow, firday", "did you mean 'The widow, Friday'"),
    ],
)
def test_story_that_is_not_plain_is_not_guessed(words, said):
    """Where several titles begin so, or none, what there is to choose is listed in quotes."""
    with pytest.raises(UnknownStoryError) as refused:
        StoryBank(FOUND).find(words)

    assert said in str(refused.value)
