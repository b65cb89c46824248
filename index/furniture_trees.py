"""A sum of small complete trees over the furniture features, evaluated with numpy.

Every tree asks three questions of a row, so it has seven inner nodes, numbered as in a heap (the children of node
`k` are `2k + 1` and `2k + 2`), and eight leaves. A row goes right where its value is above the threshold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEPTH = 3
"""Questions of every tree."""

NODES, LEAVES = 2**DEPTH - 1, 2**DEPTH


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees.

    Attributes:
        features: shape (trees, NODES), column that each inner node tests.
        thresholds: shape (trees, NODES); infinite where nothing is asked, and every row goes left.
        leaves: shape (trees, LEAVES), log-odds, from the left.
    """

    features: NDArray[np.intp]
    thresholds: NDArray[np.float64]
    leaves: NDArray[np.float64]

    def predict(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum the trees.

        Args:
            matrix: shape (rows, columns).

        Returns:
            shape (rows,), log-odds.
        """
        right = matrix[:, self.features] > self.thresholds
        trees = np.arange(len(self.leaves))
        rows = np.arange(len(matrix))[:, None]
        node = np.zeros((len(matrix), len(trees)), dtype=np.intp)
        for _ in range(DEPTH):
            node = 2 * node + 1 + right[rows, trees, node]
        total: NDArray[np.float64] = self.leaves[trees, node - NODES].sum(axis=1)
        return total


def read_trees(found: Mapping[str, Any], names: Sequence[str]) -> Trees:
    """Read the trees of a weights file.

    Args:
        found: "features" (names, or null where nothing is asked), "thresholds" (null likewise), "leaves".
        names: what the columns are called.
    """
    column = {name: k for k, name in enumerate(names)} | {None: 0}
    return Trees(
        np.array([[column[name] for name in tree] for tree in found["features"]], dtype=np.intp),
        np.array([[np.inf if value is None else value for value in tree] for tree in found["thresholds"]]),
        np.array(found["leaves"], dtype=np.float64),
    )
