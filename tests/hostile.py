"""A web server on 127.0.0.1 that misbehaves in every way, and a resolver that lies."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from aiohttp.abc import AbstractResolver, ResolveResult

HOME = "127.0.0.1"
PAGE = b"<!doctype html><html><head><title>Tide</title></head><body><p>The tide came in at noon.</p></body></html>"

Handler = Callable[[asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    """A whole response; a header's name is written with underscores, and one that is "" is left out."""
    given = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(b"", status, Location=location)


def bomb(size: int = 200_000_000) -> bytes:
    """A gzip file that unpacks to so many zeros, a thousandth of that long."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1_000_000)
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


class Hostile:
    """The server.

    Attributes:
        port: where it listens, on 127.0.0.1.
        pages: path -> the bytes of the whole response, or what writes it.
        asked: the paths that were asked for, in order, each with the headers of its request.
    """

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Handler] = {"/robots.txt": answer(b"", "404 Not Found")}
        self.asked: list[tuple[str, str]] = []
        self.port = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, HOME, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()

    @property
    def endpoint(self) -> tuple[str, int]:
        """What a fetcher must be told to let through."""
        return HOME, self.port

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def url(self, path: str = "/", host: str = HOME) -> str:
        """An address of this server."""
        return f"http://{host}:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            self.asked.append((path, head))
            page = self.pages.get(path, answer(b"", "404 Not Found"))
            if isinstance(page, bytes):
                writer.write(page)
                await writer.drain()
            else:
                await page(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def drip(writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless(writer: asyncio.StreamWriter) -> None:
    """As much as is taken, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not writer.is_closing():
        writer.write(bytes(100_000))
        await writer.drain()


async def heads(writer: asyncio.StreamWriter) -> None:
    """Headers, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-More: " + b"y" * 1_000 + b"\r\n")
        await writer.drain()


async def silence(writer: asyncio.StreamWriter) -> None:
    """Nothing, until the other side goes."""
    while not writer.is_closing():
        await asyncio.sleep(0.01)
        writer.write(b"")
        await writer.drain()


class Lying(AbstractResolver):
    """Answers each question for a name with the next of its answers, and then with the last again.

    Attributes:
        asked: the names, in order.
    """

    def __init__(self, **answers: list[list[str]]) -> None:
        """Set the answers: a name, its dots as underscores, to lists of addresses."""
        self._answers = {name.replace("_", "."): list(lists) for name, lists in answers.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The next answer."""
        del family
        self.asked.append(host)
        if host not in self._answers:
            raise OSError(socket.EAI_NONAME, "no such name")
        lists = self._answers[host]
        addresses = lists.pop(0) if len(lists) > 1 else lists[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is held."""


def zipped(data: bytes) -> bytes:
    """Data as gzip packs it."""
    return gzip.compress(data)
