"""The pipeline as shipped, on a blind set of questions about the visit: floors that it may not fall below.

What we want is 85 % first, 95 % in the first three, 85 % abstained, at most 10 % refused. What it reaches stands in
`bench/MODEL.md`; the floors lie a few questions below that, so that a step back is seen.
"""

from pathlib import Path

import pytest

from bench.questions import Question, Score, load_questions, score
from bot.assistant import Assistant
from index.article import Article

SET = Path(__file__).parent / "questions" / "visit.jsonl"


@pytest.fixture(scope="module", params=["sample", "real_article"])
def result(request: pytest.FixtureRequest) -> Score:
    """The scores on the sample, and on the real article where it is at hand."""
    article: Article = request.getfixturevalue(request.param)
    return score(Assistant(article), load_questions(SET))


def test_the_set_is_large_enough(result: Score) -> None:
    """The floors rest on at least 60 answerable and 30 unanswerable questions."""
    assert result.answerable >= 60
    assert result.unanswerable >= 30


def test_the_right_sentence_comes_first(result: Score) -> None:
    """For three in four of the answerable questions the first sentence answers."""
    assert result.first >= 0.75, "\n".join(result.errors)


def test_the_right_sentence_is_among_the_first_three(result: Score) -> None:
    """For 88 % of the answerable questions one of the first three sentences answers."""
    assert result.first_three >= 0.88, "\n".join(result.errors)


def test_the_unanswerable_is_not_answered(result: Score) -> None:
    """Of the unanswerable questions, most of them near misses, two in three are told so."""
    assert result.abstained >= 0.68, "\n".join(result.errors)


def test_the_answerable_is_not_refused(result: Score) -> None:
    """Of the answerable questions, a third of them paraphrased, at most 28 % are refused."""
    assert result.refused <= 0.28, "\n".join(result.errors)


def test_furniture_is_never_cited(result: Score) -> None:
    """Not one quote comes from the page's own notices."""
    assert result.furniture == 0


def test_a_sentence_is_right_when_it_holds_all_fragments_of_an_alternative() -> None:
    """Quotation marks and case are folded; fragments of two alternatives do not add up."""
    question = Question("x", "?", (("the “old”", "ship"), ("new boat",)))
    assert question.is_right('The "old" SHIP')
    assert not question.is_right("the old ship")
    assert not question.is_right('the "old" boat')
