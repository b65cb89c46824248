"""What the cross-encoder trains on."""

import random

import numpy as np
import pytest

from bench.cross_encoder.documents import Document, Question
from bench.cross_encoder.examples import LOOSE_SENTENCES, _shuffled
from bench.cross_encoder.unanswerables import unanswerable
from index.indexer import Index

NOTHING = np.zeros(0, np.float32)


def chance(seed: int) -> random.Random:
    """The same chance each time."""
    return random.Random(seed)  # noqa: S311 - nothing here is a secret


def question(text: str, *gold: int) -> Question:
    """A question that these sentences answer."""
    return Question("1", text, [], NOTHING, NOTHING, gold, answerable=bool(gold))


def document(index: Index, *questions: Question) -> Document:
    """An article; in place of its tokens, each sentence has its position."""
    prose = index.prose
    texts, offsets = [s.text for s in prose], [(s.start, s.end) for s in prose]
    return Document("ferry", [], [[n] for n in range(len(prose))], texts, offsets, list(questions), index)


@pytest.mark.parametrize("seed", range(20))
def test_shuffled_sentences_keep_what_answers(ferry_index: Index, seed: int) -> None:
    """Wherever they go, the right ones are known; each comes once, and what is hidden stays so."""
    article = document(ferry_index)
    sentences, gold = _shuffled(article, [1, 2, 4, 1], frozenset({2, 5}), chance(seed))
    places = [tokens[0] for tokens in sentences]
    assert {places[i] for i in gold} == {2}
    assert 5 not in places
    assert len(set(places)) == len(places) <= LOOSE_SENTENCES[1]
    assert {1, 2, 4} <= set(places)


def test_a_verb_is_exchanged_for_one_that_the_answer_does_not_hold(ferry_index: Index) -> None:
    """What another question asks of somebody is asked of somebody else."""
    article = document(ferry_index, question("What did Hald welcome?", 0), question("When did the ferry sink?", 0))
    found = {unanswerable(article, article.questions[0], chance(seed), verbs=True) for seed in range(40)}
    assert "What did Hald sink?" in found
    assert "What did Hald sink?" not in {unanswerable(article, article.questions[0], chance(n)) for n in range(40)}
    assert "What did Hald welcome?" not in found
