"""The intake: what is begun, what is refused before it is, and what is dropped."""

import asyncio
import itertools
import json
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.discord import intake as intakes
from bot.discord import life
from bot.discord.arrival import Arrival, Lateness
from bot.discord.client import PullquoteClient
from bot.discord.intake import MOST_EACH, Intake
from bot.discord.work import Work
from bot.operations.interaction_log import InteractionLog
from bot.operations.pseudonyms import Pseudonyms
from bot.server_settings import ServerSettings
from bot.settings import Settings
from tests.loopback.schema import EPHEMERAL, texts_of
from tests.loopback.story import story_assistant

Json = dict[str, Any]


class Scene:
    """An intake, with what discord.py would begin and what would be sent to Discord."""

    def __init__(self, client: PullquoteClient, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client = client
        self.begun: list[tuple[int, float]] = []
        self.sent: dict[int, Json] = {}
        self.now = 0.0
        client._connection.parsers["INTERACTION_CREATE"] = self._begin
        monkeypatch.setattr(Intake, "_post", self._post)
        self.intake = Intake(client, lateness=Lateness(lambda: self.now))

    def _begin(self, data: Json) -> None:
        self.begun.append((int(data["id"]) % 2**22, life.current().first))

    async def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        self.sent[int(path.split("/")[2]) % 2**22] = json.loads(body)
        return 204, b""

    def ask(self, number: int, *, guild: int = 1, made: float = 0.0, kind: int = 2, **data: str) -> None:
        """Somebody asks in a server, made at so many seconds of Discord's clock, and Discord says so to the bot."""
        self.client._connection.parsers["INTERACTION_CREATE"](
            {
                "id": str((round(made * 1000) << 22) + number),
                "token": f"t{number}",
                "type": kind,
                "data": data or {"name": "ask"},
                "guild_id": str(guild),
                "authorizing_integration_owners": {"0": str(guild)},
                "member": {"user": {"id": "5"}},
                "locale": "de",
            }
        )

    @property
    def numbers(self) -> list[int]:
        """Those that were begun."""
        return [number for number, _ in self.begun]

    def dropped(self, why: str) -> float:
        """How many the metrics count."""
        return self.client.operations.metrics.registry.get_sample_value("pullquote_dropped_total", {"why": why}) or 0.0

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let the event loop come around until something holds."""
        async with asyncio.timeout(30):
            while not condition():  # noqa: ASYNC110 - each turn of the loop is what is looked at
                await asyncio.sleep(0)


@pytest_asyncio.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    """A bot with nothing to do."""
    made = Scene(PullquoteClient(Settings(state=tmp_path), story_assistant()), monkeypatch)
    yield made
    await made.intake.refusals.finish()
    await made.client.operations.stop()


async def test_what_comes_alone_is_begun_at_once(scene: Scene) -> None:
    """With nothing before it, it waits for nothing."""
    scene.ask(1)
    assert scene.numbers == [1]
    await scene.until(lambda: not scene.intake._begun)
    scene.ask(2)
    assert scene.numbers == [1, 2]


async def test_one_is_begun_each_time_the_loop_comes_around_and_servers_take_turns(scene: Scene) -> None:
    """A flood of one server neither takes the event loop for itself nor holds up another server's one."""
    for number in range(1, 11):
        scene.ask(number, name="help")
    scene.ask(99, guild=2, name="help")
    counts = [len(scene.begun)]
    while len(scene.begun) < 11:
        await asyncio.sleep(0)
        counts.append(len(scene.begun))
    assert counts[0] == 1
    assert max(b - a for a, b in itertools.pairwise(counts)) == 1
    assert scene.numbers == [1, 2, 99, *range(3, 11)]


async def test_what_would_be_refused_is_refused_before_it_is_begun(scene: Scene) -> None:
    """A question beyond what can be answered: private, with a time, in its asker's language; other commands go on."""
    scene.client.work = Work(1, patience=-1.0)
    scene.ask(1)
    scene.ask(2, name="help")
    scene.ask(3, kind=5, custom_id=f"pq:q:{'0' * 12}")
    await scene.until(lambda: len(scene.sent) == 2)
    assert scene.numbers == [2]
    assert sorted(scene.sent) == [1, 3]
    data = scene.sent[1]["data"]
    assert data["flags"] & EPHEMERAL
    assert "<t:" in texts_of(data)[0]
    assert not texts_of(data)[0].startswith("I am asked")
    assert scene.client.work.refused == 2


async def test_a_refusal_speaks_the_servers_language(scene: Scene) -> None:
    """What the server set goes before its asker's Discord, where it is in memory."""
    scene.client.work = Work(1, patience=-1.0)
    scene.client.keeping._remember(Arrival.of(_question(), 0.0).owner, ServerSettings(language="en"))
    scene.ask(1)
    await scene.until(lambda: bool(scene.sent))
    assert texts_of(scene.sent[1]["data"])[0].startswith("I am asked")


def _question() -> Json:
    return {
        "id": "1",
        "token": "t",
        "type": 2,
        "guild_id": "1",
        "authorizing_integration_owners": {"0": "1"},
        "member": {"user": {"id": "5"}},
    }


async def test_a_servers_share_is_bounded(scene: Scene) -> None:
    """What one server sends beyond it is refused; another server's place is kept."""
    for number in range(1, MOST_EACH + 12):
        scene.ask(number, name="help")
    scene.ask(999, guild=2, name="help")
    await scene.until(lambda: len(scene.begun) + len(scene.sent) == MOST_EACH + 12)
    assert len(scene.sent) == 10
    assert 999 in scene.numbers


async def test_what_waits_too_long_is_refused_while_it_can_be(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not begun, and told."""
    monkeypatch.setattr(intakes, "PATIENCE", -1.0)
    scene.ask(1, name="help")
    scene.ask(2, name="help")
    await scene.until(lambda: bool(scene.sent))
    assert scene.numbers == [1]
    assert list(scene.sent) == [2]


async def test_what_can_be_acknowledged_no_more_is_dropped_and_counted(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither begun nor refused; the metrics count it and the log has its line."""
    caplog.set_level(logging.INFO)
    scene.client.operations._interactions = InteractionLog(Pseudonyms(b"key"))
    for number in range(1, 101):
        scene.ask(number, name="help")
        await scene.until(lambda: not len(scene.intake._waiting) and not scene.intake._begun)
        scene.now += 0.04  # Discord made all of them at its second 0
    scene.client.operations._write_noted()
    in_time = [n for n in range(1, 101) if (n - 1) * 0.04 <= life.FIRST]
    assert scene.numbers == in_time
    assert not scene.sent
    assert scene.dropped("late") == 100 - len(in_time)
    lines = [r.getMessage() for r in caplog.records if r.name == "pullquote.interactions"]
    assert len(lines) == 100 - len(in_time)
    assert all("command=help outcome=failed error=TooLate" in line for line in lines)


async def test_what_comes_again_late_is_no_late_one(scene: Scene) -> None:
    """Discord sends again what it is not sure of; it was answered the first time."""
    scene.ask(1)
    for _ in range(90):
        await scene.until(lambda: not scene.intake._begun)
        scene.now += 0.04
        scene.ask(2, made=scene.now)
    assert scene.client.is_new(1)  # as the tree says it when it takes one
    scene.ask(1)
    assert scene.dropped("twice") == 1
    assert scene.dropped("late") == 0


async def test_an_interaction_is_due_from_when_discord_sent_it(scene: Scene) -> None:
    """What it waited in the network is not given to it once more."""
    now = asyncio.get_running_loop().time()
    scene.ask(1, made=0.0)
    await scene.until(lambda: not scene.intake._begun)
    scene.now += 0.04
    scene.ask(2, made=-1.96)
    first, second = (due for _, due in scene.begun)
    assert first >= now + life.FIRST
    assert second == pytest.approx(first - 2.0, abs=1.0)
    assert second < first


async def test_a_refusal_is_counted_and_has_its_line(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    """As one that was refused in the ordinary way."""
    caplog.set_level(logging.INFO)
    scene.client.operations._interactions = InteractionLog(Pseudonyms(b"key"))
    scene.client.work = Work(1, patience=-1.0)
    scene.ask(1)
    scene.ask(1)
    await scene.until(lambda: bool(scene.client.operations._noted))
    scene.client.operations._write_noted()
    (line,) = [r.getMessage() for r in caplog.records if r.name == "pullquote.interactions"]
    assert line.startswith("command=ask outcome=refused error=Overloaded")
    value = scene.client.operations.metrics.registry.get_sample_value
    assert value("pullquote_interactions_total", {"command": "ask", "outcome": "refused"}) == 1
    assert value("pullquote_refusals_total", {"error": "Overloaded"}) == 1
    assert scene.dropped("twice") == 1


async def test_suggestions_are_refused_to_nobody(scene: Scene) -> None:
    """Discord has no way to tell it; what overflows is dropped."""
    for number in range(1, MOST_EACH + 3):
        scene.ask(number, kind=4, name="ask")
    await scene.until(lambda: len(scene.begun) == MOST_EACH + 1)
    assert not scene.sent
    assert scene.dropped("late") == 1


async def test_what_is_no_interaction_is_left_to_discord_py(scene: Scene) -> None:
    """It says what is wrong."""
    scene.client._connection.parsers["INTERACTION_CREATE"]({"id": "1"})
    assert scene.numbers == [1]


async def test_a_bot_that_stops_refuses_nothing_for_the_load(scene: Scene) -> None:
    """Another process may have it; what comes is told so, or left, as ever."""
    scene.client.work = Work(1, patience=-1.0)
    scene.client.work.stopping = True
    for number in range(1, 4):
        scene.ask(number)
    assert scene.numbers == [1, 2, 3]
    assert not scene.sent
