"""What fuzzing has gathered, and what it starts from, goes through the targets without a fault."""

from pathlib import Path

import pytest

from bench.fuzz.seeds import SEEDS
from bench.fuzz.targets import TARGETS, run

CORPUS = Path(__file__).with_name("corpus")


def test_every_target_has_seeds() -> None:
    """Seeds, targets and the folders of the corpus have the same names."""
    assert set(SEEDS) == set(TARGETS)
    assert {path.name for path in CORPUS.iterdir()} <= set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_finds_no_fault(name: str) -> None:
    """Every input does its work or is refused with a sentence."""
    for seed in SEEDS[name]:
        run(name, seed.encode() if isinstance(seed, str) else seed)
    for path in sorted((CORPUS / name).glob("*")):
        run(name, path.read_bytes())
