"""How the event loop uses a store: one thread opens it and does everything, in the order in which it is asked."""

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.records.protocol import Records
from index.errors import RecordsError

log = logging.getLogger(__name__)

T = TypeVar("T")

Watch = Callable[[str, float], None]
"""Is told of everything that was done: `done`, `failed` or `dropped`, and how many seconds it took; by any thread."""

MOST_WAITING = 1_000
"""Notes that wait to be written; a disk that hangs must not fill the memory."""


class Worker:
    """A store and its thread.

    One thread, because SQLite has one writer at a time anyway, and because whatever is asked next then sees what was
    written before.

    Attributes:
        waiting: notes that wait to be written.
    """

    def __init__(self, opening: Callable[[], Records], watch: Watch = lambda _outcome, _seconds: None) -> None:
        """Open the store.

        Args:
            opening: opens it; called in the thread.
            watch: is told how each thing went.

        Raises:
            RecordsError: it cannot be opened.
        """
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="records")
        self._room = threading.BoundedSemaphore(MOST_WAITING)
        self._watch = watch
        self.waiting = 0
        self._counting = threading.Lock()
        try:
            self._records = self._executor.submit(opening).result()
        except BaseException:  # whatever it was: no thread stays, and it goes on up
            self._executor.shutdown(wait=False)
            raise

    async def run(self, function: Callable[[Records], T]) -> T:
        """Do something with the store and wait for it without holding up the event loop.

        The language in force here is in force there too.

        Raises:
            RecordsError: the store cannot be read or written.
        """
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(
            self._executor, lambda: context.run(self._watched, function)
        )

    def _watched(self, function: Callable[[Records], T]) -> T:
        """Do something with the store, in its thread, and tell how it went."""
        begun, outcome = time.perf_counter(), "failed"
        try:
            result = function(self._records)
            outcome = "done"
        finally:
            self._watch(outcome, time.perf_counter() - begun)
        return result

    def wait(self, function: Callable[[Records], T]) -> T:
        """Do something with the store, and wait for it; blocks, and is for other threads than the event loop's.

        Raises:
            RecordsError: the store cannot be read or written.
        """
        return self._executor.submit(self._watched, function).result()

    def note(self, function: Callable[[Records], object]) -> None:
        """Do something with the store, some time soon; that it fails is logged. Nobody waits for it."""
        if not self._room.acquire(blocking=False):
            log.warning("A note was dropped: %d wait to be written.", MOST_WAITING)
            self._watch("dropped", 0.0)
            return
        with self._counting:
            self.waiting += 1
        self._executor.submit(self._watched, function).add_done_callback(self._noted)

    def _noted(self, done: Future[object]) -> None:
        with self._counting:
            self.waiting -= 1
        self._room.release()
        error = done.exception()
        if isinstance(error, RecordsError):
            log.warning("A note was not kept. %s", error)
        elif error is not None:
            log.error("A note was not kept.", exc_info=error)

    def close(self) -> None:
        """Write what waits to be written, and let go of the store."""
        self._executor.submit(self._records.close)
        self._executor.shutdown(wait=True)
