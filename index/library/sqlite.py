"""The library in one SQLite file: texts, passages and index change together, in one transaction."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from index.article import Article
from index.database import check_version, open_file, snapshot, told, transaction
from index.errors import LibraryError
from index.library import inverted, rows
from index.library.bm25 import best, weights
from index.library.changes import changes
from index.library.changing import News, put_in, settle, take_out
from index.library.document import ANALYSIS, Document, document
from index.library.migrations import bring_up
from index.library.model import Addition, Candidate, Candidates, Changes, Entry, Quota, Scope, Size, Skipped
from index.library.protocol import CANDIDATES, EVERYTHING
from index.library.quota import QUOTAS, check
from index.library.upkeep import copy, reindex
from index.owner import Owner
from index.phrases import N_

_CACHE = 16_000
"""Kilobytes of pages that a connection keeps in memory."""


class SQLiteLibrary:
    """`Library` in a file, which several threads and processes may have open."""

    def __init__(self, path: Path, *, quotas: Mapping[str, Quota] = QUOTAS) -> None:
        """Open the file, made if need be; only its owner may read it.

        Args:
            path: the file. The bot's records may be in it too.
            quotas: kind of owner -> what it may have.

        Raises:
            LibraryError: it cannot be opened, is damaged, is no file of ours, or was written by a newer version.
        """
        self._path = path
        self._quotas = quotas
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._guard = threading.Lock()
        # SQLite has one writer at a time; threads of one process queue here and not by asking again and again.
        self._pen = threading.RLock()
        with self._connection() as connection, told(path, LibraryError):
            bring_up(connection, path)

    def close(self) -> None:
        """Let go of the file; what lies in the write-ahead log moves into it."""
        with self._guard, told(self._path, LibraryError):
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile."""
        with self._guard:
            if self._closed:
                raise LibraryError(N_("The library is closed."))
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = open_file(self._path, LibraryError, any_thread=True)
            connection.execute(f"PRAGMA cache_size = -{_CACHE:d}")
        try:
            yield connection
        finally:
            with self._guard:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection, told(self._path, LibraryError), snapshot(connection):
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._pen, self._connection() as connection, told(self._path, LibraryError), transaction(connection):
            yield connection

    def add(self, owner: Owner, article: Article, *, at: int) -> Addition:
        """Add an article, unless the owner has its text or its canonical address already."""
        return self.add_all(owner, [article], at=at)[0]

    def add_all(self, owner: Owner, articles: Iterable[Article], *, at: int) -> tuple[Addition, ...]:
        """Add articles, all or none; faster than one by one."""
        # What takes long is done before anybody has to wait for it.
        return self._add(owner, [(one, None if self._has(owner, one) else document(one)) for one in articles], at)

    def add_documents(self, owner: Owner, documents: Iterable[Document], *, at: int) -> tuple[Addition, ...]:
        """Add articles that are analysed already, as `add_all` adds others."""
        return self._add(owner, [(one.article, one) for one in documents], at)

    def _add(self, owner: Owner, prepared: list[tuple[Article, Document | None]], at: int) -> tuple[Addition, ...]:
        outcome: list[tuple[int, Skipped | None]] = []
        with self._writing() as connection:
            shelf = self._shelf(connection, owner)
            news: News = {}
            for article, ready in prepared:
                known = rows.known(connection, shelf.id, article)
                number, skipped = known or (shelf.next_number, None)
                if skipped is None:
                    # It may have been removed in between.
                    put_in(connection, shelf, news, number, ready or document(article), at=at)
                outcome.append((number, skipped))
            check(shelf.size, self._quotas[owner.kind])
            settle(connection, shelf, news)
            there = [(rows.entry(connection, shelf, number), skipped) for number, skipped in outcome]
            return tuple(Addition(entry, skipped, rows.others(connection, shelf, entry)) for entry, skipped in there)

    def _has(self, owner: Owner, article: Article) -> bool:
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            return shelf is not None and rows.known(connection, shelf.id, article) is not None

    def _shelf(self, connection: sqlite3.Connection, owner: Owner) -> rows.Shelf:
        """What an owner has, to be changed; made if need be, and its terms as this version makes them."""
        shelf = rows.new_shelf(connection, owner)
        if self._outdated(shelf):
            reindex(connection, shelf)
        return shelf

    def _outdated(self, shelf: rows.Shelf) -> bool:
        check_version(self._path, shelf.analysis, ANALYSIS, LibraryError)
        return shelf.analysis < ANALYSIS

    def refresh(self, owner: Owner, number: int, article: Article, *, at: int) -> Changes:
        """Put an article's new version in its place, under the same number."""
        new = document(article)
        while True:
            old = self.article(owner, number)
            if old == article:
                return Changes(self.entry(owner, number))
            gone, different = document(old), changes(old, article)
            with self._writing() as connection:
                shelf = self._shelf(connection, owner)
                row, first, now = rows.article_at(connection, shelf, number)
                if now != old:
                    continue  # somebody else was quicker
                before = rows.entry(connection, shelf, number)
                take_out(connection, shelf, row, first, gone)
                since = before.added if before.id == article.id else at
                news: News = {}
                put_in(connection, shelf, news, number, new, at=since, row=row)
                check(shelf.size, self._quotas[owner.kind])
                settle(connection, shelf, news)
                return Changes(rows.entry(connection, shelf, number), *different)

    def remove(self, owner: Owner, number: int) -> Entry:
        """Remove an article, and all that was derived from it."""
        while True:
            old = self.article(owner, number)
            gone = document(old)
            with self._writing() as connection:
                shelf = self._shelf(connection, owner)
                row, first, now = rows.article_at(connection, shelf, number)
                if now != old:
                    continue  # somebody else was quicker
                entry = rows.entry(connection, shelf, number)
                take_out(connection, shelf, row, first, gone)
                rows.save(connection, shelf)
                return entry

    def erase(self, owner: Owner) -> int:
        """Remove all that the owner has; how many articles that was."""
        with self._writing() as connection:
            shelf = rows.shelf(connection, owner)
            if shelf is None:
                return 0
            inverted.drop(connection, shelf.id)
            rows.drop(connection, shelf)
        # What was erased does not lie in the log any longer.
        with self._connection() as connection, told(self._path, LibraryError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return shelf.articles

    def entries(self, owner: Owner, *, matching: str = "", after: int = 0, limit: int = 25) -> tuple[Entry, ...]:
        """The owner's articles, in the order of their numbers."""
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            return rows.listed(connection, shelf, matching, after, limit) if shelf else ()

    def entry(self, owner: Owner, number: int) -> Entry:
        """An article by its number."""
        with self._reading() as connection:
            return rows.entry(connection, rows.shelf(connection, owner), number)

    def find(self, owner: Owner, id: str) -> Entry | None:  # noqa: A002 - the article's own word
        """An article by the id of its text, or None."""
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            return rows.with_text(connection, shelf, id) if shelf else None

    def article(self, owner: Owner, number: int) -> Article:
        """An article with its text."""
        with self._reading() as connection:
            return rows.article_at(connection, rows.shelf(connection, owner), number)[2]

    def also_in(self, owner: Owner, stories: Iterable[int]) -> tuple[Entry, ...]:
        """The owner's articles of these stories, in the order of their numbers."""
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            return rows.of_stories(connection, shelf, stories) if shelf else ()

    def size(self, owner: Owner) -> Size:
        """How much the owner has."""
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            return shelf.size if shelf else Size()

    def candidates(
        self, owner: Owner, terms: Sequence[str], *, limit: int = CANDIDATES, scope: Scope = EVERYTHING
    ) -> Candidates:
        """The best passages by BM25 over all of the owner's passages, as `index.retriever` computes it."""
        self._bring_up(owner)
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            if shelf is None:
                return Candidates(frequencies=dict.fromkeys(terms, 0))
            if limit < 1:
                return Candidates((), shelf.passages, inverted.frequencies(connection, shelf.id, terms))
            postings = inverted.read(connection, shelf.id, terms)
            frequencies = {term: len(postings.get(term, ())) for term in terms}
            weighted = {
                term: (found.passages, weights(found, shelf.passages, shelf.terms / shelf.passages, len(found)))
                for term, found in postings.items()
            }
            within = None if scope == EVERYTHING else rows.within(connection, shelf, scope)
            numbers, scores = best(terms, weighted, end=shelf.next_passage, limit=limit, within=within)
            places = rows.places(connection, shelf, sorted(numbers.tolist()))
            found_there = [
                (places[number], score) for number, score in zip(numbers.tolist(), scores.tolist(), strict=True)
            ]
            return Candidates(
                tuple(Candidate(at.entry.number, at.passage, at.start, at.end, score) for at, score in found_there),
                shelf.passages,
                frequencies,
                {at.entry.number: at.entry for at, _ in found_there},
            )

    def _bring_up(self, owner: Owner) -> None:
        """Index anew what an older version has indexed."""
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
        if shelf is not None and self._outdated(shelf):
            with self._writing() as connection:
                self._shelf(connection, owner)

    def spellings(self, owner: Owner, prefix: str) -> tuple[str, ...]:
        """How words are spelt in the owner's articles, those whose term begins so, each once, in order."""
        self._bring_up(owner)
        with self._reading() as connection:
            shelf = rows.shelf(connection, owner)
            return tuple(sorted(inverted.spellings(connection, shelf.id, prefix))) if shelf else ()

    def owners(self) -> tuple[Owner, ...]:
        """All that have an article, in order; for whoever runs the program, never for an owner to see."""
        with self._reading() as connection:
            found = connection.execute("SELECT owner FROM libraries WHERE articles > 0").fetchall()
        return tuple(sorted(Owner.parse(name) for (name,) in found))

    def backup(self, path: Path) -> None:
        """Write a copy of everything, as of one moment, to a file that only its owner may read."""
        with self._connection() as connection:
            copy(connection, self._path, path)
