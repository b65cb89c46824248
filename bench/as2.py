"""Scores rankers on answer sentence selection: `python -m bench.as2 PATH...` prints MAP and MRR of each set.

A line of a set is `{"id", "question", "candidates": [text], "labels": [0 | 1]}`. The candidates are put to a ranker
as an article of one paragraph each, in the order of the file, which is no order: features of position and of
neighbours are noise here. Only questions with an answer among their candidates count.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from bench.qa import article_of
from bench.scoring import average_precision, bootstrap, reciprocal_rank
from bot.fused import FusedRanker
from bot.ranker import BM25Ranker, LexicalRanker, Ranker
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
    """Read a set, one question a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Selection(row["question"], tuple(row["candidates"]), tuple(row["labels"]))


def ranked_labels(ranker: Ranker, selection: Selection) -> list[int]:
    """The labels of the candidates, best first.

    A candidate that is split into sentences counts with its best one; those that the ranker leaves out come last;
    ties break by a checksum of the text, so that the order of the file never decides.
    """
    candidates = [" ".join(candidate.split()) or "-" for candidate in selection.candidates]
    index = Index(article_of("\n".join(candidates)))
    best: dict[int, float] = {}
    for ranked in ranker.rank(index, selection.question).sentences:
        place = ranked.sentence.paragraph - 1
        best[place] = max(best.get(place, 0.0), ranked.score)
    order = sorted(
        range(len(candidates)), key=lambda i: (-best.get(i, -1.0), zlib.crc32(candidates[i].encode()), candidates[i])
    )
    return [selection.labels[i] for i in order]


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(paths: tuple[Path, ...]) -> None:
    """Score the default ranker and its simpler peers on answer sentence selection, zero-shot."""
    for path in paths:
        selections = [s for s in read(path) if any(s.labels)]
        click.echo(f"{path.name}: {len(selections)} questions with an answer")
        for name, ranker in (("BM25", BM25Ranker()), ("lexical", LexicalRanker()), ("default", FusedRanker())):
            labels = [ranked_labels(ranker, s) for s in selections]
            precisions = [average_precision(row) for row in labels]
            reciprocals = [reciprocal_rank(row) for row in labels]
            low, high = bootstrap([[value] for value in precisions])
            click.echo(
                f"  {name:10}MAP {sum(precisions) / len(precisions):.3f} [{low:.3f}, {high:.3f}]  "
                f"MRR {sum(reciprocals) / len(reciprocals):.3f}"
            )


if __name__ == "__main__":
    main()
