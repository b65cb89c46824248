"""An answer with the buttons below it."""

from typing import Any

from discord import ui

from bot.answer import Abstention, Answer
from bot.discord.buttons.more import MoreButton
from bot.discord.buttons.passage import PassageButton
from bot.discord.buttons.share import ShareButton
from bot.discord.custom_ids import MoreId, PassageId, ShareId
from bot.discord.views import ANSWERED, REFUSED, layout
from bot.render import discord_text
from index.indexer import Index


def answer_view(result: Answer | Abstention, index: Index, *, asker: int | None = None) -> ui.LayoutView:
    """An answer or an abstention with its buttons.

    Args:
        result: what was found.
        index: the index of the article.
        asker: for a private answer, the person who may share it.
    """
    page = discord_text.result(result)
    buttons: list[ui.Item[Any]] = []
    for quote in page.quotes:
        at = quote.citation
        label = "Context" if len(page.quotes) == 1 else f"Context {at.n}"
        buttons.append(PassageButton(PassageId(index.article.id, at.passage, 1, at.start, at.end), label))
    buttons += [
        PassageButton(PassageId(index.article.id, p.number, 1, p.start, p.start), f"Passage {p.number}")
        for p in page.passages
    ]
    if isinstance(result, Answer):
        shown = {q.citation.start for q in page.quotes}
        by_start = {s.start: s.number for s in index.sentences}
        further = [by_start[q.citation.start] for q in page.rest]
        further += [c.sentence.number for c in result.trace.considered if c.sentence.start not in shown]
        if further:
            buttons.append(MoreButton(MoreId(index.article.id, len(page.quotes) + 1, tuple(dict.fromkeys(further)))))
    if asker is not None:
        buttons.append(ShareButton(ShareId(index.article.id, asker)))
    return layout(page.texts, buttons, accent=ANSWERED if isinstance(result, Answer) else REFUSED)
