"""More: the next best sentences."""

from discord import ui

from bot.composer import compose
from bot.discord.buttons.action import Action, Interaction
from bot.discord.custom_ids import MoreId
from bot.discord.replies import respond
from bot.discord.views import layout
from bot.ranker import RankedSentence
from bot.render import discord_text
from bot.translation import _
from index.indexer import Index


class MoreButton(Action, template=MoreId.PATTERN):
    """Shows the next best sentences to the one who pressed."""

    ID = MoreId

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("More")

    async def press(self, interaction: Interaction) -> None:
        """Show the sentences."""
        await respond(interaction, more_view(self.wanted, interaction.client.assistant.index), ephemeral=True)


def more_view(wanted: MoreId, index: Index) -> ui.LayoutView:
    """The sentences of a "More" button with their citations.

    Raises:
        CommandError: they are of another article, or there is no such sentence.
    """
    sentences = wanted.find(index)
    quotes = compose(index, "", [RankedSentence(s, 0.0, 0.0) for s in sentences], None)
    page = discord_text.more(discord_text.numbered(quotes, wanted.first), index.article)
    further = tuple(s.number for s in sentences[len(page.quotes) :])
    onward = MoreId(wanted.article, wanted.first + len(page.quotes), further)
    return layout(page.texts, [MoreButton(onward)] if further else [])
