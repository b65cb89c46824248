"""More: the next best sentences, of one article or of several."""

from discord import ui

from bot.answer import Quote
from bot.composer import compose
from bot.discord.buttons.action import Action, Interaction
from bot.discord.custom_ids import AcrossId, MoreId
from bot.discord.keeping import owner_of
from bot.discord.libraries import Libraries
from bot.discord.library.looking import in_time, index_of, reply
from bot.discord.views import layout
from bot.librarian.searching import sources_of
from bot.ranking.ranker import RankedSentence
from bot.render import discord_text
from bot.translation import _
from index.indexer import Index
from index.owner import Owner


class MoreButton(Action, template=MoreId.PATTERN):
    """Shows the next best sentences to the one who pressed."""

    ID = MoreId

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("More")

    async def press(self, interaction: Interaction) -> None:
        """Show the sentences."""
        index = await index_of(interaction, self.wanted.article)
        await reply(interaction, more_view(self.wanted, index))


class AcrossButton(Action, template=AcrossId.PATTERN):
    """Shows the next best sentences of a library to the one who pressed."""

    ID = AcrossId

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("More")

    async def press(self, interaction: Interaction) -> None:
        """Show the sentences."""
        libraries, owner, wanted = interaction.client.libraries, owner_of(interaction), self.wanted
        found = await in_time(interaction, libraries.thread(lambda: quotes_across(wanted, owner, libraries)))
        await reply(interaction, across_view(wanted, found))


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


def quotes_across(wanted: AcrossId, owner: Owner, libraries: Libraries) -> tuple[Quote, ...]:
    """The sentences that a button names, cited from their own articles; blocks.

    Args:
        wanted: which.
        owner: whose articles, by the place where the button is pressed.
        libraries: have them.

    Raises:
        CommandError: a text is another one now, or there is no such sentence.
        UnknownArticle: the owner has no such article.
        LibraryError: the library cannot be read.
    """
    quotes: list[Quote] = []
    for n, place in enumerate(dict.fromkeys(wanted.places), start=wanted.first):
        index = libraries.numbered(owner, place.number).index
        sentence = AcrossId.sentence(place, index)
        source = sources_of(libraries.library, owner, [libraries.library.entry(owner, place.number)])[place.number]
        quotes += compose(index, "", [RankedSentence(sentence, 0.0, 0.0)], None, first=n, source=source)
    return tuple(quotes)


def across_view(wanted: AcrossId, quotes: tuple[Quote, ...]) -> ui.LayoutView:
    """Sentences of several articles, each with its own.

    Args:
        wanted: which sentences; those that do not fit are behind a button again.
        quotes: they.
    """
    page = discord_text.more(quotes, None)
    further = wanted.places[len(page.quotes) :]
    onward = AcrossId(wanted.first + len(page.quotes), further)
    return layout(page.texts, [AcrossButton(onward)] if further else [])
