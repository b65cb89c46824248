"""Questions with what came before them: an assistant, and the conversations that people have with it."""

from collections.abc import Hashable
from dataclasses import replace

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.conversation import Conversation, Conversations, Memory, Turn


class Dialogue:
    """Answers a person's questions in a place, each in the light of those before; safe to call from several threads.

    Attributes:
        assistant: answers.
        conversations: what was asked and quoted so far.
    """

    def __init__(self, assistant: Assistant, conversations: Memory | None = None) -> None:
        """Join an assistant and conversations, new ones if None."""
        self.assistant = assistant
        self.conversations: Memory = Conversations() if conversations is None else conversations

    def ask(  # noqa: PLR0913 - the options of `Assistant.ask`, and whose question it is
        self,
        question: str,
        person: Hashable = "",
        place: Hashable = "",
        *,
        since: Conversation | None = None,
        top: int | None = None,
        threshold: float | None = None,
    ) -> Answer | Abstention:
        """Answer a question, and remember it.

        Args:
            question: in words, at most 1,000 characters.
            person: who asks.
            place: where.
            since: what to take for the conversation so far instead of what is remembered, as for a reply to an
                old message.
            top: see `Assistant.ask`.
            threshold: see `Assistant.ask`.

        Raises:
            QuestionError: the question is empty, too long, or holds no word; nothing is remembered then.
            CitationError: a quote would not have been the article's text (a bug).
        """
        index = self.assistant.index
        before = since if since is not None else self.conversations.get(person, place)
        if before is None or before.article not in ("", index.article.id):
            before = Conversation()
        result = self.assistant.ask(question, top=top, threshold=threshold, conversation=before)
        # The article is named, because the place may have a library later on.
        turn = replace(Turn.of(result, index), article=index.article.id)
        after = Conversation(before.turns, index.article.id).after(turn)
        self.conversations.put(person, place, after)
        return result

    def forget(self, person: Hashable = "", place: Hashable = "") -> bool:
        """Forget the conversation of a person in a place; whether there was one."""
        return self.conversations.forget(person, place)
