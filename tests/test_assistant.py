"""The whole pipeline."""

import pytest

from bot.answer import Abstention, Answer, Reason
from bot.assistant import Assistant
from bot.conversation import Conversation, Turn
from index.article import Article
from index.errors import QuestionError
from index.readers import read_bytes


def first(assistant: Assistant, question: str) -> str:
    """The first quote's text, or the reason for none."""
    result = assistant.ask(question)
    return result.quotes[0].text if isinstance(result, Answer) else f"({result.reason})"


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Who is the chief engineer?", "Berg"),
        ("How much did the repairs cost?", "4.2 million crowns"),
        ("how many passengers can it carry", "250 passengers"),
        ("What did a deckhand notice?", "water in the engine room"),
        ("When does the ferry sail again?", "Monday"),
        ("Why are there more crossings?", "demand has grown"),
        ("What did the mayor say?", "cut off from its hospital"),
    ],
)
def test_the_sentence_that_answers_comes_first(assistant: Assistant, question: str, holds: str) -> None:
    """Plain questions get the sentence a reader would point at, or the one before a quotation, in the first two."""
    result = assistant.ask(question, top=2)
    assert isinstance(result, Answer)
    assert any(holds in q.text for q in result.quotes)


@pytest.mark.parametrize(
    "question", ["How can I donate?", "Who is the prime minister of Norway?", "What is the price of a zeppelin?"]
)
def test_what_the_article_does_not_say_is_not_answered(assistant: Assistant, question: str) -> None:
    """No answer is made up, and the words that the article never uses are named."""
    result = assistant.ask(question)
    assert isinstance(result, Abstention)
    assert result.reason in (Reason.MISSING_TERMS, Reason.NO_MATCH)
    assert result.missing_terms


def test_a_follow_up_is_not_told_of_words_of_the_question_before(sample: Article) -> None:
    """The article never says "promise", but answered what was promised; only what is new is missed."""
    assistant = Assistant(sample)
    before = "What did the Taliban promise about Central Asia?"
    answered = assistant.ask(before)
    assert isinstance(answered, Answer)
    result = assistant.ask("and about Narnia?", conversation=Conversation((Turn.of(answered, assistant.index),)))
    assert isinstance(result, Abstention)
    assert "promise" in str(result.read_as)
    assert result.missing_terms == ("Narnia",)


def test_a_word_that_is_asked_about_anything_is_no_reason(assistant: Assistant) -> None:
    """The article never says "think", which is not why it does not say what the harbour master thinks of zeppelins."""
    result = assistant.ask("What else will happen to the zeppelins, does the captain think?")
    assert isinstance(result, Abstention)
    assert set(result.missing_terms) >= {"zeppelins"}
    assert set(result.missing_terms).isdisjoint({"happen", "think", "else"})


def test_an_abstention_shows_the_closest_passages(assistant: Assistant) -> None:
    """A person sees what the article does say on the subject."""
    result = assistant.ask("Which ferry sank in the Baltic?")
    assert isinstance(result, Abstention)
    assert 1 <= len(result.closest) <= 3
    assert any("ferry" in p.text for p in result.closest)


def test_top_lists_that_many_ranked(assistant: Assistant) -> None:
    """A list of candidates is as long as asked for, best first, without repeats."""
    result = assistant.ask("ferry", top=4, threshold=0)
    assert isinstance(result, Answer)
    assert len({q.citation.start for q in result.quotes}) == 4
    assert [q.score for q in result.quotes] == sorted((q.score for q in result.quotes), reverse=True)


def test_threshold_zero_always_answers(assistant: Assistant) -> None:
    """Even a question that matches nothing gets the nearest there is, with its low confidence."""
    result = assistant.ask("quarterly zeppelin", threshold=0)
    assert isinstance(result, Answer)
    assert result.quotes
    assert result.confidence < assistant.threshold


def test_threshold_one_answers_only_the_certain(assistant: Assistant) -> None:
    """A threshold that nothing reaches gives an abstention."""
    assert isinstance(assistant.ask("How many passengers?", threshold=1), Abstention)


def test_a_misspelt_name_is_answered(assistant: Assistant) -> None:
    """The correction is applied and shown."""
    result = assistant.ask("Who is Thomas Halld?")
    assert [(c.typed, c.read_as) for c in result.corrections] == [("Halld", "Hald")]
    assert "Hald" in first(assistant, "Who is Halld?")


@pytest.mark.parametrize("question", ["", "😀", "x" * 5_000, "\u202e"])
def test_a_bad_question_is_refused(assistant: Assistant, question: str) -> None:
    """Nothing is searched for a question that is none."""
    with pytest.raises(QuestionError):
        assistant.ask(question)


@pytest.mark.parametrize("question", ["מי ראש העיר?", "مَن هو العمدة؟", "市長是誰", "' OR 1=1 --", "a" * 900])
def test_a_strange_question_is_answered_honestly(assistant: Assistant, question: str) -> None:
    """A language that the article is not in finds nothing, and says so."""
    assert isinstance(assistant.ask(question), Abstention)


def test_furniture_is_never_cited(assistant: Assistant, ferry: Article) -> None:
    """Whatever is asked for, with any threshold, no quote comes from the page's own notices."""
    for paragraph in ferry.furniture:
        result = assistant.ask(paragraph.text, top=10, threshold=0)
        assert isinstance(result, Answer)
        cited = {ferry.paragraphs[q.citation.paragraph - 1] for q in result.quotes}
        assert not any(p.furniture for p in cited)


def test_why_has_what_it_needs(assistant: Assistant) -> None:
    """The trace names the terms, what was expected, and the sentences looked at with the words they share."""
    trace = assistant.ask("How many passengers does the ship carry?").trace
    assert dict(trace.terms)["passeng"] > 0
    assert trace.expected == "a number"
    assert "passengers" in trace.considered[0].matched
    assert trace.considered[0].expects


def test_one_sentence_is_an_article() -> None:
    """The smallest article answers, and refuses."""
    small = Assistant(read_bytes(b"The ferry Solveig sails to Holm on Monday."))
    assert isinstance(small.ask("When does the ferry sail?"), Answer)
    assert isinstance(small.ask("Who built the lighthouse?"), Abstention)


def test_two_questions_in_one_get_a_quote_each(assistant: Assistant) -> None:
    """Numbered in the order they were asked, each the sentence that answers its part."""
    result = assistant.ask("How many passengers does it carry and what did the repairs cost?")
    assert isinstance(result, Answer)
    assert [q.citation.n for q in result.quotes] == [1, 2]
    assert "250 passengers" in result.quotes[0].text
    assert "4.2 million" in result.quotes[1].text
