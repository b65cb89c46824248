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
from tests.loopback.watching import Watch, free_port

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


async def test_a_flood_is_told_and_counted_one_by_one_while_the_bot_goes_on(
    discord: FakeDiscord, start: Start, folder: Path
) -> None:
    """Each question of a flood is answered or refused, once; each is counted; a command elsewhere is answered."""
    gate = folder / "gate"
    gate.unlink(missing_ok=True)
    os.mkfifo(gate)
    writing = os.open(gate, os.O_RDWR)
    watch = Watch(free_port())
    # A busy machine may need longer than Discord would wait.
    bot = await start(metrics_port=str(watch.port), LOOPBACK_FIRST="600")
    await watch.until("/readyz", 200)
    hard = [await discord.slash("ask", question=f"{QUESTION[:-1]} {HELD} {n}?") for n in range(WORKERS)]
    await discord.until(lambda: all(e.thinking for e in hard))
    flood = [await discord.slash("ask", question=QUESTION) for _ in range(5 * MOST_EACH)]
    helped = await discord.slash("help", where=OTHER_CHANNEL)
    assert texts_of(await discord.answer(helped))
    await discord.until(lambda: all(e.callbacks for e in flood))
    os.close(writing)

    told = [" ".join(texts_of(await discord.answer(exchange))) for exchange in flood]
    refused = [text for text in told if text.startswith("I am asked more")]
    assert len(refused) >= len(flood) - MOST_EACH
    assert len(told) - len(refused) > 0
    assert all(len(exchange.callbacks) == 1 for exchange in flood)
    for exchange in hard:
        await discord.answer(exchange)
    assert await watch.value("pullquote_refusals_total", error="Overloaded") == len(refused)
    assert await watch.value("pullquote_interactions_total", command="ask", outcome="refused") == len(refused)
    assert await watch.value("pullquote_dropped_total", why="late") == 0
    assert await bot.stop() == 0
    lines = [line for line in bot.log if "pullquote.interactions" in line and "command=ask" in line]
    assert len(lines) == len(flood) + len(hard)
