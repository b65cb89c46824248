"""The engines, each with a library of its own for a test: SQLite, LanceDB in a folder, LanceDB on object storage."""

import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.library import QUOTAS, Library, Quota, open_library

Opening = Callable[..., Library]
"""Opens the library of this test, once more if need be; takes `quotas`."""


@pytest.fixture(scope="session")
def storage() -> Iterator[str]:
    """The address of an empty bucket of object storage that speaks S3, on loopback."""
    if find_spec("lancedb") is None or find_spec("moto") is None:
        pytest.skip("LanceDB and moto are not installed: make scale")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT": address,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        made = urllib.request.Request(f"{address}/library", method="PUT")  # noqa: S310 - our own server
        urllib.request.urlopen(made).close()  # noqa: S310 - our own server
        yield "s3://library"
    server.stop()


@pytest.fixture(params=["sqlite", "lance", "s3"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """Opens a library of this test's own; what was opened is closed at the end.

    LanceDB's are opened as if each were on another machine.
    """
    match request.param:
        case "sqlite":
            place = str(tmp_path / "library")
        case "lance":
            if find_spec("lancedb") is None:
                pytest.skip("LanceDB is not installed: make scale")
            place = str(tmp_path / "library.lance")
        case _:
            # Two machines are compared at once here.
            request.getfixturevalue("monkeypatch").setattr("index.library.lance.FRESH", 0.0)
            place = f"{request.getfixturevalue('storage')}/{uuid.uuid4().hex}"
    opened: list[Library] = []

    def open_one(*, quotas: Mapping[str, Quota] = QUOTAS) -> Library:
        library = open_library(place, quotas=quotas, view=tmp_path / f"machine-{len(opened)}.db")
        opened.append(library)
        return library

    yield open_one
    for library in opened:
        library.close()


@pytest.fixture
def library(opening: Opening) -> Library:
    """An empty library."""
    return opening()
