"""A claim -> the sentences of the article that may bear it out or differ from it, judged, best first."""

import weakref
from dataclasses import dataclass
from functools import lru_cache

from bot.assistant import Assistant
from bot.claims.alignment import BESIDE, Surroundings, align
from bot.claims.anatomy import Anatomy, anatomy
from bot.claims.comparison import compare
from bot.claims.judging import Judgement, judge
from bot.claims.report import Span, Verdict
from bot.ranking.ranker import load_weights
from bot.ranking.view import view_of
from index.analyzer import terms
from index.article import Kind, Sentence
from index.indexer import Index

CANDIDATES = 8
"""Sentences compared with each claim: the ranker's best."""

_BONUS = {Verdict.SUPPORTS: 3.2, Verdict.DIFFERS: 3.0, Verdict.NOT_FOUND: 0.0}
"""Added to a coverage, which has 0..1: one that differs goes before one that supports only where it is much nearer."""


_PRONOUNS = frozenset("he she it they his her its their this that these those".split())


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence, compared with a claim.

    Attributes:
        sentence: the sentence.
        judgement: what it is to the claim.
        agreeing: marks in it of numbers, dates and names that agree.
        before: the sentence before it in its paragraph where words of the claim stand only there, else None.
    """

    sentence: Sentence
    judgement: Judgement
    agreeing: tuple[Span, ...] = ()
    before: Sentence | None = None


class Matcher:
    """Compares claims with one article; made for each text, what it knows of the article is kept with the index."""

    def __init__(self, assistant: Assistant) -> None:
        """Take an assistant's article and ranker."""
        self.index: Index = assistant.index
        self._ranker = assistant.ranker
        self._known = _known_of(assistant.index)

    def anatomy(self, text: str) -> Anatomy:
        """Take a claim apart in the light of the article's names and date."""
        return self._known.anatomy(text)

    def matches(self, claim: Anatomy) -> list[Match]:
        """Compare a claim with the sentences that the ranker finds for it.

        Returns:
            those that support it first, then those that differ, then the rest; the better first.
        """
        if not claim.tokens:
            return []
        ranked = self._ranker.rank(self.index, claim.text).sentences[:CANDIDATES]
        found = [self._match(claim, r.sentence) for r in ranked]
        return sorted(found, key=lambda m: (-_rank(m.judgement), m.sentence.number))

    def _match(self, claim: Anatomy, sentence: Sentence) -> Match:
        """Compare a claim with a sentence."""
        written = self._known.sentence(sentence)
        around = self._known.around(sentence)
        pairs = align(claim, written, around)
        found = compare(claim, written, pairs)
        judged = judge(claim, written, pairs, found)
        names = [
            written.tokens[pair.at] for n, pair in sorted(pairs.items()) if n in claim.name_at and pair.at != BESIDE
        ]
        agreeing = [mark for _, mark in found.agreeing] + [(t.start, t.end) for t in names]
        leaning = any(pair.at == BESIDE and claim.tokens[n].term in around.nearby for n, pair in pairs.items())
        before = self._known.before(sentence) if leaning else None
        return Match(sentence, judged, tuple(sorted(set(agreeing))), before)


def _rank(judged: Judgement) -> float:
    """By what sentences are put in order."""
    return _BONUS[judged.verdict] + judged.coverage


class _Known:
    """What the check knows of an article."""

    def __init__(self, index: Index) -> None:
        self._index = index
        view = view_of(index)
        self._stats = load_weights().words
        self._names: frozenset[str] = frozenset()
        self._topic = frozenset(terms(index.article.title or ""))
        self._position = {s.number: n for n, s in enumerate(index.prose)}
        carried: dict[int, set[str]] = {}
        for term, places in view.carried.items():
            for place in places:
                carried.setdefault(place, set()).add(term)
        self._carried = {n: frozenset(found) for n, found in carried.items()}
        alone = [self.anatomy(s.text) for s in index.prose]
        self._names = frozenset(a.tokens[p].term for a in alone for p in a.name_at)
        self._sentence = lru_cache(maxsize=4_096)(self.anatomy)

    def anatomy(self, text: str) -> Anatomy:
        """Take a text apart."""
        return anatomy(text, self._index.article.published, self._stats, self._names)

    def sentence(self, sentence: Sentence) -> Anatomy:
        """Take a sentence of the article apart; kept."""
        return self._sentence(sentence.text)

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before one in the same paragraph."""
        if sentence.number == 0:
            return None
        before = self._index.sentences[sentence.number - 1]
        return before if before.kind is Kind.BODY and before.paragraph == sentence.paragraph else None

    def around(self, sentence: Sentence) -> Surroundings:
        """What a sentence is read with."""
        before = self.before(sentence)
        nearby = frozenset(self._index.terms(before)) if before else frozenset()
        carried = self._carried.get(self._position.get(sentence.number, -1), frozenset())
        opening = next((t.term for t in self._index.tokens(sentence)), "")
        return Surroundings(carried, nearby, self._topic, points_back=opening in _PRONOUNS)


_knowledge: weakref.WeakKeyDictionary[Index, _Known] = weakref.WeakKeyDictionary()


def _known_of(index: Index) -> _Known:
    """What is known of an index's article, worked out once and kept as long as the index lives."""
    known = _knowledge.get(index)
    if known is None:
        known = _knowledge[index] = _Known(index)
    return known
