"""Ranks sentences of several articles: what `fused` adds up in each, compared by the whole library's statistics.

Scores within an article are relative to its best sentence, so they say little of which article is meant. What is added
counts rarity over the library's passages: a name that stands in one report of thousands weighs more than it does in
that report, where it stands in every other line.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.ranking.across_weights import ACROSS, MOST_MARGIN, OWN, WEIGHTS, Weights
from bot.ranking.features import FEATURES
from bot.ranking.fused import UNMATCHED, FusedRanker, Fusion, load_fusion, reading_of
from bot.ranking.ranker import LexicalRanker, RankedSentence, Ranking, Scored
from bot.ranking.view import view_of
from bot.reading.cross_encoder import CrossEncoder, load_cross_encoder
from bot.reading.windows import with_neighbours
from index.analyzer import terms
from index.indexer import Index
from index.library.model import Candidates, Entry

Floats = NDArray[np.float64]

ARTICLES = 4
"""Articles whose sentences are ranked. On 300 reports of the training news the right one is among the first four, by
their passages, for .80 of the questions; among eight for .84, which puts no more answers first."""

OF_A_STORY = 2
"""Of these at most so many that tell one story in nearly the same words: one may have a line that the other lacks."""

FURTHER = 0.2
"""Weight of an article's second to fourth passage beside its best."""

READERS = 2
"""Articles that are read at once: a small server has two cores."""

READ = 6
"""Sentences that the cross-encoder reads, of all articles together, each with its neighbours. Of 498 questions to 300
reports of the training news eight put no more answers first, nor among the first three."""

_COLUMNS = [FEATURES.index(name) for name in OWN[1:4]]


@dataclass(frozen=True, slots=True)
class Volume:
    """An article that is ranked.

    Attributes:
        entry: as the library lists it.
        index: its index.
        score: its score by its passages, of the best article's, 0..1.
    """

    entry: Entry
    index: Index
    score: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A ranked sentence and its article.

    Attributes:
        volume: its article.
        ranked: the sentence; its score compares with those of the other articles.
    """

    volume: Volume
    ranked: RankedSentence

    @property
    def score(self) -> float:
        """As the ranked sentence's."""
        return self.ranked.score


@dataclass(frozen=True, slots=True)
class Pool:
    """Sentences of one article, described.

    Attributes:
        volume: the article.
        scored: by their words.
        across: shape (k, len(ACROSS)).
        reading: shape (k,), what the cross-encoder makes of them.
        kept: shape (k,), whether they are no repetition of another article's of the same story.
    """

    volume: Volume
    scored: Scored
    across: Floats
    reading: Floats
    kept: NDArray[np.bool_]

    @property
    def parts(self) -> Floats:
        """Shape (k, len(OWN) + len(ACROSS))."""
        columns = self.scored.found.matrix[:, _COLUMNS].astype(np.float64)
        return np.column_stack((self.scored.raw, columns, self.reading, self.across))


def best_articles(found: Candidates, most: int = ARTICLES) -> list[tuple[int, float]]:
    """The articles whose passages match best, with their score of the best one's, 0..1; equal ones by number."""
    scores: dict[int, list[float]] = {}
    for passage in found.passages:  # best first
        scores.setdefault(passage.article, []).append(passage.score)
    total = {n: round(s[0] + FURTHER * sum(s[1:4]), 6) for n, s in scores.items()}
    best = max(total.values(), default=1.0)
    chosen: list[tuple[int, float]] = []
    told: dict[int, int] = {}
    for number in sorted(total, key=lambda n: (-total[n], n)):
        story = found.entries[number].story
        told[story] = told.get(story, 0) + 1
        if told[story] <= OF_A_STORY:
            chosen.append((number, total[number] / best))
        if len(chosen) == most:
            break
    return chosen


@cache
def _threads() -> ThreadPoolExecutor:
    """Read for all rankers: the model computes without holding up other threads."""
    return ThreadPoolExecutor(READERS, "reading")


class AcrossRanker:
    """Ranks the sentences of several articles together. Holds no state between questions."""

    def __init__(
        self,
        lexical: LexicalRanker | None = None,
        reader: CrossEncoder | None = None,
        fusion: Fusion | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        """Take what it is made of, the shipped parts where None."""
        self._lexical = lexical or LexicalRanker()
        self._reader = reader
        self._fusion = fusion or load_fusion()
        self._weights = weights

    def rank(self, volumes: Sequence[Volume], question: str, found: Candidates) -> tuple[tuple[Placed, ...], float]:
        """Rank the sentences worth considering.

        Args:
            volumes: the articles, best first.
            question: in words.
            found: what the library found for it.

        Returns:
            (sentences, confidence): best first, equal ones by the article's number and their position; the calibrated
            probability that the first one answers, 0..1.
        """
        pools = self.pools(volumes, question, found)
        if not pools:
            return (), 0.0
        weights = np.array(self._weights.parts)
        # Summed column by column: a product of matrices may add in another order on another machine.
        scores = [np.round((pool.parts * weights).sum(axis=1), 4) for pool in pools]
        lines = [
            (float(score), pool.volume.entry.number, int(pool.scored.found.positions[i]), at, i)
            for at, (pool, values) in enumerate(zip(pools, scores, strict=True))
            for i, score in enumerate(values)
            if pool.kept[i]
        ]
        lines.sort(key=lambda line: (-line[0], line[1], line[2]))
        best = lines[0][0]
        placed = tuple(
            Placed(
                pools[at].volume,
                RankedSentence(
                    pools[at].volume.index.prose[position],
                    round(float(np.exp(score - best)), 4),
                    float(pools[at].scored.found.bm25[i]),
                ),
            )
            for score, _number, position, at, i in lines
        )
        pool = pools[lines[0][3]]
        signals = self.signals(pools, question, scores, lines[0][3])
        odds = float((signals * np.array(self._weights.confidence)).sum()) + self._weights.offset
        confidence = round(1.0 / (1.0 + float(np.exp(-odds))), 4)
        if (pool.scored.found.unmet_soft == 1).all():
            confidence = min(confidence, UNMATCHED)
        return placed, confidence

    def pools(self, volumes: Sequence[Volume], question: str, found: Candidates) -> list[Pool]:
        """Describe the sentences worth considering, those of an article together; none where nothing is scored."""
        wanted = {term: found.idf(term) for term in dict.fromkeys(terms(question))}
        around = {(p.article, p.passage): p.score for p in found.passages}
        best = found.passages[0].score if found.passages else 1.0
        pools: list[Pool] = []
        told: set[tuple[int, str]] = set()
        for volume in volumes:
            scored = self._lexical.score(volume.index, question)
            if isinstance(scored, Ranking):
                continue
            positions = scored.found.positions.tolist()
            across = _across(volume, positions, wanted, around, best)
            kept = []
            for position in positions:
                said = (volume.entry.story, " ".join(volume.index.prose[position].text.split()))
                kept.append(said not in told)
                told.add(said)
            pools.append(Pool(volume, scored, across, np.zeros(len(positions)), np.array(kept)))
        return self._read(pools, question)

    def _read(self, pools: list[Pool], question: str) -> list[Pool]:
        """Have the cross-encoder read the sentences that look best, of all articles together."""
        glance = np.array([*self._weights.glance[: len(OWN) - 1], 0.0, *self._weights.glance[len(OWN) - 1 :]])
        lines = [
            (float(score), at, i)
            for at, pool in enumerate(pools)
            for i, score in enumerate(np.round((pool.parts * glance).sum(axis=1), 4))
            if pool.kept[i]
        ]
        lines.sort(key=lambda line: (-line[0], pools[line[1]].volume.entry.number, line[2]))
        reader = self._reader or load_cross_encoder()

        def read(at: int) -> Mapping[int, float]:
            index = pools[at].volume.index
            texts = [s.text for s in index.prose]
            chosen = [int(pools[at].scored.found.positions[i]) for _, other, i in lines[:READ] if other == at]
            return reader.score(
                question, texts, with_neighbours(chosen, len(texts)), headline=index.article.title or ""
            )

        wanted = sorted({at for _, at, _ in lines[:READ]})
        # Each article is read by itself, whichever thread does it, so that the scores are the same.
        scores = dict(zip(wanted, _threads().map(read, wanted), strict=True))
        lowest = min((value for found in scores.values() for value in found.values()), default=0.0)
        return [
            Pool(
                pool.volume,
                pool.scored,
                pool.across,
                reading_of(pool.scored.found, scores[at]) if at in scores else np.full(len(pool.scored.raw), lowest),
                pool.kept,
            )
            for at, pool in enumerate(pools)
        ]

    def _alone(self, pool: Pool, question: str) -> float:
        """How sure the article's own ranker is of it, having read what was read here."""
        read = dict(zip(pool.scored.found.positions.tolist(), pool.reading.tolist(), strict=True))
        ranker = FusedRanker(self._lexical, _ReadAlready(read), self._fusion)
        return ranker.rank_scored(pool.volume.index, question, pool.scored).confidence

    def signals(self, pools: Sequence[Pool], question: str, scores: Sequence[Floats], first: int) -> Floats:
        """What the confidence sees, shape (len(SIGNALS),).

        Args:
            pools: the sentences.
            question: in words.
            scores: their scores, an array for each pool.
            first: which pool has the best one.
        """
        pool = pools[first]
        alone = self._alone(pool, question)
        bounded = min(max(alone, 3.4e-4), 1 - 3.4e-4)
        best = float(scores[first].max())
        everything = np.concatenate(list(scores))
        story = pool.volume.entry.story
        others = [float(s.max()) for p, s in zip(pools, scores, strict=True) if p.volume.entry.story != story]
        return np.array([
            float(np.log(bounded / (1 - bounded))),
            float(1.0 / np.exp(everything - best).sum()),
            float(pool.across[0, ACROSS.index("told")]),
            min(MOST_MARGIN, best - max(others)) if others else MOST_MARGIN,
        ])  # fmt: skip


class _ReadAlready(CrossEncoder):
    """What was read, for whoever adds it up again."""

    def __init__(self, scores: Mapping[int, float]) -> None:
        """Take the scores, and load nothing."""
        self._scores = dict(scores)

    def score(
        self, question: str, sentences: Sequence[str], chosen: Collection[int], *, headline: str = ""
    ) -> dict[int, float]:
        """The same scores, whatever is to be read."""
        del question, sentences, chosen, headline
        return self._scores


def _across(
    volume: Volume,
    positions: Sequence[int],
    wanted: Mapping[str, float],
    around: Mapping[tuple[int, int], float],
    best: float,
) -> Floats:
    """What compares sentences of different articles, shape (k, len(ACROSS))."""
    view, number = view_of(volume.index), volume.entry.number
    total = sum(wanted.values()) or 1.0
    told = sum(weight for term, weight in wanted.items() if term in volume.index.held) / total
    held = np.zeros(view.size)
    for term, weight in wanted.items():
        held[list(view.terms.get(term, ()))] += weight
    passages = np.array([around.get((number, p.number), 0.0) for p in volume.index.passages])
    near = passages[view.passages[positions]].max(axis=1)
    rows = np.empty((len(positions), len(ACROSS)))
    rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3] = held[positions] / total, near / best, told, volume.score
    return np.round(rows, 6)
