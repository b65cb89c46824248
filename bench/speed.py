"""Speed and memory, ours and the peers' in turn, so that a noisy machine weighs on all of them alike.

python -m bench.speed [--runs N]

Indexing and answering run on one core, with one thread; a cold start runs as the machine lets it.
"""

import contextlib
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from statistics import median

import click
import numpy as np

from bench.peers import peers
from bench.peers.base import Peer, Scorer
from bench.qa import article_of
from bench.questions import load_questions
from bench.words import QUESTIONS, articles
from bot.assistant import Assistant
from bot.ranking.ranker import LexicalRanker
from index.article import Article, Paragraph
from index.indexer import Index
from index.readers import read_article
from index.sample import sample_path

ROOT = Path(__file__).resolve().parents[1]

SIZES = (1, 10, 100, 1_000, 10_000)
"""Paragraphs of the articles that are indexed and asked."""

SENTENCES = 40
"""Sentences of the article that stands for a news story."""

SEED = 7

ASKED = "Who is Zamir Kabulov?"
"""Asked of the sample in a cold start."""

TOP = 3
"""Sentences that a peer is asked for."""

OURS = {"default": "Pullquote, whole pipeline", "lexical": "Pullquote, lexical ranker"}

Tick = Callable[[], object]


def timed(function: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Keep this process to one core, and the garbage of earlier work out of its timings."""
    gc.collect()
    gc.freeze()
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()
    try:
        if allowed:
            os.sched_setaffinity(0, {max(allowed)})
        yield
    finally:
        if allowed:
            os.sched_setaffinity(0, allowed)
        gc.unfreeze()


def _environment() -> dict[str, str]:
    """Of a user who has set nothing, and has no library."""
    unset = {k: v for k, v in os.environ.items() if not k.startswith("PULLQUOTE_")}
    return unset | {"XDG_STATE_HOME": os.devnull}


def _process(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(  # noqa: S603 - our own interpreter
        command, check=True, capture_output=True, cwd=ROOT, env=_environment()
    )


def cold_start(runs: int, tick: Tick = lambda: None) -> list[tuple[float, float]]:
    """Seconds of (a cold `pullquote ask` on the sample, a Python that imports NumPy and nothing else), in turn."""
    ask, peer = _process("-m", "bot.cli", "ask", ASKED), _process("-c", "import numpy")
    ask(), peer()
    pairs = []
    for _ in range(runs):
        pairs.append((timed(ask), timed(peer)))
        tick()
    return pairs


def questions() -> list[str]:
    """Every question of our own sets once, in an order drawn from a fixed seed."""
    found = chain.from_iterable(load_questions(path) for path in sorted(QUESTIONS.glob("*.jsonl")))
    unique = sorted({q.question for q in found})
    random.Random(SEED).shuffle(unique)  # noqa: S311 - an order, not a secret
    return unique


def news_story() -> Article:
    """`SENTENCES` sentences of our own news stories, one after another."""
    prose = chain.from_iterable(Index(article).prose for _, article in articles())
    return article_of("\n".join(s.text for s in islice(prose, SENTENCES)))


def made_up_article(paragraphs: int) -> Article:
    """An article of two-sentence paragraphs, of words drawn as the sample uses them, from a fixed seed."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    words = [w for p in read_article(sample_path()).paragraphs if not p.furniture for w in p.text.rstrip(".").split()]
    blocks: list[Paragraph] = []
    texts: list[str] = []
    at = 0
    for number in range(1, paragraphs + 1):
        sentences = [" ".join(draw.choices(words, k=draw.randint(12, 28))).capitalize() + "." for _ in range(2)]
        block = " ".join(sentences)
        blocks.append(Paragraph(number, at, at + len(block), block))
        texts.append(block)
        at += len(block) + 2
    return Article("\n\n".join(texts) + "\n\n", paragraphs=tuple(blocks))


@dataclass(frozen=True, slots=True)
class Timing:
    """One method on one article.

    Attributes:
        paragraphs: how many.
        sentences: how many.
        key: of the method.
        index: milliseconds to index the article, median.
        first: milliseconds of the first question, which may have to look at every sentence.
        answers: milliseconds of each question after it.
    """

    paragraphs: int
    sentences: int
    key: str
    index: float
    first: float
    answers: tuple[float, ...]

    @property
    def answer(self) -> float:
        """Median of `answers`."""
        return median(self.answers)


def _top(score: Scorer, question: str) -> list[int]:
    """What a peer's user does with its scores."""
    return [int(i) for i in np.argsort(-score(question), kind="stable")[:TOP]]


def in_turn(
    article: Article, asked: Sequence[str], others: Iterable[Peer], repeats: int, tick: Tick = lambda: None
) -> list[Timing]:
    """Time every method on one article, question by question.

    Peers get sentences that are cut already; ours cut them as part of indexing.

    Args:
        article: the article.
        asked: questions, two at least, no two alike: what was said before may be remembered.
        others: the peers.
        repeats: how often the article is indexed.
        tick: called after each question.
    """
    assistants = {"default": Assistant(article), "lexical": Assistant(article, ranker=LexicalRanker())}
    texts = [s.text for s in assistants["default"].index.prose]
    ours = [timed(partial(Index, article)) * 1e3 for _ in range(repeats)]
    indexing = dict.fromkeys(assistants, median(ours))
    asks: dict[str, Callable[[str], object]] = {key: assistant.ask for key, assistant in assistants.items()}
    for peer in others:
        indexing[peer.key] = median(timed(partial(peer.build, texts)) * 1e3 for _ in range(repeats))
        asks[peer.key] = partial(_top, peer.build(texts))
    # Models are loaded once a process, on another article.
    for assistant in (Assistant(made_up_article(1)), Assistant(made_up_article(1), ranker=LexicalRanker())):
        assistant.ask(ASKED)
    first = {key: timed(partial(ask, asked[0])) * 1e3 for key, ask in asks.items()}
    answers: dict[str, list[float]] = {key: [] for key in asks}
    for question in asked[1:]:
        for key, ask in asks.items():
            answers[key].append(timed(partial(ask, question)) * 1e3)
        tick()
    return [
        Timing(len(article.paragraphs), len(texts), key, indexing[key], first[key], tuple(answers[key])) for key in asks
    ]


def ratio(timing: Timing, base: Timing) -> float:
    """How many times as long one method takes to answer as another: median over the questions, pair by pair."""
    return median(a / b for a, b in zip(timing.answers, base.answers, strict=True))


_PEAK = """
import sys
from pathlib import Path
sys.argv = ["pullquote", *sys.argv[1:]]
try:
    if sys.argv[1:]:
        from bot.cli import main
        main()
    else:
        import numpy
except SystemExit:
    pass
status = Path("/proc/self/status")
if status.exists():
    # Not getrusage: it counts the process that this one was forked from.
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
else:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
print(f"\\n{peak:.1f}", file=sys.stderr)
"""


def memory() -> tuple[float, float]:
    """Peak MB of `pullquote ask` with 30 questions about a story of `SENTENCES`, and of a Python with NumPy alone."""
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "story.txt"
        story.write_text(news_story().text.replace("\n", "\n\n"), "utf-8")
        for arguments in (["ask", "--article", str(story)], []):
            done = subprocess.run(  # noqa: S603 - our own interpreter
                [sys.executable, "-c", _PEAK, *arguments],
                input="\n".join(questions()[:30]),
                check=True,
                capture_output=True,
                text=True,
                cwd=ROOT,
                env=_environment(),
            )
            peaks.append(float(done.stderr.split()[-1]))
    return peaks[0], peaks[1]


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """50th, 95th and 99th percentile."""
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    return float(p50), float(p95), float(p99)


@click.command()
@click.option("--runs", default=11, show_default=True, help="Cold starts, and questions for each size of article.")
def main(runs: int) -> None:
    """Measure speed and memory."""
    others, missing = peers()
    names = OURS | {peer.key: peer.name for peer in others}
    cold = cold_start(runs)
    ask, numpy = (median(column) * 1e3 for column in zip(*cold, strict=True))
    times = median(a / b for a, b in cold)
    print(f"cold `pullquote ask`: {ask:.0f} ms, {times:.1f} times `import numpy` ({numpy:.0f} ms)")
    print("peak memory: {:.0f} MB (NumPy alone: {:.0f} MB)".format(*memory()))
    asked = questions()
    with one_core():
        print(f"\n{SENTENCES} sentences, {len(asked) - 1} questions, one core: p50 / p95 / p99, ms")
        for row in in_turn(news_story(), asked, others, 3):
            print(f"  {names[row.key]:32}" + " / ".join(f"{v:.2f}" for v in percentiles(row.answers)))
        for size in SIZES:
            rows = in_turn(made_up_article(size), asked[: runs + 1], others, 1)
            print(f"\n{size:,} paragraphs, {rows[0].sentences:,} sentences: index / answer, ms")
            for row in rows:
                print(f"  {names[row.key]:32}{row.index:10.1f}{row.answer:10.2f}  x {ratio(row, rows[0]):.2f}")
    for name, reason in missing.items():
        print(f"left out: {name}: {reason}")


if __name__ == "__main__":
    main()
