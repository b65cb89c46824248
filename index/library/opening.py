"""Which engine keeps a library, told by where it is kept."""

import os
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from index.library.model import Quota
from index.library.protocol import Library
from index.library.quota import QUOTAS

FILE = "pullquote.db"
"""Name of the SQLite file in a folder; the bot's records are in it too."""

FOLDER = ".lance"
"""What the name of a folder ends in that LanceDB keeps."""


def is_shared(where: str | Path) -> bool:
    """Whether LanceDB keeps the library: at an address (`s3://bucket/prefix`), or in a folder named `*.lance`."""
    return "://" in str(where) or str(where).rstrip("/").endswith(FOLDER)


def open_library(where: str | Path, *, quotas: Mapping[str, Quota] = QUOTAS, view: Path | None = None) -> Library:
    """Open a library, made if need be.

    Args:
        where: an address such as `s3://bucket/prefix`, or a folder whose name ends in `.lance`, for LanceDB; any other
            folder, in which SQLite's `pullquote.db` is or will be, or a file, SQLite's own: a path with an ending.
        quotas: kind of owner -> what it may have.
        view: with LanceDB, the file in which this machine keeps what it has read; None for one among its caches.

    Raises:
        LibraryError: it cannot be opened, or LanceDB is not installed.
    """
    if is_shared(where):
        from index.library.lance import LanceLibrary

        return LanceLibrary(str(where), view=view or _cache(str(where)), quotas=quotas)
    # Whoever answers from one article never waits for it.
    from index.library.sqlite import SQLiteLibrary

    path = Path(where)
    return SQLiteLibrary(path if path.is_file() or (path.suffix and not path.is_dir()) else path / FILE, quotas=quotas)


def may_hold_articles(path: Path) -> bool:
    """Whether SQLite's file of a library may have an article, whoever's; quick, with no engine imported.

    The file is neither made nor brought up to date.

    Returns:
        True also where it cannot be looked into: who opens it says why.
    """
    if not path.is_file():
        return False
    import sqlite3

    # Not read-only: whoever is the last to close such a connection leaves the log's files behind.
    address = f"{path.absolute().as_uri()}?mode=rw"
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as connection:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'articles'").fetchone()
        return bool(tables and connection.execute("SELECT EXISTS (SELECT 1 FROM articles)").fetchone()[0])
    return True


def _cache(place: str) -> Path:
    """This machine's file for a place."""
    import hashlib

    home = os.environ.get("XDG_CACHE_HOME")
    folder = (Path(home) if home else Path.home() / ".cache") / "pullquote"
    return folder / f"library-{hashlib.sha256(place.encode()).hexdigest()[:16]}.db"
