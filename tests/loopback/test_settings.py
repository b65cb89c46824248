"""/settings: what moderators set holds at once, for their server alone, and after a restart."""

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.answer import THRESHOLD
from bot.records import FILE
from tests.loopback.conftest import Start
from tests.loopback.payloads import ALICE, BOT, CHANNEL, DM, MIRA, OTHER_CHANNEL, channel
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, faces_of, said, texts_of, walk

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

QUESTION = "How much did the repairs cost?"
ELSEWHERE = 400000000000000077


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module."""
    return await start(cooldown="0")


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def as_at_first(discord: FakeDiscord, bot: BotProcess) -> AsyncIterator[None]:
    """Every test leaves the server without settings."""
    del bot
    yield
    asked = await discord.answer(await discord.slash("forget", who=MIRA))
    sure = await discord.answer(await discord.press(asked, faces_of(asked)[1], who=MIRA))
    await discord.answer(await discord.press(sure, faces_of(sure)[0], who=MIRA))


async def settings(discord: FakeDiscord, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """The settings as they are shown."""
    return await discord.answer(await discord.slash("settings", **({"who": MIRA} | options)))


async def choose(discord: FakeDiscord, name: str, *values: str, who: int = MIRA, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """The answer to a choice."""
    message = await settings(discord, **options)
    channels = name == "channels"
    resolved = {"channels": {v: channel(int(v)) | {"permissions": "0"} for v in values}} if channels else None
    exchange = await discord.choose(
        message, f"pq:g:{name}", *values, who=who, kind=8 if channels else 3, resolved=resolved
    )
    return await discord.answer(exchange)


def menu(message: Json, name: str) -> Json:
    """A menu."""
    return next(c for c in walk(message["components"]) if c.get("custom_id") == f"pq:g:{name}")


def chosen(message: Json, name: str) -> list[str]:
    """What is marked as chosen in a menu."""
    found = menu(message, name)
    if found["type"] == 8:
        return [d["id"] for d in found.get("default_values", [])]
    return [o["value"] for o in found["options"] if o.get("default")]


async def ask(discord: FakeDiscord, question: str = QUESTION, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """An answer."""
    return await discord.answer(await discord.slash("ask", question=question, **options))


async def test_it_shows_what_holds(discord: FakeDiscord) -> None:
    """Privately, each setting as a menu with its value marked."""
    message = await settings(discord)
    assert message["flags"] & EPHEMERAL
    assert chosen(message, "private") == chosen(message, "language") == chosen(message, "threshold") == ["default"]
    assert chosen(message, "retention") == ["90"]
    assert chosen(message, "channels") == []


async def test_answers_stay_in_the_channels_that_are_allowed(discord: FakeDiscord) -> None:
    """Elsewhere a private sentence names them; a mention elsewhere is left alone; other servers are not touched."""
    message = await choose(discord, "channels", str(ELSEWHERE))
    assert chosen(message, "channels") == [str(ELSEWHERE)]
    refusal = await ask(discord)
    assert said(refusal) == f"In this server I answer only in <#{ELSEWHERE}>."
    assert refusal["flags"] & EPHEMERAL
    left_alone = await discord.say(f"<@{BOT}> {QUESTION}")
    assert "crowns" in said(await ask(discord, where=OTHER_CHANNEL))
    assert "crowns" in said(await ask(discord, where=DM))
    message = await choose(discord, "channels", str(ELSEWHERE), str(CHANNEL))
    assert "crowns" in said(await ask(discord))
    assert "crowns" in said(await discord.reply_to(await discord.say(f"<@{BOT}> {QUESTION}")))
    assert not any(m.get("message_reference", {}).get("message_id") == left_alone["id"] for m in discord.messages)
    message = await choose(discord, "channels")
    assert chosen(message, "channels") == []


async def test_everywhere_again(discord: FakeDiscord) -> None:
    """A button takes all channels off the list; it is there only when there is one."""
    message = await choose(discord, "channels", str(ELSEWHERE))
    assert "Answer everywhere" in faces_of(message)
    cleared = await discord.answer(await discord.press(message, "Answer everywhere", who=MIRA))
    assert chosen(cleared, "channels") == []
    assert "Answer everywhere" not in faces_of(cleared)
    assert "crowns" in said(await ask(discord))


async def test_private_by_default(discord: FakeDiscord) -> None:
    """What the person says goes before what the server set."""
    await choose(discord, "private", "yes")
    assert (await ask(discord))["flags"] & EPHEMERAL
    assert not (await ask(discord, private=False))["flags"] & EPHEMERAL
    await choose(discord, "private", "no")
    assert not (await ask(discord))["flags"] & EPHEMERAL


async def test_the_threshold_holds_at_once(discord: FakeDiscord) -> None:
    """As bold as can be, what was refused is answered; as cautious as can be, what was answered is refused."""
    form = await discord.press(await settings(discord), "Exact numbers", who=MIRA)
    modal = await discord.until(lambda: form.modal)
    message = await settings(discord)
    refused = "Which captain welcomed the zeppelin?"
    assert "does not say" in said(await ask(discord, refused))
    await discord.answer(await discord.submit(modal, message, who=MIRA, threshold="0", retention="30"))
    assert "does not say" not in said(await ask(discord, refused))
    sent = await discord.answer(await discord.submit(modal, message, who=MIRA, threshold="100 %", retention=""))
    assert chosen(sent, "threshold") == ["1"]
    assert chosen(sent, "retention") == ["90"]
    assert "does not say" in said(await ask(discord, refused))
    preset = await choose(discord, "threshold", "0.5")
    assert chosen(preset, "threshold") == ["0.5"]
    assert "crowns" in said(await ask(discord))


async def test_the_form_starts_with_what_holds_and_refuses_what_does_not_fit(discord: FakeDiscord) -> None:
    """Both numbers stand in it; a wrong one is a sentence, and neither is set."""
    pressed = await discord.press(await settings(discord), "Exact numbers", who=MIRA)
    form = await discord.until(lambda: pressed.modal)
    values = {row["component"]["custom_id"]: row["component"]["value"] for row in form["components"]}
    assert values == {"threshold": f"{THRESHOLD * 100:.0f} %", "retention": "90"}
    message = await settings(discord)
    wrong = await discord.answer(await discord.submit(form, message, who=MIRA, threshold="40", retention="soon"))
    assert "1 to 365 days" in said(wrong)
    assert chosen(await settings(discord), "threshold") == ["default"]


async def test_language_of_replies(discord: FakeDiscord) -> None:
    """A choice is marked in the menu, in the language's own words; whoever asks is answered in it."""
    message = await choose(discord, "language", "de")
    assert chosen(message, "language") == ["de"]
    assert {o["label"] for o in menu(message, "language")["options"]} >= {"Deutsch", "Français", "Español", "Русский"}
    assert "crowns" in said(await ask(discord, locale="fr"))


async def test_settings_survive_a_restart(discord: FakeDiscord, start: Start) -> None:
    """And a menu of before the restart works after it."""
    old = await choose(discord, "retention", "7")
    await choose(discord, "private", "yes")
    await start(cooldown="0")
    assert (await ask(discord))["flags"] & EPHEMERAL
    changed = await discord.answer(await discord.choose(old, "pq:g:private", "no", who=MIRA))
    assert chosen(changed, "retention") == ["7"]
    assert not (await ask(discord))["flags"] & EPHEMERAL


async def test_a_store_that_cannot_be_opened_stops_the_start(
    discord: FakeDiscord, start: Start, bot: BotProcess, tmp_path: Path
) -> None:
    """Where a server lets the bot answer is not guessed: one sentence, exit status 2; settings as they are."""
    del bot
    (tmp_path / FILE).write_bytes(b"no database " * 1000)
    failing = await start(connect=False, state=str(tmp_path))
    assert await failing.ended() == 2
    assert "is damaged or no database of ours" in failing.log[-1]
    assert "Traceback" not in failing.text
    await start(cooldown="0")
    assert "crowns" in said(await ask(discord))


async def test_a_store_that_fails_while_running_guesses_nothing(discord: FakeDiscord, state: Path) -> None:
    """What is kept cannot be read: a sentence without the operator's paths, and no answer where it may not be."""
    beside = sqlite3.connect(state / FILE)
    beside.execute("ALTER TABLE settings RENAME TO away")
    beside.commit()
    try:
        for told in (await ask(discord), await settings(discord)):
            assert "tell the operator" in said(told)
            assert str(state) not in said(told)
            assert told["flags"] & EPHEMERAL
    finally:
        beside.execute("ALTER TABLE away RENAME TO settings")
        beside.commit()
        beside.close()
    assert "crowns" in said(await ask(discord))


async def test_who_is_no_moderator_sets_nothing(discord: FakeDiscord) -> None:
    """Neither by the command, nor by a menu, a button or a form of somebody else's."""
    only = "Only those who may manage this server can do this."
    assert said(await settings(discord, who=ALICE)) == only
    assert said(await settings(discord, where=DM)) == only
    assert said(await settings(discord, installed=False)) == only
    assert said(await choose(discord, "private", "yes", who=ALICE)) == only
    message = await settings(discord)
    assert said(await discord.answer(await discord.press(message, "Exact numbers", who=ALICE))) == only
    pressed = await discord.press(message, "Exact numbers", who=MIRA)
    form = await discord.until(lambda: pressed.modal)
    assert said(await discord.answer(await discord.submit(form, message, threshold="0", retention="1"))) == only
    assert chosen(await settings(discord), "private") == ["default"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("private", "maybe"), ("language", "tlh"), ("threshold", "2000"), ("retention", "0"), ("channels", "x")],
)
async def test_made_up_choices_are_refused(discord: FakeDiscord, name: str, value: str) -> None:
    """A value that no menu offers is a sentence, and nothing is set."""
    message = await settings(discord)
    before = json.dumps(message["components"])
    kind = 8 if name == "channels" else 3
    refusal = await discord.answer(await discord.choose(message, f"pq:g:{name}", value, who=MIRA, kind=kind))
    assert len(texts_of(refusal)) == 1
    assert refusal["flags"] & EPHEMERAL
    assert json.dumps((await settings(discord))["components"]) == before


async def test_each_server_has_its_own(discord: FakeDiscord) -> None:
    """What one sets does not hold in another."""
    await choose(discord, "private", "yes")
    other = await settings(discord, where=OTHER_CHANNEL)
    assert chosen(other, "private") == ["default"]
    assert not (await ask(discord, where=OTHER_CHANNEL))["flags"] & EPHEMERAL
