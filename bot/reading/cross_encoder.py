"""Reads a question beside an article's sentences and says how well each answers: a small cross-encoder, int8 ONNX.

It is all-MiniLM-L6-v2, trained further on questions about news and encyclopedia articles (`bench/cross_encoder/`,
`bench/MODEL.md`). One window of sentences is read at a time, on one thread: int8 arithmetic scales by the largest
value of a batch, so that a score would depend on what it was read with.
"""

import contextlib
import threading
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from bot.reading.windows import LEAD_TOKENS, QUESTION_TOKENS, SENTENCE_TOKENS, Window, pack
from bot.reading.wordpiece import WordPiece

WEIGHTS = Path(__file__).parents[1] / "weights"

DECIMALS = 1
"""Of a score. Further ones differ between processors, and cost nothing: H@1 over the training news is the same."""

REMEMBERED = 4_096
"""Windows whose scores the Discord bot keeps: of about a thousand questions, in some ten megabytes."""

CACHED = 8_192
"""Sentences whose tokens are kept: some 200 articles of news."""


class CrossEncoder:
    """The model; loading it takes about a tenth of a second, reading twenty sentences some 30 ms on one core."""

    def __init__(self, model: Path = WEIGHTS / "cross_encoder.onnx", vocabulary: Path = WEIGHTS / "vocab.txt") -> None:
        """Load a model and the vocabulary of its word pieces."""
        # A native library that takes as long to load as an answer takes: only who reads with it pays for it.
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._pieces = WordPiece(vocabulary)
        self._tokens = lru_cache(maxsize=CACHED)(self._encode)

    def score(
        self, question: str, sentences: Sequence[str], chosen: Collection[int], *, headline: str = ""
    ) -> dict[int, float]:
        """Score sentences of an article.

        Args:
            question: in words.
            sentences: the article's prose sentences, in order.
            chosen: positions in `sentences` of those to read, in any order.
            headline: the article's headline; without one the first sentence stands in for it.

        Returns:
            position -> score of each sentence that was read: its log-odds against "the article does not say",
            P(i answers) = exp(s_i) / (1 + sum of exp(s_j)), rounded to `DECIMALS`. Every token of a window, and so
            each score, depends a little on what else was chosen, but never on the order.
        """
        if not chosen:
            return {}
        asked = self._tokens(question, QUESTION_TOKENS)
        lead = self._tokens(headline or sentences[0], LEAD_TOKENS)
        scores: dict[int, float] = {}
        for window in pack(asked, lead, {i: self._tokens(sentences[i], SENTENCE_TOKENS) for i in chosen}):
            for (position, _, _), value in zip(window.spans, self.read(window), strict=True):
                scores[position] = round(value, DECIMALS)
        return scores

    def read(self, window: Window) -> list[float]:
        """The score of each sentence of a window, in the order of its spans."""
        pool = np.zeros((len(window.spans), len(window.ids)), np.float32)
        for row, (_, start, end) in enumerate(window.spans):
            pool[row, start:end] = 1 / max(1, end - start)
        types = np.ones(len(window.ids), np.int64)
        types[: window.question_end] = 0
        (found,) = self._session.run(None, {"ids": np.array(window.ids, np.int64), "types": types, "pool": pool})
        values: list[float] = found.tolist()
        return values

    def remember(self, windows: int) -> None:
        """Keep the scores of the last so many windows: for a program that many people ask the same things.

        A window's scores depend on its tokens alone, so that nothing else changes.
        """

        @lru_cache(maxsize=windows)
        def kept(ids: tuple[int, ...], question_end: int, spans: tuple[tuple[int, int, int], ...]) -> list[float]:
            return CrossEncoder.read(self, Window(list(ids), question_end, list(spans)))

        def read(window: Window) -> list[float]:
            return kept(tuple(window.ids), window.question_end, tuple(window.spans))

        self.read = read  # type: ignore[method-assign]  # of this one alone

    def _encode(self, text: str, most: int) -> list[int]:
        """Token ids of a text, without marks, at most so many."""
        return self._pieces.encode(text, most + 2)[1:-1]


@cache
def _load() -> CrossEncoder:
    return CrossEncoder()


_loading = threading.Lock()


def load_cross_encoder() -> CrossEncoder:
    """The shipped model, loaded once, whichever thread asks first."""
    with _loading:
        return _load()


def load_in_background() -> None:
    """Start to load the model while something else is being done; who needs it first waits for the rest.

    The thread is no daemon: a native library that is torn down while it loads may bring the process down with it.
    """

    def load() -> None:
        with contextlib.suppress(Exception):  # who needs the model meets it again, where it can be told
            load_cross_encoder()

    threading.Thread(target=load, name="cross-encoder").start()
