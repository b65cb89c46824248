"""Fetches pages: politely, within limits, and from public addresses alone."""

import asyncio
import ssl
from collections.abc import Collection
from types import TracebackType

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from index.errors import FetchError, RobotsRefused
from index.fetch.address_bar import checked
from index.fetch.body import ENCODINGS, Unpacker, body, broken
from index.fetch.guard import CONNECT, Guard
from index.fetch.model import AGENT, LIMITS, Fetched, Limits
from index.fetch.names import file_name, in_utf8
from index.fetch.robots import MOST_BYTES, Robots

AT_ONCE = 8
"""Pages that one fetcher fetches at once; more wait. Each may take as much memory as its limit."""

USER_AGENT = f"{AGENT}/0.1 (reads articles that a person adds to a library)"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, text/*;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


class Fetcher:
    """Fetches pages; remembers what sites want to be left alone, and nothing else: no cookie, no connection."""

    def __init__(
        self,
        *,
        resolver: AbstractResolver | None = None,
        endpoints: Collection[tuple[str, int]] = (),
        at_once: int = AT_ONCE,
    ) -> None:
        """Make one; it can be used in one event loop.

        Args:
            resolver: looks names up; None asks the system. Whatever it answers is checked.
            endpoints: (address, port) that are reached though they are not public; for tests against a server of
                their own, and set by nothing else.
            at_once: pages that are fetched at once, >= 1.
        """
        self._resolver = resolver
        self._endpoints = frozenset(endpoints)
        self._robots = Robots()
        self._room = asyncio.Semaphore(at_once)

    async def fetch(self, url: str, limits: Limits = LIMITS) -> Fetched:
        """Fetch a page.

        Args:
            url: of a page on the public web.
            limits: what it may take.

        Raises:
            AddressRefused: the address, or one that it is redirected to, is none of a page on the public web.
            RobotsRefused: the site's robots.txt does not want us to have it, or cannot be asked.
            FetchError: it is not there, too large, too slow, or of a kind that is not read.
        """
        target = checked(url, self._endpoints)
        async with self._room:
            try:
                async with asyncio.timeout(limits.seconds):
                    return await self._follow(target, limits)
            except TimeoutError:
                raise FetchError(
                    "{host} took longer than {seconds:g} seconds: try again later, or add the article as a file.",
                    host=target.host,
                    seconds=limits.seconds,
                ) from None

    async def _follow(self, target: URL, limits: Limits) -> Fetched:
        """Go from redirect to redirect, each address checked as the first was."""
        for _ in range(limits.redirects + 1):
            if not await self._robots.allow(target, self._ask_robots):
                raise RobotsRefused(
                    "{host} does not want programs to fetch this page (robots.txt): add the article as a file.",
                    host=target.host,
                )
            found = await self._get(target, limits)
            if isinstance(found, Fetched):
                return found
            target = found
        raise FetchError(
            "The page is redirected more than {most} times: open it and give the address that it ends at.",
            most=limits.redirects,
        )

    async def _get(self, target: URL, limits: Limits) -> Fetched | URL:
        """One request: the page, or where it has gone."""
        async with _Request(target, self._resolver, self._endpoints) as response:
            if response.status in _REDIRECTS and "Location" in response.headers:
                return self._next(target, response.headers["Location"])
            host = target.host or ""
            if response.status != 200:
                raise _no_page(host, response.status)
            content_type = response.content_type.lower() if "Content-Type" in response.headers else ""
            if content_type not in limits.types:
                raise FetchError(
                    "The page at {host} is no text but {type}: give the address of the article itself.",
                    host=host,
                    type=content_type[:80],
                )
            data = await _body(response, host, limits.bytes)
            charset = (response.charset or "").lower() or None
            return Fetched(
                str(target),
                in_utf8(data, content_type, charset),
                content_type,
                charset,
                file_name(target, content_type),
            )

    def _next(self, target: URL, location: str) -> URL:
        """Where a redirect leads.

        Raises:
            AddressRefused: to no public page.
        """
        try:
            written = str(target.join(URL(location.strip())))
        except (ValueError, UnicodeError, IndexError):  # see `checked`
            written = ""
        return checked(written, self._endpoints)

    async def _ask_robots(self, target: URL) -> bytes | None:
        """A site's robots.txt, or None where it has none; redirects are followed, and too many count as none.

        Raises:
            FetchError: the site cannot be asked, or is in trouble.
        """
        for _ in range(LIMITS.redirects + 1):
            async with _Request(target, self._resolver, self._endpoints) as response:
                if response.status in _REDIRECTS and "Location" in response.headers:
                    target = self._next(target, response.headers["Location"])
                elif response.status == 200:
                    return await _start(response, target.host or "", MOST_BYTES)
                elif response.status >= 500 or response.status == 429:
                    raise _no_page(target.host or "", response.status)
                else:
                    return None
        return None


class _Request:
    """A request that has its own connection, made to a checked address and closed afterwards."""

    def __init__(self, target: URL, resolver: AbstractResolver | None, endpoints: Collection[tuple[str, int]]) -> None:
        self._target = target
        self._guard = Guard(target.host or "", resolver, endpoints)

    async def __aenter__(self) -> aiohttp.ClientResponse:
        self._session = aiohttp.ClientSession(
            connector=self._guard.connector(),
            trace_configs=[self._guard.tracing()],
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,  # a proxy would resolve names itself, unchecked
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
        )
        try:
            self._response = await self._session.get(self._target, headers=_HEADERS, allow_redirects=False)
        except BaseException as error:  # whatever it was: nothing stays open, and it goes on up
            await self._session.close()
            if isinstance(error, FetchError):
                raise
            if isinstance(error, aiohttp.ClientError | OSError | ssl.SSLError | ValueError):
                raise _unreachable(self._guard.host, error) from None
            raise
        return self._response

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._response.close()
        await self._session.close()
        if isinstance(error, aiohttp.ClientError):
            raise broken(self._guard.host) from None


def _unreachable(host: str, error: BaseException) -> FetchError:
    """What to say of a site that gives no answer."""
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return FetchError("{host} has no valid certificate: add the article as a file.", host=host)
    return FetchError("{host} does not answer as a web server does: check the address, or try again later.", host=host)


def _no_page(host: str, status: int) -> FetchError:
    """What to say of a status that is none of a page."""
    if status in (404, 410):
        return FetchError("There is no such page at {host} ({status}): check the address.", host=host, status=status)
    if status in (401, 402, 403, 451):
        return FetchError(
            "{host} does not show this page to everybody ({status}): add the article as a file.",
            host=host,
            status=status,
        )
    return FetchError("{host} gives no page ({status}): try again later.", host=host, status=status)


async def _body(response: aiohttp.ClientResponse, host: str, most: int) -> bytes:
    """The whole body, unpacked.

    Raises:
        FetchError: it is too large, packed in a way that was not asked for, or broken.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise broken(host)
    return await body(response.content.iter_any(), encoding, host, most)


async def _start(response: aiohttp.ClientResponse, host: str, most: int) -> bytes:
    """The first bytes of a body, unpacked; what is over is not read."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise broken(host)
    unpacker, out = Unpacker(encoding, host, 8 * most), bytearray()
    async for piece in response.content.iter_any():
        out += unpacker.feed(piece)
        if len(out) >= most:
            break
    return bytes(out[:most])


async def fetch(url: str, limits: Limits = LIMITS) -> Fetched:
    """Fetch one page; whoever fetches several keeps a `Fetcher`, which asks each site for its robots.txt once.

    Raises:
        FetchError: as `Fetcher.fetch`.
    """
    return await Fetcher().fetch(url, limits)


def fetch_now(url: str, limits: Limits = LIMITS) -> Fetched:
    """Fetch one page where no event loop runs.

    Raises:
        FetchError: as `Fetcher.fetch`.
    """
    return asyncio.run(fetch(url, limits))


__all__ = ["AT_ONCE", "USER_AGENT", "Fetcher", "fetch", "fetch_now"]
