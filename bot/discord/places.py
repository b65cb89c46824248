"""Where the bot may answer: the channels that a server allows."""

from typing import TYPE_CHECKING, Any

import discord

from bot.discord.replies import respond
from bot.discord.views import layout
from bot.server_settings import ServerSettings
from bot.translation import _

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]


def places_of(interaction: discord.Interaction[Any]) -> tuple[int | None, ...]:
    """The ids by which a place may be allowed: the channel's, that of what it is in, and that one's category's."""
    return _around(interaction.channel, interaction.channel_id, interaction.guild)


def places_of_message(message: discord.Message) -> tuple[int | None, ...]:
    """The same of a message."""
    return _around(message.channel, message.channel.id, message.guild)


def _around(channel: Any, number: int | None, guild: discord.Guild | None) -> tuple[int | None, ...]:  # noqa: ANN401 - of many kinds
    parent = getattr(channel, "parent_id", None)
    known = guild.get_channel(parent or number or 0) if guild is not None else None
    return (number, parent, getattr(channel, "category_id", None), getattr(known, "category_id", None))


async def elsewhere(interaction: "Interaction", settings: ServerSettings) -> bool:
    """Whether the server does not let the bot answer here; tells the person so, privately, and where it does.

    Args:
        interaction: what would be answered.
        settings: the server's.
    """
    if settings.allows(*places_of(interaction)):
        return False
    # A mention of a channel notifies nobody, and takes the person there.
    names = ", ".join(f"<#{channel}>" for channel in sorted(settings.channels))
    sentence = _("In this server I answer only in {channels}.").format(channels=names)
    await respond(interaction, layout([sentence], accent=None), ephemeral=True)
    return True
