"""Check against the article: a message's menu, private first, in pages, to be shared."""

from typing import Any

import pytest
import pytest_asyncio

from bot.discord.translator import CHECK_MENU
from tests.loopback.conftest import Start
from tests.loopback.markdown import read
from tests.loopback.payloads import ALICE, BEN, CHANNEL, message
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, faces_of, said

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

MANY = " ".join(f"The repairs had cost {n}.{n} million crowns in the year {1900 + n}." for n in range(1, 25))


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module."""
    return await start()


async def check(discord: FakeDiscord, text: str, **options: Any) -> Json:  # noqa: ANN401 - of `menu`
    """A person checks what somebody wrote; the report."""
    written = message(next(discord.ids), CHANNEL, BEN, {"content": text})
    return await discord.answer(await discord.menu(CHECK_MENU, written, **options))


async def test_a_report_is_private_and_quotes(discord: FakeDiscord) -> None:
    """What differs is named, the article quoted with its passage, and nobody else sees it."""
    report = await check(discord, "The repairs had cost 9.7 million crowns.")
    assert report["flags"] & EPHEMERAL
    assert "says it differently" in said(report)
    assert "She added that the repairs had cost" in read(said(report))
    assert faces_of(report) == ["Context", "Share"]


async def test_a_report_can_be_shared(discord: FakeDiscord) -> None:
    """Share posts what was seen, with the buttons that open the article."""
    report = await check(discord, "The repairs had cost 4.2 million crowns.")
    pressed = await discord.press(report, "Share")
    (shared,) = await discord.until(lambda: pressed.followups)
    assert not shared["flags"] & EPHEMERAL
    assert said(shared).startswith(said(report))
    assert f"Shared by <@{ALICE}>" in said(shared)
    assert faces_of(shared) == ["Context", "Delete"]


async def test_a_message_without_text_gets_a_sentence(discord: FakeDiscord) -> None:
    """A picture alone cannot be checked."""
    assert "no text in this message" in said(await check(discord, ""))


async def test_embeds_are_read_too(discord: FakeDiscord) -> None:
    """What a bot or a link shows in an embed is a part of the message."""
    embed = {"type": "rich", "title": "News", "description": "The repairs had cost 9.7 million crowns."}
    written = message(next(discord.ids), CHANNEL, BEN, {"content": "", "embeds": [embed]})
    report = await discord.answer(await discord.menu(CHECK_MENU, written))
    assert "says it differently" in said(report)


async def test_a_long_report_pages_and_loses_nothing(discord: FakeDiscord) -> None:
    """Page by page every claim is there; the pages turn in place, both ways."""
    page = await check(discord, MANY)
    told = said(page)
    for _ in range(30):
        if "Next page" not in faces_of(page):
            break
        pressed = await discord.press(page, "Next page")
        page = await discord.until(lambda: pressed.message if pressed.edits else None)  # noqa: B023 - within the loop
        told += said(page)
    assert page["flags"] & EPHEMERAL
    assert all(f"{n}.{n} million crowns in the year {1900 + n}" in read(told) for n in range(1, 25))
    assert faces_of(page)[-2:] == ["Previous page", "Share"]
    back = await discord.press(page, "Previous page")
    await discord.until(lambda: back.edits)


async def test_pages_on_a_shared_report_turn_for_each_reader(discord: FakeDiscord) -> None:
    """Nobody turns the page under another's eyes."""
    report = await check(discord, MANY)
    pressed = await discord.press(report, "Share")
    (shared,) = await discord.until(lambda: pressed.followups)
    turned = await discord.answer(await discord.press(shared, "Next page", who=BEN))
    assert turned["flags"] & EPHEMERAL
    assert "Share" not in faces_of(turned)


async def test_pages_that_are_gone_say_so(discord: FakeDiscord, start: Start, bot: BotProcess) -> None:
    """After a restart a page is not there any more; the person learns what to do."""
    report = await check(discord, MANY)
    assert await bot.stop() == 0
    await start()
    refusal = await discord.answer(await discord.press(report, "Next page"))
    assert "run the command again" in said(refusal)
