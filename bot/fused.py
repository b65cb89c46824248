"""The default ranker: what the words say (`bot.ranker`) added up with what the encoder finds near in meaning.

Both sums are linear, so that a person can follow them: a sentence's score is a weighted sum of `PARTS`, the
confidence is the logistic function of a weighted sum of `SIGNALS`. `bench/train_fusion.py` fits the weights.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder import Encoder, cosine, load_encoder
from bot.features import FEATURES, Candidates
from bot.ranker import LexicalRanker, RankedSentence, Ranker, Ranking
from bot.wordstats import WEIGHTS
from index.indexer import Index

Floats = NDArray[np.float64]

PARTS = ("lexical", "bm25_relative", "passage_relative", "coverage_soft", "meaning", "meaning_in_context")
"""What a sentence's score adds up:

| part | meaning | range |
|---|---|---|
| lexical | raw score of the learned lexical ranker | about -8 to 8 |
| bm25_relative, passage_relative | BM25 of the sentence and of its best passage, of the best in the article | 0 to 1 |
| coverage_soft | share of the question that the sentence holds, near-synonyms counting in part | 0 to 1 |
| meaning | cosine of the question and the sentence | -1 to 1 |
| meaning_in_context | the same with the sentence before it taken in | -1 to 1 |
"""

SIGNALS = (
    "lexical", "meaning", "meaning_in_context", "meaning_best", "margin", "share",
    "unmet_share", "unmet_rare", "unmet_names", "unmet_numbers", "covered", "answers", "asked", "size",
)  # fmt: skip
"""What the confidence adds up:

| signal | meaning | range |
|---|---|---|
| lexical | log-odds that the first sentence answers, by the words alone | -8 to 8 |
| meaning, meaning_in_context | cosines of the question and the first sentence, as in `PARTS` | -1 to 1 |
| meaning_best | the largest cosine of any candidate | -1 to 1 |
| margin | how far the second stands behind the first | 0 to 6 |
| share | the first one's softmax among the candidates | 0 to 1 |
| unmet_share | share of the question, by rarity, that the article never uses | 0 to 1 |
| unmet_rare | the largest background rarity among those words | 0 to 12 |
| unmet_names, unmet_numbers | how many of them are names, numbers | 0 and up |
| covered | share of the question that the first sentence and the one before it hold | 0 to 1 |
| answers | whether the first sentence holds words of the kind that is asked for | 0 or 1 |
| asked | terms in the question, at most 10 | 0 to 10 |
| size | natural logarithm of the article's sentences | 0 and up |
"""

_COLUMN = {name: FEATURES.index(name) for name in (*PARTS[1:4], "coverage_reached", "answers", "size")}


@dataclass(frozen=True, slots=True)
class Fusion:
    """Learned weights.

    Attributes:
        parts: weight of each of `PARTS`.
        signals: weight of each of `SIGNALS`.
        offset: added to the sum of the signals.
    """

    parts: Mapping[str, float]
    signals: Mapping[str, float]
    offset: float


@cache
def load_fusion(path: Path = WEIGHTS / "fusion.json") -> Fusion:
    """The shipped weights."""
    return Fusion(**json.loads(path.read_text(encoding="utf-8")))


def semantic(encoder: Encoder, index: Index, question: str, positions: NDArray[np.intp]) -> Floats:
    """How near candidates are to a question in meaning.

    Args:
        encoder: makes the vectors.
        index: the article's index.
        question: in words.
        positions: shape (k,), positions among the prose.

    Returns:
        shape (k, 2): the cosine with the sentence, and with the sum of its vector and that of the sentence before,
        the headline standing before the first.
    """
    prose = index.prose
    asked = encoder.encode(question)
    vectors = {
        p: encoder.encode(prose[p].text) for p in sorted({*positions.tolist(), *(positions - 1).tolist()} - {-1})
    }
    headline = encoder.encode(index.article.title) if index.article.title and 0 in vectors else None
    rows = []
    for p in positions.tolist():
        before = vectors[p - 1] if p else headline
        both = vectors[p] if before is None else vectors[p] + before
        rows.append((cosine(asked, vectors[p]), cosine(asked, both)))
    return np.array(rows).reshape(-1, 2)


def parts_of(found: Candidates, lexical: Floats, meaning: Floats) -> Floats:
    """The parts of each candidate's score, shape (k, len(PARTS))."""
    columns = [found.matrix[:, _COLUMN[name]].astype(np.float64) for name in PARTS[1:4]]
    return np.stack((lexical, *columns, meaning[:, 0], meaning[:, 1]), axis=1)


def _log_odds(share: float) -> float:
    """Log-odds of a probability, bounded to +-8."""
    bounded = min(max(share, 3.4e-4), 1 - 3.4e-4)
    return float(np.log(bounded / (1 - bounded)))


def signals_of(found: Candidates, meaning: Floats, fused: Floats, sure: float) -> dict[str, float]:
    """The signals of a ranking.

    Args:
        found: the candidates, at least one.
        meaning: shape (k, 2), see `semantic`.
        fused: shape (k,), their fused scores.
        sure: the lexical confidence, 0..1.
    """
    order = np.argsort(-fused, kind="stable")
    best = int(order[0])
    odds = np.exp(fused - fused[best])
    rare, unmet = found.query.rare, found.unmet
    total = float(rare.sum())
    return {
        "lexical": _log_odds(sure),
        "meaning": float(meaning[best, 0]),
        "meaning_in_context": float(meaning[best, 1]),
        "meaning_best": float(meaning[:, 0].max()),
        "margin": min(6.0, float(fused[best] - fused[order[1]])) if len(order) > 1 else 6.0,
        "share": float(1.0 / odds.sum()),
        "unmet_share": float((unmet * rare).sum()) / total if total else 0.0,
        "unmet_rare": float((unmet * rare).max(initial=0.0)),
        "unmet_names": float((unmet * found.query.names).sum()),
        "unmet_numbers": float((unmet * found.query.numbers).sum()),
        "covered": float(found.matrix[best, _COLUMN["coverage_reached"]]),
        "answers": float(found.matrix[best, _COLUMN["answers"]] > 0),
        "asked": float(min(10, len(found.query.terms))),
        "size": float(np.log(max(1.0, float(found.matrix[best, _COLUMN["size"]])))),
    }


class FusedRanker:
    """Words and meaning, added up."""

    def __init__(
        self, lexical: LexicalRanker | None = None, encoder: Encoder | None = None, fusion: Fusion | None = None
    ) -> None:
        """Take what it is made of; the shipped parts where None. The encoder is loaded when first needed."""
        self._lexical = lexical or LexicalRanker()
        self._encoder = encoder
        self._fusion = fusion or load_fusion()

    def rank(self, index: Index, question: str) -> Ranking:
        """Rank the sentences worth considering.

        Returns:
            as `LexicalRanker.rank` where the question has no word of its own or the article none of its words.
        """
        scored = self._lexical.score(index, question)
        if isinstance(scored, Ranking):
            return scored
        fusion = self._fusion
        found = scored.found
        meaning = semantic(self._encoder or load_encoder(), index, question, found.positions)
        weights = np.array([fusion.parts[name] for name in PARTS])
        # Summed column by column: a product of matrices may add in another order on another machine.
        fused = np.round((parts_of(found, scored.raw, meaning) * weights).sum(axis=1), 4)
        signals = signals_of(found, meaning, fused, scored.confidence)
        value = sum(fusion.signals[name] * signals[name] for name in SIGNALS) + fusion.offset
        confidence = round(float(1.0 / (1.0 + np.exp(-value))), 4)
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
