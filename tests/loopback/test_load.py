"""More questions than can be answered: who is refused, and who is not."""

import os
import re
import time
from pathlib import Path

import pytest

from bot.discord.fair import MOST_EACH
from bot.discord.work import WORKERS
from tests.loopback.conftest import Start
from tests.loopback.payloads import OTHER_CHANNEL, OTHER_GUILD
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import EPHEMERAL, texts_of
from tests.loopback.story import HELD

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "How much did the repairs cost?"


async def test_a_flood_is_refused_at_once_and_holds_up_no_other_server(
    discord: FakeDiscord, start: Start, folder: Path
) -> None:
    """What one server asks beyond its share is refused privately with a time; another's question has its turn."""
    os.mkfifo(folder / "gate")
    writing = os.open(folder / "gate", os.O_RDWR)
    discord.gateway.guilds.append(OTHER_GUILD)
    bot = await start()
    asked = time.time()
    hard = [await discord.slash("ask", question=f"{QUESTION[:-1]} {HELD} {n}?") for n in range(WORKERS)]
    await discord.until(lambda: all(e.thinking for e in hard))  # and all threads wait
    flood = [await discord.slash("ask", question=QUESTION) for _ in range(MOST_EACH + 3)]
    other = await discord.slash("ask", question=QUESTION, where=OTHER_CHANNEL)

    refused = [await discord.answer(e) for e in flood[MOST_EACH:]]
    for message in refused:
        (told,) = texts_of(message)
        found = re.fullmatch(r"I am asked more than I can answer just now; try again <t:(\d+):R>\.", told)
        assert found
        assert asked < int(found[1]) < time.time() + 60
        assert message["flags"] & EPHEMERAL

    await discord.until(lambda: other.thinking)  # it waits for its turn
    os.close(writing)
    assert texts_of(await discord.answer(other))[0] == f"**{QUESTION}**"
    for exchange in (*hard, *flood[:MOST_EACH]):
        assert texts_of(await discord.answer(exchange))[0].startswith(f"**{QUESTION[:-1]}")
        assert len(exchange.callbacks) == exchange.edits == 1
    answers = [path for method, path in discord.requests if method == "PATCH"]
    assert next(n for n, path in enumerate(answers) if other.token in path) < WORKERS + MOST_EACH / 2
    assert await bot.stop() == 0
