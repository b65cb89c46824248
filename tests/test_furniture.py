"""Furniture: a page's own text is set aside, and a text without a page around it is kept whole."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Kind
from index.furniture import body_odds, mark_furniture, mark_leftovers
from index.furniture_features import NAMES, describe
from index.readers import read_article, read_bytes

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the repository")

STORY = [
    "The council voted on Tuesday to mend the old bridge over the river, which a flood had damaged.",
    "“We have waited long enough,” the mayor said. “Our traders lost half of their customers.”",
    "Officials put the cost at two million crowns, a third of it paid by the province.",
    "The bridge was built in 1898 and carries the only road to the northern villages.",
    "Work is to begin in May and will take a year, according to the plan that the council passed.",
]
PAGE = "\n\n".join(
    [
        "Get alerts from The Valley Courier",
        "Notifications can be switched off in the browser settings.",
        "Council votes to mend the old bridge",
        "The crossing has been closed since a flood damaged it in spring, and traders complain of lost business",
        "Via Courier news desk\nTuesday 03 March 2020 09:15 GMT\nValley Bridge\nValley Bridge (Copyright 2020 AP)",
        "Your gift keeps us going",
        "Our reporters are on the ground in every valley, and our readers pay for it. Your donation lets us keep on.",
        "Unlike other newspapers we have no paywall, because we believe that good journalism should be open to all.",
        "Support us today.",
        *STORY,
        "Thank you for signing up",
        "Please reload this page so that you are signed in.",
    ]
)

KEPT = {
    "one sentence": "The cat sat on the mat.",
    "one word": "Hello",
    "email": "Hi Bob,\n\nThanks for your email. We are happy to support your trip and will follow you on Twitter.\n\n"
    "Please send us your address and we will post your tickets.\n\nBest,\nAlice",
    "letter of thanks": "Dear members,\n\nYour donation made a difference. We thank you for your support this year.\n\n"
    "Our volunteers built three wells. The school opened in May.\n\nYours,\nThe board",
    "story about newspapers": "The Herald said on Monday that its subscription would cost more from July. Readers who"
    " sign up for the newsletter will pay less.\n\nIts paywall was put up in 2015, and 20,000 subscribers have"
    " registered since.",
    "story about cookies": "The watchdog fined the firm because its cookie banner was misleading.\n\nUsers could not"
    " refuse cookies without logging in, it said. The privacy policy did not mention it.",
    "poem": "The sun goes down\nThe moon comes up\nA fox is on the hill\n\nThe wind lies still\nAnd I am waiting still",
    "list": "Things to bring\n\n- two apples\n- a loaf of bread\n- milk\n\nCall the plumber before noon.",
    "essay": "What I learned\n\nWe all make mistakes. You know this as well as I do, and your friends know it too.\n\n"
    "Now I tell my students: support your colleagues, share this with your friends, and read more.",
    "interview": "Q: Where did you grow up?\n\nA: In a small town.\n\nQ: Do you follow us on Facebook?\n\nA: No.",
    "Chinese": "北京时间周二，委员会开会讨论新桥。\n\n没有人反对该计划。",
    "Russian": "Комитет собрался во вторник, чтобы обсудить новый мост.\n\nНикто не выступил против.",
}


def test_a_page_gives_its_story() -> None:
    """Notices, captions, appeals and log-in texts are furniture; headline, byline, date and story are not."""
    article = read_bytes(PAGE.encode())
    assert [p.text for p in article.paragraphs if p.kind is Kind.BODY] == STORY
    assert article.title == "Council votes to mend the old bridge"
    assert article.byline == "Via Courier news desk"
    assert str(article.published) == "2020-03-03"
    assert [p.kind for p in article.paragraphs if p.text.startswith("The crossing")] == [Kind.STANDFIRST]
    assert len(article.furniture) == 10


@pytest.mark.parametrize("name", KEPT)
def test_a_text_without_a_page_is_kept_whole(name: str) -> None:
    """No paragraph of a typed text is furniture, whatever it speaks of."""
    assert read_bytes(KEPT[name].encode()).furniture == ()


def test_wrapped_text_is_one_paragraph_a_block() -> None:
    """Lines wrapped at a column are joined, also without a blank line around them."""
    text = (
        "The committee met on Tuesday to discuss the new bridge over the river,\nwhich has been closed since the"
        " flood of"
        " last year and which carries the\nonly road to the north of the valley.\n\nMembers agreed to ask the"
        " county for two"
        " million to pay for the repairs.\nThe work is to start in May and to end before the winter.\n"
    )
    assert len(read_bytes(text.encode()).paragraphs) == 2


def test_features_have_names() -> None:
    """Every row has as many numbers as there are names."""
    assert {len(NAMES)} == {len(row) for row in describe(["Home", STORY[0]], [True, True]).rows}


def test_no_paragraphs() -> None:
    """An empty page has no flags."""
    assert mark_furniture([], []) == body_odds([], []) == mark_leftovers([], "") == []


def test_leftovers_are_few() -> None:
    """A caption that an extractor left is flagged; where most looks like furniture, nothing is."""
    texts = [*STORY, "Related: sign up for our newsletter (Getty Images)"]
    assert mark_leftovers(texts, "Bridge")[:-1] == [False] * len(STORY)
    assert mark_leftovers(["Sign up for our newsletter"], "") == [False]


@given(st.lists(st.text(min_size=1, max_size=60), max_size=12))
def test_one_flag_a_paragraph(texts: list[str]) -> None:
    """Any texts at all get one flag each."""
    assert len(mark_furniture(texts, [True] * len(texts))) == len(texts)


def test_an_article_is_read_within_milliseconds() -> None:
    """A page of 4 KB takes less than 5 ms; the bound here leaves room for a busy machine."""
    page = (PAGE + "\n\n" + "\n\n".join(STORY * 4)).encode()
    read_bytes(page)
    times = []
    for _ in range(7):
        start = time.perf_counter()
        read_bytes(page)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.02


@needs_data
def test_the_articles_page() -> None:
    """The project's own article loses its furniture and nothing else."""
    article = read_article(DATA / "article.txt")
    assert [len(article.paragraphs), len(article.furniture)] == [26, 11]
    assert article.byline == "Via AP news wire"
    assert str(article.published) == "2021-07-08"
    assert [sum(p.kind is kind for p in article.paragraphs) for kind in (Kind.BODY, Kind.STANDFIRST)] == [11, 1]
