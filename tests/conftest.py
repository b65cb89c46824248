"""What the tests share: articles of our own writing, and where the development data lies if it is at hand."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from bot.assistant import Assistant
from index.article import Article
from index.indexer import Index
from index.readers import read_article, read_bytes
from index.sample import sample_path

# What the program says is compared with English, whatever the developer's own language is.
os.environ["LC_ALL"] = "C.UTF-8"

# A machine that does something else at the same time makes no test fail.
settings.register_profile("pullquote", deadline=None)
settings.load_profile("pullquote")

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"

FERRY = """\
Get the morning letter from the Harbour Gazette

Manage your notification settings in the browser.

Island ferry returns to service after three months of repairs

The Solveig carries cars again from Monday, and the operator promises more crossings than before

By Marta Lindqvist
Tuesday 14 March 2023 09:30 GMT

Support the Harbour Gazette

Your contribution allows us to keep reporting from the coast. Please consider a donation today.

The ferry Solveig will carry cars and passengers between Varnes and the island of Holm again from Monday, the \
operator Nordlinje said.

“We replaced both engines and the bow door, and she is safer than on the day she was launched,” chief engineer Dr. \
Aino K. Berg said on Friday. She added that the repairs had cost 4.2 million crowns.

The ship had been laid up since December, when a deckhand noticed water in the engine room. It carries up to 38 cars \
and 250 passengers.

Mayor Tomas Hald welcomed the news. “The island was cut off from its hospital, and that must never happen again,” he \
told local radio.

Nordlinje plans six crossings a day in summer, two more than last year, because demand has grown.

Log in to leave a comment
"""


@pytest.fixture(scope="session")
def ferry() -> Article:
    """A short news report with page furniture around it, of our own invention."""
    return read_bytes(FERRY.encode(), "ferry.txt")


@pytest.fixture(scope="session")
def ferry_index(ferry: Article) -> Index:
    """The index of the ferry report."""
    return Index(ferry)


@pytest.fixture(scope="session")
def assistant(ferry: Article) -> Assistant:
    """An assistant on the ferry report, with the shipped ranker and threshold."""
    return Assistant(ferry)


@pytest.fixture(scope="session")
def sample() -> Article:
    """The article that comes with the package."""
    return read_article(sample_path())


@pytest.fixture(scope="session")
def real_article() -> Article:
    """The article that this project is about; not part of the repository."""
    path = DATA / "article.txt"
    if not path.exists():
        pytest.skip("the real article is not at hand: ../shared/data/article.txt")
    return read_article(path)
