"""The commands in process, driven as a person drives them (simcord)."""

import asyncio
import re
import threading
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.answer import Abstention, Answer
from bot.discord.client import STALE, STOPPING, PullquoteClient
from bot.settings import Settings
from index.errors import CitationError
from tests.loopback.schema import message_errors, said
from tests.loopback.story import story_assistant

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "How much did the repairs cost?"


@pytest.fixture
def private() -> bool:
    """The setting of the same name."""
    return False


@pytest.fixture
async def simcord_bot(tmp_path: Path, *, private: bool) -> PullquoteClient:
    """The bot, unchanged."""
    return PullquoteClient(Settings(state=tmp_path, private=private), story_assistant())


class Room:
    """A channel with two people in it."""

    def __init__(self, env: simcord.Env) -> None:
        """Furnish it."""
        guild = env.create_guild()
        self.channel = guild.create_text_channel("news")
        self.alice = guild.add_member(env.create_user("alice"))
        self.ben = guild.add_member(env.create_user("ben"))


@pytest.fixture
def room(simcord_env: simcord.Env) -> Room:
    """A channel with two people in it."""
    return Room(simcord_env)


def original(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """The original response."""
    assert result.response is not None
    return result.response


def told(result: simcord.ResponseMessage) -> str:
    """All that a response says."""
    return said({"components": result.components})


async def test_ask(room: Room) -> None:
    """A public answer with the quote, its citation and its buttons."""
    result = await room.alice.slash(room.channel, "ask", question=QUESTION)
    assert not result.ephemeral
    assert "> She added that the repairs had cost 4.2 million crowns." in told(original(result)).replace("*", "")
    assert (
        message_errors({"flags": 1 << 15, "components": original(result).components, "allowed_mentions": {"parse": []}})
        == []
    )


@pytest.mark.parametrize(("private", "asked", "alone"), [(True, None, True), (True, False, False), (False, True, True)])
async def test_private_by_default_or_by_wish(room: Room, *, asked: bool | None, alone: bool) -> None:
    """What the person says goes before what the operator set."""
    options = {} if asked is None else {"private": asked}
    result = await room.alice.slash(room.channel, "ask", question=QUESTION, **options)
    assert result.ephemeral is alone


async def test_share(room: Room, simcord_env: simcord.Env) -> None:
    """Share posts a private answer for all, once."""
    result = await room.alice.slash(room.channel, "ask", question=QUESTION, private=True)
    pressed = await room.alice.click(original(result), label="Share")
    (shared,) = pressed.followups
    assert not shared.ephemeral
    assert re.sub(r"<t:\d+:R>", "then", told(shared)) == (
        f"{told(original(result))}\n-# Shared by {room.alice.mention}, asked then"
    )
    with pytest.raises(simcord.SetupError, match="disabled"):
        await room.alice.click(original(result), label="Shared")
    assert (await room.ben.click(shared, label="Context")).ephemeral
    assert simcord_env.bot is not None


async def test_why_is_ones_own(room: Room) -> None:
    """One person's answer is not explained to another."""
    await room.alice.slash(room.channel, "ask", question=QUESTION)
    assert QUESTION in told(original(await room.alice.slash(room.channel, "why")))
    assert "no answer here" in told(original(await room.ben.slash(room.channel, "why")))


async def test_autocompletion_is_never_too_much(room: Room) -> None:
    """At most 25 choices of at most 100 characters, whatever is typed."""
    for typed in ("", "1", "ferry", "*", "١", "-1", "1e9", "9" * 100):
        choices = await room.alice.autocomplete(room.channel, "passage", "number", typed)
        assert len(choices) <= 25
        assert all(1 <= len(choice["name"]) <= 100 for choice in choices)


@pytest.mark.parametrize("command", ["article", "help", "privacy"])
async def test_commands_without_parameters(room: Room, command: str) -> None:
    """They answer at once, /article for all to see."""
    result = await room.alice.slash(room.channel, command)
    assert told(original(result))
    assert result.ephemeral is (command != "article")


async def test_a_quote_that_is_not_the_articles_is_withheld(
    room: Room, simcord_bot: PullquoteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A citation that fails its check is told in its own sentence, privately, and leaves nothing pending."""

    def fails(*_: object, **__: object) -> Answer | Abstention:
        raise CitationError("Quote 1 is not the article's text at 1-2; it is withheld.")

    monkeypatch.setattr(simcord_bot.assistant, "ask", fails)
    result = await room.alice.slash(room.channel, "ask", question=QUESTION)
    (followup,) = result.followups
    assert followup.ephemeral
    assert told(followup) == "Quote 1 is not the article's text at 1-2; it is withheld."
    assert result.response is None


@pytest.mark.simcord(shard_count=1, check_errors=False)
async def test_an_unforeseen_error_is_a_sentence_with_a_number(
    room: Room, simcord_bot: PullquoteClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The person gets a number, the log gets the number and the traceback."""

    def fails(*_: object, **__: object) -> Answer | Abstention:
        raise ZeroDivisionError

    monkeypatch.setattr(simcord_bot.assistant, "ask", fails)
    result = await room.alice.slash(room.channel, "ask", question=QUESTION)
    sentence = told(result.followups[0])
    assert sentence.startswith("Something went wrong")
    (logged,) = [r for r in caplog.records if r.name.startswith("bot.")]
    assert logged.getMessage().removeprefix("Error ") in sentence
    assert logged.exc_info


async def test_answering_does_not_hold_up_the_gateway(
    room: Room, simcord_bot: PullquoteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer is worked out in another thread than the one that sends heartbeats."""
    threads: list[int] = []
    ask = simcord_bot.assistant.ask

    def noting(question: str, **options: Any) -> Answer | Abstention:  # noqa: ANN401 - whatever it takes
        threads.append(threading.get_ident())
        return ask(question, **options)

    monkeypatch.setattr(simcord_bot.assistant, "ask", noting)
    await room.alice.slash(room.channel, "ask", question=QUESTION)
    await room.alice.send(room.channel, f"<@{simcord_bot.user.id if simcord_bot.user else 0}> {QUESTION}")
    assert len(threads) == 2
    assert threading.get_ident() not in threads


async def test_while_stopping_nothing_new_is_taken(room: Room, simcord_bot: PullquoteClient) -> None:
    """A command is told to come back, a message is left alone."""
    simcord_bot.work.stopping = True
    result = await room.alice.slash(room.channel, "ask", question=QUESTION)
    assert told(original(result)) == STOPPING
    assert result.ephemeral


async def test_a_drain_waits_only_so_long(simcord_bot: PullquoteClient) -> None:
    """Work that does not end is given up after a while."""
    assert await simcord_bot.work.drain(0.0)
    with simcord_bot.work.item():
        assert not await simcord_bot.work.drain(0.0)


async def test_no_view_is_kept(room: Room, simcord_bot: PullquoteClient) -> None:
    """discord.py keeps nothing for a message sent: a year of answers takes no memory."""
    for _ in range(3):
        result = await room.alice.slash(room.channel, "ask", question=QUESTION, private=True)
        await room.alice.click(original(result), label="Context")
        await room.alice.click(original(result), label="Share")
    store = simcord_bot._connection._view_store
    assert not store._views
    assert not store._synced_message_views
    assert not [t for t in asyncio.all_tasks() if "discord-ui-view-timeout" in t.get_name()]


def test_sentences_name_what_to_do() -> None:
    """What is said when nothing can be done says what the person can do."""
    assert "ask" in STOPPING
    assert "ask" in STALE
