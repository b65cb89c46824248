"""Three processes with six shards, one of them killed under load and started again, then one replaced in order."""

import argparse
import asyncio
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.load.crowd import offer, questions, stream
from bench.load.discord import Asked, LoadDiscord
from bench.load.process import Bot, connected

PARTS = ("0-1/6", "2-3/6", "4-5/6")
SERVERS = 60
RATE = 5.0
"""Questions a second, which three processes on two cores answer with room to spare."""

KILLED_AFTER = 10.0
"""Seconds."""


async def shards(options: argparse.Namespace) -> dict[str, Any]:
    """Kill one of three, and replace another; what became of the questions of each."""
    async with LoadDiscord(SERVERS, shards=6, concurrency=1) as discord:
        with tempfile.TemporaryDirectory() as folder:
            bots = [await Bot(discord.port, Path(folder), shards=part).start() for part in PARTS]
            try:
                await connected(discord, bots, 6)
                killed = await _meanwhile(discord, bots, options.seconds, lambda: _kill(discord, bots, Path(folder)))
                replaced = await _meanwhile(
                    discord, bots, options.seconds, lambda: _replace(discord, bots, Path(folder))
                )
            finally:
                for bot in bots:
                    await bot.stop()
    return {"killed": killed, "replaced": replaced, "rate": RATE, "syncs": discord.syncs}


async def _meanwhile(
    discord: LoadDiscord, bots: list[Bot], seconds: float, befalls: Callable[[], Any]
) -> dict[str, Any]:
    """People ask while something befalls the second process, and as long behind it as it takes."""
    loop = asyncio.get_running_loop()
    happening = asyncio.create_task(_after(befalls))
    asking = stream(questions(), distinct=True)
    everything: list[Asked] = []
    first = loop.time()
    while not happening.done() or loop.time() < first + seconds:
        _, asked = await offer(discord, list(bots), asking, rate=RATE, seconds=5, servers=SERVERS, seed=len(everything))
        everything += asked
    found: dict[str, Any] = {"seconds": happening.result()}
    for name, whose in (
        ("its", [a for a in everything if a.server % 6 in (2, 3)]),
        ("others", [a for a in everything if a.server % 6 not in (2, 3)]),
    ):
        answered = sum(1 for a in whose if a.answered is not None and not a.refused)
        refused = sum(1 for a in whose if a.refused)
        found[name] = {"asked": len(whose), "answered": answered, "refused": refused}
    print(found, flush=True)
    return found


async def _after(befalls: Callable[[], Any]) -> float:
    await asyncio.sleep(KILLED_AFTER)
    seconds: float = await befalls()
    return seconds


async def _kill(discord: LoadDiscord, bots: list[Bot], folder: Path) -> float:
    """Kill the second process and start it again at once; seconds until its shards are back."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await bots[1].stop(signal.SIGKILL)
    bots[1] = await Bot(discord.port, folder, shards=PARTS[1]).start()
    await connected(discord, [bots[1]], 6)
    return loop.time() - begun


async def _replace(discord: LoadDiscord, bots: list[Bot], folder: Path) -> float:
    """Start another process with the same shards, then stop the one there was; seconds that took."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    old = bots[1]
    bots[1] = await Bot(discord.port, folder, shards=PARTS[1]).start()
    await connected(discord, [bots[1]], 8)
    await old.stop()
    return loop.time() - begun
