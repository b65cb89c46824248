"""Ours beside bots as people write them: the same questions at the same times, each in a process of its own.

A process is started anew for each rate, so that none suffers from what another rate left behind.
"""

import argparse
import asyncio
import json
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aiohttp import web

from bench.load.crowd import offer, questions, stream
from bench.load.discord import HEARTBEAT, LoadDiscord
from bench.load.figures import DUE
from bench.load.plain_bot import KINDS
from bench.load.process import Bot, connected

RATES = (1.0, 10.0, 50.0, 100.0, 1000.0)
SERVERS = 200
WARM = 4.0
"""Seconds in which a bot that has just started is asked a little; they do not count."""

EPHEMERAL = 1 << 6


class StrictDiscord(LoadDiscord):
    """A Discord for any bot: an answer may be the first response, and what comes after three seconds is turned away."""

    async def _callback(self, request: web.Request) -> web.Response:
        asked = self.asked.get(request.match_info["token"])
        if asked is not None and asyncio.get_running_loop().time() - asked.at > DUE:
            return web.json_response({"code": 10062, "message": "Unknown interaction"}, status=404)
        response = await super()._callback(request)
        body = await request.json()
        # Ours refuses privately. Those that never refuse answer in this way, and for everyone.
        if asked is not None and asked.refused and not body.get("data", {}).get("flags", 0) & EPHEMERAL:
            asked.refused, asked.answered = False, asked.acknowledged
        return response

    @property
    def largest_gap(self) -> float:
        """As the base has it, and the heartbeat that has not come yet counts."""
        now = asyncio.get_running_loop().time()
        awaited = [beats.last for beats in self.beats[-1:] if beats.last is not None]
        return max(super().largest_gap, *(now - last - HEARTBEAT / 1000 for last in awaited), 0.0)


def bot(kind: str, port: int, folder: Path) -> Bot:
    """A bot that is not running yet: "ours", or one of `bench.load.plain_bot.KINDS`."""
    made = Bot(port, folder)
    if kind != "ours":
        made.program = ("bench.load.plain_bot", kind)
    return made


async def peers(options: argparse.Namespace) -> dict[str, Any]:
    """Offer each rate to each bot, in turn."""
    rows = []
    for rate in options.rates or RATES:
        for kind in ("ours", *KINDS):
            rows.append({"bot": kind, **await _row(kind, rate, max(options.seconds, 20 / rate))})
            print(json.dumps(rows[-1]), flush=True)
    versions = {name: version(name) for name in ("discord.py", "rank-bm25", "onnxruntime")}
    return {"rates": rows, "servers": SERVERS, "versions": versions}


async def _row(kind: str, rate: float, seconds: float) -> dict[str, Any]:
    async with StrictDiscord(SERVERS) as discord:
        with tempfile.TemporaryDirectory() as folder:
            started = await bot(kind, discord.port, Path(folder)).start()
            try:
                await connected(discord, [started], 1)
                asking = stream(questions(), distinct=True)
                await offer(discord, [started], asking, rate=5, seconds=WARM, servers=SERVERS)
                found, _ = await offer(discord, [started], asking, rate=rate, seconds=seconds, servers=SERVERS)
                if started.ended:
                    raise RuntimeError("\n".join(started.log))
            finally:
                await started.stop()
    return found.json()
