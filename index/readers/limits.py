"""How much reading a file may cost, and how an article or a refusal goes from one process to another."""

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from index import errors
from index.errors import ReadError
from index.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        seconds: of processor time; a page of 1 MB takes about one.
        wall: seconds on the clock, for a reader that waits instead of working.
        memory: bytes of address space beyond what the reader's own code takes.
        result: bytes of the longest article that is handed over.
    """

    seconds: int = 20
    wall: float = 40.0
    memory: int = 768_000_000
    result: int = 64_000_000


LIMITS = Limits()
"""For anything from the network."""

_FRAME = struct.Struct(">II")
"""Bytes of the head, bytes of the body; both follow."""

_MOST_HEAD = 100_000

_REFUSALS: Mapping[str, type[ReadError]] = {
    name: value for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, ReadError)
}


def pack_frame(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A message: a small JSON object and some bytes."""
    raw = json.dumps(head).encode()
    return _FRAME.pack(len(raw), len(body)) + raw + body


def take_frame(read: Callable[[int], bytes], most: int) -> tuple[dict[str, Any], bytes] | None:
    """The next message.

    Args:
        read: gives exactly so many bytes, or fewer at the end of the stream.
        most: bytes of the longest body that is believed.

    Returns:
        head and body; None where the stream ends, or holds no message.
    """
    start = read(_FRAME.size)
    if len(start) < _FRAME.size:
        return None
    head_size, body_size = _FRAME.unpack(start)
    if head_size > _MOST_HEAD or body_size > most:
        return None
    raw, body = read(head_size), read(body_size)
    if len(raw) < head_size or len(body) < body_size:
        return None
    try:
        head = json.loads(raw)
    except ValueError:
        return None
    return (head, body) if isinstance(head, dict) else None


def from_stream(stream: BinaryIO) -> Callable[[int], bytes]:
    """How `take_frame` reads a buffered stream."""
    return stream.read


def pack_limits(limits: Limits) -> dict[str, Any]:
    """Limits as plain values, for a message."""
    return asdict(limits)


def pack_refusal(error: ReadError) -> dict[str, Any]:
    """An error as plain values, for a message; its words stay apart from their template, to be translated."""
    values = {
        key: value if isinstance(value, int) else [str(value), isinstance(value, Phrase)]
        for key, value in error.values.items()
    }
    return {"refused": type(error).__name__, "template": error.template, "values": values}


def refusal(head: Mapping[str, Any]) -> ReadError:
    """The error that `pack_refusal` packed."""
    values = {
        key: value if isinstance(value, int) else (Phrase(value[0]) if value[1] else value[0])
        for key, value in head["values"].items()
    }
    return _REFUSALS[head["refused"]](head["template"], **values)
