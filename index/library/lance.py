"""The library in LanceDB, for several machines that share one folder or one bucket: `pip install 'pullquote[scale]'`.

LanceDB keeps the articles, one table an owner, one row an article (`index.library.lance_table`). Each machine derives
from them what is searched (`index.library.view`), by the code of the embedded library, so that both give the same
answers. The view of an owner is brought up to date before anything is read of it: with nothing new, that is one look at
the table's version.
"""

import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from index.article import Article
from index.errors import LibraryError, UnknownArticle
from index.library.canonical import canonical
from index.library.changes import changes
from index.library.lance_table import Table, connect, owners
from index.library.model import Addition, Candidates, Changes, Entry, Quota, Scope, Size, Skipped
from index.library.protocol import CANDIDATES, EVERYTHING
from index.library.quota import QUOTAS, check
from index.library.view import View
from index.owner import Owner
from index.phrases import N_

AT_ONCE = 100
"""Articles that are read of a table at once: half a megabyte."""

TIDY = 200
"""Commits of this process to a table, after which it is tidied."""


FRESH = 1.0
"""Seconds for which what was read of object storage is taken for the newest: an answer looks a dozen times, and each
look is a request. What this process changes, it sees at once."""


class LanceLibrary:
    """`Library` in LanceDB, which several threads, processes and machines may have open."""

    def __init__(
        self, place: str, *, view: Path, quotas: Mapping[str, Quota] = QUOTAS, fresh: float | None = None
    ) -> None:
        """Connect to the place.

        Args:
            place: a folder, or an address (`s3://bucket/prefix`); keys and endpoint of object storage are taken from
                its usual variables (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT`, ...).
            view: this machine's file of what it has read; made if need be, and again if it is lost.
            quotas: kind of owner -> what it may have. What several machines add at one moment may go over it.
            fresh: seconds for which what was read is taken for the newest; None for `FRESH` at an address, and 0
                in a folder.

        Raises:
            LibraryError: LanceDB is not installed, or the place or the file cannot be opened.
        """
        self._place = place
        self._fresh = (FRESH if "://" in place else 0.0) if fresh is None else fresh
        self._looked: dict[Owner, float] = {}
        self._quotas = quotas
        self._database = connect(place)
        self._tables: dict[Owner, Table] = {}
        self._commits: dict[Owner, int] = defaultdict(int)
        self._guard = threading.Lock()
        self._locks: dict[Owner, threading.Lock] = defaultdict(threading.Lock)
        self._view = View(view)

    def close(self) -> None:
        """Let go of the place and of the view; nothing can be called afterwards."""
        with self._guard:
            self._database = None
            self._tables.clear()
        self._view.close()

    def _table(self, owner: Owner, *, make: bool = False) -> Table | None:
        """The owner's table, or None who has none."""
        with self._guard:
            if self._database is None:
                raise LibraryError(N_("The library is closed."))
            found = self._tables.get(owner)
        if found is None:
            try:
                found = Table(self._database, self._place, owner, make=make)
            except FileNotFoundError:
                return None
            with self._guard:
                found = self._tables.setdefault(owner, found)
        return found

    def _read(self, owner: Owner, *, newest: bool = False) -> View:
        """The view, with all that the owner has by now, or had a moment ago unless it must be the newest."""
        with self._guard:
            lock, looked = self._locks[owner], self._looked.get(owner)
        if not newest and looked is not None and time.monotonic() - looked < self._fresh:
            return self._view
        table = self._table(owner)
        with lock:
            looked = time.monotonic()
            while table is not None and not self._read_on(table, owner):
                pass
        with self._guard:
            self._looked[owner] = looked
        return self._view

    def _read_on(self, table: Table, owner: Owner) -> bool:
        """Take over what is new; whether that is all."""
        since, latest = self._view.version(owner), table.latest()
        if since == latest:
            return True
        there, held = table.rows(), self._view.held(owner)
        gone = [number for number in held if number not in there]
        changed = [number for number, row in there.items() if held.get(number) != row.held]
        # The order in which they were changed is the order of their passages: the same on every machine.
        changed.sort(key=lambda number: (there[number].held.version, number))
        doubles: list[str] = []
        for start in range(0, max(len(changed), 1), AT_ONCE):
            chosen = changed[start : start + AT_ONCE]
            last = start + AT_ONCE >= len(changed)
            versions = table.read(there, chosen) if chosen else []
            done = self._view.apply(owner, since, gone, versions, latest if last else since)
            if done is None:
                return False
            doubles += done
            gone = []
        if doubles:
            table.remove(doubles)
            return False
        return True

    def _made(self, owner: Owner) -> Table:
        """The owner's table, made if need be."""
        table = self._table(owner, make=True)
        assert table is not None  # noqa: S101 - it was made
        return table

    def _committed(self, owner: Owner) -> View:
        """The view after a commit."""
        with self._guard:
            self._commits[owner] += 1
            commits = self._commits[owner]
        if commits % TIDY == 0:
            self._made(owner).tidy()
        return self._read(owner, newest=True)

    def add(self, owner: Owner, article: Article, *, at: int) -> Addition:
        """Add an article, unless the owner has its text or its canonical address already."""
        return self.add_all(owner, [article], at=at)[0]

    def add_all(self, owner: Owner, articles: Iterable[Article], *, at: int) -> tuple[Addition, ...]:
        """Add articles, all or none; faster than one by one."""
        view = self._read(owner, newest=True)
        new: dict[str, Article] = {}
        batch: dict[str, tuple[str, Skipped]] = {}
        plan: list[tuple[Entry, Skipped] | tuple[str, Skipped | None]] = []
        for article in articles:
            url = canonical(article.url)
            there = view.known(owner, article) or batch.get(article.id) or (batch.get(url) if url else None)
            if there is None:
                key = uuid.uuid4().hex
                new[key] = article
                batch[article.id] = key, Skipped.SAME_TEXT
                if url:
                    batch.setdefault(url, (key, Skipped.SAME_URL))
            plan.append(there or (key, None))
        if new:
            size, more = view.size(owner), sum(len(article.text) for article in new.values())
            total = Size(size.articles + len(new), size.passages, size.characters + more)
            check(total, self._quotas[owner.kind])
            self._made(owner).append(list(new.items()), at)
            view = self._committed(owner)
        numbers = view.numbers(owner, new)
        additions: list[Addition] = []
        for what, why in plan:
            entry, skipped = what, why
            if isinstance(entry, str):
                if entry in numbers:
                    entry = view.entry(owner, numbers[entry])
                else:  # another machine added it at the same moment, and was first
                    entry, skipped = _first(view, owner, new[entry])
            also = tuple(other for other in view.also_in(owner, [entry.story]) if other.number != entry.number)
            additions.append(Addition(entry, skipped, also))
        return tuple(additions)

    def refresh(self, owner: Owner, number: int, article: Article, *, at: int) -> Changes:
        """Put an article's new version in its place, under the same number."""
        while True:
            view = self._read(owner, newest=True)
            old, entry = view.article(owner, number), view.entry(owner, number)
            if old == article:
                return Changes(entry)
            size = view.size(owner)
            characters = size.characters - len(old.text) + len(article.text)
            check(Size(size.articles, size.passages, characters), self._quotas[owner.kind])
            since = entry.added if old.id == article.id else at
            done = self._made(owner).replace(view.held(owner)[number].key, old, article, since)
            view = self._committed(owner)
            if done:
                return Changes(view.entry(owner, number), *changes(old, article))

    def remove(self, owner: Owner, number: int) -> Entry:
        """Remove an article, and all that was derived from it."""
        while True:
            view = self._read(owner, newest=True)
            entry = view.entry(owner, number)
            done = self._made(owner).remove([view.held(owner)[number].key])
            self._committed(owner)
            if done:
                return entry

    def erase(self, owner: Owner) -> int:
        """Remove all that the owner has; how many articles that was."""
        table = self._table(owner)
        if table is None or not self._read(owner, newest=True).size(owner).articles:
            return 0
        count = table.clear()
        table.tidy()
        self._committed(owner)
        return count

    def entries(self, owner: Owner, *, matching: str = "", after: int = 0, limit: int = 25) -> tuple[Entry, ...]:
        """The owner's articles, in the order of their numbers."""
        return self._read(owner).entries(owner, matching=matching, after=after, limit=limit)

    def entry(self, owner: Owner, number: int) -> Entry:
        """An article by its number."""
        return self._read(owner).entry(owner, number)

    def find(self, owner: Owner, id: str) -> Entry | None:  # noqa: A002 - the article's own word
        """An article by the id of its text, or None."""
        return self._read(owner).find(owner, id)

    def article(self, owner: Owner, number: int) -> Article:
        """An article with its text."""
        return self._read(owner).article(owner, number)

    def also_in(self, owner: Owner, stories: Iterable[int]) -> tuple[Entry, ...]:
        """The owner's articles of these stories, in the order of their numbers."""
        return self._read(owner).also_in(owner, stories)

    def size(self, owner: Owner) -> Size:
        """How much the owner has."""
        return self._read(owner).size(owner)

    def candidates(
        self, owner: Owner, terms: Sequence[str], *, limit: int = CANDIDATES, scope: Scope = EVERYTHING
    ) -> Candidates:
        """The best passages by BM25 over all of the owner's passages, as `index.retriever` computes it."""
        return self._read(owner).candidates(owner, terms, limit=limit, scope=scope)

    def spellings(self, owner: Owner, prefix: str) -> tuple[str, ...]:
        """How words are spelt in the owner's articles, those whose term begins so, each once, in order."""
        return self._read(owner).spellings(owner, prefix)

    def owners(self) -> tuple[Owner, ...]:
        """All that have an article, in order; for whoever runs the program, never for an owner to see."""
        return self._everything().owners()

    def _everything(self) -> View:
        """The view of all owners, also of those of whom only this machine still has something."""
        with self._guard:
            database = self._database
        if database is None:
            raise LibraryError(N_("The library is closed."))
        for owner in {*owners(database, self._place), *self._view.seen()}:
            self._read(owner, newest=True)
        return self._view

    def backup(self, path: Path) -> None:
        """Write a copy of everything, as a library in SQLite, to a file that only its owner may read."""
        self._everything().backup(path)


def _first(view: View, owner: Owner, article: Article) -> tuple[Entry, Skipped]:
    """The article that another machine added a moment before this one."""
    found = view.known(owner, article)
    if found is None:
        raise UnknownArticle(N_("The article was removed while it was added: add it again."))
    return found
