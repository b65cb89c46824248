"""What is done to the store without being asked: once a day what is old goes, and of servers that left, all."""

import logging
import time
from collections.abc import Collection

from discord.ext import tasks

from bot.discord.keeping import Keeping
from bot.records import Records, server
from bot.retention import purge
from index.errors import RecordsError

log = logging.getLogger(__name__)

EVERY = 24
"""Hours between two rounds; the first is at the start."""


class Upkeep:
    """Keeps a store tidy."""

    def __init__(self, keeping: Keeping) -> None:
        """Prepare; `start` starts it."""
        self._keeping = keeping
        self._loop = tasks.loop(hours=EVERY)(self._round)

    def start(self) -> None:
        """Start the rounds; needs a running event loop."""
        self._loop.start()

    def stop(self) -> None:
        """Stop the rounds."""
        self._loop.cancel()

    async def _round(self) -> None:
        try:
            erased = await self._keeping.run(lambda records: purge(records, int(time.time())))
        except RecordsError as error:
            log.warning("What is old was not erased. %s", error)
            return
        if erased:
            log.info("%d votes and questions were old and are erased.", erased)

    def left(self, number: int) -> None:
        """A server removed the bot."""
        self._keeping.note(lambda records: records.depart(server(number), int(time.time())))

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
            for owner in records.owners():
                if owner.kind == "server" and (owner.id >> 22) % of in shards:
                    if owner.id in present:
                        records.stay(owner)
                    else:
                        records.depart(owner, now)

        self._keeping.note(look)
