"""Context: the passage around a quote."""

from discord import ui

from bot.discord.buttons.action import Action, Interaction
from bot.discord.custom_ids import PassageId
from bot.discord.library.looking import index_of, reply
from bot.discord.views import layout
from bot.render import discord_text
from bot.translation import _
from index.indexer import Index


class PassageButton(Action, template=PassageId.PATTERN):
    """Shows a passage to the one who pressed, the quote in it marked."""

    ID = PassageId

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("Context")

    async def press(self, interaction: Interaction) -> None:
        """Show the passage."""
        index = await index_of(interaction, self.wanted.article)
        await reply(interaction, passage_view(self.wanted, index))


def passage_view(wanted: PassageId, index: Index) -> ui.LayoutView:
    """A passage, or the part of it that is wanted, with a button to the next part where there is one.

    Raises:
        CommandError: it is of another article, or there is no such passage.
    """
    passage = wanted.find(index)
    mark = (wanted.start, wanted.end) if wanted.start != wanted.end else None
    parts = discord_text.passage_parts(passage, index, mark)
    part = min(wanted.part, len(parts))
    following = PassageId(wanted.article, wanted.passage, part + 1, wanted.start, wanted.end)
    return layout(parts[part - 1], [PassageButton(following, _("Next part"))] if part < len(parts) else [])
