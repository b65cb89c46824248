"""What to call what was fetched, so that the readers know its format."""

import codecs
from pathlib import PurePosixPath

from yarl import URL

from index.readers.decoding import page_encoding

ENDINGS = {
    "application/atom+xml": ".xml",
    "application/epub+zip": ".epub",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/x-pdf": ".pdf",
    "application/xhtml+xml": ".html",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
"""Media type -> ending of a file's name."""

_KNOWN = frozenset({*ENDINGS.values(), ".htm", ".markdown", ".txt", ".xhtml"})
_LONGEST = 80


def file_name(url: URL, content_type: str) -> str:
    """The last part of an address's path, with the ending that its type asks for.

    Args:
        url: where it was found.
        content_type: its media type in lower case, or "".

    Returns:
        at most 85 characters, printable, without a slash.
    """
    last = url.name or url.host or "page"
    stem = "".join(c for c in last if c.isprintable() and c not in "/\\").strip(". ")[-_LONGEST:] or "page"
    ending = ENDINGS.get(content_type)
    if ending is None or (PurePosixPath(stem).suffix.lower() in _KNOWN and ending == ".xml"):
        return stem
    return stem if stem.lower().endswith(ending) else stem + ending


def in_utf8(data: bytes, content_type: str, charset: str | None) -> bytes:
    """Text whose encoding only the server names, in UTF-8 with its mark, so that the readers need not guess.

    Args:
        data: the body.
        content_type: its media type in lower case.
        charset: as the server names it, or None.

    Returns:
        the data as they are where they have a mark already, are UTF-8, are no text, or are not in that encoding.
    """
    if charset is None or content_type not in ("text/html", "text/plain", "text/markdown", "application/xhtml+xml"):
        return data
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # A server may name any of Python's codecs; some of them unpack archives.
        known = page_encoding(charset)
        if known is None:
            return data
        try:
            text = data.decode(known)
        except ValueError:
            return data
        return codecs.BOM_UTF8 + text.encode("utf-8", "replace")
    return data
