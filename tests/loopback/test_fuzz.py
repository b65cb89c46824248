"""Hostile interactions by the hundred: each is answered once, nothing breaks, and the bot is well afterwards."""

import pytest

from tests.loopback.conftest import Start
from tests.loopback.fuzzing import campaign
from tests.loopback.people import FakeDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

SENT = 250
"""Interactions; `python -m tests.fuzz` sends as many as there is time for."""


@pytest.mark.parametrize("seed", [1])
async def test_hostile_interactions(discord: FakeDiscord, start: Start, seed: int) -> None:
    """Commands with any values, made up buttons, menus and forms: a sentence each, and no error of ours."""
    bot = await start(cooldown="0")
    findings = await campaign(discord, bot, seed, most=SENT)
    assert findings == []
    assert await bot.stop() == 0
