"""Settings from the environment and .env."""

import logging
import re
import traceback
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, load_settings
from bot.translation import speaking, told
from index.errors import SettingsError

EXAMPLE = Path(__file__).resolve().parents[1] / ".env.example"
SECRET = "MTA1.not-a-token.of-anyone"  # noqa: S105 - made up


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def example() -> dict[str, tuple[str, str]]:
    """Variable -> (value, the comment above it) in .env.example."""
    found = re.findall(r"^# (.*)\n([A-Z_]+)=(.*)$", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    return {name: (value, comment) for comment, name, value in found}


def test_the_example_names_every_setting() -> None:
    """.env.example and the settings are the same list, in the same order, with the same words."""
    described = {f"{PREFIX}{name.upper()}": field.description for name, field in Settings.model_fields.items()}
    assert list(example()) == list(described)
    assert {name: comment for name, (_, comment) in example().items()} == described


def test_the_example_holds_the_defaults(tmp_path: Path) -> None:
    """A copy of .env.example changes nothing."""
    defaults = load_settings()
    (tmp_path / ".env").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert load_settings() == defaults


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable set for one run overrides .env."""
    (tmp_path / ".env").write_text("PULLQUOTE_QUOTES=1\nPULLQUOTE_PRIVATE=true\n")
    monkeypatch.setenv("PULLQUOTE_QUOTES", "2")
    settings = load_settings()
    assert (settings.quotes, settings.private) == (2, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THRESHOLD", "7"),
        ("THRESHOLD", "high"),
        ("THRESHOLD", "nan"),
        ("QUOTES", "0"),
        ("PRIVATE", "perhaps"),
        ("LOG_LEVEL", "loud"),
        ("URL", "example.org"),
    ],
)
def test_a_bad_value_is_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The message names the setting and what it takes."""
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(SettingsError, match=f"^{PREFIX}{name} has no valid value") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THRESHOLD", "7"),
        ("THRESHOLD", "-1"),
        ("THRESHOLD", "high"),
        ("QUOTES", "0"),
        ("QUOTES", "9"),
        ("QUOTES", "some"),
        ("CONVERSATION_MINUTES", "0"),
        ("CONVERSATION_MINUTES", "99999"),
        ("COOLDOWN", "999"),
        ("PRIVATE", "perhaps"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("LOG_QUESTIONS", "perhaps"),
        ("METRICS_PORT", "0"),
        ("METRICS_PORT", "65536"),
        ("METRICS_PORT", "http"),
        ("LANGUAGE", "tlh"),
        ("URL", "example.org"),
        ("URL", f"https://example.org/{'a' * 2000}"),
    ],
)
def test_what_is_wrong_with_a_value_is_told_in_other_languages(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """What pydantic says of our settings stands in the catalogues, in the words in which it says it."""
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    problem = str(caught.value.values["problem"])
    with speaking("de"):
        assert problem not in told(caught.value)
        assert str(caught.value.values["takes"]) not in told(caught.value)


@pytest.mark.parametrize("name", ["ARTICLE", "LIBRARY", "STATE"])
def test_what_is_no_path_is_refused(tmp_path: Path, name: str) -> None:
    """A file, unlike the environment, may hold a NUL, and whatever opened such a path would fail; in any language."""
    (tmp_path / ".env").write_bytes(b'PULLQUOTE_%s="a\0b"\n' % name.encode())
    with pytest.raises(SettingsError, match=f"^{PREFIX}{name} has no valid value: not a valid path") as caught:
        load_settings()
    with speaking("de"):
        assert "not a valid path" not in told(caught.value)


def test_an_unreadable_file_is_one_sentence(tmp_path: Path) -> None:
    """A .env that is no text says so."""
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00\x9f")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings()


def test_the_token_shows_nowhere(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Neither printing, logging, dumping nor a failure on another setting shows the token."""
    monkeypatch.setenv("PULLQUOTE_DISCORD_TOKEN", SECRET)
    settings = load_settings()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").warning("%s %r %s", settings, settings, settings.model_dump())
    monkeypatch.setenv("PULLQUOTE_QUOTES", "9")
    try:
        load_settings()
    except SettingsError as error:
        shown = "".join(traceback.format_exception(error))
    assert SECRET not in caplog.text + shown + settings.model_dump_json()
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == SECRET


def test_the_state_folder_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is remembered lies where the system keeps such things, or where the operator says."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    assert load_settings().state_folder == tmp_path / "xdg" / "pullquote"
    monkeypatch.setenv("PULLQUOTE_STATE", str(tmp_path / "mine"))
    assert load_settings().state_folder == tmp_path / "mine"
