"""The pack as a page: structure, escaping, and what a screen reader is told."""

import re
from collections import Counter

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import starkit
from starkit.render import pack_fragment, pack_page
from starkit.render.sheet import _picked, sheet_of
from starkit.render.words import plain

# Surrogates cannot be written to any file and never come from one.
texts = st.text(st.characters(codec="utf-8"), max_size=60)
LANDMARKS = ("header", "nav", "main", "footer")


def parsed(page):
    """Return the page as a tree."""
    return LexborHTMLParser(page)


def tags(tree):
    """Return how many elements there are of each name."""
    return Counter(node.tag for node in tree.root.traverse(include_text=False))


def words(node):
    """Return what a reader sees, on one line."""
    return " ".join(node.text().split())


def test_the_page_names_its_language_and_its_maker(pack):
    """British English, a title of its own, and the version that made it."""
    tree = parsed(pack_page(pack))

    assert tree.css_first("html").attributes["lang"] == "en-GB"
    assert tree.css_first("title").text() == "Staff Nurse – interview pack"
    assert (
        tree.css_first("meta[name=generator]").attributes["content"]
        == f"starkit {starkit.__version__}"
    )


def test_the_page_needs_nothing_from_outside(pack):
    """No script, no frame, no address of any kind but places in the page itself."""
    page = pack_page(pack)
    tree = parsed(page)

    assert tree.css("script, iframe, object, embed, link, img, form, base, [src], [action]") == []
    assert all(link.attributes["href"].startswith("#") for link in tree.css("[href]"))
    assert re.search(r"https?:|//[a-z]|@import|url\(", page) is None


def test_every_id_is_unique_and_every_reference_resolves(pack):
    """Links and labels point at something, and at one thing only."""
    tree = parsed(pack_page(pack))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    wanted = {link.attributes["href"][1:] for link in tree.css("a[href]")}
    wanted |= {node.attributes["aria-labelledby"] for node in tree.css("[aria-labelledby]")}

    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


def test_headings_go_down_one_level_at_a_time(pack):
    """One h1; no level is left out on the way down."""
    levels = [int(node.tag[1]) for node in parsed(pack_page(pack)).css("h1, h2, h3, h4, h5, h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_landmarks_and_the_way_past_them(pack):
    """Each landmark stands once, and the first link leads to the content."""
    tree = parsed(pack_page(pack))

    assert [len(tree.css(f"body > {name}, body > header > {name}")) for name in LANDMARKS] == [
        1
    ] * 4
    assert tree.css_first("body > *").attributes["href"] == "#content"
    assert tree.css_first("a").text() == "Skip to the content"


def test_every_box_to_tick_has_a_label(pack):
    """A box is inside its label, and the label says something."""
    boxes = parsed(pack_page(pack)).css("input")

    assert boxes
    assert all(box.parent.tag == "label" and words(box.parent) for box in boxes)


def test_essential_comes_first(pack):
    """Essential, desirable, then what the job involves and the rest."""
    titles = [words(node) for node in parsed(pack_page(pack)).css("#asked h3")]

    assert ["Essential 1", "Desirable 1", "What the job involves 1", "Also asked 1"] == titles


def test_the_words_that_match_are_marked_on_both_sides(pack):
    """The requirement's words and the story's words are marked; the snippet is one sentence."""
    tree = parsed(pack_page(pack))
    pair = tree.css_first("#asked-1 .pair")

    assert words(pair.css_first(".asked")) == "The advert: Sound knowledge of NEWS2"
    assert pair.css_first(".asked mark").text() == "NEWS2"
    assert words(pair.css_first("blockquote p")) == "Her NEWS2 had gone from 2 to 8."
    assert pair.css_first("blockquote mark").text() == "NEWS2"


def test_state_and_score_are_said_in_words(pack):
    """A reader who sees no colour and no dots is told the same."""
    row = parsed(pack_page(pack)).css_first("#asked-1")

    assert words(row.css_first(".unseen")) == "2 stories:"
    assert [words(node) for node in row.css(".state")] == ["answers", "may answer"]
    assert words(row.css_first(".score")) == "answers, 81 of 100"


def test_notes_name_kind_years_and_alternatives(pack):
    """Kind always; years and any-one-of when the advert says so."""
    tree = parsed(pack_page(pack))

    assert words(tree.css_first("#asked-1 .tags")) == "knowledge · 3 years or more"
    assert words(tree.css_first("#asked-4 .tags")) == "experience · any one of: Polish or Urdu"


def test_a_gap_is_worded_as_help(pack):
    """A13: we found no story; never that somebody cannot."""
    page = words(parsed(pack_page(pack)).css_first("main"))

    assert "We found no story for these" in page
    assert re.search(r"you (cannot|can't|lack|fail)|unable|weakness", page, re.IGNORECASE) is None


def test_stories_to_take_come_with_their_reasons(pack):
    """A4: each story to take links to its card and to what it is for, with the words."""
    page = pack_page(pack)
    section = page[page.index('id="take"') : page.index('id="stories"')]

    assert 'href="#story-1"' in section
    assert "<q>NEWS2</q>" in section
    assert 1 == section.count("the only story for it")


def test_what_is_shown_is_no_gap(pack):
    """A qualification is to have ready, and stands among no gaps."""
    tree = parsed(pack_page(pack))

    assert [words(node) for node in tree.css("#ready .text")] == ["NMC registration"]
    assert "NMC" not in words(tree.css_first("#missing"))


def test_an_outline_has_openings_points_and_check_ins(pack):
    """A3, A6, A10: both openings, at most five points, a check-in after each piece."""
    tree = parsed(pack_page(pack))
    card = tree.css_first("#story-1")
    answer = pack.rehearsals[0].answer

    assert words(card.css_first(".restated dd")) == answer.restated
    assert words(card.css_first(".confirmed dd")) == answer.confirmation
    assert [len(node.css(".points li")) for node in card.css(".stretch")] == [
        len(piece.points) for piece in answer.pieces
    ]
    assert [words(node) for node in card.css(".check-in q")] == [
        piece.check_in for piece in answer.pieces
    ]
    assert max(len(node.css(".points li")) for node in card.css(".stretch")) <= 5


def test_what_a_story_lacks_is_said_with_it(pack):
    """A5: the empty result is told at the story, with what to do."""
    lacks = [words(node) for node in parsed(pack_page(pack)).css("#story-2 .lacks li")]

    assert any(text.startswith("The result is empty. Say how it ended") for text in lacks)


def test_the_three_strategies_are_a_checklist(pack):
    """A10: three boxes to tick."""
    assert len(parsed(pack_page(pack)).css("#closing .checks input")) == 3


def test_the_interview_date_is_british(pack):
    """The date of the interview stands under the title."""
    assert "Interview on Thursday 17 December 2026" in pack_page(pack)


def test_without_a_plan_it_says_how_to_get_one(pack):
    """A8, A17: ask for the process and the timescale; call just after it."""
    contact = words(parsed(pack_page(pack)).css_first("#contact"))

    assert "process" in contact
    assert "timescale" in contact
    assert "day 10" in contact


def test_an_empty_pack_is_still_a_page(empty_pack):
    """An advert that asks for nothing gives a page that says so."""
    tree = parsed(pack_page(empty_pack))

    assert "found nothing in this advert" in words(tree.css_first(".lead"))
    assert tree.css_first("#asked") is None


def test_hostile_text_stays_text(packs, odd):
    """Whatever a text holds, it adds no element and loses no letter."""
    usual, strange = parsed(pack_page(packs())), parsed(pack_page(packs(odd=odd)))

    assert tags(usual) == tags(strange)
    assert words(strange.css_first("h1")) == plain(f"Staff Nurse{odd}")
    assert plain(f"Team player{odd}") in words(strange.css_first("#asked-3 .text"))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts)
def test_any_text_stays_text(packs, text):
    """The same for texts that nobody thought of; a story's points follow its sentences."""
    usual, strange = parsed(pack_page(packs())), parsed(pack_page(packs(title=f"A{text}")))

    assert tags(usual) == tags(strange)
    assert strange.css_first("h1").text() == plain(f"A{text}")


def test_user_text_keeps_its_own_direction(packs):
    """Arabic among English does not turn the line around it: dir=auto or bdi stands around it."""
    tree = parsed(pack_page(packs(odd=" مهندس")))
    around = [
        node
        for node in tree.css("main *, h1")
        if "مهندس" in node.text(deep=False) and node.tag not in {"bdi", "mark"}
    ]

    def isolated(node):
        while node is not None and node.tag != "body":
            if node.tag == "bdi" or node.attributes.get("dir") == "auto":
                return True
            node = node.parent
        return False

    assert around
    assert all(isolated(node) for node in around)


@pytest.mark.parametrize(("wanted", "title"), [(2, "One story only"), (3, "Fewer than 3 stories")])
def test_the_policy_says_how_many_stories_are_wanted(pack, wanted, title):
    """A4: with another policy there are as many dots, and the heading says the number."""
    pack.policy = attrs.evolve(pack.policy, options_wanted=wanted)
    tree = parsed(pack_page(pack))

    assert len(tree.css("#asked-1 .dots i")) == wanted
    assert words(tree.css_first("#missing .thin h3")) == f"{title} 1"


def test_the_page_is_the_same_each_time(pack):
    """No clock and no chance in it."""
    assert pack_page(pack) == pack_page(pack)


def test_a_notebook_gets_a_piece_and_no_page(packs, odd):
    """The piece for notebooks has no head, no id that could clash, and escapes as the page does."""
    usual, strange = (LexborHTMLParser(pack_fragment(packs(odd=text))) for text in ("", odd))

    assert "<html" not in pack_fragment(packs())
    assert strange.css("[id], script, iframe, [src]") == []
    assert tags(usual) == tags(strange)


@pytest.mark.parametrize(
    ("taken", "stories", "wanted", "words"),
    [
        (1, 1, 2, "You have one story, so take it: a second one would give you a choice."),
        (2, 2, 2, "Both your stories are the fewest that give 2 for each essential thing"),
        (3, 3, 2, "All 3 of your stories are the fewest that give 2"),
        (1, 2, 2, "One of your 2 stories is the fewest that give"),
        (2, 5, 3, "These 2 of your 5 stories are the fewest that give 3"),
        (2, 5, 1, "the fewest that give one story for each thing"),
    ],
)
def test_the_choice_counts_in_words(taken, stories, wanted, words):
    """A4: one, both or all stories are spoken of as a person would."""
    assert words in _picked(taken, stories, wanted)


def test_a_question_stands_without_the_requirement_above_it():
    """What quotes the requirement is left out of a pack, however the requirement reads."""
    text = "You will wind the clock. “Ask for Mo.” Be there"
    advert = starkit.Advert(f"You will need:\n- {text}\n")
    pack = starkit.prepare(advert, starkit.StoryBank([]))
    asked = [item.text for part in pack.preparations for item in part.questions]
    shown = [question for row in sheet_of(pack).gaps for question in row.questions]

    assert any(question.startswith("Our advert ") for question in asked)
    assert shown
    assert not any(
        question.startswith("Our advert ") or "Be there" in question for question in shown
    )
