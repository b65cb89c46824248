"""The bots that stand beside ours under load, over the Discord that all of them meet; and the libraries of ours."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest

from bench.load.discord import FIRST_SERVER, Asked
from bench.load.library import provide
from bench.load.peers import StrictDiscord, bot
from bench.load.plain_bot import KINDS, QUOTES, by_reading, by_words, sentences
from bench.load.process import connected
from index.library.opening import FILE, open_library
from index.owner import server
from tests.library.builders import WORDS, made_up

TEXT = (
    "The ferry carries 38 cars. Mayor Hald welcomed its return!\n\nThe repairs cost four million crowns.\nWho paid? Us."
)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_plain_bot_answers(kind: str, tmp_path: Path) -> None:
    """Over the gateway, each of them, with no refusal."""
    async with StrictDiscord(2) as discord:
        started = await bot(kind, discord.port, tmp_path).start()
        try:
            await connected(discord, [started], 1)
            token = await discord.ask("Who is Zamir Kabulov?", 1, 1)
            async with asyncio.timeout(60):
                while discord.asked[token].answered is None:
                    assert not started.ended, "\n".join(started.log)
                    await asyncio.sleep(0.02)
        finally:
            await started.stop()
    assert not discord.asked[token].refused
    assert discord.syncs == 1


async def respond(discord: StrictDiscord, asked: Asked, body: object) -> int:
    """Send a first response as a bot does; the status that comes back."""
    discord.asked["t1"] = asked
    url = f"http://127.0.0.1:{discord.port}/api/v10/interactions/1/t1/callback"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status


async def test_a_first_response_is_an_answer_unless_it_is_private() -> None:
    """Those that answer without deferring are answered then; ours refuses for its asker alone."""
    async with StrictDiscord(1) as discord:
        now = asyncio.get_running_loop().time()
        answered, refused, deferred = Asked(now, 0), Asked(now, 0), Asked(now, 0)
        assert await respond(discord, answered, {"type": 4, "data": {"content": "The ferry."}}) == 200
        assert await respond(discord, refused, {"type": 4, "data": {"content": "Later.", "flags": 64}}) == 200
        assert await respond(discord, deferred, {"type": 5}) == 200
    assert answered.answered == answered.acknowledged is not None
    assert not answered.refused
    assert (refused.answered, refused.refused) == (None, True)
    assert (deferred.answered, deferred.refused) == (None, False)


async def test_a_first_response_that_comes_too_late_is_turned_away() -> None:
    """As Discord does after three seconds; the question stays unacknowledged."""
    async with StrictDiscord(1) as discord:
        late = Asked(asyncio.get_running_loop().time() - 3.1, 0)
        assert await respond(discord, late, {"type": 4, "data": {"content": "The ferry."}}) == 404
    assert (late.acknowledged, late.answered) == (None, None)


async def test_a_heartbeat_that_never_comes_is_a_gap() -> None:
    """What is still awaited counts as late already."""
    async with StrictDiscord(1) as discord:
        assert discord.largest_gap == 0.0
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"http://127.0.0.1:{discord.port}/gw") as socket,
        ):
            await socket.send_json({"op": 1, "d": None})
            await socket.receive_json()
            await socket.receive_json()
            discord.beats[-1].last = asyncio.get_running_loop().time() - 5.0
            assert discord.largest_gap > 4.0


async def test_people_ask_on_while_a_bot_does_not_read() -> None:
    """What is offered does not wait for the bot: else a bot that is too slow would be asked less."""
    async with (
        StrictDiscord(1) as discord,
        aiohttp.ClientSession() as session,
        session.ws_connect(f"http://127.0.0.1:{discord.port}/gw") as socket,
    ):
        await socket.send_json({"op": 2, "d": {}})
        await connected(discord, [], 1)
        async with asyncio.timeout(60):
            for _ in range(200):
                await discord.ask("Who came? " * 10_000, 1, 0)
    assert len(discord.asked) == 200


def test_sentences_are_cut_at_their_ends() -> None:
    """Behind a full stop, a question mark, an exclamation mark, and where a line ends."""
    assert sentences(TEXT) == [
        "The ferry carries 38 cars.",
        "Mayor Hald welcomed its return!",
        "The repairs cost four million crowns.",
        "Who paid?",
        "Us.",
    ]


@pytest.mark.parametrize("by", [by_words, by_reading])
def test_a_plain_bot_sends_the_best_sentences(by: type) -> None:
    """As many as it sends, the best first."""
    found = by(sentences(TEXT))("What did the repairs cost?")
    assert len(found) == QUOTES
    assert found[0] == "The repairs cost four million crowns."


def test_libraries_are_kept_from_run_to_run(tmp_path: Path) -> None:
    """The second run copies what the first one built, and a run changes nothing of what is kept."""
    rows = []
    for seed in range(8):
        asked = {"id": "1", "question": "Where did the ferry go?", "answers": [[0, 1]]}
        text = made_up(seed, 20, [*WORDS, f"alone{'abcdefgh'[seed]}x"]).text
        rows.append({"id": str(seed), "title": "", "text": text, "questions": [asked]})
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    keep = tmp_path / "keep"
    for run in ("first", "second"):
        folder = tmp_path / run
        folder.mkdir()
        provide(folder, path, 2, 3, keep=keep)
        (built,) = keep.iterdir()
        if run == "first":
            before = built.stat()
        library = open_library(folder)
        try:
            counted = [library.size(server((FIRST_SERVER + n) << 22)).articles for n in range(3)]
        finally:
            library.close()
        assert counted == [3, 3, 0]
        assert (folder / FILE).stat().st_ino != built.stat().st_ino
    assert (built.stat().st_ino, built.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
