"""Which engine keeps a library, told by where it is kept."""

from pathlib import Path

from index.library.protocol import Library
from index.library.sqlite import SQLiteLibrary

FILE = "pullquote.db"
"""Name of the SQLite file in a folder; the bot's records are in it too."""


def open_library(where: str | Path) -> Library:
    """Open a library, made if need be.

    Args:
        where: a folder, in which SQLite's `pullquote.db` is or will be; or a file, SQLite's own.

    Raises:
        LibraryError: it cannot be opened.
    """
    path = Path(where)
    return SQLiteLibrary(path if path.suffix or path.is_file() else path / FILE)
