"""The default ranker."""

import numpy as np
import pytest

from bot.encoder import load_encoder
from bot.features import CANDIDATES
from bot.fused import PARTS, SIGNALS, FusedRanker, load_fusion, load_ranker, semantic
from index.indexer import Index
from index.readers import read_bytes


def test_it_is_the_default() -> None:
    """What the assistant uses unless told otherwise."""
    assert isinstance(load_ranker(), FusedRanker)


def test_every_part_and_signal_has_a_weight() -> None:
    """The shipped weights fit the code."""
    fusion = load_fusion()
    assert list(fusion.parts) == list(PARTS)
    assert list(fusion.signals) == list(SIGNALS)


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


def test_nothing_in_common_is_no_ranking(ferry_index: Index) -> None:
    """No word of the question stands in the article: nothing is ranked, and nothing is sure."""
    ranking = FusedRanker().rank(ferry_index, "quarterly zeppelin dividends")
    assert (ranking.sentences, ranking.confidence) == ((), 0.0)


def test_meaning_reads_the_sentence_before(ferry_index: Index) -> None:
    """One cosine for the sentence alone, one for it with the sentence before; bounded, rounded."""
    cosines = semantic(load_encoder(), ferry_index, "ferry", np.arange(len(ferry_index.prose)))
    assert cosines.shape == (len(ferry_index.prose), 2)
    assert np.abs(cosines).max() <= 1
    assert (np.round(cosines, 4) == cosines).all()


@pytest.mark.parametrize("sentences", [1, 2, 200])
def test_any_size_of_article_is_ranked(sentences: int) -> None:
    """From one sentence to many; no more than the candidates are scored."""
    text = " ".join(f"Ferry number {n} sails to island {n} on Monday." for n in range(sentences))
    ranking = FusedRanker().rank(Index(read_bytes(text.encode())), "Which ferry sails to island 7?")
    assert 1 <= len(ranking.sentences) <= min(sentences, CANDIDATES)
