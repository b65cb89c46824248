"""Codes in the place of ids."""

import stat
from pathlib import Path

import pytest

from bot.operations.pseudonyms import FILE, Pseudonyms, load_pseudonyms

NUMBER = 400000000000000011


def test_an_id_has_one_code_in_one_installation(tmp_path: Path) -> None:
    """The same after a restart, another one in another installation."""
    code = load_pseudonyms(tmp_path / "a").of(NUMBER)
    assert code
    assert len(code) == 12
    assert load_pseudonyms(tmp_path / "a").of(NUMBER) == code
    assert load_pseudonyms(tmp_path / "b").of(NUMBER) != code
    assert load_pseudonyms(tmp_path / "a").of(NUMBER + 1) != code


def test_the_secret_is_its_owners(tmp_path: Path) -> None:
    """Nobody else reads the file; nothing is left beside it."""
    load_pseudonyms(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_a_damaged_secret_is_made_anew(tmp_path: Path) -> None:
    """A file that a full disk cut short is no secret."""
    (tmp_path / FILE).write_bytes(b"short")
    code = load_pseudonyms(tmp_path).of(NUMBER)
    assert code == load_pseudonyms(tmp_path).of(NUMBER)


def test_where_nothing_can_be_written_codes_last_for_the_process(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot starts all the same, and says so."""
    (tmp_path / "file").write_text("x")
    made = load_pseudonyms(tmp_path / "file" / "state")
    assert isinstance(made, Pseudonyms)
    assert made.of(NUMBER) == made.of(NUMBER)
    assert "until the next start" in caplog.text
