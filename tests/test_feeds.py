"""Feeds: RSS and Atom, links and days, and what a hostile feed must not do."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError, SourceTooLarge, UnsupportedSource
from index.feeds import MAX_BYTES, Feed, FeedEntry, is_feed, pack_feed, read_feed, unpack_feed

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Skerry Post</title>
<item><title>Ferry &amp;amp; &lt;i&gt;bridge&lt;/i&gt;</title><link>https://post.example/ferry</link>
<pubDate>Tue, 04 May 2021 22:30:00 -0500</pubDate><description>A summary.</description>
<content:encoded><![CDATA[<p>The ferry will run twice a day.</p>]]></content:encoded></item>
<item><title>Again</title><link>https://post.example/ferry</link></item>
<item><title>No date</title><guid>https://post.example/guid</guid><description>Only a summary.</description></item>
<item><title>No address</title></item>
<item><title>Bad address</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><entry><title>One</title>
<link rel="alternate" href="/one"/><updated>2020-02-29T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Whole.</p></div></content></entry></feed>"""


def test_rss() -> None:
    """Each address stands once, with a plain title, the day in UTC, and the whole article where the feed has it."""
    feed = read_feed(RSS.encode())
    assert feed.title == "The Skerry Post"
    assert feed.entries == (
        FeedEntry(
            "https://post.example/ferry",
            "Ferry & bridge",
            dt.date(2021, 5, 5),
            "<p>The ferry will run twice a day.</p>",
        ),
        FeedEntry("https://post.example/guid", "No date", None, None),
    )


def test_atom() -> None:
    """Links are resolved against the feed's own address; XHTML content is the article."""
    feed = read_feed(ATOM.encode(), "https://notes.example/feed.xml")
    assert [(e.url, e.published) for e in feed.entries] == [("https://notes.example/one", dt.date(2020, 2, 29))]
    assert "<p>Whole.</p>" in str(feed.entries[0].content_html)


def test_what_is_a_feed() -> None:
    """A feed shows at its start; a page that links to one is none."""
    assert is_feed(RSS.encode())
    assert is_feed(b"\xef\xbb\xbf" + ATOM.encode())
    assert not is_feed(b"<!doctype html><html><body>feed</body></html>")


@pytest.mark.parametrize("data", [b"", b"not a feed", b"<html><body><p>A page.</p></body></html>", b"\x00\xff" * 50])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    """Anything else is refused with a sentence."""
    with pytest.raises(UnsupportedSource, match="not an RSS or Atom feed"):
        read_feed(data)


def test_a_truncated_feed_keeps_its_whole_entries() -> None:
    """Many feeds are not well-formed; what stands before the break is read."""
    feed = read_feed(RSS[: RSS.index("<item><title>Again")].encode())
    assert [entry.url for entry in feed.entries] == ["https://post.example/ferry"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    """A feed that declares entities is not parsed, whatever its encoding."""
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
    with pytest.raises(UnsupportedSource, match="entities"):
        read_feed(bomb.encode(encoding))


def test_a_huge_feed_is_refused() -> None:
    """The size is looked at first."""
    with pytest.raises(SourceTooLarge):
        read_feed(b" " * (MAX_BYTES + 1))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<rss><channel>{text}".encode()))
def test_nothing_but_a_read_error_escapes(data: bytes) -> None:
    """Whatever bytes come, there is a feed or a sentence."""
    try:
        feed = read_feed(data)
    except ReadError:
        return
    assert unpack_feed(pack_feed(feed)) == feed


def test_a_feed_survives_the_way_between_processes() -> None:
    """Packed and unpacked, it is the same."""
    feed = Feed(
        None, (FeedEntry("https://e.example/", "T", dt.date(2020, 1, 2), "<p>"), FeedEntry("x", None, None, None))
    )
    assert unpack_feed(pack_feed(feed)) == feed
