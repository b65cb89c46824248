"""The SQLite file: what survives, who may read it, and what is said of a file that cannot be used."""

import asyncio
import contextlib
import logging
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.conversation import Conversation, Turn
from bot.records import Records, SQLiteRecords, Tally, Verdict, Worker, person, server
from bot.records import worker as worker_module
from bot.records.migrations import VERSION
from bot.records.model import day_of
from index.errors import RecordsError
from tests.records.builders import NOW, refusal, remembered, vote

HERE = Path(__file__).parent
STORES = HERE.parent / "stores"
KILLS = 5


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store is to be."""
    return tmp_path / "state" / "pullquote.db"


def test_a_killed_writer_leaves_a_whole_store(file: Path) -> None:
    """After kill -9 in the middle of writing, all that was said to be written is there, and nothing by half."""
    last = -1
    cut: set[int] = set()
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, str(HERE / "kill_me.py"), str(file), str(last + 1)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(120):
            last = int(writer.stdout.readline())
        writer.kill()
        rest = writer.stdout.read().split("\n")
        writer.wait()
        writer.stdout.close()
        last = max([last, *(int(line) for line in rest[:-1] if line)])
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
        records = SQLiteRecords(file)
        refused = [r.answer for r in records.refusals(server(1), 0)]
        voted = [v.answer for v in records.votes(server(1), 0)]
        (tally,) = records.tallies(server(1), day_of(0))
        records.close()
        # One more may have been written than was told, and of that one the vote may be missing.
        assert refused[-1] in (last, last + 1)
        assert refused == list(range(refused[0], refused[-1] + 1))
        cut.add(refused[-1])
        assert voted == sorted(voted)
        assert set(refused) - set(voted) <= cut
        assert set(voted) <= set(refused)
        assert tally.refused == refused[-1] + 1
        last = refused[-1]


def upgraded(file: Path) -> SQLiteRecords:
    """The store of the first release, opened by this one."""
    file.parent.mkdir(parents=True)
    connection = sqlite3.connect(file)
    connection.executescript((STORES / "v1.sql").read_text("utf-8"))
    connection.close()
    return SQLiteRecords(file)


def test_a_store_of_version_1_is_brought_up_to_date(file: Path) -> None:
    """All that was kept is there after the upgrade, and what is new works."""
    records = upgraded(file)
    assert records.votes(server(1), 0) == (vote(verdict=Verdict.DOWN),)
    assert records.refusals(person(100), 0) == (refusal(owner=person(100)),)
    assert records.tallies(server(1), day_of(0)) == (Tally(day_of(NOW), 3, 1),)
    assert records.settings(server(1)) == {"private": True}
    records.depart(server(1), NOW)
    assert records.departed() == {server(1): NOW}
    records.close()
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    fresh = sqlite3.connect(":memory:")
    SQLiteRecords(file.with_name("fresh.db")).close()
    fresh.execute("ATTACH ? AS fresh", (str(file.with_name("fresh.db")),))
    schema = "SELECT name, type FROM {}sqlite_schema ORDER BY name"
    assert connection.execute(schema.format("")).fetchall() == fresh.execute(schema.format("fresh.")).fetchall()
    connection.close()
    fresh.close()


def test_a_failed_upgrade_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fails leaves the store of the version before, whole."""
    upgraded(file).close()
    monkeypatch.setattr("bot.records.database.VERSION", VERSION + 1)
    steps = (*[()] * VERSION, ("CREATE TABLE half (x)", "no SQL"))
    monkeypatch.setattr("bot.records.database.MIGRATIONS", steps)
    with pytest.raises(RecordsError):
        SQLiteRecords(file)
    monkeypatch.undo()
    records = SQLiteRecords(file)
    assert len(records.votes(server(1), 0)) == 1
    records.close()


def test_only_the_owner_may_read_it(file: Path) -> None:
    """The file, and those that SQLite puts beside it, are 0600, even where the file was open to others before."""
    file.parent.mkdir()
    file.touch(0o644)
    records = SQLiteRecords(file)
    records.note_answer(server(1), NOW)
    modes = {p.name: oct(p.stat().st_mode & 0o777) for p in file.parent.iterdir()}
    records.close()
    assert modes == {"pullquote.db": "0o600", "pullquote.db-wal": "0o600", "pullquote.db-shm": "0o600"}


def test_what_is_erased_lies_about_nowhere(file: Path) -> None:
    """After erasing, the words are in none of the files' bytes."""
    records = SQLiteRecords(file)
    secret = b"the-secret-question"
    for n in range(50):
        records.note_refusal(refusal(answer=n, question=secret.decode() * 20))
        records.cast(vote(answer=n, question=secret.decode()))
        records.keep_conversations([remembered(place=n, conversation=Conversation((Turn(secret.decode() * 20),)))])
    assert any(secret in p.read_bytes() for p in file.parent.iterdir())
    assert records.erase_person(100) == 100
    assert not any(secret in p.read_bytes() for p in file.parent.iterdir())
    records.close()


def test_a_conversation_that_is_over_lies_about_nowhere(file: Path) -> None:
    """Neither one that was forgotten, nor one that is too old, nor what stood there before another turn."""
    records = SQLiteRecords(file)
    secret = b"the-secret-question"
    said = Conversation((Turn(secret.decode() * 20),))
    records.keep_conversations(remembered(place=n, conversation=said) for n in range(50))
    records.forget_conversation(server(1), 100, 0)
    records.keep_conversations(remembered(place=n, conversation=Conversation()) for n in range(1, 20))
    assert records.expire_conversations(NOW + 1) == 49
    assert not any(secret in p.read_bytes() for p in file.parent.iterdir())
    records.close()


def damaged(file: Path) -> None:
    """Bytes that are no database."""
    file.write_bytes(b"not a database, " * 1000)


def cut(file: Path) -> None:
    """A database whose end is missing."""
    records = SQLiteRecords(file)
    for n in range(200):
        records.note_refusal(refusal(answer=n, question="x" * 500))
    records.close()
    raw = file.read_bytes()
    file.write_bytes(raw[:6000] + b"\xff" * 9000)


def newer(file: Path) -> None:
    """A store of the future."""
    SQLiteRecords(file).close()
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


def foreign(file: Path) -> None:
    """Somebody else's database."""
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()


def folder(file: Path) -> None:
    """No file at all."""
    file.mkdir()


def use(file: Path) -> None:
    """Open it and read."""
    with contextlib.closing(SQLiteRecords(file)) as records:
        records.refusals(server(1), 0)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (damaged, "is damaged"),
        (cut, "is damaged"),
        (newer, "written by a newer Pullquote"),
        (foreign, "another program's database"),
        (folder, "cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(file: Path, spoil: object, says: str) -> None:
    """What is wrong, what to do; and the file is left as it was."""
    assert callable(spoil)
    file.parent.mkdir()
    spoil(file)
    before = file.read_bytes() if file.is_file() else b""
    with pytest.raises(RecordsError, match=says) as caught:
        use(file)
    assert str(caught.value).endswith((".", "!"))
    assert "\n" not in str(caught.value)
    assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_store_that_another_process_writes_to(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One writes after the other; where the other does not let go, a sentence says so."""
    monkeypatch.setattr("index.database.PATIENCE", 1)
    one, other = SQLiteRecords(file), SQLiteRecords(file)
    one.note_answer(server(1), NOW)
    other.note_answer(server(1), NOW)
    assert one.tallies(server(1), day_of(0)) == (Tally(day_of(NOW), 2, 0),)
    blocking = sqlite3.connect(file, isolation_level=None)
    blocking.execute("BEGIN IMMEDIATE")
    with pytest.raises(RecordsError, match="held by another program"):
        one.note_answer(server(1), NOW)
    blocking.execute("ROLLBACK")
    blocking.close()
    one.note_answer(server(1), NOW)
    for store in (one, other):
        store.close()


def test_a_full_disk_is_a_sentence(file: Path) -> None:
    """What cannot be written is told, and what was written before is there."""
    records = SQLiteRecords(file)
    records.note_answer(server(1), NOW)
    records._connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(RecordsError, match="disk is full"):
        records.note_refusal(refusal(question="x" * 500_000))
    assert records.tallies(server(1), day_of(0))[0].answered == 1
    records.close()


async def test_the_event_loop_never_waits(file: Path) -> None:
    """All is done in one other thread, in the order in which it was asked."""
    threads: set[int] = set()

    def opening() -> Records:
        threads.add(threading.get_ident())
        return SQLiteRecords(file)

    def count(records: Records) -> int:
        threads.add(threading.get_ident())
        return len(records.votes(server(1), 0))

    worker = Worker(opening)
    for n in range(20):
        worker.note(lambda records, n=n: records.cast(vote(answer=n)))  # type: ignore[misc]  # mypy: lambda's default
    assert await worker.run(count) == 20
    held = threading.Event()
    waiting = asyncio.ensure_future(worker.run(lambda _: held.wait()))
    await asyncio.sleep(0)  # the loop goes on while the thread is held up
    assert not waiting.done()
    held.set()
    assert await waiting
    worker.close()
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_what_was_noted_is_written_before_the_end(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Closing waits for what is to be written; what fails is logged and holds nothing up."""
    worker = Worker(lambda: SQLiteRecords(file))

    def fails(_: Records) -> None:
        raise RecordsError("The disk is on fire.")

    def breaks(_: Records) -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.WARNING):
        worker.note(fails)
        worker.note(breaks)
        worker.note(lambda records: records.note_refusal(refusal()))
        worker.close()
    assert [r.levelname for r in caplog.records] == ["WARNING", "ERROR"]
    records = SQLiteRecords(file)
    assert records.refusals(server(1), 0) == (refusal(),)
    records.close()


def test_notes_that_pile_up_are_dropped(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While the disk hangs, memory does not fill."""
    monkeypatch.setattr(worker_module, "MOST_WAITING", 2)
    worker = Worker(lambda: SQLiteRecords(file))
    held = threading.Event()
    worker.note(lambda _: held.wait())
    for n in range(5):
        worker.note(lambda records, n=n: records.note_refusal(refusal(answer=n)))  # type: ignore[misc]  # as above
    held.set()
    worker.close()
    assert sum("dropped" in r.getMessage() for r in caplog.records) == 4
    records = SQLiteRecords(file)
    assert [r.answer for r in records.refusals(server(1), 0)] == [0]
    records.close()


async def test_a_store_that_cannot_be_opened_stops_the_start(file: Path) -> None:
    """The sentence comes out where the worker is made."""
    file.parent.mkdir()
    damaged(file)
    with pytest.raises(RecordsError, match="is damaged"):
        Worker(lambda: SQLiteRecords(file))
