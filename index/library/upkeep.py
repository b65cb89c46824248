"""What is done to a whole library in SQLite: indexing it anew, and copying the file."""

import contextlib
import os
import sqlite3
from pathlib import Path

import numpy as np

from index.database import told
from index.errors import LibraryError
from index.library import inverted
from index.library.document import ANALYSIS, document
from index.library.near import bands
from index.library.packing import unpack
from index.library.rows import Shelf, save
from index.phrases import N_, reason

_AT_ONCE = 200
"""Articles that are analysed before their postings are written; some 10 MB."""


def reindex(connection: sqlite3.Connection, shelf: Shelf) -> None:
    """Split and analyse every article of an owner anew, because this version does it otherwise than the one before.

    Stories stay as they are told.
    """
    inverted.drop(connection, shelf.id)
    connection.execute("DELETE FROM bands WHERE library = ?", (shelf.id,))
    shelf.passages = shelf.terms = shelf.next_passage = 0
    shelf.analysis = ANALYSIS
    news: dict[str, inverted.News] = {}
    identities = [
        row
        for (row,) in connection.execute(
            "SELECT id FROM articles WHERE library = ? ORDER BY first, number", (shelf.id,)
        )
    ]
    for done, row in enumerate(identities, start=1):
        (packed,) = connection.execute("SELECT packed FROM texts WHERE id = ?", (row,)).fetchone()
        found = document(unpack(packed))
        connection.execute(
            "UPDATE articles SET first = ?, passages = ? WHERE id = ?", (shelf.next_passage, len(found.spans), row)
        )
        connection.execute(
            "UPDATE texts SET spans = ?, signature = ? WHERE id = ?",
            (np.array(found.spans, "<u4").tobytes(), found.signature.astype("<u4").tobytes(), row),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO bands (library, band, article) VALUES (?, ?, ?)",
            [(shelf.id, band, row) for band in bands(found.signature)],
        )
        inverted.gather(news, found, shelf.next_passage)
        shelf.passages += len(found.spans)
        shelf.terms += sum(found.lengths)
        shelf.next_passage += len(found.spans)
        if done % _AT_ONCE == 0 or done == len(identities):
            inverted.put(connection, shelf.id, news)
            news = {}
    save(connection, shelf)


def copy(connection: sqlite3.Connection, file: Path, target: Path) -> None:
    """Write a copy of the whole file, as of one moment; only its owner may read it.

    A copy that is there is replaced when the new one is whole.

    Raises:
        LibraryError: it cannot be written.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        if target.exists() and target.samefile(file):
            raise LibraryError(N_("{file} is the library itself: name another file for the copy."), file=target)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with told(partial, LibraryError):
            connection.execute("VACUUM INTO ?", (str(partial),))
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(target)
    except OSError as error:
        raise LibraryError(
            N_("{file} cannot be opened ({reason}): check the folder and its permissions."),
            file=target,
            reason=reason(error),
        ) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
