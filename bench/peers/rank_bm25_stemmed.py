"""rank_bm25 with what a careful user adds: words without punctuation, English stems, no stop words.

The stop words are Lucene's 33, not our own list.
"""

import re
from collections.abc import Sequence

import numpy as np

from bench.peers.base import Peer, Scorer, Scores, version_of

STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this "
    "to was will with".split()
)

_WORD = re.compile(r"\w+")


def build(texts: Sequence[str]) -> Scorer:
    """Index sentences."""
    import Stemmer
    from rank_bm25 import BM25Okapi

    stemmer = Stemmer.Stemmer("english")

    def words(text: str) -> list[str]:
        found: list[str] = stemmer.stemWords([w for w in _WORD.findall(text.lower()) if w not in STOP_WORDS])
        return found

    documents = [words(text) for text in texts]
    if not any(documents):
        return lambda _: np.zeros(len(texts))
    model = BM25Okapi(documents)

    def score(question: str) -> Scores:
        # A sentence of stop words alone is divided by nothing where all are.
        return np.nan_to_num(np.asarray(model.get_scores(words(question)), dtype=np.float64))

    return score


def peer() -> Peer:
    """The peer."""
    version_of("PyStemmer")
    return Peer("rank_bm25_stemmed", "rank_bm25, stemmed", version_of("rank-bm25"), build)
