"""What the doctor says of what is kept; it changes nothing."""

import os
import sqlite3
from pathlib import Path

import pytest

from bot.doctor import storage
from bot.doctor.storage import disk, file_system, folder, kept
from bot.findings import State
from bot.records import FILE, SQLiteRecords, server
from bot.settings import Settings
from tests.stores import OLD


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with something in it."""
    records = SQLiteRecords(tmp_path / FILE)
    for day in range(200):
        records.note_answer(server(day + 1), day * 86_400)
    records.close()
    tmp_path.chmod(0o700)
    return tmp_path / FILE


def test_a_store_that_is_whole_is_right(store: Path) -> None:
    """Folder, disk and database; not a byte is changed."""
    before = store.read_bytes()
    found = list(storage.storage(Settings.model_validate({"state": store.parent})))
    assert [f.subject for f in found] == ["folder", "disk", "database"]
    assert {f.state for f in found} == {State.RIGHT}
    assert store.read_bytes() == before


def test_before_the_first_start_nothing_is_wrong(tmp_path: Path) -> None:
    """There is no folder yet, or no database in it; neither is made."""
    nowhere = tmp_path / "state"
    (found,) = storage.storage(Settings.model_validate({"state": nowhere}))
    assert found.state is State.NOTE
    assert not nowhere.exists()
    (found,) = kept(tmp_path / FILE)
    assert found.state is State.NOTE
    assert not (tmp_path / FILE).exists()


def test_damage_is_found(store: Path) -> None:
    """A page of zeros in the middle, which opening the file does not notice."""
    content = bytearray(store.read_bytes())
    size = 4096
    content[2 * size : 5 * size] = bytes(3 * size)
    store.write_bytes(content)
    (found,) = kept(store)
    assert found.state is State.WRONG
    assert str(store) in found.sentence


def test_what_is_no_database_of_ours_is_told(tmp_path: Path) -> None:
    """Text, and another program's database."""
    file = tmp_path / FILE
    file.write_bytes(b"no database " * 1000)
    file.chmod(0o600)
    assert [f.state for f in kept(file)] == [State.WRONG]
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA application_id = 7")
        other.execute("CREATE TABLE x (y)")
    other.close()
    file.chmod(0o600)
    (found,) = kept(file)
    assert "another program's" in found.sentence


def test_a_newer_version_is_told(store: Path) -> None:
    """As at the start."""
    with sqlite3.connect(store) as newer:
        newer.execute("PRAGMA user_version = 999")
    newer.close()
    (found,) = kept(store)
    assert found.state is State.WRONG
    assert "newer Pullquote" in found.sentence


@pytest.mark.parametrize("script", OLD, ids=lambda p: p.stem)
def test_an_older_version_is_right_and_waits_to_be_brought_up_to_date(tmp_path: Path, script: Path) -> None:
    """The operator is asked to back it up before."""
    file = tmp_path / FILE
    with sqlite3.connect(file) as old:
        old.executescript(script.read_text("utf-8"))
    old.close()
    file.chmod(0o600)
    (found,) = kept(file)
    assert found.state is State.RIGHT
    assert "older version's" in found.sentence


def test_who_else_can_read_or_write_is_told(store: Path) -> None:
    """With the command that mends it."""
    store.chmod(0o644)
    assert any(f"chmod 600 {store}" in f.remedy for f in kept(store))
    store.parent.chmod(0o777)
    assert any(f"chmod 700 {store.parent}" in f.remedy for f in folder(store.parent))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """With the command that mends it."""
    tmp_path.chmod(0o500)
    try:
        assert any(f.state is State.WRONG and "chown" in f.remedy for f in folder(tmp_path))
    finally:
        tmp_path.chmod(0o700)


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    """A sentence, no traceback."""
    (tmp_path / "file").write_text("x")
    (found,) = folder(tmp_path / "file" / "state")
    assert found.state is State.WRONG


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    """A database on another machine's disk is damaged sooner or later."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nnas:/x {tmp_path} nfs4 rw 0 0\n")
    assert file_system(tmp_path / "state", mounts) == "nfs4"
    assert file_system(Path("/etc"), mounts) == "ext4"
    assert file_system(tmp_path, tmp_path / "none") == ""


def test_little_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First as a note, then as wrong."""
    for free, state in ((10_000, State.RIGHT), (200, State.NOTE), (10, State.WRONG)):
        monkeypatch.setattr("shutil.disk_usage", lambda _, free=free: type("Usage", (), {"free": free * 1_000_000}))
        assert next(iter(disk(tmp_path))).state is state


def test_a_write_ahead_log_that_only_grows_is_told(store: Path) -> None:
    """Somebody reads for ever."""
    with store.with_name(f"{FILE}-wal").open("wb") as log:
        log.truncate(100_000_000)
    assert any("wait to be taken up" in f.sentence for f in kept(store))
