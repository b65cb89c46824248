"""A message of ours, read again: what was asked and quoted on it; so that its buttons outlive a restart.

The message is the record: its first text shows the question as it was understood, and the buttons below carry where
the quoted sentences stand.
"""

import discord

from bot.conversation import Conversation, Turn
from bot.conversation.history import sentences_at
from bot.discord.custom_ids import CardId, FollowUpId, PassageId
from bot.discord.libraries import Libraries
from bot.discord.views import parts_of
from bot.render import discord_text
from index.errors import CommandError
from index.indexer import Index
from index.owner import Owner


def articles_of(message: discord.Message | None) -> tuple[str, ...]:
    """Ids of the articles that the buttons of an answer of ours name, the one that was quoted first in front."""
    ids = [button.custom_id or "" for button in parts_of(message)[1]]
    matches = [pattern.fullmatch(i) for pattern in (PassageId.PATTERN, CardId.PATTERN, FollowUpId.PATTERN) for i in ids]
    return tuple(dict.fromkeys(match["article"] for match in matches if match))


async def conversation_since(
    libraries: Libraries, message: discord.Message | None, owner: Owner, person: int, place: int
) -> Conversation | None:
    """The conversation up to an answer of ours, from whatever article it was given.

    Args:
        libraries: have the articles.
        message: the answer.
        owner: whose articles, by the place where it is followed up.
        person: who follows up.
        place: where.

    Returns:
        None where the message is no answer of ours on an article that the owner has: it begins nothing.

    Raises:
        LibraryError: the library cannot be read.
    """
    named = articles_of(message)
    if not named:
        return None
    try:
        index = await libraries.thread(lambda: libraries.index(owner, named[0]))
    except CommandError:
        return None
    return conversation_of(message, index, libraries.remembered(owner, person, place))


def turn_of(message: discord.Message | None, index: Index) -> Turn | None:
    """The turn of a conversation that an answer of ours ended.

    Args:
        message: whatever message; None gives None.
        index: the index of the article that is answered from.

    Returns:
        None where it is no answer of ours, or one on another article.
    """
    texts, buttons, _accent = parts_of(message)
    question = discord_text.understood(texts[0]) if texts else ""
    ids = [button.custom_id or "" for button in buttons]
    passages = [PassageId.parse(match) for match in map(PassageId.PATTERN.fullmatch, ids) if match]
    cards = [CardId.parse(match) for match in map(CardId.PATTERN.fullmatch, ids) if match]
    articles = [*(found.article for found in passages), *(found.article for found in cards)]
    if not question or (articles and articles[0] != index.article.id):
        return None
    starts = [found.start for found in passages if found.start != found.end and found.article == index.article.id]
    return Turn(question, sentences_at(list(dict.fromkeys(starts)), index), index.article.id)


def conversation_of(
    message: discord.Message | None, index: Index, remembered: Conversation | None
) -> Conversation | None:
    """The conversation up to an answer of ours: what is remembered of it, or else the answer alone.

    Args:
        message: the answer.
        index: the index of the article that is answered from.
        remembered: the conversation of the person in the place, if any.

    Returns:
        None where the message is no answer of ours on this article: it begins nothing.
    """
    turn = turn_of(message, index)
    if turn is None:
        return None
    turns = remembered.turns if remembered else ()
    for n in reversed(range(len(turns))):
        same = turns[n].sentences == turn.sentences and turns[n].article in ("", index.article.id)
        if same and turns[n].question.casefold() == turn.question.casefold():
            return Conversation(turns[: n + 1], index.article.id)
    return Conversation((turn,), index.article.id)
