"""Regression floors: what was measured on small sets of our own may not fall by more than three intervals.

`python -m bench.floors --write` sets the floors anew, in `tests/questions/floors.json`.
"""

import pytest

from bench.floors import INTERVALS, LEAST, Floor, figures, read_floors
from bench.words import articles, load

FLOORS = read_floors()


@pytest.fixture(scope="module")
def measured() -> dict[str, Floor]:
    """The figures of the program as it is."""
    return figures()


@pytest.mark.parametrize("name", FLOORS)
def test_a_figure_keeps_above_its_floor(name: str, measured: dict[str, Floor]) -> None:
    """Ranking, abstention, marks and page text are as good as they were, less a margin."""
    assert measured[name].measured >= FLOORS[name].floor


def test_every_figure_has_a_floor(measured: dict[str, Floor]) -> None:
    """What is measured is also held, over as many questions."""
    assert {n: row.n for n, row in measured.items()} == {n: row.n for n, row in FLOORS.items()}


@pytest.mark.parametrize("name", FLOORS)
def test_a_floor_lies_three_intervals_below(name: str) -> None:
    """Floors are computed, not typed."""
    row = FLOORS[name]
    below = max(INTERVALS * (row.measured - row.low), LEAST)
    assert row.floor == pytest.approx(max(0.0, row.measured - below), abs=5e-4)


def test_the_answers_stand_in_their_articles() -> None:
    """Every question names an article at hand, and every right fragment stands in one of its sentences."""
    texts = {name: article.text.casefold() for name, article in articles()}
    for name, questions in load().items():
        for worded in questions:
            assert bool(worded.answers) is bool(worded.question.gold)
            assert all(f.casefold() in texts[name] for fragments in worded.question.gold for f in fragments)
