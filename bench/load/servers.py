"""What servers cost that ask nothing: the memory that each takes, and the work that a message in one makes."""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from bench.load.discord import FIRST_SERVER, LoadDiscord
from bench.load.process import Bot, Taken, connected, taken
from tests.loopback import payloads

SERVERS = 10_000
"""Four times as many as Discord allows a shard, so that what they take stands out."""

MESSAGES = 4_000
SETTLED = 20
"""Seconds until a bot that has just started has nothing more to do."""


async def servers(options: argparse.Namespace) -> dict[str, Any]:
    """Start with one server and with many; then have people write messages."""
    del options
    few, _ = await _run(1, 0)
    many, each = await _run(SERVERS, MESSAGES)
    found = {"servers": SERVERS, "rss": [few.rss, many.rss], "messages": MESSAGES, "message_ms": each * 1000}
    found["server_bytes"] = (many.rss - few.rss) / (SERVERS - 1)
    print(found, flush=True)
    return found


async def _run(count: int, messages: int) -> tuple[Taken, float]:
    async with LoadDiscord(count) as discord:
        with tempfile.TemporaryDirectory() as folder:
            bot = await Bot(discord.port, Path(folder)).start()
            try:
                await connected(discord, [bot], 1)
                await asyncio.sleep(SETTLED)
                before = taken(bot.pid)
                for n in range(messages):
                    await discord.sessions[0].send("MESSAGE_CREATE", _message(n % count, n))
                    if n % 50 == 49:
                        await asyncio.sleep(0.05)
                # What is sent is read in order: once a question behind it all is answered, all was read.
                answered = asyncio.Event()
                discord.on_done = answered.set
                await discord.ask("Who is Zamir Kabulov?", 1, 0)
                await answered.wait()
                return before, (taken(bot.pid).cpu - before.cpu) / max(1, messages)
            finally:
                await bot.stop()


def _message(server: int, number: int) -> str:
    """A message as a bot without the message content intent is told of it."""
    guild = (FIRST_SERVER + server) << 22
    message = payloads.message(10**18 + number, guild + 1, payloads.ALICE, {"content": ""})
    member = payloads.member(payloads.ALICE)
    del member["user"]
    return json.dumps(message | {"guild_id": str(guild), "member": member})
