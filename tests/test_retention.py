"""What is old goes."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.records import Records, SQLiteRecords, Tally, person, server
from bot.records.model import DAY, day_of
from bot.retention import GRACE, purge
from bot.server_settings import RETENTION, ServerSettings
from tests.records.builders import NOW, refusal, vote


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """An empty store."""
    store = SQLiteRecords(tmp_path / "records.db")
    yield store
    store.close()


def test_each_owner_has_its_own_time(records: Records) -> None:
    """A server that keeps a week loses what is older, one that set nothing keeps a quarter, a person too."""
    short, usual, someone = server(1), server(2), person(3)
    records.set(short, ServerSettings(retention=7).stored())
    for n, age in enumerate((0, 6, 8, RETENTION - 1, RETENTION + 1)):
        for owner in (short, usual, someone):
            records.note_refusal(refusal(owner=owner, answer=n, at=NOW - age * DAY))
            records.cast(vote(owner=owner, answer=n, at=NOW - age * DAY))
    assert purge(records, NOW) == 2 * (3 + 1 + 1)
    assert [r.answer for r in records.refusals(short, 0)] == [1, 0]
    assert [v.answer for v in records.votes(usual, 0)] == [3, 2, 1, 0]
    assert len(records.votes(someone, 0)) == 4
    assert records.tallies(short, day_of(0)) == tuple(Tally(day_of(NOW - age * DAY), 0, 1) for age in (6, 0))
    assert ServerSettings.from_stored(records.settings(short)).retention == 7


def test_a_server_that_left_is_erased_after_its_grace(records: Records) -> None:
    """Not a day before, and not where it came back."""
    gone, back = server(1), server(2)
    for owner in (gone, back):
        records.cast(vote(owner=owner))
        records.set(owner, {"private": True})
        records.depart(owner, NOW)
    records.stay(back)
    assert purge(records, NOW + GRACE * DAY - 1) == 0
    assert purge(records, NOW + GRACE * DAY) == 1
    assert records.owners() == (back,)
    assert records.settings(gone) == {}


def test_who_has_nothing_left_is_forgotten(records: Records) -> None:
    """Not even the id of a person stays in the store."""
    records.note_refusal(dataclasses.replace(refusal(), owner=person(9), person=9))
    purge(records, NOW + (RETENTION + 2) * DAY)
    assert records.owners() == ()
