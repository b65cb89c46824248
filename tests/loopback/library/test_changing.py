"""Articles that are fetched again or removed, and who may do that."""

from typing import Any

import pytest

from tests.loopback.library.shelf import CHANGED, DAM_TEXT, LIGHT, LIGHTHOUSE, OPENED, address, ask, plain, publish, use
from tests.loopback.payloads import ALICE, BEN, LIBRARIANS, MIRA
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import faces_of, said

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]

FORGED: list[Json] = [{"type": 18, "component": {"type": 4, "custom_id": "url"}}]
"""What a form holds that somebody made up, because none was opened for them."""


async def test_who_may_change_it_is_set(discord: FakeDiscord) -> None:
    """Moderators at first; members of a role, then everyone, when a moderator says so; /settings shows it."""
    refused = "Only those whom /settings of this server lets"
    page = address(discord)
    for who in (ALICE, BEN):
        assert refused in said(await use(discord, "add", who=who, url=page))
        opened = await discord.answer(await discord.slash("library add", who=who))
        assert refused in said(opened)
        sent = await discord.submit({"custom_id": "pq:b:form", "components": FORGED}, who=who, url=page)
        assert refused in said(await discord.answer(sent))
    await use(discord, "add", url=page)
    for name in ("remove", "refresh"):
        assert refused in said(await use(discord, name, who=ALICE, article="1"))
    message = await discord.answer(await discord.slash("settings", who=MIRA))
    role = {"roles": {str(LIBRARIANS): {"id": str(LIBRARIANS), "name": "librarians"}}}
    chosen = await discord.choose(message, "pq:g:editors", str(LIBRARIANS), who=MIRA, kind=6, resolved=role)
    await discord.until(lambda: chosen.edits)
    assert "Nothing has changed" in said(await use(discord, "refresh", who=BEN, article="1"))
    assert refused in said(await use(discord, "refresh", who=ALICE, article="1"))
    everyone = await discord.choose(message, "pq:g:editing", "everyone", who=MIRA)
    await discord.until(lambda: everyone.edits)
    assert "Nothing has changed" in said(await use(discord, "refresh", who=ALICE, article="1"))
    for name, values, kind in (("editing", ["default"], 3), ("editors", [], 6)):
        undone = await discord.choose(message, f"pq:g:{name}", *values, who=MIRA, kind=kind, resolved={})
        await discord.until(lambda: undone.edits)  # noqa: B023 - within the loop
    assert refused in said(await use(discord, "refresh", who=ALICE, article="1"))


async def test_a_refresh_says_what_changed(discord: FakeDiscord) -> None:
    """Sentences that are new and gone; nothing where nothing is; the article stays where the page has gone."""
    await use(discord, "add", url=address(discord))
    assert "Nothing has changed since" in said(await use(discord, "refresh", article="1"))
    publish(discord, CHANGED)
    try:
        told = said(await use(discord, "refresh", article="1"))
        assert "1 new sentence" in told
        assert f"> {CHANGED}" in told
        assert f"> {OPENED}" in told
        assert "July" in plain(await ask(discord, "Why was the opening put off?"))
        notice = "<p>You have read your last free article of this month, so please log in to go on.</p>"
        discord.pages["/skarv"] = ("text/html", f"<!doctype html><html><body>{notice}</body></html>".encode())
        assert "much less now" in said(await use(discord, "refresh", article="1"))
        del discord.pages["/skarv"]
        assert "There is no such page at north.example" in said(await use(discord, "refresh", article="1"))
        assert "41 metres" in plain(await ask(discord, LIGHT))
    finally:
        publish(discord)
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    assert "no address" in said(await use(discord, "refresh", article="2"))


async def test_all_are_refreshed_ten_at_a_time(discord: FakeDiscord) -> None:
    """What changed, what could not be fetched, and how many are as they were; a button goes on."""
    for first in (0, 6):
        pages = {
            n: LIGHTHOUSE.replace("{more}", f"{OPENED} This is page {n} of them.") for n in range(first, first + 6)
        }
        discord.pages |= {f"/many/{n}": ("text/html", page.encode()) for n, page in pages.items()}
        await use(discord, "add", url=" ".join(address(discord, f"/many/{n}") for n in pages))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    changed = LIGHTHOUSE.replace("{more}", CHANGED).encode()
    discord.pages["/many/2"] = ("text/html", changed)
    del discord.pages["/many/3"]
    refreshed = await use(discord, "refresh")
    told = said(refreshed)
    assert "**10 articles looked at again**" in told
    assert "New sentences: 1, gone: 2" in told
    assert "There is no such page" in told
    assert "8 have not changed" in told
    refused = await discord.answer(await discord.press(refreshed, "The next ten", who=ALICE))
    assert "Only those" in said(refused)
    rest = await discord.answer(await discord.press(refreshed, "The next ten", who=MIRA))
    assert "2 articles looked at again" in said(rest)
    assert faces_of(rest) == []


async def test_removing_asks_and_checks_again(discord: FakeDiscord) -> None:
    """The button is for those who may; one for another text than was seen does nothing."""
    await use(discord, "add", url=address(discord))
    asked = await use(discord, "remove", article="1")
    assert "Remove this article" in said(asked)
    refused = await discord.answer(await discord.press(asked, "Remove it", who=ALICE))
    assert "Only those" in said(refused)
    publish(discord, CHANGED)
    await use(discord, "refresh", article="1")
    publish(discord)
    stale = await discord.answer(await discord.press(asked, "Remove it", who=MIRA))
    assert "removed or changed meanwhile" in said(stale)
    asked = await use(discord, "remove", article="1")
    gone = await discord.press(asked, "Remove it", who=MIRA)
    await discord.until(lambda: "Removed" in said(gone.message or {}))
    assert "No article" in said(await use(discord, "list"))
