"""Opening our SQLite file: who may read it, how it is written, and that it is ours; what goes wrong, in a sentence.

Several parts may keep tables in one file: the records of the bot, the library. Each counts its own version.
"""

import contextlib
import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from index.errors import PullquoteError
from index.phrases import N_, reason

APPLICATION = 0x50517564
"""`PRAGMA application_id`: tells our file from any other program's ("PQud")."""

PATIENCE = 5_000
"""Milliseconds to wait for another process that writes."""

OLDEST = (3, 37, 0)
"""The SQLite that has STRICT tables; Debian 12 has 3.40."""


@contextlib.contextmanager
def told(path: Path, kind: type[PullquoteError]) -> Iterator[None]:
    """Turn what SQLite complains of into a sentence.

    Raises:
        PullquoteError: of that kind; something went wrong in the block.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        template = _template(None if code is None else code & 0xFF)
        raise kind(template, file=path, error=type(error).__name__) from error


def _template(code: int | None) -> str:
    match code:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return N_(
                "{file} is damaged or no database of ours: restore a copy of it, or move it away to start afresh."
            )
        case sqlite3.SQLITE_FULL:
            return N_("{file} cannot be written because the disk is full: make room and try again.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return N_("{file} is held by another program: try again in a minute.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return N_("{file} cannot be opened or written: check the folder, its permissions and the disk.")
        case _:
            return N_("{file} cannot be used ({error}): try again, and restart if it stays so.")


def open_file(path: Path, kind: type[PullquoteError], *, any_thread: bool = False) -> sqlite3.Connection:
    """Open the file, made if need be; only its owner may read it.

    Args:
        path: the file; its folder is made if need be.
        kind: of the error that is raised.
        any_thread: whether another thread than this one may close the connection.

    Returns:
        a connection that begins and ends transactions by `transaction` alone.

    Raises:
        PullquoteError: of that kind; it cannot be opened, is damaged, or is no file of ours.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise kind(
            N_("SQLite {version} is too old: install Python with SQLite 3.37 or newer."),
            version=sqlite3.sqlite_version,
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here and not by SQLite, so that it is never readable to others, not for a moment; the files beside
        # it (-wal, -shm) take its permissions.
        # Only where there is none: closing a file takes away all locks that this process has on it (POSIX), also those
        # of its other connections, and another process would then take the log from under them.
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise kind(
            N_("{file} cannot be opened ({reason}): check the folder and its permissions."),
            file=path,
            reason=reason(error),
        ) from None
    with told(path, kind):
        connection = sqlite3.connect(
            path, timeout=PATIENCE / 1000, isolation_level=None, check_same_thread=not any_thread
        )
        try:
            _prepare(connection, path, kind)
        except BaseException:  # whatever it was: nothing stays open, and it goes on up
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, kind: type[PullquoteError]) -> None:
    """Check whose file it is, and set how it is written."""
    # At one moment: between two looks another process may have made the tables and signed the file.
    with snapshot(connection):
        application = number(connection, "PRAGMA application_id")
        foreign = application not in (0, APPLICATION) or (not application and _holds_tables(connection))
    if foreign:
        raise kind(N_("{file} is another program's database: move it away, or set PULLQUOTE_STATE."), file=path)
    _write_ahead(connection)
    # In WAL mode a killed process loses nothing that was committed; a power cut may lose the last commits, no more.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is erased is overwritten, and does not lie about in free pages.
    connection.execute("PRAGMA secure_delete = ON")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Write ahead (WAL), waiting for others who begin to: SQLite says at once that the file is busy, and does not wait.

    Raises:
        sqlite3.OperationalError: it is still busy after `PATIENCE`.
    """
    until = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(0.01)
        else:
            return


def number(connection: sqlite3.Connection, query: str) -> int:
    """The one number that a query gives."""
    return int(connection.execute(query).fetchone()[0])


def _holds_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None


def check_version(path: Path, found: int, known: int, kind: type[PullquoteError]) -> None:
    """Refuse what a newer program wrote.

    Raises:
        PullquoteError: of that kind.
    """
    if found > known:
        raise kind(
            N_("{file} was written by a newer Pullquote (version {found}, this one knows {known}): update Pullquote."),
            file=path,
            found=found,
            known=known,
        )


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do what is in the block whole or not at all; the lock to write is taken first, so nothing changes in between."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:  # whatever it was: nothing is half written, and it goes on up
        if connection.in_transaction:  # SQLite ends some by itself, as when the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextlib.contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read in the block as things stand at its first query, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")
