"""Check the pack's page with axe-core in a browser: violations, and the order of the keyboard.

Needs Chromium, node and a folder in which ``npm install playwright-core axe-core`` was run. Ends with 1
when axe reports a violation or the Tab key does not follow the page.

    python benchmarks/axe.py FOLDER --chromium /usr/bin/chromium
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import starkit as sk

SCRIPT = """
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const [folder, chromium, file] = JSON.parse(readFileSync(0, "utf8"));
const load = createRequire(folder + "/");
const axeSource = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const browser = await load("playwright-core").chromium.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const rows = [];
for (const colorScheme of ["light", "dark"]) for (const width of [1280, 390]) {
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
    rows.push({ scheme: colorScheme, width, unfolded, passes: found.passes.length,
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


def main() -> int:
    """Check the pack of the demo and print a row for each scheme, width and state."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", type=Path, help="where playwright-core and axe-core are installed"
    )
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser to start")
    given = parser.parse_args()

    examples = Path(sk.__file__).parent / "data" / "examples"
    pack = sk.prepare(
        sk.read_advert(examples / "adverts" / "nurse.txt"),
        sk.load_stories(examples / "stories" / "nurse.yaml"),
    )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "pack.html"
        page.write_text(pack.to_html(), encoding="utf-8")
        ran = subprocess.run(  # noqa: S603 - a script of ours
            ["node", "--input-type=module", "--eval", SCRIPT],  # noqa: S607 - whichever node there is
            input=json.dumps([str(given.folder.resolve()), given.chromium, page.as_uri()]),
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode:
        sys.stderr.write(ran.stderr)
        return 2
    rows = json.loads(ran.stdout)
    print("scheme width unfolded  passes  Tab in order  violations; to look at")
    for row in rows:
        print(
            f"{row['scheme']:6} {row['width']:5} {row['unfolded']!s:8} {row['passes']:7}"
            f"  {'yes' if row['keyboard'] else 'NO':3} ({row['stops']} stops)"
            f"  {', '.join(row['violations']) or 'none'}; {', '.join(row['incomplete']) or 'none'}"
        )
    return int(any(row["violations"] or not row["keyboard"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
