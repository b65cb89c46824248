"""What is said in Discord: complete, within the limits, quotes never cut."""

import asyncio
import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.answer import Abstention, Answer, Citation, Considered, Correction, Quote, Reason, Trace
from bot.discord.buttons import answer_view, more_view, passage_view
from bot.discord.custom_ids import MoreId, PassageId
from bot.render import discord_text
from bot.render.discord_markdown import fits
from bot.render.discord_why import why
from bot.translation import LANGUAGES, speaking
from index.article import Article, Kind, Paragraph, Sentence
from index.indexer import Index
from tests.loopback.markdown import read
from tests.loopback.schema import COMPONENTS_V2, message_errors
from tests.loopback.story import story, story_assistant

ANYTHING = st.characters(exclude_categories=["Cs"], exclude_characters="\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
SENTENCE = st.one_of(
    st.text(ANYTHING, min_size=1, max_size=1000),
    st.sampled_from(["*", "\U0001f600", "<@1>", "a", "語", "_a", "\n\\"]).map(lambda s: (s * 1000)[:1000]),
).filter(lambda s: s.strip() == s and s != "")


def quote_of(n: int, text: str, context: str | None = None, link: str | None = None) -> Quote:
    """A quote with all that a quote may have."""
    before = Sentence(0, 0, len(context), context, 1) if context else None
    return Quote(text, Citation(n, 999_999, 99_999, 10**8, 10**8 + len(text), link), 1.0, ((0, len(text)),), before)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SENTENCE, st.none() | SENTENCE), min_size=1, max_size=3), st.text(max_size=1000))
def test_an_answer_fits_and_loses_nothing(parts: list[tuple[str, str | None]], question: str) -> None:
    """Whatever the sentences are, the message fits, the quotes shown are whole and cited, the rest is for More."""
    link = "https://a.example/" + "x" * 494
    quotes = tuple(quote_of(n, text, context, link) for n, (text, context) in enumerate(parts, start=1))
    article = replace(story(), title="T*" * 500, byline="B_" * 500)
    page = discord_text.answer(Answer(question, article, quotes, 0.7, (Correction("a" * 900, "b" * 900),)))
    assert fits(page.texts)
    assert page.quotes
    assert (*page.quotes, *page.rest) == quotes
    said = read("\n".join(page.texts))
    for quote in page.quotes:
        assert read(discord_text.quote(quote, with_context=False)).split("\n[")[0] in said
        assert f"[{quote.citation.n}] passage" in said


def test_what_does_not_fit_goes_in_order() -> None:
    """The context goes first; then a further quote, which More then shows."""
    short, long, longest = "a " * 300 + "a", "*" * 900, "*" * 1000
    whole = discord_text.answer(Answer("q", story(), (quote_of(1, short, short), quote_of(2, short)), 0.7))
    assert "Context, the sentence before" in whole.texts[1]
    assert whole.rest == ()
    without = discord_text.answer(Answer("q", story(), (quote_of(1, short, longest), quote_of(2, long)), 0.7))
    assert "Context" not in "".join(without.texts)
    assert without.rest == ()
    fewer = discord_text.answer(Answer("q", story(), (quote_of(1, longest), quote_of(2, longest)), 0.7))
    assert [q.citation.n for q in fewer.quotes] == [1]
    assert [q.citation.n for q in fewer.rest] == [2]


@settings(max_examples=60, deadline=None)
@given(SENTENCE, st.lists(st.text(min_size=1, max_size=1000), max_size=40), st.integers(0, 3))
def test_an_abstention_fits(question: str, missing: list[str], closest: int) -> None:
    """However many words are missing, that the article does not say is said, with as many passages as fit."""
    index = Index(story())
    found = Abstention(question, story(), Reason.MISSING_TERMS, 0.1, tuple(missing) or ("x",), index.passages[:closest])
    page = discord_text.abstention(found)
    assert fits(page.texts)
    assert "**The article does not say.**" in page.texts[1]
    assert page.passages == index.passages[: len(page.passages)]


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=5), st.lists(st.text(min_size=1, max_size=1000), max_size=200))
def test_why_fits(sentences: list[str], terms: list[str]) -> None:
    """However long the sentences and however many the terms, /why loses none of them, and each page fits."""
    considered = tuple(
        Considered(Sentence(n, 0, len(s), s, 1), 1.0, 9.9, tuple(terms[:30]), expects=True)
        for n, s in enumerate(sentences)
    )
    trace = Trace(tuple((t, 1.5) for t in terms), "a name", considered, 0.4)
    pages = why(Answer("q" * 1000, story(), (quote_of(1, "a"),), 0.7, trace=trace))
    assert all(fits(texts) and texts for texts in pages)
    told = read("\n".join(text for texts in pages for text in texts))
    assert "Confidence" in told
    for sentence in sentences:
        assert "".join(sentence.split()) in "".join(told.split())


def article_of(sentences: list[str]) -> Article:
    """An article of one paragraph for each text."""
    text = "\n\n".join(sentences)
    paragraphs, start = [], 0
    for number, words in enumerate(sentences, start=1):
        paragraphs.append(Paragraph(number, start, start + len(words), words, Kind.BODY))
        start += len(words) + 2
    return Article(text=text, paragraphs=tuple(paragraphs), url="https://a.example/" + "y" * 400)


def sent_errors(view: object) -> list[str]:
    """What Discord would refuse in a view."""
    components = view.to_components()  # type: ignore[attr-defined]  # any view has it
    return message_errors({"flags": COMPONENTS_V2, "components": components, "allowed_mentions": {"parse": []}})


@settings(max_examples=30, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=4))
def test_passages_page_and_are_never_cut(sentences: list[str]) -> None:
    """A passage that one message cannot hold comes in parts; together they say all of it, and each can be sent."""
    index = Index(article_of(sentences))

    async def views() -> None:
        for passage in index.passages:
            parts = discord_text.passage_parts(passage, index, (passage.start, passage.end))
            for n in range(1, len(parts) + 1):
                wanted = PassageId(index.article.id, passage.number, n, passage.start, passage.end)
                assert sent_errors(passage_view(wanted, index)) == []
            whole = "".join(read(body).rsplit("\ncharacters", 1)[0] for _, body in parts)
            assert "".join(whole.split()) == "".join(passage.text.split())
        for sentence in index.sentences[:3]:
            assert sent_errors(more_view(MoreId(index.article.id, 2, (sentence.number,)), index)) == []

    asyncio.run(views())


@pytest.mark.parametrize(
    "question", ["How much did the repairs cost?", "Who is she?", "Which zebra won the chess final?"]
)
def test_answers_can_be_sent(question: str) -> None:
    """Real answers, private or not, break none of Discord's rules."""
    assistant = story_assistant()

    async def views() -> None:
        result = assistant.ask(question)
        for asker, private in ((None, False), (2**63, False), (2**63, True)):
            assert sent_errors(answer_view(result, assistant.index, asker=asker, private=private, number=2**62)) == []

    asyncio.run(views())


def test_the_article_is_described() -> None:
    """Headline, byline, date, address, size, and what was set aside."""
    said = discord_text.article(Index(story()))
    for part in (
        "Island ferry returns",
        "By Marta Lindqvist · <t:1678788000:D>",
        "<https://example.org/ferry>",
        "2 paragraphs",
    ):
        assert part in said


def test_what_the_reader_left_out_of_a_page_is_told() -> None:
    """How many words of an HTML page are not in the article's text; nothing where there are none."""
    said = discord_text.article(Index(replace(story(), left_out=1234)))
    assert "1,234 words of the page are not in the text" in said
    assert "not in the text" not in discord_text.article(Index(story()))


@pytest.mark.parametrize("zone", [-10, -5, 0, 5.75, 8, 13])
def test_the_date_is_the_same_day_for_everyone(zone: float) -> None:
    """A timestamp is shown in each reader's own time; the article's day stays what it says."""
    shown = re.fullmatch(r"<t:(\d+):D>", discord_text.date(story()))
    assert shown
    there = dt.datetime.fromtimestamp(int(shown[1]), dt.timezone(dt.timedelta(hours=zone)))
    assert there.date() == story().published


def test_a_date_before_discords_calendar_is_in_words() -> None:
    """Discord shows no timestamp before 1970."""
    assert discord_text.date(replace(story(), published=dt.date(1912, 4, 15))) == "15 April 1912"
    assert discord_text.date(replace(story(), published=None)) == ""


@given(st.text(min_size=1, max_size=300), st.none() | st.text(min_size=1, max_size=300))
def test_what_was_asked_can_be_read_off_an_answer(question: str, read_as: str | None) -> None:
    """The question as it was understood comes back from the text, whatever signs are in it."""
    shown = read_as or question
    assume(shown.strip() and question.strip() and not any("\ud800" <= c <= "\udfff" for c in shown + question))
    found = Abstention(question, story(), Reason.LOW_CONFIDENCE, 0.1, read_as=read_as)
    assert discord_text.understood(discord_text.abstention(found).texts[0]) == " ".join(shown.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_asked_can_be_read_off_in_every_language(language: str) -> None:
    """Whatever "Read as" is called."""
    with speaking(language):
        found = Abstention("and when?", story(), Reason.LOW_CONFIDENCE, 0.1, read_as="When did *it* sail?")
        assert discord_text.understood(discord_text.abstention(found).texts[0]) == "When did *it* sail?"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a.example/ b", "https://[bad"])
def test_an_address_that_is_none_of_the_web_is_not_live(url: str) -> None:
    """Only http and https addresses can be opened."""
    said = discord_text.article(Index(story(url)))
    assert f"<{url}>" not in said


def test_confidence_in_words() -> None:
    """From almost certain to uncertain."""
    assert [discord_text.sure(c) for c in (1.0, 0.95, 0.9, 0.7, 0.5, 0.0)] == [
        "almost certain",
        "almost certain",
        "very likely",
        "likely",
        "uncertain",
        "uncertain",
    ]
