"""Sums up what `score` wrote."""

import json
from pathlib import Path

import click
import numpy as np

from bench.cross_encoder.options import FILE
from bench.scoring import auroc


@click.command()
@click.argument("paths", nargs=-1, type=FILE)
@click.option("--bm25", "weight", default=0.0, show_default=True, help="Weight of BM25 (natural log of 1 + it).")
def report(paths: tuple[Path, ...], weight: float) -> None:
    """H@1, H@3 and AUROC of what `score` wrote, over all files together."""
    lines = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    hits, best = [], []
    for line in lines:
        rows = np.array(line["sentences"], np.float64).reshape(-1, 6)
        best.append(float(rows[:, 2].max(initial=-20.0)))
        if line["answerable"]:
            gold = rows[np.argsort(-(rows[:, 2] + weight * np.log1p(rows[:, 3])), kind="stable"), 5] > 0
            hits.append([bool(gold[:1].any()), bool(gold[:3].any()), bool(gold.any())])
    at1, at3, recall = np.mean(hits, axis=0)
    area = auroc(best, [line["answerable"] for line in lines])
    click.echo(f"H@1 {at1:.3f}  H@3 {at3:.3f}  read {recall:.3f}  AUROC {area:.3f}  ({len(hits)} answerable)")
