"""/insights: for moderators, about their own server and no other, with a chart, in pages."""

import io
import json
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from bot.chart import SIZE
from tests.loopback.conftest import Start
from tests.loopback.markdown import read
from tests.loopback.payloads import ALICE, BEN, DM, GUILD, MIRA, OTHER_CHANNEL, OTHER_GUILD
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, buttons_of, faces_of, said, walk

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

DOWN = "\N{THUMBS DOWN SIGN}"


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module."""
    return await start(cooldown="0")


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def asked(bot: BotProcess, discord: FakeDiscord) -> None:
    """Two servers' people have asked something."""
    del bot
    for who, question in (
        (ALICE, "Which zeppelin won the chess championship?"),
        (BEN, "which zeppelin won the CHESS championship"),
        (ALICE, "Who painted the *Sistine* chapel?"),
    ):
        await discord.answer(await discord.slash("ask", question=question, who=who))
    message = await discord.answer(await discord.slash("ask", question="How much did the repairs cost?"))
    await discord.answer(await discord.press(message, DOWN, who=BEN))
    await discord.answer(await discord.slash("ask", question="What secret glacier melted?", where=OTHER_CHANNEL))


async def insights(discord: FakeDiscord, **options: Any) -> tuple[Json, dict[str, bytes]]:  # noqa: ANN401 - of `slash`
    """The first page and the files with it."""
    exchange = await discord.slash("insights", **({"who": MIRA} | options))
    return await discord.answer(exchange), exchange.files


async def turned(discord: FakeDiscord, message: Json, label: str) -> Json:
    """The page behind a button."""
    exchange = await discord.press(message, label, who=MIRA)
    await discord.until(lambda: exchange.edits)
    assert exchange.message is not None
    return exchange.message


async def test_only_moderators_are_offered_it(discord: FakeDiscord) -> None:
    """Discord is told that the commands need Manage Server, and a server that installed the bot."""
    for name in ("insights", "settings"):
        command = next(c for c in discord.commands if c["name"] == name)
        assert command["default_member_permissions"] == str(1 << 5)
        assert command["contexts"] == [0]
        assert command["integration_types"] == [0]


async def test_the_first_page_has_the_counts_and_the_chart(discord: FakeDiscord) -> None:
    """Ephemeral; an image with an alternative text that has the figures; what people asked adds up."""
    message, files = await insights(discord)
    assert message["flags"] & EPHEMERAL
    assert "4 questions" in said(message)
    assert "answered: 1 (25%)" in said(message)
    assert "not answered: 3 (75%)" in said(message)
    assert "\N{THUMBS UP SIGN} 0 · \N{THUMBS DOWN SIGN} 1" in said(message)
    (picture,) = files.values()
    assert Image.open(io.BytesIO(picture)).size == SIZE
    (item,) = [i for c in walk(message["components"]) for i in c.get("items", [])]
    assert "1 answered, 3 not" in item["description"]
    assert faces_of(message) == ["7 days", "30 days", "90 days", "Previous", "Next"]


async def test_the_pages_behind_it(discord: FakeDiscord) -> None:
    """Unanswered questions put together and counted, then answers marked wrong with what was quoted."""
    first, _ = await insights(discord)
    second = await turned(discord, first, "Next")
    told = read(said(second))
    assert "which zeppelin won the CHESS championship" in told
    assert "asked 2 times · by 2 people" in told
    assert "“zeppelin”" in told
    assert "Who painted the *Sistine* chapel?" in told
    assert "<t:" in said(second)
    third = await turned(discord, second, "Next")
    assert "How much did the repairs cost?" in said(third)
    assert "4.2 million crowns" in said(third)
    assert next(b for b in buttons_of(third) if b["label"] == "Next")["disabled"]
    back = await turned(discord, await turned(discord, third, "Previous"), "Previous")
    assert "4 questions" in said(back)


async def test_nobody_is_named(discord: FakeDiscord) -> None:
    """Moderators see what was asked, never by whom."""
    page, _ = await insights(discord)
    for _ in range(2):
        assert str(ALICE) not in json.dumps(page["components"])
        assert str(BEN) not in json.dumps(page["components"])
        page = await turned(discord, page, "Next")


async def test_a_range_is_chosen(discord: FakeDiscord) -> None:
    """By the command or by a button; the range in force cannot be pressed."""
    message, _ = await insights(discord, days=7)
    assert "The last 7 days" in said(message)
    assert next(b for b in buttons_of(message) if b["label"] == "7 days")["disabled"]
    longer = await turned(discord, message, "90 days")
    assert "The last 90 days" in said(longer)


async def test_another_servers_questions_are_never_shown(discord: FakeDiscord) -> None:
    """Each server sees its own; no custom_id, whatever is written into it, leads to another's."""
    other, _ = await insights(discord, where=OTHER_CHANNEL)
    assert "1 question" in said(other)
    pages = said(other) + said(await turned(discord, other, "Next"))
    assert "glacier" in pages
    assert "zeppelin" not in pages
    mine, _ = await insights(discord)
    for forged in (
        f"pq:i:30:2:p:{OTHER_GUILD}",
        f"pq:i:{OTHER_GUILD}:30:2:p",
        f"pq:i:30:{OTHER_GUILD}:p",
        "pq:i:36500:1:p",
    ):
        carried = json.loads(json.dumps(mine))
        buttons_of(carried)[0]["custom_id"] = forged
        refusal = await discord.answer(await discord.press(carried, custom_id=forged, who=MIRA))
        assert "ask your question again" in said(refusal)
    # A message of the other server, shown to a bot that hears the press in this one.
    carried = json.loads(json.dumps(other)) | {"channel_id": mine["channel_id"]}
    exchange = await discord.press(carried, "90 days", who=MIRA)
    await discord.until(lambda: exchange.edits)
    assert "glacier" not in said(exchange.message or {})


async def test_who_is_no_moderator_is_refused_each_time(discord: FakeDiscord) -> None:
    """The command and every button check it themselves, whatever Discord showed."""
    for options in ({"who": ALICE}, {"where": DM, "who": MIRA}, {"installed": False}):
        message, files = await insights(discord, **options)
        assert said(message) == "Only those who may manage this server can do this."
        assert message["flags"] & EPHEMERAL
        assert files == {}
    page, _ = await insights(discord)
    for button in ("Next", "7 days"):
        assert "Only those who may manage" in said(await discord.answer(await discord.press(page, button, who=BEN)))


async def test_a_server_without_questions(discord: FakeDiscord) -> None:
    """Says so, without a chart; nothing of another's shows through."""
    asked = await discord.answer(await discord.slash("forget", who=MIRA, where=OTHER_CHANNEL))
    sure = await discord.answer(await discord.press(asked, faces_of(asked)[1], who=MIRA))
    await discord.answer(await discord.press(sure, "Erase all of it", who=MIRA))
    message, files = await insights(discord, where=OTHER_CHANNEL)
    assert "Nothing was asked." in said(message)
    assert files == {}
    assert str(GUILD) not in json.dumps(message["components"])
    assert "No question went unanswered." in said(await turned(discord, message, "Next"))
