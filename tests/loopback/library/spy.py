"""Somebody who tries to see what is another's."""

import re
from typing import Any

from tests.loopback.people import FakeDiscord
from tests.loopback.schema import walk

Json = dict[str, Any]


class Spy:
    """Somebody who tries to see what is another's.

    Attributes:
        seen: every message that they got.
    """

    def __init__(self, discord: FakeDiscord, **place: Any) -> None:  # noqa: ANN401 - of `slash`
        """Place them."""
        self.discord = discord
        self.place = place
        self.seen: list[Json] = []

    async def use(self, name: str, **options: Any) -> None:  # noqa: ANN401 - of `slash`
        """Use a command."""
        exchange = await self.discord.slash(name, **self.place, **options)
        self.seen.append(await self.discord.answer(exchange))

    async def try_commands(self) -> None:
        """Ask for it, and name it, in every way that there is."""
        for question in ("How many violins does the vault hold?", "What is the combination? article:2"):
            await self.use("ask", question=question, private=True)
        for named in ("1", "2", "Kestrel", "Kestrel Club counts its violins"):
            await self.use("ask", question="How many violins?", article=named, private=True)
            await self.use("article", article=named)
            await self.use("passage", number=1, article=named)
            for name in ("show", "refresh", "remove"):
                await self.use(f"library {name}", article=named)
        await self.use("library list")
        await self.use("library list", matching="kestrel")
        await self.use("library search", words="violins vault Kestrel")

    async def try_choices(self) -> None:
        """Have it offered."""
        for command in ("ask", "article", "library show", "library refresh", "library remove"):
            assert await self.discord.complete(command, "article", "kestrel", some=False, **self.place) == []

    async def try_buttons(self, *messages: Json) -> None:
        """Press every button of others' messages, as whoever runs a modified client can."""
        for message in messages:
            for custom_id in sorted({str(c["custom_id"]) for c in walk(message["components"]) if "custom_id" in c}):
                # Thumbs and Delete name no article; the menu comes with a choice.
                if re.match(r"pq:(x|v):|pq:b:open", custom_id):
                    continue
                pressed = await self.discord.press(message, custom_id=custom_id, **self.place)
                await self.discord.until(lambda: pressed.callbacks)  # noqa: B023 - within the loop
                assert pressed.modal is None, custom_id
                refusal = await self.discord.answer(pressed)
                assert refusal is not message, custom_id
                self.seen.append(refusal)

    async def try_menu(self, message: Json) -> None:
        """Choose from another's list."""
        here = message | {"channel_id": str(self.place["where"])}
        chosen = await self.discord.choose(here, "pq:b:open", "1", who=self.place["who"])
        self.seen.append(await self.discord.answer(chosen))
