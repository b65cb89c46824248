"""What a run was asked for, and how it says how far it is."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Data = dict[str, Any]
"""What a part measured: JSON, so that it can be kept and written again."""

Tick = Callable[[], object]

Watch = Callable[[str, int], AbstractContextManager[Tick]]
"""(what is done, in how many steps) -> a context whose value is called after each step."""


@contextmanager
def silent(_: str, __: int) -> Iterator[Tick]:
    """Watch without showing anything."""
    yield lambda: None


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for.

    Attributes:
        data: folder of the data sets, or None where they are not at hand.
        limit: articles, pages or questions of each set that are looked at; None for all.
        runs: cold starts, and questions for each size of article.
        rounds: bootstrap resamples behind an interval.
        methods: keys of the methods to measure; all if empty.
        out_of_fold: cross-validated outcomes of our trained parts, see `bench.results.out_of_fold`; None takes those
            of the shipped weights.
        minilm: where MiniLM lies, see `bench.peers.minilm`.
    """

    data: Path | None = None
    limit: int | None = None
    runs: int = 11
    rounds: int = 1_000
    methods: tuple[str, ...] = ()
    out_of_fold: Path | None = None
    minilm: Path | None = None
