"""The engines, each with a library of its own for a test."""

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from index.library import QUOTAS, Library, Quota, open_library

Opening = Callable[..., Library]
"""Opens the library of this test, once more if need be; takes `quotas`."""

ENGINES = ("sqlite", "lance")


@pytest.fixture(params=ENGINES)
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """Opens a library that is kept under `tmp_path`; what was opened is closed at the end.

    LanceDB's are opened as if each were on another machine.
    """
    shared = request.param == "lance"
    if shared and importlib.util.find_spec("lancedb") is None:
        pytest.skip("LanceDB is not installed: make scale")
    opened: list[Library] = []

    def open_one(*, quotas: Mapping[str, Quota] = QUOTAS) -> Library:
        view = tmp_path / f"machine-{len(opened)}.db" if shared else None
        library = open_library(tmp_path / ("library.lance" if shared else "library"), quotas=quotas, view=view)
        opened.append(library)
        return library

    yield open_one
    for library in opened:
        library.close()


@pytest.fixture
def library(opening: Opening) -> Library:
    """An empty library."""
    return opening()
