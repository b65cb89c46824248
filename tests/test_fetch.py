"""Fetching, tried with a server and a resolver that mean harm."""

import asyncio
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from index.errors import AddressRefused, FetchError, RobotsRefused
from index.fetch import Fetched, Fetcher, Limits
from index.fetch.guard import Guard
from index.readers import read_bytes
from tests.hostile import (
    HOME,
    PAGE,
    Handler,
    Hostile,
    Lying,
    answer,
    bomb,
    drip,
    endless,
    heads,
    redirect,
    silence,
    zipped,
)

PUBLIC = "93.184.215.14"
"""An address on the internet; nothing in these tests may ever connect to it."""

SOON = Limits(seconds=0.5)


@pytest_asyncio.fixture
async def web() -> AsyncIterator[Hostile]:
    """The server."""
    async with Hostile() as server:
        yield server


def fetcher(web: Hostile, **names: list[list[str]]) -> Fetcher:
    """One that may reach the server, under these names."""
    return Fetcher(resolver=Lying(**names), endpoints={web.endpoint})


async def fetched(web: Hostile, page: bytes | Handler, path: str = "/story", limits: Limits = SOON) -> Fetched:
    """The page, served at a path."""
    web.pages[path] = page
    return await fetcher(web).fetch(web.url(path), limits)


async def test_a_page_comes_with_what_is_known_of_it(web: Hostile) -> None:
    """Its bytes, address, type, encoding, and a name that tells the readers its format."""
    web.pages["/2026/tide?from=feed"] = answer(Content_Type="Text/HTML; charset=UTF-8")
    found = await fetcher(web).fetch(web.url("/2026/tide?from=feed#top"))
    assert found == Fetched(web.url("/2026/tide?from=feed"), PAGE, "text/html", "utf-8", "tide.html")
    assert "noon" in read_bytes(found.data, found.name).text


async def test_the_request_says_who_asks_and_nothing_of_whom(web: Hostile) -> None:
    """We are named; no cookie, referrer or language goes along, not even a cookie that the site set before."""
    web.pages["/first"] = answer(b"", "302 Found", Location="/second", Set_Cookie="id=1")
    web.pages["/second"] = answer()
    await fetcher(web).fetch(web.url("/first"))
    for _path, head in web.asked:
        assert "User-Agent: Pullquote/" in head
        assert not any(name in head.lower() for name in ("cookie:", "referer:", "accept-language:", "authorization:"))


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://127.0.0.1:{other}/", "http://[::1]/", "http://10.0.0.1/"]
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_no_redirect_leads_inside(web: Hostile, target: str, status: str) -> None:
    """Neither to this machine nor to another of its network, whatever kind of redirect it is."""
    with pytest.raises(AddressRefused):
        await fetched(web, redirect(target.format(other=web.port + 1 if web.port < 65_535 else 1), status))


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://metadata.google.internal/",
        "http://localhost/",
        "http://2852039166/",
        "http://0xa9.0xfe.0xa9.0xfe/",
        "http://0251.0376.0251.0376/",
        "http://169.254.169.254./",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "data:text/html,hello",
        "javascript:alert(1)",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://exa mple.org/",
        "http://T:[:f]:1@",
    ],
)
async def test_no_redirect_leads_to_what_is_no_public_page(web: Hostile, target: str) -> None:
    """Metadata in all its spellings, other schemes, other ports, passwords."""
    with pytest.raises(AddressRefused):
        await fetched(web, redirect(target))
    assert web.paths == ["/story"]


@pytest.mark.parametrize("inside", "127.0.0.1 169.254.169.254 10.1.2.3 ::1 fd00:ec2::254 ::ffff:10.0.0.1".split())
async def test_a_name_that_leads_inside_is_refused(web: Hostile, inside: str) -> None:
    """Also where only one of its addresses does, and in the words that are said of a name that does not exist."""
    sentences = set()
    for answers in ([inside], [PUBLIC, inside], []):
        with pytest.raises(AddressRefused) as refused:
            await fetcher(web, news_example=[answers]).fetch("http://news.example/")
        sentences.add(str(refused.value))
    with pytest.raises(AddressRefused) as refused:
        await fetcher(web).fetch("http://news.example/")
    assert {str(refused.value)} == sentences


async def test_a_name_that_changes_is_caught(web: Hostile) -> None:
    """DNS rebinding: what is public for robots.txt or the first page and private afterwards is not connected to."""
    web.pages["/a"], web.pages["/b"] = redirect(web.url("/b", "news.example")), answer()
    changing = fetcher(web, news_example=[[HOME], [HOME], ["127.0.0.2"]])
    with pytest.raises(AddressRefused):
        await changing.fetch(web.url("/a", "news.example"))
    assert web.paths == ["/a"]


async def test_each_request_looks_a_name_up_once(web: Hostile) -> None:
    """What was checked is what is connected to: robots.txt and the page are two requests, so two questions."""
    web.pages["/a"] = answer()
    resolver = Lying(news_example=[[HOME]])
    await Fetcher(resolver=resolver, endpoints={web.endpoint}).fetch(web.url("/a", "news.example"))
    assert resolver.asked == ["news.example", "news.example"]


async def test_the_other_end_is_looked_at(web: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that ended up elsewhere is closed before a byte is sent: the third of three looks at an address."""
    target = fetcher(web, news_example=[[HOME]])
    checks: list[tuple[str, int]] = []

    def check(_: Guard, address: str, port: int) -> None:
        checks.append((address, port))
        if len(checks) == 3:
            raise AddressRefused("Elsewhere.")

    monkeypatch.setattr(Guard, "check", check)
    with pytest.raises(AddressRefused):
        await target.fetch(web.url("/a", "news.example"))
    assert checks == [web.endpoint] * 3
    assert web.asked == []


async def test_redirects_are_followed_so_far(web: Hostile) -> None:
    """Five are; a loop, and a sixth, are not; relative ones lead where they say."""
    for n in range(6):
        web.pages[f"/{n}"] = redirect(f"{n + 1}")
    web.pages["/6"] = answer()
    assert (await fetcher(web).fetch(web.url("/1"))).url == web.url("/6")
    with pytest.raises(FetchError, match="redirected more than 5 times"):
        await fetcher(web).fetch(web.url("/0"))
    with pytest.raises(FetchError, match="redirected more than 5 times"):
        await fetched(web, redirect("/loop"), "/loop")


@pytest.mark.parametrize("page", [drip, silence], ids=["drip", "silence"])
async def test_time_is_limited(web: Hostile, page: Handler) -> None:
    """A site that drips or says nothing is given up."""
    with pytest.raises(FetchError, match=r"took longer than 0\.5 seconds"):
        await fetched(web, page)


@pytest.mark.parametrize("page", [endless, answer(Content_Length="99999999999")], ids=["endless", "announced"])
async def test_size_is_limited(web: Hostile, page: bytes | Handler) -> None:
    """A body without an end is given up at the limit; one that ends before its announced length is no page."""
    with pytest.raises(FetchError, match=r"larger than 1 MB|breaks off"):
        await fetched(web, page, limits=Limits(bytes=1_000_000, seconds=10))


async def test_a_bomb_is_counted_as_it_is_unpacked(web: Hostile) -> None:
    """Two hundred megabytes in two hundred kilobytes are given up at the limit, and never stand in memory."""
    page = answer(bomb(), Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than 1 MB"):
            await fetched(web, page, limits=Limits(bytes=1_000_000, seconds=10))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", zipped(PAGE)),
        ("x-gzip", zipped(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
        ("", PAGE),
    ],
    ids=["gzip", "x-gzip", "zlib", "bare", "identity", "none"],
)
async def test_packed_pages_are_unpacked(web: Hostile, encoding: str, data: bytes) -> None:
    """Gzip, and deflate in both forms that servers send."""
    assert (await fetched(web, answer(data, Content_Encoding=encoding))).data == PAGE


@pytest.mark.parametrize(
    "page",
    [
        answer(b"no gzip at all", Content_Encoding="gzip"),
        answer(zipped(PAGE)[:-6], Content_Encoding="gzip"),
        answer(PAGE, Content_Encoding="br"),
        answer(zipped(zipped(PAGE)), Content_Encoding="gzip, gzip"),
        answer(PAGE, Content_Length="500"),
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"",
        answer(X_Long="y" * 70_000),
        heads,
    ],
    ids=["no gzip", "cut gzip", "unasked", "twice", "short", "no http", "nothing", "long header", "endless headers"],
)
async def test_what_is_broken_is_told_in_a_sentence(web: Hostile, page: bytes | Handler) -> None:
    """Bodies that break off or cannot be unpacked, what is no web server, and headers without end."""
    with pytest.raises(FetchError) as told:
        await fetched(web, page, limits=Limits(seconds=10))
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/json", "text/css", "application/zip"])
async def test_other_types_are_not_taken(web: Hostile, kind: str) -> None:
    """Nor is their body."""
    with pytest.raises(FetchError, match=f"no text but {kind}"):
        await fetched(web, answer(bytes(10), Content_Type=kind))


async def test_a_page_without_a_type_is_taken(web: Hostile) -> None:
    """The readers find out what it is."""
    assert (await fetched(web, answer(Content_Type=""))).content_type == ""


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oops", "204 No Content", "304 Not Modified"])
async def test_only_a_page_is_a_page(web: Hostile, status: str) -> None:
    """Other answers are a sentence with the number."""
    with pytest.raises(FetchError, match=status[:3]):
        await fetched(web, answer(b"", status))


async def test_robots_is_obeyed(web: Hostile) -> None:
    """What a site does not want fetched by us or by all is not asked for; a redirect there does not help."""
    web.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private\n", Content_Type="text/plain")
    web.pages |= {"/open": answer(), "/door": redirect("/private/a"), "/private/a": answer()}
    shared = fetcher(web)
    await shared.fetch(web.url("/open"))
    for path in ("/private/a", "/door"):
        with pytest.raises(RobotsRefused, match=r"robots\.txt"):
            await shared.fetch(web.url(path))
    assert "/private/a" not in web.paths
    assert [path for path, _ in web.asked].count("/robots.txt") == 1


@pytest.mark.parametrize("page", [answer(b"", "503 Busy"), answer(b"", "429 Slow Down"), b""])
async def test_a_site_that_cannot_be_asked_gives_nothing(web: Hostile, page: bytes) -> None:
    """Trouble with robots.txt is no leave; the next try asks anew."""
    web.pages["/robots.txt"] = page
    shared = fetcher(web)
    web.pages["/story"] = answer()
    with pytest.raises(FetchError):
        await shared.fetch(web.url("/story"))
    assert web.paths == []
    web.pages["/robots.txt"] = answer(b"", "404 Not Found")
    await shared.fetch(web.url("/story"))


async def test_robots_leads_nowhere_inside_either(web: Hostile) -> None:
    """A robots.txt is fetched as safely as a page."""
    web.pages["/robots.txt"] = redirect("http://169.254.169.254/")
    with pytest.raises(AddressRefused):
        await fetched(web, answer())


async def test_only_so_many_at_once(web: Hostile) -> None:
    """The others wait."""
    running, most = 0, 0
    two = asyncio.Barrier(2)

    async def counted(writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await two.wait()
        running -= 1
        writer.write(answer())

    web.pages["/story"] = counted
    limited = Fetcher(resolver=Lying(), endpoints={web.endpoint}, at_once=2)
    await asyncio.gather(*(limited.fetch(web.url("/story")) for _ in range(6)))
    assert most == 2


async def test_an_encoding_that_the_server_alone_names_is_known(web: Hostile) -> None:
    """Text in Windows-1251 reads as it was written."""
    written = "<html><body><p>Прилив пришёл в полдень.</p></body></html>"
    found = await fetched(web, answer(written.encode("cp1251"), Content_Type="text/html; charset=windows-1251"))
    assert "Прилив пришёл" in found.data.decode("utf-8-sig")


@pytest.mark.parametrize("named", ["zlib", "bz2", "punycode", "no such"])
async def test_an_encoding_that_no_page_is_in_is_left_to_the_reader(web: Hostile, named: str) -> None:
    """A codec of Python's that unpacks an archive or takes time without end is not run because a server names it."""
    packed = zlib.compress(b"x" * 100_000) + b"\xff"
    found = await fetched(web, answer(packed, Content_Type=f"text/html; charset={named}"))
    assert found.data == packed
