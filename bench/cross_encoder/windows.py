"""Windows in batches, for training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.reading.windows import Window


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of similar length, padded.

    Attributes:
        ids: shape (windows, tokens), int64.
        mask: shape (windows, tokens), int64; 1 for a token, 0 for padding.
        types: shape (windows, tokens), int64; 0 for the question, 1 for the article.
        pool: shape (windows, sentences, tokens), float32; row s averages the tokens of sentence s.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    types: NDArray[np.int64]
    pool: NDArray[np.float32]


def collate(windows: Sequence[Window], multiple: int = 1) -> Batch:
    """Pad windows to the longest of them, to a multiple, and their sentences to the largest number."""
    width = -(-max(len(w.ids) for w in windows) // multiple) * multiple
    depth = max(len(w.spans) for w in windows)
    ids = np.zeros((len(windows), width), np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    pool = np.zeros((len(windows), depth, width), np.float32)
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size] = window.ids
        mask[row, :size] = 1
        types[row, window.question_end : size] = 1
        for column, (_, start, end) in enumerate(window.spans):
            pool[row, column, start:end] = 1 / max(1, end - start)
    return Batch(ids, mask, types, pool)
