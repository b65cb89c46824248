"""Each library is its owner's: nobody sees another's, and each is told of, taken along and erased."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.library import open_library, person, server
from tests.loopback.library.shelf import VIOLINS, add_violins, address, ask, plain, use
from tests.loopback.library.spy import Spy
from tests.loopback.payloads import ALICE, BEN, CHANNEL, DM, GUILD, MIRA, OTHER_CHANNEL
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import said

pytestmark = pytest.mark.asyncio(loop_scope="module")

Json = dict[str, Any]


async def test_persons_have_their_own(discord: FakeDiscord) -> None:
    """In direct messages, and in servers that did not install the bot; there they need nobody's leave."""
    await add_violins(discord, who=ALICE, where=DM)
    question = "How many violins does the vault hold?"
    assert "nineteen violins" in plain(await ask(discord, question, where=DM))
    assert "nineteen violins" in plain(await discord.reply_to(await discord.say(question, where=DM)))
    assert "nineteen violins" in plain(await ask(discord, question, who=ALICE, installed=False, private=True))
    assert "nineteen violins" not in plain(await ask(discord, question, who=ALICE))
    assert "nineteen violins" not in plain(await ask(discord, question, who=BEN, installed=False, private=True))


@pytest.mark.parametrize("belongs_to", ["other server", "other person"])
async def test_nobody_sees_anothers_article(discord: FakeDiscord, belongs_to: str) -> None:
    """No question, list, search, autocompletion, number, button, menu or error shows a word of it."""
    home: Json = {"who": ALICE, "where": DM} if belongs_to == "other person" else {"who": MIRA, "where": OTHER_CHANNEL}
    question = "How many violins does the vault hold?"
    await add_violins(discord, **home)
    answer = await ask(discord, question, **home, private=True)
    assert "nineteen violins" in plain(answer)
    shown = await use(discord, "show", article="1", **home)
    removing = await use(discord, "remove", article="1", **home)
    searched = await use(discord, "search", words="violins", **home)
    listed = await use(discord, "list", **home)
    spies = (
        Spy(discord, who=MIRA, where=CHANNEL),
        Spy(discord, who=ALICE, where=CHANNEL),
        Spy(discord, who=BEN, where=CHANNEL, installed=False),
    )
    for has_own in (False, True):
        if has_own:
            await use(discord, "add", url=address(discord))
            await use(discord, "add", who=BEN, installed=False, url=address(discord))
        for spy in spies:
            await spy.try_commands()
            await spy.try_choices()
            await spy.try_buttons(answer, shown, removing, searched)
            await spy.try_menu(listed)
    # What a spy typed is repeated to them; nothing else of it may be.
    typed = ("“Kestrel Club counts its violins”", "How many violins", "violins vault Kestrel", "**What is the")
    told = "\n".join(said(message) for spy in spies for message in spy.seen)
    for words in typed:
        told = told.replace(words, "")
    for word in ("nineteen", "steward", "counts its violins", "kestrel.txt", "Sunday"):
        assert word not in told
    # And it is all still there.
    assert "nineteen violins" in plain(await ask(discord, question, **home, private=True))


async def test_privacy_export_and_forget_cover_it(discord: FakeDiscord, state: Path) -> None:
    """A person learns what is in their library, gets it, and erases it; a moderator erases the server's."""
    await add_violins(discord, who=ALICE, where=DM)
    await use(discord, "add", url=address(discord))
    assert "1 article" in said(await discord.answer(await discord.slash("privacy", where=DM)))
    assert "its library of 1 article" in said(await discord.answer(await discord.slash("privacy")))
    exported = await discord.slash("export", where=DM)
    await discord.answer(exported)
    export = json.loads(exported.files["pullquote-export.json"])
    (kept,) = export["library"]
    assert kept["title"] == "Kestrel Club counts its violins"
    assert VIOLINS in kept["text"]
    asked = await discord.answer(await discord.slash("forget", where=DM))
    erased = await discord.press(asked, "Erase what is kept about me")
    await discord.until(lambda: "Erased" in said(erased.message or {}))
    library = open_library(state)
    assert library.size(person(ALICE)).articles == 0
    assert library.size(server(GUILD)).articles == 1
    library.close()
    asked = await discord.answer(await discord.slash("forget", who=MIRA))
    sure = await discord.press(asked, "Erase all of this server's …", who=MIRA)
    await discord.until(lambda: "cannot be undone" in said(sure.message or {}))
    done = await discord.press(sure.message or {}, "Erase all of it", who=MIRA)
    await discord.until(lambda: "Erased" in said(done.message or {}))
    library = open_library(state)
    assert library.owners() == ()
    library.close()
