"""A question and the conversation before it -> the question to ask."""

from bot.conversation.history import Conversation
from bot.conversation.resolved import Resolved
from index.indexer import Index


def resolve(question: str, conversation: Conversation | None, index: Index) -> Resolved:
    """Read a question in the light of what came before; pure, never raises.

    A question that stands alone comes back unchanged.

    Args:
        question: one line, as `bot.question.clean` makes it.
        conversation: what came before; None or empty where nothing did.
        index: the index of the article that the conversation is about.
    """
    del conversation, index
    return Resolved(question)
