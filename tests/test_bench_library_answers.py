"""What counts as right where a whole library is asked."""

from collections.abc import Sequence
from pathlib import Path

from bench.library_answers import Place, of_peer, ours, run
from bench.peers.base import NOT_RETURNED, Peer, Scorer, Scores
from bench.qa import Item, Question, article_of
from tests.librarian.conftest import BRIDGE, LIGHTHOUSE


def items() -> list[Item]:
    """Two articles, a question about each."""
    found = []
    for text, question, answer in (
        (BRIDGE, "How many crossings a day does the report count?", "The report counts"),
        (LIGHTHOUSE, "How many steps does the lighthouse have?", "Ragnhild Oye climbed"),
    ):
        start = text.index(answer)
        gold = (start, text.index(".", start) + 1)
        found.append(Item(answer, article_of(text), (Question(question, (gold,)),)))
    return found


def test_the_right_sentence_of_the_right_article_counts(tmp_path: Path) -> None:
    """Ours finds both, and each belongs to its article."""
    both = items()
    outcomes = run(ours(both, tmp_path), both, [(0, 0), (1, 0)])
    assert [[o.right for o in row] for row in outcomes] == [[True], [True]]


def test_the_same_place_in_another_article_is_wrong() -> None:
    """Offsets say nothing without their article."""
    both = items()
    gold = both[0].questions[0].gold[0]

    def ask(_article: int, _question: str) -> tuple[Sequence[Place], float]:
        return [(1, gold), (0, gold)], 1.0

    ((outcome,), _) = run(ask, both, [(0, 0)])
    assert (outcome.rank, outcome.answerable) == (1, True)


def test_a_peer_is_asked_for_all_sentences_at_once() -> None:
    """What it returns is found again in its article; what it leaves out is not."""
    both = items()
    seen: list[str] = []

    def build(texts: Sequence[str]) -> Scorer:
        seen.extend(texts)

        def score(question: str) -> Scores:
            import numpy as np

            words = set(question.lower().strip("?").split())
            shared = [len(words & set(text.lower().split())) for text in texts]
            return np.array([float(n) if n else NOT_RETURNED for n in shared])

        return score

    outcomes = run(of_peer(Peer("words", "words", "1", build), both), both, [(0, 0), (1, 0)])
    assert len(seen) > 6
    assert outcomes[0][0].rank is not None
    assert outcomes[1][0].rank is not None
