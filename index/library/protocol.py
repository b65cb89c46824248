"""What a library does. An engine implements `Library`; nothing else of it is used.

Every method names the owner, and sees and changes what is that owner's alone. Each is one transaction: it happens whole
or not at all, also when the process is killed in the middle of it, and reads one state. Methods block, and may be
called from any thread.

Raises, all methods: LibraryError: the library cannot be read or written.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from index.article import Article
from index.library.model import Addition, Candidates, Changes, Entry, Scope, Size
from index.owner import Owner

CANDIDATES = 300
"""Passages that are returned for a question."""

EVERYTHING = Scope()
"""All articles of an owner."""


class Library(Protocol):
    """Many articles, kept, each its owner's."""

    def add(self, owner: Owner, article: Article, *, at: int) -> Addition:
        """Add an article, unless the owner has its text or its canonical address already.

        Raises:
            LibraryFull: the owner has as much as is allowed.
        """

    def add_all(self, owner: Owner, articles: Iterable[Article], *, at: int) -> tuple[Addition, ...]:
        """Add articles, all or none; faster than one by one. Other writers wait meanwhile: some hundred at a time.

        Raises:
            LibraryFull: the owner would have more than is allowed; none is added then.
        """

    def refresh(self, owner: Owner, number: int, article: Article, *, at: int) -> Changes:
        """Put an article's new version in its place, under the same number.

        Raises:
            UnknownArticle: the owner has no article of that number.
            LibraryFull: the owner would have more text than is allowed.
        """

    def remove(self, owner: Owner, number: int) -> Entry:
        """Remove an article, and all that was derived from it.

        Raises:
            UnknownArticle: the owner has no article of that number.
        """

    def erase(self, owner: Owner) -> int:
        """Remove all that the owner has; how many articles that was."""

    def entries(self, owner: Owner, *, matching: str = "", after: int = 0, limit: int = 25) -> tuple[Entry, ...]:
        """The owner's articles, in the order of their numbers.

        Args:
            owner: whose.
            matching: only those whose headline, address or source holds this, whatever the case; "" is all.
            after: only those of a higher number: where the page before ended.
            limit: at most so many.
        """

    def entry(self, owner: Owner, number: int) -> Entry:
        """An article by its number.

        Raises:
            UnknownArticle: the owner has no article of that number.
        """

    def find(self, owner: Owner, id: str) -> Entry | None:  # noqa: A002 - the article's own word
        """An article by the id of its text, or None."""

    def article(self, owner: Owner, number: int) -> Article:
        """An article with its text.

        Raises:
            UnknownArticle: the owner has no article of that number.
        """

    def also_in(self, owner: Owner, stories: Iterable[int]) -> tuple[Entry, ...]:
        """The owner's articles of these stories, in the order of their numbers."""

    def size(self, owner: Owner) -> Size:
        """How much the owner has."""

    def candidates(
        self, owner: Owner, terms: Sequence[str], *, limit: int = CANDIDATES, scope: Scope = EVERYTHING
    ) -> Candidates:
        """The best passages by BM25 over all of the owner's passages, as `index.retriever` computes it.

        Args:
            owner: whose.
            terms: of the question, as `index.analyzer` makes them; one that repeats counts as often as it stands.
            limit: at most so many; 0 for the frequencies of the terms alone, which costs next to nothing.
            scope: only passages of these articles; the statistics stay those of all.
        """

    def spellings(self, owner: Owner, prefix: str) -> tuple[str, ...]:
        """How words are spelt in the owner's articles, those whose term begins so, each once, in order."""

    def owners(self) -> tuple[Owner, ...]:
        """All that have an article, in order; for whoever runs the program, never for an owner to see."""

    def backup(self, path: Path) -> None:
        """Write a copy of everything, as of one moment, to a file that only its owner may read; for whoever runs it."""

    def close(self) -> None:
        """Let go of the library; nothing can be called afterwards."""
