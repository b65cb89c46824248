"""Scores sentences for a question."""

from dataclasses import dataclass
from typing import Protocol

from index.article import Sentence
from index.indexer import Index


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with its score.

    Attributes:
        sentence: the sentence.
        score: the higher the better, 0..1, comparable within one question.
        bm25: its BM25 score over the article's sentences, >= 0.
    """

    sentence: Sentence
    score: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a ranker makes of a question.

    Attributes:
        sentences: best first; ties by position.
        confidence: calibrated probability that the first sentence answers, 0..1.
    """

    sentences: tuple[RankedSentence, ...]
    confidence: float


class Ranker(Protocol):
    """Anything that ranks an article's prose sentences for a question."""

    def rank(self, index: Index, question: str) -> Ranking:
        """Rank the article's prose sentences; those that match nothing may be left out."""
        ...


class BM25Ranker:
    """Sentence BM25, mixed with the best BM25 of the passages around."""

    def rank(self, index: Index, question: str) -> Ranking:
        """Rank every prose sentence with a score above zero."""
        from index.analyzer import terms

        query = terms(question)
        scores = index.sentence_retriever.scores(query)
        passages = index.passage_retriever.scores(query)
        best = max(float(scores.max(initial=0.0)), 1e-9)
        best_passage = max(float(passages.max(initial=0.0)), 1e-9)
        ranked = []
        for sentence, score in zip(index.prose, scores, strict=True):
            around = max(float(passages[p.number - 1]) for p in index.passages_by_sentence[sentence.number])
            mixed = 0.7 * float(score) / best + 0.3 * around / best_passage
            if mixed > 0:
                ranked.append(RankedSentence(sentence, mixed, float(score)))
        ranked.sort(key=lambda r: (-r.score, r.sentence.number))
        covered = sum(index.sentence_retriever.idf(t) for t in set(query) if t in index.sentence_retriever)
        wanted = sum(index.sentence_retriever.idf(t) for t in set(query))
        return Ranking(tuple(ranked), min(1.0, covered / wanted) if ranked and wanted else 0.0)
