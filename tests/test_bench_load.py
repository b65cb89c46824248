"""The load driver's own arithmetic."""

import math
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.load.crowd import stream
from bench.load.discord import Asked, Beats
from bench.load.figures import figures, percentile


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_percentiles(values: list[float], share: float) -> None:
    """The smallest value that at least the share of all do not exceed."""
    found = percentile(values, share)
    assert sum(v <= found for v in values) >= share * len(values)
    assert sum(v < found for v in values) < share * len(values)


def test_nothing_has_no_percentile() -> None:
    """Of no values there is none."""
    assert math.isnan(percentile([], 0.5))


def test_what_came_of_a_run() -> None:
    """Answered, refused, late and never acknowledged are told apart; a refusal is no answer time."""
    asked = [
        Asked(0.0, 0, acknowledged=0.1, answered=0.2),
        Asked(1.0, 0, acknowledged=0.3, refused=True),
        Asked(2.0, 1, acknowledged=3.5, answered=4.0),
        Asked(3.0, 1),
    ]
    found = figures(1, asked, 3.0, gap=0.05, bot_cpu=3.0, driver_cpu=0.6, load=1.0, rss=1)
    assert (found.sent, found.answered, found.refused, found.late) == (4, 2, 1, 2)
    assert (found.p50, found.p99, found.refused_p99) == (200.0, 4000.0, 300.0)
    # The last answer came at 6 s.
    assert found.throughput == 2 / 6
    assert (found.bot_cpu, found.driver_cpu, found.cpu_each, found.gap) == pytest.approx((0.5, 0.1, 750.0, 50.0))


def test_questions_are_distinct_where_that_is_asked_for() -> None:
    """No two are alike then; else they repeat, in the same order for the same seed."""
    pool = ["Who came?", "What was said?"]
    distinct = list(islice(stream(pool, distinct=True), 200))
    assert len(set(distinct)) == 200
    repeated = list(islice(stream(pool, distinct=False), 200))
    assert set(repeated) == set(pool)
    assert repeated == list(islice(stream(pool, distinct=False), 200))


def test_a_late_heartbeat_is_a_gap() -> None:
    """What counts is how much later than the interval one comes."""
    beats = Beats()
    for now in (0.0, 0.5, 1.75, 2.25):
        beats.beat(now)
    assert beats.gap == 0.75
