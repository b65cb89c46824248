"""Readers in a process of their own: the same articles and refusals, limits that hold, workers that are replaced."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import CostlySource, NoArticle, ReadError, SourceTooLarge, UnsupportedSource
from index.feeds import read_feed
from index.phrases import Phrase
from index.readers import MAX_BYTES, read_bytes, sandbox
from index.readers.limits import pack_frame, pack_refusal, refusal, take_frame
from index.readers.sandbox import Limits, close_workers, read_feed_limited, read_limited

STORY = (
    "Council votes to mend the old bridge\n\n"
    "The council voted on Tuesday to mend the old bridge over the river, which a flood had damaged.\n\n"
    "“We have waited long enough,” the mayor said. The work will take a year.\n"
).encode()
FEED = b"<rss version='2.0'><channel><title>T</title><item><link>https://e.example/1</link></item></channel></rss>"
LONG = b"a\n" * 2_400_000
"""Text of which a reader makes so many paragraphs that it takes seconds and hundreds of megabytes."""


@pytest.fixture(autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    close_workers()


def test_an_article_is_the_same() -> None:
    """What comes from the worker equals what the reader gives here; so does a feed."""
    assert read_limited(STORY, "bridge.txt") == read_bytes(STORY, "bridge.txt")
    assert read_feed_limited(FEED) == read_feed(FEED)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NoArticle),
        (b"\x89PNG\r\n\x1a\n", UnsupportedSource),
        (b"%PDF-1.4 nothing", UnsupportedSource),
        (b"a" * 5_100_000, SourceTooLarge),
        (b" " * (MAX_BYTES + 1), SourceTooLarge),
    ],
)
def test_a_refusal_is_the_same(data: bytes, error: type[ReadError]) -> None:
    """The error's class, template and values come through, and with them its translation."""
    with pytest.raises(error) as there:
        read_limited(data, "x")
    with pytest.raises(error) as here:
        read_bytes(data, "x")
    assert type(there.value) is type(here.value)
    assert (there.value.template, there.value.values) == (here.value.template, here.value.values)
    assert [type(v) for v in there.value.values.values()] == [type(v) for v in here.value.values.values()]


def test_words_in_an_error_stay_words() -> None:
    """A Phrase is a Phrase again on the other side."""
    error = refusal(pack_refusal(NoArticle("{file} and {most:,}", file=Phrase("The text"), most=3)))
    assert isinstance(error.values["file"], Phrase)
    assert str(error) == "The text and 3"


def test_time_is_limited() -> None:
    """A reader that takes longer than it may is stopped, and the next file is read."""
    with pytest.raises(CostlySource, match="too long"):
        read_limited(LONG, "long.txt", Limits(seconds=1))
    assert read_limited(STORY).title == "Council votes to mend the old bridge"


def test_the_clock_is_limited() -> None:
    """A reader that is not done in time on the clock is stopped too."""
    with pytest.raises(CostlySource, match="too long"):
        read_limited(LONG, "long.txt", Limits(wall=0.5))


def test_memory_is_limited() -> None:
    """A reader that wants more memory than it may have is stopped, and the next file is read."""
    with pytest.raises(CostlySource, match="memory"):
        read_limited(LONG, "long.txt", Limits(memory=60_000_000))
    assert read_limited(STORY).title == "Council votes to mend the old bridge"


def test_a_worker_is_kept_for_the_next_file() -> None:
    """Two files in a row are read by one worker."""
    read_limited(STORY)
    worker = sandbox._idle[0]
    read_limited(STORY)
    assert sandbox._idle == [worker]


def test_a_worker_that_died_is_replaced() -> None:
    """A worker that was killed while it waited costs nobody an article."""
    read_limited(STORY)
    process = sandbox._idle[0]._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert read_limited(STORY).title == "Council votes to mend the old bridge"


def test_a_worker_that_dies_at_work_is_told_of() -> None:
    """Where nobody answers there is a refusal, not a wait without end."""
    read_limited(STORY)
    process = sandbox._idle[0]._process
    killer = threading.Timer(0.3, os.killpg, (process.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(CostlySource):  # the second worker reads the same file, up to its limit
        read_limited(LONG, "long.txt", Limits(seconds=1))
    killer.join()


def test_many_threads_read_at_once() -> None:
    """Calls from many threads are all answered, each with its own article, by few workers."""
    stories = [STORY.replace(b"Tuesday", f"day {i}".encode()) for i in range(12)]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(read_limited, stories))
    assert [article.text.encode() for article in found] == stories
    assert len(sandbox._idle) <= sandbox.AT_ONCE


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_secrets_stay_out_of_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker does not see the environment of the program that asks it."""
    monkeypatch.setenv("PULLQUOTE_DISCORD_TOKEN", "a-secret-token")
    read_limited(STORY)
    environment = Path(f"/proc/{sandbox._idle[0]._process.pid}/environ").read_bytes()
    assert b"PULLQUOTE" not in environment


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
def test_workers_end_with_the_program() -> None:
    """A program that ends, even without a farewell, leaves no worker: its end of the pipe closes."""
    code = (
        "import os\nfrom index.readers import sandbox\n"
        f"sandbox.read_limited({STORY!r})\n"
        "print(sandbox._idle[0]._process.pid, flush=True)\nos._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    try:
        worker = os.pidfd_open(int(done.stdout))
    except ProcessLookupError:
        return
    try:
        assert select.select([worker], [], [], 30)[0], "the worker is still there"
    finally:
        os.close(worker)


def test_frames() -> None:
    """A message comes out as it went in; one that is cut off, too long or no message is none."""
    frame = pack_frame({"a": 1}, b"body")

    def reading(data: bytes) -> object:
        rest = bytearray(data)

        def read(size: int) -> bytes:
            part = bytes(rest[:size])
            del rest[:size]
            return part

        return take_frame(read, 100)

    assert reading(frame) == ({"a": 1}, b"body")
    assert all(reading(frame[:cut]) is None for cut in range(len(frame)))
    assert reading(pack_frame({}, b"x" * 101)) is None
    assert reading(b"\xff" * 50) is None
    assert reading(pack_frame({}).replace(b"{}", b"[]")) is None
