"""What a terminal is shown."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import RenderableType

from bot.answer import Abstention, Answer, Citation, Correction, Quote, Reason
from bot.render import terminal, words
from bot.terminal.console import make_console
from index.article import Article

ARTICLE = Article("A ship.", title="On ships", byline="By A. Roe")


def drawn(renderable: RenderableType) -> str:
    """What is printed into a pipe."""
    output = io.StringIO()
    make_console(output).print(renderable)
    return output.getvalue()


def test_an_answer_shows_quote_citation_and_correction() -> None:
    """Number, quote, place, link, source, confidence, and how a misspelt word was read."""
    quote = Quote("A ship.", Citation(1, 2, 3, 0, 7, "https://example.org/#:~:text=A"), 0.9)
    shown = drawn(terminal.answer(Answer("q", ARTICLE, (quote,), 0.874, (Correction("shp", "ship"),))))
    for part in ("[1] A ship.", "passage 2 · paragraph 3 · characters 0–7", "https://example.org/#:~:text=A",
                 "On ships · By A. Roe", "confidence 87%", "Read “shp” as “ship”."):  # fmt: skip
        assert part in shown


@given(st.text(min_size=1, max_size=80))
def test_no_control_character_is_shown(text: str) -> None:
    """Whatever stands in an article, the terminal is not steered by it."""
    assert not any((ord(c) < 0x20 and c != "\t") or 0x7F <= ord(c) < 0xA0 for c in terminal.shown(text))


@pytest.mark.parametrize(
    ("reason", "missing", "expected"),
    [
        (Reason.NO_MATCH, ("zeppelin",), "It is about something else: it never uses “zeppelin”."),
        (Reason.MISSING_TERMS, ("a", "b", "c"), "It never uses “a”, “b” or “c”."),
        (Reason.LOW_CONFIDENCE, (), "It uses the question's words, but no sentence looks like an answer."),
    ],
)
def test_the_reason_is_a_sentence(reason: Reason, missing: tuple[str, ...], expected: str) -> None:
    """A refusal says why, in words."""
    assert words.reason(Abstention("q", ARTICLE, reason, 0.1, missing)) == expected


@pytest.mark.parametrize(("share", "expected"), [(0, "0%"), (0.0001, "1%"), (0.5, "50%"), (0.9999, "99%"), (1, "100%")])
def test_near_certainty_is_not_shown_as_certainty(share: float, expected: str) -> None:
    """Only what is exactly certain is 0 or 100 percent."""
    assert words.percent(share) == expected


def test_a_link_is_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address stays in one piece on the narrowest terminal, so that it can be copied."""
    monkeypatch.setenv("COLUMNS", "40")
    link = "https://example.org/" + "a" * 200
    quote = Quote("A ship.", Citation(1, 2, 3, 0, 7, link), 0.9)
    assert f"    {link}\n" in drawn(terminal.answer(Answer("q", ARTICLE, (quote,), 0.9)))


def test_text_is_wrapped_at_the_width_that_the_terminal_has_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at that which it had when the shell was opened, and at no more than a line's measure."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    columns = 90
    monkeypatch.setattr(os, "get_terminal_size", lambda _=0: os.terminal_size((columns, 40)))
    output = io.StringIO()
    monkeypatch.setattr(output, "isatty", lambda: True)
    console = make_console(output)
    assert console.width == 90
    columns = 60
    console.print("word " * 40)
    assert max(len(line) for line in output.getvalue().splitlines()) <= 60
    columns = 1000
    assert console.width == terminal.MEASURE
