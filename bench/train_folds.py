"""Trains the lexical ranker without the articles of each fold, for figures on articles that a model has never seen.

python -m bench.train_folds NEWS.jsonl WIKI.jsonl --out FOLDER

Writes FOLDER/0, FOLDER/1, ..., each like `bot/weights` and trained on all articles but those of that fold; the folds
are those of the cross-encoder (`bench.cross_encoder`), so that its models go with them. Needs lightgbm.
"""

import shutil
from pathlib import Path

import click

from bench.cross_encoder.documents import FOLDS, fold_of
from bench.train_ranker import lessons_of, rows_of, sources_of, train_ranker
from bench.trees import forest_of
from bench.word_stats import learn
from bot.ranking.wordstats import WEIGHTS

SEED = 7
"""Of the folds: what the cross-encoder is trained with."""

SHIPPED = ("confidence.npz", "calibration.json")
"""Taken as they are: how sure a ranking is makes no difference to which sentence comes first."""


@click.command()
@click.argument("news", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("wiki", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--threads", default=2, show_default=True, help="Of lightgbm; the result does not depend on it.")
def main(news: Path, wiki: Path, out: Path, threads: int) -> None:
    """Train once for each fold."""
    everything = [s for s in sources_of(news, wiki) if s.kind != "piece"]
    for fold in range(FOLDS):
        sources = [s for s in everything if fold_of(s.item.id, SEED) != fold]
        words = learn(lessons_of(sources))
        rows = [row for n, s in enumerate(sources) for row in rows_of(n, s, words)]
        folder = out / str(fold)
        folder.mkdir(parents=True, exist_ok=True)
        words.save(folder / "words.npz")
        forest_of(train_ranker(rows, threads)).save(folder / "ranker.npz")
        for name in SHIPPED:
            shutil.copy(WEIGHTS / name, folder / name)
        click.echo(f"fold {fold}: {len(sources)} articles, {len(rows)} questions; weights in {folder}")


if __name__ == "__main__":
    main()
