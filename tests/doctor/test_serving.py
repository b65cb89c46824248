"""What the doctor says of the port, of Discord and of the service."""

import asyncio
import datetime as dt
import email.utils
import socket
from pathlib import Path

import pytest

from bot.discord.reach import MOST_SKEW, clock, sessions
from bot.doctor.serving import port, service, unit
from bot.findings import State
from bot.machines import CLOCKS
from bot.operations.metrics import Metrics
from bot.operations.server import OperationsServer
from tests.loopback.watching import free_port

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC).timestamp()


def test_a_port_that_is_off_or_free() -> None:
    """Is said so; nothing is wrong."""
    assert port(None).state is State.NOTE
    assert port(free_port()).state is State.RIGHT


def test_a_port_that_another_program_has() -> None:
    """The setting is named."""
    with socket.create_server((("127.0.0.1"), 0)) as other:
        other.settimeout(0.1)
        found = port(other.getsockname()[1])
    assert found.state is State.WRONG
    assert "PULLQUOTE_METRICS_PORT" in found.remedy


@pytest.mark.parametrize(
    ("ailing", "lacking", "state"),
    [((), (), State.RIGHT), (("shard 0 is silent",), ("shards",), State.WRONG), ((), ("draining",), State.WRONG)],
)
async def test_a_bot_that_runs_is_asked(ailing: tuple[str, ...], lacking: tuple[str, ...], state: State) -> None:
    """What it says of itself is told."""
    server = await OperationsServer(0, Metrics(), lambda: ailing, lambda: lacking).start()
    try:
        found = await asyncio.to_thread(port, server.port)
    finally:
        await server.stop()
    assert found.state is state
    assert all(word in found.sentence for word in (*ailing, *lacking))


@pytest.mark.parametrize(("off", "state"), [(0, State.RIGHT), (MOST_SKEW + 5, State.WRONG), (-3600, State.WRONG)])
def test_a_clock_that_is_off(off: float, state: State) -> None:
    """Against the time that Discord's answer carries."""
    (found,) = clock(email.utils.formatdate(NOW, usegmt=True), NOW + off)
    assert found.state is state
    assert list(clock("yesterday", NOW)) == []
    assert list(clock("", NOW)) == []
    (found,) = clock(email.utils.formatdate(NOW, usegmt=True), NOW + 3, CLOCKS + 1)  # several machines need it better
    assert found.state is State.WRONG


def test_sessions_that_run_out() -> None:
    """Something starts the bot again and again."""
    limit = {"total": 1000, "remaining": 1, "reset_after": 0, "max_concurrency": 1}
    (few,) = sessions({"shards": 2, "session_start_limit": limit})
    assert few.state is State.WRONG
    (enough,) = sessions({"shards": 1, "session_start_limit": limit})
    assert enough.state is State.RIGHT
    assert list(sessions({"message": "401: Unauthorized"})) == []
    assert list(sessions(None)) == []


@pytest.mark.parametrize(
    ("state", "found", "told"),
    [
        ({"LoadState": "not-found"}, State.NOTE, "deploy/pullquote.service"),
        ({"LoadState": "loaded", "ActiveState": "failed", "Result": "exit-code"}, State.WRONG, "journalctl"),
        ({"LoadState": "loaded", "ActiveState": "active", "NRestarts": "12"}, State.WRONG, "12 times"),
        ({"LoadState": "loaded", "ActiveState": "active", "NRestarts": "0"}, State.RIGHT, "active"),
    ],
)
def test_the_unit_is_read(state: dict[str, str], found: State, told: str) -> None:
    """Missing, failed, started over and over, and well."""
    (finding,) = unit(state)
    assert finding.state is found
    assert told in finding.sentence + finding.remedy


def test_without_systemd_nothing_is_said(tmp_path: Path) -> None:
    """In a container, on a Mac."""
    assert list(service(tmp_path / "none")) == []
