"""Whatever form a bank is kept in, every word of it stands in some story afterwards."""

import csv
import importlib.util
import io
import json
import re
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import starkit as sk
from starkit.files.markdown import read_markdown
from starkit.files.resume import read_resume
from starkit.files.sheets import read_csv, read_xlsx

EXAMPLES = sorted(
    path.name for path in files("starkit.data").joinpath("examples", "stories").iterdir()
)
PARTS = ("situation", "task", "action", "result")


class _Words:
    """Gives words that stand nowhere else, and remembers them."""

    def __init__(self, given=()):
        self.given = list(given)

    def some(self, count):
        """Return so many new words, in lower case, without a sign."""
        new = []
        for _ in range(count):
            number, word = len(self.given), "qu"
            for _ in range(3):
                number, digit = divmod(number, 20)
                word += "bcdfghjklmnpqrstvwxz"[digit]
            self.given.append(word)
            new.append(word)
        return " ".join(new)


def told(record):
    """Return every text of a story's plain values."""
    texts = [
        value if isinstance(value, str) else "\n".join(value) for value in record.values() if value
    ]
    return "\n".join(texts)


def lost(words, records):
    """Return the words that stand in no story."""
    kept = set(re.findall(r"[a-z]+", "\n".join(map(told, records))))
    return [word for word in words.given if word not in kept]


# The styles of a title, of four parts, and of what else stands in a file.

TITLES = {
    "heading": lambda title: f"## {title}",
    "deep": lambda title: f"#### {title} ####",
    "numbered": lambda title: f"## 3. {title}",
    "named": lambda title: f"### Story 12: {title}",
    "bold heading": lambda title: f"## **{title}**",
    "underlined": lambda title: f"{title}\n---",
    "bold": lambda title: f"**{title}**",
    "plain": lambda title: f"{title}",
    "labelled": lambda title: f"Title: {title}",
    "labelled in bold": lambda title: f"## Story 4\n\n**Title:** {title}",
}
NAMES = {
    "full": ("Situation", "Task", "Action", "Result"),
    "capitals": ("SITUATION", "TASK", "ACTION", "RESULT"),
    "other": ("Context", "Challenge", "What I did", "Outcome"),
    "plural": ("The situation", "My task", "Actions taken", "Results"),
    "letters": ("S", "T", "A", "R"),
    "both": ("S (Situation)", "T (Task)", "A (Action)", "R (Result)"),
    "remarks": ("Situation", "Task", "Action (three steps)", "Result"),
}


def _lines(form):
    return lambda names, texts: "\n".join(
        form.format(name, text) for name, text in zip(names, texts, strict=True)
    )


FORMS = {
    "bold": _lines("**{}:** {}"),
    "bold, colon outside": _lines("**{}**: {}\n"),
    "bold, dash": _lines("**{}** – {}\n"),
    "bold, alone": _lines("**{}**\n\n{}\n"),
    "stars in a list": _lines("* **{}**: {}"),
    "underscores": _lines("__{}__: {}\n"),
    "slanted": _lines("*{}:* {}\n"),
    "all bold": _lines("**{}: {}**\n"),
    "colon": _lines("{}: {}"),
    "list": _lines("- {}: {}"),
    "numbers": _lines("1. {}: {}"),
    "quoted": _lines("> {}: {}"),
    "picture": _lines("🎯 **{}:** {}\n"),
    "en dash": _lines("{} – {}"),
    "em dash": _lines("{} — {}\n"),
    "tight dash": _lines("{}—{}\n"),
    "hyphen": _lines("{} - {}"),
    "hyphen in a list": _lines("- {} - {}"),
    "arrow": _lines("{} → {}"),
    "heading": _lines("##### {}\n\n{}\n"),
    "heading with text": _lines("##### {}: {}\n"),
    "table": lambda names, texts: (
        "| Part | Text |\n|---|---|\n" + _lines("| {} | {} |")(names, texts)
    ),
    "wide table": lambda names, texts: (
        f"| {' | '.join(names)} |\n|---|---|---|---|\n| {' | '.join(texts)} |"
    ),
    "front matter": lambda names, texts: "---\n" + _lines("{}: {}")(names, texts) + "\n---",
}
# Forms in which one letter, or a name of several words, says nothing that is certain.
CERTAIN = {
    "bold, alone": {"full", "capitals", "other", "plural", "both", "remarks"},
    "all bold": {"full", "capitals", "other", "plural", "both"},
    "en dash": {"full", "capitals", "other", "plural", "letters"},
    "em dash": {"full", "capitals", "other", "plural", "letters"},
    "tight dash": {"full", "capitals", "other", "plural", "letters"},
    "hyphen": {"full", "capitals", "other", "plural", "letters"},
    "hyphen in a list": {"full", "capitals", "other", "plural", "letters"},
    "arrow": {"full", "capitals", "other", "plural", "letters"},
    "heading with text": {"full", "capitals", "plural"},
    "front matter": {"full", "capitals", "letters"},
}
EXTRAS = {
    "label": "**Reflection:** {}",
    "plain label": "Learned: {}",
    "skills": "Skills: {}",
    "remark": "**Result (in {}):** {}",
    "heading": "##### What I learned about {}\n\n{}",
    "text": "\n{}\n",
    "comment": "<!-- {} -->",
    "item": "- {}\n  - {}",
    "fence": "```\n{}\n# {}\n```",
    "quotation": "> {}\n> {}",
    "page": "<p>{}</p>",
    "table": "| {} | {} |\n|---|---|\n| {} | {} |",
    "rule": "{}\n\n---\n\n{}",
}
BETWEEN = {
    "theme": "## {}",
    "section": "# {}",
    "section with text": "# {}\n\n{}\n",
    "empty heading": "## {}\n\n{}\n",
    "comment": "<!--\n{}\n-->",
    "rule": "---",
    "nothing": "",
}
HEADINGS = {"theme", "section", "section with text", "empty heading"}
# One such line below a heading may be the title of a story, or a line below its title.
SOFT = {"bold", "plain", "labelled"}


@st.composite
def markdown_banks(draw):
    """A file of stories in mixed styles, the words in it, and what each story should hold."""
    words, blocks, expected = _Words(), [], []
    in_section = False  # whether a heading stands above, that might be the title of a story

    def filled(form):
        return form.format(*(words.some(2) for _ in range(form.count("{}"))))

    if draw(st.booleans()):
        blocks.append(filled("# {}\n\n{}\n"))
        in_section = True
    for _ in range(draw(st.integers(1, 5))):
        between = draw(st.sampled_from(sorted(BETWEEN)))
        in_section = in_section or between in HEADINGS
        blocks.append(filled(BETWEEN[between]))
        title, texts = words.some(3), [words.some(4) for _ in PARTS]
        form = draw(st.sampled_from(sorted(FORMS)))
        names = draw(st.sampled_from(sorted(CERTAIN.get(form, NAMES))))
        style = draw(st.sampled_from(sorted(TITLES.keys() - (SOFT if in_section else set()))))
        in_section = False
        blocks.append(TITLES[style](title))
        blocks.append(FORMS[form](NAMES[names], texts))
        extras = draw(st.lists(st.sampled_from(sorted(EXTRAS)), max_size=2))
        blocks.extend(filled(EXTRAS[extra]) for extra in extras)
        expected.append((style, title, texts))
    return "\n\n".join(blocks) + "\n", words, expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(markdown_banks())
def test_no_word_of_a_markdown_bank_is_lost(bank):
    """Mixed styles of titles, labels and extras: each word is kept, and each story stays whole."""
    text, words, expected = bank
    records = read_markdown("s.md", text).value

    assert [] == lost(words, records), text
    for _, title, texts in expected:
        [record] = [record for record in records if title in told(record)]
        assert record["title"] == title
        assert texts == [record.get(part, "").split("\n")[0] for part in PARTS]
    assert len(expected) == len(records)


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_banks_come_back(tmp_path, name):
    """Each bank that ships is written as Markdown, read again, and written as the same text."""
    with files("starkit.data").joinpath("examples", "stories", name).open("rb") as stream:
        (tmp_path / name).write_bytes(stream.read())
    bank = sk.load_stories(tmp_path / name)
    sk.dump_stories(bank, tmp_path / "one.md")
    again = sk.load_stories(tmp_path / "one.md")
    sk.dump_stories(again, tmp_path / "two.md")

    assert bank == again
    assert (tmp_path / "one.md").read_bytes() == (tmp_path / "two.md").read_bytes()


HEADINGS_OF_TABLES = (
    *("Situation", "Context", "Task", "Action", "What I did", "Result/Outcome", "Situation & Task"),
    *("Skills", "Theme", "Date", "When", "Employer", "Notes", "Ward", "", "Title (long)", "Story"),
)


@st.composite
def tables(draw):
    """The rows of a table with any columns, some above the headings, and the words in it."""
    words = _Words()
    headings = draw(st.lists(st.sampled_from(HEADINGS_OF_TABLES), max_size=6))
    headings.insert(draw(st.integers(0, len(headings))), "Title")
    width = len(headings)
    rows = [[words.some(2)] for _ in range(draw(st.integers(0, 2)))] + [headings]
    for _ in range(draw(st.integers(1, 4))):
        full = draw(st.lists(st.booleans(), min_size=width, max_size=width + 2))
        full[headings.index("Title")] = True
        rows.append([words.some(2) if cell else "" for cell in full])
        if draw(st.booleans()):
            rows.append([""] * width)
    return rows, words


def saved_as_csv(rows, delimiter):
    """Return rows as the text of a table."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@settings(max_examples=100, deadline=None)
@given(tables(), st.sampled_from(",;\t|"))
def test_no_cell_of_a_csv_is_lost(table, delimiter):
    """Every cell stands in a story, with or without a field for its column."""
    rows, words = table

    assert [] == lost(words, read_csv("s.csv", saved_as_csv(rows, delimiter)).value)


@pytest.mark.skipif(
    importlib.util.find_spec("openpyxl") is None, reason="the extra spreadsheets is not installed"
)
@settings(max_examples=40, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=2), st.booleans(), st.booleans())
def test_no_cell_of_a_workbook_is_lost(sheets, merged, besides):
    """Every cell of every sheet stands in a story."""
    import openpyxl

    book, given_words = openpyxl.Workbook(), []
    for rows, words in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(f"A{len(rows) + 1}:A{len(rows) + 2}")
        given_words += words.given
    if besides:
        book.active.append(["quxyzzy", "quplugh"])
        given_words += ["quxyzzy", "quplugh"]
    out = io.BytesIO()
    book.save(out)

    assert [] == lost(_Words(given_words), read_xlsx("s.xlsx", out.getvalue()).value)


SECTIONS = ("work", "volunteer", "projects", "education", "awards", "skills", "basics")
KEYS = (
    *("name", "position", "company", "organization", "institution", "area", "studyType", "entity"),
    *("summary", "description", "url", "location", "startDate", "endDate", "keywords", "other"),
)


@st.composite
def resumes(draw):
    """A CV as JSON Resume with any keys, and the words in it."""
    words = _Words()

    def value(depth=0):
        kind = draw(st.sampled_from(["text", "list", "mapping"] if depth < 2 else ["text"]))
        if kind == "text":
            return words.some(2)
        if kind == "list":
            return [value(depth + 1) for _ in range(draw(st.integers(0, 2)))]
        return {key: value(depth + 1) for key in draw(st.sets(st.sampled_from(KEYS), max_size=2))}

    def entry():
        made = {key: value() for key in draw(st.sets(st.sampled_from(KEYS), max_size=4))}
        if draw(st.booleans()):
            made["highlights"] = [value() for _ in range(draw(st.integers(0, 3)))]
        return made

    whole = {
        name: [entry() for _ in range(draw(st.integers(0, 2)))]
        for name in draw(st.sets(st.sampled_from(SECTIONS)))
    }
    whole.setdefault("work", []).append({"highlights": [words.some(3)]})
    return whole, words


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(resumes())
def test_no_word_of_a_cv_is_lost(resume):
    """Highlights, details of entries and all the rest stand in the drafts."""
    value, words = resume

    assert [] == lost(words, read_resume("cv.json", json.loads(json.dumps(value))).value)
