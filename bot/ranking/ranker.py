"""Scores sentences for a question."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from bot.ranking.confidence import confidence_features
from bot.ranking.features import Candidates, candidates_for
from bot.ranking.forest import Forest, read_forest
from bot.ranking.view import view_of
from bot.ranking.wordstats import WEIGHTS, WordStats, read_word_stats
from index.analyzer import terms
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

    def rank(self, index: Index, question: str, near: Collection[int] = ()) -> Ranking:
        """Rank the article's prose sentences; those that match nothing may be left out.

        Args:
            index: the article's index.
            question: in words.
            near: numbers of sentences (of `Index.sentences`) that deserve a look however few words they share with it;
                a ranker that looks at all of them alike need not heed it.
        """
        ...


class BM25Ranker:
    """Sentence BM25, mixed with the best BM25 of the passages around; the learned ranker's simple peer."""

    def rank(self, index: Index, question: str, near: Collection[int] = ()) -> Ranking:  # noqa: ARG002 - looks at all
        """Rank every prose sentence with a score above zero."""
        query = terms(question)
        scores = index.sentence_retriever.scores(query)
        passages = index.passage_retriever.scores(query)
        best = max(float(scores.max(initial=0.0)), 1e-9)
        best_passage = max(float(passages.max(initial=0.0)), 1e-9)
        ranked = []
        for sentence, score in zip(index.prose, scores, strict=True):
            around = max(float(passages[p.number - 1]) for p in index.passages_by_sentence[sentence.number])
            mixed = round(0.7 * float(score) / best + 0.3 * around / best_passage, 6)
            if mixed > 0:
                ranked.append(RankedSentence(sentence, mixed, float(score)))
        ranked.sort(key=lambda r: (-r.score, r.sentence.number))
        covered = sum(index.sentence_retriever.idf(t) for t in set(query) if t in index.sentence_retriever)
        wanted = sum(index.sentence_retriever.idf(t) for t in set(query))
        return Ranking(tuple(ranked), min(1.0, covered / wanted) if ranked and wanted else 0.0)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Raw score -> probability, sigmoid(slope * raw + offset) (Platt, 1999)."""

    slope: float
    offset: float

    @overload
    def __call__(self, raw: float) -> float: ...
    @overload
    def __call__(self, raw: NDArray[np.float64]) -> NDArray[np.float64]: ...
    def __call__(self, raw: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
        """The probability, 0..1, rounded to six decimals."""
        found = np.round(1.0 / (1.0 + np.exp(-(self.slope * np.asarray(raw) + self.offset))), 6)
        return float(found) if found.ndim == 0 else found


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was learned.

    Attributes:
        words: rarity and translations of words.
        ranker: scores sentences.
        confidence: scores rankings.
        sentence: the ranker's score -> probability that the sentence answers an answerable question.
        answer: the confidence's score -> probability that the first sentence answers.
    """

    words: WordStats
    ranker: Forest
    confidence: Forest
    sentence: Calibration
    answer: Calibration


def save_calibrations(path: Path, sentence: Calibration, answer: Calibration) -> None:
    """Write the two calibrations."""
    path.write_text(json.dumps({"sentence": asdict(sentence), "answer": asdict(answer)}, indent=2) + "\n", "utf-8")


@cache
def load_weights(folder: Path = WEIGHTS) -> Weights:
    """The shipped weights."""
    found = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    return Weights(
        read_word_stats(folder / "words.npz"),
        read_forest(folder / "ranker.npz"),
        read_forest(folder / "confidence.npz"),
        Calibration(**found["sentence"]),
        Calibration(**found["answer"]),
    )


_VAGUE = frozenset(
    terms("happened happening happens about topic subject main point summary summarize gist news event new go going")
)
"""Terms of questions about the story as a whole."""


def is_vague(question: str) -> bool:
    """Whether a question asks for the story as a whole, or for nothing that could be told ("Why?")."""
    return set(terms(question)) <= _VAGUE


LEAD = 3
"""Sentences given for a question about the story as a whole: news tells it at the start."""

LEAD_CONFIDENCE = 0.5
"""Confidence of the lead for such a question: it tells the story, though seldom in one sentence."""

BARE_CONFIDENCE = 0.2
"""Confidence of the lead for a question without any word of its own ("Why?"): nobody can tell what it asks."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Sentences worth considering, scored by their words.

    Attributes:
        found: the candidates, k of them.
        raw: shape (k,), scores; the higher the better.
        weights: what scored them.
    """

    found: Candidates
    raw: NDArray[np.float64]
    weights: Weights

    @property
    def confidence(self) -> float:
        """Probability that the best one answers, 0..1; worked out when it is asked for."""
        weights = self.weights
        return float(weights.answer(weights.confidence.predict(confidence_features(self.found, self.raw)))[0])


class LexicalRanker:
    """Learned from questions on news and encyclopedia articles; reads words, no meaning."""

    def __init__(self, weights: Weights | None = None) -> None:
        """Take weights, the shipped ones if None."""
        self._weights = weights or load_weights()

    def rank(self, index: Index, question: str, near: Collection[int] = ()) -> Ranking:  # noqa: ARG002 - words alone
        """Rank the sentences worth considering, at most `bot.ranking.features.CANDIDATES`.

        Returns:
            an empty ranking of confidence 0 where the article holds no word of the question; the first sentences
            where the question has no word of its own ("What happened?").
        """
        scored = self.score(index, question)
        if isinstance(scored, Ranking):
            return scored
        found, raw = scored.found, scored.raw
        if (found.unmet_soft == 1).all():
            return Ranking((), 0.0)
        scores = self._weights.sentence(raw)
        order = np.argsort(-scores, kind="stable").tolist()
        ranked = tuple(
            RankedSentence(index.prose[int(found.positions[i])], float(scores[i]), float(found.bm25[i])) for i in order
        )
        return Ranking(ranked, scored.confidence)

    def score(self, index: Index, question: str) -> "Scored | Ranking":
        """Score the sentences worth considering; the whole ranking where there is nothing to score."""
        query = terms(question)
        if is_vague(question):
            return (
                self._lead(index, LEAD_CONFIDENCE if query else BARE_CONFIDENCE)
                if question.strip()
                else Ranking((), 0.0)
            )
        weights = self._weights
        found = candidates_for(view_of(index), question, weights.words)
        if not len(found.positions):
            return Ranking((), 0.0)
        return Scored(found, weights.ranker.predict(found.matrix), weights)

    def _lead(self, index: Index, confidence: float) -> Ranking:
        first: Sequence[Sentence] = index.opening[:LEAD]
        ranked = tuple(RankedSentence(s, round(confidence / (1 + i), 6), 0.0) for i, s in enumerate(first))
        return Ranking(ranked, confidence if ranked else 0.0)


LEXICAL_THRESHOLD = 0.12
"""Confidence of this ranker below which a question is better refused.

Cross-validated, it refuses 13 % of the questions that a news article answers (6 % of those whose first sentence is
right) and 10 % (7 %) on short pieces of encyclopedia articles; it still answers 46 % and 18 % of those that they
leave open, with the nearest sentence."""
