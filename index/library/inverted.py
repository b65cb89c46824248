"""The inverted index of a library in SQLite: of each term the passages that hold it, and how it is spelt.

All functions work within a transaction of the caller's.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.library.document import MOST_TERMS, Document
from index.library.postings import (
    BLOCK,
    POSTING,
    TAIL,
    Postings,
    joined,
    read_block,
    read_tail,
    tail,
    write_block,
    write_tail,
)

_SHIFT = 32
"""Bits of a passage's number in the id of a block."""


@dataclass(slots=True)
class News:
    """What is new about a term.

    Attributes:
        postings: (passage, terms in the passage, times), ascending by passage.
        spellings: spelling -> articles that have it.
    """

    postings: list[tuple[int, int, int]] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)


def gather(news: dict[str, News], document: Document, first: int) -> None:
    """Add a document to what is new.

    Args:
        news: by term.
        document: the document.
        first: number of its first passage; above that of every passage before.
    """
    lengths = document.lengths
    for passage, counted in enumerate(document.counts):
        for term, times in counted.items():
            found = news.get(term)
            if found is None:
                found = news[term] = News()
            found.postings.append((first + passage, lengths[passage], min(times, MOST_TERMS)))
    for term, spelling in document.spellings.items():
        # A term may stand in no passage only where the splitter left its sentence out of all; it leaves none out.
        if term in news:
            news[term].spellings[spelling] += 1


def put(connection: sqlite3.Connection, library: int, news: Mapping[str, News]) -> None:
    """Write what is new."""
    changed: list[tuple[int, str, bytes, int]] = []
    for term in sorted(news):
        new = news[term]
        row = connection.execute(
            "SELECT id, passages, spellings, tail FROM terms WHERE library = ? AND term = ?", (library, term)
        ).fetchone()
        if row is None:
            cursor = connection.execute(
                "INSERT INTO terms (library, term, passages, spellings, tail) VALUES (?, ?, ?, ?, ?)",
                (library, term, len(new.postings), _written(new.spellings), _short(new)),
            )
            if len(new.postings) > TAIL:
                _pack(connection, int(cursor.lastrowid or 0), read_tail(tail(new.postings)))
            continue
        number, passages, spelt, old = row
        spellings = Counter[str](json.loads(spelt))
        spellings.update(new.spellings)
        grown = old + tail(new.postings)
        if len(grown) > TAIL * POSTING.itemsize:
            _pack(connection, number, read_tail(grown))
            grown = b""
        changed.append((passages + len(new.postings), _written(spellings), grown, number))
    connection.executemany("UPDATE terms SET passages = ?, spellings = ?, tail = ? WHERE id = ?", changed)


def _short(new: News) -> bytes:
    return tail(new.postings) if len(new.postings) <= TAIL else b""


def _written(spellings: Mapping[str, int]) -> str:
    return json.dumps(spellings, ensure_ascii=False, separators=(",", ":"))


def _pack(connection: sqlite3.Connection, term: int, postings: Postings) -> None:
    """Put postings behind those in the blocks of a term."""
    last = connection.execute(
        "SELECT id, postings FROM blocks WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1",
        _blocks(term),
    ).fetchone()
    if last is not None:
        before = read_block(last[1])
        room = BLOCK - len(before)
        if room > 0:
            filled = joined([before, postings.part(0, room)])
            connection.execute("UPDATE blocks SET postings = ? WHERE id = ?", (write_block(filled), last[0]))
            postings = postings.part(room, len(postings))
    for start in range(0, len(postings), BLOCK):
        part = postings.part(start, start + BLOCK)
        identity = (term << _SHIFT) | int(part.passages[0])
        connection.execute("INSERT INTO blocks VALUES (?, ?)", (identity, write_block(part)))


def take(connection: sqlite3.Connection, library: int, news: Mapping[str, News]) -> None:
    """Take out what `put` put in for one document."""
    for term, gone in news.items():
        number, passages, spelt, old = connection.execute(
            "SELECT id, passages, spellings, tail FROM terms WHERE library = ? AND term = ?", (library, term)
        ).fetchone()
        if passages == len(gone.postings):
            connection.execute("DELETE FROM terms WHERE id = ?", (number,))
            connection.execute("DELETE FROM blocks WHERE id >= ? AND id < ?", _blocks(number))
            continue
        start, end = gone.postings[0][0], gone.postings[-1][0] + 1
        spellings = Counter[str](json.loads(spelt))
        spellings.subtract(gone.spellings)
        connection.execute(
            "UPDATE terms SET passages = ?, spellings = ?, tail = ? WHERE id = ?",
            (
                passages - len(gone.postings),
                _written(+spellings),
                write_tail(read_tail(old).outside(start, end)),
                number,
            ),
        )
        _take_from_blocks(connection, number, start, end)


def _blocks(term: int) -> tuple[int, int]:
    return term << _SHIFT, (term + 1) << _SHIFT


def _take_from_blocks(connection: sqlite3.Connection, term: int, start: int, end: int) -> None:
    lowest, _ = _blocks(term)
    rows = connection.execute(
        "SELECT id, postings FROM blocks WHERE id < ? AND id >= coalesce("
        "(SELECT max(id) FROM blocks WHERE id >= ? AND id <= ?), ?)",
        (lowest | end, lowest, lowest | start, lowest),
    ).fetchall()
    for identity, data in rows:
        before = read_block(data)
        after = before.outside(start, end)
        if not len(after):
            connection.execute("DELETE FROM blocks WHERE id = ?", (identity,))
        elif len(after) < len(before):
            connection.execute("UPDATE blocks SET postings = ? WHERE id = ?", (write_block(after), identity))


def read(connection: sqlite3.Connection, library: int, terms: Iterable[str]) -> dict[str, Postings]:
    """The postings of each term that stands in a passage of the library."""
    found: dict[str, Postings] = {}
    for term in dict.fromkeys(terms):
        row = connection.execute(
            "SELECT id, passages, tail FROM terms WHERE library = ? AND term = ?", (library, term)
        ).fetchone()
        if row is None:
            continue
        number, passages, newest = row
        parts = [read_tail(newest)] if newest else []
        if len(newest) < passages * POSTING.itemsize:
            older = connection.execute(
                "SELECT postings FROM blocks WHERE id >= ? AND id < ? ORDER BY id", _blocks(number)
            )
            parts = [read_block(data) for (data,) in older] + parts
        found[term] = joined(parts)
    return found


def frequencies(connection: sqlite3.Connection, library: int, terms: Iterable[str]) -> dict[str, int]:
    """How many passages of the library hold each term."""
    found: dict[str, int] = {}
    for term in terms:
        row = connection.execute(
            "SELECT passages FROM terms WHERE library = ? AND term = ?", (library, term)
        ).fetchone()
        found[term] = row[0] if row else 0
    return found


def spellings(connection: sqlite3.Connection, library: int, prefix: str) -> set[str]:
    """How the terms that begin so are spelt."""
    rows = connection.execute(
        "SELECT spellings FROM terms WHERE library = ? AND term >= ? AND term < ?",
        (library, prefix, prefix + "\U0010ffff"),
    )
    return {spelling for (written,) in rows for spelling in json.loads(written)}


def drop(connection: sqlite3.Connection, library: int) -> None:
    """Take out everything of a library."""
    numbers = connection.execute("SELECT id FROM terms WHERE library = ?", (library,)).fetchall()
    for (number,) in numbers:
        connection.execute("DELETE FROM blocks WHERE id >= ? AND id < ?", _blocks(number))
    connection.execute("DELETE FROM terms WHERE library = ?", (library,))
