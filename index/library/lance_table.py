"""One owner's articles as a LanceDB table, in a folder or on object storage.

A row is an article with all that is known of it, so that adding, refreshing and removing are one commit each: a reader
sees the state before or after. Lance numbers the rows as they are committed and never changes a row's number, nor gives
one twice; an article's number is its row's, counted from 1. Commits of several writers are put in order by Lance: one
that comes too late is tried again on top of the others.
"""

import datetime as dt
import random
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from index.article import Article
from index.errors import LibraryError
from index.library.packing import pack, unpack
from index.library.view import Held, Version
from index.owner import Owner
from index.phrases import N_, Phrase

T = TypeVar("T")

ATTEMPTS = 20
"""To commit on top of what others commit at the same moment, beside those that Lance makes by itself."""

PAUSE = 0.05
"""Seconds to wait after the first attempt, on average; more after each."""

KEPT = dt.timedelta(hours=1)
"""How long old versions are kept, for readers that are still at them."""

OPTIONS = {
    "new_table_enable_stable_row_ids": "true",
    "connect_timeout": "5s",
    "timeout": "30s",
    "client_max_retries": "4",
    "client_retry_timeout": "30",
}
"""Rows keep their numbers; and somebody waits for an answer, when storage is not to be reached."""

_ALL = 2**31 - 1
"""Above the number of rows of any table: a query without a limit may be given one."""

_VERSION, _CREATED = "_row_last_updated_at_version", "_row_created_at_version"
"""Columns of Lance's own."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is known by.

    Attributes:
        held: its key and its version.
        new: whether it was never changed since it was added.
    """

    held: Held
    new: bool


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what LanceDB complains of into a sentence.

    Raises:
        LibraryError: something went wrong in the block.
    """
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise LibraryError(
            N_("{place} cannot be read or written ({error}): check the address, the keys and the network."),
            place=place,
            error=Phrase(str(error).partition("\n")[0][:200]),
        ) from error


def attempted(place: str, do: Callable[[], T]) -> T:
    """Do something; again, where others committed at the same moment and Lance has given up.

    Raises:
        LibraryError: it cannot be done, or others kept on being quicker.
    """
    with told(place):
        for attempt in range(1, ATTEMPTS):
            try:
                return do()
            except (OSError, RuntimeError, ValueError) as error:
                if "conflict" not in str(error).lower():
                    raise
                time.sleep(random.uniform(0, 2 * PAUSE * attempt))  # noqa: S311 - so that two do not meet again
        return do()


def connect(place: str) -> Any:  # noqa: ANN401 - LanceDB's types are not there where it is not installed
    """Connect to a folder or an address.

    Raises:
        LibraryError: LanceDB is not installed, or the place cannot be reached.
    """
    try:
        import lancedb
    except ImportError:
        raise LibraryError(
            N_("{place} needs LanceDB: install it with pip install 'pullquote[scale]'."), place=place
        ) from None
    with told(place):
        return lancedb.connect(place, storage_options=OPTIONS)


def owners(database: Any, place: str) -> list[Owner]:  # noqa: ANN401 - as above
    """The owners that have a table, with or without articles."""
    found: list[Owner] = []
    page: str | None = None
    while True:
        with told(place):
            answer = database.list_tables(page_token=page, limit=1_000)
        found += [owner for owner in map(_owner, answer.tables) if owner]
        page = answer.page_token
        if not page:
            return sorted(found)


def _owner(name: str) -> Owner | None:
    try:
        return Owner.parse(name.replace("-", ":", 1))
    except ValueError:
        return None


class Table:
    """One owner's table."""

    def __init__(self, database: Any, place: str, owner: Owner, *, make: bool) -> None:  # noqa: ANN401 - as above
        """Open the table.

        Args:
            database: what `connect` gave.
            place: where it is, for messages.
            owner: whose table.
            make: whether to make it if it is not there.

        Raises:
            LibraryError: it cannot be opened.
            FileNotFoundError: it is not there.
        """
        self._place = place
        name = str(owner).replace(":", "-", 1)
        with told(place):
            self._table = _opened(database, name)
            if self._table is None and make:
                try:
                    self._table = database.create_table(name, schema=_schema(), mode="create", exist_ok=True)
                except (OSError, RuntimeError, ValueError):  # another machine was quicker
                    self._table = _opened(database, name)
        if self._table is None:
            raise FileNotFoundError(name)

    def latest(self) -> int:
        """Go to the newest version; which one it is, >= 1."""
        with told(self._place):
            self._table.checkout_latest()
            return int(self._table.version)

    def rows(self) -> dict[int, Row]:
        """All rows, by the numbers of their articles."""
        with told(self._place):
            found = self._table.search().select(["key", "_rowid", _VERSION, _CREATED]).limit(_ALL).to_arrow()
        keys, numbers, versions, created = (found[name].to_pylist() for name in ("key", "_rowid", _VERSION, _CREATED))
        return {
            number + 1: Row(Held(key, version), version == first)
            for key, number, version, first in zip(keys, numbers, versions, created, strict=True)
        }

    def read(self, rows: dict[int, Row], numbers: Sequence[int]) -> list[Version]:
        """Some articles; one that was removed in the meantime is left out.

        Args:
            rows: what `rows` gave.
            numbers: of the articles.
        """
        chosen = ", ".join(str(number - 1) for number in numbers)
        columns = ["key", "at", "packed", "_rowid", _VERSION]
        with told(self._place):
            found = (
                self._table.search().where(f"_rowid IN ({chosen})").select(columns).limit(_ALL).to_arrow().to_pylist()
            )
        by_number = {row["_rowid"] + 1: row for row in found}
        return [
            Version(
                number,
                Held(row["key"], row[_VERSION]),
                rows[number].new and row[_VERSION] == rows[number].held.version,
                unpack(row["packed"]),
                row["at"],
            )
            for number in numbers
            if (row := by_number.get(number))
        ]

    def append(self, articles: Sequence[tuple[str, Article]], at: int) -> None:
        """Add articles, each under a key of its own, in one commit."""
        rows = [{"key": key, "hash": one.id, "at": at, "packed": pack(one)} for key, one in articles]
        self._committed(lambda: self._table.add(rows))

    def replace(self, key: str, old: Article, new: Article, at: int) -> bool:
        """Put an article in the place of another version; whether that version was still there."""
        values = {"hash": new.id, "at": at, "packed": pack(new)}
        result = self._committed(
            lambda: self._table.update(where=f"key = '{key}' AND hash = '{old.id}'", values=values)
        )
        return bool(result.rows_updated)

    def remove(self, keys: Collection[str]) -> int:
        """Remove articles; how many of them were still there."""
        chosen = ", ".join(f"'{key}'" for key in keys)
        return int(self._committed(lambda: self._table.delete(f"key IN ({chosen})")).num_deleted_rows)

    def clear(self) -> int:
        """Remove all articles; how many there were. The numbers are not given again."""
        return int(self._committed(lambda: self._table.delete("true")).num_deleted_rows)

    def tidy(self) -> None:
        """Put small files together, and let go of versions that are older than `KEPT` with what was removed in them."""
        self._committed(lambda: self._table.optimize(cleanup_older_than=KEPT))

    def _committed(self, commit: Callable[[], T]) -> T:
        """Commit on top of the newest version.

        Raises:
            LibraryError: it cannot be written, or others kept on being quicker.
        """

        def latest() -> T:
            self._table.checkout_latest()
            return commit()

        return attempted(self._place, latest)


def _opened(database: Any, name: str) -> Any:  # noqa: ANN401 - as above
    """A table, or None that is not there."""
    try:
        return database.open_table(name)
    except (FileNotFoundError, ValueError) as error:
        if "not found" in str(error).lower():
            return None
        raise


def _schema() -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("key", pa.string(), nullable=False),
            pa.field("hash", pa.string(), nullable=False),
            pa.field("at", pa.int64(), nullable=False),
            pa.field("packed", pa.large_binary(), nullable=False),
        ]
    )
