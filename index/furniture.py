"""Which paragraphs of a pasted page are the page's and not the article's.

A logistic regression over `index.furniture_features` gives every paragraph its log-odds of being the article's; the
likeliest course of body and furniture down the page (Viterbi) smooths over single paragraphs. The weights are
trained by `bench/train_furniture.py` and measured by `bench/pages.py`.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.furniture_features import NAMES, features

WEIGHTS_FILE = Path(__file__).with_name("furniture_weights.json")

_SWITCH = 0.5
"""Cost, in log-odds, of going from body to furniture or back between two neighbours."""

_BENEFIT_OF_DOUBT = 0.25
"""Added to the log-odds of body: to lose a sentence is worse than to keep a caption."""


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    """(bias, one weight a feature)."""
    found = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return found["bias"], tuple(found[name] for name in NAMES)


def body_odds(texts: Sequence[str], after_blank: Sequence[bool]) -> list[float]:
    """The log-odds that each paragraph is the article's, by itself and its surroundings.

    Args:
        texts: the paragraphs, in the order of the page.
        after_blank: whether a blank line stands before each.

    Returns:
        one number a paragraph; above zero: rather the article's.
    """
    bias, weights = _weights()
    return [
        bias + sum(weight * value for weight, value in zip(weights, row, strict=True))
        for row in features(texts, after_blank)
    ]


def _likeliest_course(odds: Sequence[float]) -> list[bool]:
    """True for furniture; the course with the greatest sum of log-odds less the cost of its switches."""
    furniture, body = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    for gain in odds:
        stay_out, leave = furniture, body - _SWITCH
        enter, stay_in = furniture - _SWITCH, body
        came_from.append((leave > stay_out, stay_in >= enter))
        furniture, body = max(stay_out, leave), max(enter, stay_in) + gain
    state = body >= furniture
    course: list[bool] = []
    for from_body_if_out, from_body_if_in in reversed(came_from):
        course.append(not state)
        state = from_body_if_in if state else from_body_if_out
    return course[::-1]


def mark_furniture(texts: Sequence[str], after_blank: Sequence[bool]) -> list[bool]:
    """Decide for every paragraph of a text whether it is page furniture.

    Args:
        texts: the paragraphs, in the order of the page.
        after_blank: whether a blank line stands before each.

    Returns:
        one flag a paragraph; True for furniture.
    """
    return _likeliest_course([odds + _BENEFIT_OF_DOUBT for odds in body_odds(texts, after_blank)])
