"""How likely the best sentence answers: features of the whole ranking, for a second, smaller forest.

| name | meaning | range |
|---|---|---|
| top | ranker's raw score of the best sentence | about -8 to 8 |
| margin_2, margin_3, margin_5 | how far the second, third, fifth stand behind it; 8 where there is none | 0 to 8 |
| probability | its softmax among the candidates | 0 to 1 |
| entropy | of that softmax | 0 to log 30 |
| unmet | terms of the question that no sentence holds | 0 and up |
| unmet_rare | the largest background rarity among them | 0 to 12 |
| unmet_soft | the same, a synonym in the article counting as 0.6 of the term | 0 to 12 |
| unmet_names, unmet_numbers | how many of them are names, numbers | 0 and up |
| unmet_first, unmet_last | how far the first, the last term is unmet, 0.4 for a synonym | 0 to 1 |
| unmet_share | their share of the question by rarity | 0 to 1 |
| rare_total | sum of the background rarity of the question's terms | 0 and up |
| rare_best | the largest background rarity of a term that the article holds | 0 to 12 |
| first_by_bm25 | whether BM25 alone would have picked the same sentence | 0 or 1 |
| best_lead | how far the second is away in the article, in sentences, at most 10 | 0 to 10 |
| features of the best sentence | all of `bot.ranking.features.FEATURES` but `LEFT_OUT` | |
"""

import numpy as np
from numpy.typing import NDArray

from bot.ranking.features import FEATURES, Candidates

OWN = (
    "top margin_2 margin_3 margin_5 probability entropy unmet unmet_rare unmet_soft unmet_names unmet_numbers "
    "unmet_first unmet_last unmet_share rare_total rare_best first_by_bm25 best_lead"
).split()

LEFT_OUT = ("size", "position", "question_terms")
"""They tell the training sets apart, and with them how many of their questions have an answer; that is no property
of the article at hand. Leaving them out costs nothing: cross-validated AUROC on news .806, with them .804."""

CONFIDENCE_FEATURES: tuple[str, ...] = (*OWN, *(name for name in FEATURES if name not in LEFT_OUT))
_KEPT = [i for i, name in enumerate(FEATURES) if name not in LEFT_OUT]
_BM25 = FEATURES.index("bm25_relative")


def confidence_features(found: Candidates, scores: NDArray[np.float64]) -> NDArray[np.float32]:
    """Describe a ranking.

    Args:
        found: the candidates of a question, at least one.
        scores: shape (k,), the ranker's raw scores of them.

    Returns:
        shape (1, len(CONFIDENCE_FEATURES)), rounded to six decimals.
    """
    order = np.argsort(-np.round(scores, 6), kind="stable")
    ordered = scores[order]
    best = int(order[0])
    odds = np.exp(ordered - ordered[0])
    shares = odds / odds.sum()
    query, unmet = found.query, found.unmet
    rare = query.rare
    total = float(rare.sum())
    own = [
        float(ordered[0]),
        *(float(ordered[0] - ordered[k]) if len(ordered) > k else 8.0 for k in (1, 2, 4)),
        float(shares[0]),
        float(-(shares * np.log(shares + 1e-12)).sum()),
        float(unmet.sum()),
        float((unmet * rare).max(initial=0.0)),
        float((found.unmet_soft * rare).max(initial=0.0)),
        float((unmet * query.names).sum()),
        float((unmet * query.numbers).sum()),
        float(found.unmet_soft[0]),
        float(found.unmet_soft[-1]),
        float((unmet * rare).sum()) / total if total else 0.0,
        total,
        float(((1.0 - unmet) * rare).max(initial=0.0)),
        float(found.matrix[best, _BM25] >= found.matrix[:, _BM25].max()),
        float(min(10, abs(int(found.positions[best]) - int(found.positions[order[1]])))) if len(order) > 1 else 10.0,
    ]
    row = np.concatenate((np.array(own), found.matrix[best, _KEPT].astype(np.float64)))
    return np.round(row, 6).astype(np.float32)[None, :]
