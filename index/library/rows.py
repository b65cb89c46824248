"""Articles as rows of a library in SQLite. All functions work within a transaction of the caller's."""

import datetime as dt
import sqlite3
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.article import Article
from index.errors import UnknownArticle
from index.library.canonical import canonical
from index.library.document import ANALYSIS, Document
from index.library.model import Entry, Scope, Size, Skipped
from index.library.near import ALIKE, Signature, alike, bands
from index.library.packing import pack, unpack
from index.owner import Owner
from index.phrases import N_

# ORDER BY +number: SQLite would otherwise walk through all articles by their numbers, to spare itself the sorting.

ENTRY = "number, hash, title, byline, published, url, source, added, characters, passages, story"
"""The columns of an entry."""

_SPAN = struct.Struct("<II")

_MOST = 2**62
"""Above every number of an article: SQLite refuses 2**63."""

_COMPARED = 20
"""Articles that are compared with a new one: those that share the most bands with it."""


@dataclass(slots=True)
class Shelf:
    """What an owner has, as a row.

    Attributes:
        id: of the row.
        analysis: version of what its terms and passages were made with.
        articles: how many.
        passages: how many.
        characters: of all texts.
        terms: of all passages.
        next_number: of the next article.
        next_passage: number of the next passage.
    """

    id: int
    analysis: int
    articles: int
    passages: int
    characters: int
    terms: int
    next_number: int
    next_passage: int

    @property
    def size(self) -> Size:
        """As it is told."""
        return Size(self.articles, self.passages, self.characters)


_SHELF = "id, analysis, articles, passages, characters, terms, next_number, next_passage"


def shelf(connection: sqlite3.Connection, owner: Owner) -> Shelf | None:
    """What an owner has, or None who never had anything."""
    row = connection.execute(f"SELECT {_SHELF} FROM libraries WHERE owner = ?", (str(owner),)).fetchone()  # noqa: S608 - our columns
    return Shelf(*row) if row else None


def new_shelf(connection: sqlite3.Connection, owner: Owner) -> Shelf:
    """What an owner has, who may have nothing yet."""
    connection.execute(
        "INSERT INTO libraries (owner, analysis) VALUES (?, ?) ON CONFLICT DO NOTHING", (str(owner), ANALYSIS)
    )
    found = shelf(connection, owner)
    assert found is not None  # noqa: S101 - it was put there a line above
    return found


def save(connection: sqlite3.Connection, shelf: Shelf) -> None:
    """Write what an owner has."""
    connection.execute(
        "UPDATE libraries SET analysis = ?, articles = ?, passages = ?, characters = ?, terms = ?, next_number = ?,"
        " next_passage = ? WHERE id = ?",
        (
            shelf.analysis,
            shelf.articles,
            shelf.passages,
            shelf.characters,
            shelf.terms,
            shelf.next_number,
            shelf.next_passage,
            shelf.id,
        ),
    )


def entry_of(row: tuple[Any, ...]) -> Entry:
    """The columns `ENTRY` as an entry."""
    number, identity, title, byline, published, *rest = row
    return Entry(number, identity, title, byline, dt.date.fromisoformat(published) if published else None, *rest)


def _entries(connection: sqlite3.Connection, where: str, *values: object) -> tuple[Entry, ...]:
    """The articles of which a condition of ours holds."""
    query = f"SELECT {ENTRY} FROM articles WHERE {where}"  # noqa: S608 - the condition is ours
    return tuple(entry_of(row) for row in connection.execute(query, values))


def entry(connection: sqlite3.Connection, shelf: Shelf | None, number: int) -> Entry:
    """An article by its number.

    Raises:
        UnknownArticle: there is none of that number.
    """
    found = _entries(connection, "library = ? AND number = ?", shelf.id, number) if shelf and number < _MOST else ()
    if not found:
        raise UnknownArticle(N_("The library has no article {number}: list what it has."), number=number)
    return found[0]


def listed(connection: sqlite3.Connection, shelf: Shelf, matching: str, after: int, limit: int) -> tuple[Entry, ...]:
    """Articles in the order of their numbers; see `index.library.protocol`."""
    where = "library = ? AND number > ? AND (? = '' OR instr(folded, ?)) ORDER BY number LIMIT ?"
    folded = (_plain(matching) or "").casefold()
    return _entries(connection, where, shelf.id, min(after, _MOST), folded, folded, limit)


def with_text(connection: sqlite3.Connection, shelf: Shelf, identity: str) -> Entry | None:
    """An article by the id of its text, or None."""
    where = "library = ? AND hash = ? ORDER BY +number LIMIT 1"
    return next(iter(_entries(connection, where, shelf.id, _plain(identity))), None)


def of_stories(connection: sqlite3.Connection, shelf: Shelf, stories: Iterable[int]) -> tuple[Entry, ...]:
    """The articles of some stories, in the order of their numbers."""
    chosen = ",".join(str(int(story)) for story in stories)
    return _entries(connection, f"library = ? AND story IN ({chosen}) ORDER BY +number", shelf.id)


def others(connection: sqlite3.Connection, shelf: Shelf, entry: Entry) -> tuple[Entry, ...]:
    """The other articles of an article's story, in the order of their numbers."""
    return tuple(found for found in of_stories(connection, shelf, [entry.story]) if found.number != entry.number)


def known(connection: sqlite3.Connection, library: int, article: Article) -> tuple[int, Skipped] | None:
    """The number of the article that has this text or this canonical address, and which of the two."""
    url = _plain(canonical(article.url))
    for column, value, why in (("hash", article.id, Skipped.SAME_TEXT), ("canonical", url, Skipped.SAME_URL)):
        if value is not None:
            row = connection.execute(
                f"SELECT number FROM articles WHERE library = ? AND {column} = ? ORDER BY +number LIMIT 1",  # noqa: S608 - our columns
                (library, value),
            ).fetchone()
            if row is not None:
                return int(row[0]), why
    return None


def _plain(text: str | None) -> str | None:
    """A text that SQLite can hold: half of a surrogate pair is shown as what it is, unreadable."""
    return None if text is None else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def insert(  # noqa: PLR0913 - what there is to write
    connection: sqlite3.Connection, shelf: Shelf, number: int, document: Document, *, at: int, row: int | None = None
) -> int:
    """Write an article, and count it.

    Args:
        connection: of a transaction.
        shelf: its owner's; changed, not yet saved.
        number: of the article.
        document: the article.
        at: when it was added, or got this text.
        row: where it was, if it was there before; otherwise a new one.

    Returns:
        number of its first passage.
    """
    article, first = document.article, shelf.next_passage
    story = story_of(connection, shelf.id, document.signature)
    if story is None and row is not None:
        leave_story(connection, shelf.id, number)
    title, url, source = _plain(article.title), _plain(article.url), _plain(article.source) or ""
    cursor = connection.execute(
        "INSERT INTO articles (id, library, number, hash, canonical, title, byline, published, url, source, added,"
        " characters, first, passages, story, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row,
            shelf.id,
            number,
            article.id,
            _plain(document.canonical),
            title,
            _plain(article.byline),
            article.published.isoformat() if article.published else None,
            url,
            source,
            at,
            len(article.text),
            first,
            len(document.spans),
            story or number,
            "\n".join((title or "", url or "", source)).casefold(),
        ),
    )
    identity = int(cursor.lastrowid or 0)
    connection.execute(
        "INSERT INTO texts (id, spans, signature, packed) VALUES (?, ?, ?, ?)",
        (identity, _spans(document), document.signature.astype("<u4").tobytes(), pack(article)),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO bands (library, band, article) VALUES (?, ?, ?)",
        [(shelf.id, band, identity) for band in bands(document.signature)],
    )
    shelf.articles += 1
    shelf.characters += len(article.text)
    shelf.passages += len(document.spans)
    shelf.terms += sum(document.lengths)
    shelf.next_passage += len(document.spans)
    return first


def _spans(document: Document) -> bytes:
    return np.array(document.spans, "<u4").tobytes()


def delete(connection: sqlite3.Connection, shelf: Shelf, row: int, document: Document) -> None:
    """Take out what `insert` wrote, and count it off."""
    connection.executemany(
        "DELETE FROM bands WHERE library = ? AND band = ? AND article = ?",
        [(shelf.id, band, row) for band in bands(document.signature)],
    )
    connection.execute("DELETE FROM articles WHERE id = ?", (row,))  # and its text with it
    shelf.articles -= 1
    shelf.characters -= len(document.article.text)
    shelf.passages -= len(document.spans)
    shelf.terms -= sum(document.lengths)


def leave_story(connection: sqlite3.Connection, library: int, number: int) -> None:
    """Give the others of the story that an article's number names another one: the article now tells its own."""
    connection.execute(
        "UPDATE articles SET story = (SELECT number FROM articles WHERE library = ? AND story = ? AND number != ?"
        " ORDER BY +number LIMIT 1)"
        " WHERE library = ? AND story = ? AND number != ?",
        (library, number, number) * 2,
    )


def story_of(connection: sqlite3.Connection, library: int, signature: Signature) -> int | None:
    """The story of the article that is most like this one, or None where none is nearly the same."""
    found = bands(signature)
    if not found:
        return None
    rows = connection.execute(
        f"SELECT a.story, t.signature FROM (SELECT article, count(*) AS shared FROM bands WHERE library = ? AND band IN"  # noqa: S608 - marks alone
        f" ({','.join('?' * len(found))}) GROUP BY article ORDER BY shared DESC, article LIMIT {_COMPARED})"
        " JOIN articles AS a ON a.id = article JOIN texts AS t ON t.id = article",
        (library, *found),
    ).fetchall()
    likeness = [(alike(signature, np.frombuffer(other, "<u4")), -story) for story, other in rows]
    share, story = max(likeness, default=(0.0, 0))
    return -story if share >= ALIKE else None


def article_at(connection: sqlite3.Connection, shelf: Shelf | None, number: int) -> tuple[int, int, Article]:
    """An article's row, the number of its first passage, and the article.

    Raises:
        UnknownArticle: there is none of that number.
    """
    library = entry(connection, shelf, number) and shelf and shelf.id
    row, first, packed = connection.execute(
        "SELECT a.id, a.first, t.packed FROM articles AS a JOIN texts AS t USING (id)"
        " WHERE a.library = ? AND a.number = ?",
        (library, number),
    ).fetchone()
    return row, first, unpack(packed)


def drop(connection: sqlite3.Connection, shelf: Shelf) -> None:
    """Take out everything of an owner but the index."""
    for query in (
        "DELETE FROM bands WHERE library = ?",
        "DELETE FROM articles WHERE library = ?",  # and their texts with them
        "DELETE FROM libraries WHERE id = ?",
    ):
        connection.execute(query, (shelf.id,))


def within(connection: sqlite3.Connection, shelf: Shelf, scope: Scope) -> list[tuple[int, int]]:
    """(first passage, how many) of each article of a scope."""
    where, values = ["library = ?"], [str(shelf.id)]
    if scope.since is not None:
        where.append("published >= ?")
        values.append(scope.since.isoformat())
    if scope.before is not None:
        where.append("published < ?")
        values.append(scope.before.isoformat())
    if scope.articles is not None:
        where.append(f"number IN ({','.join(str(int(number)) for number in sorted(scope.articles))})")
    query = f"SELECT first, passages FROM articles WHERE {' AND '.join(where)}"  # noqa: S608 - ours
    return connection.execute(query, values).fetchall()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage is.

    Attributes:
        entry: its article.
        passage: its number in the article, >= 1.
        start: offset of its first character in the text.
        end: offset behind its last character.
    """

    entry: Entry
    passage: int
    start: int
    end: int


def places(connection: sqlite3.Connection, shelf: Shelf, passages: Sequence[int]) -> dict[int, Place]:
    """Where passages are, by their numbers among all of the owner's, which come in ascending order."""
    asked = ",".join(f"({int(passage)})" for passage in passages)
    if not asked:
        return {}
    # One query, and not one for each article, of which there are some two hundred.
    query = (
        f"WITH asked (passage) AS (VALUES {asked}), held (id) AS (SELECT DISTINCT (SELECT id FROM articles"  # noqa: S608 - ours
        " WHERE library = ? AND first <= passage AND passages > 0 ORDER BY first DESC LIMIT 1) FROM asked)"
        f" SELECT {ENTRY}, first, spans FROM held JOIN articles USING (id) JOIN texts USING (id) ORDER BY +first"
    )
    rows = connection.execute(query, (shelf.id,))
    found: dict[int, Place] = {}
    held: Entry | None = None
    first, spans = 0, b""
    for passage in passages:
        if held is None or passage >= first + held.passages:
            *columns, first, spans = next(rows)
            held = entry_of(tuple(columns))
        start, end = _SPAN.unpack_from(spans, (passage - first) * _SPAN.size)
        found[passage] = Place(held, passage - first + 1, start, end)
    return found
