"""Ranking sentences, the confidence of the first, and the trees behind both."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.confidence import CONFIDENCE_FEATURES
from bot.ranking.features import FEATURES
from bot.ranking.forest import Forest, read_forest
from bot.ranking.ranker import (
    LEXICAL_THRESHOLD,
    BM25Ranker,
    Calibration,
    LexicalRanker,
    Ranker,
    load_weights,
)
from bot.ranking.wordstats import WordStats, read_word_stats
from index.article import Article, Paragraph
from index.indexer import Index

TEXT = """The island council of Skarvey voted on Tuesday to replace its only ferry with a bridge.
Ingrid Dahl, who chairs the council, said the crossing would open in 2031 and cost 90 million euros.
She promised that nobody would pay a toll. “We have waited for this since my grandmother's day,” she said.
Fishermen fear that the pillars will drive the herring away. Their union, which has 240 members, plans a protest.
The ferry, built in Gdansk in 1978, carries 60 cars. Its engine failed eleven times last winter.
A study by the University of Bergen found that the bridge would cut the journey to the mainland to nine minutes."""


def index_of(text: str) -> Index:
    """An index of a text with a paragraph a line."""
    paragraphs, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        paragraphs.append(Paragraph(number, start, start + len(line), line))
        start += len(line) + 1
    return Index(Article(text, paragraphs=tuple(paragraphs)))


@pytest.fixture(name="index", scope="module")
def _index() -> Index:
    return index_of(TEXT)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who chairs the council?", "Ingrid Dahl"),
        ("When will the crossing open?", "2031"),
        ("Why are the fishermen afraid?", "herring"),
        ("How many members does the union have?", "240"),
        ("Where was the ferry built?", "Gdansk"),
        ("How often did the engine fail?", "eleven times"),
        ("How long will the journey to the mainland take?", "nine minutes"),
        ("What did the council vote for?", "replace its only ferry"),
    ],
)
def test_the_first_sentence_answers(index: Index, question: str, words: str) -> None:
    """Plain questions on a short article find their sentence and are answered."""
    ranking = LexicalRanker().rank(index, question)
    assert words in ranking.sentences[0].sentence.text
    assert ranking.confidence >= LEXICAL_THRESHOLD


@pytest.mark.parametrize(
    "question",
    ["Who is the prime minister of Portugal?", "What is the population of the capital?", "How do volcanoes erupt?"],
)
def test_what_the_article_never_mentions_is_refused(index: Index, question: str) -> None:
    """A question that turns on words foreign to the article stays below the threshold."""
    assert LexicalRanker().rank(index, question).confidence < LEXICAL_THRESHOLD


@pytest.mark.parametrize("ranker", [BM25Ranker(), LexicalRanker()])
def test_nothing_matches_nothing_is_ranked(index: Index, ranker: Ranker) -> None:
    """No word in common: an empty ranking of confidence 0, not an arbitrary sentence."""
    ranking = ranker.rank(index, "Xylophone quartet?")
    assert ranking.sentences == ()
    assert ranking.confidence == 0.0


@pytest.mark.parametrize("question", ["What happened?", "What is this about?", "what is the article about"])
def test_a_question_about_the_whole_story_gets_its_lead(index: Index, question: str) -> None:
    """Without a word of its own, the question is for the opening of the story."""
    ranking = LexicalRanker().rank(index, question)
    assert [r.sentence.number for r in ranking.sentences] == [0, 1, 2]
    assert LEXICAL_THRESHOLD <= ranking.confidence < 1.0


def test_an_empty_question_ranks_nothing(index: Index) -> None:
    """White space asks for nothing."""
    assert LexicalRanker().rank(index, "  ").sentences == ()


def test_an_empty_article_ranks_nothing() -> None:
    """Neither a vague nor a plain question finds anything in no text."""
    index = Index(Article(""))
    for question in ("What happened?", "Who chairs the council?"):
        assert LexicalRanker().rank(index, question).sentences == ()
        assert LexicalRanker().rank(index, question).confidence == 0.0


@pytest.mark.parametrize("ranker", [BM25Ranker(), LexicalRanker()])
def test_equal_sentences_rank_by_position(ranker: Ranker) -> None:
    """Two copies of a sentence with the same neighbours: the earlier is first for BM25, and never flips."""
    index = index_of("\n".join(["Gulls follow the ferry."] * 3))
    ranked = [r.sentence.number for r in ranker.rank(index, "What follows the ferry?").sentences]
    assert sorted(ranked) == [0, 1, 2]
    assert ranked == [r.sentence.number for r in ranker.rank(index, "What follows the ferry?").sentences]


@settings(max_examples=50)
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_ranking_is_well_formed(text: str, question: str) -> None:
    """Scores fall, lie in 0..1, and ties stand in the order of the article."""
    ranking = LexicalRanker().rank(index_of(text), question)
    keys = [(-r.score, r.sentence.number) for r in ranking.sentences]
    assert 0.0 <= ranking.confidence <= 1.0
    assert all(0.0 <= -score <= 1.0 for score, _ in keys)
    assert [score for score, _ in keys] == sorted(score for score, _ in keys)
    assert len({number for _, number in keys}) == len(keys)


def test_a_ranking_repeats(index: Index) -> None:
    """The same question on a new index of the same text gives the same scores to the last digit."""
    first = LexicalRanker().rank(index, "How much will the bridge cost?")
    again = LexicalRanker().rank(index_of(TEXT), "How much will the bridge cost?")
    assert first == again


def test_the_shipped_trees_fit_the_features() -> None:
    """No tree tests a column that is not there."""
    weights = load_weights()
    assert weights.ranker.features.max() < len(FEATURES)
    assert weights.confidence.features.max() < len(CONFIDENCE_FEATURES)


def stump() -> Forest:
    """Two trees on two columns: x0 <= 1 ? (x1 <= 0 ? 10 : 20) : 30, and x1 <= 5 ? 1 : 2."""
    full = 0xFFFFFFFF
    return Forest(
        features=np.array([[0, 1], [1, 0]], np.uint8),
        thresholds=np.array([[1.0, 0.0], [5.0, np.inf]], np.float32),
        masks=np.array([[full & ~0b011, full & ~0b001], [full & ~0b01, full]], np.uint32),
        leaves=np.array([[10.0, 20.0, 30.0], [1.0, 2.0, 0.0]]),
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [([0, -1], 11.0), ([1, 0], 11.0), ([0, 1], 21.0), ([2, -1], 31.0), ([2, 6], 32.0)],
)
def test_a_forest_sums_the_leaves_of_its_trees(row: list[float], expected: float) -> None:
    """Each row takes one leaf a tree; a value equal to the threshold goes left."""
    assert stump().predict(np.array([row], np.float32)).tolist() == [expected]


def test_a_forest_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Saving and reading changes no prediction."""
    rows = np.array([[0, -1], [2, 6]], np.float32)
    stump().save(tmp_path / "trees.npz")
    assert read_forest(tmp_path / "trees.npz").predict(rows).tolist() == stump().predict(rows).tolist()


def test_word_statistics_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Rarity to a twentieth, lifts to a fiftieth, and every other term counts as unseen."""
    WordStats({"bridg": 3.05}, 9.5, {"afraid": {"fear": 2.5, "away": 0.52}}).save(tmp_path / "words.npz")
    stats = read_word_stats(tmp_path / "words.npz")
    assert stats.rare("bridg") == pytest.approx(3.05)
    assert stats.rare("volcano") == 9.5
    assert dict(stats.translations["afraid"]) == {"fear": 2.5, "away": 0.52}
    assert list(stats.translations) == ["afraid"]
    assert "bridg" not in stats.translations


def test_calibration_is_a_sigmoid() -> None:
    """Zero log-odds is a half; the order of scores is kept."""
    calibrated = Calibration(2.0, -1.0)
    assert calibrated(0.5) == 0.5
    assert calibrated(np.array([-50.0, 0.5, 50.0])).tolist() == [0.0, 0.5, 1.0]
