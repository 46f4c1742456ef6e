"""The text of an advert in a saved page, with its lines, lists, headings and tables."""

import re
from collections.abc import Iterator
from typing import Any

import attrs
from selectolax.lexbor import LexborHTMLParser

from starkit.files.markup import prepare_markup
from starkit.files.tables import table_lines
from starkit.files.text import clean_text

# How many line ends a browser puts around an element: one for a block, two for a paragraph.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = (*_HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "menu", "dir")
_BLOCKS = dict.fromkeys(
    {"body", "div", "section", "article", "main", "header", "footer", "aside", "nav", "search"}
    | {"form", "fieldset", "legend", "address", "center", "details", "summary", "hgroup"}
    | {"figure", "figcaption", "li", "dt", "dd", "caption", "thead", "tbody", "tfoot"}
    | {"tr", "td", "th"},
    1,
) | dict.fromkeys(_PARAGRAPHS, 2)

# Parts of a page that are about something else; one that holds much of the page is kept.
_ASIDE_TAGS = frozenset({"nav", "aside", "dialog", "form", "footer"})
_ASIDE_ROLES = frozenset(
    {"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu"}
    | {"banner", "alert", "tooltip"}
)
_ASIDE_NAMES = frozenset(
    {"cookie", "cookies", "consent", "gdpr", "onetrust", "breadcrumb", "breadcrumbs", "navbar"}
    | {"nav", "navigation", "menu", "sidebar", "footer", "foot", "share", "sharing", "social"}
    | {"newsletter", "popup", "advertisement", "similar", "related", "recommended", "signin"}
    | {"login", "subscribe", "pagination", "masthead", "alerts", "recommendations"}
)
# The head of a site, unless it holds the main heading: then it is the head of the advert.
_HEAD_NAMES = frozenset({"header", "siteheader", "pageheader", "globalheader", "topbar"})
_NOT_LETTERS = re.compile(r"[^a-z]+")
# What boards call the place of the employer's name in a page.
_EMPLOYER_NAMES = frozenset(
    {"companyname", "employername", "organisationname", "organizationname", "orgname"}
    | {"hiringorganization", "jobcompany", "topcardorgname", "companytitle", "recruitername"}
)
_LONGEST_EMPLOYER = 100
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

# Headings of lists of other jobs: what follows them is about other work.
_OTHER_JOBS = re.compile(
    r"(?:(?:(?:view|see|browse|more|our|all) )?"
    r"(?:similar|related|recommended|latest|other|more|featured)"
    r" (?:[\w-]{1,20} ){0,2}(?:jobs|vacancies|roles|opportunities|positions|openings)"
    r"(?: (?:like this(?: one)?|(?:that )?(?:you )?(?:may|might) (?:also )?(?:like|suit|interest)(?: you)?|for you|nearby|near you))?"
    r"|(?:explore|discover|find) (?:more|other|similar) (?:[\w-]{1,20} ){0,2}(?:jobs|vacancies|roles|opportunities|positions|openings)"
    r"|jobs (?:you may|you might|like this|for you)[^\n]{0,40}"
    r"|people (?:also|who) (?:viewed|searched|applied)[^\n]{0,60}"
    r"|(?:(?:get|email me|e-mail me) )?jobs like this(?: by e-?mail)?"
    r"|you (?:may|might) also (?:like|be interested in)|hiring insights"
    r"|share this (?:job|vacancy|page|role))(?: (?:in|near|at|from|by) [^\n]{1,60})?[ :!.…]{0,3}",
    re.IGNORECASE,
)
_LONGEST_HEADING = 120

# Lines that are buttons or small print of the page and no words of the advert.
_BUTTONS = re.compile(
    r"(?:apply(?: now| online| here| today| for this (?:job|role|vacancy|position))?|save(?: this)?"
    r"(?: job| vacancy)?|report this (?:job|vacancy|ad|advert)|share(?: this)?(?: job| vacancy)?"
    r"|print(?: this)?(?: page| job| vacancy)?|back(?: to)?(?: search| results| search results"
    r"| jobs| vacancies| listings)?|e-?mail (?:this job|to a friend|a friend)|show (?:more|less)"
    r"|(?:read|see|view) (?:more|less)|sign in|log ?in|register|skip to (?:main )?content"
    r"|(?:view|see|browse) all (?:our )?(?:open )?(?:jobs|vacancies|roles|openings|positions)"
    r"|report job|follow|copy link|go back|previous job|next job|create (?:job )?alert|©.{0,200}"
    r"|copyright ©?.{0,200})[ .!>»›…]{0,5}",
    re.IGNORECASE,
)

_SPACES = re.compile(r"[ \t\n\r\f\v\u00a0]+")
_HIDDEN = re.compile(
    r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE
)
_SHOWN_AS_BLOCK = re.compile(
    r"display\s{0,9}:\s{0,9}(?:block|flex|grid|list-item|table)", re.IGNORECASE
)
# The first character of a list item that brings its own bullet.
_OWN_BULLET = re.compile(r"[•◦▪▫‣●○■□►▶▸➢➤➔→✓✔✗★☆·∙\-–—*]\s")
_TICK = re.compile(r"\b(?:check|tick|checkmark|yes)\b", re.IGNORECASE)

# A page whose visible text has fewer words is looked at again, with its hidden parts.
_FEW_WORDS = 60
# A part that looks like an aside is left out when it holds at most this share of the words.
_MINOR_SHARE = 0.35
# A block of links: at least so many, holding this share of the block's words.
_FEWEST_LINKS = 3
_LINK_SHARE = 0.6
# <main> or one <article> is the whole advert when it holds this share of the words.
_MAIN_SHARE = 0.5


@attrs.frozen
class Page:
    """What a saved page says.

    Attributes:
        text: The text of the advert, as ``clean_text`` leaves it.
        heading: The first main heading, or an empty text.
        title: What the page calls itself, or an empty text.
        employer: The employer, where the markup names the place of its name; else an empty text.
        data: The JSON-LD blocks, as they stand.
        posting: The properties of a schema.org ``JobPosting`` that is written as microdata or
            RDFa, in the shape of JSON-LD, or ``None``.
    """

    text: str
    heading: str = ""
    title: str = ""
    employer: str = ""
    data: tuple[str, ...] = ()
    posting: dict[str, Any] | None = None


class _Node:
    """An element or a text of a page; its inside is what follows, up to ``end``."""

    __slots__ = (
        "anchors",
        "attributes",
        "end",
        "left_out",
        "links",
        "nested",
        "parent",
        "tag",
        "text",
        "words",
    )

    def __init__(self, tag: str, parent: int, text: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.parent = parent
        self.text = text
        self.attributes = attributes
        self.end = 0
        self.left_out = False
        self.nested = False  # of a table: it holds a table or a heading, so it is for the layout
        self.words = 0
        self.links = 0  # words inside links
        self.anchors = 0  # links


def read_page(markup: str) -> Page:
    r"""Return the advert's text in a page, and what the page says beside it.

    Left out: scripts, what is hidden, navigation, asides, footers, forms, cookie notices, blocks
    of links, lists of other jobs, buttons. When that leaves next to nothing, what is hidden is
    read as well, since some pages unfold their text by a script.

    >>> page = read_page("<nav>Home</nav><h1>Nurse</h1><ul><li>Kind<li>Calm</ul>")
    >>> page.heading, page.text
    ('Nurse', 'Nurse\n\n• Kind\n• Calm')
    """
    prepared = prepare_markup(markup)
    nodes = _nodes(prepared.body)
    title = next(_meta(nodes, "og:title"), prepared.title)
    posting = _posting(nodes)
    _leave_out_hidden(nodes, prepared.hidden_ids)
    employer = _employer(nodes)
    text = _main_text(nodes)
    heading = _heading(nodes, title)
    if len(text.split()) < _FEW_WORDS:
        unfolded = _nodes(prepared.body)
        fuller = _main_text(unfolded)
        text = fuller if len(fuller.split()) > 2 * len(text.split()) else text
    return Page(text, heading, title, employer, prepared.data, posting)


def text_of_html(markup: str) -> str:
    r"""Return all the text of a piece of HTML, such as the description in a data block.

    >>> text_of_html("<p><b>You have</b></p><ul><li>a licence</li></ul>")
    'You have\n\n• a licence'
    """
    nodes = _nodes(prepare_markup(markup).body)
    _leave_out_hidden(nodes, frozenset())
    return clean_text(_render(nodes, 0), columns_by_spaces=False)


# The tree as a list in document order.


def _nodes(markup: str) -> list[_Node]:
    nodes: list[_Node] = []
    here: Any = LexborHTMLParser(markup.encode("utf-8", errors="replace")).root
    parent = -1
    while here is not None:
        nodes.append(_made(here, parent))
        inside = here.child if nodes[-1].tag != "#text" else None
        if inside is not None:
            here, parent = inside, len(nodes) - 1
            continue
        nodes[-1].end = len(nodes)
        while parent >= 0 and here.next is None:
            here = here.parent
            nodes[parent].end = len(nodes)
            parent = nodes[parent].parent
        here = here.next if parent >= 0 else None
    _mark_layout_tables(nodes)
    return nodes or [_Node("body", -1, "", {})]


def _made(here: Any, parent: int) -> _Node:
    tag = here.tag or ""
    if tag == "-text":
        return _Node("#text", parent, here.text_content or "", {})
    attributes = {name.lower(): value or "" for name, value in here.attributes.items()}
    return _Node(tag, parent, "", attributes)


def _mark_layout_tables(nodes: list[_Node]) -> None:
    for node in nodes:
        if node.tag == "table" or node.tag in _HEADINGS:
            above = node.parent
            while above >= 0 and not nodes[above].nested:
                nodes[above].nested = True
                above = nodes[above].parent


def _children(nodes: list[_Node], index: int) -> Iterator[int]:
    child = index + 1
    while child < nodes[index].end:
        yield child
        child = nodes[child].end


def _plain(nodes: list[_Node], index: int) -> str:
    """Return the words inside an element on one line."""
    inside = nodes[index : nodes[index].end]
    return " ".join("".join(node.text for node in inside if not node.left_out).split())


def _count(nodes: list[_Node]) -> int:
    """Count words and links in every element that is not left out; return the page's words."""
    for node in nodes:
        node.words = node.links = node.anchors = 0
    for node in reversed(nodes):
        if node.left_out:
            node.words = node.links = node.anchors = 0
            continue
        if node.tag == "#text":
            node.words = len(node.text.split())
        elif node.tag == "a":
            node.links, node.anchors = node.words, 1
        if node.parent >= 0:
            above = nodes[node.parent]
            above.words += node.words
            above.links += node.links
            above.anchors += node.anchors
    return nodes[0].words


# What is left out.


def _leave_out_hidden(nodes: list[_Node], hidden_ids: frozenset[str]) -> None:
    for node in nodes:
        if node.attributes:
            node.left_out = _is_hidden(node.attributes) or (
                node.attributes.get("id", "") in hidden_ids
            )


def _is_hidden(attributes: dict[str, str]) -> bool:
    return (
        ("hidden" in attributes and attributes["hidden"].lower() != "until-found")
        or attributes.get("aria-hidden", "").lower() == "true"
        or bool(_HIDDEN.search(attributes.get("style", "")))
    )


def _main_text(nodes: list[_Node]) -> str:
    _leave_out_asides(nodes)
    _leave_out_other_jobs(nodes)
    _leave_out_link_blocks(nodes)
    text = clean_text(_render(nodes, _main(nodes)), columns_by_spaces=False)
    lines = [line for line in text.split("\n") if not _BUTTONS.fullmatch(line.strip("•| "))]
    return clean_text("\n".join(lines), columns_by_spaces=False)


def _leave_out_asides(nodes: list[_Node]) -> None:
    total = _count(nodes)
    in_main = 0
    for index, node in enumerate(nodes):
        if node.tag in ("main", "article"):
            in_main = max(in_main, node.end)
        if node.tag == "button":
            node.left_out = node.left_out or not _is_accordion(nodes, index)
        elif node.tag == "a":
            is_button = 0 < node.words <= 6 and _BUTTONS.fullmatch(_plain(nodes, index))
            node.left_out = node.left_out or bool(is_button)
        elif _is_aside(node, in_main=index < in_main) or (
            _is_head(node) and not any(inside.tag == "h1" for inside in nodes[index : node.end])
        ):
            node.left_out = node.left_out or node.words <= _MINOR_SHARE * total


def _is_aside(node: _Node, *, in_main: bool) -> bool:
    if node.tag in _ASIDE_TAGS or (node.tag == "header" and not in_main):
        return True
    if not node.attributes or node.tag in ("body", "html", "main"):
        return False
    if node.attributes.get("role", "").lower() in _ASIDE_ROLES:
        return True
    names = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"[:500]
    return any(part.lower() in _ASIDE_NAMES for part in _NAME_PART.findall(names))


def _is_head(node: _Node) -> bool:
    return any(name in _HEAD_NAMES for name in _names(node))


def _names(node: _Node) -> Iterator[str]:
    """Yield what a page calls an element, without signs: "job-company" is "jobcompany"."""
    if not node.attributes:
        return
    for name in ("class", "id", "data-testid"):
        for word in node.attributes.get(name, "")[:500].lower().split():
            yield _NOT_LETTERS.sub("", word)
    if "data-company-name" in node.attributes:
        yield "companyname"


def _is_accordion(nodes: list[_Node], index: int) -> bool:
    """Say whether a button is a heading that unfolds a part of the text."""
    above = nodes[nodes[index].parent].tag
    return "aria-expanded" in nodes[index].attributes or above in (*_HEADINGS, "summary", "dt")


def _leave_out_other_jobs(nodes: list[_Node]) -> None:
    total = _count(nodes)
    for index, node in enumerate(nodes):
        if node.left_out or node.tag == "#text" or not 0 < node.words <= 12:
            continue
        if _OTHER_JOBS.fullmatch(_plain(nodes, index)[:_LONGEST_HEADING]):
            _leave_out_after(nodes, index, total)


def _leave_out_after(nodes: list[_Node], index: int, total: int) -> None:
    # The heading may stand in wrappers of its own; what it heads are the wrapper's neighbours.
    words, rank = nodes[index].words, nodes[index].tag
    while nodes[index].parent > 0 and nodes[nodes[index].parent].words == words:
        index = nodes[index].parent
        rank = min(rank, nodes[index].tag) if nodes[index].tag in _HEADINGS else rank
    above = nodes[index].parent
    if above < 0:
        return
    below = [index]
    for child in _children(nodes, above):
        if child <= index:
            continue
        if rank in _HEADINGS and nodes[child].tag in _HEADINGS and nodes[child].tag <= rank:
            break
        below.append(child)
    if sum(nodes[child].words for child in below) <= _MINOR_SHARE * total:
        for child in below:
            nodes[child].left_out = True


def _leave_out_link_blocks(nodes: list[_Node]) -> None:
    total = _count(nodes)
    for node in nodes:
        if (
            node.anchors >= _FEWEST_LINKS
            and node.links >= _LINK_SHARE * node.words
            and node.words <= _MINOR_SHARE * total
            and node.tag in _BLOCKS
        ):
            node.left_out = True


def _main(nodes: list[_Node]) -> int:
    """Return the element that is the advert: <main>, an <article>, or the whole page."""
    total = _count(nodes)
    for wanted in ("main", "article"):
        found = [
            index
            for index, node in enumerate(nodes)
            if node.tag == wanted or (wanted == node.attributes.get("role", "").lower())
        ]
        best = max(found, key=lambda index: nodes[index].words, default=0)
        if best and nodes[best].words >= _MAIN_SHARE * total:
            return best
    return 0


# The text with its lines.


class _Writer:
    """Puts pieces of text together, with the line ends that a browser would show."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.line_ends = 0
        self.space = False
        self.marker = False
        self.item_end = 0
        self.as_typed_end = 0
        self.open: list[tuple[int, int]] = []  # blocks: where each ends, and its line ends

    def take(self, node: _Node, index: int) -> None:
        """Take the next element or text."""
        if node.tag == "#text":
            self.text(node.text, as_typed=index < self.as_typed_end)
        elif node.tag == "br":
            self.line_ends += 1
        elif line_ends := _line_ends(node):
            # Inside a list item nothing is a paragraph: items follow each other line by line.
            line_ends = 1 if index < self.item_end else line_ends
            self.ask(line_ends)
            self.open.append((node.end, line_ends))
        if node.tag == "li":
            self.marker = True
            self.item_end = max(self.item_end, node.end)
        elif node.tag == "pre":
            self.as_typed_end = max(self.as_typed_end, node.end)

    def close(self, index: int) -> None:
        """Close the blocks that end before ``index``."""
        while self.open and self.open[-1][0] <= index:
            self.ask(self.open.pop()[1])

    def ask(self, line_ends: int) -> None:
        """Ask for a line end (or two, for a blank line) before the next text."""
        self.line_ends = max(self.line_ends, line_ends)

    def text(self, text: str, *, as_typed: bool) -> None:
        """Write text; where it does not count as typed, its line ends are spaces."""
        for number, piece in enumerate(text.split("\n") if as_typed else [text]):
            self.line_ends += 1 if number else 0
            self.piece(_SPACES.sub(" ", piece))

    def piece(self, piece: str) -> None:
        body = piece.strip(" ")
        if not body:
            self.space = self.space or bool(piece)
            return
        if not self.start_line() and self.out and (self.space or piece.startswith(" ")):
            self.out.append(" ")
        if self.marker and not _OWN_BULLET.match(f"{body} "):
            self.out.append("• ")
        self.marker, self.space = False, piece.endswith(" ")
        self.out.append(body)

    def start_line(self) -> bool:
        """Write the line ends that were asked for, and say whether there were any."""
        started = self.line_ends > 0
        if started and self.out:
            self.out.append("\n" * min(self.line_ends, 2))
        self.line_ends, self.space = 0, self.space and not started
        return started

    def rows(self, lines: list[str]) -> None:
        """Write the lines of a table, whose tabs are kept."""
        self.ask(2)
        for line in lines:
            self.ask(1 if line else 2)
            if line:
                self.start_line()
                self.out.append(line)
        self.marker, self.space = False, False
        self.ask(2)


def _render(nodes: list[_Node], start: int) -> str:
    """Return the text inside an element, line by line."""
    writer = _Writer()
    index = start
    while index < nodes[start].end:
        writer.close(index)
        node = nodes[index]
        lines = _table(nodes, index) if node.tag == "table" and not node.left_out else None
        if lines is not None:
            writer.rows(lines)
        elif not node.left_out:
            writer.take(node, index)
        index = node.end if node.left_out or lines is not None else index + 1
    return "".join(writer.out)


def _line_ends(node: _Node) -> int:
    known = _BLOCKS.get(node.tag, 0)
    if not known and _SHOWN_AS_BLOCK.search(node.attributes.get("style", "")):
        return 1
    return known


def _table(nodes: list[_Node], index: int) -> list[str] | None:
    """Return the lines of a table, or ``None`` when it is there for the layout only."""
    table = nodes[index]
    if table.nested:
        return None
    rows: list[list[tuple[int, int, str, bool]]] = []
    at = index + 1
    while at < table.end:
        node = nodes[at]
        if node.left_out:
            at = node.end
            continue
        if node.tag == "tr":
            rows.append([])
        elif node.tag in ("td", "th"):
            if not rows:
                rows.append([])
            rows[-1].append(_cell(nodes, at))
            at = node.end
            continue
        elif node.tag == "caption" and node.words:
            rows.append([(1, 1, _plain(nodes, at), False)])
            at = node.end
            continue
        at += 1
    return table_lines(rows)


def _cell(nodes: list[_Node], index: int) -> tuple[int, int, str, bool]:
    node = nodes[index]
    text = clean_text(_render(nodes, index), columns_by_spaces=False).replace("\t", " ")
    if not text:
        text = _picture(nodes[index : node.end])
    is_head = node.tag == "th"
    return _span(node, "colspan"), _span(node, "rowspan"), text, is_head


def _span(node: _Node, name: str) -> int:
    value = node.attributes.get(name, "1").strip()
    return min(max(int(value), 1), 50) if value.isdecimal() and len(value) < 5 else 1


def _picture(inside: list[_Node]) -> str:
    """Return what a cell shows by a picture: a tick, or the words that stand for it."""
    for node in inside:
        words = node.attributes.get("alt", "") or node.attributes.get("title", "")
        if _TICK.search(f"{words} {node.attributes.get('class', '')}".replace("-", " ")):
            return "✓"
        if node.tag == "img" and words.strip():
            return " ".join(words.split())
    return ""


# What the page says beside the text.


def _heading(nodes: list[_Node], title: str) -> str:
    found = [
        text
        for index, node in enumerate(nodes)
        if node.tag == "h1" and not _within_hidden(nodes, index) and (text := _plain(nodes, index))
    ]
    named = [text for text in found if text.casefold() in title.casefold()]
    return clean_text((named or found or [""])[0][:300], columns_by_spaces=False)


def _employer(nodes: list[_Node]) -> str:
    for index, node in enumerate(nodes):
        if any(name in _EMPLOYER_NAMES for name in _names(node)):
            named = clean_text(_plain(nodes, index), columns_by_spaces=False)
            named = named.removeprefix("at ").removeprefix("by ")
            if 1 < len(named) <= _LONGEST_EMPLOYER:
                return named
    return ""


def _within_hidden(nodes: list[_Node], index: int) -> bool:
    while index >= 0:
        if _is_hidden(nodes[index].attributes):
            return True
        index = nodes[index].parent
    return False


def _meta(nodes: list[_Node], wanted: str) -> Iterator[str]:
    for node in nodes:
        if node.tag == "meta" and wanted in (
            node.attributes.get("property"),
            node.attributes.get("name"),
        ):
            content = " ".join(node.attributes.get("content", "").split())
            if content:
                yield content


def _posting(nodes: list[_Node]) -> dict[str, Any] | None:
    """Return the properties of the largest JobPosting that is marked up in the page."""
    found = [
        index
        for index, node in enumerate(nodes)
        if node.attributes and _type_of(node).rstrip("/").endswith("JobPosting")
    ]
    if not found:
        return None
    start = max(found, key=lambda index: nodes[index].end - index)
    whole: dict[str, Any] = {}
    scopes = [(nodes[start].end, whole)]
    for index in range(start + 1, nodes[start].end):
        node = nodes[index]
        while scopes[-1][0] <= index:
            scopes.pop()
        names = (node.attributes.get("itemprop") or node.attributes.get("property") or "").split()
        if not names:
            continue
        value: Any = _value(nodes, index)
        if _type_of(node):
            value = {"@type": _type_of(node)}
            scopes[-1][1].setdefault(names[0], value)
            scopes.append((node.end, value))
            continue
        for name in names:
            scopes[-1][1].setdefault(name, value)
    return whole


def _type_of(node: _Node) -> str:
    return node.attributes.get("itemtype") or node.attributes.get("typeof") or ""


def _value(nodes: list[_Node], index: int) -> str:
    attributes = nodes[index].attributes
    stated = attributes.get("content") or attributes.get("datetime")
    return stated or clean_text(_render(nodes, index), columns_by_spaces=False)
