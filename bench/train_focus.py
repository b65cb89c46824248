"""Fits what a follow-up's ranking is moved by to the weights in `bot/weights`; writes `focus.json`.

python -m bench.train_focus --out bot/weights

Run it, about a minute, whenever the cross-encoder or the fusion is trained anew: how much a place in the
article says beside the ranker's own log-odds depends on how much those say. Needs scipy, which the package does not.

The conversations of `SETS` are held as `bench.conversations` holds them, and a conditional logit over `SCORE` and
`SHIFTS` is fitted to the follow-ups that the article answers; where several sentences are right, their probability
is summed. Figures are "left out" article by article: of each article with the weights fitted to the others. An answer
is what the next follow-up is about, and the conversations are held with the weights as they were: hold them with
`bench.conversations` before the new ones are shipped.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.conversations import FOLLOW_UP, Talk, assistant_for, load_talks
from bot import assistant as asking
from bot.conversation import Conversation, FollowUp, Resolved, Turn
from bot.ranking.focus import NEXT_IN_TIME, SCORE, SHIFTS, focused, is_moved, load_focus, log_score, shifts
from bot.ranking.ranker import Ranking
from index.errors import QuestionError
from index.indexer import Index

Floats = NDArray[np.float64]

SETS = tuple(
    Path(__file__).resolve().parents[1] / "tests" / "conversations" / f"conversations-{name}.jsonl"
    for name in ("dev", "more")
)
"""Sets whose errors are looked at; the blind one is no matter of training."""

NAMES = (SCORE, *SHIFTS)

CHOSEN = np.array(
    (1.0, 1.15, 0.5, 1.35, 0.0, 0.0, 0.6, -1.4, -2.2, -1.75, -2.5, 2.25, 0.0, 1.2, -0.5, 0.0, 0.0, 0.0, 0.0, 0.0),
    dtype=np.float64,
)
"""Weights chosen by hand, with the first cross-encoder, on the same conversations; the fit starts from them. Those of
the last five, which came later, are learned alone."""

PENALTY = 0.003
"""Of a squared distance from `CHOSEN`, in nats a follow-up: few conversations are not to carry weights far off."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up that the article answers.

    Attributes:
        set: name of its set.
        article: that it is about.
        described: shape (k, len(NAMES)), what is known of each candidate; None where the ranking is left as it is.
        fixed: shape (k,), log-odds of each that are not learned.
        right: shape (k,), which are right.
    """

    set: str
    article: str
    described: Floats | None
    fixed: Floats
    right: NDArray[np.bool_]

    def is_right_first(self, weights: Floats) -> bool:
        """Whether weights, shape (len(NAMES),), put a right sentence first; of equals the first stays."""
        if not len(self.right):
            return False
        if self.described is None:
            return bool(self.right[0])
        return bool(self.right[int(np.argmax(self.described @ weights + self.fixed))])


def describe(ranking: Ranking, resolved: Resolved, index: Index) -> tuple[Floats, Floats]:
    """What is known of a follow-up's candidates, shape (k, len(NAMES)), and what is fixed, shape (k,)."""
    left = [r for r in ranking.sentences if r.sentence.number not in resolved.exclude]
    told = shifts(resolved, index)
    near = dict(zip(resolved.near, NEXT_IN_TIME, strict=False)) if resolved.kind is FollowUp.NEXT else {}
    rows = [[log_score(r), *(float(s in told.get(r.sentence.number, ())) for s in SHIFTS)] for r in left]
    fixed = [near.get(r.sentence.number, 0.0) for r in left]
    return np.array(rows, dtype=np.float64).reshape(len(left), len(NAMES)), np.array(fixed)


def held(weights: Mapping[str, float]) -> list[Asked]:
    """Hold every conversation with these weights; its follow-ups that the article answers."""
    found = []
    for path in SETS:
        for talk in load_talks(path):
            found += [replace(asked, set=path.stem) for asked in _hold(talk, weights)]
    return found


def _hold(talk: Talk, weights: Mapping[str, float]) -> Iterator[Asked]:
    """The follow-ups of a conversation; each turn is asked as a person would ask it."""
    assistant = assistant_for(talk.article)
    conversation = Conversation(article=assistant.article.id)
    seen: list[tuple[Ranking, Resolved]] = []

    def watched(ranking: Ranking, resolved: Resolved, index: Index) -> Ranking:
        seen.append((ranking, resolved))
        return focused(ranking, resolved, index, weights)

    for turn in talk.turns:
        seen.clear()
        try:
            with patch.object(asking, "focused", watched):
                answer = assistant.ask(turn.question.question, conversation=conversation)
        except QuestionError:
            continue
        if turn.kind == FOLLOW_UP and turn.question.gold and seen:
            ranking, resolved = seen[0]
            moved = is_moved(ranking, resolved)
            left = [r for r in ranking.sentences if not moved or r.sentence.number not in resolved.exclude]
            right = np.array([turn.question.is_right(r.sentence.text) for r in left], dtype=np.bool_)
            described, fixed = describe(ranking, resolved, assistant.index)
            yield Asked("", talk.article, described if moved else None, fixed, right)
        conversation = replace(conversation.after(Turn.of(answer, assistant.index)), article=assistant.article.id)


def loss(asked: Sequence[Asked], weights: Floats) -> tuple[float, Floats]:
    """Mean of minus the log-probability of a right sentence, in nats, with the penalty; and its gradient."""
    away = weights - CHOSEN
    total, slope = PENALTY * float(away @ away), 2 * PENALTY * away
    for one in asked:
        if one.described is None:
            continue
        scores = one.described @ weights + one.fixed
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        share = float(chances[one.right].sum())
        among = np.where(one.right, chances, 0.0) / max(share, 1e-300)
        total -= float(np.log(max(share, 1e-300))) / len(asked)
        slope += one.described.T @ (chances - among) / len(asked)
    return total, slope


def fit(asked: Sequence[Asked]) -> Floats:
    """The weights, shape (len(NAMES),), that make the right sentences the most probable; penalised."""
    told = [a for a in asked if a.described is not None and a.right.any()]
    found: Any = minimize(partial(loss, told), CHOSEN, jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float64)


def left_out(asked: Sequence[Asked]) -> list[bool]:
    """Whether each follow-up's right sentence is first with weights fitted to the other articles."""
    by_article = {a: fit([o for o in asked if o.article != a]) for a in {o.article for o in asked}}
    return [a.is_right_first(by_article[a.article]) for a in asked]


def as_weights(values: Floats) -> dict[str, float]:
    """As `bot.ranking.focus.load_focus` gives them."""
    return {name: round(float(value), 3) for name, value in zip(NAMES, values, strict=True)}


def _told(name: str, asked: Sequence[Asked], right: Sequence[bool]) -> None:
    """Print the shares that are right first, of each set and of both."""
    by_set: dict[str, list[bool]] = defaultdict(list)
    for one, hit in zip(asked, right, strict=True):
        by_set[one.set].append(hit)
        by_set["both"].append(hit)
    print(name, *(f"{key} {sum(hits) / len(hits):.3f} (n={len(hits)})" for key, hits in by_set.items()), sep="  ")


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write focus.json to this folder.")
def main(out: Path | None) -> None:
    """Fit the weights and say how good they are."""
    were = dict.fromkeys(NAMES, 0.0) | dict(load_focus())  # a new shift has no weight yet
    asked = held(were)
    _told("unmoved     ", asked, [a.is_right_first(np.eye(1, len(NAMES))[0]) for a in asked])
    _told("as they were", asked, [a.is_right_first(np.array([were[name] for name in NAMES])) for a in asked])
    _told("left out    ", asked, left_out(asked))
    weights = as_weights(fit(asked))
    _told("fitted      ", asked, [a.is_right_first(np.array([*weights.values()])) for a in asked])
    print(json.dumps(weights, indent=2))
    if out is not None:
        (out / "focus.json").write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
