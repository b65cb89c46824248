"""Health, readiness, metrics and logs of the real bot, as its operator sees them."""

import asyncio
import json
import socket
import stat
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.discord.reach import reach
from bot.findings import State
from bot.operations.pseudonyms import FILE
from bot.settings import Settings
from tests.loopback.conftest import Start
from tests.loopback.payloads import ALICE, BEN, CHANNEL, DM, GUILD, MIRA
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import said
from tests.loopback.server import TOKEN
from tests.loopback.watching import Watch, free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

QUESTION = "How much did the repairs cost?"
NONSENSE = "Which zeppelin won the chess championship?"


async def watched(start: Start, **settings: str) -> Watch:
    """A bot with a port, ready."""
    watch = Watch(free_port())
    await start(metrics_port=str(watch.port), **settings)
    await watch.until("/readyz", 200)
    return watch


async def test_a_bot_that_is_well_says_so(start: Start) -> None:
    """Both are green; the shard's state and the heartbeat's age are there."""
    watch = await watched(start)
    assert await watch.until("/healthz", 200) == {"status": "well", "lacking": []}
    assert await watch.value("pullquote_ready") == 1
    assert await watch.value("pullquote_gateway_state", shard="0", state="ready") == 1
    assert await watch.value("pullquote_gateway_state", shard="0", state="silent") == 0
    metrics = await watch.metrics()
    assert ("pullquote_gateway_heartbeat_latency_seconds", (("shard", "0"),)) in metrics
    assert metrics["pullquote_servers", ()] == 1
    assert metrics["process_resident_memory_bytes", ()] > 10_000_000
    assert metrics["pullquote_store_bytes", ()] > 0


async def test_only_this_machine_is_let_in(start: Start) -> None:
    """The port is open on 127.0.0.1 and on no other address of the machine."""
    watch = await watched(start)
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.2", watch.port), 5):
        pass
    for path in ("/", "/metrics/..", "/healthz/x", "/.env"):
        assert (await watch.get(path))[0] == 404


async def test_health_is_red_while_heartbeats_go_unanswered(discord: FakeDiscord, start: Start) -> None:
    """It turns red, the state is `silent`, the bot is not ready; and green again when they are answered."""
    discord.gateway.interval = 400
    try:
        watch = await watched(start)
        discord.gateway.acknowledges = False
        assert await watch.until("/healthz", 503) == {"status": "no", "lacking": ["shard 0 is silent"]}
        assert (await watch.until("/readyz", 503))["lacking"] == ["shards"]
        assert await watch.value("pullquote_gateway_state", shard="0", state="silent") == 1
        assert await watch.value("pullquote_gateway_heartbeat_age_seconds", shard="0") > 0.6
        discord.gateway.acknowledges = True
        await watch.until("/healthz", 200)
        await watch.until("/readyz", 200)
    finally:
        discord.gateway.interval, discord.gateway.acknowledges = 41_250, True


async def test_a_connection_that_drops_is_noted(discord: FakeDiscord, start: Start) -> None:
    """While there is none the bot is not ready, but well: it comes back by itself."""
    watch = await watched(start)
    discord.gateway.refuse_with.extend([4000, 4000])
    await discord.gateway.invalidate()
    assert (await watch.until("/readyz", 503))["lacking"] == ["shards"]
    assert (await watch.get("/healthz"))[0] == 200
    discord.gateway.refuse_with.clear()
    await watch.until("/readyz", 200)


async def test_a_bot_that_stops_is_not_ready(discord: FakeDiscord, start: Start) -> None:
    """From the signal on, while answers under way are finished; it stays well."""
    watch = Watch(free_port())
    bot = await start(metrics_port=str(watch.port))
    await watch.until("/readyz", 200)
    held = asyncio.Event()
    discord.holds["PATCH", "@original"] = held
    exchange = await discord.slash("ask", question=QUESTION)
    await discord.until(lambda: any(m == "PATCH" and exchange.token in p for m, p in discord.requests))
    assert await watch.value("pullquote_under_way") == 1
    bot.signal()
    assert (await watch.until("/readyz", 503))["lacking"] == ["draining"]
    assert (await watch.get("/healthz"))[0] == 200
    held.set()
    await discord.answer(exchange)
    assert await bot.ended() == 0
    assert (await watch.get("/healthz"))[0] == 0


async def test_a_port_that_is_taken_is_one_sentence(start: Start) -> None:
    """Exit status 2, and the setting's name."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        bot = await start(connect=False, metrics_port=str(port))
        assert await bot.ended() == 2
    assert f"Port {port}" in bot.log[-1]
    assert "PULLQUOTE_METRICS_PORT" in bot.log[-1]
    assert "Traceback" not in bot.text


async def test_what_is_asked_is_counted(discord: FakeDiscord, start: Start) -> None:
    """Answers, abstentions by reason, refusals and errors by class, buttons, messages, suggestions, drops."""
    watch = await watched(start)
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    refused = await discord.slash("ask", question=NONSENSE, who=BEN)
    await discord.answer(refused)
    await discord.answer(await discord.press(message, "Context"))
    await discord.answer(await discord.slash("settings"))
    await discord.answer(await discord.slash("library list"))
    await discord.again(refused)
    await discord.complete("passage", "number", "1")
    await discord.reply_to(await discord.say("What did the repairs cost?", where=DM))
    await discord.answer(await discord.press(message, custom_id="pq:made:up"))
    assert await watch.value("pullquote_interactions_total", command="ask", outcome="answered") == 1
    assert await watch.value("pullquote_interactions_total", command="ask", outcome="abstained") == 1
    assert await watch.value("pullquote_interactions_total", command="button_passage", outcome="done") == 1
    assert await watch.value("pullquote_interactions_total", command="settings", outcome="refused") == 1
    assert await watch.value("pullquote_interactions_total", command="message", outcome="answered") == 1
    assert await watch.value("pullquote_interactions_total", command="unknown_button", outcome="refused") == 1
    assert await watch.value("pullquote_answers_total") == 2
    assert await watch.value("pullquote_abstentions_total", reason="no_match") == 1
    assert await watch.value("pullquote_refusals_total", error="CommandError") == 2
    assert await watch.value("pullquote_dropped_total", why="twice") == 1
    assert await watch.value("pullquote_autocompletions_total") == 1
    assert await watch.value("pullquote_interaction_seconds_count", command="ask") == 2
    assert await watch.value("pullquote_confidence_count") == 3
    for store in ("records", "library"):
        assert await watch.value("pullquote_store_operations_total", store=store, outcome="done") > 0
        assert await watch.value("pullquote_store_operations_total", store=store, outcome="failed") == 0
    assert await watch.value("pullquote_event_loop_lag_seconds_count") > 0


async def test_labels_stay_few_and_hold_nobodys_words(discord: FakeDiscord, start: Start) -> None:
    """Made up custom_ids, questions and ids make no series of their own."""
    watch = await watched(start)
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    await discord.answer(await discord.press(message, custom_id="made-up"))
    before = set(await watch.metrics())
    for number in range(12):
        await discord.answer(await discord.press(message, custom_id=f"made-up-{number}"))
    _, text = await watch.get("/metrics")
    assert set(await watch.metrics()) == before
    assert "made-up" not in text
    assert "repairs" not in text
    for number in (ALICE, BEN, GUILD, CHANNEL):
        assert str(number) not in text


async def test_an_interaction_is_one_line_of_json(discord: FakeDiscord, start: Start, state: Path) -> None:
    """Every line of the log is an object; ids are codes, the same each time; nothing of the question is in it."""
    bot = await start(log_format="json")
    for who in (ALICE, BEN, ALICE):
        await discord.answer(await discord.slash("ask", question=QUESTION, who=who))
    await discord.answer(await discord.slash("ask", question=NONSENSE, who=MIRA))
    await bot.logged('"abstained"')
    assert await bot.stop() == 0
    lines = [json.loads(line) for line in bot.log]
    asked = [line for line in lines if line.get("event") == "interaction"]
    assert [line["outcome"] for line in asked] == ["answered"] * 3 + ["abstained"]
    assert {line["command"] for line in asked} == {"ask"}
    assert asked[0]["person"] == asked[2]["person"] != asked[1]["person"]
    assert len({line["server"] for line in asked}) == 1
    assert 0 < asked[0]["confidence"] <= 1
    assert asked[0]["seconds"] > 0
    assert asked[0]["shard"] == 0
    assert asked[3]["reason"] == "no_match"
    for secret in (str(ALICE), str(BEN), str(MIRA), str(GUILD), "repairs", "zeppelin", TOKEN):
        assert secret not in bot.text
    assert stat.S_IMODE((state / FILE).stat().st_mode) == 0o600

    again = await start(log_format="json")
    await discord.answer(await discord.slash("ask", question=QUESTION))
    line = json.loads(await again.logged('"interaction"'))
    assert line["person"] == asked[0]["person"]
    assert await again.stop() == 0


async def test_questions_are_logged_where_the_operator_says_so(discord: FakeDiscord, start: Start) -> None:
    """Then /privacy says it; a question with line breaks and escapes forges no line in either format."""
    hostile = "How much did the repairs cost?\n2026-01-01T00:00:00.000Z ERROR forged: x \x1b[31m \u202e"
    for kind in ("json", "text"):
        bot = await start(log_format=kind, log_questions="true")
        await discord.answer(await discord.slash("ask", question=hostile))
        line = await bot.logged("How much did the repairs cost?")
        privacy = said(await discord.answer(await discord.slash("privacy")))
        assert "logs hold what is asked" in privacy
        assert await bot.stop() == 0
        assert not any(line.startswith("2026-01-01") for line in bot.log)
        assert line.isprintable()
        if kind == "json":
            assert json.loads(line)["question"].startswith(QUESTION)


async def test_by_default_privacy_says_that_logs_hold_no_question(discord: FakeDiscord, start: Start) -> None:
    """And what stands in them instead."""
    bot = await start()
    privacy = said(await discord.answer(await discord.slash("privacy")))
    assert "Logs hold no question" in privacy
    assert "code" in privacy
    assert await bot.stop() == 0


async def test_the_doctor_asks_discord(discord: FakeDiscord, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """One request tells the time there and the sessions that are left; what is out of reach is not told twice."""
    del start
    monkeypatch.setattr("discord.http.Route.BASE", f"http://127.0.0.1:{discord.port}/api/v10")
    settings = Settings.model_validate({"discord_token": SecretStr(TOKEN)})
    found = await asyncio.to_thread(reach, settings)
    assert [(f.subject, f.state) for f in found] == [("clock", State.RIGHT), ("sessions", State.RIGHT)]
    assert "999 sessions" in found[1].sentence
    monkeypatch.setattr("discord.http.Route.BASE", "http://127.0.0.1:1/api/v10")
    assert await asyncio.to_thread(reach, settings) == []
