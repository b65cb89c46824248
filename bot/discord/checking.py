"""Check against the article: a command in the menu of a message."""

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.claims import check
from bot.discord import answering
from bot.discord.buttons.pages import paged_view
from bot.discord.buttons.share import ShareButton
from bot.discord.custom_ids import PassageId, ShareId
from bot.discord.keeping import owner_of
from bot.discord.memory import Leaf
from bot.discord.places import elsewhere
from bot.discord.replies import defer, fill_in, report
from bot.discord.views import PER_ROW
from bot.render import discord_check
from bot.render.discord_text import Page
from bot.translation import _
from index.errors import CommandError, PullquoteError
from index.indexer import Index

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]
else:
    Interaction = discord.Interaction


async def check_message(interaction: Interaction, message: discord.Message) -> None:
    """Compare a message with the article, for the one who asks alone; they may share it."""
    async with interaction.client.serving(interaction):
        try:
            await _check(interaction, text_of(message))
        except PullquoteError as error:
            await report(interaction, error)


async def _check(interaction: Interaction, text: str) -> None:
    client, person = interaction.client, interaction.user.id
    owner = owner_of(interaction)
    settings = await client.keeping.settings(owner)
    if await elsewhere(interaction, settings):
        return
    if not text:
        raise CommandError("There is no text in this message to check.")
    answering.hold_back(client, person, interaction.channel_id or 0, owner, interaction.id)
    await defer(interaction, ephemeral=True)
    assistant = await client.libraries.thread(lambda: client.libraries.nearest(owner, text))
    found = await client.work.compute(lambda: check(text, assistant), owner)
    index = assistant.index
    leaves = tuple(leaf_of(page, index) for page in discord_check.pages(found))
    share: list[ui.Item[Any]] = [ShareButton(ShareId(index.article.id, person))]
    await fill_in(interaction, paged_view(client.paged, person, leaves, share))


def text_of(message: discord.Message) -> str:
    """All that a message says: its text, its embeds' texts, and its text displays."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [
            embed.title or "",
            embed.description or "",
            *(f"{f.name or ''}: {f.value or ''}" for f in embed.fields),
        ]
    parts += [d.content for d in _displays(message.components)]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _displays(components: Any) -> list[discord.TextDisplay]:  # noqa: ANN401 - components of any kind
    """The text displays among components, in order."""
    found: list[discord.TextDisplay] = []
    for component in components:
        if isinstance(component, discord.TextDisplay):
            found.append(component)
        found += _displays(getattr(component, "children", ()))
    return found


def leaf_of(page: Page, index: Index) -> Leaf:
    """A page of a report, with a button for the passage around each quote that it shows."""
    openers: dict[str, str] = {}
    for quote in page.quotes:
        at = quote.citation
        wanted = str(PassageId(index.article.id, at.passage, 1, at.start, at.end))
        openers.setdefault(wanted, _("Context {n}").format(n=at.n))
    if len(openers) == 1:
        openers = dict.fromkeys(openers, _("Context"))
    return Leaf(page.texts, tuple(openers.items())[: 2 * PER_ROW])
