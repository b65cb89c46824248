"""Work in flight: counted, so that a stop can wait for it, and done in threads, so that the gateway never waits.

What is to be computed waits in a fair queue. What would have to wait too long is refused before it is begun, so that
whoever asks learns at once when to try again.
"""

import asyncio
import contextlib
import contextvars
import functools
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.discord.fair import FairQueue
from bot.translation import N_
from index.errors import CommandError

T = TypeVar("T")

WORKERS = max(2, min(os.cpu_count() or 2, 8))
"""Threads that answer: one a core, because most of an answer is arithmetic that runs without the interpreter's lock."""

PATIENCE = 3.0
"""Seconds that a question may have to wait for its turn; one that would wait longer is refused."""

SPREAD = 10
"""Seconds over which those who were refused are asked to come back, so that they do not come all at once."""

NICE = 10
"""How much the threads that compute stand back behind the event loop, where both want the same core (Unix's nice)."""

FIRST_GUESS = 0.05
"""Seconds that an answer takes, until some were measured."""

EXPECTED = 1.0
"""Seconds within which what is expected is submitted, if it ever is."""

SMOOTHING = 0.1
"""Weight of the latest answer in the mean of how long one takes."""


class Overloaded(CommandError):
    """More is asked than can be answered in time.

    Attributes:
        until: when to try again, in seconds since 1970.
    """

    def __init__(self, until: int) -> None:
        """Say so, and when to try again."""
        super().__init__(N_("I am asked more than I can answer just now; try again in a moment."))
        self.until = until


@dataclass(eq=False, slots=True)
class _Job(Generic[T]):
    """Something to compute.

    Attributes:
        function: computes it.
        future: takes the result.
        context: what is in force where it was asked for, such as the language.
        since: when it was asked for, in the clock's seconds.
    """

    function: Callable[[], T]
    future: asyncio.Future[T]
    context: contextvars.Context
    since: float


def _yield_to_others() -> None:
    """Let the process's other threads have a core before this one, where the system has priorities of threads."""
    if sys.platform == "linux":
        # An answer may come later; a heartbeat and a first response may not.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class Work:
    """Counts what is under way, and lets it be computed in turn.

    Attributes:
        stopping: whether nothing new is to be taken.
        done: computations that ended, since the start.
        refused: those that were refused because of too much work.
        longest_wait: the longest that one waited for its turn, in seconds.
        pressed: tells whether the event loop has so much to do that it needs a core for itself.
    """

    def __init__(
        self,
        workers: int = WORKERS,
        *,
        queue: FairQueue[_Job[Any]] | None = None,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start idle.

        Args:
            workers: threads, at least 1.
            queue: where work waits.
            patience: seconds that it may have to wait.
            clock: seconds, ascending.
        """
        self.stopping = False
        self.done = 0
        self.refused = 0
        self.longest_wait = 0.0
        self.pressed: Callable[[], bool] = lambda: False
        self._workers = workers
        self._queue: FairQueue[_Job[Any]] = FairQueue() if queue is None else queue
        self._patience = patience
        self._clock = clock
        self._expected: dict[int, tuple[float, Hashable]] = {}
        self._coming: Counter[Hashable] = Counter()
        self._mean = FIRST_GUESS
        self._computing = 0
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="pullquote", initializer=_yield_to_others)
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="aside", initializer=_yield_to_others)

    @property
    def running(self) -> int:
        """Interactions and messages that are under way."""
        return self._running

    @property
    def waiting(self) -> int:
        """Computations that wait for their turn."""
        return len(self._queue)

    @property
    def seconds_each(self) -> float:
        """How long a computation takes on average of late."""
        return self._mean

    def wait(self, owner: Hashable = None) -> float:
        """Seconds that a new computation of an owner would probably wait for its turn."""
        self._expire()
        # Of what is expected, another owner's first has its turn before the owner's next.
        own = self._coming[owner]
        coming = own + len(self._coming) - (1 if own else 0)
        workers = self._at_work()
        if self._computing + coming < workers:
            return 0.0
        return (self._queue.ahead(owner) + coming + 1) * self._mean / workers

    def expect(self, owner: Hashable, number: int) -> None:
        """See whether there is room for one more, and count on it to be submitted soon, with the same number.

        Raises:
            Overloaded: as `check`.
        """
        self.check(owner, number)
        self._expect(owner, number, self._clock())

    def _expect(self, owner: Hashable, number: int, since: float) -> None:
        self._expected[number] = (since, owner)
        self._coming[owner] += 1

    def _arrived(self, number: int) -> float | None:
        """Count on a computation no longer; since when it was expected, or None."""
        since, owner = self._expected.pop(number, (None, None))
        if since is not None:
            self._coming[owner] -= 1
            if not self._coming[owner]:
                del self._coming[owner]
        return since

    def _expire(self) -> None:
        """Count no longer on what did not come: a question may hold no word, or be asked where none is answered."""
        over = self._clock() - EXPECTED
        while self._expected and (oldest := next(iter(self._expected.items())))[1][0] < over:
            self._arrived(oldest[0])

    def check(self, owner: Hashable = None, number: int = 0) -> None:
        """See whether there is room for one more.

        Args:
            owner: whose it is.
            number: any number of the question's own, such as its id; spreads when those who are refused come back.

        Raises:
            Overloaded: it would wait too long, or too many wait.
        """
        since = self._arrived(number)  # it does not wait for itself
        seconds = self.wait(owner)
        if seconds <= self._patience and self._queue.has_room(owner, self._coming[owner]):
            if since is not None:
                self._expect(owner, number, since)
            return
        raise self.overloaded(number, seconds)

    def overloaded(self, number: int, seconds: float = 0.0) -> Overloaded:
        """Count a refusal, and give what to refuse with.

        Args:
            number: see `check`.
            seconds: for which it would wait, as far as that is known.
        """
        self.refused += 1
        return Overloaded(int(time.time() + max(seconds, self._patience)) + 2 + number % SPREAD)

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

    def submit(self, function: Callable[[], T], owner: Hashable = None, number: int = 0) -> asyncio.Future[T]:
        """Have a function run in a thread in its turn; the language in force here is in force there too.

        Args:
            function: may block, and holds up nothing but its thread.
            owner: whose it is; owners take turns.
            number: see `check`.

        Returns:
            its result to be; cancelled, it is not begun any more.

        Raises:
            Overloaded: it would wait too long.
        """
        self.check(owner, number)
        self._arrived(number)
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        job = _Job(function, future, contextvars.copy_context(), self._clock())
        self._queue.put(owner, job)
        future.add_done_callback(lambda done: self._queue.discard(owner, job) if done.cancelled() else None)
        self._next()
        return future

    async def compute(self, function: Callable[[], T], owner: Hashable = None) -> T:
        """Run a function in a thread in its turn, and wait for it without holding up the event loop.

        Raises:
            Overloaded: it would wait too long.
        """
        return await self.submit(function, owner)

    async def aside(self, function: Callable[[], T]) -> T:
        """Run a function that nobody waits for, in a thread of its own, so that it takes nobody's turn."""
        return await asyncio.get_running_loop().run_in_executor(self._aside, function)

    def _at_work(self) -> int:
        """Threads that may compute just now; one fewer, but always one, while the event loop is pressed."""
        return max(1, self._workers - 1) if self.pressed() else self._workers

    def _next(self) -> None:
        """Hand out work as long as there is some and a thread is free."""
        while not self._closed and self._computing < self._at_work() and len(self._queue):
            job = self._queue.take()
            self._computing += 1
            now = self._clock()
            self.longest_wait = max(self.longest_wait, now - job.since)
            running = asyncio.get_running_loop().run_in_executor(self._executor, job.context.run, job.function)
            running.add_done_callback(functools.partial(self._ended, job, now))

    def _ended(self, job: _Job[Any], begun: float, done: asyncio.Future[Any]) -> None:
        self._computing -= 1
        self.done += 1
        self._mean += SMOOTHING * (self._clock() - begun - self._mean)
        if done.cancelled():
            job.future.cancel()
        elif job.future.done():
            done.exception()  # nobody waits for it any more
        elif error := done.exception():
            job.future.set_exception(error)
        else:
            job.future.set_result(done.result())
        self._next()

    async def drain(self, seconds: float) -> bool:
        """Take nothing new and wait for what is under way.

        Returns:
            whether all of it was done in time.
        """
        self.stopping = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                # What ends may go straight on to something else, such as from being admitted to being answered.
                while self._running:
                    await self._idle.wait()
        return not self._running

    def close(self) -> None:
        """Let the threads go; what they are at is not waited for."""
        self._closed = True
        while len(self._queue):
            self._queue.take().future.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._aside.shutdown(wait=False, cancel_futures=True)
