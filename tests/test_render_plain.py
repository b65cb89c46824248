"""What goes into a pipe, written without rich."""

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Abstention, Answer, Citation, Correction, Quote, Reason, Source
from bot.render import plain, terminal
from bot.terminal.console import make_console
from bot.translation import speaking
from index.article import Article, Passage, Sentence
from index.library.model import Entry

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60) | st.sampled_from(
    [
        "  A ship.  ",
        "A\x1b[31m ship.\n",
        "[bold]A[/bold] :smile: 1.5",
        "表紙は\u3000赤い。",
        "שלום",
        "e\u0301\u200b",
        "\x85A\u2028B",
    ]
)
ENTRIES = st.builds(
    Entry, st.integers(1, 2_000), st.just("id"), st.none() | TEXTS, st.none(), st.none() | st.just(dt.date(2021, 7, 8)),
    st.none() | st.just("https://www.example.org/a"), TEXTS, st.just(0), st.just(9), st.just(1), st.just(1),
)  # fmt: skip
SOURCES = st.builds(Source, ENTRIES, st.tuples(ENTRIES))
SENTENCES = st.builds(lambda text: Sentence(1, 0, len(text), text, 1), TEXTS)
CITATIONS = st.builds(
    Citation, st.integers(1, 1_200), st.integers(1, 9), st.integers(1, 9), st.integers(0, 9), st.integers(10, 99),
    st.none() | st.just("https://example.org/#:~:text=A"), st.none() | SOURCES,
)  # fmt: skip
QUOTES = st.builds(Quote, TEXTS, CITATIONS, st.just(0.9), st.just(((0, 1),)), st.none() | SENTENCES)
ARTICLES = st.builds(
    Article, st.just("A ship."), title=st.none() | TEXTS, byline=st.none() | TEXTS, source=TEXTS,
    published=st.none() | st.just(dt.date(2021, 7, 8)),
)  # fmt: skip
CORRECTIONS = st.lists(st.builds(Correction, TEXTS, TEXTS), max_size=2).map(tuple)
HOW_MANY = st.sampled_from([1, 2, 37])
ANSWERS = st.builds(
    Answer, TEXTS, ARTICLES, st.lists(QUOTES, min_size=1, max_size=3).map(tuple), st.floats(0, 1), CORRECTIONS,
    read_as=st.none() | TEXTS, articles=HOW_MANY,
)  # fmt: skip
PASSAGES = st.builds(lambda n, text: Passage(n, 0, len(text), text, (0,)), st.integers(1, 20_000), TEXTS)
ABSTENTIONS = st.builds(
    Abstention, TEXTS, ARTICLES, st.sampled_from([r for r in Reason if r is not Reason.NO_METADATA]), st.floats(0, 1),
    st.lists(TEXTS, min_size=1, max_size=2).map(tuple), st.lists(PASSAGES, max_size=3).map(tuple), CORRECTIONS,
    read_as=st.none() | TEXTS, articles=HOW_MANY, sources=st.lists(SOURCES, max_size=3).map(tuple),
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing says how wide the pipe is."""
    for name in ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def drawn(result: Answer | Abstention) -> str:
    """What rich prints into a pipe."""
    output = io.StringIO()
    make_console(output).print(terminal.result(result))
    return output.getvalue()


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@given(result=ANSWERS | ABSTENTIONS)
def test_it_is_what_rich_would_print(language: str, result: Answer | Abstention) -> None:
    """Letter by letter; what rich would do more with than print it is left to rich."""
    with speaking(language):
        found, expected = plain.result(result), drawn(result)
    assert found is None or found == expected


def test_a_line_that_rich_would_change_is_left_to_it() -> None:
    """A tab, or a line that may be too long for its widest pipe."""
    for text in ("A\tship.", "A" * (plain.LONGEST + 1)):
        quote = Quote(text, Citation(1, 2, 3, 0, len(text)), 0.9)
        assert plain.result(Answer("q", Article(text), (quote,), 0.9)) is None


def test_a_long_line_is_not_broken() -> None:
    """Up to the longest that is written here, however wide its characters are."""
    text = "船" * (plain.LONGEST - 50)
    result = Answer("q", Article(text), (Quote(text, Citation(1, 2, 3, 0, len(text)), 0.9),), 0.9)
    assert plain.result(result) == drawn(result)


def test_the_tenth_quote_has_its_whole_number() -> None:
    """On a terminal too."""
    result = Answer("q", Article("A ship."), (Quote("A ship.", Citation(10, 2, 3, 0, 7), 0.9),), 0.9)
    assert drawn(result).startswith("[10] A ship.\n")


@pytest.mark.parametrize("name", ["COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"])
def test_what_asks_for_a_width_or_for_colour_is_heard(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich draws then, as on a terminal."""
    assert plain.is_plain(io.StringIO())
    monkeypatch.setenv(name, "40")
    assert not plain.is_plain(io.StringIO())
