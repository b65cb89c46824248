"""rank_bm25 as its README shows it: `BM25Okapi` over lower-case words split at white space."""

from collections.abc import Sequence

import numpy as np

from bench.peers.base import Peer, Scorer, Scores, version_of


def build(texts: Sequence[str]) -> Scorer:
    """Index sentences."""
    from rank_bm25 import BM25Okapi

    documents = [text.lower().split() for text in texts]
    if not any(documents):
        # It divides by the mean length.
        return lambda _: np.zeros(len(texts))
    model = BM25Okapi(documents)

    def score(question: str) -> Scores:
        return np.asarray(model.get_scores(question.lower().split()), dtype=np.float64)

    return score


def peer() -> Peer:
    """The peer."""
    return Peer("rank_bm25", "rank_bm25 as is", version_of("rank-bm25"), build)
