"""What one machine has read of a shared library: the library in SQLite, and up to which version it was read.

The shared table has the articles; everything that is searched, listed or counted is derived from them here, by the very
code of the embedded library. A view may be thrown away at any time: it is built again from the table.
"""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.library import rows
from index.library.changing import News, put_in, settle, take_out
from index.library.document import document
from index.library.model import Entry, Quota, Skipped
from index.library.sqlite import SQLiteLibrary
from index.owner import Owner

_TABLES = (
    "CREATE TABLE IF NOT EXISTS view_owners (owner TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE IF NOT EXISTS view_articles (
        owner TEXT NOT NULL,
        number INTEGER NOT NULL,
        key TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (owner, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX IF NOT EXISTS view_articles_by_key ON view_articles (owner, key)",
)

_WITHOUT_BOUND = Quota(2**62, 2**62)
"""Who writes to the table keeps the quotas; what is there is shown."""


@dataclass(frozen=True, slots=True)
class Held:
    """A row of the shared table as it was read.

    Attributes:
        key: of the row.
        version: of the table, in which the row was last changed.
    """

    key: str
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """An article of the shared table.

    Attributes:
        number: of the article.
        held: which row it is.
        new: whether it was never changed since it was added.
        article: the article.
        at: when it was added, or got this text.
    """

    number: int
    held: Held
    new: bool
    article: Article
    at: int


class View(SQLiteLibrary):
    """What was read of a shared library, in a file of this machine's."""

    def __init__(self, path: Path) -> None:
        """Open the file, made if need be.

        Raises:
            LibraryError: it cannot be opened.
        """
        super().__init__(path, quotas=dict.fromkeys(("server", "person", "shell"), _WITHOUT_BOUND))
        with self._writing() as connection:
            for statement in _TABLES:
                connection.execute(statement)

    def version(self, owner: Owner) -> int:
        """Up to which version of the owner's table everything was read; 0 is nothing."""
        with self._reading() as connection:
            return _version(connection, owner)

    def held(self, owner: Owner) -> dict[int, Held]:
        """The articles that were read, by number."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT number, key, version FROM view_articles WHERE owner = ?", (str(owner),)
            ).fetchall()
        return {number: Held(key, version) for number, key, version in found}

    def numbers(self, owner: Owner, keys: Collection[str]) -> dict[str, int]:
        """The numbers of articles by the keys of their rows; a row that is not there is left out."""
        with self._reading() as connection:
            found: dict[str, int] = {}
            for key in keys:
                row = connection.execute(
                    "SELECT number FROM view_articles WHERE owner = ? AND key = ?", (str(owner), key)
                ).fetchone()
                if row:
                    found[key] = row[0]
        return found

    def seen(self) -> tuple[Owner, ...]:
        """The owners of whom anything was read."""
        with self._reading() as connection:
            found = connection.execute("SELECT owner FROM view_owners").fetchall()
        return tuple(sorted(Owner.parse(name) for (name,) in found))

    def known(self, owner: Owner, article: Article) -> tuple[Entry, Skipped] | None:
        """The article that has this text or this canonical address, and which of the two."""
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            found = rows.known(connection, shelf.id, article) if shelf else None
            return (rows.entry(connection, shelf, found[0]), found[1]) if found else None

    def apply(
        self, owner: Owner, since: int, gone: Collection[int], versions: Sequence[Version], upto: int
    ) -> tuple[str, ...] | None:
        """Take over what was changed, in one transaction.

        Args:
            owner: whose.
            since: the version up to which everything had been read when it was found out what was changed.
            gone: numbers of the articles that are no longer there.
            versions: articles that are new or changed, in the order in which they were changed.
            upto: the version up to which everything will have been read.

        Returns:
            the keys of rows that are to be removed, because their article was there already when they were added; None
            where another process has read on meanwhile, and nothing was done.
        """
        # What takes long is done before anybody has to wait for it.
        prepared = [(one, document(one.article)) for one in versions]
        doubles: list[str] = []
        with self._writing() as connection:
            if _version(connection, owner) != since:
                return None
            shelf = self._shelf(connection, owner)
            news: News = {}
            for number in gone:
                _drop(connection, shelf, owner, number)
            for one, found in prepared:
                row = _held(connection, owner, one.number)
                if row is not None and row >= one.held.version:
                    continue
                place = _drop(connection, shelf, owner, one.number) if row is not None else None
                if one.new and rows.known(connection, shelf.id, one.article):
                    doubles.append(one.held.key)
                    continue
                put_in(connection, shelf, news, one.number, found, at=one.at, row=place)
                connection.execute(
                    "INSERT INTO view_articles VALUES (?, ?, ?, ?)",
                    (str(owner), one.number, one.held.key, one.held.version),
                )
            settle(connection, shelf, news)
            connection.execute("INSERT OR REPLACE INTO view_owners VALUES (?, ?)", (str(owner), upto))
        return tuple(doubles)


def _version(connection: sqlite3.Connection, owner: Owner) -> int:
    row = connection.execute("SELECT version FROM view_owners WHERE owner = ?", (str(owner),)).fetchone()
    return int(row[0]) if row else 0


def _held(connection: sqlite3.Connection, owner: Owner, number: int) -> int | None:
    row = connection.execute(
        "SELECT version FROM view_articles WHERE owner = ? AND number = ?", (str(owner), number)
    ).fetchone()
    return int(row[0]) if row else None


def _drop(connection: sqlite3.Connection, shelf: rows.Shelf, owner: Owner, number: int) -> int | None:
    """Take an article out of the view; the row in which it was, or None where another process has done it."""
    if _held(connection, owner, number) is None:
        return None
    row, first, article = rows.article_at(connection, shelf, number)
    take_out(connection, shelf, row, first, document(article))
    connection.execute("DELETE FROM view_articles WHERE owner = ? AND number = ?", (str(owner), number))
    return row
