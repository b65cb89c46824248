"""What each slash command does in Discord; what it is called and takes is said in `bot.commands`."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.commands import BY_NAME
from bot.discord.buttons import answer_view, passage_view
from bot.discord.custom_ids import PassageId
from bot.discord.replies import defer, fill_in, respond
from bot.discord.views import layout, notice
from bot.question import clean
from bot.render import discord_text, words
from index.errors import CommandError

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

Handler = Callable[..., Awaitable[None]]
Completer = Callable[["Interaction", str], Awaitable[list[app_commands.Choice[int]]]]

MOST_CHOICES = 25
"""Choices that Discord takes for an autocompletion."""


async def ask(interaction: "Interaction", question: str, private: bool | None = None) -> None:  # noqa: FBT001 - Discord's
    """Answer a question."""
    client = interaction.client
    clean(question)  # what cannot be asked is refused before the reply is made public by deferring it
    alone = client.settings.private if private is None else private
    await defer(interaction, ephemeral=alone)
    result = await client.work.compute(lambda: client.assistant.ask(question))
    client.last.put(interaction.user.id, interaction.channel_id or 0, result)
    asker = interaction.user.id if alone else None
    await fill_in(interaction, answer_view(result, client.assistant.index, asker=asker))


async def article(interaction: "Interaction") -> None:
    """Show what article this is."""
    await respond(interaction, layout([discord_text.article(interaction.client.assistant.index)]), ephemeral=False)


async def passage(interaction: "Interaction", number: int) -> None:
    """Show a passage."""
    index = interaction.client.assistant.index
    found = index.passage(number)
    await respond(interaction, passage_view(PassageId(index.article.id, found.number, 1, 0, 0), index), ephemeral=False)


async def why(interaction: "Interaction") -> None:
    """Explain the last answer."""
    last = interaction.client.last.get(interaction.user.id, interaction.channel_id or 0)
    if last is None:
        raise CommandError(f"I gave you no answer here in the last hour; ask with {BY_NAME['ask'].usage} first.")
    await respond(interaction, layout(discord_text.why(last)), ephemeral=True)


async def new(interaction: "Interaction") -> None:
    """Forget the conversation."""
    known = interaction.client.dialogue.forget(interaction.user.id, interaction.channel_id or 0)
    await respond(interaction, notice(words.forgotten(something=known)), ephemeral=True)


async def help_(interaction: "Interaction") -> None:
    """Show what can be asked."""
    await respond(interaction, layout(discord_text.help_text()), ephemeral=True)


async def privacy(interaction: "Interaction") -> None:
    """Show what is stored."""
    await respond(interaction, layout([discord_text.privacy()]), ephemeral=True)


async def complete_passage(interaction: "Interaction", typed: str) -> list[app_commands.Choice[int]]:
    """Passages whose number begins with what is typed, or that hold all its words."""
    wanted = str(typed).casefold().split()
    digits = len(wanted) == 1 and wanted[0].isdecimal()
    found = [
        p
        for p in interaction.client.assistant.index.passages
        if (digits and str(p.number).startswith(wanted[0]))
        or (not digits and all(word in p.text.casefold() for word in wanted))
    ]
    return [app_commands.Choice(name=discord_text.passage_label(p), value=p.number) for p in found[:MOST_CHOICES]]


HANDLERS: dict[str, Handler] = {
    "ask": ask,
    "article": article,
    "passage": passage,
    "why": why,
    "new": new,
    "help": help_,
    "privacy": privacy,
}
COMPLETERS: dict[tuple[str, str], Completer] = {("passage", "number"): complete_passage}
