"""Plans an epoch and makes its training examples."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tokenizers import Tokenizer  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training

from bench.cross_encoder.documents import Document, Question, candidate_scores, encode, top
from bench.cross_encoder.unanswerables import unanswerable
from bot.windows import QUESTION_TOKENS, Window, pack, with_neighbours


@dataclass(frozen=True, slots=True)
class Example:
    """What is read and judged together: the windows of one question.

    Attributes:
        windows: never empty.
        gold: positions of the sentences that answer; empty: none does.
        weight: of its loss.
    """

    windows: list[Window]
    gold: frozenset[int]
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A training example to make.

    Attributes:
        document: the article.
        question: the question.
        kind: "asked", as it is; "made", turned into an unanswerable one; "removed", its gold sentences left out.
    """

    document: Document
    question: Question
    kind: Literal["asked", "made", "removed"]


def make_example(planned: Plan, tokenizer: Tokenizer, rng: random.Random) -> Example | None:
    """Make a training example; how much context comes along varies, so that the model lives with little of it.

    Returns:
        the example, or None where the question could not be turned into an unanswerable one.
    """
    document, question, kind = planned.document, planned.question, planned.kind
    ids, bm25, gold = question.ids, question.bm25, frozenset(question.gold)
    without: frozenset[int] = frozenset()
    chosen: list[int] = []
    if kind == "made":
        text = unanswerable(document, question, rng)
        if text is None:
            return None
        ids = encode(tokenizer, [text], QUESTION_TOKENS)[0]
        bm25 = candidate_scores(document.index, text)[0]
        # The sentence that answered the original must be there to be turned down.
        chosen = list(gold)
        gold = frozenset()
    elif kind == "removed":
        without, gold = gold, frozenset()
    chosen += [i for i in gold if i not in chosen] + top(bm25, rng.randint(3, 8))
    left, right = rng.choices([(1, 1), (2, 0), (1, 0), (0, 0)], [0.65, 0.1, 0.1, 0.15])[0]
    lead = document.lead if rng.random() < 0.85 else []
    read = with_neighbours(chosen, len(document.sentences), before=left, behind=right)
    windows = pack(ids, lead, {i: document.sentences[i] for i in read if i not in without})
    # What was made is not always without an answer.
    return Example(windows, gold, 1.0 if kind == "asked" else 0.6) if windows else None


def plan(documents: Sequence[Document], sort: str, rng: random.Random) -> list[Plan]:
    """Lay out an epoch: which questions are asked, and which are made into unanswerable ones.

    News comes twice, since the product reads news and there is less of it. Its gold sentences are never left out:
    news says things twice, and the other sentence would be taught not to answer.
    """
    plans: list[Plan] = []
    for document in documents:
        for question in document.questions:
            if question.answerable and not question.gold:
                continue
            times = 2 if sort == "news" and question.answerable else 1
            plans += [Plan(document, question, "asked")] * times
            if question.answerable and rng.random() < 0.25:
                plans.append(Plan(document, question, "made"))
            if question.answerable and sort != "news" and rng.random() < 0.05:
                plans.append(Plan(document, question, "removed"))
    return plans
