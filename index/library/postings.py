"""In which passages a term stands, as bytes: a tail that grows, and blocks that it is packed into.

A posting is (passage, terms in the passage, how often the term stands there). Passages have numbers over all of an
owner's articles, ascending as they are added, below 2**32. The passage's length is kept with each posting, so that a
score is computed from what is read in one piece.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TAIL = 256
"""Postings from which a tail is packed into blocks. It is rewritten with every article that holds the term, and 2 kB
fit a page."""

BLOCK = 4_096
"""Postings in a full block, 16 kB. A term in a third of 1,000,000 passages has 81 of them to read."""

POSTING = np.dtype([("passage", "<u4"), ("length", "<u2"), ("times", "<u2")])
"""A posting in a tail, 8 bytes, so that one is added by adding its bytes."""

_HEAD = struct.Struct("<BBBxI")
"""Of a block: bytes of an offset, of a length, of a number of times; then the passage that offsets count from."""

_POSTING = struct.Struct("<IHH")


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of a term, ascending by passage.

    Attributes:
        passages: numbers, shape (n,), uint32.
        lengths: terms in each passage, shape (n,), uint8 or uint16.
        times: how often the term stands in it, shape (n,), uint8 or uint16.
    """

    passages: NDArray[np.uint32]
    lengths: NDArray[np.unsignedinteger]
    times: NDArray[np.unsignedinteger]

    def __len__(self) -> int:
        """How many postings."""
        return len(self.passages)

    def outside(self, start: int, end: int) -> "Postings":
        """Those of passages that are not from `start` to `end - 1`."""
        first, last = np.searchsorted(self.passages, [start, end])
        return Postings(
            np.delete(self.passages, slice(first, last)),
            np.delete(self.lengths, slice(first, last)),
            np.delete(self.times, slice(first, last)),
        )

    def part(self, start: int, end: int) -> "Postings":
        """Some of them, by position."""
        return Postings(self.passages[start:end], self.lengths[start:end], self.times[start:end])


EMPTY = Postings(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint8))


def joined(parts: Sequence[Postings]) -> Postings:
    """Postings one after another; the parts are in order."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return EMPTY
    return Postings(
        np.concatenate([p.passages for p in parts]),
        np.concatenate([p.lengths for p in parts]),
        np.concatenate([p.times for p in parts]),
    )


def tail(postings: Iterable[tuple[int, int, int]]) -> bytes:
    """Postings, each (passage, length, times), as a tail."""
    pack = _POSTING.pack
    return b"".join([pack(*posting) for posting in postings])


def read_tail(data: bytes) -> Postings:
    """What `tail` wrote."""
    rows = np.frombuffer(data, POSTING)
    return Postings(rows["passage"], rows["length"], rows["times"])


def write_tail(postings: Postings) -> bytes:
    """Postings as a tail."""
    rows = np.empty(len(postings), POSTING)
    rows["passage"], rows["length"], rows["times"] = postings.passages, postings.lengths, postings.times
    return rows.tobytes()


def _narrow(values: NDArray[np.unsignedinteger], wide: str, narrow: str) -> NDArray[np.unsignedinteger]:
    dtype = np.dtype(narrow)
    fits = len(values) == 0 or int(values.max()) <= int(np.iinfo(dtype).max)
    return values.astype(dtype if fits else np.dtype(wide))


def write_block(postings: Postings) -> bytes:
    """Postings as a block; at least one."""
    base = int(postings.passages[0])
    offsets = _narrow(postings.passages - np.uint32(base), "<u4", "<u2")
    lengths = _narrow(postings.lengths, "<u2", "u1")
    times = _narrow(postings.times, "<u2", "u1")
    head = _HEAD.pack(offsets.itemsize, lengths.itemsize, times.itemsize, base)
    return head + offsets.tobytes() + lengths.tobytes() + times.tobytes()


def read_block(data: bytes) -> Postings:
    """What `write_block` wrote."""
    offset, length, times, base = _HEAD.unpack_from(data)
    count = (len(data) - _HEAD.size) // (offset + length + times)
    at = _HEAD.size
    offsets = np.frombuffer(data, f"<u{offset}", count, at)
    at += count * offset
    lengths = np.frombuffer(data, f"<u{length}", count, at)
    at += count * length
    return Postings(offsets + np.uint32(base), lengths, np.frombuffer(data, f"<u{times}", count, at))
