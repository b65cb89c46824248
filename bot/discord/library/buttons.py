"""The buttons and the menu below what /library shows.

None names a server or person: what is shown or changed is always in the library of where it is pressed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

import discord
from discord import ui

from bot.discord.buttons.action import Action
from bot.discord.keeping import owner_of
from bot.discord.library.editing import editor, may_edit
from bot.discord.replies import acknowledge, defer, fill_in, respond
from bot.translation import N_, _
from index.errors import CommandError, UnknownArticle
from index.library.model import Entry
from index.library.protocol import Library
from index.owner import Owner

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

CHANGED = N_("This article was removed or changed meanwhile; look at /library list.")


@dataclass(frozen=True, slots=True)
class ArticleId:
    """Does something with an article.

    Attributes:
        action: `refresh` it, `ask` whether to remove it, or `remove` it.
        number: of the article.
        article: `Article.id`, so that nothing is done to another text than the one that was seen.
    """

    action: str
    number: int
    article: str

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(
        r"pq:b:(?P<action>refresh|ask|remove):(?P<number>[0-9]{1,9}):(?P<article>[0-9a-f]{12})"
    )

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:b:{self.action}:{self.number}:{self.article}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(match["action"], int(match["number"]), match["article"])

    def find(self, library: Library, owner: Owner) -> Entry:
        """The article; blocks.

        Raises:
            CommandError: the owner has none of that number with that text.
        """
        try:
            entry = library.entry(owner, self.number)
        except UnknownArticle:
            raise CommandError(CHANGED) from None
        if entry.id != self.article:
            raise CommandError(CHANGED)
        return entry


class ArticleButton(Action, template=ArticleId.PATTERN):
    """Refreshes an article, or removes it once that was confirmed."""

    ID = ArticleId

    async def press(self, interaction: "Interaction") -> None:
        """Do it, if the one who presses may."""
        from bot.discord.library import adding, views

        wanted: ArticleId = self.wanted
        client, owner = interaction.client, await editor(interaction)
        entry = await client.libraries.run(lambda library: wanted.find(library, owner))
        if wanted.action == "refresh":
            client.hold_back(interaction.user.id, interaction.channel_id or 0, owner)
            await defer(interaction, ephemeral=True)
            await fill_in(interaction, views.changed_view(await adding.refresh(client, owner, entry)))
        elif wanted.action == "ask":
            await respond(interaction, views.removing_view(entry), ephemeral=True)
        else:
            gone = await client.libraries.run(lambda library: library.remove(owner, entry.number))
            view = views.removed_view(gone)
            await acknowledge(interaction, lambda: interaction.response.edit_message(view=view))


@dataclass(frozen=True, slots=True)
class TurnId:
    """Turns the page of a list.

    Attributes:
        way: `a` to the articles after a number, `z` to those before it.
        number: of an article.
    """

    way: str
    number: int

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(r"pq:b:(?P<way>[az]):(?P<number>[0-9]{1,9})")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:b:{self.way}:{self.number}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(match["way"], int(match["number"]))


class TurnButton(Action, template=TurnId.PATTERN):
    """Shows another page, in place where the list is private, in a private reply of its own where all see it."""

    ID = TurnId

    async def press(self, interaction: "Interaction") -> None:
        """Turn."""
        from bot.discord.library import views

        wanted, owner = self.wanted, owner_of(interaction)

        def turned(library: Library) -> ui.LayoutView:
            size = library.size(owner)
            if wanted.way == "z":
                entries = views.page_before(library, owner, wanted.number)
                last = entries[-1].number if entries else 0
                return views.list_view(entries, size, more=bool(library.entries(owner, after=last, limit=1)))
            entries, more = views.page_after(library, owner, wanted.number)
            if not entries:
                entries, more = views.page_after(library, owner, 0)
            return views.list_view(entries, size, more=more)

        view = await interaction.client.libraries.run(turned)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await acknowledge(interaction, lambda: interaction.response.edit_message(view=view))
        else:
            await respond(interaction, view, ephemeral=True)


@dataclass(frozen=True, slots=True)
class FurtherId:
    """Fetches further articles again.

    Attributes:
        after: number of the last article that was.
    """

    after: int

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(r"pq:b:further:(?P<after>[0-9]{1,9})")

    def __str__(self) -> str:
        """As a custom_id."""
        return f"pq:b:further:{self.after}"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        return cls(int(match["after"]))


class FurtherButton(Action, template=FurtherId.PATTERN):
    """Goes on fetching articles again, if the one who presses may."""

    ID = FurtherId

    async def press(self, interaction: "Interaction") -> None:
        """Do it."""
        await refresh_some(interaction, self.wanted.after)


async def refresh_some(interaction: "Interaction", after: int = 0) -> None:
    """Fetch the next articles again, and say what changed.

    Raises:
        CommandError: whoever asks may not, or asks too much.
    """
    from bot.discord.library import adding, views

    client, owner = interaction.client, await editor(interaction)
    _ = client.libraries.library  # there is one
    client.hold_back(interaction.user.id, interaction.channel_id or 0, owner)
    await defer(interaction, ephemeral=True)
    outcomes, more = await adding.refresh_some(client, owner, after)
    await fill_in(interaction, views.refreshed_view(outcomes, more))


@dataclass(frozen=True, slots=True)
class MenuId:
    """The menu of a list; what is chosen comes with the choice."""

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(r"pq:b:open")

    def __str__(self) -> str:
        """As a custom_id."""
        return "pq:b:open"

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """From a match of `PATTERN`."""
        del match
        return cls()


class ArticleMenu(Action, template=MenuId.PATTERN):
    """Shows the article that is chosen, to the one who chose."""

    ID = MenuId

    def __init__(self, wanted: MenuId) -> None:
        """Make it again when it was chosen from; how it is shown is `of`'s."""
        bare: Any = ui.Select(custom_id=str(wanted), options=[discord.SelectOption(label="-")])
        super(Action, self).__init__(bare)
        self.wanted = wanted

    @staticmethod
    def of(options: Sequence[tuple[str, str]]) -> ui.Select[Any]:
        """The menu.

        Args:
            options: (label, value) of each article, at most 25.
        """
        return ui.Select(
            custom_id=str(MenuId()),
            placeholder=_("Open an article"),
            options=[discord.SelectOption(label=label, value=value) for label, value in options],
        )

    async def press(self, interaction: "Interaction") -> None:
        """Show it."""
        data: Any = interaction.data or {}
        chosen = str(next(iter(data.get("values", [])), ""))
        if not re.fullmatch(r"[0-9]{1,9}", chosen):
            raise CommandError(CHANGED)
        await show_article(interaction, int(chosen))


async def show_article(interaction: "Interaction", number: int) -> None:
    """Show an article of the library of where it is asked for, to the one who asks.

    Raises:
        UnknownArticle: there is none of that number.
    """
    from bot.discord.library import views

    owner, client = owner_of(interaction), interaction.client
    allowed = may_edit(interaction, await client.keeping.settings(owner))

    def shown(library: Library) -> ui.LayoutView:
        entry = library.entry(owner, number)
        others = [e for e in library.also_in(owner, [entry.story]) if e.number != number]
        return views.details_view(entry, others, editor=allowed)

    await respond(interaction, await client.libraries.run(shown), ephemeral=True)
