"""Reads what a person names and puts it into a library, one thing after another: a bad one never stops the rest.

What is named is a file, an address, or a feed, which stands for the articles that it tells of. An article is added in
one transaction, so that it is there whole or not at all, also where the program is stopped halfway.
"""

import asyncio
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from bot.librarian.sources import Wanted
from index.article import Article
from index.errors import LibraryFull, PullquoteError, ReadError, SourceNotFound
from index.feeds import Feed, FeedEntry, is_feed
from index.fetch import Fetched, Fetcher
from index.library.model import Addition
from index.library.protocol import Library
from index.owner import Owner
from index.phrases import Phrase
from index.readers import MAX_BYTES, read_bytes

AT_ONCE = 4
"""Pages that are fetched at once: most of them are of one site, which is not to be flooded."""

INPUT = Phrase("standard input")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing that was to be added.

    Attributes:
        name: as it is shown.
        addition: what the library made of it; None where it was refused.
        error: why it was refused, or None.
    """

    name: str
    addition: Addition | None = None
    error: PullquoteError | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where adding stands.

    Attributes:
        outcome: of the last thing, or None where it was a feed, which only names others.
        left: things that are still to be read.
    """

    outcome: Outcome | None
    left: int


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of one thing: an article, or a feed, or why it could not be."""

    name: str
    article: Article | None = None
    feed: Feed | None = None
    error: PullquoteError | None = None


@dataclass(frozen=True, slots=True)
class _Item:
    """A thing in the queue, with what a feed says of it."""

    wanted: Wanted
    told: FeedEntry | None = None


class Adding:
    """Reads and adds. A context manager: fetching keeps an event loop of its own."""

    def __init__(self, library: Library, owner: Owner, *, at: int, fetcher: Fetcher | None = None) -> None:
        """Prepare.

        Args:
            library: where to add to.
            owner: whose.
            at: the time, in seconds since 1970.
            fetcher: fetches pages; one that reaches public addresses alone if None.
        """
        self._library = library
        self._owner = owner
        self._at = at
        self._fetcher = fetcher
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the event loop, if any was needed."""
        self._runner.close()

    def add(self, things: Sequence[Wanted]) -> Iterator[Step]:
        """Read each thing and add it; yields where it stands after each.

        Raises:
            LibraryError: the library cannot be written. That it is full is the outcome of a thing.
        """
        queue = deque(_Item(thing) for thing in things)
        while queue:
            batch = [queue.popleft()]
            while queue and len(batch) < AT_ONCE and queue[0].wanted.kind == batch[0].wanted.kind == "address":
                batch.append(queue.popleft())
            for place, read in enumerate(self._read(batch)):
                left = len(batch) - place - 1
                if read.feed is not None:
                    # What a feed tells of comes next, in its order; feeds in feeds are not followed.
                    told = [_Item(Wanted(entry.url, "address"), entry) for entry in read.feed.entries]
                    queue.extendleft(reversed(told))
                    yield Step(None, len(queue) + left)
                else:
                    yield Step(self._put(read), len(queue) + left)

    def again(self, url: str | None, source: str) -> Article:
        """Read an article that was added before once more: off the web where it has an address, else from its file.

        Raises:
            ReadError: it cannot be read, or stands nowhere where it could be read again.
            FetchError: it cannot be fetched.
        """
        if not url and (not source or source == INPUT):
            raise SourceNotFound("It came without an address or a file; remove it and add it again.")
        kind = "address" if url and not Path(source).is_file() else "file"
        read = next(iter(self._read([_Item(Wanted(url if kind == "address" and url else source, kind))])))
        if read.error is not None:
            raise read.error
        if read.article is None:
            raise SourceNotFound("It is a feed now; remove it and add it again.")
        return read.article

    def _put(self, read: _Read) -> Outcome:
        if read.article is None:
            return Outcome(read.name, error=read.error)
        try:
            return Outcome(read.name, self._library.add(self._owner, read.article, at=self._at))
        except LibraryFull as error:
            return Outcome(read.name, error=error)

    def _read(self, batch: list[_Item]) -> Iterator[_Read]:
        if batch[0].wanted.kind != "address":
            yield from (_local(item.wanted) for item in batch)
            return
        fetched = self._runner.run(self._fetch([item.wanted.name for item in batch]))
        for item, page in zip(batch, fetched, strict=True):
            yield _page(item, page)

    async def _fetch(self, urls: list[str]) -> list[Fetched | PullquoteError]:
        # Made in the loop that it is used in.
        self._fetcher = self._fetcher or Fetcher(at_once=AT_ONCE)
        fetcher = self._fetcher

        async def one(url: str) -> Fetched | PullquoteError:
            try:
                return await fetcher.fetch(url)
            except PullquoteError as error:
                return error

        return list(await asyncio.gather(*(one(url) for url in urls)))


def _local(wanted: Wanted) -> _Read:
    """Read a file of the person's own, or standard input."""
    name = INPUT if wanted.kind == "input" else wanted.name
    try:
        if wanted.kind == "nothing":
            raise SourceNotFound("No file matches {pattern}: check how it is written.", pattern=name)
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if wanted.kind == "input" else _bytes_of(wanted.name)
        if is_feed(data):
            return _Read(name, feed=_feed(data, ""))
        # Where it is found again, whatever folder the program is started in then.
        source = name if wanted.kind == "input" else str(Path(name).absolute())
        return _Read(name, replace(read_bytes(data, name), source=source))
    except ReadError as error:
        return _Read(name, error=error)


def _bytes_of(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        SourceNotFound: it is not there, or cannot be read.
    """
    from index.phrases import reason

    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceNotFound("There is no file {file}: check the path and try again.", file=path) from None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else Phrase("not a valid path")
        raise SourceNotFound(
            "{file} cannot be read ({reason}): check the path and your permissions.", file=path, reason=why
        ) from None


def _feed(data: bytes, url: str) -> Feed:
    from index.readers.sandbox import read_feed_limited

    return read_feed_limited(data, url)


def _address(said: str | None, fetched: str) -> str:
    """Where an article stands: what its page says, if it speaks of its own site; a page cannot pass for another's."""
    if said and _host(said) == _host(fetched):
        return said
    return fetched


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _carried(item: _Item, error: PullquoteError) -> _Read:
    """The article as its feed carries it whole, where its page cannot be had; else why the page cannot."""
    from index.readers.sandbox import read_limited

    name, told = item.wanted.name, item.told
    if told is None or told.content_html is None:
        return _Read(name, error=error)
    # The feed was decoded already: its own declaration of an encoding no longer holds.
    text = f'<meta charset="utf-8"><body><article>{told.content_html}</article></body>'
    try:
        article = read_limited(text.encode("utf-8", "replace"), "feed.html")
    except ReadError:
        return _Read(name, error=error)
    title, published = told.title or article.title, told.published or article.published
    return _Read(name, replace(article, url=told.url, title=title, published=published, source=name))


def _page(item: _Item, page: Fetched | PullquoteError) -> _Read:
    """What a page is: an article, read in a process of its own, or a feed."""
    from index.readers.sandbox import read_limited

    name = item.wanted.name
    if isinstance(page, PullquoteError):
        return _carried(item, page)
    try:
        if is_feed(page.data) and item.told is None:
            return _Read(name, feed=_feed(page.data, page.url))
        article = read_limited(page.data, page.name)
    except ReadError as error:
        return _carried(item, error)
    told = item.told
    return _Read(
        name,
        replace(
            article,
            url=_address(article.url, page.url),
            title=article.title or (told.title if told else None),
            published=article.published or (told.published if told else None),
            source=name,
        ),
    )
