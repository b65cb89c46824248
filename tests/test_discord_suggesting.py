"""Questions for libraries are found aside, remembered of so many articles, and never of one that is gone."""

import asyncio
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.dialogue import Dialogue
from bot.discord import suggesting
from bot.discord.libraries import Libraries
from bot.discord.suggesting import Suggesting
from bot.discord.work import Work
from bot.settings import Settings
from bot.suggestions import Suggestion
from index.library import server
from index.readers import read_bytes
from tests.loopback.story import story_assistant

SERVER = server(1)


async def test_articles_are_remembered_up_to_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one asked for longest ago is found anew; one that fails has none; "this article" must have been named."""
    tried: list[str] = []

    def find(assistant: Assistant, **_: object) -> tuple[Suggestion, ...]:
        tried.append(str(assistant.article.title))
        if "Cellar" in tried[-1]:
            raise ValueError(tried[-1])
        return (Suggestion(f"Who opened it: {tried[-1]}?", 0.9, 1), Suggestion("Who wrote this article?", 0.9, -1))

    monkeypatch.setattr(suggesting, "suggestions", find)
    libraries, work = Libraries(Dialogue(story_assistant()), Settings(state=tmp_path)), Work()
    libraries.open()
    for name in ("Attic", "Bakery", "Cellar"):
        text = f"{name} opens in the harbour\n\nThe {name.lower()} was opened by the mayor on Monday morning.\n"
        libraries.library.add(SERVER, read_bytes(text.encode()), at=1)
    suggests = Suggesting(libraries, work, most=2)

    async def questions(typed: str, named: str = "") -> list[str]:
        await suggests.of(SERVER, typed, named)
        if suggests._finding is not None:
            await asyncio.wait({suggests._finding})
        return [s.question for s in await suggests.of(SERVER, typed, named)]

    assert await questions("attic") == ["Who opened it: Attic opens in the harbour?"]
    assert await questions("bak", named="2") == [
        "Who opened it: Bakery opens in the harbour?",
        "Who wrote this article?",
    ]
    assert await questions("") == []  # the newest, which fails
    assert await questions("zeppelin", named="zeppelin") == []
    assert len(tried) == 3
    await questions("bakery")
    assert len(tried) == 3
    await questions("attic")
    assert len(tried) == 4
    libraries.library.remove(SERVER, 1)
    assert not any("Attic" in question for question in await questions("attic"))
    libraries.close()
