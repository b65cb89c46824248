"""XHTML and HTML -> paragraphs by their elements alone: for books, and for pages too large for anything finer.

No element is visited twice and nothing recurses, so that time is linear in the size of the page however it is nested.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.article import Kind

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol option p pre section summary table tbody td tfoot th
    thead tr ul
    """.split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_UNSEEN = frozenset(
    """
    applet audio base button canvas embed head iframe input link map math meta noframes noscript object param rp rt
    script select style svg template textarea title video
    """.split()
)
_PAGE_PARTS = frozenset("aside footer form menu nav".split())
"""Parts of a page that are hardly ever the article's."""

_EMPTY = re.compile(
    r"<(title|script|style|a|abbr|b|i|em|strong|small|span|sub|sup|p|div|li|td|th|h[1-6]|section|ul|ol|table|iframe)"
    r"((?:\s[^<>]{0,1000})?)/>",
    re.IGNORECASE,
)


_LONG_TAG = re.compile(r"<([a-zA-Z][\w-]{0,30}+)[^<>]{20000,}+")
"""A tag with a picture or a program's state in its attributes, or with so many attributes that no parser ends."""


def without_long_tags(page: str) -> str:
    """The page with the attributes of such tags left out; time in libxml2 grows with the square of their number."""
    return _LONG_TAG.sub(r"<\1 ", page)


def parse_markup(data: str) -> Any:  # noqa: ANN401 - lxml's elements are of several classes
    """The root of a document: as XML if it is well-formed, else as a browser would see it; None if there is nothing.

    Entities that the document declares are not resolved, and nothing is fetched.
    """
    from lxml import etree

    data = without_long_tags(data)
    raw = data.encode("utf-8", "replace")
    with contextlib.suppress(etree.LxmlError, ValueError):
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        root = etree.fromstring(raw, parser)
        # What XHTML's own document type declares ("&nbsp;") only the other parser knows.
        if next(root.iter(etree.Entity), None) is None:
            return root
    # "<title/>" is a title that ends for XHTML and one that never does for HTML.
    raw = _EMPTY.sub(r"<\1\2></\1>", data).encode("utf-8", "replace")
    with contextlib.suppress(etree.LxmlError, ValueError):
        return etree.fromstring(
            raw,
            etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True),
        )
    return None


def name_of(element: Any) -> str:  # noqa: ANN401 - see above
    """An element's name without its namespace or prefix; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


@dataclass(slots=True)
class _Walk:
    """Where a walk over the elements is.

    Attributes:
        parts: the pieces of the paragraph that is open.
        unseen: elements around this place whose text is not shown.
        page_part: parts of the page, not of its story, around this place.
        heading: headings around this place.
        breaks: line breaks since the last word.
    """

    parts: list[str] = field(default_factory=list)
    unseen: int = 0
    page_part: int = 0
    heading: int = 0
    breaks: int = 0

    def close(self) -> Iterator[tuple[str, Kind]]:
        """End the paragraph; it is given if there is anything in it."""
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if text:
            yield text, Kind.FURNITURE if self.page_part else Kind.HEADING if self.heading else Kind.BODY

    def boundary(self, name: str, step: int) -> Iterator[tuple[str, Kind]]:
        """An element begins (1) or ends (-1); gives the paragraph that ends with that."""
        if name in _UNSEEN:
            self.unseen += step
        elif self.unseen:
            return
        elif name == "br" and step > 0:
            self.breaks += 1
            self.parts.append(" ")
            if self.breaks == 2:  # two breaks are how careless pages part paragraphs
                yield from self.close()
        elif name in _BLOCKS:
            yield from self.close()
            self.page_part += step * (name in _PAGE_PARTS)
            self.heading += step * (name in _HEADINGS)

    def say(self, text: str | None) -> None:
        """Text stands here."""
        if text and not self.unseen:
            self.parts.append(text)
            if not text.isspace():
                self.breaks = 0


def paragraphs_of(root: Any) -> Iterator[tuple[str, Kind]]:  # noqa: ANN401 - see above
    """The paragraphs below an element, in order.

    Args:
        root: an element of lxml's.

    Returns:
        text in one line, without white space around it, never empty; and `Kind.HEADING` for headings,
        `Kind.FURNITURE` for menus, forms, asides and footers, else `Kind.BODY`.
    """
    from lxml import etree

    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = name_of(element)
        yield from walk.boundary(name, 1 if event == "start" else -1)
        if event == "start":
            walk.say(element.text)
        elif element is not root:
            walk.say(element.tail)
    yield from walk.close()
