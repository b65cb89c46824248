"""BM25 over a collection of passages or sentences, through rank-bm25."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

K1 = 0.6
"""Term frequency saturation. Below the usual 1.2: in a sentence a repeated word says little."""

B = 0.4
"""Length normalisation, 0 (none) to 1. Below the usual 0.75: in news the longer sentence often holds the answer."""


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 carries no types
    """BM25 with Lucene's inverse document frequency, never negative.

    idf(t) = log(1 + (N - df + 0.5) / (df + 0.5)), after Robertson and Zaragoza (2009) as Lucene computes it.
    The original of rank-bm25 gives 0 to a term that stands in half of the documents and less than 0 beyond,
    which on one article turns its very topic into noise.
    """

    idf: dict[str, float]

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> Mapping[str, int]:
        """As the original, which counts in loops of Python's."""
        self.doc_freqs = [Counter(document) for document in corpus]
        self.doc_len = [len(document) for document in corpus]
        self.corpus_size = len(corpus)
        self.avgdl = sum(self.doc_len) / self.corpus_size
        return Counter(chain.from_iterable(self.doc_freqs))

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        # Most terms stand in one document or in two: far fewer logarithms than terms.
        found = {df: math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5)) for df in set(nd.values())}
        self.idf = {term: found[df] for term, df in nd.items()}


class Retriever:
    """Ranks documents, each a list of terms, for a query of terms.

    Takes about 1 microsecond a document and query term; meant for one article or a few hundred candidates.
    """

    def __init__(self, documents: Sequence[Sequence[str]], *, k1: float = K1, b: float = B) -> None:
        """Index the documents.

        Args:
            documents: the terms of each document; there may be none, and each may be empty.
            k1: term frequency saturation, > 0.
            b: length normalisation, 0 to 1.
        """
        self._size = len(documents)
        # rank-bm25 divides by the number of documents and by their mean length.
        self._bm25 = LuceneBM25(documents, k1=k1, b=b) if any(documents) else None

    def __len__(self) -> int:
        """The number of documents."""
        return self._size

    def idf(self, term: str) -> float:
        """Inverse document frequency of a term; of a term that stands nowhere, the highest there can be."""
        if self._bm25 is None:
            return 0.0
        unseen = math.log(1 + (self._size + 0.5) / 0.5)
        return self._bm25.idf.get(term, unseen)

    def __contains__(self, term: str) -> bool:
        """Whether any document holds the term."""
        return self._bm25 is not None and term in self._bm25.idf

    def scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """BM25 of every document.

        Args:
            query: terms; one that repeats counts as often as it stands.

        Returns:
            shape (number of documents,), >= 0, and exactly 0 where no term of the query matches.
        """
        if self._bm25 is None:
            return np.zeros(self._size)
        # With b = 1 rank-bm25 divides 0 by 0 for a document without a term; such a document matches nothing.
        with np.errstate(invalid="ignore"):
            scores: NDArray[np.float64] = self._bm25.get_scores(list(query))
        return np.nan_to_num(scores, copy=False)

    def search(self, query: Sequence[str], k: int) -> list[tuple[int, float]]:
        """The k best documents that hold a term of the query.

        Returns:
            (position, score) pairs, best first; equal scores in the order of their positions.
        """
        scores = self.scores(query)
        order = np.argsort(-scores, kind="stable")[:k]
        return [(int(i), float(scores[i])) for i in order if scores[i] > 0]
