"""Train the furniture model: `python -m bench.train_furniture PATH`, where PATH is the folder of the data sets.

The model is the average of a logistic regression and of `TREES` small boosted trees over `index.furniture_features`.
It learns from the development half of the pages (`bench.pages.halves`), and from made-up pages: clean stories bare,
in a borrowed frame of furniture, and with notices and appeals (`NOTICES`, written for this project) set between
their paragraphs, so that a text without any page around it is kept whole and long prose that asks for money is not.
Stories are the even lines of qa/news-train.jsonl and qa/wiki-train.jsonl; the odd ones are for measuring false
furniture (`bench.pages`).

    python -m bench.train_furniture PATH                    write the weights that ship
    python -m bench.train_furniture PATH --cross-validate   say how good they are, by sites that were not trained on

Cross-validation splits all pages in two by the site they are from, trains on one half and scores the other, both
ways round, for several seeds; nothing is written. It is the number to quote: the unseen half of `bench.pages` has been
looked at several times.
"""

import json
import random
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import click
import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bench.furniture_pages import TOKEN, Page, make_up, read_page, read_stories
from bench.pages import RESAMPLES, Matches, halves, interval, match, score, story_of
from index import furniture
from index.errors import NoArticle
from index.furniture_features import NAMES, describe
from index.furniture_trees import DEPTH, LEAVES, NODES, read_trees
from index.readers import read_bytes

SEED = 11
STRENGTH = 0.005
"""Inverse regularisation of the regression, picked by cross-validation on the development half."""

TREES = 80
_BOOSTING = {
    "objective": "binary", "num_leaves": LEAVES, "max_depth": DEPTH, "learning_rate": 0.08, "min_data_in_leaf": 40,
    "lambda_l2": 5.0, "feature_fraction": 0.4, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 63,
    "num_threads": 1, "deterministic": True, "seed": SEED, "verbosity": -1,
}  # fmt: skip
"""Few, shallow and much dampened trees: forty pages hold no more."""

STORIES = 110
"""Clean stories of each source that are made into pages."""

_SHARES = (("as it is", 1.0), ("close", 0.2), ("loose", 0.2))
"""How much a page counts as it is, and without any blank line and with one after every line, as from other browsers."""

_MADE_UP = 0.5
"""How much a made-up page counts."""

_LONG = 60
"""Words from which a paragraph weighs no more."""

_USUAL, _LEAST, _GREATEST = 600, 0.4, 2.5
"""Words of an article of weight one; bounds of the weight. A short article's sentence is a larger share of it, and
the metric averages shares."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What is learned from: features of shape (rows, features), labels and weights of shape (rows,)."""

    x: NDArray[np.float64]
    y: NDArray[np.bool_]
    weights: NDArray[np.float64]


def rows_of(page: Page, share: float) -> Rows:
    """The rows of one page; a paragraph weighs the root of its words, between words and lines."""
    words = np.array([len(TOKEN.findall(text)) for text in page.texts], dtype=np.float64)
    body = np.array(page.body, dtype=np.bool_)
    scale = np.clip((_USUAL / max(1.0, words[body].sum())) ** 0.5, _LEAST, _GREATEST)
    weights = share * scale * (0.3 + np.minimum(words, _LONG) ** 0.5)
    return Rows(np.array(describe(page.texts, page.after_blank).rows), body, weights)


def variants(page: Page) -> Iterator[Rows]:
    """The rows of a real page, with the blank lines of several browsers."""
    for name, share in _SHARES:
        blanks = page.after_blank if name == "as it is" else [name == "loose"] * len(page.texts)
        yield rows_of(Page(page.texts, blanks, page.body), share)


def _complete(node: Mapping[str, Any]) -> tuple[list[str | None], list[float | None], list[float]]:
    """A tree of LightGBM's as a complete one: features and thresholds in the order of a heap, leaves from the left."""
    features: list[str | None] = []
    thresholds: list[float | None] = []
    level = [node]
    for _ in range(DEPTH):
        below: list[Mapping[str, Any]] = []
        for inner in level:
            if "leaf_value" in inner:
                features.append(None)
                thresholds.append(None)
                below += [inner, inner]
            else:
                features.append(NAMES[inner["split_feature"]])
                thresholds.append(inner["threshold"])
                below += [inner["left_child"], inner["right_child"]]
        level = below
    return features, thresholds, [round(leaf["leaf_value"], 5) for leaf in level]


def fit(parts: Sequence[Rows]) -> dict[str, Any]:
    """Learn from rows.

    Returns:
        what the weights file holds: "bias" and "weights" (by feature) of the regression, and "trees"
        (`index.furniture_trees.read_trees`). Both are log-odds that a paragraph is the article's.
    """
    x = np.vstack([part.x for part in parts])
    y = np.concatenate([part.y for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=STRENGTH, max_iter=2_000)
    model.fit(scaler.transform(x), y, sample_weight=weights)
    slopes = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - slopes @ scaler.mean_)
    booster = lightgbm.train(_BOOSTING, lightgbm.Dataset(x, y, weight=weights), TREES)
    trees = [_complete(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    if any(len(leaves) != LEAVES or len(features) != NODES for features, _, leaves in trees):
        message = "a tree is deeper than the package can read"
        raise ValueError(message)
    return {
        "bias": round(bias, 4),
        "weights": {name: round(float(s), 4) for name, s in zip(NAMES, slopes, strict=True)},
        "trees": {
            "features": [features for features, _, _ in trees],
            "thresholds": [thresholds for _, thresholds, _ in trees],
            "leaves": [leaves for _, _, leaves in trees],
        },
    }


class Trainer:
    """The pages of the data sets, and models trained on some of them.

    Attributes:
        truth: article and address of every page, by its id.
    """

    def __init__(self, path: Path) -> None:
        """Read the pages and stories under PATH."""
        pages = path / "pages"
        self.truth: dict[str, dict[str, str]] = json.loads((pages / "ground-truth.json").read_text(encoding="utf-8"))
        self._data = {i: (pages / "text" / f"{i}.txt").read_bytes() for i in self.truth}
        self._pages = {
            i: read_page(data.decode("utf-8"), self.truth[i]["articleBody"]) for i, data in self._data.items()
        }
        self._rows: dict[str, list[Rows]] = {}
        self._stories = read_stories(path / "qa" / "news-train.jsonl", odd=False)[:STORIES]
        wiki = read_stories(path / "qa" / "wiki-train.jsonl", odd=False)
        self._stories += [story for story in wiki for _ in range(6)][:STORIES]

    def train(self, ids: Sequence[str]) -> dict[str, Any]:
        """Train on these pages, and on stories in their frames."""
        for i in ids:
            if i not in self._rows:
                self._rows[i] = list(variants(self._pages[i]))
        rng = random.Random(SEED)  # noqa: S311 - repeatable, not secret
        frames = [self._pages[i] for i in ids]
        made_up = [make_up(story, frames, rng) for story in self._stories for _ in range(2)]
        real = [rows for i in ids for rows in self._rows[i]]
        return fit(real + [rows_of(page, _MADE_UP) for page in made_up])

    def score(self, found: Mapping[str, Any], ids: Sequence[str]) -> dict[str, Matches]:
        """How well the readers, with this model, find the articles of these pages."""
        model = furniture.Model(
            found["bias"], np.array([found["weights"][name] for name in NAMES]), read_trees(found["trees"], NAMES)
        )
        matches: dict[str, Matches] = {}
        with patch.object(furniture, "load_model", lambda: model):
            for i in ids:
                try:
                    story = story_of(read_bytes(self._data[i], "page.txt"))
                except NoArticle:
                    story = ""
                matches[i] = match(self.truth[i]["articleBody"], story)
        return matches


def site_of(url: str) -> str:
    """The site of an address, without its subdomain: pages of one site share their furniture."""
    labels = (urlsplit(url).hostname or url).split(".")
    second = len(labels) > 2 and labels[-2] in ("co", "com", "org", "net", "ac", "gov")
    return ".".join(labels[-3:] if second else labels[-2:])


def split_by_site(urls: Mapping[str, str], seed: int) -> tuple[list[str], list[str]]:
    """Two halves of the pages, drawn by a seed, that have no site in common.

    Args:
        urls: address of every page, by its id.
        seed: of the draw.
    """
    sites: dict[str, list[str]] = {}
    for i in sorted(urls):
        sites.setdefault(site_of(urls[i]), []).append(i)
    order = sorted(sites)
    random.Random(seed).shuffle(order)  # noqa: S311 - a split, not a secret
    parts: tuple[list[str], list[str]] = ([], [])
    for site in order:
        min(parts, key=len).extend(sites[site])
    return parts


def _interval(runs: Sequence[Mapping[str, Matches]]) -> tuple[float, float]:
    """95% interval of the mean F1 of several runs over the same pages; the pages are drawn, not the runs."""
    ids = sorted(runs[0])
    rng = random.Random(SEED)  # noqa: S311 - resampling, not a secret
    values: list[float] = []
    for _ in range(RESAMPLES):
        drawn = rng.choices(ids, k=len(ids))
        values.append(statistics.mean(score([run[i] for i in drawn]).f1 for run in runs))
    values.sort()
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def cross_validate(trainer: Trainer, seeds: int) -> Iterator[str]:
    """Score every page with a model that was trained on other sites, once a seed.

    Returns:
        the lines of the report: one a seed, then the means with their intervals.
    """
    urls = {i: page.get("url", i) for i, page in trainer.truth.items()}
    development, other = halves(list(urls))
    sets = {"all": sorted(urls), "development": development, "other": other}
    runs: list[dict[str, Matches]] = []
    for seed in range(seeds):
        left, right = split_by_site(urls, seed)
        run = trainer.score(trainer.train(left), right) | trainer.score(trainer.train(right), left)
        runs.append(run)
        low, high = interval([run[i] for i in sets["all"]])
        figures = "  ".join(f"{name} {score([run[i] for i in ids]).f1:.3f}" for name, ids in sets.items())
        yield f"seed {seed}: {figures}  95% of all [{low:.3f}, {high:.3f}]"
    for name, ids in sets.items():
        found = [score([run[i] for i in ids]) for run in runs]
        low, high = _interval([{i: run[i] for i in ids} for run in runs])
        precision, recall = (
            statistics.mean(values) for values in ([s.precision for s in found], [s.recall for s in found])
        )
        yield (
            f"mean, {name:<12} n={len(ids):<3} F1 {statistics.mean(s.f1 for s in found):.3f} [{low:.3f}, {high:.3f}]"
            f"  precision {precision:.3f}  recall {recall:.3f}"
        )


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--cross-validate", "check", is_flag=True, help="Measure by sites not trained on, and write nothing.")
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(1, 50), help="Draws of the two halves.")
@click.option("--all-pages", is_flag=True, help="Train on both halves; no page of the data is unseen then.")
def main(path: Path, *, check: bool, seeds: int, all_pages: bool) -> None:
    """Train on the data sets in PATH and write the weights that ship with the package."""
    trainer = Trainer(path)
    if check:
        for line in cross_validate(trainer, seeds):
            click.echo(line)
        return
    development, other = halves(list(trainer.truth))
    found = trainer.train([*development, *other] if all_pages else development)
    furniture.WEIGHTS_FILE.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
    for name, weight in sorted(found["weights"].items(), key=lambda item: -abs(item[1])):
        click.echo(f"{weight:+8.3f}  {name}")


if __name__ == "__main__":
    main()
