"""PDF: the text layer by pypdf, with lines joined to paragraphs and words that a line end cut made whole."""

import datetime as dt
import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.article import Article, Kind, Paragraph
from index.errors import NoArticle, ProtectedSource, ReadError, SourceTooLarge, UnsupportedSource
from index.phrases import Phrase
from index.readers.blocks import split_blocks
from index.readers.information import sane_author, sane_day, sane_title
from index.readers.structure import build_article

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2_000
"""Pages of the longest document that is read."""

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00ad": "",
    }
)
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_CUT_WORD = re.compile(r"(?<![^\W\d_])(?P<head>[^\W\d_]++)[-\u2010]$")
_FIRST_PART = re.compile(r"(?P<tail>[^\W\d_]+)")
_HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]++-[^\W\d_]+")
_WHOLE_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[-*•‣◦▪·–—]|\d{1,3}[.)])\s+\S")
_EDGE = 2
"""Lines at the top and at the bottom of a page among which running heads are looked for."""

_FULL = 0.9
"""A line is full if its successor's first word would have passed this share of the column."""


def _open(data: bytes, name: str) -> "PdfReader":
    """Open a document, with an empty password if it has one."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("") is not PasswordType.NOT_DECRYPTED
        except (DependencyError, NotImplementedError):
            opened = False
        if not opened:
            raise ProtectedSource(
                "{file} opens only with a password: save a copy without one and try again.", file=name
            )
    return reader


def _pages(reader: "PdfReader", name: str, max_text: int) -> list[list[str]]:
    """The lines of every page, without empty ones; a page that pypdf cannot read is empty."""
    pages: list[list[str]] = []
    size = 0
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES:
            raise SourceTooLarge(
                "{file} has more than {most:,} pages: cut it down to the article and try again.",
                file=name,
                most=MAX_PAGES,
            )
        try:
            text = page.extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - one broken page may raise anything, and the others are still worth reading
            text = ""
        text = text.translate(_LIGATURES).replace("\x00", "")
        size += len(text)
        if size > max_text:
            raise SourceTooLarge(
                "{file} holds more than {most:,} characters of text: cut it down to the article and try again.",
                file=name,
                most=max_text,
            )
        pages.append([" ".join(line.split()) for line in text.splitlines() if line.strip()])
    return pages


def _edges(lines: Sequence[str]) -> set[int]:
    """Positions of the lines at the top and at the bottom of a page."""
    return set(range(min(_EDGE, len(lines)))) | set(range(max(0, len(lines) - _EDGE), len(lines)))


def _split_running_heads(pages: Sequence[list[str]]) -> tuple[list[list[str]], list[str]]:
    """(pages without running heads and page numbers, the distinct running heads)."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_DIGITS.sub("#", lines[i]) for i in _edges(lines)})
    often = max(2, len(pages) // 3)
    kept: list[list[str]] = []
    heads: dict[str, None] = {}
    for lines in pages:
        edges = _edges(lines)
        rest: list[str] = []
        for i, line in enumerate(lines):
            repeated = seen[_DIGITS.sub("#", line)] >= often and len(line) < 120
            if i in edges and len(lines) > 1 and (repeated or _PAGE_NUMBER.fullmatch(line)):
                heads[line] = None
            else:
                rest.append(line)
        kept.append(rest)
    return kept, list(heads)


def _without_cut(left: str, right: str, words: set[str]) -> str:
    """Join two lines; a word that the line end cut becomes one word again, or keeps a hyphen that is its own."""
    cut, tail = _CUT_WORD.search(left), _FIRST_PART.match(right)
    if cut is None or tail is None:
        return f"{left} {right}"
    head, rest = cut["head"], tail["tail"]
    if (head + rest).lower() not in words and (f"{head}-{rest}".lower() in words or not rest[0].islower()):
        return left + right
    return left[:-1] + right


def _join_lines(lines: Sequence[str]) -> list[str]:
    """Lines -> paragraphs.

    A line goes on in the next if it is full, or if it ends in mid-sentence and the next starts with a small letter.
    """
    widths = sorted(len(line) for line in lines if len(line) >= 30)
    column = widths[int(len(widths) * 0.9)] if widths else 0
    text = " ".join(lines)
    words = {w.lower() for w in _HYPHENATED.findall(text)} | {w.lower() for w in _WHOLE_WORD.findall(text)}
    paragraphs: list[list[str]] = []
    previous = ""
    for line in lines:
        first = len(line.split(None, 1)[0])
        ends = _ENDS_SENTENCE.search(previous[-8:]) is not None
        full = len(previous) >= 30 and len(previous) + 1 + first > _FULL * column
        goes_on = _CUT_WORD.search(previous[-40:]) or (line[0].islower() and not ends and len(previous) >= 20)
        if previous and (full or goes_on) and not _BULLET.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        previous = line
    return [_joined(parts, words) for parts in paragraphs]


def _joined(parts: Sequence[str], words: set[str]) -> str:
    """One paragraph of its lines; linear, because a document without paragraphs is one."""
    done: list[str] = []
    for part in parts:
        if not done:
            done.append(part)
            continue
        pair = _without_cut(done[-1], part, words)
        done[-1] = pair[: len(pair) - len(part)]
        done.append(part)
    return "".join(done)


def _information(reader: "PdfReader") -> tuple[str | None, str | None, dt.date | None]:
    """(title, author, day of creation) of the document information, where they are sane."""
    try:
        information = reader.metadata
        if information is None:
            return None, None, None
        return sane_title(information.title), sane_author(information.author), sane_day(information.creation_date)
    except Exception:  # noqa: BLE001 - broken information is no information
        return None, None, None


def _has_images(reader: "PdfReader") -> bool:
    """Whether the first pages show pictures."""
    try:
        return any("/XObject" in (page.get("/Resources") or {}) for page in list(reader.pages)[:5])
    except Exception:  # noqa: BLE001 - only the wording of a message hangs on it
        return False


def read_pdf(data: bytes, name: str, max_text: int) -> Article:
    """Make an article of a PDF.

    `Article.text` is made here: the paragraphs of the pages with a blank line between two, running heads and page
    numbers behind them as furniture.

    Args:
        data: the file.
        name: where it was read from.
        max_text: characters of the longest text that is taken.

    Raises:
        ProtectedSource: it opens only with a password.
        NoArticle: it has no text layer.
        SourceTooLarge: it has more than `MAX_PAGES` pages or more than `max_text` characters.
        UnsupportedSource: it is damaged.
    """
    called = name or Phrase("The PDF")
    try:
        reader = _open(data, called)
        pages = _pages(reader, called, max_text)
        information = _information(reader)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # a parser may raise anything on a broken file
        raise UnsupportedSource(
            "{file} is a damaged PDF: open it in a viewer, print it to a new PDF and try again.", file=called
        ) from error
    if not any(c.isalnum() for lines in pages for line in lines for c in line):
        if _has_images(reader) or not pages:
            raise NoArticle(
                "{file} holds only images of pages and no text: run text recognition (OCR) over it first, for example "
                "with ocrmypdf.",
                file=called,
            )
        raise NoArticle(
            "{file} holds no text, only images: run text recognition (OCR) over it first, for example with ocrmypdf.",
            file=called,
        )
    return _assemble(pages, information, name)


def _assemble(
    pages: Sequence[list[str]], information: tuple[str | None, str | None, dt.date | None], name: str
) -> Article:
    """Join the pages, find their structure, and fill in what the document information adds."""
    kept, heads = _split_running_heads(pages)
    text = "\n\n".join(_join_lines([line for lines in kept for line in lines]))
    article = build_article(text, split_blocks(text), name)
    paragraphs = list(article.paragraphs)
    for head in heads:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{head}" if text else head
        paragraphs.append(Paragraph(len(paragraphs) + 1, start, start + len(head), head, Kind.FURNITURE))
    title, author, created = information
    return replace(
        article,
        text=text,
        title=article.title or title,
        byline=article.byline or (f"By {author}" if author else None),
        published=article.published or created,
        paragraphs=tuple(paragraphs),
    )
