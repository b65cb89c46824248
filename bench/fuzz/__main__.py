"""A campaign: `python -m bench.fuzz FOLDER --cpu 120`, in a Python that has atheris (`pip install --group fuzz`).

Every target gets so many seconds of processor time in a process of its own, starting from the seeds, the committed
corpus (tests/corpus) and what earlier campaigns left in FOLDER. Faults are kept in FOLDER/TARGET/faults, one input for
each place where they were raised, and the campaign goes on; it stops only for what Python cannot catch (a crash of a C
library, or `SLOWEST` seconds for one input).
"""

import json
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import NoReturn

import click

from bench.fuzz.seeds import SEEDS
from bench.fuzz.targets import TARGETS

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "corpus"
SLOWEST = 20
"""Seconds after which one input counts as a hang."""

LONGEST = 4_096
"""Bytes of the longest input."""

_INSTRUMENTED = ["index", "bot.question", "bot.settings", "bot.discord.custom_ids", "pypdf", "docx", "feedparser"]
_MEGABYTES = 2_000


def _place(error: BaseException) -> str:
    """The kind of a fault and the innermost line of ours or of a library's where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}-{Path(frames[-1].filename).stem}-{frames[-1].lineno}"


def fuzz(name: str, folder: Path, seconds: float, seed: int) -> NoReturn:
    """Fuzz one target in this process, and end it."""
    import atheris

    with atheris.instrument_imports(include=_INSTRUMENTED):
        from bench.fuzz.targets import run

        for _, first in zip(range(3), SEEDS[name], strict=False):
            run(name, first.encode() if isinstance(first, str) else first)
    faults = folder / "faults"
    faults.mkdir(parents=True, exist_ok=True)
    found: dict[str, int] = {}
    executions = 0
    slowest = 0.0
    start = time.process_time()

    def one(data: bytes) -> None:
        nonlocal executions, slowest
        begun = time.process_time()
        executions += 1
        try:
            run(name, data)
        except Exception as error:  # noqa: BLE001 - any of them is a fault to be kept
            place = _place(error)
            found[place] = found.get(place, 0) + 1
            if found[place] == 1:
                (faults / place).write_bytes(data)
        now = time.process_time()
        if now - begun > slowest:
            slowest = now - begun
            (folder / "slowest").write_bytes(data)
        if now - start > seconds:
            report = {"target": name, "executions": executions, "cpu_seconds": round(now - start, 1), "seed": seed,
                      "slowest_seconds": round(slowest, 3), "faults": found}  # fmt: skip
            (folder / "report.json").write_text(json.dumps(report) + "\n", encoding="utf-8")
            os._exit(0)

    flags = [
        f"-seed={seed}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", f"-rss_limit_mb={_MEGABYTES}",
        f"-artifact_prefix={folder}/", "-print_final_stats=1", "-verbosity=0",
    ]  # fmt: skip
    corpus = [str(path) for path in (folder / "corpus", CORPUS / name) if path.is_dir()]
    atheris.Setup([sys.argv[0], *flags, *corpus], one)
    atheris.Fuzz()
    os._exit(1)


def _prepare(name: str, folder: Path) -> None:
    """Write the seeds of a target."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed.encode() if isinstance(seed, str) else seed)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--target", "names", multiple=True, type=click.Choice(list(TARGETS)), help="Default: all, one by one.")
@click.option("--cpu", default=120.0, show_default=True, help="Seconds of processor time for each target.")
@click.option("--seed", default=1, show_default=True, help="Of the random choices.")
@click.option("--here", is_flag=True, hidden=True)
def main(folder: Path, names: tuple[str, ...], cpu: float, seed: int, *, here: bool) -> None:
    """Fuzz the targets; work and reports are left in FOLDER."""
    if here:
        fuzz(names[0], folder / names[0], cpu, seed)
    for name in names or TARGETS:
        _prepare(name, folder / name)
        report = folder / name / "report.json"
        report.unlink(missing_ok=True)
        done = subprocess.run(  # noqa: S603 - this module again
            [
                sys.executable,
                "-m",
                "bench.fuzz",
                str(folder),
                f"--target={name}",
                f"--cpu={cpu}",
                f"--seed={seed}",
                "--here",
            ],
            capture_output=True,
            check=False,
        )
        if report.exists():
            click.echo(report.read_text(encoding="utf-8").strip())
        else:
            click.echo(f"{name}: stopped with {done.returncode}: {done.stderr.decode(errors='replace')[-2_000:]}")


if __name__ == "__main__":
    main()
