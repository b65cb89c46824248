"""The index of one article."""

from index.article import Kind
from index.indexer import Index
from index.readers import read_bytes


def test_furniture_is_in_no_sentence_and_no_passage(ferry_index: Index) -> None:
    """Words that stand only in the page's own notices cannot be found."""
    assert ferry_index.article.furniture
    assert "donat" not in ferry_index.words
    assert not any("donation" in p.text for p in ferry_index.passages)


def test_head_lines_answer_no_other_question(ferry_index: Index) -> None:
    """The byline and the date are sentences, but not prose."""
    kinds = {s.kind for s in ferry_index.sentences}
    assert {Kind.BYLINE, Kind.DATE} <= kinds
    assert {s.kind for s in ferry_index.prose} <= {Kind.BODY, Kind.STANDFIRST}


def test_search_finds_the_passage_that_says_it(ferry_index: Index) -> None:
    """The best passage for a question is the one with its words."""
    assert "4.2 million" in ferry_index.search("What did the repairs cost?", 1)[0].passage.text


def test_search_for_unknown_words_finds_nothing(ferry_index: Index) -> None:
    """A passage without any word of the question is not listed."""
    assert ferry_index.search("quarterly zeppelin") == []


def test_the_opening_leaves_out_lines_that_tell_nothing() -> None:
    """A time, a place or a name over the story is not what it is about."""
    text = b"5:45 AM PST 11/19/2019 in Varnes\n\nThe ferry Solveig sails again on Monday, its operator said today."
    opening = Index(read_bytes(text)).opening
    assert [s.text.split()[0] for s in opening] == ["The"]
