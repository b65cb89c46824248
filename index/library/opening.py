"""Which engine keeps a library, told by where it is kept."""

from collections.abc import Mapping
from pathlib import Path

from index.library.model import Quota
from index.library.protocol import Library
from index.library.quota import QUOTAS
from index.library.sqlite import SQLiteLibrary

FILE = "pullquote.db"
"""Name of the SQLite file in a folder; the bot's records are in it too."""


def open_library(where: str | Path, *, quotas: Mapping[str, Quota] = QUOTAS) -> Library:
    """Open a library, made if need be.

    Args:
        where: a folder, in which SQLite's `pullquote.db` is or will be; or a file, SQLite's own: a path with an ending.
        quotas: kind of owner -> what it may have.

    Raises:
        LibraryError: it cannot be opened.
    """
    path = Path(where)
    return SQLiteLibrary(path if path.is_file() or (path.suffix and not path.is_dir()) else path / FILE, quotas=quotas)
