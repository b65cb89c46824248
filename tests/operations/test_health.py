"""When the bot is well and when it is ready."""

import pytest

from bot.operations.health import (
    CLOSED,
    CONNECTING,
    INTERVAL,
    READY,
    SILENT,
    UNANSWERED,
    Connection,
    Pulse,
    Readiness,
    ailments,
)


def connection(
    acknowledged: float | None, *, shard: int = 0, up: bool = True, identified: bool = True, interval: float = 10.0
) -> Connection:
    """A shard's connection."""
    latency = None if acknowledged is None else 0.05
    return Connection(shard, up, identified, acknowledged, interval, latency)


def test_a_shard_that_is_acknowledged_once_an_interval_is_well() -> None:
    """Just before the next heartbeat, too."""
    pulse = Pulse()
    (state,) = pulse.read([connection(100.0)], 110.0)
    assert (state.state, state.silence, state.latency) == (READY, 10.0, 0.05)
    assert ailments([state]) == ()


def test_a_missed_acknowledgement_makes_it_silent() -> None:
    """Half an interval after it was due."""
    pulse = Pulse()
    pulse.read([connection(100.0)], 100.0)
    assert pulse.read([connection(100.0)], 100.0 + UNANSWERED * 10)[0].state == READY
    (state,) = pulse.read([connection(100.0)], 100.1 + UNANSWERED * 10)
    assert state.state == SILENT
    assert ailments([state]) == ("shard 0 is silent",)


def test_a_new_connection_does_not_hide_the_silence_of_the_one_before() -> None:
    """Reconnecting in vain stays red; the first acknowledgement turns it green."""
    pulse = Pulse()
    pulse.read([connection(100.0)], 100.0)
    assert pulse.read([connection(None, identified=False)], 120.0)[0].state == SILENT
    assert pulse.read([connection(None, up=False)], 125.0)[0].silence == 25.0
    assert pulse.read([connection(126.0)], 126.0)[0].state == READY


def test_a_short_break_is_not_silence() -> None:
    """Discord asks for a reconnection every few hours."""
    pulse = Pulse()
    pulse.read([connection(100.0)], 100.0)
    assert pulse.read([connection(None, up=False)], 103.0)[0].state == CLOSED
    assert pulse.read([connection(None, identified=False)], 104.0)[0].state == CONNECTING


def test_a_shard_that_was_just_started_has_an_interval() -> None:
    """Until Discord says how long one is, the usual one."""
    pulse = Pulse()
    new = Connection(3, up=False, identified=False, acknowledged=None, interval=None, latency=None)
    assert pulse.read([new], 1000.0)[0].state == CLOSED
    assert pulse.read([new], 1000.0 + UNANSWERED * INTERVAL + 1)[0].state == SILENT


def test_one_silent_shard_is_named() -> None:
    """The others may be well."""
    pulse = Pulse()
    pulse.read([connection(100.0), connection(100.0, shard=1)], 100.0)
    states = pulse.read([connection(118.0), connection(100.0, shard=1)], 120.0)
    assert ailments(states) == ("shard 1 is silent",)


@pytest.mark.parametrize("name", ["shards", "store", "model", "taking"])
def test_each_thing_that_lacks_is_named(name: str) -> None:
    """Ready is when nothing does."""
    values = {"shards": True, "store": True, "model": True, "taking": True}
    assert Readiness(**values).lacking() == ()
    assert Readiness(**values | {name: False}).lacking() == ("draining" if name == "taking" else name,)
