"""Opening the SQLite file: who may read it, how it is written, and that it is ours and of our version."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.records.migrations import MIGRATIONS, VERSION
from index.errors import RecordsError

APPLICATION = 0x50517564
"""`PRAGMA application_id`: tells our file from any other program's ("PQud")."""

PATIENCE = 5_000
"""Milliseconds to wait for another process that writes."""

OLDEST = (3, 37, 0)
"""The SQLite that has STRICT tables; Debian 12 has 3.40."""


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite complains of into a sentence.

    Raises:
        RecordsError: something went wrong in the block.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        raise RecordsError(_sentence(path, None if code is None else code & 0xFF, error)) from error


def _sentence(path: Path, code: int | None, error: sqlite3.Error) -> str:
    match code:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"{path} is damaged or no database of ours: restore a copy of it, or move it away to start afresh."
        case sqlite3.SQLITE_FULL:
            return f"{path} cannot be written because the disk is full: make room and try again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"{path} is held by another program: try again in a minute."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return f"{path} cannot be opened or written: check the folder, its permissions and the disk."
        case _:
            return f"{path} cannot be used ({type(error).__name__}): try again, and restart if it stays so."


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made if need be, and bring it to our version; only its owner may read it.

    The connection is for the thread that opens it. Transactions are begun and ended by `transaction` alone.

    Raises:
        RecordsError: it cannot be opened, is damaged, is no file of ours, or was written by a newer version.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise RecordsError(f"SQLite {sqlite3.sqlite_version} is too old: install Python with SQLite 3.37 or newer.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here and not by SQLite, so that it is never readable to others, not for a moment; the files beside
        # it (-wal, -shm) take its permissions.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordsError(f"{path} cannot be opened ({reason}): check the folder and its permissions.") from None
    with told(path):
        connection = sqlite3.connect(path, timeout=PATIENCE / 1000, isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Check whose file it is, set how it is written, and migrate."""
    application = _number(connection, "application_id")
    version = _number(connection, "user_version")
    if application not in (0, APPLICATION) or (not application and _holds_tables(connection)):
        raise RecordsError(f"{path} is another program's database: move it away, or set PULLQUOTE_STATE.")
    if version > VERSION:
        raise RecordsError(
            f"{path} was written by a newer Pullquote (version {version}, this one knows {VERSION}): update Pullquote."
        )
    connection.execute("PRAGMA journal_mode = WAL")
    # In WAL mode a killed process loses nothing that was committed; a power cut may lose the last commits, no more.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is erased is overwritten, and does not lie about in free pages.
    connection.execute("PRAGMA secure_delete = ON")
    if version < VERSION:
        _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that are missing, all in one transaction."""
    with transaction(connection):
        # Another process may have been quicker while this one waited for the lock.
        for step in MIGRATIONS[_number(connection, "user_version") :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION:d}")
        connection.execute(f"PRAGMA application_id = {APPLICATION:d}")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _holds_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do what is in the block whole or not at all; the lock to write is taken first, so nothing changes in between."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite ends some by itself, as when the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
