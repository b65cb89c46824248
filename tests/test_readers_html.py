"""HTML: the story with what the metadata say of it."""

import contextlib
import datetime as dt

import pytest

from index.article import Article, Kind
from index.errors import NoArticle, ReadError
from index.readers import read_bytes

SENTENCES = [
    "The council voted on Tuesday to mend the old bridge over the river, which a flood had damaged in spring.",
    "The mayor said that the traders of the town had waited long enough and lost half of their customers.",
    "Officials put the cost at two million crowns, a third of which the province has promised to pay by May.",
    "The bridge was built in 1898 and carries the only road to the northern villages of the valley, they said.",
]
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Old bridge to be mended</title>
<meta property="og:title" content="Old bridge to be mended"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2020-03-03T09:15:00Z">
<link rel="canonical" href="https://news.example/bridge"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Old bridge to be mended</h1>
<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><h2>The cost</h2><p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p></article>
<footer><a href="/privacy">Privacy policy</a></footer></body></html>"""


def check_offsets(article: Article) -> None:
    """Paragraphs are slices of the text."""
    assert [p.text for p in article.paragraphs] == [article.text[p.start : p.end] for p in article.paragraphs]


def test_page() -> None:
    """Title, byline and date stand first, then the story; menus are gone; the title is not repeated."""
    article = read_bytes(PAGE.encode(), "page.html")
    assert article.title == "Old bridge to be mended"
    assert article.byline == "By Jane Doe"
    assert article.published == dt.date(2020, 3, 3)
    assert article.url == "https://news.example/bridge"
    assert [(p.kind, p.text) for p in article.paragraphs] == [
        (Kind.HEADLINE, "Old bridge to be mended"),
        (Kind.BYLINE, "By Jane Doe"),
        (Kind.DATE, "3 March 2020"),
        (Kind.BODY, SENTENCES[0]),
        (Kind.BODY, SENTENCES[1]),
        (Kind.HEADING, "The cost"),
        (Kind.BODY, SENTENCES[2]),
        (Kind.BODY, SENTENCES[3]),
    ]
    check_offsets(article)


def test_what_the_reader_left_out_is_counted() -> None:
    """Words that the page shows and the article has not: those of its menu and its footer here; no script, no title."""
    script = "<script>let hidden = 'words that nobody sees';</script><style>p { color: black }</style>"
    assert read_bytes(PAGE.replace("</nav>", f"</nav>{script}").encode(), "page.html").left_out == 4
    story = (
        f"<html><body><article><h1>Old bridge to be mended</h1>{''.join(f'<p>{s}</p>' for s in SENTENCES)}</article>"
    )
    assert read_bytes(story.encode(), "page.html").left_out == 0


def test_a_word_that_the_menu_repeats_is_left_out_all_the_same() -> None:
    """The article's own words do not hide those of a list of other stories."""
    more = "<aside><a href='/more'>Bridge over the river: the mayor, the council and the flood</a></aside>"
    page = PAGE.replace("<footer>", f"{more}<footer>")
    assert read_bytes(page.encode(), "page.html").left_out == 4 + 11


@pytest.mark.parametrize("name", ["", "page.txt", "page.md"])
def test_content_decides(name: str) -> None:
    """A page is HTML by its content, whatever its name."""
    assert read_bytes(PAGE.encode(), name).title == "Old bridge to be mended"


def test_declared_encoding() -> None:
    """The encoding that a page declares is believed where its bytes are not UTF-8."""
    page = PAGE.replace("utf-8", "iso-8859-2").replace("Jane Doe", "Žofie Dvořáková")
    assert read_bytes(page.encode("iso-8859-2"), "page.html").byline == "By Žofie Dvořáková"


def test_small_page() -> None:
    """A page of one sentence is read as well."""
    article = read_bytes(b"<html><body><p>The cat sat on the mat.</p></body></html>")
    assert "The cat sat on the mat." in article.text
    check_offsets(article)


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><img src=a></body></html>", "<!doctype html>"])
def test_empty_page(page: str) -> None:
    """A page without text is NoArticle."""
    with pytest.raises(NoArticle):
        read_bytes(page.encode(), "page.html")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["<div>", "<p>a", "<table><tr><td>", "&#x0;", "<!--", "<a href='", "<svg><math>"])
def test_broken_pages(unit: str) -> None:
    """Endless nesting and unclosed tags end in an article or a ReadError."""
    with contextlib.suppress(ReadError):
        check_offsets(read_bytes(("<html><body>" + unit * 3_000 + "Text of the page.").encode(), "page.html"))
