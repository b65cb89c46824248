"""Conversations in the store: what another process sees of them, what is in memory, and a store that is sick."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.conversation import Conversation, Turn
from bot.discord import conversations as module
from bot.discord.conversations import BRIDGE, KeptConversations
from bot.discord.keeping import Keeping
from bot.discord.upkeep import Upkeep
from bot.records import FILE, Kept, Owner, Records, SQLiteRecords, person, server
from bot.retention import purge
from index.errors import RecordsError

HERE, THERE = server(1), server(2)
ANN, BEN = 100, 101
NOW = 1_760_000_000


class Clock:
    """Seconds since 1970, set by hand."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        """Now."""
        return self.now


def talk(*questions: str) -> Conversation:
    """A conversation."""
    return Conversation(tuple(Turn(question, (n,), "abcdefabcdef") for n, question in enumerate(questions)))


class Process:
    """A process of the bot, as far as it remembers."""

    def __init__(self, folder: Path, library: str | None, clock: Clock, most: int = 1000) -> None:
        self.keeping = Keeping(folder, library=library)
        self.keeping.open()
        self.kept = KeptConversations(self.keeping, minutes=30, most=most, clock=clock)

    async def answers(self, conversation: Conversation, owner: Owner = HERE, who: int = ANN, place: int = 7) -> None:
        """Answer a question, and write that down."""
        self.kept.put(who, (owner, place), conversation)
        await self.keeping.run(lambda records: records.owners())

    async def knows(self, owner: Owner = HERE, who: int = ANN, place: int = 7) -> Conversation | None:
        """What a question would be read in the light of."""
        await self.kept.refresh(owner, who, place)
        return self.kept.get(who, (owner, place))


@contextmanager
def held(process: Process) -> Iterator[None]:
    """Have its store hang."""
    over = threading.Event()
    process.keeping.note(lambda _: over.wait())
    try:
        yield
    finally:
        over.set()


@pytest.fixture
def clock() -> Clock:
    """The time of all processes."""
    return Clock()


@pytest.fixture(params=["sqlite", "lance"])
def two(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[tuple[Process, Process]]:
    """Two processes that have one store."""
    if request.param == "lance":
        pytest.importorskip("lancedb", reason="LanceDB is not installed: make scale")
    library = str(tmp_path / "shared.lance") if request.param == "lance" else None
    both = Process(tmp_path, library, clock), Process(tmp_path, library, clock)
    yield both
    for process in both:
        process.keeping.close()


@pytest.fixture
def one(tmp_path: Path, clock: Clock) -> Iterator[Process]:
    """A process with a store in SQLite."""
    process = Process(tmp_path, None, clock)
    yield process
    process.keeping.close()


async def test_another_process_goes_on(two: tuple[Process, Process]) -> None:
    """Whoever answers next knows what was asked last, though it has an older turn in memory."""
    first, second = two
    await first.answers(talk("Who called?"))
    assert await second.knows() == talk("Who called?")
    await second.answers(talk("Who called?", "What for?"))
    assert await first.knows() == talk("Who called?", "What for?")


async def test_nobody_elses_is_read(two: tuple[Process, Process]) -> None:
    """Not another person's there, not one's own elsewhere, not what belongs to another server or to oneself alone."""
    first, second = two
    await first.answers(talk("Who called?"))
    for process in two:
        assert await process.knows(who=BEN) is None
        assert await process.knows(place=8) is None
        assert await process.knows(owner=THERE) is None
        assert await process.knows(owner=person(ANN)) is None
        assert await process.knows() == talk("Who called?")
    await second.answers(talk("And who else?"), who=BEN)
    assert await first.knows() == talk("Who called?")


async def test_what_another_process_erased_is_gone(two: tuple[Process, Process]) -> None:
    """By /new, by /forget, and with a server: it is in nobody's memory, and comes back with no later turn."""
    first, second = two
    ways: list[Callable[[], Awaitable[object]]] = [
        lambda: asyncio.to_thread(second.kept.forget, ANN, (HERE, 7)),
        lambda: second.keeping.run(lambda records: records.erase_person(ANN)),
        lambda: second.keeping.run(lambda records: records.erase_owner(HERE)),
    ]
    for erase in ways:
        await first.answers(talk("Who called?"))
        await first.answers(talk("Who won?"), who=BEN, owner=THERE)
        await erase()
        assert await first.knows() is None
        assert await first.knows(who=BEN, owner=THERE) == talk("Who won?")
        await first.answers(talk("How many?"))
        assert await second.knows() == talk("How many?")


async def test_forgetting_says_whether_there_was_one(two: tuple[Process, Process], clock: Clock) -> None:
    """In the store or in memory, and young enough to have been read on."""
    first, second = two
    await first.answers(talk("Who called?"))
    assert await asyncio.to_thread(second.kept.forget, ANN, (HERE, 7))
    assert not await asyncio.to_thread(second.kept.forget, ANN, (HERE, 7))
    await first.answers(talk("Who called?"))
    clock.now += 31 * 60
    assert not await asyncio.to_thread(second.kept.forget, ANN, (HERE, 7))
    assert await first.keeping.run(lambda records: records.about_person(ANN)) == Kept()


async def test_it_is_over_after_a_while(two: tuple[Process, Process], clock: Clock) -> None:
    """Each turn makes it young again; when it is over it is not read, and erased at the next look."""
    first, second = two
    await first.answers(talk("Who called?"))
    clock.now += 29 * 60
    await first.answers(talk("What for?"))
    clock.now += 29 * 60
    await Upkeep(second.keeping, None, second.kept).expire()
    assert await second.knows() == talk("What for?")
    clock.now += 60 + 1
    assert await second.knows() is None
    await Upkeep(second.keeping, None, second.kept).expire()
    assert await first.keeping.run(lambda records: records.about_person(ANN)) == Kept()


async def test_a_clock_that_is_slow_loses_no_turn(two: tuple[Process, Process], clock: Clock) -> None:
    """What a machine answers after another one is the younger, whatever its clock says."""
    first, second = two
    await first.answers(talk("Who called?"))
    clock.now -= 100
    assert await second.knows()
    await second.answers(talk("Who called?", "What for?"))
    assert await first.knows() == talk("Who called?", "What for?")


async def test_a_stop_writes_what_waits(tmp_path: Path, clock: Clock) -> None:
    """Of all who asked just before it."""
    process = Process(tmp_path, None, clock)
    for number in range(50):
        process.kept.put(number, (HERE, 7), talk("Who called?"))
    process.keeping.close()
    records = SQLiteRecords(tmp_path / FILE)
    assert all(records.conversation(HERE, number, 7) for number in range(50))
    records.close()


async def test_memory_is_bounded(tmp_path: Path, clock: Clock) -> None:
    """By number, also while nothing can be written, and by time; who asked last is known."""
    process = Process(tmp_path, None, clock, most=5)
    with held(process):
        for number in range(20):
            process.kept.put(number, (HERE, 7), talk("Who called?"))
            assert len(process.kept) <= 5
            assert process.kept.get(number, (HERE, 7))
    assert await process.knows(who=19)
    for number in range(15, 20):
        assert await process.knows(who=number)
        assert len(process.kept) <= 5
    clock.now += BRIDGE + 1
    assert process.kept.get(19, (HERE, 7)) is None
    assert len(process.kept) == 0
    assert await process.knows(who=19)
    process.keeping.close()


async def test_a_store_that_fails_costs_no_conversation(one: Process, clock: Clock, tmp_path: Path) -> None:
    """It goes on in memory, and is written once that is possible again; what is kept of a person has it meanwhile."""
    await one.keeping.run(lambda records: records.close())
    one.kept.put(ANN, (HERE, 7), talk("Who called?"))
    clock.now += 2 * BRIDGE
    assert await one.knows() == talk("Who called?")
    with pytest.raises(RecordsError):
        await asyncio.to_thread(one.kept.forget, BEN, (HERE, 7))
    one.keeping.close()
    one.keeping.open()
    kept = await one.keeping.run(lambda records: one.kept.about_person(records, ANN))
    assert [talks.conversation for talks in kept.conversations] == [talk("Who called?")]
    await one.answers(talk("What for?"), who=BEN)
    beside = SQLiteRecords(tmp_path / FILE)
    assert beside.conversation(HERE, ANN, 7)
    assert beside.conversation(HERE, BEN, 7)
    beside.close()


async def test_a_store_that_can_only_be_read_costs_no_turn(one: Process) -> None:
    """As on a full disk: what is newer than the store is read on, and forgotten when that is wanted."""
    await one.answers(talk("Who called?"))

    def read_only(records: Records) -> None:
        assert isinstance(records, SQLiteRecords)
        records._connection.execute("PRAGMA query_only = ON")

    await one.keeping.run(read_only)
    await one.answers(talk("Who called?", "What for?"))
    assert await one.knows() == talk("Who called?", "What for?")
    await one.answers(talk("Who won?"), who=BEN)
    assert await one.knows(who=BEN) == talk("Who won?")
    with pytest.raises(RecordsError):
        await asyncio.to_thread(one.kept.forget, BEN, (HERE, 7))
    assert await one.knows(who=BEN) is None


async def test_what_waits_to_be_written_can_be_erased(one: Process) -> None:
    """A person's, or a server's, also where the store failed; others' are written."""
    await one.keeping.run(lambda records: records.close())
    for who, owner in ((ANN, HERE), (ANN, THERE), (BEN, HERE), (BEN, THERE)):
        one.kept.put(who, (owner, 7), talk("Who called?"))
    one.kept.forget_person(ANN)
    one.kept.forget_owner(HERE)
    one.keeping.close()
    one.keeping.open()
    await one.answers(talk("What for?"), owner=person(BEN), who=BEN)
    about = await one.keeping.run(lambda records: [*map(records.about_person, (ANN, BEN))])
    assert about[0] == Kept()
    assert {talks.owner for talks in about[1].conversations} == {THERE, person(BEN)}


async def test_a_store_that_hangs_holds_up_no_question(
    one: Process, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is read in the light of what is in memory, and the log says so."""
    monkeypatch.setattr(module, "PATIENCE", 0)
    with held(one):
        one.kept.put(ANN, (HERE, 7), talk("Who called?"))
        assert await one.knows() == talk("Who called?")
    assert "not read within" in caplog.text


async def test_a_store_is_trimmed_while_it_is_written_to(
    one: Process, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes much does not wait for the next look."""
    monkeypatch.setattr(module, "TRIM", 3)
    await one.answers(talk("Who called?"))
    clock.now += 31 * 60
    for number in range(2):
        await one.answers(talk("Who won?"), who=number)
    assert await one.keeping.run(lambda records: records.about_person(ANN)) == Kept()


async def test_what_is_older_than_a_server_keeps_goes_with_the_rest(one: Process) -> None:
    """Also where no look at conversations erased it, and nothing of its owner is left then."""
    await one.answers(talk("Who called?"))
    await one.keeping.run(lambda records: purge(records, NOW + 200 * 86_400))
    assert await one.keeping.run(lambda records: records.owners()) == ()
