"""Numbers as ranges with units."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.quantities import Quantity, quantities


def only(text: str) -> Quantity:
    """The one number of a text."""
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("20,000 reservists", 20_000, 20_000, ""),
        ("20 000 reservists", 20_000, 20_000, ""),
        ("20k reservists", 20_000, 20_000, ""),
        ("twenty thousand reservists", 20_000, 20_000, ""),
        ("three hundred and five ships", 305, 305, ""),
        ("4.2 million crowns", 4_200_000, 4_200_000, "crown"),
        ("$300 a month", 300, 300, "$"),
        ("85 percent", 85, 85, "%"),
        ("85%", 85, 85, "%"),
        ("a ten-year war", 10, 10, "year"),
        ("10 to 20 people", 10, 20, ""),
        ("between 10 and 20 people", 10, 20, ""),
        ("more than 15,000", 15_000, math.inf, ""),
        ("fewer than 5,000", 0, 5_000, ""),
        ("about 100 ships", 90, 110, ""),
        ("up to 38 cars", 38, 38, ""),
        ("dozens of men", 20, 199, ""),
    ],
)
def test_numbers_are_read(text: str, low: float, high: float, unit: str) -> None:
    """Figures, words, both, bounds, ranges, units."""
    found = only(text)
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)
    assert found.unit == unit


@pytest.mark.parametrize("text", ["one of them", "the 5th man", "192.168.1.1", "no figures here", "a k"])
def test_what_is_no_number(text: str) -> None:
    """A pronoun, an ordinal and an address are none."""
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("claimed", "written", "agree", "borne_out"),
    [
        ("20,000", "20,000", True, True),
        ("more than 15,000", "20,000", True, True),
        ("20,000", "more than 15,000", True, False),
        ("dozens", "hundreds", False, False),
        ("thousands", "20,000", True, True),
        ("15,000", "hundreds", True, False),
        ("10,000", "20,000", False, False),
    ],
)
def test_numbers_are_compared(claimed: str, written: str, *, agree: bool, borne_out: bool) -> None:
    """A bound agrees with what lies in it; a number in figures is not borne out by a bound or by a vague word."""
    one, other = only(claimed), only(written)
    assert one.agrees(other) is agree
    assert one.borne_out_by(other) is borne_out


@given(st.text())
def test_any_text(text: str) -> None:
    """Numbers lie in the text, in order, with a range the right way round."""
    found = quantities(text)
    assert all(0 <= q.start < q.end <= len(text) and q.low <= q.high for q in found)
    assert [q.start for q in found] == sorted(q.start for q in found)
