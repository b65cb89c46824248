"""The metrics, on fixtures worked out by hand."""

import numpy as np
import pytest

from bench.scoring import (
    Bin,
    Trade,
    answer_words,
    auroc,
    average_precision,
    bootstrap,
    ece,
    first_hit,
    hits_at,
    is_hit,
    reciprocal_rank,
    reliability,
    token_f1,
    trade,
)


@pytest.mark.parametrize(
    ("cited", "gold", "expected"),
    [
        ((0, 100), (0, 100), True),
        ((0, 100), (50, 150), True),  # overlaps by exactly half
        ((0, 100), (51, 151), False),  # one character less
        ((0, 100), (100, 200), False),  # neighbours only touch
        ((0, 20), (0, 100), True),  # half of the shorter of the two
        ((0, 250), (0, 100), True),  # twice as long plus 50
        ((0, 251), (0, 100), False),  # one character longer
    ],
)
def test_a_hit_overlaps_by_half_and_is_not_much_longer(
    cited: tuple[int, int], gold: tuple[int, int], *, expected: bool
) -> None:
    """A cited sentence hits as the data's own description says, to the character."""
    assert is_hit(cited, gold) is expected


def test_first_hit_takes_any_gold_sentence() -> None:
    """The rank of the first citation that hits one of several gold sentences counts."""
    assert first_hit([(0, 10), (20, 30)], [(40, 50), (20, 30)]) == 1
    assert first_hit([(0, 10)], [(20, 30)]) is None
    assert first_hit([], [(20, 30)]) is None


def test_hits_at_counts_questions_without_a_hit() -> None:
    """Of four questions, one hits first, one third, one never."""
    ranks = [0, 2, None, 1]
    assert hits_at(ranks, 1) == 0.25
    assert hits_at(ranks, 3) == 0.75
    assert hits_at([], 1) == 0.0


def test_auroc_counts_pairs() -> None:
    """Of the four pairs, three are in order and one is a tie: 3.5 / 4."""
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)


def test_auroc_is_half_where_a_class_is_missing() -> None:
    """Nothing to separate is no skill."""
    assert auroc([0.1, 0.9], [True, True]) == 0.5
    assert auroc([], []) == 0.5


def test_ece_weighs_bins_by_their_size() -> None:
    """Three answers said at .9 of which two are right, one said at .2 that is wrong: (|2.7 - 2| + .2) / 4."""
    assert ece([0.9, 0.9, 0.9, 0.2], [True, True, False, False]) == pytest.approx((0.7 + 0.2) / 4)


def test_ece_puts_certainty_into_the_last_bin() -> None:
    """A confidence of exactly 1 that is right has no error."""
    assert ece([1.0, 0.0], [True, False]) == 0.0
    assert ece([], []) == 0.0


def test_average_precision_and_reciprocal_rank() -> None:
    """Relevant at ranks 2 and 4: (1/2 + 2/4) / 2, first at 2."""
    assert average_precision([0, 1, 0, 1]) == pytest.approx(0.5)
    assert reciprocal_rank([0, 1, 0, 1]) == pytest.approx(0.5)
    assert average_precision([0, 0]) == 0.0
    assert reciprocal_rank([0, 0]) == 0.0


def test_bootstrap_resamples_articles() -> None:
    """Groups that all say the same leave no doubt; an empty group counts for nothing."""
    assert bootstrap([[1.0, 1.0], [1.0], []], rounds=50) == (1.0, 1.0)
    assert bootstrap([[]]) == (0.0, 0.0)


def test_bootstrap_is_seeded() -> None:
    """The same seed gives the same interval, and it holds the mean."""
    groups = [[0.0, 1.0], [1.0], [0.0], [1.0, 1.0, 0.0]]
    low, high = bootstrap(groups, rounds=200, seed=3)
    assert (low, high) == bootstrap(groups, rounds=200, seed=3)
    assert low <= 4 / 7 <= high


def test_bootstrap_takes_rows() -> None:
    """A statistic of several columns sees rows, a whole article's at a time."""
    groups = [np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([[1.0, 2.0]])]
    assert bootstrap(groups, lambda rows: float(rows[:, 1].mean()), rounds=20) == (2.0, 2.0)


def test_token_f1_takes_the_best_accepted_answer() -> None:
    """Case, punctuation and articles do not count; repeats do; the best of the accepted answers is taken."""
    assert answer_words("The “old”, old ship's bell.") == ["old", "old", "ships", "bell"]
    assert token_f1("the Marigold", ["a ketch", "Marigold!"]) == 1.0
    assert token_f1("the ketch Marigold sailed", ["Marigold"]) == pytest.approx(2 / 4)
    assert token_f1("old old", ["old"]) == pytest.approx(2 / 3)
    assert token_f1("", ["old"]) == 0.0
    assert token_f1("old", []) == 0.0


def test_reliability_bins_add_up() -> None:
    """Each answer falls into one bin of equal width; certainty into the last."""
    found = reliability([0.0625, 0.0625, 0.95, 1.0], [False, True, True, True])
    assert (len(found), sum(b.n for b in found)) == (10, 4)
    assert found[0] == Bin(2, 0.0625, 0.5)
    assert found[9] == Bin(2, 0.975, 1.0)
    assert found[5] == Bin(0, 0.0, 0.0)


def test_trade_counts_both_kinds_of_error() -> None:
    """At .5: two of three open questions are answered, one of four answerable ones refused, which was right."""
    sure = [0.9, 0.8, 0.7, 0.4, 0.6, 0.5, 0.1]
    answerable = [True] * 4 + [False] * 3
    right = [True, False, False, True, False, False, False]
    (row,) = trade(sure, answerable, right, [0.5])
    assert row == Trade(0.5, 2 / 3, 1 / 4, 1 / 2, 5 / 7, 4 / 5)


def test_trade_of_nothing_is_nothing() -> None:
    """Where nothing is answered, no answer is wrong."""
    (row,) = trade([0.4], [True], [True], [1.0])
    assert (row.coverage, row.wrong, row.refused) == (0.0, 0.0, 1.0)
