"""Dates as stretches of days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.dates import Date, dates

PUBLISHED = dt.date(2021, 7, 8)
"""A Thursday."""


def only(text: str, published: dt.date | None = PUBLISHED) -> Date:
    """The one date of a text."""
    (found,) = dates(text, published)
    return found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on Thursday", "2021-07-08", "2021-07-08"),
        ("on Monday", "2021-07-05", "2021-07-05"),
        ("8 July 2021", "2021-07-08", "2021-07-08"),
        ("July 8th, 2021", "2021-07-08", "2021-07-08"),
        ("2021-07-08", "2021-07-08", "2021-07-08"),
        ("in March", "2021-03-01", "2021-03-31"),
        ("in December", "2020-12-01", "2020-12-31"),
        ("in 1989", "1989-01-01", "1989-12-31"),
        ("the 1980s", "1980-01-01", "1989-12-31"),
    ],
)
def test_dates_are_read(text: str, first: str, last: str) -> None:
    """Relative to the article's day where a year is not given."""
    found = only(text)
    assert (str(found.first), str(found.last)) == (first, last)


@pytest.mark.parametrize("text", ["it may go", "they march on", "31 February", "the mayor", "1500 soldiers"])
def test_what_is_no_date(text: str) -> None:
    """Verbs, days that there are not, parts of words, counts."""
    assert dates(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("claimed", "written", "within", "conflicts"),
    [
        ("8 July 2021", "Thursday", True, False),
        ("in 2021", "March", True, False),
        ("12 March", "March", False, False),
        ("Monday", "Thursday", False, True),
        ("May", "March", False, True),
        ("1979", "1989", False, True),
        ("yesterday", "Thursday", False, False),
    ],
)
def test_dates_are_compared(claimed: str, written: str, *, within: bool, conflicts: bool) -> None:
    """One day in common is no conflict, a narrower claim is not borne out, "yesterday" cannot be compared."""
    one, other = only(claimed), only(written)
    assert one.within(other) is within
    assert one.conflicts(other) is conflicts


def test_without_a_day_of_publication() -> None:
    """Weekdays and months are compared by name."""
    assert only("Monday", None).conflicts(only("Thursday", None))
    assert only("on Monday", None).within(only("Monday", None))
    assert only("May", None).conflicts(only("March", None))


@given(st.text(), st.none() | st.dates())
def test_any_text(text: str, published: dt.date | None) -> None:
    """Dates lie in the text and are compared with one another without an error."""
    found = dates(text, published)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert not any(d.conflicts(d) for d in found)
