"""What a button opens: an article of the owner's whose place it is pressed in, found in a thread and in time."""

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

import discord
from discord import ui

from bot.discord.keeping import owner_of
from bot.discord.replies import defer, fill_in, respond
from index.indexer import Index

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

T = TypeVar("T")

SOON = 1.5
"""Seconds in which most articles are read and indexed; Discord waits three for a first response."""


async def in_time(interaction: "Interaction", awaited: Awaitable[T]) -> T:
    """Wait for something, with "thinking" shown to the one who waits where it takes a while."""
    task = asyncio.ensure_future(awaited)
    done, _ = await asyncio.wait({task}, timeout=SOON)
    if not done:
        await defer(interaction, ephemeral=True)
    return await task


async def reply(interaction: "Interaction", view: ui.LayoutView) -> None:
    """Answer to one person alone, whether "thinking" was shown or not."""
    if "pending" in interaction.extras:
        await fill_in(interaction, view)
    else:
        await respond(interaction, view, ephemeral=True)


async def index_of(interaction: "Interaction", article: str) -> Index:
    """The index of the article that a button names.

    Args:
        interaction: the press; its place says whose articles are looked through.
        article: `Article.id`.

    Raises:
        CommandError: its owner has no such article.
        LibraryError: the library cannot be read.
    """
    client, owner = interaction.client, owner_of(interaction)
    if article == client.assistant.index.article.id:
        return client.assistant.index
    return await in_time(interaction, client.libraries.thread(lambda: client.libraries.index(owner, article)))


async def check_articles(interaction: "Interaction", *articles: str) -> None:
    """Refuse what names an article that its owner does not have (any more).

    Raises:
        CommandError: it does.
        LibraryError: the library cannot be read.
    """
    client, owner = interaction.client, owner_of(interaction)
    others = dict.fromkeys(a for a in articles if a != client.assistant.index.article.id)
    if others:
        await client.libraries.thread(lambda: [client.libraries.entry(owner, article) for article in others])
