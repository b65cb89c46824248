"""What a peer is: it takes an article's sentences, then scores them for one question after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

NOT_RETURNED = -np.inf
"""Score of a sentence that a peer does not return for a question."""

Scorer = Callable[[str], Scores]
"""A question -> scores, shape (number of sentences,): the higher the better, `NOT_RETURNED` for those left out."""


class PeerMissing(Exception):
    """A peer cannot run here; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A method that somebody else made.

    Attributes:
        key: short name for machines.
        name: as the tables call it.
        version: of its package.
        build: indexes sentences, at least one.
    """

    key: str
    name: str
    version: str
    build: Callable[[Sequence[str]], Scorer]


def version_of(package: str) -> str:
    """The installed version of a package.

    Raises:
        PeerMissing: it is not installed.
    """
    try:
        return version(package)
    except PackageNotFoundError:
        raise PeerMissing(f"the package {package} is not installed (pip install --group bench)") from None
