"""A message of ours, read again: what was asked and quoted on it; so that its buttons outlive a restart.

The message is the record: its first text shows the question as it was understood, and the buttons below carry where
the quoted sentences stand.
"""

import discord

from bot.conversation import Conversation, Turn
from bot.conversation.history import sentences_at
from bot.discord.custom_ids import CardId, PassageId
from bot.discord.views import parts_of
from bot.render import discord_text
from index.indexer import Index


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
    articles = {found.article for found in passages} | {found.article for found in cards}
    if not question or articles - {index.article.id}:
        return None
    starts = [found.start for found in passages if found.start != found.end]
    return Turn(question, sentences_at(list(dict.fromkeys(starts)), index))


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
    turns = remembered.turns if remembered and remembered.article in ("", index.article.id) else ()
    for n in reversed(range(len(turns))):
        if turns[n].sentences == turn.sentences and turns[n].question.casefold() == turn.question.casefold():
            return Conversation(turns[: n + 1], index.article.id)
    return Conversation((turn,), index.article.id)
