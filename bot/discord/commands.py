"""What each slash command does in Discord; what it is called and takes is said in `bot.commands`."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands import BY_NAME
from bot.discord import answering
from bot.discord.buttons import paged_view, passage_view
from bot.discord.custom_ids import PassageId
from bot.discord.guild_settings import show_settings
from bot.discord.insights import show_insights
from bot.discord.keeping import owner_of
from bot.discord.library import commands as library
from bot.discord.library.picking import pick
from bot.discord.memory import Leaf
from bot.discord.moderation import is_moderator
from bot.discord.personal import ask_to_forget, give_export, show_privacy
from bot.discord.replies import respond
from bot.discord.views import layout, notice
from bot.render import discord_text, words
from bot.render.discord_why import why as why_pages
from bot.suggestions import LONGEST, matching
from index.errors import CommandError
from index.indexer import Index

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

Handler = Callable[..., Awaitable[None]]
Completer = Callable[["Interaction", str], Awaitable[list[app_commands.Choice[Any]]]]

MOST_CHOICES = 25
"""Choices that Discord takes for an autocompletion."""


async def ask(  # noqa: PLR0913 - Discord's
    interaction: "Interaction",
    question: str,
    *,
    private: bool | None = None,
    article: str | None = None,
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Answer a question."""
    await answering.ask(
        interaction, question, private=private, article=article or "", before=before or "", after=after or ""
    )


async def article(interaction: "Interaction", article: str | None = None) -> None:
    """Show what article this is; of a library the list, or the one that is named."""
    libraries, owner = interaction.client.libraries, owner_of(interaction)
    if article:
        await library.show(interaction, article)
    elif await libraries.thread(lambda: libraries.has(owner)):
        await library.list_(interaction)
    else:
        await respond(interaction, layout([discord_text.article(interaction.client.assistant.index)]), ephemeral=False)


async def passage(interaction: "Interaction", number: int, article: str | None = None) -> None:
    """Show a passage."""
    index = await _index(interaction, article or "")
    found = index.passage(number)
    await respond(interaction, passage_view(PassageId(index.article.id, found.number, 1, 0, 0), index), ephemeral=False)


async def _index(interaction: "Interaction", article: str) -> Index:
    """The index of the article that is meant: the one that is named, else the only one that there is.

    Raises:
        UnknownArticle: there is no such article.
        CommandError: there are several, and none is named.
    """
    libraries, owner = interaction.client.libraries, owner_of(interaction)

    def found() -> Index:
        if article:
            return libraries.numbered(owner, pick(libraries.library, owner, article).number).index
        if not libraries.has(owner):
            return interaction.client.assistant.index
        first, *others = libraries.library.entries(owner, limit=2)
        if others:
            raise CommandError("There are several articles; choose one with “{option}”.", option="article")
        return libraries.numbered(owner, first.number).index

    return await libraries.thread(found)


async def why(interaction: "Interaction") -> None:
    """Explain the last answer."""
    client, person, place = interaction.client, interaction.user.id, interaction.channel_id or 0
    last = client.last.get(person, place)
    if last is None:
        raise CommandError(
            "I gave you no answer here in the last hour; ask with {usage} first.", usage=BY_NAME["ask"].usage
        )
    leaves = tuple(Leaf(texts) for texts in why_pages(last, client.last.asked(person, place)))
    await respond(interaction, paged_view(client.paged, person, leaves), ephemeral=True)


async def new(interaction: "Interaction") -> None:
    """Forget the conversation."""
    libraries, owner, who = interaction.client.libraries, owner_of(interaction), interaction.user.id
    known = await libraries.thread(lambda: libraries.forget(owner, who, interaction.channel_id or 0))
    await respond(interaction, notice(words.forgotten(something=known)), ephemeral=True)


async def help_(interaction: "Interaction") -> None:
    """Show what can be asked."""
    libraries, owner = interaction.client.libraries, owner_of(interaction)
    own = not await libraries.thread(lambda: libraries.has(owner))
    texts = discord_text.help_text(interaction.client.examples() if own else [], moderator=is_moderator(interaction))
    await respond(interaction, layout(texts), ephemeral=True)


async def complete_question(interaction: "Interaction", typed: str) -> list[app_commands.Choice[str]]:
    """What is typed, and questions like it that the article answers, or one of the library."""
    own = " ".join(str(typed).split())
    client, owner = interaction.client, owner_of(interaction)
    known = client.suggested
    if await client.libraries.thread(lambda: client.libraries.has(owner)):
        known = await client.suggesting.of(owner, own, str(getattr(interaction.namespace, "article", None) or ""))
    found = matching(known, own, MOST_CHOICES)
    # What is typed stands first: who presses Enter means what they typed.
    offered = dict.fromkeys([own, *found] if 0 < len(own) <= LONGEST else found)
    return [app_commands.Choice(name=question, value=question) for question in list(offered)[:MOST_CHOICES]]


async def complete_passage(interaction: "Interaction", typed: str) -> list[app_commands.Choice[int]]:
    """Passages whose number begins with what is typed, or that hold all its words."""
    wanted = str(typed).casefold().split()
    digits = len(wanted) == 1 and wanted[0].isdecimal()
    index = await _index(interaction, str(getattr(interaction.namespace, "article", None) or ""))
    found = [
        p
        for p in index.passages
        if (digits and str(p.number).startswith(wanted[0]))
        or (not digits and all(word in p.text.casefold() for word in wanted))
    ]
    return [app_commands.Choice(name=discord_text.passage_label(p), value=p.number) for p in found[:MOST_CHOICES]]


HANDLERS: dict[str, Handler] = {
    "ask": ask,
    "article": article,
    "passage": passage,
    "why": why,
    "new": new,
    "library add": library.add,
    "library list": library.list_,
    "library show": library.show,
    "library search": library.search,
    "library refresh": library.refresh,
    "library remove": library.remove,
    "help": help_,
    "privacy": show_privacy,
    "export": give_export,
    "forget": ask_to_forget,
    "insights": show_insights,
    "settings": show_settings,
}
COMPLETERS: dict[tuple[str, str], Completer] = {
    ("ask", "question"): complete_question,
    ("ask", "article"): library.complete_article,
    ("article", "article"): library.complete_article,
    ("passage", "number"): complete_passage,
    ("passage", "article"): library.complete_article,
    ("library show", "article"): library.complete_article,
    ("library refresh", "article"): library.complete_article,
    ("library remove", "article"): library.complete_article,
}
