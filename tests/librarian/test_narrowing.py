"""What narrows a question to some articles."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.librarian.narrowing import both, first_day, holds, narrowed
from bot.translation import speaking
from index.errors import CommandError
from index.library.model import Scope
from index.library.protocol import EVERYTHING


@pytest.mark.parametrize(
    ("typed", "question", "scope"),
    [
        ("Who won?", "Who won?", EVERYTHING),
        ("Who won? before:2021-07-01", "Who won?", Scope(before=dt.date(2021, 7, 1))),
        ("after:2021-06 who won", "who won", Scope(since=dt.date(2021, 6, 1))),
        (
            "Who BEFORE:2021 won after:2020-2-29?",
            "Who won ?",
            Scope(since=dt.date(2020, 2, 29), before=dt.date(2021, 1, 1)),
        ),
        ("Who won? article:12", "Who won?", Scope(articles=frozenset({12}))),
        ("Who won? article:#12.", "Who won? .", Scope(articles=frozenset({12}))),
        ("What happened before: 2021?", "What happened before: 2021?", EVERYTHING),
        ("What did they say before:the war", "What did they say before:the war", EVERYTHING),
        ("Is hereafter:2021 a word", "Is hereafter:2021 a word", EVERYTHING),
    ],
)
def test_it_is_taken_out_of_the_question(typed: str, question: str, scope: Scope) -> None:
    """What was typed for us is taken away; what only looks like it stays in the question."""
    assert narrowed(typed) == (question, scope)


@pytest.mark.parametrize(
    "typed", ["before:2021-13", "after:2021-02-30", "before:21", "article:12a", "after:2021-1-1-1"]
)
def test_what_is_no_date_or_number_is_refused(typed: str) -> None:
    """A slip is told, not searched for."""
    with pytest.raises(CommandError):
        narrowed(f"Who won? {typed}")


def test_english_is_understood_in_every_language() -> None:
    """The names that Discord has in English go on working."""
    with speaking("de"):
        assert narrowed("Wer? before:2021")[1] == Scope(before=dt.date(2021, 1, 1))


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_day_is_its_own_first_day(day: dt.date) -> None:
    """A date in full means that day."""
    assert first_day(day.isoformat()) == day


_DAYS = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
_SCOPES = st.builds(Scope, _DAYS, _DAYS, st.none() | st.frozensets(st.integers(1, 5)))


@given(_SCOPES, _SCOPES, st.integers(1, 5), _DAYS)
def test_both_is_what_is_in_each(one: Scope, other: Scope, number: int, day: dt.date | None) -> None:
    """An article is in the common scope exactly where it is in the one and in the other."""
    assert holds(both(one, other), number, day) == (holds(one, number, day) and holds(other, number, day))
