"""What is LanceDB's own about the records: several machines at one place, and what is said when it cannot be used."""

import datetime as dt
import sys
import threading
from pathlib import Path

import pytest

from bot import privacy
from bot.records import Kept, Refusal, SQLiteRecords, Tally, Verdict, Vote, server
from bot.records.lance import LanceRecords
from bot.records.model import day_of
from bot.records.opening import open_records
from index.errors import RecordsError
from index.library import open_library
from tests.library.builders import made_up

NOW = 1_760_000_000


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A folder that several machines share."""
    pytest.importorskip("lancedb", reason="LanceDB is not installed: make scale")
    return str(tmp_path / "shared.lance")


def test_machines_that_write_at_the_same_time_lose_nothing(place: str, tmp_path: Path) -> None:
    """Answers and refusals of three machines add up, and each sees the settings and votes of the others."""
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            records = open_records(tmp_path / f"machine{number}", place)
            for n in range(4):
                records.note_answer(server(1), NOW)
                records.note_refusal(Refusal(server(1), 10 * number + n, number, "Why?", (), "a", 0.1, NOW))
                records.cast(Vote(server(1), n, number, Verdict.UP, "Why?", "a", (1,), 0.9, NOW))
            records.set(server(1), {f"setting{number}": number})
            records.close()
        except BaseException as error:  # noqa: BLE001 - told below, in the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    records = LanceRecords(place)
    assert records.tallies(server(1), dt.date.min) == (Tally(day_of(NOW), 12, 12),)
    assert len(records.refusals(server(1), 0)) == len(records.votes(server(1), 0)) == 12
    assert records.settings(server(1)) == {f"setting{number}": number for number in range(3)}
    assert records.owners() == (server(1),)
    records.close()


def test_records_and_library_share_a_place(place: str, tmp_path: Path) -> None:
    """Neither takes the other's tables for its own."""
    records, library = LanceRecords(place), open_library(place, view=tmp_path / "view.db")
    records.note_answer(server(2), NOW)
    library.add(server(1), made_up(1), at=1)
    assert records.owners() == (server(2),)
    assert library.owners() == (server(1),)
    library.close()
    records.close()


def test_where_the_library_is_says_where_the_records_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a shared library they are beside it; otherwise in the state folder, wherever the library is."""
    for library in (None, str(tmp_path / "elsewhere"), str(tmp_path / "a.db")):
        records = open_records(tmp_path / "state", library)
        assert isinstance(records, SQLiteRecords)
        records.close()
    monkeypatch.setitem(sys.modules, "lancedb", None)
    with pytest.raises(RecordsError, match="needs LanceDB"):
        open_records(tmp_path / "state", "s3://bucket/prefix")


def test_privacy_tells_of_storage_that_machines_share() -> None:
    """Where what is kept leaves the machine, nobody is told that nothing does."""
    alone, shared = (privacy.texts(Kept((), ()), 90, 30, None, shared=is_so)[0] for is_so in (False, True))
    assert "no question and no article leaves it" in alone
    assert "no question and no article leaves it" not in shared
    assert "all machines of this bot share" in shared


def test_a_place_that_cannot_be_used_is_told_of_at_once(place: str) -> None:
    """When the store is opened, and not when the first thumb is pressed."""
    Path(place).write_text("not a folder")
    with pytest.raises(RecordsError, match="cannot be read or written"):
        LanceRecords(place)
