"""tantivy: an index in memory, its English analyzer (`en_stem`), its own BM25."""

import re
from collections.abc import Sequence

import numpy as np

from bench.peers.base import NOT_RETURNED, Peer, Scorer, Scores, version_of

HEAP = 15_000_000
"""Bytes that its writer may hold: the least that it takes."""

_WORD = re.compile(r"\w+")


def build(texts: Sequence[str]) -> Scorer:
    """Index sentences."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="en_stem", index_option="freq")
    builder.add_unsigned_field("number", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def score(question: str) -> Scores:
        scores = np.full(len(texts), NOT_RETURNED)
        # Words alone: its query language gives punctuation and AND, OR, NOT a meaning.
        words = " ".join(_WORD.findall(question.lower()))
        if words:
            query = index.parse_query(words, ["text"])
            for value, address in searcher.search(query, limit=len(texts), count=False).hits:
                scores[int(searcher.doc(address)["number"][0])] = value
        return scores

    return score


def peer() -> Peer:
    """The peer."""
    return Peer("tantivy", "tantivy", version_of("tantivy"), build)
