"""Several processes, each with a part of the shards; and what befalls one shard while the others go on."""

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.loopback.exchanges import Exchange
from tests.loopback.payloads import GUILD, OF_SHARDS
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import texts_of
from tests.loopback.story import LABOURED

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "How much did the repairs cost?"
PARTS = ("0-1/6", "2-3/6", "4-5/6")
SPACED = {"LOOPBACK_SPACING": "1.0"}
"""Seconds between two IDENTIFYs; the Discord of these tests asks for 0.3, so that a busy machine makes none collide."""

Start = Callable[..., Awaitable[BotProcess]]


@pytest_asyncio.fixture(loop_scope="module")
async def discord() -> AsyncIterator[FakeDiscord]:
    """A Discord with six servers, the n-th of them on the n-th of six shards."""
    async with FakeDiscord() as fake:
        fake.gateway.guilds = list(OF_SHARDS)
        fake.gateway.shards, fake.gateway.concurrency, fake.gateway.spacing = 6, 2, 0.3
        yield fake


@pytest_asyncio.fixture(loop_scope="module")
async def launch(discord: FakeDiscord, tmp_path: Path) -> AsyncIterator[Start]:
    """Starts bots beside each other, all with the same state folder; they are ended with the test."""
    started: list[BotProcess] = []

    async def launcher(part: str | None, **settings: str) -> BotProcess:
        shards = {} if part is None else {"shards": part}
        bot = BotProcess(discord, tmp_path, **shards, **settings)
        started.append(bot)
        await bot.launch()
        return bot

    yield launcher
    for bot in started:
        await bot.kill()


async def up(discord: FakeDiscord, *shards: int, sessions: int = 1) -> None:
    """Wait until shards have so many sessions each."""
    await discord.until(lambda: all(len(discord.gateway.live(shard)) == sessions for shard in shards))


async def ask(discord: FakeDiscord, shard: int) -> Exchange:
    """Somebody asks in the server of a shard."""
    return await discord.slash("ask", question=QUESTION, where=OF_SHARDS[shard] + 1)


async def answered_once(discord: FakeDiscord, exchange: Exchange) -> None:
    """The answer arrives, and the work was done once."""
    assert texts_of(await discord.answer(exchange))[0] == f"**{QUESTION}**"
    assert len(exchange.callbacks) == exchange.edits == 1
    assert exchange.followups == []


@asynccontextmanager
async def crowd(discord: FakeDiscord, *shards: int) -> AsyncIterator[list[tuple[int, Exchange]]]:
    """People ask in the servers of some shards, four at a time, as long as the block lasts."""
    asked: list[tuple[int, Exchange]] = []
    over = asyncio.Event()

    async def person(number: int) -> None:
        while not over.is_set():
            shard = shards[number % len(shards)]
            exchange = await ask(discord, shard)
            asked.append((shard, exchange))
            number += 4
            await discord.until(lambda: exchange.message is not None or over.is_set())  # noqa: B023 - asked at once

    people = [asyncio.create_task(person(n)) for n in range(4)]
    try:
        yield asked
    finally:
        over.set()
        discord.changed()
        await asyncio.gather(*people)


async def more(discord: FakeDiscord, asked: list[tuple[int, Exchange]], count: int = 8) -> None:
    """Wait until so many more were asked and answered."""
    begun = len(asked)
    await discord.until(lambda: sum(1 for _, e in asked[begun:] if e.message) >= count)


async def test_three_processes_run_six_shards_and_one_is_killed(discord: FakeDiscord, launch: Start) -> None:
    """All IDENTIFY in turn and tell the commands once; when one dies, those of the others are answered; it returns."""
    bots = [await launch(part, **SPACED) for part in PARTS]
    await up(discord, *range(6))
    assert sorted(i["shard"] for i in discord.gateway.identifies) == [[n, 6] for n in range(6)]
    assert discord.gateway.collisions == 0
    assert discord.syncs == 1
    for shard in range(6):
        await answered_once(discord, await ask(discord, shard))

    async with crowd(discord, 0, 1, 4, 5) as asked:
        await more(discord, asked)
        bots[1].signal(signal.SIGKILL)
        await bots[1].ended()
        await up(discord, 2, 3, sessions=0)
        await more(discord, asked)
        lost = await ask(discord, 2)  # nobody is there to take it
        await launch(PARTS[1], **SPACED)
        await up(discord, 2, 3)
        await more(discord, asked)
    for _, exchange in asked:
        await answered_once(discord, exchange)
    assert lost.callbacks == []
    for shard in (2, 3):
        await answered_once(discord, await ask(discord, shard))
    assert discord.syncs == 1
    assert discord.gateway.collisions == 0


async def test_a_rolling_restart_loses_no_interaction(discord: FakeDiscord, launch: Start) -> None:
    """A second process takes the same shards before the first stops: each question is answered, by one of them."""
    first = await launch(PARTS[0], **SPACED)
    await up(discord, 0, 1)
    async with crowd(discord, 0, 1) as asked:
        await more(discord, asked)
        second = await launch(PARTS[0], **SPACED)
        await up(discord, 0, 1, sessions=2)
        await more(discord, asked)  # both hear of these
        first.signal()
        assert await first.ended() == 0
        await more(discord, asked)
    for _, exchange in asked:
        await answered_once(discord, exchange)
    assert len(asked) >= 24
    assert discord.syncs == 1
    assert await second.stop() == 0


async def test_a_shard_that_cannot_connect_holds_up_no_other(discord: FakeDiscord, launch: Start) -> None:
    """One shard breaks off whenever it comes back; another that drops resumes meanwhile; later the first does too."""
    bot = await launch("0-1/6", **SPACED)
    await up(discord, 0, 1)
    identifies = len(discord.gateway.identifies)
    discord.gateway.broken.add(1)
    await discord.gateway.drop(shard=1)
    await discord.until(lambda: sum(1 for line in bot.log if "Shard 1 connects again" in line) >= 2)
    kept = await ask(discord, 1)

    resumes = len(discord.gateway.resumes)
    await discord.gateway.drop(shard=0)
    await up(discord, 0)
    assert len(discord.gateway.resumes) > resumes
    await answered_once(discord, await ask(discord, 0))
    assert discord.gateway.live(1) == []

    discord.gateway.broken.clear()
    await up(discord, 1)
    await answered_once(discord, kept)
    assert len(discord.gateway.identifies) == identifies
    assert "Traceback" not in bot.text


async def test_a_silent_connection_is_given_up_and_resumed(discord: FakeDiscord, launch: Start) -> None:
    """A peer that says nothing, though the socket stands: closed with 4000 and resumed."""
    discord.gateway.interval = 300
    await launch("0/6", **SPACED, LOOPBACK_SILENCE="1.5")
    await up(discord, 0)
    resumes = len(discord.gateway.resumes)
    discord.gateway.acknowledges = False
    await discord.until(lambda: len(discord.gateway.resumes) > resumes)
    discord.gateway.acknowledges = True
    assert 4000 in discord.gateway.closes
    await answered_once(discord, await ask(discord, 0))
    assert len(discord.gateway.identifies) == 1


async def test_the_heartbeat_does_not_wait_for_work(discord: FakeDiscord, launch: Start) -> None:
    """While answers take seconds of arithmetic in Python, no heartbeat is late by as much as one of them takes."""
    discord.gateway.interval = 100
    await launch("0/6", **SPACED)
    await up(discord, 0)
    (beats,) = discord.gateway.heartbeats
    begun = len(beats)
    asked = [
        await discord.slash("ask", question=f"{QUESTION[:-1]} {LABOURED} {n}?", where=OF_SHARDS[0] + 1)
        for n in range(2)
    ]
    for exchange in asked:
        await discord.answer(exchange)
    during = beats[begun:]
    assert len(during) > 10
    assert max(b - a for a, b in itertools.pairwise(during)) < 1.5


async def test_machines_that_share_nothing_get_in_all_the_same(discord: FakeDiscord, launch: Start) -> None:
    """IDENTIFYs that Discord turns away for coming too soon are made again; and it waits for a new day's allowance."""
    discord.gateway.concurrency, discord.gateway.spacing, discord.gateway.remaining = 1, 0.5, (2, 300)
    bot = await launch("0-2/6", LOOPBACK_SPACING="0.2")
    await up(discord, 0, 1, 2)
    assert discord.gateway.collisions > 0
    assert "no more sessions today" in bot.text
    await answered_once(discord, await ask(discord, 2))


@pytest.mark.parametrize("part", ["6/6", "3-2/6"])
async def test_shards_that_are_none(launch: Start, part: str) -> None:
    """A part that names no shards: one sentence, status 2."""
    bot = await launch(part)
    assert await bot.ended() == 2
    assert "PULLQUOTE_SHARDS" in bot.log[-1]


async def test_as_many_shards_as_discord_asks_for(discord: FakeDiscord, launch: Start) -> None:
    """Without the setting one process runs all that Discord recommends."""
    discord.gateway.shards, discord.gateway.guilds = 2, [GUILD, *OF_SHARDS]
    await launch(None, **SPACED)
    await up(discord, 0, 1)
    assert sorted(i["shard"] for i in discord.gateway.identifies) == [[0, 2], [1, 2]]
