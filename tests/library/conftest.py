"""The engines, each with a library of its own for a test."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from index.library import QUOTAS, Library, Quota, open_library

Opening = Callable[..., Library]
"""Opens the library of this test, once more if need be; takes `quotas`."""


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Opening]:
    """Opens a library that is kept under `tmp_path`; what was opened is closed at the end."""
    opened: list[Library] = []

    def open_one(*, quotas: Mapping[str, Quota] = QUOTAS) -> Library:
        library = open_library(tmp_path / "library", quotas=quotas)
        opened.append(library)
        return library

    yield open_one
    for library in opened:
        library.close()


@pytest.fixture
def library(opening: Opening) -> Library:
    """An empty library."""
    return opening()
