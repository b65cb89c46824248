"""Addresses, files and text -> articles in a library: fetched or downloaded at once, read in a process of their own."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import discord

from bot.discord.opened import now
from bot.discord.replies import describe
from bot.render.discord_library import Outcome, Refreshed
from bot.translation import N_, _, told
from index.article import Article
from index.errors import FetchError, PullquoteError, ReadError, SourceTooLarge
from index.feeds import Feed, is_feed
from index.library.model import Changes, Entry
from index.library.protocol import Library
from index.owner import Owner

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

log = logging.getLogger(__name__)

MOST = 10
"""Things that one command or form adds."""

LARGEST = 10_000_000
"""Bytes of a file: the largest that Discord lets everyone upload."""

DOWNLOAD = 30.0
"""Seconds that a file's download from Discord may take."""

SHORTER = 3
"""Times that an article may be longer than what a refresh finds in its place."""

PASTED = N_("pasted text")


@dataclass(frozen=True, slots=True)
class Page:
    """A page on the web.

    Attributes:
        url: as it was typed.
        of_feed: whether a feed told of it.
    """

    url: str
    of_feed: bool = False

    @property
    def name(self) -> str:
        """What to call it in the reply."""
        return self.url


@dataclass(frozen=True, slots=True)
class File:
    """A file that was uploaded.

    Attributes:
        attachment: where Discord has it; its address is good for a while only.
    """

    attachment: discord.Attachment

    @property
    def name(self) -> str:
        """What to call it in the reply."""
        return self.attachment.filename


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was typed.

    Attributes:
        headline: in front of it, or "".
        text: the rest.
    """

    headline: str
    text: str

    @property
    def name(self) -> str:
        """What to call it in the reply."""
        return self.headline or _(PASTED)


Thing = Page | File | Text


async def add(client: "PullquoteClient", owner: Owner, things: Sequence[Thing]) -> tuple[Outcome, ...]:
    """Add things to an owner's library; one that cannot be added leaves the others alone.

    Args:
        client: the bot.
        owner: whose library, by the place where it was asked for.
        things: at most `MOST`.

    Returns:
        what came of each, in the same order; of a feed what came of the first `MOST` articles that it tells of.
    """
    room = client.libraries.room(owner)

    async def one(thing: Thing, before: Sequence[asyncio.Event], done: asyncio.Event) -> tuple[Outcome, ...]:
        try:
            async with room:
                found = await read(client, thing)
            if isinstance(found, Article):
                return (await put(thing, found, before),)
        except PullquoteError as error:
            return (Outcome(thing.name, refusal=told(error)),)
        else:
            # What a feed tells of, the newest first; feeds in feeds are not followed.
            if isinstance(thing, Page) and thing.of_feed:
                return (Outcome(thing.name, refusal=_("It is a feed, and stands in one; give its own address.")),)
            return await in_order([Page(entry.url, of_feed=True) for entry in found.entries[:MOST]], before)
        finally:
            done.set()

    async def put(thing: Thing, article: Article, before: Sequence[asyncio.Event]) -> Outcome:
        # Read in any order, added in the order given: of two with the same text the first one stays.
        for earlier in before:
            await earlier.wait()
        return Outcome(thing.name, await client.libraries.run(lambda to: to.add(owner, article, at=now())))

    async def in_order(things: Sequence[Thing], before: Sequence[asyncio.Event]) -> tuple[Outcome, ...]:
        done = [asyncio.Event() for _ in things]
        found = (one(thing, (*before, *done[:n]), done[n]) for n, thing in enumerate(things))
        return tuple(chain.from_iterable(await asyncio.gather(*found)))

    return await in_order(things, ())


async def refresh(client: "PullquoteClient", owner: Owner, entry: Entry) -> Changes:
    """Fetch an article again and put what it says now in its place.

    Raises:
        FetchError: it has no address, or cannot be fetched; the article stays as it is then.
        PullquoteError: what is there cannot be read, or kept.
    """
    if not entry.url:
        raise FetchError("This article has no address that it could be fetched from; add its new text instead.")
    article = await read(client, Page(entry.url))
    if not isinstance(article, Article):
        raise FetchError("There is a feed at the article's address now; the article stays as it is.")
    if SHORTER * len(article.text) < entry.characters:
        # A log-in page or a notice in its place, more likely than news that is cut to a third.
        raise FetchError(
            "At its address there is much less now than the article, which stays as it is; if that is meant, remove it "
            "and add it again."
        )
    return await client.libraries.run(lambda library: library.refresh(owner, entry.number, article, at=now()))


async def refresh_some(client: "PullquoteClient", owner: Owner, after: int) -> tuple[tuple[Refreshed, ...], int | None]:
    """Fetch again the next articles that have an address, at most `MOST`.

    Args:
        client: the bot.
        owner: whose.
        after: number of the last article that was fetched before; 0 to begin.

    Returns:
        what came of each, and the number to go on after, or None where there are no more.

    Raises:
        LibraryError: the library cannot be read.
    """

    def wanted(library: Library) -> list[Entry]:
        found: list[Entry] = []
        last = after
        while len(found) <= MOST and (page := library.entries(owner, after=last, limit=4 * MOST)):
            found += [entry for entry in page if entry.url]
            last = page[-1].number
        return found[: MOST + 1]

    room = client.libraries.room(owner)

    async def one(entry: Entry) -> Refreshed:
        try:
            async with room:
                return Refreshed(entry, await refresh(client, owner, entry))
        except PullquoteError as error:
            return Refreshed(entry, refusal=told(error))

    entries = await client.libraries.run(wanted)
    now_fetched = entries[:MOST]
    more = now_fetched[-1].number if len(entries) > MOST else None
    return tuple(await asyncio.gather(*map(one, now_fetched))), more


async def read(client: "PullquoteClient", thing: Thing) -> Article | Feed:
    """Make an article of something; of the address of a feed, what it tells of.

    Raises:
        FetchError: a page cannot be had, or a file cannot be downloaded.
        ReadError: there is no article in it.
    """
    from index.readers.sandbox import read_feed_limited, read_limited

    if isinstance(thing, Page):
        fetched = await client.fetcher.fetch(thing.url)
        if is_feed(fetched.data):
            return await client.libraries.thread(lambda: read_feed_limited(fetched.data, fetched.url))
        article = await client.libraries.thread(lambda: read_limited(fetched.data, fetched.name))
        # A page says itself where it stands; believed where it is the same site, so that none passes for another.
        url = article.url if article.url and _host(article.url) == _host(fetched.url) else fetched.url
        return replace(article, url=url, source=fetched.url)
    if isinstance(thing, File):
        data = await _download(thing.attachment)
        name = thing.attachment.filename
        return await client.libraries.thread(lambda: read_limited(data, name))
    text = f"{thing.headline.strip()}\n\n{thing.text.strip()}".strip()
    article = await client.libraries.thread(lambda: read_limited(text.encode("utf-8", "replace")))
    return replace(article, title=thing.headline.strip() or article.title, source=thing.headline.strip() or _(PASTED))


def _host(url: str) -> str:
    """The host of an address, without "www."; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


async def _download(attachment: discord.Attachment) -> bytes:
    """A file from Discord, as it was uploaded.

    Raises:
        SourceTooLarge: it is larger than `LARGEST`; it is not downloaded then.
        ReadError: Discord does not give it.
    """
    if attachment.size > LARGEST:
        raise SourceTooLarge(
            "{file} is larger than {most} MB: cut it down to the article and try again.",
            file=attachment.filename,
            most=LARGEST // 1_000_000,
        )
    try:
        async with asyncio.timeout(DOWNLOAD):
            return await attachment.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        log.info("A file could not be downloaded: %s", describe(error))
        raise ReadError("{file} could not be downloaded; upload it again.", file=attachment.filename) from None
