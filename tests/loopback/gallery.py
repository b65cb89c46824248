"""One message of every kind, as the bot makes them, for looking at."""

import asyncio
import dataclasses
from typing import Any

from discord import ui

from bot.assistant import Assistant
from bot.discord import buttons
from bot.discord.custom_ids import MoreId, PassageId
from bot.discord.views import layout, notice
from bot.render import discord_text
from index.readers import read_article
from index.sample import sample_path
from tests.loopback import payloads
from tests.loopback.schema import COMPONENTS_V2, EPHEMERAL, buttons_of
from tests.loopback.story import story_assistant

Json = dict[str, Any]


def messages() -> list[tuple[str, Json]]:
    """(caption, message) of every kind."""
    return asyncio.run(_messages())


async def _messages() -> list[tuple[str, Json]]:
    sample = Assistant(dataclasses.replace(read_article(sample_path()), url="https://example.org/visit"))
    ferry = story_assistant()
    drawn: list[tuple[str, Json]] = []

    def add(caption: str, view: ui.LayoutView, *, private: bool = False) -> Json:
        body: Json = {"flags": COMPONENTS_V2 | (EPHEMERAL if private else 0), "components": view.to_components()}  # type: ignore[no-untyped-call]
        message = payloads.message(len(drawn) + 1, payloads.CHANNEL, payloads.BOT, body)
        drawn.append((caption, message))
        return message

    def ask(assistant: Assistant, question: str, **options: int) -> Json:
        result = assistant.ask(question, top=options.get("top"))
        view = buttons.answer_view(result, assistant.index, asker=options.get("asker"))
        return add(f"/ask {question}", view, private="asker" in options)

    ask(sample, "Who is Zamir Kabulof and what did he urge?")
    two = ask(ferry, "How much did the repairs cost, and how many cars does it carry?", top=2)
    ask(ferry, "What did the harbour board write?", asker=payloads.ALICE)
    ask(sample, "What is the price of oil in Venezuela?")
    ask(sample, "When was this published?")
    ask(ferry, "Which Norwegian captain steered the ferry through winter ice storms?")
    more = next(b["custom_id"] for b in buttons_of(two) if b["label"] == "More")
    found = MoreId.PATTERN.fullmatch(more)
    assert found
    add("More", buttons.more_view(MoreId.parse(found), ferry.index), private=True)
    context = PassageId.PATTERN.fullmatch(buttons_of(two)[0]["custom_id"])
    assert context
    add("Context", buttons.passage_view(PassageId.parse(context), ferry.index), private=True)
    add("/passage 3", buttons.passage_view(PassageId(sample.article.id, 3, 1, 0, 0), sample.index))
    add("/article", layout([discord_text.article(sample.index)]))
    add("/why", layout(discord_text.why(sample.ask("Who is Zamir Kabulov?"))), private=True)
    add("/help", layout(discord_text.help_text()), private=True)
    add("/privacy", layout([discord_text.privacy()]), private=True)
    add("an error", notice("There is no passage 900; the article has passages 1 to 9."), private=True)
    return drawn
