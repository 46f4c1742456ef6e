"""Broken and hostile files: an advert or an error of ours, in time, and never anything else."""

import json
import random
import re
from pathlib import Path

import pytest

import starkit
from starkit.errors import AdvertError, FileError, StarkitError
from starkit.files import read_advert
from starkit.files.jobposting import best_posting, postings_in
from timing import cpu_seconds

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
SLOWEST = 2.0  # seconds of this process for one file


@pytest.fixture
def read(tmp_path):
    """Return a function that reads bytes as a file: the advert, or the error of ours."""
    path = tmp_path / "advert.html"

    def reading(data):
        path.write_bytes(data)
        found = []

        def work():
            try:
                found.append(read_advert(path))
            except StarkitError as error:
                found.append(error)

        assert cpu_seconds(work, SLOWEST) < SLOWEST
        return found[0]

    return reading


def check(found):
    """Hold a result to what every advert or error is."""
    if isinstance(found, StarkitError):
        assert str(found).strip()
        assert "\n" not in str(found)
        return
    assert found.text.strip()
    assert "\x00" not in found.text
    found.text.encode("utf-8")
    assert all(line == line.rstrip(" ") for line in found.text.split("\n"))
    assert isinstance(found.title, str)


# --- 200 pages, each broken in one way that is met ------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def after_body(page, what):
    """Return the page with something at the start of its body."""
    place = page.index(b">", page.index(b"<body")) + 1
    return page[:place] + what + page[place:]


BREAKAGES = {
    "cut at a tenth": lambda page: page[: len(page) // 10],
    "cut in the middle": lambda page: page[: len(page) // 2],
    "cut in a tag": lambda page: page[: page.rindex(b"<li") + 3],
    "cut in an attribute": lambda page: page[: page.rindex(b'="') + 2],
    "cut in a data block": lambda page: (
        page[: page.find(b"JobPosting") + 40] if b"JobPosting" in page else page[:900]
    ),
    "no end tags": lambda page: page.replace(b"</", b"<x-"),
    "no start tags": lambda page: page.replace(b"<div", b"</div").replace(b"<ul", b"</ul"),
    "quotes never closed": lambda page: page.replace(b'">', b">", 3),
    "tags swapped": lambda page: page.replace(b"</li></ul>", b"</ul></li>").replace(
        b"</h2>", b"</h3>"
    ),
    "tags upper case": lambda page: (
        page.replace(b"<div", b"<DIV").replace(b"</div", b"</DIV").replace(b"<li", b"<LI")
    ),
    "comment never closed": lambda page: after_body(page, b"<!-- "),
    "script never closed": lambda page: after_body(page, b"<script>"),
    "style never closed": lambda page: after_body(page, b"<style>"),
    "title never closed": lambda page: page.replace(b"</title>", b""),
    "CDATA never closed": lambda page: after_body(page, b"<![CDATA["),
    "deep nesting": lambda page: after_body(page, b"<div>" * 20_000),
    "deep lists": lambda page: after_body(page, b"<ul><li>" * 10_000),
    "deep tables": lambda page: after_body(page, b"<table><tr><td>" * 5_000),
    "bold without end": lambda page: after_body(page, b"<p><b>" * 10_000),
    "huge attribute": lambda page: after_body(page, b'<div data-x="' + b"x" * 2_000_000 + b'">'),
    "many attributes": lambda page: after_body(page, b"<div " + b'a="b" ' * 100_000 + b">"),
    "huge class": lambda page: after_body(
        page, b'<p class="' + b"nav cookie " * 100_000 + b'">Hello</p>'
    ),
    "NUL bytes": lambda page: page.replace(b" ", b"\x00 ", 60),
    "entities that multiply": lambda page: (
        f"<!DOCTYPE x [{LAUGHS}]>".encode() + after_body(page, b"&l11;")
    ),
    "entities without end": lambda page: after_body(
        page, b"&amp;" * 50_000 + b"&#x110000;&#99999999999;&nosuch;"
    ),
    "a million spaces": lambda page: after_body(page, b"<p>" + b" \t" * 500_000 + b"</p>"),
    "one line of a million letters": lambda page: after_body(
        page, b"<p>" + b"x" * 1_000_000 + b"</p>"
    ),
    "wrong declared encoding": lambda page: page.replace(b"utf-8", b"utf-16le").replace(
        b"iso-8859-1", b"big5"
    ),
    "UTF-16": lambda page: page.decode("utf-8", "replace").encode("utf-16"),
    "Latin-1 bytes in UTF-8": lambda page: page.replace(b"e", b"\xe9", 30),
    "cut UTF-8 sequence": lambda page: after_body(page, b"<p>caf\xc3</p>"),
    "JSON with a missing brace": lambda page: page.replace(b"}</script>", b"</script>").replace(
        b"}\n</script>", b"</script>"
    ),
    "JSON with single quotes": lambda page: page.replace(b'"@type"', b"'@type'"),
    "JSON nested without end": lambda page: after_body(
        page, b'<script type="application/ld+json">' + b'{"a":[' * 50_000 + b"</script>"
    ),
    "JSON of the wrong types": lambda page: after_body(
        page,
        b'<script type="application/ld+json">{"@type":"JobPosting","title":{"a":[1]},"description":[null,{"x":1}],'
        b'"hiringOrganization":[[[]]],"jobLocation":{"address":[1]},"validThrough":{},"skills":{"a":{"b":1}}}</script>',
    ),
}


# Where the size is the trouble, two pages show it.
LARGE = frozenset(
    {
        "deep lists",
        "deep tables",
        "deep nesting",
        "bold without end",
        "huge attribute",
        "many attributes",
    }
    | {"one line of a million letters", "JSON nested without end", "a million spaces"}
)


def test_breakages_are_many():
    """Two hundred broken pages at the least."""
    assert set(BREAKAGES) > LARGE
    assert (len(BREAKAGES) - len(LARGE)) * len(PAGES) >= 200


@pytest.mark.parametrize("name", BREAKAGES)
def test_page_broken_in_one_way(read, name):
    """Each of the pages, broken: an advert or one error of ours."""
    for page in PAGES[:2] if name in LARGE else PAGES:
        broken = BREAKAGES[name](page.read_bytes())

        check(read(broken))


@pytest.mark.parametrize(
    "name",
    [
        *(
            "no end tags",
            "tags swapped",
            "tags upper case",
            "deep nesting",
            "huge attribute",
            "NUL bytes",
        ),
        *("wrong declared encoding", "UTF-16", "entities without end", "JSON nested without end"),
    ],
)
def test_what_a_browser_still_shows_is_read(read, name):
    """A page that any browser shows keeps its advert."""
    page = next(path for path in PAGES if path.stem == "nhs-jobs")
    found = read(BREAKAGES[name](page.read_bytes()))

    assert "HCPC registration" in getattr(found, "text", str(found))


# --- 2,000 generated pages and blocks -------------------------------------------------------------

WORDS = [
    "nurse",
    "and",
    "the",
    "of",
    "you",
    "will",
    "need",
    "experience",
    "essential",
    "desirable",
    "degree",
    "licence",
    "£20,000",
    "3",
    "years",
    "•",
    "–",
    "&",
    "<",
    ">",
    '"',
    "'",
    "&lt;b&gt;",
    "&amp;amp;",
    "\u200b",
    "\u202e",
    "\x00",
    "\ud7ff",
    "é",
    "ﷺ",
    "👩\u200d💻",
    "</p>",
    "<li>",
    "]]>",
    "-->",
    "{{x}}",
    "\\n",
    "\t",
]
TAGS = [
    "html",
    "body",
    "div",
    "p",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "b",
    "span",
    "a",
    "form",
    "nav",
    "main",
    "article",
    "script",
    "style",
    "br",
    "dl",
    "dt",
    "svg",
    "template",
    "pre",
]
ATTRIBUTES = ("class='cookie'", "id=x", 'style="display:none"', "hidden", 'colspan="9999999"', "rowspan=-1", "itemprop=title", "itemscope itemtype='http://schema.org/JobPosting'", "='", '"')  # fmt: skip


def piece(chance, depth=0):
    """Return a piece of something like a page."""
    kind = chance.random()
    if kind < 0.45 or depth > 12:
        return " ".join(chance.choices(WORDS, k=chance.randint(0, 12)))
    tag = chance.choice(TAGS)
    inside = "".join(piece(chance, depth + 1) for _ in range(chance.randint(0, 4)))
    attributes = " ".join(chance.choices(ATTRIBUTES, k=chance.choice((0, 0, 1, 2))))
    end = "" if chance.random() < 0.2 else f"</{tag}>"
    return f"<{tag} {attributes}>{inside}{end}"


def mutated(chance, data):
    """Return the bytes of a page with a few things changed in it."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[place] = chance.randrange(256)
        elif kind == 1:
            del changed[place : place + chance.randint(1, 200)]
        elif kind == 2:
            changed[place:place] = chance.choice(
                (b"<", b">", b'"', b"'", b"&", b"\x00", b"<!--", b"]]>", b"<table>")
            )
        else:
            start = chance.randrange(len(changed))
            changed[place:place] = changed[start : start + chance.randint(1, 300)]
    return bytes(changed)


@pytest.mark.parametrize("seed", range(10))
def test_generated_pages(read, seed):
    """A hundred pages a seed, half of them made up and half changed at random."""
    chance = random.Random(seed)
    originals = [path.read_bytes() for path in PAGES]
    for number in range(100):
        if number % 2:
            page = "".join(piece(chance) for _ in range(12)).encode("utf-8", "surrogatepass")
        else:
            page = mutated(chance, chance.choice(originals))
        check(read(page))


def value(chance, depth=0):
    """Return any JSON value."""
    kind = chance.randrange(7 if depth < 5 else 4)
    if kind < 2:
        return " ".join(chance.choices(WORDS, k=chance.randint(0, 9)))
    if kind < 4:
        return chance.choice((None, True, 0, -1.5, 1e308, 10**30, "", "2026-12-06", "9999-99-99"))
    if kind == 4:
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 4))]
    keys = (
        "@type",
        "name",
        "@value",
        "address",
        "monthsOfExperience",
        "credentialCategory",
        "description",
        "@graph",
    )
    return {chance.choice(keys): value(chance, depth + 1) for _ in range(chance.randint(0, 4))}


FIELDS = (
    *(
        "title",
        "description",
        "hiringOrganization",
        "jobLocation",
        "validThrough",
        "skills",
        "qualifications",
    ),
    *(
        "experienceRequirements",
        "educationRequirements",
        "responsibilities",
        "jobLocationType",
        "name",
    ),
)


@pytest.mark.parametrize("seed", range(10))
def test_generated_blocks(seed):
    """A hundred data blocks a seed: any value in any property, and the text cut or changed."""
    chance = random.Random(1000 + seed)
    for _ in range(100):
        posting = {
            "@type": chance.choice(
                ("JobPosting", ["JobPosting", 5], "http://schema.org/JobPosting")
            )
        }
        posting |= {field: value(chance) for field in chance.sample(FIELDS, 6)}
        block = json.dumps(
            chance.choice((posting, [posting], {"@graph": [posting, value(chance)]}))
        )
        if chance.random() < 0.5:
            place = chance.randrange(len(block))
            block = (
                block[:place]
                + chance.choice(("", "}", '"', "\\", "\x00", ",", "\ud800"))
                + block[place + 1 :]
            )
        read = []

        def work(block=block, read=read):
            read.append(best_posting(postings_in(block), title="Nurse"))

        assert cpu_seconds(work, SLOWEST) < SLOWEST
        [found, *_] = read
        assert found is None or (found.text.strip() and isinstance(found.title, str))


# --- files that are no pages ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n", "blanks only", id="blank"),
        pytest.param(b"\x00" * 5000, "binary|blanks", id="NULs"),
        pytest.param(bytes(range(256)) * 50, "binary", id="binary"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "picture", id="picture"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 100, "zip archive", id="zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office", id="doc"),
        pytest.param(b"<html><body></body></html>", "no text", id="empty page"),
        pytest.param(
            b"<html><body><script>load()</script><div id=root></div>",
            "no text",
            id="page of scripts",
        ),
        pytest.param(b"<p>x" * 60_000, "tags", id="tags"),
        pytest.param(b"x" * 11_000_000, "MB", id="too large"),
        pytest.param(b"word " * 500_000, "MB", id="too much text"),
        pytest.param(b"?!" * 4000, "no words", id="no words"),
    ],
)
def test_file_that_is_no_advert(read, data, words):
    """Each says what was seen and what to do."""
    found = read(data)

    assert isinstance(found, (AdvertError, FileError))
    assert any(word in str(found) for word in words.split("|")), str(found)


@pytest.mark.parametrize("seed", range(3))
def test_requirements_of_broken_pages(read, seed):
    """What is read of a broken page goes through the rest of the way."""
    chance = random.Random(2000 + seed)
    found = read(mutated(chance, PAGES[seed].read_bytes()))
    if isinstance(found, StarkitError):
        pytest.skip("this one is refused")

    for item in starkit.extract_requirements(found):
        assert item.text == found.text[item.start : item.end]


@pytest.mark.parametrize(
    ("asked", "there", "advice"),
    [
        ("nothere.txt", ["photo.txt", "hours.txt"], "check the path"),
        ("cv.yaml", ["jd.yaml", "photo.yaml"], "check the path"),
        ("rota.csv", ["data.csv"], "check the path"),
        ("advrt.txt", ["photo.txt", "advert.md"], "did you mean 'advert.md'?"),
        ("Stories.yml", ["stories.csv", "stories.yaml"], "did you mean 'stories.yaml'?"),
        ("story.yaml", ["stories.yaml", "photo.yaml"], "did you mean 'stories.yaml'?"),
        ("advert", ["advert.pdf", "adverse.pdf"], "did you mean 'advert.pdf'?"),
        ("jd.txt", [], "check the path"),
    ],
)
def test_only_a_file_that_is_near_is_suggested(tmp_path, asked, there, advice):
    """The name counts and not its ending, which half of a folder has."""
    for name in there:
        (tmp_path / name).write_text("x", encoding="utf-8")

    with pytest.raises(FileError, match=re.escape(f"there is no such file; {advice}")):
        read_advert(tmp_path / asked)
