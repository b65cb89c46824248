"""What /library shows, with its buttons; what they do when they are pressed stands in `buttons`."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.passage import PassageButton
from bot.discord.custom_ids import PassageId
from bot.discord.library.buttons import (
    ArticleButton,
    ArticleId,
    ArticleMenu,
    FurtherButton,
    FurtherId,
    TurnButton,
    TurnId,
)
from bot.discord.library.picking import label
from bot.discord.views import layout
from bot.librarian.lookup import Hit
from bot.render import discord_library, words
from bot.render.discord_library import Refreshed
from bot.render.discord_markdown import bold, escape, one_line
from bot.translation import _
from index.library.model import Changes, Entry, Size
from index.library.protocol import Library
from index.owner import Owner

ON_PAGE = 10
"""Articles on a page of a list."""

HITS = 5
"""Passages that a search shows: each has a button, and five fit a row."""


def page_after(library: Library, owner: Owner, after: int, matching: str = "") -> tuple[list[Entry], bool]:
    """A page of a library; blocks.

    Args:
        library: has the articles.
        owner: whose.
        after: number of the last article on the page before.
        matching: see `Library.entries`.

    Returns:
        the articles, and whether there are more behind them.
    """
    found = library.entries(owner, matching=matching, after=after, limit=ON_PAGE + 1)
    return list(found[:ON_PAGE]), len(found) > ON_PAGE


def page_before(library: Library, owner: Owner, before: int) -> list[Entry]:
    """The page that ends before an article, or the first page where there is none; blocks."""
    reach = ON_PAGE
    while True:
        # Numbers are never given again, so that there are gaps where articles were removed.
        start = max(0, before - 1 - reach)
        found = [e for e in library.entries(owner, after=start, limit=reach) if e.number < before]
        if len(found) >= ON_PAGE or not start:
            return found[-ON_PAGE:] or page_after(library, owner, 0)[0]
        reach *= 4


def list_view(entries: Sequence[Entry], size: Size, matching: str = "", *, more: bool) -> ui.LayoutView:
    """A page of a library, with a menu to open an article and buttons to turn the page.

    Args:
        entries: on the page.
        size: of the whole library.
        matching: what was looked for; such a list has one page.
        more: whether there are further articles.
    """
    view = layout(discord_library.listing(entries, size, matching, more=more), accent=None)
    container = view.children[0]
    assert isinstance(container, ui.Container)  # noqa: S101 - `layout` made it
    if entries:
        container.add_item(ui.ActionRow(ArticleMenu.of([(label(e), str(e.number)) for e in entries])))
    turns: list[ui.Item[Any]] = []
    if entries and not matching:
        if entries[0].number > 1 and size.articles > len(entries):
            turns.append(TurnButton(TurnId("z", entries[0].number), _("Previous page")))
        if more:
            turns.append(TurnButton(TurnId("a", entries[-1].number), _("Next page")))
    if turns:
        container.add_item(ui.ActionRow(*turns))
    return view


def details_view(entry: Entry, also_in: Sequence[Entry], *, editor: bool) -> ui.LayoutView:
    """An article with what can be done with it.

    Args:
        entry: the article.
        also_in: others with nearly the same text.
        editor: whether the one who sees it may change the library.
    """
    buttons: list[ui.Item[Any]] = [PassageButton(PassageId(entry.id, 1, 1, 0, 0), _("First passage"))]
    if editor:
        if entry.url:
            buttons.append(ArticleButton(ArticleId("refresh", entry.number, entry.id), _("Refresh")))
        buttons.append(ArticleButton(ArticleId("ask", entry.number, entry.id), _("Remove …")))
    return layout(discord_library.details(entry, also_in), buttons)


def removing_view(entry: Entry) -> ui.LayoutView:
    """Asks once more whether an article is to be removed."""
    sentence = _("Remove this article from the library? Answers no longer quote it then; it can be added again.")
    button = ArticleButton(ArticleId("remove", entry.number, entry.id), _("Remove it"))
    button.item.style = discord.ButtonStyle.danger
    return layout([discord_library.line(entry), escape(sentence)], [button], accent=None)


def removed_view(entry: Entry) -> ui.LayoutView:
    """Says that an article is gone."""
    sentence = _("Removed: {name}").format(name=one_line(words.name_of(entry), discord_library.TITLE))
    return layout([bold(escape(sentence))], accent=None)


def changed_view(changes: Changes) -> ui.LayoutView:
    """What is different after a refresh."""
    return layout(discord_library.changed(changes))


def refreshed_view(outcomes: Sequence[Refreshed], more: int | None) -> ui.LayoutView:
    """What is different in several articles, with a button for the next ones.

    Args:
        outcomes: what came of each.
        more: the number to go on after, or None where there are no more.
    """
    buttons = [] if more is None else [FurtherButton(FurtherId(more), _("The next ten"))]
    return layout(discord_library.refreshed(outcomes), buttons)


def found_view(hits: Sequence[Hit], searched: str) -> ui.LayoutView:
    """Passages that hold some words, each with a button that opens it."""
    texts = discord_library.found(hits, searched)
    buttons: list[ui.Item[Any]] = [
        PassageButton(
            PassageId(hit.entry.id, hit.passage, 1, 0, 0),
            _("Article {article}, passage {number}").format(article=hit.entry.number, number=hit.passage),
        )
        for hit in hits[: len(texts) - 1]
    ]
    return layout(texts, buttons if hits else [])
