"""How much of a page's text the readers keep apart from its furniture: page F1.

The metric is the article-extraction-benchmark's own: precision and recall over the multiset of 4-word
shingles of a page, averaged over the pages; F1 of the two averages.

    python -m bench.pages PATH          text, as a person copies it
    python -m bench.pages PATH --html   the same pages as HTML, beside trafilatura alone

PATH is the folder of the data sets (it holds pages/). The furniture model is trained on the first half of the pages
(`halves`), so that the second one, unseen, is the number to quote.
"""

import gzip
import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import click

from index.article import Article, Kind
from index.errors import NoArticle
from index.readers import read_bytes

SEED = 7
"""Of the split in two halves, and of the resampling."""

RESAMPLES = 1_000
"""Bootstrap samples of the pages behind an interval."""

_TOKEN = re.compile(r"\w+")


class Matches(NamedTuple):
    """Shingles of one page, as shares of their union, so that a long page weighs no more than a short one."""

    true_positive: float
    false_positive: float
    false_negative: float


@dataclass(frozen=True, slots=True)
class Score:
    """Averages over pages, each in [0, 1]."""

    f1: float
    precision: float
    recall: float


def _shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    """Runs of `n` words; a shorter text is one run, an empty one none."""
    tokens = _TOKEN.findall(text)
    runs = (tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)))
    return Counter(run for run in runs if run)


def match(expected: str, actual: str) -> Matches:
    """Compare the text of an article with what was extracted."""
    left, right = _shingles(expected), _shingles(actual)
    both = sum((left & right).values())
    extra = sum((right - left).values())
    missed = sum((left - right).values())
    total = both + extra + missed
    return Matches(both / total, extra / total, missed / total) if total else Matches(0.0, 0.0, 0.0)


def _ratio(hit: float, miss: float, other: float) -> float:
    """Precision or recall of a page; 1 where nothing was wrong, even where there was nothing."""
    if miss == other == 0:
        return 1.0
    return hit / (hit + miss) if hit + miss else 0.0


def score(matches: Sequence[Matches]) -> Score:
    """Average over pages; a page without predictions counts for recall only, one without text for precision only."""
    precisions = [_ratio(tp, fp, fn) for tp, fp, fn in matches if tp + fp > 0]
    recalls = [_ratio(tp, fn, fp) for tp, fp, fn in matches if tp + fn > 0]
    precision = statistics.mean(precisions) if precisions else 0.0
    recall = statistics.mean(recalls) if recalls else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(f1, precision, recall)


def halves(ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """(development half, unseen half) of the pages, drawn with a fixed seed."""
    shuffled = sorted(ids)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - a split, not a secret
    middle = (len(shuffled) + 1) // 2
    return shuffled[:middle], shuffled[middle:]


def interval(matches: Sequence[Matches]) -> tuple[float, float]:
    """95% interval of F1: percentiles over `RESAMPLES` bootstrap samples of the pages."""
    rng = random.Random(SEED)  # noqa: S311 - resampling, not a secret
    values = sorted(score(rng.choices(matches, k=len(matches))).f1 for _ in range(RESAMPLES))
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def story_of(article: Article) -> str:
    """What a reader took for the story: body and section headings, a standfirst not."""
    return "\n".join(p.text for p in article.paragraphs if p.kind in (Kind.BODY, Kind.HEADING))


def _ours(data: bytes, name: str) -> str:
    """The story as the readers find it; nothing where they refuse the page."""
    try:
        return story_of(read_bytes(data, name))
    except NoArticle:
        return ""


def _everything(data: bytes, _: str) -> str:
    return data.decode("utf-8", "replace")


def _trafilatura(data: bytes, _: str) -> str:
    """Trafilatura with its own defaults, as the benchmark runs it."""
    import trafilatura

    return trafilatura.extract(data, include_comments=False) or ""


def _row(label: str, matches: Sequence[Matches]) -> str:
    found = score(matches)
    low, high = interval(matches)
    return (
        f"{label:<26} n={len(matches):<3} F1 {found.f1:.3f} [{low:.3f}, {high:.3f}]"
        f"  precision {found.precision:.3f}  recall {found.recall:.3f}"
    )


def false_furniture(path: Path, limit: int = 100) -> tuple[int, int, float]:
    """What is lost of clean stories that the model was not trained on: the odd lines of a question file.

    Returns:
        (stories, stories that lost a paragraph, share of all words lost).
    """
    stories = hit = words = lost = 0
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, 1, 2 * limit, 2):
            article = read_bytes(json.loads(line)["text"].encode(), "story.txt")
            missing = sum(len(p.text.split()) for p in article.furniture)
            stories, hit, lost = stories + 1, hit + bool(missing), lost + missing
            words += len(article.text.split())
    return stories, hit, lost / max(1, words)


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--html", is_flag=True, help="Measure on the pages' HTML instead of their text.")
def main(path: Path, *, html: bool) -> None:
    """Print page F1 with 95% bootstrap intervals for the pages in PATH/pages."""
    pages = path / "pages"
    truth = json.loads((pages / "ground-truth.json").read_text(encoding="utf-8"))
    development, unseen = halves(list(truth))
    methods: dict[str, Callable[[bytes, str], str]] = (
        {"trafilatura": _trafilatura, "ours": _ours} if html else {"keep everything": _everything, "ours": _ours}
    )
    for label, method in methods.items():
        for half, ids in (("all", [*development, *unseen]), ("development", development), ("unseen", unseen)):
            matches = []
            for i in ids:
                file = pages / ("html" if html else "text") / (f"{i}.html.gz" if html else f"{i}.txt")
                data = gzip.decompress(file.read_bytes()) if html else file.read_bytes()
                matches.append(match(truth[i]["articleBody"], method(data, "page.html" if html else "page.txt")))
            click.echo(_row(f"{label}, {half}", matches))
    if not html:
        for name in ("news", "wiki"):
            stories, hit, share = false_furniture(path / "qa" / f"{name}-train.jsonl")
            click.echo(f"clean {name:<20} n={stories:<3} lost a paragraph: {hit}, words lost: {share:.2%}")


if __name__ == "__main__":
    main()
