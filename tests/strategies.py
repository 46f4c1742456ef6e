"""What hypothesis needs to make our values; grows with each feature."""

from hypothesis import strategies as st

from starkit.requirements import Requirement, Requirements
from starkit.stories import Story, StoryBank

# Surrogates cannot be written to any file and never come from one.
texts = st.text(st.characters(codec="utf-8"), max_size=60)
titles = texts.filter(lambda text: text.strip())
names = st.lists(texts, max_size=3)

stories = st.builds(
    Story,
    titles,
    texts,
    texts,
    texts,
    texts,
    skills=names,
    competencies=names,
    date=st.none() | texts | st.dates(),
    source=texts,
    notes=texts,
)
banks = st.lists(stories, max_size=6, unique_by=lambda story: story.title).map(StoryBank)

# Texts of words that a requirement may ask for, so that something matches.
_WORDS = (
    "planned rota nurses budget managed complaints customers Java SQL Kotlin audit falls ward trained "
    "team wrote report deadline calm welding the a of and with for in I we"
)
told_texts = st.lists(st.sampled_from(_WORDS.split()), max_size=14).map(" ".join)
asked_texts = st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=6).map(" ".join)
told_stories = st.builds(
    Story, titles, told_texts, told_texts, told_texts, told_texts, skills=st.lists(told_texts)
)
told_banks = st.lists(told_stories, max_size=6, unique_by=lambda story: story.title).map(StoryBank)


@st.composite
def asked_lists(draw):
    """Requirements of every priority, one after the other in an advert."""
    found, start = [], 0
    for text in draw(st.lists(asked_texts, max_size=5)):
        priority = draw(st.sampled_from(["essential", "desirable", "unstated"]))
        kind = draw(st.sampled_from(["skill", "duty", "licence"]))
        found.append(Requirement(text, start, start + len(text), kind, priority))
        start += len(text) + 1
    return Requirements(found)
