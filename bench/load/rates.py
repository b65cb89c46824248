"""Ours at each rate, with the sample article or with libraries, and one server that asks nine tenths of all."""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.load.crowd import offer, questions, stream
from bench.load.discord import Asked, LoadDiscord
from bench.load.library import provide
from bench.load.process import Bot, connected

RATES = (1.0, 10.0, 25.0, 50.0, 100.0, 1000.0)
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
            each = options.articles // options.libraries
            corpus = provide(
                Path(folder), options.data / "qa" / "news-train.jsonl", options.libraries, each, keep=options.keep
            )
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
                shares = fairness(asked)
                print(json.dumps(shares), flush=True)
                for rate in options.rates or RATES:
                    seconds = max(options.seconds, 20 / rate)
                    found, _ = await offer(discord, [bot], asking, rate=rate, seconds=seconds, servers=servers)
                    rows.append(found.json())
                    print(json.dumps(rows[-1]), flush=True)
            finally:
                await bot.stop()
    about = {"repeated": options.repeated, "servers": servers, "articles": options.articles if options.libraries else 1}
    return {"rates": rows, "hog": {"figures": hogged.json(), **shares}, **about}


def fairness(asked: Sequence[Asked]) -> dict[str, Any]:
    """How the server that asks most and the others fare: asked, answered, and refused of it."""
    found: dict[str, Any] = {}
    for name, whose in (("hog", [a for a in asked if a.server == 0]), ("others", [a for a in asked if a.server])):
        answered = sum(1 for a in whose if a.answered is not None and not a.refused)
        refused = sum(1 for a in whose if a.refused)
        found[name] = {"asked": len(whose), "answered": answered, "refused": refused}
    return found
