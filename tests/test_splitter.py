"""Sentences and passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Kind, Paragraph
from index.readers import read_bytes
from index.splitter import MAX_SENTENCE, WINDOW, passages_of, sentences_of, split_sentences


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph as strings."""
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["“We will guard the harbour against all comers,” Harbour Master Sven Lind warned Wednesday.", "He left."],
        ['"We won!" Smith said on Monday.', "He left."],
        ["“Will they come?” President Joe Roe asked.", "No."],
        ['"Why now?" she asked.', "Nobody knew."],
        ["“Stop!” said the captain.", "They did."],
        ["Gen. Mark A. Miller spoke at 3 p.m. Tuesday in Washington, D.C.", "The U.S. Army agreed."],
        ["He met Lt. Col. J. Doe.", "Dr. Roe did not."],
        ["It rose 3.5 percent to $4.2 million.", "Nobody cheered."],
        ["He lives in the U.S.", "He works."],
        ["The No. 2 official agreed.", "No. 1 did not."],
        ["Sen. Ann Roe, R-Ariz., said no.", "Jan. 5 was cold."],
        ['The crew "will not do it," he said, "at all."', "They left."],
        ["It is “over.”", "Then it began."],
        ["“I did not know. I was there,” said Roe.", "“He came.”"],
        ["Wait… what?", "Yes!"],
        ["J.R.R. Tolkien wrote it.", "So be it."],
        ["Корабль вышел.", "Он вернулся."],
        ["One", "Two."][1:],
    ],
)
def test_news_prose_is_split_where_a_reader_would(expected: list[str]) -> None:
    """Quotations keep their attribution; abbreviations, initials and decimals end no sentence."""
    assert sentences(" ".join(expected)) == expected


def test_a_line_break_is_white_space() -> None:
    """A hard-wrapped sentence is one sentence, with its line break in it."""
    assert sentences("The ship\nsailed. It came\nback.") == ["The ship\nsailed.", "It came\nback."]


def test_a_run_without_full_stop_is_bounded() -> None:
    """A table or a list never makes a quote that no message can hold."""
    text = "word " * 1000
    assert max(len(s) for s in sentences(text)) <= MAX_SENTENCE
    assert " ".join(sentences(text)) == text.strip()


@given(st.text(alphabet=st.sampled_from("aB .!?\"“”'’\n\t1é…X"), max_size=300) | st.text(max_size=200))
def test_sentences_cover_any_paragraph(text: str) -> None:
    """Offsets ascend, nothing but white space lies between sentences, none starts or ends with it."""
    position = 0
    for start, end in split_sentences(text):
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert text[position:].strip() == ""


_paragraph = st.tuples(st.text(alphabet='aB. !"”\n', max_size=80), st.sampled_from(list(Kind)))


def article_of(blocks: list[tuple[str, Kind]]) -> Article:
    """An article of blocks separated by a blank line."""
    text, paragraphs = "", []
    for number, (block, kind) in enumerate(blocks, start=1):
        start = len(text)
        text += block + "\n\n"
        paragraphs.append(Paragraph(number, start, start + len(block), block, kind))
    return Article(text, paragraphs=tuple(paragraphs))


@given(st.lists(_paragraph, max_size=12))
def test_parts_stand_where_they_say(blocks: list[tuple[str, Kind]]) -> None:
    """For any article: text at the offsets equals the part; every sentence is in a passage; no furniture is."""
    article = article_of(blocks)
    found = sentences_of(article)
    passages = passages_of(article, found)
    assert all(article.text[s.start : s.end] == s.text for s in found)
    assert [s.number for s in found] == list(range(len(found)))
    assert all(article.text[p.start : p.end] == p.text for p in passages)
    assert [p.number for p in passages] == list(range(1, len(passages) + 1))
    assert {n for p in passages for n in p.sentences} == {s.number for s in found}
    for passage in passages:
        assert 1 <= len(passage.sentences) <= WINDOW
        assert not any(q.text.strip() and q.start < passage.end and passage.start < q.end for q in article.furniture)


def test_neighbouring_passages_share_a_sentence() -> None:
    """A fact told over two sentences stands whole in some passage."""
    article = read_bytes(b"Ships sailed. Boats came. Cars left. Trains ran. Planes flew.")
    assert [p.sentences for p in passages_of(article, sentences_of(article))] == [(0, 1, 2), (2, 3, 4)]


def test_half_a_surrogate_pair_is_a_character() -> None:
    """Text that no encoding can hold is split like any other, and stays what it is."""
    assert sentences("It was \ud800 late. He left.") == ["It was \ud800 late.", "He left."]
