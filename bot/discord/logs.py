"""Logs that hold neither the token nor what people asked."""

import logging

SHORTEST_SECRET = 8
"""A shorter token is none, and taking it out would tear the lines apart."""


class Redacting(logging.Formatter):
    """Takes the token out of every line, tracebacks included."""

    def __init__(self, token: str) -> None:
        """Remember what to take out."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; a line break in a message cannot start a line that looks like another record."""
        if record.exc_info is None:
            record = logging.makeLogRecord(record.__dict__ | {"msg": _one_line(record.getMessage()), "args": None})
        text = super().format(record)
        return text.replace(self._token, "[token]") if len(self._token) >= SHORTEST_SECRET else text


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def set_up_logs(level: str, token: str) -> None:
    """Write logs to standard error.

    discord.py's own logger is never set below INFO: at DEBUG it writes every message and every request.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("discord", "asyncio", "aiohttp"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
