"""A small library of our own invention, in a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.librarian.librarian import Librarian
from index.article import Article
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL
from index.readers import read_bytes

FERRY = """\
Island ferry returns to service after three months of repairs

By Marta Lindqvist

Tuesday 14 March 2023 09:30 GMT

The ferry Solveig will carry cars and passengers between Varnes and the island of Holm again from Monday, the operator \
Nordlinje said.

Chief engineer Aino Berg said on Friday that both engines were replaced. She added that the repairs had cost 4.2 \
million crowns.

Mayor Tomas Hald welcomed the news. “The island was cut off from its hospital, and that must never happen again,” he \
told local radio.
"""

BRIDGE = """\
Bridge to Holm would cost 900 million crowns, ministry finds

By Jon Vik

Thursday 2 May 2024 18:00 GMT

A bridge between Varnes and the island of Holm would cost 900 million crowns, the transport ministry said in a report.

Mayor Tomas Hald called the price a disgrace. “For that money we could sail for two hundred years,” he said.

The report counts 412 crossings a day and expects twice as many cars by 2040.
"""

LIGHTHOUSE = """\
Lighthouse keeper of Skarv retires at 81

By Ida Moen

Friday 3 June 2022 08:15 GMT

Ragnhild Oye climbed the 119 steps of the Skarv lighthouse for the last time on Thursday.

She had kept the light since 1964, when her father broke his leg in a storm. The lamp will be run from Bergen by \
computer.

“The sea never asked who was watching,” Oye said at the farewell.
"""


def article(text: str, name: str, url: str | None = None) -> Article:
    """An article of a text, as a reader reads it."""
    from dataclasses import replace

    return replace(read_bytes(text.encode(), name), url=url)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SQLiteLibrary]:
    """An empty library."""
    kept = SQLiteLibrary(tmp_path / "library.db")
    yield kept
    kept.close()


@pytest.fixture
def filled(library: SQLiteLibrary) -> SQLiteLibrary:
    """The shell's library with three articles: ferry 1, bridge 2, lighthouse 3."""
    library.add(SHELL, article(FERRY, "ferry.txt", "https://www.gazette.example/ferry"), at=1)
    library.add(SHELL, article(BRIDGE, "bridge.txt", "https://courier.example/bridge"), at=2)
    library.add(SHELL, article(LIGHTHOUSE, "lighthouse.txt"), at=3)
    return library


@pytest.fixture
def librarian(filled: SQLiteLibrary) -> Librarian:
    """Answers from these three."""
    return Librarian(filled)
