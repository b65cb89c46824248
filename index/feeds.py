"""RSS and Atom feeds: the addresses of articles, with what the feed says of each."""

import contextlib
import datetime as dt
import io
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from index.errors import SourceTooLarge, UnsupportedSource
from index.phrases import Phrase

MAX_BYTES = 10_000_000
"""Bytes of the largest feed that is read; the longest that people subscribe to have one or two million."""

MAX_ENTRIES = 5_000
"""Entries of the longest feed."""

MAX_TITLE = 300
"""Characters of the longest title that is kept."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article that a feed tells of.

    Attributes:
        url: where it stands, an absolute http or https address.
        title: its headline, plain text in one line; None where the feed has none.
        published: the day (UTC) on which it was published, or else updated; None where the feed does not say.
        content_html: the whole article as HTML, where the feed carries it; never a mere summary.
    """

    url: str
    title: str | None
    published: dt.date | None
    content_html: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Attributes:
        title: its name, or None.
        entries: in the feed's order, which is the newest first as a rule; each address once.
    """

    title: str | None
    entries: tuple[FeedEntry, ...]


def _one_line(value: object) -> str | None:
    """Markup and line breaks taken out of a title."""
    from lxml import etree, html

    text = str(value or "")[: 10 * MAX_TITLE]
    if "<" in text or "&" in text:
        with contextlib.suppress(ValueError, etree.LxmlError):  # broken markup stays as it is
            text = str(html.fragment_fromstring(text, create_parent="p").text_content())
    line = " ".join(text.split())[:MAX_TITLE]
    return line or None


def _day(entry: Any) -> dt.date | None:  # noqa: ANN401 - feedparser has no types
    """The day of an entry, from 1990 (the first page of the web) to tomorrow."""
    for key in ("published_parsed", "updated_parsed"):
        moment = entry.get(key)
        if isinstance(moment, time.struct_time):
            try:
                day = dt.date(moment.tm_year, moment.tm_mon, moment.tm_mday)
            except ValueError:
                continue
            if dt.date(1990, 1, 1) <= day <= dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1):
                return day
    return None


def _content(entry: Any) -> str | None:  # noqa: ANN401 - feedparser has no types
    """The article itself, if the entry carries it."""
    for content in entry.get("content") or ():
        if "html" in str(content.get("type", "")) and str(content.get("value", "")).strip():
            return str(content["value"])
    return None


def _address(entry: Any) -> str | None:  # noqa: ANN401 - feedparser has no types
    """The address of an entry's article; an identifier that is one counts where there is no link."""
    for value in (entry.get("link"), entry.get("id")):
        url = str(value or "").strip()
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and not any(c.isspace() for c in url):
            return url
    return None


def is_feed(data: bytes) -> bool:
    """Whether the bytes start as an RSS or Atom feed does."""
    head = data[:2_048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") and any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def read_feed(data: bytes, url: str = "") -> Feed:
    """Read an RSS or Atom feed.

    Nothing is fetched: neither external entities nor what the feed links to. Entities that a feed declares itself are
    refused, for they have no use in a feed but to make it explode.

    Args:
        data: the whole feed, as it came.
        url: where it came from; links are resolved against it.

    Returns:
        its entries; those without an address are left out.

    Raises:
        SourceTooLarge: it has more than `MAX_BYTES` bytes or `MAX_ENTRIES` entries.
        UnsupportedSource: it is not a feed.
    """
    called = url or Phrase("The feed")
    if len(data) > MAX_BYTES:
        raise SourceTooLarge("{file} is larger than {most} MB.", file=called, most=MAX_BYTES // 1_000_000)
    if b"<!entity" in data.replace(b"\0", b"").lower():  # in UTF-16 too
        raise UnsupportedSource(
            "{file} declares entities of its own, which no feed needs: it is not read.", file=called
        )
    import feedparser

    try:
        found = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url} if url else None)
    except MemoryError:
        raise
    except Exception as error:  # a parser may raise anything on a broken feed
        raise UnsupportedSource("{file} is a broken RSS or Atom feed.", file=called) from error
    if not found.get("version") and not found.entries:
        raise UnsupportedSource(
            "{file} is not an RSS or Atom feed: check the address, or give that of an article.", file=called
        )
    if len(found.entries) > MAX_ENTRIES:
        raise SourceTooLarge("{file} has more than {most:,} entries.", file=called, most=MAX_ENTRIES)
    entries: dict[str, FeedEntry] = {}
    for entry in found.entries:
        if address := _address(entry):
            entries.setdefault(address, FeedEntry(address, _one_line(entry.get("title")), _day(entry), _content(entry)))
    return Feed(_one_line(found.feed.get("title")), tuple(entries.values()))


def pack_feed(feed: Feed) -> bytes:
    """A feed as JSON, to go from one process to another."""
    entries = [
        (entry.url, entry.title, entry.published and entry.published.isoformat(), entry.content_html)
        for entry in feed.entries
    ]
    return json.dumps({"title": feed.title, "entries": entries}).encode()


def unpack_feed(packed: bytes) -> Feed:
    """What `pack_feed` packed."""
    found = json.loads(packed)
    return Feed(
        found["title"],
        tuple(
            FeedEntry(url, title, published and dt.date.fromisoformat(published), content)
            for url, title, published, content in found["entries"]
        ),
    )
