"""HTML made safe to parse: no scripts, no comments, and no deeper than a page needs.

A tree builder looks back over every open element at almost every tag, and repeats every open
``<b>`` in every new paragraph. A page of 100,000 unclosed elements costs it minutes and gigabytes
(measured with Lexbor: 18 s for ``<div>``, 180 s for ``<ul><li>``, 13 GB for ``<p><b>``). So one
linear pass leaves out formatting and the tags below a depth that no page needs, keeps their text,
and refuses a page with more tags than any advert has: what is left costs seconds at the worst. On
the way it takes out what is never part of an advert's text, and hands over what a page says in
data blocks.
"""

import html
import re

import attrs

from starkit.errors import AdvertError

# Browsers nest no deeper than 512; the pages of job boards stay below 60.
_DEEPEST = 256
# Job boards write 2,000 to 10,000 tags a page.
_MOST_TAGS = 50_000
# Attributes with more characters than this are cut down to those that are read.
_LONG_ATTRIBUTES = 1000

# A tag as the HTML standard reads it: a quote counts at the start of a value only. Possessive
# quantifiers: nothing is ever tried twice.
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\t\n\f\r />]*+)      # the name
    ((?:[\t\n\f\r /]++                       # between attributes
      |(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)   # the name of an attribute
       (?:[\t\n\f\r ]*+=[\t\n\f\r ]*+
          (?:"[^"]*+"|'[^']*+'|[^\t\n\f\r >"'][^\t\n\f\r >]*+|(?=>)))?+
       (?![\t\n\f\r ]*+=)                    # a quote that never closes fails here
    )*+)>""",
    re.VERBOSE,
)

# A tag in a page with a quote that never closes: as much as can be a tag, attributes unread.
_BROKEN_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20}+)()[^<>]*+>?")

# Elements whose content is no text of the page, or no markup.
_LEFT_OUT = frozenset(
    {"script", "style", "svg", "math", "template", "noscript", "textarea", "title", "iframe"}
    | {"noembed", "noframes", "xmp", "object", "audio", "video", "canvas", "select", "datalist"}
)
_UNUSED = frozenset({"", "html", "head", "body", "plaintext", "frameset", "frame", "base", "link"})
_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "keygen", "meta", "param", "source"}
    | {"track", "wbr"}
)
# Their end tags may be left out, so that many in a row are not deep.
_OPEN_ENDED = frozenset(
    {"p", "li", "dt", "dd", "option", "optgroup", "rb", "rt", "rtc", "rp", "colgroup"}
)
_TABLE_PARTS = frozenset({"caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
# Where an end tag stops looking for what it ends.
_BARRIERS = frozenset({"td", "th", "caption", "table"})
# A browser takes these up again in every new block; for the text they are nothing.
_FORMATTING = frozenset(
    {"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
_READ_ATTRIBUTE = re.compile(
    r"""(?<![^\t\n\f\r /"'])(class|id|style|hidden|role|aria-hidden|aria-expanded|itemprop|itemscope
    |itemtype|property|typeof|name|content|datetime|colspan|rowspan|alt|title)
    (?:[\t\n\f\r ]{0,9}=[\t\n\f\r ]{0,9}("[^"]*+"|'[^']*+'|[^\t\n\f\r >"']++))?+""",
    re.VERBOSE | re.IGNORECASE,
)

# A rule that hides an element by its id: "#popup{display:none}".
_HIDING = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)
_ID_SELECTOR = re.compile(r"#([\w-]{1,100})")
_DATA_TYPE = re.compile(r"application/ld\+json", re.IGNORECASE)


@attrs.frozen
class Markup:
    """A page prepared for a parser, and what stood in it beside the markup.

    Attributes:
        body: The markup, without scripts, styles and comments, nested 256 deep at most.
        title: What the page calls itself.
        data: The JSON-LD blocks, as they stand.
        hidden_ids: The ids that a style sheet in the page hides.
    """

    body: str
    title: str
    data: tuple[str, ...]
    hidden_ids: frozenset[str]


def prepare_markup(markup: str) -> Markup:
    """Return the page in a form that any parser reads in linear time.

    >>> page = prepare_markup("<title>Job</title><script>x</script><p>Nurse<!-- a --> wanted")
    >>> page.title, page.body
    ('Job', '<p>Nurse wanted')
    """
    return _Pass(markup).run()


class _Pass:
    """One pass over a page; it remembers what is open and what is nowhere to be found."""

    def __init__(self, markup: str) -> None:
        self.markup = markup.replace("\x00", "")
        self.out: list[str] = []
        self.open: list[str] = []
        self.titles: list[str] = []
        self.data: list[str] = []
        self.styles: list[str] = []
        self.unclosed: set[str] = set()
        self.tag = _TAG
        self.tags = 0
        self.spans: dict[str, list[str]] = {}  # of each kind of formatting that is open

    def run(self) -> Markup:
        markup, position = self.markup, 0
        while (start := markup.find("<", position)) >= 0:
            self.out.append(markup[position:start])
            position = self.step(start)
        self.out.append(markup[position:])
        return Markup(
            body="".join(self.out),
            title=next((title for title in self.titles if title), ""),
            data=tuple(self.data),
            hidden_ids=_hidden_ids("\n".join(self.styles)),
        )

    def step(self, start: int) -> int:
        """Deal with what begins at ``<`` and return the place behind it."""
        markup = self.markup
        follows = markup[start + 1 : start + 2]
        if follows in ("!", "?") or (
            follows == "/" and not markup[start + 2 : start + 3].isalpha()
        ):
            return self.aside(start)
        found = self.tag.match(markup, start)
        if found is None and follows.isascii() and (follows.isalpha() or follows == "/"):
            # A quote never closes: from here on, attributes are not worth reading.
            self.tag = _BROKEN_TAG
            found = self.tag.match(markup, start)
        if found is None:
            self.out.append("&lt;")
            return start + 1
        end, name, attributes = found[1], found[2].lower(), found[3]
        if not end and name in _LEFT_OUT:
            return self.leave_out(name, attributes, found.end())
        if name in _FORMATTING:
            name = self.plain(name, attributes, is_end=bool(end))
        if name not in _UNUSED and self.kept(name, is_end=bool(end)):
            self.keep(end, name, attributes)
        return found.end()

    def plain(self, name: str, attributes: str, *, is_end: bool) -> str:
        """Return what a tag of formatting becomes: a span where it has attributes, else nothing."""
        spans = self.spans.setdefault(name, [])
        if not is_end:
            spans.append("span" if attributes.strip(" /") else "")
            return spans[-1]
        return spans.pop() if spans else ""

    def keep(self, end: str, name: str, attributes: str) -> None:
        """Write a tag."""
        self.tags += 1
        if self.tags > _MOST_TAGS:
            seen = f"the page has more than {_MOST_TAGS:,} tags"
            raise AdvertError(seen, "save the page of one advert only")
        if len(attributes) > _LONG_ATTRIBUTES:
            read = {match[1].lower(): match[2] for match in _READ_ATTRIBUTE.finditer(attributes)}
            attributes = "".join(
                f" {key}" if value is None else f" {key}={value}" for key, value in read.items()
            )
        self.out.append(f"<{end}{name}{'' if end else attributes}>")

    def aside(self, start: int) -> int:
        """Pass over a comment, a doctype or a processing instruction."""
        if self.markup.startswith("<![CDATA[", start):
            return start + len("<![CDATA[")  # XHTML: what follows is text
        mark = "-->" if self.markup.startswith("<!--", start) else ">"
        found = -1 if mark in self.unclosed else self.markup.find(mark, start + 2)
        if found < 0:
            self.unclosed.add(mark)
            return start + 2
        return found + len(mark)

    def leave_out(self, name: str, attributes: str, start: int) -> int:
        """Pass over an element and keep what is needed of its content."""
        if name in self.unclosed or (attributes.endswith("/") and name in ("svg", "math")):
            return start
        close = _end_of(name).search(self.markup, start)
        if close is None:
            self.unclosed.add(name)
            return len(self.markup) if name in ("script", "style") else start
        content = self.markup[start : close.start()]
        if name == "script" and _DATA_TYPE.search(attributes):
            self.data.append(content)
        elif name == "style":
            self.styles.append(content)
        elif name == "title":
            self.titles.append(" ".join(html.unescape(content).split()))
        return close.end()

    def kept(self, name: str, *, is_end: bool) -> bool:
        """Say whether a tag is kept, and note what is open after it."""
        if name in _VOID or name in _OPEN_ENDED:
            return True
        if is_end:
            self.close(name)
            return True
        if name in _TABLE_PARTS:
            self.back_to_table()
            if name not in _BARRIERS:
                return True
        if len(self.open) >= _DEEPEST:
            return False
        self.open.append(name)
        return True

    def back_to_table(self) -> None:
        # A new row or cell ends the one before it in the same table.
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index] == "table":
                del self.open[index + 1 :]
                return

    def close(self, name: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index] == name:
                # What a span holds may go on after it: "<span><div></span>" leaves the div open.
                del self.open[index : index + 1 if name == "span" else None]
                return
            if self.open[index] in _BARRIERS and name not in _BARRIERS:
                return


def _end_of(name: str) -> "re.Pattern[str]":
    return re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE)


def _hidden_ids(styles: str) -> frozenset[str]:
    first, *rest = styles.split("/*")
    plain = first + "".join(part.partition("*/")[2] for part in rest)
    ids: set[str] = set()
    for rule in plain.split("}"):
        selectors, _, declarations = rule.rpartition("{")
        # A second brace before it is an @media rule's, which is for another screen.
        if "{" in selectors or not _HIDING.search(declarations):
            continue
        for selector in selectors.split(","):
            found = _ID_SELECTOR.fullmatch(selector.strip())
            if found:
                ids.add(found[1])
    return frozenset(ids)
