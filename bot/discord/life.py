"""How long there is to answer, and requests to Discord that would come too late or must not be made.

discord.py waits as long as Discord says, be it an hour, and sends on when Discord's guard has closed the door. What is
here watches its requests (`aiohttp.TraceConfig`) and breaks off those that nobody waits for any more.
"""

import asyncio
import contextlib
import contextvars
import logging
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace

import aiohttp

log = logging.getLogger(__name__)

FIRST = 2.9
"""Seconds from when an interaction comes to when a first response is of no more use: Discord's three, less the way."""

LIFE = 15 * 60.0
"""Seconds that an interaction can be answered after its first response."""

DOOR = 60.0
"""Seconds without requests after Discord's guard turned one away, where it did not say how long."""

LONGEST_DOOR = 3600.0


class TooLate(Exception):
    """A request would come after the end of what it is for, or must not be made at all."""


class Life:
    """From when something came to when no answer to it is of use any more.

    Attributes:
        first: when the first response is due, in the loop's seconds.
        end: when the last one is.
    """

    __slots__ = ("end", "first")

    def __init__(self, since: float | None = None) -> None:
        """Begin at a time of the loop's; now if None."""
        if since is None:
            since = asyncio.get_running_loop().time()
        self.first = since + FIRST
        self.end = since + LIFE


_life: contextvars.ContextVar[Life | None] = contextvars.ContextVar("life", default=None)


@contextlib.contextmanager
def living(life: Life) -> Iterator[None]:
    """What is sent in the block is an answer to what came then."""
    token = _life.set(life)
    try:
        yield
    finally:
        _life.reset(token)


def current() -> Life:
    """What is answered just now; where that is not known, it came this moment."""
    return _life.get() or Life()


class Requests:
    """Watches the requests to Discord's API.

    Attributes:
        failed: how many failed, by HTTP status; 0 counts those without an answer.
        given_up: requests that were broken off or not made because nobody waited for them any more.
    """

    def __init__(self) -> None:
        """Begin."""
        self.failed: Counter[int] = Counter()
        self.given_up = 0
        self._door = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        """What discord.py takes as `http_trace`."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._begun)
        trace.on_request_end.append(self._answered)
        trace.on_request_exception.append(self._broken)
        return trace

    async def _begun(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, parameters: aiohttp.TraceRequestStartParams
    ) -> None:
        if "/api/" in parameters.url.path and asyncio.get_running_loop().time() < self._door:
            self.given_up += 1
            raise TooLate("Discord let nobody in a moment ago")

    async def _broken(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        parameters: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        if not isinstance(parameters.exception, TooLate):
            self.failed[0] += 1

    async def _answered(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, parameters: aiohttp.TraceRequestEndParams
    ) -> None:
        response = parameters.response
        if response.status < 400:
            return
        self.failed[response.status] += 1
        if response.status != 429:
            return
        seconds = _seconds(response.headers.get("Retry-After"))
        now = asyncio.get_running_loop().time()
        if "Via" not in response.headers:
            # Not Discord's API but the guard before it, which bans whoever goes on knocking.
            self._door = now + min(seconds or DOOR, LONGEST_DOOR)
            log.error("Discord's guard lets nobody in; nothing is sent for %.0f seconds.", self._door - now)
        life = _life.get()
        if life is not None and now + (seconds or 0.0) > life.end:
            self.given_up += 1
            response.close()
            raise TooLate(f"Discord asks to wait {seconds:.0f} seconds")


def _seconds(header: str | None) -> float | None:
    """What a header says, where it says a number."""
    try:
        return max(0.0, float(header)) if header is not None else None
    except ValueError:
        return None
