"""What the processes of one bot on one machine tell each other: which interaction is whose, and when to IDENTIFY.

A small SQLite file beside the store. Two processes that run the same shard, as during a rolling restart, both hear of
every interaction; the first that claims it answers it, and one that stops leaves all to the other. And Discord takes
only so many IDENTIFYs in five seconds from all processes together; each is given a time, which lies in the turn of its
machine (`bot.machines`).
"""

import asyncio
import logging
import secrets
import sqlite3
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.machines import ALONE, Machine
from index.database import APPLICATION, open_file, transaction
from index.errors import RecordsError

log = logging.getLogger(__name__)

T = TypeVar("T")

FILE = "shared.db"

KEPT = 3600.0
"""Seconds that a claim is kept; an interaction lives for a quarter of an hour."""

HOLDS = 15.0
"""Seconds that a process is taken to run a shard after it last said so."""

TIDY = 1000
"""Claims after which old ones are thrown away."""

BACK = 60.0
"""Seconds; what was reserved so far ahead of now, or further, was reserved before the clock was set back, and does not
count."""

_SCHEMA = f"""
BEGIN IMMEDIATE;
PRAGMA application_id = {APPLICATION};
CREATE TABLE IF NOT EXISTS claims (id INTEGER PRIMARY KEY, at REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS slots (name TEXT PRIMARY KEY, free REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS holders (shard TEXT, process TEXT, seen REAL NOT NULL, PRIMARY KEY (shard, process))
  STRICT, WITHOUT ROWID;
COMMIT;
"""


class Shared:
    """The file, and the thread that it is used in. Where it cannot be used this process stands alone, and says so."""

    def __init__(self, folder: Path, *, machine: Machine = ALONE, clock: Callable[[], float] = time.time) -> None:
        """Prepare; the file is opened when it is first needed.

        Args:
            folder: where the file is.
            machine: which of the bot's machines this is; those of others share no file with it.
            clock: seconds since 1970, the same for all processes of the machine.
        """
        self._file = folder / FILE
        self._machine = machine
        self._clock = clock
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="shared")
        self._connection: sqlite3.Connection | None = None
        self._me = secrets.token_hex(8)
        self._alone = False
        self._closed = False
        self._free: dict[str, tuple[float, float]] = {}
        self._asked: list[tuple[int, asyncio.Future[bool]]] = []
        self._since_tidy = 0

    async def claim(self, number: int) -> bool:
        """Claim an interaction or message for this process.

        Returns:
            whether it is this process's; False where another one claimed it before.
        """
        if self._closed:
            return False
        loop = asyncio.get_running_loop()
        future: asyncio.Future[bool] = loop.create_future()
        self._asked.append((number, future))
        if len(self._asked) == 1:
            # Those that come while the thread is at work are claimed together, in one transaction.
            loop.run_in_executor(self._executor, self._claim_all, loop)
        return await future

    async def reserve(self, name: str, spacing: float) -> float:
        """Reserve the next free time for something that no two processes of any machine may do too close to each other.

        Args:
            name: of what is to be done.
            spacing: seconds between two.

        Returns:
            when to do it, in seconds since 1970: now or later.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, self._reserve, name, spacing)

    async def hold(self, shards: Collection[str]) -> None:
        """Say which shards this process runs just now; to be said again every few seconds."""
        if not self._closed:
            await asyncio.get_running_loop().run_in_executor(self._executor, self._hold, tuple(shards))

    async def held_elsewhere(self, shard: str) -> bool:
        """Whether another process runs a shard just now."""
        if self._closed:
            return False
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._held_elsewhere, shard)

    async def close(self) -> None:
        """Close the file, once what is under way is done; closing it again does nothing."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._executor, self._close)
        self._executor.shutdown(wait=False)

    def _close(self) -> None:
        self._hold(())
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _claim_all(self, loop: asyncio.AbstractEventLoop) -> None:
        """Claim all that is asked for; in the thread."""
        asked, self._asked = self._asked, []
        try:
            # SQLite's integers have a sign, ids have none.
            mine = self._with(lambda c: [self._claim(c, number - 2**63) for number, _ in asked], [True] * len(asked))
        finally:
            loop.call_soon_threadsafe(_settle, asked, mine)

    def _claim(self, connection: sqlite3.Connection, number: int) -> bool:
        now = self._clock()
        self._since_tidy += 1
        if self._since_tidy >= TIDY:
            self._since_tidy = 0
            connection.execute("DELETE FROM claims WHERE at < ?", (now - KEPT,))
        return connection.execute("INSERT OR IGNORE INTO claims VALUES (?, ?)", (number, now)).rowcount == 1

    def _reserve(self, name: str, spacing: float) -> float:
        now = self._clock()

        def next_of(free: float, reserved: float) -> float:
            counts = reserved < now + BACK
            return self._machine.turn(max(now, free) if counts else now, spacing)

        def reserve(connection: sqlite3.Connection) -> float:
            found = dict(connection.execute("SELECT name, free FROM slots WHERE name IN (?, ?)", (name, when)))
            at = next_of(found.get(name, 0.0), found.get(when, 0.0))
            connection.executemany("INSERT OR REPLACE INTO slots VALUES (?, ?)", [(name, at + spacing), (when, now)])
            return at

        # A row of its own, so that versions before this one can use the same file.
        when = f"{name}, reserved"
        # Kept here too, for when the file cannot be used.
        at = self._with(reserve, next_of(*self._free.get(name, (0.0, 0.0))))
        self._free[name] = at + spacing, now
        return at

    def _hold(self, shards: tuple[str, ...]) -> None:
        def hold(connection: sqlite3.Connection) -> None:
            now = self._clock()
            connection.execute("DELETE FROM holders WHERE process = ? OR seen < ?", (self._me, now - KEPT))
            connection.executemany("INSERT INTO holders VALUES (?, ?, ?)", [(s, self._me, now) for s in shards])

        self._with(hold, None)

    def _held_elsewhere(self, shard: str) -> bool:
        query = "SELECT 1 FROM holders WHERE shard = ? AND process != ? AND seen > ? LIMIT 1"
        values = (shard, self._me, self._clock() - HOLDS)
        return self._with(lambda c: c.execute(query, values).fetchone() is not None, otherwise=False)

    def _opened(self) -> sqlite3.Connection:
        connection = open_file(self._file, RecordsError, any_thread=True)
        try:
            connection.executescript(_SCHEMA)
        except BaseException:  # whatever it was: nothing stays open, and it goes on up
            connection.close()
            raise
        self._connection = connection
        return connection

    def _with(self, function: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Do something with the file in a transaction; what holds otherwise, where it cannot be used."""
        try:
            connection = self._connection or self._opened()
            with transaction(connection):
                result = function(connection)
        except (RecordsError, sqlite3.Error) as error:
            if not self._alone:
                log.warning("Other processes of this bot cannot be heeded (%s).", error)
            self._alone = True
            return otherwise
        self._alone = False
        return result


def _settle(asked: list[tuple[int, "asyncio.Future[bool]"]], mine: list[bool]) -> None:
    for (_, future), is_mine in zip(asked, mine, strict=True):
        if not future.done():
            future.set_result(is_mine)
