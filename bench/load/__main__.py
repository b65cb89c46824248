"""`python -m bench.load`: what the bot answers when people ask at 1, 10, 100 and 1,000 questions a second.

`python -m bench.load all --data FOLDER` measures everything, in three quarters of an hour on two free cores. The
figures are kept in results.json after each part, and bench/RESULTS.md is written anew.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.load.endurance import endurance
from bench.load.peers import peers
from bench.load.rates import rates
from bench.load.servers import servers
from bench.load.shards import shards
from bench.results import load, report, store
from bench.results.options import Options

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"

SECONDS = 20.0
"""Of each rate; a run that offers them for less is a quick look."""

INTERACTIONS = 200_000
"""Of the endurance run; fewer are a quick look."""

LIBRARIES = 10
"""Servers that share the articles, where not said otherwise."""

PARTS: dict[str, Callable[[argparse.Namespace], Coroutine[Any, Any, dict[str, Any]]]] = {
    "rates": rates,
    "peers": peers,
    "shards": shards,
    "servers": servers,
    "endurance": endurance,
}

ALL: tuple[tuple[str, dict[str, Any], int], ...] = (
    ("rates", {"libraries": 0, "repeated": False}, 4),
    ("rates", {"libraries": 0, "repeated": True}, 4),
    ("rates", {"libraries": LIBRARIES, "repeated": False}, 7),
    ("peers", {}, 13),
    ("shards", {}, 3),
    ("servers", {}, 2),
    ("endurance", {}, 15),
)
"""What `all` runs: a part, what is asked of it, and about how many minutes it takes."""


def _name(part: str, options: argparse.Namespace) -> str:
    """Under which the figures are kept."""
    if part != "rates":
        return part
    return part + ("-library" if options.libraries else "") + ("-repeated" if options.repeated else "")


def limit_of(part: str, options: argparse.Namespace) -> float | None:
    """What a run was cut down to that is a quick look; None of one that may be quoted."""
    asked, whole = (options.interactions, INTERACTIONS) if part == "endurance" else (options.seconds, SECONDS)
    return asked if asked < whole else None


def _measure(part: str, options: argparse.Namespace, kept: dict[str, Any]) -> None:
    """Measure a part, and keep the figures at once."""
    started, at = time.monotonic(), datetime.now(UTC)
    found = asyncio.run(PARTS[part](options))
    run = store.about_run(Options(), time.monotonic() - started)
    run |= {"time": f"{at:%H:%M}", "limit": limit_of(part, options)}
    kept[_name(part, options)] = found | {"cores": os.cpu_count(), "run": run}
    store.write(options.results, kept)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=["all", *PARTS, "report"], nargs="?", default="rates")
    parser.add_argument("--skip", choices=list(PARTS), nargs="+", default=[], help="parts that `all` leaves out")
    parser.add_argument("--rates", type=float, nargs="+", help="questions a second, of rates and peers")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each rate")
    parser.add_argument("--repeated", action="store_true", help="ask a pool of questions again and again")
    parser.add_argument("--libraries", type=int, default=0, help="servers that have a library; 0: all ask the sample")
    parser.add_argument("--articles", type=int, default=10_000, help="of all libraries together")
    parser.add_argument("--data", type=Path, help="folder of the data sets, which the articles are made from")
    parser.add_argument("--keep", type=Path, help="folder in which built libraries are kept for the next run")
    parser.add_argument("--interactions", type=int, default=INTERACTIONS, help="of the endurance run")
    parser.add_argument("--rate", type=float, default=400, help="of the endurance run")
    parser.add_argument("--minutes", type=float, default=30, help="that the endurance run takes at most")
    parser.add_argument(
        "--results", type=Path, default=RESULTS, help="where figures are kept; elsewhere, the report is only printed"
    )
    options = parser.parse_args()
    if options.part == "rates" and options.libraries and options.data is None:
        parser.error("libraries are made from the data sets: name their folder with --data")
    return options


def _everything(options: argparse.Namespace, kept: dict[str, Any]) -> list[str]:
    """Measure all parts, one after another; those that failed, which do not keep the others from being measured."""
    chosen = [entry for entry in ALL if entry[0] not in options.skip]
    if options.data is None:
        print("Libraries are left out: they are made from the data sets; name their folder with --data.")
        chosen = [entry for entry in chosen if not entry[1].get("libraries")]
    failed = []
    for number, (part, asked, _) in enumerate(chosen):
        one = argparse.Namespace(**(vars(options) | asked))
        left = sum(minutes for _, _, minutes in chosen[number:])
        now = f"{datetime.now(UTC):%H:%M:%S} UTC"
        print(f"{now}, {number + 1} of {len(chosen)}: {_name(part, one)}; what is left takes {left} min", flush=True)
        try:
            _measure(part, one, kept)
        except (RuntimeError, OSError) as error:
            failed.append(_name(part, one))
            print(f"{failed[-1]} failed: {error}", file=sys.stderr, flush=True)
    return failed


def main() -> None:
    """Run what is asked for, keep the figures, and write the report."""
    options = _options()
    kept, failed = store.read(options.results), list[str]()
    if options.part == "all":
        failed = _everything(options, kept)
    elif options.part != "report":
        _measure(options.part, options, kept)
    if options.results.resolve() == RESULTS:
        for path in report.write(store.read(HERE.parent / "results.json"), HERE.parent):
            print(path.relative_to(HERE.parent.parent))
    else:
        print("\n".join(load.lines(kept)))
    if failed:
        sys.exit(f"Not measured: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
