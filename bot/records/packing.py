"""A conversation as a store has it: JSON, the questions as UTF-8 can hold them."""

import json

from bot.conversation import Conversation, Turn


def text(typed: str) -> str:
    """A text as UTF-8 can hold it: half of a surrogate pair, which JSON may carry, becomes a question mark."""
    return typed.encode("utf-8", "replace").decode()


def packed(conversation: Conversation) -> str:
    """A conversation as JSON: `[article, [[question, [sentence, ...], article], ...]]`."""
    turns = [[text(turn.question), turn.sentences, turn.article] for turn in conversation.turns]
    return json.dumps([conversation.article, turns], ensure_ascii=False, separators=(",", ":"))


def unpacked(written: str) -> Conversation:
    """What `packed` wrote."""
    article, turns = json.loads(written)
    return Conversation(tuple(Turn(question, tuple(numbers), of) for question, numbers, of in turns), article)
