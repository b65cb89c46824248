"""Files from the network, read in a process of their own under limits of time and memory.

    article = read_limited(data, "https://example.org/story")

A worker process (`index.readers.worker`) is started for the first file and kept for the next; each file is read by a
child of it that is gone afterwards. Workers know nothing of this process: not its environment, which holds secrets, nor
its open files. What comes back is data, never code. Calls block: from a coroutine use `asyncio.to_thread`.

This confines faults and greed, not a parser that was taken over: such a child still runs as the same user.
"""

import atexit
import contextlib
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from index.article import Article
from index.errors import CostlySource, ReadError, SourceTooLarge, UnsupportedSource
from index.feeds import MAX_BYTES as MAX_FEED
from index.feeds import Feed, unpack_feed
from index.library.packing import unpack
from index.phrases import Phrase
from index.readers import MAX_BYTES
from index.readers.limits import LIMITS, Limits, pack_frame, pack_limits, refusal, take_frame

__all__ = ["LIMITS", "Limits", "close_workers", "read_feed_limited", "read_limited"]

AT_ONCE = 2
"""Files that are read at the same time; other callers wait."""

_GRACE = 15.0
"""Seconds beyond a file's own limit in which its worker has to answer; it also imports the format's library then."""

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


class _Lost(Exception):
    """The worker is gone, or did not answer."""


class _Worker:
    """A worker process."""

    def __init__(self) -> None:
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        environment = {
            "PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": path, "PYTHONHASHSEED": "0",
            "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "index.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment,
            start_new_session=True,
        )

    def ask(self, request: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
        """Send a request and wait for the answer.

        Raises:
            _Lost: there is none.
        """
        source = self._process.stdout
        target = self._process.stdin
        assert source is not None and target is not None  # noqa: S101, PT018 - both are pipes
        end = time.monotonic() + limits.wall + _GRACE

        def read(size: int) -> bytes:
            parts: list[bytes] = []
            while size:
                left = end - time.monotonic()
                if left <= 0 or not select.select([source], [], [], left)[0]:
                    raise _Lost
                part = os.read(source.fileno(), min(size, 1 << 20))
                if not part:
                    break
                parts.append(part)
                size -= len(part)
            return b"".join(parts)

        try:
            view = memoryview(request)
            while view:
                view = view[os.write(target.fileno(), view) :]
            answer = take_frame(read, limits.result)
        except OSError as error:
            raise _Lost from error
        if answer is None:
            raise _Lost
        return answer

    def close(self) -> None:
        """End the process, and whatever it is still reading."""
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait()


_turn = threading.BoundedSemaphore(AT_ONCE)
_lock = threading.Lock()
_idle: list[_Worker] = []


@atexit.register
def close_workers() -> None:
    """End the workers that wait for another file; the next file starts one anew."""
    with _lock:
        closing, _idle[:] = list(_idle), []
    for worker in closing:
        worker.close()


def _ask(request: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Have a worker answer: one that waits if it still lives, else a new one."""
    with _turn:
        for last_try in (False, True):
            with _lock:
                worker = _idle.pop() if _idle and not last_try else None
            fresh = worker is None
            worker = worker or _Worker()
            try:
                answer = worker.ask(request, limits)
            except _Lost:
                worker.close()
                if fresh:
                    break
                continue
            except BaseException:  # whatever it was: the process does not stay, and it goes on up
                worker.close()
                raise
            with _lock:
                _idle.append(worker)
            return answer
    return {"stopped": "fault", "why": "no worker"}, b""


def _stopped(head: dict[str, Any], called: str) -> ReadError:
    """The error of a file whose reading was stopped."""
    if head.get("stopped") == "time":
        return CostlySource(
            "Reading {file} takes too long: cut it down to the article, or paste the article as text.", file=called
        )
    if head.get("stopped") == "memory":
        return CostlySource(
            "Reading {file} takes too much memory: cut it down to the article, or paste the article as text.",
            file=called,
        )
    _log.warning("a reader failed: %s", str(head.get("why"))[:80])
    return UnsupportedSource("{file} cannot be read: it is damaged, or made to do harm.", file=called)


def _read(job: str, data: bytes, name: str, limits: Limits, unpacked: Callable[[bytes], _T]) -> _T:
    request = pack_frame({"job": job, "name": name, "limits": pack_limits(limits)}, data)
    head, body = _ask(request, limits)
    if "refused" in head:
        raise refusal(head)
    if "done" not in head:
        raise _stopped(head, name or Phrase("The text"))
    return unpacked(body)


def read_limited(data: bytes, name: str = "", limits: Limits = LIMITS) -> Article:
    """Make an article of bytes that somebody sent; `index.readers.read_bytes` in a process of its own.

    Args:
        data: the whole file; of a stream read `index.readers.MAX_BYTES + 1` bytes at most.
        name: the file's name or address; its ending picks the format where the content does not.
        limits: what it may cost.

    Returns:
        the article; its `source` is `name`.

    Raises:
        CostlySource: it takes more time or memory than the limits allow.
        ReadError: any other of the errors of `read_bytes`; UnsupportedSource too where the reader broke down.
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(
            "{file} is larger than {most} MB: cut it down to the article and try again.",
            file=name or Phrase("The text"),
            most=MAX_BYTES // 1_000_000,
        )
    return _read("article", data, name, limits, unpack)


def read_feed_limited(data: bytes, url: str = "", limits: Limits = LIMITS) -> Feed:
    """Read a feed that somebody sent; `index.feeds.read_feed` in a process of its own.

    Raises:
        CostlySource: it takes more time or memory than the limits allow.
        ReadError: any other of the errors of `read_feed`.
    """
    if len(data) > MAX_FEED:
        raise SourceTooLarge(
            "{file} is larger than {most} MB.", file=url or Phrase("The feed"), most=MAX_FEED // 1_000_000
        )
    return _read("feed", data, url, limits, unpack_feed)
