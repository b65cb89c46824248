"""Which inputs of a campaign to commit: `python -m bench.fuzz.keep FOLDER`.

Of each target's inputs, smallest first, those that reach a line of ours that neither a seed nor what is committed
reaches, as long as a target's folder stays small.
"""

import hashlib
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import click

from bench.fuzz.seeds import SEEDS
from bench.fuzz.targets import run

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "corpus"

MOST_BYTES = 12_000
"""Of a target's folder."""

LARGEST = 1_000
"""Bytes of an input that is looked at."""

_OURS = tuple(str(CORPUS.parents[1] / folder) for folder in ("index", "bot"))


def lines_of(name: str, data: bytes) -> set[tuple[str, int]]:
    """The lines of ours that an input reaches, as (file, line)."""
    reached: set[tuple[str, int]] = set()

    def inside(frame: FrameType, _event: str, _value: Any) -> Any:  # noqa: ANN401 - what sys.settrace takes
        reached.add((frame.f_code.co_filename, frame.f_lineno))
        return inside

    def entered(frame: FrameType, _event: str, _value: Any) -> Any:  # noqa: ANN401 - see above
        return inside if frame.f_code.co_filename.startswith(_OURS) else None

    sys.settrace(entered)
    try:
        run(name, data)
    finally:
        sys.settrace(None)
    return reached


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--target", "names", multiple=True, type=click.Choice(list(SEEDS)), help="Default: all, one by one.")
def main(folder: Path, names: tuple[str, ...]) -> None:
    """Copy what is worth keeping from FOLDER into tests/corpus."""
    for name in names or SEEDS:
        place = CORPUS / name
        place.mkdir(exist_ok=True)
        known: set[tuple[str, int]] = set()
        size = 0
        for path in place.iterdir():
            known |= lines_of(name, path.read_bytes())
            size += path.stat().st_size
        for seed in SEEDS[name]:
            known |= lines_of(name, seed.encode() if isinstance(seed, str) else seed)
        kept = 0
        found = sorted((path.stat().st_size, path) for path in (folder / name / "corpus").glob("*"))
        for length, path in found:
            if length > min(LARGEST, MOST_BYTES - size):
                break
            data = path.read_bytes()
            reached = lines_of(name, data)
            if reached <= known:
                continue
            known |= reached
            size += length
            kept += 1
            (place / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
        click.echo(f"{name}: {kept} of {len(found)} kept, {size:,} bytes in all")


if __name__ == "__main__":
    main()
