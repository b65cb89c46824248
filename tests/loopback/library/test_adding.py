"""What goes into a library: addresses, files, text, feeds; and what is refused."""

import pytest

from tests.loopback.conftest import Start
from tests.loopback.library.shelf import DAM, DAM_TEXT, LIGHT, LIGHTHOUSE, OPENED, address, ask, plain, use
from tests.loopback.payloads import BEN, MIRA
from tests.loopback.people import FakeDiscord
from tests.loopback.schema import EPHEMERAL, faces_of, said

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_address_is_added_and_answers(discord: FakeDiscord) -> None:
    """The page is fetched, told of for the one who added it, and quoted to everyone in the server."""
    added = await use(discord, "add", url=address(discord))
    assert added["flags"] & EPHEMERAL
    assert "**1 article added**" in said(added)
    assert "Lighthouse of Skarv opens to visitors" in said(added)
    answer = await ask(discord, LIGHT)
    assert "41 metres" in plain(answer)
    assert "Context" in faces_of(answer)
    context = await discord.answer(await discord.press(answer, "Context", who=BEN))
    assert "dark since the spring of 1998" in plain(context)


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
