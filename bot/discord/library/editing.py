"""Who may add to a library and take away from it: checked each time, whatever Discord showed to whom."""

from typing import TYPE_CHECKING

import discord

from bot.discord.keeping import owner_of
from bot.discord.moderation import is_moderator
from bot.server_settings import ServerSettings
from index.errors import CommandError
from index.owner import Owner

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]


def may_edit(interaction: "Interaction", settings: ServerSettings) -> bool:
    """Whether somebody may change the library that belongs to where they are; their own, everyone may.

    Args:
        interaction: comes from them.
        settings: the server's.
    """
    if owner_of(interaction).kind == "person" or is_moderator(interaction):
        return True
    member = interaction.user
    roles = {role.id for role in member.roles} if isinstance(member, discord.Member) else set()
    return settings.everyone_edits or not settings.editors.isdisjoint(roles)


async def editor(interaction: "Interaction") -> Owner:
    """Whose library somebody changes: always that of the place that the interaction comes from.

    Raises:
        CommandError: they may not.
        RecordsError: the settings cannot be read; nothing is guessed then.
    """
    owner = owner_of(interaction)
    if not may_edit(interaction, await interaction.client.keeping.settings(owner)):
        raise CommandError("Only those whom /settings of this server lets may change its library; ask a moderator.")
    return owner
