"""What is compared: our own rankers and the peers, asked in the same way.

A method takes an article's index and answers questions with the sentences that it puts first.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from bench.peers import peers
from bench.peers.base import NOT_RETURNED, Peer
from bench.remembered import RememberingReader
from bot.answer import Answer
from bot.assistant import Assistant
from bot.ranking.fused import FusedRanker, read
from bot.ranking.ranker import BM25Ranker, LexicalRanker, RankedSentence, Ranker, Ranking
from index.errors import QuestionError
from index.indexer import Index
from index.readers import read_bytes

ONLY = click.option(
    "--method", "only", multiple=True, help="Key of a method (pipeline, lexical, bm25, tantivy ...); may repeat."
)
MINILM = click.option(
    "--minilm", type=click.Path(exists=True, path_type=Path), help="Where the MiniLM peer's weights lie."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a method makes of a question.

    Attributes:
        spans: (start, end) of the sentences in the article's text, best first, at most as many as were asked for.
        scores: of these sentences, not ascending; equal scores are ties.
        confidence: of the first sentence; a probability only if the method is calibrated.
    """

    spans: tuple[tuple[int, int], ...]
    scores: tuple[float, ...]
    confidence: float


Ask = Callable[[str, int], Found]
"""(question, number of sentences wanted) -> what was found."""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to answer.

    Attributes:
        key: short name for machines.
        name: as the tables call it.
        on: takes an article's index.
        calibrated: whether its confidence claims to be a probability.
        learned: whether it was trained on the training sets, so that its figures there must be cross-validated.
    """

    key: str
    name: str
    on: Callable[[Index], Ask]
    calibrated: bool = False
    learned: bool = False


def _assistant(assistant: Assistant, question: str, wanted: int) -> Found:
    """Ask as a person would who wants so many quotes, whatever the confidence."""
    try:
        result = assistant.ask(question, top=wanted, threshold=0.0)
    except QuestionError:
        return Found((), (), 0.0)
    quotes = result.quotes if isinstance(result, Answer) else ()
    spans = tuple((q.citation.start, q.citation.end) for q in quotes)
    return Found(spans, tuple(q.score for q in quotes), result.confidence)


def pipeline(index: Index) -> Ask:
    """The whole pipeline: spelling, questions about the article itself, the default ranker, the composer."""
    return partial(_assistant, Assistant(index.article, ranker=_fused()))


def _read_again(index: Index) -> Ask:
    """The same, with the text reader in front: it guesses headline, byline and furniture from the bare text."""
    text = index.article.text
    article = read_bytes(text.encode(), "article.txt")
    return partial(_assistant, Assistant(article if article.text == text else index.article, ranker=_fused()))


@cache
def _fused() -> FusedRanker:
    """The default ranker, whose cross-encoder reads no window twice for the methods that share it."""
    return FusedRanker(reader=_reader())


@cache
def _reader() -> RememberingReader:
    return RememberingReader()


class _ReadingRanker:
    """The cross-encoder alone: it orders the sentences that it reads; its confidence is that any of them answers."""

    def __init__(self) -> None:
        self._lexical = LexicalRanker()

    def rank(self, index: Index, question: str, near: Collection[int] = ()) -> Ranking:
        scored = self._lexical.score(index, question)
        if isinstance(scored, Ranking):
            return scored
        reading = read(_reader(), index, question, scored.found, scored.raw, near)
        order = np.argsort(-reading, kind="stable").tolist()
        positions, bm25 = scored.found.positions, scored.found.bm25
        ranked = tuple(RankedSentence(index.prose[int(positions[i])], float(reading[i]), float(bm25[i])) for i in order)
        return Ranking(ranked, any_answers(reading))


def any_answers(reading: NDArray[np.float64]) -> float:
    """The cross-encoder's probability that any sentence answers, from the scores of those that it read."""
    odds = float(np.exp(reading).sum())
    return odds / (1 + odds)


def _of_ranker(make: Callable[[], Ranker], index: Index) -> Ask:
    ranker = make()

    def ask(question: str, wanted: int) -> Found:
        ranking = ranker.rank(index, question)
        first = ranking.sentences[:wanted]
        spans = tuple((r.sentence.start, r.sentence.end) for r in first)
        return Found(spans, tuple(r.score for r in first), ranking.confidence)

    return ask


def _of_peer(peer: Peer, index: Index) -> Ask:
    spans = [(s.start, s.end) for s in index.prose]
    score = peer.build([s.text for s in index.prose]) if spans else lambda _: np.zeros(0)

    def ask(question: str, wanted: int) -> Found:
        scores = score(question)
        order = [int(i) for i in np.argsort(-scores, kind="stable")[:wanted] if scores[i] != NOT_RETURNED]
        values = tuple(float(scores[i]) for i in order)
        # The best score is what its users would set a threshold on; below all others where nothing was found.
        return Found(tuple(spans[i] for i in order), values, values[0] if values else -1e9)

    return ask


PIPELINE = Method("pipeline", "**Pullquote, whole pipeline**", pipeline, calibrated=True, learned=True)

READ = Method("pipeline-read", "the same, text reader in front", _read_again, calibrated=True, learned=True)

LEXICAL = Method(
    "lexical", "Pullquote, lexical ranker alone", partial(_of_ranker, LexicalRanker), calibrated=True, learned=True
)

CROSS_ENCODER = Method(
    "cross-encoder", "Pullquote, cross-encoder alone", partial(_of_ranker, _ReadingRanker), learned=True
)

BM25 = Method("bm25", "Pullquote, BM25 alone", partial(_of_ranker, BM25Ranker))

OURS = (PIPELINE, LEXICAL, CROSS_ENCODER, BM25)


def methods(minilm: Path | None = None, only: Sequence[str] = ()) -> tuple[list[Method], dict[str, str]]:
    """Ours, then the peers that are installed.

    Args:
        minilm: where MiniLM lies, see `bench.peers.minilm`.
        only: keys of those that are wanted; all if empty.

    Returns:
        (methods, {name of a peer that is left out: the reason}).
    """
    others, missing = peers(minilm)
    found = [*OURS, *(Method(p.key, p.name, partial(_of_peer, p)) for p in others)]
    return [m for m in found if not only or m.key in only], missing
