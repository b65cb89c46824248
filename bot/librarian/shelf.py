"""The indexes of articles of a library that were asked of late, kept in memory so far as a bound allows."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from bot.assistant import Assistant
from index.article import Article, Passage
from index.errors import UnknownArticle
from index.library.model import Entry
from index.library.protocol import Library
from index.owner import Owner
from index.splitter import passages_of, sentences_of

CHARACTERS = 300_000
"""Of all the articles whose indexes are kept: some 100 of news. An index takes about 180 bytes a character, in so many
small objects that Python's collector of garbage would hold up an answer if there were thousands of them."""

_ATTEMPTS = 3
"""To read an article and what the library lists of it from one state, where it is being refreshed."""


class Shelf:
    """Assistants on single articles of a library; the one that rested longest goes first. Safe to use from threads.

    Attributes:
        characters: of the articles that are kept.
    """

    def __init__(self, library: Library, make: Callable[[Article], Assistant], *, characters: int = CHARACTERS) -> None:
        """Start empty.

        Args:
            library: has the articles.
            make: makes an assistant on an article.
            characters: of the articles that are kept, at most; the one asked last is kept whatever its length.
        """
        self._library = library
        self._make = make
        self._most = characters
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Owner, Entry], Assistant] = OrderedDict()
        self.characters = 0

    def __len__(self) -> int:
        """Articles that are kept."""
        with self._lock:
            return len(self._kept)

    def take(self, owner: Owner, number: int, entry: Entry | None = None) -> tuple[Entry, Assistant]:
        """The assistant on an article, and what the library lists of the article.

        Args:
            owner: whose.
            number: of the article.
            entry: what the library listed a moment ago; None to look it up.

        Raises:
            UnknownArticle: the owner has no article of that number (any more).
            LibraryError: the library cannot be read.
        """
        for _attempt in range(_ATTEMPTS):
            entry = entry or self._library.entry(owner, number)
            # What is listed changes with the text, so that an index is never taken for that of another version.
            key = (owner, entry)
            with self._lock:
                found = self._kept.get(key)
                if found is not None:
                    self._kept.move_to_end(key)
                    return entry, found
            article = self._library.article(owner, number)
            if article.id == entry.id:
                made = self._make(article)
                self._keep(key, made)
                return entry, made
            entry = None
        raise UnknownArticle("Article {number} is being changed; ask again in a moment.", number=number)

    def passage(self, owner: Owner, entry: Entry, number: int) -> tuple[Article, Passage] | None:
        """A passage of an article as the library listed it a moment ago, without an index of the article.

        Returns:
            the article and the passage; None where it was removed, or got another text meanwhile.

        Raises:
            LibraryError: the library cannot be read.
        """
        with self._lock:
            found = self._kept.get((owner, entry))
        if found is not None:
            article, passages = found.article, found.index.passages
        else:
            try:
                article = self._library.article(owner, entry.number)
            except UnknownArticle:
                return None
            if article.id != entry.id:
                return None
            passages = passages_of(article, sentences_of(article))
        return (article, passages[number - 1]) if number <= len(passages) else None

    def _keep(self, key: tuple[Owner, Entry], made: Assistant) -> None:
        with self._lock:
            if key in self._kept:  # another thread was as quick
                return
            self._kept[key] = made
            self.characters += key[1].characters
            while self.characters > self._most and len(self._kept) > 1:
                (_owner, entry), _gone = self._kept.popitem(last=False)
                self.characters -= entry.characters
