"""A campaign: `python -m bench.fuzz FOLDER --cpu 120`, in a Python that has atheris (`pip install --group fuzz`).

Every target gets so many seconds of processor time in a process of its own, starting from the seeds, the committed
corpus (tests/corpus) and what earlier campaigns left in FOLDER. Faults are kept in FOLDER/TARGET/faults, one input for
each place where they were raised, and the campaign goes on; it stops only for what Python cannot catch (a crash of a C
library, or `bench.fuzz.process.SLOWEST` seconds for one input).
"""

import subprocess
import sys
from pathlib import Path

import click

from bench.fuzz.seeds import SEEDS


def _prepare(name: str, folder: Path) -> None:
    """Write the seeds of a target."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed.encode() if isinstance(seed, str) else seed)


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
            click.echo(report.read_text(encoding="utf-8").strip())
        else:
            click.echo(f"{name}: stopped with {done.returncode}: {done.stderr.decode(errors='replace')[-2_000:]}")


if __name__ == "__main__":
    main()
