"""Who runs a modified client: every button, menu and form asks again who presses it and where, whatever was shown.

A custom_id can be made up; the person, their permissions, the server and the message cannot, for those Discord says.
"""

import json
from typing import Any

import pytest
import pytest_asyncio

from bot.discord.buttons import BUTTONS
from tests.loopback.conftest import Start
from tests.loopback.exchanges import Exchange
from tests.loopback.payloads import ALICE, BEN, CHANNEL, DM, MIRA, OTHER_CHANNEL
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, buttons_of, said

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

QUESTION = "How much did the repairs cost?"
ONLY_MODERATORS = "Only those who may manage this server can do this."

MODERATED = {"InsightsButton", "SettingMenu", "SettingButton", "ForgetButton"}
"""Families that show or change what is a server's; of the last, what it erases of one's own is open to all."""

EDITORS = {"ArticleButton", "FurtherButton"}
"""Families for those whom a server lets change its library; in direct messages the library is one's own."""

OWN = {"ShareButton", "DeleteButton"}
"""Families for the person who asked."""

OPEN = {
    "ArticleMenu",
    "TurnButton",
    "AcrossButton",
    "PassageButton",
    "MoreButton",
    "FollowUpButton",
    "CardButton",
    "PageButton",
    "UpButton",
    "DownButton",
}
"""Families that show what the article says, or count the voice of whoever presses."""

FORGED = [
    "pq:i:30:1:p",
    "pq:i:90:2:r",
    "pq:g:channels",
    "pq:g:private",
    "pq:g:language",
    "pq:g:threshold",
    "pq:g:retention",
    "pq:g:exact",
    "pq:g:everywhere",
    "pq:f:server",
    "pq:f:sure",
]
MENUS = {"pq:g:channels": 8, "pq:g:private": 3, "pq:g:language": 3, "pq:g:threshold": 3, "pq:g:retention": 3}
"""Those that are menus, with the kind of the menu."""


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module."""
    return await start(cooldown="0")


async def test_every_family_of_buttons_is_thought_of() -> None:
    """A new one is put with those of its kind here, and gets a test below."""
    assert {family.__name__ for family in BUTTONS} == MODERATED | EDITORS | OWN | OPEN


def carrying(message: Json, custom_id: str) -> Json:
    """A private message of the bot's that holds a made up button or menu, as if the bot had sent it."""
    carried: Json = json.loads(json.dumps(message))
    carried["flags"] |= EPHEMERAL
    row = next(c for c in carried["components"][0]["components"] if c["type"] == 1)
    if custom_id in MENUS:
        menu = {"type": MENUS[custom_id], "id": 90, "custom_id": custom_id, "min_values": 1, "max_values": 1}
        menu |= {"options": [{"label": "x", "value": "x"}]} if MENUS[custom_id] == 3 else {"channel_types": [0]}
        row["components"] = [menu]
    else:
        row["components"] = [row["components"][0] | {"custom_id": custom_id}]
    return carried


async def use(discord: FakeDiscord, message: Json, custom_id: str, *values: str, who: int) -> Exchange:
    """Press the button, or choose from the menu."""
    if custom_id in MENUS:
        return await discord.choose(message, custom_id, *values, who=who, kind=MENUS[custom_id])
    return await discord.press(message, custom_id=custom_id, who=who)


async def settings_now(discord: FakeDiscord, where: int = CHANNEL) -> str:
    """What /settings shows a moderator."""
    shown = await discord.answer(await discord.slash("settings", who=MIRA, where=where))
    return json.dumps(shown["components"])


@pytest.mark.parametrize("custom_id", FORGED)
async def test_who_is_no_moderator_forges_in_vain(discord: FakeDiscord, custom_id: str) -> None:
    """A made up button of a moderator's, pressed by anybody else: a sentence, and nothing is shown, set or erased."""
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    before = await settings_now(discord)
    value = {"pq:g:private": "yes", "pq:g:language": "de", "pq:g:threshold": "60", "pq:g:retention": "7"}
    exchange = await use(
        discord, carrying(message, custom_id), custom_id, value.get(custom_id, "400000000000000004"), who=ALICE
    )
    refusal = await discord.answer(exchange)
    assert said(refusal) == ONLY_MODERATORS
    assert refusal["flags"] & EPHEMERAL
    assert exchange.modal is None
    assert exchange.files == {}
    assert await settings_now(discord) == before


@pytest.mark.parametrize("custom_id", FORGED)
async def test_in_direct_messages_nobody_is_a_moderator(discord: FakeDiscord, custom_id: str) -> None:
    """There is no server there to manage, whoever it is."""
    message = await discord.answer(await discord.slash("ask", question=QUESTION, where=DM))
    carried = carrying(message, custom_id)
    refusal = await discord.answer(await use(discord, carried, custom_id, "yes", who=ALICE))
    assert said(refusal) == ONLY_MODERATORS


async def test_a_form_of_a_moderators_is_refused(discord: FakeDiscord) -> None:
    """Though it was never opened: sent by anybody, on any message, in direct messages."""
    form = {"custom_id": "pq:g:form", "components": []}
    filled = {"type": 18, "component": {"type": 4, "custom_id": "threshold"}}
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    before = await settings_now(discord)
    for sent in (form, form | {"components": [filled, filled | {"component": {"type": 4, "custom_id": "retention"}}]}):
        for on in (message, None):
            refusal = await discord.answer(await discord.submit(sent, on, who=BEN, threshold="0", retention="1"))
            assert said(refusal) == ONLY_MODERATORS
        refusal = await discord.answer(await discord.submit(sent, who=ALICE, where=DM, threshold="0", retention="1"))
        assert said(refusal) == ONLY_MODERATORS
    assert await settings_now(discord) == before


async def test_a_moderator_reaches_their_own_server_alone(discord: FakeDiscord) -> None:
    """A settings message of one server, carried to another: what is set is the other's, where they moderate too."""
    here = await discord.answer(await discord.slash("settings", who=MIRA))
    before = await settings_now(discord)
    carried = json.loads(json.dumps(here)) | {"channel_id": str(OTHER_CHANNEL)}
    await discord.answer(await discord.choose(carried, "pq:g:private", "yes", who=MIRA))
    assert await settings_now(discord) == before
    assert await settings_now(discord, OTHER_CHANNEL) != before


async def test_a_button_that_the_message_does_not_hold_is_not_acted_on(discord: FakeDiscord) -> None:
    """A moderator's, too: whoever makes up a custom_id must have it on a message of the bot's."""
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    for custom_id in (*FORGED, f"pq:x:{BEN}"):
        refusal = await discord.answer(await discord.press(message, custom_id=custom_id, who=BEN))
        assert "ask your question again" in said(refusal)
    assert message in discord.messages


async def test_a_private_answer_is_shared_by_its_asker_alone(discord: FakeDiscord) -> None:
    """Another person's press, and a custom_id with another's id in it on a message that does not hold it."""
    message = await discord.answer(await discord.slash("ask", question=QUESTION, private=True))
    count = len(discord.messages)
    assert "Only the person who asked" in said(await discord.answer(await discord.press(message, "Share", who=BEN)))
    own = next(b["custom_id"] for b in buttons_of(message) if b.get("label") == "Share")
    forged = own.replace(str(ALICE), str(BEN))
    refusal = await discord.answer(await discord.press(message, custom_id=forged, who=BEN))
    assert "ask your question again" in said(refusal)
    assert len(discord.messages) == count


async def test_an_answer_is_deleted_by_its_asker_and_by_moderators(discord: FakeDiscord) -> None:
    """Whoever else presses is told so, and it stays."""
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    delete = next(b["custom_id"] for b in buttons_of(message) if b["custom_id"].startswith("pq:x:"))
    assert "can delete this answer" in said(
        await discord.answer(await discord.press(message, custom_id=delete, who=BEN))
    )
    assert message in discord.messages
    gone = await discord.press(message, custom_id=delete, who=MIRA)
    await discord.until(lambda: gone.message is None and gone.callbacks)


@pytest.mark.parametrize(
    "custom_id",
    [
        "pq:p:{other}:1:1:0:0",
        "pq:m:{other}:1:1.2",
        "pq:u:{other}",
        "pq:c:open:{other}:light:1",
        "pq:c:post:{other}:light:1",
        "pq:c:open:{own}:light:9999999",
        "pq:p:{own}:9999999:1:0:0",
        "pq:p:{own}:1:1:0:999999999",
        "pq:p:{own}:1:0:0:0",
        "pq:m:{own}:1:9999999",
        "pq:m:{own}:0:1",
        "pq:s:{other}:400000000000000011",
        "pq:n:0123456789abcdef:1",
        "pq:v:u:{own}:9999999999999999999:500:1",
        "pq:v:d:{own}:1:9999:1",
    ],
)
async def test_what_does_not_fit_the_article_is_refused(discord: FakeDiscord, bot: BotProcess, custom_id: str) -> None:
    """An article that was removed, sentences and pages that there are not: a sentence, and no error in the log."""
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    own = next(b["custom_id"] for b in buttons_of(message) if b["custom_id"].startswith("pq:p:")).split(":")[2]
    made = custom_id.format(own=own, other="0" * 12)
    refusal = await discord.answer(await discord.press(carrying(message, made), custom_id=made))
    assert len(said(refusal)) < 200
    assert refusal["flags"] & EPHEMERAL
    assert "crowns" not in said(refusal)
    assert "Traceback" not in bot.text


async def test_a_replayed_press_is_acted_on_once(discord: FakeDiscord) -> None:
    """The same interaction twice: one response, one vote."""
    message = await discord.answer(await discord.slash("ask", question=QUESTION))
    pressed = await discord.press(message, "\N{THUMBS UP SIGN}", who=BEN)
    await discord.answer(pressed)
    await discord.again(pressed)
    await discord.answer(await discord.slash("help"))
    assert len(pressed.callbacks) == 1
