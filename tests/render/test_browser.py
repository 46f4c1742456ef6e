"""The pack's page in a browser: two sides of paper, no story torn, nothing wider than the screen."""

import html
import re
import shutil
import subprocess

import attrs
import pytest

from starkit.answers import outline
from starkit.data import read_text
from starkit.files import load_stories, read_advert
from starkit.findings import Findings
from starkit.interview import Rehearsal, prepare
from starkit.render import pack_page
from starkit.stories import Story, StoryBank

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")

WIDTHS = (1280, 768, 390, 320)
# Where the page lies within frames of these widths: a window of its own cannot be that narrow.
FRAME = """<iframe style="border:0;width:{width}px;height:900px" srcdoc="{page}"></iframe>"""
MEASURE = """<script>onload = () => {
  document.title = [...document.querySelectorAll("iframe")].map(frame => {
    const inside = frame.contentDocument;
    inside.querySelectorAll("details").forEach(part => part.open = true);
    return inside.documentElement.scrollWidth - inside.documentElement.clientWidth;
  }).join(" ");
}</script>"""


def browse(folder, page, *wanted):
    """Open a page in a browser without a window and return what it writes to its output."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    return subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",  # a container's /dev/shm is small
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder / 'profile'}",
            *wanted,
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout


def packed(text):
    """Return a text without what a PDF may set differently: spaces, ligatures, hyphens at line ends."""
    return re.sub(r"\W", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl"))


def sides(folder, pack):
    """Return the text of each side of the printed page."""
    pypdf = pytest.importorskip("pypdf")
    printed = folder / "pack.pdf"
    browse(folder, pack_page(pack), "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    return [packed(side.extract_text()) for side in pypdf.PdfReader(printed).pages]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The packs of the examples, made once."""
    folder = tmp_path_factory.mktemp("stories")

    def make(name, ending, stories):
        file = folder / f"{name}.yaml"
        file.write_text(read_text(f"examples/stories/{name}.yaml"), encoding="utf-8")
        bank = StoryBank(load_stories(file).stories[:stories])
        return prepare(read_advert(read_text(f"examples/adverts/{ending}")), bank)

    return make


@pytest.mark.parametrize(
    ("name", "advert"),
    [
        ("nurse", "nurse.txt"),
        ("teacher", "teacher.txt"),
        ("developer", "developer.html"),
        ("all-rounder", "administrator.txt"),
        ("all-rounder", "hospitality.txt"),
    ],
)
def test_a_bank_of_eight_prints_on_two_sides(tmp_path, example, name, advert):
    """An advert of forty requirements with eight stories of two minutes, or of twenty with eight."""
    pack = example(name, advert, 8)
    printed = sides(tmp_path, pack)

    assert len(pack.bank) == 8
    assert len(printed) == 2


def torn(printed, pack):
    """Return the titles of the stories that stand on more than one side, every point looked for."""
    return [
        rehearsal.story.title
        for rehearsal in pack.rehearsals
        if not any(
            all(
                packed(words) in side for words in (rehearsal.story.title, *rehearsal.answer.points)
            )
            for side in printed
        )
    ]


@pytest.mark.parametrize(
    ("name", "advert", "stories", "fewest"),
    [
        ("nurse", "nurse.txt", 3, 1),
        ("nurse", "nurse.txt", 10, 3),
        ("teacher", "teacher.txt", 8, 2),
        ("developer", "developer.html", 10, 2),
        ("all-rounder", "administrator.txt", 12, 2),
    ],
)
def test_no_story_is_torn(tmp_path, example, name, advert, stories, fewest):
    """However many sides: a story's title and all its points stand on one of them."""
    pack = example(name, advert, stories)
    printed = sides(tmp_path, pack)

    assert len(pack.rehearsals) >= min(stories, 3)
    assert len(printed) >= fewest
    assert torn(printed, pack) == []


def test_no_story_of_uneven_length_is_torn(tmp_path):
    """Stories from a few words to most of a side, and none is a part of another."""
    bank = StoryBank(
        Story(
            f"Night {number}",
            f"On night {number} we were two short.",
            f"I had to fill rota {number}.",
            " ".join(
                f"I rang agency {number * 100 + call}, asked for a nurse and wrote it down."
                for call in range(calls)
            ),
            f"Rota {number} was full by nine, and {number} wards were covered.",
        )
        for number, calls in enumerate((1, 60, 3, 45, 20, 1, 70, 9, 33, 2) * 2, 1)
    )
    pack = prepare("You will need:\n- Experience of filling a rota\n", bank)
    pack = attrs.evolve(
        pack,
        rehearsals=tuple(
            Rehearsal(story, outline("Tell me about a rota", story), (), Findings())
            for story in bank
        ),
    )
    printed = sides(tmp_path, pack)

    assert len(pack.rehearsals) == 20
    assert len(printed) > 2
    assert torn(printed, pack) == []


def too_wide(folder, page):
    """Return by how many pixels a page, all unfolded, is wider than each of the widths."""
    frames = (FRAME.format(width=width, page=html.escape(page)) for width in WIDTHS)
    shown = browse(
        folder, f"<!doctype html><title>?</title>{''.join(frames)}{MEASURE}", "--dump-dom"
    )
    return re.search(r"<title>(.*?)</title>", shown)[1]


def test_nothing_is_wider_than_the_screen(tmp_path, example):
    """With every part unfolded, no screen has to be moved sideways."""
    assert too_wide(tmp_path, pack_page(example("nurse", "nurse.txt", 8))) == "0 0 0 0"


def test_long_words_and_other_scripts_stay_inside(tmp_path, packs, every_odd):
    """A word longer than the screen is broken, whatever its script."""
    assert too_wide(tmp_path, pack_page(packs(odd=every_odd))) == "0 0 0 0"


def test_other_scripts_are_printed(tmp_path, packs):
    """Letters of other scripts are on paper, too, and nothing of a long word is cut off."""
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 6
    printed = "".join(sides(tmp_path, packs(odd=f" {long} Ångström Łódź Žižka")))

    assert long in printed
    assert "ÅngströmŁódźŽižka" in printed
