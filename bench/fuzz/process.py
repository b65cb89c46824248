"""One target of a campaign: `python -m bench.fuzz.process TARGET FOLDER CPU SEED`; started by `bench.fuzz`.

Nothing that is fuzzed may be imported before atheris instruments it, hence a process and a module of its own.
"""

import json
import os
import re
import sys
import time
import traceback
from pathlib import Path
from typing import NoReturn

import atheris

from bench.fuzz import places
from bench.fuzz.promises import Broken
from bench.fuzz.seeds import SEEDS

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "corpus"
SLOWEST = 20
"""Seconds after which one input counts as a hang."""

LONGEST = 4_096
"""Bytes of the longest input."""

_INSTRUMENTED = [
    "index", "bot.question", "bot.settings", "bot.librarian.narrowing", "bot.conversation", "bot.claims", "bot.render",
    "bot.link", "bot.operations", "bot.composer", "bot.about", "bot.discord.custom_ids", "bot.discord.buttons",
    "bot.machines", "bot.shards", "bot.terminal.loading", "bot.defaults", "bench.fuzz.configured",
    "bot.discord.library.buttons", "bot.discord.feedback", "bot.discord.insights", "bot.discord.personal",
    "pypdf", "docx", "feedparser", "protego", "dotenv", "pydantic_settings",
]  # fmt: skip
_MEGABYTES = 2_000

_BY_PATTERNS = [
    "index.", "bot.operations.", "bot.question", "bot.librarian.narrowing", "bot.conversation.", "bot.claims.",
]  # fmt: skip
"""Modules whose regular expressions say what they find."""

_WORD = re.compile(rb"</?[\w:]+>?|[\w:]{3,}=?|/[\w]{2,}|[^\w\s]{2,3}")


def _place(error: BaseException) -> str:
    """The kind of a fault and the innermost line of ours or of a library's where it was raised."""
    frames = list(traceback.extract_tb(error.__traceback__))
    if len(frames) > 1 and isinstance(error, Broken):
        frames = frames[:-1]
    return f"{type(error).__name__}-{Path(frames[-1].filename).stem}-{frames[-1].lineno}"


def _write_words(name: str, path: Path) -> None:
    """Write the words and tags of a target's seeds, for libFuzzer to put in: byte by byte it would hardly find one."""
    found: set[bytes] = set()
    for seed in SEEDS[name]:
        found |= {word for word in _WORD.findall(seed.encode() if isinstance(seed, str) else seed) if len(word) < 64}
    lines = ['"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in sorted(found)]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def fuzz(name: str, folder: Path, seconds: float, seed: int) -> NoReturn:
    """Fuzz one target in this process, and end it."""
    with atheris.instrument_imports(include=_INSTRUMENTED):
        from bench.fuzz.targets import run

        for first in SEEDS[name]:  # what is imported late is imported now
            run(name, first.encode() if isinstance(first, str) else first)
    counters = [atheris._reserve_counter() for _ in range(places.MOST)]  # noqa: SLF001 - what instrumented code calls
    places.count_with(lambda number: atheris._trace_branch(counters[number]))  # noqa: SLF001 - see above
    places.watch(_BY_PATTERNS)
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

    words = folder / "words"
    _write_words(name, words)
    flags = [
        f"-seed={seed}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", f"-rss_limit_mb={_MEGABYTES}",
        f"-artifact_prefix={folder}/", f"-dict={words}", "-print_final_stats=1", "-verbosity=1",
    ]  # fmt: skip
    corpus = [str(path) for path in (folder / "corpus", CORPUS / name) if path.is_dir()]
    atheris.Setup([sys.argv[0], *flags, *corpus], one)
    atheris.Fuzz()
    os._exit(1)


if __name__ == "__main__":
    fuzz(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
