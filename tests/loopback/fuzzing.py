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

PATIENT = {"LOOPBACK_FIRST": "3600"}
"""Settings of a bot to send them to: it answers late rather than never, however busy the machine is. With Discord's
three seconds it rightly leaves unanswered what comes while others hold the processor, and says so in the log.
"""

QUIET = 300.0
"""Seconds without a request or a line of the log after which the bot is at rest. Its own limits are shorter: a file of
which a worker makes nothing, for one, is given up after two minutes.
"""

TOLD = " pullquote.interactions: "
"""Stands in the one line of the log that the bot writes of each interaction, once it is done with it."""


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
    due = _told(bot) + 1
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    hostile = Hostile(discord, message, seed)
    findings: list[str] = []
    sent, end = 0, time.monotonic() + seconds
    while sent < most and time.monotonic() < end:
        begun = len(bot.log)
        batch = [await hostile.send() for _ in range(min(BATCH, most - sent))]
        sent += len(batch)
        # What nobody can be told of a completion is only logged; what matters is that the next one is answered.
        asked = [(kind, exchange) for kind, exchange in batch if kind != "completion"]
        due += len(asked)
        await _settled(discord, bot, [exchange for _, exchange in asked], due)
        for kind, exchange in asked:
            findings += [f"{problem}: {_written(exchange)}" for problem in _problems(kind, exchange)]
        findings += _errors(bot.log[begun:])
        findings += discord.problems
        discord.problems.clear()
        discord.exchanges = {token: e for token, e in discord.exchanges.items() if e.thinking or not e.callbacks}
        discord.requests.clear()
    # It is well after all that; what it answers from may be another article by now.
    if "/ask" not in said(await discord.answer(await discord.slash("help"))):
        findings.append("it gives no help any more")
    return [*findings, *([] if sent else ["nothing was sent"])]


async def _settled(discord: FakeDiscord, bot: BotProcess, exchanges: list[Exchange], due: int) -> None:
    """Wait until all are answered, or the bot says that it is done with them, or nothing happens any more.

    Args:
        discord: the fake.
        bot: connected to it.
        exchanges: what to wait for.
        due: interactions that the bot will have told of by then.
    """

    def over() -> bool:
        return bot.is_over or _told(bot) >= due or all(_is_over(exchange) for exchange in exchanges)

    while not over():
        seen = len(bot.log), len(discord.requests)
        try:
            await discord.until(over, QUIET)
        except TimeoutError:
            if (len(bot.log), len(discord.requests)) == seen:
                return


def _told(bot: BotProcess) -> int:
    """How many interactions the bot is done with."""
    return sum(TOLD in line for line in bot.log)


def _is_over(exchange: Exchange) -> bool:
    return bool(exchange.callbacks) and not exchange.thinking


def _problems(kind: str, exchange: Exchange) -> list[str]:
    """What is wrong with what came of an interaction."""
    if not _is_over(exchange):
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
