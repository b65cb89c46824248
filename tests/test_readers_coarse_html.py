"""Pages read by their elements alone: those too large for trafilatura, and those in which it finds nothing."""

import datetime as dt

import pytest

from index.article import Kind
from index.readers import read_bytes
from index.readers.coarse_html import read_coarse_html
from index.readers.decoding import decode_markup
from index.readers.html import _MOST_TAGS
from index.readers.markup import paragraphs_of, parse_markup, without_long_tags

SENTENCE = "The ferry to the outer islands will run twice a day from June, the harbour board decided on Monday."
PARAGRAPH = f"<p>{SENTENCE}</p>"
HEAD = (
    "<head><title>Second daily ferry to the islands</title><link rel=canonical href=https://post.example/ferry>"
    "<meta property=article:published_time content=2021-05-04T10:00:00Z></head>"
)


def test_a_huge_page_is_read() -> None:
    """With more tags than trafilatura is asked about, title, day, address, headings and prose are still found."""
    page = f"<html>{HEAD}<body><nav><a href=/>Home</a></nav>{PARAGRAPH * _MOST_TAGS}<h2>What it costs</h2>{PARAGRAPH}"
    article = read_bytes(page.encode(), "page.html")
    assert article.title == "Second daily ferry to the islands"
    assert article.published == dt.date(2021, 5, 4)
    assert article.url == "https://post.example/ferry"
    kinds = {p.text: p.kind for p in article.paragraphs}
    assert kinds["Home"] is Kind.FURNITURE
    assert kinds["What it costs"] is Kind.HEADING
    assert sum(p.text == SENTENCE for p in article.paragraphs) == _MOST_TAGS + 1
    assert all(article.text[p.start : p.end] == p.text for p in article.paragraphs)


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<p>A <b>bold</b>\n  word.</p>tail", ["A bold word.", "tail"]),
        ("one<br>two<br><br>three", ["one two", "three"]),
        ("<p>seen<script>unseen()</script> again</p>", ["seen again"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["a", "b", "c"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("<p>&eacute;&nbsp;&amp;&#8220;</p>", ["é &“"]),
        ("<p>x<!-- a comment -->y</p>", ["xy"]),
        ("<style>p{}</style>", []),
        ("", []),
    ],
)
def test_paragraphs(markup: str, found: list[str]) -> None:
    """Elements that are blocks part paragraphs, others do not; what is not shown is not read."""
    root = parse_markup(f"<html><body>{markup}</body></html>")
    assert [text for text, _ in paragraphs_of(root)] == found


def test_nothing_is_an_article_of_nothing() -> None:
    """An empty page makes an empty article, which the caller refuses."""
    assert read_coarse_html("", "x").paragraphs == ()


def test_a_day_to_come_is_not_believed() -> None:
    """A page cannot be published after tomorrow."""
    page = "<html><head><meta name=date content=2999-01-01></head><body><p>x y z.</p></body></html>"
    assert read_coarse_html(page, "x").published is None


def test_the_attributes_of_long_tags_are_left_out() -> None:
    """A tag of 20,000 characters keeps its name; shorter ones stay as they are."""
    assert without_long_tags(f"<div a={'x' * 30_000}>text<p class=a>") == "<div >text<p class=a>"


@pytest.mark.parametrize(
    "charset", ["zlib", "bz2", "hex", "punycode", "unicode-escape", "idna", "undefined", "nonsense"]
)
def test_what_is_no_encoding_of_pages_is_not_believed(charset: str) -> None:
    """A page may name any of Python's codecs; those that are none for text, or none for pages, are not used."""
    page = f'<meta charset="{charset}"><p>na'.encode() + b"\xefve</p>"
    assert decode_markup(page, "page.html").endswith("<p>naïve</p>")
