"""Libraries in Discord: added to, listed, asked, refreshed, removed; each its owner's, whatever anybody tries."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from index.library import open_library, person, server
from tests.loopback.conftest import Start
from tests.loopback.payloads import ALICE, BEN, BOT, CHANNEL, DM, GUILD, LIBRARIANS, MIRA, OTHER_CHANNEL, OTHER_GUILD
from tests.loopback.people import FakeDiscord
from tests.loopback.process import BotProcess
from tests.loopback.schema import EPHEMERAL, buttons_of, face, faces_of, said, walk
from tests.loopback.server import Exchange

pytestmark = pytest.mark.asyncio(loop_scope="module")

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


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def bot(start: Start, discord: FakeDiscord) -> BotProcess:
    """One bot for all tests of the module, and a web with a story on it."""
    publish(discord)
    return await start()


@pytest.fixture(autouse=True)
def clean(state: Path, bot: BotProcess) -> None:
    """No library when a test begins."""
    del bot
    library = open_library(state)
    for owner in (server(GUILD), server(OTHER_GUILD), person(ALICE), person(BEN), person(MIRA)):
        library.erase(owner)  # also where it is empty, so that numbers begin at 1
    library.close()


def publish(discord: FakeDiscord, more: str = OPENED) -> None:
    """Put the story on the web, under two addresses."""
    page = ("text/html; charset=utf-8", LIGHTHOUSE.replace("{more}", more).encode())
    discord.pages["/skarv"] = discord.pages["/wire/skarv"] = page


def address(discord: FakeDiscord, path: str = "/skarv", host: str = "north.example") -> str:
    """An address on the web."""
    return f"http://{host}:{discord.port}{path}"


async def settled(discord: FakeDiscord, exchange: Exchange) -> Json:
    """The answer to something that takes a while."""
    return await discord.answer(exchange)


async def use(discord: FakeDiscord, name: str, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """Use a command of /library; the answer."""
    return await settled(discord, await discord.slash(f"library {name}", **{"who": MIRA} | options))


async def ask(discord: FakeDiscord, question: str, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """Ask with /ask; the answer."""
    return await settled(discord, await discord.slash("ask", question=question, **options))


async def add_violins(discord: FakeDiscord, **options: Any) -> Json:  # noqa: ANN401 - of `slash`
    """Put an article into somebody's library that nobody else may see."""
    file = discord.upload("kestrel.txt", f"Kestrel Club counts its violins\n\n{VIOLINS}\n".encode())
    return await use(discord, "add", file=file, **options)


def plain(message: Json) -> str:
    """What a message says, without what is set bold."""
    return said(message).replace("*", "")


def number_of(message: Json, label: str) -> str:
    """The custom_id of a button."""
    return str(next(b["custom_id"] for b in buttons_of(message) if face(b) == label))


async def test_an_address_is_added_and_answers(discord: FakeDiscord) -> None:
    """The page is fetched, told of for the one who added it, and quoted to everyone in the server."""
    added = await use(discord, "add", url=address(discord))
    assert added["flags"] & EPHEMERAL
    assert "**1 article added**" in said(added)
    assert "Lighthouse of Skarv opens to visitors" in said(added)
    answer = await ask(discord, LIGHT)
    assert "41 metres" in plain(answer)
    assert "Context" in faces_of(answer)
    context = await settled(discord, await discord.press(answer, "Context", who=BEN))
    assert "dark since the spring of 1998" in plain(context)


async def test_without_a_library_the_operators_article_answers(discord: FakeDiscord) -> None:
    """And says how to add others; one that is added takes its place, and removing it brings it back."""
    cost = "How much did the repairs cost?"
    before = await ask(discord, cost)
    assert "4.2 million crowns" in plain(before)
    assert "/library add" in said(before)
    await use(discord, "add", url=address(discord))
    assert "4.2 million crowns" not in plain(await ask(discord, cost))
    # What was answered before can still be looked into.
    context = await settled(discord, await discord.press(before, "Context"))
    assert "4.2 million" in plain(context)
    asked = await use(discord, "remove", article="1")
    pressed = await discord.press(asked, "Remove it", who=MIRA)
    await discord.until(lambda: "Removed" in said(pressed.message or {}))
    assert "4.2 million crowns" in plain(await ask(discord, cost))


async def test_files_are_added_and_what_they_are_is_looked_at(discord: FakeDiscord) -> None:
    """Several at once; a program that calls itself a text, and a file that is too large, are refused in a sentence."""
    files = {
        "file": discord.upload("elvik.txt", DAM_TEXT.encode()),
        "file2": discord.upload("skarv.html", LIGHTHOUSE.replace("{more}", OPENED).encode()),
        "file3": discord.upload("notes.txt", b"\x7fELF" + bytes(range(256)) * 40),
        "file4": discord.upload("huge.txt", b"x", size=60_000_000),
        "file5": discord.upload("again.txt", DAM_TEXT.encode()),
    }
    told = said(await use(discord, "add", **files))
    assert "**2 articles added**" in told
    assert "notes.txt" in told
    assert "huge.txt is larger than 10 MB" in told
    assert "its text is in the library already" in told
    assert "March" in plain(await ask(discord, DAM))


async def test_text_goes_into_a_form(discord: FakeDiscord) -> None:
    """/library add alone opens it; a headline, text that is longer than a field, and files are taken."""
    opened = await discord.slash("library add", who=MIRA)
    form = await discord.until(lambda: opened.modal)
    assert [row["component"]["type"] for row in form["components"]] == [4, 19, 4, 4, 4]
    head, _, rest = DAM_TEXT.partition("\n\n")
    sent = await discord.submit(
        form,
        who=MIRA,
        headline=head,
        text=rest[:60],
        more=rest[60:],
        files=(discord.upload("skarv.html", LIGHTHOUSE.replace("{more}", OPENED).encode()),),
    )
    assert "**2 articles added**" in said(await discord.answer(sent))
    answer = await ask(discord, DAM)
    assert "The dam at Elvik leaked in March after a week of rain" in plain(answer)
    empty = await discord.answer(await discord.submit(form, who=MIRA))
    assert "The form is empty" in said(empty)


async def test_addresses_inside_are_refused(discord: FakeDiscord) -> None:
    """Neither by name nor by number, and without a request; what robots.txt forbids is refused too."""
    discord.pages["/robots.txt"] = ("text/plain", b"User-agent: *\nDisallow: /skarv")
    wanted = [
        address(discord, host="inside.example"),
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "file:///etc/passwd",
        address(discord, host="robots.example"),
    ]
    visits = len(discord.visits)
    told = said(await use(discord, "add", url=" ".join(wanted)))
    assert "**0 articles added**" in told
    assert told.count("There is no public page at") == 3
    assert "This is not the address of a page" in told
    assert "does not want programs to fetch this page" in told
    assert set(discord.visits[visits:]) <= {"/robots.txt"}
    del discord.pages["/robots.txt"]


async def test_one_story_of_two_publishers_counts_once(discord: FakeDiscord) -> None:
    """The citation names one, with its date, and the other as "also in"; both are searched, and one is quoted."""
    await use(discord, "add", url=f"{address(discord)} {address(discord, '/wire/skarv', 'south.example')}")
    # The same text is skipped, so the second has a line of its own.
    page = LIGHTHOUSE.replace("{more}", OPENED + " More in the paper edition of Saturday.")
    discord.pages["/wire/skarv"] = ("text/html", page.encode())
    await use(discord, "add", url=address(discord, "/wire/skarv", "south.example"))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    answer = await ask(discord, LIGHT)
    told = said(answer)
    assert told.replace("*", "").count("41 metres") == 1
    assert re.search(r"(north|south)\.example · <t:\d+:D> · also in (north|south)\.example", told)
    assert "3 articles searched" in told


async def test_a_question_is_narrowed(discord: FakeDiscord) -> None:
    """To one article, by its number or words of its headline; to those before or after a day."""
    await use(discord, "add", url=address(discord))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    for chosen in ("1", "lighthouse", "#1"):
        assert "41 metres" in plain(await ask(discord, LIGHT, article=chosen))
    assert "41 metres" not in plain(await ask(discord, LIGHT, article="2"))
    assert "41 metres" in plain(await ask(discord, LIGHT, after="2024-05"))
    assert "41 metres" not in plain(await ask(discord, LIGHT, before="2024-05-02"))
    assert "is no date" in said(await ask(discord, LIGHT, before="soon"))
    assert "There is no article “zeppelin”" in said(await ask(discord, LIGHT, article="zeppelin"))
    offered = await discord.complete("ask", "article", "skarv")
    assert [choice["value"] for choice in offered] == ["1"]
    assert offered[0]["name"].startswith("1 · Lighthouse of Skarv opens to visitors · north.example · 2 May 2024")
    passage = await settled(discord, await discord.slash("passage", number=2, article="2"))
    assert "forty families" in said(passage)


async def test_lists_have_pages(discord: FakeDiscord, state: Path) -> None:
    """Ten on a page; forth and back; a menu opens one; words narrow the list."""
    for first in range(0, 12, 5):
        texts = [
            DAM_TEXT.replace("Elvik", f"Elvik {n}").replace("March", f"March {n}") for n in range(first, first + 5)
        ]
        files = {f"file{n or ''}" if not n else f"file{n + 1}": t for n, t in enumerate(texts)}
        await use(discord, "add", **{k: discord.upload(f"{k}.txt", t.encode()) for k, t in files.items()})
    library = open_library(state)
    library.remove(server(GUILD), 3)
    library.close()
    shown = await use(discord, "list", who=ALICE)
    assert "14 articles" in said(shown)
    assert said(shown).count("The dam at Elvik") == 10
    assert faces_of(shown) == ["Next page"]
    turned = await discord.press(shown, "Next page")
    await discord.until(lambda: faces_of(turned.message or {}) == ["Previous page"])
    assert said(turned.message or {}).count("The dam at Elvik") == 4
    back = await discord.press(turned.message or {}, "Previous page")
    await discord.until(lambda: faces_of(back.message or {}) == ["Next page"])
    few = await use(discord, "list", who=ALICE, matching="elvik 13")
    assert said(few).count("The dam at Elvik") == 1
    (menu,) = [c for c in walk(few["components"]) if c["type"] == 3]
    opened = await discord.answer(await discord.choose(few, menu["custom_id"], menu["options"][0]["value"]))
    assert "The dam at Elvik 13" in said(opened)
    assert faces_of(opened) == ["First passage"]


async def test_a_refresh_says_what_changed(discord: FakeDiscord) -> None:
    """Sentences that are new and gone; nothing where nothing is; the article stays where the page has gone."""
    await use(discord, "add", url=address(discord))
    assert "Nothing has changed since" in said(await use(discord, "refresh", article="1"))
    publish(discord, CHANGED)
    try:
        told = said(await use(discord, "refresh", article="1"))
        assert "1 new sentence" in told
        assert f"> {CHANGED}" in told
        assert f"> {OPENED}" in told
        assert "July" in plain(await ask(discord, "Why was the opening put off?"))
        notice = "<p>You have read your last free article of this month, so please log in to go on.</p>"
        discord.pages["/skarv"] = ("text/html", f"<!doctype html><html><body>{notice}</body></html>".encode())
        assert "much less now" in said(await use(discord, "refresh", article="1"))
        del discord.pages["/skarv"]
        assert "There is no such page at north.example" in said(await use(discord, "refresh", article="1"))
        assert "41 metres" in plain(await ask(discord, LIGHT))
    finally:
        publish(discord)
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    assert "no address" in said(await use(discord, "refresh", article="2"))


async def test_all_are_refreshed_ten_at_a_time(discord: FakeDiscord) -> None:
    """What changed, what could not be fetched, and how many are as they were; a button goes on."""
    for first in (0, 6):
        pages = {
            n: LIGHTHOUSE.replace("{more}", f"{OPENED} This is page {n} of them.") for n in range(first, first + 6)
        }
        discord.pages |= {f"/many/{n}": ("text/html", page.encode()) for n, page in pages.items()}
        await use(discord, "add", url=" ".join(address(discord, f"/many/{n}") for n in pages))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    changed = LIGHTHOUSE.replace("{more}", CHANGED).encode()
    discord.pages["/many/2"] = ("text/html", changed)
    del discord.pages["/many/3"]
    refreshed = await use(discord, "refresh")
    told = said(refreshed)
    assert "**10 articles looked at again**" in told
    assert "New sentences: 1, gone: 2" in told
    assert "There is no such page" in told
    assert "8 have not changed" in told
    refused = await discord.answer(await discord.press(refreshed, "The next ten", who=ALICE))
    assert "Only those" in said(refused)
    rest = await discord.answer(await discord.press(refreshed, "The next ten", who=MIRA))
    assert "2 articles looked at again" in said(rest)
    assert faces_of(rest) == []


async def test_a_feed_stands_for_what_it_tells_of(discord: FakeDiscord) -> None:
    """The articles of an RSS feed are fetched; inside ones are refused, and a feed in a feed is not followed."""
    told_of = (address(discord), address(discord, host="inside.example"), address(discord, "/feed"))
    items = "".join(f"<item><title>x</title><link>{url}</link></item>" for url in told_of)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    discord.pages["/feed"] = ("application/rss+xml", feed.encode())
    told = said(await use(discord, "add", url=address(discord, "/feed")))
    assert "**1 article added**" in told
    assert "There is no public page at inside.example" in told
    assert "It is a feed, and stands in one" in told


async def test_a_page_cannot_pass_for_anothers(discord: FakeDiscord) -> None:
    """What it says of its own address counts where that is on the same site, and its text steers nothing."""
    for path, said_to_be in (("/spoof", "https://wire.example/story"), ("/fair", "http://north.example/canonical")):
        page = LIGHTHOUSE.replace("{more}", f"This is {path}, said the keeper of @everyone at the **gate** of Skarv.")
        head = f'<link rel="canonical" href="{said_to_be}"><meta property="og:url" content="{said_to_be}"></head>'
        discord.pages[path] = ("text/html", page.replace("</head>", head).encode())
    told = said(await use(discord, "add", url=f"{address(discord, '/spoof')} {address(discord, '/fair')}"))
    assert "wire.example" not in told
    assert f"http://north.example:{discord.port}/spoof" in told
    assert "http://north.example/canonical" in told


async def test_search_finds_passages(discord: FakeDiscord) -> None:
    """One of each article, with a button that opens it."""
    await use(discord, "add", url=address(discord))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    shown = await use(discord, "search", who=ALICE, words="crack in the eastern wall")
    assert "crack of two metres" in said(shown)
    opened = await discord.answer(await discord.press(shown, faces_of(shown)[0]))
    assert "eastern wall" in said(opened)


async def test_a_message_is_checked_against_the_article_that_it_is_about(discord: FakeDiscord) -> None:
    """The report names it, and its buttons open it; what no article of the library is about is told."""
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    await use(discord, "add", url=address(discord))
    claim = await discord.say("The lighthouse of Skarv is 14 metres tall.")
    claim["content"] = "The lighthouse of Skarv is 14 metres tall."
    report = await discord.answer(await discord.menu("Check against the article", claim))
    assert "Lighthouse of Skarv opens to visitors" in plain(report)
    assert "41 metres" in plain(report)
    opened = await discord.answer(await discord.press(report, "Context"))
    assert "spring of 1998" in plain(opened)
    other = claim | {"content": "Zeppelins crossed Patagonia twice."}
    told = await discord.answer(await discord.menu("Check against the article", other))
    assert "No article of the library is about this" in said(told)


async def test_who_may_change_it_is_set(discord: FakeDiscord) -> None:
    """Moderators at first; members of a role, then everyone, when a moderator says so; /settings shows it."""
    refused = "Only those whom /settings of this server lets"
    page = address(discord)
    for who in (ALICE, BEN):
        assert refused in said(await use(discord, "add", who=who, url=page))
        opened = await discord.answer(await discord.slash("library add", who=who))
        assert refused in said(opened)
        sent = await discord.submit({"custom_id": "pq:b:form", "components": FORGED}, who=who, url=page)
        assert refused in said(await discord.answer(sent))
    await use(discord, "add", url=page)
    for name in ("remove", "refresh"):
        assert refused in said(await use(discord, name, who=ALICE, article="1"))
    message = await discord.answer(await discord.slash("settings", who=MIRA))
    role = {"roles": {str(LIBRARIANS): {"id": str(LIBRARIANS), "name": "librarians"}}}
    chosen = await discord.choose(message, "pq:g:editors", str(LIBRARIANS), who=MIRA, kind=6, resolved=role)
    await discord.until(lambda: chosen.edits)
    assert "Nothing has changed" in said(await use(discord, "refresh", who=BEN, article="1"))
    assert refused in said(await use(discord, "refresh", who=ALICE, article="1"))
    everyone = await discord.choose(message, "pq:g:editing", "everyone", who=MIRA)
    await discord.until(lambda: everyone.edits)
    assert "Nothing has changed" in said(await use(discord, "refresh", who=ALICE, article="1"))
    for name, values, kind in (("editing", ["default"], 3), ("editors", [], 6)):
        undone = await discord.choose(message, f"pq:g:{name}", *values, who=MIRA, kind=kind, resolved={})
        await discord.until(lambda: undone.edits)  # noqa: B023 - within the loop
    assert refused in said(await use(discord, "refresh", who=ALICE, article="1"))


async def test_removing_asks_and_checks_again(discord: FakeDiscord) -> None:
    """The button is for those who may; one for another text than was seen does nothing."""
    await use(discord, "add", url=address(discord))
    asked = await use(discord, "remove", article="1")
    assert "Remove this article" in said(asked)
    refused = await discord.answer(await discord.press(asked, "Remove it", who=ALICE))
    assert "Only those" in said(refused)
    publish(discord, CHANGED)
    await use(discord, "refresh", article="1")
    publish(discord)
    stale = await discord.answer(await discord.press(asked, "Remove it", who=MIRA))
    assert "removed or changed meanwhile" in said(stale)
    asked = await use(discord, "remove", article="1")
    gone = await discord.press(asked, "Remove it", who=MIRA)
    await discord.until(lambda: "Removed" in said(gone.message or {}))
    assert "No article" in said(await use(discord, "list"))


async def test_persons_have_their_own(discord: FakeDiscord) -> None:
    """In direct messages, and in servers that did not install the bot; there they need nobody's leave."""
    await add_violins(discord, who=ALICE, where=DM)
    question = "How many violins does the vault hold?"
    assert "nineteen violins" in plain(await ask(discord, question, where=DM))
    assert "nineteen violins" in plain(await discord.reply_to(await discord.say(question, where=DM)))
    assert "nineteen violins" in plain(await ask(discord, question, who=ALICE, installed=False, private=True))
    assert "nineteen violins" not in plain(await ask(discord, question, who=ALICE))
    assert "nineteen violins" not in plain(await ask(discord, question, who=BEN, installed=False, private=True))


async def test_a_follow_up_goes_on_in_its_article(discord: FakeDiscord) -> None:
    """The form, and a reply, read on in the article that was quoted; once it is removed they say so."""
    await use(discord, "add", url=address(discord))
    await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode()))
    message = await ask(discord, "What may visitors climb from June on?")
    assert "212 steps" in plain(message)
    pressed = await discord.press(message, "Follow up", who=BEN)
    form = await discord.until(lambda: pressed.modal)
    answer = await discord.answer(await discord.submit(form, message, who=BEN, question="What will a ticket cost?"))
    assert "90 crowns" in plain(answer)
    reply = await discord.reply_to(await discord.say("What will a ticket cost?", to=message))
    assert "90 crowns" in plain(reply)
    removing = await use(discord, "remove", article="1")
    assert faces_of(removing) == ["Remove it"], said(removing)
    library_gone = await discord.press(removing, "Remove it", who=MIRA)
    await discord.until(lambda: "Removed" in said(library_gone.message or {}))
    late = await discord.answer(await discord.press(message, "Follow up", who=BEN))
    assert "not in the library here" in said(late)


FORGED: list[Json] = [{"type": 18, "component": {"type": 4, "custom_id": "url"}}]
"""What a form holds that somebody made up, because none was opened for them."""


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


@pytest.mark.parametrize("belongs_to", ["other server", "other person"])
async def test_nobody_sees_anothers_article(discord: FakeDiscord, belongs_to: str) -> None:
    """No question, list, search, autocompletion, number, button, menu or error shows a word of it."""
    home: Json = {"who": ALICE, "where": DM} if belongs_to == "other person" else {"who": MIRA, "where": OTHER_CHANNEL}
    question = "How many violins does the vault hold?"
    await add_violins(discord, **home)
    answer = await ask(discord, question, **home, private=True)
    assert "nineteen violins" in plain(answer)
    shown = await use(discord, "show", article="1", **home)
    removing = await use(discord, "remove", article="1", **home)
    searched = await use(discord, "search", words="violins", **home)
    listed = await use(discord, "list", **home)
    spies = (
        Spy(discord, who=MIRA, where=CHANNEL),
        Spy(discord, who=ALICE, where=CHANNEL),
        Spy(discord, who=BEN, where=CHANNEL, installed=False),
    )
    for has_own in (False, True):
        if has_own:
            await use(discord, "add", url=address(discord))
            await use(discord, "add", who=BEN, installed=False, url=address(discord))
        for spy in spies:
            await spy.try_commands()
            await spy.try_choices()
            await spy.try_buttons(answer, shown, removing, searched)
            await spy.try_menu(listed)
    # What a spy typed is repeated to them; nothing else of it may be.
    typed = ("“Kestrel Club counts its violins”", "How many violins", "violins vault Kestrel", "**What is the")
    told = "\n".join(said(message) for spy in spies for message in spy.seen)
    for words in typed:
        told = told.replace(words, "")
    for word in ("nineteen", "steward", "counts its violins", "kestrel.txt", "Sunday"):
        assert word not in told
    # And it is all still there.
    assert "nineteen violins" in plain(await ask(discord, question, **home, private=True))


async def test_privacy_export_and_forget_cover_it(discord: FakeDiscord, state: Path) -> None:
    """A person learns what is in their library, gets it, and erases it; a moderator erases the server's."""
    await add_violins(discord, who=ALICE, where=DM)
    await use(discord, "add", url=address(discord))
    assert "1 article" in said(await discord.answer(await discord.slash("privacy", where=DM)))
    assert "its library of 1 article" in said(await discord.answer(await discord.slash("privacy")))
    exported = await discord.slash("export", where=DM)
    await discord.answer(exported)
    export = json.loads(exported.files["pullquote-export.json"])
    (kept,) = export["library"]
    assert kept["title"] == "Kestrel Club counts its violins"
    assert VIOLINS in kept["text"]
    asked = await discord.answer(await discord.slash("forget", where=DM))
    erased = await discord.press(asked, "Erase what is kept about me")
    await discord.until(lambda: "Erased" in said(erased.message or {}))
    library = open_library(state)
    assert library.size(person(ALICE)).articles == 0
    assert library.size(server(GUILD)).articles == 1
    library.close()
    asked = await discord.answer(await discord.slash("forget", who=MIRA))
    sure = await discord.press(asked, "Erase all of this server's …", who=MIRA)
    await discord.until(lambda: "cannot be undone" in said(sure.message or {}))
    done = await discord.press(sure.message or {}, "Erase all of it", who=MIRA)
    await discord.until(lambda: "Erased" in said(done.message or {}))
    library = open_library(state)
    assert library.owners() == ()
    library.close()


async def test_a_quota_is_told(discord: FakeDiscord, start: Start) -> None:
    """What an operator allows is the most that a library holds; the rest is refused in a sentence."""
    await start(server_articles="1")
    try:
        await use(discord, "add", url=address(discord))
        told = said(await use(discord, "add", file=discord.upload("elvik.txt", DAM_TEXT.encode())))
        assert "**0 articles added**" in told
        assert "room for 1 articles" in told
    finally:
        await start()


async def test_answers_outlive_a_restart(discord: FakeDiscord, start: Start, bot: BotProcess) -> None:
    """The library is kept, and the buttons of old answers go on working."""
    del bot
    await use(discord, "add", url=address(discord))
    answer = await ask(discord, LIGHT)
    await start()
    context = await settled(discord, await discord.press(answer, "Context"))
    assert "41 metres" in plain(context)
    assert "41 metres" in plain(await discord.reply_to(await discord.say(f"<@{BOT}> {LIGHT}")))
