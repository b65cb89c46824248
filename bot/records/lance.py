"""The store in LanceDB, beside a library there, for bots on several machines: `pip install 'pullquote[scale]'`.

What is kept of an owner are rows of one table, each under a key of its own; a method writes its rows in one commit.
Owners are spread over `TABLES` tables by their names, so that few machines write to the same one at a time.
"""

import datetime as dt
import json
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from bot.records.model import Kept, Refusal, Tally, Verdict, Vote, day_of
from bot.records.owner import Owner, person
from bot.records.protocol import MOST, Json
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


class LanceRecords:
    """`Records` in LanceDB; for one thread, as the others are."""

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
        return self._table(zlib.crc32(str(owner).encode()) % TABLES)

    def _read(self, table: Any, where: str) -> list[Row]:  # noqa: ANN401 - as above
        def read() -> list[Row]:
            table.checkout_latest()
            rows: list[Row] = table.search().where(where).limit(_ALL).to_arrow().to_pylist()
            return rows

        with _told():
            return attempted(self._place, read)

    def _commit(self, table: Any, commit: Callable[[], T]) -> T:  # noqa: ANN401 - as above
        def latest() -> T:
            table.checkout_latest()
            return commit()

        with _told():
            done = attempted(self._place, latest)
            self._commits += 1
            if self._commits % TIDY == 0:
                attempted(self._place, lambda: table.optimize(cleanup_older_than=dt.timedelta(hours=1)))
        return done

    def _write(self, table: Any, rows: Iterable[Row]) -> None:  # noqa: ANN401 - as above
        """Put rows in the place of those that have their keys, in one commit."""
        import pyarrow as pa

        new = pa.Table.from_pylist(list(rows), schema=table.schema)

        def merge() -> None:
            table.merge_insert("key").when_matched_update_all().when_not_matched_insert_all().execute(new)

        self._commit(table, merge)

    def _delete(self, table: Any, where: str) -> int:  # noqa: ANN401 - as above
        return int(self._commit(table, lambda: table.delete(where)).num_deleted_rows)

    def _known(self, owner: Owner) -> list[Row]:
        """The row that says that there is such an owner, if there is none yet."""
        key = f"{owner}/owner"
        there = self._read(self._of(owner), f"key = '{key}'")
        return [] if there else [_row(key, owner, "owner", at=HERE)]

    def _count(self, owner: Owner, at: int, *, answered: int = 0, refused: int = 0) -> Row:
        """This process's count of a day, with what is new; each process has a row of its own, so that none is lost."""
        key = f"{owner}/tally/{day_of(at).isoformat()}/{self._writer}"
        for row in self._read(self._of(owner), f"key = '{key}'"):
            answered, refused = answered + row["answered"], refused + row["refused"]
        return _row(key, owner, "tally", body=day_of(at).isoformat(), answered=answered, refused=refused)

    def note_answer(self, owner: Owner, at: int) -> None:
        """Count a question that was answered."""
        self._write(self._of(owner), [*self._known(owner), self._count(owner, at, answered=1)])

    def note_refusal(self, refusal: Refusal) -> None:
        """Count a question that was not answered, and keep it; the same one twice is kept once."""
        owner, key = refusal.owner, f"{refusal.owner}/refusal/{refusal.answer}"
        rows = self._known(owner)
        if not self._read(self._of(owner), f"key = '{key}'"):
            body = [refusal.answer, _text(refusal.question), refusal.missing, refusal.article, refusal.confidence]
            kept = _row(key, owner, "refusal", who=refusal.person, at=refusal.at, body=json.dumps(body))
            rows += [kept, self._count(owner, refusal.at, refused=1)]
        if rows:
            self._write(self._of(owner), rows)

    def cast(self, vote: Vote) -> Vote | None:
        """Take a vote: in place of the person's other vote on the answer, or, where it is the same, back."""
        table, key = self._of(vote.owner), f"{vote.owner}/vote/{vote.answer}/{vote.person}"
        before = self._read(table, f"key = '{key}'")
        if before and _vote(before[0]).verdict == vote.verdict:
            self._delete(table, f"key = '{key}'")
            return None
        body = [
            vote.answer,
            vote.verdict.value,
            _text(vote.question),
            vote.article,
            vote.sentences,
            vote.confidence,
        ]
        kept = _row(key, vote.owner, "vote", who=vote.person, at=vote.at, body=json.dumps(body))
        self._write(table, [*self._known(vote.owner), kept])
        return vote

    def votes(self, owner: Owner, since: int, most: int = MOST) -> tuple[Vote, ...]:
        """The votes cast at `since` or later, oldest first; of more than `most` the newest."""
        rows = self._read(self._of(owner), f"owner = '{owner}' AND kind = 'vote' AND at >= {since:d}")
        found = sorted(map(_vote, rows), key=lambda vote: (vote.at, vote.answer, vote.person))
        return tuple(found[max(0, len(found) - most) :])

    def refusals(self, owner: Owner, since: int, most: int = MOST) -> tuple[Refusal, ...]:
        """The unanswered questions of `since` or later, oldest first; of more than `most` the newest."""
        rows = self._read(self._of(owner), f"owner = '{owner}' AND kind = 'refusal' AND at >= {since:d}")
        found = sorted(map(_refusal, rows), key=lambda refusal: (refusal.at, refusal.answer))
        return tuple(found[max(0, len(found) - most) :])

    def tallies(self, owner: Owner, since: dt.date) -> tuple[Tally, ...]:
        """How much was asked on each day with questions, from `since` on, oldest first."""
        days: dict[dt.date, tuple[int, int]] = {}
        for row in self._read(self._of(owner), f"owner = '{owner}' AND kind = 'tally' AND body >= '{since:%Y-%m-%d}'"):
            day = dt.date.fromisoformat(row["body"])
            answered, refused = days.get(day, (0, 0))
            days[day] = answered + row["answered"], refused + row["refused"]
        return tuple(Tally(day, *days[day]) for day in sorted(days))

    def settings(self, owner: Owner) -> dict[str, Json]:
        """What was set, by name."""
        rows = self._read(self._of(owner), f"owner = '{owner}' AND kind = 'setting'")
        found = dict(json.loads(row["body"]) for row in rows)
        return {name: found[name] for name in sorted(found) if found[name] is not None}

    def set(self, owner: Owner, values: Mapping[str, Json]) -> None:
        """Set some settings; None takes one away."""
        rows = [
            _row(f"{owner}/setting/{name}", owner, "setting", body=json.dumps([name, value]))
            for name, value in values.items()
        ]
        rows += self._known(owner)
        if rows:
            self._write(self._of(owner), rows)

    def _everywhere(self, where: str) -> list[Row]:
        return [row for number in range(TABLES) for row in self._read(self._table(number), where)]

    def about_person(self, number: int) -> Kept:
        """All that is kept about a person, in all places."""
        rows = self._everywhere(f"person = {number:d} AND kind IN ('vote', 'refusal')")
        votes = sorted((_vote(r) for r in rows if r["kind"] == "vote"), key=lambda v: (v.at, str(v.owner), v.answer))
        refusals = sorted(
            (_refusal(r) for r in rows if r["kind"] == "refusal"), key=lambda r: (r.at, str(r.owner), r.answer)
        )
        return Kept(tuple(votes), tuple(refusals))

    def erase_person(self, number: int) -> int:
        """Erase all that is kept about a person in all places, and all that belongs to them."""
        theirs = f"person = {number:d} AND kind IN ('vote', 'refusal')"
        erased = sum(self._delete(self._table(n), theirs) for n in range(TABLES) if self._read(self._table(n), theirs))
        self._delete(self._of(person(number)), f"owner = '{person(number)}'")
        return erased

    def erase_owner(self, owner: Owner) -> int:
        """Erase all that belongs to an owner, the settings too."""
        table = self._of(owner)
        rows = self._read(table, f"owner = '{owner}'")
        if rows:
            self._delete(table, f"owner = '{owner}'")
        return sum(row["kind"] in ("vote", "refusal") for row in rows)

    def erase_before(self, owner: Owner, before: int) -> int:
        """Erase what is older than a time."""
        table = self._of(owner)
        old = (
            f"owner = '{owner}' AND ((kind IN ('vote', 'refusal') AND at < {before:d})"
            f" OR (kind = 'tally' AND body < '{day_of(before).isoformat()}'))"
        )
        rows = self._read(table, old)
        if rows:
            self._delete(table, old)
        left = self._read(table, f"owner = '{owner}'")
        holds = any(
            row["kind"] != "setting" or json.loads(row["body"])[1] is not None for row in left if row["kind"] != "owner"
        )
        if left and not holds and all(row["at"] == HERE for row in left if row["kind"] == "owner"):
            self._delete(table, f"owner = '{owner}'")
        return sum(row["kind"] in ("vote", "refusal") for row in rows)

    def owners(self) -> tuple[Owner, ...]:
        """All owners that anything is kept of, in order."""
        return tuple(sorted({Owner.parse(row["owner"]) for row in self._everywhere("kind = 'owner'")}))

    def depart(self, owner: Owner, at: int) -> None:
        """Note that an owner has left; the first time counts. Where nothing is kept of it, nothing is noted."""
        table, key = self._of(owner), f"{owner}/owner"
        if self._read(table, f"key = '{key}' AND at = {HERE}"):
            self._commit(table, lambda: table.update(where=f"key = '{key}' AND at = {HERE}", values={"at": at}))

    def stay(self, owner: Owner) -> None:
        """Note that an owner is here, after all."""
        table, key = self._of(owner), f"{owner}/owner"
        if self._read(table, f"key = '{key}' AND at != {HERE}"):
            self._commit(table, lambda: table.update(where=f"key = '{key}'", values={"at": HERE}))

    def departed(self) -> dict[Owner, int]:
        """The owners that have left, and when."""
        rows = self._everywhere(f"kind = 'owner' AND at != {HERE}")
        return {Owner.parse(row["owner"]): row["at"] for row in sorted(rows, key=lambda row: str(row["owner"]))}


def _row(  # noqa: PLR0913 - the columns
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


def _text(text: str) -> str:
    """A text as UTF-8 can hold it, as the store in SQLite has it."""
    return text.encode("utf-8", "replace").decode()


def _vote(row: Row) -> Vote:
    answer, verdict, question, article, sentences, confidence = json.loads(row["body"])
    owner = Owner.parse(row["owner"])
    return Vote(
        owner, answer, row["person"], Verdict(verdict), question, article, tuple(sentences), confidence, row["at"]
    )


def _refusal(row: Row) -> Refusal:
    answer, question, missing, article, confidence = json.loads(row["body"])
    owner = Owner.parse(row["owner"])
    return Refusal(owner, answer, row["person"], question, tuple(missing), article, confidence, row["at"])
