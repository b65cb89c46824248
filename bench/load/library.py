"""Libraries for the servers of a run: made-up news, as the library's own benchmark makes it."""

import hashlib
import itertools
import shutil
import tempfile
from pathlib import Path

from bench.library.corpus import Corpus
from bench.load.discord import FIRST_SERVER
from bench.load.process import ROOT
from index.library.opening import FILE
from index.library.sqlite import SQLiteLibrary
from index.owner import server

BATCH = 250
"""Articles that are added in one transaction."""


def provide(folder: Path, path: Path, servers: int, articles: int, *, keep: Path | None = None) -> Corpus:
    """Give servers their libraries, and return what made the articles.

    Args:
        folder: the bot's state, still empty.
        path: the question set that articles are made from.
        servers: how many servers.
        articles: of each.
        keep: where libraries are kept from run to run; what is there for the same articles, made by the same code, is
            copied, and nothing is built.
    """
    corpus = Corpus(path)
    if keep is None:
        fill(folder, corpus, servers, articles)
        return corpus
    keep.mkdir(parents=True, exist_ok=True)
    built = keep / f"{servers}x{articles}-{_made_by(path)}.db"
    if not built.exists():
        with tempfile.TemporaryDirectory(dir=keep) as making:
            fill(Path(making), corpus, servers, articles)
            (Path(making) / FILE).rename(built)
    shutil.copyfile(built, folder / FILE)
    return corpus


def _made_by(path: Path) -> str:
    """A hash over the question set and all the code that makes a library of it."""
    code = [*sorted((ROOT / "index").rglob("*.py")), ROOT / "bench" / "library" / "corpus.py"]
    found = hashlib.sha256(str(FIRST_SERVER).encode())
    for file in (path, *code):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def fill(folder: Path, corpus: Corpus, servers: int, articles: int) -> None:
    """Give each server the same articles.

    Args:
        folder: the bot's state.
        corpus: makes them.
        servers: how many servers.
        articles: of each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    library = SQLiteLibrary(folder / FILE)
    try:
        documents = list(itertools.islice(corpus.documents(), articles))
        for number in range(servers):
            owner = server((FIRST_SERVER + number) << 22)
            for first in range(0, articles, BATCH):
                library.add_documents(owner, documents[first : first + BATCH], at=0)
            print(f"library {number + 1} of {servers}: {articles:,} articles", flush=True)
    finally:
        library.close()
