"""Looks words up in a library: the passages that hold them, without ranking their sentences."""

from dataclasses import dataclass

from index.analyzer import terms
from index.errors import QuestionError, UnknownArticle
from index.library.model import Entry, Scope
from index.library.protocol import EVERYTHING, Library
from index.owner import Owner

HITS = 10
"""Passages that are shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds words that were looked for.

    Attributes:
        entry: its article.
        passage: its number in the article.
        text: the passage.
        score: its BM25 score, > 0.
    """

    entry: Entry
    passage: int
    text: str
    score: float


def look_up(
    library: Library, owner: Owner, words: str, *, scope: Scope = EVERYTHING, most: int = HITS
) -> tuple[Hit, ...]:
    """The best passages by BM25, one of each article, best first.

    Args:
        library: has the articles.
        owner: whose.
        words: what to look for.
        scope: which of the articles.
        most: passages at most.

    Raises:
        QuestionError: there is no word to look for.
        LibraryError: the library cannot be read.
    """
    wanted = terms(words)
    if not wanted:
        raise QuestionError("There is no word to look for; type one that is not as common as “the”.")
    found = library.candidates(owner, wanted, scope=scope)
    hits: dict[int, Hit] = {}
    for candidate in found.passages:
        if candidate.article in hits:
            continue
        entry = found.entries[candidate.article]
        try:
            article = library.article(owner, candidate.article)
        except UnknownArticle:  # removed a moment ago
            continue
        if article.id != entry.id:  # refreshed a moment ago
            continue
        text = article.text[candidate.start : candidate.end]
        hits[candidate.article] = Hit(entry, candidate.passage, text, candidate.score)
        if len(hits) == most:
            break
    return tuple(hits.values())
