"""Work in flight: counted, so that a stop can wait for it, and done in threads, so that the gateway never waits."""

import asyncio
import contextlib
import contextvars
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

WORKERS = 2
"""Threads that answer. Answering holds the interpreter's lock, so that more would only make each other wait."""


class Work:
    """Counts what is under way.

    Attributes:
        stopping: whether nothing new is to be taken.
    """

    def __init__(self) -> None:
        """Start idle."""
        self.stopping = False
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="pullquote")

    @contextlib.contextmanager
    def item(self) -> Iterator[None]:
        """Count a piece of work while it lasts."""
        self._running += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def compute(self, function: Callable[[], T]) -> T:
        """Run a function in a thread and wait for it without holding up the event loop.

        The language in force here (`bot.translation.speaking`) is in force there too.
        """
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._executor, lambda: context.run(function))

    async def drain(self, seconds: float) -> bool:
        """Take nothing new and wait for what is under way.

        Returns:
            whether all of it was done in time.
        """
        self.stopping = True
        if self._running:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), seconds)
        return not self._running

    def close(self) -> None:
        """Let the threads go; what they are at is not waited for."""
        self._executor.shutdown(wait=False, cancel_futures=True)
