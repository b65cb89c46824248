"""What the ranker sees of a question and a sentence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.features import CANDIDATES, FEATURES, FIRST, Candidates, candidates_for
from bot.ranking.view import ArticleView, grams, pairs, view_of
from bot.ranking.wordstats import WordStats
from index.article import Article, Paragraph
from index.indexer import Index

STATS = WordStats({"bridg": 3.0, "open": 2.0}, 8.0, {"expens": {"cost": 3.0}})

TEXT = """Maria Keller opened the bridge over the Lyse fjord on Monday. She had waited eleven years for it.
The bridge cost $3.5 million. Norwegian engineers built it without a crane.
Sheep used the crossing first. “They know a good road,” the shepherd said."""


def article(text: str) -> Article:
    """An article with a paragraph a line."""
    paragraphs, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        paragraphs.append(Paragraph(number, start, start + len(line), line))
        start += len(line) + 1
    return Article(text, paragraphs=tuple(paragraphs))


@pytest.fixture(name="view")
def _view() -> ArticleView:
    return ArticleView(Index(article(TEXT)))


def value(found: Candidates, name: str, position: int) -> float:
    """A feature of the sentence at a position."""
    row = found.positions.tolist().index(position)
    return float(found.matrix[row, FEATURES.index(name)])


def test_a_row_has_every_feature(view: ArticleView) -> None:
    """One row a candidate, one column a feature, all finite."""
    found = candidates_for(view, "Who opened the bridge?", STATS)
    assert found.matrix.shape == (6, len(FEATURES))
    assert np.isfinite(found.matrix).all()
    assert len(set(FEATURES)) == len(FEATURES)


def test_coverage_is_the_weighted_share_of_the_terms(view: ArticleView) -> None:
    """The sentence with every term covers all, one with none covers nothing."""
    found = candidates_for(view, "Who opened the bridge?", STATS)
    assert value(found, "coverage", 0) == 1.0
    assert value(found, "coverage", 5) == 0.0
    assert 0.0 < value(found, "coverage", 2) < 1.0
    assert value(found, "bm25_relative", 0) == 1.0


def test_a_pronoun_carries_the_name_before_it(view: ArticleView) -> None:
    """A pronoun stands for the person of the sentence before, though the sentence does not hold the name."""
    found = candidates_for(view, "How long did Keller wait?", STATS)
    assert value(found, "coverage_names_own", 1) == 0.0
    assert value(found, "coverage_carried", 1) > value(found, "coverage_soft", 1)


def test_a_country_is_met_by_its_people(view: ArticleView) -> None:
    """The country of the question is half met by its people."""
    found = candidates_for(view, "What did Norway build?", STATS)
    assert value(found, "coverage_soft", 3) > value(found, "coverage", 3)


def test_a_learned_translation_counts(view: ArticleView) -> None:
    """A word of the answer that goes with a word of the question lifts its sentence."""
    found = candidates_for(view, "How expensive was the bridge?", STATS)
    assert value(found, "lift", 2) == pytest.approx(3.0)
    assert value(found, "lift", 0) == 0.0


def test_candidate_answers_are_counted_by_kind(view: ArticleView) -> None:
    """A sum of money answers "how much did it cost", a name does not."""
    found = candidates_for(view, "How much did the bridge cost?", STATS)
    assert value(found, "answers", 2) == 1.0
    assert value(found, "answers", 0) == 0.0


def test_nothing_matches(view: ArticleView) -> None:
    """The first sentences where the article holds no word of the question; none where the question has none."""
    assert candidates_for(view, "Volcano?", STATS).positions.tolist() == list(range(min(FIRST, view.size)))
    assert len(candidates_for(view, "Who?", STATS).positions) == 0
    assert len(candidates_for(ArticleView(Index(Article(""))), "Volcano?", STATS).positions) == 0


def test_unmet_terms_are_those_of_no_sentence(view: ArticleView) -> None:
    """The confidence learns which words of the question the article never uses."""
    found = candidates_for(view, "Did the president open the bridge?", STATS)
    assert dict(zip(found.query.terms, found.unmet.tolist(), strict=True)) == {
        "presid": 1.0,
        "open": 0.0,
        "bridg": 0.0,
    }


def test_a_long_article_is_cut_to_its_best_sentences() -> None:
    """No more sentences are described than are scored; the best one is among them wherever it stands."""
    filler = "\n".join(f"The bridge has span number {n}." for n in range(3 * CANDIDATES))
    view = ArticleView(Index(article(filler + "\nOlsen opened the bridge at noon.")))
    found = candidates_for(view, "Who opened the bridge?", STATS)
    assert len(found.positions) == CANDIDATES
    assert 3 * CANDIDATES in found.positions


def test_grams_and_pairs_are_found_where_they_stand(view: ArticleView) -> None:
    """The positions of every gram and of every neighbouring pair are those of the sentences that hold it."""
    rows = [[t.term for t in view.tokens(n) if not t.stop] for n in range(view.size)]
    for gram in sorted(set().union(*(grams(term) for row in rows for term in row))):
        assert view.with_gram(gram) == [n for n, row in enumerate(rows) if any(gram in grams(t) for t in row)]
    for pair in sorted({pair for row in rows for pair in pairs(row)}):
        assert view.with_pair(pair) == [n for n, row in enumerate(rows) if pair in pairs(row)]
    assert view.with_gram("^zzz") == view.with_pair("open open") == []


def test_a_pronoun_far_behind_in_a_sentence_does_not_count() -> None:
    """It is looked for among the first sixty words."""
    long = "Keller " + "walked on and on " * 20
    flags = ArticleView(Index(article(f"{long}and so she stopped.\nShe {long}."))).flags
    assert flags["he"].tolist() == [0.0, 1.0]


def test_the_view_of_an_index_is_made_once() -> None:
    """A second question about an article finds the work done."""
    index = Index(article(TEXT))
    assert view_of(index) is view_of(index)


@settings(max_examples=50)
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_has_finite_features(text: str, question: str) -> None:
    """Whatever is read and asked, the matrix has no hole."""
    view = ArticleView(Index(Article(text, paragraphs=(Paragraph(1, 0, len(text), text),))))
    assert np.isfinite(candidates_for(view, question, STATS).matrix).all()
