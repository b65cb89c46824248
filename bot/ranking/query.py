"""A question, taken apart for the ranker."""

import re
from dataclasses import dataclass

import numpy as np

from bot.english.expected import Expected, expected_type
from bot.ranking.view import ArticleView, Floats, pairs
from bot.ranking.wordstats import WordStats
from index.analyzer import tokens

_SAYING = r"(?i)\b(?:say|says|said|tell|told|claim\w*|quote\w*|statement|comment\w*|warn\w*|ask\w*|announce\w*)\b"
_NEGATION = r"(?i)\b(?:not|no|never|without)\b|n['’]t\b"


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart.

    Attributes:
        terms: its distinct terms, in order; m below.
        pairs: its neighbouring terms.
        expected: what it asks for.
        weights: shape (m,), mean of the article's and the background inverse document frequency.
        rare: shape (m,), the background inverse document frequency alone.
        names: shape (m,), 1 where the term is (part of) a name.
        numbers: shape (m,), 1 where the term is a number.
        saying: whether it asks for what somebody said.
        negated: whether it holds a negation.
    """

    terms: tuple[str, ...]
    pairs: tuple[str, ...]
    expected: Expected
    weights: Floats
    rare: Floats
    names: Floats
    numbers: Floats
    saying: bool
    negated: bool


def parse(view: ArticleView, question: str, stats: WordStats) -> Query:
    """Take a question apart."""
    found = [t for t in tokens(question) if not t.stop]
    ordered = tuple(dict.fromkeys(t.term for t in found))
    capital = {t.term for t in found if t.start > 0 and question[t.start].isupper()}
    rare = np.array([stats.rare(t) for t in ordered])
    local = np.array([view.retriever.idf(t) for t in ordered])
    return Query(
        terms=ordered,
        pairs=tuple(dict.fromkeys(pairs([t.term for t in found]))),
        expected=expected_type(question),
        weights=(rare + local) / 2,
        rare=rare,
        names=np.array([float(t in capital or t in view.names) for t in ordered]),
        numbers=np.array([float(t[0].isdigit()) for t in ordered]),
        saying=re.search(_SAYING, question) is not None,
        negated=re.search(_NEGATION, question) is not None,
    )
