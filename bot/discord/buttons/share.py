"""Share: a private answer, posted for all."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.action import Action, Interaction
from bot.discord.buttons.more import MoreButton
from bot.discord.buttons.passage import PassageButton
from bot.discord.custom_ids import MoreId, PassageId, ShareId, check_article
from bot.discord.replies import acknowledge, fill_in
from bot.discord.views import layout, parts_of
from index.errors import CommandError


class ShareButton(Action, template=ShareId.PATTERN):
    """Posts a private answer for all to see; for its asker."""

    ID = ShareId
    LABEL = "Share"
    STYLE = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        """Post the same answer; the message itself is the record of it, so nothing need be kept or worked out again."""
        check_article(self.wanted.article, interaction.client.assistant.index)
        if self.wanted.asker != interaction.user.id:
            raise CommandError("Only the person who asked can share this answer.")
        texts, buttons, accent = parts_of(interaction.message)
        if not texts:
            raise CommandError("There is no answer on this message to share; ask your question again.")
        kept = again(buttons)
        await acknowledge(interaction, interaction.response.defer)
        # Naming a person does not notify anyone: every message goes out with AllowedMentions.none().
        shared = layout([*texts, f"-# Shared by {interaction.user.mention}"], kept, accent=accent)
        await interaction.followup.send(view=shared)
        done = ShareButton(self.wanted, "Shared", disabled=True)
        await fill_in(interaction, layout(texts, [*again(buttons), done], accent=accent))


def again(buttons: Sequence[discord.Button]) -> list[ui.Item[Any]]:
    """The same buttons, made anew, except for Share."""
    made: list[ui.Item[Any]] = []
    for button in buttons:
        if match := PassageId.PATTERN.fullmatch(button.custom_id or ""):
            made.append(PassageButton(PassageId.parse(match), button.label or "Context"))
        elif match := MoreId.PATTERN.fullmatch(button.custom_id or ""):
            made.append(MoreButton(MoreId.parse(match)))
    return made
