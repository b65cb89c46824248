"""Reads how the gateway does off discord.py: what it keeps of each shard's heartbeats has no public name."""

import math
from typing import Any

import discord

from bot.operations.health import Connection


def connections(client: discord.AutoShardedClient) -> tuple[Connection, ...]:
    """Each shard's connection as it is now; times are those of `time.perf_counter`. None before the first is made."""
    return tuple(_connection(number, shard) for number, shard in sorted(client.shards.items()))


def _connection(number: int, shard: discord.ShardInfo) -> Connection:
    socket = shard._parent.ws  # noqa: SLF001 - see above
    keeper: Any = getattr(socket, "_keep_alive", None)
    latency = None if keeper is None or not math.isfinite(keeper.latency) else keeper.latency
    return Connection(
        shard=number,
        up=socket.open,
        # Discord gives a session an id when it has begun; a connection that resumes has it from before.
        identified=getattr(socket, "session_id", None) is not None,
        acknowledged=None if latency is None else keeper._last_ack,  # noqa: SLF001 - no public name
        interval=None if keeper is None else keeper.interval,
        latency=latency,
    )
