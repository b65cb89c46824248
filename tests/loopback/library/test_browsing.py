"""What is in a library: its list and its search."""

from pathlib import Path

import pytest

from index.library import open_library, server
from tests.loopback.library.shelf import DAM_TEXT, address, use
from tests.loopback.payloads import ALICE, GUILD
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import faces_of, said, walk

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_lists_have_pages(discord: FakeDiscord, state: Path) -> None:
    """Ten on a page; forth and back; a menu opens one; words narrow the list."""
    for first in range(0, 12, 5):
        texts = [
            DAM_TEXT.replace("Elvik", f"Elvik {n}").replace("March", f"March {n}") for n in range(first, first + 5)
        ]
        files = {f"file{n or ''}" if not n else f"file{n + 1}": t for n, t in enumerate(texts)}
        await use(discord, "add", **{k: discord.upload(f"{k}.txt", t.encode()) for k, t in files.items()})
    library = open_library(state)
    library.remove(server(GUILD), 3)
    library.close()
    shown = await use(discord, "list", who=ALICE)
    assert "14 articles" in said(shown)
    assert said(shown).count("The dam at Elvik") == 10
    assert faces_of(shown) == ["Next page"]
    turned = await discord.press(shown, "Next page")
    await discord.until(lambda: faces_of(turned.message or {}) == ["Previous page"])
    assert said(turned.message or {}).count("The dam at Elvik") == 4
    back = await discord.press(turned.message or {}, "Previous page")
    await discord.until(lambda: faces_of(back.message or {}) == ["Next page"])
    few = await use(discord, "list", who=ALICE, matching="elvik 13")
    assert said(few).count("The dam at Elvik") == 1
    (menu,) = [c for c in walk(few["components"]) if c["type"] == 3]
    opened = await discord.answer(await discord.choose(few, menu["custom_id"], menu["options"][0]["value"]))
    assert "The dam at Elvik 13" in said(opened)
    assert faces_of(opened) == ["First passage"]


async def test_search_finds_passages(discord: FakeDiscord) -> None:
    """One of each article, with a button that opens it."""
    await use(discord, "add", url=address(discord))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    shown = await use(discord, "search", who=ALICE, words="crack in the eastern wall")
    assert "crack of two metres" in said(shown)
    opened = await discord.answer(await discord.press(shown, faces_of(shown)[0]))
    assert "eastern wall" in said(opened)
