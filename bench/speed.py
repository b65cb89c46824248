"""Speed and memory, beside a peer that is run in turn with it, so that a noisy machine weighs on both.

python -m bench.speed [--runs N]
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import click
from rank_bm25 import BM25Okapi

from bot.assistant import Assistant
from index.article import Article, Paragraph
from index.indexer import Index
from index.readers import read_article
from index.sample import sample_path

ROOT = Path(__file__).resolve().parents[1]

SIZES = (1, 10, 100, 1_000, 10_000)
"""Paragraphs of the articles that are indexed and asked."""

SEED = 7

QUESTIONS = (
    "Who is Zamir Kabulov?",
    "How many reservists did Tajikistan call up?",
    "When did Soviet troops leave Afghanistan?",
    "What did the spokesman say about the territory?",
    "Why are Russian officials worried?",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things timed in turn.

    Attributes:
        name: what was timed.
        ours: seconds, one a run.
        peer: seconds, one a run; as many.
    """

    name: str
    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median of the ratios pair by pair."""
        return median(a / b for a, b in zip(self.ours, self.peer, strict=True))


def timed(function: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def _process(*arguments: str) -> Callable[[], object]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PULLQUOTE_")}
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(  # noqa: S603 - our own interpreter
        command, check=True, capture_output=True, cwd=ROOT, env=environment
    )


def cold_start(runs: int) -> Pair:
    """A cold `pullquote ask` on the sample, against a Python that imports NumPy and nothing else."""
    ask, peer = _process("-m", "bot.cli", "ask", QUESTIONS[0]), _process("-c", "import numpy")
    ask(), peer()
    pairs = [(timed(ask), timed(peer)) for _ in range(runs)]
    return Pair("cold `pullquote ask` / `import numpy`", tuple(a for a, _ in pairs), tuple(b for _, b in pairs))


def made_up_article(paragraphs: int) -> Article:
    """An article of two-sentence paragraphs, of words drawn as the sample uses them, from a fixed seed."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    words = [w for p in read_article(sample_path()).paragraphs if not p.furniture for w in p.text.rstrip(".").split()]
    text, blocks = "", []
    for number in range(1, paragraphs + 1):
        sentences = [" ".join(draw.choices(words, k=draw.randint(12, 28))).capitalize() + "." for _ in range(2)]
        block = " ".join(sentences)
        blocks.append(Paragraph(number, len(text), len(text) + len(block), block))
        text += block + "\n\n"
    return Article(text, paragraphs=tuple(blocks))


@dataclass(frozen=True, slots=True)
class Size:
    """Times for one size of article, in milliseconds.

    Attributes:
        paragraphs: how many.
        sentences: how many.
        index: to index it.
        answer: median over the questions and runs.
        peer: rank_bm25 as it comes over the same sentences, split at white space: its scores alone.
    """

    paragraphs: int
    sentences: int
    index: float
    answer: float
    peer: float


def by_size(runs: int, sizes: Iterable[int] = SIZES) -> list[Size]:
    """Index and answer times for articles of growing size."""
    rows = []
    for size in sizes:
        article = made_up_article(size)
        times = [timed(partial(Index, article)) for _ in range(3 if size < max(SIZES) else 1)]
        assistant = Assistant(article)
        peer = BM25Okapi([s.text.lower().split() for s in assistant.index.prose])
        ours, theirs = [], []
        assistant.ask(QUESTIONS[0])
        for _ in range(runs):
            for question in QUESTIONS:
                ours.append(timed(partial(assistant.ask, question)))
                theirs.append(timed(partial(peer.get_scores, question.lower().split())))
        rows.append(
            Size(size, len(assistant.index.prose), median(times) * 1e3, median(ours) * 1e3, median(theirs) * 1e3)
        )
    return rows


_PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def memory() -> tuple[float, float]:
    """Peak memory in MB of a process that answers on 20 paragraphs, and of one that imports NumPy alone."""
    code = (
        "from bench.speed import made_up_article, QUESTIONS; from bot.assistant import Assistant;"
        "a = Assistant(made_up_article(20)); [a.ask(q) for q in QUESTIONS]"
    )
    peaks = []
    for program in (code, "import numpy"):
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", f"{program}\n{_PEAK}"],
            check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        peaks.append(int(done.stdout.split()[-1]) / (1024 if sys.platform != "darwin" else 1024**2))
    return peaks[0], peaks[1]


def report(runs: int) -> Sequence[str]:
    """Everything as lines of Markdown."""
    cold = cold_start(runs)
    ours, peer = memory()
    lines = [
        (
            f"Cold `pullquote ask` on the sample: median {median(cold.ours) * 1e3:.0f} ms, {cold.ratio:.1f} times "
            f"`python -c 'import numpy'` ({median(cold.peer) * 1e3:.0f} ms); n = {runs} pairs."
        ),
        "",
        f"Peak memory of a process that answers on 20 paragraphs: {ours:.0f} MB (NumPy alone: {peer:.0f} MB).",
        "",
        "| paragraphs | sentences | index, ms | answer p50, ms | rank_bm25 scores alone p50, ms |",
        "|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.paragraphs:,} | {row.sentences:,} | {row.index:.1f} | {row.answer:.2f} | {row.peer:.2f} |"
        for row in by_size(runs)
    ]
    return lines


@click.command()
@click.option("--runs", default=11, show_default=True, help="Runs of each measurement.")
def main(runs: int) -> None:
    """Measure speed and memory."""
    print(*report(runs), sep="\n")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(f"\n(this process: {usage.ru_utime:.0f} s of CPU)")


if __name__ == "__main__":
    main()
