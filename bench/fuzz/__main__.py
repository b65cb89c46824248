"""A campaign: `python -m bench.fuzz FOLDER --cpu 120`, in a Python that has atheris (`pip install --group fuzz`).

Every target gets so many seconds of processor time in a process of its own, starting from the seeds, the committed
corpus (tests/corpus) and what earlier campaigns left in FOLDER. Faults are kept in FOLDER/TARGET/faults, one input for
each place where they were raised, and the campaign goes on; it stops only for what Python cannot catch (a crash of a C
library, or `bench.fuzz.process.SLOWEST` seconds for one input).
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import click

from bench.fuzz.seeds import SEEDS

_SEEN = re.compile(rb"cov: ([0-9]+) ft: ([0-9]+)")
"""What libFuzzer writes whenever an input reaches something new: places of the code, and how often each is passed."""


def _prepare(name: str, folder: Path) -> None:
    """Write the seeds of a target."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed.encode() if isinstance(seed, str) else seed)


def _reached(log: bytes) -> dict[str, list[int]]:
    """What the corpus reached as the campaign began, and what it reaches at its end."""
    found = _SEEN.findall(log)
    if not found:
        return {}
    first, last = found[0], found[-1]
    return {"places": [int(first[0]), int(last[0])], "features": [int(first[1]), int(last[1])]}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--target", "names", multiple=True, type=click.Choice(list(SEEDS)), help="Default: all, one by one.")
@click.option("--cpu", default=120.0, show_default=True, help="Seconds of processor time for each target.")
@click.option("--seed", default=1, show_default=True, help="Of the random choices.")
def main(folder: Path, names: tuple[str, ...], cpu: float, seed: int) -> None:
    """Fuzz the targets; work and reports are left in FOLDER."""
    for name in names or SEEDS:
        _prepare(name, folder / name)
        report = folder / name / "report.json"
        report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "bench.fuzz.process", name, str(folder / name), str(cpu), str(seed)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own module
        if report.exists():
            click.echo(json.dumps(json.loads(report.read_text(encoding="utf-8")) | _reached(done.stderr)))
        else:
            click.echo(f"{name}: stopped with {done.returncode}: {done.stderr.decode(errors='replace')[-2_000:]}")


if __name__ == "__main__":
    main()
