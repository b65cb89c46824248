"""What the bot keeps, as its commands use it: the store behind its thread, and the settings of servers in memory."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import discord

from bot.answer import Abstention, Answer
from bot.operations.observation import note_result
from bot.records import FILE, MEMORY, Owner, Records, Refusal, SQLiteRecords, Worker, person, server
from bot.records.opening import open_records
from bot.records.worker import Watch
from bot.server_settings import ServerSettings
from index.errors import RecordsError
from index.library.opening import is_shared

log = logging.getLogger(__name__)

T = TypeVar("T")

FRESH = 60.0
"""Seconds after which settings are read again: another process may have changed them. This one's changes are seen at
once."""

MOST_SERVERS = 5_000
"""Servers whose settings are in memory."""


def _is_absent(file: Path) -> bool:
    """Whether there surely is no such file; where the folder may not be looked into, nothing is sure."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def owner_of(interaction: discord.Interaction[Any]) -> Owner:
    """Whose an interaction is: the server's if it installed the bot, else the person's who did."""
    if interaction.guild_id is not None and interaction.is_guild_integration():
        return server(interaction.guild_id)
    return person(interaction.user.id)


def owner_of_message(message: discord.Message) -> Owner:
    """Whose a message to the bot is."""
    return server(message.guild.id) if message.guild is not None else person(message.author.id)


class Keeping:
    """The store, and settings in memory."""

    def __init__(
        self,
        folder: Path,
        *,
        library: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        watch: Watch = lambda _outcome, _seconds: None,
    ) -> None:
        """Prepare; `open` opens it.

        Args:
            folder: where the store's file is.
            library: where libraries are kept, if that is said; one that machines share has the store too.
            clock: seconds, ascending.
            watch: is told how each thing done with the store went.
        """
        self._folder = folder
        self._library = library
        self._clock = clock
        self._watch = watch
        self._worker: Worker | None = None
        self._settings: OrderedDict[Owner, tuple[float, ServerSettings]] = OrderedDict()

    def open(self) -> None:
        """Open the store; where there is none and none can be made, one in memory.

        Raises:
            RecordsError: there is one that cannot be opened. Without it nobody knows where a server lets the bot
                answer and who is to see it, so there is no going on.
        """
        file = self._folder / FILE
        try:
            self._worker = Worker(lambda: open_records(self._folder, self._library), self._watch)
        except RecordsError as error:
            if not _is_absent(file) or (self._library and is_shared(self._library)):
                raise
            log.warning("Nothing can be kept between starts. %s", error)
            self._worker = Worker(lambda: SQLiteRecords(MEMORY), self._watch)

    @property
    def is_open(self) -> bool:
        """Whether the store is open."""
        return self._worker is not None

    @property
    def waiting(self) -> int:
        """Writes that wait for the store and for which nobody waits."""
        return 0 if self._worker is None else self._worker.waiting

    def close(self) -> None:
        """Write what waits to be written; blocks until it is."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    async def run(self, function: Callable[[Records], T]) -> T:
        """Do something with the store.

        Raises:
            RecordsError: the store cannot be read or written.
        """
        if self._worker is None:
            raise RecordsError("The store is not open: start the bot again.")
        return await self._worker.run(function)

    def wait(self, function: Callable[[Records], T]) -> T:
        """Do something with the store, and wait for it; blocks, and is for other threads than the event loop's.

        Raises:
            RecordsError: the store cannot be read or written.
        """
        if self._worker is None:
            raise RecordsError("The store is not open: start the bot again.")
        return self._worker.wait(function)

    def note(self, function: Callable[[Records], object]) -> None:
        """Do something with the store some time soon; nobody waits for it."""
        if self._worker is not None:
            self._worker.note(function)

    def note_result(self, result: Answer | Abstention, owner: Owner, number: int, asker: int) -> None:
        """Count an answer; count and keep a refusal.

        Args:
            result: what came of a question.
            owner: whose it is.
            number: id of the answer, as votes on it name it.
            asker: who asked.
        """
        now = int(time.time())
        note_result(result)
        if isinstance(result, Answer):
            self.note(lambda records: records.note_answer(owner, now))
            return
        refusal = Refusal(
            owner,
            number,
            asker,
            result.read_as or result.question,
            result.missing_terms,
            result.article.id,
            result.confidence,
            now,
        )
        self.note(lambda records: records.note_refusal(refusal))

    async def settings(self, owner: Owner) -> ServerSettings:
        """What an owner has set; of a person, what holds unless it is set.

        Raises:
            RecordsError: the store cannot be read.
        """
        if owner.kind != "server":
            return ServerSettings()
        known = self.known(owner)
        if known is not None:
            return known
        read = ServerSettings.from_stored(await self.run(lambda records: records.settings(owner)))
        self._remember(owner, read)
        return read

    def known(self, owner: Owner) -> ServerSettings | None:
        """What an owner has set, where that is in memory and fresh."""
        known = self._settings.get(owner)
        return known[1] if known is not None and self._clock() - known[0] < FRESH else None

    async def change(self, owner: Owner, change: Callable[[ServerSettings], ServerSettings]) -> ServerSettings:
        """Change an owner's settings; the change holds from now on.

        Args:
            owner: whose.
            change: gives the settings after it; what it leaves as it was is not written, so that what another
                process set meanwhile stays.

        Returns:
            the settings that hold.

        Raises:
            RecordsError: the store cannot be written; nothing is changed then.
        """

        def changed(records: Records) -> ServerSettings:
            before = ServerSettings.from_stored(records.settings(owner))
            after = change(before)
            was = before.stored()
            records.set(owner, {name: value for name, value in after.stored().items() if value != was[name]})
            return after

        settings = await self.run(changed)
        self._remember(owner, settings)
        return settings

    async def erase(self, owner: Owner) -> int:
        """Erase all that belongs to an owner.

        Returns:
            how many votes and questions were erased.
        """
        erased = await self.run(lambda records: records.erase_owner(owner))
        self._settings.pop(owner, None)
        return erased

    def _remember(self, owner: Owner, settings: ServerSettings) -> None:
        self._settings[owner] = (self._clock(), settings)
        self._settings.move_to_end(owner)
        if len(self._settings) > MOST_SERVERS:
            self._settings.popitem(last=False)
