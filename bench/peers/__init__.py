"""What a user would otherwise pick: one file a peer, all behind the same small interface (`bench.peers.base`).

Every peer gets the very sentences that our own rankers get, and is otherwise left as its users find it. They are
dependencies of the benchmark alone (`pip install --group bench`); one that is not installed is left out, and the
results say so.
"""

from collections.abc import Callable
from pathlib import Path

from bench.peers import bm25s_lucene, haystack_bm25, minilm, rank_bm25_plain, rank_bm25_stemmed, tantivy_index
from bench.peers.base import Peer, PeerMissing


def peers(weights: Path | None = None) -> tuple[list[Peer], dict[str, str]]:
    """The peers that are installed.

    Args:
        weights: where MiniLM lies, see `bench.peers.minilm`; None looks for the installed package.

    Returns:
        (peers in the order of the tables, {name of one that is left out: the reason}).
    """
    makers: dict[str, Callable[[], Peer]] = {
        "rank_bm25 as is": rank_bm25_plain.peer,
        "rank_bm25, stemmed": rank_bm25_stemmed.peer,
        "bm25s (lucene)": bm25s_lucene.peer,
        "tantivy": tantivy_index.peer,
        "Haystack InMemoryBM25Retriever": haystack_bm25.peer,
        "all-MiniLM-L6-v2 cosine": lambda: minilm.peer(weights),
    }
    found: list[Peer] = []
    missing: dict[str, str] = {}
    for name, make in makers.items():
        try:
            found.append(make())
        except PeerMissing as reason:
            missing[name] = str(reason)
    return found, missing
