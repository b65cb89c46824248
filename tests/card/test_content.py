"""What stands on a card."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.card.content import MAX_BYLINE, MAX_HEADLINE, MAX_LINK, MAX_QUOTE, content, short_link
from bot.translation import speaking
from index.errors import CardError
from tests.card import builders
from tests.card.builders import answer


@given(st.text(min_size=1, max_size=200), st.data())
def test_the_quote_is_verbatim(text: str, data: st.DataObject) -> None:
    """The pieces and a mark of the quote's own give the quote back, wherever words are marked."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    excerpt = content(answer(text, marks=((start, end),))).excerpts[0]
    assert excerpt.text == text


def test_the_marked_words_are_a_piece_of_their_own() -> None:
    """What answers is told from the rest."""
    start = builders.ENGLISH.index("Monday")
    pieces = content(answer(builders.ENGLISH, marks=((start, start + 6),))).excerpts[0].pieces
    assert [piece.text for piece in pieces if piece.marked] == ["Monday"]
    assert [piece.marked for piece in pieces] == [False, True, False]


def test_speech_keeps_its_own_mark_and_gets_no_other() -> None:
    """A sentence that opens with a quotation mark is not put into a second pair."""
    excerpt = content(answer("“She is safe,” the engineer said.")).excerpts[0]
    assert (excerpt.opening, excerpt.closing, excerpt.own) == ("“", "", True)
    assert excerpt.text == "“She is safe,” the engineer said."


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("It was over.", "“”"),
        ("The mood was “very good,” he said.", "‘’"),
        ('The mood was "very good," he said.', "‘’"),
        (builders.RUSSIAN, "“”"),
        ("Er nannte es „gut“, sagte er.", "‚‘"),
        (builders.CHINESE, "「」"),
        (builders.JAPANESE, "『』"),
    ],
)
def test_marks_within_a_quote_change_those_around_it(text: str, marks: str) -> None:
    """A quote within a quote has other marks, in each language its own."""
    excerpt = content(answer(text)).excerpts[0]
    assert excerpt.opening + excerpt.closing == marks


def test_the_quotes_of_a_card_have_one_kind_of_marks() -> None:
    """Where one of them needs the inner kind around it, all get it."""
    shown = content(answer("It was over.", "The mood was “very good,” he said."))
    assert [excerpt.opening for excerpt in shown.excerpts] == ["‘", "‘"]


def test_the_sentence_before_stands_in_marks() -> None:
    """It is told from the quote by its words, and is verbatim as well."""
    shown = content(answer("It was over.", context="The ferry had been laid up."))
    assert shown.excerpts[0].context == "Before it: “The ferry had been laid up.”"


def test_a_quote_too_long_for_a_picture_is_refused() -> None:
    """It is refused rather than cut."""
    assert content(answer("x" * MAX_QUOTE)).excerpts[0].text == "x" * MAX_QUOTE
    with pytest.raises(CardError, match="1001 characters"):
        content(answer("x" * (MAX_QUOTE + 1)))


def test_a_headline_that_is_none_is_cut_behind_a_word() -> None:
    """What is no quote may be shortened, and shows it."""
    shown = content(answer("It was over.", title="word " * 200, byline="n" * 400))
    assert len(shown.headline) <= MAX_HEADLINE
    assert shown.headline.endswith("word…")
    assert (len(shown.byline), shown.byline[-1]) == (MAX_BYLINE, "…")


def test_an_article_without_a_headline_is_named_by_its_host_or_file() -> None:
    """The source is never left out, and a folder of the operator's is never shown."""
    assert content(answer("It was over.", title=None)).headline == "harbour.example"
    found = answer("It was over.", title=None, url=None)
    local = dataclasses.replace(found.article, source="/home/operator/secret/story.txt")
    assert content(dataclasses.replace(found, article=local)).headline == "story.txt"


def test_the_date_is_written_in_the_language_of_the_replies() -> None:
    """A reader of German finds the German month."""
    found = answer("It was over.")
    assert content(found).date == "14 March 2023"
    with speaking("de"):
        assert content(found).date == "14. März 2023"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (builders.URL, "harbour.example/news/coast/ferry-returns"),
        ("https://user:secret@www.example.org:8443/", "example.org"),
        ("https://example.org/%E6%96%B0%E9%97%BB", "example.org/新闻"),
        ("https://example.org/a%0Ab", "example.org/…"),
        (f"https://example.org/{'folder/' * 20}story.html", "example.org/…/story.html"),
        ("https://[", ""),
        (None, ""),
        ("not an address", ""),
    ],
)
def test_a_link_is_short_and_carries_no_tracking(url: str | None, shown: str) -> None:
    """Host and path, no user, no port, no query, no fragment."""
    assert short_link(url) == shown


@given(st.text(max_size=200), st.text(max_size=100))
def test_a_link_is_one_line(path: str, host: str) -> None:
    """Whatever an address holds, it is a line of printable letters."""
    shown = short_link(f"https://{host}/{path}")
    assert len(shown) <= MAX_LINK
    assert shown.isprintable()
