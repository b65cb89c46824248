"""The words of a library: which of a question's it uses, and which it likely means where one is misspelt."""

from bot.answer import Correction
from bot.question import is_english, nearest, respelled
from index.analyzer import terms, tokens
from index.library.model import Candidates
from index.library.protocol import Library
from index.owner import Owner

_NONE = 0
"""Passages asked for where only the frequencies of terms are wanted."""

_MANY = 200_000
"""Passages of a library from which its words take 30 ms and more to read, so that the dictionary of English, which is
loaded once, is asked first."""


def missing(question: str, found: Candidates) -> tuple[str, ...]:
    """The question's words, as typed, that carry a topic and stand in no passage of the owner's; each once."""
    lacking: dict[str, str] = {}
    for token in tokens(question):
        if not token.stop and not found.frequencies.get(token.term):
            lacking.setdefault(token.term, question[token.start : token.end])
    return tuple(lacking.values())


def corrected(question: str, library: Library, owner: Owner) -> tuple[str, tuple[Correction, ...]]:
    """Read misspelt words as words of the owner's articles.

    As `bot.question.correct` does it for one article, but two typing errors are forgiven in long words alone and the
    first letter must be right: among the names of thousands of articles, something stands near to anything.

    Returns:
        the question with those words replaced, and what was replaced, in order.
    """
    found = library.candidates(owner, terms(question), limit=_NONE)
    known = {term for term, passages in found.frequencies.items() if passages}

    def near(term: str, word: str) -> str | None:
        if found.size >= _MANY and is_english(word):
            return None  # as `nearest` would find in the end
        return nearest(word, library.spellings(owner, term[:1]), names=False)

    return respelled(question, known, near)
