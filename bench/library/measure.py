"""Grows a library from size to size, and measures it and the others at each."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench.library.child import AT_ONCE, NO_QUOTA, disk, view_of
from bench.library.corpus import Corpus
from bench.library.engines import KINDS, Kind
from bench.peers.base import PeerMissing
from bench.results.options import Data, Tick
from index.library.document import Document
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL

ROOT = Path(__file__).resolve().parents[2]

SIZES = (1_000, 10_000, 100_000, 200_000, 1_000_000)
"""Passages."""

QUESTIONS = 201
"""Asked at each size, the first one to warm up."""

FEWER = 41
"""Asked where one takes half a second, as another engine may."""

ADDED = 61
"""Articles that are added at each size, the first one to warm up."""

SHARED = 200_000
"""Passages up to which our library in LanceDB is measured. It takes articles as text, some 300 a second, and a million
passages would take five minutes; what is searched is the same as in SQLite."""


def _child(arguments: Sequence[str], given: Sequence[str] = ()) -> Iterator[Data]:
    """What a process tells, line by line."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "bench.library.child", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None  # noqa: S101 - a pipe
    assert process.stdout is not None  # noqa: S101 - a pipe
    process.stdin.write(json.dumps(list(given)))
    process.stdin.close()
    for line in process.stdout:
        yield json.loads(line)
    process.stdout.close()
    if process.wait():
        raise RuntimeError(f"bench.library.child {arguments[0]} ended with {process.returncode}.")


def _figures(values: Sequence[float]) -> list[float]:
    """50th, 95th and 99th percentile, and the greatest."""
    return [float(value) for value in np.percentile(values, [50, 95, 99, 100])]


class Filled:
    """Our library and the passages in it, growing."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        """Start empty."""
        self.file = folder / "library.db"
        self.passages = folder / "passages.txt"
        self.articles = self.size = 0
        self._documents: Iterator[Document] = corpus.documents()

    def grow(self, size: int) -> float:
        """Fill up to about a size; seconds that the library took, with its articles analysed already."""
        library, seconds = SQLiteLibrary(self.file, quotas=NO_QUOTA), 0.0
        with self.passages.open("a", encoding="utf-8") as lines:
            while self.size < size:
                # 13 passages are in an article, on average.
                chosen = list(islice(self._documents, max(1, min(AT_ONCE, (size - self.size) // 13))))
                started = time.perf_counter()
                library.add_documents(SHELL, chosen, at=0)
                seconds += time.perf_counter() - started
                self.articles += len(chosen)
                self.size += sum(len(document.spans) for document in chosen)
                for document in chosen:
                    text = document.article.text
                    lines.writelines(text[a:b].replace("\n", " ") + "\n" for a, b in document.spans)
        library.close()
        return seconds


def _told(place: Path, filled: Filled, questions: Path, corpus: Corpus, share: int) -> Data:
    """What our library needs in a place; one in `share` of the questions and articles."""
    asked = corpus.questions(filled.articles, QUESTIONS // share)
    (found,) = _child(["ask", str(place)], asked)
    copy = place.with_name(f"copy{place.suffix}")
    if place.is_dir():
        shutil.copytree(place, copy)
        shutil.copyfile(view_of(place), view_of(copy))
    else:
        shutil.copyfile(place, copy)
    (added,) = _child(["grow", str(copy), str(questions), str(ADDED // share)])
    for left in (copy, view_of(copy)):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    return {
        "size": filled.size,
        "articles": filled.articles,
        "open": found["open"],
        "candidates": _figures(found["candidates"]),
        "ask": _figures(found["ask"]),
        "add": _figures(added["add"]),
        "mean": float(np.mean(added["add"])),
        "memory": found["memory"],
        "searching": found["searching"],
        "disk": disk(place),
    }


def ours(filled: Filled, questions: Path, corpus: Corpus, size: int, share: int) -> Data:
    """Everything about our library in SQLite at a size."""
    seconds = filled.grow(size)
    return {"filled": seconds, **_told(filled.file, filled, questions, corpus, share)}


def shared(filled: Filled, before: int, questions: Path, corpus: Corpus, share: int) -> Data:
    """The same about our library in LanceDB, in a folder, which has the first `before` articles already."""
    place = filled.file.with_name("library.lance")
    (found,) = _child(["fill", str(place), str(questions), str(before), str(filled.articles - before)])
    return {"filled": found["seconds"], **_told(place, filled, questions, corpus, share)}


def others(kind: Kind, filled: Filled, sizes: Sequence[int], questions: Sequence[str]) -> list[Data]:
    """Another engine at each size that it is measured with."""
    # What is measured "at 100,000" is a little more: articles are whole.
    chosen = ",".join(str(size) for size in sizes if size <= 1.2 * kind.most)
    told = _child([kind.key, str(filled.passages), chosen], questions)
    return [{**row, "ask": _figures(row["ask"])} for row in told]


def measure(questions: Path, sizes: Sequence[int], tick: Tick = lambda: None, *, few: bool = False) -> Data:
    """Measure everything.

    Args:
        questions: the question set that the corpus is drawn from.
        sizes: passages, ascending.
        tick: called after each size.
        few: whether to ask and add little, for a quick look.

    Returns:
        JSON: see `bench.results.library`.
    """
    corpus = Corpus(questions)
    versions: dict[str, str] = {}
    missing: dict[str, str] = {}
    rows: dict[str, list[Any]] = {"ours": [], "shared": []}
    lance = find_spec("lancedb") is not None
    with tempfile.TemporaryDirectory() as folder:
        filled, share = Filled(Path(folder), corpus), 10 if few else 1
        for size in sizes:
            before = filled.articles
            rows["ours"].append(ours(filled, questions, corpus, size, share))
            if lance and filled.size <= 1.2 * SHARED:
                rows["shared"].append(shared(filled, before, questions, corpus, share))
            tick()
        asked = corpus.questions(rows["ours"][0]["articles"], FEWER // share)
        for kind in KINDS:
            try:
                versions[kind.key] = kind.version
                rows[kind.key] = others(kind, filled, [row["size"] for row in rows["ours"]], asked)
            except PeerMissing as reason:
                missing[kind.key] = str(reason)
    return {
        "rows": rows,
        "versions": versions,
        "missing": {kind.name: missing[kind.key] for kind in KINDS if kind.key in missing},
        "names": {kind.key: kind.name for kind in KINDS if kind.key not in missing},
        "questions": QUESTIONS // share - 1,
        "asked": FEWER // share - 1,
    }
