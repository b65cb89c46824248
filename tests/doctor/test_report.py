"""The whole of it, as it is printed and as JSON."""

import json
import stat
from pathlib import Path

import pytest

from bot.doctor.report import run_doctor, run_doctor_json
from bot.findings import Finding, State, line
from bot.settings import PREFIX, Settings
from bot.terminal.console import make_console


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the machine, and a folder of its own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULLQUOTE_STATE", str(tmp_path / "state"))


def test_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 0; each subject has a line, in JSON too."""
    assert run_doctor_json() == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is True
    assert {"settings", "article", "answers", "discord", "python", "sqlite", "port", "logs"} <= {
        finding["subject"] for finding in found["findings"]
    }
    assert run_doctor(make_console()) == 0
    printed = capsys.readouterr().out
    steady = [finding for finding in found["findings"] if finding["subject"] not in ("memory", "disk")]
    assert [finding["sentence"] for finding in steady if finding["sentence"] not in printed] == []


def test_what_is_wrong_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2; a sentence and a remedy."""
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(stat.S_IRWXU | stat.S_IRWXO)
    assert run_doctor_json() == 2
    found = json.loads(capsys.readouterr().out)
    (wrong,) = [finding for finding in found["findings"] if finding["state"] == "wrong"]
    assert found["ok"] is False
    assert wrong["remedy"] == f"Run: chmod 700 {state}"


def test_settings_that_cannot_be_read_end_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the sentence that any command would say."""
    monkeypatch.setenv("PULLQUOTE_QUOTES", "9")
    assert run_doctor_json() == 2
    (only,) = json.loads(capsys.readouterr().out)["findings"]
    assert "PULLQUOTE_QUOTES" in only["sentence"]


def test_json_is_english_whatever_is_set(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs read it."""
    monkeypatch.setenv("PULLQUOTE_LANGUAGE", "de")
    run_doctor_json()
    assert "the ranker is loaded" in capsys.readouterr().out


def test_keys_in_an_address_are_not_shown() -> None:
    """People paste what the doctor says."""
    finding = Finding(State.WRONG, "store", "s3://AKIAEXAMPLE:wJalrXUtnFEMI@bucket/x cannot be read.")
    assert "wJalr" not in line(finding, 8).plain
    assert "bucket/x cannot be read" in line(finding, 8).plain


def test_what_to_do_about_the_token_is_no_secret() -> None:
    """A colon behind the setting's name begins advice, which is read to its end; a value is still taken out."""
    finding = Finding(State.WRONG, "discord", "It is PULLQUOTE_DISCORD_TOKEN: make a new one, not token: abcd")
    assert line(finding, 8).plain.endswith("PULLQUOTE_DISCORD_TOKEN: make a new one, not token: [secret]")
