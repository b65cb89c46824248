"""The peers that our figures stand beside: each finds what it should, and stumbles over nothing."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.peers import (
    bm25s_lucene,
    haystack_bm25,
    minilm,
    peers,
    rank_bm25_plain,
    rank_bm25_stemmed,
    tantivy_index,
)
from bench.peers.base import PeerMissing, Scorer

TEXTS = (
    "The ferry Solveig carries cars between Varnes and Holm.",
    "Mayor Tomas Hald welcomed the news on Friday.",
    "The repairs of both engines cost 4.2 million crowns.",
    "",
    "A deckhand noticed water in the engine room.",
)

BUILDERS = {
    "rank_bm25": (rank_bm25_plain.build, "rank_bm25"),
    "rank_bm25_stemmed": (rank_bm25_stemmed.build, "rank_bm25"),
    "bm25s": (bm25s_lucene.build, "bm25s"),
    "tantivy": (tantivy_index.build, "tantivy"),
    "haystack": (haystack_bm25.build, "haystack"),
}


@pytest.fixture(params=BUILDERS)
def built(request: pytest.FixtureRequest) -> Scorer:
    """A peer over five sentences; skipped where it is not installed."""
    build, module = BUILDERS[request.param]
    pytest.importorskip(module)
    return build(TEXTS)


@pytest.mark.parametrize(
    ("question", "best"),
    [("Who is mayor Tomas Hald?", 1), ("What did the repairs cost?", 2), ("Who noticed water?", 4)],
)
def test_a_peer_finds_the_sentence_that_shares_words(built: Scorer, question: str, best: int) -> None:
    """The sentence with the question's words comes first, in the sentence's own place."""
    scores = built(question)
    assert scores.shape == (len(TEXTS),)
    assert int(scores.argmax()) == best


@pytest.mark.parametrize("question", ["", "???", 'AND OR (NOT "x:y" +', "zyzzyva", "the of"])
def test_a_peer_takes_any_question(built: Scorer, question: str) -> None:
    """Query syntax, words that stand nowhere and no words at all are no error, and never not-a-number."""
    assert not np.isnan(built(question)).any()


@pytest.mark.parametrize("name", BUILDERS)
def test_a_peer_takes_sentences_without_words(name: str) -> None:
    """An article of nothing but punctuation is indexed."""
    build, module = BUILDERS[name]
    pytest.importorskip(module)
    assert build(["", "..."])("Who?").shape == (2,)


def test_stems_meet() -> None:
    """The careful set-up finds "repair" by "repairs"; the plain one does not."""
    assert rank_bm25_stemmed.build(TEXTS)("repair")[2] > 0
    assert rank_bm25_plain.build(TEXTS)("repair")[2] == 0


def test_a_missing_peer_says_why(tmp_path: Path) -> None:
    """What cannot run is left out with a reason, and the others run."""
    found, missing = peers(tmp_path)
    assert "no weights" in missing["all-MiniLM-L6-v2 cosine"]
    assert "rank_bm25" in {peer.key for peer in found}
    with pytest.raises(PeerMissing, match="neither"):
        minilm.load(tmp_path)


def test_safetensors_are_read(tmp_path: Path) -> None:
    """A header of JSON behind eight bytes of length, then the numbers; other types are passed over."""
    numbers = np.arange(6, dtype="<f4")
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
            "b": {"dtype": "I64", "shape": [1], "data_offsets": [24, 32]},
        }
    ).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + numbers.tobytes() + bytes(8))
    found = minilm.read_safetensors(path)
    assert list(found) == ["a"]
    assert found["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
