"""What /library does; every reply is for the one who asks alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui

from bot.discord import answering
from bot.discord.keeping import owner_of
from bot.discord.library import adding, form, views
from bot.discord.library.adding import File, Page, Thing
from bot.discord.library.buttons import refresh_some, show_article
from bot.discord.library.editing import editor
from bot.discord.library.looking import in_time, reply
from bot.discord.library.picking import offered, pick
from bot.discord.replies import defer, fill_in, respond
from bot.discord.views import layout
from bot.librarian.lookup import look_up
from bot.render import discord_library
from index.errors import CommandError
from index.library.model import Entry
from index.library.protocol import Library
from index.owner import Owner

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]


async def add(interaction: "Interaction", url: str | None = None, **files: discord.Attachment | None) -> None:
    """Add what is named; open the form where nothing is."""
    things: list[Thing] = [Page(address) for address in (url or "").split()]
    things += [File(attachment) for attachment in files.values() if attachment is not None]
    if things:
        await add_things(interaction, things)
        return
    await editor(interaction)
    _ = interaction.client.libraries.library  # there is one
    await form.show(interaction)


async def add_things(interaction: "Interaction", things: Sequence[Thing]) -> None:
    """Add things, and say what came of each.

    Raises:
        PullquoteError: whoever asks may not, asks too much, or there is no library.
    """
    client, owner = interaction.client, await editor(interaction)
    _ = client.libraries.library
    if len(things) > adding.MOST:
        raise CommandError(
            "At most {most} articles are added at once; these are {count}.", most=adding.MOST, count=len(things)
        )
    answering.hold_back(client, interaction.user.id, interaction.channel_id or 0, owner, interaction.id)
    await defer(interaction, ephemeral=True)
    outcomes = await adding.add(client, owner, things)
    await fill_in(interaction, layout(discord_library.added(outcomes)))


async def list_(interaction: "Interaction", matching: str | None = None) -> None:
    """List the articles, or those that match."""
    owner, wanted = owner_of(interaction), " ".join((matching or "").split())

    def listed(library: Library) -> ui.LayoutView:
        entries, more = views.page_after(library, owner, 0, wanted)
        return views.list_view(entries, library.size(owner), wanted, more=more)

    await respond(interaction, await interaction.client.libraries.run(listed), ephemeral=True)


async def show(interaction: "Interaction", article: str) -> None:
    """Show an article."""
    await show_article(interaction, (await picked(interaction, owner_of(interaction), article)).number)


async def search(interaction: "Interaction", words: str) -> None:
    """Find passages that hold some words."""
    client, owner = interaction.client, owner_of(interaction)
    client.hold_back(interaction.user.id, interaction.channel_id or 0, owner)

    def searched(library: Library) -> ui.LayoutView:
        return views.found_view(look_up(library, owner, words, most=views.HITS), words)

    await reply(interaction, await in_time(interaction, client.libraries.run(searched)))


async def refresh(interaction: "Interaction", article: str | None = None) -> None:
    """Fetch an article again, or the first ones of all, and say what changed."""
    if not article:
        await refresh_some(interaction)
        return
    client, owner = interaction.client, await editor(interaction)
    entry = await picked(interaction, owner, article)
    answering.hold_back(client, interaction.user.id, interaction.channel_id or 0, owner, interaction.id)
    await defer(interaction, ephemeral=True)
    await fill_in(interaction, views.changed_view(await adding.refresh(client, owner, entry)))


async def remove(interaction: "Interaction", article: str) -> None:
    """Ask whether to remove an article."""
    owner = await editor(interaction)
    await respond(interaction, views.removing_view(await picked(interaction, owner, article)), ephemeral=True)


async def picked(interaction: "Interaction", owner: Owner, article: str) -> Entry:
    """The article that is named.

    Raises:
        UnknownArticle: there is no such article.
        CommandError: several are named so.
    """
    return await interaction.client.libraries.run(lambda library: pick(library, owner, article))


async def complete_article(interaction: "Interaction", typed: str) -> list[app_commands.Choice[str]]:
    """Articles of the library of where somebody types."""
    owner, libraries = owner_of(interaction), interaction.client.libraries
    if not libraries.is_open:
        return []
    found = await libraries.run(lambda library: offered(library, owner, str(typed)))
    return [app_commands.Choice(name=label, value=value) for label, value in found]
