"""The SQLite file of a store: opened, read and written, and its owners numbered."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.records.database import connect, told, transaction
from bot.records.owner import Owner


class SQLiteFile:
    """A store's file; for the thread that opens it."""

    def __init__(self, path: Path) -> None:
        """Open the file, made if need be.

        Raises:
            RecordsError: it cannot be opened, is damaged, or was written by a newer version.
        """
        self._path = path
        self._connection = connect(path)

    def close(self) -> None:
        """Close the file; what lies in the write-ahead log moves into it."""
        with told(self._path):
            self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with told(self._path), transaction(self._connection):
            yield self._connection

    def _read(self, query: str, *values: object) -> list[Any]:
        with told(self._path):
            return self._connection.execute(query, values).fetchall()

    def _own(self, owner: Owner) -> int:
        """The number of an owner in the tables, given now if it has none."""
        name = str(owner)
        self._connection.execute("INSERT INTO owners (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
        return int(self._connection.execute("SELECT id FROM owners WHERE name = ?", (name,)).fetchone()[0])

    def _settle(self) -> None:
        """Move the log into the file and empty it, so that what was erased does not lie in it any longer."""
        self._read("PRAGMA wal_checkpoint(TRUNCATE)")
