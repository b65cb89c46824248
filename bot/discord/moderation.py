"""Who may do what moderators do: checked each time, whatever Discord showed to whom."""

from typing import Any

import discord

from bot.records import Owner, server
from index.errors import CommandError


def is_moderator(interaction: discord.Interaction[Any]) -> bool:
    """Whether it comes from someone who may manage the server, in a server that installed the bot."""
    return (
        interaction.guild_id is not None and interaction.is_guild_integration() and interaction.permissions.manage_guild
    )


def moderated(interaction: discord.Interaction[Any]) -> Owner:
    """The server that somebody moderates: always the one that the interaction comes from.

    Raises:
        CommandError: they may not manage it, or it did not install the bot.
    """
    if interaction.guild_id is None or not is_moderator(interaction):
        raise CommandError("Only those who may manage this server can do this.")
    return server(interaction.guild_id)
