"""The best passages by BM25, from postings: the numbers of `index.retriever`, without a list of all passages' terms."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.library.postings import Postings
from index.retriever import K1, B

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]

_TABLE = 100_000
"""Postings from which a table of all (times, length), 65,536 of them, is quicker than each posting by itself."""


def idf(size: int, found: int) -> float:
    """Inverse document frequency as Lucene computes it, of a term that stands in `found` of `size` passages."""
    return math.log(1 + (size - found + 0.5) / (found + 0.5))


def weights(postings: Postings, size: int, mean: float, found: int) -> Scores:
    """What a term adds to the score of each of its passages.

    Args:
        postings: of the term.
        size: passages of the owner.
        mean: terms in a passage of the owner's, on average.
        found: passages of the owner that hold the term.

    Returns:
        shape (n,), > 0. The operations are rank-bm25's, in its order, so that the last bit is the same too.
    """
    rarity = idf(size, found)
    if len(postings) > _TABLE and postings.times.dtype == postings.lengths.dtype == np.uint8:
        table = _weights(rarity, np.arange(256)[:, None], np.arange(256)[None, :], mean).ravel()
        at = postings.times.astype(np.uint16)
        at <<= 8
        at |= postings.lengths
        looked_up: Scores = table.take(at)
        return looked_up
    return _weights(rarity, postings.times, postings.lengths, mean)


def _weights(rarity: float, times: NDArray[np.integer], lengths: NDArray[np.integer], mean: float) -> Scores:
    frequency = times.astype(np.float64)
    found: Scores = rarity * (frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * lengths.astype(np.float64) / mean)))
    return found


def best(
    terms: Sequence[str],
    weighted: Mapping[str, tuple[NDArray[np.uint32], Scores]],
    *,
    end: int,
    limit: int,
    within: Sequence[tuple[int, int]] | None = None,
) -> tuple[Numbers, Scores]:
    """The passages of the highest sums.

    Args:
        terms: of the question, as often as they stand.
        weighted: term -> (its passages, ascending, and what it adds to each); a term that stands nowhere is left out.
        end: above every passage's number.
        limit: at most so many passages.
        within: (first passage, how many) of each article that may be found; None is all.

    Returns:
        (passages, scores), best first, equal scores in the order of the passages.
    """
    scores: Scores = np.zeros(end)
    for term in terms:
        if term in weighted:
            passages, adds = weighted[term]
            scores[passages] += adds
    if within is not None:
        scores *= _inside(within, end)
    found = np.flatnonzero(scores > 0)
    values = scores[found]
    if len(found) > limit:
        least = np.partition(values, len(values) - limit)[len(values) - limit]
        above, equal = found[values > least], found[values == least]
        found = np.sort(np.concatenate([above, equal[: limit - len(above)]]))
        values = scores[found]
    order = np.argsort(-values, kind="stable")
    return found[order], values[order]


def _inside(ranges: Sequence[tuple[int, int]], end: int) -> NDArray[np.bool_]:
    """Which passages are in one of the ranges, shape (end,)."""
    edges = np.zeros(end + 1, np.int8)
    if ranges:
        first, count = np.array(ranges, np.int64).T
        # Two ranges may meet: what one closes the next opens.
        np.add.at(edges, first, 1)
        np.add.at(edges, first + count, -1)
    return np.cumsum(edges[:-1], dtype=np.int8).astype(bool)
