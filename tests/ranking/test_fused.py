"""The default ranker."""

from collections.abc import Collection, Sequence

import numpy as np
import pytest

from bot.answer import THRESHOLD
from bot.ranking.features import CANDIDATES, FIRST
from bot.ranking.fused import PARTS, SIGNALS, UNMATCHED, FusedRanker, load_fusion, load_ranker, reading_of
from bot.ranking.ranker import LexicalRanker, Scored
from bot.reading.cross_encoder import CrossEncoder
from index.indexer import Index
from index.readers import read_bytes


def test_it_is_the_default() -> None:
    """What the assistant uses unless told otherwise."""
    assert isinstance(load_ranker(), FusedRanker)


def test_every_part_and_signal_has_a_weight() -> None:
    """The shipped weights fit the code."""
    fusion = load_fusion()
    assert list(fusion.parts) == list(PARTS)
    assert int(fusion.confidence.features.max()) < len(SIGNALS)


def test_a_paraphrase_is_found(ferry_index: Index) -> None:
    """The sentence that answers comes first although it shares hardly a word with the question."""
    best = FusedRanker().rank(ferry_index, "What was spent on the repair work?").sentences[0]
    assert "4.2 million crowns" in best.sentence.text


def test_scores_are_shares_of_the_best(ferry_index: Index) -> None:
    """The first has 1, the others less, in order."""
    scores = [r.score for r in FusedRanker().rank(ferry_index, "how many passengers").sentences]
    assert scores[0] == 1
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0


def test_confidence_tells_what_is_said_from_what_is_not(ferry_index: Index) -> None:
    """A question that the article answers is surer than one on its subject that it does not."""
    ranker = FusedRanker()
    said = ranker.rank(ferry_index, "How many passengers does the ferry carry?").confidence
    not_said = ranker.rank(ferry_index, "How many passengers drowned in the Baltic?").confidence
    assert said > not_said


def test_nothing_in_common_is_not_an_answer(ferry_index: Index) -> None:
    """No word of the question stands in the article: its first sentences are read, and found not to answer."""
    ranking = FusedRanker().rank(ferry_index, "quarterly zeppelin dividends")
    assert len(ranking.sentences) <= FIRST
    assert ranking.confidence < THRESHOLD


@pytest.mark.parametrize("question", ["quarterly zeppelin dividends", "Xylqor vantibu?", "Who is Grimbaldo?"])
def test_words_that_the_article_never_uses_are_no_grounds_for_confidence(ferry_index: Index, question: str) -> None:
    """Whatever the cross-encoder makes of a word that nobody has seen."""
    assert FusedRanker().rank(ferry_index, question).confidence <= UNMATCHED < THRESHOLD


def test_what_was_not_read_counts_as_the_lowest_that_was(ferry_index: Index) -> None:
    """A candidate that the cross-encoder never saw stands with the worst of those it saw."""
    scored = LexicalRanker().score(ferry_index, "How many passengers does the ferry carry?")
    assert isinstance(scored, Scored)
    known = {int(p): float(n) for n, p in enumerate(scored.found.positions[1:])}
    reading = reading_of(scored.found, known)
    assert reading[0] == 0
    assert (reading[1:] == np.arange(len(known))).all()


class NotingReader(CrossEncoder):
    """Notes which sentences it is given."""

    def __init__(self) -> None:
        """Have read nothing."""
        super().__init__()
        self.given: list[int] = []

    def score(
        self, question: str, sentences: Sequence[str], chosen: Collection[int], *, headline: str = ""
    ) -> dict[int, float]:
        """Note and read."""
        self.given = list(chosen)
        return super().score(question, sentences, chosen, headline=headline)


def test_what_a_follow_up_may_ask_for_is_read_in_any_case() -> None:
    """Besides the best by their words and their neighbours; each once, in the order of the article."""
    text = " ".join(f"Ferry number {n} sails to island {n} on Monday." for n in range(40))
    index, reader = Index(read_bytes(text.encode())), NotingReader()
    ranker = FusedRanker(reader=reader)
    ranker.rank(index, "Which ferry sails to island 7?")
    alone = reader.given
    far = max(set(range(40)) - set(alone))
    ranker.rank(index, "Which ferry sails to island 7?", {index.prose[far].number, index.prose[7].number, 9_999})
    assert alone == sorted(set(alone))
    assert reader.given == sorted({*alone, far, 7})


@pytest.mark.parametrize("sentences", [1, 2, 200])
def test_any_size_of_article_is_ranked(sentences: int) -> None:
    """From one sentence to many; no more than the candidates are scored."""
    text = " ".join(f"Ferry number {n} sails to island {n} on Monday." for n in range(sentences))
    ranking = FusedRanker().rank(Index(read_bytes(text.encode())), "Which ferry sails to island 7?")
    assert 1 <= len(ranking.sentences) <= min(sentences, CANDIDATES)
