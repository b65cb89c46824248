"""Scores rankers on question sets: `python -m bench.qa PATH...` prints one table a set (`--help` for more).

A line of a set is one article: `{"id", "title", "text", "questions": [{"id", "question", "answers"}]}`; `answers`
are (start, end) spans of the sentences that answer, none where the article does not say.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from bench.methods import MINILM, ONLY, Found, Method, methods
from bench.scoring import ROUNDS, Span, auroc, bootstrap, ece, first_hit
from index.article import Article, Paragraph
from index.indexer import Index

DEPTH = 3
"""Sentences asked for: H@3 looks no further."""

Rows = NDArray[np.float64]

_LINE = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a set.

    Attributes:
        text: the question.
        gold: (start, end) of the sentences that answer it in the article's text; none if it has no answer.
    """

    text: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a set with its questions."""

    id: str
    article: Article
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ranker made of a question.

    Attributes:
        rank: 0-based rank of the first sentence that answers, or None.
        confidence: of the first sentence, 0..1.
        answerable: whether the article answers the question.
    """

    rank: int | None
    confidence: float
    answerable: bool

    @property
    def right(self) -> bool:
        """Whether the first sentence answers."""
        return self.rank == 0


def article_of(text: str, title: str = "") -> Article:
    """An article of plain text: every line is a paragraph of body text."""
    paragraphs: list[Paragraph] = []
    for match in _LINE.finditer(text):
        line = match[0].rstrip()
        start = match.start()
        paragraphs.append(Paragraph(len(paragraphs) + 1, start, start + len(line), line))
    return Article(text, title=title or None, paragraphs=tuple(paragraphs))


def read(path: Path) -> Iterator[Item]:
    """Read a set, one article a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            questions = tuple(
                Question(q["question"], tuple((start, end) for start, end in q["answers"])) for q in row["questions"]
            )
            yield Item(row["id"], article_of(row["text"], row["title"]), questions)


def _place(rank: int | None) -> int:
    """A rank as a number: 1 is the first, beyond all others if there is none."""
    return 1_000_000 if rank is None else rank + 1


def _hits(rows: Rows, k: int) -> float:
    """H@k of rows of (answerable, place, confidence)."""
    places = rows[rows[:, 0] > 0, 1]
    return float((places <= k).mean()) if places.size else 0.0


METRICS: Mapping[str, Callable[[Rows], float]] = {
    "H@1": lambda rows: _hits(rows, 1),
    "H@3": lambda rows: _hits(rows, 3),
    "AUROC": lambda rows: auroc(rows[:, 2].tolist(), (rows[:, 0] > 0).tolist()),
    "ECE": lambda rows: ece(rows[:, 2].tolist(), (rows[:, 1] == 1).tolist()),
}
"""What is reported of a run, over rows of (answerable, place of the first hit, confidence)."""


def answered(found: Found, question: Question) -> Outcome:
    """Judge what was found for a question."""
    return Outcome(first_hit(found.spans, question.gold), found.confidence, bool(question.gold))


def run(method: Method, items: Iterable[Item], tick: Callable[[], object] = lambda: None) -> list[list[Outcome]]:
    """Ask every question; one list an article. `tick` is called after each article."""
    outcomes = []
    for item in items:
        ask = method.on(Index(item.article))
        outcomes.append([answered(ask(question.text, DEPTH), question) for question in item.questions])
        tick()
    return outcomes


def summary(outcomes: Sequence[Sequence[Outcome]], *, rounds: int = ROUNDS) -> dict[str, tuple[float, float, float]]:
    """H@1, H@3, AUROC and ECE of a run, each with its 95 % interval over articles: (value, low, high)."""
    groups = [np.array([(o.answerable, _place(o.rank), o.confidence) for o in row]).reshape(-1, 3) for row in outcomes]
    groups = [group for group in groups if len(group)]
    if not groups:
        return dict.fromkeys(METRICS, (0.0, 0.0, 0.0))
    together = np.concatenate(groups)
    found = {}
    for name, metric in METRICS.items():
        low, high = bootstrap(groups, metric, rounds=rounds)
        found[name] = (metric(together), low, high)
    return found


def counts(outcomes: Sequence[Sequence[Outcome]]) -> list[tuple[int, int]]:
    """(first sentences that are right, answerable questions) of each article."""
    return [(sum(o.right for o in row if o.answerable), sum(o.answerable for o in row)) for row in outcomes]


def difference(
    ours: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]], *, rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """H@1 of one run less that of another, with its 95 % interval.

    Paired: each resample draws articles, and takes both runs' answers on them.

    Args:
        ours: `counts` of one run.
        others: of another, on the same articles in the same order.
        rounds: number of resamples.
    """

    def gap(rows: Rows) -> float:
        mine, asked, theirs, again = (float(total) for total in rows.sum(axis=0))
        return mine / max(1.0, asked) - theirs / max(1.0, again)

    groups = [np.array([[*a, *b]], dtype=np.float64) for a, b in zip(ours, others, strict=True)]
    low, high = bootstrap(groups, gap, rounds=rounds)
    return gap(np.concatenate(groups)) if groups else 0.0, low, high


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many articles of each set.")
@ONLY
@MINILM
def main(paths: tuple[Path, ...], limit: int | None, only: tuple[str, ...], minilm: Path | None) -> None:
    """Score our pipeline and its peers on question sets.

    The shipped weights were trained on news-train and wiki-train: our learned methods' figures on those two
    flatter. The honest figures for them are cross-validated ones, printed by what trains.
    """
    chosen, missing = methods(minilm, only)
    for path in paths:
        items = list(read(path))[:limit]
        questions = [q for item in items for q in item.questions]
        answerable = sum(bool(q.gold) for q in questions)
        click.echo(f"{path.name}: {len(items)} articles, {len(questions)} questions, {answerable} answerable")
        for method in chosen:
            found = summary(run(method, items))
            values = (
                f"{name} {value:.3f} [{low:.3f}, {high:.3f}]"
                for name, (value, low, high) in found.items()
                if name != "ECE" or method.calibrated
            )
            click.echo(f"  {method.key:18}" + "  ".join(values))
    for name, reason in () if only else missing.items():
        click.echo(f"left out: {name}: {reason}")


if __name__ == "__main__":
    main()
