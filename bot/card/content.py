"""What stands on a card: the strings of an answer, not yet placed."""

import itertools
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bot.answer import Answer, Quote
from bot.card.script import Pair, Script, is_right_to_left, quotation_marks, script_of
from bot.render import words
from bot.translation import _, n_
from index.article import Article
from index.errors import CardError

MAX_QUOTE = 1_000
"""Characters of a quote; the splitter's longest sentence. More is no pull quote and no picture for a phone."""

MAX_HEADLINE = 500
MAX_BYLINE = 300
"""Characters of the headline and of the byline; what is longer is no such thing, and is cut at a word."""

MAX_LINK = 64
"""Characters of the short link: one line."""

_OPENING = "“„«‹‘‚»›\"'「『〝《〈"
"""Marks that open a quotation somewhere; a quote that starts with one brings its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote that is set alike.

    Attributes:
        text: as it is written.
        marked: whether it is of the words that most likely answer.
    """

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote as it is set.

    Attributes:
        opening: the quotation mark that hangs in the margin.
        pieces: the text; `opening` and the pieces together hold the quote where the mark is its own.
        closing: the quotation mark behind the text, or "" where the quote brings its own.
        own: whether `opening` is the quote's own first character.
        where: its citation.
        context: the sentence before it, in marks and named so, where it opens with a word that points back to it,
            else "".
        script: what most of it is written in.
        right_to_left: which way it runs.
    """

    opening: str
    pieces: tuple[Piece, ...]
    closing: str
    own: bool
    where: str
    context: str
    script: Script
    right_to_left: bool

    @property
    def text(self) -> str:
        """The quote, verbatim."""
        return (self.opening if self.own else "") + "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on a card; each string may be empty but the quotes'.

    Attributes:
        excerpts: one to three quotes.
        headline: the article's headline, else the host it stands on, else the name of its file.
        byline: who wrote it.
        date: the day of publication, in the language in force.
        link: its address, shortened for the eye.
        url: its address in full.
    """

    excerpts: tuple[Excerpt, ...]
    headline: str
    byline: str
    date: str
    link: str
    url: str


def content(answer: Answer) -> Content:
    """What stands on the card of an answer.

    Raises:
        CardError: a quote is longer than `MAX_QUOTE`.
    """
    article = answer.article
    # One kind of marks on a card: those inside of quotes are another.
    nested = any(_holds_marks(quote, article) for quote in answer.quotes)
    quoted = {quote.citation.source.entry.number for quote in answer.quotes if quote.citation.source}
    if len(quoted) > 1:
        # No one headline stands for all: each quote names its own article.
        of = n_("From {count} article", "From {count} articles", len(quoted)).format(count=len(quoted))
        excerpts = tuple(_excerpt(quote, article, nested=nested, named=True) for quote in answer.quotes)
        return Content(excerpts, headline=of, byline="", date="", link="", url="")
    return Content(
        excerpts=tuple(_excerpt(quote, article, nested=nested) for quote in answer.quotes),
        headline=_shortened(
            article.title or _host(article.url) or words.source_of(article).rsplit("/", 1)[-1], MAX_HEADLINE
        ),
        byline=_shortened(article.byline or "", MAX_BYLINE),
        date=_date(article),
        link=short_link(article.url),
        url=article.url or "",
    )


def _is_own(quote: Quote) -> bool:
    """Whether a quote brings the quotation mark that it opens with."""
    return quote.text[:1] in _OPENING and len(quote.text) > 1


def _holds_marks(quote: Quote, article: Article) -> bool:
    """Whether a quote holds the marks that would stand around it."""
    if _is_own(quote):
        return False
    pair = quotation_marks(article.text, script_of(quote.text))
    return any(mark in quote.text for mark in (pair.opening, pair.closing, '"'))


def _excerpt(quote: Quote, article: Article, *, nested: bool, named: bool = False) -> Excerpt:
    if len(quote.text) > MAX_QUOTE:
        raise CardError(
            "The quote has {length} characters, and a card takes {limit} of each; share the answer as text.",
            length=len(quote.text),
            limit=MAX_QUOTE,
        )
    script = script_of(quote.text)
    own = _is_own(quote)
    pair = quotation_marks(article.text, script)
    opening, closing = (pair.other_opening, pair.other_closing) if nested else (pair.opening, pair.closing)
    return Excerpt(
        opening=quote.text[0] if own else opening,
        pieces=_pieces(quote, 1 if own else 0),
        closing="" if own else closing,
        own=own,
        where=_where(quote, named=named),
        context=_("Before it: {context}").format(context=_in_marks(quote.context.text, pair)) if quote.context else "",
        script=script,
        right_to_left=is_right_to_left(quote.text),
    )


def _where(quote: Quote, *, named: bool) -> str:
    """Where a quote stands, its article named where there are several."""
    source = quote.citation.source
    if not named or source is None:
        return words.where(quote)
    return f"{_shortened(words.source_line(source), MAX_BYLINE)} · {words.where(quote)}"


def _in_marks(text: str, pair: Pair) -> str:
    """A sentence between quotation marks, unless it opens with its own; other marks where it holds these."""
    if text[:1] in _OPENING:
        return text
    nested = any(mark in text for mark in (pair.opening, pair.closing, '"'))
    return f"{pair.other_opening}{text}{pair.other_closing}" if nested else f"{pair.opening}{text}{pair.closing}"


def _pieces(quote: Quote, first: int) -> tuple[Piece, ...]:
    """The quote from a character on, parted at the ends of its marked words."""
    edges = [first]
    marked = set()
    for start, end in quote.marks:
        edges += [max(start, first), max(end, first)]
        marked.add(max(start, first))
    edges.append(len(quote.text))
    return tuple(
        Piece(quote.text[start:end], start in marked) for start, end in itertools.pairwise(edges) if start < end
    )


def _shortened(text: str, limit: int) -> str:
    """White space as single spaces, and at most `limit` characters, cut behind a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept else kept}…"


def _date(article: Article) -> str:
    """The day of publication as people of the language in force write it: `8 July 2021`."""
    return words.day(article.published) if article.published else ""


def _host(url: str | None) -> str:
    """The host of a web address, without `www.`; empty where there is none that can be read."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if host.isprintable() else ""


def short_link(url: str | None) -> str:
    """Host and path of an address for the eye, without query and fragment: nothing that tracks, one line.

    Folders between the first and the last are left out where it is too long, then the last one's beginning.

    Returns:
        at most `MAX_LINK` characters; empty where there is no address.
    """
    host = _host(url)
    if not host:
        return ""
    parts = [part for part in unquote(urlsplit(url or "").path, errors="replace").split("/") if part.strip()]
    parts = [part if part.isprintable() else "…" for part in parts]
    whole = "/".join([host, *parts])
    if len(whole) <= MAX_LINK:
        return whole
    last = parts[-1] if parts else ""
    short = f"{host}/…/{last}" if len(parts) > 1 else whole
    if len(short) <= MAX_LINK:
        return short
    room = MAX_LINK - len(host) - 3
    return f"{host}/…{last[-room:]}" if last and room >= 8 else f"{host[: MAX_LINK - 1]}…"
