"""Plans an epoch and makes its training examples."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tokenizers import Tokenizer  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training

from bench.cross_encoder.documents import Document, Question, candidate_scores, encode, top
from bench.cross_encoder.unanswerables import unanswerable
from bot.reading.windows import LEAD_TOKENS, QUESTION_TOKENS, Window, pack, with_neighbours

LOOSE_SENTENCES = (6, 16)
"""How many sentences a loose example has."""


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


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an epoch is made of; every share is 0..1.

    Attributes:
        made: of the answerable questions, how many come a second time, turned into unanswerable ones.
        removed: of those on Wikipedia, how many come once more with their gold sentences left out.
        loose: of all examples, how many have their sentences shuffled, as candidates that come from anywhere.
        bare: of all questions, how many lose their question mark, as people type them into a search box.
        written: how often a question on Wikipedia comes that somebody wrote to have no answer.
        verbs: whether the verb of what somebody did is exchanged, too, to make a question unanswerable.
    """

    made: float = 0.25
    removed: float = 0.05
    loose: float = 0.0
    bare: float = 0.0
    written: int = 1
    verbs: bool = False


def make_example(planned: Plan, tokenizer: Tokenizer, rng: random.Random, recipe: Recipe = Recipe()) -> Example | None:
    """Make a training example; how much context comes along varies, so that the model lives with little of it.

    Returns:
        the example, or None where the question could not be turned into an unanswerable one.
    """
    document, question, kind = planned.document, planned.question, planned.kind
    ids, bm25, gold = question.ids, question.bm25, frozenset(question.gold)
    without: frozenset[int] = frozenset()
    chosen: list[int] = []
    if kind == "made":
        text = unanswerable(document, question, rng, verbs=recipe.verbs)
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
    # What was made is not always without an answer.
    weight = 1.0 if kind == "asked" else 0.6
    # No chance is spent on what the recipe leaves out, so that a recipe without it gives the same examples as ever.
    if recipe.bare and rng.random() < recipe.bare:
        marks = encode(tokenizer, ["?"], 1)[0]
        ids = ids[:-1] if ids[-1:] == marks else ids
    if recipe.loose and rng.random() < recipe.loose:
        mixed, gold = _shuffled(document, [i for i in chosen if i not in without], gold | without, rng)
        # The first takes the place of a headline, as it does where an article has none.
        lead = mixed[0][:LEAD_TOKENS] if mixed else []
        windows = pack(ids, lead, dict(enumerate(mixed)))
        return Example(windows, gold, weight) if windows else None
    left, right = rng.choices([(1, 1), (2, 0), (1, 0), (0, 0)], [0.65, 0.1, 0.1, 0.15])[0]
    lead = document.lead if rng.random() < 0.85 else []
    read = with_neighbours(chosen, len(document.sentences), before=left, behind=right)
    windows = pack(ids, lead, {i: document.sentences[i] for i in read if i not in without})
    return Example(windows, gold, weight) if windows else None


def _shuffled(
    document: Document, chosen: list[int], gold: frozenset[int], rng: random.Random
) -> tuple[list[list[int]], frozenset[int]]:
    """Sentences without the order of their article, some of them beside the question, and where those of gold went."""
    wanted = rng.randint(*LOOSE_SENTENCES)
    others = [i for i in range(len(document.sentences)) if i not in chosen and i not in gold]
    mixed = list(dict.fromkeys(chosen))
    mixed += rng.sample(others, min(len(others), max(0, wanted - len(mixed))))
    rng.shuffle(mixed)
    return [document.sentences[i] for i in mixed], frozenset(place for place, i in enumerate(mixed) if i in gold)


def plan(documents: Sequence[Document], sort: str, rng: random.Random, recipe: Recipe = Recipe()) -> list[Plan]:
    """Lay out an epoch: which questions are asked, and which are made into unanswerable ones.

    News comes twice, since the product reads news and there is less of it. Its gold sentences are never left out:
    news says things twice, and the other sentence would be taught not to answer.
    """
    plans: list[Plan] = []
    for document in documents:
        for question in document.questions:
            if question.answerable and not question.gold:
                continue
            if sort == "news":
                times = 2 if question.answerable else 1
            else:
                times = 1 if question.answerable else recipe.written
            plans += [Plan(document, question, "asked")] * times
            if question.answerable and rng.random() < recipe.made:
                plans.append(Plan(document, question, "made"))
            if question.answerable and sort != "news" and rng.random() < recipe.removed:
                plans.append(Plan(document, question, "removed"))
    return plans
