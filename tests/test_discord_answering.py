"""Between a question in Discord and its answer: the language, the cooldown, and what a message tells of itself."""

import gettext
import time
from pathlib import Path

import discord
import pytest
import simcord

from bot import translation
from bot.discord.answering import hold_back, language_for
from bot.discord.client import PullquoteClient
from bot.discord.replies import TooFast, view_for
from bot.server_settings import ServerSettings
from bot.settings import Settings
from bot.translation import LANGUAGES, language, speaking
from tests.loopback.schema import said
from tests.loopback.story import story_assistant

pytestmark = pytest.mark.simcord(shard_count=1)


@pytest.fixture
async def simcord_bot(tmp_path: Path) -> PullquoteClient:
    """The bot, with a tight cooldown."""
    return PullquoteClient(Settings(state=tmp_path, cooldown=2), story_assistant())


@pytest.mark.parametrize(
    ("server", "locale", "spoken"),
    [
        (None, discord.Locale.german, "de"),
        (None, discord.Locale.latin_american_spanish, "es"),
        (None, discord.Locale.american_english, "en"),
        (None, discord.Locale.japanese, "en"),
        (None, None, "en"),
        ("fr", discord.Locale.german, "fr"),
    ],
)
def test_the_language(server: str | None, locale: discord.Locale | None, spoken: str) -> None:
    """What the server set goes before the locale; a locale without a catalogue is spoken to in English."""
    assert language_for(ServerSettings(language=server), locale) == spoken


async def test_threads_speak_the_language(simcord_bot: PullquoteClient) -> None:
    """What is worked out in a thread is worded in the language of the one who waits for it."""
    for wanted in LANGUAGES:
        with speaking(wanted):
            assert await simcord_bot.work.compute(language) == wanted
    assert language() == "en"


async def test_a_command_is_answered_in_the_servers_language(
    simcord_env: simcord.Env, simcord_bot: PullquoteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Buttons and words of an answer; the quote stays the article's."""

    class German(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Context": "Zusammenhang", "Delete": "Löschen"}.get(message, message)

    plain = gettext.NullTranslations()
    monkeypatch.setattr(translation, "_catalogue", lambda wanted: German() if wanted == "de" else plain)
    guild = simcord_env.create_guild()
    channel, alice = guild.create_text_channel("news"), guild.add_member(simcord_env.create_user("alice"))

    async def german(*_: object) -> ServerSettings:
        return ServerSettings(language="de")

    monkeypatch.setattr(simcord_bot.keeping, "settings", german)
    result = await alice.slash(channel, "ask", question="How much did the repairs cost?")
    assert result.response is not None
    labels = str(result.response.components)
    assert "Zusammenhang" in labels
    assert "Löschen" in labels
    assert "'label': 'Context'" not in labels
    assert "She added that the repairs had cost" in said({"components": result.response.components})


async def test_who_is_held_back_learns_until_when(simcord_bot: PullquoteClient) -> None:
    """A moment in the near future, shown as Discord counts down to it."""
    hold_back(simcord_bot, 1, 1)
    with pytest.raises(TooFast) as held:
        hold_back(simcord_bot, 1, 1)
    assert 0 < held.value.until - time.time() <= 31
    view = view_for(held.value)
    assert view is not None
    assert f"try again <t:{held.value.until}:R>." in str(view.to_components())  # type: ignore[no-untyped-call]  # discord.py's
    hold_back(simcord_bot, 2, 1)
