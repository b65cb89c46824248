"""Gradient-boosted trees as arrays, evaluated with numpy alone.

The layout is QuickScorer's (Lucchese et al., SIGIR 2015): every inner node has a bit mask of the leaves that
remain possible where its test fails; the leaf of a row is the lowest bit left after all masks of the tree are
combined. No row walks down a tree, so the work is a few passes over one array.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAX_LEAVES = 32
"""Leaves of a tree: one bit each of an unsigned 32-bit mask."""


@dataclass(frozen=True, slots=True)
class Forest:
    """A sum of regression trees.

    Attributes:
        features: shape (trees, nodes), column of the matrix that each inner node tests.
        thresholds: shape (trees, nodes), float32; a row goes left where its value is <= the threshold.
        masks: shape (trees, nodes), uint32; bits of the leaves that remain possible where it goes right.
        leaves: shape (trees, MAX_LEAVES), value of each leaf, counted from the left.
    """

    features: NDArray[np.uint8]
    thresholds: NDArray[np.float32]
    masks: NDArray[np.uint32]
    leaves: NDArray[np.float64]

    def predict(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Sum the trees.

        Args:
            matrix: shape (rows, columns).

        Returns:
            shape (rows,), rounded to six decimals: the same on every machine.
        """
        columns = np.ascontiguousarray(matrix.T)
        trees, nodes = self.features.shape
        right = columns[self.features.ravel()] > self.thresholds.ravel()[:, None]
        masks = np.where(right, self.masks.ravel()[:, None], np.uint32(0xFFFFFFFF))
        left = np.bitwise_and.reduce(masks.reshape(trees, nodes, len(matrix)), axis=1)
        lowest = left & (~left + np.uint32(1))
        which = np.frexp(lowest.astype(np.float64))[1] - 1
        values = self.leaves[np.arange(trees)[:, None], which]
        # Adding row by row in the order of the trees fixes the rounding; a dot product would not.
        total: NDArray[np.float64] = np.add.reduce(values, axis=0)
        return np.round(total, 6)

    def save(self, path: Path) -> None:
        """Write the arrays, compressed."""
        np.savez_compressed(
            path,
            features=self.features,
            thresholds=self.thresholds,
            masks=self.masks,
            leaves=np.round(self.leaves, 5).astype(np.float32),
        )


def read_forest(path: Path) -> Forest:
    """Read what `Forest.save` wrote."""
    with np.load(path) as data:
        return Forest(data["features"], data["thresholds"], data["masks"], data["leaves"].astype(np.float64))
