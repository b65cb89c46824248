"""The default ranker: what the words say (`bot.ranking.ranker`) added up with what the cross-encoder reads.

A sentence's score is a weighted sum of `PARTS`, so that a person can follow it; the confidence is a small forest over
`SIGNALS`, calibrated. `bench/train_fusion.py` fits both.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.ranking.confidence import CONFIDENCE_FEATURES, confidence_features
from bot.ranking.features import FEATURES, READ, Candidates
from bot.ranking.forest import Forest, read_forest
from bot.ranking.ranker import Calibration, LexicalRanker, RankedSentence, Ranker, Ranking, Scored
from bot.ranking.wordstats import WEIGHTS
from bot.reading.cross_encoder import CrossEncoder, load_cross_encoder
from bot.reading.windows import with_neighbours
from index.indexer import Index

Floats = NDArray[np.float64]

PARTS = ("lexical", "bm25_relative", "passage_relative", "coverage_soft", "reading")
"""What a sentence's score adds up:

| part | meaning | range |
|---|---|---|
| lexical | raw score of the learned lexical ranker | about -8 to 8 |
| bm25_relative, passage_relative | BM25 of the sentence and of its best passage, of the best in the article | 0 to 1 |
| coverage_soft | share of the question that the sentence holds, near-synonyms counting in part | 0 to 1 |
| reading | the cross-encoder's score; of a sentence that it did not read, the lowest it gave | about -10 to 8 |
"""

READING_SIGNALS = ("lexical", "reading", "reading_any", "reading_margin")

SIGNALS = (*CONFIDENCE_FEATURES, *READING_SIGNALS)
"""What the confidence sees: how the lexical ranker's confidence describes a ranking, here of the summed scores, and

| signal | meaning | range |
|---|---|---|
| lexical | log-odds that the lexical ranker's first sentence answers, by the words alone | -8 to 8 |
| reading | the cross-encoder's score of the first sentence | about -10 to 8 |
| reading_any | its log-odds that any sentence that it read answers | about -10 to 8 |
| reading_margin | how far its best other sentence stands behind the first; negative if before it | -6 to 6 |
"""

UNMATCHED = 0.1
"""The most that the confidence may be where no sentence holds a word of the question or a synonym. News answers some
such questions, but so it seems to be with any word that the model has never seen."""

_COLUMNS = [FEATURES.index(name) for name in PARTS[1:4]]


@dataclass(frozen=True, slots=True)
class Fusion:
    """What was learned.

    Attributes:
        parts: weight of each of `PARTS`.
        confidence: scores the `SIGNALS` of a ranking.
        answer: that score -> probability that the first sentence answers.
    """

    parts: Mapping[str, float]
    confidence: Forest
    answer: Calibration


def save_fusion(fusion: Fusion, folder: Path) -> None:
    """Write `fusion.json` and `fusion.npz`."""
    found = {"parts": fusion.parts, "answer": asdict(fusion.answer)}
    (folder / "fusion.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    fusion.confidence.save(folder / "fusion.npz")


@cache
def load_fusion(folder: Path = WEIGHTS) -> Fusion:
    """The shipped weights."""
    found = json.loads((folder / "fusion.json").read_text(encoding="utf-8"))
    return Fusion(found["parts"], read_forest(folder / "fusion.npz"), Calibration(**found["answer"]))


def read(  # noqa: PLR0913, PLR0917 - who reads, what, and what for
    reader: CrossEncoder, index: Index, question: str, found: Candidates, lexical: Floats, near: Collection[int] = ()
) -> Floats:
    """What the cross-encoder makes of candidates.

    Args:
        reader: scores sentences.
        index: the article's index.
        question: in words.
        found: the candidates, k of them, at least one.
        lexical: shape (k,), the lexical ranker's raw scores.
        near: numbers of sentences to be read besides the best ones and their neighbours.

    Returns:
        shape (k,): the score of each candidate; of one that was not read, the lowest of those that were.
    """
    texts = [s.text for s in index.prose]
    best = found.positions[np.argsort(-lexical, kind="stable")[:READ]].tolist()
    wanted = with_neighbours(best, len(texts))
    if near:  # only a follow-up looks through the article for them
        wanted = sorted({*wanted, *(p for p, s in enumerate(index.prose) if s.number in near)})
    scores = reader.score(question, texts, wanted, headline=index.article.title or "")
    return reading_of(found, scores)


def reading_of(found: Candidates, scores: Mapping[int, float]) -> Floats:
    """The scores of candidates, shape (k,), from those of the positions that were read (at least one candidate's)."""
    known = [scores.get(p) for p in found.positions.tolist()]
    lowest = min(value for value in known if value is not None)
    return np.array([lowest if value is None else value for value in known])


def parts_of(found: Candidates, lexical: Floats, reading: Floats) -> Floats:
    """The parts of each candidate's score, shape (k, len(PARTS))."""
    columns = found.matrix[:, _COLUMNS].astype(np.float64)
    return np.column_stack((lexical, columns, reading))


def _log_odds(share: float) -> float:
    """Log-odds of a probability, bounded to +-8."""
    bounded = min(max(share, 3.4e-4), 1 - 3.4e-4)
    return float(np.log(bounded / (1 - bounded)))


def signals_of(found: Candidates, reading: Floats, fused: Floats, sure: float) -> NDArray[np.float32]:
    """The signals of a ranking.

    Args:
        found: the candidates, k of them, at least one.
        reading: shape (k,), see `read`.
        fused: shape (k,), their summed scores.
        sure: the lexical confidence, 0..1.

    Returns:
        shape (1, len(SIGNALS)), rounded to six decimals.
    """
    best = int(np.argmax(fused))
    others = np.delete(reading, best)
    own = (
        _log_odds(sure),
        float(reading[best]),
        float(np.log(np.exp(reading).sum())),
        float(np.clip(reading[best] - others.max(), -6, 6)) if len(others) else 6.0,
    )
    return np.concatenate((confidence_features(found, fused), np.round([own], 6).astype(np.float32)), axis=1)


class FusedRanker:
    """Words and reading, added up."""

    def __init__(
        self, lexical: LexicalRanker | None = None, reader: CrossEncoder | None = None, fusion: Fusion | None = None
    ) -> None:
        """Take what it is made of; the shipped parts where None. The cross-encoder is loaded when first needed."""
        self._lexical = lexical or LexicalRanker()
        self._reader = reader
        self._fusion = fusion or load_fusion()

    def rank(self, index: Index, question: str, near: Collection[int] = ()) -> Ranking:
        """Rank the sentences worth considering; those of `near` are read in any case.

        Returns:
            as `LexicalRanker.rank` where the question has no word of its own.
        """
        scored = self._lexical.score(index, question)
        return scored if isinstance(scored, Ranking) else self.rank_scored(index, question, scored, near)

    def rank_scored(self, index: Index, question: str, scored: Scored, near: Collection[int] = ()) -> Ranking:
        """Rank sentences that were scored by their words already."""
        fusion = self._fusion
        found = scored.found
        reading = read(self._reader or load_cross_encoder(), index, question, found, scored.raw, near)
        weights = np.array([fusion.parts[name] for name in PARTS])
        # Summed column by column: a product of matrices may add in another order on another machine.
        fused = np.round((parts_of(found, scored.raw, reading) * weights).sum(axis=1), 4)
        signals = signals_of(found, reading, fused, scored.confidence)
        confidence = round(float(fusion.answer(fusion.confidence.predict(signals))[0]), 4)
        if (found.unmet_soft == 1).all():
            confidence = min(confidence, UNMATCHED)
        order = np.argsort(-fused, kind="stable").tolist()
        best = float(fused[order[0]])
        ranked = tuple(
            RankedSentence(
                index.prose[int(found.positions[i])],
                # A share of the best one's score, so that the numbers of one answer can be compared.
                round(float(np.exp(fused[i] - best)), 4),
                float(found.bm25[i]),
            )
            for i in order
        )
        return Ranking(ranked, confidence)


@cache
def load_ranker() -> Ranker:
    """The default ranker; its weights are read once."""
    return FusedRanker()
