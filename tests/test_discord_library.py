"""Libraries in Discord: what goes when a server leaves, how articles are named, and that every reply fits."""

import datetime as dt
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import Dialogue
from bot.discord.keeping import Keeping
from bot.discord.libraries import Libraries
from bot.discord.library import views
from bot.discord.library.picking import LABEL, label, offered, pick
from bot.discord.upkeep import Upkeep
from bot.discord.views import layout
from bot.librarian.lookup import Hit
from bot.records.model import DAY
from bot.render import discord_library
from bot.render.discord_library import Outcome, Refreshed
from bot.render.discord_markdown import escape
from bot.retention import GRACE
from bot.settings import Settings
from index.errors import CommandError, UnknownArticle
from index.library import Addition, Changes, Entry, Size, Skipped, person, server
from index.readers import read_bytes
from tests.loopback.schema import message_errors, walk
from tests.loopback.story import story_assistant

HERE, THERE = server(1 << 22), server(2 << 22)


@pytest_asyncio.fixture
async def libraries(tmp_path: Path) -> AsyncIterator[Libraries]:
    """A library, open."""
    made = Libraries(Dialogue(story_assistant()), Settings(state=tmp_path))
    made.open()
    yield made
    made.close()


@pytest_asyncio.fixture
async def keeping(tmp_path: Path) -> AsyncIterator[Keeping]:
    """The records, in the same file."""
    made = Keeping(tmp_path)
    made.open()
    yield made
    made.close()


def fill(libraries: Libraries, *owners: Any) -> None:  # noqa: ANN401 - owners
    """Give each an article."""
    for owner in owners:
        text = f"The ferry of {owner.id}\n\nThe ferry sails at noon from pier {owner.id}, the harbour master said.\n"
        libraries.library.add(owner, read_bytes(text.encode()), at=1)


async def settle(keeping: Keeping) -> None:
    """Wait for what was noted."""
    await keeping.run(lambda records: records.owners())


async def test_articles_of_a_server_that_left_go_with_the_rest(libraries: Libraries, keeping: Keeping) -> None:
    """Also where they are all that is kept of it; after the days of grace, not before, and nobody else's."""
    fill(libraries, HERE, THERE, person(7))
    upkeep = Upkeep(keeping, libraries)
    upkeep.left(HERE.id)
    upkeep.left(THERE.id)
    await settle(keeping)
    await upkeep._round()
    assert libraries.library.owners() == (person(7), HERE, THERE)
    long_ago = int(time.time()) - GRACE * DAY - 60

    def back_date(records: Any) -> None:  # noqa: ANN401 - of `Keeping.run`
        records.stay(HERE)
        records.depart(HERE, long_ago)

    await keeping.run(back_date)
    await upkeep._round()
    assert libraries.library.owners() == (person(7), THERE)
    assert await keeping.run(lambda records: list(records.departed())) == [THERE]
    upkeep.joined(THERE.id)
    await settle(keeping)
    assert await keeping.run(lambda records: records.departed()) == {}


async def test_who_left_meanwhile_is_found_by_their_articles(libraries: Libraries, keeping: Keeping) -> None:
    """Of the shards that this process runs alone; persons never leave."""
    fill(libraries, HERE, THERE, person(7))
    Upkeep(keeping, libraries).reconcile({THERE.id}, {0}, 1)
    await settle(keeping)
    assert await keeping.run(lambda records: list(records.departed())) == [HERE]
    Upkeep(keeping, libraries).reconcile(set(), {5}, 8)
    await settle(keeping)
    assert await keeping.run(lambda records: list(records.departed())) == [HERE]


async def test_an_article_is_picked_by_number_or_headline(libraries: Libraries) -> None:
    """Of its owner's alone; of several with the words none is guessed, unless one has the very headline."""
    for title in ("Harbour opens", "Harbour opens late", "Dam leaks"):
        text = f"{title}\n\nThe news of “{title}” was read aloud on the quay at noon.\n"
        libraries.library.add(HERE, read_bytes(text.encode()), at=1)
    library = libraries.library
    for typed, number in (("2", 2), (" #3 ", 3), ("dam", 3), ("HARBOUR opens", 1), ("late", 2)):
        assert pick(library, HERE, typed).number == number
    with pytest.raises(CommandError, match="Several articles"):
        pick(library, HERE, "har")
    for typed in ("4", "zeppelin", "", "٣", "9" * 12):
        with pytest.raises(UnknownArticle):
            pick(library, HERE, typed)
    for typed in ("1", "dam", "Harbour opens"):
        with pytest.raises(UnknownArticle):
            pick(library, THERE, typed)
        assert offered(library, THERE, typed) == []
    assert [value for _, value in offered(library, HERE, "")] == ["1", "2", "3"]
    assert [value for _, value in offered(library, HERE, "#2")] == ["2"]


async def test_without_a_library_the_bot_goes_on(tmp_path: Path) -> None:
    """A folder that cannot be one is logged; the operator's article answers, and /library says that it cannot."""
    (tmp_path / "state").write_text("no folder")
    made = Libraries(Dialogue(story_assistant()), Settings(state=tmp_path / "state"))
    made.open()
    assert not made.is_open
    found = made.ask(HERE, "How much did the repairs cost?", 1, 1)
    assert "4.2 million" in found.result.quotes[0].text  # type: ignore[union-attr]  # it is an answer
    assert not found.own
    assert await made.count(HERE) == 0
    made.close()


WORDS = st.text(max_size=400)
ENTRIES = st.builds(
    Entry,
    number=st.integers(1, 999_999_999),
    id=st.just("0123456789ab"),
    title=st.none() | WORDS,
    byline=st.none() | WORDS,
    published=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    url=st.none() | WORDS.map(lambda text: f"https://example.org/{text}") | WORDS,
    source=WORDS,
    added=st.integers(0, 2_000_000_000),
    characters=st.integers(0, 5_000_000),
    passages=st.integers(0, 100_000),
    story=st.just(1),
)
OUTCOMES = st.one_of(
    st.builds(Outcome, WORDS, st.none(), WORDS),
    st.builds(
        Outcome, WORDS, st.builds(Addition, ENTRIES, st.sampled_from([None, *Skipped]), st.tuples(ENTRIES, ENTRIES))
    ),
)


REFRESHED = st.one_of(
    st.builds(Refreshed, ENTRIES, st.none(), WORDS),
    st.builds(Refreshed, ENTRIES, st.builds(Changes, ENTRIES, st.just(("New.",)) | st.just(()), st.just(()))),
)
HITS = st.builds(Hit, ENTRIES, st.integers(1, 99), WORDS, st.just(1.0))


def errors(view: Any) -> list[str]:  # noqa: ANN401 - discord.py's view
    """What Discord would refuse in a view."""
    return message_errors({"flags": 1 << 15, "components": view.to_components(), "allowed_mentions": {"parse": []}})


@given(st.lists(ENTRIES, max_size=10), st.text(max_size=100), st.booleans())
def test_any_list_is_one_message(entries: list[Entry], matching: str, more: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever headlines, addresses and dates there are; every article has its line or the list says that it is cut."""
    view = views.list_view(entries, Size(len(entries)), " ".join(matching.split()), more=more)
    assert errors(view) == []
    for menu in (c for c in walk(view.to_components()) if c["type"] == 3):  # type: ignore[no-untyped-call]  # discord.py's
        assert all(1 <= len(option["label"]) <= 100 for option in menu["options"])


@given(ENTRIES, st.lists(ENTRIES, max_size=8), st.lists(WORDS, max_size=30), st.lists(WORDS, max_size=30))
def test_any_article_is_one_message(entry: Entry, others: list[Entry], new: list[str], gone: list[str]) -> None:
    """Its details, what changed in it, the question whether to remove it, and that it is removed."""
    assert errors(views.details_view(entry, others, editor=True)) == []
    assert errors(views.changed_view(Changes(entry, tuple(new), tuple(gone)))) == []
    assert errors(views.removing_view(entry)) == []
    assert errors(views.removed_view(entry)) == []
    assert 1 <= len(label(entry)) <= LABEL


@given(
    st.lists(OUTCOMES, min_size=1, max_size=10),
    st.lists(HITS, max_size=5, unique_by=lambda hit: hit.passage),
)
def test_any_outcome_is_one_message(outcomes: list[Outcome], hits: list[Hit]) -> None:
    """What came of adding, and passages that were found."""
    assert errors(layout(discord_library.added(outcomes))) == []
    assert errors(views.found_view(hits, "words")) == []


@given(st.lists(REFRESHED, max_size=10), st.none() | st.integers(1, 999_999_999))
def test_what_came_of_several_refreshes_is_one_message(outcomes: list[Refreshed], more: int | None) -> None:
    """Whatever changed, and whatever could not be fetched."""
    assert errors(views.refreshed_view(outcomes, more)) == []


@pytest.mark.parametrize("text", ["@everyone", "<@1>", "[a](https://b.example)", "**b**", "https://b.example/c", "> q"])
def test_nothing_that_somebody_wrote_is_live(text: str) -> None:
    """Headlines, bylines, names of files and changed sentences are shown as they are written."""
    entry = Entry(1, "0" * 12, text, text, None, None, text, 1, 1, 1, 1)
    shown = [
        *discord_library.details(entry, [entry]),
        discord_library.line(entry),
        *discord_library.changed(Changes(entry, (text,), (text,))),
        *discord_library.added([Outcome(text, None, text)]),
    ]
    assert all(text not in lines.replace(escape(text), "") for lines in shown)
