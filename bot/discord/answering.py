"""A question from anywhere in Discord -> its answer there: held back, refused, answered, remembered, counted."""

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import discord

from bot.commands import LIBRARY_ADD
from bot.conversation import Conversation
from bot.cooldown import moment
from bot.discord.buttons.answers import answer_view
from bot.discord.keeping import owner_of, owner_of_message
from bot.discord.libraries import Answered, empty
from bot.discord.library.picking import pick
from bot.discord.places import elsewhere, places_of_message
from bot.discord.replies import TooFast, defer, fill_in
from bot.discord.work import Overloaded
from bot.librarian.narrowing import scope_of
from bot.question import clean
from bot.records import Owner
from bot.server_settings import ServerSettings
from bot.translation import _, nearest
from index.errors import RecordsError
from index.library.model import Scope
from index.library.protocol import EVERYTHING

if TYPE_CHECKING:
    from bot.discord.client import PullquoteClient

    Interaction = discord.Interaction[PullquoteClient]

log = logging.getLogger(__name__)


async def settings_of(client: "PullquoteClient", owner: Owner) -> ServerSettings:
    """What an owner has set; what holds unless it is set, where the store cannot be read.

    For the language of a reply. Where and to whom to answer is not guessed: that is asked of `Keeping.settings`.
    """
    try:
        return await client.keeping.settings(owner)
    except RecordsError as error:
        log.warning("The settings of a server cannot be read. %s", error)
        return ServerSettings()


def language_for(settings: ServerSettings, locale: discord.Locale | str | None) -> str:
    """The language to speak: what the server set, else that of the locale."""
    return settings.language or nearest(None if locale is None else str(locale))


def hold_back(client: "PullquoteClient", person: int, place: int, owner: Owner | None = None, number: int = 0) -> None:
    """Take a question of a person in a place.

    Args:
        client: the bot.
        person: who asks.
        place: the channel.
        owner: whose question it is; owners take turns.
        number: id of the question.

    Raises:
        Overloaded: more is asked than can be answered in time.
        TooFast: they asked too much of late.
    """
    client.work.check(owner, number)
    seconds = client.cooldowns.take(person, place)
    if seconds:
        raise TooFast(moment(seconds, time.time()))


async def scope_in(client: "PullquoteClient", owner: Owner, article: str, before: str, after: str) -> Scope:
    """The articles that the options of a question mean.

    Args:
        client: the bot.
        owner: whose articles.
        article: as it was chosen or typed; "" is any.
        before: a day, month or year; "" is any.
        after: the same.

    Raises:
        PullquoteError: a date is none, or there is no such article.
    """
    dates = scope_of(before=before or None, after=after or None)
    if not article.strip():
        return dates
    if not await client.libraries.run(lambda library: library.size(owner).articles):
        raise empty()
    entry = await client.libraries.run(lambda library: pick(library, owner, article))
    return Scope(dates.since, dates.before, frozenset({entry.number}))


async def ask(  # noqa: PLR0913 - the options of a question
    interaction: "Interaction",
    question: str,
    *,
    private: bool | None = None,
    since: Conversation | None = None,
    article: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """Answer a question of a command or a form.

    Args:
        interaction: the command or form.
        question: as it was typed.
        private: whether its asker alone is to see the answer; None for what the server or the operator set.
        since: the conversation so far, where it is not the one that is remembered.
        article: which article of the library, as it was chosen or typed; "" is any.
        before: only articles from before that day, month or year; "" is any.
        after: only articles from it on.

    Raises:
        PullquoteError: it cannot be asked, here or now.
    """
    client, person, place = interaction.client, interaction.user.id, interaction.channel_id or 0
    owner = owner_of(interaction)
    settings = await client.keeping.settings(owner)
    # What cannot be asked is refused before the reply is made public by deferring it.
    clean(question)
    if await elsewhere(interaction, settings):
        return
    scope = await scope_in(client, owner, article, before, after)
    hold_back(client, person, place, owner, interaction.id)
    if since is None:
        await client.conversations.refresh(owner, person, place)
    default = client.settings.private if settings.private is None else settings.private
    alone = default if private is None else private
    # Its turn comes while Discord is told that there will be an answer.
    asking = _asking(client, owner, question, (person, place), settings, since, scope)
    job = client.work.submit(asking, owner, interaction.id)
    try:
        await defer(interaction, ephemeral=alone)
        found = await job
    finally:
        job.cancel()
    client.last.put(person, place, found.result)
    client.keeping.note_result(found.result, owner, interaction.id, person)
    view = answer_view(
        found.result, found.index, asker=person, private=alone, number=interaction.id, note=note_on(found)
    )
    await fill_in(interaction, view)


async def ask_in_message(
    client: "PullquoteClient", message: discord.Message, question: str, since: Conversation | None
) -> discord.ui.LayoutView | None:
    """Answer a question that came as a message.

    Args:
        client: the bot.
        message: the message.
        question: what it asks.
        since: the conversation so far, where it is not the one that is remembered.

    Returns:
        what to reply, or None to leave the message alone.

    Raises:
        PullquoteError: it cannot be asked.
    """
    person, place = message.author.id, message.channel.id
    owner = owner_of_message(message)
    settings = await client.keeping.settings(owner)
    if not settings.allows(*places_of_message(message)):
        return None
    clean(question)
    try:
        hold_back(client, person, place, owner, message.id)
    except (TooFast, Overloaded):
        if not client.cooldowns.may_tell(person, place):
            return None  # told already; a bot that answers every message of a flood is a flood
        raise
    if since is None:
        await client.conversations.refresh(owner, person, place)
    found = await client.work.compute(_asking(client, owner, question, (person, place), settings, since), owner)
    client.last.put(person, place, found.result)
    client.keeping.note_result(found.result, owner, message.id, person)
    return answer_view(found.result, found.index, asker=person, number=message.id, note=note_on(found))


def note_on(found: Answered) -> str:
    """What to say below an answer of the operator's article: how to be answered from others; "" where it is none."""
    if not found.own:
        return ""
    sentence = _("From the article that came with me; {command} lets me answer from yours.")
    return sentence.format(command=LIBRARY_ADD.shown)


def _asking(  # noqa: PLR0913, PLR0917 - a question with all that bears on it
    client: "PullquoteClient",
    owner: Owner,
    question: str,
    whose: tuple[int, int],
    settings: ServerSettings,
    since: Conversation | None,
    scope: Scope = EVERYTHING,
) -> Callable[[], Answered]:
    """What works out the answer, in a thread."""
    return lambda: client.libraries.ask(owner, question, *whose, scope=scope, since=since, threshold=settings.threshold)
