"""bm25s with Lucene's scoring, English stop words and stems: the set-up of its README."""

from collections.abc import Sequence

import numpy as np

from bench.peers.base import Peer, Scorer, Scores, version_of


def build(texts: Sequence[str]) -> Scorer:
    """Index sentences."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    tokens = bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)
    if not any(tokens):
        return lambda _: np.zeros(len(texts))
    model = bm25s.BM25(method="lucene")
    model.index(tokens, show_progress=False)

    def score(question: str) -> Scores:
        (query,) = bm25s.tokenize([question], stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)
        known = [token for token in query if token in model.vocab_dict]
        if not known:
            return np.zeros(len(texts))
        return np.asarray(model.get_scores(known), dtype=np.float64)

    return score


def peer() -> Peer:
    """The peer."""
    version_of("PyStemmer")
    return Peer("bm25s", "bm25s (lucene)", version_of("bm25s"), build)
