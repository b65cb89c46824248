"""Adding to a library: a bad thing never stops the rest, and nothing is half there."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.librarian.adding import Adding, Outcome
from bot.librarian.sources import Wanted, wanted
from index.errors import FetchError, LibraryFull, ReadError, SourceNotFound
from index.fetch import Fetcher
from index.library.model import Quota, Skipped
from index.library.sqlite import SQLiteLibrary
from index.owner import SHELL
from tests.librarian.conftest import BRIDGE, FERRY, LIGHTHOUSE


def names(folder: Path, found: list[Wanted]) -> list[str]:
    """The names, relative to a folder."""
    return [one.name.removeprefix(f"{folder}/") for one in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with articles and other things."""
    (tmp_path / "in" / "below" / ".hidden").mkdir(parents=True)
    for name, text in {
        "ferry.txt": FERRY,
        "picture.png": "no article",
        "below/bridge.md": BRIDGE,
        "below/.hidden/lighthouse.txt": LIGHTHOUSE,
        ".secret.txt": LIGHTHOUSE,
    }.items():
        (tmp_path / "in" / name).write_text(text, "utf-8")
    return tmp_path / "in"


def test_a_folder_is_its_articles(folder: Path) -> None:
    """By name, those below it too; what is hidden or ends unlike an article is left out."""
    assert names(folder, wanted([str(folder)])) == ["ferry.txt", "below/bridge.md"]


def test_a_pattern_is_what_matches(folder: Path) -> None:
    """A pattern finds files, each once however often it is named; one that finds nothing is said so."""
    found = wanted([f"{folder}/**/*.md", f"{folder}/below/bridge.md", f"{folder}/*.epub"])
    assert names(folder, found) == ["below/bridge.md", "*.epub"]
    assert [one.kind for one in found] == ["file", "nothing"]


def test_a_file_with_a_star_in_its_name_is_a_file(tmp_path: Path) -> None:
    """What is there is taken as it is written."""
    (tmp_path / "a[1].txt").write_text(FERRY, "utf-8")
    assert [one.kind for one in wanted([str(tmp_path / "a[1].txt")])] == ["file"]


def outcomes(adding: Adding, things: list[Wanted]) -> list[Outcome]:
    """What becomes of each thing."""
    return [step.outcome for step in adding.add(things) if step.outcome is not None]


def test_a_bad_file_does_not_stop_the_rest(library: SQLiteLibrary, folder: Path) -> None:
    """Each is added, skipped or refused by itself, with the reason."""
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (folder / "copy.txt").write_text(FERRY, "utf-8")
    things = wanted([f"{folder}/broken.pdf", f"{folder}/gone.txt", str(folder / "ferry.txt"), str(folder / "copy.txt")])
    with Adding(library, SHELL, at=1) as adding:
        broken, gone, ferry, copy = outcomes(adding, things)
    assert isinstance(broken.error, ReadError)
    assert isinstance(gone.error, SourceNotFound)
    assert ferry.addition is not None and ferry.addition.skipped is None  # noqa: PT018 - one thought
    assert copy.addition is not None and copy.addition.skipped is Skipped.SAME_TEXT  # noqa: PT018 - one thought
    assert library.size(SHELL).articles == 1


def test_a_full_library_refuses_and_says_so(tmp_path: Path, folder: Path) -> None:
    """What is over the quota is refused, what was there stays."""
    small = SQLiteLibrary(tmp_path / "small.db", quotas={"shell": Quota(1, 10_000)})
    with Adding(small, SHELL, at=1) as adding:
        first, second = outcomes(adding, wanted([str(folder)]))
    assert first.error is None
    assert isinstance(second.error, LibraryFull)
    assert small.size(SHELL).articles == 1
    small.close()


def test_stopping_halfway_leaves_whole_articles(library: SQLiteLibrary, folder: Path) -> None:
    """Whoever stops after the first thing has that one, and can ask it."""
    with Adding(library, SHELL, at=1) as adding:
        steps = adding.add(wanted([str(folder)]))
        next(steps)
    assert library.size(SHELL).articles == 1
    assert library.article(SHELL, 1).text


PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


@contextmanager
def serving(pages: dict[str, tuple[str, str]]) -> Iterator[tuple[str, Fetcher]]:
    """A web server on 127.0.0.1, and a fetcher that may reach it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("", ""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    port = server.server_port
    try:
        yield f"http://127.0.0.1:{port}", Fetcher(endpoints=[("127.0.0.1", port)])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(title: str, text: str) -> tuple[str, str]:
    """A page with an article."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return "text/html", PAGE.format(title=title, body=body)


def test_a_feed_stands_for_its_articles(library: SQLiteLibrary) -> None:
    """Each is fetched and added; what the page does not say of itself, the feed does."""
    pages = {"/ferry": page("Island ferry returns", FERRY), "/bridge": page("A bridge to Holm", BRIDGE)}
    with serving(pages) as (base, fetcher), Adding(library, SHELL, at=1, fetcher=fetcher) as adding:
        items = "".join(
            f"<item><title>{n}</title><link>{base}/{n}</link><pubDate>Fri, 05 Jan 2024 10:00:00 GMT</pubDate></item>"
            for n in ("ferry", "bridge", "gone")
        )
        pages["/feed"] = (
            "application/rss+xml",
            f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>",
        )
        steps = list(adding.add(wanted([f"{base}/feed"])))
        ferry, bridge, gone = [step.outcome for step in steps if step.outcome]
        assert [step.left for step in steps] == [3, 2, 1, 0]
        assert isinstance(gone.error, FetchError)
        for outcome, path in ((ferry, "/ferry"), (bridge, "/bridge")):
            assert outcome.addition is not None
            assert outcome.addition.entry.url == f"{base}{path}"
            assert outcome.addition.entry.published is not None
    assert library.size(SHELL).articles == 2


def test_a_feed_that_carries_an_article_stands_in_for_its_page(library: SQLiteLibrary) -> None:
    """Where the page cannot be had; a mere summary does not, and a page that can be had comes first."""
    pages = {"/bridge": page("A bridge to Holm", BRIDGE)}
    whole = "".join(f"<p>{line}</p>" for line in FERRY.splitlines() if line)
    with serving(pages) as (base, fetcher), Adding(library, SHELL, at=1, fetcher=fetcher) as adding:
        entries = "".join(
            f"<entry><title>{n} news</title><link href='{base}/{n}'/><updated>2024-01-05T10:00:00Z</updated>"
            f"{said}</entry>"
            for n, said in (
                ("ferry", f"<content type='html'>{escape(whole)}</content>"),
                ("bridge", "<content type='html'>&lt;p&gt;Only in the feed.&lt;/p&gt;</content>"),
                ("gone", "<summary>A few words.</summary>"),
            )
        )
        pages["/feed"] = ("application/atom+xml", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>")
        steps = list(adding.add(wanted([f"{base}/feed"])))
        ferry, bridge, gone = [step.outcome for step in steps if step.outcome]
        assert ferry.addition is not None
        assert bridge.addition is not None
        assert isinstance(gone.error, FetchError)
        entry = ferry.addition.entry
        assert (entry.title, entry.url, str(entry.published)) == ("ferry news", f"{base}/ferry", "2024-01-05")
        assert "both engines were replaced" in library.article(SHELL, entry.number).text
        assert "Only in the feed" not in library.article(SHELL, bridge.addition.entry.number).text


def test_a_page_cannot_pass_for_anothers(library: SQLiteLibrary) -> None:
    """The address that a page gives for itself counts on its own site alone."""
    kind, html = page("Island ferry returns", FERRY)
    forged = html.replace("<head>", '<head><link rel="canonical" href="https://gazette.example/ferry">')
    with serving({"/a": (kind, forged)}) as (base, fetcher), Adding(library, SHELL, at=1, fetcher=fetcher) as adding:
        (outcome,) = outcomes(adding, wanted([f"{base}/a"]))
    assert outcome.addition is not None
    assert outcome.addition.entry.url == f"{base}/a"


def test_a_private_address_is_not_reached(library: SQLiteLibrary) -> None:
    """What is behind the machine's own network is refused like any bad thing."""
    with serving({"/a": page("Secret", FERRY)}) as (base, _), Adding(library, SHELL, at=1) as adding:
        (outcome,) = outcomes(adding, wanted([f"{base}/a"]))
    assert isinstance(outcome.error, FetchError)
    assert library.size(SHELL).articles == 0


def test_an_article_is_read_again_where_it_came_from(library: SQLiteLibrary, folder: Path) -> None:
    """A file as it is now; what stands nowhere any more cannot be read again."""
    with Adding(library, SHELL, at=1) as adding:
        outcomes(adding, wanted([str(folder / "ferry.txt")]))
        entry = library.entry(SHELL, 1)
        (folder / "ferry.txt").write_text(FERRY.replace("4.2", "5.7"), "utf-8")
        assert "5.7 million" in adding.again(entry.url, entry.source).text
        (folder / "ferry.txt").unlink()
        with pytest.raises(ReadError):
            adding.again(entry.url, entry.source)
        with pytest.raises(SourceNotFound):
            adding.again(None, "")


def test_no_loop_is_left_open(library: SQLiteLibrary) -> None:
    """Adding files alone leaves nothing running, and can be done inside of a program that has a loop."""

    async def inside() -> int:
        with Adding(library, SHELL, at=1) as adding:
            return len(list(adding.add([])))

    assert asyncio.run(inside()) == 0
