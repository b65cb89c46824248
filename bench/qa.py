"""Scores rankers on question sets: `python -m bench.qa PATH...` prints one table a set.

A line of a set is one article: `{"id", "title", "text", "questions": [{"id", "question", "answers"}]}`; `answers`
are (start, end) spans of the sentences that answer, none where the article does not say.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bench.scoring import Span, auroc, bootstrap, ece, first_hit, hits_at
from bot.fused import FusedRanker
from bot.ranker import BM25Ranker, LexicalRanker, Ranker
from index.article import Article, Paragraph
from index.indexer import Index

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


def run(ranker: Ranker, items: Iterable[Item]) -> list[list[Outcome]]:
    """Ask every question; one list an article."""
    outcomes = []
    for item in items:
        index = Index(item.article)
        row = []
        for question in item.questions:
            ranking = ranker.rank(index, question.text)
            cited = [(r.sentence.start, r.sentence.end) for r in ranking.sentences]
            row.append(Outcome(first_hit(cited, question.gold), ranking.confidence, bool(question.gold)))
        outcomes.append(row)
    return outcomes


def summary(outcomes: Sequence[Sequence[Outcome]]) -> dict[str, float]:
    """H@1, H@3, AUROC and ECE of a run, and the 95 % interval of H@1 over articles."""
    flat = [outcome for row in outcomes for outcome in row]
    ranks = [o.rank for o in flat if o.answerable]
    low, high = bootstrap([[float(o.right) for o in row if o.answerable] for row in outcomes])
    confidences = [o.confidence for o in flat]
    return {
        "H@1": hits_at(ranks, 1),
        "H@1 low": low,
        "H@1 high": high,
        "H@3": hits_at(ranks, 3),
        "AUROC": auroc(confidences, [o.answerable for o in flat]),
        "ECE": ece(confidences, [o.right for o in flat]),
    }


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--articles", type=click.IntRange(min=1), help="Only the first so many articles of each set.")
def main(paths: tuple[Path, ...], articles: int | None) -> None:
    """Score the default ranker and its simpler peers on question sets.

    The shipped weights were trained on news-train and wiki-train: figures on those two flatter. The honest
    figures for them are the cross-validated ones of `python -m bench.train_ranker`.
    """
    for path in paths:
        items = list(read(path))[:articles]
        questions = [q for item in items for q in item.questions]
        answerable = sum(bool(q.gold) for q in questions)
        click.echo(f"{path.name}: {len(items)} articles, {len(questions)} questions, {answerable} answerable")
        for name, ranker in (("BM25", BM25Ranker()), ("lexical", LexicalRanker()), ("default", FusedRanker())):
            found = summary(run(ranker, items))
            click.echo(f"  {name:10}" + "  ".join(f"{metric} {value:.3f}" for metric, value in found.items()))


if __name__ == "__main__":
    main()
