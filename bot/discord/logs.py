"""Sets up the log: to standard error, as text or JSON, without secrets, and without what discord.py says in detail."""

import logging
import os

from bot.operations.log_format import JsonFormat, TextFormat
from bot.operations.redaction import Redactor, secrets_of
from bot.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Write logs to standard error.

    discord.py's own logger is never set below INFO: at DEBUG it writes every message and every request.
    """
    redactor = Redactor(secrets_of(settings, os.environ))
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormat(redactor) if settings.log_format == "json" else TextFormat(redactor))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    level = logging.getLevelNamesMapping()[settings.log_level]
    for name in ("discord", "asyncio", "aiohttp"):
        logging.getLogger(name).setLevel(max(logging.INFO, level))
    logging.captureWarnings(capture=True)
