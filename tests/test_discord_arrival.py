"""What is read of an interaction before discord.py makes an object of it, and how late it is."""

from typing import Any, cast

import discord
import pytest

from bot.discord.arrival import DOUBT, QUIET, Arrival, Lateness
from bot.discord.keeping import owner_of
from bot.records import person, server

LIMIT = 2.9

Json = dict[str, Any]


def interaction(**changed: Any) -> Json:  # noqa: ANN401 - JSON
    """A question in a server that installed the bot."""
    made: Json = {
        "id": "900",
        "token": "t",
        "type": 2,
        "data": {"id": "1", "name": "ask", "options": [{"name": "question", "type": 3, "value": "Who?"}]},
        "guild_id": "7",
        "authorizing_integration_owners": {"0": "7"},
        "member": {"user": {"id": "5"}},
        "locale": "de",
    }
    return made | changed


def test_a_question_in_a_server() -> None:
    """Its id, command, person, server, owner and language are read off it."""
    assert Arrival.of(interaction(), 3.0) == Arrival(900, "t", 2, "ask", 5, 7, server(7), "de", 3.0)


def test_whose_it_is() -> None:
    """The person's, where the server did not install the bot, and in direct messages."""
    assert Arrival.of(interaction(authorizing_integration_owners={"1": "5"}), 0.0).owner == person(5)
    direct = interaction(user={"id": "6"})
    del direct["guild_id"], direct["member"]
    assert Arrival.of(direct, 0.0).owner == person(6)
    assert Arrival.of(direct, 0.0).guild is None


def test_a_command_in_a_group_has_the_groups_name_before_its_own() -> None:
    """As the log and the metrics name it."""
    inside = {"name": "library", "options": [{"name": "add", "type": 1, "options": [{"name": "x", "type": 3}]}]}
    assert Arrival.of(interaction(data=inside), 0.0).name == "library add"
    assert Arrival.of(interaction(type=3, data={"custom_id": "pq:x"}), 0.0).name == "pq:x"


@pytest.mark.parametrize("broken", [{"id": "x"}, {"token": None, "member": {}}, {"type": None}, {"member": 1}])
def test_what_is_no_interaction(broken: Json) -> None:
    """An error of the kinds that the intake leaves to discord.py."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        Arrival.of(interaction(**broken), 0.0)


class Clock:
    """Seconds that pass when they are told to; Discord's own clock is 1,000 s ahead."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        """The time here."""
        return self.now

    def number(self, ago: float = 0.0) -> int:
        """The id of an interaction that was made so many seconds ago."""
        return round((self.now + 1_000 - ago) * 1_000) << 22


@pytest.fixture
def clock() -> Clock:
    """This machine's clock."""
    return Clock()


def test_lateness_is_what_was_held_up(clock: Clock) -> None:
    """However the clocks differ, and however long the way is that the quickest took."""
    lateness = Lateness(clock)
    assert lateness.of(clock.number(ago=0.1), LIMIT) == 0.0
    for _ in range(3):
        clock.now += QUIET / 2
        assert lateness.of(clock.number(ago=2.1), LIMIT) == pytest.approx(2.0, abs=0.01)


def test_what_comes_alone_is_not_late(clock: Clock) -> None:
    """Nothing before it held it up: the clocks may have been set, or the machine slept."""
    lateness = Lateness(clock)
    lateness.of(clock.number(), LIMIT)
    clock.now += QUIET * 2
    assert lateness.of(clock.number(ago=100.0), LIMIT) == 0.0
    clock.now += QUIET / 2
    assert lateness.of(clock.number(ago=100.5), LIMIT) == pytest.approx(0.5, abs=0.01)


def test_where_all_are_late_for_long_it_is_the_clocks(clock: Clock) -> None:
    """A machine that slept under load goes on to answer."""
    lateness = Lateness(clock)
    lateness.of(clock.number(), LIMIT)
    steps = int(DOUBT / (QUIET / 2)) + 2
    found = []
    for _ in range(steps):
        clock.now += QUIET / 2
        found.append(lateness.of(clock.number(ago=10.0), LIMIT))
    assert found[0] == pytest.approx(10.0, abs=0.01)
    assert found[-1] == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("owners", [{}, {"0": "7"}, {"0": "0"}, {"1": "5"}, {"0": "7", "1": "5"}, {"0": "8"}])
@pytest.mark.parametrize("place", ["server", "direct message"])
async def test_whose_it_is_is_the_same_once_discord_py_has_read_it(owners: Json, place: str) -> None:
    """What is counted against before and after is one and the same owner, in every way of installing the bot."""
    data = interaction(authorizing_integration_owners=owners, version=1, application_id="1", attachment_size_limit=1)
    if place == "direct message":
        del data["guild_id"]
        data["user"] = data.pop("member")["user"]
    user = {"id": "5", "username": "u", "discriminator": "0", "avatar": None}
    member = {"user": user, "roles": [], "permissions": "0", "flags": 0}
    data |= {"user": user} if "user" in data else {"member": member}
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        state = client._connection
        state.user = discord.ClientUser(state=state, data=cast("Any", user | {"id": "1"}))
        read: discord.Interaction = discord.Interaction(data=cast("Any", data), state=state)
        assert owner_of(read) == Arrival.of(data, 0.0).owner
