"""One message of every kind, as the bot makes them, for looking at."""

import asyncio
import base64
import contextlib
import dataclasses
import datetime as dt
from typing import Any

from discord import ui

from bot.answer import Abstention, Answer
from bot.assistant import Assistant
from bot.claims import check
from bot.dialogue import Dialogue
from bot.discord import buttons
from bot.discord.buttons.card import FILE as CARD
from bot.discord.buttons.card import card_view
from bot.discord.buttons.card import drawn as drawn_card
from bot.discord.buttons.pages import paged_view
from bot.discord.buttons.share import ShareButton
from bot.discord.checking import leaf_of
from bot.discord.custom_ids import CardId, MoreId, PassageId, ShareId
from bot.discord.memory import Leaf, Paged
from bot.discord.replies import TooFast, view_for
from bot.discord.views import layout, notice
from bot.render import discord_check, discord_text
from bot.render.discord_why import why
from bot.suggestions import suggestions
from index.errors import CardError
from index.indexer import Index
from index.readers import read_article
from index.sample import sample_path
from tests.loopback import gallery_library, gallery_servers, payloads
from tests.loopback.schema import COMPONENTS_V2, EPHEMERAL, buttons_of, face, walk
from tests.loopback.story import story_assistant

Json = dict[str, Any]

CLAIMS = (
    "The Solveig carries up to 83 cars. The repairs had cost 4.2 million crowns. The captain owns a parrot. "
    "Isn't that lovely?"
)


def messages() -> list[tuple[str, Json]]:
    """(caption, message) of every kind."""
    return asyncio.run(_messages())


async def _messages() -> list[tuple[str, Json]]:
    sample = Assistant(dataclasses.replace(read_article(sample_path()), url="https://example.org/visit"))
    ferry = story_assistant()
    paged = Paged()
    drawn: list[tuple[str, Json]] = []

    def add(caption: str, view: ui.LayoutView, *, private: bool = False, files: dict[str, bytes] | None = None) -> Json:
        body: Json = {"flags": COMPONENTS_V2 | (EPHEMERAL if private else 0), "components": view.to_components()}  # type: ignore[no-untyped-call]  # discord.py's
        message = payloads.message(len(drawn) + 1, payloads.CHANNEL, payloads.BOT, body, files)
        for component in walk(message["components"]):
            for item, data in zip(component.get("items", []), (files or {}).values(), strict=False):
                item["media"]["url"] = f"data:image/png;base64,{base64.b64encode(data).decode()}"
        drawn.append((caption, message))
        return message

    def show(caption: str, result: Answer | Abstention, index: Index, *, private: bool = False) -> Json:
        view = buttons.answer_view(result, index, asker=payloads.ALICE, private=private, number=2**62)
        return add(caption, view, private=private)

    def ask(assistant: Assistant, question: str, *, top: int | None = None, private: bool = False) -> Json:
        return show(f"/ask {question}", assistant.ask(question, top=top), assistant.index, private=private)

    ask(sample, "Who is Zamir Kabulof and what did he urge?")
    dialogue = Dialogue(sample)
    dialogue.ask("Who is Zamir Kabulov?")
    show("a follow-up: what did he press for?", dialogue.ask("What did he press for?"), sample.index)
    two = ask(ferry, "How much did the repairs cost, and how many cars does it carry?", top=2)
    ask(ferry, "What did the harbour board write?", private=True)
    ask(sample, "What is the price of oil in Venezuela?")
    ask(sample, "When was this published?")
    ask(ferry, "Which Norwegian captain steered the ferry through winter ice storms?")
    more = next(b["custom_id"] for b in buttons_of(two) if face(b) == "More")
    found = MoreId.PATTERN.fullmatch(more)
    assert found
    add("More", buttons.more_view(MoreId.parse(found), ferry.index), private=True)
    context = PassageId.PATTERN.fullmatch(buttons_of(two)[0]["custom_id"])
    assert context
    add("Context", buttons.passage_view(PassageId.parse(context), ferry.index), private=True)
    with contextlib.suppress(CardError):
        for theme in ("light", "dark"):
            wanted = CardId("open", sample.article.id, theme, (9,))
            drawing = drawn_card(wanted, "What did Kabulov press the visitors to do?", sample.index)
            view = card_view(wanted, "**What did Kabulov press the visitors to do?**", drawing, None)
            add(f"Card, {theme}", view, private=True, files={CARD: drawing.png})
    for text in (CLAIMS, " ".join(f"The repairs had cost {n} million crowns." for n in range(1, 10))):
        leaves = tuple(leaf_of(page, ferry.index) for page in discord_check.pages(check(text, ferry)))
        share: list[ui.Item[Any]] = [ShareButton(ShareId(ferry.article.id, payloads.ALICE))]
        add("Check against the article", paged_view(paged, payloads.ALICE, leaves, share), private=True)
    add("/passage 3", buttons.passage_view(PassageId(sample.article.id, 3, 1, 0, 0), sample.index))
    add("/article", layout([discord_text.article(sample.index)]))
    asked = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=4)
    explained = why(sample.ask("Who is Zamir Kabulov?"), asked)
    add("/why", paged_view(paged, payloads.ALICE, tuple(Leaf(texts) for texts in explained)), private=True)
    examples = [s.question for s in suggestions(sample)[: discord_text.EXAMPLES]]
    add("/help", layout(discord_text.help_text(examples)), private=True)
    too_fast = view_for(TooFast(int(asked.timestamp()) + 250))
    assert too_fast
    add("asked too fast", too_fast, private=True)
    add("an error", notice("There is no passage 900; the article has passages 1 to 9."), private=True)
    for caption, view in gallery_library.library_views():
        add(caption, view, private=caption != "/ask of a library")
    for caption, view, files in gallery_servers.views(sample.index):
        add(caption, view, private=True, files=files)
    return drawn
