"""Which engine keeps the records: LanceDB where the library is shared between machines, a file of this one's if not."""

from pathlib import Path

from bot.records.protocol import Records
from bot.records.sqlite import SQLiteRecords
from index.library.opening import FILE, is_shared


def open_records(folder: Path, library: str | None = None) -> Records:
    """Open the store, made if need be.

    Args:
        folder: where its file is, unless it is shared.
        library: where libraries are kept, if that is said.

    Raises:
        RecordsError: it cannot be opened.
    """
    if library and is_shared(library):
        from bot.records.lance import LanceRecords

        return LanceRecords(library)
    return SQLiteRecords(folder / FILE)
