"""How much of a page's text the readers keep apart from its furniture: page F1.

The metric is the article-extraction-benchmark's own: precision and recall over the multiset of 4-word
shingles of a page, averaged over the pages; F1 of the two averages.
"""

import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SEED = 7
RESAMPLES = 1_000
_TOKEN = re.compile(r"\w+")


class Matches(NamedTuple):
    """Shingles of one page, as shares of their union, so that a long page weighs no more than a short one."""

    true_positive: float
    false_positive: float
    false_negative: float


@dataclass(frozen=True, slots=True)
class Score:
    """Averages over pages, each in [0, 1]."""

    f1: float
    precision: float
    recall: float


def _shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    """Runs of `n` words; a shorter text is one run, an empty one none."""
    tokens = _TOKEN.findall(text)
    runs = (tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)))
    return Counter(run for run in runs if run)


def match(expected: str, actual: str) -> Matches:
    """Compare the text of an article with what was extracted."""
    left, right = _shingles(expected), _shingles(actual)
    both = sum((left & right).values())
    extra = sum((right - left).values())
    missed = sum((left - right).values())
    total = both + extra + missed
    return Matches(both / total, extra / total, missed / total) if total else Matches(0.0, 0.0, 0.0)


def _ratio(hit: float, miss: float, other: float) -> float:
    """Precision or recall of a page; 1 where nothing was wrong, even where there was nothing."""
    if miss == other == 0:
        return 1.0
    return hit / (hit + miss) if hit + miss else 0.0


def score(matches: Sequence[Matches]) -> Score:
    """Average over pages; a page without predictions counts for recall only, one without text for precision only."""
    precisions = [_ratio(tp, fp, fn) for tp, fp, fn in matches if tp + fp > 0]
    recalls = [_ratio(tp, fn, fp) for tp, fp, fn in matches if tp + fn > 0]
    precision = statistics.mean(precisions) if precisions else 0.0
    recall = statistics.mean(recalls) if recalls else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(f1, precision, recall)


def halves(ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """(development half, unseen half) of the pages, drawn with a fixed seed."""
    shuffled = sorted(ids)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - a split, not a secret
    middle = (len(shuffled) + 1) // 2
    return shuffled[:middle], shuffled[middle:]
