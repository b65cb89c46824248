"""Sets up the log: to standard error, as text or JSON, without secrets, and without what discord.py says in detail."""

import logging
import os

import discord

from bot.discord.replies import describe
from bot.operations.log_format import JsonFormat, TextFormat
from bot.operations.pseudonyms import load_pseudonyms
from bot.operations.redaction import Redactor, secrets_of
from bot.settings import Settings


def _calm(record: logging.LogRecord) -> bool:
    """Make a line of a suggestion that came too late; discord.py has a page for each, and a slow minute has many."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, discord.HTTPException) and str(record.msg).startswith("Ignoring exception in autocomplete"):
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.msg, record.args = "An autocompletion came to nothing: %s", (describe(error),)
        record.exc_info = record.exc_text = None
    return True


def set_up_logs(settings: Settings) -> None:
    """Write logs to standard error.

    discord.py's own logger is never set below INFO: at DEBUG it writes every message and every request.
    """
    redactor = Redactor(secrets_of(settings, os.environ), load_pseudonyms(settings.state_folder))
    handler = logging.StreamHandler()
    handler.addFilter(_calm)
    handler.setFormatter(JsonFormat(redactor) if settings.log_format == "json" else TextFormat(redactor))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    level = logging.getLevelNamesMapping()[settings.log_level]
    for name in ("discord", "asyncio", "aiohttp"):
        logging.getLogger(name).setLevel(max(logging.INFO, level))
    logging.captureWarnings(capture=True)
