"""The process that reads files for `index.readers.sandbox`: `python -m index.readers.worker`.

It takes requests on standard input and answers on standard output (`index.readers.limits` has the form). It reads
nothing itself: for every file it forks a child under limits that cannot be raised again, and passes on what the child
says, or what became of it. So a parser that crashes, hangs or eats memory takes its own process along and nothing else,
and what a parser needs is imported once.
"""

import contextlib
import os
import resource
import select
import signal
import sys
import time
from typing import Any, NoReturn

from index.errors import ReadError
from index.feeds import pack_feed, read_feed
from index.library.packing import pack
from index.readers import read_bytes, warm_up
from index.readers.limits import Limits, from_stream, pack_frame, pack_refusal, take_frame

IDLE = 60.0
"""Seconds without a request after which the process ends; the next request starts another."""

_MOST_REQUEST = 100_000_000
_CHUNK = 1 << 20
_FILES = 64
"""Files that a child may have open."""


def _address_space() -> int:
    """Bytes of address space that this process has now; a guess where there is no /proc."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - without pathlib's cost, after a fork
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1_000_000_000


def _confine(limits: Limits) -> None:
    """Set the limits for this process, for good."""
    memory = _address_space() + limits.memory
    for kind, value in (
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)  # noqa: PLW2901 - never above what the operator allows
        # A system without one of them (macOS has no address space limit) keeps the others and the clock.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, value + 1 if kind == resource.RLIMIT_CPU else value))


def _answer(job: str, name: str, data: bytes) -> bytes:
    """Do the work; the message that tells its result."""
    try:
        if job == "feed":
            return pack_frame({"done": job}, pack_feed(read_feed(data, name)))
        return pack_frame({"done": job}, pack(read_bytes(data, name)))
    except ReadError as error:
        return pack_frame(pack_refusal(error))
    except MemoryError:
        return pack_frame({"stopped": "memory"})
    except Exception as error:  # noqa: BLE001 - a fault of a reader is told, and ends this process alone
        return pack_frame({"stopped": "fault", "why": type(error).__name__})


def _child(out: int, request: dict[str, Any], data: bytes, limits: Limits) -> NoReturn:
    """Read one file and end; nothing of the worker is cleaned up or flushed twice."""
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(nothing, fd)
        _confine(limits)
        answer = memoryview(_answer(str(request["job"]), str(request["name"]), data))
        while answer:
            answer = answer[os.write(out, answer) :]
        status = 0
    except MemoryError:
        status = 2
    finally:
        os._exit(status)


def _collect(source: int, child: int, limits: Limits) -> tuple[bytes, bool]:
    """(What the child wrote, whether it was stopped for the time it took)."""
    end = time.monotonic() + limits.wall
    parts: list[bytes] = []
    size = 0
    while True:
        left = end - time.monotonic()
        if left <= 0 or size > limits.result + _CHUNK:
            os.kill(child, signal.SIGKILL)
            return b"", left <= 0
        if not select.select([source], [], [], left)[0]:
            continue
        part = os.read(source, _CHUNK)
        if not part:
            return b"".join(parts), False
        parts.append(part)
        size += len(part)


def serve(request: dict[str, Any], data: bytes) -> bytes:
    """Have one file read by a child; the message to pass on."""
    limits = Limits(**request["limits"])
    source, out = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _child(out, request, data, limits)
    os.close(out)
    answer, late = _collect(source, child, limits)
    os.close(source)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        # The kernel ends a process with SIGXCPU at its limit, and with SIGKILL a second later.
        out_of_time = late or os.WTERMSIG(status) == signal.SIGXCPU
        return pack_frame(
            {"stopped": "time"} if out_of_time else {"stopped": "fault", "why": f"signal {os.WTERMSIG(status)}"}
        )
    if os.WEXITSTATUS(status):
        return pack_frame({"stopped": "memory" if os.WEXITSTATUS(status) == 2 else "fault", "why": "no answer"})
    return answer


def main() -> None:
    """Serve until standard input ends or nothing comes for `IDLE` seconds."""
    read, out = from_stream(sys.stdin.buffer), sys.stdout.buffer
    while select.select([sys.stdin.buffer], [], [], IDLE)[0]:
        message = take_frame(read, _MOST_REQUEST)
        if message is None:
            return
        request, data = message
        if request.get("job") != "feed":
            warm_up(data, str(request.get("name", "")))
        out.write(serve(request, data))
        out.flush()


if __name__ == "__main__":
    main()
