"""Paragraphs -> their kinds: headline, standfirst, byline, date, headings, body, furniture.

What a paragraph is shows in its form and in where it stands: "By Jane Doe" over the story is its byline, the
same words further down are a link. The lines that say who and when are found first, then the headline over
them, then the rest falls into place.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article, Kind, Paragraph
from index.furniture import mark_furniture
from index.readers.blocks import Block
from index.readers.bylines import is_byline, is_sign_off, may_be_byline
from index.readers.dates import find_date, is_date_line

_URL_LINE = re.compile(
    r"(?:(?:source|url|link|canonical|original|from)\s*:\s*)?<?(?P<url>https?://[^\s<>]{4,500})>?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?…;:,][\"'”’»)\]*_]*$")
_ENDS_FLAT = re.compile(r"[.…;:,][\"'”’»)\]*_]*$")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|subject:|re:|to:|from:|cc:|[qa]:)(?!\w)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:read (?:more|next|also)|also read|see also|related(?: (?:stor(?:y|ies)|articles?|content))?"
    r"|more on this(?: story)?|recommended|watch|listen|in pictures)\b\s*[:|»>-]",
    re.IGNORECASE,
)
"""A line that points to another page, in the middle of the story."""
_BULLET = re.compile(r"(?:[-*•‣◦▪·–—+]|\d{1,3}[.)]|[a-zA-Z][.)])\s")

MAX_HEADLINE = 30
"""Words of the longest headline."""

MAX_HEADING = 12
"""Words of the longest section heading."""

MAX_STANDFIRST = 90
"""Words of the longest standfirst."""

PROSE = 12
"""Words from which a paragraph is prose, whatever its end looks like."""

_SURELY = 2.5
"""Headline score from which a line is hardly anything else; most link texts stay below 2."""

_REACH = 5
"""Paragraphs after the first prose in which the byline and the date may still stand (a standfirst comes first)."""

_OVER = 400
"""Paragraphs over the story in which the headline may stand; the menus of a page hold up to 300 links."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of an article says; the fields are those of `Article`."""

    title: str | None = None
    byline: str | None = None
    published: dt.date | None = None
    url: str | None = None


@dataclass(slots=True)
class _Page:
    """The paragraphs of a page while their kinds are being worked out.

    Attributes:
        texts: the paragraphs.
        kinds: what they are, as far as is known.
        words: how many words each has.
        first: position of the paragraph with which the story starts.
    """

    texts: list[str]
    kinds: list[Kind]
    words: list[int]
    first: int = 0

    def is_prose(self, i: int) -> bool:
        """Whether a paragraph is a story's: not furniture, and a sentence at least."""
        if self.kinds[i] is not Kind.BODY:
            return False
        return self.words[i] >= PROSE or (self.words[i] >= 4 and bool(_ENDS_SENTENCE.search(self.texts[i][-12:])))

    def find_first(self, start: int = 0) -> int:
        """The first prose from a position on; without any, the first paragraph that is not furniture."""
        candidates = range(start, len(self.texts))
        for i in candidates:
            if self.is_prose(i):
                return i
        return next((i for i in candidates if self.kinds[i] is Kind.BODY), start)

    def over(self) -> range:
        """The paragraphs over the story, those nearest to it where they are many."""
        return range(max(0, self.first - _OVER), self.first)


def content_words(text: str) -> set[str]:
    """The words of four letters and more, which carry the topic."""
    return {word.casefold() for word in _WORD.findall(text[:5_000]) if len(word) > 3}


def _mark_who_and_when(page: _Page) -> None:
    """Mark byline, date and address lines around the head, and a sign-off at the end."""
    end = min(len(page.texts), page.first + _REACH)
    for i in range(end):
        text = page.texts[i]
        if is_date_line(text):
            page.kinds[i] = Kind.DATE
        elif is_byline(text):
            page.kinds[i] = Kind.BYLINE
    if Kind.BYLINE not in page.kinds:
        _mark_bare_byline(page, end)
    last = max((i for i, kind in enumerate(page.kinds) if kind is Kind.BODY), default=0)
    for i in range(max(last, page.first + 1), len(page.texts)):
        if is_sign_off(page.texts[i]):
            page.kinds[i] = Kind.BYLINE


def _mark_bare_byline(page: _Page, end: int) -> None:
    """A name alone is a byline where a date stands right before or after it."""
    for i in range(end):
        if page.kinds[i] is not Kind.DATE:
            continue
        for j in (i - 1, i + 1):
            if 0 < j < len(page.texts) and page.kinds[j] is not Kind.DATE and may_be_byline(page.texts[j]):
                page.kinds[j] = Kind.BYLINE
                return


def _headline_score(page: _Page, i: int, topic: set[str]) -> float:
    """How much a line over the story looks like its headline; a line with at most 1 does not."""
    text, words = page.texts[i], page.words[i]
    if not 2 <= words <= MAX_HEADLINE or page.kinds[i] in (Kind.DATE, Kind.BYLINE) or "\n" in text:
        return 0.0
    if _ENDS_FLAT.search(text) or _URL_LINE.fullmatch(text) or _GREETING.match(text):
        return 0.0
    own = content_words(text)
    score = 3.0 * len(own & topic) / max(1, len(own)) + (0.5 if words >= 4 else -0.5)
    score -= 0.08 * max(0, words - 14)  # so long a line is more likely the standfirst
    if any(kind in (Kind.BYLINE, Kind.DATE) for kind in page.kinds[i + 1 : i + 4]):
        score += 1.0
    with_site = tuple(f"{text} {mark} " for mark in "-|–—»:")
    if any(page.texts[j] == text or page.texts[j].startswith(with_site) for j in page.over() if j != i):
        score += 1.0
    return score + 0.5 * (i + 1) / (page.first + 1)


def _mark_headline(page: _Page) -> int | None:
    """Pick the headline among the lines over the story; its position, or None."""
    topic: set[str] = set()
    for i in range(page.first, len(page.texts)):
        if page.is_prose(i):
            topic |= content_words(page.texts[i])
    best: float = 1.0
    position: int | None = None
    kept_before = False
    for i in page.over():
        # In a text that was typed, only its first line can be its headline; a page has more lines over it.
        if page.kinds[i] is Kind.BODY:
            if kept_before:
                continue
            kept_before = True
        score = _headline_score(page, i, topic)
        if score <= best:
            continue
        if position == i - 1 and best > _SURELY and page.words[position] < page.words[i]:
            # The longer line right below a headline is its standfirst, which shares more words with the story.
            continue
        best, position = score, i
    if position is not None:
        page.kinds[position] = Kind.HEADLINE
    return position


def _mark_standfirst(page: _Page, headline: int) -> None:
    """What stands between the headline and the byline or the date is the standfirst, if it reads like one."""
    after = range(headline + 1, min(len(page.texts), headline + 1 + _REACH))
    who = next((i for i in after if page.kinds[i] in (Kind.BYLINE, Kind.DATE)), None)
    if who is None:
        return
    for i in range(headline + 1, who):
        if 6 <= page.words[i] <= MAX_STANDFIRST and page.kinds[i] in (Kind.BODY, Kind.FURNITURE):
            # The furniture model was never shown a standfirst as part of a story; its place says what it is.
            page.kinds[i] = Kind.STANDFIRST


def _mark_headings(page: _Page, after_blank: Sequence[bool]) -> None:
    """A short line alone between two pieces of prose, without an end mark, is a heading."""
    for i in range(page.first + 1, len(page.texts) - 1):
        text = page.texts[i]
        if page.kinds[i] is not Kind.BODY or not 1 <= page.words[i] <= MAX_HEADING or not text[0].isalnum():
            continue
        if _ENDS_SENTENCE.search(text) and not text.endswith("?"):
            continue
        if text[0].islower() or _BULLET.match(text) or _GREETING.match(text) or '"' in text or "“" in text:
            continue
        if _POINTER.match(text):
            page.kinds[i] = Kind.FURNITURE
        elif after_blank[i] and after_blank[i + 1] and page.words[i + 1] >= PROSE and page.words[i - 1] >= PROSE:
            page.kinds[i] = Kind.HEADING


def _read_head(page: _Page, headline: int | None) -> Head:
    """What the marked lines say."""
    byline: str | None = None
    published: dt.date | None = None
    for kind, text in zip(page.kinds, page.texts, strict=True):
        if kind is Kind.BYLINE and byline is None:
            byline = text
        if kind in (Kind.DATE, Kind.BYLINE) and published is None:
            published = find_date(text)
    url = next((m["url"] for text in page.texts if len(text) < 600 and (m := _URL_LINE.fullmatch(text))), None)
    return Head(page.texts[headline] if headline is not None else None, byline, published, url)


def find_structure(texts: Sequence[str], after_blank: Sequence[bool]) -> tuple[list[Kind], Head]:
    """Work out what every paragraph of a text is.

    Args:
        texts: the paragraphs in their order, without white space around them.
        after_blank: whether a blank line stands before each.

    Returns:
        one kind a paragraph, and what the head says.
    """
    flags = mark_furniture(texts, after_blank)
    kinds = [Kind.FURNITURE if flag else Kind.BODY for flag in flags]
    page = _Page(list(texts), kinds, [len(_WORD.findall(text)) for text in texts])
    if not texts:
        return kinds, Head()
    page.first = page.find_first()
    _mark_who_and_when(page)
    marked = [i for i in range(min(len(texts), page.first + _REACH)) if kinds[i] in (Kind.BYLINE, Kind.DATE)]
    if marked and marked[-1] > page.first and page.first > 0:
        page.first = page.find_first(marked[-1])
    elif kinds[page.first] is not Kind.BODY:
        page.first = page.find_first()
    headline = _mark_headline(page)
    if headline is not None:
        _mark_standfirst(page, headline)
    _mark_headings(page, after_blank)
    for i, text in enumerate(texts):
        if kinds[i] is Kind.BODY and _URL_LINE.fullmatch(text[:600]):
            kinds[i] = Kind.FURNITURE
    return kinds, _read_head(page, headline)


def build_article(text: str, blocks: Sequence[Block], source: str) -> Article:
    """Make an article of a text and its blocks.

    Args:
        text: the text, which the blocks' offsets count in.
        blocks: its paragraphs, ascending.
        source: where it was read from.

    Returns:
        the article; it may hold no prose at all, which is for the caller to refuse.
    """
    texts = [text[block.start : block.end] for block in blocks]
    kinds, head = find_structure(texts, [block.after_blank for block in blocks])
    paragraphs = tuple(
        Paragraph(number, block.start, block.end, piece, kind)
        for number, (block, piece, kind) in enumerate(zip(blocks, texts, kinds, strict=True), start=1)
    )
    return Article(text, head.title, head.byline, head.published, head.url, paragraphs, source)
