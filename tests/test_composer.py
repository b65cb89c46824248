"""Quotes and their citations."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Abstention, Answer, Quote
from bot.assistant import Assistant
from bot.composer import choose, compose
from bot.ranking.ranker import RankedSentence
from index.article import Article, Kind, Paragraph
from index.errors import CitationError
from index.indexer import Index
from index.readers import read_bytes


def ranked(index: Index, *scored: tuple[str, float]) -> list[RankedSentence]:
    """The sentences that start so, with these scores."""
    by_start = {start: next(s for s in index.prose if s.text.startswith(start)) for start, _ in scored}
    return [RankedSentence(by_start[start], score, score) for start, score in scored]


def quote(index: Index, start: str) -> Quote:
    """The quote of the sentence that starts so."""
    return compose(index, "ferry", ranked(index, (start, 1.0)), None)[0]


def test_a_quote_is_the_article_at_its_offsets(ferry_index: Index) -> None:
    """Anyone can check a citation by counting characters."""
    found = quote(ferry_index, "The ferry Solveig")
    citation = found.citation
    assert ferry_index.article.text[citation.start : citation.end] == found.text
    assert found.text in ferry_index.passages[citation.passage - 1].text
    assert found.text in ferry_index.article.paragraphs[citation.paragraph - 1].text


def test_quotes_are_numbered_as_they_come(ferry_index: Index) -> None:
    """The n-th quote carries the number n."""
    chosen = ranked(ferry_index, ("It carries", 0.9), ("Nordlinje plans", 0.8))
    assert [q.citation.n for q in compose(ferry_index, "cars", chosen, None)] == [1, 2]


@pytest.mark.parametrize(
    ("start", "context"),
    [
        ("It carries up", "The ship had been laid up"),
        ("She added", "“We replaced both engines"),
        ("“The island was cut off", "Mayor Tomas Hald welcomed"),
        ("The ferry Solveig", None),
        ("Nordlinje plans", None),
    ],
)
def test_a_sentence_that_points_back_comes_with_what_it_points_to(
    ferry_index: Index, start: str, context: str | None
) -> None:
    """“It”, “She” and a quotation by “he” are shown with the sentence before; others stand alone."""
    found = quote(ferry_index, start).context
    assert (found.text[:25] if found else None) == (context[:25] if context else None)


def test_context_never_reaches_across_furniture() -> None:
    """An appeal for money is not what “It” refers to."""
    text = "Give us money now.\n\nIt sails."
    appeal = Paragraph(1, 0, 18, "Give us money now.", Kind.FURNITURE)
    index = Index(Article(text, paragraphs=(appeal, Paragraph(2, 20, 29, "It sails."))))
    assert quote(index, "It sails.").context is None


def test_one_quote_where_one_answers(ferry_index: Index) -> None:
    """A sentence that brings nothing new is not quoted, however well it scores."""
    scored = ranked(ferry_index, ("It carries", 0.9), ("The ferry Solveig", 0.89))
    assert len(choose(ferry_index, "how many cars", scored, 3)) == 1


def test_a_second_quote_where_it_adds(ferry_index: Index) -> None:
    """A question of two halves gets both."""
    scored = ranked(ferry_index, ("She added", 0.9), ("It carries", 0.85))
    question = "What did the repairs cost and how many passengers fit?"
    assert len(choose(ferry_index, question, scored, 3)) == 2


def test_no_more_quotes_than_asked_for(ferry_index: Index) -> None:
    """The setting bounds the answer."""
    scored = ranked(ferry_index, ("She added", 0.9), ("It carries", 0.85))
    assert len(choose(ferry_index, "What did the repairs cost and how many passengers fit?", scored, 1)) == 1


def test_a_sentence_that_repeats_another_is_left_out() -> None:
    """A standfirst that says what the lead says is not quoted beside it."""
    text = b"The old ferry sails to Holm again on Monday. The old ferry sails again to Holm on Monday morning."
    index = Index(read_bytes(text))
    both = [RankedSentence(s, 0.9, 1.0) for s in index.prose]
    assert len(choose(index, "Monday morning ferry", both, 3)) == 1


def test_a_wrong_citation_never_leaves(ferry_index: Index) -> None:
    """A quote that is not the article's text to the character is withheld."""
    good = ferry_index.prose[3]
    bad = dataclasses.replace(good, text=good.text.replace("“", '"') + " ")
    with pytest.raises(CitationError):
        compose(ferry_index, "ferry", [RankedSentence(bad, 1.0, 1.0)], None)


def test_a_quote_of_furniture_never_leaves(ferry: Article, ferry_index: Index) -> None:
    """Even a ranker gone wrong cannot cite the page's appeal for money."""
    appeal = next(p for p in ferry.furniture if "donation" in p.text)
    sentence = dataclasses.replace(
        ferry_index.prose[1], start=appeal.start, end=appeal.end, text=appeal.text, paragraph=appeal.number
    )
    with pytest.raises(CitationError, match="furniture"):
        compose(ferry_index, "ferry", [RankedSentence(sentence, 1.0, 1.0)], None)


def test_words_that_answer_are_marked(assistant: Assistant) -> None:
    """The number for how many, within the quote."""
    result = assistant.ask("How many passengers does it carry?")
    assert isinstance(result, Answer)
    first = result.quotes[0]
    assert [first.text[a:b] for a, b in first.marks] == ["250"]


_words = st.lists(
    st.sampled_from(
        ["ferry", "It", "He", "said", "“Go!”", "U.S.", "3.5", "@everyone", "**bold**", "Dr.", "ended.", "😀", "\n"]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(st.lists(_words, min_size=1, max_size=8).map("\n\n".join), _words, st.sampled_from([None, 5]))
def test_any_answer_keeps_the_invariants(text: str, question: str, top: int | None) -> None:
    """Verbatim, whole, in order, never furniture; the same question gives the same answer."""
    blocks, position = [], 0
    for number, block in enumerate(text.split("\n\n"), start=1):
        kind = Kind.FURNITURE if number % 3 == 0 else Kind.BODY
        blocks.append(Paragraph(number, position, position + len(block), block, kind))
        position += len(block) + 2
    article = Article(text, paragraphs=tuple(blocks), url="https://example.org/a")
    result = Assistant(article).ask(f"who {question}", top=top, threshold=0)
    assert result == Assistant(article).ask(f"who {question}", top=top, threshold=0)
    if isinstance(result, Abstention):
        return
    for n, found in enumerate(result.quotes, start=1):
        citation = found.citation
        assert citation.n == n
        assert article.text[citation.start : citation.end] == found.text != ""
        assert not article.paragraphs[citation.paragraph - 1].furniture
        assert all(0 <= a < b <= len(found.text) for a, b in found.marks)
    assert len({q.citation.start for q in result.quotes}) == len(result.quotes) <= (top or 3)
