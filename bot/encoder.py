"""Sentences and questions -> vectors of meaning: all-MiniLM-L6-v2, int8, on onnxruntime.

Knows that "summoned for duty" is near "called up"; the features of `bot.features` take it in beside the words.
One text is encoded at a time: int8 arithmetic scales by the largest value of a batch, so that a text's vector would
depend on what it was encoded with.
"""

import contextlib
import threading
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.wordpiece import WordPiece

WEIGHTS = Path(__file__).with_name("weights")

MAX_TOKENS = 128
"""Word pieces that are read of a text; the model was trained on 128."""

Vector = NDArray[np.float32]


class Encoder:
    """The model; loading it takes about a tenth of a second, a sentence about 3 ms on one core."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Load `encoder.onnx` and `vocab.txt` of a folder."""
        # A native library that takes as long to load as an answer takes: only who encodes pays for it.
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._pieces = WordPiece(folder / "vocab.txt")
        self._cached = lru_cache(maxsize=8_192)(self._encode)

    def encode(self, text: str) -> Vector:
        """The vector of a text.

        Returns:
            shape (384,), of length 1; the same array for the same text, not to be changed.
        """
        return self._cached(text)

    def _encode(self, text: str) -> Vector:
        ids = np.array([self._pieces.encode(text, MAX_TOKENS)], dtype=np.int64)
        (vectors,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        found: Vector = vectors[0]
        return found


def cosine(one: Vector, other: Vector) -> float:
    """Cosine of two vectors, -1 to 1, rounded to four decimals, below which machines may differ."""
    first, second = one.astype(np.float64), other.astype(np.float64)
    return round(float((first * second).sum() / np.sqrt((first * first).sum() * (second * second).sum())), 4)


@cache
def _load() -> Encoder:
    return Encoder()


_loading = threading.Lock()


def load_encoder() -> Encoder:
    """The shipped encoder, loaded once, whichever thread asks first."""
    with _loading:
        return _load()


def load_in_background() -> None:
    """Start to load the encoder while something else is being done; who needs it first waits for the rest.

    The thread is no daemon: a native library that is torn down while it loads may bring the process down with it.
    """

    def load() -> None:
        # Who needs the encoder meets the same error, in a place where it can be told.
        with contextlib.suppress(Exception):
            load_encoder()

    threading.Thread(target=load, name="encoder").start()
