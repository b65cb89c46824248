"""What asking takes where nothing is set."""

import os
from pathlib import Path

import pytest

from bot.defaults import PREFIX, Defaults, nothing_is_set
from bot.settings import Settings
from bot.terminal.options import settings_to_ask
from index.errors import SettingsError

NAMES = [name for name in vars(Defaults) if not name.startswith("_")]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_what_the_settings_start_from(name: str) -> None:
    """Whoever asks with nothing set gets the very values that reading the settings would give."""
    assert getattr(Defaults(), name) == getattr(Settings(), name)


def test_where_nothing_is_set_nothing_is_read() -> None:
    """An empty environment and no file: there is nothing to check."""
    assert nothing_is_set()
    assert isinstance(settings_to_ask(), Defaults)


@pytest.mark.parametrize("name", ["PULLQUOTE_QUOTES", "pullquote_quotes", "PullQuote_Quotes"])
def test_a_setting_of_the_environment_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However its name is written."""
    monkeypatch.setenv(name, "1")
    assert settings_to_ask().quotes == 1


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it sets nothing where the settings are read."""
    monkeypatch.setenv("PULLQUOTE_QUOTES", "")
    assert nothing_is_set()


def test_a_setting_of_the_file_is_read(tmp_path: Path) -> None:
    """`.env` in the folder one stands in."""
    (tmp_path / ".env").write_text("PULLQUOTE_QUOTES=2\n")
    assert settings_to_ask().quotes == 2


def test_a_file_that_cannot_be_looked_at_is_left_to_the_settings(tmp_path: Path) -> None:
    """Whoever reads them says what is wrong with it, such as a link that leads round in a circle."""
    (tmp_path / ".env").symlink_to(".env")
    assert not nothing_is_set()


def test_a_wrong_setting_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking checks what is set."""
    monkeypatch.setenv("PULLQUOTE_QUOTES", "0")
    with pytest.raises(SettingsError, match="PULLQUOTE_QUOTES has no valid value"):
        settings_to_ask()
