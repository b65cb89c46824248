"""Scores answer sentence selection: `python -m bench.as2 PATH...` prints MAP and MRR of each set.

A line of a set is `{"id", "question", "candidates": [text], "labels": [0 | 1]}`. The candidates are put to a method
as an article of one paragraph each, in the order of the file, which is no order: features of position and of
neighbours are noise here. Only questions with an answer among their candidates count.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import click

from bench.methods import MINILM, ONLY, Method, methods
from bench.qa import article_of
from bench.scoring import ROUNDS, average_precision, bootstrap, reciprocal_rank
from index.indexer import Index


@dataclass(frozen=True, slots=True)
class Selection:
    """A question with its candidates.

    Attributes:
        question: the question.
        candidates: sentences.
        labels: 1 for a candidate that answers, else 0.
    """

    question: str
    candidates: tuple[str, ...]
    labels: tuple[int, ...]


def read(path: Path) -> Iterator[Selection]:
    """Read the questions of a set that have an answer among their candidates."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if any(row["labels"]):
                yield Selection(row["question"], tuple(row["candidates"]), tuple(row["labels"]))


def ranked_labels(method: Method, selection: Selection) -> list[int]:
    """The labels of the candidates, best first.

    A candidate that is split into sentences counts with its best one; those that the method leaves out come last,
    as ties. Ties are broken against the method: what does not answer stands before what does.
    """
    candidates = [" ".join(candidate.split()) or "-" for candidate in selection.candidates]
    index = Index(article_of("\n".join(candidates)))
    found = method.on(index)(selection.question, len(index.sentences))
    paragraph = {s.start: s.paragraph - 1 for s in index.sentences}
    best: dict[int, float] = {}
    for (start, _), score in zip(found.spans, found.scores, strict=True):
        place = paragraph[start]
        best[place] = max(best.get(place, score), score)
    lowest = min(best.values(), default=0.0) - 1.0
    order = sorted(range(len(candidates)), key=lambda i: (-best.get(i, lowest), selection.labels[i]))
    return [selection.labels[i] for i in order]


def run(
    method: Method, selections: Iterable[Selection], tick: Callable[[], object] = lambda: None
) -> list[tuple[float, float]]:
    """(average precision, reciprocal rank) of every question. `tick` is called after each."""
    values = []
    for selection in selections:
        labels = ranked_labels(method, selection)
        values.append((average_precision(labels), reciprocal_rank(labels)))
        tick()
    return values


def summary(values: Sequence[tuple[float, float]], *, rounds: int = ROUNDS) -> dict[str, tuple[float, float, float]]:
    """MAP and MRR, each with its 95 % interval over questions: (value, low, high)."""
    found = {}
    for position, name in enumerate(("MAP", "MRR")):
        column = [row[position] for row in values]
        low, high = bootstrap([[value] for value in column], rounds=rounds)
        found[name] = (mean(column) if column else 0.0, low, high)
    return found


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many questions of each set.")
@ONLY
@MINILM
def main(paths: tuple[Path, ...], limit: int | None, only: tuple[str, ...], minilm: Path | None) -> None:
    """Score our pipeline and its peers on answer sentence selection, zero-shot."""
    chosen, missing = methods(minilm, only)
    for path in paths:
        selections = list(read(path))[:limit]
        click.echo(f"{path.name}: {len(selections)} questions with an answer")
        for method in chosen:
            found = summary(run(method, selections))
            values = (f"{name} {value:.3f} [{low:.3f}, {high:.3f}]" for name, (value, low, high) in found.items())
            click.echo(f"  {method.key:18}" + "  ".join(values))
    for name, reason in () if only else missing.items():
        click.echo(f"left out: {name}: {reason}")


if __name__ == "__main__":
    main()
