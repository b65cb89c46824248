"""Cuts long articles of a question set into short ones."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from bench.qa import Item, Question, article_of
from index.indexer import Index

SHORTEST, LONGEST = 8, 28
"""Sentences of a piece, drawn evenly: the length of a news story."""

FOREIGN = 0.7
"""Questions of the article's other pieces put to a piece, for each one of its own: on its subject, yet (nearly
always) without an answer in it."""


def pieces(item: Item, index: Index, random: np.random.Generator) -> Iterator[Item]:
    """Cut an article at paragraphs.

    Args:
        item: an article with its questions.
        index: of the article.
        random: the source of chance: lengths, and which questions are put to which piece.

    Yields:
        articles with the questions that they answer, and with some that they do not.
    """
    cuts = [0]
    wanted, held = int(random.integers(SHORTEST, LONGEST + 1)), 0
    for left, right in pairwise(index.prose):
        held += 1
        if held >= wanted and left.paragraph != right.paragraph:
            cuts.append(right.start)
            wanted, held = int(random.integers(SHORTEST, LONGEST + 1)), 0
    cuts.append(len(item.article.text))
    answerable = [q for q in item.questions if q.gold]
    for number, (start, end) in enumerate(pairwise(cuts)):
        own, foreign = [], []
        for question in answerable:
            inside = tuple((a - start, b - start) for a, b in question.gold if start <= a and b <= end)
            if inside:
                own.append(Question(question.text, inside))
            elif not any(a < end and start < b for a, b in question.gold):
                foreign.append(Question(question.text, ()))
        if not own:
            continue
        picked = random.permutation(len(foreign))[: round(FOREIGN * len(own))]
        asked = (*own, *(foreign[i] for i in sorted(picked.tolist())))
        yield Item(f"{item.id}/{number}", article_of(item.article.text[start:end]), asked)
