"""Finds articles that are nearly the same, such as one wire story in two papers: MinHash over shingles of terms.

After Broder (1997): the share of places in which two signatures agree estimates how many shingles two texts have in
common, of all that they have (Jaccard). Signatures are cut into bands, so that likely pairs are found by equality alone
(Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHINGLE = 4
"""Terms in a shingle; stop words left out, that is half a line of news."""

ROWS = 3
"""Values in a band."""

BANDS = 42
"""Bands in a signature. Of pairs that share half of their shingles, .996 have a band in common; .29 at a fifth."""

ALIKE = 0.5
"""Estimated share of shingles in common from which two articles are one story: a paper cuts a report's end, or adds to
it. Two reports on one event, each in its own words, share next to none."""

FEWEST = 8
"""Shingles that a text must have; of a shorter one nothing can be told."""

Signature = NDArray[np.uint32]

_draw = np.random.Generator(np.random.PCG64(20240229))
_FACTORS = _draw.integers(1, 2**63, ROWS * BANDS, dtype=np.uint64) | np.uint64(1)
_OFFSETS = _draw.integers(0, 2**63, ROWS * BANDS, dtype=np.uint64)
_PLACES = _draw.integers(1, 2**63, SHINGLE, dtype=np.uint64) | np.uint64(1)
"""Of multiply-add-shift hashing (Dietzfelbinger), a function for each value. PCG64 draws alike on every machine."""


def signature(terms: Sequence[str]) -> Signature:
    """The signature of a text.

    Args:
        terms: of the text, in order.

    Returns:
        shape (BANDS * ROWS,), or (0,) for a text of fewer than `FEWEST` different shingles.
    """
    hashed = np.fromiter((zlib.crc32(term.encode("utf-8", "surrogatepass")) for term in terms), np.uint64, len(terms))
    last = max(len(terms) - SHINGLE + 1, 0)
    # Arithmetic is modulo 2**64; the high half is well mixed. Another factor for each place: their order counts.
    rolled = np.zeros(last, np.uint64)
    for place in range(SHINGLE):
        rolled += hashed[place : place + last] * _PLACES[place]
    shingles = np.unique(rolled >> np.uint64(32))
    if len(shingles) < FEWEST:
        return np.zeros(0, np.uint32)
    mixed = (shingles[:, None] * _FACTORS + _OFFSETS) >> np.uint64(32)
    found: Signature = mixed.min(axis=0).astype(np.uint32)
    return found


def bands(values: Signature) -> list[int]:
    """The bands of a signature, each as a signed number of 64 bits that says which band it is; none of an empty one."""
    rows = np.ascontiguousarray(values.astype("<u4")).reshape(-1, ROWS)
    return [
        zlib.crc32(row.tobytes()) | (number << 32)  # which band, then what it holds
        for number, row in enumerate(rows)
    ]


def alike(one: Signature, other: Signature) -> float:
    """Estimated share of shingles that two texts have in common, 0..1."""
    return float((one == other).mean()) if len(one) == len(other) > 0 else 0.0
