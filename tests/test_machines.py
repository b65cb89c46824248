"""Machines that share nothing take turns by the clock."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.gateway import LATE, SPACING
from bot.discord.shared import Shared
from bot.machines import ALONE, CLOCKS, Machine, placed
from bot.settings import Settings
from index.errors import SettingsError

DISCORDS = 5.0
"""Seconds in which Discord takes one IDENTIFY of each bucket."""

LONG = SPACING + CLOCKS
"""Seconds of a turn."""


@dataclass(frozen=True)
class Wish:
    """A shard that wants to IDENTIFY.

    Attributes:
        at: true time, in seconds.
        machine: which one runs it, 0 or more.
        process: which of the two on that machine.
        bucket: the shard's number modulo max_concurrency.
        late: seconds after its turn that it does so.
    """

    at: float
    machine: int
    process: int
    bucket: int
    late: float


@st.composite
def wishes(draw: st.DrawFn) -> tuple[list[float], list[Wish]]:
    """How much each machine's clock is fast, and who wants to IDENTIFY when, in order."""
    clocks = draw(st.lists(st.floats(0, CLOCKS), min_size=1, max_size=5))
    buckets = draw(st.integers(1, 3))
    wish = st.builds(
        Wish,
        at=st.floats(1.7e9, 1.7e9 + 120),
        machine=st.integers(0, len(clocks) - 1),
        process=st.integers(0, 1),
        bucket=st.integers(0, buckets - 1),
        late=st.floats(0, LATE),
    )
    return clocks, sorted(draw(st.lists(wish, min_size=2, max_size=25)), key=lambda w: w.at)


def _clock(now: list[float], fast: float) -> float:
    """A machine's clock."""
    return now[0] + fast


@contextmanager
def processes(clocks: list[float], now: list[float]) -> Iterator[list[list[Shared]]]:
    """Two processes on each machine, each machine with a folder and a clock of its own."""
    with TemporaryDirectory() as folder:
        yield [
            [
                Shared(Path(folder, str(n)), machine=Machine(n + 1, len(clocks)), clock=partial(_clock, now, fast))
                for _ in range(2)
            ]
            for n, fast in enumerate(clocks)
        ]


async def sent(clocks: list[float], wanted: list[Wish]) -> dict[int, list[float]]:
    """The true times at which Discord sees the IDENTIFYs, for each bucket, in order."""
    found = defaultdict(list)
    now = [0.0]
    with processes(clocks, now) as machines:
        for wish in wanted:
            now[0] = wish.at
            turn = await machines[wish.machine][wish.process].reserve(f"identify {wish.bucket}", SPACING)
            assert turn >= wish.at + clocks[wish.machine]
            found[wish.bucket].append(turn - clocks[wish.machine] + wish.late)
        for shared in itertools.chain(*machines):
            await shared.close()
    return {bucket: sorted(times) for bucket, times in found.items()}


@given(wishes())
@settings(max_examples=60, deadline=None)
def test_no_bucket_sees_two_identifies_in_five_seconds(drawn: tuple[list[float], list[Wish]]) -> None:
    """Whatever shards of whatever machines want it when, as far as their clocks may be apart."""
    for times in asyncio.run(sent(*drawn)).values():
        assert all(later - earlier >= DISCORDS for earlier, later in itertools.pairwise(times))


@given(st.integers(1, 9), st.data())
def test_turns_are_dealt_out_in_order(of: int, data: st.DataObject) -> None:
    """Each machine's first turn is within a round, begins no earlier than was asked, and is no other machine's."""
    at = data.draw(st.floats(0, 4e9))
    turns = [Machine(number, of).turn(at, SPACING) for number in range(1, of + 1)]
    assert all(at - 1e-6 <= turn <= at + of * LONG for turn in turns)
    assert all(b - a >= LONG - 1e-6 for a, b in itertools.pairwise(sorted(turns)))


def test_a_machine_alone_waits_for_no_turn() -> None:
    """As it is without the setting."""
    assert ALONE.turn(1234.5, SPACING) == 1234.5


def test_a_start_takes_what_docs_say(tmp_path: Path) -> None:
    """The last of a machine's k shards of a bucket is in after k rounds; docs/scale.md computes with it."""

    async def last(of: int) -> float:
        shared = Shared(tmp_path / str(of), machine=Machine(of, of), clock=lambda: 0.0)
        turns = [await shared.reserve("identify 0", SPACING) for _ in range(10)]
        await shared.close()
        return turns[-1]

    assert asyncio.run(last(1)) == 9 * SPACING
    assert asyncio.run(last(4)) == 10 * 4 * LONG - LONG


@given(st.integers(1, 99), st.integers(0, 99))
def test_machines_are_read_as_they_are_written(number: int, more: int) -> None:
    """Any machine comes back from its written form."""
    machine = Machine(number, number + more)
    assert Machine.parse(f" {machine} ") == machine


@pytest.mark.parametrize("text", ["0/2", "3/2", "0/0", "2", "a/b", "", "1/2/3", "-1/2", "1 / 2", "1/10000"])
def test_no_such_machine(text: str) -> None:
    """What names no machine is told in a sentence with the setting's name."""
    with pytest.raises(SettingsError, match="PULLQUOTE_MACHINE"):
        Machine.parse(text)


@pytest.mark.parametrize("shards", [None, "0/1", "0-2/3"])
def test_machines_without_a_part_of_the_shards(shards: str | None) -> None:
    """Where one of the machines would have no shards, or all would have all, a sentence says what to set, and how."""
    with pytest.raises(SettingsError, match=r"PULLQUOTE_SHARDS leaves no part .* such as 16-31/64") as caught:
        placed(Settings(machine="2/4", shards=shards))
    assert "\n" not in str(caught.value)
    shards_set, machine = placed(Settings(machine="2/4", shards="16-31/64"))
    assert (str(shards_set), machine) == ("16-31/64", Machine(2, 4))
