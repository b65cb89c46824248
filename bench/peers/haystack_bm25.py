"""Haystack's `InMemoryBM25Retriever` over its `InMemoryDocumentStore`, with the defaults of both (BM25L)."""

import os
from collections.abc import Sequence

import numpy as np

from bench.peers.base import NOT_RETURNED, Peer, Scorer, Scores, version_of

# It reports its use over the network unless told not to before it is imported.
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")


def build(texts: Sequence[str]) -> Scorer:
    """Index sentences."""
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    # Sentences that repeat need ids of their own.
    store.write_documents([Document(id=str(number), content=text) for number, text in enumerate(texts)])
    retriever = InMemoryBM25Retriever(store, top_k=len(texts))

    def score(question: str) -> Scores:
        scores = np.full(len(texts), NOT_RETURNED)
        # It refuses an empty question.
        for document in retriever.run(query=question)["documents"] if question else ():
            scores[int(document.id)] = document.score
        return scores

    return score


def peer() -> Peer:
    """The peer."""
    return Peer("haystack", "Haystack InMemoryBM25Retriever", version_of("haystack-ai"), build)
