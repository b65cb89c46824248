"""Hostile interactions by the hundred: each is answered once, nothing breaks, and the bot is well afterwards."""

import pytest
import pytest_asyncio

from tests.loopback.conftest import Start
from tests.loopback.fuzzing import PATIENT, campaign
from tests.loopback.payloads import MIRA
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import said

pytestmark = pytest.mark.asyncio(loop_scope="module")

SENT = 250
"""Interactions; `python -m tests.fuzz` sends as many as there is time for."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(start: Start) -> BotProcess:
    """One bot for all that hostile interactions found."""
    return await start()


@pytest.mark.timeout(1_800)  # it waits for what happens, however long a busy machine takes
@pytest.mark.parametrize("seed", [1])
async def test_hostile_interactions(discord: FakeDiscord, start: Start, seed: int) -> None:
    """Commands with any values, made up buttons, menus and forms: a sentence each, and no error of ours."""
    bot = await start(cooldown="0", **PATIENT)
    findings = await campaign(discord, bot, seed, most=SENT)
    assert findings == []
    assert await bot.stop() == 0


@pytest.mark.parametrize(
    ("command", "values"),
    [
        ("insights", {"days": 2}),
        ("insights", {"days": 2**53}),
        ("ask", {"question": 2}),
        ("ask", {"question": 0.5, "private": "yes"}),
        ("passage", {"number": True}),
    ],
)
async def test_values_that_a_command_does_not_take(
    discord: FakeDiscord, bot: BotProcess, command: str, values: dict[str, object]
) -> None:
    """What hostile interactions found: a number that no choice offers, values of another type. A sentence for each."""
    told = await discord.answer(await discord.slash(command, who=MIRA, **values))  # type: ignore[arg-type]  # any value
    assert "does not take" in said(told)
    assert "Traceback" not in bot.text


async def test_suggestions_that_there_cannot_be(discord: FakeDiscord, bot: BotProcess) -> None:
    """Found too: passages of a library of several articles cannot be suggested, which is no error to be logged."""
    for name in ("heron", "otter"):
        text = f"The {name} nests by the river.\n\nThe {name} was counted in March by volunteers of the {name} club."
        form = {"custom_id": "pq:b:form", "components": [{"type": 18, "component": {"type": 4, "custom_id": "text"}}]}
        await discord.answer(await discord.submit(form, who=MIRA, text=text))
    assert await discord.complete("passage", "number", "1", some=False) == []
    await discord.answer(await discord.slash("help"))
    assert "Nothing is suggested" in bot.text
    assert "Traceback" not in bot.text
