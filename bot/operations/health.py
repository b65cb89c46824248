"""Whether the bot is well and whether it is ready, from readings of its shards; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

UNANSWERED = 1.5
"""Heartbeat intervals without an acknowledgement after which a shard counts as silent. A shard that is well is
acknowledged once an interval (Discord asks for 41.25 s), so that half an interval of doubt is left: 62 s."""

INTERVAL = 41.25
"""Seconds between heartbeats until Discord has said."""

CONNECTING, READY, SILENT, CLOSED = "connecting", "ready", "silent", "closed"
STATES = (CONNECTING, READY, SILENT, CLOSED)


@dataclass(frozen=True, slots=True)
class Connection:
    """A shard's connection as it is now.

    Attributes:
        shard: the shard's number.
        up: whether there is a connection.
        identified: whether Discord has begun or resumed a session on it.
        acknowledged: when the last heartbeat was acknowledged on it; None if none was.
        interval: seconds between heartbeats; None before Discord has said.
        latency: seconds from the last acknowledged heartbeat to its acknowledgement; None if none was.
    """

    shard: int
    up: bool
    identified: bool
    acknowledged: float | None
    interval: float | None
    latency: float | None


@dataclass(frozen=True, slots=True)
class ShardState:
    """What is known of a shard.

    Attributes:
        shard: its number.
        state: `connecting`, `ready`, `silent` (heartbeats go unanswered) or `closed` (for a moment; then silent).
        silence: seconds since a heartbeat was last acknowledged, on this connection or an earlier one.
        latency: seconds of the last acknowledgement, or None.
    """

    shard: int
    state: str
    silence: float
    latency: float | None


@dataclass(slots=True)
class Pulse:
    """Remembers, for each shard, when it was last acknowledged: a new connection knows nothing of the one before."""

    _last: dict[int, float] = field(default_factory=dict)
    _interval: dict[int, float] = field(default_factory=dict)

    def read(self, connections: Sequence[Connection], now: float) -> tuple[ShardState, ...]:
        """What is known of each shard.

        Args:
            connections: as they are now.
            now: the time, on the clock of `Connection.acknowledged`.
        """
        return tuple(self._state(connection, now) for connection in connections)

    def _state(self, connection: Connection, now: float) -> ShardState:
        shard = connection.shard
        # A shard that is new has an interval from when it is first seen.
        known = connection.acknowledged
        last = self._last.setdefault(shard, now if known is None else known)
        last = last if known is None else max(last, known)
        self._last[shard] = last
        if connection.interval is not None:
            self._interval[shard] = connection.interval
        silence = max(0.0, now - last)
        if silence > UNANSWERED * self._interval.get(shard, INTERVAL):
            state = SILENT
        elif not connection.up:
            state = CLOSED
        else:
            state = READY if connection.identified else CONNECTING
        return ShardState(shard, state, silence, connection.latency)


def ailments(shards: Sequence[ShardState]) -> tuple[str, ...]:
    """What keeps the bot from being well, a word and a shard each; none if it is."""
    return tuple(f"shard {s.shard} is silent" for s in shards if s.state == SILENT)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What must hold for the bot to take questions.

    Attributes:
        shards: whether all shards that there are to be are ready.
        store: whether the store is open.
        model: whether the model is loaded.
        taking: whether it is not stopping.
    """

    shards: bool
    store: bool
    model: bool
    taking: bool

    def lacking(self) -> tuple[str, ...]:
        """What does not hold; none if it is ready."""
        wanted = {"shards": self.shards, "store": self.store, "model": self.model, "draining": self.taking}
        return tuple(name for name, holds in wanted.items() if not holds)
