"""What the doctor says of the machine."""

from pathlib import Path

import pytest

from bot.doctor import machine
from bot.doctor.machine import LEAST_MEMORY, available, environment_file, memory
from bot.findings import State
from bot.settings import Settings


def test_each_thing_is_looked_at() -> None:
    """On the machine of the tests nothing is wrong."""
    found = list(machine.machine(Settings()))
    assert {"python", "sqlite", "cards"} <= {f.subject for f in found}
    assert not [f for f in found if f.state is State.WRONG and f.subject in ("python", "sqlite")]


def test_old_sqlite_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do."""
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 31, 1))
    found = machine.sqlite()
    assert found.state is State.WRONG
    assert "3.37" in found.remedy


def test_memory_is_read_off_linux(tmp_path: Path) -> None:
    """And nothing is said where there is no such file, or another."""
    file = tmp_path / "meminfo"
    file.write_text("MemTotal:        2000000 kB\nMemAvailable:     204800 kB\n")
    assert available(file) == 200
    assert memory(200).state is State.NOTE
    assert memory(LEAST_MEMORY).state is State.RIGHT
    file.write_text("MemAvailable: much\n")
    assert available(file) is None
    assert available(tmp_path / "none") is None


def test_a_token_that_others_can_read_is_found(tmp_path: Path) -> None:
    """A file without one, or for its owner alone, is right."""
    file = tmp_path / ".env"
    assert list(environment_file(file)) == []
    file.write_text("PULLQUOTE_DISCORD_TOKEN=x")
    file.chmod(0o644)
    (found,) = environment_file(file)
    assert found.state is State.WRONG
    assert f"chmod 600 {file}" in found.remedy
    file.chmod(0o600)
    assert list(environment_file(file)) == []


def test_a_library_that_needs_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that installs it is told."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "lancedb" else name)
    found = list(machine.machine(Settings.model_validate({"library": "s3://bucket/prefix"})))
    assert any("LanceDB" in f.sentence and "pip install" in f.remedy for f in found)
