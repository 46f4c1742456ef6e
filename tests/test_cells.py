"""Values in a notebook: what they show, and that nothing of a user's becomes markup."""

import datetime as dt
import re
from functools import cache

import attrs
import pytest
from selectolax.lexbor import LexborHTMLParser

import starkit as sk
from starkit.cells import cell

HOSTILE = "<script>alert(1)</script> \"><img src=x onerror='x'> {{ 7 * 7 }} \x1b[31m \u202e"
DAY = dt.date(2026, 12, 17)


def story(odd=""):
    """Return a story that lacks its situation."""
    return sk.Story(
        f"Rota{odd}",
        "",
        f"Fill the gaps.{odd}",
        f"I planned the rota for 40 nurses.{odd}",
        f"No gaps in 12 weeks.{odd}",
        skills=[f"rotas{odd}"],
        notes=f"Poor{odd}",
    )


def application(stage, odd="", **fields):
    """Return an application that came through a recruiter."""
    return sk.Application(
        f"Harbour Foods{odd}",
        f"Driver{odd}",
        channel="recruiter",
        stage=stage,
        interviewed=DAY,
        timescale="a week",
        **fields,
    )


@cache
def values(odd=""):
    """Return one of each value that shows itself, by name."""
    told = story(odd)
    alignment = sk.align([f"Planning rotas{odd}", f"Fluent German{odd}"], sk.StoryBank([told]))
    plan = sk.plan_follow_up(application("interview", odd), DAY)
    rejected = application("decision", odd, decided=DAY, outcome="rejected")
    return {
        "Findings": sk.check_story(told),
        "Story": told,
        "StoryBank": sk.StoryBank([told]),
        "Requirements": alignment.requirements,
        "Alignment": alignment,
        "Choice": sk.choose_stories(alignment),
        "Answer": sk.outline(f"Tell me about a rota{odd}", told),
        "FollowUpPlan": plan,
        "rejected": sk.plan_follow_up(rejected, DAY),
        "CallDecision": sk.should_call(rejected, DAY, answers=(False, False, True)),
        "Draft": plan.touch_points[0].draft,
    }


def parsed(value):
    """Return what a value shows as a tree."""
    return LexborHTMLParser(value._repr_html_())


def words(node):
    """Return what a reader sees, on one line."""
    return " ".join(node.text().split())


@pytest.mark.parametrize("name", list(values()))
def test_text_of_a_user_is_never_markup(name):
    """Whatever a text holds, there is no element or attribute of its own."""
    shown = values(HOSTILE)[name]._repr_html_()
    tree = LexborHTMLParser(shown)

    assert tree.css("script, img, iframe, link, [onerror], [src], [href], [id]") == []
    assert "49" not in tree.body.text()
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("name", list(values()))
def test_nothing_is_shown_as_code(name):
    """Steps and people are in words: no class with its fields, no name with an underscore."""
    shown = words(parsed(values()[name]).body)

    assert re.search(r"\w\(\w+=|<\w|\w_\w", shown.replace("to_pandas()", "")) is None


@pytest.mark.parametrize("name", sorted(values().keys() - {"Requirements"}))
def test_nothing_steers_the_page_or_comes_from_elsewhere(name):
    """No control characters, no turning marks, no address of any kind."""
    shown = values(HOSTILE)[name]._repr_html_()

    assert not set(shown) & {"\x1b", "\u202e"}
    assert re.search(r"https?:|@import|url\(", shown) is None


@pytest.mark.parametrize("name", list(values()))
def test_text_keeps_the_colour_of_the_page(name):
    """Light and dark: no text colour of our own, and only see-through backgrounds."""
    style = re.sub(
        r"\{\{.*?\}\}",
        "",
        "".join(re.findall(r"style[^>]*>([^<]*)<", values()[name]._repr_html_())),
    )

    assert set(re.findall(r"(?<![-\w])color: ?(\w+)", style)) <= {"inherit"}
    assert re.search(r"#[0-9a-fA-F]{3}", style) is None


def test_findings_say_what_to_do():
    """A row for each: what was seen and the advice; nothing found is said, too."""
    rows = [words(row) for row in parsed(sk.check_story(story())).css("tbody tr")]

    assert any("to put right" in row and "Say where and when it was" in row for row in rows)
    assert "Nothing to improve." in words(parsed(sk.Findings()).body)


def test_a_bank_shows_each_story_with_its_checks():
    """A1: a line for each, unfolding to the parts and to what is missing."""
    [shown] = parsed(sk.StoryBank([story()])).css("details")

    assert "Rota" in words(shown.css_first("summary"))
    assert "1 to put right" in words(shown.css_first("summary"))
    assert "the situation is empty" in words(shown)


def test_a_large_bank_says_how_many_more_there_are():
    """A notebook is no place for a thousand stories."""
    bank = sk.StoryBank(attrs.evolve(story(), title=f"Rota {n}") for n in range(130))
    tree = parsed(bank)

    assert len(tree.css("details")) == 100
    assert "and 30 more" in words(tree.body)


def test_an_alignment_is_a_heat_map_with_the_words_folded_in():
    """A2: a row a requirement, a column a story, warmer for a higher score, the words below."""
    tree = parsed(values()["Alignment"])
    hit, gap = tree.css(".heat tbody tr")

    assert len(tree.css(".heat thead th")) == 2 + 1
    assert [words(node) for node in hit.css("details q")][:2] == [
        "Planning rotas",
        "planned the rota",
    ]
    warm, cold = (
        float(re.search(r"([\d.]+)\)$", row.css("td")[-1].attributes["style"])[1])
        for row in (hit, gap)
    )
    assert warm > cold
    assert "no story found yet" in words(gap)


def test_a_large_alignment_shows_the_best_and_says_what_is_left():
    """Rows and columns have an end, the best stories are among them, and nothing is hidden silently."""
    bank = sk.StoryBank(
        [sk.Story(f"Cake {n}", "", "", "I baked", "") for n in range(40)] + [story()]
    )
    tree = parsed(sk.align(["Planning rotas"] + [f"Baking {n}" for n in range(150)], bank))

    assert len(tree.css(".heat tbody tr")) == 100
    assert len(tree.css(".heat thead th")) == 2 + 20
    assert "41" in [words(node) for node in tree.css(".heat thead th")]
    assert "51 more requirements and 21 more stories" in words(tree.body)


def test_an_alignment_of_nothing_is_told():
    """No requirements or no stories: a sentence, and no table."""
    for empty in (sk.align([], sk.StoryBank()), sk.align(["Planning rotas"], sk.StoryBank())):
        assert parsed(empty).css("table") == []
        assert "0 stories" in words(parsed(empty).body)


def test_a_plan_is_a_time_line():
    """Each contact with its date for programs and people, in order, with a draft to unfold."""
    plan = values()["FollowUpPlan"]
    tree = parsed(plan)
    days = [node.attributes["datetime"] for node in tree.css(".line time")]

    assert days == [point.date.isoformat() for point in plan]
    assert "Tuesday 29 December 2026" in words(tree.body)
    assert len(tree.css(".line details pre")) == sum(point.draft is not None for point in plan)


def test_a_rejection_shows_the_second_choice():
    """A30, A32: the article's claim and what stands in the way."""
    shown = words(parsed(values()["rejected"]).body)

    assert "The second choice" in shown
    assert values()["rejected"].claim in shown


def test_a_decision_answers_the_three_questions():
    """A19-A22: the advice, each question with its answer, the likelihood."""
    shown = parsed(values()["CallDecision"])

    assert words(shown.css_first(".title")) == values()["CallDecision"].headline
    assert len(shown.css("ol > li")) == 3
    assert "under 20 %" in words(shown.body)


def test_an_answer_is_in_pieces_of_at_most_five():
    """A3, A6: both openings, then the points."""
    answer = values()["Answer"]
    tree = parsed(answer)

    assert answer.restated in words(tree.body)
    assert answer.confirmation in words(tree.body)
    assert [len(node.css("li")) for node in tree.css("ol")] == [
        len(piece.points) for piece in answer.pieces
    ]


@pytest.mark.parametrize("name", sorted(values().keys() - {"Story", "Choice"}))
def test_a_console_gets_plain_text(name):
    """In IPython without a browser a value is text, and no repr of all it holds."""

    class Printer:
        said = ""

        def text(self, words):
            """Note what is printed."""
            self.said += words

    printer = Printer()
    values()[name]._repr_pretty_(printer, False)

    assert printer.said
    assert "StoryBank(stories=" not in printer.said
    assert "<" not in printer.said


def test_titles_are_completed():
    """Tab after bank[" offers the titles."""
    assert sk.StoryBank([story()])._ipython_key_completions_() == ["Rota"]


def test_a_missing_value_is_an_error_of_the_template():
    """A template that asks for what it was not given fails loudly."""
    with pytest.raises(Exception, match="draft"):
        cell("draft")
