"""How the log is set up: its level, its format, and no secret in it."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from pydantic import SecretStr

from bot.discord.logs import set_up_logs
from bot.settings import Settings

TOKEN = "bm90LWEtcmVhbA.to.ken"  # noqa: S105 - not a real one


@pytest.fixture(autouse=True)
def logs_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test sets up is taken down after it."""
    monkeypatch.setenv("PULLQUOTE_STATE", str(tmp_path))
    root = logging.getLogger()
    handlers, before = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(before)
    logging.captureWarnings(capture=False)
    for name in ("discord", "asyncio", "aiohttp"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def logged(caught: io.StringIO, **values: object) -> str:
    """What a record looks like with some settings."""
    set_up_logs(Settings.model_validate({"discord_token": SecretStr(TOKEN), **values}))
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(caught)
    logging.getLogger("bot.x").error("logged in with %s", TOKEN)
    return caught.getvalue()


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_discord_is_never_logged_in_detail(level: str) -> None:
    """At DEBUG discord.py would log every message and every request."""
    set_up_logs(Settings.model_validate({"log_level": level}))
    assert logging.getLogger("discord").level >= logging.INFO
    assert logging.getLogger().level == getattr(logging, level)


def test_text_is_the_default() -> None:
    """A line for people, without the token."""
    assert logged(io.StringIO()).endswith("ERROR bot.x: logged in with [secret]\n")


def test_json_is_an_object_a_line() -> None:
    """A line for programs, without the token."""
    line = json.loads(logged(io.StringIO(), log_format="json"))
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "bot.x", "logged in with [secret]")


def test_a_suggestion_that_came_too_late_is_a_line() -> None:
    """discord.py logs it as an error, with the whole traceback, and the ids of the person and the server."""
    set_up_logs(Settings())
    (handler,) = logging.getLogger().handlers
    response: Any = SimpleNamespace(status=404, reason="Not Found")
    error = discord.NotFound(response, {"code": 10062, "message": "Unknown interaction"})
    message = "Ignoring exception in autocomplete for %r (Guild: %s, User: %s)"
    info = (type(error), error, None)
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, ("ask", 400000000000000003, 1), info)
    assert handler.filter(record)
    assert handler.format(record).endswith("INFO x: An autocompletion came to nothing: HTTP 404, code 10062")


def test_a_secret_of_the_environment_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys to an object store come from the environment, and no setting of ours names them."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", TOKEN[::-1])
    set_up_logs(Settings())
    (handler,) = logging.getLogger().handlers
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "key %s", (TOKEN[::-1],), None)
    assert handler.format(record).endswith("key [secret]")
