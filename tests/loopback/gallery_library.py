"""A library as the bot shows it, for looking at."""

import tempfile
from pathlib import Path

from discord import ui

from bot.dialogue import Dialogue
from bot.discord.buttons import answer_view
from bot.discord.libraries import Libraries
from bot.discord.library import views
from bot.discord.views import layout
from bot.librarian.lookup import look_up
from bot.render import discord_library
from bot.render.discord_library import Outcome, Refreshed
from bot.settings import Settings
from index.article import Article
from index.library import Changes
from index.owner import server
from index.readers import read_bytes
from tests.loopback import payloads
from tests.loopback.story import story, story_assistant

Shown = tuple[str, ui.LayoutView]

OWNER = server(payloads.GUILD)
NOW = 1_795_500_000

PAGE = """\
<!doctype html><html><head><title>{title}</title>
<meta property="article:published_time" content="{day}T08:00:00Z"><link rel="canonical" href="{url}"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"""

TOWER = (
    "<p>The lighthouse of Skarv is 41 metres tall and has been dark since the spring of 1998, the keeper said.</p>"
    "<p>Visitors may climb its 212 steps from June on, and a ticket will cost 90 crowns for adults.</p>"
    "<p>The mayor will cut the ribbon on the first day, and the band will play on the quay in the evening.</p>"
)
PAINTED = "<p>The opening was put off to July, because the iron stair must be painted before anyone may climb it.</p>"
DAM = (
    "<p>The dam at Elvik leaked in March after a week of rain, and forty families left their homes for a while.</p>"
    "<p>Engineers found a crack of two metres in the eastern wall, which was closed with concrete by Easter.</p>"
)


def page(title: str, day: str, url: str, text: str) -> Article:
    """An article as it is read from the web."""
    return read_bytes(PAGE.format(title=title, day=day, url=url, text=text).encode(), "page.html")


def library_views() -> list[Shown]:
    """(caption, view) of every kind."""
    with tempfile.TemporaryDirectory() as folder:
        libraries = Libraries(Dialogue(story_assistant()), Settings(state=Path(folder)))
        libraries.open()
        try:
            return _views(libraries)
        finally:
            libraries.close()


def _views(libraries: Libraries) -> list[Shown]:
    library = libraries.library
    title = "Lighthouse of Skarv opens to visitors after *twenty-six* years"
    north = page(title, "2024-05-02", "https://north.example/skarv", TOWER)
    south = page(title, "2024-05-03", "https://www.south.example/2024/skarv", TOWER + "<p>More on Saturday.</p>")
    dam = page("The dam at Elvik leaked in March", "2024-03-28", "https://elvik.example/dam", DAM)
    outcomes = [
        Outcome(name, library.add(OWNER, article, at=NOW))
        for name, article in (("a", north), ("b", south), ("c", dam), ("d", north), ("ferry.txt", story()))
    ]
    outcomes.append(Outcome("http://inside.example/x", refusal="There is no public page at inside.example: check it."))
    shown: list[Shown] = [("/library add", layout(discord_library.added(outcomes)))]
    entries, more = views.page_after(library, OWNER, 0)
    shown.append(("/library list", views.list_view(entries, library.size(OWNER), more=more)))
    first = library.entry(OWNER, 1)
    others = [e for e in library.also_in(OWNER, [first.story]) if e.number != 1]
    shown.append(("/library show", views.details_view(first, others, editor=True)))
    hits = look_up(library, OWNER, "lighthouse dam crossings", most=views.HITS)
    shown.append(("/library search", views.found_view(hits, "lighthouse dam crossings")))
    for question in ("How tall is the lighthouse, and when did the dam leak?", "Who painted the ferry blue?"):
        found = libraries.ask(OWNER, question, payloads.ALICE, payloads.CHANNEL)
        shown.append(("/ask of a library", answer_view(found.result, found.index, asker=payloads.ALICE, number=1)))
    changed = page(
        title, "2024-05-02", "https://north.example/skarv", TOWER.split("<p>The mayor", maxsplit=1)[0] + PAINTED
    )
    shown.append(("/library refresh", views.changed_view(library.refresh(OWNER, 1, changed, at=NOW))))
    some = [
        Refreshed(library.entry(OWNER, 3), Changes(library.entry(OWNER, 3))),
        Refreshed(library.entry(OWNER, 1), Changes(library.entry(OWNER, 1), ("One.", "Two."), ("Three.",))),
        Refreshed(library.entry(OWNER, 2), refusal="There is no such page at www.south.example (404)."),
    ]
    shown.append(("/library refresh, all", views.refreshed_view(some, 3)))
    shown.append(("/library remove", views.removing_view(library.entry(OWNER, 3))))
    return shown
