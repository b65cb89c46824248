"""What is compared is asked in one way: spans, scores and ties."""

from collections.abc import Callable

import pytest

from bench import as2, qa, questions
from bench.as2 import Selection
from bench.methods import BM25, LEXICAL, OURS, PIPELINE, READ, Found, Method, methods
from bench.qa import Item, Outcome, Question, article_of
from bench.words import Worded, marked_words, measure, measure_all, summary
from bot.assistant import Assistant
from index.article import Article
from index.indexer import Index


def scored(*scores: float | None) -> Method:
    """A method that gives the sentences of any article these scores; None leaves one out."""

    def on(index: Index) -> Callable[[str, int], Found]:
        pairs = [(s, v) for s, v in zip(index.prose, scores, strict=True) if v is not None]
        pairs.sort(key=lambda pair: -pair[1])
        spans, values = tuple((s.start, s.end) for s, _ in pairs), tuple(v for _, v in pairs)
        return lambda _, wanted: Found(spans[:wanted], values[:wanted], 0.5)

    return Method("made", "made", on)


@pytest.mark.parametrize("method", [*OURS, READ], ids=lambda m: m.key)
def test_ours_cite_sentences_of_the_article(method: Method, ferry: Article) -> None:
    """Spans are of the article's text, best first, no more than were asked for."""
    found = method.on(Index(ferry))("How many cars does the ship carry?", 2)
    assert 1 <= len(found.spans) == len(found.scores) <= 2
    assert "38 cars" in ferry.text[slice(*found.spans[0])]
    assert list(found.scores) == sorted(found.scores, reverse=True)
    assert 0 <= found.confidence <= 1


def test_the_pipeline_refuses_nothing_here(ferry: Article) -> None:
    """Ranking is judged apart from the threshold; a question that may not be asked finds nothing."""
    ask = PIPELINE.on(Index(ferry))
    assert ask("Who built the pyramids of Egypt?", 3).spans
    assert ask("?", 3) == Found((), (), 0.0)


def test_only_what_learned_is_marked_so() -> None:
    """BM25 has no training to be cross-validated, and no probability to be calibrated."""
    assert (LEXICAL.learned, LEXICAL.calibrated) == (True, True)
    assert (BM25.learned, BM25.calibrated) == (False, False)


def test_methods_are_chosen_by_key() -> None:
    """A list of keys leaves the others out."""
    found, _ = methods(only=("bm25", "rank_bm25"))
    assert [m.key for m in found] == ["bm25", "rank_bm25"]


def test_questions_are_judged_by_their_first_hit() -> None:
    """Ranks count from 0, over what was asked for; open questions have none."""
    text = "One stands here.\nTwo stands here.\nThree stands here."
    gold = (text.index("Two"), text.index("\nThree"))
    item = Item("x", article_of(text), (Question("Two?", (gold,)), Question("Four?", ())))
    ((first, second),) = qa.run(scored(0.9, 0.8, 0.1), [item])
    assert first == Outcome(1, 0.5, answerable=True)
    assert second == Outcome(None, 0.5, answerable=False)


def test_a_difference_is_paired() -> None:
    """Two runs that differ by one answer in every article differ by that, without any doubt."""
    ours, others = [(2, 2), (1, 2)], [(1, 2), (0, 2)]
    assert qa.difference(ours, others, rounds=50) == (0.5, 0.5, 0.5)
    assert qa.difference(ours, ours, rounds=50) == (0.0, 0.0, 0.0)


def test_ties_are_broken_against_the_method() -> None:
    """What does not answer stands before what does, among equals and among those left out."""
    chosen = Selection("Who?", ("Ann came home.", "Bob came home.", "Cid came home."), (1, 0, 0))
    assert as2.ranked_labels(scored(1.0, 1.0, 0.5), chosen) == [0, 1, 0]
    assert as2.ranked_labels(scored(None, 0.2, None), chosen) == [0, 0, 1]
    assert as2.ranked_labels(scored(-3.0, -4.0, None), chosen) == [1, 0, 0]
    # One that was given, however low, stands before one that was left out.
    assert as2.ranked_labels(scored(0.2, 0.5, None), chosen) == [0, 1, 0]


def test_a_candidate_counts_with_its_best_sentence() -> None:
    """A candidate that is cut in two is one candidate still."""
    chosen = Selection("Who?", ("Ann came home. She slept well.", "Bob came home."), (1, 0))
    assert as2.ranked_labels(scored(0.1, 0.9, 0.5), chosen) == [1, 0]


def test_marked_words_are_scored(ferry: Article) -> None:
    """The marks of the right sentence are scored wherever it is ranked; open questions are passed over."""
    asked = questions.Question("x", "How many cars does the ship carry?", (("38 cars",),))
    other = questions.Question("y", "Who owns the moon?", ())
    (row,) = measure(Assistant(ferry), [Worded(asked, ("38", "38 cars")), Worded(other, ())])
    assert 0 < row.given_whole < 1
    assert row.given >= row.given_whole
    assert summary([row], rounds=10)["given"][0] == row.given


def test_the_right_sentence_is_scored_where_it_is_not_first(ferry: Article) -> None:
    """What is marked in the right sentence counts apart from what is marked in the first quote."""
    asked = questions.Question("x", "How many cars does the ship carry?", (("4.2 million crowns",),))
    (row,) = measure(Assistant(ferry), [Worded(asked, ("4.2 million crowns",))])
    assert row.first_whole == 0.0
    assert row.given_whole > 0.0


def test_marks_beat_the_whole_sentence() -> None:
    """On our own questions the words marked are nearer to the answer than the sentence, or nothing, would be."""
    rows = measure_all()
    found = summary(rows, rounds=100)
    assert found["first"][1] > found["first_whole"][2]
    assert found["given"][1] > found["given_whole"][2]


def test_marked_words_are_joined(assistant: Assistant) -> None:
    """Stretches that are marked apart make one answer."""
    answer = assistant.ask("How many cars does the ship carry?", top=1, threshold=0)
    quote = answer.quotes[0]  # type: ignore[union-attr]  # a threshold of 0 always answers
    assert marked_words(quote) == " ".join(quote.text[a:b] for a, b in quote.marks)
