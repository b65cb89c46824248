"""HTML by its elements alone: pages too large for trafilatura, and those in which it finds nothing.

Time is linear in the size of the page. What is furniture is told by the page's own parts and by the form of the lines,
as in text that was copied off a page.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from index.article import Article, Kind
from index.readers.dates import find_date
from index.readers.markup import name_of, paragraphs_of, parse_markup
from index.readers.parts import assemble
from index.readers.structure import Head, find_structure

_MAX_TITLE, _MAX_URL = 300, 2_000

_TITLES = ("og:title", "twitter:title", "dc.title")
_DATES = ("article:published_time", "datepublished", "dc.date", "date", "pubdate")
_ADDRESSES = ("og:url",)


def _said(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - lxml's elements are of several classes
    """(name, value) of what the head of a page says, names in small letters."""
    for element in root.iter("{*}title", "{*}meta", "{*}link"):
        name = name_of(element)
        if name == "title":
            yield "title", "".join(element.itertext())
        elif name == "link" and element.get("rel", "").lower() == "canonical":
            yield "canonical", element.get("href", "")
        elif name == "meta":
            key = element.get("property") or element.get("name") or element.get("itemprop") or ""
            yield key.lower(), element.get("content", "")


def _head(root: Any) -> Head:  # noqa: ANN401 - see above
    """Title, day and address by the page's head; a byline there is too often the site's own name."""
    said: dict[str, str] = {}
    for name, value in _said(root):
        if value := " ".join(value[:10_000].split()):
            said.setdefault(name, value)

    def first(*names: str) -> str | None:
        return next((said[name] for name in names if name in said), None)

    title, url, day = first(*_TITLES, "title"), first("canonical", *_ADDRESSES), find_date(first(*_DATES) or "")
    if day is not None and day > dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1):
        day = None
    return Head(
        title if title and len(title) <= _MAX_TITLE else None,
        None,
        day,
        url if url and url.startswith(("http://", "https://")) and len(url) <= _MAX_URL else None,
    )


def read_coarse_html(page: str, name: str) -> Article:
    """Make an article of a page; it may hold no prose at all, which is for the caller to refuse.

    Args:
        page: the decoded page.
        name: where it was read from.
    """
    root = parse_markup(page)
    if root is None:
        return Article("", source=name)
    head = _head(root)
    found = list(paragraphs_of(root))
    kinds, lines = find_structure([text for text, _ in found], [True] * len(found))
    # What the page calls itself is its headline, with the site's name behind it perhaps; a line unlike it is not.
    title = lines.title if not head.title or (lines.title and head.title.startswith(lines.title)) else head.title
    parts = [
        (text, own if kind is Kind.BODY or (kind is Kind.HEADLINE and text != title) else kind)
        for (text, own), kind in zip(found, kinds, strict=True)
    ]
    return assemble(parts, name, Head(title, lines.byline, lines.published or head.published, head.url or lines.url))
