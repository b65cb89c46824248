"""Fits how the default ranker adds up words and meaning, and its confidence; writes `fusion.json`.

python -m bench.train_fusion NEWS.jsonl WIKI.jsonl --out bot/weights

Needs lightgbm and scipy, which the package itself does not. The lexical scores that go in are out of fold, so that
the fusion does not trust them more than it may on a new article. News, and Wikipedia cut to the length of news.
"""

import json
import pickle
from dataclasses import asdict
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.scoring import auroc, ece
from bench.train_ranker import FOLDS, UNMATCHED, Row, Source, out_of_fold, sources_of
from bench.trees import platt
from bot.encoder import Encoder
from bot.fused import PARTS, SIGNALS, Fusion, parts_of, semantic, signals_of

Floats = NDArray[np.float64]

MADE = 0.15
"""Weight of a question that was made unanswerable: the making shows."""

PARTLY = 0.35
"""Target where the article answers but the first sentence does not."""

RIDGE = 1e-3


def lexical(news: Path, wiki: Path, threads: int) -> tuple[list[Source], list[Row], list[Floats], Floats]:
    """Rows of news and pieces with the lexical scores and the lexical confidence of models that never saw them."""
    sources = sources_of(news, wiki)
    found = out_of_fold(sources, threads)
    rows, scores, judged, raw = found.rows, found.scores, found.judged, found.raw
    real = [i for i, (row, j) in enumerate(zip(rows, judged, strict=True)) if j and row.kind == "news" and not row.made]
    right = np.array([float(bool(j and j.right)) for j in (judged[i] for i in real)])
    sure = np.where(raw > UNMATCHED, platt(raw[real], right)(raw), 0.0)
    kept = [i for i, row in enumerate(rows) if row.kind != "wiki" and len(row.labels)]
    return sources, [rows[i] for i in kept], [scores[i] for i in kept], sure[kept]


def fit_weights(groups: list[tuple[Floats, NDArray[np.int64]]]) -> Floats:
    """Conditional logit: weights under which the softmax puts the most probability on the right sentences.

    Args:
        groups: (parts of shape (k, len(PARTS)), labels of shape (k,)) of each question.
    """

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, gradient = RIDGE * float(weights @ weights) * len(groups), 2 * RIDGE * weights * len(groups)
        for parts, labels in groups:
            values = parts @ weights
            odds = np.exp(values - values.max())
            every, gold = odds.sum(), (odds * labels).sum()
            total += float(np.log(every) - np.log(gold + 1e-12))
            gradient = gradient + (odds / every - odds * labels / (gold + 1e-12)) @ parts
        return total / len(groups), gradient / len(groups)

    found: Floats = minimize(loss, np.zeros(len(PARTS)), jac=True, method="L-BFGS-B").x
    return found


def fit_logistic(matrix: Floats, target: Floats, weight: Floats) -> tuple[Floats, float]:
    """Weighted logistic regression with soft targets; the columns are scaled while fitting."""
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    scaled = (matrix - middle) / spread

    def loss(found: Floats) -> tuple[float, Floats]:
        value = scaled @ found[:-1] + found[-1]
        p = 1 / (1 + np.exp(-value))
        total = (weight * (np.logaddexp(0, value) - target * value)).sum() + RIDGE * len(target) * found[:-1] @ found[
            :-1
        ]
        error = weight * (p - target)
        gradient = np.append(error @ scaled + 2 * RIDGE * len(target) * found[:-1], error.sum())
        return float(total / len(target)), gradient / len(target)

    found = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return found[:-1] / spread, float(found[-1] - (found[:-1] * middle / spread).sum())


@click.command()
@click.argument("news", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("wiki", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write the weights to.")
@click.option("--threads", default=2, show_default=True, help="Of lightgbm; the result does not depend on it.")
@click.option("--cache", type=click.Path(path_type=Path), help="Keep the out-of-fold scores in this file.")
def main(news: Path, wiki: Path, out: Path | None, threads: int, cache: Path | None) -> None:
    """Fit on a news set and a wiki set; print cross-validated figures; write the weights with --out."""
    if cache and cache.exists():
        rows, scores, sure, meanings = pickle.loads(cache.read_bytes())  # noqa: S301 - our own file
    else:
        sources, rows, scores, sure = lexical(news, wiki, threads)
        encoder = Encoder()
        meanings = [semantic(encoder, sources[r.source].index, r.question, r.found.positions) for r in rows]
        if cache:
            cache.write_bytes(pickle.dumps((rows, scores, sure, meanings)))
    parts = [parts_of(r.found, lex, m) for r, lex, m in zip(rows, scores, meanings, strict=True)]
    fold = np.array([r.fold for r in rows])
    answered = [i for i, r in enumerate(rows) if r.labels.any() and not r.made]

    def weights_without(left_out: int | None) -> Floats:
        return fit_weights([(parts[i], rows[i].labels) for i in answered if fold[i] != left_out])

    by_fold = [weights_without(f) for f in range(FOLDS)]
    fused = [np.round(p @ by_fold[f], 6) for p, f in zip(parts, fold, strict=True)]
    signals = np.array(
        [
            list(signals_of(r.found, m, s, float(c)).values())
            for r, m, s, c in zip(rows, meanings, fused, sure, strict=True)
        ]
    )
    first = np.array([bool(r.labels[int(np.argmax(s))]) for r, s in zip(rows, fused, strict=True)])
    answerable = np.array([r.answerable for r in rows])
    made = np.array([r.made for r in rows])
    kind = np.array([r.kind for r in rows])
    target = np.where(first, 1.0, np.where(answerable, PARTLY, 0.0))
    share = {k: 1.0 / max(1, int(((kind == k) & ~made).sum())) for k in ("news", "piece")}
    weight = np.array([share[k] for k in kind]) * np.where(made, MADE, 1.0) * len(rows) / 2
    value = np.zeros(len(rows))
    for f in range(FOLDS):
        w, b = fit_logistic(signals[fold != f], target[fold != f], weight[fold != f])
        value[fold == f] = signals[fold == f] @ w + b
    real = ~made
    scale = platt(value[real], first[real].astype(np.float64))
    confidence = scale(value)
    for name in ("news", "piece"):
        chosen = real & (kind == name)
        hits = [
            np.flatnonzero(rows[i].labels[np.argsort(-fused[i], kind="stable")])
            for i in np.flatnonzero(chosen & answerable)
        ]
        ranks = [int(h[0]) if len(h) else 99 for h in hits]
        kept = np.sort(confidence[chosen & answerable])
        refused = np.sort(confidence[chosen & ~answerable])
        click.echo(
            f"{name}: H@1 {np.mean([r < 1 for r in ranks]):.3f}  H@3 {np.mean([r < 3 for r in ranks]):.3f}  "
            f"AUROC {auroc(confidence[chosen].tolist(), answerable[chosen].tolist()):.3f}  "
            f"ECE {ece(confidence[chosen].tolist(), first[chosen].tolist()):.3f}  "
            f"10 % of the answerable are below {kept[len(kept) // 10]:.3f}, 85 % of the others below "
            f"{refused[int(len(refused) * 0.85)]:.3f}"
        )
    w, b = fit_logistic(signals, target, weight)
    final = weights_without(None)
    fusion = Fusion(
        {n: round(float(v), 5) for n, v in zip(PARTS, final, strict=True)},
        {n: round(float(v) * scale.slope, 5) for n, v in zip(SIGNALS, w, strict=True)},
        round(b * scale.slope + scale.offset, 5),
    )
    click.echo(json.dumps(asdict(fusion), indent=2))
    if out is not None:
        (out / "fusion.json").write_text(json.dumps(asdict(fusion), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
