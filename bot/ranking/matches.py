"""How the sentences of an article meet the terms of a question: matrices of (term, sentence).

m is the number of the question's terms, n the number of the article's sentences.
"""

from dataclasses import dataclass

import numpy as np

from bot.ranking.query import Query
from bot.ranking.synonyms import synonyms
from bot.ranking.view import ArticleView, Floats, grams
from bot.ranking.wordstats import WH_PREFIX, WordStats

_PEER = 0.6
"""Weight of a synonym, against 1 for the word itself."""

_CARRIED = 0.8
"""Weight of a term that a pronoun or a surname stands for."""

_BEFORE, _BEHIND = 0.8, 0.7
"""Weights of a term in the sentence before and in the one behind."""

_SURE = 3.0
"""Lift from which a translation counts like the word itself: twenty times as often as by chance."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Matrices of shape (m, n), values 0..1 unless said otherwise.

    Attributes:
        exact: 1 where the sentence holds the term.
        soft: the same, a synonym counting less.
        carried: the same, with what pronouns and surnames stand for.
        before: `soft` of the sentence before.
        behind: `soft` of the sentence behind.
        window: the best of the sentence and its neighbours.
        reached: the best of `carried` and of the sentence before.
        translated: `soft`, or how surely a learned translation stands there.
        lifts: the largest lift of a translation, >= 0.
        kind_lift: shape (n,), sum of the lifts of the question's kind ("when" lifts "in"), >= 0.
        introduces: 1 where the sentence is the article's first with the term.
        unmet: shape (m,), 1 where no sentence of the article holds the term.
    """

    exact: Floats
    soft: Floats
    carried: Floats
    before: Floats
    behind: Floats
    window: Floats
    reached: Floats
    translated: Floats
    lifts: Floats
    kind_lift: Floats
    introduces: Floats
    unmet: Floats


def matches_of(view: ArticleView, query: Query, stats: WordStats) -> Matches:
    """Compare a question's terms with an article; both hold at least one."""
    exact, soft, carried = _presence(view, query)
    before, behind = np.zeros_like(soft), np.zeros_like(soft)
    before[:, 1:] = soft[:, :-1]
    behind[:, :-1] = soft[:, 1:]
    lifts, kind_lift = _translated(view, query, stats)
    introduces = np.zeros_like(exact)
    for row, term in enumerate(query.terms):
        if term in view.first:
            introduces[row, view.first[term]] = 1.0
    return Matches(
        exact=exact,
        soft=soft,
        carried=carried,
        before=before,
        behind=behind,
        window=np.maximum(np.maximum(soft, _BEFORE * before), _BEHIND * behind),
        reached=np.maximum(carried, 0.7 * before),
        translated=np.maximum(soft, np.minimum(1.0, lifts / _SURE)),
        lifts=lifts,
        kind_lift=kind_lift / np.sqrt(view.lengths + 5.0),
        introduces=introduces,
        unmet=1.0 - exact.max(axis=1),
    )


def _presence(view: ArticleView, query: Query) -> tuple[Floats, Floats, Floats]:
    """(exact, with synonyms, with carried terms), each of shape (m, n), values 0..1."""
    shape = (len(query.terms), view.size)
    exact = np.zeros(shape)
    peers = synonyms()
    for row, term in enumerate(query.terms):
        if term in view.terms:
            exact[row, view.terms[term]] = 1.0
    soft = exact.copy()
    for row, term in enumerate(query.terms):
        for peer in peers.get(term, ()):
            if peer in view.terms:
                at = view.terms[peer]
                soft[row, at] = np.maximum(soft[row, at], _PEER)
    carried = soft.copy()
    for row, term in enumerate(query.terms):
        if term in view.carried:
            at = view.carried[term]
            carried[row, at] = np.maximum(carried[row, at], _CARRIED)
    return exact, soft, carried


def _translated(view: ArticleView, query: Query, stats: WordStats) -> tuple[Floats, Floats]:
    """(lift of each term, shape (m, n); lift of the question's kind, shape (n,)), both >= 0."""
    lifts = np.zeros((len(query.terms), view.size))
    for row, term in enumerate(query.terms):
        for other, lift in stats.translations.get(term, {}).items():
            if other in view.words:
                at = view.words[other]
                lifts[row, at] = np.maximum(lifts[row, at], lift)
    kind = np.zeros(view.size)
    for other, lift in stats.translations.get(WH_PREFIX + query.expected.kind, {}).items():
        if other in view.words:
            kind[list(view.words[other])] += lift
    return lifts, kind


def gram_overlap(view: ArticleView, query: Query) -> Floats:
    """Share of the question's character n-grams, weighted by rarity in the article, shape (n,), 0..1."""
    found = np.zeros(view.size)
    total = 0.0
    for gram in sorted(set().union(*(grams(t) for t in query.terms))) if query.terms else []:
        at = view.with_gram(gram)
        weight = float(np.log1p(view.size / (0.5 + len(at))))
        total += weight
        found[at] += weight
    return found / total if total else found
