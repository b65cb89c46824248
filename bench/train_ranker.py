"""Trains the lexical ranker and its confidence, and writes their weights.

    python -m bench.train_ranker NEWS.jsonl WIKI.jsonl --out bot/weights

Needs lightgbm, which the package itself does not. Everything is cross-validated by article: the word statistics
behind a training row never saw that row's article, nor did the ranker whose scores the confidence is trained on.
The figures it prints are the cross-validated ones.
"""

from dataclasses import dataclass
from pathlib import Path

import click
import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from bench.pieces import pieces
from bench.qa import Item, read
from bench.scoring import Span, auroc, ece, hits_at, is_hit
from bench.trees import forest_of, platt
from bench.unanswerable import unanswerable, vocabulary_of
from bench.word_stats import Lesson, learn
from bot.ranking.confidence import CONFIDENCE_FEATURES, confidence_features
from bot.ranking.features import FEATURES, Candidates, candidates_for
from bot.ranking.ranker import save_calibrations
from bot.ranking.view import ArticleView
from bot.ranking.wordstats import WordStats
from index.indexer import Index

FOLDS = 5
SEED = 7

FOREIGN_WORDS = 0.4
"""Share of the made questions whose new word the article never uses."""

RANKER_WEIGHTS = {"news": 2.5, "wiki": 0.5, "piece": 0.5}
"""Of a question in the ranker: news is what the package is for, and there are eight times fewer."""

CONFIDENCE_WEIGHTS = {
    ("news", "answerable"): 2.0,
    ("news", "open"): 2.0,
    ("news", "made"): 0.2,
    ("wiki", "answerable"): 0.2,
    ("wiki", "open"): 1.0,
    ("wiki", "made"): 0.1,
    ("piece", "answerable"): 0.3,
    ("piece", "open"): 0.4,
    ("piece", "made"): 0.25,
}
"""Of a question in the confidence. Made questions teach to look at every word, yet are easier to tell by their
making than real ones: more weight on them costs AUROC on real questions."""

PARTLY = 0.6
"""Target of the confidence where the article answers but the first sentence does not. Chosen on cross-validated
news: 0.35 separates right first sentences as well and answerable questions worse (AUROC .806 against .815)."""

UNMATCHED = -20.0
"""Raw confidence of a question that matches nothing."""

RANKER = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 5,
    "learning_rate": 0.06,
    "num_leaves": 24,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
}
RANKER_TREES = 250
CONFIDENCE = {
    "objective": "cross_entropy",
    "learning_rate": 0.04,
    "num_leaves": 24,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
}
CONFIDENCE_TREES = 250
COMMON = {"verbose": -1, "deterministic": True, "force_row_wise": True, "seed": SEED}


@dataclass(frozen=True, slots=True)
class Row:
    """A training question with its candidates.

    Attributes:
        fold: the fold of its article.
        kind: "news", "wiki" (a whole article) or "piece" (a short part of one).
        answerable: whether the article answers it.
        made: whether it was made from another question (and has no answer).
        found: its candidates.
        labels: shape (k,), 1 where a candidate answers.
        source: position of its article among the sources.
        question: the question.
    """

    fold: int
    kind: str
    answerable: bool
    made: bool
    found: Candidates
    labels: NDArray[np.int64]
    source: int
    question: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article to train on; the attributes are those of `Row`."""

    item: Item
    kind: str
    index: Index
    view: ArticleView
    fold: int


def sources_of(news: Path, wiki: Path) -> list[Source]:
    """Read and index the sets; articles are dealt to folds within each set."""
    random = np.random.default_rng(SEED)
    sources = []
    for path, is_news in ((news, True), (wiki, False)):
        items = list(read(path))
        folds = random.permutation(len(items)) % FOLDS
        for item, fold in zip(items, folds.tolist(), strict=True):
            index = Index(item.article)
            sources.append(Source(item, "news" if is_news else "wiki", index, ArticleView(index), fold))
            if not is_news:
                for piece in pieces(item, index, random):
                    part = Index(piece.article)
                    sources.append(Source(piece, "piece", part, ArticleView(part), fold))
    return sources


def lessons_of(sources: list[Source]) -> list[Lesson]:
    """What the word statistics are learned from: questions with their first answering sentence."""
    lessons = []
    for source in sources:
        pairs = []
        for question in source.item.questions:
            hits = hits_of(source, question.gold)
            if hits:
                pairs.append((question.text, min(hits)))
        lessons.append(Lesson(source.view, tuple(pairs)))
    return lessons


def hits_of(source: Source, gold: tuple[Span, ...]) -> set[int]:
    """Positions of the prose sentences that answer."""
    return {i for i, s in enumerate(source.index.prose) if any(is_hit((s.start, s.end), wanted) for wanted in gold)}


def rows_of(number: int, source: Source, stats: WordStats, other: Source | None = None) -> list[Row]:
    """The questions of an article, and unanswerable ones made from them.

    Args:
        number: position of the article among the sources.
        source: the article.
        stats: word statistics learned without its fold.
        other: another article, to take words from that this one does not use; None takes its own only.
    """
    random = np.random.default_rng((SEED, number))
    rows = []
    view = source.view
    own = vocabulary_of(view)
    foreign = [word for word in vocabulary_of(other.view) if word[1] not in view.terms] if other else []
    for question in source.item.questions:
        hits = hits_of(source, question.gold)
        found = candidates_for(view, question.text, stats)
        labels = np.array([int(i in hits) for i in found.positions.tolist()], dtype=np.int64)
        answerable = bool(question.gold)
        rows.append(
            Row(
                source.fold,
                source.kind,
                answerable,
                made=False,
                found=found,
                labels=labels,
                source=number,
                question=question.text,
            )
        )
        if not hits:
            continue
        held = frozenset[str]().union(*(view.term_sets[i] for i in hits))
        words, taken = (foreign, frozenset[str]()) if foreign and random.random() < FOREIGN_WORDS else (own, held)
        made = unanswerable(question.text, held, words, taken, random)
        if made:
            found = candidates_for(view, made, stats)
            none = np.zeros(len(found.positions), np.int64)
            rows.append(
                Row(
                    source.fold,
                    source.kind,
                    answerable=False,
                    made=True,
                    found=found,
                    labels=none,
                    source=number,
                    question=made,
                )
            )
    return rows


def train_ranker(rows: list[Row], threads: int) -> lgb.Booster:
    """Fit the ranker on the rows with an answer among their candidates."""
    rows = [row for row in rows if row.labels.any() and not row.made]
    data = lgb.Dataset(
        np.concatenate([row.found.matrix for row in rows]),
        np.concatenate([row.labels for row in rows]),
        group=[len(row.labels) for row in rows],
        weight=np.concatenate([np.full(len(row.labels), RANKER_WEIGHTS[row.kind]) for row in rows]),
    )
    return lgb.train({**RANKER, **COMMON, "num_threads": threads}, data, RANKER_TREES)


def order_of(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Best first, ties by position."""
    return np.argsort(-scores, kind="stable")


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the out-of-fold scores of its candidates.

    Attributes:
        row: the row.
        described: shape (1, features), what the confidence sees.
        right: whether the first sentence answers.
    """

    row: Row
    described: NDArray[np.float32]
    right: bool

    @property
    def target(self) -> float:
        """What the confidence is trained to say."""
        return 1.0 if self.right else PARTLY if self.row.answerable else 0.0

    @property
    def weight(self) -> float:
        """See `CONFIDENCE_WEIGHTS`."""
        state = "made" if self.row.made else "answerable" if self.row.answerable else "open"
        return CONFIDENCE_WEIGHTS[self.row.kind, state]


def judge(row: Row, scores: NDArray[np.float64]) -> Judged | None:
    """Describe the ranking of a row; None where nothing matched."""
    if not len(scores):
        return None
    first = int(order_of(scores)[0])
    return Judged(row, confidence_features(row.found, scores), bool(row.labels[first]))


def train_confidence(judged: list[Judged], threads: int) -> lgb.Booster:
    """Fit the confidence."""
    data = lgb.Dataset(
        np.concatenate([j.described for j in judged]),
        np.array([j.target for j in judged]),
        weight=np.array([j.weight for j in judged]),
    )
    return lgb.train({**CONFIDENCE, **COMMON, "num_threads": threads}, data, CONFIDENCE_TREES)


def report(name: str, rows: list[Row], scores: list[NDArray[np.float64]], confidences: NDArray[np.float64]) -> None:
    """Print the cross-validated figures of a set."""
    ranks: list[int | None] = []
    right = []
    for row, values in zip(rows, scores, strict=True):
        hits = np.flatnonzero(row.labels[order_of(values)])
        rank = int(hits[0]) if len(hits) else None
        right.append(rank == 0)
        if row.answerable:
            ranks.append(rank)
    answerable = [row.answerable for row in rows]
    kept = np.sort(confidences[np.array(answerable)])
    click.echo(
        f"{name}: H@1 {hits_at(ranks, 1):.3f}  H@3 {hits_at(ranks, 3):.3f}  "
        f"AUROC {auroc(confidences.tolist(), answerable):.3f}  ECE {ece(confidences.tolist(), right):.3f}  "
        f"threshold that refuses 10 % of the answerable {kept[len(kept) // 10]:.3f}"
    )


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What models say of articles that they never saw.

    Attributes:
        rows: every question, n of them.
        scores: the ranker's score of each row's candidates.
        judged: each row with the ranking that those scores make; None where nothing matched.
        raw: shape (n,), the confidence's score; `UNMATCHED` where nothing matched.
    """

    rows: list[Row]
    scores: list[NDArray[np.float64]]
    judged: list[Judged | None]
    raw: NDArray[np.float64]


def out_of_fold(sources: list[Source], threads: int) -> OutOfFold:
    """Train on four folds, score the fifth, for each; the word statistics and the confidence alike."""
    whole = [source for source in sources if source.kind != "piece"]
    lessons = lessons_of(whole)
    others = [learn([x for x, s in zip(lessons, whole, strict=True) if s.fold != fold]) for fold in range(FOLDS)]
    rows = [row for n, s in enumerate(sources) for row in rows_of(n, s, others[s.fold], sources[n - 1])]
    folds = np.array([row.fold for row in rows])
    scores: list[NDArray[np.float64]] = [np.zeros(0)] * len(rows)
    for fold in range(FOLDS):
        forest = forest_of(train_ranker([r for r, f in zip(rows, folds, strict=True) if f != fold], threads))
        for i in np.flatnonzero(folds == fold):
            scores[i] = forest.predict(rows[i].found.matrix)
    judged = [judge(row, values) for row, values in zip(rows, scores, strict=True)]
    raw = np.full(len(rows), UNMATCHED)
    for fold in range(FOLDS):
        training = [j for j, f in zip(judged, folds, strict=True) if j and f != fold]
        confidence = forest_of(train_confidence(training, threads))
        for i in np.flatnonzero(folds == fold):
            found = judged[i]
            if found:
                raw[i] = confidence.predict(found.described)[0]
    return OutOfFold(rows, scores, judged, raw)


@click.command()
@click.argument("news", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("wiki", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write the weights to.")
@click.option("--threads", default=2, show_default=True, help="Of lightgbm; the result does not depend on it.")
def main(news: Path, wiki: Path, out: Path | None, threads: int) -> None:
    """Train on a news set and a wiki set; print cross-validated figures; write the weights with --out."""
    sources = sources_of(news, wiki)
    lessons = lessons_of([source for source in sources if source.kind != "piece"])
    found = out_of_fold(sources, threads)
    rows, scores, judged, raw = found.rows, found.scores, found.judged, found.raw
    click.echo(f"{len(rows)} questions, {sum(row.made for row in rows)} of them made")
    real_news = [
        i for i, (row, j) in enumerate(zip(rows, judged, strict=True)) if j and row.kind == "news" and not row.made
    ]
    calibration = platt(raw[real_news], np.array([float(judged[i].right) for i in real_news]))  # type: ignore[union-attr]  # chosen above
    flat = np.concatenate([s for s, row in zip(scores, rows, strict=True) if row.answerable])
    truth = np.concatenate([row.labels for row in rows if row.answerable]).astype(np.float64)
    sentence = platt(flat, truth)
    confidences = np.where(raw > UNMATCHED, calibration(raw), 0.0)
    for kind in RANKER_WEIGHTS:
        for made in (False, True):
            chosen = [i for i, row in enumerate(rows) if row.kind == kind and (row.answerable or row.made is made)]
            name = f"{kind}, unanswerables {'made' if made else 'real'}"
            report(name, [rows[i] for i in chosen], [scores[i] for i in chosen], confidences[chosen])
    if out is None:
        return
    out.mkdir(parents=True, exist_ok=True)
    learn(lessons).save(out / "words.npz")
    forest_of(train_ranker(rows, threads)).save(out / "ranker.npz")
    forest_of(train_confidence([j for j in judged if j], threads)).save(out / "confidence.npz")
    save_calibrations(out / "calibration.json", sentence, calibration)
    click.echo(f"{len(FEATURES)} and {len(CONFIDENCE_FEATURES)} features; weights in {out}")


if __name__ == "__main__":
    main()
