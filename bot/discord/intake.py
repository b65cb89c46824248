"""The intake: interactions as the gateway brings them, taken in by turns before anything is made of them.

discord.py begins with whatever comes at once. A flood then takes the event loop for itself, and heartbeats, answers and
refusals wait behind thousands of interactions that are half begun. Here they wait as Discord sent them, and one is
begun each time that the event loop comes around: the busier it is, the slower. What would be refused in the end is
refused here, before it costs anything, and what came too late to be acknowledged is dropped.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import discord
from yarl import URL

from bot.discord import answering, life
from bot.discord.arrival import AUTOCOMPLETE, COMMAND, FORM, Arrival, Lateness
from bot.discord.buttons import follow_up
from bot.discord.fair import FairQueue
from bot.discord.refusals import Refusals
from bot.discord.work import Overloaded
from bot.operations.observation import FAILED, REFUSED, Observation
from bot.server_settings import ServerSettings

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

PATIENCE = 1.0
"""Seconds that an interaction may wait to be begun; one that waits longer is refused while it still can be."""

MOST = 512
MOST_EACH = 64
"""Interactions that wait to be begun, in all and of one owner."""

AT_ONCE = 32
"""Interactions that are refused or dropped in one go."""

_EVENT = "INTERACTION_CREATE"

Json = dict[str, Any]


class Intake:
    """What stands between the gateway and discord.py's interactions."""

    def __init__(self, client: "PullquoteClient", *, lateness: Lateness | None = None) -> None:
        """Put itself in the place of what discord.py does with an interaction.

        Args:
            client: the bot.
            lateness: tells how late an interaction comes.
        """
        self._client = client
        self._lateness = Lateness() if lateness is None else lateness
        parsers = client._connection.parsers  # noqa: SLF001 - discord.py has no other place for it
        self._begin: Callable[[Any], object] = parsers[_EVENT]
        parsers[_EVENT] = self.take
        self._waiting: FairQueue[tuple[Arrival, Json]] = FairQueue(most=MOST, most_each=MOST_EACH)
        self._begun = False
        self.refusals = Refusals(self._post, self._told)

    def take(self, data: Json) -> None:
        """Take an interaction, as Discord sent it."""
        now = asyncio.get_running_loop().time()
        try:
            late = self._lateness.of(int(data["id"]), life.FIRST)
            arrival = Arrival.of(data, now - late)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._begin(data)  # discord.py says what is wrong with it
            return
        if late > life.FIRST and not self._client.is_new(arrival.number):
            self._client.operations.metrics.drop("twice")
        elif late > life.FIRST:
            self._told(arrival, life.TooLate("an interaction came too late to be acknowledged"))
        elif self._client.work.stopping:
            self._begin(data)  # what comes now is told so, or left to another process
        elif not self._begun and not len(self._waiting):
            self._admit(arrival, data)
        elif not self._waiting.put(arrival.owner, (arrival, data)):
            self._refuse(arrival, None)

    def _admit(self, arrival: Arrival, data: Json) -> bool:
        """Begin an interaction, unless it is to be refused; whether it was begun."""
        refused = self._overloaded(arrival)
        if refused is not None:
            self._refuse(arrival, refused)
            return False
        if not self._begun:
            self._begun = True
            asyncio.get_running_loop().call_soon(self._next)
        with life.living(life.Life(arrival.at)):
            self._begin(data)
        return True

    def _next(self) -> None:
        """Begin the next, now that the event loop came around."""
        self._begun = False
        now = asyncio.get_running_loop().time()
        for _ in range(AT_ONCE):
            if not len(self._waiting):
                return
            arrival, data = self._waiting.take()
            if now > arrival.at + PATIENCE:
                self._refuse(arrival, None)
            elif self._admit(arrival, data):
                return
        if len(self._waiting):
            self._begun = True
            asyncio.get_running_loop().call_soon(self._next)

    def _overloaded(self, arrival: Arrival) -> Overloaded | None:
        """What a question would be refused with."""
        asks = (arrival.kind == COMMAND and arrival.name == "ask") or (
            arrival.kind == FORM and follow_up.FORM.fullmatch(arrival.name) is not None
        )
        if not asks:
            return None
        try:
            self._client.work.expect(arrival.owner, arrival.number)
        except Overloaded as error:
            return error
        return None

    def _refuse(self, arrival: Arrival, error: Overloaded | None) -> None:
        """Refuse an interaction."""
        client = self._client
        if arrival.kind == AUTOCOMPLETE:
            client.operations.metrics.drop("late")  # nobody can be told
        elif not client.is_new(arrival.number):
            client.operations.metrics.drop("twice")
        else:
            settings = client.keeping.known(arrival.owner) or ServerSettings()
            language = answering.language_for(settings, arrival.locale)
            self.refusals.put(arrival, language, error or client.work.overloaded(arrival.number))

    def _told(self, arrival: Arrival, error: BaseException) -> None:
        """An interaction is over."""
        client = self._client
        if isinstance(error, life.TooLate):
            client.operations.metrics.drop("late")
        now = time.perf_counter()
        observation = Observation(
            client.operations.word(arrival.kind, arrival.name),
            client.shard_of(arrival.guild),
            arrival.user,
            arrival.guild,
            outcome=REFUSED if isinstance(error, Overloaded) else FAILED,
            error=type(error).__name__,
            started=now - (asyncio.get_running_loop().time() - arrival.at),
            ended=now,
        )
        client.operations.note(observation)

    async def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Send a first response."""
        http: Any = self._client.http
        session = http._HTTPClient__session  # noqa: SLF001 - discord.py's own, with its connections and our watch
        headers = {"Content-Type": "application/json"}
        url = URL(discord.http.Route.BASE + path, encoded=True)
        async with session.post(url, data=body, headers=headers, proxy=http.proxy, proxy_auth=http.proxy_auth) as found:
            return found.status, await found.read()
