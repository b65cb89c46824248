"""The tables of a library in SQLite, step by step: each step is the SQL that leads from one version to the next.

A step that was released is never changed; what is to be different is a new step. The library may share its file with
the bot's records, which count their version in `PRAGMA user_version`; the library's stands in `library_version`.
"""

import sqlite3
from pathlib import Path

from index.database import APPLICATION, check_version, number, transaction
from index.errors import LibraryError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # What an owner has; the statistics of BM25 are counted, not computed.
        """
        CREATE TABLE libraries (
            id INTEGER PRIMARY KEY,
            owner TEXT NOT NULL UNIQUE,
            analysis INTEGER NOT NULL,
            articles INTEGER NOT NULL DEFAULT 0,
            passages INTEGER NOT NULL DEFAULT 0,
            characters INTEGER NOT NULL DEFAULT 0,
            terms INTEGER NOT NULL DEFAULT 0,
            next_number INTEGER NOT NULL DEFAULT 1,
            next_passage INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        # first: the number of its first passage among all of the owner's.
        """
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            library INTEGER NOT NULL REFERENCES libraries (id),
            number INTEGER NOT NULL,
            hash TEXT NOT NULL,
            canonical TEXT,
            title TEXT,
            byline TEXT,
            published TEXT,
            url TEXT,
            source TEXT NOT NULL,
            added INTEGER NOT NULL,
            characters INTEGER NOT NULL,
            first INTEGER NOT NULL,
            passages INTEGER NOT NULL,
            story INTEGER NOT NULL,
            folded TEXT NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX articles_by_number ON articles (library, number)",
        "CREATE INDEX articles_by_hash ON articles (library, hash)",
        "CREATE INDEX articles_by_canonical ON articles (library, canonical) WHERE canonical IS NOT NULL",
        "CREATE INDEX articles_by_story ON articles (library, story)",
        "CREATE INDEX articles_by_date ON articles (library, published, first, passages) WHERE published IS NOT NULL",
        # An article without any passage has the `first` of the next one.
        "CREATE INDEX articles_by_passage ON articles (library, first, passages)",
        # packed: index.library.packing; spans: start and end of each passage; signature: index.library.near.
        """
        CREATE TABLE texts (
            id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            spans BLOB NOT NULL,
            signature BLOB NOT NULL,
            packed BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE bands (
            library INTEGER NOT NULL,
            band INTEGER NOT NULL,
            article INTEGER NOT NULL,
            PRIMARY KEY (library, band, article)
        ) STRICT, WITHOUT ROWID
        """,
        # spellings: JSON, spelling -> articles that spell it so; passages: that hold the term; tail: postings, the
        # newest of them, or all there are.
        """
        CREATE TABLE terms (
            id INTEGER PRIMARY KEY,
            library INTEGER NOT NULL REFERENCES libraries (id),
            term TEXT NOT NULL,
            passages INTEGER NOT NULL,
            spellings TEXT NOT NULL,
            tail BLOB NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX terms_by_term ON terms (library, term)",
        # id: that of the term, times 2**32, plus the first passage that the block held when it was written.
        """
        CREATE TABLE blocks (
            id INTEGER PRIMARY KEY,
            postings BLOB NOT NULL
        ) STRICT
        """,
    ),
)

VERSION = len(MIGRATIONS)
"""The version that this program reads and writes."""

_THERE = "SELECT count(*) FROM sqlite_schema WHERE name = 'library_version'"


def _version(connection: sqlite3.Connection) -> int:
    return number(connection, "SELECT version FROM library_version") if number(connection, _THERE) else 0


def bring_up(connection: sqlite3.Connection, path: Path) -> None:
    """Take the steps that are missing, all in one transaction.

    Raises:
        LibraryError: a newer program wrote the library.
    """
    version = _version(connection)
    check_version(path, version, VERSION, LibraryError)
    if version == VERSION:
        return
    with transaction(connection):
        # Another process may have been quicker while this one waited for the lock.
        if not number(connection, _THERE):
            connection.execute("CREATE TABLE library_version (version INTEGER NOT NULL) STRICT")
            connection.execute("INSERT INTO library_version VALUES (0)")
        for step in MIGRATIONS[_version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute("UPDATE library_version SET version = ?", (VERSION,))
        connection.execute(f"PRAGMA application_id = {APPLICATION:d}")
