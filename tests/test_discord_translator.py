"""Names and descriptions of commands in other languages: what the catalogues hold, and nothing Discord refuses."""

import gettext
from pathlib import Path
from typing import Any

import pytest
from discord import Locale, app_commands

from bot import translation
from bot.commands import ASK, COMMANDS, NAMES
from bot.discord.client import PullquoteClient
from bot.discord.sync import fingerprint
from bot.discord.translator import CHECK_MENU, CatalogueTranslator
from bot.settings import Settings
from bot.translation import speaking
from tests.loopback.schema import command_errors
from tests.loopback.story import story_assistant


class Catalogue(gettext.NullTranslations):
    """A catalogue of a few words."""

    def __init__(self, words: dict[str, str]) -> None:
        """Hold them."""
        super().__init__()
        self.words = words

    def gettext(self, message: str) -> str:
        """A sentence, or itself."""
        return self.words.get(message, message)


GERMAN = {
    "/ask": "/Frage",
    "question:": "frage:",
    "/why": "/wa rum",
    "/help": "/" + "h" * 33,
    "What you want to know": "Was du wissen willst",
    CHECK_MENU: "Am Artikel prüfen",
}


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """German, and no other language."""
    plain = gettext.NullTranslations()
    monkeypatch.setattr(translation, "_catalogue", lambda wanted: Catalogue(GERMAN) if wanted == "de" else plain)


async def told(tmp_path: Path) -> dict[str, Any]:
    """What Discord is told, by name."""
    client = PullquoteClient(Settings(state=tmp_path), story_assistant())
    translator = CatalogueTranslator()
    await client.tree.set_translator(translator)
    payloads = [await c.get_translated_payload(client.tree, translator) for c in client.tree.get_commands()]
    assert command_errors(payloads) == []
    return {p["name"]: p for p in payloads}


async def test_names_and_descriptions_are_told(tmp_path: Path) -> None:
    """In the languages that have them, lower case, without the signs that mark them in the catalogue."""
    commands = await told(tmp_path)
    assert commands["ask"]["name_localizations"] == {"de": "frage"}
    question = commands["ask"]["options"][0]
    assert question["name_localizations"] == {"de": "frage"}
    assert question["description_localizations"] == {"de": "Was du wissen willst"}
    assert commands[CHECK_MENU]["name_localizations"] == {"de": "Am Artikel prüfen"}


async def test_what_discord_would_refuse_stays_english(tmp_path: Path) -> None:
    """A name with a space, or one that is too long, would cost all commands; it is left out."""
    commands = await told(tmp_path)
    assert commands["why"]["name_localizations"] == {}
    assert commands["help"]["name_localizations"] == {}


async def test_a_change_of_a_translation_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord is told again when a catalogue changed."""
    client = PullquoteClient(Settings(state=tmp_path), story_assistant())
    await client.tree.set_translator(CatalogueTranslator())
    before = await fingerprint(client.tree)
    assert await fingerprint(client.tree) == before
    monkeypatch.setitem(GERMAN, "/new", "/neu")
    assert await fingerprint(client.tree) != before


@pytest.mark.parametrize("locale", list(Locale))
async def test_every_locale_of_discord_is_spoken_to(locale: Locale) -> None:
    """Whatever Discord calls a locale, it is answered with a name or with nothing."""
    command = app_commands.Command[Any, ..., None](name="ask", description="x", callback=_nothing)
    context: Any = app_commands.TranslationContext(app_commands.TranslationContextLocation.command_name, command)
    found = await CatalogueTranslator().translate(app_commands.locale_str("ask"), locale, context)
    assert found == ("frage" if locale is Locale.german else None)


async def _nothing(interaction: Any) -> None:  # noqa: ANN401 - discord.py looks at the name alone
    del interaction


def test_the_catalogues_are_offered_every_name() -> None:
    """Whoever gathers what there is to translate finds each command and parameter."""
    words = {f"/{c.name}" for c in COMMANDS} | {f"/{c.group.name}" for c in COMMANDS if c.group}
    assert set(NAMES) == words | {f"{p.name}:" for c in COMMANDS for p in c.parameters}


def test_a_name_in_the_language_in_force() -> None:
    """What /help calls a command is what people of the language see."""
    assert ASK.usage == "/ask question [private]"
    with speaking("de"):
        assert ASK.usage == "/frage frage [private]"
