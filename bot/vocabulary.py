"""The words of a library: which of a question's it uses, and which it likely means where one is misspelt."""

import re
from collections.abc import Sequence

from bot.answer import Correction
from bot.question import MIN_LENGTH, nearest
from index.analyzer import terms, tokens
from index.library.model import Candidates
from index.library.protocol import Library
from index.owner import Owner

_NONE = 0
"""Passages asked for where only the frequencies of terms are wanted."""


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
    known = library.candidates(owner, terms(question), limit=_NONE).frequencies
    pieces: list[str] = []
    corrections: list[Correction] = []
    position = 0
    for token in tokens(question):
        typed = question[token.start : token.end]
        bare = re.sub(r"['’]s$", "", typed)
        if token.stop or known.get(token.term) or len(bare) < MIN_LENGTH or not bare.isalpha():
            continue
        spellings: Sequence[str] = library.spellings(owner, token.term[:1])
        near = nearest(bare.casefold(), spellings, names=False)
        if near is None:
            continue
        corrections.append(Correction(bare, near))
        pieces += [question[position : token.start], near, typed[len(bare) :]]
        position = token.end
    return "".join([*pieces, question[position:]]), tuple(corrections)
