"""Starting, restarting and stopping, and what Discord says no with."""

import asyncio
import signal

import pytest

from tests.loopback.conftest import Start
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import EPHEMERAL, buttons_of, said, texts_of
from tests.loopback.server import TOKEN

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "How much did the repairs cost?"


async def test_buttons_outlive_a_restart_and_commands_are_told_once(discord: FakeDiscord, start: Start) -> None:
    """After a restart Context, More and Share on an old message work, and the commands are not told again."""
    bot = await start()
    message = await discord.answer(await discord.slash("ask", question=QUESTION, private=True))
    assert await bot.stop() == 0
    assert discord.syncs == 1

    bot = await start()
    context = await discord.answer(await discord.press(message, "Context"))
    assert "**She added that the repairs had cost 4.2 million crowns.**" in said(context)
    more = await discord.answer(await discord.press(message, "More"))
    assert texts_of(more)[0] == "**The next best sentences**"
    pressed = await discord.press(message, "Share")
    (shared,) = await discord.until(lambda: pressed.followups)
    assert texts_of(shared)[:-1] == texts_of(message)
    await discord.until(lambda: pressed.edits)
    assert await bot.stop() == 0
    assert discord.syncs == 1


async def test_a_state_folder_that_cannot_be_written_is_no_obstacle(discord: FakeDiscord, start: Start) -> None:
    """Where nothing can be kept the commands are told at every start, and the bot answers all the same."""
    before = discord.syncs
    bot = await start(state="/proc/nowhere")
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    assert buttons_of(message)
    assert "cannot be written" in bot.text
    assert discord.syncs == before + 1
    assert await bot.stop() == 0


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_gracefully(discord: FakeDiscord, start: Start, kind: signal.Signals) -> None:
    """SIGTERM and SIGINT close the gateway with 1000 and end with status 0."""
    bot = await start()
    closes = len(discord.gateway.closes)
    bot.signal(kind)
    assert await bot.ended() == 0
    assert discord.gateway.closes[closes:] == [1000]


async def test_a_signal_during_the_login_stops_it_too(discord: FakeDiscord, start: Start) -> None:
    """SIGTERM before the bot is in: it ends with status 0, and at once."""
    discord.holds["GET", "/users/@me"] = asyncio.Event()
    asked = len(discord.requests)
    bot = await start(connect=False)
    await discord.until(lambda: len(discord.requests) > asked)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.text


async def test_discord_out_of_reach(discord: FakeDiscord, start: Start) -> None:
    """Without a network: one sentence, status 2, no traceback."""
    port, discord.port = discord.port, 1
    try:
        bot = await start(connect=False)
    finally:
        discord.port = port
    assert await bot.ended() == 2
    assert "Discord cannot be reached" in bot.log[-1]
    assert "Traceback" not in bot.text


async def test_a_stop_finishes_what_is_under_way(discord: FakeDiscord, start: Start) -> None:
    """An answer that is being sent when the signal comes still arrives; a question after it is refused politely."""
    bot = await start()
    held = asyncio.Event()
    discord.holds["PATCH", "@original"] = held
    exchange = await discord.slash("ask", question=QUESTION)
    await discord.until(lambda: any(m == "PATCH" and exchange.token in p for m, p in discord.requests))
    bot.signal()
    await bot.logged("Stopping")
    late = await discord.answer(await discord.slash("ask", question=QUESTION))
    assert texts_of(late) == ["I am being restarted; ask again in a minute."]
    assert late["flags"] & EPHEMERAL
    held.set()
    message = await discord.answer(exchange)
    assert texts_of(message)[0] == f"**{QUESTION}**"
    assert await bot.ended() == 0


async def test_no_token(start: Start) -> None:
    """Without a token: one sentence that names the setting, status 2, no traceback."""
    bot = await start(connect=False, token=None)
    assert await bot.ended() == 2
    (line,) = bot.log
    assert "PULLQUOTE_DISCORD_TOKEN" in line


@pytest.mark.parametrize("token", ["bm90LXJpZ2h0.wrong.wrong-token", "näht", "two words"])
async def test_wrong_token(discord: FakeDiscord, start: Start, token: str) -> None:
    """A token that Discord does not know: one sentence that names the setting, status 2, no second try."""
    asked = len(discord.requests)
    bot = await start(connect=False, token=token)
    assert await bot.ended() == 2
    assert "PULLQUOTE_DISCORD_TOKEN" in bot.log[-1]
    assert token not in bot.text
    assert "Traceback" not in bot.text
    assert len(discord.requests) <= asked + 1


@pytest.mark.parametrize(
    ("code", "named"),
    [
        (4004, "PULLQUOTE_DISCORD_TOKEN"),
        (4011, "shards"),
        (4013, "intent"),
        (4014, "Bot > Privileged Gateway Intents"),
    ],
)
async def test_refused_by_the_gateway(discord: FakeDiscord, start: Start, code: int, named: str) -> None:
    """A close that no retry mends: one sentence that names what to change, status 2, no restart loop."""
    discord.gateway.refuse_with.append(code)
    tries = len(discord.gateway.identifies)
    bot = await start(connect=False)
    assert await bot.ended() == 2
    assert named in bot.log[-1]
    assert "Traceback" not in bot.text
    assert len(discord.gateway.identifies) == tries + 1


async def test_check_looks_at_the_application(discord: FakeDiscord, start: Start) -> None:
    """`check` logs in over HTTP alone, names the application, gives the invite link, and never prints the token."""
    connections = len(discord.gateway.identifies)
    bot = await start("check", connect=False)
    assert await bot.ended() == 0
    assert "the bot is Pullquote" in bot.text
    assert "scope=bot" in bot.text
    assert len(discord.gateway.identifies) == connections
    assert TOKEN not in bot.text

    bot = await start("check", connect=False, token="bm90LXJpZ2h0.wrong.wrong-token")  # noqa: S106 - not a real one
    assert await bot.ended() == 2
    assert "PULLQUOTE_DISCORD_TOKEN" in bot.text


async def test_check_while_discord_is_away(start: Start, discord: FakeDiscord) -> None:
    """Offline, `check` says so in a sentence."""
    port, discord.port = discord.port, 1
    try:
        bot = await start("check", connect=False)
        assert await bot.ended() == 2
    finally:
        discord.port = port
    assert "Discord cannot be reached" in bot.text
    assert "Traceback" not in bot.text


async def test_a_machine_too_busy_to_respond_in_time_says_so(discord: FakeDiscord, start: Start) -> None:
    """Where the time for a first response is over before it can be made: told in the log, and counted as a failure."""
    bot = await start(LOOPBACK_FIRST="0")
    await discord.slash("help")
    assert "command=help outcome=failed error=TooLate" in await bot.logged("command=help")
    assert "did not confirm a first response in time" in bot.text
    assert "Traceback" not in bot.text
    assert await bot.stop() == 0
