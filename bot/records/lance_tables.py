"""A store's tables in LanceDB: each row under a key of its own, in the table of its owner.

Owners are spread over `TABLES` tables by their names, so that few machines write to the same one at a time.
"""

import datetime as dt
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from bot.records.owner import Owner
from index.errors import LibraryError, RecordsError
from index.library.lance_table import attempted, connect

T = TypeVar("T")

TABLES = 16
"""Tables; the owners of a store stay in those in which they are, so that the number is never changed."""

TIDY = 500
"""Commits of this process to a table, after which it is tidied."""

HERE = -1
"""The time of leaving of an owner that has not left."""

_ALL = 2**31 - 1

Row = dict[str, Any]


@contextmanager
def _told() -> Iterator[None]:
    """Turn the library's sentences, which are about the same place, into the store's."""
    try:
        yield
    except LibraryError as error:
        raise RecordsError(error.template, **error.values) from error


class LanceTables:
    """The tables; for one thread, as the other engine is."""

    def __init__(self, place: str) -> None:
        """Connect to the place.

        Args:
            place: a folder or an address; the library may be there too.

        Raises:
            RecordsError: LanceDB is not installed, or the place cannot be reached.
        """
        self._place = place
        self._writer = uuid.uuid4().hex
        with _told():
            self._database: Any = connect(place)
        self._tables: dict[int, Any] = {}
        self._commits = 0
        self._read(self._table(0), "false")  # so that a place that cannot be reached is told of now

    def close(self) -> None:
        """Let go of the place."""
        self._tables.clear()
        self._database = None

    def _table(self, number: int) -> Any:  # noqa: ANN401 - LanceDB's types are not there where it is not installed
        if number not in self._tables:
            with _told():
                self._tables[number] = attempted(self._place, lambda: self._made(number))
        return self._tables[number]

    def _made(self, number: int) -> Any:  # noqa: ANN401 - as above
        import pyarrow as pa

        columns = {"person": pa.int64(), "at": pa.int64(), "answered": pa.int64(), "refused": pa.int64()}
        fields = [pa.field(name, pa.string(), nullable=False) for name in ("key", "owner", "kind", "body")]
        schema = pa.schema([*fields, *(pa.field(name, kind, nullable=False) for name, kind in columns.items())])
        return self._database.create_table(f"records-{number:02d}", schema=schema, mode="create", exist_ok=True)

    def _of(self, owner: Owner) -> Any:  # noqa: ANN401 - as above
        """The table in which an owner is."""
        return self._table(self._number(owner))

    @staticmethod
    def _number(owner: Owner) -> int:
        return zlib.crc32(str(owner).encode()) % TABLES

    def _read(self, table: Any, where: str, columns: list[str] | None = None) -> list[Row]:  # noqa: ANN401 - as above
        """The rows that are so, whole or some columns of them."""

        def read() -> list[Row]:
            table.checkout_latest()
            query = table.search().where(where).limit(_ALL)
            rows: list[Row] = (query.select(columns) if columns else query).to_arrow().to_pylist()
            return rows

        with _told():
            return attempted(self._place, read)

    def _rows(self, table: Any, where: str) -> int:  # noqa: ANN401 - as above
        """How many rows are so."""

        def count() -> int:
            table.checkout_latest()
            return int(table.count_rows(where))

        with _told():
            return attempted(self._place, count)

    def _commit(self, table: Any, commit: Callable[[], T]) -> T:  # noqa: ANN401 - as above
        def latest() -> T:
            table.checkout_latest()
            return commit()

        with _told():
            done = attempted(self._place, latest)
            self._commits += 1
        if self._commits % TIDY == 0:
            self._tidy(table)
        return done

    def _tidy(self, table: Any) -> None:  # noqa: ANN401 - as above
        """Write a table together, and let go of what was erased or replaced more than an hour ago."""
        with _told():
            attempted(self._place, lambda: table.optimize(cleanup_older_than=dt.timedelta(hours=1)))

    def _write(self, table: Any, rows: Iterable[Row], unless: str | None = None) -> None:  # noqa: ANN401 - as above
        """Put rows in the place of those that have their keys, in one commit.

        Args:
            table: where.
            rows: no two of the same key.
            unless: which of those that are there stay, `target` being one that is there and `source` its successor.
        """
        import pyarrow as pa

        new = pa.Table.from_pylist(list(rows), schema=table.schema)

        def merge() -> None:
            merging = table.merge_insert("key").when_matched_update_all(where=unless and f"NOT ({unless})")
            merging.when_not_matched_insert_all().execute(new)

        self._commit(table, merge)

    def _delete(self, table: Any, where: str) -> int:  # noqa: ANN401 - as above
        return int(self._commit(table, lambda: table.delete(where)).num_deleted_rows)

    def _known(self, *owners: Owner) -> list[Row]:
        """The rows that say that there are such owners, those that there are none of yet; of one table's owners."""
        rows = {f"{owner}/owner": owner for owner in owners}
        chosen = ", ".join(f"'{key}'" for key in rows)
        for row in self._read(self._of(owners[0]), f"key IN ({chosen})", ["key"]):
            rows.pop(row["key"], None)
        return [made(key, owner, "owner", at=HERE) for key, owner in rows.items()]

    def _everywhere(self, where: str) -> list[Row]:
        return [row for number in range(TABLES) for row in self._read(self._table(number), where)]


def made(  # noqa: PLR0913 - the columns
    key: str,
    owner: Owner,
    kind: str,
    *,
    who: int = 0,
    at: int = 0,
    body: str = "",
    answered: int = 0,
    refused: int = 0,
) -> Row:
    """A row."""
    return {
        "key": key,
        "owner": str(owner),
        "kind": kind,
        "body": body,
        "person": who,
        "at": at,
        "answered": answered,
        "refused": refused,
    }
