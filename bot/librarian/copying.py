"""Copies libraries and what the bot keeps beside them from one place to another: `pullquote library copy`.

Articles keep their numbers, which messages in Discord and the people there refer to. A store gives numbers in order and
none twice, so that the number of an article that was removed is passed over by adding a stand-in and removing it again.
What is there already stays; a copy that was broken off goes on where it was.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from bot.records import Belongings, Records
from index.article import Article, Paragraph
from index.library.canonical import canonical
from index.library.model import Entry, Quota
from index.library.protocol import Library
from index.owner import Owner

UNLIMITED = {kind: Quota(2**62, 2**62) for kind in ("server", "person", "shell")}
"""What was let in once is let in again, whatever the quotas are now."""

ALL = 2**31 - 1

AT_ONCE = 100
"""Articles that are added in one transaction, at most."""

STAND_IN = "pullquote:stand-in"
"""The source of an article that stands for one that was removed."""


@dataclass(slots=True)
class Copied:
    """What came of copying.

    Attributes:
        libraries: owners that have articles.
        articles: articles that were copied.
        known: articles that were there already.
        renumbered: articles that were copied and have another number there.
        owners: owners of whom the bot keeps something.
    """

    libraries: int = 0
    articles: int = 0
    known: int = 0
    renumbered: int = 0
    owners: int = 0


def copy_libraries(source: Library, target: Library, copied: Copied) -> None:
    """Copy the articles of all owners.

    Args:
        source: where they are; it is not changed.
        target: where they are to be; without limits for an owner (`UNLIMITED`).
        copied: counts.

    Raises:
        LibraryError: one of them cannot be read or written; what was copied until then is there.
    """
    for owner in source.owners():
        copied.libraries += 1
        _Shelf(source, target, owner, copied).copy()


def copy_records(source: Records, target: Records, copied: Copied) -> None:
    """Copy votes, unanswered questions, counts and settings of all owners, and who has left.

    Args:
        source: where they are; it is not changed.
        target: where they are to be.
        copied: counts.

    Raises:
        RecordsError: one of them cannot be read or written; what was copied until then is there.
    """
    departed = source.departed()
    for owner in source.owners():
        belongings = Belongings(
            source.votes(owner, 0, ALL),
            source.refusals(owner, 0, ALL),
            source.tallies(owner, dt.date.min),
            source.settings(owner),
        )
        if belongings != Belongings():
            copied.owners += 1
            target.take_over(owner, belongings)
            if owner in departed:
                target.depart(owner, departed[owner])


class _Shelf:
    """One owner's articles."""

    def __init__(self, source: Library, target: Library, owner: Owner, copied: Copied) -> None:
        self._source = source
        self._target = target
        self._owner = owner
        self._copied = copied
        self._next = 1
        self._at = 0
        self._batch: list[tuple[int, Article]] = []

    def copy(self) -> None:
        """Copy them, in the order of their numbers."""
        there = self._there()
        ids = {entry.id for entry in there.values()}
        for entry in _entries(self._source, self._owner):
            if entry.id in ids:
                self._copied.known += 1
            elif entry.number in there and _is_version_of(entry, there[entry.number]):
                self._renew(entry, there[entry.number])
            else:
                self._add(entry)
        self._flush()

    def _there(self) -> dict[int, Entry]:
        """What the target has, by number; stand-ins of a copy that was broken off are taken away."""
        found = {}
        for entry in list(_entries(self._target, self._owner)):
            self._next = entry.number + 1
            if entry.source == STAND_IN:
                self._target.remove(self._owner, entry.number)
            else:
                found[entry.number] = entry
        return found

    def _renew(self, entry: Entry, there: Entry) -> None:
        """An article that was refreshed since it was copied."""
        if entry.added <= there.added:
            self._copied.known += 1
            return
        article = self._source.article(self._owner, entry.number)
        self._target.refresh(self._owner, there.number, article, at=entry.added)
        self._copied.articles += 1

    def _add(self, entry: Entry) -> None:
        """Add an article before long, under its own number where that is still to be given."""
        if entry.added != self._at:
            self._flush()
            self._at = entry.added
        for number in range(self._next, entry.number):
            self._put(number, _stand_in(number))
        self._put(entry.number, self._source.article(self._owner, entry.number))

    def _put(self, number: int, article: Article) -> None:
        self._batch.append((number, article))
        self._next = max(self._next, number) + 1
        if len(self._batch) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        """Add what waits, all at once; what stands in for others goes again."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        additions = self._target.add_all(self._owner, [article for _, article in batch], at=self._at)
        for (number, article), addition in zip(batch, additions, strict=True):
            if article.source == STAND_IN:
                self._target.remove(self._owner, addition.entry.number)
            elif addition.skipped:
                self._copied.known += 1
            else:
                self._copied.articles += 1
                self._copied.renumbered += addition.entry.number != number
        self._next = max(addition.entry.number for addition in additions) + 1


def _entries(library: Library, owner: Owner) -> Iterator[Entry]:
    """All articles of an owner, in the order of their numbers."""
    after = 0
    while page := library.entries(owner, after=after, limit=1_000):
        yield from page
        after = page[-1].number


def _is_version_of(entry: Entry, other: Entry) -> bool:
    """Whether two articles of one number are the same one, before and after it was refreshed."""
    address = canonical(entry.url)
    return address == canonical(other.url) if address else entry.source == other.source != ""


def _stand_in(number: int) -> Article:
    text = f"{STAND_IN} {number}"
    return Article(text, paragraphs=(Paragraph(1, 0, len(text), text),), source=STAND_IN)
