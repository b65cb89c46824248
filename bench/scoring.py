"""Metrics: one function each, on plain numbers, so that each can be checked by hand.

Spans are (start, end) character offsets, end excluded. Nothing here knows of articles or rankers.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]

ROUNDS = 1_000
"""Bootstrap resamples behind an interval."""


def is_hit(cited: Span, gold: Span) -> bool:
    """Whether a cited sentence is the gold one, for two splitters that may cut differently.

    It overlaps by at least half of the shorter of the two, and is at most twice as long as the gold sentence
    plus 50 characters, so that citing the whole article is no hit.
    """
    overlap = min(cited[1], gold[1]) - max(cited[0], gold[0])
    length, wanted = cited[1] - cited[0], gold[1] - gold[0]
    return overlap > 0 and 2 * overlap >= min(length, wanted) and length <= 2 * wanted + 50


def first_hit(cited: Sequence[Span], gold: Sequence[Span]) -> int | None:
    """0-based rank of the first cited sentence that hits any gold sentence, or None."""
    for rank, span in enumerate(cited):
        if any(is_hit(span, wanted) for wanted in gold):
            return rank
    return None


def hits_at(ranks: Sequence[int | None], k: int) -> float:
    """H@k: the share of questions whose first hit is among the first k, 0..1; 0 for no questions."""
    return sum(rank is not None and rank < k for rank in ranks) / len(ranks) if ranks else 0.0


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Area under the ROC curve: the chance that a positive scores above a negative, a tie counting half.

    Mann and Whitney's U over the product of the two counts; 0.5 where one of the classes is missing.
    """
    values, labels = np.asarray(scores, dtype=np.float64), np.asarray(positive, dtype=bool)
    positives, negatives = int(labels.sum()), int((~labels).sum())
    if not positives or not negatives:
        return 0.5
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2
    rank_sum = float(mean_rank[inverse][labels].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def ece(confidences: Sequence[float], correct: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error, 0..1, over bins of equal width (Guo et al., 2017).

    The mean over bins, weighted by their size, of |mean confidence - share that is correct|.
    """
    values, labels = np.asarray(confidences, dtype=np.float64), np.asarray(correct, dtype=np.float64)
    if not values.size:
        return 0.0
    which = np.minimum((values * bins).astype(int), bins - 1)
    gaps = [abs(float((values[which == b] - labels[which == b]).sum())) for b in range(bins)]
    return sum(gaps) / values.size


def average_precision(labels: Sequence[int]) -> float:
    """Average precision of one ranking, 0..1; `labels` are 1 (relevant) or 0, best first."""
    found, total = 0, 0.0
    for rank, label in enumerate(labels, 1):
        if label:
            found += 1
            total += found / rank
    return total / found if found else 0.0


def reciprocal_rank(labels: Sequence[int]) -> float:
    """One over the 1-based rank of the first relevant item; 0 where there is none."""
    return next((1 / rank for rank, label in enumerate(labels, 1) if label), 0.0)


Groups = Sequence[Sequence[float] | NDArray[np.float64]]


def bootstrap(
    groups: Groups,
    statistic: Callable[[NDArray[np.float64]], float] = lambda values: float(values.mean()),
    *,
    rounds: int = ROUNDS,
    seed: int = 0,
) -> tuple[float, float]:
    """A 95 % interval, resampling whole groups (articles): their questions are not independent.

    Args:
        groups: the values of each article's questions, or a row of values for each; an article may have none.
        statistic: what is reported of all values (or rows) together.
        rounds: number of resamples.
        seed: of the random generator; the same seed gives the same interval.

    Returns:
        (2.5th, 97.5th) percentile; (0, 0) where there is no value at all.
    """
    filled = [np.asarray(group, dtype=np.float64) for group in groups if len(group)]
    if not filled:
        return 0.0, 0.0
    random = np.random.default_rng(seed)
    picks = random.integers(len(filled), size=(rounds, len(filled)))
    values = [statistic(np.concatenate([filled[i] for i in pick])) for pick in picks]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


_ARTICLES = frozenset({"a", "an", "the"})
_NO_WORD = re.compile(r"[^\w\s]|_")


def answer_words(text: str) -> list[str]:
    """The words that count of an answer: lower case, without punctuation and articles (SQuAD's rule)."""
    return [word for word in _NO_WORD.sub("", text.casefold()).split() if word not in _ARTICLES]


def token_f1(given: str, accepted: Sequence[str]) -> float:
    """Token F1 of an answer against the best of those accepted, 0..1 (Rajpurkar et al., 2016)."""
    words = Counter(answer_words(given))
    best = 0.0
    for text in accepted:
        wanted = Counter(answer_words(text))
        common = sum((words & wanted).values())
        if common:
            best = max(best, 2 * common / (sum(words.values()) + sum(wanted.values())))
    return best


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence.

    Attributes:
        n: how many.
        confidence: their mean confidence, 0..1; 0 for none.
        right: the share of them that is right, 0..1; 0 for none.
    """

    n: int
    confidence: float
    right: float


def reliability(confidences: Sequence[float], correct: Sequence[bool], bins: int = 10) -> list[Bin]:
    """The bins of a reliability diagram: those of `ece`, of equal width from 0 to 1."""
    values, labels = np.asarray(confidences, dtype=np.float64), np.asarray(correct, dtype=np.float64)
    which = np.minimum((values * bins).astype(int), bins - 1)
    found = []
    for b in range(bins):
        inside = which == b
        n = int(inside.sum())
        found.append(Bin(n, float(values[inside].mean()) if n else 0.0, float(labels[inside].mean()) if n else 0.0))
    return found


@dataclass(frozen=True, slots=True)
class Trade:
    """What a threshold does; every share is 0..1, and 0 where there is nothing to share.

    Attributes:
        threshold: confidence below which a question is refused.
        answered_open: of the questions without an answer, the share that is answered all the same.
        refused: of the answerable questions, the share that is refused.
        refused_right: of the answerable questions whose first sentence is right, the share that is refused.
        coverage: of all questions, the share that is answered.
        wrong: of the answers given, the share whose first sentence does not answer.
    """

    threshold: float
    answered_open: float
    refused: float
    refused_right: float
    coverage: float
    wrong: float


def trade(
    confidences: Sequence[float], answerable: Sequence[bool], right: Sequence[bool], thresholds: Sequence[float]
) -> list[Trade]:
    """What each threshold would do to a set of questions."""
    sure = np.asarray(confidences, dtype=np.float64)
    has, hit = np.asarray(answerable, dtype=bool), np.asarray(right, dtype=bool)

    def share(of: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
        return float(of[among].mean()) if among.any() else 0.0

    rows = []
    for threshold in thresholds:
        given = sure >= threshold
        everything = np.ones_like(given)
        rows.append(
            Trade(
                float(threshold),
                share(given, ~has),
                share(~given, has),
                share(~given, has & hit),
                share(given, everything),
                share(~hit, given),
            )
        )
    return rows
