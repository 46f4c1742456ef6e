"""The pack as Markdown: what a reader of the raw text and of the rendered text sees."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from starkit.render import pack_markdown
from starkit.render.markdown import escaped
from starkit.render.words import plain

# Surrogates cannot be written to any file and never come from one.
texts = st.text(st.characters(codec="utf-8"), max_size=60)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def kinds(markdown):
    """Return how many blocks there are of each kind, and how many links, pictures and HTML."""
    found = Counter()
    for token in READER.parse(markdown):
        found[token.type] += 1
        for child in token.children or ():
            if child.type not in {"text", "softbreak", "text_special"}:
                found[child.type] += 1
    return found


def words(markdown):
    """Return the text of the whole, without its marks."""
    return "".join(
        child.content
        for token in READER.parse(markdown)
        for child in token.children or ()
        if child.type == "text"
    )


def headings(markdown):
    """Return the headings with their levels."""
    tokens = READER.parse(markdown)
    return [
        (int(token.tag[1]), words(after.content))
        for token, after in zip(tokens, tokens[1:], strict=False)
        if token.type == "heading_open"
    ]


def test_the_parts_stand_in_order(pack):
    """What is asked, what would help, what to have ready, stories, closing, contact."""
    expected = [
        "What the advert asks",
        "Where a story would help",
        "Have ready or confirm",
        "Stories to take",
        "Stories to rehearse",
        "Closing questions",
        "Staying in contact",
    ]

    assert expected == [title for level, title in headings(pack_markdown(pack)) if level == 2]


def test_headings_go_down_one_level_at_a_time(pack):
    """One first-level heading, and none left out on the way down."""
    levels = [level for level, _ in headings(pack_markdown(pack))]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_words_that_match_are_bold(pack):
    """Marks on both sides become bold words."""
    text = pack_markdown(pack)

    assert "- ●◐ Sound knowledge of **NEWS2** (knowledge; 3 years or more)" in text
    assert "“Her **NEWS2** had gone from 2 to 8.”" in text


def test_stories_to_take_come_with_their_reasons(pack):
    """A4: each story to take says what for, with which words, and where it is the only one."""
    text = pack_markdown(pack)

    assert "1. **Sepsis on a Sunday**\n   - Sound knowledge of NEWS2 (“NEWS2”)\n" in text
    assert "   - Team player (“team”), the only story for it\n" in text


def test_a_gap_says_which_story_comes_nearest(pack):
    """The nearest story and what it lacks stand under the gap."""
    advice = "Nearest: Rota, which does not speak of “Urdu” yet."

    assert f"- Knowing Polish or Urdu\n  {advice}" in pack_markdown(pack)


def test_each_piece_is_a_list_of_at_most_five(pack):
    """A6: each piece is a numbered list of its own, with its check-in after it."""
    text = pack_markdown(pack)

    assert max(len(run.splitlines()) for run in text.split("\n\n") if run.startswith("1. ")) <= 5
    assert text.count("Check in: *") == sum(len(item.answer.pieces) for item in pack.rehearsals)


def test_no_blank_line_is_doubled_and_none_ends_in_a_space(pack, empty_pack):
    """The raw text is tidy."""
    for text in (pack_markdown(pack), pack_markdown(empty_pack)):
        assert "\n\n\n" not in text
        assert all(line == line.rstrip() for line in text.splitlines())
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_hostile_text_stays_text(packs, odd):
    """Whatever a text holds, the structure is the same and the words are there."""
    usual, strange = pack_markdown(packs()), pack_markdown(packs(odd=odd))

    assert kinds(usual) == kinds(strange)
    assert plain(f"Staff Nurse{odd}") == headings(strange)[0][1]


@pytest.mark.parametrize("before", ["", "- ", "# ", "1. ", "- [ ] ", "- **label:** ", "*x:* "])
@settings(deadline=None)
@given(texts)
def test_escaped_text_is_read_back_as_it_was(before, text):
    """Where a value may stand, a reader of Markdown finds its very characters."""
    shown = plain(f"{text}x")

    assert words(f"{before}{escaped(shown)}\n").endswith(shown)
    assert kinds(f"{before}{escaped(shown)}\n") == kinds(f"{before}x\n")
