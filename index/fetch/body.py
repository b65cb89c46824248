"""The body of a response: unpacked piece by piece, and counted before and after."""

import zlib
from collections.abc import AsyncIterator

from index.errors import FetchError

ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
"""Content encodings that are unpacked; "br" and "zstd" are not asked for."""

PIECE = 65_536
"""Bytes that are unpacked at once."""


def too_large(host: str, most: int) -> FetchError:
    """What to say of a body over the limit."""
    return FetchError(
        "The page at {host} is larger than {most} MB: add the article as a file.",
        host=host,
        most=max(1, round(most / 1_000_000)),
    )


def broken(host: str) -> FetchError:
    """What to say of a body that cannot be unpacked, or breaks off."""
    return FetchError("{host} sent a page that breaks off or cannot be unpacked: try again later.", host=host)


class Unpacker:
    """Undoes one content encoding, never giving more than asked for."""

    def __init__(self, encoding: str, host: str, most: int) -> None:
        """Start.

        Args:
            encoding: one of `ENCODINGS`.
            host: to name in a message.
            most: bytes that may come out.
        """
        self._packed = encoding not in ("", "identity")
        self._zlib = zlib.decompressobj(wbits=31) if encoding.endswith("gzip") else None
        self._host = host
        self._left = most
        self._most = most

    def feed(self, data: bytes) -> bytes:
        """What a piece holds.

        Raises:
            FetchError: it would be too much, or is broken.
        """
        if not data:
            return b""
        if not self._packed:
            return self._counted(data)
        if self._zlib is None:
            # Deflate has zlib's head in the standard, and none from some servers.
            self._zlib = zlib.decompressobj(wbits=15 if data[0] & 0x0F == 8 else -15)
        out = bytearray()
        try:
            while data and not self._zlib.eof:
                out += self._counted(self._zlib.decompress(data, PIECE))
                data = self._zlib.unconsumed_tail
        except zlib.error:
            raise broken(self._host) from None
        return bytes(out)  # what follows the end of the packed data is left

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise too_large(self._host, self._most)
        return data

    @property
    def whole(self) -> bool:
        """Whether nothing is missing at the end."""
        return not self._packed or (self._zlib is not None and self._zlib.eof)


async def body(pieces: AsyncIterator[bytes], encoding: str, host: str, most: int) -> bytes:
    """A whole body.

    Args:
        pieces: as they come.
        encoding: one of `ENCODINGS`.
        host: to name in a message.
        most: bytes, as they come and again unpacked.

    Raises:
        FetchError: it is too large, or broken.
    """
    unpacker = Unpacker(encoding, host, most)
    out, came = bytearray(), 0
    async for piece in pieces:
        came += len(piece)
        if came > most:
            raise too_large(host, most)
        out += unpacker.feed(piece)
    if came and not unpacker.whole:
        raise broken(host)
    return bytes(out)
