"""Questions to a library: of one article, of several, narrowed, and followed up."""

import asyncio
import re

import pytest

from tests.loopback.conftest import Start
from tests.loopback.library.shelf import DAM_TEXT, LIGHT, LIGHTHOUSE, OPENED, address, ask, plain, use
from tests.loopback.payloads import BEN, BOT, MIRA, OTHER_CHANNEL
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import faces_of, said
from tests.loopback.server import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_without_a_library_the_operators_article_answers(discord: FakeDiscord) -> None:
    """And says how to add others; one that is added takes its place, and removing it brings it back."""
    cost = "How much did the repairs cost?"
    before = await ask(discord, cost)
    assert "4.2 million crowns" in plain(before)
    assert "/library add" in said(before)
    await use(discord, "add", url=address(discord))
    assert "4.2 million crowns" not in plain(await ask(discord, cost))
    # What was answered before can still be looked into.
    context = await discord.answer(await discord.press(before, "Context"))
    assert "4.2 million" in plain(context)
    asked = await use(discord, "remove", article="1")
    pressed = await discord.press(asked, "Remove it", who=MIRA)
    await discord.until(lambda: "Removed" in said(pressed.message or {}))
    assert "4.2 million crowns" in plain(await ask(discord, cost))


async def test_one_story_of_two_publishers_counts_once(discord: FakeDiscord) -> None:
    """The citation names one, with its date, and the other as "also in"; both are searched, and one is quoted."""
    await use(discord, "add", url=f"{address(discord)} {address(discord, '/wire/skarv', 'south.example')}")
    # The same text is skipped, so the second has a line of its own.
    page = LIGHTHOUSE.replace("{more}", OPENED + " More in the paper edition of Saturday.")
    discord.pages["/wire/skarv"] = ("text/html", page.encode())
    await use(discord, "add", url=address(discord, "/wire/skarv", "south.example"))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    answer = await ask(discord, LIGHT)
    told = said(answer)
    assert told.replace("*", "").count("41 metres") == 1
    assert re.search(r"(north|south)\.example · <t:\d+:D> · also in (north|south)\.example", told)
    assert "3 articles searched" in told


async def test_a_question_is_narrowed(discord: FakeDiscord) -> None:
    """To one article, by its number or words of its headline; to those before or after a day."""
    await use(discord, "add", url=address(discord))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    for chosen in ("1", "lighthouse", "#1"):
        assert "41 metres" in plain(await ask(discord, LIGHT, article=chosen))
    assert "41 metres" not in plain(await ask(discord, LIGHT, article="2"))
    assert "41 metres" in plain(await ask(discord, LIGHT, after="2024-05"))
    assert "41 metres" not in plain(await ask(discord, LIGHT, before="2024-05-02"))
    assert "is no date" in said(await ask(discord, LIGHT, before="soon"))
    assert "There is no article “zeppelin”" in said(await ask(discord, LIGHT, article="zeppelin"))
    offered = await discord.complete("ask", "article", "skarv")
    assert [choice["value"] for choice in offered] == ["1"]
    assert offered[0]["name"].startswith("1 · Lighthouse of Skarv opens to visitors · north.example · 2 May 2024")
    passage = await discord.answer(await discord.slash("passage", number=2, article="2"))
    assert "forty families" in said(passage)


async def test_a_follow_up_goes_on_in_its_article(discord: FakeDiscord) -> None:
    """The form, and a reply, read on in the article that was quoted; once it is removed they say so."""
    await use(discord, "add", url=address(discord))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    message = await ask(discord, "What may visitors climb from June on?")
    assert "212 steps" in plain(message)
    pressed = await discord.press(message, "Follow up", who=BEN)
    form = await discord.until(lambda: pressed.modal)
    answer = await discord.answer(await discord.submit(form, message, who=BEN, question="What will a ticket cost?"))
    assert "90 crowns" in plain(answer)
    reply = await discord.reply_to(await discord.say("What will a ticket cost?", to=message))
    assert "90 crowns" in plain(reply)
    removing = await use(discord, "remove", article="1")
    assert faces_of(removing) == ["Remove it"], said(removing)
    library_gone = await discord.press(removing, "Remove it", who=MIRA)
    await discord.until(lambda: "Removed" in said(library_gone.message or {}))
    late = await discord.answer(await discord.press(message, "Follow up", who=BEN))
    assert "not in the library here" in said(late)


async def test_a_message_is_checked_against_the_article_that_it_is_about(discord: FakeDiscord) -> None:
    """The report names it, and its buttons open it; what no article of the library is about is told."""
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    await use(discord, "add", url=address(discord))
    claim = await discord.say("The lighthouse of Skarv is 14 metres tall.")
    claim["content"] = "The lighthouse of Skarv is 14 metres tall."
    report = await discord.answer(await discord.menu("Check against the article", claim))
    assert "Lighthouse of Skarv opens to visitors" in plain(report)
    assert "41 metres" in plain(report)
    opened = await discord.answer(await discord.press(report, "Context"))
    assert "spring of 1998" in plain(opened)
    other = claim | {"content": "Zeppelins crossed Patagonia twice."}
    told = await discord.answer(await discord.menu("Check against the article", other))
    assert "No article of the library is about this" in said(told)


async def test_answers_outlive_a_restart(discord: FakeDiscord, start: Start, bot: BotProcess) -> None:
    """The library is kept, and the buttons of old answers go on working."""
    del bot
    await use(discord, "add", url=address(discord))
    answer = await ask(discord, LIGHT)
    await start()
    context = await discord.answer(await discord.press(answer, "Context"))
    assert "41 metres" in plain(context)
    assert "41 metres" in plain(await discord.reply_to(await discord.say(f"<@{BOT}> {LIGHT}")))


async def test_questions_that_the_library_answers_are_suggested(discord: FakeDiscord) -> None:
    """While somebody types, of the article that holds their words; of no other owner's, and of none that is gone."""
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    await use(discord, "add", url=address(discord))

    async def offered(typed: str, has: str) -> list[str]:
        while True:
            found = [str(c["value"]) for c in await discord.complete("ask", "question", typed, some=False)]
            if any(has in question for question in found):
                return found
            await asyncio.sleep(0.05)

    async with asyncio.timeout(PATIENCE):
        of_newest = await offered("", "ribbon")
        of_dam = await offered("dam", "Elvik")
    assert not any("this article" in question for question in of_newest)
    assert of_dam[0] == "dam"
    assert not any("ribbon" in question for question in of_dam)
    elsewhere = await discord.complete("ask", "question", "dam", some=False, where=OTHER_CHANNEL)
    assert not any("Elvik" in choice["value"] for choice in elsewhere)
    pressed = await discord.press(await use(discord, "remove", article="1"), "Remove it", who=MIRA)
    await discord.until(lambda: "Removed" in said(pressed.message or {}))
    gone = await discord.complete("ask", "question", "dam", some=False)
    assert not any("Elvik" in choice["value"] for choice in gone)


async def test_an_empty_mention_names_no_question_of_another_article(discord: FakeDiscord) -> None:
    """The examples are the operator's article's, which does not answer where there is a library."""
    await discord.until_complete("ask", "question", "")
    assert "**For example**" in said(await discord.reply_to(await discord.say(f"<@{BOT}>")))
    await use(discord, "add", url=address(discord))
    assert "**For example**" not in said(await discord.reply_to(await discord.say(f"<@{BOT}>")))
