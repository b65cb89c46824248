"""What is fuzzed: functions that take any bytes and must either do their work or raise a `PullquoteError`.

A target that raises anything else, or breaks one of its own promises, has found a fault.
"""

import contextlib
from collections.abc import Callable, Mapping

from bench.fuzz import asked, configured, kept, pressed
from bench.fuzz.packages import book, document
from index.article import Article
from index.errors import PullquoteError
from index.readers import read_bytes

Target = Callable[[bytes], None]


def _text_of(data: bytes) -> str:
    """Any text, lone surrogates included."""
    return data.decode("utf-8", "surrogateescape")


def _check(article: Article) -> None:
    """What every article promises."""
    position = 0
    for number, paragraph in enumerate(article.paragraphs, start=1):
        assert paragraph.number == number
        assert article.text[paragraph.start : paragraph.end] == paragraph.text != ""
        assert paragraph.start >= position
        position = paragraph.end


def _reads(name: str, wrap: Callable[[bytes], bytes] = bytes) -> Target:
    """A target that reads the bytes as a file of that name."""

    def target(data: bytes) -> None:
        _check(read_bytes(wrap(data), name))

    return target


def _coarse(data: bytes) -> None:
    from index.readers.coarse_html import read_coarse_html

    _check(read_coarse_html(data.decode("utf-8", "replace"), "page.html"))


def _decoding(data: bytes) -> None:
    from index.readers.decoding import decode, decode_markup

    decode_markup(data, "file")
    decode(data, "file")


def _lines(data: bytes) -> None:
    """Dates and bylines."""
    from index.readers.bylines import is_byline, is_sign_off, may_be_byline
    from index.readers.dates import find_date, is_date_line

    for line in _text_of(data).split("\n"):
        find_date(line)
        is_date_line(line)
        is_byline(line)
        may_be_byline(line)
        is_sign_off(line)


def _feed(data: bytes) -> None:
    from index.feeds import pack_feed, read_feed, unpack_feed

    feed = read_feed(data, "https://feed.example/")
    assert unpack_feed(pack_feed(feed)) == feed


def _splitter(data: bytes) -> None:
    """Sentences are slices in order that leave nothing but white space out."""
    from index.splitter import split_sentences

    text = _text_of(data)
    position = 0
    for start, end in split_sentences(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


def _analyzer(data: bytes) -> None:
    """Tokens are in order; pairs of characters, of scripts without spaces, overlap."""
    from index import analyzer

    analyzer._term.cache_clear()  # noqa: SLF001 - a word that was seen before would reach nothing
    text = _text_of(data)
    position = 0
    for token in analyzer.tokens(text):
        assert position <= token.start < token.end <= len(text)
        position = token.start


def _question(data: bytes) -> None:
    """Cleaning, several questions in one, misspelt words, words that the article lacks."""
    from bot.question import clean, correct, missing_terms, parts

    index = asked.sample()
    question = clean(_text_of(data))
    for part in parts(question):
        read, _ = correct(part, index)
        missing_terms(read, index)


TARGETS: Mapping[str, Target] = {
    "text": _reads("story.txt"),
    "markdown": _reads("story.md"),
    "html": _reads("page.html", b"<html><body>".__add__),
    "coarse-html": _coarse,
    "pdf": _reads("paper.pdf", b"%PDF-1.4\n".__add__),
    "docx": _reads("paper.docx", document),
    "epub": _reads("book.epub", book),
    "any-file": _reads(""),
    "feed": _feed,
    "decoding": _decoding,
    "lines": _lines,
    "splitter": _splitter,
    "analyzer": _analyzer,
    "question": _question,
    "settings": configured.settings,
    "custom-ids": pressed.custom_ids,
    "conversation": asked.conversation,
    "claims": asked.claims,
    "narrowing": asked.narrowing,
    "replies": asked.replies,
    "logs": asked.logs,
    "robots": kept.robots,
    "address": kept.address,
    "response": kept.response,
    "added": kept.added,
}
"""By name. Reading a file goes on to its furniture, structure, dates and bylines."""


def run(name: str, data: bytes) -> None:
    """Run one input through a target; what is refused with a sentence is fine.

    Raises:
        Exception: anything else is a fault.
    """
    with contextlib.suppress(PullquoteError):
        TARGETS[name](data)
