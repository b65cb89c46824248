"""The articles that the tests put into libraries, and what people do with them."""

from typing import Any

from tests.loopback.payloads import MIRA
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import said

Json = dict[str, Any]

LIGHT = "How tall is the lighthouse?"
DAM = "When did the dam at Elvik leak?"

LIGHTHOUSE = """\
<!doctype html><html><head><title>Lighthouse of Skarv opens to visitors</title>
<meta property="article:published_time" content="2024-05-02T08:00:00Z"></head><body><article>
<h1>Lighthouse of Skarv opens to visitors</h1>
<p>The lighthouse of Skarv is 41 metres tall and has been dark since the spring of 1998, the keeper said.</p>
<p>Visitors may climb its 212 steps from June on, and a ticket will cost 90 crowns for adults.</p>
<p>{more}</p>
</article></body></html>"""

OPENED = "The mayor will cut the ribbon on the first day, and the harbour band will play on the quay in the evening."
CHANGED = "The opening was put off to July, because the iron stair must be painted before anyone may climb it."

DAM_TEXT = """\
The dam at Elvik leaked in March

The dam at Elvik leaked in March after a week of rain, and forty families left their homes for three nights.

Engineers found a crack of two metres in the eastern wall, which was closed with concrete before Easter.
"""

VIOLINS = "The vault of the Kestrel Club holds nineteen violins; its combination was changed on Sunday by the steward."


def publish(discord: FakeDiscord, more: str = OPENED) -> None:
    """Put the story on the web, under two addresses."""
    page = ("text/html; charset=utf-8", LIGHTHOUSE.replace("{more}", more).encode())
    discord.pages["/skarv"] = discord.pages["/wire/skarv"] = page


def address(discord: FakeDiscord, path: str = "/skarv", host: str = "north.example") -> str:
    """An address on the web."""
    return f"http://{host}:{discord.port}{path}"


async def use(discord: FakeDiscord, name: str, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """Use a command of /library; the answer."""
    return await discord.answer(await discord.slash(f"library {name}", **{"who": MIRA} | options))


async def ask(discord: FakeDiscord, question: str, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """Ask with /ask; the answer."""
    return await discord.answer(await discord.slash("ask", question=question, **options))


async def add_violins(discord: FakeDiscord, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """Put an article into somebody's library that nobody else may see."""
    file = discord.upload("kestrel.txt", f"Kestrel Club counts its violins\n\n{VIOLINS}\n".encode())
    return await use(discord, "add", file=file, **options)


def plain(message: Json) -> str:
    """What a message says, without what is set bold."""
    return said(message).replace("*", "")
