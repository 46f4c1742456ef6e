"""The front in the terminal, worked by Textual's pilot on a screen of 100 x 40 and of 80 x 24."""

import asyncio
from pathlib import Path

import pytest
import terminal
from textual.widgets import DataTable, Input, Static

from starkit.data import read_text

STORIES = """
- title: "Rota [bold]"
  situation: Six nights in August had nobody.
  task: I had to fill them.
  action: I planned the rota anew and rang the fourteen who had asked for more hours.
  result: All fourteen shifts were filled in three days.
"""
ADVERT = """Ward manager

You will need:
- Experience of planning rotas
- Experience of welding pipes under water
- A full driving licence
"""


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    """Write an advert and stories into the folder of the app."""
    monkeypatch.chdir(tmp_path)
    Path("advert.txt").write_text(ADVERT, encoding="utf-8")
    Path("stories.yaml").write_text(STORIES, encoding="utf-8")


def worked(step, *given, size=(100, 40)):
    """Run the app, wait for its work, take a step; return what the step returns."""

    async def run():
        app = terminal.Preparing(*given)
        async with app.run_test(size=size) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            return await step(app, pilot)

    return asyncio.run(run())


def said(app):
    """Return the line that tells how it went."""
    return str(app.query_one("#said", Static).visual)


def rows(app):
    """Return the table as text."""
    table = app.query_one(DataTable)
    return [[str(cell) for cell in table.get_row_at(n)] for n in range(table.row_count)]


async def nothing(app, _):
    """Return the state of the app."""
    table = app.query_one(DataTable)
    widest = max(column.get_render_width(table) for column in table.ordered_columns)
    return said(app), rows(app), widest, str(app.query_one("#detail", Static).visual)


@pytest.mark.parametrize("size", [(100, 40), (80, 24)])
def test_files_on_the_command_line_are_prepared_at_once(size):
    """A4: each requirement with its standing, whole; a title is never read as markup."""
    told, table, widest, detail = worked(nothing, "advert.txt", "stories.yaml", size=size)

    assert "3 requirements, 1 without a story" in told
    assert ["thin", "1", "Experience of planning rotas"] == table[0]
    assert ["gap", "show"] == [row[0] for row in table[1:]]
    assert widest >= len("Experience of welding pipes under water")
    assert "Rota [bold]" in detail
    assert "Likely questions" in detail
    assert "rota" in detail


def test_cursor_moves_the_detail():
    """What stands at the right belongs to the row under the cursor."""

    async def down(app, pilot):
        await pilot.press("down")
        await pilot.pause()
        gap = str(app.query_one("#detail", Static).visual)
        await pilot.press("down")
        await pilot.pause()
        return gap, str(app.query_one("#detail", Static).visual)

    gap, licence = worked(down, "advert.txt", "stories.yaml")

    assert "welding" in gap
    assert "driving licence" in licence
    assert "plain yes" in licence


def test_files_are_typed_and_enter_prepares():
    """Nothing is needed but a keyboard; a mistake is told and can be mended."""

    async def typed(app, pilot):
        await pilot.click("#prepare")
        await pilot.pause()
        empty = said(app)
        app.query_one("#advert", Input).focus()
        await pilot.press(*"nothing.txt", "tab", *"stories.yaml", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        wrong = said(app)
        app.query_one("#advert", Input).value = "advert.txt"
        await pilot.press("ctrl+p")
        await app.workers.wait_for_complete()
        await pilot.pause()
        return empty, wrong, said(app), len(rows(app))

    empty, wrong, right, count = worked(typed)

    assert "Both files are wanted" in empty
    assert "nothing.txt: there is no such file" in wrong
    assert "3 requirements" in right
    assert 3 == count


def test_second_advert_takes_the_place_of_the_first():
    """Rows of the first are gone."""
    Path("nurse.txt").write_text(read_text("examples/adverts/nurse.txt"), encoding="utf-8")

    async def again(app, pilot):
        app.query_one("#advert", Input).value = "nurse.txt"
        await pilot.press("ctrl+p")
        await app.workers.wait_for_complete()
        await pilot.pause()
        return rows(app)

    table = worked(again, "advert.txt", "stories.yaml")

    assert len(table) > 5
    assert not [row for row in table if "welding" in row[2]]
