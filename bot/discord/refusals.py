"""Refusals for the load: what costs least. Each is one request with a body that is ready, newest first, and in turns.

discord.py would make a dozen objects of each interaction, and of each refusal; at a thousand a second the process would
do nothing else, and do it too late. Who asked last can be told in time, so they come first, and who has waited for
three seconds hears from Discord that nobody answered.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import aiohttp

from bot.discord import life
from bot.discord.arrival import Arrival
from bot.discord.fair import FairQueue
from bot.discord.replies import ALREADY_ACKNOWLEDGED, RETRY_AFTER, SERVER_ERROR, overloaded
from bot.discord.work import Overloaded
from bot.translation import speaking

SENDERS = 192
"""Refusals under way at a time: a thousand a second where Discord takes a fifth of a second for each."""

AT_ONCE = 8
"""Refusals that are sent, or given up, each time that the event loop comes around: a heartbeat waits for no more."""

PRESSING = 4 * AT_ONCE
"""Refusals that wait while the event loop has more to do than it can."""

MOST = 4_096
MOST_EACH = 256
"""Refusals that wait, in all and of one owner: what can be told within three seconds, and some."""

PLACE = 1_111_111_111
"""Stands in a prepared body where the time goes; no other number there is like it."""

Post = Callable[[str, bytes], Awaitable[tuple[int, bytes]]]
"""Path below the API's address, body -> HTTP status and what came back.

Raises `aiohttp.ClientError`, `OSError` or `TooLate` where nothing did.
"""


class NotTold(Exception):
    """Discord does not take a refusal."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    arrival: Arrival
    language: str
    until: int


@lru_cache(maxsize=32)
def _prepared(language: str) -> tuple[bytes, bytes]:
    """The body of a refusal in a language, before and behind the time."""
    with speaking(language):
        view = overloaded(PLACE)
    components = view.to_components()  # type: ignore[no-untyped-call]  # it has no types, other than the rest
    data = {"flags": (1 << 6) | (1 << 15), "components": components, "allowed_mentions": {"parse": []}}
    before, _, behind = json.dumps({"type": 4, "data": data}).partition(str(PLACE))
    return before.encode(), behind.encode()


def body(language: str, until: int) -> bytes:
    """The first response that refuses, for its asker alone.

    Args:
        language: to say it in.
        until: when to try again, in seconds since 1970.
    """
    before, behind = _prepared(language)
    return b"%b%d%b" % (before, until, behind)


class Refusals:
    """Those that wait to be sent, and those that are under way.

    Attributes:
        late: those that were not sent because it was too late.
    """

    def __init__(
        self,
        post: Post,
        told: Callable[[Arrival, BaseException], None],
        *,
        senders: int = SENDERS,
        queue: FairQueue[_Waiting] | None = None,
    ) -> None:
        """Start with none.

        Args:
            post: sends.
            told: is given each interaction when it is over, with `Overloaded` where its asker was told, `TooLate` where
                it was too late for that, and whatever else kept it from being told.
            senders: requests at a time, at least 1.
            queue: where they wait.
        """
        self.late = 0
        self._post = post
        self._told = told
        self._most = senders
        self._queue: FairQueue[_Waiting] = FairQueue(most=MOST, most_each=MOST_EACH) if queue is None else queue
        self._sending: set[asyncio.Task[None]] = set()
        self._going = False

    def __len__(self) -> int:
        """Those that wait."""
        return len(self._queue)

    def pressing(self) -> bool:
        """Whether more wait than can be sent right away."""
        return len(self._queue) >= PRESSING

    def put(self, arrival: Arrival, language: str, error: Overloaded) -> None:
        """Have an interaction refused; where too many wait, the oldest of its owner is given up for it."""
        if not self._queue.has_room(arrival.owner):
            oldest = self._queue.oldest(arrival.owner)
            self._give_up(arrival if oldest is None else oldest.arrival)
            if oldest is None:
                return
        self._queue.put(arrival.owner, _Waiting(arrival, language, error.until))
        self._go_on()

    def _go_on(self) -> None:
        """See to it that some are sent when the event loop comes around."""
        if not self._going and len(self._queue) and len(self._sending) < self._most:
            self._going = True
            asyncio.get_running_loop().call_soon(self._some)

    def _some(self) -> None:
        """Send some, or give them up."""
        self._going = False
        loop = asyncio.get_running_loop()
        for _ in range(min(AT_ONCE, self._most - len(self._sending), len(self._queue))):
            waiting = self._queue.take(newest=True)
            if loop.time() > waiting.arrival.at + life.FIRST:
                self._give_up(waiting.arrival)
                continue
            task = loop.create_task(self._send(waiting))
            self._sending.add(task)
            task.add_done_callback(self._sent)
        self._go_on()

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._go_on()

    async def finish(self) -> None:
        """Wait until none waits and none is under way, which takes as long as one may take at most."""
        while self._sending or len(self._queue):
            if self._sending:
                await asyncio.wait(self._sending)
            await asyncio.sleep(0)

    def _give_up(self, arrival: Arrival) -> None:
        self.late += 1
        self._told(arrival, life.TooLate("an interaction came too late to be acknowledged"))

    async def _send(self, waiting: _Waiting) -> None:
        try:
            self._told(waiting.arrival, await self._refused(waiting))
        except Exception as error:  # noqa: BLE001 - whatever kept one from being told is counted, and no error of ours
            self._told(waiting.arrival, error)

    async def _refused(self, waiting: _Waiting) -> BaseException:
        """Refuse, with one quick retry where the connection breaks or Discord fails; what came of it.

        Raises:
            aiohttp.ClientError, OSError, TooLate: it could not be sent.
        """
        arrival = waiting.arrival
        path = f"/interactions/{arrival.number}/{quote(arrival.token, safe='')}/callback"
        try:
            async with asyncio.timeout_at(arrival.at + life.FIRST):
                for last in (False, True):
                    try:
                        status, found = await self._post(path, body(waiting.language, waiting.until))
                    except (aiohttp.ClientConnectionError, ConnectionError):
                        if last:
                            raise
                    else:
                        if status < 400 or _code(found) == ALREADY_ACKNOWLEDGED:
                            return Overloaded(waiting.until)
                        if status < SERVER_ERROR or last:
                            return NotTold(f"HTTP {status}")
                    await asyncio.sleep(RETRY_AFTER)
        except TimeoutError:
            pass
        return life.TooLate("a refusal was not confirmed in time")


def _code(found: bytes) -> int:
    """Discord's number of an error, or 0."""
    try:
        code = json.loads(found).get("code", 0)
    except (ValueError, AttributeError):
        return 0
    return code if isinstance(code, int) else 0
