"""Questions about the article itself."""

import pytest

from bot.about import About, about
from bot.answer import Abstention, Answer, Reason
from bot.assistant import Assistant
from index.readers import read_bytes


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was this published?", About.DATE),
        ("when was the article written", About.DATE),
        ("What date was the story posted?", About.DATE),
        ("publication date", About.DATE),
        ("What is the publication date of this article?", About.DATE),
        ("How old is this story?", About.DATE),
        ("Who wrote it?", About.BYLINE),
        ("who wrote this article", About.BYLINE),
        ("Who is the author?", About.BYLINE),
        ("who's the author of this piece?", About.BYLINE),
        ("Which news agency supplied this report?", About.BYLINE),
        ("byline?", About.BYLINE),
        ("What is the headline?", About.HEADLINE),
        ("title", About.HEADLINE),
        ("What is this article about?", About.SUMMARY),
        ("what's it about", About.SUMMARY),
        ("Summarize this article", About.SUMMARY),
        ("tl;dr", About.SUMMARY),
        ("What happened?", About.SUMMARY),
    ],
)
def test_questions_about_the_article_are_recognised(question: str, expected: About) -> None:
    """However it is put, a question about the article itself is told from one on its subject."""
    assert about(question) is expected


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the constitution?",
        "When was the treaty published?",
        "When did the war end?",
        "What happened to the soldiers?",
        "Who is the author of the law?",
        "What title does Lavrov hold?",
        "What is the ministry about to do?",
        "When was the ferry released?",
        "What date does the ferry return?",
    ],
)
def test_questions_on_the_subject_are_left_to_the_ranker(question: str) -> None:
    """A word like "wrote" or "published" alone does not turn a question on the article."""
    assert about(question) is None


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("When was this published?", "Tuesday 14 March 2023 09:30 GMT"),
        ("Who wrote this?", "By Marta Lindqvist"),
        ("What is the headline?", "Island ferry returns to service after three months of repairs"),
    ],
)
def test_head_lines_are_quoted(assistant: Assistant, question: str, line: str) -> None:
    """Date, byline and headline are answers, in the article's own words."""
    result = assistant.ask(question)
    assert isinstance(result, Answer)
    assert [q.text for q in result.quotes] == [line]


def test_a_missing_head_line_is_said_to_be_missing() -> None:
    """An article without a date does not invent one."""
    result = Assistant(read_bytes(b"A ship sailed today. It came back later in the evening.")).ask(
        "When was this published?"
    )
    assert isinstance(result, Abstention)
    assert result.reason is Reason.NO_METADATA
