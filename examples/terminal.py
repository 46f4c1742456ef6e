"""A front in the terminal: choose an advert and stories, see what is asked and what there is to say.

Start it with ``python terminal.py [ADVERT STORIES]``. The work is done in a thread, so that the
screen answers while it lasts, and nothing is written anywhere.
"""

import sys
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, DataTable, Footer, Header, Input, Static

import starkit as sk


class Preparing(App[None]):
    """Two files above, the requirements at the left, what there is to say at the right."""

    TITLE = "starkit"
    CSS = """
    #files { height: auto; }
    #files Input { width: 1fr; }
    #said { height: auto; padding: 0 1; }
    #said.error { color: $text-error; }
    DataTable { width: 3fr; }
    #detail-box { width: 2fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "prepare", "Prepare", priority=True),
        Binding("ctrl+q", "quit", "Quit"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, advert: str = "", stories: str = "") -> None:
        super().__init__()
        self._given = (advert, stories)
        self.pack: sk.InterviewPack | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        advert, stories = self._given
        yield Header()
        with Horizontal(id="files"):
            yield Input(advert, placeholder="The advert: a file", id="advert")
            yield Input(stories, placeholder="Your stories: a file", id="stories")
            yield Button("Prepare", variant="primary", id="prepare")
        yield Static(Content("Name an advert and your stories."), id="said")
        with Horizontal():
            yield DataTable(cursor_type="row", zebra_stripes=True)
            with VerticalScroll(id="detail-box"):
                yield Static(id="detail")
        yield Footer()

    def on_mount(self) -> None:
        """Begin at once when both files were named."""
        self.query_one(DataTable).add_columns("Standing", "Stories", "Requirement")
        if all(self._given):
            self.action_prepare()

    @on(Button.Pressed, "#prepare")
    @on(Input.Submitted)
    def action_prepare(self) -> None:
        """Prepare the interview from the two files."""
        advert = self.query_one("#advert", Input).value.strip()
        stories = self.query_one("#stories", Input).value.strip()
        if not advert or not stories:
            self._say("Both files are wanted: an advert and your stories.", error=True)
            return
        self._say("Reading …")
        self._prepare(advert, stories)

    @work(thread=True, exclusive=True)
    def _prepare(self, advert: str, stories: str) -> None:
        try:
            pack = sk.prepare(sk.read_advert(advert), sk.load_stories(stories))
        except sk.StarkitError as error:
            self.call_from_thread(self._say, str(error), error=True)
        else:
            self.call_from_thread(self._show, pack)

    def _say(self, words: str, *, error: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(error, "error")
        said.update(Content(words))  # a user's words are never read as markup

    def _show(self, pack: sk.InterviewPack) -> None:
        self.pack = pack
        table = self.query_one(DataTable)
        table.clear()
        for number, item in enumerate(pack.preparations):
            text = " ".join(item.requirement.text.split())
            cells = (str(item.standing), str(len(item.matches) or ""), text)
            table.add_row(*map(Text, cells), key=str(number))
        gaps = sum(item.standing is sk.Standing.GAP for item in pack.preparations)
        count = len(pack.preparations)
        self._say(f"{count} requirements, {gaps} without a story. {pack.advert.title}".strip())
        if count:
            table.focus()
        else:
            self.query_one("#detail", Static).update(Content(""))

    @on(DataTable.RowHighlighted)
    def show_detail(self, event: DataTable.RowHighlighted) -> None:
        """Show the questions and the stories of the requirement under the cursor."""
        if self.pack is None or event.row_key.value is None:
            return
        item = self.pack.preparations[int(event.row_key.value)]
        self.query_one("#detail", Static).update(Content("\n".join(detail(item))))


def detail(item: sk.Preparation) -> list[str]:
    """Return the lines that tell what there is to say to one requirement."""
    lines = [" ".join(item.requirement.text.split()), ""]
    if item.standing is sk.Standing.SHOW:
        lines += ["Have the paper or a plain yes ready.", ""]
    if item.questions:
        lines += ["Likely questions", *(f"- {question}" for question in item.questions), ""]
    for match in item.matches:
        lines.append(f"{match.story.title} ({match.score:.0f})")
        words = {
            getattr(match.story, piece.story_part)[piece.start : piece.end]
            for piece in match.evidence
        }
        lines += [f"- “{' '.join(text.split())}”" for text in sorted(words)]
    if item.nearest is not None and item.nearest.story is not None:
        lines.append(f"Nearest: {item.nearest.story.title}")
        lines += [f"- it says nothing of {word}" for word in item.nearest.missing]
    return lines


if __name__ == "__main__":
    Preparing(*sys.argv[1:3]).run()
