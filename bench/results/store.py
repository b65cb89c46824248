"""results.json: what was measured, kept so that one part can be measured again without the others."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.results.options import Data, Options
from bot.answer import THRESHOLD

ROOT = Path(__file__).resolve().parents[2]

PACKAGES = (
    "numpy", "onnxruntime", "rank-bm25", "bm25s", "tantivy", "haystack-ai", "trafilatura",
    "readability-lxml", "jusText",
)  # fmt: skip

ORDER = ("default", "pipeline", "pipeline-read", "lexical", "cross-encoder", "bm25")
"""Ours, as the tables list them; peers come after, as they were measured."""

DIGITS = 5
"""Significant digits that are kept of a figure."""


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value


def _commit() -> str:
    """The commit that is measured, with a plus where files differ from it; empty outside a repository."""
    git = ["git", "-C", str(ROOT)]
    try:
        head = subprocess.run([*git, "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True)  # noqa: S603 - git, on our own folder
        changed = subprocess.run(  # noqa: S603 - as above
            [*git, "status", "--porcelain", "--", "bot", "index"], check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def about_run(options: Options, seconds: float) -> Data:
    """Under what conditions a part was measured; nothing that tells one machine from another of its kind."""
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return {
        "commit": _commit(),
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "seconds": round(seconds),
        "limit": options.limit,
        "threshold": THRESHOLD,
        "methods": list(options.methods),
        "rounds": options.rounds,
        "cores": os.cpu_count(),
        "machine": platform.machine().replace("_", "-").replace("AMD64", "x86-64"),
        "python": platform.python_version(),
        "versions": versions,
    }


def read(path: Path) -> Data:
    """What was kept; nothing where there is no file yet."""
    found: Data = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def write(path: Path, results: Data) -> None:
    """Keep what was measured."""
    path.write_text(json.dumps(_rounded(results), indent=1, ensure_ascii=False) + "\n", "utf-8")


def merge(old: Data | None, new: Data, keys: tuple[str, ...]) -> Data:
    """Put newly measured methods among those that were kept.

    Args:
        old: the part as it was kept, with `sets` of `rows`, or None.
        new: the part as measured now.
        keys: the methods that were asked for; empty if all were, and nothing old is kept.
    """
    if not keys or not old or "sets" not in new or old.get("limit") != new.get("limit"):
        return new
    kept = {one["name"]: one for one in old["sets"]}
    sets = []
    for one in new["sets"]:
        before = kept.pop(one["name"], None)
        if before is None or before.get("ids") != one.get("ids"):
            sets.append(one)
            continue
        fresh = {row["key"]: row for row in one["rows"]}
        rows = {row["key"]: row for row in before["rows"]} | fresh
        place = {key: number for number, key in enumerate(ORDER)}
        sets.append({**one, "rows": sorted(rows.values(), key=lambda row: place.get(row["key"], len(place)))})
    return {**new, "sets": [*sets, *kept.values()], "missing": {**old["missing"], **new["missing"]}}
