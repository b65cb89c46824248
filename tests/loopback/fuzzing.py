"""Sends hostile interactions to a bot and says what it did wrong."""

import json
import time
from typing import Any

from bot.operations.log_format import BELOW
from tests.loopback.exchanges import Exchange
from tests.loopback.hostile import Hostile
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import said

Json = dict[str, Any]

QUESTION = "How much did the repairs cost?"
BATCH = 10
"""Interactions sent before the answers are waited for."""


async def campaign(
    discord: FakeDiscord, bot: BotProcess, seed: int, *, most: int = 10**9, seconds: float = 10**9
) -> list[str]:
    """Send interactions until there were enough.

    Args:
        discord: the fake.
        bot: connected to it.
        seed: of the draws.
        most: interactions to send.
        seconds: to send them in.

    Returns:
        what was wrong, a sentence each with the interaction that showed it.
    """
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    hostile = Hostile(discord, message, seed)
    findings: list[str] = []
    sent, end = 0, time.monotonic() + seconds
    while sent < most and time.monotonic() < end:
        begun = len(bot.log)
        batch = [await hostile.send() for _ in range(min(BATCH, most - sent))]
        sent += len(batch)
        for kind, exchange in batch:
            findings += [f"{problem}: {_written(exchange)}" for problem in await _outcome(discord, kind, exchange)]
        findings += _errors(bot.log[begun:])
        findings += discord.problems
        discord.problems.clear()
        discord.exchanges = {token: e for token, e in discord.exchanges.items() if e.thinking or not e.callbacks}
        discord.requests.clear()
    # It is well after all that; what it answers from may be another article by now.
    if "/ask" not in said(await discord.answer(await discord.slash("help"))):
        findings.append("it gives no help any more")
    return [*findings, *([] if sent else ["nothing was sent"])]


async def _outcome(discord: FakeDiscord, kind: str, exchange: Exchange) -> list[str]:
    """Wait for what came of an interaction; what is wrong with it."""

    def over() -> bool:
        return bool(exchange.callbacks) and not exchange.thinking

    if kind == "completion":
        # What nobody can be told is only logged; what matters is that the next interaction is answered.
        return []
    try:
        await discord.until(over)
    except TimeoutError:
        return [f"a {kind} was not answered"]
    if len(exchange.callbacks) != 1:
        return [f"a {kind} was answered {len(exchange.callbacks)} times"]
    told = said(exchange.message) if exchange.message else ""
    return [f"a {kind} met an error: {told}"] if "Something went wrong" in told else []


def _errors(log: list[str]) -> list[str]:
    """The records of the log that are errors, with the last line of the traceback below each."""
    found: list[str] = []
    for line in log:
        if " ERROR " in line:
            found.append(line)
        elif found and line.startswith(BELOW) and not line.startswith(f"{BELOW} "):
            found[-1] = f"{found[-1].split(chr(10))[0]}\n{line}"
    return found


def _written(exchange: Exchange) -> str:
    payload = exchange.payload
    kept = {"type": payload["type"], "data": payload["data"], "guild": payload.get("guild_id"), "id": payload["id"]}
    return json.dumps(kept)[:1500]
