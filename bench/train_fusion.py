"""Fits how the default ranker adds up words and reading, and its confidence; writes `fusion.json` and `fusion.npz`.

python -m bench.train_fusion NEWS.jsonl WIKI.jsonl --reader 0.onnx --reader 1.onnx --out bot/weights

Needs lightgbm and scipy, which the package itself does not. The lexical scores and the cross-encoder's that go in are
out of fold, so that the fusion does not trust them more than it may on a new article: `--reader` takes the models
of `bench.cross_encoder`, one for each fold, and each reads the articles of its fold, which it has not seen.
News, and Wikipedia cut to the length of news.
"""

import json
import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.cross_encoder.documents import fold_of
from bench.methods import any_answers
from bench.qa import Outcome
from bench.results import out_of_fold as out_of_fold_file
from bench.scoring import auroc, ece, first_hit
from bench.train_ranker import COMMON, FOLDS, Row, Source, out_of_fold, sources_of
from bench.train_ranker import UNMATCHED as RAW_UNMATCHED
from bench.trees import forest_of, platt
from bot.ranking.forest import Forest
from bot.ranking.fused import PARTS, UNMATCHED, Fusion, parts_of, read, save_fusion, signals_of
from bot.ranking.ranker import LexicalRanker, is_vague
from bot.reading.cross_encoder import CrossEncoder

Floats = NDArray[np.float64]

MADE = 0.4
"""Weight of a question that was made unanswerable: the making shows, but so is every word looked at."""

WEIGHTS = {"news": 2.0, "piece": 1.0}
"""Of a set in the confidence: news is what the package is for."""

PARTLY = 0.8
"""Target where the article answers but the first sentence does not."""

CONFIDENCE = {
    "objective": "cross_entropy",
    "learning_rate": 0.04,
    "num_leaves": 8,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
}
CONFIDENCE_TREES = 200
"""Small trees: on the training news, cross-validated, they have an AUROC .01 above a linear sum of the same signals;
more leaves do better on real questions and worse on made ones."""

RIDGE = 1e-3

READ_SHARE = {"news": 1.0, "piece": 0.5}
MADE_SHARE = 0.3
"""Shares of the questions, and of the made ones, that are read: reading all of them takes an hour. Whole encyclopedia
articles are left out: with the few questions that people wrote to have no answer in one of them, the confidence did
worse on others of their kind (AUROC .58 instead of .64)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what models say that never saw its article.

    Attributes:
        row: the question and its candidates.
        article: the id of its article in the set.
        lexical: shape (k,), the lexical ranker's scores.
        sure: the lexical ranker's confidence, 0..1.
        reading: shape (k,), the cross-encoder's scores.
    """

    row: Row
    article: str
    lexical: Floats
    sure: float
    reading: Floats


def _is_read(row: Row) -> bool:
    """Whether a question is among those that are read; depends on its words alone."""
    if is_vague(row.question):
        return False
    share = READ_SHARE[row.kind] * (MADE_SHARE if row.made else 1.0)
    return zlib.crc32(row.question.encode()) % 1000 < 1000 * share


Line = tuple[str, str, Outcome]
"""(kind of its article, article, what became of it) of a question."""


def led(sources: Sequence[Source]) -> list[Line]:
    """The outcomes of questions about the story as a whole: the lead answers, and nothing is learned."""
    lexical, lines = LexicalRanker(), list[Line]()
    for source in sources:
        for question in source.item.questions if source.kind in READ_SHARE else ():
            if is_vague(question.text):
                found = lexical.rank(source.index, question.text)
                spans = [(r.sentence.start, r.sentence.end) for r in found.sentences]
                outcome = Outcome(first_hit(spans, question.gold), found.confidence, bool(question.gold))
                lines.append((source.kind, _article(source), outcome))
    return lines


def _article(source: Source) -> str:
    """The id, in the set, of the article that a source is or is a piece of."""
    return source.item.id.split("/", maxsplit=1)[0]


def judge(sources: Sequence[Source], readers: Sequence[CrossEncoder], threads: int) -> list[Judged]:
    """Questions on news and pieces with the scores of models that never saw their articles."""
    found = out_of_fold(list(sources), threads)
    rows, raw = found.rows, found.raw
    real = [i for i, (r, j) in enumerate(zip(rows, found.judged, strict=True)) if j and r.kind == "news" and not r.made]
    right = np.array([float(bool(j and j.right)) for j in (found.judged[i] for i in real)])
    sure = np.where(raw > RAW_UNMATCHED, platt(raw[real], right)(raw), 0.0)
    kept = [i for i, r in enumerate(rows) if r.kind in READ_SHARE and len(r.labels) and _is_read(r)]
    judged = []
    with click.progressbar(kept, label="Reading") as bar:
        for i in bar:
            source = sources[rows[i].source]
            article = _article(source)
            reader = readers[fold_of(article, 7)]
            reading = read(reader, source.index, rows[i].question, rows[i].found, found.scores[i])
            judged.append(Judged(rows[i], article, found.scores[i], float(sure[i]), reading))
    return judged


def fit_weights(groups: list[tuple[Floats, NDArray[np.int64]]]) -> Floats:
    """Conditional logit: weights under which the softmax puts the most probability on the right sentences.

    Args:
        groups: (parts of shape (k, p), labels of shape (k,)) of each question.

    Returns:
        shape (p,).
    """
    size = groups[0][0].shape[1]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, gradient = RIDGE * float(weights @ weights) * len(groups), 2 * RIDGE * weights * len(groups)
        for parts, labels in groups:
            values = parts @ weights
            odds = np.exp(values - values.max())
            every, gold = odds.sum(), (odds * labels).sum()
            total += float(np.log(every) - np.log(gold + 1e-12))
            gradient = gradient + (odds / every - odds * labels / (gold + 1e-12)) @ parts
        return total / len(groups), gradient / len(groups)

    found: Floats = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x
    return found


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fusion, and what its cross-validated twins say of each question.

    Attributes:
        fusion: fitted on everything.
        scores: shape (k,) each, the fused scores of each question's candidates, out of fold.
        confidence: shape (n,), out of fold.
    """

    fusion: Fusion
    scores: list[Floats]
    confidence: Floats


def fit(judged: Sequence[Judged], threads: int) -> Fitted:
    """Fit the fusion on everything, and on four folds of five for each fold."""
    rows = [j.row for j in judged]
    parts = [parts_of(j.row.found, j.lexical, j.reading) for j in judged]
    fold = np.array([r.fold for r in rows])
    answered = [i for i, r in enumerate(rows) if r.labels.any() and not r.made]

    def weights_without(left_out: int | None) -> Floats:
        return fit_weights([(parts[i], rows[i].labels) for i in answered if fold[i] != left_out])

    by_fold = [weights_without(f) for f in range(FOLDS)]
    scores = [np.round(p @ by_fold[f], 6) for p, f in zip(parts, fold, strict=True)]
    signals = np.concatenate(
        [signals_of(j.row.found, j.reading, s, j.sure) for j, s in zip(judged, scores, strict=True)]
    )
    first = np.array([float(r.labels[int(np.argmax(s))]) for r, s in zip(rows, scores, strict=True)])
    answerable = np.array([r.answerable for r in rows])
    made = np.array([r.made for r in rows])
    kind = np.array([r.kind for r in rows])
    target = np.where(first > 0, 1.0, np.where(answerable, PARTLY, 0.0))
    # Each set counts as a whole, however many questions it has.
    even = np.zeros(len(rows))
    for name in READ_SHARE:
        even[kind == name] = 1 / max(1, int(((kind == name) & ~made).sum()))
    weight = even * np.array([WEIGHTS[k] for k in kind]) * np.where(made, MADE, 1.0)
    weight = weight / weight.mean()

    def forest_on(chosen: NDArray[np.bool_]) -> Forest:
        data = lgb.Dataset(signals[chosen], target[chosen], weight=weight[chosen])
        return forest_of(lgb.train({**CONFIDENCE, **COMMON, "num_threads": threads}, data, CONFIDENCE_TREES))

    raw, confidence = np.zeros(len(rows)), np.zeros(len(rows))
    for f in range(FOLDS):
        raw[fold == f] = forest_on(fold != f).predict(signals[fold == f])
    for f in range(FOLDS):
        real = ~made & (fold != f)
        confidence[fold == f] = platt(raw[real], first[real], even[real])(raw[fold == f])
    unmatched = np.array([bool((r.found.unmet_soft == 1).all()) for r in rows])
    confidence = np.where(unmatched, np.minimum(confidence, UNMATCHED), confidence)
    final = dict(zip(PARTS, np.round(weights_without(None), 5).tolist(), strict=True))
    everything = forest_on(np.ones(len(rows), bool))
    return Fitted(Fusion(final, everything, platt(raw[~made], first[~made], even[~made])), scores, confidence)


def outcomes(judged: Sequence[Judged], scores: Sequence[Floats], confidence: Floats) -> list[Line]:
    """What became of each real question."""
    lines: list[Line] = []
    for j, values, sure in zip(judged, scores, confidence.tolist(), strict=True):
        if not j.row.made:
            hits = np.flatnonzero(j.row.labels[np.argsort(-values, kind="stable")]).tolist()
            lines.append((j.row.kind, j.article, Outcome(int(hits[0]) if hits else None, sure, j.row.answerable)))
    return lines


def summary(found: Sequence[Outcome]) -> str:
    """The figures of a method on a set."""
    ranks = [o.rank for o in found if o.answerable]
    sure = np.array([o.confidence for o in found])
    answerable = np.array([o.answerable for o in found])
    kept, others = np.sort(sure[answerable]), np.sort(sure[~answerable])
    return (
        f"H@1 {np.mean([r == 0 for r in ranks]):.3f}  H@3 {np.mean([r in (0, 1, 2) for r in ranks]):.3f}  "
        f"AUROC {auroc(sure.tolist(), answerable.tolist()):.3f}  "
        f"ECE {ece(sure.tolist(), [o.right for o in found]):.3f}  "
        f"10 % of the answerable are below {kept[len(kept) // 10]:.3f}, "
        f"85 % of the others below {others[int(len(others) * 0.85)]:.3f}  ({len(found)} questions)"
    )


@click.command()
@click.argument("news", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("wiki", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--reader", "models", multiple=True, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The cross-encoder of fold 0, then of fold 1 and so on.",
)  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write the weights to.")
@click.option("--threads", default=2, show_default=True, help="Of lightgbm; the result does not depend on it.")
@click.option("--cache", type=click.Path(path_type=Path), help="Keep the out-of-fold scores in this file.")
@click.option(
    "--outcomes", "outcomes_path", type=click.Path(path_type=Path), help="Write each outcome, for bench.results."
)
def main(  # noqa: PLR0913, PLR0917 - one argument an option
    news: Path, wiki: Path, models: tuple[Path, ...], out: Path | None, threads: int, cache: Path | None,
    outcomes_path: Path | None,
) -> None:  # fmt: skip
    """Fit on a news set and a wiki set; print cross-validated figures; write the weights with --out."""
    if cache and cache.exists():
        judged, lead = pickle.loads(cache.read_bytes())  # noqa: S301 - our own file
    else:
        sources = sources_of(news, wiki)
        judged = judge(sources, [CrossEncoder(path) for path in models], threads)
        lead = led(sources)
        if cache:
            cache.write_bytes(pickle.dumps((judged, lead)))
    fitted = fit(judged, threads)
    sure = np.array([j.sure for j in judged])
    methods = {
        "lexical": outcomes(judged, [j.lexical for j in judged], sure),
        "cross-encoder": outcomes(
            judged, [j.reading for j in judged], np.array([any_answers(j.reading) for j in judged])
        ),
        "default": outcomes(judged, fitted.scores, fitted.confidence),
    }
    sets: dict[str, dict[str, out_of_fold_file.Outcomes]] = {}
    for method, lines in methods.items():
        for kind, name in (("news", news.stem), ("piece", f"pieces of {wiki.stem}")):
            articles = sets.setdefault(name, {}).setdefault(method, {})
            for _, article, outcome in (line for line in (*lines, *lead) if line[0] == kind):
                articles.setdefault(article, []).append(outcome)
            click.echo(f"{method}, {name}: {summary([o for row in articles.values() for o in row])}")
    click.echo(json.dumps({"parts": fitted.fusion.parts}, indent=2))
    if outcomes_path is not None:
        out_of_fold_file.write(outcomes_path, sets)
    if out is not None:
        save_fusion(fitted.fusion, out)


if __name__ == "__main__":
    main()
