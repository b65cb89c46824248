"""What may go wrong at Discord, and what a good bot does. `docs/faults.md` says where each fault is held."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
import pytest_asyncio

from tests.loopback.conftest import Start
from tests.loopback.exchanges import Exchange
from tests.loopback.payloads import BOT
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, said, texts_of
from tests.loopback.server import Fault

Json = dict[str, Any]

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "How much did the repairs cost?"
CALLBACK = "/interactions/.*/callback"
EDIT = "/webhooks/.*/messages/@original"
NOT_SENT = "An answer came too late"
LIMITED = {"Via": "1.1 google"}
"""Without this header a 429 does not come of the API, but of the guard before it."""


@pytest.fixture(autouse=True)
def mended(discord: FakeDiscord, bot: BotProcess) -> Iterator[None]:
    """What a test did to Discord ends with it; of the log it sees what was written meanwhile."""
    bot.log.clear()
    yield
    discord.faults.clear()
    discord.rates.clear()
    discord.holds.clear()


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot that outlives all of it."""
    return await start()


def paths(discord: FakeDiscord, exchange: Exchange) -> list[str]:
    """The methods of the requests about an interaction, in order."""
    return [method for method, path in discord.requests if exchange.token in path]


async def answered(discord: FakeDiscord, exchange: Exchange) -> None:
    """The question gets its answer."""
    assert texts_of(await discord.answer(exchange))[0] == f"**{QUESTION}**"


async def helped(discord: FakeDiscord, bot: BotProcess) -> Json | None:
    """Somebody asks for help; the help, or None where it was not sent."""
    known = bot.text.count(NOT_SENT)
    exchange = await discord.slash("help")
    await discord.until(lambda: exchange.message or bot.text.count(NOT_SENT) > known)
    return exchange.message


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("had_it", [False, True])
async def test_a_callback_that_fails_once_is_made_again(discord: FakeDiscord, status: int, *, had_it: bool) -> None:
    """5xx on the first response: tried again, answered once; being told 40060 then is as good as success."""
    discord.faults.append(Fault("POST", CALLBACK, status, after=had_it))
    exchange = await discord.slash("ask", question=QUESTION)
    await answered(discord, exchange)
    assert len(exchange.callbacks) == 1
    assert paths(discord, exchange).count("POST") == 2


async def test_repeated_failures_are_given_up(discord: FakeDiscord, bot: BotProcess) -> None:
    """A Discord that goes on failing: a line or two in the log, no traceback, and the next question is answered."""
    discord.faults.append(Fault("POST", CALLBACK, 500, times=100))
    exchange = await discord.slash("ask", question=QUESTION)
    await bot.logged("did not confirm a first response in time")
    await bot.logged("gone before its answer")
    discord.faults.clear()
    await answered(discord, await discord.slash("ask", question=QUESTION))
    assert exchange.callbacks == []
    assert paths(discord, exchange).count("POST") <= 3
    assert "Traceback" not in bot.text


async def test_a_short_wait_is_waited(discord: FakeDiscord) -> None:
    """429 with a Retry-After that leaves time: waited for, then delivered, for the first response and the edit."""
    body = {"message": "You are being rate limited.", "retry_after": 0.3, "global": False}
    for method, path in (("POST", CALLBACK), ("PATCH", EDIT)):
        discord.faults.append(Fault(method, path, 429, body, LIMITED | {"Retry-After": "0.3"}))
        exchange = await discord.slash("ask", question=QUESTION)
        await answered(discord, exchange)
        assert paths(discord, exchange).count(method) == 2
        assert len(exchange.callbacks) == exchange.edits == 1


async def test_a_wait_beyond_the_interactions_life_is_given_up(discord: FakeDiscord, bot: BotProcess) -> None:
    """429 with an hour to wait: a line in the log, no second request, nothing held up."""
    body = {"message": "You are being rate limited.", "retry_after": 3600.0, "global": False}
    discord.faults.append(Fault("PATCH", EDIT, 429, body, LIMITED | {"Retry-After": "3600"}))
    exchange = await discord.slash("ask", question=QUESTION)
    await bot.logged("asks to wait 3600 seconds")
    await answered(discord, await discord.slash("ask", question=QUESTION))
    assert paths(discord, exchange) == ["POST", "PATCH"]
    assert "Traceback" not in bot.text


async def test_the_guard_before_discord_is_not_stormed(discord: FakeDiscord, bot: BotProcess) -> None:
    """429 without `Via`: logged; until its time is over nothing at all is sent, then questions are answered again."""
    discord.faults.append(Fault("POST", CALLBACK, 429, {"message": "Access denied"}, {"Retry-After": "2"}))
    first = await discord.slash("ask", question=QUESTION)
    await bot.logged("guard lets nobody in")
    assert await helped(discord, bot) is None
    assert paths(discord, first) == ["POST"]
    async with asyncio.timeout(20):
        while not (let_in := await helped(discord, bot)):
            pass
    assert let_in["flags"] & EPHEMERAL
    assert "Traceback" not in bot.text


async def test_a_token_that_ran_out_is_only_logged(discord: FakeDiscord, bot: BotProcess) -> None:
    """50027 on the edit, as after a quarter of an hour: a line in the log, nothing further sent."""
    discord.faults.append(Fault("PATCH", EDIT, 401, {"code": 50027, "message": "Invalid Webhook Token"}))
    exchange = await discord.slash("ask", question=QUESTION)
    await bot.logged("HTTP 401, code 50027")
    await answered(discord, await discord.slash("ask", question=QUESTION))
    assert paths(discord, exchange) == ["POST", "PATCH"]


async def test_an_empty_bucket_of_a_webhook_holds_up_nobody_else(discord: FakeDiscord) -> None:
    """Remaining 0 with an hour to reset on the first response: the answer does not wait for that hour."""
    discord.rates["POST", CALLBACK] = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "3600"}
    await answered(discord, await discord.slash("ask", question=QUESTION))
    discord.rates.clear()
    await answered(discord, await discord.slash("ask", question=QUESTION))


async def test_an_empty_bucket_of_a_channel_is_waited_for(discord: FakeDiscord) -> None:
    """Remaining 0 on messages: the next reply waits its time and comes, without a 429."""
    discord.rates["POST", "/channels/.*/messages"] = {
        "X-RateLimit-Bucket": "b",
        "X-RateLimit-Limit": "1",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-After": "0.3",
        "X-RateLimit-Reset": "1",
    }
    asked = [await discord.say(f"<@{BOT}> {QUESTION}") for _ in range(2)]
    for message in asked:
        assert texts_of(await discord.reply_to(message))[0] == f"**{QUESTION}**"


async def test_a_dropped_socket_is_resumed(discord: FakeDiscord) -> None:
    """The connection is cut in mid-command: RESUME, the answer arrives, and what came meanwhile is answered once."""
    identifies, resumes, syncs = len(discord.gateway.identifies), len(discord.gateway.resumes), discord.syncs
    held = asyncio.Event()
    discord.holds["PATCH", "@original"] = held
    during = await discord.slash("ask", question=QUESTION)
    await discord.until(lambda: during.thinking)
    await discord.gateway.drop()
    meanwhile = await discord.slash("ask", question=QUESTION)
    held.set()
    await discord.until(lambda: len(discord.gateway.resumes) > resumes)
    for exchange in (during, meanwhile):
        await answered(discord, exchange)
        assert len(exchange.callbacks) == exchange.edits == 1
    assert len(discord.gateway.identifies) == identifies
    assert discord.syncs == syncs


async def test_asked_to_reconnect_it_resumes(discord: FakeDiscord) -> None:
    """Op 7: the bot resumes, and an interaction sent meanwhile is answered once."""
    identifies, resumes, syncs = len(discord.gateway.identifies), len(discord.gateway.resumes), discord.syncs
    await discord.gateway.ask_to_reconnect()
    exchange = await discord.slash("ask", question=QUESTION)
    await discord.until(lambda: len(discord.gateway.resumes) > resumes)
    await discord.answer(exchange)
    assert len(exchange.callbacks) == 1
    assert len(discord.gateway.identifies) == identifies
    assert discord.syncs == syncs


async def test_an_invalid_session_is_begun_anew(discord: FakeDiscord) -> None:
    """Op 9, not resumable: the bot identifies again and answers; commands are not told again."""
    identifies, syncs = len(discord.gateway.identifies), discord.syncs
    await discord.gateway.invalidate()
    await discord.until(lambda: len(discord.gateway.identifies) > identifies and discord.gateway.connected is not None)
    await discord.answer(await discord.slash("ask", question=QUESTION))
    assert discord.syncs == syncs


async def test_a_callback_that_breaks_is_tried_again_quickly(discord: FakeDiscord, bot: BotProcess) -> None:
    """A reset connection on the first response is made good by one retry, whether or not Discord had it already."""
    for had_it in (False, True):
        discord.faults.append(Fault("POST", CALLBACK, 0, after=had_it))
        exchange = await discord.slash("ask", question=QUESTION)
        await answered(discord, exchange)
        assert len(exchange.callbacks) == 1
    assert "Traceback" not in bot.text


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (401, 50027)])
async def test_an_interaction_that_is_gone_is_only_logged(
    discord: FakeDiscord, bot: BotProcess, status: int, code: int
) -> None:
    """Too late for an answer: a line in the log, no traceback, nothing further sent."""
    discord.faults.append(Fault("POST", CALLBACK, status, {"code": code, "message": "gone"}))
    exchange = await discord.slash("ask", question=QUESTION)
    await bot.logged("gone before its answer")
    await discord.answer(await discord.slash("help"))
    assert paths(discord, exchange) == ["POST"]
    assert "Traceback" not in bot.text


async def test_an_error_of_its_own_is_told_with_a_number(discord: FakeDiscord, bot: BotProcess) -> None:
    """What nobody foresaw: the pending response goes away, a private sentence carries the number in the log."""
    discord.faults.append(Fault("PATCH", EDIT, 400, {"code": 50035, "message": "Invalid Form Body"}))
    exchange = await discord.slash("ask", question=QUESTION)
    (told,) = await discord.until(lambda: exchange.followups)
    assert told["flags"] & EPHEMERAL
    number = re.search(r"number ([0-9a-f]{8})", texts_of(told)[0])
    assert number
    assert f"Error {number[1]}" in bot.text
    await discord.until(lambda: exchange.message is None)
    assert not exchange.thinking


async def test_refused_permission_is_told_by_another_route(discord: FakeDiscord, bot: BotProcess) -> None:
    """50013 on the edit: the person hears of it in a private message."""
    refusal = {"code": 50013, "message": "Missing Permissions"}
    discord.faults.append(Fault("PATCH", EDIT, 403, refusal, times=2))
    exchange = await discord.slash("ask", question=QUESTION, private=True)
    message = await discord.answer(exchange)
    assert "I may not write here" in said(message)
    assert message["flags"] & EPHEMERAL
    assert "Traceback" not in bot.text


async def test_where_it_may_not_write_it_only_logs(discord: FakeDiscord, bot: BotProcess) -> None:
    """A mention in a channel where the bot may not send is left unanswered, with a line in the log."""
    refusal = {"code": 50013, "message": "Missing Permissions"}
    discord.faults.append(Fault("POST", "/channels/.*/messages", 403, refusal))
    await discord.say(f"<@{BOT}> what did the repairs cost?")
    await bot.logged("could not be answered: HTTP 403, code 50013")
    assert "Traceback" not in bot.text
