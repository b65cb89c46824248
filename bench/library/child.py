"""Measured in a process of its own, so that its memory is its own: `python -m bench.library.child JOB ARGUMENTS`.

Each line on standard output is JSON: what one size took.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from bench.library.corpus import Corpus
from bench.library.engines import KINDS
from bot.librarian import Librarian
from index.analyzer import terms
from index.library import Quota
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL

NO_QUOTA = {"shell": Quota(10**9, 10**13)}

OPENINGS = 21
"""Times that a library is opened."""

NEW = 10**8
"""Number of the first article of the corpus that is not in the library."""


def memory() -> float:
    """Megabytes that this process has needed at most, so far."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1e3


def each(call: Callable[[str], object], questions: Iterable[str]) -> list[float]:
    """Milliseconds of each question."""
    return [timed(lambda question=question: call(question)) for question in questions]  # type: ignore[misc]  # default


def tell(**found: Any) -> None:  # noqa: ANN401 - JSON
    """Write what was found."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def ask(file: Path, questions: Sequence[str]) -> None:
    """Ask our library: opening it, candidates alone, and the whole answer."""

    def opening() -> None:
        library = SQLiteLibrary(file)
        library.size(SHELL)
        library.close()

    opened = [timed(opening) for _ in range(OPENINGS)]
    library = SQLiteLibrary(file)
    # The model is loaded, and what Python imports late is imported, before anything is timed.
    librarian = Librarian(library)
    librarian.ask(SHELL, questions[0])
    candidates = each(lambda question: library.candidates(SHELL, terms(question)), questions[1:])
    searching = memory()
    asked = each(lambda question: librarian.ask(SHELL, question), questions[1:])
    tell(open=median(opened), candidates=candidates, ask=asked, searching=searching, memory=memory())


def grow(file: Path, questions: Path, count: int) -> None:
    """Add articles to our library one by one, as text."""
    corpus = Corpus(questions)
    articles = [document.article for document in islice(corpus.documents(NEW), count)]
    library = SQLiteLibrary(file, quotas=NO_QUOTA)
    library.add(SHELL, articles[0], at=0)
    tell(add=[timed(lambda one=one: library.add(SHELL, one, at=0)) for one in articles[1:]])  # type: ignore[misc]  # default


def search(key: str, passages: Path, sizes: Sequence[int], questions: Sequence[str]) -> None:
    """Let another engine grow from size to size, and ask it at each."""
    (kind,) = (kind for kind in KINDS if kind.key == key)
    with tempfile.TemporaryDirectory() as folder, passages.open(encoding="utf-8") as lines:
        engine, there = kind.make(Path(folder)), 0
        for size in sizes:
            new = [line.rstrip("\n") for line in islice(lines, size - there)]
            seconds = timed(lambda new=new: engine.add(new)) / 1e3  # type: ignore[misc]  # default
            there = size
            del new
            engine.search(questions[0])
            asked = each(engine.search, questions[1:])
            disk = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            tell(size=size, seconds=seconds, ask=asked, memory=memory(), disk=disk / 1e6)


def main(job: str, *arguments: str) -> None:
    """Do a job."""
    if job == "ask":
        ask(Path(arguments[0]), json.loads(sys.stdin.read()))
    elif job == "grow":
        grow(Path(arguments[0]), Path(arguments[1]), int(arguments[2]))
    else:
        search(job, Path(arguments[0]), [int(size) for size in arguments[1].split(",")], json.loads(sys.stdin.read()))


if __name__ == "__main__":
    main(*sys.argv[1:])
