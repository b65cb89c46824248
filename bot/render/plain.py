"""Answers for a pipe or a file: line by line what `bot.render.terminal` prints there, without rich.

To import rich and to lay a table out takes as long as half of the search. Nothing is wrapped, coloured or padded there,
so that lines are enough; a test holds the two to one another.
"""

import os
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TextIO

from bot.answer import Abstention, Answer, Quote, Source
from bot.render import words
from bot.translation import _, n_
from index.article import Article, Passage

LONGEST = 40_000
"""Characters of a line up to which rich would not break it either, however wide they are."""

MARGIN = 3
"""Columns of the number in front of a quote; more where it has more digits."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_UNEVEN = re.compile("[\t\u2028\u2029]")
"""Characters that rich lays out in its own way."""

_DRAWN = ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "JUPYTER_COLUMNS")
"""Variables by which rich treats a pipe as a terminal, or wraps what goes into one."""


def forgiving(stream: TextIO) -> TextIO:
    """The stream, from now on with `?` for the characters that its encoding lacks."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream


def is_plain(stream: TextIO) -> bool:
    """Whether nothing is to be wrapped or coloured on a stream: it is no terminal, and no variable says otherwise."""
    return not stream.isatty() and not any(os.environ.get(name) for name in _DRAWN)


def shown(text: str) -> str:
    """A text with its control characters made visible; line breaks in a sentence become spaces."""

    def visible(match: re.Match[str]) -> str:
        code = ord(match[0])
        return chr(0x2400 + code) if code < 0x20 else "\ufffd"

    return _CONTROL.sub(visible, re.sub(r"\s*[\r\n]+\s*", " ", text))


def source(article: Article) -> str:
    """The article named in a line: headline, byline, date."""
    parts = [article.title or words.source_of(article) or _("untitled"), article.byline]
    if article.published:
        parts.append(words.day(article.published))
    return " · ".join(shown(part) for part in parts if part)


def _beside(number: str, rows: Sequence[str], at: int = 0) -> Iterator[str]:
    """Lines with a number in the margin of one of them."""
    width = max(MARGIN, len(number))
    for i, row in enumerate(rows):
        yield f"{number if i == at else '':>{width}} {row}"


def _quote(quote: Quote, *, named: bool) -> Iterator[str]:
    """A quote with its number in the margin, its context above it and its citation below."""
    rows = [f"{_('before it:')} {shown(quote.context.text)}"] if quote.context else []
    at = len(rows)
    rows.append(shown(quote.text))
    if named and quote.citation.source:
        rows.append(shown(words.source_line(quote.citation.source)))
    yield from _beside(f"[{quote.citation.n}]", [*rows, words.where(quote)], at)
    if quote.citation.link:
        yield f"    {quote.citation.link}"


def _passage(found: Passage, named: Source | None) -> Iterator[str]:
    rows = [shown(found.text)]
    if named is not None:
        rows.append(shown(words.source_line(named)))
    yield from _beside(str(found.number), rows)


def _answer(result: Answer) -> Iterator[str]:
    several = result.articles > 1
    for quote in result.quotes:
        yield from _quote(quote, named=several)
        yield ""
    named = words.searched(result) if several else source(result.article)
    yield f"{named}  {_('confidence {percent}').format(percent=words.percent(result.confidence))}"


def _abstention(result: Abstention) -> Iterator[str]:
    yield f"{words.not_said(result)} {shown(words.reason(result))}"
    if result.closest:
        yield ""
        yield n_("Closest passage:", "Closest passages:", len(result.closest))
        several = result.articles > 1
        for passage, named in zip_longest(result.closest, result.sources[: len(result.closest)]):
            yield from _passage(passage, named if several else None)


def _lines(result: Answer | Abstention) -> Iterator[str]:
    understood = [line for line in (words.read_as(result), words.corrections(result)) if line]
    if understood:
        yield from (shown(line) for line in understood)
        yield ""
    yield from _answer(result) if isinstance(result, Answer) else _abstention(result)


def asked(question: str) -> str:
    """A question, above its answer."""
    return f"? {shown(question)}"


def result(result: Answer | Abstention) -> str | None:
    """An answer or an abstention, its lines ended; None where rich would do more than print them."""
    lines = list(_lines(result))
    if any(len(line) > LONGEST or _UNEVEN.search(line) for line in lines):
        return None
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)
