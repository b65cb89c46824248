"""The SQLite file of the records: opened as all our files are (`index.database`), and of our version."""

import contextlib
import sqlite3
from pathlib import Path

from bot.records.migrations import MIGRATIONS, VERSION
from index import database
from index.database import APPLICATION, check_version, number, open_file, transaction
from index.errors import RecordsError

_VERSION = "PRAGMA user_version"

MEMORY = Path(":memory:")
"""In the place of a file: what is kept is gone when the store is closed."""


def told(path: Path) -> contextlib.AbstractContextManager[None]:
    """Turn what SQLite complains of into a sentence.

    Raises:
        RecordsError: something went wrong in the block.
    """
    return database.told(path, RecordsError)


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made if need be, and bring it to our version; only its owner may read it.

    The connection is for the thread that opens it. Transactions are begun and ended by `transaction` alone.

    Raises:
        RecordsError: it cannot be opened, is damaged, is no file of ours, or was written by a newer version.
    """
    if path == MEMORY:
        connection = sqlite3.connect(str(MEMORY), isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
    else:
        connection = open_file(path, RecordsError)
    try:
        with told(path):
            version = number(connection, _VERSION)
            check_version(path, version, VERSION, RecordsError)
            if version < VERSION:
                _migrate(connection)
    except BaseException:  # whatever it was: nothing stays open, and it goes on up
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that are missing, all in one transaction."""
    with transaction(connection):
        # Another process may have been quicker while this one waited for the lock.
        for step in MIGRATIONS[number(connection, _VERSION) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION:d}")
        connection.execute(f"PRAGMA application_id = {APPLICATION:d}")


__all__ = ["MEMORY", "connect", "told", "transaction"]
