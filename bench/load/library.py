"""Libraries for the servers of a run: made-up news, as the library's own benchmark makes it."""

import itertools
from pathlib import Path

from bench.library.corpus import Corpus
from bench.load.discord import FIRST_SERVER
from index.library.opening import FILE
from index.library.sqlite import SQLiteLibrary
from index.owner import server

BATCH = 250
"""Articles that are added in one transaction."""


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
    finally:
        library.close()
