"""What a user would otherwise search a million passages with, each as its users set it up, all asked for the same.

Each takes passages as they come, and gives the best of them for a question. All get the question's words without stop
words; those that know stems get them stemmed.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from bench.peers.base import version_of
from index.analyzer import STOP_WORDS
from index.library.protocol import CANDIDATES

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, in lower case, without stop words."""
    return [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]


class Engine(Protocol):
    """A collection that grows."""

    def add(self, passages: Sequence[str]) -> None:
        """Take passages; all are found afterwards."""

    def search(self, question: str) -> Sequence[int]:
        """The numbers of the best `CANDIDATES` passages, counted from 0, best first."""


@runtime_checkable
class Kept(Protocol):
    """An engine that keeps its collection in a folder."""

    def open(self) -> None:
        """Open the collection once more, so that it could be searched."""


@dataclass(frozen=True, slots=True)
class Kind:
    """An engine as the tables call it.

    Attributes:
        key: short name for machines.
        name: of the engine.
        package: whose version is told; "" for what comes with Python.
        make: makes an empty one in a folder.
        most: passages that it is measured with at most: what more would take is told in the report.
    """

    key: str
    name: str
    package: str
    make: Callable[[Path], Engine]
    most: int = 10**9

    @property
    def version(self) -> str:
        """Its version.

        Raises:
            PeerMissing: it is not installed.
        """
        return version_of(self.package) if self.package else sqlite3.sqlite_version


class RankBM25:
    """`rank_bm25.BM25Okapi`; it is built anew when it grows."""

    def __init__(self, _: Path) -> None:
        """Start empty."""
        self._passages: list[list[str]] = []

    def add(self, passages: Sequence[str]) -> None:
        """Take passages."""
        from rank_bm25 import BM25Okapi

        self._passages += [words(passage) for passage in passages]
        self._index = BM25Okapi(self._passages)

    def search(self, question: str) -> Sequence[int]:
        """Score every passage."""
        scores = self._index.get_scores(words(question))
        best = np.argpartition(-scores, min(CANDIDATES, len(scores) - 1))[:CANDIDATES]
        found: list[int] = best[np.argsort(-scores[best], kind="stable")].tolist()
        return found


class BM25S:
    """`bm25s` with Lucene's scoring, stop words and stems; it is built anew when it grows."""

    def __init__(self, _: Path) -> None:
        """Start empty."""
        import Stemmer

        self._stemmer = Stemmer.Stemmer("english")
        self._passages: list[list[str]] = []

    def _tokens(self, texts: list[str]) -> list[list[str]]:
        import bm25s

        found: list[list[str]] = bm25s.tokenize(
            texts, stopwords="en", stemmer=self._stemmer, return_ids=False, show_progress=False
        )
        return found

    def add(self, passages: Sequence[str]) -> None:
        """Take passages."""
        import bm25s

        self._passages += self._tokens(list(passages))
        self._index = bm25s.BM25(method="lucene")
        self._index.index(self._passages, show_progress=False)

    def search(self, question: str) -> Sequence[int]:
        """Score with its sparse matrix."""
        k = min(CANDIDATES, len(self._passages))
        numbers, _ = self._index.retrieve(self._tokens([question]), k=k, show_progress=False)
        found: list[int] = numbers[0].tolist()
        return found


class Tantivy:
    """tantivy in a folder, with its English analyzer; one thread writes."""

    def __init__(self, folder: Path) -> None:
        """Make an empty index."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, tokenizer_name="en_stem", index_option="freq")
        builder.add_unsigned_field("number", stored=True)
        self._folder = str(folder)
        self._index = tantivy.Index(builder.build(), path=self._folder)
        self._size = 0

    def open(self) -> None:
        """Open the folder."""
        import tantivy

        tantivy.Index.open(self._folder).searcher()

    def add(self, passages: Sequence[str]) -> None:
        """Take passages in one commit."""
        import tantivy

        writer = self._index.writer(heap_size=128_000_000, num_threads=1)
        for number, text in enumerate(passages, start=self._size):
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        self._size += len(passages)
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: str) -> Sequence[int]:
        """Its query language with the words alone."""
        query = self._index.parse_query(" ".join(words(question)), ["text"])
        hits = self._searcher.search(query, limit=CANDIDATES, count=False).hits
        return [int(self._searcher.doc(address)["number"][0]) for _, address in hits]


class FTS5:
    """SQLite's own index with its own bm25(), and Porter's stems."""

    def __init__(self, folder: Path) -> None:
        """Make an empty table."""
        self._file = folder / "fts5.db"
        self._connection = sqlite3.connect(self._file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("CREATE VIRTUAL TABLE f USING fts5(text, content='', tokenize='porter unicode61')")
        self._size = 0

    def open(self) -> None:
        """Open the file."""
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("SELECT rowid FROM f LIMIT 1").fetchone()

    def add(self, passages: Sequence[str]) -> None:
        """Take passages in one transaction."""
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO f (rowid, text) VALUES (?, ?)", enumerate(passages, start=self._size))
        self._connection.execute("COMMIT")
        self._size += len(passages)

    def search(self, question: str) -> Sequence[int]:
        """Any of the words."""
        asked = " OR ".join(f'"{word}"' for word in words(question))
        if not asked:
            return []
        query = "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT ?"
        return [row for (row,) in self._connection.execute(query, (asked, CANDIDATES))]


class LanceFTS:
    """LanceDB's own index of words, with stems."""

    def __init__(self, folder: Path) -> None:
        """Make an empty table."""
        import lancedb
        import pyarrow as pa

        schema = pa.schema([("number", pa.int64()), ("text", pa.string())])
        self._folder = str(folder)
        self._table = lancedb.connect(self._folder).create_table("passages", schema=schema)
        self._size = 0

    def open(self) -> None:
        """Open the table."""
        import lancedb

        lancedb.connect(self._folder).open_table("passages").count_rows()

    def add(self, passages: Sequence[str]) -> None:
        """Take passages, and index all anew."""
        import pyarrow as pa
        from lancedb.index import FTS

        numbers = range(self._size, self._size + len(passages))
        self._table.add(pa.table({"number": list(numbers), "text": list(passages)}))
        self._table.create_index("text", config=FTS(), replace=True)
        self._size += len(passages)

    def search(self, question: str) -> Sequence[int]:
        """Any of the words."""
        asked = " ".join(words(question))
        if not asked:
            return []
        found = self._table.search(asked, query_type="fts").select(["number", "_score"]).limit(CANDIDATES).to_arrow()
        numbers: list[int] = found["number"].to_pylist()
        return numbers


KINDS = (
    Kind("rank_bm25", "rank_bm25", "rank-bm25", RankBM25, 100_000),
    Kind("bm25s", "bm25s (lucene)", "bm25s", BM25S),
    Kind("tantivy", "tantivy", "tantivy", Tantivy),
    Kind("fts5", "SQLite FTS5, bm25()", "", FTS5),
    Kind("lance", "LanceDB's own FTS", "lancedb", LanceFTS),
)
"""In the order of the tables."""
