"""What a library holds and finds: entries, candidate passages, and what came of adding and refreshing.

Times are whole seconds since 1970 (UTC). An article has a number in its owner's library, from 1 on, which stays the
same when it is refreshed and is never given again; its `id` (`Article.id`) is its text's and changes with it.
"""

import datetime as dt
import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a list shows it.

    Attributes:
        number: in its owner's library, >= 1.
        id: `Article.id`, of its text as it is now.
        title: the headline, or None.
        byline: who wrote it, or None.
        published: the day of publication, or None.
        url: where it stands on the web, or None.
        source: where it was read from, to show to a person.
        added: when it was added, or refreshed with another text.
        characters: of its text.
        passages: how many it has.
        story: number of the first article with nearly the same text; its own where there was none.
    """

    number: int
    id: str
    title: str | None
    byline: str | None
    published: dt.date | None
    url: str | None
    source: str
    added: int
    characters: int
    passages: int
    story: int

    @property
    def publisher(self) -> str | None:
        """Who published it: the host of its address without "www.", or None."""
        try:
            host = urlsplit(self.url or "").hostname
        except ValueError:
            return None
        return host.removeprefix("www.") if host else None


class Skipped(enum.StrEnum):
    """Why an article was not added again."""

    SAME_TEXT = "same_text"
    SAME_URL = "same_url"


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of adding an article.

    Attributes:
        entry: the article in the library; the one that was there already if it was skipped.
        skipped: why it was not added, or None.
        also_in: other entries with nearly the same text, in the order of their numbers.
    """

    entry: Entry
    skipped: Skipped | None = None
    also_in: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different after a refresh, in the order of the texts.

    Attributes:
        entry: the article as it is now.
        added: sentences that are new.
        removed: sentences that are gone.
    """

    entry: Entry
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class Size:
    """How much an owner has.

    Attributes:
        articles: how many.
        passages: of all of them.
        characters: of all their texts.
    """

    articles: int = 0
    passages: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Quota:
    """How much an owner may have.

    Attributes:
        articles: how many.
        characters: of all their texts.
    """

    articles: int
    characters: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles are searched; the default is all.

    An article without a date is in no scope that has one.

    Attributes:
        since: published on that day or later.
        before: published before that day.
        articles: numbers of the articles; None is all.
    """

    since: dt.date | None = None
    before: dt.date | None = None
    articles: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that holds a term of the question.

    Attributes:
        article: number of its article.
        passage: its number in the article, >= 1.
        start: offset of its first character in `Article.text`.
        end: offset behind its last character.
        score: its BM25 score over all passages of the owner, > 0.
    """

    article: int
    passage: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best passages for a question, with what is known of its terms.

    Attributes:
        passages: best first; equal scores in the order in which their articles were added, or refreshed with another
            text, then of the article.
        size: passages in the owner's library, whatever the scope.
        frequencies: term -> passages of the owner that hold it, for every term of the question.
        entries: the articles of these passages, by number.
    """

    passages: tuple[Candidate, ...] = ()
    size: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict)
    entries: Mapping[int, Entry] = field(default_factory=dict)

    def idf(self, term: str) -> float:
        """Inverse document frequency of a term of the question over the owner's passages, as Lucene computes it."""
        found = self.frequencies.get(term, 0)
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))
