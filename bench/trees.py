"""From lightgbm's trees to arrays, and from scores to probabilities."""

from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from bot.ranking.forest import MAX_LEAVES, Forest
from bot.ranking.ranker import Calibration


def forest_of(booster: lgb.Booster) -> Forest:
    """Lay a booster out for numpy."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    nodes = MAX_LEAVES - 1
    features = np.zeros((len(trees), nodes), np.uint8)
    # A padding node is never true, so it masks nothing.
    thresholds = np.full((len(trees), nodes), np.inf, np.float32)
    masks = np.full((len(trees), nodes), 0xFFFFFFFF, np.uint32)
    leaves = np.zeros((len(trees), MAX_LEAVES))

    def walk(tree: int, node: dict[str, Any], state: list[int]) -> int:
        """Fill in a subtree; returns the bits of its leaves. `state` is [next node, next leaf]."""
        if "split_index" not in node:
            leaf = state[1]
            state[1] += 1
            leaves[tree, leaf] = node["leaf_value"]
            return 1 << leaf
        number = state[0]
        state[0] += 1
        left = walk(tree, node["left_child"], state)
        right = walk(tree, node["right_child"], state)
        features[tree, number] = node["split_feature"]
        # The largest float32 not above the threshold: float32 values compare with it as with the float64.
        threshold = np.float32(node["threshold"])
        if float(threshold) > node["threshold"]:
            threshold = np.nextafter(threshold, np.float32(-np.inf))
        thresholds[tree, number] = threshold
        masks[tree, number] = 0xFFFFFFFF & ~left
        return left | right

    for number, tree in enumerate(trees):
        walk(number, tree, [0, 0])
    used = int((masks != 0xFFFFFFFF).sum(axis=1).max(initial=1))
    return Forest(features[:, :used], thresholds[:, :used], masks[:, :used], leaves)


def platt(
    raw: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64] | None = None
) -> Calibration:
    """Fit sigmoid(slope * raw + offset) by Newton's method (Platt, 1999).

    Args:
        raw: shape (n,), scores.
        target: shape (n,), 0..1.
        weight: shape (n,), how much each counts; None: all the same.
    """
    slope, offset = 1.0, 0.0
    counts = np.ones(len(raw)) if weight is None else weight / weight.mean()
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-(slope * raw + offset)))
        error, spread = counts * (p - target), counts * np.maximum(p * (1 - p), 1e-9)
        gradient = np.array([(error * raw).sum(), error.sum()])
        cross = (spread * raw).sum()
        hessian = np.array([[(spread * raw * raw).sum(), cross], [cross, spread.sum()]]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        slope, offset = slope - step[0], offset - step[1]
    return Calibration(round(float(slope), 4), round(float(offset), 4))
