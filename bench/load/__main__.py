"""`python -m bench.load`: what the bot answers when people ask at 1, 10, 100 and 1,000 questions a second."""

import argparse
import asyncio
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.library.corpus import Corpus
from bench.load.crowd import offer, questions, stream
from bench.load.discord import LoadDiscord
from bench.load.library import fill
from bench.load.process import Bot, connected, taken
from bench.load.report import write
from bench.load.servers import servers
from bench.load.shards import shards

HERE = Path(__file__).parent
SERVERS = 200
POOL = 400
"""Questions on libraries that are asked, each worded anew unless they are to repeat."""

HOGGED = 60.0
"""Questions a second, nine of ten of them in one server."""


async def rates(options: argparse.Namespace) -> dict[str, Any]:
    """Offer each rate to one bot, after a moment of warming up and one server that asks nine tenths of all."""
    rows = []
    servers = options.libraries or SERVERS
    with tempfile.TemporaryDirectory() as folder:
        pool = questions()
        if options.libraries:
            corpus = Corpus(options.data / "qa" / "news-train.jsonl")
            each = options.articles // options.libraries
            fill(Path(folder), corpus, options.libraries, each)
            pool = corpus.questions(each, POOL)
        async with LoadDiscord(servers) as discord:
            bot = await Bot(discord.port, Path(folder)).start()
            try:
                await connected(discord, [bot], 1)
                asking = stream(pool, distinct=not options.repeated)
                await offer(discord, [bot], asking, rate=5, seconds=10, servers=servers)
                hogged, asked = await offer(
                    discord, [bot], asking, rate=HOGGED, seconds=options.seconds, servers=servers, hog=0.9
                )
                shares = _fairness(asked)
                print(json.dumps(shares), flush=True)
                for rate in options.rates:
                    seconds = max(options.seconds, 20 / rate)
                    found, _ = await offer(discord, [bot], asking, rate=rate, seconds=seconds, servers=servers)
                    rows.append(found.json())
                    print(json.dumps(rows[-1]), flush=True)
            finally:
                await bot.stop()
    about = {"repeated": options.repeated, "servers": servers, "articles": options.articles if options.libraries else 1}
    return {"rates": rows, "hog": {"figures": hogged.json(), **shares}, **about}


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
                until = time.monotonic() + options.minutes * 60
                while sent < options.interactions and time.monotonic() < until:
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
    parser.add_argument(
        "part", choices=["rates", "endurance", "shards", "servers", "report"], nargs="?", default="rates"
    )
    parser.add_argument("--rates", type=float, nargs="+", default=[1, 10, 25, 50, 100, 1000], help="questions a second")
    parser.add_argument("--seconds", type=float, default=20, help="of each rate")
    parser.add_argument("--repeated", action="store_true", help="ask a pool of questions again and again")
    parser.add_argument("--libraries", type=int, default=0, help="servers that have a library; 0: all ask the sample")
    parser.add_argument("--articles", type=int, default=10_000, help="of all libraries together")
    parser.add_argument("--data", type=Path, help="folder of the data sets, which the articles are made from")
    parser.add_argument("--interactions", type=int, default=200_000, help="of the endurance run")
    parser.add_argument("--rate", type=float, default=400, help="of the endurance run")
    parser.add_argument("--minutes", type=float, default=30, help="that the endurance run takes at most")
    parser.add_argument("--results", type=Path, default=HERE / "results.json")
    options = parser.parse_args()
    kept = json.loads(options.results.read_text("utf-8")) if options.results.exists() else {}
    if options.part != "report":
        name = options.part
        if name == "rates":
            name += ("-library" if options.libraries else "") + ("-repeated" if options.repeated else "")
        parts = {"rates": rates, "endurance": endurance, "shards": shards, "servers": servers}
        kept[name] = asyncio.run(parts[options.part](options)) | {"cores": os.cpu_count()}
        options.results.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    write(kept, options.results.parent)


if __name__ == "__main__":
    main()
