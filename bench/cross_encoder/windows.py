"""Packs sentences of an article beside a question into the model's inputs.

The reranker does not see one sentence at a time. The best BM25 sentences and their neighbours are packed, in the
order of the article, into windows of at most `WINDOW_TOKENS` tokens:

    [CLS] question [SEP] headline, or the start of the first sentence [SEP] run of sentences [SEP] run ... [SEP]

and every sentence of a window gets a logit from the mean of its own tokens. So "he" and "the group" are read with
the sentences before them, neighbours compete within one reading, and each token is read once and not once for
every candidate it is context of.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WINDOW_TOKENS = 192
"""Tokens in one input. Attention is cheap up to here, and about five sentences of news fit beside the question."""

OVERLAP_TOKENS = 24
"""Of the sentence before, where a window ends in the middle of a run; read, not scored again."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the model.

    Attributes:
        ids: token ids, [CLS] first.
        question_end: tokens before this position (question and its two marks) have type 0, the rest type 1.
        spans: (sentence, start, end) for each sentence to score: its number, the positions of its tokens.
    """

    ids: list[int]
    question_end: int
    spans: list[tuple[int, int, int]]


def pack(  # noqa: PLR0913 - what may vary in training has a name each
    question: Sequence[int],
    lead: Sequence[int],
    sentences: Sequence[Sequence[int]],
    chosen: Sequence[int],
    *,
    left: int = 1,
    right: int = 1,
    marks: tuple[int, int] = (101, 102),
    without: frozenset[int] = frozenset(),
) -> list[Window]:
    """Pack sentences with their neighbours into windows, in the order of the article.

    Args:
        question: its token ids.
        lead: token ids of the headline; may be empty.
        sentences: token ids of all sentences of the article.
        chosen: positions of the candidates.
        left: how many neighbours before a candidate come with it.
        right: how many behind.
        marks: the ids of [CLS] and [SEP].
        without: positions that must not appear.

    Returns:
        windows of at most `WINDOW_TOKENS` tokens (more only for one sentence that does not fit); every candidate
        and every neighbour is scored in exactly one of them.
    """
    cls, sep = marks
    kept = {j for i in chosen for j in range(max(0, i - left), min(len(sentences), i + right + 1))}
    head = [cls, *question, sep]
    question_end = len(head)
    head += [*lead, sep] if lead else []
    windows: list[Window] = []
    ids, spans, previous = list(head), list[tuple[int, int, int]](), -2
    for number in sorted(kept - without):
        sentence = sentences[number]
        if spans and len(ids) + len(sentence) + 2 > WINDOW_TOKENS:
            windows.append(Window([*ids, sep], question_end, spans))
            ids, spans = list(head), []
            if previous == number - 1:
                ids += sentences[previous][-OVERLAP_TOKENS:]
        elif spans and previous != number - 1:
            ids.append(sep)
        spans.append((number, len(ids), len(ids) + len(sentence)))
        ids += sentence
        previous = number
    if spans:
        windows.append(Window([*ids, sep], question_end, spans))
    return windows


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
