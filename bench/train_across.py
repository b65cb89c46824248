"""Fits what sentences of different articles are compared by; prints the weights for `bot/ranking/across_weights.py`.

python -m bench.train_across NEWS.jsonl --folds FOLDER --reader 0.onnx --reader 1.onnx

The first articles of the set are one library. Questions about them are ranked by models that never saw the article in
question (`bench.train_folds`, `bench.cross_encoder`); questions about the others have no answer in it. Needs scipy.
"""

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import bot.ranking.across
from bench.cross_encoder.documents import fold_of
from bench.library_answers import ARTICLES, SEED
from bench.qa import Item, Question, read
from bench.scoring import auroc, is_hit
from bot.librarian.librarian import Librarian
from bot.question import clean
from bot.ranking.across import AcrossRanker, Pool, Volume, best_articles
from bot.ranking.across_weights import ACROSS, OWN, SIGNALS, Weights
from bot.ranking.ranker import LexicalRanker, is_vague, load_weights
from bot.reading.cross_encoder import CrossEncoder
from index.analyzer import terms
from index.errors import QuestionError
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL

Floats = NDArray[np.float64]

READ = 14
"""Sentences that are read while weights are fitted: more than later, so that what is read can be chosen."""

RIDGE = 0.03
CONFIDENCE_RIDGE = 1e-3

MAYBE = 0.14
"""Target where the first quote is not the one that the set marks. Of 46 such that were read, 13 answered all the same
or the mark was wrong; half of that share, because the article may be another one here."""

OUTSIDE = 2.0
"""Weight of a question that no article answers: there are fewer of them than people ask."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the sentences of the best articles.

    Attributes:
        question: in words.
        pools: the sentences, by article.
        gold: for each pool, which of its sentences answer.
        open: whether no article answers.
    """

    question: str
    pools: list[Pool]
    gold: list[NDArray[np.bool_]]
    open: bool

    @property
    def parts(self) -> Floats:
        """Of all sentences that are ranked, shape (k, len(OWN) + len(ACROSS))."""
        return np.concatenate([pool.parts[pool.kept] for pool in self.pools])

    @property
    def labels(self) -> Floats:
        """Shape (k,), 1 where a sentence answers."""
        return np.concatenate([g[p.kept] for p, g in zip(self.pools, self.gold, strict=True)]).astype(np.float64)


def case(librarian: Librarian, ranker: AcrossRanker, number: int, question: Question) -> Case | None:
    """A question, ranked; None where it cannot be.

    Args:
        librarian: has the library.
        ranker: never saw the article of the question.
        number: of that article in the library; 0 where it is not in it.
        question: the question.
    """
    try:
        asked = clean(question.text)
    except QuestionError:
        return None
    found = librarian.library.candidates(SHELL, terms(asked))
    if is_vague(asked) or not found.passages:
        return None
    volumes = []
    for article, score in best_articles(found):
        entry, assistant = librarian.shelf.take(SHELL, article, found.entries[article])
        volumes.append(Volume(entry, assistant.index, score))
    pools = ranker.pools(volumes, asked, found)
    gold = [
        np.array([
            pool.volume.entry.number == number
            and any(is_hit((s.start, s.end), wanted) for wanted in question.gold)
            for s in (pool.volume.index.prose[i] for i in pool.scored.found.positions.tolist())
        ])
        for pool in pools
    ]  # fmt: skip
    return Case(asked, pools, gold, number == 0) if pools else None


def fit(cases: Sequence[Case], columns: Sequence[int]) -> Floats:
    """Weights of columns by which the sentences that answer come out first (softmax over a question's sentences)."""
    rows = [(c.parts[:, columns], c.labels) for c in cases if c.labels.any()]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for matrix, labels in rows:
            share = np.exp(matrix @ weights - (matrix @ weights).max())
            right = float((share * labels).sum())
            total -= float(np.log(right / share.sum() + 1e-12)) / len(rows)
            slope = slope - ((share * labels) @ matrix / max(right, 1e-12) - share @ matrix / share.sum()) / len(rows)
        return total, slope

    return np.asarray(minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x)


def fit_confidence(signals: Floats, targets: Floats, weights: Floats) -> Floats:
    """Weights of `SIGNALS` and an offset, by logistic regression."""
    matrix = np.column_stack((signals, np.ones(len(signals))))

    def loss(found: Floats) -> float:
        odds = matrix @ found
        each = np.logaddexp(0, odds) - targets * odds
        return float((weights * each).sum() / weights.sum() + CONFIDENCE_RIDGE * (found[:-1] @ found[:-1]))

    return np.asarray(minimize(loss, np.zeros(matrix.shape[1])).x)


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--folds", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--reader", "readers", multiple=True, required=True, type=click.Path(path_type=Path))
@click.option("--questions", default=600, show_default=True, help="About its articles; a fifth more outside.")
@click.option("--articles", default=ARTICLES, show_default=True, help="The first so many make the library.")
def main(path: Path, folds: Path, readers: tuple[Path, ...], questions: int, articles: int) -> None:
    """Fit the weights of what is compared across articles, and the confidence."""
    items = list(read(path))
    bot.ranking.across.READ = READ
    rankers = [
        AcrossRanker(LexicalRanker(load_weights(folds / str(fold))), CrossEncoder(reader))
        for fold, reader in enumerate(readers)
    ]
    with tempfile.TemporaryDirectory() as folder:
        library = SQLiteLibrary(Path(folder) / "library.db")
        added = library.add_all(SHELL, [item.article for item in items[:articles]], at=0)
        numbers = {item.id: one.entry.number for item, one in zip(items, added, strict=False)}
        librarian = Librarian(library, across=rankers[0])
        cases = []
        for item, question in [*_drawn(items[:articles], questions), *_drawn(items[articles:], questions // 5)]:
            found = case(librarian, rankers[fold_of(item.id, SEED)], numbers.get(item.id, 0), question)
            cases += [found] if found else []
        library.close()
    columns = list(range(len(OWN) + len(ACROSS)))
    parts = fit(cases, columns)
    glance = fit(cases, [c for c in columns if c != OWN.index("reading")])
    click.echo(f"{len(cases)} questions\nglance {np.round(glance, 2).tolist()}\nparts {np.round(parts, 2).tolist()}")
    _confidence(cases, AcrossRanker(weights=Weights(tuple(glance), tuple(parts), (0.0,) * len(SIGNALS), 0.0)), parts)


def _drawn(items: Sequence[Item], count: int) -> list[tuple[Item, Question]]:
    every = [(item, question) for item in items for question in item.questions if question.gold]
    random.Random(1).shuffle(every)  # noqa: S311 - a draw, not a secret
    return every[:count]


def _confidence(cases: Sequence[Case], ranker: AcrossRanker, parts: Floats) -> None:
    """Fit the confidence and print it, with how well it tells."""
    signals, targets, right = [], [], []
    for one in cases:
        scores = [(pool.parts * parts).sum(axis=1) for pool in one.pools]
        first = max(range(len(scores)), key=lambda i: float(scores[i].max()))
        signals.append(ranker.signals(one.pools, one.question, scores, first))
        right.append(bool(one.gold[first][int(np.argmax(scores[first]))]))
        targets.append(0.0 if one.open else 1.0 if right[-1] else MAYBE)
    weights = np.array([OUTSIDE if one.open else 1.0 for one in cases])
    found = fit_confidence(np.array(signals), np.array(targets), weights)
    click.echo(f"confidence {np.round(found[:-1], 3).tolist()} offset {found[-1]:.3f}")
    odds = (np.array(signals) @ found[:-1]).tolist()
    click.echo(
        f"first right {np.mean([r for r, c in zip(right, cases, strict=True) if not c.open]):.3f}; AUROC of right "
        f"{auroc(odds, right):.3f}, of answerable {auroc(odds, [not c.open for c in cases]):.3f}"
    )


if __name__ == "__main__":
    main()
