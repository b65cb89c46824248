"""Lines of the log, as text or as JSON, that nothing which anybody wrote can forge, colour or turn around.

Text: a record is one line, `TIME LEVEL LOGGER: MESSAGE`; a traceback follows in lines that begin with `BELOW`. No
other line begins like that, and none of either kind holds a character that steers a terminal. JSON: a record is one
line, an object; all but ASCII is escaped.
"""

import datetime as dt
import json
import logging
from collections.abc import Mapping
from typing import Any

from bot.operations.redaction import Redactor

BELOW = "    | "
"""Begins each line of a traceback."""

LONGEST = 8_000
"""Characters of a message; of a longer one the head is kept. A traceback may have four times as many."""

FIELDS = "fields"
"""The attribute of a record that holds values by name, besides its message."""


def one_line(text: str) -> str:
    """A text on one line and without anything that steers a terminal; such a character stands there as its escape.

    That is line breaks of all kinds, escapes, other control and format characters (among them those that turn the
    direction of writing), private and unassigned ones, and halves of surrogate pairs.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} […{len(text) - most} more]"


class _Format(logging.Formatter):
    """What both formats do."""

    def __init__(self, redactor: Redactor) -> None:
        """Remember what to take out."""
        super().__init__()
        self._redactor = redactor

    def _clean(self, text: str, most: int = LONGEST) -> str:
        # Secrets first: an escape in the middle of one would hide it, and so would the end of what is kept.
        return one_line(_shortened(self._redactor.clean(text[: 2 * most]), most))

    def _message(self, record: logging.LogRecord) -> str:
        try:
            return self._clean(record.getMessage())
        except Exception as error:  # noqa: BLE001 - a record that cannot be put together must not be lost
            return self._clean(f"{record.msg!r} ({type(error).__name__} while putting it together)")

    def _below(self, record: logging.LogRecord) -> list[str]:
        """The lines of the traceback, if there is one."""
        text = self.formatException(record.exc_info) if record.exc_info else record.exc_text or ""
        if record.stack_info:
            text += f"\n{record.stack_info}"
        cleaned = _shortened(self._redactor.clean(text[: 8 * LONGEST]), 4 * LONGEST)
        return [one_line(line) for line in cleaned.split("\n")] if text else []


class TextFormat(_Format):
    """Lines for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        head = f"{_when(record)} {record.levelname} {self._clean(record.name)}: {self._message(record)}"
        return "\n".join([head, *(f"{BELOW}{line}" for line in self._below(record))])


class JsonFormat(_Format):
    """Lines for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        written: dict[str, Any] = {
            "time": _when(record),
            "level": record.levelname,
            "logger": self._clean(record.name),
            "message": self._message(record),
        }
        fields = getattr(record, FIELDS, None)
        if isinstance(fields, Mapping):
            written |= {name: self._value(value) for name, value in fields.items() if name not in written}
        if below := self._below(record):
            written["traceback"] = below
        return json.dumps(written, ensure_ascii=True, allow_nan=False, default=str)

    def _value(self, value: object) -> object:
        """A value as JSON takes it; text as everywhere."""
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, float):
            return value if abs(value) < float("inf") else None
        return self._clean(str(value))


def _when(record: logging.LogRecord) -> str:
    """The time of a record (UTC), to the millisecond."""
    return dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
