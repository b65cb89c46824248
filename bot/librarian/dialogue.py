"""Questions to a library with what came before them: a librarian, and the conversations that people have with it."""

from collections.abc import Hashable
from dataclasses import replace

from bot.answer import Abstention, Answer
from bot.conversation import Conversation, Conversations, Memory, Turn
from bot.librarian.librarian import Librarian
from bot.librarian.narrowing import narrowed
from index.errors import UnknownArticle
from index.library.model import Scope
from index.library.protocol import EVERYTHING
from index.owner import Owner


class LibraryDialogue:
    """Answers a person's questions in a place, each in the light of those before; safe to call from several threads.

    A turn remembers the article that was quoted first; what was said of one owner's articles is never read on in
    another's.

    Attributes:
        librarian: answers.
        conversations: what was asked and quoted so far.
    """

    def __init__(self, librarian: Librarian, conversations: Memory | None = None) -> None:
        """Join a librarian and conversations, new ones if None."""
        self.librarian = librarian
        self.conversations: Memory = Conversations() if conversations is None else conversations

    def ask(  # noqa: PLR0913 - the options of `Librarian.ask`, and whose question it is
        self,
        owner: Owner,
        question: str,
        person: Hashable = "",
        place: Hashable = "",
        *,
        scope: Scope = EVERYTHING,
        since: Conversation | None = None,
        top: int | None = None,
        threshold: float | None = None,
    ) -> Answer | Abstention:
        """Answer a question, and remember it.

        Args:
            owner: whose articles.
            question: in words, at most 1,000 characters.
            person: who asks.
            place: where.
            scope: see `Librarian.ask`.
            since: what to take for the conversation so far instead of what is remembered, as for a reply to an old
                message.
            top: see `Librarian.ask`.
            threshold: see `Librarian.ask`.

        Raises:
            PullquoteError: as `Librarian.ask`; nothing is remembered then.
        """
        key = (owner, place)
        before = since if since is not None else self.conversations.get(person, key)
        result = self.librarian.ask(
            owner, question, scope=scope, top=top, threshold=threshold, conversation=before or Conversation()
        )
        self.conversations.put(person, key, self._after(owner, before or Conversation(), result))
        return result

    def _after(self, owner: Owner, before: Conversation, result: Answer | Abstention) -> Conversation:
        """The conversation with the turn that an answer ends; about the article quoted last, if any was."""
        # What narrowed it is no part of the question that a follow-up takes over.
        result = replace(result, question=narrowed(result.question)[0])
        source = result.quotes[0].citation.source if isinstance(result, Answer) and result.quotes else None
        if source is None or not isinstance(result, Answer):
            question = result.read_as or result.question
            return before.after(Turn(question))
        try:
            index = self.librarian.assistant(owner, source.entry.number).index
        except UnknownArticle:  # removed a moment ago
            return before.after(Turn(result.question))
        quoted = tuple(q for q in result.quotes if q.citation.source == source)
        turn = replace(Turn.of(replace(result, quotes=quoted), index), article=source.entry.id)
        return Conversation(before.turns, source.entry.id).after(turn)

    def forget(self, owner: Owner, person: Hashable = "", place: Hashable = "") -> bool:
        """Forget the conversation of a person in a place; whether there was one."""
        return self.conversations.forget(person, (owner, place))
