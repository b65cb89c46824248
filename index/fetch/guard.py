"""The way out: names are resolved once, every address is checked, and only a checked address is connected to.

Three walls, each enough by itself: the resolver gives no address that is not public; no socket is made for one; and
before a byte of a request is sent, the other end of each socket is looked at.
"""

import socket
from collections.abc import Collection

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import AddrInfoType
from aiohttp.resolver import ThreadedResolver

from index.errors import AddressRefused, FetchError
from index.fetch.address_bar import NOT_PUBLIC
from index.fetch.addresses import is_public

CONNECT = 6.0
"""Seconds that one connection may take to come about."""


class Guard(AbstractResolver):
    """Resolves names for one request, and watches over its connections.

    Attributes:
        host: to name in a message.
    """

    def __init__(self, host: str, resolver: AbstractResolver | None, endpoints: Collection[tuple[str, int]]) -> None:
        """Watch over a request.

        Args:
            host: that the request is for.
            resolver: looks names up; None asks the system.
            endpoints: (address, port) that are let through though they are not public.
        """
        self.host = host
        self._resolver = resolver or ThreadedResolver()
        self._endpoints = endpoints
        self._sockets: list[socket.socket] = []

    def check(self, address: str, port: int) -> None:
        """Refuse an address that is not public.

        Raises:
            AddressRefused: it is not.
        """
        if not is_public(address) and (address, port) not in self._endpoints:
            raise AddressRefused(NOT_PUBLIC, host=self.host)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All addresses of a name; one that is not public makes the whole name suspect.

        Raises:
            AddressRefused: there is none, or one is not public.
        """
        try:
            found = await self._resolver.resolve(host, port, family)
        except (OSError, UnicodeError):
            raise AddressRefused(NOT_PUBLIC, host=self.host) from None
        if not found:
            raise AddressRefused(NOT_PUBLIC, host=self.host)
        for result in found:
            self.check(result["host"], port)
        return found

    async def close(self) -> None:
        """Nothing: the resolver below is shared."""

    def socket(self, info: AddrInfoType) -> socket.socket:
        """A socket for an address, checked once more: it is what is connected to, whatever was resolved.

        Raises:
            AddressRefused: the address is not public.
        """
        family, kind, protocol, _name, address = info
        self.check(str(address[0]), int(address[1]))
        made = socket.socket(family, kind, protocol)
        made.settimeout(0)
        self._sockets.append(made)
        return made

    def check_peers(self) -> None:
        """Look at the other ends, once connected.

        Raises:
            AddressRefused: one is not public.
            FetchError: the connection is gone already.
        """
        for made in self._sockets:
            if made.fileno() < 0:
                continue  # lost the race between a host's addresses
            try:
                peer = made.getpeername()
            except OSError:
                raise FetchError("{host} closed the connection: try again later.", host=self.host) from None
            self.check(str(peer[0]), int(peer[1]))

    def connector(self) -> aiohttp.TCPConnector:
        """Connects for this request alone; nothing is looked up twice, and no connection is kept."""
        return aiohttp.TCPConnector(
            resolver=self, use_dns_cache=False, force_close=True, limit=1, socket_factory=self.socket
        )

    def tracing(self) -> aiohttp.TraceConfig:
        """Calls `check_peers` between connecting and sending."""

        async def connected(*_: object) -> None:
            self.check_peers()

        trace = aiohttp.TraceConfig()
        trace.on_connection_create_end.append(connected)
        return trace
