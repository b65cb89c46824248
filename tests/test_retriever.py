"""BM25 over passages."""

import math

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retriever import Retriever

_term = st.sampled_from("abcdefgh")
_documents = st.lists(st.lists(_term, max_size=12), min_size=1, max_size=12)
_query = st.lists(_term, min_size=1, max_size=5)


def oracle(
    documents: list[list[str]], query: list[str], k1: float, b: float
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Scores by bm25s; Lucene's form leaves out the factor (k1 + 1), which changes no order."""
    peer = bm25s.BM25(method="lucene", k1=k1, b=b, dtype="float64")
    peer.index(documents, show_progress=False)
    return np.asarray(peer.get_scores(query)) * (k1 + 1)


@given(_documents, _query, st.floats(0.1, 2.5), st.floats(0, 1))
def test_scores_equal_those_of_bm25s(documents: list[list[str]], query: list[str], k1: float, b: float) -> None:
    """An independent implementation of Lucene's BM25 gives the same scores."""
    if not any(documents):
        return
    known = [t for t in query if any(t in d for d in documents)]
    if not known:
        return
    actual = Retriever(documents, k1=k1, b=b).scores(known)
    np.testing.assert_allclose(actual, oracle(documents, known, k1, b), rtol=1e-5, atol=1e-6)


def test_an_empty_document_scores_zero_under_full_length_normalisation() -> None:
    """B = 1 makes no division of zero by zero."""
    assert list(Retriever([[], ["a"]], k1=1, b=1).scores(["a"]) > 0) == [False, True]


@given(_documents, _query)
def test_score_is_zero_exactly_where_nothing_matches(documents: list[list[str]], query: list[str]) -> None:
    """No passage is rewarded for words it lacks, none is punished for a common one."""
    scores = Retriever(documents).scores(query)
    assert [bool(set(d) & set(query)) for d in documents] == [s > 0 for s in scores]
    assert min(scores) >= 0


def test_a_term_in_every_document_still_counts() -> None:
    """The topic of an article stands in all of its passages and is not noise."""
    assert all(Retriever([["ferry"], ["ferry", "car"]]).scores(["ferry"]) > 0)


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_nothing_to_search_gives_nothing(documents: list[list[str]]) -> None:
    """Empty collections, and documents without a term, are searched without an error."""
    retriever = Retriever(documents)
    assert retriever.search(["ferry"], 3) == []
    assert list(retriever.scores(["ferry"])) == [0.0] * len(documents)
    assert "ferry" not in retriever
    assert retriever.idf("ferry") == 0


def test_ties_go_by_position() -> None:
    """Equal scores keep the order of the article."""
    assert [p for p, _ in Retriever([["b"], ["a"], ["a"], ["a"]]).search(["a"], 2)] == [1, 2]


def test_a_rare_term_weighs_more() -> None:
    """Inverse document frequency by hand: ln(1 + (3 - 1 + 0.5) / (1 + 0.5))."""
    retriever = Retriever([["a", "b"], ["a"], ["a"]])
    assert retriever.idf("b") == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert retriever.idf("a") < retriever.idf("b") < retriever.idf("never seen")
