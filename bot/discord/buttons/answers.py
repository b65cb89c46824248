"""An answer with the buttons below it."""

from typing import Any

from discord import ui

from bot.answer import Abstention, Answer, Quote, Source
from bot.discord.buttons.card import CardButton, can_draw
from bot.discord.buttons.delete import DeleteButton
from bot.discord.buttons.follow_up import FollowUpButton
from bot.discord.buttons.more import AcrossButton, MoreButton
from bot.discord.buttons.passage import PassageButton
from bot.discord.buttons.share import ShareButton
from bot.discord.custom_ids import AcrossId, CardId, DeleteId, Elsewhere, FollowUpId, MoreId, PassageId, ShareId
from bot.discord.feedback import vote_buttons
from bot.discord.views import ANSWERED, REFUSED, layout
from bot.render import discord_text
from bot.render.discord_markdown import escape, fits, subtext
from bot.render.discord_text import Page
from bot.translation import _
from index.indexer import Index


def answer_view(  # noqa: PLR0913 - an answer with all that is shown below it
    result: Answer | Abstention,
    index: Index | None,
    *,
    asker: int | None = None,
    private: bool = False,
    number: int = 0,
    note: str = "",
) -> ui.LayoutView:
    """An answer or an abstention with its buttons: first what opens the article, below it what to do with the answer.

    Args:
        result: what was found.
        index: the index of the article that was quoted first or came closest; None where there is none.
        asker: who asked, who may share a private answer and delete a public one; None for nobody.
        private: whether they alone see it.
        number: id of the interaction or message that asked, which votes name; 0 for no thumbs.
        note: small print at the end, left out where there is no room.
    """
    page = discord_text.result(result)
    opening = _openers(page, result)
    if isinstance(result, Answer) and (more := _more(result, page, index)):
        opening.append(more)
    below: list[ui.Item[Any]] = []
    if index is not None:
        below.append(FollowUpButton(FollowUpId(index.article.id)))
        if isinstance(result, Answer) and can_draw() and (sentences := _numbers(page.quotes, index)):
            below.append(CardButton(CardId("open", index.article.id, "light", sentences)))
    if asker is not None:
        share, delete = ShareId(result.article.id, asker), DeleteId(asker)
        below.append(ShareButton(share) if private else DeleteButton(delete))
    if number:
        below += vote_buttons(result, index, number)
    noted = (*page.texts[:-1], f"{page.texts[-1]}\n{subtext(escape(note))}")
    texts = noted if note and fits(noted) else page.texts
    return layout(texts, opening, below=below, accent=ANSWERED if isinstance(result, Answer) else REFUSED)


def _id(source: Source | None, result: Answer | Abstention) -> str:
    """`Article.id` of what a quote or passage is from."""
    return source.entry.id if source else result.article.id


def _numbers(quotes: tuple[Quote, ...], index: Index) -> tuple[int, ...]:
    """The numbers of the quoted sentences that stand in an article; of those in others none."""
    by_start = {s.start: s.number for s in index.sentences}
    return tuple(
        by_start[q.citation.start]
        for q in quotes
        if (q.citation.source is None or q.citation.source.entry.id == index.article.id)
        and q.citation.start in by_start
    )


def _openers(page: Page, result: Answer | Abstention) -> list[ui.Item[Any]]:
    """A button for each quote and each passage that is named."""
    buttons: list[ui.Item[Any]] = []
    for quote in page.quotes:
        at = quote.citation
        label = _("Context") if len(page.quotes) == 1 else _("Context {n}").format(n=at.n)
        buttons.append(PassageButton(PassageId(_id(at.source, result), at.passage, 1, at.start, at.end), label))
    sources: tuple[Source | None, ...] = page.sources or (None,) * len(page.passages)
    for passage, source in zip(page.passages, sources, strict=True):
        wanted = PassageId(_id(source, result), passage.number, 1, passage.start, passage.start)
        label = discord_text.passage_name(passage)
        if result.articles > 1 and source:
            label = _("Article {article}, passage {number}").format(article=source.entry.number, number=passage.number)
        buttons.append(PassageButton(wanted, label))
    return buttons


def _more(result: Answer, page: Page, index: Index | None) -> MoreButton | AcrossButton | None:
    """A button for the quotes that did not fit and the sentences behind them, if there are any."""
    sources = [q.citation.source for q in result.quotes] + [c.source for c in result.trace.considered]
    if result.articles > 1 and all(sources):
        return _more_across(result, page)
    if index is None:
        return None
    shown = {q.citation.start for q in page.quotes}
    by_start = {s.start: s.number for s in index.sentences}
    further = [by_start[q.citation.start] for q in page.rest if q.citation.start in by_start]
    further += [c.sentence.number for c in result.trace.considered if c.sentence.start not in shown]
    if not further:
        return None
    return MoreButton(MoreId(index.article.id, len(page.quotes) + 1, tuple(dict.fromkeys(further))))


def _more_across(result: Answer, page: Page) -> AcrossButton | None:
    """The same of several articles; all of it is among what was considered."""
    shown = {(q.citation.source, q.citation.start) for q in page.quotes}
    further = [
        Elsewhere(c.source.entry.number, c.source.entry.id[:4], c.sentence.number)
        for c in result.trace.considered
        if c.source and (c.source, c.sentence.start) not in shown
    ]
    return AcrossButton(AcrossId(len(page.quotes) + 1, tuple(dict.fromkeys(further)))) if further else None
