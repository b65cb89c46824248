"""What one request to Discord tells: whether it is in reach, what time it is there, how many sessions are left."""

import asyncio
import datetime as dt
import email.utils
import time
from collections.abc import Iterator
from typing import Any

import aiohttp
from discord.http import Route

from bot.discord.runner import token_of
from bot.findings import Finding, State
from bot.machines import ALONE, CLOCKS
from bot.settings import Settings
from bot.translation import _, n_, told
from index.errors import PullquoteError

PATIENCE = 15.0
"""Seconds."""

MOST_SKEW = 30.0
"""Seconds that the clock may be wrong before people see it: in times that count down, and in cooldowns."""


def reach(settings: Settings) -> list[Finding]:
    """Ask Discord for its gateway.

    Returns:
        what is to be said of the clock and of the sessions; nothing of Discord being out of reach, which
        `check_token` says.
    """
    try:
        token = token_of(settings)
        date, gateway = asyncio.run(_ask(token))
    except PullquoteError as error:
        return [Finding(State.WRONG, "sessions", told(error))]
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return []
    # The time in an answer is in whole seconds: no clock is known better than that.
    most = MOST_SKEW if settings.machine == str(ALONE) else CLOCKS + 1
    return [*clock(date, time.time(), most), *sessions(gateway)]


async def _ask(token: str) -> tuple[str, Any]:
    """The time of the answer, and the answer."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{Route.BASE}/gateway/bot", headers={"Authorization": f"Bot {token}"}) as answer,
    ):
        return answer.headers.get("Date", ""), await answer.json(content_type=None)


def clock(date: str, now: float, most: float = MOST_SKEW) -> Iterator[Finding]:
    """How far this machine's clock is off.

    Args:
        date: Discord's time, as HTTP gives it.
        now: this machine's, in seconds since 1970.
        most: seconds that it may be off.
    """
    try:
        there = email.utils.parsedate_to_datetime(date)
    except ValueError:
        return
    there = there if there.tzinfo else there.replace(tzinfo=dt.UTC)
    off = now - there.timestamp()
    if abs(off) > most:
        sentence = _("this machine's clock is {seconds} seconds off.").format(seconds=f"{off:+.0f}")
        remedy = _("Have it set from the network: {command}").format(command="timedatectl set-ntp true")
        yield Finding(State.WRONG, "clock", sentence, remedy)
    else:
        yield Finding(State.RIGHT, "clock", _("right to {seconds} seconds.").format(seconds=f"{most:.0f}"))


def sessions(gateway: Any) -> Iterator[Finding]:  # noqa: ANN401 - JSON
    """How many sessions may be begun today, and how many shards Discord asks for.

    Args:
        gateway: what Discord says of its gateway.
    """
    limit = gateway.get("session_start_limit") if isinstance(gateway, dict) else None
    if not isinstance(limit, dict):
        return
    left, shards = int(limit.get("remaining", 0)), int(gateway.get("shards", 1))
    sentence = n_("{n} session may be begun today,", "{n} sessions may be begun today,", left).format(n=left)
    asked = n_("and Discord asks for {n} shard.", "and Discord asks for {n} shards.", shards).format(n=shards)
    if left < shards:
        remedy = _(
            "Something starts the bot again and again: stop it, find the reason in the log, wait until tomorrow."
        )
        yield Finding(State.WRONG, "sessions", f"{sentence} {asked}", remedy)
    else:
        yield Finding(State.RIGHT, "sessions", f"{sentence} {asked}")
