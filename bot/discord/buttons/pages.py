"""Previous and Next: the pages of a reply that is longer than a message."""

from typing import Any

from discord import ui

from bot.discord.buttons.action import Action, Interaction
from bot.discord.buttons.passage import PassageButton
from bot.discord.buttons.share import ShareButton
from bot.discord.custom_ids import PageId, PassageId, ShareId
from bot.discord.memory import Leaf, Paged
from bot.discord.replies import acknowledge, respond
from bot.discord.views import layout, parts_of
from bot.translation import _
from index.errors import CommandError


class PageButton(Action, template=PageId.PATTERN):
    """Turns to a page: in place where the reply is private, in a private reply of its own where all see it."""

    ID = PageId

    async def press(self, interaction: Interaction) -> None:
        """Turn."""
        leaves = interaction.client.paged.get(self.wanted.key)
        if leaves is None or not 1 <= self.wanted.page <= len(leaves):
            raise CommandError("These pages are kept for an hour, and until I am restarted; run the command again.")
        private = interaction.message is not None and interaction.message.flags.ephemeral
        below: list[ui.Item[Any]] = []
        if private:
            shares = [ShareId.PATTERN.fullmatch(b.custom_id or "") for b in parts_of(interaction.message)[1]]
            below += [ShareButton(ShareId.parse(match)) for match in shares if match][:1]
        view = leaf_view(leaves, self.wanted.key, self.wanted.page, below)
        if private:
            await acknowledge(interaction, lambda: interaction.response.edit_message(view=view))
        else:
            await respond(interaction, view, ephemeral=True)


def leaf_view(leaves: tuple[Leaf, ...], key: str, page: int, below: list[ui.Item[Any]] | None = None) -> ui.LayoutView:
    """A page with its buttons.

    Args:
        leaves: all pages.
        key: what they are kept under.
        page: which to show, 1-based.
        below: further buttons.
    """
    leaf = leaves[page - 1]
    buttons: list[ui.Item[Any]] = []
    for custom_id, label in leaf.passages:
        if match := PassageId.PATTERN.fullmatch(custom_id):
            buttons.append(PassageButton(PassageId.parse(match), label))
    turns: list[ui.Item[Any]] = []
    if page > 1:
        turns.append(PageButton(PageId(key, page - 1), _("Previous page")))
    if page < len(leaves):
        turns.append(PageButton(PageId(key, page + 1), _("Next page")))
    return layout(leaf.texts, buttons, below=[*turns, *(below or [])])


def paged_view(
    paged: Paged, person: int, leaves: tuple[Leaf, ...], below: list[ui.Item[Any]] | None = None
) -> ui.LayoutView:
    """The first page of a reply, the others kept behind its button.

    Args:
        paged: where they are kept.
        person: who asked for it.
        leaves: one page or more.
        below: further buttons.
    """
    key = paged.put(person, leaves) if len(leaves) > 1 else ""
    return leaf_view(leaves, key, 1, below)
