"""An answer with the buttons below it."""

from typing import Any

from discord import ui

from bot.answer import Abstention, Answer
from bot.discord.buttons.card import CardButton, can_draw
from bot.discord.buttons.delete import DeleteButton
from bot.discord.buttons.follow_up import FollowUpButton
from bot.discord.buttons.more import MoreButton
from bot.discord.buttons.passage import PassageButton
from bot.discord.buttons.share import ShareButton
from bot.discord.custom_ids import CardId, DeleteId, FollowUpId, MoreId, PassageId, ShareId
from bot.discord.feedback import vote_buttons
from bot.discord.views import ANSWERED, REFUSED, layout
from bot.render import discord_text
from bot.render.discord_text import Page
from bot.translation import _
from index.indexer import Index


def answer_view(
    result: Answer | Abstention, index: Index, *, asker: int | None = None, private: bool = False, number: int = 0
) -> ui.LayoutView:
    """An answer or an abstention with its buttons: first what opens the article, below it what to do with the answer.

    Args:
        result: what was found.
        index: the index of the article.
        asker: who asked, who may share a private answer and delete a public one; None for nobody.
        private: whether they alone see it.
        number: id of the interaction or message that asked, which votes name; 0 for no thumbs.
    """
    page = discord_text.result(result)
    opening = _openers(page, index)
    if isinstance(result, Answer) and (more := _more(result, page, index)):
        opening.append(more)
    below: list[ui.Item[Any]] = [FollowUpButton(FollowUpId(index.article.id))]
    if isinstance(result, Answer) and can_draw():
        by_start = {s.start: s.number for s in index.sentences}
        sentences = tuple(by_start[q.citation.start] for q in page.quotes)
        below.append(CardButton(CardId("open", index.article.id, "light", sentences)))
    if asker is not None:
        share, delete = ShareId(index.article.id, asker), DeleteId(asker)
        below.append(ShareButton(share) if private else DeleteButton(delete))
    if number:
        below += vote_buttons(result, index, number)
    return layout(page.texts, opening, below=below, accent=ANSWERED if isinstance(result, Answer) else REFUSED)


def _openers(page: Page, index: Index) -> list[ui.Item[Any]]:
    """A button for each quote and each passage that is named."""
    buttons: list[ui.Item[Any]] = []
    for quote in page.quotes:
        at = quote.citation
        label = _("Context") if len(page.quotes) == 1 else _("Context {n}").format(n=at.n)
        buttons.append(PassageButton(PassageId(index.article.id, at.passage, 1, at.start, at.end), label))
    for passage in page.passages:
        wanted = PassageId(index.article.id, passage.number, 1, passage.start, passage.start)
        buttons.append(PassageButton(wanted, discord_text.passage_name(passage)))
    return buttons


def _more(result: Answer, page: Page, index: Index) -> MoreButton | None:
    """A button for the quotes that did not fit and the sentences behind them, if there are any."""
    shown = {q.citation.start for q in page.quotes}
    by_start = {s.start: s.number for s in index.sentences}
    further = [by_start[q.citation.start] for q in page.rest]
    further += [c.sentence.number for c in result.trace.considered if c.sentence.start not in shown]
    if not further:
        return None
    return MoreButton(MoreId(index.article.id, len(page.quotes) + 1, tuple(dict.fromkeys(further))))
