"""HTML: the main text by trafilatura, with what the page's metadata says about it."""

import datetime as dt
import logging
import re
from collections import Counter
from dataclasses import replace
from typing import Any

from index.article import Article, Kind
from index.errors import UnsupportedSource
from index.furniture import mark_leftovers
from index.phrases import Phrase
from index.readers.bylines import is_byline
from index.readers.coarse_html import read_coarse_html
from index.readers.dates import find_date, is_date_line
from index.readers.decoding import decode_markup
from index.readers.markup import paragraphs_of, parse_markup, without_long_tags
from index.readers.parts import assemble, by
from index.readers.structure import Head

_NOT_WORD = re.compile(r"\W+")
_WORD = re.compile(r"\w+")
_TRAILING_MONTH = re.compile(
    r"\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)$", re.IGNORECASE
)

_MAX_TITLE = 300
"""Characters of the longest title that is believed."""

_MANY_TAGS, _MOST_TAGS = 12_000, 30_000
"""Tags from which trafilatura goes without its second opinions, and above which it is not asked at all. The largest of
46 news pages has 3,200; a hostile one of 140,000 took trafilatura 17 s and one of 20,000 its second opinion 30 s."""

_TOP = 4
"""Paragraphs at the start of the extracted text among which a repeated title, a byline or a date may be left."""


def _same(left: str, right: str) -> bool:
    """Whether two lines differ in case, space and punctuation at most."""
    return _NOT_WORD.sub("", left).casefold() == _NOT_WORD.sub("", right).casefold()


def _one_line(value: object, limit: int = _MAX_TITLE) -> str | None:
    """A metadata field as one line of at most `limit` characters, or None."""
    line = " ".join(str(value).split()) if value else ""
    return line if line and len(line) <= limit and any(c.isalnum() for c in line) else None


def _byline(document: Any) -> str | None:  # noqa: ANN401 - trafilatura has no types
    """Make "By A and B" of the author field, without names that are part of another or the site's."""
    line = _one_line(document.author)
    if line is None:
        return None
    names = [_TRAILING_MONTH.sub("", name.strip()) for name in line.split(";") if name.strip()]
    site = {_NOT_WORD.sub("", str(value)).casefold() for value in (document.sitename, document.hostname) if value}
    kept = [
        name
        for i, name in enumerate(names)
        if _NOT_WORD.sub("", name).casefold() not in site
        and not any(
            set(name.split()) < set(other.split()) or (name == other and j < i)
            for j, other in enumerate(names)
            if j != i
        )
    ]
    return by(kept)


def _published(document: Any) -> dt.date | None:  # noqa: ANN401 - trafilatura has no types
    """The day that the metadata names, unless it lies in the future."""
    try:
        day = dt.date.fromisoformat(str(document.date)[:10])
    except ValueError:
        return None
    return day if day <= dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1) else None


def _extract(page: str, *, fast: bool) -> Any:  # noqa: ANN401 - trafilatura has no types
    """Trafilatura's document, or None; any error of a parser counts as nothing found.

    Args:
        page: the page.
        fast: leave out the second opinions (jusText, readability), whose time grows with the square of the page.
    """
    import trafilatura

    for logger in ("trafilatura", "htmldate"):
        logging.getLogger(logger).addHandler(logging.NullHandler())
    # Precision first: on the development half of the pages it is a point better than the default.
    for options in ({"favor_precision": True}, {"favor_recall": True}):
        try:
            document = trafilatura.bare_extraction(
                page,
                with_metadata=True,
                include_comments=False,
                fast=fast,
                date_extraction_params={"extensive_search": False, "original_date": True},
                **options,  # type: ignore[arg-type]  # its stubs are narrower than it
            )
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - a parser may raise anything on a broken page
            continue
        if document is not None and getattr(document, "text", None):
            return document
    return None


def _headings(document: Any) -> set[str]:  # noqa: ANN401 - trafilatura has no types
    """The section headings, as trafilatura marks them."""
    if document.body is None:
        return set()
    return {" ".join("".join(head.itertext()).split()) for head in document.body.iter("head")}


def read_html(data: bytes, name: str) -> Article:
    """Make an article of an HTML page.

    `Article.text` is made here: title, byline and date, then the paragraphs of the main text, a blank line between
    two of them.

    Args:
        data: the file.
        name: where it was read from.

    Raises:
        UnsupportedSource: it is not text at all.
    """
    page = decode_markup(data, name or Phrase("The page"))
    if "\x00" in page:
        if page.count("\x00") > 0.01 * len(page):
            raise UnsupportedSource(
                "{file} is binary data, not HTML: save the page again and try once more.",
                file=name or Phrase("The page"),
            )
        page = page.replace("\x00", "")
    page = without_long_tags(page)
    tags = page.count("<")
    document = _extract(page, fast=tags > _MANY_TAGS) if tags <= _MOST_TAGS else None
    if document is None:
        return read_coarse_html(page, name)
    title, byline, published = _one_line(document.title), _byline(document), _published(document)
    headings = _headings(document)
    lines = [line.strip() for line in str(document.text).splitlines() if line.strip()]
    body: list[tuple[str, Kind]] = []
    for i, line in enumerate(lines):
        if i < _TOP:
            if title is not None and _same(line, title):
                continue
            if is_byline(line):
                byline = line  # as it is printed, which the metadata are not
                continue
            if is_date_line(line):
                published = published or find_date(line)
                continue
        body.append((line, Kind.HEADING if " ".join(line.split()) in headings else Kind.BODY))
    flags = mark_leftovers([text for text, _ in body], title or "")
    body = [(text, Kind.FURNITURE if flag else kind) for (text, kind), flag in zip(body, flags, strict=True)]
    article = assemble(body, name, Head(title, byline, published, _one_line(document.url, 2_000)))
    return replace(article, left_out=_left_out(page, article))


def _left_out(page: str, article: Article) -> int:
    """How many words of the page's visible text are not in the article; a word counts as often as it stands there."""
    root = parse_markup(page)
    if root is None:
        return 0
    shown = Counter(word for text, _ in paragraphs_of(root) for word in _WORD.findall(text.casefold()))
    return (shown - Counter(_WORD.findall(article.text.casefold()))).total()
