"""How well a whole library is asked: `python -m bench.library_answers NEWS.jsonl` (`--help` for more).

The articles of a question set are one library, each question is asked of all of them, and what counts is the right
sentence of the right article. Beside ours the peers of `bench.peers`, each with all the sentences of the library in one
index. A question that names nobody ("What did he say?") may have its answer in many articles; the set knows of one, so
the figures are low for everybody.
"""

import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
import numpy as np

from bench.cross_encoder.documents import FOLDS, fold_of
from bench.peers import peers
from bench.peers.base import NOT_RETURNED, Peer
from bench.qa import DEPTH, Item, Outcome, counts, difference, read, summary
from bench.scoring import Span, first_hit
from bot.answer import Answer
from bot.librarian.librarian import Librarian
from bot.ranking.across import AcrossRanker
from bot.ranking.ranker import LexicalRanker, load_weights
from bot.reading.cross_encoder import CrossEncoder
from index.errors import PullquoteError
from index.indexer import Index
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL

ARTICLES = 300

PEERS = ("bm25s", "tantivy")

SEED = 7
"""Of the folds that the honest models were trained without; see `bench.train_folds` and `bench.cross_encoder`."""

Place = tuple[int, Span]
"""An article, by its position in the set, and a sentence in it."""

Ask = Callable[[int, str], tuple[Sequence[Place], float]]
"""(position of the article that the question is about, question) -> (the first sentences, confidence). The position is
for choosing models that never saw that article, and for nothing else."""


def ours(
    items: Sequence[Item], folder: Path, folds: Sequence[AcrossRanker] = (), seconds: list[float] | None = None
) -> Ask:
    """The whole pipeline over a library in SQLite.

    Args:
        items: the articles.
        folder: where to keep it.
        folds: a ranker for each fold, trained without its articles; the shipped one if empty.
        seconds: what each question took is added to it.
    """
    library = SQLiteLibrary(folder / "library.db")
    added = library.add_all(SHELL, [item.article for item in items], at=0)
    place = {addition.entry.number: n for n, addition in enumerate(added)}
    librarians = [Librarian(library, across=ranker) for ranker in folds] or [Librarian(library)]

    def ask(article: int, question: str) -> tuple[Sequence[Place], float]:
        librarian = librarians[fold_of(items[article].id, SEED)] if folds else librarians[0]
        start = time.perf_counter()
        try:
            result = librarian.ask(SHELL, question, top=DEPTH, threshold=0.0)
        except PullquoteError:
            return (), 0.0
        if seconds is not None:
            seconds.append(time.perf_counter() - start)
        found: list[Place] = []
        for quote in result.quotes if isinstance(result, Answer) else ():
            at = quote.citation
            found.append((place[at.source.entry.number if at.source else 0], (at.start, at.end)))
        return found, result.confidence

    return ask


def of_peer(peer: Peer, items: Sequence[Item]) -> Ask:
    """A peer, with every sentence of the library in its index."""
    places: list[Place] = []
    texts: list[str] = []
    for n, item in enumerate(items):
        for sentence in Index(item.article).prose:
            places.append((n, (sentence.start, sentence.end)))
            texts.append(sentence.text)
    score = peer.build(texts)

    def ask(_article: int, question: str) -> tuple[Sequence[Place], float]:
        scores = score(question)
        order = [int(i) for i in np.argsort(-scores, kind="stable")[:DEPTH] if scores[i] != NOT_RETURNED]
        return [places[i] for i in order], float(scores[order[0]]) if order else -1e9

    return ask


def run(ask: Ask, items: Sequence[Item], questions: Iterable[tuple[int, int]]) -> list[list[Outcome]]:
    """Ask questions, each (article, question) by position; a list of outcomes an article."""
    outcomes: list[list[Outcome]] = [[] for _ in items]
    for article, number in questions:
        question = items[article].questions[number]
        found, confidence = ask(article, question.text)
        # What stands in another article hits nothing.
        spans = [span if n == article else (-2, -1) for n, span in found]
        outcomes[article].append(Outcome(first_hit(spans, question.gold), confidence, answerable=True))
    return outcomes


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--articles", default=ARTICLES, show_default=True, help="The first so many make the library.")
@click.option("--every", default=1, show_default=True, help="Ask only every so-manieth answerable question.")
@click.option("--folds", type=click.Path(file_okay=False, path_type=Path), help="Folder of `bench.train_folds`.")
@click.option("--reader", "readers", multiple=True, type=click.Path(path_type=Path), help="Cross-encoder of each fold.")
def main(path: Path, articles: int, every: int, folds: Path | None, readers: tuple[Path, ...]) -> None:
    """Score our answers over a whole library, and the peers'.

    Without --folds and --reader, the shipped models answer; on the set that they were trained on, that flatters.
    """
    items = list(read(path))[:articles]
    asked = [(n, k) for n, item in enumerate(items) for k, q in enumerate(item.questions) if q.gold][::every]
    rankers = []
    if folds is not None:
        for fold in range(FOLDS):
            reader = CrossEncoder(readers[fold]) if readers else None
            rankers.append(AcrossRanker(LexicalRanker(load_weights(folds / str(fold))), reader))
    click.echo(f"{path.name}: {len(items)} articles in one library, {len(asked)} answerable questions")
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        mine = run(ours(items, Path(folder), rankers, seconds), items, asked)
    label = "ours, models that never saw the article" if rankers else "ours, shipped models (trained on this set)"
    _print(label, mine)
    click.echo(
        f"  an answer: p50 {1e3 * np.percentile(seconds, 50):.0f} ms, p99 {1e3 * np.percentile(seconds, 99):.0f} ms"
    )
    found, missing = peers(None)
    for peer in found:
        if peer.key in PEERS:
            theirs = run(of_peer(peer, items), items, asked)
            _print(f"{peer.name} {peer.version}", theirs)
            gap, low, high = difference(counts(mine), counts(theirs))
            click.echo(f"    ours less theirs, H@1: {gap:+.3f} [{low:+.3f}, {high:+.3f}]")
    for name, reason in missing.items():
        click.echo(f"  left out: {name}: {reason}")


def _print(name: str, outcomes: Sequence[Sequence[Outcome]]) -> None:
    found = summary(outcomes)
    values = "  ".join(f"{k} {found[k][0]:.3f} [{found[k][1]:.3f}, {found[k][2]:.3f}]" for k in ("H@1", "H@3"))
    click.echo(f"  {name:44}{values}")


if __name__ == "__main__":
    main()
