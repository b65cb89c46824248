"""What each owner is answered from: their library, or the operator's article where they have none of their own.

Whose it is comes from where an interaction happens (`bot.discord.keeping.owner_of`), never from what a button or an
option says, and every look into the library names that owner.
"""

import asyncio
import contextvars
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.librarian import Librarian
from bot.library_dialogue import LibraryDialogue
from bot.loading import open_library
from bot.records.worker import Watch
from bot.settings import Settings
from bot.translation import N_
from index.analyzer import terms
from index.errors import CommandError, LibraryError, LibraryFull, UnknownArticle
from index.indexer import Index
from index.library.model import Entry, Scope
from index.library.protocol import EVERYTHING, Library
from index.owner import Owner

log = logging.getLogger(__name__)

T = TypeVar("T")


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

ADDS_AT_ONCE = 3
"""Things of one owner that are fetched and read at the same time."""

WORKERS = 4
"""Threads that look into the library and read files; answers are worked out by others."""

GONE = N_("This belongs to an article that is not in the library here, or was changed since; ask your question again.")
EMPTY = N_("There is no article in the library yet; {command} adds one.")


class Libraries:
    """The library, what answers from it, and the operator's article."""

    def __init__(self, own: Dialogue, settings: Settings, watch: Watch = lambda _outcome, _seconds: None) -> None:
        """Prepare; `open` opens the library.

        Args:
            own: answers from the operator's article, and has the conversations.
            settings: say where the library is, how much it may hold, and how answers are made.
            watch: is told how each thing done with the library went.
        """
        self._watch = watch
        self._own = own
        self._settings = settings
        self._library: Library | None = None
        self._dialogue: LibraryDialogue | None = None
        self._executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="library")
        self._rooms: WeakValueDictionary[Owner, asyncio.Semaphore] = WeakValueDictionary()

    def open(self) -> None:
        """Open the library; where that is impossible the bot goes on without one, and says so when one is wanted."""
        try:
            self._library = open_library(self._settings)
        except LibraryError as error:
            log.warning("There is no library. %s", error)
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
        self._executor.shutdown(wait=True, cancel_futures=True)
        library, self._library, self._dialogue = self._library, None, None
        if library is not None:
            library.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a library."""
        return self._library is not None

    @property
    def library(self) -> Library:
        """The library.

        Raises:
            LibraryError: there is none.
        """
        if self._library is None:
            raise LibraryError("The library cannot be used just now; tell the operator if it stays so.")
        return self._library

    async def run(self, function: Callable[[Library], T]) -> T:
        """Do something with the library, in a thread.

        Raises:
            LibraryError: there is none.
        """
        library = self.library
        begun, outcome = time.perf_counter(), "done"
        try:
            return await self.thread(lambda: function(library))
        except LibraryError as error:
            # What somebody may not, or what there is not, is no failure of the library's.
            outcome = "done" if isinstance(error, LibraryFull | UnknownArticle) else "failed"
            raise
        finally:
            self._watch(outcome, time.perf_counter() - begun)

    async def thread(self, function: Callable[[], T]) -> T:
        """Run what blocks in a thread; the language in force here is in force there."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._executor, context.run, function)

    def has(self, owner: Owner) -> bool:
        """Whether an owner has articles of their own; blocks.

        Raises:
            LibraryError: the library cannot be read.
        """
        return self._library is not None and self._library.size(owner).articles > 0

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
        result = self._own.ask(question, person, place, since=since, threshold=threshold)
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

    def remembered(self, owner: Owner, article: str, person: int, place: int) -> Conversation | None:
        """What is remembered of the conversation of a person in a place, about the operator's article or a library.

        Args:
            owner: whose articles.
            article: `Article.id` that was quoted.
            person: who asked.
            place: where.
        """
        own = article == self._own.assistant.index.article.id
        return self._own.conversations.get(person, place if own else (owner, place))

    def forget(self, owner: Owner, person: int, place: int) -> bool:
        """Forget the conversation of a person in a place; whether there was one."""
        own = self._own.forget(person, place)
        return (self._dialogue is not None and self._dialogue.forget(owner, person, place)) or own

    def room(self, owner: Owner) -> asyncio.Semaphore:
        """Where what an owner adds waits its turn, so that one owner's much leaves room for others'."""
        room = self._rooms.get(owner)
        if room is None:
            room = self._rooms[owner] = asyncio.Semaphore(ADDS_AT_ONCE)
        return room

    async def count(self, owner: Owner) -> int:
        """How many articles an owner has.

        Raises:
            LibraryError: the library cannot be read.
        """
        return await self.run(lambda library: library.size(owner).articles) if self.is_open else 0

    async def all_of(self, owner: Owner, most: int) -> tuple[tuple[Entry, str | None], ...]:
        """All articles of an owner with their texts; without any text where they are too long.

        Args:
            owner: whose.
            most: characters of all texts.

        Raises:
            LibraryError: the library cannot be read.
        """

        def read(library: Library) -> tuple[tuple[Entry, str | None], ...]:
            size = library.size(owner)
            entries = library.entries(owner, limit=size.articles + 1)
            whole = size.characters <= most
            return tuple((e, library.article(owner, e.number).text if whole else None) for e in entries)

        return await self.run(read) if self.is_open else ()

    async def erase(self, owner: Owner) -> int:
        """Remove all that an owner has; how many articles that was.

        Raises:
            LibraryError: the library cannot be written.
        """
        return await self.run(lambda library: library.erase(owner)) if self.is_open else 0


def empty() -> CommandError:
    """What to say where there is no article."""
    from bot.commands import LIBRARY_ADD

    return CommandError(EMPTY, command=LIBRARY_ADD.shown)


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())
