"""What is done to the store without being asked: conversations that are over go, what is old, and servers that left."""

import logging
import time
from collections.abc import Collection

from discord.ext import tasks

from bot.discord.conversations import KeptConversations
from bot.discord.keeping import Keeping
from bot.discord.libraries import Libraries
from bot.records import Owner, Records, server
from bot.retention import OVER, overdue, purge
from index.errors import LibraryError, RecordsError

log = logging.getLogger(__name__)

EVERY = 24
"""Hours between two rounds; the first is at the start."""


class Upkeep:
    """Keeps a store tidy."""

    def __init__(
        self, keeping: Keeping, libraries: Libraries | None = None, conversations: KeptConversations | None = None
    ) -> None:
        """Prepare; `start` starts it.

        Args:
            keeping: the store.
            libraries: of servers, which go with the rest of what is kept of them.
            conversations: of everybody, which go when they are over.
        """
        self._keeping = keeping
        self._libraries = libraries
        self._conversations = conversations
        self._loops = tasks.loop(hours=EVERY)(self._round), tasks.loop(minutes=OVER)(self.expire)

    def start(self) -> None:
        """Start the rounds; needs a running event loop."""
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        """Stop the rounds."""
        for loop in self._loops:
            loop.cancel()

    async def expire(self) -> None:
        """Erase the conversations that are over, and the oldest of too many."""
        if self._conversations is None:
            return
        try:
            await self._keeping.run(self._conversations.expire)
        except RecordsError as error:
            log.warning("Conversations that are over were not erased. %s", error)

    async def _round(self) -> None:
        now = int(time.time())
        try:
            # The articles first: as long as they are not erased, it stays written down that they are to be.
            for owner in await self._keeping.run(lambda records: overdue(records, now)):
                if self._libraries is not None:
                    await self._libraries.erase(owner)
            erased = await self._keeping.run(lambda records: purge(records, now))
        except (RecordsError, LibraryError) as error:
            log.warning("What is old was not erased. %s", error)
            return
        if erased:
            log.info("%d votes and questions were old and are erased.", erased)

    def left(self, number: int) -> None:
        """A server removed the bot."""
        owner, now = server(number), int(time.time())
        self._keeping.note(lambda records: self._depart(records, owner, now, articles=self._has_articles(owner)))

    def joined(self, number: int) -> None:
        """A server has the bot, again or for the first time."""
        self._keeping.note(lambda records: records.stay(server(number)))

    def reconcile(self, present: Collection[int], shards: Collection[int], of: int) -> None:
        """Find out who left and who came back while the bot was away.

        Args:
            present: ids of all servers that the bot is in, as far as these shards know.
            shards: the shards that this process runs; a server of another shard is another process's business.
            of: how many shards there are.
        """
        now = int(time.time())

        def look(records: Records) -> None:
            with_articles = set(self._with_articles())
            for owner in sorted({*records.owners(), *with_articles}):
                if owner.kind == "server" and (owner.id >> 22) % of in shards:
                    if owner.id in present:
                        records.stay(owner)
                    else:
                        self._depart(records, owner, now, articles=owner in with_articles)

        self._keeping.note(look)

    def _with_articles(self) -> tuple[Owner, ...]:
        """The owners that have a library; blocks, and is called by the store's thread alone."""
        if self._libraries is None or not self._libraries.is_open:
            return ()
        try:
            return self._libraries.library.owners()
        except LibraryError as error:
            log.warning("Who has a library cannot be read. %s", error)
            return ()

    def _has_articles(self, owner: Owner) -> bool:
        """Whether an owner has a library; blocks, and is called by the store's thread alone."""
        try:
            return self._libraries is not None and self._libraries.has(owner)
        except LibraryError as error:
            log.warning("Whether a server has a library cannot be read. %s", error)
            return True  # it is noted then, and nothing is lost by that

    @staticmethod
    def _depart(records: Records, owner: Owner, now: int, *, articles: bool) -> None:
        """Note that a server has left, also where articles are all that is kept of it."""
        if articles:
            records.set(owner, {})
        records.depart(owner, now)
