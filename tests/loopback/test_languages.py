"""People are spoken to in the language of their Discord, of the server's setting, or of the server."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.loopback.conftest import Start
from tests.loopback.payloads import ALICE, BEN, BOT, CHANNEL, DM, GUILD, MIRA, guild
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import face, faces_of, said, texts_of, walk

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "How much did the repairs cost?"


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start) -> BotProcess:
    """One bot for all tests of the module, on a machine that speaks Russian: no reply hangs on that."""
    return await start(cooldown="0", language="ru")


async def ask(discord: FakeDiscord, question: str = QUESTION, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - of `slash`
    """An answer."""
    return await discord.answer(await discord.slash("ask", question=question, **options))


@pytest_asyncio.fixture(loop_scope="module")
async def french(discord: FakeDiscord) -> AsyncIterator[None]:
    """A server whose replies are French, while a test runs."""
    await _set_language(discord, "fr")
    yield
    await _set_language(discord, "default")


async def _set_language(discord: FakeDiscord, language: str) -> None:
    shown = await discord.answer(await discord.slash("settings", who=MIRA))
    await discord.answer(await discord.choose(shown, "pq:g:language", language, who=MIRA))


async def test_commands_are_told_in_every_language(discord: FakeDiscord) -> None:
    """The registration that Discord got holds names and descriptions for all its locales that we speak."""
    told = {command["name"]: command for command in discord.commands}
    assert told["ask"]["name_localizations"]["de"] == "fragen"
    assert set(told["ask"]["description_localizations"]) == {"de", "fr", "es-ES", "es-419", "ru"}


@pytest.mark.parametrize(
    ("locale", "characters", "buttons"),
    [
        ("de", "Zeichen", ["Kontext", "Mehr", "Nachfragen", "Karte", "Löschen", "👍", "👎"]),
        ("fr", "caractères", ["Contexte", "Plus", "Poursuivre", "Carte", "Supprimer", "👍", "👎"]),
        ("es-419", "caracteres", ["Contexto", "Más", "Seguir preguntando", "Tarjeta", "Eliminar", "👍", "👎"]),
        ("ru", "символы", ["Контекст", "Ещё", "Уточнить", "Карточка", "Удалить", "👍", "👎"]),
        ("ja", "characters", ["Context", "More", "Follow up", "Card", "Delete", "👍", "👎"]),
    ],
)
async def test_a_person_is_answered_in_the_language_of_their_discord(
    discord: FakeDiscord, locale: str, characters: str, buttons: list[str]
) -> None:
    """The frame is theirs, the quote the article's; English for who speaks a language that we do not."""
    message = await ask(discord, locale=locale)
    assert "4.2 million crowns" in said(message)
    assert characters in said(message)
    assert faces_of(message) == buttons


async def test_an_error_is_told_in_the_language_of_their_discord(discord: FakeDiscord) -> None:
    """What goes wrong, too."""
    refused = await discord.answer(await discord.slash("passage", number=999, locale="de"))
    assert said(refused).startswith("Es gibt keine Passage 999; der Artikel hat die Passagen 1 bis")


async def test_help_names_the_commands_as_people_see_them(discord: FakeDiscord) -> None:
    """By the names that Discord shows them."""
    helped = said(await discord.answer(await discord.slash("help", locale="es-ES")))
    assert "**/preguntar pregunta \\[privado]**" in helped


@pytest.mark.usefixtures("french")
async def test_a_servers_language_goes_before_a_persons(discord: FakeDiscord) -> None:
    """What a server set holds for everyone in it, for answers and for errors."""
    assert "caractères" in said(await ask(discord, locale="de"))
    refused = await discord.answer(await discord.slash("passage", number=999, locale="de"))
    assert said(refused).startswith("Il n’y a pas de passage 999")


async def test_a_mention_is_answered_in_the_servers_own_language(discord: FakeDiscord) -> None:
    """A message carries no locale of its writer's; the server's preferred one is the nearest there is."""
    await discord.gateway.dispatch("GUILD_UPDATE", guild(GUILD) | {"preferred_locale": "de"})
    try:
        message = await discord.say(f"<@{BOT}> {QUESTION}", where=CHANNEL, who=ALICE)
        assert "Zeichen" in said(await discord.reply_to(message))
    finally:
        await discord.gateway.dispatch("GUILD_UPDATE", guild(GUILD))


async def test_a_direct_message_is_answered_in_the_language_of_their_last_command(discord: FakeDiscord) -> None:
    """It carries no locale either; English until somebody has used a command or a button."""
    first = await discord.say(QUESTION, where=DM, who=BEN)
    assert "characters" in said(await discord.reply_to(first))
    await discord.answer(await discord.slash("article", where=DM, who=BEN, locale="fr"))
    second = await discord.say("Who is the chief engineer?", where=DM, who=BEN)
    assert "caractères" in said(await discord.reply_to(second))


async def test_a_form_speaks_the_language_of_who_opens_it(discord: FakeDiscord) -> None:
    """Its title and its field."""
    message = await ask(discord, locale="de")
    pressed = await discord.press(message, "Nachfragen", locale="de")
    (opened,) = await discord.until(lambda: pressed.callbacks)
    modal = opened["data"]
    assert modal["title"] == "Nachfragen"
    assert [part["label"] for part in walk(modal["components"]) if part["type"] == 18] == [
        "Was willst du als Nächstes wissen?"
    ]
    assert all(face(button) for button in walk(message["components"]) if button["type"] == 2)
    assert texts_of(message)[0] == f"**{QUESTION}**"
