"""Many interactions on one bot, and the memory that it holds as they come."""

import argparse
import itertools
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.load.crowd import offer, questions, stream
from bench.load.discord import LoadDiscord
from bench.load.process import Bot, connected, taken

SERVERS = 200
CHUNK = 20.0
"""Seconds that are offered between two looks at the memory."""

NEW = 20
"""One of so many questions was never asked before: what is remembered of questions grows to its bound as well."""


def mixed(pool: list[str]) -> Iterator[str]:
    """Questions that repeat, and one of `NEW` that does not."""
    known, new = stream(pool, distinct=False), stream(pool, distinct=True)
    for number in itertools.count():
        yield next(new) if number % NEW == 0 else next(known)


async def endurance(options: argparse.Namespace) -> dict[str, Any]:
    """Offer many interactions and note the memory as they come.

    Raises:
        RuntimeError: the bot ended.
    """
    points: list[tuple[int, int]] = []
    async with LoadDiscord(SERVERS) as discord:
        with tempfile.TemporaryDirectory() as folder:
            bot = await Bot(discord.port, Path(folder)).start()
            try:
                await connected(discord, [bot], 1)
                asking = mixed(questions())
                sent = answered = refused = late = 0
                gap = 0.0
                begun = time.monotonic()
                while sent < options.interactions and time.monotonic() < begun + options.minutes * 60:
                    # Not beyond what is wanted, as a trial wants little.
                    seconds = min(CHUNK, (options.interactions - sent) / options.rate + 0.05)
                    found, _ = await offer(
                        discord, [bot], asking, rate=options.rate, seconds=seconds, servers=SERVERS, seed=sent
                    )
                    if bot.ended:
                        raise RuntimeError("\n".join(bot.log))
                    sent, answered = sent + found.sent, answered + found.answered
                    refused, late, gap = refused + found.refused, late + found.late, max(gap, found.gap)
                    points.append((sent, taken(bot.pid).rss))
                    minutes = (time.monotonic() - begun) / 60
                    left = minutes * max(0.0, options.interactions / sent - 1)
                    print(
                        f"{sent:,} of {options.interactions:,} in {minutes:.1f} min: {answered:,} answered, "
                        f"{refused:,} refused, {late:,} late, {points[-1][1] / 2**20:.0f} MB; {left:.1f} min left",
                        flush=True,
                    )
            finally:
                await bot.stop()
    return {
        "points": points,
        "answered": answered,
        "refused": refused,
        "late": late,
        "gap": gap,
        "rate": options.rate,
        "new": NEW,
    }
