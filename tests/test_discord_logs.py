"""Logs tell neither the token nor more lines than there are records."""

import logging

import pytest

from bot.discord.logs import Redacting, set_up_logs

TOKEN = "bm90LWEtcmVhbA.to.ken"  # noqa: S105 - not a real one


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    """A log record."""
    info = (type(error), error, None) if error else None
    return logging.LogRecord("x", logging.INFO, __file__, 1, message, args, info)


def test_the_token_is_taken_out() -> None:
    """From messages, arguments and tracebacks alike."""
    formatter = Redacting(TOKEN)
    assert TOKEN not in formatter.format(record("logged in with %s", TOKEN))
    assert TOKEN not in formatter.format(record("failed", error=ValueError(f"bad header Bot {TOKEN}")))


def test_a_line_break_cannot_forge_a_record() -> None:
    """What was written over two lines is logged on one."""
    assert "\n" not in Redacting(TOKEN).format(record("guild %s joined", "x\r\n2026-01-01 ERROR bot: forged"))


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_discord_is_never_logged_in_detail(level: str) -> None:
    """At DEBUG discord.py would log every message and every request."""
    root = logging.getLogger()
    handlers, before = root.handlers[:], root.level
    try:
        set_up_logs(level, TOKEN)
        assert logging.getLogger("discord").level >= logging.INFO
        assert root.level == getattr(logging, level)
    finally:
        root.handlers[:] = handlers
        root.setLevel(before)
        for name in ("discord", "asyncio", "aiohttp"):
            logging.getLogger(name).setLevel(logging.NOTSET)
