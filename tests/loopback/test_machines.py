"""Two machines that share nothing, no file and not quite the time: they log in by turns, and never at once."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.machines import CLOCKS
from tests.loopback.payloads import OF_SHARDS
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess

SPACING = 3.0
"""Seconds between two IDENTIFYs of a machine; this Discord asks for 0.6, so that a busy machine makes none collide."""

LONG = SPACING + CLOCKS
"""Seconds of a turn."""

FAST = (0.0, 0.8)
"""Seconds by which the machines' clocks are fast."""


@pytest_asyncio.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    """A Discord that lets one shard in at a time."""
    async with FakeDiscord() as fake:
        fake.gateway.guilds = list(OF_SHARDS)
        fake.gateway.shards, fake.gateway.concurrency, fake.gateway.spacing = 6, 1, 0.6
        yield fake


@pytest_asyncio.fixture
async def machines(discord: FakeDiscord, tmp_path: Path) -> AsyncIterator[list[BotProcess]]:
    """A machine with the shards 0 and 1 and one with 2 and 3, not started; ended with the test."""
    bots = [
        BotProcess(
            discord,
            tmp_path,
            state=str(tmp_path / f"machine{number}"),
            machine=f"{number}/2",
            shards=part,
            LOOPBACK_SPACING=str(SPACING),
            LOOPBACK_FAST=str(fast),
        )
        for number, part, fast in zip((1, 2), ("0-1/6", "2-3/6"), FAST, strict=True)
    ]
    yield bots
    for bot in bots:
        await bot.kill()


async def test_machines_that_share_nothing_log_in_by_turns(discord: FakeDiscord, machines: list[BotProcess]) -> None:
    """All shards come in without a collision, each in a turn of its machine's, though the clocks differ."""
    await asyncio.gather(*(bot.launch() for bot in machines))
    await discord.until(lambda: all(len(discord.gateway.live(shard)) == 1 for shard in range(4)))
    assert discord.gateway.collisions == 0
    shift = time.time() - asyncio.get_running_loop().time()
    for shard, at in discord.gateway.identified:
        machine = shard // 2
        assert (at + shift + FAST[machine]) // LONG % 2 == machine, discord.gateway.identified
    assert not any("PULLQUOTE_MACHINE" in bot.text for bot in machines)


async def test_a_machine_that_takes_anothers_turns_is_told_of_the_setting(discord: FakeDiscord, tmp_path: Path) -> None:
    """An IDENTIFY that Discord turns away is made again, and the log names the setting that spares it."""
    discord.gateway.spacing = 3.0
    bot = BotProcess(discord, tmp_path, shards="0-1/6", LOOPBACK_SPACING="0.2")
    await bot.launch()
    try:
        await discord.until(lambda: all(len(discord.gateway.live(shard)) == 1 for shard in (0, 1)))
        assert discord.gateway.collisions > 0
        assert "PULLQUOTE_MACHINE" in await bot.logged("turned shard")
    finally:
        await bot.kill()
