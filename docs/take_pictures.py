"""Take the pictures of the pack that the README and ``start.md`` show, as a reader gets them.

Needs Chromium, and what ``nox -s pictures`` installs before it runs this:

    nox -s pictures
"""

import argparse
import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import starkit as sk

FOLDER = Path(__file__).parent / "pictures"
EXAMPLES = Path(sk.__file__).parent / "data" / "examples"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "chromium"
)

# The width and the height of what is seen without scrolling, in pixels.
DESK = (1280, 1000)
PHONE = (390, 1400)
# A window cannot be as narrow as a telephone: the page lies in a frame that is.
FRAME = """<!doctype html><style>body {{ margin: 0 }}</style>
<iframe style="border: 0; width: {width}px; height: {height}px" srcdoc="{page}"></iframe>"""

PRINTED_STORIES = 8
PRINTED_WIDTH = 1500  # pixels of two sides beside each other
BETWEEN = 16
COLOURS = 256


def browse(page: str, output: Path, wanted: str, *options: str) -> None:
    """Open a page in a browser without a window that writes a picture or a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(page, encoding="utf-8")
        subprocess.run(  # noqa: S603 - the browser that was found
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                f"--{wanted}={output}",
                *options,
                file.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


def on_screen(page: str, picture: Path, size: tuple[int, int], *options: str) -> None:
    """Take a picture of the first screen of a page."""
    width, height = size
    if size == PHONE:
        page = FRAME.format(width=width, height=height, page=html.escape(page))
    from PIL import Image  # of the group pictures: tests import this file without it

    browse(page, picture, "screenshot", f"--window-size={max(width, 500)},{height}", *options)
    with Image.open(picture) as taken:
        shown = taken.convert("RGB").crop((0, 0, width, height))
    shown.quantize(COLOURS).save(picture, optimize=True)


def on_paper(page: str, picture: Path) -> None:
    """Print a page and take a picture of its sides beside each other."""
    import pypdfium2
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder, "pack.pdf")
        browse(page, printed, "print-to-pdf", "--no-pdf-header-footer")
        with pypdfium2.PdfDocument(printed) as document:
            sides = [side.render(scale=2).to_pil() for side in document]
    across = (PRINTED_WIDTH - BETWEEN * (len(sides) - 1)) // len(sides)
    sides = [side.resize((across, round(side.height * across / side.width))) for side in sides]
    beside = Image.new("RGB", (PRINTED_WIDTH, max(side.height for side in sides)), "grey")
    for number, side in enumerate(sides):
        beside.paste(side, (number * (across + BETWEEN), 0))
    beside.quantize(COLOURS).save(picture, optimize=True)


def pack(folder: Path, stories: Path) -> str:
    """Return the page that ``starkit prepare`` writes for the advert of the demo."""
    page = folder / "pack.html"
    subprocess.run(  # noqa: S603 - this Python, our own command
        [
            *(sys.executable, "-m", "starkit", "prepare", EXAMPLES / "adverts" / "nurse.txt"),
            *("--stories", stories, "--interview-date", "2026-12-17", "--timescale", "a week"),
            *("--html", page),
        ],
        check=True,
        capture_output=True,
    )
    return page.read_text(encoding="utf-8")


def demo(folder: Path) -> str:
    """Return the page of ``starkit demo``."""
    page = folder / "demo.html"
    subprocess.run(  # noqa: S603 - this Python, our own command
        [sys.executable, "-m", "starkit", "demo", "--html", page], check=True, capture_output=True
    )
    return page.read_text(encoding="utf-8")


def main() -> None:
    """Take each picture: on a desk in light and dark, on a telephone, and printed."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = demo(folder)
        on_screen(page, FOLDER / "pack-desktop.png", DESK)
        dark = "--blink-settings=preferredColorScheme=0"
        on_screen(page, FOLDER / "pack-dark.png", DESK, dark)
        on_screen(page, FOLDER / "pack-phone.png", PHONE)
        eight = folder / "eight.yaml"
        bank = sk.load_stories(EXAMPLES / "stories" / "nurse.yaml")
        sk.dump_stories(sk.StoryBank(bank.stories[:PRINTED_STORIES]), eight)
        on_paper(pack(folder, eight), FOLDER / "pack-print.png")


if __name__ == "__main__":
    main()
