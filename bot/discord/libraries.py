"""What each owner is answered from: their library, or the operator's article where they have none of their own.

Whose it is comes from where an interaction happens (`bot.discord.keeping.owner_of`), never from what a button or an
option says, and every look into the library names that owner.
"""

from dataclasses import dataclass

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.discord.opened import OpenLibrary
from bot.librarian.dialogue import LibraryDialogue
from bot.librarian.librarian import Librarian
from bot.records.worker import Watch
from bot.settings import Settings
from bot.translation import N_
from index.analyzer import terms
from index.errors import CommandError, LibraryError, UnknownArticle
from index.indexer import Index
from index.library.model import Entry, Scope
from index.library.protocol import EVERYTHING
from index.owner import Owner


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a question.

    Attributes:
        result: the answer or abstention.
        index: of the article that was quoted first or came closest; None where there is none.
        own: whether it is from the operator's article, for want of a library.
    """

    result: Answer | Abstention
    index: Index | None
    own: bool


MOST_TERMS = 400
"""Terms of a text by which the article that it is about is found."""

GONE = N_("This belongs to an article that is not in the library here, or was changed since; ask your question again.")
EMPTY = N_("There is no article in the library yet; {command} adds one.")


class Libraries(OpenLibrary):
    """The library, what answers from it, and the operator's article."""

    def __init__(self, own: Dialogue, settings: Settings, watch: Watch = lambda _outcome, _seconds: None) -> None:
        """Prepare; `open` opens the library.

        Args:
            own: answers from the operator's article, and has the conversations.
            settings: say where the library is, how much it may hold, and how answers are made.
            watch: is told how each thing done with the library went.
        """
        super().__init__(settings, watch)
        self._own = own
        self._dialogue: LibraryDialogue | None = None

    def open(self) -> None:
        """Open the library, and make what answers from it."""
        super().open()
        if self._library is None:
            return
        librarian = Librarian(
            self._library,
            ranker=self._own.assistant.ranker,
            quotes=self._settings.quotes,
            threshold=self._settings.threshold,
        )
        self._dialogue = LibraryDialogue(librarian, self._own.conversations)

    def close(self) -> None:
        """Let go of the library; blocks until nothing uses it any more."""
        super().close()
        self._dialogue = None

    def ask(  # noqa: PLR0913 - a question with all that bears on it
        self,
        owner: Owner,
        question: str,
        person: int,
        place: int,
        *,
        scope: Scope = EVERYTHING,
        since: Conversation | None = None,
        threshold: float | None = None,
    ) -> Answered:
        """Answer a question from what its owner has; blocks.

        Args:
            owner: whose articles.
            question: as it was typed.
            person: who asks.
            place: where.
            scope: which of the articles.
            since: the conversation so far, where it is not the one that is remembered.
            threshold: overrides the operator's.

        Raises:
            PullquoteError: it cannot be asked.
        """
        if self._dialogue is not None and self.has(owner):
            result = self._dialogue.ask(owner, question, person, place, scope=scope, since=since, threshold=threshold)
            return Answered(result, self._first_index(owner, result), own=False)
        if scope != EVERYTHING:
            raise empty()
        result = self._own.ask(question, person, (owner, place), since=since, threshold=threshold)
        return Answered(result, self._own.assistant.index, own=self.is_open)

    def _first_index(self, owner: Owner, result: Answer | Abstention) -> Index | None:
        """The index of the article that was quoted first or came closest."""
        if isinstance(result, Answer):
            sources = [quote.citation.source for quote in result.quotes]
        else:
            sources = [*result.sources, *(item.source for item in result.trace.considered)]
        first = next((source for source in sources if source is not None), None)
        if first is None:
            return None
        try:
            index = self.numbered(owner, first.entry.number).index
        except UnknownArticle:  # removed a moment ago
            return None
        return index if index.article.id == first.entry.id else None

    def entry(self, owner: Owner, article: str) -> Entry | None:
        """The article that a button names, as the library lists it, or None where it is the operator's; blocks.

        Raises:
            CommandError: the owner has no such article.
            LibraryError: the library cannot be read.
        """
        if article == self._own.assistant.index.article.id:
            return None
        entry = self._library.find(owner, article) if self._library is not None else None
        if entry is None:
            raise CommandError(GONE)
        return entry

    def index(self, owner: Owner, article: str) -> Index:
        """The index of the article that a button names: the operator's, or one of the owner's; blocks.

        Args:
            owner: whose, by the place where the button is pressed.
            article: `Article.id`.

        Raises:
            CommandError: the owner has no such article.
            LibraryError: the library cannot be read.
        """
        return self.assistant(owner, article).index

    def assistant(self, owner: Owner, article: str) -> Assistant:
        """The assistant on the article that a button names; see `index`.

        Raises:
            CommandError: the owner has no such article.
            LibraryError: the library cannot be read.
        """
        entry = self.entry(owner, article)
        return self._own.assistant if entry is None else self._of(owner, entry)

    def numbered(self, owner: Owner, number: int) -> Assistant:
        """The assistant on an article of the owner's, by its number; blocks.

        Raises:
            UnknownArticle: the owner has no article of that number.
            LibraryError: the library cannot be read.
        """
        return self._of(owner, self.library.entry(owner, number))

    def _of(self, owner: Owner, entry: Entry) -> Assistant:
        if self._dialogue is None:
            raise LibraryError("The library cannot be used just now; tell the operator if it stays so.")
        return self._dialogue.librarian.assistant(owner, entry.number)

    def nearest(self, owner: Owner, text: str) -> Assistant:
        """The assistant on the article that a text is most likely about: the operator's, or one of the owner's; blocks.

        Args:
            owner: whose articles.
            text: any.

        Raises:
            CommandError: none of several articles has a word of it.
            LibraryError: the library cannot be read.
        """
        if self._library is None or not self.has(owner):
            return self._own.assistant
        found = self._library.candidates(owner, terms(text)[:MOST_TERMS], limit=1).passages
        if found:
            return self.numbered(owner, found[0].article)
        if self._library.size(owner).articles == 1:
            return self._of(owner, self._library.entries(owner, limit=1)[0])
        raise CommandError("No article of the library is about this.")

    def remembered(self, owner: Owner, person: int, place: int) -> Conversation | None:
        """What is remembered of the conversation of a person in a place.

        Args:
            owner: whose articles it is about.
            person: who asked.
            place: where.
        """
        return self._own.conversations.get(person, (owner, place))

    def forget(self, owner: Owner, person: int, place: int) -> bool:
        """Forget the conversation of a person in a place; whether there was one; blocks.

        Raises:
            RecordsError: it is written down, and that cannot be erased.
        """
        return self._own.forget(person, (owner, place))


def empty() -> CommandError:
    """What to say where there is no article."""
    from bot.commands import LIBRARY_ADD

    return CommandError(EMPTY, command=LIBRARY_ADD.shown)
