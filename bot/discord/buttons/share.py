"""Share: a private answer, posted for all."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.action import Action, Interaction
from bot.discord.buttons.delete import DeleteButton
from bot.discord.buttons.more import AcrossButton, MoreButton
from bot.discord.buttons.passage import PassageButton
from bot.discord.custom_ids import DeleteId, ShareId
from bot.discord.library.looking import check_articles
from bot.discord.recall import articles_of
from bot.discord.replies import acknowledge, fill_in
from bot.discord.views import layout, parts_of
from bot.render import discord_text
from bot.render.discord_markdown import subtext
from bot.translation import _
from index.article import Article
from index.errors import CommandError


class ShareButton(Action, template=ShareId.PATTERN):
    """Posts a private answer for all to see; for its asker."""

    ID = ShareId
    STYLE = discord.ButtonStyle.primary

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("Share")

    async def press(self, interaction: Interaction) -> None:
        """Post the same answer; the message itself is the record of it, so nothing need be kept or worked out again."""
        # What was removed from the library meanwhile is not spread any further.
        named = {*articles_of(interaction.message), self.wanted.article} - {Article("").id}
        await check_articles(interaction, *sorted(named))
        if self.wanted.asker != interaction.user.id:
            raise CommandError("Only the person who asked can share this answer.")
        texts, buttons, accent = parts_of(interaction.message)
        if not texts:
            raise CommandError("There is no answer on this message to share; ask your question again.")
        await acknowledge(interaction, interaction.response.defer)
        asked = interaction.message.created_at if interaction.message else interaction.created_at
        # Naming a person does not notify anyone: every message goes out with AllowedMentions.none().
        line = _("Shared by {person}, asked {time}").format(
            person=interaction.user.mention, time=discord_text.stamp(asked, "R")
        )
        above, below = again(buttons)
        delete = DeleteButton(DeleteId(interaction.user.id))
        # Thumbs last, as below every answer.
        thumbs = [item for item in below if not _is_text(item)]
        ordered = [*(item for item in below if _is_text(item)), delete, *thumbs]
        shared = layout([*texts, subtext(line)], above, below=ordered, accent=accent)
        await interaction.followup.send(view=shared)
        above, below = again(buttons, shared=self.wanted)
        await fill_in(interaction, layout(texts, above, below=below, accent=accent))


def _is_text(item: ui.Item[Any]) -> bool:
    return isinstance(item, Action) and bool(item.item.label)


def again(
    buttons: Sequence[discord.Button], shared: ShareId | None = None
) -> tuple[list[ui.Item[Any]], list[ui.Item[Any]]]:
    """The same buttons, made anew: those that open passages and sentences, and those below them.

    Args:
        buttons: of a message of ours.
        shared: what was shared, to show a Share button that is done; None leaves Share out.
    """
    from bot.discord.buttons import BUTTONS

    above: list[ui.Item[Any]] = []
    below: list[ui.Item[Any]] = []
    for button in buttons:
        for family in BUTTONS:
            match = family.__discord_ui_compiled_template__.fullmatch(button.custom_id or "")
            if match is None:
                continue
            if family is not ShareButton:
                made = family(family.ID.parse(match), button.label)
                (above if family in (PassageButton, MoreButton, AcrossButton) else below).append(made)
            elif shared is not None:
                below.append(ShareButton(shared, _("Shared"), disabled=True))
            break
    return above, below
