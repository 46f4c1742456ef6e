"""What hypothesis needs to make our values; grows with each feature."""

from hypothesis import strategies as st

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
