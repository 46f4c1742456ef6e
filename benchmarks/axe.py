"""Check what starkit shows with axe-core in a browser: violations, and the order of the keyboard.

The packs of the six example adverts, and a page with every value that shows itself in a notebook; each in
light and dark, on a desk and on a telephone, folded and unfolded. Needs Chromium, node and a folder in which
``npm install playwright-core axe-core`` was run. Ends with 1 when axe reports a violation or the Tab key does
not follow the page.

    python benchmarks/axe.py FOLDER --chromium /usr/bin/chromium
"""

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import starkit as sk

EXAMPLES = Path(sk.__file__).parent / "data" / "examples"
# Whose stories are told for an advert; the others are answered by the all-rounder.
OWN = {"nurse", "teacher", "developer"}

# A notebook gives a cell its page: a language, a title and the colours of its theme, here JupyterLab's.
NOTEBOOK = """<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Notebook</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>
  body { background: #fff; color: rgba(0, 0, 0, .87); font-family: sans-serif; }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #fff; } }
</style>
<main><h1>Notebook</h1>CELLS</main></html>"""

SCRIPT = """
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const [folder, chromium, files] = JSON.parse(readFileSync(0, "utf8"));
const load = createRequire(folder + "/");
const axeSource = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const browser = await load("playwright-core").chromium.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const rows = [];
for (const file of files) for (const colorScheme of ["light", "dark"]) for (const width of [1280, 390]) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  await page.goto(file);
  const order = await page.evaluate(() => {
    const can = [...document.querySelectorAll("a[href], summary, input")].filter(
      part => part.checkVisibility({ contentVisibilityAuto: true }));
    can.forEach((part, number) => { part.dataset.number = number; });
    return can.length;
  });
  await page.evaluate(() => {
    window.reached = [];
    addEventListener("focusin", focus => window.reached.push(Number(focus.target.dataset.number)));
  });
  const presses = colorScheme === "light" && width === 1280 ? order : 0; // one order for all
  for (let pressed = 0; pressed < presses; pressed++) await page.keyboard.press("Tab");
  const reached = await page.evaluate(() => window.reached);
  await page.evaluate(axeSource);
  for (const unfolded of [false, true]) {
    if (unfolded) await page.evaluate(() => {
      document.querySelectorAll("details").forEach(part => { part.open = true; });
    });
    const found = await page.evaluate(() => axe.run());
    rows.push({ file, scheme: colorScheme, width, unfolded, passes: found.passes.length,
      violations: found.violations.map(one => `${one.id} (${one.nodes.length})`),
      incomplete: found.incomplete.map(one => `${one.id} (${one.nodes.length})`),
      keyboard: reached.length === presses && reached.every((number, place) => number === place),
      stops: presses });
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(rows));
"""


def packs(only: str | None) -> Iterator[tuple[str, str]]:
    """Yield the name and the page of the pack of each example advert, or of one."""
    for advert in sorted(EXAMPLES.joinpath("adverts").iterdir()):
        if only not in {None, advert.stem}:
            continue
        stories = advert.stem if advert.stem in OWN else "all-rounder"
        bank = sk.load_stories(EXAMPLES / "stories" / f"{stories}.yaml")
        yield advert.stem, sk.prepare(sk.read_advert(advert), bank).to_html()


def notebook() -> str:
    """Return a page with each value that shows itself in a notebook."""
    bank = sk.load_stories(EXAMPLES / "stories" / "nurse.yaml")
    advert = sk.read_advert(EXAMPLES / "adverts" / "nurse.txt")
    alignment = sk.align(sk.extract_requirements(advert), bank)
    story = sk.Story("Rota", "", "Fill the gaps.", "We planned the rota.", "It went well.")
    day = dt.date(2026, 12, 17)
    interviewed = sk.Application(
        *("Harbour Foods", "Driver"), channel="recruiter", stage="interview", interviewed=day
    )
    rejected = sk.Application(
        *("Harbour Foods", "Driver"), channel="direct", stage="decision", decided=day
    )
    plan = sk.plan_follow_up(interviewed, day)
    shown: list[Any] = [
        bank,
        story,
        sk.check_story(story),
        alignment.requirements,
        alignment,
        sk.choose_stories(alignment),
        sk.outline("Tell me about a time when you put a rota right", story),
        plan,
        sk.plan_follow_up(rejected, day),
        sk.should_call(rejected, day, answers=(False, False, True)),
        next(point.draft for point in plan if point.draft),
        sk.prepare(advert, bank),
    ]
    parts = (f"<h2>{type(value).__name__}</h2>{value._repr_html_()}" for value in shown)
    return NOTEBOOK.replace("CELLS", "".join(parts))


def joined(rows: list[dict[str, Any]], name: str) -> str:
    """Return what axe names in any of the rows, each once."""
    return ", ".join(sorted({found for row in rows for found in row[name]})) or "none"


def main() -> int:
    """Check each page and print a row for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", type=Path, help="where playwright-core and axe-core are installed"
    )
    parser.add_argument("--only", help="one page: an advert's name, or notebook")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser to start")
    given = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        addresses = {}
        for name, page in (*packs(given.only), ("notebook", notebook())):
            if given.only not in {None, name}:
                continue
            file = Path(folder, f"{name}.html")
            file.write_text(page, encoding="utf-8")
            addresses[name] = file.as_uri()
        ran = subprocess.run(  # noqa: S603 - a script of ours
            ["node", "--input-type=module", "--eval", SCRIPT],  # noqa: S607 - whichever node there is
            input=json.dumps(
                [str(given.folder.resolve()), given.chromium, list(addresses.values())]
            ),
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode:
        sys.stderr.write(ran.stderr)
        return 2
    seen = json.loads(ran.stdout)
    print("page           views  passes  Tab in order  violations; to look at")
    for name, address in addresses.items():
        rows = [row for row in seen if row["file"] == address]
        in_order = "yes" if all(row["keyboard"] for row in rows) else "NO"
        print(
            f"{name:14} {len(rows):5} {min(row['passes'] for row in rows):7}"
            f"  {in_order:3} ({max(row['stops'] for row in rows)} stops)"
            f"  {joined(rows, 'violations')}; {joined(rows, 'incomplete')}"
        )
    return int(any(row["violations"] or not row["keyboard"] for row in seen))


if __name__ == "__main__":
    sys.exit(main())
