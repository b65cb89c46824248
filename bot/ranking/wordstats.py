"""Statistics of words, learned from training articles and shipped: how rare a term is, and what paraphrases it.

Only numbers about single terms and pairs of terms are kept, no text. `bench/train_ranker.py` writes the file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parents[1] / "weights"

WH_PREFIX = "@"
"""Marks the pseudo-term of a question's kind ("@a date") in the translation table."""


@dataclass(frozen=True, slots=True)
class WordStats:
    """Word statistics.

    Attributes:
        rarity: term -> background inverse document frequency over sentences, natural logarithm, >= 0.
        unseen: the rarity of every other term.
        translations: question term -> {sentence term: lift}; lift is the natural logarithm of how much more
            often the sentence term stands in an answer to such a question than in the rest of its article.
    """

    rarity: dict[str, float]
    unseen: float
    translations: Mapping[str, Mapping[str, float]]

    def rare(self, term: str) -> float:
        """Background rarity of a term."""
        return self.rarity.get(term, self.unseen)

    def save(self, path: Path) -> None:
        """Write the statistics, compressed: rarity and lifts to a tenth."""
        vocabulary = sorted(self.rarity)
        pairs = [(a, b, lift) for a in sorted(self.translations) for b, lift in sorted(self.translations[a].items())]
        words = sorted({word for a, b, _ in pairs for word in (a, b)})
        at = {word: i for i, word in enumerate(words)}
        np.savez_compressed(
            path,
            vocabulary=np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
            rarity=np.array([min(255, round(20 * self.rarity[w])) for w in vocabulary], dtype=np.uint8),
            unseen=np.array([self.unseen]),
            words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
            source=np.array([at[a] for a, _, _ in pairs], dtype=np.uint16),
            target=np.array([at[b] for _, b, _ in pairs], dtype=np.uint16),
            lift=np.array([min(255, round(50 * lift)) for _, _, lift in pairs], dtype=np.uint8),
        )


ROWS = 64
"""Rows that are kept as dicts: a term's has 7 words on average, a kind's some 200."""


class _Table(Mapping[str, Mapping[str, float]]):
    """The translation table as it lies in the file; a row becomes a dict when it is asked for.

    A question asks for some five rows of thousands, so that building all of them would cost more than the answer.
    """

    def __init__(
        self, words: list[str], source: NDArray[np.uint16], target: NDArray[np.uint16], lift: NDArray[np.uint8]
    ) -> None:
        """Take the columns; `source` ascends."""
        self._words, self._target, self._lift = words, target, lift
        # A question to a library asks for the same rows in each of four articles.
        self._row = lru_cache(maxsize=ROWS)(self._made)
        sources, starts = np.unique(source, return_index=True)
        ends = [*starts[1:].tolist(), len(source)]
        self._rows = {words[s]: (a, b) for s, a, b in zip(sources.tolist(), starts.tolist(), ends, strict=True)}

    def __getitem__(self, term: str) -> Mapping[str, float]:
        """The row of a question term; not to be changed."""
        return self._row(term)

    def _made(self, term: str) -> Mapping[str, float]:
        start, end = self._rows[term]
        targets = self._target[start:end].tolist()
        lifts = (self._lift[start:end] / 50).tolist()
        return {self._words[t]: lift for t, lift in zip(targets, lifts, strict=True)}

    def __iter__(self) -> Iterator[str]:
        """The question terms."""
        return iter(self._rows)

    def __len__(self) -> int:
        """The number of question terms."""
        return len(self._rows)


def _text(array: NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n") if array.size else []


def read_word_stats(path: Path) -> WordStats:
    """Read statistics that `WordStats.save` wrote."""
    with np.load(path) as data:
        vocabulary = _text(data["vocabulary"])
        rarity = dict(zip(vocabulary, (data["rarity"] / 20).tolist(), strict=True))
        table = _Table(_text(data["words"]), data["source"], data["target"], data["lift"])
        return WordStats(rarity, float(data["unseen"][0]), table)
