"""A bot without a library, and a web with a story on it."""

from pathlib import Path

import pytest
import pytest_asyncio

from index.library import open_library, person, server
from tests.loopback.conftest import Start
from tests.loopback.library.shelf import publish
from tests.loopback.payloads import ALICE, BEN, GUILD, MIRA, OTHER_GUILD
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start, discord: FakeDiscord) -> BotProcess:
    """One bot for all tests of the module, and a web with a story on it."""
    publish(discord)
    return await start()


@pytest.fixture(autouse=True)
def clean(state: Path, bot: BotProcess) -> None:
    """No library when a test begins."""
    del bot
    library = open_library(state)
    for owner in (server(GUILD), server(OTHER_GUILD), person(ALICE), person(BEN), person(MIRA)):
        library.erase(owner)  # also where it is empty, so that numbers begin at 1
    library.close()
