"""The library, open: looked into in threads, so that the event loop never waits for it."""

import asyncio
import contextvars
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.records.worker import Watch
from bot.settings import Settings
from bot.terminal.loading import open_library
from index.errors import LibraryError, LibraryFull, UnknownArticle
from index.library.model import Entry
from index.library.protocol import Library
from index.owner import Owner

log = logging.getLogger(__name__)

T = TypeVar("T")

ADDS_AT_ONCE = 3
"""Things of one owner that are fetched and read at the same time."""

WORKERS = 4
"""Threads that look into the library and read files; answers are worked out by others."""


class OpenLibrary:
    """A library that may be missing."""

    def __init__(self, settings: Settings, watch: Watch) -> None:
        """Prepare; `open` opens it.

        Args:
            settings: say where it is, and how much it may hold.
            watch: is told how each thing done with it went.
        """
        self._settings = settings
        self._watch = watch
        self._library: Library | None = None
        self._executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="library")
        self._rooms: WeakValueDictionary[Owner, asyncio.Semaphore] = WeakValueDictionary()

    def open(self) -> None:
        """Open the library; where that is impossible the bot goes on without one, and says so when one is wanted."""
        try:
            self._library = open_library(self._settings)
        except LibraryError as error:
            log.warning("There is no library. %s", error)

    def close(self) -> None:
        """Let go of the library; blocks until nothing uses it any more."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        library, self._library = self._library, None
        if library is not None:
            library.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a library."""
        return self._library is not None

    @property
    def library(self) -> Library:
        """The library.

        Raises:
            LibraryError: there is none.
        """
        if self._library is None:
            raise LibraryError("The library cannot be used just now; tell the operator if it stays so.")
        return self._library

    async def run(self, function: Callable[[Library], T]) -> T:
        """Do something with the library, in a thread.

        Raises:
            LibraryError: there is none.
        """
        library = self.library
        begun, outcome = time.perf_counter(), "done"
        try:
            return await self.thread(lambda: function(library))
        except LibraryError as error:
            # What somebody may not, or what there is not, is no failure of the library's.
            outcome = "done" if isinstance(error, LibraryFull | UnknownArticle) else "failed"
            raise
        finally:
            self._watch(outcome, time.perf_counter() - begun)

    async def thread(self, function: Callable[[], T]) -> T:
        """Run what blocks in a thread; the language in force here is in force there."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._executor, context.run, function)

    def has(self, owner: Owner) -> bool:
        """Whether an owner has articles of their own; blocks.

        Raises:
            LibraryError: the library cannot be read.
        """
        return self._library is not None and self._library.size(owner).articles > 0

    def room(self, owner: Owner) -> asyncio.Semaphore:
        """Where what an owner adds waits its turn, so that one owner's much leaves room for others'."""
        room = self._rooms.get(owner)
        if room is None:
            room = self._rooms[owner] = asyncio.Semaphore(ADDS_AT_ONCE)
        return room

    async def count(self, owner: Owner) -> int:
        """How many articles an owner has.

        Raises:
            LibraryError: the library cannot be read.
        """
        return await self.run(lambda library: library.size(owner).articles) if self.is_open else 0

    async def all_of(self, owner: Owner, most: int) -> tuple[tuple[Entry, str | None], ...]:
        """All articles of an owner with their texts; without any text where they are too long.

        Args:
            owner: whose.
            most: characters of all texts.

        Raises:
            LibraryError: the library cannot be read.
        """

        def read(library: Library) -> tuple[tuple[Entry, str | None], ...]:
            size = library.size(owner)
            entries = library.entries(owner, limit=size.articles + 1)
            whole = size.characters <= most
            return tuple((e, library.article(owner, e.number).text if whole else None) for e in entries)

        return await self.run(read) if self.is_open else ()

    async def erase(self, owner: Owner) -> int:
        """Remove all that an owner has; how many articles that was.

        Raises:
            LibraryError: the library cannot be written.
        """
        return await self.run(lambda library: library.erase(owner)) if self.is_open else 0


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())
