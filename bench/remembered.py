"""A cross-encoder that reads each window once, for methods that ask the same questions one after the other."""

from pathlib import Path

import numpy as np

from bot.reading.cross_encoder import WEIGHTS, CrossEncoder
from bot.reading.windows import Window


class RememberingReader(CrossEncoder):
    """Scores as the shipped model does, since the same window always gets the same scores. Not for timing."""

    def __init__(self, model: Path = WEIGHTS / "cross_encoder.onnx", vocabulary: Path = WEIGHTS / "vocab.txt") -> None:
        """Load a model and the vocabulary of its word pieces."""
        super().__init__(model, vocabulary)
        self._known: dict[tuple[bytes, bytes], list[float]] = {}

    def read(self, window: Window) -> list[float]:
        """The score of each sentence of a window."""
        spans = [(start, end) for _, start, end in window.spans]
        key = (np.array(window.ids, np.uint16).tobytes(), np.array([*spans, (window.question_end, 0)]).tobytes())
        if key not in self._known:
            self._known[key] = super().read(window)
        return self._known[key]
