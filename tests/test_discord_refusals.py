"""Refusals for the load: which first, which not at all, and what Discord may say to them."""

import asyncio
import itertools
import json

import aiohttp
import pytest

from bot.discord import life, refusals
from bot.discord.arrival import Arrival
from bot.discord.fair import FairQueue
from bot.discord.life import TooLate
from bot.discord.refusals import AT_ONCE, NotTold, Refusals, body
from bot.discord.replies import ALREADY_ACKNOWLEDGED
from bot.discord.work import Overloaded
from bot.records import server
from bot.translation import LANGUAGES
from tests.loopback.schema import EPHEMERAL, texts_of

OVER = 1_700_000_000


class Discord:
    """Takes first responses, answers as told, and notes what came of each interaction."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)
        self.posted: list[int] = []
        self.told: list[tuple[int, str]] = []

    async def post(self, path: str, sent: bytes) -> tuple[int, bytes]:
        """Take one."""
        assert json.loads(sent)["type"] == 4
        self.posted.append(int(path.split("/")[2]))
        answer = self.answers.pop(0) if self.answers else 204
        await asyncio.sleep(0)
        if isinstance(answer, Exception):
            raise answer
        return (answer, b"") if answer < 1_000 else (400, json.dumps({"code": answer}).encode())

    def tell(self, arrival: Arrival, error: BaseException) -> None:
        """An interaction is over."""
        self.told.append((arrival.number, type(error).__name__))


def arrival(number: int, guild: int = 1, late: float = 0.0) -> Arrival:
    """A question that came just now, or was late when it did."""
    at = asyncio.get_running_loop().time() - late
    return Arrival(number, "to/ken", 2, "ask", 5, guild, server(guild), "en", at)


async def settled(made: Refusals, discord: Discord, count: int) -> None:
    """Wait until so many interactions are over."""
    async with asyncio.timeout(30):
        while len(discord.told) < count:  # noqa: ASYNC110 - each turn of the loop is what is looked at
            await asyncio.sleep(0)
    await made.finish()
    assert not len(made)


async def test_the_newest_come_first_and_servers_take_turns() -> None:
    """Who asked last can still be told in time; one server's many do not hold up another's one."""
    discord = Discord()
    made = Refusals(discord.post, discord.tell, senders=1)
    for number in range(1, 6):
        made.put(arrival(number), "en", Overloaded(OVER))
    made.put(arrival(9, guild=2), "en", Overloaded(OVER))
    await settled(made, discord, 6)
    assert discord.posted == [5, 9, 4, 3, 2, 1]
    assert discord.told == [(n, "Overloaded") for n in discord.posted]


async def test_what_is_too_late_is_dropped_unseen() -> None:
    """Nothing is sent of it, it is told of, and it is counted."""
    discord = Discord()
    made = Refusals(discord.post, discord.tell)
    made.put(arrival(1, late=life.FIRST + 1), "en", Overloaded(OVER))
    made.put(arrival(2), "en", Overloaded(OVER))
    await settled(made, discord, 2)
    assert discord.posted == [2]
    assert sorted(discord.told) == [(1, "TooLate"), (2, "Overloaded")]
    assert made.late == 1


async def test_what_waits_is_bounded() -> None:
    """Where too many wait, the oldest of the same server goes; another server's have their places."""
    discord = Discord()
    made = Refusals(discord.post, discord.tell, queue=FairQueue(most=3, most_each=2))
    for number in (1, 2, 3):
        made.put(arrival(number), "en", Overloaded(OVER))
    made.put(arrival(4, guild=2), "en", Overloaded(OVER))
    made.put(arrival(5, guild=3), "en", Overloaded(OVER))
    assert len(made) == 3
    assert discord.told == [(1, "TooLate"), (5, "TooLate")]
    await settled(made, discord, 5)
    assert sorted(discord.posted) == [2, 3, 4]


async def test_the_event_loop_comes_around_between_some() -> None:
    """However many wait, no more than a few are begun before a heartbeat has its turn."""
    discord = Discord()
    made = Refusals(discord.post, discord.tell)
    for number in range(4 * AT_ONCE):
        made.put(arrival(number), "en", Overloaded(OVER))
    assert not discord.posted
    assert made.pressing()
    begun = [0]
    while len(discord.posted) < 4 * AT_ONCE:
        await asyncio.sleep(0)
        begun.append(len(discord.posted))
    assert max(b - a for a, b in itertools.pairwise(begun)) <= AT_ONCE
    await settled(made, discord, 4 * AT_ONCE)
    assert not made.pressing()


async def test_a_stop_waits_for_what_is_to_be_refused() -> None:
    """What was taken is told before the connections are closed."""
    discord = Discord()
    made = Refusals(discord.post, discord.tell, senders=1)
    for number in (1, 2, 3):
        made.put(arrival(number), "en", Overloaded(OVER))
    await made.finish()
    assert discord.told == [(3, "Overloaded"), (2, "Overloaded"), (1, "Overloaded")]


@pytest.mark.parametrize(
    ("answers", "tries", "outcome"),
    [
        ([204], 1, "Overloaded"),
        ([aiohttp.ServerDisconnectedError(), 204], 2, "Overloaded"),
        ([ConnectionResetError(), ConnectionResetError()], 2, "ConnectionResetError"),
        ([502, 204], 2, "Overloaded"),
        ([502, ALREADY_ACKNOWLEDGED], 2, "Overloaded"),
        ([503, 503], 2, "NotTold"),
        ([404], 1, "NotTold"),
        ([429], 1, "NotTold"),
        ([TooLate("the door is shut")], 1, "TooLate"),
    ],
)
async def test_what_discord_may_say(
    answers: list[int | Exception], tries: int, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One quick retry where the connection breaks or Discord fails, none where it says no; nothing is raised."""
    monkeypatch.setattr(refusals, "RETRY_AFTER", 0.0)
    discord = Discord(*answers)
    made = Refusals(discord.post, discord.tell)
    made.put(arrival(1), "en", Overloaded(OVER))
    await settled(made, discord, 1)
    assert discord.posted == [1] * tries
    assert discord.told == [(1, outcome)]
    assert issubclass(NotTold, Exception)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_body(language: str) -> None:
    """A message for its asker alone, with the time, in the language asked for; braces of no template are left."""
    sent = json.loads(body(language, OVER))
    assert sent["data"]["flags"] & EPHEMERAL
    assert sent["data"]["allowed_mentions"] == {"parse": []}
    (told,) = texts_of(sent["data"])
    assert f"<t:{OVER}:R>" in told
    assert told.startswith("I am asked more") == (language == "en")
