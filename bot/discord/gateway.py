"""The gateway's connections: opened in turn with all other processes, resumed where that can be, each for itself.

discord.py's `AutoShardedClient` opens and reopens shards one after another in a single loop: a shard that cannot
connect holds up every other one, for up to a quarter of an hour. It forgets a session that could be resumed when the
first try to reconnect fails, and reconnects without a pause to a gateway that accepts and closes. What is here keeps
its shards and its sockets, and replaces that loop.
"""

import asyncio
import logging
import random
import time
from collections.abc import Coroutine
from typing import Any

import aiohttp
import discord
from discord.ext import tasks
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.shard import EventItem, EventType, Shard
from yarl import URL

from bot.discord.shared import HOLDS, Shared
from bot.shards import Shards

log = logging.getLogger(__name__)

SPACING = 5.25
"""Seconds between two IDENTIFYs of the shards that share a place in `max_concurrency`: Discord's five, and some."""

CONNECTING = 60.0
"""Seconds that a connection may take, its turn to IDENTIFY not counted."""

EARLY = 2.0
"""Seconds before its turn to IDENTIFY that a connection is opened."""

LATE = 0.2
"""Seconds after its turn that a shard may still IDENTIFY without asking for another turn; less than what `SPACING` has
over Discord's five."""

RESUMES = 5
"""Tries to resume a session before it is given up."""

LONGEST = 60.0
"""Seconds; the longest pause between two tries to connect."""

SETTLED = 30.0
"""Seconds that a connection holds before earlier failures are forgotten."""

HEARTBEAT_TIMEOUT = 60.0
"""Seconds without any word from Discord after which a connection counts as dead; it is asked for one each 41."""

_FINAL = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Codes that Discord closes a connection with when no other try will be let in."""

_HANDLED = (OSError, discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, TimeoutError)


class ShardedClient(discord.AutoShardedClient):
    """A client whose shards connect and reconnect each for itself.

    Attributes:
        shared: what this process shares with the others.
        reconnects: how often a shard had to connect again, since the start.
    """

    def __init__(self, *, shards: Shards | None, shared: Shared, **options: Any) -> None:  # noqa: ANN401 - discord.py's
        """Prepare.

        Args:
            shards: those that this process runs; None for as many as Discord asks for.
            shared: what this process shares with the others.
            options: of the client.
        """
        part: dict[str, Any] = {} if shards is None else {"shard_ids": list(shards.numbers), "shard_count": shards.of}
        super().__init__(heartbeat_timeout=HEARTBEAT_TIMEOUT, **part, **options)
        self.shared = shared
        self.reconnects = 0
        self._concurrency = 1
        self._turns: dict[int, float] = {}
        self._limits: dict[int, asyncio.Timeout] = {}
        self._unheard: set[int] = set()
        self._failures: dict[int, tuple[int, float]] = {}
        self._opening: set[asyncio.Task[None]] = set()
        self._telling = tasks.loop(seconds=HOLDS / 3)(self._tell)

    def shard_of(self, server: int | None) -> int:
        """The shard that a server's events come by; what belongs to no server comes by the first (Discord's rule)."""
        return 0 if server is None else (server >> 22) % (self.shard_count or 1)

    async def is_held_elsewhere(self, server: int | None) -> bool:
        """Whether another process, too, hears of what happens in a server."""
        return await self.shared.held_elsewhere(f"{self.shard_of(server)}/{self.shard_count or 1}")

    async def on_shard_connect(self, shard_id: int) -> None:
        """A shard is in: say so to the other processes."""
        self._unheard.discard(shard_id)
        await self._tell()

    async def _tell(self) -> None:
        """Tell the other processes which shards this one runs."""
        ready = [number for number, shard in self.shards.items() if not shard.is_closed()]
        await self.shared.hold([f"{number}/{self.shard_count or 1}" for number in ready])

    async def connect(self, *, reconnect: bool = True) -> None:
        """Open the shards and keep them open until the client is closed.

        Raises:
            discord.ConnectionClosed: Discord refuses a shard for good.
            discord.PrivilegedIntentsRequired: an intent is not allowed.
        """
        self._reconnect = reconnect
        queue: asyncio.PriorityQueue[Any] = self._AutoShardedClient__queue  # type: ignore[attr-defined]  # no public name
        self._telling.start()
        for number, gateway in await self._wanted():
            self._begin(self._launch(number, gateway))
        while not self.is_closed():
            item = await queue.get()
            if item.type == EventType.clean_close:
                return
            if item.type in (EventType.close, EventType.terminate):
                await self.close()
                if isinstance(item.error, discord.ConnectionClosed) and item.error.code == 1000:
                    return
                raise item.error
            self._begin(self._again(item.shard, resume=item.type != EventType.identify))

    async def _wanted(self) -> list[tuple[int, URL]]:
        """The shards to open, and where; waits where Discord allows no further IDENTIFY today."""
        count, url, limit = await self.http.get_bot_gateway()
        self._concurrency = max(1, limit["max_concurrency"])
        if self.shard_count is None:
            self.shard_count = count
        elif self.shard_count < count:
            log.warning("Discord asks for %d shards; PULLQUOTE_SHARDS counts %d in all.", count, self.shard_count)
        numbers = self.shard_ids or range(self.shard_count)
        self._connection.shard_count = self.shard_count
        self._connection.shard_ids = list(numbers)
        if limit["remaining"] < len(numbers):
            # One too many and Discord takes the token away.
            seconds = limit["reset_after"] / 1000
            log.error("Discord allows no more sessions today; waiting %d minutes until it does.", seconds / 60 + 1)
            await asyncio.sleep(seconds)
        return [(number, URL(url)) for number in numbers]

    def _begin(self, opening: Coroutine[Any, Any, None]) -> None:
        """Open a shard beside everything else; what goes wrong for good ends the client."""
        task = asyncio.create_task(opening)
        self._opening.add(task)
        task.add_done_callback(self._begun)

    def _begun(self, task: asyncio.Task[None]) -> None:
        self._opening.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._AutoShardedClient__queue.put_nowait(EventItem(EventType.terminate, None, error))  # type: ignore[attr-defined]  # no public name

    async def _launch(self, number: int, gateway: URL) -> None:
        """Open a shard for the first time."""
        socket = await self._opened(number, gateway)
        shard = Shard(socket, self, self._AutoShardedClient__queue.put_nowait)  # type: ignore[attr-defined]  # no public name
        self._AutoShardedClient__shards[number] = shard  # type: ignore[attr-defined]  # no public name
        self._failures[number] = (0, time.monotonic())
        shard.launch()

    async def _again(self, shard: Shard, *, resume: bool) -> None:
        """Open a shard again: resume its session where there is one, else begin another."""
        number, old = shard.id, shard.ws
        self.reconnects += 1
        self.dispatch("disconnect")
        self.dispatch("shard_disconnect", number)
        failures, since = self._failures.get(number, (0, 0.0))
        failures = 0 if time.monotonic() - since > SETTLED else failures + 1
        if not resume:
            if number in self._unheard:
                log.warning(
                    "Discord turned shard %d away, as it does where two log in at once; with several machines, set "
                    "PULLQUOTE_MACHINE on each.",
                    number,
                )
            # Discord's own advice, so that those that collided do not collide again.
            await asyncio.sleep(random.uniform(SPACING / 5, SPACING))  # noqa: S311 - no secret
        elif failures:
            await self._pause(number, failures)
        session = (old.session_id, old.sequence) if resume and failures < RESUMES else (None, None)
        shard.ws = await self._opened(number, old.gateway if session[0] else None, *session, failures=failures)
        self._failures[number] = (failures, time.monotonic())
        shard.launch()

    async def _opened(
        self,
        number: int,
        gateway: URL | None,
        session: str | None = None,
        sequence: int | None = None,
        *,
        failures: int = 0,
    ) -> DiscordWebSocket:
        """A connection, after as many tries as it takes; a session that cannot be resumed is given up after some."""
        while True:
            resume = session is not None and failures < RESUMES
            if session is not None and not resume:
                session = sequence = gateway = None
            if not resume:
                await self._reserve(number)
            try:
                async with asyncio.timeout(CONNECTING) as limit:
                    self._limits[number] = limit
                    return await DiscordWebSocket.from_client(
                        self,
                        gateway=gateway,
                        shard_id=number,
                        session=session,
                        sequence=sequence,
                        resume=resume,
                    )
            except (*_HANDLED, ReconnectWebSocket, discord.ConnectionClosed) as error:
                if isinstance(error, discord.ConnectionClosed) and error.code in _FINAL:
                    raise
                failures += 1
                log.warning("Shard %d cannot connect (%s); trying again.", number, type(error).__name__)
                await self._pause(number, failures)

    async def _pause(self, number: int, failures: int) -> None:
        """Wait before another try, the longer the more failed."""
        seconds = min(LONGEST, 2.0 ** min(failures - 1, 10)) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
        log.info("Shard %d connects again in %.1f seconds.", number, seconds)
        await asyncio.sleep(seconds)

    async def _reserve(self, number: int) -> None:
        """Be given a turn to IDENTIFY, and wait until shortly before it."""
        turn = await self.shared.reserve(f"identify {number % self._concurrency}", SPACING)
        self._turns[number] = turn
        await asyncio.sleep(max(0.0, turn - EARLY - time.time()))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for the shard's turn to IDENTIFY among those of all processes."""
        del initial
        number = shard_id or 0
        limit = self._limits.get(number)
        if limit is not None:
            limit.reschedule(None)
        turn = self._turns.pop(number, 0.0)
        while (seconds := turn - time.time()) > 0 or seconds < -LATE:
            if seconds > 0:
                await asyncio.sleep(seconds)
            else:
                turn = await self.shared.reserve(f"identify {number % self._concurrency}", SPACING)
        self._unheard.add(number)
        if limit is not None:
            limit.reschedule(asyncio.get_running_loop().time() + CONNECTING)

    async def close(self) -> None:
        """Close the connections."""
        self._telling.cancel()
        for task in self._opening:
            task.cancel()
        await super().close()
