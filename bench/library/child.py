"""Measured in a process of its own, so that its memory is its own: `python -m bench.library.child JOB ARGUMENTS`.

Each line on standard output is JSON: what one size took.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from bench.library.corpus import Corpus
from bench.library.engines import KINDS, Kept
from bot.librarian.librarian import Librarian
from index.analyzer import terms
from index.article import Article
from index.library import Quota
from index.library.opening import open_library
from index.library.protocol import Library
from index.owner import SHELL

NO_QUOTA = {"shell": Quota(10**9, 10**13)}

OPENINGS = 21
"""Times that a library is opened."""

AT_ONCE = 500
"""Articles that are added at once while a library is filled."""

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


def library_in(place: Path) -> Library:
    """Our library in a file of SQLite's, or in a folder of LanceDB's with its view beside it."""
    return open_library(place, quotas=NO_QUOTA, view=view_of(place))


def view_of(place: Path) -> Path:
    """Where a machine keeps what it has read of a folder of LanceDB's."""
    return place.with_suffix(".view.db")


def disk(place: Path) -> float:
    """Megabytes of a file, or of a folder and the view beside it."""
    files = [place] if place.is_file() else [*place.rglob("*"), view_of(place)]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def ask(place: Path, questions: Sequence[str]) -> None:
    """Ask our library: opening it, candidates alone, and the whole answer."""

    def opening() -> None:
        library = library_in(place)
        library.size(SHELL)
        library.close()

    opening()  # imports what it needs
    opened = [timed(opening) for _ in range(OPENINGS)]
    library = library_in(place)
    # The model is loaded, and what Python imports late is imported, before anything is timed.
    librarian = Librarian(library)
    librarian.ask(SHELL, questions[0])
    candidates = each(lambda question: library.candidates(SHELL, terms(question)), questions[1:])
    searching = memory()
    asked = each(lambda question: librarian.ask(SHELL, question), questions[1:])
    tell(open=median(opened), candidates=candidates, ask=asked, searching=searching, memory=memory())


def fill(place: Path, questions: Path, start: int, count: int) -> None:
    """Add the corpus's articles from a number on to our library, as text, many at once."""
    corpus = Corpus(questions)
    articles = [document.article for document in islice(corpus.documents(start), count)]
    library = library_in(place)
    seconds = timed(lambda: [library.add_all(SHELL, part, at=0) for part in batched(articles)]) / 1e3
    library.close()
    tell(seconds=seconds)


def batched(articles: list[Article]) -> Iterator[list[Article]]:
    """Articles, `AT_ONCE` at a time."""
    for start in range(0, len(articles), AT_ONCE):
        yield articles[start : start + AT_ONCE]


def grow(place: Path, questions: Path, count: int) -> None:
    """Add articles to our library one by one, as text."""
    corpus = Corpus(questions)
    articles = [document.article for document in islice(corpus.documents(NEW), count)]
    library = library_in(place)
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
            opened = median(timed(engine.open) for _ in range(OPENINGS)) if isinstance(engine, Kept) else None
            needed = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            tell(size=size, seconds=seconds, open=opened, ask=asked, memory=memory(), disk=needed / 1e6)


def main(job: str, *arguments: str) -> None:
    """Do a job."""
    if job == "ask":
        ask(Path(arguments[0]), json.loads(sys.stdin.read()))
    elif job == "grow":
        grow(Path(arguments[0]), Path(arguments[1]), int(arguments[2]))
    elif job == "fill":
        fill(Path(arguments[0]), Path(arguments[1]), int(arguments[2]), int(arguments[3]))
    else:
        search(job, Path(arguments[0]), [int(size) for size in arguments[1].split(",")], json.loads(sys.stdin.read()))


if __name__ == "__main__":
    main(*sys.argv[1:])
