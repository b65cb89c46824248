"""Card: the answer as an image, private first."""

import io
from functools import cache
from typing import Any

import discord
from discord import ui

from bot.answer import Answer
from bot.card import Card, Theme, render_card
from bot.composer import compose
from bot.discord.buttons.action import Action, Interaction
from bot.discord.custom_ids import CardId
from bot.discord.keeping import owner_of
from bot.discord.library.looking import check_articles
from bot.discord.replies import acknowledge, defer
from bot.discord.views import layout, parts_of
from bot.english.expected import expected_type
from bot.ranking.ranker import RankedSentence
from bot.render import discord_text
from bot.render.discord_markdown import subtext
from bot.translation import _
from index.indexer import Index

FILE = "pullquote.png"


@cache
def can_draw() -> bool:
    """Whether the packages that cards need are installed; without them there is no button."""
    from importlib.util import find_spec

    from bot.card.fonts import SERIF

    return find_spec("typst") is not None and find_spec("fontTools") is not None and SERIF.path is not None


class CardButton(Action, template=CardId.PATTERN):
    """Draws the card, turns it dark or light, or posts it for all."""

    ID = CardId
    EMOJI = "\N{FRAME WITH PICTURE}\N{VARIATION SELECTOR-16}"

    @classmethod
    def face(cls) -> str:
        """What the button says."""
        return _("Card")

    async def press(self, interaction: Interaction) -> None:
        """Draw; the message itself tells what was asked."""
        wanted: CardId = self.wanted
        client = interaction.client
        await check_articles(interaction, wanted.article)
        owner = owner_of(interaction)
        client.hold_back(interaction.user.id, interaction.channel_id or 0, owner)
        texts = parts_of(interaction.message)[0]
        question = discord_text.understood(texts[0]) if texts else ""
        if wanted.action == "turn":
            await acknowledge(interaction, interaction.response.defer)
        else:
            await defer(interaction, ephemeral=wanted.action == "open")

        def draw() -> Card:
            return drawn(wanted, question, client.libraries.index(owner, wanted.article))

        card = await client.work.compute(draw, owner)
        head = texts[0] if texts else ""
        by = interaction.user.mention if wanted.action == "post" else None
        picture = discord.File(io.BytesIO(card.png), FILE, description=card.description)
        view = card_view(wanted, head, card, by)
        await interaction.edit_original_response(view=view, attachments=[picture])
        interaction.extras.pop("pending", None)


def drawn(wanted: CardId, question: str, index: Index) -> Card:
    """The card of an answer.

    Args:
        wanted: which sentences, and how it is coloured.
        question: what they answer, for the words that are marked; "" marks none.
        index: the index of the article.

    Raises:
        CommandError: the sentences are of another article.
        CardError: it cannot be drawn.
    """
    chosen = [RankedSentence(s, 0.0, 0.0) for s in wanted.find(index)]
    expected = expected_type(question) if question else None
    quotes = compose(index, question, chosen, expected)
    return render_card(Answer(question, index.article, quotes, 1.0), Theme(wanted.theme))


def card_view(wanted: CardId, head: str, card: Card, by: str | None) -> ui.LayoutView:
    """A message with a card.

    Args:
        wanted: what was drawn.
        head: the question, as Markdown.
        card: the card.
        by: who posts it for all; None for a private one, which can be turned and posted.
    """
    texts = [text for text in (head, subtext(_("Shared by {person}").format(person=by)) if by else "") if text]
    picture = discord.MediaGalleryItem(f"attachment://{FILE}", description=card.description)
    buttons: list[ui.Item[Any]] = []
    if by is None:
        other = "light" if wanted.theme == "dark" else "dark"
        turned = CardId("turn", wanted.article, other, wanted.sentences)
        posted = CardId("post", wanted.article, wanted.theme, wanted.sentences)
        buttons = [
            CardButton(posted, _("Share")).plain(discord.ButtonStyle.primary),
            CardButton(turned, _("Dark") if other == "dark" else _("Light")).plain(),
        ]
    return layout(texts, buttons, picture=picture)
