"""EPUB: the chapters of a book in their reading order as one article."""

import datetime as dt
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from index.article import Article, Kind
from index.errors import NoArticle, ProtectedSource, SourceTooLarge
from index.phrases import Phrase
from index.readers.archive import damaged, open_archive, unpack_member
from index.readers.decoding import decode_markup
from index.readers.formats import CONTAINER
from index.readers.information import MAX_AUTHOR, MAX_TITLE
from index.readers.markup import name_of, paragraphs_of, parse_markup
from index.readers.parts import assemble, by
from index.readers.structure import Head

MAX_CHAPTERS = 5_000
"""Documents of the longest book that is read."""

_TYPE = "{http://www.idpf.org/2007/ops}type"
_MARGINS = frozenset(
    """
    toc landmarks cover titlepage copyright-page colophon loi lot index page-list imprint halftitlepage title-page
    copyright
    """.split()
)
"""What a book calls the documents that are not its text (EPUB's structural semantics, and the guide of EPUB 2)."""

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says.

    Attributes:
        title: the first title.
        authors: who wrote it.
        published: the day, where a whole date is given.
        url: where it is from, if that is said.
        chapters: paths of its documents in the archive, in reading order.
        margins: those of them that the book itself sets apart from its text.
    """

    title: str | None
    authors: tuple[str, ...]
    published: dt.date | None
    url: str | None
    chapters: tuple[str, ...]
    margins: frozenset[str]


def _line(element: Any, limit: int) -> str:  # noqa: ANN401 - lxml's elements are of several classes
    return " ".join("".join(element.itertext()).split())[:limit]


def _parse(archive: zipfile.ZipFile, path: str, called: str) -> Any:  # noqa: ANN401 - see above
    """The root of a document in the archive."""
    root = parse_markup(decode_markup(unpack_member(archive, path, called), called))
    if root is None:
        raise damaged(called)
    return root


def _day(values: list[str]) -> dt.date | None:
    """The first whole date among the values; a year alone is no day."""
    for value in values:
        found = _DAY.match(value.strip())
        if found and found[3]:
            try:
                return dt.date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None


def _is_author(element: Any, roles: dict[str, str]) -> bool:  # noqa: ANN401 - see above
    """Whether a creator is an author rather than an illustrator or a translator."""
    own = next((value for key, value in element.attrib.items() if key.endswith("role")), None)
    role = own or roles.get("#" + element.get("id", ""), "aut")
    return role in ("aut", "author")


def _read_package(root: Any, path: str) -> _Book:  # noqa: ANN401 - see above
    """Read the package document."""
    elements: dict[str, list[Any]] = {}
    for element in root.iter():
        elements.setdefault(name_of(element), []).append(element)
    base = posixpath.dirname(path)

    def place(href: str) -> str:
        return posixpath.normpath(posixpath.join(base, unquote(href.partition("#")[0])))

    items = {item.get("id"): item for item in elements.get("item", ()) if item.get("href")}
    spine = [items[ref.get("idref")] for ref in elements.get("itemref", ()) if ref.get("idref") in items]
    margins = {place(item.get("href")) for item in items.values() if "nav" in (item.get("properties") or "").split()}
    for reference in elements.get("reference", ()):
        if str(reference.get("type", "")).lower() in _MARGINS and reference.get("href"):
            margins.add(place(reference.get("href")))
    roles = {
        meta.get("refines"): _line(meta, 20) for meta in elements.get("meta", ()) if meta.get("property") == "role"
    }
    creators = [c for c in elements.get("creator", ()) if _is_author(c, roles)] or elements.get("creator", [])
    titles = [line for title in elements.get("title", ()) if (line := _line(title, MAX_TITLE))]
    sources = [_line(e, 2_000) for e in (*elements.get("source", ()), *elements.get("identifier", ()))]
    return _Book(
        titles[0] if titles else None,
        tuple(line for creator in creators[:20] if (line := _line(creator, MAX_AUTHOR))),
        _day([_line(date, 40) for date in elements.get("date", ())]),
        next((s for s in sources if s.startswith(("http://", "https://")) and not re.search(r"\s", s)), None),
        tuple(dict.fromkeys(place(item.get("href")) for item in spine)),
        frozenset(margins),
    )


def _is_margin(root: Any) -> bool:  # noqa: ANN401 - see above
    """Whether a document says that it is a table of contents, a copyright page, or the like."""
    body = next((e for e in root.iter() if name_of(e) == "body"), root)
    inside = [child for child in body if isinstance(child.tag, str)]
    for element in (body, *(inside if len(inside) == 1 else ())):
        types = f"{element.get(_TYPE, '')} {element.get('epub:type', '')}".split()
        if not _MARGINS.isdisjoint(types):
            return True
    return False


def _chapters(archive: zipfile.ZipFile, book: _Book, called: str, max_text: int) -> list[tuple[str, Kind]]:
    """The paragraphs of all documents; one that is missing or broken is left out."""
    parts: list[tuple[str, Kind]] = []
    size = 0
    known = set(archive.namelist())
    for path in book.chapters:
        if path not in known or not path.lower().endswith((".xhtml", ".html", ".htm", ".xml")):
            continue
        root = parse_markup(decode_markup(unpack_member(archive, path, called), called))
        if root is None:
            continue
        margin = path in book.margins or _is_margin(root)
        for text, kind in paragraphs_of(root):
            parts.append((text, Kind.FURNITURE if margin else kind))
            size += len(text) + 2
        if size > max_text:
            raise SourceTooLarge(
                "{file} holds more than {most:,} characters of text: cut it down to the article and try again.",
                file=called,
                most=max_text,
            )
    return parts


def read_epub(data: bytes, name: str, max_text: int) -> Article:
    """Make an article of a book.

    `Article.text` is made here: title, authors and date, then the paragraphs of its documents in reading order, a
    blank line between two of them. Title pages, tables of contents and the like are furniture where the book says so.

    Args:
        data: the file.
        name: where it was read from.
        max_text: characters of the longest text that is taken.

    Raises:
        SourceTooLarge: it unpacks to too much, or has more than `MAX_CHAPTERS` documents or `max_text` characters.
        ProtectedSource: its text is encrypted.
        UnsupportedSource: it is damaged.
    """
    called = name or Phrase("The book")
    with open_archive(data, called) as archive:
        container = _parse(archive, CONTAINER, called)
        path = next((e.get("full-path") for e in container.iter() if name_of(e) == "rootfile"), None)
        if not path:
            raise damaged(called)
        book = _read_package(_parse(archive, path, called), path)
        if len(book.chapters) > MAX_CHAPTERS:
            raise SourceTooLarge("{file} has more than {most:,} chapters.", file=called, most=MAX_CHAPTERS)
        _refuse_encrypted(archive, book, called)
        parts = _chapters(archive, book, called, max_text)
    if not parts:
        raise NoArticle("{file} holds no text: it may be a picture book.", file=called)
    return assemble(parts, name, Head(book.title, by(book.authors), book.published, book.url))


def _refuse_encrypted(archive: zipfile.ZipFile, book: _Book, called: str) -> None:
    """Refuse a book whose chapters are locked; many lock only their fonts."""
    path = "META-INF/encryption.xml"
    if path not in archive.namelist():
        return
    locked = {
        unquote(e.get("URI", "")) for e in _parse(archive, path, called).iter() if name_of(e) == "cipherreference"
    }
    if locked.intersection(book.chapters):
        raise ProtectedSource(
            "{file} is locked against copying (DRM), so that nothing but its shop's reader opens it.", file=called
        )
