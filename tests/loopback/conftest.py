"""A fake Discord and the real bot."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.server import TOKEN

Start = Callable[..., Awaitable[BotProcess]]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def discord() -> AsyncIterator[FakeDiscord]:
    """A Discord that lives as long as the module's tests."""
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bots' working folder."""
    return tmp_path_factory.mktemp("bot")


@pytest.fixture(scope="module")
def state(folder: Path) -> Path:
    """The bots' state folder."""
    return folder / "state"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def start(discord: FakeDiscord, folder: Path) -> AsyncIterator[Start]:
    """Starts bots, all with the same state folder; the ones still running are ended with the module."""
    started: list[BotProcess] = []

    async def starter(*arguments: str, connect: bool = True, token: str | None = TOKEN, **settings: str) -> BotProcess:
        for other in started:
            await other.kill()  # left over from a test that failed
        bot = BotProcess(discord, folder, token=token, **settings)
        started.append(bot)
        if connect:
            return await bot.start()
        await bot.launch(*arguments)
        return bot

    yield starter
    for bot in started:
        await bot.kill()


@pytest.fixture(autouse=True)
def nothing_wrong(discord: FakeDiscord) -> Iterator[None]:
    """Whatever was sent in a test was what Discord takes."""
    before = len(discord.problems)
    yield
    assert discord.problems[before:] == []
    assert discord.faults == []
