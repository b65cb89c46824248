"""The bot as its operator watches it: each interaction is observed, and a local port shows how all of it does."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import tasks

from bot.discord.gateway_readings import connections
from bot.operations.health import READY, Pulse, Readiness, ailments
from bot.operations.interaction_log import InteractionLog
from bot.operations.metrics import Metrics, Reading
from bot.operations.observation import Observation, observing
from bot.operations.pseudonyms import load_pseudonyms
from bot.operations.server import OperationsServer
from bot.records import FILE

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at the gateway and at how promptly the event loop wakes up."""

GATHER = 0.25
"""Seconds in which lines are gathered that are written together."""

UNKNOWN = "unknown_command"

_SEEN = "observed"


class Operations:
    """Watches a client.

    Attributes:
        metrics: what is counted.
    """

    def __init__(self, client: "PullquoteClient") -> None:
        """Prepare; `start` starts it."""
        self.metrics = Metrics(self._read)
        self._client = client
        self._pulse = Pulse()
        self._warm = False
        self._warming: asyncio.Task[None] | None = None
        self._server: OperationsServer | None = None
        self._interactions: InteractionLog | None = None
        self._noted: list[Observation] = []
        self._writing: asyncio.Task[None] | None = None
        self._commands: frozenset[str] = frozenset()
        self._due = 0.0
        self._looking = tasks.loop(seconds=TICK)(self._look)

    async def start(self) -> None:
        """Start to watch, and to show it where the operator set a port.

        Raises:
            SettingsError: the port is taken.
        """
        settings = self._client.settings
        pseudonyms = await asyncio.to_thread(load_pseudonyms, settings.state_folder)
        self._interactions = InteractionLog(pseudonyms, questions=settings.log_questions)
        self._looking.start()
        self._warming = asyncio.create_task(self._warm_up())
        if settings.metrics_port is not None:
            self._server = await OperationsServer(
                settings.metrics_port, self.metrics, self.ailments, self.lacking
            ).start()
            log.info("Health and metrics are on http://127.0.0.1:%d", self._server.port)

    async def stop(self) -> None:
        """Watch no more."""
        self._looking.cancel()
        if self._warming is not None:
            self._warming.cancel()
        if self._server is not None:
            await self._server.stop()
        if self._writing is not None:
            self._writing.cancel()
        self._write_noted()

    async def _warm_up(self) -> None:
        """Have the model loaded, and know when it is."""
        try:
            await self._client.work.aside(self._client.assistant.warm_up)
            self._warm = True
        except Exception:  # logged with its traceback; who asks meets it again, in a sentence
            log.exception("The model could not be loaded.")

    async def _look(self) -> None:
        """Feel the pulse, and how late this comes."""
        now = time.perf_counter()
        if self._due:
            self.metrics.lag(now - self._due)
        self._due = time.perf_counter() + TICK
        self._pulse.read(connections(self._client), now)

    def ailments(self) -> tuple[str, ...]:
        """What is wrong; none where all is well. That it is told at all shows that the event loop runs."""
        return ailments(self._pulse.read(connections(self._client), time.perf_counter()))

    def lacking(self) -> tuple[str, ...]:
        """What the bot waits for before it takes questions; none if it is ready."""
        client = self._client
        shards = self._pulse.read(connections(client), time.perf_counter())
        wanted = len(client.shard_ids or ()) or client.shard_count or 0
        ready = client.is_ready() and len(shards) >= max(1, wanted) and all(s.state == READY for s in shards)
        return Readiness(ready, client.keeping.is_open, self._warm, not client.work.stopping).lacking()

    def _read(self) -> Reading:
        client = self._client
        return Reading(
            shards=self._pulse.read(connections(client), time.perf_counter()),
            servers=len(client.guilds),
            reconnects=client.reconnects,
            under_way=client.work.running,
            waiting=client.work.waiting,
            notes=client.keeping.waiting,
            store=_bytes_of(client.settings.state_folder),
            library=client.libraries.is_open,
            ready=not self.lacking(),
        )

    @contextlib.asynccontextmanager
    async def interaction(self, interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
        """Observe an interaction in the block.

        One whose command breaks off comes a second time, to be told about; it is one all the same, and is over then.
        """
        observation = interaction.extras.get(_SEEN)
        if observation is None:
            server = interaction.guild_id
            shard = _shard_of(self._client, server)
            observation = Observation(self._named(interaction), shard, interaction.user.id, server)
            interaction.extras[_SEEN] = observation
        with observing(observation, lambda _: None):
            yield
        self._tell(observation)

    @contextlib.contextmanager
    def message(self, message: discord.Message) -> Iterator[None]:
        """Observe, in the block, a message that asks something."""
        server = message.guild.id if message.guild else None
        observation = Observation("message", _shard_of(self._client, server), message.author.id, server)
        with observing(observation, self._tell):
            yield

    def _tell(self, observation: Observation) -> None:
        self.metrics.observe(observation)
        if self._interactions is not None:
            self._interactions.write(observation)

    def note(self, observation: Observation) -> None:
        """Count what is over already; its line is written soon, with others, so that nothing waits for it."""
        self.metrics.observe(observation)
        if self._interactions is None:
            return
        self._noted.append(observation)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write lines, in a thread, as long as there are some."""
        await asyncio.sleep(GATHER)
        while self._noted:
            await asyncio.to_thread(self._write_noted)

    def _write_noted(self) -> None:
        noted, self._noted = self._noted, []
        if self._interactions is not None:
            for observation in noted:
                self._interactions.write(observation)

    def _named(self, interaction: discord.Interaction[Any]) -> str:
        """What was used; see `word`."""
        if interaction.type is discord.InteractionType.application_command:
            return _word(interaction.command.qualified_name) if interaction.command else UNKNOWN
        data: Any = interaction.data or {}
        return self.word(interaction.type.value, str(data.get("custom_id", "")))

    def word(self, kind: int, name: str) -> str:
        """What was used, in one of a few dozen words; whoever makes up a name or a custom_id adds none.

        Args:
            kind: type of the interaction, as Discord numbers them.
            name: of the command, or the custom_id.
        """
        if kind == discord.InteractionType.application_command.value:
            if not self._commands:
                self._commands = frozenset(_names(self._client.tree))
            return _word(name) if name in self._commands else UNKNOWN
        if kind == discord.InteractionType.modal_submit.value:
            return "form"
        from bot.discord.buttons import BUTTONS

        for family in BUTTONS:
            if family.__discord_ui_compiled_template__.fullmatch(name):
                return f"button_{family.__name__.removesuffix('Button').removesuffix('Menu').lower()}"
        return "unknown_button"


def _names(tree: app_commands.CommandTree[Any]) -> Iterator[str]:
    """The names of all commands."""
    yield from (command.qualified_name for command in tree.walk_commands() if isinstance(command, app_commands.Command))
    for kind in (discord.AppCommandType.user, discord.AppCommandType.message):
        yield from (command.qualified_name for command in tree.walk_commands(type=kind))


def _word(name: str) -> str:
    """A command's name in one word."""
    return name.lower().replace(" ", "_")


def _shard_of(client: discord.AutoShardedClient, server: int | None) -> int:
    """The number of the shard that a server's events come by; direct messages come by the first (Discord's rule)."""
    return 0 if server is None else (server >> 22) % (client.shard_count or 1)


def _bytes_of(folder: Path) -> int:
    """What the store's files take on the disk."""
    total = 0
    for file in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        with contextlib.suppress(OSError):
            total += (folder / file).stat().st_size
    return total
