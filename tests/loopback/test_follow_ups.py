"""Conversations: in channels, threads, direct messages, replies and forms; cards, deletion, cooldown, suggestions."""

import re
from typing import Any

import pytest
import pytest_asyncio

from tests.loopback.conftest import Start
from tests.loopback.payloads import ALICE, BEN, BOT, CHANNEL, DM, MIRA, OTHER_CHANNEL, THREAD
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, buttons_of, faces_of, said, texts_of, walk

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

FIRST = "Who welcomed the news?"
NEXT = "What did he tell local radio?"
READ = "What did Tomas Hald tell local radio?"
COST = "How much did the repairs cost?"


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module."""
    return await start()


def read_as(message: Json) -> bool:
    """Whether an answer shows that the follow-up was understood, and how to undo that."""
    head = texts_of(message)[0]
    return "-# Read as: **" in head and "Tomas Hald" in head and "/new" in head


async def ask(discord: FakeDiscord, question: str, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """Ask with /ask; the answer."""
    return await discord.answer(await discord.slash("ask", question=question, **options))


@pytest.mark.parametrize("where", [CHANNEL, THREAD, DM])
async def test_ask_carries_the_conversation(discord: FakeDiscord, where: int) -> None:
    """The next /ask in a place is read in the light of the one before, and says so."""
    await ask(discord, FIRST, where=where)
    message = await ask(discord, NEXT, where=where)
    assert texts_of(message)[0].startswith(f"**{NEXT}**\n-# Read as: **")
    assert read_as(message)
    assert "cut off from its hospital" in said(message)


async def test_conversations_are_ones_own_and_of_the_place(discord: FakeDiscord) -> None:
    """Neither another person's question nor one elsewhere makes a follow-up of mine."""
    await ask(discord, FIRST)
    for who, where in ((BEN, CHANNEL), (ALICE, OTHER_CHANNEL)):
        await discord.answer(await discord.slash("new", who=who, where=where))
        assert "Read as" not in said(await ask(discord, NEXT, who=who, where=where))


async def test_new_undoes_it(discord: FakeDiscord) -> None:
    """After /new the same question stands alone."""
    await ask(discord, FIRST)
    forgotten = await discord.answer(await discord.slash("new"))
    assert "stands alone" in said(forgotten)
    assert forgotten["flags"] & EPHEMERAL
    assert "Read as" not in said(await ask(discord, NEXT))


async def test_a_question_that_stands_alone_is_never_bent(discord: FakeDiscord) -> None:
    """Nothing is read into it."""
    await ask(discord, FIRST)
    assert "Read as" not in said(await ask(discord, COST))


async def test_messages_carry_it_too(discord: FakeDiscord) -> None:
    """Direct messages and mentions follow up on each other."""
    await discord.reply_to(await discord.say(FIRST, where=DM))
    assert read_as(await discord.reply_to(await discord.say(NEXT, where=DM)))
    await discord.reply_to(await discord.say(f"<@{BOT}> {FIRST}", where=THREAD))
    assert read_as(await discord.reply_to(await discord.say(f"<@{BOT}> {NEXT}", where=THREAD)))


async def test_a_reply_that_pings_is_a_follow_up(discord: FakeDiscord) -> None:
    """A reply to an answer needs no mention, follows that answer and not the last, and whoever gave the question."""
    first = await ask(discord, FIRST, who=BEN)
    await discord.answer(await discord.slash("new"))
    await ask(discord, COST)
    assert read_as(await discord.reply_to(await discord.say(NEXT, to=first)))


async def test_a_reply_that_does_not_ping_is_not_ours(discord: FakeDiscord) -> None:
    """Discord does not give its text, so it is left alone."""
    first = await ask(discord, FIRST)
    silent = await discord.say(NEXT, to=first, pings=False)
    await discord.reply_to(await discord.say(f"<@{BOT}> {COST}"))
    assert not any(m.get("message_reference", {}).get("message_id") == silent["id"] for m in discord.messages)


async def test_follow_up_opens_a_form(discord: FakeDiscord) -> None:
    """What is sent is answered in the light of the message, for all where that was for all."""
    message = await ask(discord, FIRST)
    await discord.answer(await discord.slash("new", who=BEN))
    pressed = await discord.press(message, "Follow up", who=BEN)
    form = await discord.until(lambda: pressed.modal)
    assert form["title"] == "Follow up"
    answer = await discord.answer(await discord.submit(form, message, who=BEN, question=NEXT))
    assert read_as(answer)
    assert not answer["flags"] & EPHEMERAL


async def test_a_follow_up_on_a_private_answer_is_private(discord: FakeDiscord) -> None:
    """Nobody else learns what was asked privately."""
    message = await ask(discord, FIRST, private=True)
    pressed = await discord.press(message, "Follow up")
    form = await discord.until(lambda: pressed.modal)
    answer = await discord.answer(await discord.submit(form, message, question=NEXT))
    assert answer["flags"] & EPHEMERAL
    assert "Share" in faces_of(answer)


async def test_a_form_of_nothing_gets_a_sentence(discord: FakeDiscord) -> None:
    """Forms made up, of another article, or without a message are answered, not left to time out."""
    message = await ask(discord, FIRST)
    pressed = await discord.press(message, "Follow up")
    form = await discord.until(lambda: pressed.modal)
    for forged, where in (({"custom_id": "pq:q:zzz"}, message), ({}, None)):
        refusal = await discord.answer(await discord.submit(form | forged, where, question=NEXT))
        assert "ask your question again" in said(refusal)
    empty = await discord.answer(await discord.submit(form, message, question="  "))
    assert "The question is empty" in said(empty)
    assert empty["flags"] & EPHEMERAL


async def test_buttons_are_few_and_in_order(discord: FakeDiscord) -> None:
    """First what opens the article, then what to do with the answer; an abstention has no card."""
    assert faces_of(await ask(discord, COST)) == ["Context", "More", "Follow up", "Card", "Delete", "👍", "👎"]
    refused = await ask(discord, "Which zebra won the chess final?", private=True)
    assert faces_of(refused)[-4:] == ["Follow up", "Share", "👍", "👎"]
    for message in (await ask(discord, COST), refused):
        rows = [c for c in walk(message["components"]) if c["type"] == 1]
        assert all(len(row["components"]) <= 5 for row in rows)


async def test_delete_is_for_its_asker_and_moderators(discord: FakeDiscord) -> None:
    """Who may not is told so, and the answer stays; who may takes it away."""
    for who in (ALICE, MIRA):
        message = await ask(discord, COST)
        refusal = await discord.answer(await discord.press(message, "Delete", who=BEN))
        assert "Only the person who asked" in said(refusal)
        assert message in discord.messages
        pressed = await discord.press(message, "Delete", who=who)
        await discord.until(lambda: message not in discord.messages)  # noqa: B023 - within the loop
        assert pressed.followups == []


async def test_a_mention_can_be_deleted_too(discord: FakeDiscord) -> None:
    """An answer to a message belongs to who wrote that."""
    reply = await discord.reply_to(await discord.say(f"<@{BOT}> {COST}", who=BEN))
    await discord.press(reply, "Delete", who=BEN)
    await discord.until(lambda: reply not in discord.messages)


async def test_a_card_is_private_until_shared(discord: FakeDiscord) -> None:
    """Card draws the answer for one person, who turns it dark and posts it; each has its alt text."""
    message = await ask(discord, COST)
    drawn = await discord.press(message, "Card", who=BEN)
    card = await discord.answer(drawn)
    assert card["flags"] & EPHEMERAL
    assert drawn.files["pullquote.png"].startswith(b"\x89PNG")
    (picture,) = [item for c in walk(card["components"]) for item in c.get("items", [])]
    assert "She added that the repairs had cost 4.2 million crowns." in picture["description"]
    assert faces_of(card) == ["Share", "Dark"]
    light = drawn.files["pullquote.png"]
    turned = await discord.press(card, "Dark", who=BEN)
    await discord.until(lambda: turned.edits)
    assert faces_of(turned.message or {}) == ["Share", "Light"]
    assert turned.files["pullquote.png"] != light
    shared = await discord.answer(await discord.press(card, "Share", who=BEN))
    assert not shared["flags"] & EPHEMERAL
    assert f"-# Shared by <@{BEN}>" in said(shared)
    assert faces_of(shared) == []


async def test_questions_are_suggested(discord: FakeDiscord) -> None:
    """What is typed comes first, then questions that the article answers; nothing typed gives the best of them."""
    offered = await discord.until_complete("ask", "question", "")
    assert len(offered) <= 25
    assert any("crossings" in choice["name"] for choice in offered)
    typed = await discord.complete("ask", "question", "how many cros")
    assert typed[0]["value"] == "how many cros"
    assert typed[1]["value"].startswith("How many crossings")
    long = await discord.complete("ask", "question", "x" * 101, some=False)
    assert long == []


async def test_help_shows_examples(discord: FakeDiscord) -> None:
    """What a newcomer can ask, each a question that the article answers."""
    await discord.until_complete("ask", "question", "")
    shown = await discord.answer(await discord.slash("help"))
    (examples,) = [t for t in texts_of(shown) if t.startswith("**For example**")]
    question = re.sub(r"\\(.)", r"\1", examples.split("\n")[1].removeprefix("- "))
    assert "does not say" not in said(await ask(discord, question))


async def test_the_conversation_outlives_a_restart(discord: FakeDiscord, start: Start, bot: BotProcess) -> None:
    """Follow up and replies on an old message read it again: what was asked, and what was quoted."""
    message = await ask(discord, FIRST)
    follow = await ask(discord, NEXT)
    assert await bot.stop() == 0
    await start()
    pressed = await discord.press(message, "Follow up")
    form = await discord.until(lambda: pressed.modal)
    assert read_as(await discord.answer(await discord.submit(form, message, question=NEXT)))
    answer = await discord.reply_to(await discord.say("What else did he say?", to=follow))
    assert "Tomas Hald" in texts_of(answer)[0]
    card = await discord.answer(await discord.press(message, "Card"))
    assert faces_of(card) == ["Share", "Dark"]


@pytest.mark.parametrize("where", [THREAD, DM])
async def test_what_was_asked_before_a_restart_is_followed_up(discord: FakeDiscord, start: Start, where: int) -> None:
    """In the same place, by /ask and by a message, where nothing but the store tells what came before."""
    bot = await start()
    await ask(discord, FIRST, where=where)
    assert await bot.stop() == 0
    bot = await start()
    assert read_as(await ask(discord, NEXT, where=where))
    await ask(discord, FIRST, where=where)
    assert await bot.stop() == 0
    await start()
    mention = "" if where == DM else f"<@{BOT}> "
    assert read_as(await discord.reply_to(await discord.say(f"{mention}{NEXT}", where=where)))


async def test_what_was_forgotten_stays_so_after_a_restart(discord: FakeDiscord, start: Start) -> None:
    """By /new in one place, by /forget in all of them; other people's stay."""
    bot = await start()
    for who, where in ((ALICE, THREAD), (ALICE, CHANNEL), (ALICE, DM), (BEN, THREAD)):
        await ask(discord, FIRST, who=who, where=where)
    assert "stands alone" in said(await discord.answer(await discord.slash("new", where=THREAD)))
    assert await bot.stop() == 0
    bot = await start()
    assert "Read as" not in said(await ask(discord, NEXT, where=THREAD))
    asked = await discord.answer(await discord.slash("forget", where=DM))
    assert "conversation" in said(asked)
    await discord.answer(await discord.press(asked, "Erase what is kept about me"))
    assert "Read as" not in said(await ask(discord, NEXT, where=CHANNEL))
    assert await bot.stop() == 0
    await start()
    assert "Read as" not in said(await ask(discord, NEXT, where=DM))
    assert read_as(await ask(discord, NEXT, who=BEN, where=THREAD))


async def test_who_asks_too_fast_is_told_when(discord: FakeDiscord, start: Start) -> None:
    """Commands say when to try again, messages once; another person is not held up."""
    await start(cooldown="2")
    await ask(discord, COST)
    refusal = await ask(discord, COST)
    assert re.search(r"try again <t:\d+:R>\.", said(refusal))
    assert refusal["flags"] & EPHEMERAL
    told = await discord.reply_to(await discord.say(f"<@{BOT}> {COST}"))
    assert "<t:" in said(told)
    silent = await discord.say(f"<@{BOT}> {COST}")
    assert "4.2 million" in said(await ask(discord, COST, who=BEN))
    assert not any(m.get("message_reference", {}).get("message_id") == silent["id"] for m in discord.messages)
    assert buttons_of(told) == []
