"""`python -m bench.load`: what the bot answers when people ask at 1, 10, 100 and 1,000 questions a second."""

import argparse
import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from bench.load.crowd import offer, questions, stream
from bench.load.discord import LoadDiscord
from bench.load.process import Bot, taken

HERE = Path(__file__).parent
SERVERS = 200
CONNECTED = 120.0
"""Seconds that the bots may take to start."""


async def connected(discord: LoadDiscord, bots: list[Bot], shards: int) -> None:
    """Wait until all shards are up.

    Raises:
        RuntimeError: a bot ended, or they take too long.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + CONNECTED
    while len(discord.sessions) < shards:
        if loop.time() > until or any(bot.ended for bot in bots):
            raise RuntimeError("\n".join(line for bot in bots for line in bot.log) or "the bot does not connect")
        await asyncio.sleep(0.1)


async def rates(options: argparse.Namespace) -> dict[str, Any]:
    """Offer each rate to one bot, after a moment of warming up."""
    rows = []
    async with LoadDiscord(SERVERS) as discord:
        with tempfile.TemporaryDirectory() as folder:
            bot = await Bot(discord.port, Path(folder)).start()
            try:
                await connected(discord, [bot], 1)
                asking = stream(questions(), distinct=not options.repeated)
                await offer(discord, [bot], asking, rate=5, seconds=10, servers=SERVERS)
                for rate in options.rates:
                    seconds = max(options.seconds, 20 / rate)
                    found, _ = await offer(discord, [bot], asking, rate=rate, seconds=seconds, servers=SERVERS)
                    rows.append(found.json())
                    print(json.dumps(rows[-1]), flush=True)
                hogged, asked = await offer(
                    discord, [bot], asking, rate=200, seconds=options.seconds, servers=20, hog=0.9
                )
                rows_hog = _fairness(asked)
                print(json.dumps(rows_hog), flush=True)
            finally:
                await bot.stop()
    return {"rates": rows, "hog": {"figures": hogged.json(), **rows_hog}, "repeated": options.repeated}


def _fairness(asked: list[Any]) -> dict[str, Any]:
    """How the server that asks most and the others fare: asked, answered, and the share of it."""
    found: dict[str, Any] = {}
    for name, whose in (("hog", [a for a in asked if a.server == 0]), ("others", [a for a in asked if a.server])):
        answered = sum(1 for a in whose if a.answered is not None and not a.refused)
        refused = sum(1 for a in whose if a.refused)
        found[name] = {"asked": len(whose), "answered": answered, "refused": refused}
    return found


async def endurance(options: argparse.Namespace) -> dict[str, Any]:
    """Offer many interactions and note the memory as they come."""
    points: list[tuple[int, int]] = []
    async with LoadDiscord(SERVERS) as discord:
        with tempfile.TemporaryDirectory() as folder:
            bot = await Bot(discord.port, Path(folder)).start()
            try:
                await connected(discord, [bot], 1)
                asking = stream(questions(), distinct=False)
                sent = answered = refused = late = 0
                while sent < options.interactions:
                    found, _ = await offer(
                        discord, [bot], asking, rate=options.rate, seconds=20, servers=SERVERS, seed=sent
                    )
                    sent, answered = sent + found.sent, answered + found.answered
                    refused, late = refused + found.refused, late + found.late
                    points.append((sent, taken(bot.pid).rss))
                    print(sent, answered, refused, late, f"{points[-1][1] / 2**20:.0f} MB", flush=True)
            finally:
                await bot.stop()
    return {"points": points, "answered": answered, "refused": refused, "late": late, "rate": options.rate}


def main() -> None:
    """Run what is asked for, and keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("part", choices=["rates", "endurance"], nargs="?", default="rates")
    parser.add_argument("--rates", type=float, nargs="+", default=[1, 10, 25, 50, 100, 1000], help="questions a second")
    parser.add_argument("--seconds", type=float, default=20, help="of each rate")
    parser.add_argument("--repeated", action="store_true", help="ask a pool of questions again and again")
    parser.add_argument("--interactions", type=int, default=200_000, help="of the endurance run")
    parser.add_argument("--rate", type=float, default=400, help="of the endurance run")
    parser.add_argument("--results", type=Path, default=HERE / "results.json")
    options = parser.parse_args()
    measured = asyncio.run(rates(options) if options.part == "rates" else endurance(options))
    name = options.part + ("-repeated" if options.part == "rates" and options.repeated else "")
    kept = json.loads(options.results.read_text("utf-8")) if options.results.exists() else {}
    kept[name] = measured | {"cores": os.cpu_count()}
    options.results.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
