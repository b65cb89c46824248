"""Packs sentences of an article beside a question into what the cross-encoder reads.

It does not read one sentence at a time. The sentences to score and their neighbours are packed, in the order of the
article, into windows of at most `WINDOW_TOKENS` tokens:

    [CLS] question [SEP] headline, or the start of the first sentence [SEP] run of sentences [SEP] run ... [SEP]

and every sentence of a window gets a score from the mean of its own tokens. So "he" and "the group" are read with the
sentences before them, neighbours compete within one reading, and each token is read once and not once for every
sentence that it is context of. Training (`bench/cross_encoder/`) packs with this very function.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WINDOW_TOKENS = 192
"""Tokens in one input. Attention is cheap up to here, and about five sentences of news fit beside the question."""

OVERLAP_TOKENS = 24
"""Of the sentence before, where a window ends in the middle of a run; read, not scored again."""

QUESTION_TOKENS = 40
"""Of a question; a longer one is read up to here."""

LEAD_TOKENS = 24
"""Of the headline, or of the first sentence where there is none: it says who "he" and "the group" are."""

SENTENCE_TOKENS = 80
"""Of a sentence; a longer one is read up to here."""

MARKS = (101, 102)
"""The ids of [CLS] and [SEP] in BERT's vocabulary."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the model.

    Attributes:
        ids: token ids, [CLS] first.
        question_end: tokens before this position (question and its two marks) have type 0, the rest type 1.
        spans: (sentence, start, end) for each sentence to score: its position, those of its tokens.
    """

    ids: list[int]
    question_end: int
    spans: list[tuple[int, int, int]]


def with_neighbours(chosen: Iterable[int], sentences: int, *, before: int = 1, behind: int = 1) -> list[int]:
    """Positions of sentences and of their neighbours, ascending.

    Args:
        chosen: positions.
        sentences: how many the article has.
        before: how many before each come with it.
        behind: how many behind it.
    """
    return sorted({j for i in chosen for j in range(max(0, i - before), min(sentences, i + behind + 1))})


def pack(question: Sequence[int], lead: Sequence[int], sentences: Mapping[int, Sequence[int]]) -> list[Window]:
    """Pack sentences into windows, in the order of the article.

    Args:
        question: its token ids, without marks.
        lead: token ids of the headline; may be empty.
        sentences: position -> token ids of every sentence to score.

    Returns:
        windows of at most `WINDOW_TOKENS` tokens (more only for one sentence that does not fit); every sentence is
        scored in exactly one of them.
    """
    cls, sep = MARKS
    head = [cls, *question, sep]
    question_end = len(head)
    head += [*lead, sep] if lead else []
    windows: list[Window] = []
    ids, spans, previous = list(head), list[tuple[int, int, int]](), -2
    for number in sorted(sentences):
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
