"""Files -> articles: one module a format, picked by content first and by the name's ending then."""

import os
from importlib import import_module
from pathlib import Path

from index.article import Article
from index.errors import NoArticle, SourceNotFound, SourceTooLarge
from index.phrases import Phrase, reason
from index.readers.decoding import decode
from index.readers.formats import ARCHIVE, Format, format_of
from index.readers.text import read_text

MAX_BYTES = 20_000_000
"""Bytes of the largest file that is read."""

MAX_TEXT = 5_000_000
"""Characters of the longest text that is indexed."""


def read_article(path: str | os.PathLike[str]) -> Article:
    """Read a file.

    Args:
        path: a text, Markdown, HTML, PDF, DOCX or EPUB file of at most `MAX_BYTES` bytes.

    Returns:
        the article; its `source` is the path as given.

    Raises:
        SourceNotFound: there is no such file, or it may not be read.
        SourceTooLarge: it holds more than `MAX_BYTES` bytes, or more than `MAX_TEXT` characters.
        UnsupportedSource: it is binary data.
        ProtectedSource: it opens only with a password.
        NoArticle: there is no article text in it.
    """
    name = os.fspath(path)
    try:
        if Path(name).is_dir():
            raise SourceNotFound("{file} is a folder: name a file in it.", file=name)
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceNotFound("There is no file {file}: check the path and try again.", file=name) from None
    except (OSError, ValueError) as error:
        raise SourceNotFound(
            "{file} cannot be read ({reason}): check the path and your permissions.",
            file=name,
            reason=reason(error) if isinstance(error, OSError) else Phrase("not a valid path"),
        ) from None
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str = "") -> Article:
    """Make an article of the bytes of a file: an attachment, a download, standard input.

    Args:
        data: the whole file; for a stream read `MAX_BYTES + 1` bytes at most.
        name: the file's name or path; its ending picks the format where the content does not.

    Returns:
        the article; its `source` is `name`.

    Raises:
        SourceTooLarge: more than `MAX_BYTES` bytes, or more than `MAX_TEXT` characters.
        UnsupportedSource: binary data.
        ProtectedSource: it opens only with a password.
        NoArticle: there is no article text in it.
    """
    called = name or Phrase("The text")
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(
            "{file} is larger than {most} MB: cut it down to the article and try again.",
            file=called,
            most=MAX_BYTES // 1_000_000,
        )
    article = _read(data, name, called)
    if len(article.text) > MAX_TEXT:
        raise _too_long(called)
    if not any(p.kind.is_prose and any(c.isalnum() for c in p.text) for p in article.paragraphs):
        raise NoArticle(
            "{file} holds no article text: check that it is the right file, or paste the article as text.", file=called
        )
    return article


def _too_long(called: str) -> SourceTooLarge:
    return SourceTooLarge(
        "{file} holds more than {most:,} characters of text: cut it down to the article and try again.",
        file=called,
        most=MAX_TEXT,
    )


def _read(data: bytes, name: str, called: str) -> Article:
    """Read with the reader of the format, which is imported for it: a text does not wait for that of Word."""
    found = format_of(data, name)
    if found is Format.PDF:
        from index.readers.pdf import read_pdf

        return read_pdf(data, name, MAX_TEXT)
    if found is Format.EPUB:
        from index.readers.epub import read_epub

        return read_epub(data, name, MAX_TEXT)
    if found is Format.DOCX:
        from index.readers.docx import read_docx

        return read_docx(data, name, MAX_TEXT)
    if found is Format.HTML:
        from index.readers.html import read_html

        return read_html(data, name)
    text = decode(data, called)
    if len(text) > MAX_TEXT:
        raise _too_long(called)
    if found is Format.MARKDOWN:
        from index.readers.markdown import read_markdown

        return read_markdown(text, name)
    return read_text(text, name)


_NEEDED = {
    Format.PDF: ("pypdf", "index.readers.pdf"),
    Format.EPUB: ("lxml.etree", "index.readers.epub"),
    Format.DOCX: ("docx", "index.readers.docx"),
    Format.HTML: ("trafilatura", "index.readers.html"),
}


def warm_up(data: bytes, name: str = "") -> None:
    """Import what `read_bytes` will need for a file: a process that forks pays for it once.

    The file is not opened, an archive's list of members included: only its first bytes are looked at.
    """
    packed = data.startswith(ARCHIVE)
    for found in (Format.EPUB, Format.DOCX) if packed else (format_of(data, name),):
        for module in _NEEDED.get(found, ()):
            import_module(module)


__all__ = ["MAX_BYTES", "MAX_TEXT", "read_article", "read_bytes", "warm_up"]
